"""Pieces of HTML with which objects show themselves in a notebook.

No colour is set: text, rules and background are the notebook's own, in light and dark themes.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Iterable, Sequence

LEFT = "text-align:left;vertical-align:top"
RIGHT = "text-align:right;vertical-align:top;white-space:nowrap"
WIDE = "max-width:62em;line-height:1.45"


def block(*parts: str) -> str:
    """Put parts below one another.

    Parameters
    ----------
    *parts : str
        HTML; empty ones are left out.

    Returns
    -------
    str
    """
    return f'<div class="culturesim">{"".join(part for part in parts if part)}</div>'


def head(title: str, words: str = "") -> str:
    """A title, and a line of quieter words below it."""
    below = f'<div style="opacity:.75">{html.escape(words)}</div>' if words else ""
    return f'<div style="{WIDE};margin-bottom:.4em"><b>{html.escape(title)}</b>{below}</div>'


def text(words: str) -> str:
    """A paragraph."""
    return f'<p style="{WIDE}">{html.escape(words)}</p>'


def small(words: str) -> str:
    """A paragraph of what need not be read."""
    return f'<p style="{WIDE};opacity:.75"><small>{html.escape(words)}</small></p>'


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[str] = ()) -> str:
    """A table.

    Parameters
    ----------
    columns : sequence of str
        What stands above them.
    rows : iterable of sequence of str
    right : sequence of str
        Columns of numbers.

    Returns
    -------
    str
    """
    styles = [RIGHT if name in right else LEFT for name in columns]

    def line(cells: Sequence[str], tag: str) -> str:
        each = (
            f'<{tag} style="{style}">{html.escape(cell)}</{tag}>'
            for cell, style in zip(cells, styles, strict=True)
        )
        return f"<tr>{''.join(each)}</tr>"

    body = "".join(line(row, "td") for row in rows)
    return f"<table><thead>{line(columns, 'th')}</thead><tbody>{body}</tbody></table>"


def image(png: bytes, meaning: str) -> str:
    """A picture, as wide as the notebook allows.

    Parameters
    ----------
    png : bytes
    meaning : str
        What it shows, for those who cannot see it.

    Returns
    -------
    str
    """
    data = base64.b64encode(png).decode("ascii")
    alt = html.escape(meaning, quote=True)
    return f'<img alt="{alt}" src="data:image/png;base64,{data}" style="max-width:100%">'
