"""Factors of a design: what is varied, and which levels it takes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, NoReturn, TypeAlias

import numpy as np

from culturesim.errors import ScenarioError, nearest
from culturesim.scenario.words import show

Level: TypeAlias = float | int | str | bool

SCALES = ("linear", "log", "integer")
RANGE_KEYS = ("low", "high", "scale", "levels", "paths")
DIGITS = 12  # of a level that is computed: 0.3, not 0.30000000000000004


class Factor(NamedTuple):
    """One thing that is varied.

    Parameters
    ----------
    name : str
        A dotted path, or a name of its own for several paths.
    paths : tuple of str
        The dotted paths that take its level.
    levels : tuple
        All its levels; empty for a range of which the file does not say how many.
    low, high : float
        Ends of the range; not a number for a list of levels.
    scale : str
        ``"linear"``, ``"log"`` or ``"integer"``; empty for a list of levels.
    """

    name: str
    paths: tuple[str, ...]
    levels: tuple[Level, ...]
    low: float = math.nan
    high: float = math.nan
    scale: str = ""

    def at(self, share: float) -> Level:
        """Level at a share of the way, for samplers that draw from all of the range.

        Parameters
        ----------
        share : float
            0 to 1.

        Returns
        -------
        number, str or bool
            Every level of a list, and every whole number, has an equal part of the way.
        """
        if not self.scale:
            return self.levels[min(int(share * len(self.levels)), len(self.levels) - 1)]
        if self.scale == "integer":
            return int(min(self.low + math.floor(share * (self.high - self.low + 1)), self.high))
        if self.scale == "log":
            return _tidy(self.low * (self.high / self.low) ** share)
        return _tidy(self.low + share * (self.high - self.low))

    @property
    def kind(self) -> str:
        """What its column in a table holds: ``"number"``, ``"truth"`` or ``"text"``."""
        if self.scale:
            return "number"
        truths = {isinstance(level, bool) for level in self.levels}
        if truths == {True}:
            return "truth"
        numbers = all(isinstance(level, int | float) for level in self.levels)
        return "number" if numbers and truths == {False} else "text"

    def described(self) -> dict[str, Any]:
        """What the factor is, in plain values, for a manifest."""
        if not self.scale:
            return {"paths": list(self.paths), "levels": list(self.levels)}
        ends = {"low": self.low, "high": self.high, "scale": self.scale}
        number = {"levels": len(self.levels)} if self.levels else {}
        return {"paths": list(self.paths), **ends, **number}


def shown(level: Level, kind: str) -> Level:
    """A level as it stands in a table, where a column holds values of one kind.

    Parameters
    ----------
    level : number, str or bool
    kind : str
        As `Factor.kind` gives it.

    Returns
    -------
    float, bool or str
    """
    if kind == "number":
        return float(level)
    if kind == "truth":
        return level
    return str(level).lower() if isinstance(level, bool) else str(level)


def _tidy(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def read_factors(table: Any, where: str) -> tuple[Factor, ...]:
    """Read the table ``[factors]`` of a sweep file.

    Parameters
    ----------
    table : object
        What stands there.
    where : str
        The file, as its user would write it.

    Returns
    -------
    tuple of Factor

    Raises
    ------
    ScenarioError
        If anything in it is wrong.
    """
    if not isinstance(table, Mapping) or not table:
        raise ScenarioError(
            "says nothing to vary",
            where=where,
            key="factors",
            found=show(table),
            allowed='a table such as "world.care_memory" = [240, 60, 20]',
        )
    return tuple(_factor(str(name), spec, where) for name, spec in table.items())


def _factor(name: str, spec: Any, where: str) -> Factor:
    key = f"factors.{name}"
    if isinstance(spec, Mapping):
        for part in spec:
            if part not in RANGE_KEYS:
                wrong(
                    where,
                    f"{key}.{part}",
                    "is not part of a factor",
                    spec[part],
                    ", ".join(RANGE_KEYS),
                    near=nearest(str(part), RANGE_KEYS),
                )
        paths = _paths(name, spec.get("paths"), key, where)
        if isinstance(spec.get("levels"), Sequence) and not isinstance(spec["levels"], str):
            for part in ("low", "high", "scale"):
                if part in spec:
                    wrong(where, f"{key}.{part}", "goes with a range, not a list", spec[part])
            return Factor(name, paths, _listed(spec["levels"], f"{key}.levels", where))
        return _range(name, paths, spec, key, where)
    if isinstance(spec, Sequence | np.ndarray) and not isinstance(spec, str):
        return Factor(name, (name,), _listed(spec, key, where))
    wrong(where, key, "is no factor", spec, "a list of levels, or {low = , high = , levels = }")


def _paths(name: str, given: Any, key: str, where: str) -> tuple[str, ...]:
    if given is None:
        return (name,)
    if (
        isinstance(given, str)
        or not isinstance(given, Sequence)
        or not given
        or not all(isinstance(path, str) for path in given)
    ):
        wrong(where, f"{key}.paths", "is no list of dotted paths", given)
    return tuple(given)


def _listed(levels: Any, key: str, where: str) -> tuple[Level, ...]:
    found = tuple(check_level(level, key, where) for level in levels)
    if not found:
        wrong(where, key, "is empty", list(levels), "one level or more")
    return found


def check_level(level: Any, key: str, where: str) -> Level:
    """Give back a level as a plain value, or say what a level can be.

    Raises
    ------
    ScenarioError
        If it is neither a number nor a text, true or false.
    """
    item = getattr(level, "item", None)
    plain: Any = item() if callable(item) else level
    if not isinstance(plain, bool | int | float | str) or plain != plain:
        wrong(where, key, "is no level", plain, "a number, a text, true or false")
    level_: Level = plain
    return level_


def _range(
    name: str, paths: tuple[str, ...], spec: Mapping[str, Any], key: str, where: str
) -> Factor:
    ends: list[Any] = []
    for part in ("low", "high"):
        value = spec.get(part)
        whole = isinstance(value, int | float) and not isinstance(value, bool)
        if not whole or not math.isfinite(float(value or 0)):
            wrong(where, f"{key}.{part}", "is no end of a range", value, "a finite number")
        ends.append(value)
    low, high = ends
    scale = spec.get("scale", "linear")
    if scale not in SCALES:
        wrong(
            where,
            f"{key}.scale",
            "is no scale",
            scale,
            ", ".join(SCALES),
            near=nearest(str(scale), SCALES),
        )
    if not low < high:
        wrong(where, f"{key}.high", "is not above low", high, f"more than {show(low)}")
    if scale == "log" and low <= 0:
        wrong(where, f"{key}.low", "cannot be on a log scale", low, "above 0")
    if scale == "integer" and not (float(low).is_integer() and float(high).is_integer()):
        wrong(where, key, "has ends that are no whole numbers", [low, high])
    number = spec.get("levels")
    if number is None:
        return Factor(name, paths, (), float(low), float(high), scale)
    if isinstance(number, bool) or not isinstance(number, int) or number < 2:
        wrong(where, f"{key}.levels", "is no number of levels", number, "2 or more, or a list")
    return Factor(
        name, paths, _spaced(float(low), float(high), scale, number), float(low), float(high), scale
    )


def _spaced(low: float, high: float, scale: str, number: int) -> tuple[Level, ...]:
    shares = [n / (number - 1) for n in range(number)]
    if scale == "integer":
        return tuple(dict.fromkeys(round(low + share * (high - low)) for share in shares))
    if scale == "log":
        inner = [_tidy(low * (high / low) ** share) for share in shares]
    else:
        inner = [_tidy(low + share * (high - low)) for share in shares]
    return (low, *inner[1:-1], high)


def wrong(
    where: str,
    key: str,
    problem: str,
    found: Any,
    allowed: str | None = None,
    near: str | None = None,
) -> NoReturn:
    """Say what is wrong with a value of a sweep file.

    Raises
    ------
    ScenarioError
        Always.
    """
    said = None if found is None else show(found)
    raise ScenarioError(problem, where=where, key=key, found=said, allowed=allowed, nearest=near)
