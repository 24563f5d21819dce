"""Every combination of all levels; the last factor varies fastest."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from culturesim.experiments.factors import Factor, Level
from culturesim.experiments.samplers import Facts

FACTS = Facts(
    does="Every combination of all levels.",
    source="Full factorial design: Law (2015), section 12.2.",
)


def sample(factors: Sequence[Factor], samples: int, seed: int) -> list[tuple[Level, ...]]:
    """List all combinations of levels.

    Parameters
    ----------
    factors : sequence of Factor
    samples, seed : int
        Not used.

    Returns
    -------
    list of tuple
    """
    return list(product(*(factor.levels for factor in factors)))
