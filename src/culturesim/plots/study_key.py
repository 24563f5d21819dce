"""The key of a map: what its colours, its veil and its line mean."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from culturesim.plots.layout import POINTS, wrap
from culturesim.plots.panels import LABEL_SIZE, LEADING, SMALL_SIZE, Box, fraction
from culturesim.plots.study_colours import VEIL, Colours, paler
from culturesim.plots.style import INK, QUIET, Picture

if TYPE_CHECKING:
    from culturesim.plots.study_tables import Reading

# In inches.
KEY = 2.7
BAR = 0.42
NUMBER = 0.85  # room for an end's number
LEAST_STEP, MOST_STEP = 0.185, 0.34
ROW = 0.24

TITLE_SIZE = 13.5
VEIL_WORDS = {
    "lead": "may be chance: the 95 % interval includes 0",
    "rooted": "either way: the 95 % interval includes 50 %",
}
EVEN_WORDS = {"lead": "both even", "rooted": "half of the runs"}


def draw_key(
    picture: Picture,
    box: Box,
    reading: Reading,
    colours: Colours,
    names: list[str],
    *,
    veiled: bool,
    line: bool,
) -> None:
    """Draw the key from the top of a box down.

    Parameters
    ----------
    picture : Picture
    box : Box
    reading : Reading
    colours : Colours
    names : list of str
        Of the side below and of the side above.
    veiled, line : bool
        Whether any cell is, and whether a line is drawn where both sides are even.
    """
    top = box.bottom + box.height
    lines = wrap(heading(reading), TITLE_SIZE, box.width, "bold")
    _say(picture, box.left, top, lines, TITLE_SIZE, "key-title", weight="bold")
    top -= len(lines) * TITLE_SIZE * LEADING / POINTS + 0.14
    sided = reading.kind != "mean"
    below = (2.2 * ROW + 0.1 if veiled else 0.0) + (ROW + 0.1 if line else 0.0)
    room = top - box.bottom - below - 0.25
    step = min(MOST_STEP, room / len(colours.fills))
    for n, fill in enumerate(reversed(colours.fills)):
        corner = fraction(picture, box.left, top - (n + 1) * step)
        size = fraction(picture, BAR, step)
        picture.add_artist(
            Rectangle(corner, *size, facecolor=fill, edgecolor="white", linewidth=0.8)
        )
    zero = colours.ends[::-1].index(0.0) if 0.0 in colours.ends else 0
    skip = math.ceil(LEAST_STEP / step)
    for n, end in enumerate(reversed(colours.ends)):
        if (n - zero) % skip == 0:
            picture.text(
                *fraction(picture, box.left + BAR + 0.1, top - n * step),
                colours.say(end),
                fontsize=SMALL_SIZE,
                va="center_baseline",
                gid="key-end",
            )
    if sided:
        _name_sides(picture, Box(box.left, top, box.width, step), reading, colours, names)
    top -= len(colours.fills) * step + 0.2
    if line:
        _draw_line(picture, box.left, top, EVEN_WORDS[reading.kind])
        top -= ROW + 0.06
    if veiled:
        _draw_veil(picture, Box(box.left, top, box.width, 0.0), colours, reading.kind)


def _name_sides(
    picture: Picture, place: Box, reading: Reading, colours: Colours, names: list[str]
) -> None:
    """Write beside the steps whose they are; `place` is as high as a step, below its top."""
    split = len(colours.ends) - 1 - colours.ends.index(reading.even)
    left = place.left + BAR + 0.1 + NUMBER
    below, above = names if reading.sense > 0 else names[::-1]
    steps = len(colours.fills)
    for name, middle in ((above, split / 2.0), (below, (split + steps) / 2.0)):
        lines = wrap(name, LABEL_SIZE, place.width - BAR - 0.1 - NUMBER, "bold")
        picture.text(
            *fraction(picture, left, place.bottom - middle * place.height),
            "\n".join(lines),
            fontsize=LABEL_SIZE,
            weight="bold",
            va="center",
            linespacing=1.1,
            gid="key-side",
        )


def heading(reading: Reading) -> str:
    """Say what the colours show."""
    metric = reading.metric.replace("_", " ")
    if reading.kind == "rooted":
        return "Share of runs in which it takes root"
    if reading.kind == "mean":
        return f"Mean {metric}"
    culture, base = reading.culture.replace("_", " "), reading.base.replace("_", " ")
    return f"{metric[:1].upper()}{metric[1:]}: {culture} against {base}"


def _draw_line(picture: Picture, left: float, top: float, words: str) -> None:
    middle = top - ROW / 2.0
    start, end = fraction(picture, left, middle), fraction(picture, left + BAR, middle)
    picture.add_artist(
        Line2D(
            [start[0], end[0]],
            [start[1], end[1]],
            color=INK,
            linewidth=3.0,
            path_effects=[withStroke(linewidth=6.0, foreground="white")],
        )
    )
    _say(picture, left + BAR + 0.1, top - 0.02, [words], SMALL_SIZE, "key-even")


def _draw_veil(picture: Picture, place: Box, colours: Colours, kind: str) -> None:
    height = 1.6 * ROW
    middle = len(colours.fills) // 2
    picture.add_artist(
        Rectangle(
            fraction(picture, place.left, place.bottom - height),
            *fraction(picture, BAR, height),
            facecolor=paler(colours.fills[middle], VEIL),
            edgecolor=QUIET,
            hatch="///",
            linewidth=0.0,
        )
    )
    words = wrap(VEIL_WORDS[kind], SMALL_SIZE, place.width - BAR - 0.15)
    _say(picture, place.left + BAR + 0.1, place.bottom - 0.01, words, SMALL_SIZE, "key-veil")


def _say(
    picture: Picture,
    left: float,
    top: float,
    lines: list[str],
    size: float,
    gid: str,
    weight: str = "normal",
) -> None:
    picture.text(
        *fraction(picture, left, top),
        "\n".join(lines),
        fontsize=size,
        weight=weight,
        va="top",
        linespacing=LEADING,
        color=INK,
        gid=gid,
    )
