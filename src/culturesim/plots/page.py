"""The page around panels: its size, title and sentence on top, footer below, and its files."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from culturesim.errors import ArgumentError
from culturesim.experiments.store import write_whole
from culturesim.plots.layout import POINTS, wrap
from culturesim.plots.panels import LEADING, fraction
from culturesim.plots.style import DPI, Picture, styled

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# What would say when, or with which version, a file was written is left out: the same figure
# becomes the same bytes.
FORMATS: Final[dict[str, dict[str, Any]]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
}

# All in inches. What needs more room makes the figure higher, never fuller.
WIDTH, HEIGHT = 40.0 / 3.0, 7.5
MARGIN = 0.4
TOP = 0.22  # above the title
SENTENCE_ROOM = 1.05

# In points.
TITLE_SIZE = 22.0
SENTENCE_SIZES = (14.5, 14.0, 13.0, 12.0, 11.0)
FOOTER_SIZE = 12.0
HINTED = 1.04  # on a coarse grid of pixels text becomes up to so much wider


# --- files


def save_figure(figure: Figure, folder: str | Path, stem: str) -> list[Path]:
    """Write a figure as PNG and SVG; the same figure always becomes the same bytes.

    Parameters
    ----------
    figure : matplotlib Figure
    folder : str or Path
        Made if there is none.
    stem : str
        Name of the files, without ending.

    Returns
    -------
    list of Path
        The files: PNG, then SVG.

    Raises
    ------
    ResultError
        If the disk refuses; what was there before is still whole.
    """
    return save(figure, Path(folder), stem, FORMATS)


def target_of(path: str | Path | None) -> tuple[Path, str, Iterable[str]] | None:
    """Folder, name and formats that a path asks for; nothing if there is none.

    Raises
    ------
    ArgumentError
        If it ends in another format.
    """
    if path is None:
        return None
    file = Path(path)
    ending = file.suffix.lower().lstrip(".")
    if ending and ending not in FORMATS:
        raise ArgumentError(
            "must end in .png or .svg, or have no ending for both", key="path", found=file.name
        )
    return file.parent, file.stem, [ending] if ending else FORMATS


def save(figure: Figure, folder: Path, stem: str, formats: Iterable[str]) -> list[Path]:
    """Write a figure in some formats."""
    with styled():
        return [
            write_whole(
                folder / f"{stem}.{ending}",
                partial(figure.savefig, format=ending, dpi=DPI, metadata=FORMATS[ending]),
            )
            for ending in formats
        ]


# --- texts


def fitted(text: str, width: float, room: float = SENTENCE_ROOM) -> tuple[list[str], float]:
    """Lines in the greatest size that fits the room; else in the smallest."""
    for size in SENTENCE_SIZES:
        lines = wrap(text, size, width)
        if text_height(lines, size) <= room:
            break
    return lines, size


def text_height(lines: list[str], size: float) -> float:
    """Inches that lines of a size in points take."""
    return len(lines) * size * LEADING / POINTS


def write(
    picture: Picture, gid: str, lines: list[str], top: float, left: float = MARGIN, **font: Any
) -> None:
    """Write lines of text, their top so many inches from the bottom."""
    picture.text(
        *fraction(picture, left, top),
        "\n".join(lines),
        va="top",
        linespacing=LEADING,
        gid=gid,
        **font,
    )
