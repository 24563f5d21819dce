"""Seeds of replications: the same run everywhere, whatever the culture and the order of work."""

from __future__ import annotations

from culturesim.errors import ArgumentError
from culturesim.kernels.philox import philox
from culturesim.state.streams import REPLICATION

LARGEST_SEED = 2**63 - 1  # what a table of signed 64-bit numbers can hold


def check_seed(seed: int) -> int:
    """Give back a seed, or say what a seed has to be.

    Raises
    ------
    ArgumentError
        If it is no whole number from 0 to 2**63 - 1.
    """
    if isinstance(seed, bool) or not hasattr(seed, "__index__"):
        raise ArgumentError("is not a whole number", key="seed", found=repr(seed))
    seed = seed.__index__()
    if not 0 <= seed <= LARGEST_SEED:
        raise ArgumentError(
            "is out of range", key="seed", found=str(seed), allowed=f"0 to {LARGEST_SEED}"
        )
    return seed


def replication_seed(seed: int, replication: int) -> int:
    """Seed of a replication: that of replication 0 is `seed` itself.

    Parameters
    ----------
    seed : int
        Seed of the study, 0 to 2**63 - 1.
    replication : int
        0 or more.

    Returns
    -------
    int
        With it, ``simulate(scenario, seed=...)`` repeats the replication alone. Later replications
        get 53 random bits, which every table and every browser holds exactly.

    Source
    ------
    Salmon et al. (2011): a counter under the study's key.
    """
    if replication == 0:
        return seed
    return int(philox(seed, REPLICATION, 0, replication, 0)[0]) >> 11
