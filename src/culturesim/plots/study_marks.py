"""Marks on the lines of a study: the best level, whose side is which, and names at line ends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from culturesim.plots.layout import POINTS, spread, text_width, wrap
from culturesim.plots.panels import LABEL_SIZE, label_width, labels
from culturesim.plots.study_axes import Axis, say
from culturesim.plots.study_optimum import Optimum
from culturesim.plots.study_words import sides_of
from culturesim.plots.style import INK, QUIET, Look, ink

if TYPE_CHECKING:
    from culturesim.plots.study_tables import Reading
    from culturesim.state.parameters import Floats

SIDE = 1.55  # inches for words beside the axes, at least


def side_width(cultures: Iterable[str]) -> float:
    """Inches that names at the ends of lines take, or what is said of the sides."""
    return max([SIDE, *(label_width([name]) + 0.35 for name in labels(list(cultures)).values())])


def mark_best(axes: Axes, reading: Reading, axis: Axis, best: Optimum) -> None:
    """Mark the best level, and shade all levels that may be as good."""
    levels = sorted((reading.points.at[p, axis.factor] for p in best.as_good), key=axis.at)
    edges = axis.edges()
    first, last = axis.levels.index(levels[0]), axis.levels.index(levels[-1])
    begin, end = max(edges[first], axis.at(axis.levels[0])), edges[last + 1]
    end = min(end, axis.at(axis.levels[-1]))
    axes.axvspan(begin, end, color=QUIET, alpha=0.13, linewidth=0.0, zorder=0.5, gid="as-good")
    level = reading.points.at[best.best, axis.factor]
    value = float(reading.points["value"].loc[best.best])
    axes.plot(
        [axis.at(level)],
        [value],
        linestyle="",
        marker="*",
        markersize=22.0,
        markerfacecolor=INK,
        markeredgecolor="white",
        markeredgewidth=1.5,
        clip_on=False,
        zorder=4.0,
        gid="best",
    )
    what = "greatest lead" if reading.base and value * reading.sense > 0.0 else "best"
    words = f"{what} at {say(level)}"
    sure = f"95 % sure: {say(levels[0])} to {say(levels[-1])}" if len(levels) > 1 else ""
    low, high = axes.get_xlim()
    width = axes.bbox.width / axes.figure.dpi  # inches
    lines = [line for line in (words, sure) if line]
    half = 0.5 * max(text_width(line, LABEL_SIZE, "bold") for line in lines) / width
    middle = ((begin + end) / 2.0 - low) / (high - low)
    axes.text(
        min(max(middle, half + 0.01), 0.99 - half),
        1.0 - 0.06 / (axes.bbox.height / axes.figure.dpi),
        "\n".join(lines),
        transform=axes.transAxes,
        fontsize=LABEL_SIZE,
        weight="bold",
        ha="center",
        va="top",
        linespacing=1.15,
        gid="best-words",
    )


def write_sides(axes: Axes, reading: Reading, styles: dict[str, Look]) -> None:
    """Say beside the axes which side of even is whose."""
    low, high = axes.get_ylim()
    even = (reading.even - low) / (high - low)
    inch = 1.0 / (axes.bbox.height / axes.figure.dpi)
    below, above = sides_of(reading)
    if reading.sense < 0:
        below, above = above, below
    colours = {name: ink(look.colour) for name, look in styles.items()}
    for words, y, va in ((above, even + 0.08 * inch, "bottom"), (below, even - 0.08 * inch, "top")):
        name = next((n for n in colours if n.replace("_", " ") in words), "")
        axes.text(
            1.0 + 0.2 * inch * axes.bbox.height / axes.bbox.width,
            y,
            "\n".join(wrap(words, LABEL_SIZE, SIDE - 0.25, "bold")),
            transform=axes.transAxes,
            fontsize=LABEL_SIZE,
            weight="bold",
            va=va,
            color=colours.get(name, INK),
            gid="side",
        )


def write_names(
    axes: Axes, curves: dict[str, tuple[Floats, Floats]], styles: dict[str, Look]
) -> None:
    """Write each culture's name where its line ends, moved apart, with a short lead to it."""
    low, high = axes.get_ylim()
    width, height = (side / axes.figure.dpi for side in (axes.bbox.width, axes.bbox.height))
    names = labels(list(curves))
    ends = {}
    for name, (_, curve) in curves.items():
        finite = curve[np.isfinite(curve)]
        if len(finite):
            ends[name] = (float(finite[-1]) - low) / (high - low)
    places = spread(list(ends.values()), 1.3 * LABEL_SIZE / POINTS / height, 0.0, 1.0)
    for (name, y), place in zip(ends.items(), places, strict=True):
        axes.add_line(
            Line2D(
                [1.0 + 0.08 / width, 1.0 + 0.24 / width],
                [y, place],
                transform=axes.transAxes,
                color=styles[name].colour,
                linewidth=1.2,
                clip_on=False,
            )
        )
        axes.text(
            1.0 + 0.28 / width,
            place,
            names[name],
            transform=axes.transAxes,
            fontsize=LABEL_SIZE,
            weight="bold",
            color=ink(styles[name].colour),
            va="center_baseline",
            gid=f"label-{name}",
        )
