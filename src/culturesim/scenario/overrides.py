"""Changes to a scenario by dotted path, in which ``*`` stands for all names of a table."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from culturesim.errors import ScenarioError, nearest
from culturesim.scenario.contents import Contents
from culturesim.scenario.draft import NUMBERED, Draft
from culturesim.scenario.fields import Part
from culturesim.scenario.mistakes import OVERRIDE, unknown_key
from culturesim.scenario.paths import EVERY_NAME, KeyPath, item_of, part_of
from culturesim.scenario.team_parameters import Culture
from culturesim.scenario.words import show


def parse_override(text: str) -> tuple[str, Any]:
    """Split ``key=value``; the value is read as TOML, or taken as text if it is none.

    Parameters
    ----------
    text : str

    Returns
    -------
    tuple of str and object

    Raises
    ------
    ScenarioError
        If there is no ``=``, or nothing before it.

    Examples
    --------
    >>> parse_override("world.care_memory=inf")
    ('world.care_memory', inf)
    >>> parse_override("organizations.*.culture = discovery")
    ('organizations.*.culture', 'discovery')
    """
    key, sign, value = (part.strip() for part in text.partition("="))
    if not sign or not key:
        raise ScenarioError(
            "is not of the form key=value",
            key=show(text),
            where=OVERRIDE,
            hint="world.cycles=60, for example",
        )
    try:
        parsed = tomllib.loads(f"value = {value}")
    except (ValueError, RecursionError):
        return key, value
    return key, parsed["value"] if len(parsed) == 1 else value


def lay_changes(draft: Draft, changes: Mapping[str, Any]) -> None:
    """Lay changes over a draft.

    Parameters
    ----------
    draft : Draft
    changes : mapping of str to object
        As `Scenario.override` takes them.

    Raises
    ------
    ScenarioError
        If a path does not exist.
    """
    # What begins a table anew would wipe out single values laid before it.
    ordered = sorted(
        ((str(key), _native(value)) for key, value in changes.items()),
        key=lambda change: not _is_whole(*change),
    )
    for key, value in ordered:
        for path in _expand(key, value, draft.values):
            nested = value
            for step in reversed(path):
                nested = {step: nested}
            draft.lay(nested, OVERRIDE)


def _is_whole(key: str, value: Any) -> bool:
    """Whether a change is a whole table, or a list of all tables, or begins a culture anew."""
    return isinstance(value, dict) or key == NUMBERED or key.endswith(".like")


def _expand(key: str, value: Any, values: Mapping[str, Any]) -> list[KeyPath]:
    """The paths a dotted path stands for, once every step of it is known to exist."""
    found = f"{key} = {show(value)}"
    paths: list[KeyPath] = [()]
    part: type[Part] | None = Contents
    names: Mapping[str, Any] | None = None  # the names to choose from, at a table by names
    steps = key.split(".")
    for at, step in enumerate(steps):
        here = ".".join(steps[: at + 1])
        if names is not None:
            whole = at == len(steps) - 1 and isinstance(value, dict)
            may_begin = whole or (part is Culture and steps[at + 1 :] == ["like"])
            chosen = _choose(step, names, may_begin, here, found)
            paths = [(*path, name) for path in paths for name in chosen]
            names = None
            continue
        if part is None:
            above = ".".join(steps[:at])
            raise ScenarioError(f"has no parts: {above} is one value", where=OVERRIDE, key=key)
        paths = [(*path, step) for path in paths]
        if part is Culture and step == "like":
            part = None
            continue
        if step not in part.model_fields:
            raise unknown_key(part, here, found, OVERRIDE)
        annotation = part.model_fields[step].annotation
        item = item_of(annotation)
        names = values.get(step, {}) if item is not None else None
        part = item or part_of(annotation)
    return paths


def _choose(
    step: str, names: Mapping[str, Any], may_begin: bool, here: str, found: str
) -> Iterable[str]:
    """The names that one step stands for; a new one only where that `may_begin` here."""
    if step == EVERY_NAME and names:
        return names
    if step != EVERY_NAME and (step in names or may_begin):
        return [step]
    stands_for_none = step == EVERY_NAME
    raise ScenarioError(
        "stands for no name at all" if stands_for_none else "does not exist",
        where=OVERRIDE,
        key=here,
        found=found,
        allowed=names,
        nearest=nearest(step, names),
        hint=None if stands_for_none else f"to add it, set {here} to a whole table",
    )


def _native(value: Any) -> Any:
    """A value as TOML would give it: numbers of numpy and tuples become plain ones."""
    if isinstance(value, Mapping):
        return {str(key): _native(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_native(inner) for inner in value]
    item = getattr(value, "item", None)
    return item() if callable(item) and getattr(value, "ndim", None) == 0 else value
