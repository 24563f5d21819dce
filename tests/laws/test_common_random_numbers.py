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


def columns(state: State, names: tuple[tuple[str, str], ...]) -> dict[tuple[str, str], bytes]:
    return {(e, c): getattr(getattr(state, e), c).tobytes() for e, c in names}


@pytest.mark.parametrize("name", ["baseline", "two-segments"])
def test_world_is_the_same_under_every_culture(name: str) -> None:
    scenario = cs.load_scenario(name, VARIED)
    setups = {culture: Setup(scenario, culture) for culture in CULTURES}
    states = {culture: setup.start(11) for culture, setup in setups.items()}
    records = {culture: setup.empty_records() for culture, setup in setups.items()}
    for one, other in itertools.pairwise(states.values()):
        assert columns(one, WORLD + FIRST) == columns(other, WORLD + FIRST)
    for cycle in range(scenario.world.cycles):
        before = columns(states["execution"], WORLD)
        for culture, setup in setups.items():
            setup.advance(11, cycle, cycle + 1, states[culture], records[culture])
        for one, other in itertools.pairwise(states.values()):
            assert columns(one, WORLD) == columns(other, WORLD)
        moved = columns(states["execution"], WORLD)
        assert moved["customers", "care"] != before["customers", "care"]
    last = [state.teams.belief.tobytes() for state in states.values()]
    assert len(set(last)) == len(CULTURES)  # what teams hold of the world does differ


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
    labels = {"culture", "culture_majority", "final_culture"} if culture == "execution" else set()
    outcomes = [metric for metric in RUN_NAMES if metric not in labels]
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
