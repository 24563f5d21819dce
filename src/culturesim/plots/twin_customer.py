"""A customer's life in several worlds: one band a culture, and where the lives part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from culturesim.experiments.twin_sentence import amount
from culturesim.plots.layout import POINTS, text_width
from culturesim.plots.page import HINTED
from culturesim.plots.panels import FOOT, LABEL_SIZE, Box, fraction, labels
from culturesim.plots.style import INK, QUIET, STYLE, Look, Picture, ink, looks
from culturesim.plots.twin_band import CROSS, CROSS_AT, MARKS, TINT, draw_lines, draw_strip

if TYPE_CHECKING:
    import pandas as pd

    from culturesim.experiments.twin_result import Twin

# In inches.
HEAD = 0.40  # name of the culture, value it ended with
LEAST_LINES = 1.1  # axes of the lines
STRIP = 0.44  # axes of what the customer did
GAP = 0.07  # between the two
BETWEEN = 0.22  # between bands
TICK = 0.04  # by which the mark of the parting stands out above the axes
LEGEND = 0.42
LEFT, RIGHT = 0.85, 1.75  # of the axes: numbers, and names of lines
SWATCH = 0.26
MOST_SWATCHES = 0.65  # of all cultures together
UNIT = 0.2  # height of a kept commitment in the legend
BASE = 0.13  # of the words in a head, above its bottom

VALUE_SIZE = 16.0  # points


def least_height(cultures: int) -> float:
    """Inches that the bands of so many cultures need."""
    return cultures * (HEAD + LEAST_LINES + GAP + STRIP) + (cultures - 1) * BETWEEN + FOOT + LEGEND


def draw_customer(picture: Picture, box: Box, twin: Twin) -> None:
    """Draw the bands one above the other, and what their marks mean."""
    styles, names = looks(twin.cultures), labels(twin.cultures)
    lives = {culture: twin.life(culture) for culture in twin.cultures}
    high = _highest(lives)
    bands = len(lives)
    tall = (box.height - FOOT - LEGEND - (bands - 1) * BETWEEN) / bands
    lines = tall - HEAD - GAP - STRIP
    width = box.width - LEFT - RIGHT
    top = box.bottom + box.height
    parting = twin.parts.choice
    for place, (culture, life) in enumerate(lives.items()):
        upper = Box(box.left + LEFT, top - HEAD - lines, width, lines)
        lower = Box(box.left + LEFT, top - tall, width, STRIP)
        head = Box(box.left, top - HEAD, box.width, HEAD)
        free = _write_head(
            picture, head, culture, names[culture], styles[culture], twin.parts.value[culture]
        )
        draw_lines(picture, upper, culture, life, styles[culture], high)
        strip = draw_strip(picture, lower, culture, life, styles[culture])
        strip.tick_params(labelbottom=place == bands - 1, bottom=place == bands - 1)
        if parting is not None:
            x = upper.left + width * parting / len(life)
            _mark_parting(picture, x, lower.bottom, top - HEAD + TICK)
            if place == 0:
                _name_parting(picture, x, top - HEAD + BASE, free, parting)
        top -= tall + BETWEEN
    label = twin.scenario.world.cycle_label
    strip.set_xlabel(f"cycle ({label})" if label else "cycle")
    _draw_legend(picture, box, list(styles.values()))


def _highest(lives: dict[str, pd.DataFrame]) -> float:
    """Top of the scale of fits: the same in all bands."""
    columns = ["best_fit", "standard", "status_quo"]
    most = max(float(np.nanmax(life[columns].to_numpy())) for life in lives.values())
    return min(1.0, max(0.1, most)) * 1.06


def _write_head(
    picture: Picture, box: Box, culture: str, name: str, look: Look, value: float
) -> tuple[float, float]:
    """Write a culture's name and the value it ended with; give the inches free between them."""
    size = STYLE["axes.titlesize"]
    tall = size / POINTS
    base = box.bottom + BASE
    corner = fraction(picture, box.left, base - 0.15 * tall)
    mark = fraction(picture, 0.09, 1.15 * tall)
    picture.add_artist(Rectangle(corner, *mark, facecolor=look.colour, linewidth=0.0))
    picture.text(
        *fraction(picture, box.left + 0.18, base),
        name,
        fontsize=size,
        weight="bold",
        color=ink(look.colour),
        gid=f"name-{culture}",
    )
    words = f"value by the end: {amount(value)}"
    right = box.left + box.width
    picture.text(
        *fraction(picture, right, base),
        words,
        fontsize=VALUE_SIZE,
        weight="bold",
        color=ink(look.colour),
        ha="right",
        gid=f"value-{culture}",
    )
    begin = box.left + 0.18 + HINTED * text_width(name, size, "bold") + 0.25
    return begin, right - HINTED * text_width(words, VALUE_SIZE, "bold") - 0.25


def _mark_parting(picture: Picture, x: float, bottom: float, top: float) -> None:
    """Draw a line through a band where the customer first does different things."""
    xs, ys = zip(fraction(picture, x, bottom), fraction(picture, x, top), strict=True)
    line = Line2D(xs, ys, color=INK, linewidth=2.0, linestyle=(0, (3.0, 1.5)), gid="parting")
    picture.add_artist(line)


def _name_parting(
    picture: Picture, x: float, base: float, free: tuple[float, float], cycle: int
) -> None:
    """Write above the first band where the lives part, as near to the place as there is room."""
    words = f"from here the lives differ (cycle {cycle})"
    wide = HINTED * text_width(words, LABEL_SIZE, "bold")
    picture.text(
        *fraction(picture, max(free[0], min(x - 0.5 * wide, free[1] - wide)), base),
        words,
        fontsize=LABEL_SIZE,
        weight="bold",
        gid="parting-words",
    )


def _draw_legend(picture: Picture, box: Box, styles: list[Look]) -> None:
    """Say what the pieces of the strips mean."""
    x, base = box.left, box.bottom + 0.08
    for outcome, mark in MARKS.items():
        faces = [mark.face] if mark.face else [look.colour for look in styles]
        piece = min(SWATCH / 2.0, MOST_SWATCHES / len(faces))
        for face in faces:
            picture.add_artist(
                Rectangle(
                    fraction(picture, x, base),
                    *fraction(picture, piece, UNIT * mark.height),
                    facecolor=face,
                    edgecolor=mark.edge or "none",
                    hatch=mark.hatch,
                    linewidth=0.8 if mark.edge else 0.0,
                )
            )
            x += piece
        if outcome == "broken":
            at = fraction(picture, x - 0.5 * piece, base + UNIT * CROSS_AT)
            picture.add_artist(Line2D([at[0]], [at[1]], linestyle="", **CROSS))
        x += 0.1
        picture.text(*fraction(picture, x, base + 0.02), mark.words, fontsize=LABEL_SIZE)
        x += HINTED * text_width(mark.words, LABEL_SIZE) + 0.45
    picture.add_artist(
        Rectangle(
            fraction(picture, x, base),
            *fraction(picture, SWATCH, UNIT),
            facecolor=QUIET,
            alpha=TINT,
            linewidth=0.0,
        )
    )
    picture.text(
        *fraction(picture, x + SWATCH + 0.1, base + 0.02),
        "best offer meets its standard",
        fontsize=LABEL_SIZE,
    )
