"""One factor that is a number: what comes of it level by level, who is ahead, and what is best."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from culturesim.plots.layout import POINTS, text_width, wrap
from culturesim.plots.lines import ROUND_STEPS
from culturesim.plots.panels import (
    LABEL_SIZE,
    LEADING,
    Box,
    add_axes,
    number,
    write_title,
)
from culturesim.plots.study_axes import Axis
from culturesim.plots.study_colours import Colours
from culturesim.plots.study_key import heading
from culturesim.plots.study_marks import mark_best, side_width, write_names, write_sides
from culturesim.plots.study_optimum import Optimum
from culturesim.plots.study_tables import UNITS
from culturesim.plots.style import INK, QUIET, STYLE, VALUE, Look, Picture, looks

if TYPE_CHECKING:
    from culturesim.plots.study_tables import Reading
    from culturesim.state.parameters import Floats, Integers

Shown = tuple["Reading", Colours, Optimum | None]

# In inches.
LEAST = 4.0
HEAD = 0.62
FOOT = 0.36  # ticks
MOST_LINES = 3  # of the label below
BETWEEN = 0.5

BAND = 0.22
FINE = 400  # points of a band
HEADROOM = 0.16  # of the scale, above what is drawn, for the words of the best level
SIDE_ROOM = 0.12  # of the scale, at least, on either side of even


def draw_study_lines(
    picture: Picture, box: Box, shown: Sequence[Shown], axis: Axis, pole: str
) -> None:
    """Draw means of all cultures to the left and leads to the right; of a garden, one panel."""
    first = shown[0][0]
    if first.kind != "lead":
        look = looks([pole])[pole]
        look = look if first.kind == "rooted" else Look(VALUE, "-")
        _draw_curves(picture, box, shown, axis, {first.culture: look})
        return
    width = (box.width - BETWEEN) / 2.0
    left = Box(box.left, box.bottom, width, box.height)
    right = Box(box.left + width + BETWEEN, box.bottom, width, box.height)
    cultures = [first.base, *(reading.culture for reading, _, _ in shown)]
    _draw_means(picture, left, shown, axis, looks(cultures))
    _draw_curves(picture, right, shown, axis, looks(cultures))


# --- the panels


def _draw_means(
    picture: Picture, box: Box, shown: Sequence[Shown], axis: Axis, styles: dict[str, Look]
) -> None:
    """Draw each culture's mean."""
    first = shown[0][0]
    xs, order = _places(first, axis)
    curves = {first.base: first.points["base"].to_numpy(np.float64)[order]}
    for reading, _, _ in shown:
        curves[reading.culture] = reading.points["mean"].to_numpy(np.float64)[order]
    finite = np.concatenate([curve[np.isfinite(curve)] for curve in curves.values()])
    low, high = min(0.0, float(finite.min())), max(0.0, float(finite.max())) * 1.05
    metric = first.metric.replace("_", " ")
    write_title(picture, box, "means", f"{metric[:1].upper()}{metric[1:]} of each culture", VALUE)
    unit = UNITS.get(first.metric, "")
    side = side_width(curves)
    axes = _axes(picture, box, axis, (low, high or 1.0), unit, "means", False, side)
    for name, curve in curves.items():
        look = styles[name]
        axes.plot(
            xs,
            curve,
            color=look.colour,
            linestyle=look.line,
            marker="o",
            markersize=6.0,
            clip_on=False,
            zorder=3.0,
            gid=f"mean-{name}",
        )
    write_names(axes, {name: (xs, curve) for name, curve in curves.items()}, styles)


def _draw_curves(
    picture: Picture, box: Box, shown: Sequence[Shown], axis: Axis, styles: dict[str, Look]
) -> None:
    """Draw leads, or a garden's only curve, with bands, and the best level."""
    first, colours, _ = shown[0]
    title = heading(first) if len(shown) == 1 else f"Against {first.base.replace('_', ' ')}"
    write_title(picture, box, first.kind, title, INK)
    side = side_width(styles if first.kind == "lead" else ())
    low, high = _limits([reading for reading, _, _ in shown], any(best for _, _, best in shown))
    unit = f"difference, in % of {first.base}" if first.relative else UNITS.get(first.metric, "")
    unit = "share of runs" if first.kind == "rooted" else unit.replace("_", " ")
    axes = _axes(picture, box, axis, (low, high), unit, first.kind, colours.percent, side)
    if first.kind != "mean":
        axes.axhline(first.even, color=QUIET, linewidth=1.5, gid="even")
        if len(shown) == 1:
            write_sides(axes, first, styles)
    for reading, _, best in shown:
        sided = styles if len(shown) == 1 else {reading.culture: styles[reading.culture]}
        _draw_curve(axes, reading, axis, sided)
        if best is not None and len(shown) == 1:
            mark_best(axes, reading, axis, best)
    if len(shown) > 1:
        ends = {}
        for reading, _, _ in shown:
            xs, order = _places(reading, axis)
            ends[reading.culture] = xs, reading.values[order]
        write_names(axes, ends, styles)


