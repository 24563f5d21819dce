"""One band of a customer's life: the fit of what it is offered, and what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from culturesim.plots.layout import POINTS, spread
from culturesim.plots.lines import ROUND_STEPS
from culturesim.plots.panels import LABEL_SIZE, QUARTERS, Box, add_axes, number
from culturesim.plots.style import INK, NOTHING, QUIET, Look, Picture, ink

if TYPE_CHECKING:
    import pandas as pd

ROOM = 1.55  # height of the strip in units of a kept commitment; crosses stand above
CROSS_AT = 1.28
CROSS: Final[dict[str, Any]] = {
    "marker": "x",
    "color": INK,
    "markersize": 7.0,
    "markeredgewidth": 2.0,
}
TINT = 0.22  # of the room between a standard and an offer that meets it


class Mark(NamedTuple):
    """How an outcome looks in the strip: heights tell outcomes apart without colour."""

    words: str
    height: float
    face: str | None  # None: the culture's colour
    edge: str | None
    hatch: str = ""


MARKS: Final[dict[str, Mark]] = {
    "kept": Mark("commits, promise kept", 1.0, None, None),
    "broken": Mark("commits, promise broken", 1.0, "white", INK),
    "indecision": Mark("puts it off", 0.66, "white", INK, "//////"),
    "status quo": Mark("does nothing", 0.3, NOTHING, None),
}


class Line(NamedTuple):
    """A line of a band: column of the cycles, its name, and how it looks."""

    column: str
    words: str
    colour: str
    style: str | tuple[int, tuple[float, ...]]
    width: float


def draw_lines(
    picture: Picture, box: Box, culture: str, life: pd.DataFrame, look: Look, high: float
) -> None:
    """Draw the fit of the best offer, the customer's standard, and that of doing nothing."""
    axes = add_axes(picture, box, f"fit-{culture}")
    cycles = life["cycle"].to_numpy()
    axes.set_xlim(-0.5, len(cycles) - 0.5)
    axes.set_ylim(0.0, high)
    axes.yaxis.set_major_locator(FixedLocator([step for step in QUARTERS if step <= high]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: number(y, False)))
    axes.set_ylabel("fit")
    axes.yaxis.set_label_coords(-0.62 / box.width, 0.5)
    axes.tick_params(labelbottom=False, bottom=False)
    axes.grid(axis="x", visible=False)
    axes.spines["bottom"].set_visible(False)
    lines = (
        Line("status_quo", "doing nothing", NOTHING, (0, (1.0, 1.0)), 2.4),
        Line("standard", "its standard", INK, "-", 1.5),
        Line("best_fit", "best offer", look.colour, look.line, 3.0),
    )
    best, standard = life["best_fit"].to_numpy(), life["standard"].to_numpy()
    axes.fill_between(
        cycles, standard, best, where=best >= standard, color=look.colour, alpha=TINT, linewidth=0.0
    )
    for line in lines:
        axes.plot(
            cycles,
            life[line.column],
            color=line.colour,
            linestyle=line.style,
            linewidth=line.width,
            marker="o" if len(cycles) == 1 else "",
            gid=f"{line.column}-{culture}",
        )
    _name_lines(axes, box, life, lines)


def _name_lines(axes: Axes, box: Box, life: pd.DataFrame, lines: tuple[Line, ...]) -> None:
    """Write each line's name where it ends, moved apart, with a short lead to it."""
    ends = {
        line: float(life[line.column].iloc[-1]) / axes.get_ylim()[1]
        for line in lines
        if np.isfinite(life[line.column].iloc[-1])
    }
    places = spread(list(ends.values()), 1.15 * LABEL_SIZE / POINTS / box.height, 0.0, 1.0)
    begin, end = 1.0 + 0.06 / box.width, 1.0 + 0.26 / box.width
    for (line, y), place in zip(ends.items(), places, strict=True):
        axes.add_line(
            Line2D(
                [1.0, begin, end],
                [y, y, place],
                transform=axes.transAxes,
                color=line.colour,
                linewidth=1.2,
                clip_on=False,
            )
        )
        axes.text(
            1.0 + 0.32 / box.width,
            place,
            line.words,
            transform=axes.transAxes,
            fontsize=LABEL_SIZE,
            color=ink(line.colour),
            va="center_baseline",
        )


def draw_strip(picture: Picture, box: Box, culture: str, life: pd.DataFrame, look: Look) -> Axes:
    """Draw, cycle by cycle, what the customer did; cycles of the same kind in one piece."""
    axes = add_axes(picture, box, f"did-{culture}")
    outcomes = life["outcome"].tolist()
    axes.set_xlim(-0.5, len(outcomes) - 0.5)
    axes.set_ylim(0.0, ROOM)
    axes.yaxis.set_visible(False)
    axes.spines["left"].set_visible(False)
    axes.grid(visible=False)
    axes.xaxis.set_major_locator(MaxNLocator(8, steps=ROUND_STEPS, integer=True))
    starts = [n for n, o in enumerate(outcomes) if n == 0 or o != outcomes[n - 1]]
    for start, stop in zip(starts, [*starts[1:], len(outcomes)], strict=True):
        mark = MARKS[outcomes[start]]
        axes.add_patch(
            Rectangle(
                (start - 0.5, 0.0),
                stop - start,
                mark.height,
                facecolor=mark.face or look.colour,
                edgecolor=mark.edge or "none",
                hatch=mark.hatch,
                linewidth=0.8 if mark.edge else 0.0,
                gid=f"{outcomes[start].replace(' ', '-')}-{culture}",
            )
        )
    broken = [n for n, outcome in enumerate(outcomes) if outcome == "broken"]
    axes.plot(
        broken,
        [CROSS_AT] * len(broken),
        linestyle="",
        clip_on=False,
        **CROSS,
        gid=f"crosses-{culture}",
    )
    axes.text(
        1.0 + 0.32 / box.width,
        0.1,
        "what it does",
        transform=axes.transAxes,
        fontsize=LABEL_SIZE,
        color=QUIET,
    )
    return axes
