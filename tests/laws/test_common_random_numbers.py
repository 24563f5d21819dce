"""The same people live the same days in every world, whatever the teams do."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

import culturesim as cs
from culturesim.experiments.statistics import paired
from culturesim.model.engine import Setup
from culturesim.model.measure import NAMES
from culturesim.model.results import RUN_NAMES
from culturesim.state.columns import State

WORLD = (
    ("customers", "segment"),
    ("customers", "care_factor"),
    ("customers", "care"),
    ("customers", "standard"),
    ("customers", "worth"),
    ("customers", "status_quo"),
    ("customers", "budget"),
    ("customers", "considered"),
    ("segments", "log_care"),
    ("teams", "reach"),
    ("teams", "care_in_reach"),
)
FIRST = (("teams", "belief"), ("teams", "precision"), ("customers", "trust"))
VARIED = {
    "segments.*.worth_spread": 1,
    "segments.*.status_quo_spread": 0.1,
    "segments.*.budget": 3,
    "segments.*.budget_spread": 0.5,
    "world.care_memory": 30,
    "world.customers": 80,
    "world.cycles": 20,
    "shocks.turn": {"cycle": 9, "size": 0.7},
}
CULTURES = ("execution", "discovery", "customer_development")

# Whom people are drawn to meet or to look up to is part of the world, too.
NETWORK = (
    ("teams", "neighbours"), ("teams", "neighbour_first"), ("teams", "neighbour_size"),
    ("teams", "targeted"),
)  # fmt: skip
GROWING: dict[str, Any] = {"growth.on": True, "growth.rewiring": 0.4, "growth.reinforcement": 0.1}
LED: dict[str, Any] = {
    "leadership.order": {"kind": "mandate", "from": 3, "to": 9, "strength": 0.6},
    "leadership.grow": {
        "kind": "cultivate", "from": 5, "to": 15, "strength": 0.1, "target": "random", "teams": 2,
    },
    "leadership.sow": {
        "kind": "seed", "from": 7, "strength": 0.4, "target": "cluster", "teams": 3,
    },
}  # fmt: skip
INSIDE: dict[str, Any] = {
    "segments.staff": {"kind": "internal", "organization": "acme", "share": 0.3},
}
SEVERAL: dict[str, Any] = {
    "organizations.rival": {"teams": 5, "price": 0.8, "entry": 4},
    "organizations.third": {"teams": 3, "capacity": 15},
}
WORLDS: dict[str, dict[str, Any]] = {
    "growing": GROWING,
    "led": LED,
    "inside": INSIDE,
    "several": SEVERAL,
    "everything": {**GROWING, **LED, **INSIDE, **SEVERAL},
}


def columns(state: State, names: tuple[tuple[str, str], ...]) -> dict[tuple[str, str], bytes]:
    return {(e, c): column(state, e, c).tobytes() for e, c in names}


def column(state: State, entity: str, name: str) -> Any:
    group = getattr(state, entity)
    return getattr(group, name) if name in group._fields else group.record[name]


def assert_same_worlds(
    scenarios: dict[str, cs.Scenario], fixed: tuple[tuple[str, str], ...]
) -> None:
    """Cycle by cycle, bit for bit; yet what teams hold of it, and what comes of it, differ."""
    setups = {name: Setup(scenario) for name, scenario in scenarios.items()}
    states = {name: setup.start(11) for name, setup in setups.items()}
    records = {name: setup.empty_records() for name, setup in setups.items()}
    first = next(iter(setups))
    for one, other in itertools.pairwise(states.values()):
        assert columns(one, fixed + FIRST) == columns(other, fixed + FIRST)
    for cycle in range(setups[first].cycles):
        before = columns(states[first], fixed)
        for name, setup in setups.items():
            setup.advance(11, cycle, cycle + 1, states[name], records[name])
        for one, other in itertools.pairwise(states.values()):
            assert columns(one, fixed) == columns(other, fixed)
        moved = columns(states[first], fixed)
        assert moved["customers", "care"] != before["customers", "care"]
    assert len({state.teams.belief.tobytes() for state in states.values()}) == len(scenarios)
    assert len({state.customers.choice.tobytes() for state in states.values()}) > 1


@pytest.mark.parametrize("name", ["baseline", "two-segments"])
def test_world_is_the_same_under_every_culture(name: str) -> None:
    scenario = cs.load_scenario(name, VARIED)
    assert_same_worlds({c: scenario.with_culture(c) for c in CULTURES}, WORLD)


@pytest.mark.parametrize("name", ["baseline", "two-segments"])
@pytest.mark.parametrize("world", WORLDS)
def test_world_is_the_same_wherever_cultures_grow_and_meet(name: str, world: str) -> None:
    scenario = cs.load_scenario(name, {**VARIED, **WORLDS[world]})
    assert_same_worlds({c: scenario.with_culture(c) for c in CULTURES}, WORLD + NETWORK)


def test_world_does_not_answer_to_growth_and_leaders() -> None:
    """The same customers live under all of them; only who sees whom is theirs to set."""
    plain = cs.load_scenario("two-segments", {**VARIED, **INSIDE, **SEVERAL}).override(
        {"organizations.*.culture": 0.4}
    )
    worlds = {"plain": {}, "growing": GROWING, "led": LED, "both": {**GROWING, **LED}}
    assert_same_worlds({name: plain.override(c) for name, c in worlds.items()}, WORLD)


def test_customers_do_not_answer_to_who_competes() -> None:
    """Another organization changes what they choose among, and nothing of what they are."""
    alone = cs.load_scenario("two-segments", {**VARIED, **INSIDE})
    crowded = alone.override(SEVERAL)
    what_they_are = tuple((e, c) for e, c in WORLD if e != "teams" and c != "considered")
    states = []
    for scenario in (alone, crowded):
        setup = Setup(scenario, "discovery")
        state = setup.start(11)
        setup.advance(11, 0, 20, state, setup.empty_records())
        states.append(state)
    assert columns(states[0], what_they_are) == columns(states[1], what_they_are)
    assert not np.array_equal(states[0].customers.choice, states[1].customers.choice)


def test_another_seed_is_another_world() -> None:
    setup = Setup(cs.load_scenario("baseline", VARIED))
    one, other = columns(setup.start(1), WORLD), columns(setup.start(2), WORLD)
    same = {name for name in one if one[name] == other[name]}
    assert same == {("customers", "segment")}


@pytest.mark.parametrize(
    "change",
    [
        {"organizations.*.capacity": 20},
        {"production.defect": 0.5},
        {"segments.*.choice_noise": 2},
        {"means.cost_talk": 0.1},
        {"trust.initial": 0.5},
    ],
    ids=lambda change: next(iter(change)),
)
def test_world_does_not_answer_to_what_is_no_part_of_it(change: dict[str, Any]) -> None:
    """One draw more or less in one place does not shift those of another."""
    scenario = cs.load_scenario("baseline", VARIED)
    states, left = [], []
    for variant in (scenario, scenario.override(change)):
        setup = Setup(variant, "discovery")
        state, records = setup.start(4), setup.empty_records()
        setup.advance(4, 0, 20, state, records)
        states.append(state)
        left.append(records.tobytes())
    assert columns(states[0], WORLD) == columns(states[1], WORLD)
    assert left[0] != left[1]


@pytest.mark.parametrize("name", ["baseline", "rising-standards", "shock"])
@pytest.mark.parametrize("culture", ["execution", "discovery"])
def test_a_culture_equals_its_twin(name: str, culture: str) -> None:
    """A name makes no difference: none at all.

    How often the second pole's stance is taken is no outcome but the label itself: a culture that
    is no pole counts as the second, whichever it is like.
    """
    changes = {"cultures.twin": {"like": culture}, "world.customers": 80}
    scenario = cs.load_scenario(name, changes)
    twins = cs.compare(scenario, (culture, "twin"), replications=6, seed=5)
    one, other = (twins.ensembles[c] for c in twins.cultures)
    left_out = {"commitment_internal"}  # no number where there are no insiders
    if culture == "execution":
        left_out |= {"culture", "culture_majority", "final_culture", "practised"}
    outcomes = [metric for metric in RUN_NAMES if metric not in left_out]
    for metric in outcomes:
        result = paired(one.values(metric), other.values(metric))
        assert (result.difference, result.low, result.high) == (0.0, 0.0, 0.0), metric
        assert (result.ahead, result.behind) == (0.0, 0.0), metric
    recorded = [NAMES.index(metric) for metric in outcomes if metric in NAMES]
    assert one.records[..., recorded].tobytes() == other.records[..., recorded].tobytes()
    assert (twins.table.loc[outcomes, "difference"] == 0.0).all()


def test_a_twin_of_the_other_culture_does_differ() -> None:
    scenario = cs.load_scenario("baseline", {"cultures.twin": {"like": "discovery"}})
    table = cs.compare(scenario, ("execution", "twin"), replications=3).table
    assert np.all(table.loc[["value_created", "alignment", "listening_skill"], "difference"] != 0.0)
