"""Saltelli's design: the points that first-order and total sensitivity indices are made from."""

from __future__ import annotations

from collections.abc import Sequence

from culturesim.experiments.factors import Factor, Level
from culturesim.experiments.samplers import Facts, extra_is_missing, levels_at, salib_problem

FACTS = Facts(
    does="samples x (factors + 2) points, for first-order and total Sobol' indices.",
    source="Saltelli et al. (2010), as SALib draws it, without second-order indices.",
    wants_samples=True,
    whole_range=True,
    grows=True,
    power_of_two=True,
)


def sample(factors: Sequence[Factor], samples: int, seed: int) -> list[tuple[Level, ...]]:
    """Draw Saltelli's design.

    Parameters
    ----------
    factors : sequence of Factor
    samples : int
        A power of 2.
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
        from SALib.sample import sobol
    except ImportError as error:
        extra_is_missing(error)
    problem = salib_problem(factors)
    unit = sobol.sample(problem, samples, calc_second_order=False, seed=seed % 2**32)
    return levels_at(factors, unit)
