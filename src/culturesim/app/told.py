"""What the page is told about the acts at first: knobs, worlds, bets, and what is assumed."""

from __future__ import annotations

import math
from typing import Any

from culturesim import __version__
from culturesim.app.acts import ACTS, COARSE, FULL, HANDS_MONTHS, RUN, Act, defaults
from culturesim.app.knobs import KNOBS, PRESETS
from culturesim.app.sides import sides
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
        "run": RUN,
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
        "assumed": _assumed(one, rows),
    }


def _assumed(one: Act, rows: dict[str, ParameterRow]) -> list[Told]:
    """What the schema says of an act's parameters, with their values as the act begins.

    A parameter that has another value in each world is told once for each.
    """
    by_world = {}
    for side in sides(one, defaults(one)):
        resolved = load_scenario(side.scenario, side.changes).resolved()
        by_world[side.world] = {".".join(path): value for path, value in leaves(resolved)}
    names = list(dict.fromkeys(name for values in by_world.values() for name in values))
    found = []
    for path in one.shown:
        row = rows[_general(path)]
        for name in names:
            if name != path and ("*" not in path or _general(name) != path):
                continue
            there = {world: values.get(name) for world, values in by_world.items()}
            different = len(set(map(str, there.values()))) > 1
            for world, value in there.items() if different else [("", there[one.worlds[0].name])]:
                found.append(
                    {
                        "path": name,
                        "world": world,
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
