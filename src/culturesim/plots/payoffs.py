"""The panel of payoffs: what every contestant earns against every other, and who beats whom."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Rectangle

from culturesim.experiments.standings import verdict
from culturesim.plots.layout import POINTS, text_width, wrap
from culturesim.plots.panels import (
    LABEL_SIZE,
    LEADING,
    SMALL_SIZE,
    Box,
    add_axes,
    fraction,
    write_title,
)
from culturesim.plots.style import QUIET, VALUE, Picture, ink, looks

if TYPE_CHECKING:
    from culturesim.experiments.tournament_result import Tournament
    from culturesim.state.parameters import Floats

# In inches.
HEAD = 0.68  # title, and what is counted
NAME = 1.45  # of a row, at most; with its number, so much more
NUMBER = 0.32
LEGEND = 2.0 * SMALL_SIZE * LEADING / POINTS + 0.1  # two lines
LEAST_CELL = 0.52
NAME_LINES = 2  # of a column; longer names make way for the rows' numbers
WORDS = {1: "wins", -1: "loses", 0: "open"}
LEAST_TEXT, MOST_TEXT = 14.5, 24.0  # points of a payoff; its verdict is smaller
VERDICT = SMALL_SIZE / LEAST_TEXT
MARKS = {1: "▲", -1: "▼", 0: "?"}  # where words do not fit
ALONE = "alone"
LEGEND_TEXT = (
    "wins, loses: against the other in the same market, 95 % sure",
    "open, hatched: may be chance; alone: has the whole market",
)


class Names(NamedTuple):
    """Names of rows and columns, each in lines, and the room they take in inches."""

    rows: list[list[str]]
    columns: list[list[str]]
    left: float
    top: float


def least_height(contestants: int) -> float:
    """Inches that the panel needs for so many contestants."""
    names = NAME_LINES * LABEL_SIZE * LEADING / POINTS + 0.1
    return HEAD + names + contestants * LEAST_CELL + LEGEND


def draw_payoffs(picture: Picture, box: Box, tournament: Tournament) -> None:
    """Draw the matrix of mean payoffs, the best contestant on top and to the left."""
    order = list(tournament.ranking.index)
    names = _names(order, box.width)
    inner = Box(
        box.left + names.left,
        box.bottom + LEGEND,
        box.width - names.left,
        box.height - HEAD - names.top - LEGEND,
    )
    write_title(picture, box, "payoffs", "What the row earns against the column", VALUE)
    picture.text(
        *fraction(picture, box.left, box.bottom + box.height - 0.36),
        tournament.payoff_words,
        fontsize=LABEL_SIZE,
        color=QUIET,
        va="top",
        gid="unit-payoffs",
    )
    axes = add_axes(picture, inner, "payoffs")
    axes.set_xlim(-0.5, len(order) - 0.5)
    axes.set_ylim(len(order) - 0.5, -0.5)
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    axes.set_xticks([])
    axes.set_yticks([])
    _write_names(axes, inner, order, names)
    payoffs = tournament.payoffs.loc[order, order].to_numpy()
    words = {
        (i, j): verdict(tournament.between(mine, other))
        for i, mine in enumerate(order)
        for j, other in enumerate(order)
        if i != j
    }
    said = [WORDS[each] for each in words.values()] + [ALONE]
    wide = max(text_width(word, SMALL_SIZE, "bold") for word in said)
    fits = wide + 0.08 <= inner.width / len(order)
    low, high = float(payoffs.min()), float(payoffs.max())
    for i in range(len(order)):
        for j in range(len(order)):
            strength = (payoffs[i, j] - low) / (high - low) if high > low else 0.5
            text = format_payoff(payoffs[i, j], payoffs)
            _draw_cell(axes, inner, (i, j), _shade(strength), text, words.get((i, j)), fits)
    _write_legend(picture, box, fits)


def format_payoff(value: float, among: Floats) -> str:
    """Write a payoff with three digits of the greatest."""
    greatest = float(abs(among).max())
    decimals = max(0, 2 - math.floor(math.log10(greatest))) if greatest > 0.0 else 0
    rounded = round(value, decimals) + 0.0  # without a sign where it is 0
    return f"{rounded:,.{decimals}f}".replace("-", "−")


def _names(order: list[str], width: float) -> Names:
    plain = [name.replace("_", " ") for name in order]
    rows = [wrap(name, LABEL_SIZE, NAME, "bold") for name in plain]
    left = max(text_width(line, LABEL_SIZE, "bold") for row in rows for line in row) + 0.15
    cell = (width - left) / len(order)
    columns = [wrap(name, SMALL_SIZE, cell - 0.06, "bold") for name in plain]
    cut = any(" ".join(lines) != name for lines, name in zip(columns, plain, strict=True))
    if cut or max(map(len, columns)) > NAME_LINES:
        columns = [[str(n + 1)] for n in range(len(order))]
        rows = [[f"{n + 1}  {row[0]}", *row[1:]] for n, row in enumerate(rows)]
        left = max(text_width(line, LABEL_SIZE, "bold") for row in rows for line in row) + 0.15
    lines = max(map(len, columns))
    return Names(
        [row[:3] for row in rows], columns, left, lines * LABEL_SIZE * LEADING / POINTS + 0.1
    )


def _write_names(axes: Axes, inner: Box, order: list[str], names: Names) -> None:
    styles = looks(order)
    for n, name in enumerate(order):
        common: dict[str, Any] = {
            "weight": "bold",
            "linespacing": 1.1,
            "color": ink(styles[name].colour),
        }
        axes.text(
            -0.5 - 0.12 * len(order) / inner.width,
            n,
            "\n".join(names.rows[n]),
            ha="right",
            va="center",
            fontsize=LABEL_SIZE,
            gid=f"row-{name}",
            **common,
        )
        axes.text(
            n,
            -0.5 - 0.1 * len(order) / inner.height,
            "\n".join(names.columns[n]),
            ha="center",
            va="baseline",
            fontsize=LABEL_SIZE if names.columns[n] == [str(n + 1)] else SMALL_SIZE,
            gid=f"column-{name}",
            **common,
        )


def _shade(strength: float) -> str:
    """Colour of a payoff, from 0 (pale) to 1: darker is more, in grey as well.

    None is so dark that text in ink could not be read on it.
    """
    share = 0.06 + 0.94 * strength
    return _paler(VALUE, 1.0 - share)


def _paler(colour: str, white: float) -> str:
    """Mix a colour with a share of white."""
    red, green, blue = (white + (1.0 - white) * part for part in to_rgb(colour))
    return to_hex((red, green, blue))


def _draw_cell(
    axes: Axes,
    inner: Box,
    at: tuple[int, int],
    shade: str,
    text: str,
    decided: int | None,
    fits: bool,
) -> None:
    row, column = at
    veiled = decided == 0
    # A veil lets the shade through.
    fill = _paler(shade, 0.65) if veiled else shade
    axes.add_patch(
        Rectangle(
            (column - 0.5, row - 0.5),
            1.0,
            1.0,
            facecolor=fill,
            edgecolor=QUIET if veiled else "white",
            hatch="///" if veiled else "",
            linewidth=0.0,
            gid=f"cell-{row}-{column}",
        )
    )
    axes.add_patch(
        Rectangle((column - 0.5, row - 0.5), 1.0, 1.0, fill=False, edgecolor="white", linewidth=3.0)
    )
    size, off = _text_size(inner, round(abs(axes.get_ylim()[0]) + 0.5))
    back = {"facecolor": fill, "edgecolor": "none", "pad": 1.5} if veiled else None
    axes.text(
        column,
        row - off,
        text,
        fontsize=size,
        weight="bold" if decided == 1 else "normal",
        ha="center",
        va="center_baseline",
        bbox=back,
        gid=f"payoff-{row}-{column}",
    )
    if decided is None:
        word = ALONE if fits else ""
    else:
        word = (WORDS if fits else MARKS)[decided]
    if word:
        axes.text(
            column,
            row + off * 1.1,
            word,
            fontsize=VERDICT * size,
            weight="bold" if decided == 1 else "normal",
            ha="center",
            va="center_baseline",
            bbox=back,
            gid=f"verdict-{row}-{column}",
        )


def _text_size(inner: Box, number: int) -> tuple[float, float]:
    """Points of a payoff in a cell, and how far from the middle it stands, in cells."""
    across, high = inner.width / number, inner.height / number
    size = min(MOST_TEXT, LEAST_TEXT * max(1.0, min(across, high / 0.75)))
    return size, 0.55 * size / POINTS / high


def _write_legend(picture: Picture, box: Box, fits: bool) -> None:
    first, second = LEGEND_TEXT
    if not fits:
        first = f"{MARKS[1]} {MARKS[-1]} {first}"
        second = second.replace("alone", "diagonal")
    picture.text(
        *fraction(picture, box.left, box.bottom),
        f"{first}\n{second}",
        fontsize=SMALL_SIZE,
        color=QUIET,
        va="bottom",
        linespacing=LEADING,
        gid="legend-payoffs",
    )
