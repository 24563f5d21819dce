"""The picture of a twin: one customer, or one team, in several worlds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from culturesim import __version__
from culturesim.plots import twin_customer, twin_team
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
from culturesim.plots.style import QUIET, Picture, styled

if TYPE_CHECKING:
    from culturesim.experiments.twin_result import Twin

# How each kind is drawn, and the inches it needs for so many cultures.
DRAWN: Final = {
    "customer": (twin_customer.draw_customer, twin_customer.least_height),
    "team": (twin_team.draw_team, twin_team.least_height),
}
FIT_WORDS = "fit: how well an offer takes care of the customer (0 to 1)"


def plot_twin(twin: Twin, path: str | Path | None = None) -> Picture:
    """Draw the same customer's life under each culture; of a team, three panels of lines.

    Parameters
    ----------
    twin : Twin
    path : str or Path, optional
        Where to write it: a file that ends in ``.png`` or ``.svg``, or without an ending for both.

    Returns
    -------
    matplotlib Figure
        16:9, or higher where texts or many cultures need the room. A customer's band shows the fit
        of the best offer, the customer's standard and how well doing nothing takes care of it,
        and below, cycle by cycle, what the customer did.

    Raises
    ------
    ArgumentError
        If `path` ends otherwise.
    """
    target = target_of(path)
    with styled():
        picture = _draw(twin)
    if target is not None:
        save(picture, *target)
    return picture


def _draw(twin: Twin) -> Picture:
    written = (WIDTH - 2.0 * MARGIN) / HINTED
    title = wrap(_title(twin), TITLE_SIZE, written, "bold")
    sentence, size = fitted(twin.sentence, written)
    footer = wrap(_footer(twin), FOOTER_SIZE, written)
    head = TOP + text_height(title, TITLE_SIZE) + 0.08 + text_height(sentence, size) + 0.16
    foot = 0.12 + text_height(footer, FOOTER_SIZE) + 0.1

    draw, least = DRAWN[twin.kind]
    body = max(HEIGHT - head - foot, least(len(twin.cultures)))
    height = head + body + foot
    picture = Picture(figsize=(WIDTH, height))
    top = height - TOP
    write(picture, "title", title, top, fontsize=TITLE_SIZE, weight="bold")
    top -= text_height(title, TITLE_SIZE) + 0.08
    write(picture, "sentence", sentence, top, fontsize=size)
    write(picture, "footer", footer, foot - 0.1, fontsize=FOOTER_SIZE, color=QUIET)

    draw(picture, Box(MARGIN, foot, WIDTH - 2.0 * MARGIN, body), twin)
    return picture


def _title(twin: Twin) -> str:
    names = [f"under {culture.replace('_', ' ')}" for culture in twin.cultures]
    where = " and ".join(names) if len(names) == 2 else f"in {len(names)} worlds"
    return f"The same {twin.kind} {where}"


def _footer(twin: Twin) -> str:
    parts = [
        twin.scenario.name or "scenario without a name",
        f"{twin.kind} {twin.row}",
        f"seed {twin.seed}",
        f"culturesim {__version__}",
    ]
    parts += [FIT_WORDS] if twin.kind == "customer" else []
    return "  ·  ".join(parts)
