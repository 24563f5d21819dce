"""Samplers: each a file of its own that chooses the design points; found by being here.

A sampler file has ``FACTS``, what it claims about itself, and ``sample(factors, samples, seed)``,
which gives one tuple of levels for each design point, in the order of the factors.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, NamedTuple, NoReturn

from culturesim.errors import ScenarioError
from culturesim.experiments.factors import Factor, Level


class Facts(NamedTuple):
    """What a sampler says about itself; one test holds all of them to it.

    Parameters
    ----------
    does : str
        One sentence.
    source : str
        Author, year and what is taken from them.
    wants_samples : bool
        Whether the file has to say how many ``samples``.
    whole_range : bool
        Whether it draws from all of a range; else it wants the levels.
    grows : bool
        Whether more samples keep the points of fewer.
    power_of_two : bool
        Whether the number of samples must be a power of 2.
    """

    does: str
    source: str
    wants_samples: bool = False
    whole_range: bool = False
    grows: bool = False
    power_of_two: bool = False


def sampler_names() -> tuple[str, ...]:
    """Names of all samplers, in alphabetical order."""
    return tuple(sorted(module.name for module in iter_modules(__path__)))


def sampler(name: str) -> Any:
    """The module of a sampler.

    Parameters
    ----------
    name : str
        One of `sampler_names`.

    Returns
    -------
    module
        With ``FACTS`` and ``sample``.
    """
    return import_module(f"{__name__}.{name}")


def extra_is_missing(error: ImportError) -> NoReturn:
    """Say how to install what a sampler needs.

    Raises
    ------
    ScenarioError
        Always.
    """
    raise ScenarioError(
        "needs a library that is not installed",
        key="sampler",
        found=str(error),
        hint="pip install 'culturesim[sensitivity]'",
    ) from error


def salib_problem(factors: Sequence[Factor]) -> dict[str, Any]:
    """Describe factors to SALib: each from 0 to 1, which stands for its range."""
    names = [factor.name for factor in factors]
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}


def levels_at(
    factors: Sequence[Factor], unit: Iterable[Iterable[float]]
) -> list[tuple[Level, ...]]:
    """Turn points of the unit cube into levels of the factors.

    Parameters
    ----------
    factors : sequence of Factor
    unit : iterable of iterables of float
        A row a point, a number from 0 to 1 a factor.

    Returns
    -------
    list of tuple
        A level of each factor, for each point.
    """
    return [tuple(f.at(u) for f, u in zip(factors, row, strict=True)) for row in unit]
