"""The scenario itself: frozen, comparable, hashable, and consistent as a whole."""

from __future__ import annotations

import copy
import json
import math
import pickle
from typing import Any

import pytest
from pydantic import ValidationError

from culturesim.errors import ArgumentError
from culturesim.scenario import Scenario, load_scenario


def test_frozen_in_every_depth(baseline: Scenario) -> None:
    with pytest.raises(ValidationError):
        baseline.world = baseline.world  # type: ignore[misc]
    with pytest.raises(ValidationError):
        baseline.world.cycles = 3  # type: ignore[misc]
    with pytest.raises(TypeError, match="override"):
        baseline.segments["new"] = baseline.segments["customers"]
    for change in ("clear", "popitem"):
        with pytest.raises(TypeError, match="override"):
            getattr(baseline.cultures, change)()
    with pytest.raises(TypeError, match="override"):
        del baseline.cultures["discovery"]


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda s: pickle.loads(pickle.dumps(s))])
def test_copies_are_equal_and_keep_their_name(copied: Any) -> None:
    scenario = load_scenario("two-segments")
    twin = copied(scenario)
    assert twin is not scenario
    assert twin == scenario
    assert hash(twin) == hash(scenario)
    assert (twin.name, twin.source) == ("two-segments", "bundled:two-segments")
    with pytest.raises(TypeError):
        twin.segments["new"] = twin.segments["firms"]


def test_resolved_is_plain_complete_and_loads_again(baseline: Scenario) -> None:
    values = baseline.resolved()
    assert list(values)[:5] == ["title", "about", "expect", "world", "segments"]
    assert type(values["segments"]) is dict
    assert values["organizations"]["acme"]["poles"] == ["execution", "discovery"]
    assert values["segments"]["customers"]["budget"] == math.inf
    assert "like" not in values["cultures"]["lean_startup"]
    assert Scenario.model_validate(values) == baseline
    assert Scenario.model_validate(json.loads(json.dumps(values))) == baseline


def test_equality_is_not_identity_of_source(baseline: Scenario) -> None:
    unnamed = Scenario.model_validate(baseline.resolved())
    assert unnamed.source != baseline.source
    assert unnamed == baseline
    assert baseline != baseline.override({"title": "another"})
    assert baseline != "baseline"


def test_hash_does_not_see_spelling_or_texts(baseline: Scenario) -> None:
    assert len(baseline.hash()) == 64
    as_int = baseline.override({"world.care_memory": 60})
    as_float = baseline.override({"world.care_memory": 60.0})
    assert as_int.hash() == as_float.hash() != baseline.hash()
    assert as_int == as_float
    texts = {"title": "x", "about": "y", "expect": "z"}
    assert baseline.override(texts).hash() == baseline.hash()
    negative = baseline.override({"means.ask_error": -0.0})
    assert negative.hash() == baseline.override({"means.ask_error": 0}).hash()


def test_hash_does_not_see_whether_a_default_is_written_out(baseline: Scenario) -> None:
    values = baseline.resolved()
    short = {key: values[key] for key in ("organizations", "cultures")}
    silent = Scenario.model_validate({**short, "segments": {"customers": {}}})
    assert silent.hash() == baseline.hash()
    assert type(silent.resolved()["segments"]["customers"]["share"]) is float


def test_hash_does_not_see_how_it_is_said_that_nothing_drifts(baseline: Scenario) -> None:
    never, for_ever = (baseline.override({"world.care_memory": value}) for value in (0, math.inf))
    assert never.hash() == for_ever.hash() != baseline.hash()
    assert never.differences(for_ever) == [("world.care_memory", 0.0, math.inf)]


def test_hash_sees_every_value_and_the_order_of_segments(baseline: Scenario) -> None:
    assert baseline.override({"world.care_memory": math.inf}).hash() != baseline.hash()
    assert baseline.override({"cultures.execution.taper": 0.5}).hash() != baseline.hash()
    values = load_scenario("two-segments").resolved()
    turned = {**values, "segments": dict(reversed(values["segments"].items()))}
    assert Scenario.model_validate(turned).hash() != Scenario.model_validate(values).hash()
    turned = {**values, "cultures": dict(reversed(values["cultures"].items()))}
    assert Scenario.model_validate(turned).hash() == Scenario.model_validate(values).hash()


def test_differences(baseline: Scenario) -> None:
    changed = baseline.override(
        {"world.cycles": 60, "title": "x", "shocks.turn": {"cycle": 3, "size": 1}}
    )
    assert baseline.differences(baseline) == []
    assert baseline.differences(changed) == [
        ("world.cycles", 120, 60),
        ("shocks.turn.cycle", None, 3),
        ("shocks.turn.size", None, 1.0),
        ("shocks.turn.segments", None, []),
    ]
    assert ("shocks.turn.cycle", 3, None) in changed.differences(baseline)


def test_with_culture(baseline: Scenario) -> None:
    assert baseline.with_culture(None) is baseline
    changed = baseline.with_culture("discovery")
    assert changed.organizations["acme"].culture == "discovery"
    assert changed.name == "baseline"
    assert baseline.organizations["acme"].culture == "execution"


@pytest.mark.parametrize(("name", "near"), [("discovry", "discovery"), ("zzz", None)])
def test_with_unknown_culture(name: str, near: str | None, baseline: Scenario) -> None:
    with pytest.raises(ArgumentError) as caught:
        baseline.with_culture(name)
    assert caught.value.key == name
    assert caught.value.nearest == near
    assert str(caught.value.allowed).split(", ") == list(baseline.culture_names)


def test_culture_names_are_in_file_order(baseline: Scenario) -> None:
    assert baseline.culture_names == (
        "execution",
        "discovery",
        "lean_startup",
        "running_lean",
        "customer_development",
    )


def test_overrides_must_be_a_mapping() -> None:
    wrong: Any = ["world.cycles=3"]
    with pytest.raises(ArgumentError, match="overrides are no mapping"):
        load_scenario("baseline", wrong)
