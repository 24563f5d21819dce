"""Factors as axes: what they mean, on which scale their levels lie, and where the ticks go."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from matplotlib.ticker import MaxNLocator

from culturesim.plots.lines import ROUND_STEPS
from culturesim.plots.panels import number
from culturesim.scenario.describe import parameters
from culturesim.scenario.leadership_parameters import window
from culturesim.scenario.paths import pattern

if TYPE_CHECKING:
    from culturesim.plots.study_tables import StudyTables
    from culturesim.scenario.schema import Scenario

LOG_FROM = 8.0  # greatest level by least, from which levels may lie on a logarithmic scale
FEW_LEVELS = 7  # up to so many have a tick each
TOGETHER = "together"
NO_UNITS = {"kind", "kind or rows", "name", "names", "cycle", "teams", "yes/no"}

# What a field of leadership means depends on the kind of action: whole label, and short name.
DEEDS = {
    ("cultivate", "strength"): ("What leaders' care adds of what is missing", "strength"),
    ("mandate", "strength"): ("How often leaders order it", "strength"),
    ("seed", "strength"): ("Culture that a seed sets", "strength"),
    ("cultivate", "to"): ("Cycle in which leaders' care ends", "end of care"),
    ("mandate", "to"): ("Cycle in which the order is lifted", "end of the order"),
    ("cultivate", "from"): ("Cycle in which leaders' care begins", "beginning of care"),
    ("mandate", "from"): ("Cycle in which the order is given", "beginning of the order"),
    ("cultivate", "teams"): ("How many teams leaders attend to", "teams"),
    ("mandate", "teams"): ("How many teams get the order", "teams"),
    ("cultivate", "target"): ("Teams that leaders attend to", "target"),
}


class Axis(NamedTuple):
    """A factor: its levels in order, where they stand, and its words.

    ``levels`` is a scale on which each level has a place of its own, one beside the next: for what
    is no number, or infinite. `ordered` ones have a meaning in between.
    """

    factor: str
    label: str
    short: str
    scale: Literal["linear", "log", "levels"]
    ordered: bool
    levels: tuple[Any, ...]

    def at(self, level: Any) -> float:
        """Where a level stands."""
        if self.scale == "levels":
            return float(self.levels.index(level))
        return math.log10(level) if self.scale == "log" else float(level)

    def edges(self) -> list[float]:
        """Where the levels' cells end: half way to the next."""
        places = [self.at(level) for level in self.levels]
        if len(places) == 1:
            return [places[0] - 0.5, places[0] + 0.5]
        inner = [(a + b) / 2.0 for a, b in pairwise(places)]
        first, last = 2.0 * places[0] - inner[0], 2.0 * places[-1] - inner[-1]
        return [first, *inner, last]

    def ticks(self) -> list[tuple[float, str]]:
        """Places and their words: every level where there are few, else round numbers."""
        if self.scale == "levels" or len(self.levels) <= FEW_LEVELS:
            return [(self.at(level), say(level)) for level in self.levels]
        low, high = self.levels[0], self.levels[-1]
        if self.scale == "log":
            decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
            steps = (1, 2, 5) if len(decades) <= 5 else (1,)
            round_ones = [float(f"{step}e{decade}") for decade in decades for step in steps]
        else:
            locator = MaxNLocator(7, steps=ROUND_STEPS)
            round_ones = [float(tick) for tick in locator.tick_values(low, high)]
        slack = 1e-9 * abs(high)
        inside = [tick for tick in round_ones if low - slack <= tick <= high + slack]
        return [(self.at(tick), number(tick, False)) for tick in inside]


def axis_of(study: StudyTables, factor: str) -> Axis:
    """Turn a factor into an axis.

    Parameters
    ----------
    study : StudyTables
    factor : str

    Returns
    -------
    Axis
        Its label is what the schema says the parameter means, with its unit.
    """
    levels = list(dict.fromkeys(study.points[factor].tolist()))
    numeric = all(isinstance(v, int | float) and not isinstance(v, bool) for v in levels)
    if numeric:
        levels.sort()
    label, short = words_of(study.scenario, factor)
    finite = numeric and all(math.isfinite(level) for level in levels)
    scale = _scale(levels) if finite else "levels"
    return Axis(factor, label, short, scale, numeric, tuple(levels))


def _scale(levels: Sequence[float]) -> Literal["linear", "log"]:
    """Scale on which the levels lie more evenly."""
    if levels[0] <= 0.0 or levels[-1] < LOG_FROM * levels[0]:
        return "linear"
    logs = [math.log(level) for level in levels]
    return "log" if _unevenness(logs) < _unevenness(levels) else "linear"


def _unevenness(places: Sequence[float]) -> float:
    gaps = [b - a for a, b in pairwise(places)]
    return max(gaps) / min(gaps) if len(gaps) > 1 else places[-1] / max(places[0], 1e-300)


def words_of(scenario: Scenario, factor: str) -> tuple[str, str]:
    """Label of a factor's axis, and its name in a sentence.

    Parameters
    ----------
    scenario : Scenario
    factor : str

    Returns
    -------
    tuple of str and str
    """
    path = tuple(factor.split("."))
    short = path[-1].replace("_", " ")
    by_path = {row.path: row for row in parameters()}
    row = by_path.get(".".join(pattern(path)))
    if row is None or path[0] == TOGETHER:
        return _begin(short), short
    label, unit = row.meaning.partition(";")[0].partition(":")[0].rstrip("."), row.unit
    if path[0] == "leadership":
        label, short = _deed(scenario, path, label, short)
    elif len(path) > 2 and path[1] != "*" and len(getattr(scenario, path[0])) > 1:
        whose = path[1].replace("_", " ")
        label, short = f"{_begin(whose)}: {label[:1].lower()}{label[1:]}", f"{short} of {whose}"
    month = scenario.world.cycle_label
    if unit == "cycles" and month:
        unit = f"cycles of one {month}"
    return (f"{label} ({unit})" if unit and unit not in NO_UNITS else label), short


def _deed(scenario: Scenario, path: tuple[str, ...], label: str, short: str) -> tuple[str, str]:
    action = scenario.leadership.get(path[1]) if path[1] != "*" else None
    action = action or next(iter(scenario.leadership.values()))
    label, short = DEEDS.get((action.kind, path[-1]), (label, short))
    if path[-1] == "to":
        label += f"; it begins in cycle {window(action)[0]}"
    return label, short


def say(level: Any) -> str:
    """Write a level as one reads it."""
    if isinstance(level, bool):
        return "yes" if level else "no"
    if isinstance(level, int | float):
        return "∞" if math.isinf(level) else number(float(f"{level:.3g}"), False)
    return str(level).replace("_", " ")


def _begin(text: str) -> str:
    return text[:1].upper() + text[1:]
