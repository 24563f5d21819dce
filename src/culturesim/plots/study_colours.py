"""Colours in steps: how far which side is ahead, and how much of something there is."""

from __future__ import annotations

import math
from bisect import bisect_right
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from matplotlib.colors import to_hex, to_rgb
from matplotlib.ticker import MaxNLocator

from culturesim.plots.lines import ROUND_STEPS
from culturesim.plots.panels import number
from culturesim.plots.style import NOTHING, VALUE, WASTE, looks

if TYPE_CHECKING:
    from culturesim.plots.study_tables import Reading

STEPS = 6  # of one colour; more cannot be told apart
PALEST = 0.14
SHARES: Final = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)
VEIL = 0.6  # share of white over what is not settled


class Colours(NamedTuple):
    """Ends of the steps from low to high, and the colour of each step between two ends."""

    ends: list[float]
    fills: list[str]
    percent: bool
    signed: bool

    def of(self, value: float) -> str:
        """Colour of a value."""
        step = bisect_right(self.ends, value) - 1
        return self.fills[min(max(step, 0), len(self.fills) - 1)]

    def tell(self, value: float) -> str:
        """Write a value: in whole percent, below one in tenths."""
        if not self.percent:
            return self.say(value)
        return self.say(round(value, 2 if abs(value) >= 0.0095 else 3) + 0.0)

    def say(self, end: float) -> str:
        """Write a number of up to three digits, with its sign where signs tell sides apart."""
        text = number(float(f"{100.0 * end if self.percent else end:.3g}"), False)
        plus = "+" if self.signed and end > 0.0 else ""
        return f"{plus}{text}{' %' if self.percent else ''}"


def colours_of(reading: Reading, pole: str) -> Colours:
    """Choose colours for what is shown.

    Parameters
    ----------
    reading : Reading
    pole : str
        The culture that takes root, if that is what is shown.

    Returns
    -------
    Colours
        Of a lead: the base's colour on one side of zero and the other culture's on the other, in
        the same steps of 1, 2 and 5: each twice as much or so, so that small leads can be seen
        beside large ones.
    """
    values = reading.values[np.isfinite(reading.values)]
    if reading.kind == "lead":
        both = looks([reading.base, reading.culture])
        below, above = both[reading.base].colour, both[reading.culture].colour
        if reading.sense < 0:
            below, above = above, below
        sizes = _sizes(float(np.abs(values).max()))
        down = _needed(sizes, -float(values.min()))
        up = _needed(sizes, float(values.max()))
        ends = [-size for size in reversed(sizes[:down])] + [0.0] + sizes[:up]
        fills = [tint(below, n, STEPS) for n in reversed(range(down))]
        fills += [tint(above, n, STEPS) for n in range(up)]
        return Colours(ends, fills, reading.relative, True)
    if reading.kind == "rooted":
        steps = len(SHARES) - 1
        colour = looks([pole])[pole].colour
        return Colours(list(SHARES), [tint(colour, n, steps) for n in range(steps)], True, False)
    low, high = float(values.min()), float(values.max())
    if low == high:
        high = low + (abs(low) or 1.0)
    ends = [float(end) for end in MaxNLocator(STEPS, steps=ROUND_STEPS).tick_values(low, high)]
    colour = _meaning(reading.metric)
    steps = len(ends) - 1
    return Colours(ends, [tint(colour, n, steps) for n in range(steps)], False, False)


def _sizes(greatest: float) -> list[float]:
    """Numbers of 1, 2 and 5 that end at the first one that is not below the greatest."""
    if greatest <= 0.0:
        greatest = 1.0
    decade = math.floor(math.log10(greatest))
    series = [float(f"{step}e{d}") for d in range(decade - 3, decade + 2) for step in (1, 2, 5)]
    last = next(n for n, size in enumerate(series) if size >= greatest)
    return series[last - STEPS + 1 : last + 1]


def _needed(sizes: list[float], reach: float) -> int:
    """How many of the sizes it takes to reach so far; one at least, so that both sides are seen."""
    return 1 + sum(size < reach for size in sizes[:-1])


def _meaning(metric: str) -> str:
    if metric.startswith("waste"):
        return WASTE
    return NOTHING if metric.startswith("no_decision") else VALUE


def tint(colour: str, step: int, steps: int) -> str:
    """Step of a colour, from pale to the colour itself."""
    share = PALEST + (1.0 - PALEST) * step / max(1, steps - 1)
    return paler(colour, 1.0 - share)


def paler(colour: str, white: float) -> str:
    """Mix a colour with a share of white."""
    red, green, blue = (white + (1.0 - white) * part for part in to_rgb(colour))
    return to_hex((red, green, blue))
