from __future__ import annotations

import pytest

from culturesim.app import told
from culturesim.app.acts import ACTS, LAST, Act, act, defaults
from culturesim.app.knobs import GROUNDS, KNOBS, PRESETS, check_ground, level
from culturesim.app.sides import sides
from culturesim.errors import ArgumentError
from culturesim.scenario.describe import parameters
from culturesim.scenario.load import load_scenario

EVERY = pytest.mark.parametrize("one", ACTS.values(), ids=lambda one: one.name)


@EVERY
def test_each_level_of_each_knob_makes_a_scenario(one: Act) -> None:
    for name in one.knobs:
        for value in KNOBS[name].levels:
            for side in sides(one, defaults(one) | {name: value}):
                scenario = load_scenario(side.scenario, side.changes)
                assert scenario.world.cycles == one.cycles


@EVERY
def test_the_worlds_differ_in_nothing_but_culture_or_what_leaders_do(one: Act) -> None:
    first, second = (
        load_scenario(side.scenario, side.changes) for side in sides(one, defaults(one))
    )
    apart = {path for path, _, _ in first.differences(second)}
    if one.grows:
        assert apart == {"leadership.0.kind", "leadership.0.strength"}
    else:
        assert apart == {"organizations.acme.culture"}


@EVERY
def test_an_act_stops_before_its_end_where_something_is_bet_on(one: Act) -> None:
    assert one.bet_kind is None or 0 < one.stop < one.cycles
    assert (one.bet_kind == "choice") == bool(one.bets)
    assert not one.measure or one.knobs


def test_there_are_at_most_six_knobs_in_an_act() -> None:
    assert all(len(one.knobs) <= 6 for one in ACTS.values())
    assert {name for one in ACTS.values() for name in one.knobs} == set(KNOBS)


def test_the_first_level_is_the_lowest_and_the_default_is_a_level() -> None:
    for knob in KNOBS.values():
        assert list(knob.levels) == sorted(set(knob.levels))
        assert knob.default in knob.levels


def test_effort_for_search_is_shared_by_listening_and_testing() -> None:
    side = sides(act(LAST), defaults(act(LAST)) | {"search": 0.2})[1]
    practices = load_scenario(side.scenario, side.changes).cultures["discovery"]
    assert practices.listening == practices.testing == 0.1


def test_both_leaders_give_the_same_attention_and_turn_away_at_the_stop() -> None:
    garden = next(one for one in ACTS.values() if one.grows)
    for side in sides(garden, {"attention": 25, "practice": 0.03}):
        scenario = load_scenario(side.scenario, side.changes)
        (action,) = scenario.resolved()["leadership"].values()
        assert (action["from"], action["to"]) == (garden.stop - 25, garden.stop)
        assert scenario.growth.internalisation == 0.03


@pytest.mark.parametrize("name", PRESETS)
def test_each_preset_stands_on_levels_of_the_last_act(name: str) -> None:
    preset = dict(PRESETS[name])
    ground = check_ground(str(preset.pop("ground")))
    assert set(preset) == set(act(LAST).knobs)
    knobs = {knob: level(knob, float(value)) for knob, value in preset.items()}
    for side in sides(act(LAST), knobs, ground):
        load_scenario(side.scenario, side.changes)


def test_every_ground_is_used_by_a_preset() -> None:
    assert {preset["ground"] for preset in PRESETS.values()} == set(GROUNDS)


def test_what_is_not_there_is_refused_with_what_is() -> None:
    with pytest.raises(ArgumentError, match="1 to 7"):
        act(8)
    with pytest.raises(ArgumentError, match=r"nearest: 0\.3"):
        level("accuracy", 0.31)
    with pytest.raises(ArgumentError, match="nearest: market"):
        check_ground("markt")


def test_what_is_assumed_is_said_as_the_schema_says_it() -> None:
    rows = {row.path: row for row in parameters()}
    for one in told.acts()["acts"]:
        assert one["assumed"]
        for said in one["assumed"]:
            general = ".".join(
                "*" if n == 1 and part not in ("prior",) else part
                for n, part in enumerate(said["path"].split("."))
            )
            row = rows.get(said["path"]) or rows[general]
            assert (said["unit"], said["meaning"], said["source"]) == (
                row.unit,
                row.meaning,
                row.source,
            )
            assert said["assumed"] == (row.status == "assumed")


def test_the_values_said_are_those_that_are_run() -> None:
    for one in told.acts()["acts"]:
        which = act(one["number"])
        by_world = {
            side.world: dict(_flat(load_scenario(side.scenario, side.changes).resolved()))
            for side in sides(which, defaults(which))
        }
        for said in one["assumed"]:
            worlds = [said["world"]] if said["world"] else list(by_world)
            for world in worlds:
                value = by_world[world][said["path"]]
                assert said["value"] == ("inf" if value == float("inf") else value)


def test_each_knob_of_an_act_is_among_what_is_assumed() -> None:
    for one in told.acts()["acts"]:
        said = {row["path"] for row in one["assumed"]}
        for name in one["knobs"]:
            if name != "attention":  # is no assumption: the room chooses it
                for path in KNOBS[name].paths:
                    assert (
                        path.replace("*", "acme") in said or path.replace("*", "customers") in said
                    ), (one["name"], path)


def _flat(values: dict[str, object], before: str = "") -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for key, value in values.items():
        if isinstance(value, dict):
            found += _flat(value, f"{before}{key}.")
        else:
            found.append((before + key, value))
    return found
