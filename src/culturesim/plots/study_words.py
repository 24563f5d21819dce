"""A study in plain words: who leads where, in how many cells, and where it is not settled."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from culturesim.model.measure import METRICS
from culturesim.plots.study_axes import Axis, say
from culturesim.plots.study_colours import Colours

if TYPE_CHECKING:
    from culturesim.plots.study_optimum import Optimum
    from culturesim.plots.study_tables import Reading
    from culturesim.state.parameters import Integers

UNRUN = " (the grey cells)"
MOST_SLICES = 5  # of a factor whose levels are names
NEITHER = {metric.name for metric in METRICS if metric.better == "neither"}


def sides_of(reading: Reading) -> list[str]:
    """What the sides are called: that of the base, and that of the culture."""
    if reading.kind != "lead":
        return ["falls back", "takes root"]
    form = "more in {}" if reading.metric in NEITHER else "{} ahead"
    return [form.format(name.replace("_", " ")) for name in (reading.base, reading.culture)]


def told(reading: Reading, pole: str) -> list[str]:
    """What is said of each side: of the culture, and of the base."""
    culture, base, pole = (name.replace("_", " ") for name in (reading.culture, reading.base, pole))
    if reading.kind == "rooted":
        return [f"{pole} takes root in most runs", "it falls back in most"]
    if reading.metric in NEITHER:
        metric = reading.metric.replace("_", " ")
        return [f"there is more {metric} in {culture}", f"there is more in {base}"]
    return [f"{culture} is ahead", f"{base}"]


def sentence(
    reading: Reading,
    axes: list[Axis],
    colours: Colours,
    pole: str,
    best: Optimum | None,
    mapped: bool,
) -> str:
    """Say what a reading shows.

    Parameters
    ----------
    reading : Reading
    axes : list of Axis
        Of the factors that vary.
    colours : Colours
        Writes the numbers.
    pole : str
        Culture that grows in a garden.
    best : Optimum, optional
        Of a single factor.
    mapped : bool
        Whether design points are cells of a map.

    Returns
    -------
    str
    """
    parts = [brief(reading, axes, pole, mapped)]
    if mapped and reading.kind != "mean":
        parts.append(_slices(reading, axes))
    if best is not None:
        parts.append(_best(reading, axes[0], colours, best))
    elif reading.kind != "rooted":
        parts.append(_extremes(reading, axes, colours))
    number, missing = len(reading.known), int((reading.known == 0).sum())
    if missing:
        where = UNRUN if mapped else ""
        parts.append(f"Of {number} design points {missing} have not been run{where}.")
    return " ".join(filter(None, parts))


def brief(reading: Reading, axes: list[Axis], pole: str, mapped: bool) -> str:
    """Say who is ahead, and in how much of what was tried, and no more."""
    if reading.kind == "mean":
        return ""
    if len(axes) == 1:
        return _levels(reading, axes[0], pole)
    return _counts(reading, pole, "cells" if mapped else "design points")


def _counts(reading: Reading, pole: str, what: str) -> str:
    """Share of the design points of each side, and of those that are not settled."""
    sides = reading.sides[reading.known == 1]
    number = len(sides)
    ahead, behind, open_ = (int((sides == side).sum()) for side in (1, -1, 0))
    first, second = told(reading, pole)
    lead = reading.kind == "lead" and reading.metric not in NEITHER
    if number in (ahead, behind):
        who = first if ahead else f"{second} is ahead" if lead else second
        return f"{_begin(who)} in all {number} {what}."
    if open_ == number:
        return f"Nowhere in {number} {what} is it settled which side is ahead."
    if not ahead:
        first, ahead, behind = f"{second} is ahead" if lead else second, behind, 0
    said = f"{first} in {ahead} of {number} {what} ({_percent(ahead, number)})"
    said += f", {second} in {behind} ({_percent(behind, number)})" if behind else ""
    said += f"; in {open_} ({_percent(open_, number)}) it is not settled" if open_ else ""
    return _begin(f"{said}.")


def _slices(reading: Reading, axes: list[Axis]) -> str:
    """Where a side is ahead, for each name of a factor, or at both ends of the first one."""
    if len(axes) != 2 or not any(axis.ordered for axis in axes):
        return ""
    across, up = axes if axes[1].ordered else (axes[1], axes[0])
    ends = (across.levels[0], across.levels[-1]) if across.ordered else across.levels
    side = _rarer(reading)
    if side == 0:
        return ""
    said = False
    parts: list[str] = []
    for level in ends[:MOST_SLICES]:
        rows = np.flatnonzero((reading.points[across.factor] == level).to_numpy())
        at = {up.levels.index(reading.points[up.factor].iloc[n]): n for n in rows}
        sides = np.array([reading.sides[at[n]] if n in at else 0 for n in range(len(up.levels))])
        place = f"with {across.short if not parts else ''} {say(level)}".replace("  ", " ")
        where = _spans(sides, side, up) or "nowhere"
        parts.append(f"{place} {where.replace(up.short, 'it', 1) if said else where}")
        said = said or "where" in where.split()
    return f"{_begin(_side_words(reading, side))} {'; '.join(parts)}."


def _rarer(reading: Reading) -> int:
    """The side to speak of: that with fewer design points, if it has any; 0: none."""
    counts = {side: int((reading.sides == side).sum()) for side in (1, -1)}
    if 0 in counts.values():
        return 0
    return 1 if reading.kind == "rooted" else min(counts, key=lambda side: counts[side])


def _side_words(reading: Reading, side: int) -> str:
    if reading.kind == "rooted":
        return "it takes root"
    who = (reading.culture if side > 0 else reading.base).replace("_", " ")
    return f"there is more in {who}" if reading.metric in NEITHER else f"{who} leads"


def _span(axis: Axis, first: int, last: int) -> str:
    """Levels from one to another, as a condition."""
    low, high = say(axis.levels[first]), say(axis.levels[last])
    if first == last:
        return f"is {low}"
    if first == 0:
        return f"is at most {high}"
    if last == len(axis.levels) - 1:
        return f"is at least {low}"
    return f"is {low} to {high}"


def _levels(reading: Reading, axis: Axis, pole: str) -> str:
    """At which levels of the only factor each side is ahead."""
    order = np.argsort([axis.levels.index(x) for x in reading.points[axis.factor]])
    sides = reading.sides[order]
    parts: list[str] = []
    for side, words in zip((1, -1), told(reading, pole), strict=True):
        spans = _spans(sides, side, axis)
        if spans:
            alone = not parts and side < 0 and reading.kind == "lead"
            verb = " is ahead" if alone and reading.metric not in NEITHER else ""
            if parts and axis.ordered:
                spans = spans.replace(axis.short, "it", 1)
            parts.append(f"{words}{verb} {spans}")
    if not parts:
        return f"Nowhere is it settled which side is ahead, whatever {axis.short} is."
    known = reading.known[order] == 1
    rest = " Elsewhere it may be chance." if (sides[known] == 0).any() else ""
    where = f" of {axis.short}" if axis.ordered else ""
    said = f"{'; '.join(parts)}.{rest}"
    return _begin(said.replace("at all levels", f"at all levels{where}", 1))


def _spans(sides: Integers, side: int, axis: Axis) -> str:
    """Levels of one side, those next to each other together."""
    if not axis.ordered:
        names = [say(axis.levels[n]) for n in range(len(sides)) if sides[n] == side]
        return f"for {_listed(names)}" if names else ""
    spans = []
    for here, group in groupby(range(len(sides)), key=lambda n: bool(sides[n] == side)):
        places = list(group)
        if here:
            spans.append(_span(axis, places[0], places[-1]))
    if len(spans) == 1 and (sides == side).all():
        return "at all levels"
    return f"where {axis.short} {' and where it '.join(spans)}" if spans else ""


def _best(reading: Reading, axis: Axis, colours: Colours, best: Optimum) -> str:
    """Where it is best, and among which levels the best is sure to be."""
    points = reading.points
    level: Any = points.at[best.best, axis.factor]
    value = float(points["value"].loc[best.best])
    number = colours.tell(value)
    culture, base = reading.culture.replace("_", " "), reading.base.replace("_", " ")
    lead = f"The lead of {culture} is greatest"
    if reading.metric in NEITHER or value * reading.sense <= 0.0:
        lead = f"{_begin(culture)} does best against {base}"
    said = f"{lead if reading.base else 'It is best'} at {axis.short} {say(level)} ({number})"
    if axis.ordered and level in (axis.levels[0], axis.levels[-1]):
        said += ", an end of what was tried"
    others = sorted((points.at[p, axis.factor] for p in best.as_good), key=axis.levels.index)
    if len(others) == 1:
        return f"{said}; of the levels tried none is as good."
    if not axis.ordered:
        return f"{said}; {_listed([say(o) for o in others if o != level])} may be as good."
    return f"{said}; of the levels tried, the best is 95 % sure to be {_among(others)}."


def _among(levels: list[Any]) -> str:
    if len(levels) == 2:
        return f"{say(levels[0])} or {say(levels[1])}"
    return f"one from {say(levels[0])} to {say(levels[-1])}"


def _extremes(reading: Reading, axes: list[Axis], colours: Colours) -> str:
    """Least and greatest number, and where."""
    points = reading.points
    ends = []
    for row in (int(np.nanargmin(reading.values)), int(np.nanargmax(reading.values))):
        value = float(reading.values[row])
        place = ", ".join(f"{axis.short} {say(points[axis.factor].iloc[row])}" for axis in axes)
        ends.append(f"{colours.tell(value)} ({place})")
    metric = reading.metric.replace("_", " ")
    if reading.kind == "mean":
        return f"Mean {metric} ranges from {ends[0]} to {ends[1]}."
    culture, base = reading.culture.replace("_", " "), reading.base.replace("_", " ")
    return f"Against {base}, {metric} in {culture} ranges from {ends[0]} to {ends[1]}."


def _percent(part: int, number: int) -> str:
    return f"{100.0 * part / number:.0f} %"


def _listed(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def _begin(text: str) -> str:
    return text[:1].upper() + text[1:]
