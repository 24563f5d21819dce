"""The page's words, by language."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

from culturesim.errors import ArgumentError, nearest

FOLDER = Path(__file__).parent / "strings"
PSEUDO = "xx"
LONGER = 0.3  # by how much the made-up language is longer
NAME = re.compile(r"(\{[^{}]*\})")  # what is filled in is not translated
ACCENTS = str.maketrans("aeiouAEIOU", "áéíóúÁÉÍÓÚ")


def languages(pseudo: bool = False) -> list[str]:
    """Codes of all languages, English first.

    Parameters
    ----------
    pseudo : bool
        With the made-up one.

    Returns
    -------
    list of str
    """
    found = sorted(file.stem for file in FOLDER.glob("*.json"))
    found.sort(key=lambda code: code != "en")
    return [*found, PSEUDO] if pseudo else found


def check_language(code: str, pseudo: bool = False) -> str:
    """Give back the code of a language, or say which there are.

    Raises
    ------
    ArgumentError
        If there is none of that code.
    """
    allowed = languages(pseudo)
    if code not in allowed:
        raise ArgumentError(
            "is not there",
            key="language",
            found=code,
            allowed=allowed,
            nearest=nearest(code, allowed),
        )
    return code


def texts(code: str, pseudo: bool = False) -> dict[str, str]:
    """All texts of a language by key.

    Parameters
    ----------
    code : str
    pseudo : bool
        Whether the made-up language is allowed.

    Returns
    -------
    dict of str to str

    Raises
    ------
    ArgumentError
        If there is no such language.
    """
    if check_language(code, pseudo) == PSEUDO:
        return {key: longer(text) for key, text in texts("en").items()}
    found: dict[str, str] = json.loads((FOLDER / f"{code}.json").read_text("utf-8"))
    return found


def longer(text: str) -> str:
    """A text in a made-up language: with accents, and longer by a third, names left as they are.

    Examples
    --------
    >>> longer("Play {name}")
    'Pláy {name}~~'
    """
    parts = NAME.split(text)
    said = "".join(part if NAME.fullmatch(part) else part.translate(ACCENTS) for part in parts)
    words = sum(len(part) for part in parts if not NAME.fullmatch(part))
    return said + "~" * math.ceil(LONGER * words)
