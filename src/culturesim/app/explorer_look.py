"""How an explorer looks: its script, and the colours and dashes of its cultures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from culturesim.app.modules import in_order, joined
from culturesim.plots.style import LineStyle, ink, looks

STATIC = Path(__file__).parent / "static"
STROKE = 3.5  # width of a median, in pixels


def script(entry: Path) -> str:
    """One module of a module and all that it imports, whose `render` draws a widget.

    Parameters
    ----------
    entry : Path

    Returns
    -------
    str
        As anywidget takes it.
    """
    last = len(in_order(entry)) - 1
    return f"{joined(entry)}\nexport default {{render: module{last}.render}};\n"


def told_looks(cultures: Sequence[str]) -> list[dict[str, Any]]:
    """The look of each culture, which is that of the figures, as the script takes it.

    Parameters
    ----------
    cultures : sequence of str

    Returns
    -------
    list of dict
    """
    return [
        {
            "name": name,
            "label": name.replace("_", " "),
            "colour": look.colour,
            "ink": ink(look.colour),
            "dash": _dash(look.line),
        }
        for name, look in looks(cultures).items()
    ]


def _dash(line: LineStyle) -> str | None:
    """A line style of the figures as SVG has it."""
    if isinstance(line, str):
        return None if line == "-" else "9 5"
    return " ".join(f"{STROKE * part:g}" for part in line[1])
