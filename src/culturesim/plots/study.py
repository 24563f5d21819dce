"""The picture of a study: chosen by how many factors vary, and whether they are numbers."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from culturesim import __version__
from culturesim.plots import phase_map, study_dots, study_lines, study_scatter
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
    target_of,
    text_height,
    write,
)
from culturesim.plots.panels import Box
from culturesim.plots.study_axes import axis_of
from culturesim.plots.study_colours import Colours, colours_of
from culturesim.plots.study_optimum import Optimum, optimum
from culturesim.plots.study_tables import Reading, StudyTables, pole_of, read
from culturesim.plots.study_words import brief, sentence, sides_of
from culturesim.plots.style import QUIET, Picture, styled

UNBROKEN = "\u2800"  # a blank that lines are not broken at
BELOW = 0.35  # inches between maps of several cultures


class Shown(NamedTuple):
    """A reading with what it takes to draw it."""

    reading: Reading
    colours: Colours
    best: Optimum | None
    words: str


def plot_study(
    study: StudyTables, metric: str | None = None, path: str | Path | None = None
) -> Picture:
    """Draw what a study shows.

    Parameters
    ----------
    study : StudyTables
        Finished or not: what has not been run is left blank, and said.
    metric : str, optional
        If not given: the value created; of a garden, in how many runs the culture took root.
    path : str or Path, optional
        Where to write it: a file that ends in ``.png`` or ``.svg``, or without an ending for both.

    Returns
    -------
    matplotlib Figure
        Two factors that form a grid: a phase map with a veil over what may be chance. One factor:
        lines with bands and the best level if it is a number, else dots with intervals. More
        factors, or points that form no grid: dots against each factor.

    Raises
    ------
    ArgumentError
        If the metric was not recorded, nothing has been run, or `path` ends otherwise.
    """
    target = target_of(path)
    with styled():
        picture = _draw(study, metric)
    if target is not None:
        save(picture, *target)
    return picture


def _draw(study: StudyTables, metric: str | None) -> Picture:
    pole = pole_of(study)
    axes = [axis_of(study, factor) for factor in study.factors]
    axes = [axis for axis in axes if len(axis.levels) > 1] or axes[:1]
    readings = read(study, metric)
    grid = phase_map.grid_of(readings[0], *axes) if len(axes) == 2 else None
    shown = []
    for reading in readings:
        colours = colours_of(reading, pole)
        best = optimum(study, reading) if len(axes) == 1 else None
        if len(readings) == 1:
            words = sentence(reading, axes, colours, pole, best, grid is not None)
        else:
            words = brief(reading, axes, pole, grid is not None)
        shown.append(Shown(reading, colours, best, words))

    width = WIDTH - 2.0 * MARGIN
    written = width / HINTED
    title = wrap(study.title or study.scenario.title, TITLE_SIZE, written, "bold")
    told, size = _sentence([each.words for each in shown], written)
    footer = wrap(_footer(study, shown, grid is not None), FOOTER_SIZE, written)
    head = TOP + text_height(title, TITLE_SIZE) + 0.08 + text_height(told, size) + 0.2
    foot = 0.16 + text_height(footer, FOOTER_SIZE) + 0.1

    if grid is not None:
        least = len(shown) * (phase_map.LEAST + BELOW) - BELOW
    elif len(axes) > 1:
        least = study_scatter.least_height(len(axes), len(shown))
    elif axes[0].ordered:
        least = study_lines.LEAST
    else:
        least = study_dots.least_height(len(axes[0].levels), len(shown))
    body = max(HEIGHT - head - foot, least)
    height = head + body + foot

    picture = Picture(figsize=(WIDTH, height))
    top = height - TOP
    write(picture, "title", title, top, fontsize=TITLE_SIZE, weight="bold")
    top -= text_height(title, TITLE_SIZE) + 0.08
    write(picture, "sentence", told, top, fontsize=size)
    write(picture, "footer", footer, foot - 0.1, fontsize=FOOTER_SIZE, color=QUIET)

    box = Box(MARGIN, foot, width, body)
    if grid is not None:
        for place, each in zip(_places(box, len(shown)), shown, strict=True):
            names = sides_of(each.reading)
            phase_map.draw_phase_map(picture, place, each.reading, grid, each.colours, names)
    elif len(axes) > 1:
        study_scatter.draw_scatter(
            picture, box, [(each.reading, each.colours) for each in shown], axes
        )
    elif axes[0].ordered:
        study_lines.draw_study_lines(
            picture, box, [(each.reading, each.colours, each.best) for each in shown], axes[0], pole
        )
    else:
        study_dots.draw_dots(
            picture, box, [(each.reading, each.colours) for each in shown], axes[0]
        )
    return picture


def _sentence(parts: list[str], width: float) -> tuple[list[str], float]:
    """Lines of all sentences, and their size; no line begins with the sign of percent."""
    lines, size = fitted(" ".join(parts).replace(" %", f"{UNBROKEN}%"), width)
    return [line.replace(UNBROKEN, " ") for line in lines], size


def _places(box: Box, number: int) -> list[Box]:
    """Where so many maps stand, one below the other."""
    height = (box.height - BELOW * (number - 1)) / number
    bottoms = [box.bottom + (number - 1 - n) * (height + BELOW) for n in range(number)]
    return [Box(box.left, bottom, box.width, height) for bottom in bottoms]


def _footer(study: StudyTables, shown: list[Shown], mapped: bool) -> str:
    reading = shown[0].reading
    points = reading.points
    n = points["n"].dropna()
    runs = f"{n.min():.0f}" if n.min() == n.max() else f"{n.min():.0f} to {n.max():.0f}"
    what = "pairs of runs" if reading.base else "runs"
    return "  ·  ".join(
        [
            study.scenario.name or "scenario without a name",
            f"{len(points)} design points with {runs} {what} each",
            "intervals: 95 %" if mapped else "bands: 95 %; hollow: may be chance",
            f"culturesim {__version__}",
        ]
    )
