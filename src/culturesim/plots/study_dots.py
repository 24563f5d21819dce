"""One factor that is no number: a dot with its interval for every level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from culturesim.plots.layout import shorten, text_width
from culturesim.plots.lines import ROUND_STEPS
from culturesim.plots.panels import LABEL_SIZE, Box, add_axes, number, write_title
from culturesim.plots.study_axes import Axis, say
from culturesim.plots.study_colours import Colours
from culturesim.plots.study_key import heading
from culturesim.plots.study_tables import UNITS
from culturesim.plots.study_words import sides_of
from culturesim.plots.style import INK, QUIET, VALUE, Picture, ink, looks

if TYPE_CHECKING:
    from culturesim.plots.study_tables import Reading

# In inches.
HEAD = 0.75  # title, and the names of the sides
FOOT = 0.62
ROW = 0.4
NAME = 3.2
BEHIND = 1.0  # for a number behind its interval


def least_height(levels: int, readings: int) -> float:
    """Inches that so many levels of so many cultures need."""
    return readings * (HEAD + levels * ROW + FOOT)


def draw_dots(
    picture: Picture, box: Box, shown: Sequence[tuple[Reading, Colours]], axis: Axis
) -> None:
    """Draw a panel for each culture, one below the other.

    Parameters
    ----------
    picture : Picture
    box : Box
    shown : sequence of Reading and Colours
    axis : Axis
        The factor.
    """
    height = box.height / len(shown)
    for n, (reading, colours) in enumerate(shown):
        place = Box(box.left, box.bottom + (len(shown) - 1 - n) * height, box.width, height)
        _draw_panel(picture, place, reading, colours, axis)


def _draw_panel(picture: Picture, box: Box, reading: Reading, colours: Colours, axis: Axis) -> None:
    names = [shorten(say(level), LABEL_SIZE, NAME, "bold") for level in axis.levels]
    left = max(text_width(name, LABEL_SIZE, "bold") for name in names) + 0.2
    inner = Box(
        box.left + left,
        box.bottom + FOOT,
        box.width - left - BEHIND,
        box.height - HEAD - FOOT,
    )
    gid = f"dots-{reading.culture}"
    write_title(picture, box, gid, f"{heading(reading)}, by {axis.short}", INK)
    axes = add_axes(picture, inner, gid)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_yticks(range(len(names)), names, fontsize=LABEL_SIZE, fontweight="bold")
    axes.grid(axis="y", visible=False)
    _set_scale(axes, reading, colours)
    if reading.kind != "mean":
        axes.axvline(reading.even, color=QUIET, linewidth=1.5, gid="even")
    if reading.kind == "lead":
        _write_sides(axes, reading)
    by_level = reading.points.assign(side=reading.sides).set_index(axis.factor)
    for row, level in enumerate(axis.levels):
        value, low, high = (float(by_level[key].loc[level]) for key in ("value", "low", "high"))
        if np.isfinite(value):
            open_ = reading.kind != "mean" and by_level.at[level, "side"] == 0
            _draw_dot(axes, row, (low, value, high), colours, reading, bool(open_))


def _draw_dot(
    axes: Axes,
    row: int,
    ends: tuple[float, float, float],
    colours: Colours,
    reading: Reading,
    unsettled: bool,
) -> None:
    """Draw a dot, hollow if it is not settled who is ahead, its interval, and its number."""
    low, value, high = ends
    colour = VALUE
    if reading.kind == "lead":
        ahead = (value > 0.0) == (reading.sense > 0)
        name = reading.culture if ahead else reading.base
        colour = looks([reading.base, reading.culture])[name].colour
    elif reading.kind == "rooted":
        colour = INK
    if np.isfinite(low) and np.isfinite(high):
        axes.plot([low, high], [row, row], color=colour, linewidth=4.0, alpha=0.6, gid="interval")
    axes.plot(
        [value],
        [row],
        marker="o",
        markersize=13.0,
        markerfacecolor="white" if unsettled else colour,
        markeredgecolor=colour,
        markeredgewidth=2.5,
        clip_on=False,
        zorder=3.0,
        gid="open" if unsettled else "settled",
    )
    reach = high if np.isfinite(high) else value
    axes.annotate(
        colours.tell(value),
        (max(reach, value), row),
        (14.0, 0.0),
        textcoords="offset points",
        fontsize=LABEL_SIZE,
        weight="bold",
        va="center_baseline",
        annotation_clip=False,
        gid="number",
    )


def _set_scale(axes: Axes, reading: Reading, colours: Colours) -> None:
    drawn = reading.points[["value", "low", "high"]].to_numpy(np.float64)
    drawn = drawn[np.isfinite(drawn)]
    low, high = min(0.0, float(drawn.min())), max(0.0, float(drawn.max()))
    if reading.kind == "rooted":
        low, high = 0.0, 1.0
    span = (high - low) or 1.0
    axes.set_xlim(low - (0.04 * span if low < 0.0 else 0.0), high + 0.02 * span)
    axes.xaxis.set_major_locator(MaxNLocator(7, steps=ROUND_STEPS))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number(x, colours.percent)))
    unit = f"difference, in % of {reading.base}" if reading.relative else ""
    unit = unit or UNITS.get(reading.metric, "")
    axes.set_xlabel("share of runs" if reading.kind == "rooted" else unit.replace("_", " "))


def _write_sides(axes: Axes, reading: Reading) -> None:
    """Say above the axes which side of even is whose."""
    low, high = axes.get_xlim()
    even = (reading.even - low) / (high - low)
    below, above = sides_of(reading)
    styles = looks([reading.base, reading.culture])
    words = [(below, reading.base), (above, reading.culture)]
    if reading.sense < 0:
        words.reverse()
    width = axes.bbox.width / axes.figure.dpi
    for (text, culture), align, step in zip(words, ("right", "left"), (-0.12, 0.12), strict=True):
        x = even + step / width
        # The narrow side has no room for its words: they are left away, the colour says it.
        if not -0.1 * width < (x * width - text_width(text, LABEL_SIZE, "bold") * (step < 0)):
            continue
        axes.text(
            x,
            1.02,
            text,
            transform=axes.transAxes,
            fontsize=LABEL_SIZE,
            weight="bold",
            ha=align,
            va="bottom",
            color=ink(styles[culture].colour),
            gid="side",
        )
