"""Offer: what each team puts before its customers."""

from __future__ import annotations

import numpy as np
import pytest

from culturesim.cycle.offer import offer
from culturesim.scenario import Scenario
from culturesim.scenario.params import parameters
from culturesim.state.parameters import Address
from tests.cycle._worlds import (
    WORLDS,
    Columns,
    Draws,
    check,
    columns_of,
    organization_of,
    scrambled,
    world,
)


def twin(c: Columns, scenario: Scenario, draws: Draws) -> None:
    for j in range(len(c["teams.belief"])):
        organization = organization_of(c, scenario, j)
        c["teams.price"][j] = organization.price
        c["teams.offering"][j] = draws.cycle >= organization.entry
    c["teams.offer"][...] = 1 - np.exp(-c["teams.performance"] / scenario.production.saturation)


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("cycle", [0, 2, 3, 4])
def test_twin(name: str, cycle: int) -> None:
    scenario = world(name, organizations__acme__price=1.75)
    check(offer, twin, scenario, scrambled(scenario, cycle + 1), cycle=cycle)


@pytest.mark.parametrize(("cycle", "expected"), [(0, False), (4, False), (5, True), (6, True)])
def test_entry_is_the_first_cycle_with_an_offer(cycle: int, expected: bool) -> None:
    scenario = world(organizations__acme__entry=5)
    state = scrambled(scenario, 1)
    offer(Address(1, cycle), parameters(scenario), state)
    assert (columns_of(state)["teams.offering"] == expected).all()


def test_stock_of_the_saturation_takes_care_to_63_per_cent() -> None:
    scenario = world()
    state = scrambled(scenario, 1)
    c = columns_of(state)
    c["teams.performance"][...] = [0.0, 15.0, 30.0, 1e3, 1e9]
    offer(Address(1, 1), parameters(scenario), state)
    expected = [0.0, 1 - np.exp(-1), 1 - np.exp(-2), 1.0, 1.0]
    np.testing.assert_allclose(c["teams.offer"], np.tile(expected, (5, 1)), rtol=1e-14)
    assert (c["teams.offer"] <= 1.0).all()
