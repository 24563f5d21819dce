"""Changes by dotted path: what they reach, which of them wins, and what is wrong with them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from culturesim.errors import ScenarioError
from culturesim.scenario import load_scenario, parse_override
from tests.scenario.catch import caught


def test_overrides_with_star() -> None:
    scenario = load_scenario(
        "two-segments", {"segments.*.status_quo": 0.3, "organizations.*.prior.accuracy": 1}
    )
    assert [segment.status_quo for segment in scenario.segments.values()] == [0.3, 0.3]
    assert scenario.organizations["acme"].prior.accuracy == 1
    assert scenario.name == "two-segments"


def test_later_changes_win_and_the_original_stays() -> None:
    baseline = load_scenario("baseline")
    changed = baseline.override({"cultures.*.taper": 0.1, "cultures.execution.taper": 0.2})
    assert changed.cultures["execution"].taper == 0.2
    assert changed.cultures["discovery"].taper == 0.1
    assert baseline.cultures["execution"].taper == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"cultures.mine": {"like": "discovery", "listening": 0.1}},
        {"cultures.mine.listening": 0.1, "cultures.mine.like": "discovery"},
        {"cultures": {"mine": {"like": "discovery", "listening": 0.1}}},
    ],
)
def test_a_new_culture(changes: dict[str, Any]) -> None:
    cultures = load_scenario("baseline", changes).cultures
    expected = {**cultures["discovery"].model_dump(), "listening": 0.1}
    assert cultures["mine"].model_dump() == expected


def test_a_table_is_merged_into_an_existing_one() -> None:
    baseline = load_scenario("baseline")
    changed = baseline.override({"world": {"cycles": 3}, "cultures.discovery": {"replan": 1}})
    assert changed.differences(baseline) == [
        ("world.cycles", 3, 120),
        ("cultures.discovery.replan", 1.0, 0.35),
    ]


def test_numbers_of_numpy_and_tuples_are_taken() -> None:
    changes = {
        "world.cycles": np.int64(7),
        "world.care_focus": np.float64(2),
        "organizations.acme.poles": ("discovery", "execution"),
    }
    scenario = load_scenario("baseline", changes)
    assert type(scenario.world.cycles) is int
    assert type(scenario.world.care_focus) is float
    assert scenario.organizations["acme"].poles == ("discovery", "execution")


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("world.cycles=60", "world.cycles", 60),
        ("world.care_memory = inf", "world.care_memory", math.inf),
        ("a=1.5", "a", 1.5),
        ("a=true", "a", True),
        ('a="60"', "a", "60"),
        ("a=discovery", "a", "discovery"),
        ("a=known-market", "a", "known-market"),
        ("a=x=y", "a", "x=y"),
        ("a=", "a", ""),
        ('a=["x", "y"]', "a", ["x", "y"]),
        ('c={like = "discovery", taper = 0}', "c", {"like": "discovery", "taper": 0}),
        ("a=1\nb=2", "a", "1\nb=2"),
        ("a=False", "a", "False"),
        ('a=[{kind = "seed", from = 1}]', "a", [{"kind": "seed", "from": 1}]),
    ],
)
def test_parse_override(text: str, key: str, value: object) -> None:
    parsed = parse_override(text)
    assert parsed == (key, value)
    assert type(parsed[1]) is type(value)


@pytest.mark.parametrize("text", ["world.cycles", "", "=3"])
def test_parse_override_without_key_or_sign(text: str) -> None:
    with pytest.raises(ScenarioError, match="key=value") as info:
        parse_override(text)
    assert info.value.where == "override"


@pytest.mark.parametrize(
    ("path", "value", "key", "allowed", "near"),
    [
        ("world.cycle", 3, "world.cycle", "cycles, concerns", "cycles"),
        ("wrld.cycles", 3, "wrld", "title, about", "world"),
        ("extends", "baseline", "extends", "title, about", None),
        ("segments.*.standrd", 3, "segments.*.standrd", "share, kind", "standard"),
        ("segments.custmers.worth", 3, "segments.custmers", "customers", "customers"),
        ("cultures.mine.taper", 0.1, "cultures.mine", "execution, discovery", None),
        ("shocks.*.size", 1, "shocks.*", "", None),
        ("world.cycles.x", 3, "world.cycles.x", "", None),
        ("", 3, None, "title, about", None),
        ("world.cycles", "x", "world.cycles", "a whole number, 1 to 100000", None),
        ("segments.*.standard", 2, "segments.customers.standard", "a number, 0 to 1", None),
        ("world", 3, "world", "a table: [world]", None),
        ("segments.new", 3, "segments.new", "customers", None),
        ("cultures.mine", {"like": "exection"}, "cultures.mine.like", "execution", "execution"),
        ("world.cycles", [3], "world.cycles", "a whole number", None),
    ],
)
def test_wrong_overrides(
    path: str, value: Any, key: str | None, allowed: str, near: str | None
) -> None:
    error = caught("baseline", {path: value})
    assert isinstance(error, ScenarioError)
    assert error.where == "override"
    assert (error.key or None) == key
    assert (error.allowed or "").startswith(allowed)
    assert error.nearest == near


LEADERS = [
    {"kind": "seed", "from": 2, "strength": 0.9, "target": (1, np.int64(3))},
    {"kind": "mandate", "from": 4, "strength": 0.5},
]


def test_leaders_by_number_and_all_of_them() -> None:
    garden = load_scenario("baseline", {"leadership": LEADERS})
    assert list(garden.leadership) == ["0", "1"]
    assert garden.leadership["0"].target == (1, 3)
    changes = {"leadership.0.strength": 0.3, "leadership.*.from": 5, "leadership.1.to": 9}
    changed = garden.override(changes)
    assert changed.differences(garden) == [
        ("leadership.0.strength", 0.3, 0.9),
        ("leadership.0.from", 5, 2),
        ("leadership.1.from", 5, 4),
        ("leadership.1.to", 9, 0),
    ]


def test_a_list_replaces_all_actions_and_a_table_adds_or_changes_one() -> None:
    garden = load_scenario("baseline", {"leadership": LEADERS})
    assert list(garden.override({"leadership": LEADERS[1:]}).leadership) == ["0"]
    assert garden.override({"leadership": LEADERS[1:]}).leadership["0"].kind == "mandate"
    assert dict(garden.override({"leadership": []}).leadership) == {}
    added = garden.override({"leadership.late": {"kind": "seed", "from": 7, "strength": 1}})
    assert list(added.leadership) == ["0", "1", "late"]
    assert garden.override({"leadership": {"0": {"strength": 0.1}}}).leadership["0"].kind == "seed"


@pytest.mark.parametrize("turned", [False, True])
def test_a_list_comes_before_single_values_whatever_the_order(turned: bool) -> None:
    changes = [("leadership.1.strength", 0.25), ("leadership", LEADERS)]
    scenario = load_scenario("baseline", dict(reversed(changes) if turned else changes))
    assert [action.strength for action in scenario.leadership.values()] == [0.9, 0.25]


@pytest.mark.parametrize(
    ("path", "value", "key", "allowed", "near"),
    [
        ("leadership.2.strength", 0.1, "leadership.2", "0, 1", None),
        ("leadership.*.strenth", 0.1, "leadership.*.strenth", "kind, strength", "strength"),
        ("leadership.0.form", 1, "leadership.0.form", "kind, strength", "from"),
        ("leadership.1.strength", 1.5, "leadership.1.strength", "a number, 0 to 1", None),
        ("leadership.*.kind", "mandat", "leadership.0.kind", "one of seed", "mandate"),
        ("leadership.0.target", "rndom", "leadership.0.target", "one of all", "random"),
        ("leadership.0.to", 9, "leadership.0.to", "no `to`", None),
        ("leadership", "seed", "leadership", "a list of tables: [[leadership]], or a", None),
        ("leadership", [{"kind": "seed", "from": 1}], "leadership.0.strength", "a number", None),
        ("growth.on", "True", "growth.on", "true or false", None),
        ("growth.onn", True, "growth.onn", "on, contagion", "on"),
    ],
)
def test_wrong_changes_of_a_garden(
    path: str, value: Any, key: str, allowed: str, near: str | None
) -> None:
    garden = load_scenario("baseline", {"leadership": LEADERS})
    error = caught(garden, {path: value})
    assert (error.where, error.key, error.nearest) == ("override", key, near)
    assert (error.allowed or "").startswith(allowed)


def test_leaders_of_a_scenario_without_any() -> None:
    error = caught("baseline", {"leadership.*.to": 3})
    assert (error.key, error.problem) == ("leadership.*", "stands for no name at all")
    error = caught("baseline", {"leadership.0.to": 3})
    assert error.hint == "to add it, set leadership.0 to a whole table"


def test_a_change_that_contradicts_a_file_is_the_change_s_fault() -> None:
    error = caught("shock", {"world.cycles": 30})
    assert (error.where, error.key) == ("override", "shocks.turn.cycle")
