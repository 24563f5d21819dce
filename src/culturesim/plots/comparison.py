"""The Figure: what cultures made of the same markets, in four panels a leader can read."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from culturesim.errors import ArgumentError
from culturesim.experiments.store import write_whole
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
    footer_text,
    height_of,
    write,
)
from culturesim.plots.panels import Box
from culturesim.plots.style import DPI, QUIET, Picture, styled

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from culturesim.experiments.comparison import Comparison

# What would say when, or with which version, a file was written is left out: the same figure
# becomes the same bytes.
FORMATS: Final[dict[str, dict[str, Any]]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
}

BETWEEN = 0.45  # inches between the columns of panels
BELOW = 0.2  # between the rows of panels
SENTENCE_ROOM = 1.05


def plot_comparison(comparison: Comparison, path: str | Path | None = None) -> Figure:
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
    target = _target(path)
    with styled():
        picture = _draw(comparison)
    if target is not None:
        _save(picture, *target)
    return picture


def save_figure(figure: Figure, folder: str | Path, stem: str) -> list[Path]:
    """Write a figure as PNG and SVG; the same figure always becomes the same bytes.

    Parameters
    ----------
    figure : matplotlib Figure
    folder : str or Path
        Made if there is none.
    stem : str
        Name of the files, without ending.

    Returns
    -------
    list of Path
        The files: PNG, then SVG.

    Raises
    ------
    ResultError
        If the disk refuses; what was there before is still whole.
    """
    return _save(figure, Path(folder), stem, FORMATS)


# --- files


def _target(path: str | Path | None) -> tuple[Path, str, Iterable[str]] | None:
    if path is None:
        return None
    file = Path(path)
    ending = file.suffix.lower().lstrip(".")
    if ending and ending not in FORMATS:
        raise ArgumentError(
            "must end in .png or .svg, or have no ending for both", key="path", found=file.name
        )
    return file.parent, file.stem, [ending] if ending else FORMATS


def _save(figure: Figure, folder: Path, stem: str, formats: Iterable[str]) -> list[Path]:
    with styled():
        return [
            write_whole(
                folder / f"{stem}.{ending}",
                partial(figure.savefig, format=ending, dpi=DPI, metadata=FORMATS[ending]),
            )
            for ending in formats
        ]


# --- the page


def _draw(comparison: Comparison) -> Picture:
    width = WIDTH - 2.0 * MARGIN
    written = width / HINTED
    title = wrap(comparison.scenario.title or comparison.scenario.name, TITLE_SIZE, written, "bold")
    # Names are keys with underscores; nothing else in the sentence has them.
    sentence, size = fitted(comparison.sentence.replace("_", " "), written, SENTENCE_ROOM)
    footer = wrap(footer_text(comparison), FOOTER_SIZE, written)

    head = TOP + height_of(title, TITLE_SIZE) + 0.08 + height_of(sentence, size) + 0.2
    foot = 0.16 + height_of(footer, FOOTER_SIZE) + 0.1
    number = len(comparison.cultures)
    lower = max((HEIGHT - head - foot - BELOW) / 2.0, lines.least_height(number))
    upper = max(lower, waste.least_height(number))
    height = head + upper + BELOW + lower + foot

    picture = Picture(figsize=(WIDTH, height))
    top = height - TOP
    write(picture, "title", title, top, fontsize=TITLE_SIZE, weight="bold")
    top = top - height_of(title, TITLE_SIZE) - 0.08
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
