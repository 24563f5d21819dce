"""Whether promises can be kept."""

from __future__ import annotations

import math

from culturesim.kernels.jit import compiled


@compiled
def keeping_probability(
    defect: float,
    discipline: float,
    discipline_scale: float,
    discipline_exponent: float,
    servable: float,
    owed: float,
) -> float:
    """Probability that one promise is kept.

    Parameters
    ----------
    defect : float
        Share of promises that an undisciplined team breaks, from 0 to 1.
    discipline : float
        Process discipline gained so far, cycles.
    discipline_scale, discipline_exponent : float
        How fast discipline cures defects.
    servable, owed : float
        Effort that can go into serving, and effort that all commitments together would take.

    Returns
    -------
    float
        From 0 to 1.

    Source
    ------
    Adler & Clark (1991), *Behind the learning curve*: defects fall as a power of practice. The
    numbers are assumed.
    """
    broken = defect * math.pow(1.0 + discipline / discipline_scale, -discipline_exponent)
    return (1.0 - broken) * (min(1.0, servable / owed) if owed > 0.0 else 1.0)
