"""The Figure: what cultures made of the same markets, in four panels a leader can read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from culturesim import __version__
from culturesim.plots import lines, waste
from culturesim.plots.layout import wrap
from culturesim.plots.page import (
    FOOTER_SIZE,
    HEIGHT,
    HINTED,
    MARGIN,
    TITLE_SIZE,
    TOP,
    WIDTH,
    fitted,
    save,
    save_figure,
    target_of,
    text_height,
    write,
)
from culturesim.plots.panels import Box
from culturesim.plots.style import QUIET, Picture, styled

if TYPE_CHECKING:
    from culturesim.experiments.comparison import Comparison

__all__ = ["plot_comparison", "save_figure"]

BETWEEN = 0.45  # inches between the columns of panels
BELOW = 0.2  # inches between the rows of panels


def plot_comparison(comparison: Comparison, path: str | Path | None = None) -> Picture:
    """Draw value, waste by kind, doing nothing and alignment of all cultures.

    Of organizations that are rivals in one market, the customers each has won stand in place of
    those that do nothing.

    Parameters
    ----------
    comparison : Comparison
        Of two or more cultures. Where they live in several organizations, these are taken together.
    path : str or Path, optional
        Where to write it: a file that ends in ``.png`` or ``.svg``, or without an ending for both.

    Returns
    -------
    matplotlib Figure
        16:9, or higher where texts or many cultures need the room. Lines are medians over the
        runs, bands hold the middle 50 % and 80 % of them (with more than three cultures only
        50 %); shares of effort are those of all runs together.

    Raises
    ------
    ArgumentError
        If `path` ends otherwise.
    """
    target = target_of(path)
    with styled():
        picture = _draw(comparison)
    if target is not None:
        save(picture, *target)
    return picture


def _draw(comparison: Comparison) -> Picture:
    width = WIDTH - 2.0 * MARGIN
    written = width / HINTED
    title = wrap(comparison.scenario.title or comparison.scenario.name, TITLE_SIZE, written, "bold")
    # Names are keys with underscores; nothing else in the sentence has them.
    sentence, size = fitted(comparison.sentence.replace("_", " "), written)
    footer = wrap(footer_text(comparison), FOOTER_SIZE, written)

    head = TOP + text_height(title, TITLE_SIZE) + 0.08 + text_height(sentence, size) + 0.2
    foot = 0.16 + text_height(footer, FOOTER_SIZE) + 0.1
    number = len(comparison.cultures)
    lower = max((HEIGHT - head - foot - BELOW) / 2.0, lines.least_height(number))
    upper = max(lower, waste.least_height(number))
    height = head + upper + BELOW + lower + foot

    picture = Picture(figsize=(WIDTH, height))
    top = height - TOP
    write(picture, "title", title, top, fontsize=TITLE_SIZE, weight="bold")
    top = top - text_height(title, TITLE_SIZE) - 0.08
    write(picture, "sentence", sentence, top, fontsize=size)
    write(picture, "footer", footer, foot - 0.1, fontsize=FOOTER_SIZE, color=QUIET)

    column = (width - BETWEEN) / 2.0
    right = MARGIN + column + BETWEEN
    above = foot + lower + BELOW
    value, wasted = Box(MARGIN, above, column, upper), Box(right, above, column, upper)
    nothing, alignment = Box(MARGIN, foot, column, lower), Box(right, foot, column, lower)
    lines.draw_lines(picture, value, comparison, lines.VALUE_PANEL)
    waste.draw_waste(picture, wasted, comparison)
    # Rivals meet the same customers: what these leave undone says nothing of one or the other.
    rivals = comparison.kind == "organizations"
    panel = lines.WON_PANEL if rivals else lines.NOTHING_PANEL
    lines.draw_lines(picture, nothing, comparison, panel)
    lines.draw_lines(picture, alignment, comparison, lines.ALIGNMENT_PANEL)
    return picture


def footer_text(comparison: Comparison, more: str = "") -> str:
    """What was run, and what the lines and bands are, with `more` about them."""
    runs = comparison.replications
    scenarios = comparison.kind == "scenarios"
    names = comparison.cultures if scenarios else [comparison.scenario.name]
    parts = [", ".join(name or "scenario without a name" for name in names)]
    if comparison.kind == "cultures" and len(comparison.scenario.organizations) > 1:
        parts.append("all organizations together")
    parts += [
        f"{runs} {'replication' if runs == 1 else 'replications'}",
        f"seed {comparison.seed}",
        f"culturesim {__version__}",
        lines.legend(comparison) + more,
    ]
    return "  ·  ".join(parts)
