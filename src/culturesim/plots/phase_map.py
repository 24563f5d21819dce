"""The phase map: two factors across, and in every cell which side is ahead and how far.

Cells whose interval includes "even" lie under a veil: what they show may be chance.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke
from scipy.ndimage import distance_transform_edt, label

from culturesim.plots.layout import POINTS, text_width, wrap
from culturesim.plots.panels import LABEL_SIZE, LEADING, Box, add_axes
from culturesim.plots.study_axes import Axis
from culturesim.plots.study_colours import VEIL, Colours, paler
from culturesim.plots.study_key import KEY, draw_key
from culturesim.plots.style import INK, QUIET, STYLE, Picture, contrast

if TYPE_CHECKING:
    from culturesim.plots.study_tables import Reading
    from culturesim.state.parameters import Floats, Integers

# In inches.
BETWEEN = 0.45  # map and key
FOOT = 0.62
HEAD = 0.42  # label of the vertical axis
LEAST = 4.2  # height of a map
LEVEL_WIDTH = 1.6  # of a level's name, at most
LEAST_CELL = (0.62, 0.3)  # that holds a number

REGION_SIZES = (22.0, 19.0, 16.0, 14.0)  # points of a region's name
HATCH = "///"
UNRUN = "#e9e9e9"


class Grid(NamedTuple):
    """Design points by row (vertical factor) and column; -1 where the design has none."""

    across: Axis
    up: Axis
    rows: Integers

    def take(self, values: Floats | Integers) -> Floats:
        """Values of the design points, in their cells; not a number where there are none."""
        padded = np.append(np.asarray(values, np.float64), np.nan)
        cells: Floats = padded[self.rows]
        return cells


def grid_of(reading: Reading, across: Axis, up: Axis) -> Grid | None:
    """Arrange design points by their levels; None if they are scattered instead."""
    if not across.ordered and up.ordered:
        across, up = up, across  # names are read from the side
    points = reading.points
    rows = np.full((len(up.levels), len(across.levels)), -1)
    for n, (x, y) in enumerate(zip(points[across.factor], points[up.factor], strict=True)):
        at = up.levels.index(y), across.levels.index(x)
        if rows[at] >= 0:
            return None
        rows[at] = n
    # A sample has a level of its own for nearly every point.
    return Grid(across, up, rows) if 2 * len(points) > rows.size else None


def draw_phase_map(
    picture: Picture, box: Box, reading: Reading, grid: Grid, colours: Colours, names: list[str]
) -> None:
    """Draw the map with its key.

    Parameters
    ----------
    picture : Picture
    box : Box
    reading : Reading
    grid : Grid
    colours : Colours
    names : list of str
        What the sides are called on the map: that below, and that above.
    """
    levels = [text for _, text in grid.up.ticks()]
    left = max(text_width(text, STYLE["ytick.labelsize"]) for text in levels)
    left = min(left, LEVEL_WIDTH) + 0.12
    width = box.width - left - BETWEEN - KEY
    below = wrap(grid.across.label, LABEL_SIZE, width)[:2]
    foot = FOOT + (len(below) - 1) * LABEL_SIZE * LEADING / POINTS
    inner = Box(box.left + left, box.bottom + foot, width, box.height - foot - HEAD)
    gid = f"map-{reading.culture}"
    axes = add_axes(picture, inner, gid)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.grid(visible=False)
    _set_axis(axes, grid, inner, left, below)
    values, sides = grid.take(reading.values), grid.take(reading.sides)
    open_ = (sides == 0) & (reading.kind != "mean")
    _draw_cells(axes, inner, grid, values, sides, colours, reading)
    line = grid.across.ordered and grid.up.ordered and reading.kind != "mean"
    if line:
        line = _draw_even(axes, grid, values, reading.even)
        _write_regions(axes, inner, grid, sides, names)
    key = Box(inner.left + inner.width + BETWEEN, inner.bottom, KEY, inner.height + HEAD)
    veiled = bool((open_ & np.isfinite(values)).any())
    draw_key(picture, key, reading, colours, names, veiled=veiled, line=line)


def _set_axis(axes: Axes, grid: Grid, inner: Box, left: float, below: list[str]) -> None:
    across, up = grid.across, grid.up
    xs, ys = across.edges(), up.edges()
    axes.set_xlim(xs[0], xs[-1])
    axes.set_ylim(ys[0], ys[-1])
    places, words = zip(*across.ticks(), strict=True)
    axes.set_xticks(places, words)
    places, words = zip(*up.ticks(), strict=True)
    size = STYLE["ytick.labelsize"]
    axes.set_yticks(places, ["\n".join(wrap(word, size, LEVEL_WIDTH)) for word in words])
    axes.set_xlabel("\n".join(below))
    above = wrap(up.label, LABEL_SIZE, inner.width + left)
    axes.set_ylabel("\n".join(above[:1]), rotation=0, ha="left", va="bottom")
    axes.yaxis.set_label_coords(-left / inner.width, 1.0 + 0.1 / inner.height)


def _draw_cells(
    axes: Axes,
    inner: Box,
    grid: Grid,
    values: Floats,
    sides: Floats,
    colours: Colours,
    reading: Reading,
) -> None:
    xs, ys = grid.across.edges(), grid.up.edges()
    wide, high = inner.width / (len(xs) - 1), inner.height / (len(ys) - 1)
    numbers = not (grid.across.ordered and grid.up.ordered) or reading.kind == "mean"
    numbers = numbers and wide >= LEAST_CELL[0] and high >= LEAST_CELL[1]
    for row, column in np.ndindex(values.shape):
        value = float(values[row, column])
        if np.isnan(value):
            if grid.rows[row, column] >= 0:
                _draw_unrun(axes, xs[column : column + 2], ys[row : row + 2], f"{row}-{column}")
            continue
        veiled = reading.kind != "mean" and sides[row, column] == 0
        fill = paler(colours.of(value), VEIL) if veiled else colours.of(value)
        x, y = xs[column], ys[row]
        width, height = xs[column + 1] - x, ys[row + 1] - y
        axes.add_patch(
            Rectangle(
                (x, y),
                width,
                height,
                facecolor=fill,
                edgecolor=QUIET if veiled else "white",
                hatch=HATCH if veiled else "",
                linewidth=0.0,
                gid=f"{'veil' if veiled else 'cell'}-{row}-{column}",
            )
        )
        # The hatch takes the colour of the edge, so a white one is drawn by itself.
        edge = Rectangle((x, y), width, height, fill=False, edgecolor="white", linewidth=0.8)
        axes.add_patch(edge)
        if numbers:
            axes.text(
                x + width / 2.0,
                y + height / 2.0,
                colours.tell(value),
                ha="center",
                va="center_baseline",
                color="white" if contrast(fill) > 4.5 else INK,
                bbox={"facecolor": fill, "edgecolor": "none", "pad": 1.5} if veiled else None,
                gid=f"number-{row}-{column}",
            )


def _draw_unrun(axes: Axes, xs: list[float], ys: list[float], place: str) -> None:
    """Leave the cell of a design point that has not been run nearly white."""
    axes.add_patch(
        Rectangle(
            (xs[0], ys[0]),
            xs[1] - xs[0],
            ys[1] - ys[0],
            facecolor=UNRUN,
            edgecolor="white",
            linewidth=0.8,
            gid=f"unrun-{place}",
        )
    )


def _draw_even(axes: Axes, grid: Grid, values: Floats, even: float) -> bool:
    """Draw the line on which both sides are even, between the middles of cells, if there is one."""
    known = values[np.isfinite(values)]
    if min(values.shape) < 2 or not known.min() < even < known.max():
        return False
    xs = [grid.across.at(level) for level in grid.across.levels]
    ys = [grid.up.at(level) for level in grid.up.levels]
    line = axes.contour(
        xs, ys, np.ma.masked_invalid(values), levels=[even], colors=[INK], linewidths=3.0
    )
    line.set_path_effects([withStroke(linewidth=6.0, foreground="white")])
    line.set_zorder(3.0)
    line.set_gid("even")
    return True


# --- names of regions


def _write_regions(axes: Axes, inner: Box, grid: Grid, sides: Floats, names: list[str]) -> None:
    """Write on each region whose it is, where there is room."""
    for side, name in zip((-1, 1), names, strict=True):
        regions, number = label(sides == side)
        for region in range(1, number + 1):
            place = _room(inner, grid, regions == region, name)
            if place is None:
                continue
            axes.text(
                place.x,
                place.y,
                place.text,
                transform=axes.transAxes,
                fontsize=place.size,
                weight="bold",
                ha="center",
                va="center",
                linespacing=1.1,
                color=INK,
                path_effects=[withStroke(linewidth=4.5, foreground="white")],
                zorder=4.0,
                gid=f"region-{side}",
            )


FINE = 24  # steps to an inch


class Place(NamedTuple):
    """A text and its middle, in shares of the axes, and its size in points."""

    x: float
    y: float
    size: float
    text: str


def _room(inner: Box, grid: Grid, mask: Floats, name: str) -> Place | None:
    """Where a name fits into a region: as large as can be, then as deep inside as can be."""
    across, up = int(inner.width * FINE), int(inner.height * FINE)
    columns = np.searchsorted(
        _shares(grid.across.edges())[1:-1], (np.arange(across) + 0.5) / across
    )
    rows = np.searchsorted(_shares(grid.up.edges())[1:-1], (np.arange(up) + 0.5) / up)
    fine = mask[np.ix_(rows, columns)].astype(bool)
    # How many of its points lie outside of the mask, for every rectangle, from sums of corners.
    sums = np.pad((~fine).astype(np.int64).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    depth = distance_transform_edt(np.pad(fine, 1))[1:-1, 1:-1]
    for size, lines in product(REGION_SIZES, (name.split(" "), [name])):
        wide = int((max(text_width(line, size, "bold") for line in lines) + 0.2) * FINE)
        high = int((len(lines) * size * LEADING / POINTS + 0.1) * FINE)
        if wide > across or high > up:
            continue
        outside = sums[high:, wide:] - sums[:-high, wide:] - sums[high:, :-wide]
        outside = outside + sums[:-high, :-wide]
        if not (outside == 0).any():
            continue
        middle = depth[high // 2 :, wide // 2 :][: outside.shape[0], : outside.shape[1]]
        y, x = np.unravel_index(np.argmax(np.where(outside == 0, middle, -1.0)), outside.shape)
        middle_x, middle_y = float(x) + wide / 2.0, float(y) + high / 2.0
        return Place(middle_x / across, middle_y / up, size, "\n".join(lines))
    return None


def _shares(edges: list[float]) -> Floats:
    places = np.asarray(edges)
    shares: Floats = (places - places[0]) / (places[-1] - places[0])
    return shares
