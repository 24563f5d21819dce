"""Scenario files: where they are, and what is written in them."""

from __future__ import annotations

import os
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from culturesim.errors import ScenarioError, nearest
from culturesim.scenario.words import show


class Place(NamedTuple):
    """A file: how its user would write it, its short name, and where it is."""

    where: str
    name: str
    path: Path


def bundled_folder() -> Path:
    """Where the files are that come with the package."""
    installed = Path(str(resources.files("culturesim") / "bundled_scenarios"))
    # In a checkout the files stand beside the sources; only a built package carries them inside.
    return installed if installed.is_dir() else Path(__file__).parents[3] / "scenarios"


def bundled_places() -> dict[str, Place]:
    """Every scenario that comes with the package, by name; baseline first.

    Returns
    -------
    dict of str to Place
    """
    folder = bundled_folder()
    files = sorted(folder.glob("*.toml"), key=lambda path: (path.stem != "baseline", path.stem))
    return {path.stem: Place(f"bundled:{path.stem}", path.stem, path) for path in files}


def locate(text: str, by: Place | None = None) -> Place:
    """Find a scenario by name or path.

    Parameters
    ----------
    text : str
        What has neither a path separator nor the ending ``.toml`` is a bundled scenario's name.
    by : Place, optional
        The file that extends it: a path is relative to that file.

    Returns
    -------
    Place

    Raises
    ------
    ScenarioError
        If there is no scenario of that name, or no such file.
    """
    asked: dict[str, Any] = {"where": by.where, "key": "extends"} if by else {}
    bundled = bundled_places()
    if not any(mark in text for mark in "/\\") and not text.lower().endswith(".toml"):
        if text in bundled:
            return bundled[text]
        beside = (by.path.parent if by else Path()) / f"{text}.toml"
        raise ScenarioError(
            "is not a bundled scenario" if by else f"there is no bundled scenario {show(text)}",
            found=show(text) if by else None,
            allowed=[*bundled, "or the path of a .toml file"],
            nearest=nearest(text, bundled),
            hint=f'write "{text}.toml" to read the file of that name' if _exists(beside) else None,
            **asked,
        )
    where = text
    if by and not by.where.startswith("bundled:"):
        where = os.path.join(os.path.dirname(by.where), text)
    path = by.path.parent / text if by else Path(text)
    if not _exists(path):
        near = nearest(Path(text).stem, bundled)
        raise ScenarioError(
            "names a file that does not exist" if by else f'there is no file "{text}"',
            found=f'"{where}"' if by else None,
            hint=f'the bundled scenario of that kind is "{near}"' if near else None,
            **asked,
        )
    return Place(where, path.stem, path)


def read_toml(place: Place) -> dict[str, Any]:
    """Read a file of TOML.

    Parameters
    ----------
    place : Place

    Returns
    -------
    dict of str to object

    Raises
    ------
    ScenarioError
        If it cannot be read, is not written in UTF-8, or is not TOML.
    """
    if place.path.is_dir():
        hint = "name the .toml file in it"
        raise ScenarioError("this is a directory, not a file", where=place.where, hint=hint)
    try:
        raw = place.path.read_bytes()
    except OSError as error:
        problem = "the file cannot be read"
        raise ScenarioError(problem, where=place.where, found=error.strerror) from None
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ScenarioError(
            "the file is not written in UTF-8",
            where=place.where,
            found=f"byte 0x{raw[error.start]:02x} in line {line}",
            hint="save it as UTF-8",
        ) from None
    except RecursionError:
        raise ScenarioError("the file is nested too deeply", where=place.where) from None
    except ValueError as error:
        raise ScenarioError("the file is not TOML", where=place.where, found=str(error)) from None


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # too long a name, or one with a zero byte
        return False
