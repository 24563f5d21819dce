"""What the panels share: places in inches, titles with a coloured mark, names, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from culturesim.plots.layout import POINTS, shorten, text_width
from culturesim.plots.style import STYLE, Picture

# In points.
LABEL_SIZE = 12.5
SMALL_SIZE = 11.0
LEADING = 1.25  # from line to line, of the size

FOOT = 0.52  # inches below the axes: numbers and what they are
NAME_WIDTH = 2.35  # inches; a longer name is cut
QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)


class Box(NamedTuple):
    """A place in the figure, in inches from the lower left."""

    left: float
    bottom: float
    width: float
    height: float


def fraction(picture: Picture, x: float, y: float) -> tuple[float, float]:
    """Turn inches into shares of the figure's width and height, as matplotlib wants them."""
    return x / picture.get_figwidth(), y / picture.get_figheight()


def add_axes(picture: Picture, box: Box, gid: str) -> Axes:
    """Put empty axes at a place."""
    left, bottom = fraction(picture, box.left, box.bottom)
    width, height = fraction(picture, box.width, box.height)
    return picture.add_axes((left, bottom, width, height), gid=gid)


def write_title(picture: Picture, box: Box, gid: str, title: str, mark: str) -> None:
    """Write a panel's title, with a mark in the colour of its meaning."""
    size = STYLE["axes.titlesize"]
    tall = size / POINTS
    top = box.bottom + box.height
    corner = fraction(picture, box.left, top - 1.1 * tall)
    width, height = fraction(picture, 0.09, 1.15 * tall)
    picture.add_artist(Rectangle(corner, width, height, facecolor=mark, linewidth=0.0))
    picture.text(
        *fraction(picture, box.left + 0.18, top - 0.95 * tall),
        title,
        fontsize=size,
        weight="bold",
        va="baseline",
        gid=f"title-{gid}",
    )


def labels(cultures: Sequence[str]) -> dict[str, str]:
    """What each culture is called in the figure."""
    return {
        name: shorten(name.replace("_", " "), LABEL_SIZE, NAME_WIDTH, "bold") for name in cultures
    }


def label_width(names: Iterable[str]) -> float:
    """Inches that the longest of the cultures' labels takes."""
    return max(text_width(name, LABEL_SIZE, "bold") for name in names)


def number(value: float, percent: bool) -> str:
    """Write the number at a tick."""
    text = f"{100.0 * value if percent else value:,.10g}".replace("-", "−")
    return f"{text} %" if percent else text
