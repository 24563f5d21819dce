"""Latin hypercube: every part of every factor's range is visited once."""

from __future__ import annotations

from collections.abc import Sequence

from scipy.stats import qmc

from culturesim.experiments.factors import Factor, Level
from culturesim.experiments.samplers import Facts, levels_at

FACTS = Facts(
    does="As many points as samples, with every part of every range visited once.",
    source="McKay, Beckman & Conover (1979).",
    wants_samples=True,
    whole_range=True,
)


def sample(factors: Sequence[Factor], samples: int, seed: int) -> list[tuple[Level, ...]]:
    """Draw a Latin hypercube.

    Parameters
    ----------
    factors : sequence of Factor
    samples : int
    seed : int

    Returns
    -------
    list of tuple
    """
    unit = qmc.LatinHypercube(len(factors), seed=seed).random(samples)
    return levels_at(factors, unit)
