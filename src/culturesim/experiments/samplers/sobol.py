"""Sobol' sequence: points that fill the ranges evenly, whatever their number."""

from __future__ import annotations

from collections.abc import Sequence

from scipy.stats import qmc

from culturesim.experiments.factors import Factor, Level
from culturesim.experiments.samplers import Facts, levels_at

FACTS = Facts(
    does="As many points as samples, which fill the ranges evenly.",
    source="Sobol' (1967), with the scrambling of Owen (1998).",
    wants_samples=True,
    whole_range=True,
    grows=True,
    power_of_two=True,
)


def sample(factors: Sequence[Factor], samples: int, seed: int) -> list[tuple[Level, ...]]:
    """Take the beginning of a scrambled Sobol' sequence.

    Parameters
    ----------
    factors : sequence of Factor
    samples : int
        A power of 2.
    seed : int

    Returns
    -------
    list of tuple
    """
    unit = qmc.Sobol(len(factors), seed=seed).random(samples)
    return levels_at(factors, unit)
