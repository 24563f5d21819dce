"""Morris' design: paths on which one factor changes at a time, to find those that matter."""

from __future__ import annotations

from collections.abc import Sequence

from culturesim.experiments.factors import Factor, Level
from culturesim.experiments.samplers import Facts, extra_is_missing, levels_at, salib_problem

FACTS = Facts(
    does="samples paths of factors + 1 points each, for elementary effects.",
    source="Morris (1991), as SALib draws it, on four levels.",
    wants_samples=True,
    whole_range=True,
    grows=True,
)
LEVELS = 4  # as Morris (1991) and Saltelli et al. (2004) choose


def sample(factors: Sequence[Factor], samples: int, seed: int) -> list[tuple[Level, ...]]:
    """Draw Morris' design.

    Parameters
    ----------
    factors : sequence of Factor
    samples : int
        Number of paths.
    seed : int

    Returns
    -------
    list of tuple

    Raises
    ------
    ScenarioError
        If SALib is not installed.
    """
    try:
        from SALib.sample import morris
    except ImportError as error:
        extra_is_missing(error)
    problem = salib_problem(factors)
    unit = morris.sample(problem, samples, num_levels=LEVELS, seed=seed % 2**32)
    return levels_at(factors, unit)
