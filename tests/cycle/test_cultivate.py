"""Cultivate: each team takes its stance."""

from __future__ import annotations

import numpy as np
import pytest

from culturesim.cycle.cultivate import cultivate
from culturesim.scenario import Scenario
from culturesim.scenario.populate import parameters
from culturesim.state.parameters import Address
from tests.cycle._worlds import (
    WORLDS,
    Columns,
    Draws,
    begun,
    check,
    columns_of,
    scrambled,
    world,
)


def twin(c: Columns, scenario: Scenario, draws: Draws) -> None:
    (organization,) = scenario.organizations.values()
    first, second = organization.poles
    cultures = list(scenario.cultures)
    for j, culture in enumerate(c["teams.culture"]):
        stance = second if draws.uniform("stance", j) < culture else first
        c["teams.stance"][j] = cultures.index(stance)


@pytest.mark.parametrize("name", [n for n in WORLDS if n != "gated"])
@pytest.mark.parametrize("cycle", [0, 1, 7])
def test_twin(name: str, cycle: int) -> None:
    scenario = world(name)
    check(cultivate, twin, scenario, scrambled(scenario, cycle + 1), cycle=cycle)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_certain_stances(share: float) -> None:
    scenario = world(organizations__acme__culture=share)
    state = begun(scenario)
    cultures = list(scenario.cultures)
    for cycle in range(30):
        cultivate(Address(1, cycle), parameters(scenario), state)
        expected = cultures.index(("execution", "discovery")[int(share)])
        assert (columns_of(state)["teams.stance"] == expected).all()


@pytest.mark.parametrize("name", ["execution", "discovery", "lean_startup", "customer_development"])
def test_named_culture_is_every_teams_stance_in_every_cycle(name: str) -> None:
    scenario = world().with_culture(name)
    state = begun(scenario)
    for cycle in range(10):
        cultivate(Address(1, cycle), parameters(scenario), state)
        assert (columns_of(state)["teams.stance"] == list(scenario.cultures).index(name)).all()


def test_same_luck_turns_a_team_to_discovery_under_any_higher_culture() -> None:
    taken = []
    for share in (0.2, 0.5, 0.8):
        scenario = world(organizations__acme__culture=share)
        state = begun(scenario)
        stances = []
        for cycle in range(40):
            cultivate(Address(1, cycle), parameters(scenario), state)
            stances.append(columns_of(state)["teams.stance"].copy())
        taken.append(np.array(stances) == list(scenario.cultures).index("discovery"))
    assert (taken[0] <= taken[1]).all()
    assert (taken[1] <= taken[2]).all()
    assert taken[0].sum() < taken[1].sum() < taken[2].sum()


@pytest.mark.statistical
def test_stances_are_taken_as_often_as_the_culture_says() -> None:
    """n = 5 teams x 400 cycles, seed 1; within 5 standard errors: chance of a false alarm 6e-7."""
    scenario = world(organizations__acme__culture=0.3)
    state = begun(scenario)
    taken = []
    for cycle in range(400):
        cultivate(Address(1, cycle), parameters(scenario), state)
        taken.append(columns_of(state)["teams.stance"] == 1)
    assert abs(np.mean(taken) - 0.3) < 5 * (0.3 * 0.7 / 2000) ** 0.5
