"""Panels of a metric cycle by cycle: each culture's median, its bands, its name at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from culturesim.model.results import BANDS
from culturesim.plots.layout import POINTS, spread, text_width
from culturesim.plots.panels import (
    FOOT,
    LABEL_SIZE,
    QUARTERS,
    Box,
    add_axes,
    label_width,
    labels,
    number,
    write_title,
)
from culturesim.plots.style import (
    CONTRAST,
    INK,
    NOTHING,
    QUIET,
    STYLE,
    VALUE,
    Look,
    Picture,
    contrast,
    ink,
    looks,
)

if TYPE_CHECKING:
    from culturesim.experiments.comparison import Comparison
    from culturesim.state.parameters import Floats, Integers

# In inches.
HEAD = 0.62  # title and unit
LEAST_HEIGHT = 1.2  # of the axes
LABEL_GAP = 1.15 * LABEL_SIZE / POINTS  # between names

MEDIAN = BANDS.index(0.5)
STRENGTHS = (0.13, 0.18)  # of the bands, from the widest inwards
WIDE_BANDS_UP_TO = 3  # with more cultures they would cover each other
MOST_POINTS = 600  # of a line: about what a panel has pixels
FEW_POINTS = 12  # up to these every cycle gets a dot
ROUND_STEPS = (1, 2, 2.5, 5, 10)


class LinePanel(NamedTuple):
    """A metric drawn cycle by cycle: words, scale, and the mark of its meaning."""

    metric: str
    title: str
    unit: str
    top: float | None
    percent: bool
    mark: str


VALUE_PANEL = LinePanel(
    "value_created", "Value created for customers", "resources per cycle", None, False, VALUE
)
NOTHING_PANEL = LinePanel(
    "no_decision_rate",
    "Customers that did nothing",
    "share of customers per cycle",
    1.0,
    True,
    NOTHING,
)
WON_PANEL = LinePanel(
    "commitment_rate", "Customers won", "share of customers per cycle", 1.0, True, INK
)
ALIGNMENT_PANEL = LinePanel(
    "alignment",
    "How well teams know what customers care about",
    "alignment (0: not at all, 1: fully)",
    1.0,
    False,
    INK,
)


def least_height(cultures: int) -> float:
    """Inches that a panel needs for the names of so many cultures."""
    return HEAD + max(LEAST_HEIGHT, cultures * LABEL_GAP) + FOOT


def legend(comparison: Comparison) -> str:
    """Say what the lines and bands are."""
    if comparison.replications == 1:
        return "line: the only run"
    if _widest_band(comparison) > 0:
        return "line: median; band: middle 50 % of runs"
    return "line: median; bands: middle 50 % and 80 % of runs"


def quantile_curves(comparison: Comparison, metric: str) -> dict[str, Floats]:
    """Curves to draw: the quantiles `BANDS` over the runs, a row each."""
    return {
        name: ensemble.quantiles(metric, BANDS).to_numpy().T
        for name, ensemble in comparison.ensembles.items()
    }


def draw_lines(
    picture: Picture,
    box: Box,
    comparison: Comparison,
    panel: LinePanel,
    curves: dict[str, Floats] | None = None,
) -> Axes:
    """Draw a metric, cycle by cycle, of all cultures.

    Parameters
    ----------
    picture : Picture
    box : Box
    comparison : Comparison
    panel : LinePanel
    curves : dict of str to array of float, shape (number of `BANDS`, cycles), optional
        What to draw instead of quantiles, of the same form.

    Returns
    -------
    matplotlib Axes
        For more to be drawn.
    """
    curves = curves or quantile_curves(comparison, panel.metric)
    band = _widest_band(comparison)
    low, high = _limits(np.stack([c[band : len(BANDS) - band] for c in curves.values()]), panel)
    locator = FixedLocator(QUARTERS) if panel.top else MaxNLocator(5, steps=ROUND_STEPS)
    ticks = [tick for tick in locator.tick_values(low, high) if low <= tick <= high]
    numbers = [number(tick, panel.percent) for tick in ticks]
    left = max(text_width(text, STYLE["ytick.labelsize"]) for text in numbers) + 0.1
    names = labels(comparison.cultures)
    right = label_width(names.values()) + 0.42

    inner = Box(
        box.left + left,
        box.bottom + FOOT,
        box.width - left - right,
        box.height - HEAD - FOOT,
    )
    write_title(picture, box, panel.metric, panel.title, panel.mark)
    axes = add_axes(picture, inner, panel.metric)
    cycles = next(iter(curves.values())).shape[1]
    axes.set_xlim(0, max(1, cycles - 1))
    axes.set_ylim(low, high)
    axes.xaxis.set_major_locator(MaxNLocator(6, steps=ROUND_STEPS, integer=True))
    axes.yaxis.set_major_locator(locator)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: number(y, panel.percent)))
    axes.grid(axis="x", visible=False)
    label = comparison.scenario.world.cycle_label
    axes.set_xlabel(f"cycle ({label})" if label else "cycle")
    axes.set_ylabel(panel.unit, rotation=0, ha="left", va="bottom")
    axes.yaxis.set_label_coords(-left / inner.width, 1.0 + 0.1 / inner.height)
    if low < 0.0:
        axes.axhline(0.0, color=QUIET, linewidth=1.5, gid=f"zero-{panel.metric}")

    styles = looks(comparison.cultures)
    shown = np.linspace(0, cycles - 1, min(cycles, MOST_POINTS)).round().astype(int)
    if comparison.replications > 1:
        for name, look in styles.items():
            _draw_bands(axes, shown, curves[name][:, shown], look, band)
    for name, look in styles.items():
        axes.plot(
            shown,
            curves[name][MEDIAN, shown],
            color=look.colour,
            linestyle=look.line,
            marker="o" if cycles <= FEW_POINTS else "",
            markersize=7.0,
            clip_on=False,
            zorder=3.0,
            label=name,
            gid=f"median-{panel.metric}-{name}",
        )
    _write_names(axes, inner, {name: c[MEDIAN] for name, c in curves.items()}, names, styles)
    return axes


def _draw_bands(axes: Axes, shown: Integers, curve: Floats, look: Look, band: int) -> None:
    pale = max(1.0, contrast(look.colour) / CONTRAST)  # black's tint would hide all others
    for n in range(band, MEDIAN):
        axes.fill_between(
            shown,
            curve[n],
            curve[-1 - n],
            color=look.colour,
            alpha=STRENGTHS[n] / pale,
            linewidth=0.0,
        )
    # Edges in the line's own pattern: in grey, tints of two cultures look the same.
    for edge in (curve[band], curve[-1 - band]):
        axes.plot(shown, edge, color=look.colour, linestyle=look.line, linewidth=0.8, alpha=0.6)


def _write_names(
    axes: Axes,
    inner: Box,
    medians: dict[str, Floats],
    names: dict[str, str],
    styles: dict[str, Look],
) -> None:
    """Write each culture's name where its line ends, moved apart, with a short lead to it."""
    low, high = axes.get_ylim()
    ends = {}
    for name, median in medians.items():
        finite = np.flatnonzero(np.isfinite(median))
        if len(finite):
            x = finite[-1] / axes.get_xlim()[1]
            ends[name] = x, (median[finite[-1]] - low) / (high - low)
    places = spread([y for _, y in ends.values()], LABEL_GAP / inner.height, 0.0, 1.0)
    for (name, (x, y)), place in zip(ends.items(), places, strict=True):
        look = styles[name]
        begin, end = 1.0 + 0.08 / inner.width, 1.0 + 0.3 / inner.width
        axes.add_line(
            Line2D(
                [x, begin, end],
                [y, y, place],
                transform=axes.transAxes,
                color=look.colour,
                linewidth=1.2,
                clip_on=False,
                gid=f"lead-{name}",
            )
        )
        axes.text(
            1.0 + 0.36 / inner.width,
            place,
            names[name],
            transform=axes.transAxes,
            fontsize=LABEL_SIZE,
            weight="bold",
            color=ink(look.colour),
            va="center_baseline",
            gid=f"label-{name}",
        )
    if missing := [names[name] for name in names if name not in ends]:
        axes.text(
            0.44,
            0.44,
            f"no values: {', '.join(missing)}" if ends else "no values",
            transform=axes.transAxes,
            ha="center",
            color=QUIET,
            gid="missing",
        )


# --- numbers


def _widest_band(comparison: Comparison) -> int:
    """Where in `BANDS` the lower edge of the widest band stands; its upper one mirrors it."""
    return BANDS.index(0.1 if len(comparison.cultures) <= WIDE_BANDS_UP_TO else 0.25)


def _limits(drawn: Floats, panel: LinePanel) -> tuple[float, float]:
    finite = drawn[np.isfinite(drawn)]
    low = float(finite.min(initial=0.0)) * 1.05
    high = panel.top or float(finite.max(initial=0.0)) * 1.05
    return low, high if high > 0.0 else 1.0
