"""Designs that form no map: every design point as a dot, against each factor in turn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.ticker import FuncFormatter, MaxNLocator

from culturesim.plots.layout import text_width, wrap
from culturesim.plots.lines import ROUND_STEPS
from culturesim.plots.panels import LABEL_SIZE, Box, add_axes, number, write_title
from culturesim.plots.study_axes import Axis
from culturesim.plots.study_colours import Colours
from culturesim.plots.study_key import heading
from culturesim.plots.study_tables import UNITS
from culturesim.plots.style import INK, QUIET, STYLE, Picture

if TYPE_CHECKING:
    from culturesim.plots.study_tables import Reading

ACROSS = 3  # panels beside each other

# In inches.
HEAD = 0.7  # title and unit
FOOT = 1.02  # ticks, and a label of three lines
LEAST = 2.0  # of the axes
BETWEEN = 0.4
SLACK = 0.03  # of the scale, on both sides of the outermost dots


def least_height(factors: int, readings: int) -> float:
    """Inches that panels of so many factors and cultures need."""
    return readings * (HEAD + -(-factors // ACROSS) * (LEAST + FOOT))


def draw_scatter(
    picture: Picture,
    box: Box,
    shown: Sequence[tuple[Reading, Colours]],
    axes_of: Sequence[Axis],
) -> None:
    """Draw rows of panels for each culture.

    Parameters
    ----------
    picture : Picture
    box : Box
    shown : sequence of Reading and Colours
    axes_of : sequence of Axis
        One for each factor.
    """
    height = box.height / len(shown)
    rows = -(-len(axes_of) // ACROSS)
    across = min(ACROSS, len(axes_of))
    width = (box.width - BETWEEN * (across - 1)) / across
    for n, (reading, colours) in enumerate(shown):
        top = box.bottom + (len(shown) - n) * height
        whole = Box(box.left, top - height, box.width, height)
        legend = "" if reading.kind == "mean" else " (hollow: may be chance)"
        write_title(picture, whole, f"scatter-{reading.culture}", heading(reading) + legend, INK)
        each = (height - HEAD) / rows
        for k, axis in enumerate(axes_of):
            place = Box(
                box.left + k % across * (width + BETWEEN),
                top - HEAD - (k // across + 1) * each,
                width,
                each,
            )
            _draw_panel(picture, place, reading, colours, axis, k == 0)


def _draw_panel(
    picture: Picture, box: Box, reading: Reading, colours: Colours, axis: Axis, first: bool
) -> None:
    values = reading.values
    known = reading.known == 1
    low, high = float(values[known].min()), float(values[known].max())
    if reading.kind == "rooted":
        low, high = 0.0, 1.0
    elif reading.kind == "lead":
        low, high = min(low, 0.0), max(high, 0.0)
    span = (high - low) or 1.0
    low, high = low - SLACK * span, high + SLACK * span
    locator = MaxNLocator(5, steps=ROUND_STEPS)
    ticks = [tick for tick in locator.tick_values(low, high) if low <= tick <= high]
    numbers = [number(tick, colours.percent) for tick in ticks]
    left = max(text_width(text, STYLE["ytick.labelsize"]) for text in numbers) + 0.1
    inner = Box(box.left + left, box.bottom + FOOT, box.width - left - 0.2, box.height - FOOT - 0.1)
    axes = add_axes(picture, inner, f"scatter-{reading.culture}-{axis.factor}")
    places = [axis.at(level) for level in reading.points[axis.factor]]
    reach = (max(places) - min(places)) or 1.0
    axes.set_xlim(min(places) - SLACK * reach, max(places) + SLACK * reach)
    axes.set_ylim(low, high)
    axes.set_yticks(ticks)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: number(y, colours.percent)))
    axes.grid(axis="x", visible=False)
    at, words = _ticks(axis, inner.width, reach)
    axes.set_xticks(at, words)
    axes.set_xlabel("\n".join(wrap(axis.label, LABEL_SIZE, inner.width)[:3]))
    if reading.kind != "mean":
        axes.axhline(reading.even, color=QUIET, linewidth=1.5)
    if first:
        unit = f"difference, in % of {reading.base}" if reading.relative else ""
        unit = unit or UNITS.get(reading.metric, "")
        unit = "share of runs" if reading.kind == "rooted" else unit.replace("_", " ")
        axes.set_ylabel(unit, rotation=0, ha="left", va="bottom")
        axes.yaxis.set_label_coords(-left / inner.width, 1.0 + 0.08 / inner.height)
    sides = reading.sides
    for n in np.flatnonzero(known):
        colour = colours.of(float(values[n]))
        open_ = reading.kind != "mean" and sides[n] == 0
        axes.plot(
            [places[n]],
            [values[n]],
            linestyle="",
            marker="o",
            markersize=8.0,
            markerfacecolor="white" if open_ else colour,
            markeredgecolor=QUIET,
            markeredgewidth=1.0,
            clip_on=False,
            gid="open" if open_ else "settled",
        )


def _ticks(axis: Axis, width: float, reach: float) -> tuple[list[float], list[str]]:
    """Ticks whose words do not touch."""
    at: list[float] = []
    words: list[str] = []
    size = STYLE["xtick.labelsize"]
    for place, word in axis.ticks():
        if at:
            need = 0.5 * (text_width(word, size) + text_width(words[-1], size)) + 0.12
            if (place - at[-1]) / reach * width < need:
                continue
        at.append(place)
        words.append(word)
    return at, words
