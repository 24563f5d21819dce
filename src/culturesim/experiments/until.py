"""Until precise: how narrow the interval of a difference is to become, and what that takes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
from scipy.special import stdtrit

from culturesim.errors import ArgumentError
from culturesim.experiments.statistics import CONFIDENCE, half_interval
from culturesim.model.results import check_metric
from culturesim.scenario.words import show

if TYPE_CHECKING:
    from culturesim.state.parameters import Floats

LEAST = 10  # replications before anything is decided: of fewer, the variance is hardly known
MOST = 1000  # replications of a design point, if nothing else is said
GROWTH = 2.0  # times as many replications after a round, at most: its variance may be a bad guess
STEP = 0.1  # of the replications so far, which a round adds at least
SIGNS = ("±", "+/-", "+-")

Said: TypeAlias = float | int | str


class Target(NamedTuple):
    """How narrow the interval of one metric's difference is to become.

    Parameters
    ----------
    metric : str
    size : float
        Half of the 95 % interval: in the metric's unit; if `relative`, as a share of the absolute
        value of the first culture's mean.
    relative : bool
    """

    metric: str
    size: float
    relative: bool

    def width(self, base: Floats) -> float:
        """Half interval that is wanted, where the first culture has these values."""
        if not self.relative:
            return self.size
        return self.size * abs(float(base.mean())) if len(base) else math.nan

    @property
    def said(self) -> Said:
        """As a sweep file says it."""
        return f"{100.0 * self.size:.12g}%" if self.relative else self.size

    def __str__(self) -> str:
        if self.relative:
            return f"{self.metric} to ±{100.0 * self.size:.6g} % of the first culture's mean"
        return f"{self.metric} to ±{self.size:.6g}"


def read_until(given: Any) -> tuple[Target, ...]:
    """Read a table of metrics and half intervals.

    Parameters
    ----------
    given : mapping of str to number or str
        A number, or a text such as ``"±2"`` or ``"5%"``.

    Returns
    -------
    tuple of Target

    Raises
    ------
    ArgumentError
        If a metric does not exist, or a size is none.
    """
    if not isinstance(given, Mapping):
        raise ArgumentError(
            "is no table of metrics",
            key="until",
            found=show(given),
            allowed='{net_value = 2} or {value_created = "5%"}, for example',
        )
    return tuple(_target(str(metric), said) for metric, said in given.items())


def parse_until(words: Sequence[str]) -> dict[str, str]:
    """Split ``metric=±x``, as a command line has it.

    Parameters
    ----------
    words : sequence of str

    Returns
    -------
    dict of str to str

    Raises
    ------
    ArgumentError
        If one is no such thing, or a metric comes twice.
    """
    found: dict[str, str] = {}
    for word in words:
        metric, equals, size = (part.strip() for part in word.partition("="))
        if not (metric and equals and size):
            raise ArgumentError(
                "is not of the form METRIC=±X",
                key="--until",
                found=word,
                allowed="net_value=±2 or value_created=5%, for example",
            )
        if metric in found:
            raise ArgumentError("names a metric twice", key="--until", found=metric)
        found[metric] = size
    return found


def _target(metric: str, said: Any) -> Target:
    check_metric(metric)
    text, relative = str(said).strip(), False
    if isinstance(said, str):
        for sign in SIGNS:
            text = text.removeprefix(sign)
        relative = text.endswith("%")
        text = text.removesuffix("%").strip()
    try:
        size = math.nan if isinstance(said, bool) else float(text)
    except ValueError:
        size = math.nan
    if not 0.0 < size < math.inf:
        raise ArgumentError(
            "is no half width of an interval",
            key=f"until.{metric}",
            found=show(said),
            allowed='a number above 0, in the unit of the metric; or "5%" of the first '
            "culture's mean",
        )
    return Target(metric, size / 100.0 if relative else size, relative)


def needed(values: Floats, targets: Sequence[Target], most: int) -> int:
    r"""How many replications a design point is to have, after a whole round of them.

    Parameters
    ----------
    values : array of float, shape (cultures, targets, n)
        Of n replications, pair by pair; the first culture is the base.
    targets : sequence of Target
    most : int

    Returns
    -------
    int
        n if every difference is known well enough, or `most` is reached.

    Notes
    -----
    Of a difference with standard deviation s, k pairs are predicted to do, with
    :math:`t_{k-1} s / \sqrt{k} = w`. A round adds at least a tenth and at most doubles; the
    greatest prediction of all metrics and cultures counts. Pairs in which a number is missing
    count for nothing: where a share of them is lost, more replications are run in proportion.
    A run's result decides by its number alone, never by when it came.

    Source
    ------
    Law (2015), *Simulation modeling and analysis*, section 9.4.1: replications for a specified
    precision, absolute and relative.
    """
    n = int(values.shape[-1])
    wanted = float(n)
    for m, target in enumerate(targets):
        for other in values[1:, m]:
            wanted = max(wanted, n * _lacking(values[0, m], other, target))
    if wanted == n:
        return n
    lower, upper = n + max(1, math.ceil(STEP * n)), math.floor(GROWTH * n)
    return min(math.ceil(min(max(wanted, lower), max(upper, lower))), most)


def is_met(base: Floats, other: Floats, target: Target) -> bool:
    """Whether the difference of two samples is known well enough.

    Parameters
    ----------
    base, other : array of float, shape (n,)
        Pair by pair.
    target : Target
    """
    return _lacking(base, other, target) <= 1.0


def _lacking(base: Floats, other: Floats, target: Target) -> float:
    """How many times as many pairs are needed: 1 or less if these do."""
    both = np.isfinite(base) & np.isfinite(other)
    base, difference = base[both], (other - base)[both]
    n, width = len(base), target.width(base)
    if n < 2:
        return math.inf
    half = float(half_interval(difference))
    if half <= width:
        return 1.0
    if not width > 0.0:
        return math.inf
    quantile = float(stdtrit(n - 1, 0.5 + CONFIDENCE / 2.0))
    error = half / quantile * math.sqrt(n)  # standard deviation of the difference
    pairs = float(n)
    for _ in range(3):  # t depends on the number itself, and little
        pairs = (float(stdtrit(max(pairs, 2.0) - 1.0, 0.5 + CONFIDENCE / 2.0)) * error / width) ** 2
    return max(pairs / n, 1.0 + 1e-9)
