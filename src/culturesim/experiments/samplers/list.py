"""The design points as the file lists them: the first levels of all factors, the second, ..."""

from __future__ import annotations

from collections.abc import Sequence

from culturesim.experiments.factors import Factor, Level
from culturesim.experiments.samplers import Facts

FACTS = Facts(
    does="Design points one by one, as the file or a CSV lists them.",
    source="Nothing is drawn.",
)


def sample(factors: Sequence[Factor], samples: int, seed: int) -> list[tuple[Level, ...]]:
    """Take the n-th levels of all factors as design point n.

    Parameters
    ----------
    factors : sequence of Factor
        All with the same number of levels.
    samples, seed : int
        Not used.

    Returns
    -------
    list of tuple
    """
    return list(zip(*(factor.levels for factor in factors), strict=True))
