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
        ("segments.*.standrd", 3, "segments.*.standrd", "share, standard", "standard"),
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


def test_a_change_that_contradicts_a_file_is_the_change_s_fault() -> None:
    error = caught("shock", {"world.cycles": 30})
    assert (error.where, error.key) == ("override", "shocks.turn.cycle")
