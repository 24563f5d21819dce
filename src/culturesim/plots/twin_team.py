"""A team in several worlds: what it knows, who commits to it, and the value that comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from culturesim.plots.layout import text_width
from culturesim.plots.lines import ROUND_STEPS
from culturesim.plots.page import HINTED
from culturesim.plots.panels import (
    FOOT,
    LABEL_SIZE,
    QUARTERS,
    Box,
    add_axes,
    fraction,
    labels,
    number,
    write_title,
)
from culturesim.plots.style import INK, QUIET, STYLE, VALUE, Picture, ink, looks

if TYPE_CHECKING:
    import pandas as pd

    from culturesim.experiments.twin_result import Twin
    from culturesim.state.parameters import Floats

# In inches.
HEAD = 0.62  # title and unit
BETWEEN = 0.45
ROW = 0.28  # of the legend
BELOW = 0.14  # the legend
LEAST = 3.8
SAMPLE = 0.5  # of a line in the legend

SMOOTHED = 5  # cycles over which commitments are averaged: single ones jump too much to be read


class Panel(NamedTuple):
    """A column of the cycles: words, top of its scale, and the mark of its meaning."""

    column: str
    title: str
    unit: str
    top: float | None
    mark: str


PANELS = (
    Panel("alignment", "What it knows of its customers", "alignment (0 to 1)", 1.0, INK),
    Panel(
        "commitments", "Customers who commit", f"per cycle, mean of {SMOOTHED} cycles", None, QUIET
    ),
    Panel("cumulative_value", "Value created so far", "resources", None, VALUE),
)


def least_height(_: int) -> float:
    """Inches that the panels need, however many cultures there are."""
    return LEAST


def draw_team(picture: Picture, box: Box, twin: Twin) -> None:
    """Draw the panels side by side, each with all cultures."""
    legend = _draw_legend(picture, box, twin.cultures)
    width = (box.width - BETWEEN * (len(PANELS) - 1)) / len(PANELS)
    for n, panel in enumerate(PANELS):
        left = box.left + n * (width + BETWEEN)
        place = Box(left, box.bottom, width, box.height - legend - BELOW)
        _draw_panel(picture, place, twin, panel)


def _draw_panel(picture: Picture, box: Box, twin: Twin, panel: Panel) -> None:
    curves = {culture: _curve(twin.life(culture)[panel.column], panel) for culture in twin.cultures}
    finite = np.concatenate([curve[np.isfinite(curve)] for curve in curves.values()])
    low = min(0.0, float(finite.min(initial=0.0)) * 1.05)
    high = panel.top or float(finite.max(initial=0.0)) * 1.05 or 1.0
    locator = FixedLocator(QUARTERS) if panel.top else MaxNLocator(5, steps=ROUND_STEPS)
    ticks = [tick for tick in locator.tick_values(low, high) if low <= tick <= high]
    left = max(text_width(number(tick, False), STYLE["ytick.labelsize"]) for tick in ticks) + 0.1
    inner = Box(
        box.left + left, box.bottom + FOOT, box.width - left - 0.05, box.height - HEAD - FOOT
    )
    write_title(picture, box, panel.column, panel.title, panel.mark)
    axes = add_axes(picture, inner, panel.column)
    cycles = twin.scenario.world.cycles
    axes.set_xlim(0, max(1, cycles - 1))
    axes.set_ylim(low, high)
    axes.xaxis.set_major_locator(MaxNLocator(4, steps=ROUND_STEPS, integer=True))
    axes.yaxis.set_major_locator(locator)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: number(y, False)))
    axes.grid(axis="x", visible=False)
    label = twin.scenario.world.cycle_label
    axes.set_xlabel(f"cycle ({label})" if label else "cycle")
    axes.set_ylabel(panel.unit, rotation=0, ha="left", va="bottom")
    axes.yaxis.set_label_coords(-left / inner.width, 1.0 + 0.1 / inner.height)
    for culture, look in looks(twin.cultures).items():
        axes.plot(
            curves[culture],
            color=look.colour,
            linestyle=look.line,
            marker="o" if cycles == 1 else "",
            clip_on=False,
            zorder=3.0,
            gid=f"{panel.column}-{culture}",
        )


def _curve(values: pd.Series[float], panel: Panel) -> Floats:
    if panel.column == "commitments":
        values = values.rolling(SMOOTHED, center=True, min_periods=1).mean()
    return np.asarray(values, np.float64)


def _draw_legend(picture: Picture, box: Box, cultures: tuple[str, ...]) -> float:
    """Write which line is whose, in as many rows as it takes; give the height of these."""
    names = labels(cultures)
    x, y = box.left, box.bottom + box.height - ROW
    for culture, look in looks(cultures).items():
        wide = SAMPLE + 0.12 + HINTED * text_width(names[culture], LABEL_SIZE, "bold")
        if x > box.left and x + wide > box.left + box.width:
            x, y = box.left, y - ROW
        middle = y + 0.5 * ROW
        xs, ys = zip(
            fraction(picture, x, middle), fraction(picture, x + SAMPLE, middle), strict=True
        )
        style: Any = look.line  # matplotlib's own hints are narrower than what it takes
        picture.add_artist(Line2D(xs, ys, color=look.colour, linestyle=style))
        picture.text(
            *fraction(picture, x + SAMPLE + 0.12, middle),
            names[culture],
            fontsize=LABEL_SIZE,
            weight="bold",
            color=ink(look.colour),
            va="center_baseline",
            gid=f"name-{culture}",
        )
        x += wide + 0.45
    return box.bottom + box.height - y
