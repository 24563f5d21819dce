"""What can be moved in an explorer: parameters by dotted path, each with its levels and words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

from culturesim.app.explorer_levels import span, usual_levels
from culturesim.app.explorer_paths import Found, find
from culturesim.errors import ArgumentError
from culturesim.scenario.contradictions import InconsistentError
from culturesim.scenario.fields import notes
from culturesim.scenario.schema import Scenario
from culturesim.scenario.words import choices, show, takes_numbers, type_words

Level: TypeAlias = float | int | str | bool
Given: TypeAlias = Iterable[str] | Mapping[str, Any] | str | None

SLIDER, SWITCH, CHOICE = "slider", "switch", "choice"
ALLOWED = "(low, high), a list of levels, or None for the usual ones"


class Knob(NamedTuple):
    """A parameter that can be moved.

    Parameters
    ----------
    path : str
        Dotted path, with ``*`` for all names of a table.
    label, unit, meaning : str
    kind : str
        ``"slider"``, ``"switch"`` or ``"choice"``.
    levels : tuple
        What it can be set to.
    own : tuple
        What the scenario says: one value, or several where ``*`` stands for names that differ.
    """

    path: str
    label: str
    unit: str
    meaning: str
    kind: str
    levels: tuple[Level, ...]
    own: tuple[Level, ...]

    @property
    def start(self) -> int:
        """Place among the levels at which it stands before it is moved."""
        return self.levels.index(self.own[0])

    def changes(self, place: int | None) -> dict[str, Level]:
        """What it changes in the scenario when it stands at a place; None: not moved."""
        if place is None or self.own == (self.levels[place],):
            return {}
        return {self.path: self.levels[place]}

    def value(self, place: int | None) -> Level | None:
        """Value at a place; None where it was not moved and names differ."""
        if place is not None:
            return self.levels[place]
        return self.own[0] if len(self.own) == 1 else None

    def told(self) -> dict[str, Any]:
        """What the page of the notebook has to know of it."""
        ends = [words(one) for one in self.own]
        return {
            "path": self.path,
            "label": self.label,
            "unit": self.unit,
            "meaning": self.meaning,
            "kind": self.kind,
            "texts": [words(level) for level in self.levels],
            "start": self.start,
            "own": ends[0] if len(ends) == 1 else f"{ends[0]} to {ends[-1]}",
        }


def knobs(scenario: Scenario, given: Given, cultures: tuple[str, str]) -> tuple[Knob, ...]:
    """What can be moved.

    Parameters
    ----------
    scenario : Scenario
    given : sequence of str, mapping of str to levels, or None
        As `culturesim.explore` takes it.
    cultures : tuple of str and str
        What is compared: by default the second one's practices can be moved.

    Returns
    -------
    tuple of Knob

    Raises
    ------
    ArgumentError
        If a name is no parameter that can be moved, or its levels are none.
    ScenarioError
        If a dotted path does not exist, or a level is not allowed there.
    """
    if given is None:
        asked: dict[str, Any] = dict.fromkeys(usual(cultures))
    elif isinstance(given, Mapping):
        asked = {str(name): spec for name, spec in given.items()}
    else:
        names = [given] if isinstance(given, str) else list(given)
        asked = {str(name): None for name in names}
    if not asked:
        raise ArgumentError("names nothing to move", key="parameters", found=show(given))
    found: dict[str, Knob] = {}
    for name, spec in asked.items():
        knob = _knob(scenario, find(scenario, name), spec)
        if knob.path in found:
            raise ArgumentError("is named twice", key=f"parameters: {knob.path}")
        found[knob.path] = knob
    return tuple(found.values())


def usual(cultures: tuple[str, str]) -> tuple[str, ...]:
    """What is moved if nothing is named: what teams know, how the market is, how they search."""
    return (
        "organizations.*.prior.accuracy",
        "world.care_memory",
        "segments.*.status_quo",
        "skills.initial",
        f"cultures.{cultures[1]}.listening",
        f"cultures.{cultures[1]}.testing",
    )


def words(level: Level) -> str:
    """A level as people read it.

    Examples
    --------
    >>> words(12000.0), words(0.3), words(True)
    ('12,000', '0.3', 'yes')
    """
    if isinstance(level, bool):
        return "yes" if level else "no"
    if isinstance(level, str):
        return level
    return f"{level:,.0f}" if abs(level) >= 1000.0 and math.isfinite(level) else f"{level:g}"


def _knob(scenario: Scenario, found: Found, spec: Any) -> Knob:
    annotation = found.field.annotation
    said = notes(found.field)
    whole, number = takes_numbers(annotation)
    alternatives = choices(annotation)
    if annotation is bool:
        kind = SWITCH
        levels: tuple[Level, ...] = (False, True)
    elif alternatives and not any(isinstance(value, list) for value in found.values):
        kind, levels = CHOICE, alternatives
    elif (whole or number) and not found.is_culture:
        kind = SLIDER
        levels = _numbers(found, said["range"], whole and not number)
    else:
        raise ArgumentError(
            "is what is compared" if found.is_culture else "cannot be moved",
            key=f"parameters: {found.path}",
            found=type_words(annotation),
            allowed="a number, yes or no, or one of several words",
        )
    if spec is not None:
        levels = _given(scenario, found.path, spec, kind, whole and not number)
    own = tuple(dict.fromkeys(found.values))
    if kind == SLIDER:
        own = tuple(sorted(own, key=_size))
    return Knob(
        found.path,
        found.label,
        "" if kind == SWITCH or said["unit"] in ("kind", "name") else said["unit"],
        said["meaning"],
        kind,
        _with(levels, own[0], kind),
        own,
    )


def _numbers(found: Found, limits: str, whole: bool) -> tuple[Level, ...]:
    tried = (*found.values, found.field.default)
    known = [
        float(value) for value in tried if isinstance(value, int | float) and 0.0 < value < math.inf
    ]
    return usual_levels(limits, whole, known[0] if known else 1.0)


def _given(scenario: Scenario, path: str, spec: Any, kind: str, whole: bool) -> tuple[Level, ...]:
    """Levels as the user wants them, once each is known to be allowed."""
    listed = spec.tolist() if hasattr(spec, "tolist") else spec
    if isinstance(listed, str | Mapping) or not isinstance(listed, Iterable):
        raise ArgumentError(
            "are no levels", key=f"parameters: {path}", found=show(spec), allowed=ALLOWED
        )
    is_range = isinstance(listed, tuple) and kind == SLIDER
    levels = [_plain(level) for level in listed]
    if is_range:
        _check_ends(path, levels)
    if not levels:
        raise ArgumentError("is empty", key=f"parameters: {path}", allowed=ALLOWED)
    for level in levels:
        try:
            scenario.override({path: level})
        except InconsistentError:
            continue  # other sliders may make room for it; if not, the widget says so
    if not is_range:
        return tuple(dict.fromkeys(levels))
    low, high = levels
    return span(low, high, whole)


def _check_ends(path: str, ends: list[Any]) -> None:
    numbers = [isinstance(end, int | float) and not isinstance(end, bool) for end in ends]
    if len(ends) != 2 or not all(numbers) or not all(map(math.isfinite, ends)):
        problem, allowed = "is no range", "(low, high), two finite numbers; levels go in a list"
    elif not ends[0] < ends[1]:
        problem, allowed = "is an empty range", "a low end below the high end"
    else:
        return
    raise ArgumentError(
        problem, key=f"parameters: {path}", found=f"({', '.join(map(show, ends))})", allowed=allowed
    )


def _with(levels: tuple[Level, ...], own: Level, kind: str) -> tuple[Level, ...]:
    """The levels, with the scenario's own value among them."""
    if own not in levels:
        levels = (*levels, own)
    return tuple(sorted(levels, key=_size)) if kind == SLIDER else levels


def _size(level: Level) -> float:
    return float(level)


def _plain(level: Any) -> Any:
    item = getattr(level, "item", None)
    return item() if callable(item) else level
