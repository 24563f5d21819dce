"""What the page is told about the acts at first: knobs, worlds, bets, and what is assumed."""

from __future__ import annotations

import math
from typing import Any

from culturesim import __version__
from culturesim.app.acts import ACTS, COARSE, FULL, HANDS_MONTHS, KNOBS, PRESETS, Act, defaults, sides
from culturesim.app.state import LINK
from culturesim.scenario.describe import ParameterRow, parameters
from culturesim.scenario.load import load_scenario
from culturesim.scenario.paths import leaves, pattern

Told = dict[str, Any]


def acts() -> Told:
    """All acts, as JSON takes them.

    Returns
    -------
    dict
    """
    rows = {row.path: row for row in parameters()}
    return {
        "version": __version__,
        "link": LINK,
        "seed": 0,
        "runs": {"coarse": COARSE, "full": FULL},
        "knobs": {name: _knob(name, rows) for name in KNOBS},
        "acts": [_act(one, rows) for one in ACTS.values()],
        "presets": PRESETS,
        "by_hand": _by_hand(),
    }


def _knob(name: str, rows: dict[str, ParameterRow]) -> Told:
    knob = KNOBS[name]
    row = rows[_general(knob.paths[0])]
    return {
        "path": knob.paths[0],
        "paths": list(knob.paths),
        "low": knob.levels[0],
        "high": knob.levels[-1],
        "levels": list(knob.levels),
        "default": knob.default,
        "unit": "cycles" if name == "attention" else row.unit,
        "meaning": row.meaning,
        "source": row.source,
        "range": row.range,
    }


def _by_hand() -> Told:
    one = ACTS[min(ACTS)]
    scenario = load_scenario(one.scenario, one.changes)
    capacity = next(iter(scenario.organizations.values())).capacity
    return {
        "months": HANDS_MONTHS,
        "capacity": capacity,
        "total": capacity * HANDS_MONTHS,
        "concerns": scenario.world.concerns,
        "customers": scenario.world.customers,
    }


def _act(one: Act, rows: dict[str, ParameterRow]) -> Told:
    scenario = load_scenario(one.scenario, one.changes)
    first = sides(one, defaults(one))[0]
    values = {
        ".".join(path): value
        for path, value in leaves(load_scenario(first.scenario, first.changes).resolved())
    }
    return {
        "number": one.number,
        "name": one.name,
        "scenario": one.scenario,
        "title": scenario.title,
        "worlds": [world.name for world in one.worlds],
        "knobs": list(one.knobs),
        "defaults": defaults(one),
        "stop": one.stop,
        "cycles": one.cycles,
        "cycle_label": scenario.world.cycle_label,
        "bets": list(one.bets),
        "bet_kind": one.bet_kind,
        "curve": one.measure or None,
        "assumed": [row for path in one.shown for row in _assumed(path, values, rows)],
    }


def _assumed(path: str, values: Told, rows: dict[str, ParameterRow]) -> list[Told]:
    """What the schema says of a parameter, with the value that it has in the act."""
    row = rows[_general(path)]
    found = []
    for name, value in values.items():
        if _general(name) != _general(path) or (path != name and "*" not in path):
            continue
        found.append(
            {
                "path": name,
                "value": _plain(value),
                "unit": row.unit,
                "default": _plain(row.default),
                "range": row.range,
                "assumed": row.status == "assumed",
                "status": row.status,
                "source": row.source,
                "meaning": row.meaning,
            }
        )
    return found


def _general(path: str) -> str:
    return ".".join(pattern(tuple(path.split("."))))


def _plain(value: Any) -> Any:
    return "inf" if value == math.inf else value
