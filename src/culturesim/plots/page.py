"""The page of a figure: its size, and the texts around the panels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from culturesim import __version__
from culturesim.plots import lines
from culturesim.plots.layout import POINTS, wrap
from culturesim.plots.panels import LEADING, fraction
from culturesim.plots.style import Picture

if TYPE_CHECKING:
    from culturesim.experiments.comparison import Comparison

# All in inches. What needs more room makes the figure higher, never fuller.
WIDTH, HEIGHT = 40.0 / 3.0, 7.5
MARGIN = 0.4
TOP = 0.22  # above the title

# In points.
TITLE_SIZE = 22.0
SENTENCE_SIZES = (14.5, 14.0, 13.0, 12.0, 11.0)
FOOTER_SIZE = 12.0
HINTED = 1.04  # on a coarse grid of pixels text becomes up to so much wider


def fitted(text: str, width: float, room: float) -> tuple[list[str], float]:
    """Lines of a text in the greatest size that fits the room; else in the smallest.

    Parameters
    ----------
    text : str
    width, room : float
        Of the lines, and their height in all, in inches.

    Returns
    -------
    lines : list of str
    size : float
        In points.
    """
    for size in SENTENCE_SIZES:
        broken = wrap(text, size, width)
        if height_of(broken, size) <= room:
            break
    return broken, size


def height_of(text: list[str], size: float) -> float:
    """Inches that lines of text take."""
    return len(text) * size * LEADING / POINTS


def write(
    picture: Picture, gid: str, text: list[str], top: float, left: float = MARGIN, **font: Any
) -> None:
    """Write lines of text below a height, both in inches."""
    picture.text(
        *fraction(picture, left, top),
        "\n".join(text),
        va="top",
        linespacing=LEADING,
        gid=gid,
        **font,
    )


def footer_text(comparison: Comparison, more: str = "") -> str:
    """What was run, and what the lines and bands are, with `more` about them."""
    runs = comparison.replications
    scenarios = comparison.kind == "scenarios"
    names = comparison.cultures if scenarios else [comparison.scenario.name]
    parts = [", ".join(name or "scenario without a name" for name in names)]
    if comparison.kind == "cultures" and len(comparison.scenario.organizations) > 1:
        parts.append("all organizations together")
    parts += [
        f"{runs} {'replication' if runs == 1 else 'replications'}",
        f"seed {comparison.seed}",
        f"culturesim {__version__}",
        lines.legend(comparison) + more,
    ]
    return "  ·  ".join(parts)
