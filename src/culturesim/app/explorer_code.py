"""The code that gives what an explorer shows."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from culturesim.errors import CultureSimError
from culturesim.scenario.contents import HEADS
from culturesim.scenario.load import load_scenario
from culturesim.scenario.paths import leaves, named
from culturesim.scenario.schema import Scenario

BUNDLED = "bundled:"
INDENT = "    "
END = "\n"  # of a line; older Pythons cannot write it inside an f-string
Changes = Mapping[str, Any]


def origin(scenario: Scenario) -> tuple[str, Changes] | None:
    """What to load, and what to change in it, to have a scenario again.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    tuple of str and mapping, or None
        None where it was not loaded, or was changed in a way that overrides cannot say.
    """
    place = scenario.source.removeprefix(BUNDLED)
    if not place:
        return None
    try:
        base = load_scenario(place)
        changes = _differences(base, scenario)
        same = base.override(changes).hash() == scenario.hash()
    except CultureSimError:  # the file is gone, or says something else now
        return None
    return (place, changes) if same else None


def code(
    found: tuple[str, Changes] | None,
    changes: Changes,
    cultures: tuple[str, str],
    replications: int,
    seed: int,
) -> str:
    """Code that compares the cultures in the changed scenario.

    Parameters
    ----------
    found : tuple of str and mapping, or None
        The scenario before the changes, as `origin` finds it.
    changes : mapping of str to object
        By dotted path.
    cultures : tuple of str and str
    replications, seed : int

    Returns
    -------
    str
        Python, in lines of at most 88 letters where names allow it.
    """
    if found is None:
        top = ["# scenario: the one that was given to cs.explore; no file holds it"]
        load = f"scenario.override({_literal(dict(changes), 0)})" if changes else "scenario"
    else:
        top = []
        place, before = found
        overrides = {**before, **changes}
        load = f"cs.load_scenario({_literal(place, 0)})"
        if overrides:
            given = (_literal(place, 0), f"overrides={_literal(overrides, 1)}")
            load = f"cs.load_scenario(\n{''.join(f'{INDENT}{one},{END}' for one in given)})"
    names = f"({', '.join(_literal(name, 0) for name in cultures)})"
    return "\n".join(
        [
            "import culturesim as cs",
            "",
            *top,
            f"scenario = {load}" if load != "scenario" else "",
            "comparison = cs.compare(",
            f"{INDENT}scenario,",
            f"{INDENT}cultures={names},",
            f"{INDENT}replications={replications},",
            f"{INDENT}seed={seed},",
            ")",
            "print(comparison.sentence)",
            "",
        ]
    ).replace("\n\n\n", "\n\n")


def _differences(base: Scenario, scenario: Scenario) -> dict[str, Any]:
    """Overrides that make the one of the other: single values, and whole tables that are new."""
    changes: dict[str, Any] = {}
    old, new = base.resolved(), scenario.resolved()
    for key, value in new.items():
        if key in HEADS:
            continue
        if not named(key):
            changes |= _leaves(old[key], value, key)
            continue
        for name, table in value.items():
            before = old[key].get(name)
            path = f"{key}.{name}"
            changes |= {path: table} if before is None else _leaves(before, table, path)
        if key == "leadership" and set(old[key]) - set(value):
            changes = {path: one for path, one in changes.items() if path.split(".")[0] != key}
            changes[key] = list(value.values())
    return changes


def _leaves(old: Changes, new: Changes, path: str) -> dict[str, Any]:
    before = dict(leaves(old))
    changed = (pair for pair in leaves(new) if before.get(pair[0]) != pair[1])
    return {".".join((path, *steps)): value for steps, value in changed}


def _literal(value: Any, depth: int) -> str:
    """A value as Python code, its lines after the first indented."""
    if isinstance(value, Mapping):
        if not value:
            return "{}"
        margin = INDENT * (depth + 1)
        rows = [f"{margin}{_literal(k, 0)}: {_literal(v, depth + 1)},\n" for k, v in value.items()]
        return f"{{\n{''.join(rows)}{INDENT * depth}}}"
    if isinstance(value, list):
        return f"[{', '.join(_literal(one, depth) for one in value)}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, float) and math.isinf(value):
        return 'float("inf")'
    return repr(value)
