"""Where text goes: how wide it is, where its lines break, how labels keep apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

POINTS = 72.0  # in an inch


UNIT = 100.0  # size at which text is measured; widths grow with the size, as paths have no hints


@lru_cache(maxsize=4096)
def _unit_width(text: str, weight: str) -> float:
    font = FontProperties(family="DejaVu Sans", size=UNIT, weight=weight)
    return float(text_to_path.get_text_width_height_descent(text, font, False)[0]) / POINTS / UNIT


def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Width of a line of text.

    Parameters
    ----------
    text : str
    size : float
        Of the font, in points.
    weight : str
        ``"normal"`` or ``"bold"``.

    Returns
    -------
    float
        In inches.
    """
    return _unit_width(text, weight) * size


def wrap(text: str, size: float, width: float, weight: str = "normal") -> list[str]:
    """Break text into lines.

    Parameters
    ----------
    text : str
    size : float
        Of the font, in points.
    width : float
        Of a line, in inches. A word that is wider is cut.
    weight : str
        ``"normal"`` or ``"bold"``.

    Returns
    -------
    list of str
    """
    lines: list[str] = []
    # Word by word: a line as a whole would be measured again for each word, which takes longer.
    space = text_width("a a", size, weight) - 2.0 * text_width("a", size, weight)
    used = 0.0
    for word in text.split():
        wide = text_width(word, size, weight)
        if lines and used + space + wide <= width:
            lines[-1] += f" {word}"
            used += space + wide
        else:
            lines.append(shorten(word, size, width, weight))
            used = wide
    return lines


def shorten(text: str, size: float, width: float, weight: str = "normal") -> str:
    """Cut text to a width, and say by three dots that it was cut.

    Parameters
    ----------
    text : str
    size : float
        Of the font, in points.
    width : float
        In inches.
    weight : str
        ``"normal"`` or ``"bold"``.

    Returns
    -------
    str
    """
    if text_width(text, size, weight) <= width:
        return text
    kept = bisect_right(
        range(1, len(text)), width, key=lambda n: text_width(f"{text[:n]}…", size, weight)
    )
    return f"{text[: max(1, kept)]}…"


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move positions apart as little as needed.

    Parameters
    ----------
    wanted : sequence of float
    gap : float
        Least distance between any two.
    low, high : float
        Where the outermost may stand; if there is too little room, the upper ones stand above it.

    Returns
    -------
    list of float
        In the order of `wanted`, with the least sum of squared moves before the ends are held.

    Notes
    -----
    Least squares under an order is isotonic regression, and its solution at i is the greatest, over
    beginnings up to i, of the least, over ends from i, of the means between them.

    Source
    ------
    Robertson, Wright and Dykstra (1988), *Order restricted statistical inference*, the
    max-min formulas.
    """
    n = len(wanted)
    order = sorted(range(n), key=lambda i: wanted[i])
    loose = [wanted[i] - gap * rank for rank, i in enumerate(order)]
    placed = [0.0] * n
    for rank, i in enumerate(order):
        best = max(
            min(sum(loose[a:b]) / (b - a) for b in range(rank + 1, n + 1)) for a in range(rank + 1)
        )
        held = max(low, min(best, high - gap * (n - 1)))
        placed[i] = held + gap * rank
    return placed
