"""Build: effort becomes performance, with learning by doing and a stage gate."""

from __future__ import annotations

import math

import numpy as np
import pytest

from culturesim.cycle.build import build
from culturesim.scenario import Scenario
from culturesim.scenario.params import parameters
from culturesim.state.columns import SEARCHING, TAKEN_UP, VALIDATED
from culturesim.state.parameters import Address
from tests.cycle._worlds import (
    WORLDS,
    Columns,
    Draws,
    begun,
    building_effort,
    check,
    columns_of,
    culture_of,
    fair_share,
    scrambled,
    world,
)


def twin(c: Columns, scenario: Scenario, draws: Draws) -> None:
    production = scenario.production
    for j, tau in enumerate(c["teams.precision"]):
        culture = culture_of(c, scenario, j)
        commitments, tenth = c["teams.commitments"][j], 0.1 * fair_share(c, j)
        validation = int(c["teams.validation"][j])
        if validation == 2 and commitments < tenth:
            validation = 0
        if validation == 0 and len(tau) * math.sqrt(np.mean(1 / tau)) <= culture.validation:
            validation = 1
        if validation == 1 and commitments > 0 and commitments >= tenth:
            validation = 2
        c["teams.validation"][j] = validation

        effort = building_effort(c, j)
        withheld = culture.gate * effort if validation == 0 else 0.0
        c["teams.effort_withheld"][j] = withheld
        c["teams.effort_building"][j] = effort - withheld
        e = (effort - withheld) * c["teams.plan"][j]
        x = c["teams.experience"][j]
        eta = (1 + x / production.experience_scale) ** production.learning
        c["teams.performance"][j] = (1 - production.decay) * c["teams.performance"][j] + eta * e
        c["teams.experience"][j] = (1 - production.experience_decay) * x + e


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_twin(name: str, seed: int) -> None:
    scenario = world(name)
    check(build, twin, scenario, scrambled(scenario, seed))


@pytest.mark.parametrize("seed", range(20, 28))
@pytest.mark.parametrize("validation", [0.05, 0.15, 0.3, 10])
def test_twin_through_the_gate(seed: int, validation: float) -> None:
    scenario = world(
        "gated",
        **{
            "cultures__*__gate": 0.6,
            "cultures__*__validation": validation,
            "organizations__acme__teams": 12,
            "segments__*__attention": 6,
        },
    )
    check(build, twin, scenario, scrambled(scenario, seed))


UNSURE, SURE = 100.0, 1e6


@pytest.mark.parametrize(
    ("before", "precision", "commitments", "after"),
    [
        (SEARCHING, UNSURE, 0, SEARCHING),
        (SEARCHING, UNSURE, 9, SEARCHING),  # customers alone validate nothing
        (SEARCHING, SURE, 0, VALIDATED),
        (SEARCHING, SURE, 1, TAKEN_UP),
        (VALIDATED, UNSURE, 0, VALIDATED),  # for good, as it has not been taken up yet
        (VALIDATED, UNSURE, 1, TAKEN_UP),
        (TAKEN_UP, UNSURE, 1, TAKEN_UP),
        (TAKEN_UP, UNSURE, 0, SEARCHING),  # commitments have fallen
        (TAKEN_UP, SURE, 0, VALIDATED),  # fallen, but the team is sure
    ],
)
def test_way_through_the_gate(before: int, precision: float, commitments: int, after: int) -> None:
    scenario = world("gated", **{"cultures__*__gate": 0.6})
    state = begun(scenario)
    c = columns_of(state)
    c["teams.fair_share"][...] = 10.0
    c["teams.validation"][...] = before
    c["teams.precision"][...] = precision
    c["teams.commitments"][...] = commitments
    build(Address(1, 1), parameters(scenario), state)
    assert (c["teams.validation"] == after).all()
    share = 0.6 if after == SEARCHING else 0.0
    np.testing.assert_allclose(c["teams.effort_withheld"], 10 * share, rtol=1e-13)
    np.testing.assert_allclose(c["teams.effort_building"], 10 * (1 - share), rtol=1e-13)


