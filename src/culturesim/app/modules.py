"""The page's modules put into one: for a file that is opened from disk, where modules cannot be."""

from __future__ import annotations

import re
from pathlib import Path

IMPORT = re.compile(r'^import\s+(?:\{[^}]*\}\s+from\s+)?"(\.{1,2}/[^"]+)";?[ \t]*$', re.MULTILINE)
EXPORT = re.compile(r"^export\s+(?=(?:async\s+)?(?:function|const|let|class)\b)", re.MULTILINE)
EXPORTED = re.compile(
    r"^export\s+(?:async\s+)?(?:function\*?|const|let|class)\s+([A-Za-z_$][\w$]*)", re.MULTILINE
)
LIST = re.compile(r"^export\s*\{([^}]*)\};?[ \t]*$", re.MULTILINE)


def in_order(entry: Path) -> list[Path]:
    """A module and all that it imports, each after what it needs.

    Parameters
    ----------
    entry : Path

    Returns
    -------
    list of Path
    """
    found: list[Path] = []
    entered: set[Path] = set()

    def visit(file: Path) -> None:
        file = file.resolve()
        if file in entered:
            return
        entered.add(file)
        for name in IMPORT.findall(file.read_text("utf-8")):
            visit(file.parent / name)
        found.append(file)

    visit(entry)
    return found


def joined(entry: Path) -> str:
    """One script of a module and all that it imports.

    Each module keeps its names to itself: what it exports is handed on by name.

    Parameters
    ----------
    entry : Path

    Returns
    -------
    str
        For a script element: nothing in it ends the element.
    """
    order = in_order(entry)
    number = {file: n for n, file in enumerate(order)}
    parts = [_wrapped(file, number) for file in order]
    return "\n".join(["'use strict';", *parts]).replace("</", "<\\/")


def _wrapped(file: Path, number: dict[Path, int]) -> str:
    text = file.read_text("utf-8")
    names = EXPORTED.findall(text)
    for listed in LIST.findall(text):
        names += [_as_pair(one) for one in listed.split(",") if one.strip()]

    def handed(match: re.Match[str]) -> str:
        from_file = number[(file.parent / match[1]).resolve()]
        braces = re.search(r"\{[^}]*\}", match[0])
        return f"const {_renamed(braces[0])} = module{from_file};" if braces else ""

    text = IMPORT.sub(handed, text)
    text = LIST.sub("", EXPORT.sub("", text))
    return f"const module{number[file]} = (() => {{\n{text}\nreturn {{{', '.join(names)}}};\n}})();"


def _renamed(braces: str) -> str:
    return re.sub(r"(\w+)\s+as\s+(\w+)", r"\1: \2", braces)


def _as_pair(exported: str) -> str:
    """What ``a as b`` is called in an object: ``b: a``."""
    first, _, second = exported.strip().partition(" as ")
    return f"{second.strip()}: {first.strip()}" if second else first.strip()