def _draw_curve(axes: Axes, reading: Reading, axis: Axis, styles: dict[str, Look]) -> None:
    """Draw a curve with its band; hollow dots where it is not settled who is ahead.

    With a look for each side, the band and the dots have that of the side they are on.
    """
    xs, order = _places(reading, axis)
    values, sides = reading.values[order], reading.sides[order]
    low, high = (reading.points[end].to_numpy(np.float64)[order] for end in ("low", "high"))
    own = styles[reading.culture]
    both = reading.base in styles
    above, below = own.colour, styles[reading.base].colour if both else own.colour
    if reading.sense < 0 and both:
        above, below = below, above
    _draw_band(axes, reading, xs, low, high, (above, below) if both else (own.colour,))
    line = INK if both else own.colour
    axes.plot(xs, values, color=line, zorder=3.0, gid=f"curve-{reading.culture}")
    for place, value, side in zip(xs, values, sides, strict=True):
        colour = above if value > reading.even else below
        hollow = side == 0 and reading.kind != "mean"
        axes.plot(
            [place],
            [value],
            linestyle="",
            marker="o",
            markersize=9.0,
            markeredgewidth=2.0,
            markerfacecolor="white" if hollow else colour,
            markeredgecolor=colour,
            clip_on=False,
            zorder=3.5,
            gid=f"{'open' if hollow else 'settled'}-{reading.culture}",
        )


def _draw_band(
    axes: Axes, reading: Reading, xs: Floats, low: Floats, high: Floats, colours: tuple[str, ...]
) -> None:
    """Draw intervals; cut at 0, one that includes it shows in both of two colours."""
    held = np.isfinite(low) & np.isfinite(high)
    parts = [(low, high)]
    if len(colours) == 2 and held.any():
        fine = np.linspace(xs[0], xs[-1], FINE)
        low, high = (np.interp(fine, xs[held], end[held]) for end in (low, high))
        parts = [
            (np.maximum(low, 0.0), np.maximum(high, 0.0)),
            (np.minimum(low, 0.0), np.minimum(high, 0.0)),
        ]
        xs, held = fine, (fine >= xs[held][0]) & (fine <= xs[held][-1])
    for (begin, end), colour in zip(parts, colours, strict=False):
        band = axes.fill_between(
            xs, begin, end, where=held, color=colour, alpha=BAND, linewidth=0.0
        )
        band.set_gid(f"band-{reading.culture}")


# --- axes and words


def _axes(
    picture: Picture,
    box: Box,
    axis: Axis,
    limits: tuple[float, float],
    unit: str,
    gid: str,
    percent: bool,
    side: float,
) -> Axes:
    locator = MaxNLocator(6, steps=ROUND_STEPS)
    ticks = [t for t in locator.tick_values(*limits) if limits[0] <= t <= limits[1]]
    left = max(text_width(number(t, percent), STYLE["ytick.labelsize"]) for t in ticks) + 0.1
    width = box.width - left - side
    below = wrap(axis.label, LABEL_SIZE, width + left)[:MOST_LINES]
    foot = FOOT + (len(below) + 0.2) * LABEL_SIZE * LEADING / POINTS
    inner = Box(box.left + left, box.bottom + foot, width, box.height - HEAD - foot)
    axes = add_axes(picture, inner, gid)
    places = [axis.at(level) for level in axis.levels]
    axes.set_xlim(places[0], places[-1] if len(places) > 1 else places[0] + 1.0)
    axes.set_ylim(*limits)
    axes.yaxis.set_major_locator(locator)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: number(y, percent)))
    at, words = zip(*_apart(axis, inner.width), strict=True)
    axes.set_xticks(at, words)
    axes.grid(axis="x", visible=False)
    axes.set_xlabel("\n".join(below))
    axes.set_ylabel(unit, rotation=0, ha="left", va="bottom")
    axes.yaxis.set_label_coords(-left / inner.width, 1.0 + 0.1 / inner.height)
    return axes


def _apart(axis: Axis, width: float) -> list[tuple[float, str]]:
    """Ticks whose words do not touch."""
    ticks = axis.ticks()
    span = (axis.at(axis.levels[-1]) - axis.at(axis.levels[0])) or 1.0
    kept = ticks[:1]
    for tick in ticks[1:]:
        room = (tick[0] - kept[-1][0]) / span * width
        size = STYLE["xtick.labelsize"]
        if room >= 0.5 * (text_width(tick[1], size) + text_width(kept[-1][1], size)) + 0.12:
            kept.append(tick)
    return kept


# --- numbers


def _places(reading: Reading, axis: Axis) -> tuple[Floats, Integers]:
    """Where the design points stand, from left to right, and their order."""
    places = np.array([axis.at(level) for level in reading.points[axis.factor]])
    order = np.argsort(places).astype(np.int64)
    return places[order], order


def _limits(readings: Sequence[Reading], marked: bool) -> tuple[float, float]:
    """Scale that holds every interval, and room on both sides of even."""
    if readings[0].kind == "rooted":
        return 0.0, 1.0
    ends = [reading.points[["value", "low", "high"]].to_numpy(np.float64) for reading in readings]
    drawn = np.concatenate(ends)
    drawn = drawn[np.isfinite(drawn)]
    low, high = min(0.0, float(drawn.min())), max(0.0, float(drawn.max()))
    span = (high - low) or 1.0
    if readings[0].kind == "lead":
        low, high = min(low * 1.05, -SIDE_ROOM * span), max(high * 1.05, SIDE_ROOM * span)
    return low, high + (HEADROOM * span if marked else 0.05 * span)