def test_uncertainty_is_measured_against_mean_care() -> None:
    """Five concerns: a standard deviation of 0.05 of the belief is a quarter of 1/5."""
    scenario = world("gated", **{"cultures__*__validation": 0.25})
    for deviation, after in ((0.0501, SEARCHING), (0.0499, VALIDATED)):
        state = begun(scenario)
        c = columns_of(state)
        c["teams.precision"][...] = deviation**-2
        build(Address(1, 1), parameters(scenario), state)
        assert (c["teams.validation"] == after).all()


def test_exactly_as_sure_as_it_has_to_be_is_sure_enough() -> None:
    """5 / sqrt(256) is 0.3125 without rounding."""
    scenario = world("gated", **{"cultures__*__validation": 0.3125})
    state = begun(scenario)
    c = columns_of(state)
    c["teams.precision"][...] = 256.0
    build(Address(1, 1), parameters(scenario), state)
    assert (c["teams.validation"] == VALIDATED).all()


@pytest.mark.parametrize("gate", [0.0, 1.0])
def test_whole_gate_builds_nothing_and_no_gate_withholds_nothing(gate: float) -> None:
    scenario = world("gated", **{"cultures__*__gate": gate, "cultures__*__validation": 1e-6})
    state = begun(scenario)
    c = columns_of(state)
    c["teams.plan"][...] = 0.2
    build(Address(1, 1), parameters(scenario), state)
    assert (c["teams.effort_withheld"] == 10 * gate).all()
    assert (c["teams.effort_building"] == 10 * (1 - gate)).all()
    assert ((c["teams.experience"] > 0) == (gate == 0)).all()


@pytest.mark.parametrize(("listening", "testing"), [(0.5, 0.5), (1.0, 0.0), (0.9, 0.1)])
def test_all_effort_spent_on_learning_leaves_nothing_to_build(
    listening: float, testing: float
) -> None:
    scenario = world()
    state = begun(scenario)
    c = columns_of(state)
    c["teams.plan"][...] = 0.2
    c["teams.listening_share"][...] = listening
    c["teams.testing_share"][...] = testing
    build(Address(1, 1), parameters(scenario), state)
    assert (c["teams.effort_building"] == 0).all()
    assert (c["teams.performance"] == 0).all()
    assert (c["teams.experience"] == 0).all()


def test_capacity_owed_to_serving_leaves_nothing_to_build() -> None:
    scenario = world()
    state = scrambled(scenario, 1)
    c = columns_of(state)
    c["teams.effort_serving"][...] = c["teams.capacity"]
    before = c["teams.performance"].copy()
    build(Address(1, 1), parameters(scenario), state)
    assert (c["teams.effort_building"] == 0).all()
    np.testing.assert_allclose(c["teams.performance"], 0.9 * before, rtol=1e-15)


def test_constant_effort_on_one_concern_follows_wrights_curve() -> None:
    scenario = world(production__experience_decay=0, production__decay=1)
    state = begun(scenario)
    c = columns_of(state)
    c["teams.plan"][...] = [0, 1, 0, 0, 0]
    for cycle in range(20):
        build(Address(1, cycle), parameters(scenario), state)
        efficiency = (1 + 10 * cycle / 20) ** 0.2
        np.testing.assert_allclose(c["teams.performance"][:, 1], 10 * efficiency, rtol=1e-13)
    assert (c["teams.performance"][:, [0, 2, 3, 4]] == 0).all()


def test_stock_approaches_effort_over_decay_geometrically() -> None:
    scenario = world(production__learning=0)
    state = begun(scenario)
    c = columns_of(state)
    c["teams.plan"][...] = [0, 0.5, 0.5, 0, 0]
    for cycle in range(40):
        build(Address(1, cycle), parameters(scenario), state)
        expected = 5 / 0.1 * (1 - 0.9 ** (cycle + 1))
        np.testing.assert_allclose(c["teams.performance"][:, 1:3], expected, rtol=1e-12)
