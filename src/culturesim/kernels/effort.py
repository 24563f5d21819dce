"""How effort is divided."""

from __future__ import annotations

from culturesim.kernels.jit import compiled


@compiled
def building_effort(free: float, listening: float, testing: float) -> float:
    """Effort left for building.

    Parameters
    ----------
    free : float
        Effort not owed to customers.
    listening, testing : float
        Shares of it, together at most 1.

    Returns
    -------
    float
        Not negative, though rounding might make it so where nothing is left.
    """
    return free * max(0.0, 1.0 - listening - testing)
