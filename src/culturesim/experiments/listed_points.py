"""Design points one by one: from the sweep file itself, or from a CSV beside it."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from culturesim.errors import ScenarioError
from culturesim.experiments.factors import Factor, check_level, wrong
from culturesim.scenario.files import Place


def listed_points(given: Any, place: Place) -> tuple[Factor, ...]:
    """Read design points that a sweep file lists itself, or in a CSV beside it.

    Parameters
    ----------
    given : object
        What stands at ``points``: a list of tables, or the path of a CSV with a header.
    place : Place
        The sweep file.

    Returns
    -------
    tuple of Factor
        All with as many levels as there are points.

    Raises
    ------
    ScenarioError
        If a point is not like the first, or the CSV cannot be read.
    """
    rows = _read_csv(place.path.parent / given, given) if isinstance(given, str) else given
    if isinstance(rows, Mapping) or not isinstance(rows, Sequence) or not rows:
        allowed = "a list of tables, or the path of a CSV"
        wrong(place.where, "points", "lists no design points", given, allowed)
    names = list(rows[0]) if isinstance(rows[0], Mapping) else []
    for n, row in enumerate(rows):
        if not isinstance(row, Mapping) or not names or set(row) != set(names):
            allowed = f"a level for each of {', '.join(map(str, names))}"
            wrong(place.where, f"points.{n}", "is no design point like the first", row, allowed)
    where = place.where
    levels = {
        name: tuple(check_level(r[name], f"points.{n}.{name}", where) for n, r in enumerate(rows))
        for name in names
    }
    return tuple(Factor(name, (name,), found) for name, found in levels.items())


def _read_csv(path: Path, where: str) -> list[dict[str, Any]]:
    """Read design points; a cell is read as TOML, or taken as text if it is none."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ScenarioError("cannot be read", where=where, key="points", found=str(error)) from None
    rows: list[dict[str, Any]] = []
    for row in csv.DictReader(io.StringIO(text)):
        if None in row or None in row.values():
            line = f"line {len(rows) + 2}"
            raise ScenarioError("has not as many cells as the first", where=where, key=line)
        rows.append({name.strip(): _cell(cell.strip()) for name, cell in row.items()})
    return rows


def _cell(text: str) -> Any:
    try:
        parsed = tomllib.loads(f"value = {text}")
    except ValueError:
        return text
    return parsed["value"] if len(parsed) == 1 else text
