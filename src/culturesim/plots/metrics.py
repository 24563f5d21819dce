"""The figure of chosen metrics: a panel each, with a line and bands for each culture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from culturesim.errors import ArgumentError
from culturesim.model.measure import METRICS, NAMES
from culturesim.model.results import check_metric
from culturesim.plots import lines
from culturesim.plots.comparison import footer_text
from culturesim.plots.layout import wrap
from culturesim.plots.page import (
    FOOTER_SIZE,
    HINTED,
    MARGIN,
    TITLE_SIZE,
    TOP,
    WIDTH,
    text_height,
    write,
)
from culturesim.plots.panels import Box
from culturesim.plots.style import INK, NOTHING, QUIET, VALUE, WASTE, Picture, styled

if TYPE_CHECKING:
    from culturesim.experiments.comparison import Comparison

# All in inches.
BETWEEN = 0.45  # the columns of panels
BELOW = 0.2  # the rows of panels
ROW = 3.0  # a panel, where there are several rows
ALONE = 5.0  # a panel that is alone or beside another

KNOWN = {
    panel.metric: panel
    for panel in (lines.VALUE_PANEL, lines.NOTHING_PANEL, lines.WON_PANEL, lines.ALIGNMENT_PANEL)
}
MARKS = {"value": VALUE, "waste": WASTE, "no": NOTHING}  # by the first word of a metric's name


def plot_metrics(comparison: Comparison, metrics: str | Sequence[str]) -> Picture:
    """Draw metrics of all cultures, cycle by cycle.

    Parameters
    ----------
    comparison : Comparison
    metrics : str or sequence of str
        Of those that are recorded each cycle.

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ArgumentError
        If there is no such metric, or none is named.
    """
    named = [metrics] if isinstance(metrics, str) else list(metrics)
    if not named:
        raise ArgumentError("names nothing to draw", key="metric", allowed=NAMES)
    panels = [panel_of(check_metric(str(name), NAMES)) for name in dict.fromkeys(named)]
    with styled():
        return _draw(comparison, panels)


def panel_of(metric: str) -> lines.LinePanel:
    """Say how a metric is drawn: words, scale, and the mark of its meaning."""
    if metric in KNOWN:
        return KNOWN[metric]
    found = METRICS[NAMES.index(metric)]
    share = found.unit.startswith("share")
    unit = f"{found.unit} per cycle" if found.unit in ("resources", "effort") else found.unit
    title = f"{found.meaning[:1].upper()}{found.meaning[1:]}"
    mark = MARKS.get(metric.partition("_")[0], INK)
    return lines.LinePanel(metric, title, unit, 1.0 if share else None, share, mark)


def _draw(comparison: Comparison, panels: list[lines.LinePanel]) -> Picture:
    width = WIDTH - 2.0 * MARGIN
    written = width / HINTED
    title = wrap(comparison.scenario.title or comparison.scenario.name, TITLE_SIZE, written, "bold")
    footer = wrap(footer_text(comparison), FOOTER_SIZE, written)
    columns = min(2, len(panels))
    rows = -(-len(panels) // columns)
    head = TOP + text_height(title, TITLE_SIZE) + 0.2
    foot = 0.16 + text_height(footer, FOOTER_SIZE) + 0.1
    tall = max(ROW if rows > 1 else ALONE, lines.least_height(len(comparison.cultures)))
    height = head + rows * (tall + BELOW) - BELOW + foot

    picture = Picture(figsize=(WIDTH, height))
    write(picture, "title", title, height - TOP, fontsize=TITLE_SIZE, weight="bold")
    write(picture, "footer", footer, foot - 0.1, fontsize=FOOTER_SIZE, color=QUIET)
    column = (width - BETWEEN * (columns - 1)) / columns
    for n, panel in enumerate(panels):
        row, place = divmod(n, columns)
        left = MARGIN + place * (column + BETWEEN)
        bottom = foot + (rows - 1 - row) * (tall + BELOW)
        lines.draw_lines(picture, Box(left, bottom, column, tall), comparison, panel)
    return picture
