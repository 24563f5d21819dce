"""Account: effort, value and waste are booked, and the books balance."""

from __future__ import annotations

import numpy as np
import pytest

from culturesim.cycle.account import account
from culturesim.scenario import Scenario
from culturesim.scenario.params import parameters
from culturesim.state.columns import State
from culturesim.state.parameters import Address
from tests.cycle._worlds import (
    WORLDS,
    Columns,
    Draws,
    check,
    columns_of,
    organization_of,
    scrambled,
    segment_of,
    world,
)
from tests.kernels import _twins


def twin(c: Columns, scenario: Scenario, draws: Draws) -> None:
    production = scenario.production
    for j in range(len(c["teams.belief"])):
        organization = organization_of(c, scenario, j)
        committed = np.flatnonzero(c["customers.committed_to"] == j).tolist()
        kept = [i for i in committed if c["customers.outcome"][i] == 3]
        inside = [i for i in kept if segment_of(c, scenario, i).kind == "internal"]
        resources = c["teams.price"][j] * len(kept)
        building = c["teams.effort_building"][j]
        unaccepted = max(0.0, building - resources)
        misdirected = 0.0
        if building > unaccepted:
            care = c["teams.care_committed"][j]
            fit = float(care @ c["teams.offer"][j])
            needed = _twins.least_stock(care, fit, production.saturation)
            stock = c["teams.performance"][j].sum()
            misdirected = (building - unaccepted) * max(0.0, 1 - needed / stock)
        c["teams.resources_committed"][j] = resources
        c["teams.waste_unaccepted"][j] = unaccepted
        c["teams.waste_misdirected"][j] = misdirected
        c["teams.waste_broken"][j] = c["teams.effort_serving"][j] * c["teams.broken_share"][j]
        # What insiders contribute is at hand in the next cycle, when the serving is done.
        contributed = c["teams.price"][j] * len(inside)
        c["teams.contributed"][j] = contributed
        cap = production.serving_cap * (organization.capacity + contributed)
        c["teams.serving_due"][j] = min(production.serving * len(committed), cap)
        broken = len(committed) - len(kept)
        c["teams.broken_share"][j] = broken / len(committed) if len(committed) else 0.0


def delivered(scenario: Scenario, seed: int) -> State:
    """With offers that follow from performance, and care from those who committed."""
    state = scrambled(scenario, seed)
    c = columns_of(state)
    saturation = scenario.production.saturation
    c["teams.offer"][...] = 1 - np.exp(-c["teams.performance"] / saturation)
    for j in range(len(c["teams.belief"])):
        mine = c["customers.care"][c["customers.committed_to"] == j]
        c["teams.care_committed"][j] = mine.mean(axis=0) if len(mine) else 0.0
    return state


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_twin(name: str, seed: int) -> None:
    scenario = world(name)
    check(account, twin, scenario, delivered(scenario, seed))


@pytest.mark.parametrize("seed", range(4))
def test_twin_with_more_customers(seed: int) -> None:
    scenario = world(world__customers=60, production__serving=0.7)
    check(account, twin, scenario, delivered(scenario, seed))


@pytest.mark.parametrize("seed", range(4))
def test_building_is_valued_unaccepted_or_misdirected(seed: int) -> None:
    scenario = world(world__customers=60)
    state = delivered(scenario, seed)
    c = columns_of(state)
    account(Address(1, 1), parameters(scenario), state)
    building, unaccepted = c["teams.effort_building"], c["teams.waste_unaccepted"]
    valued = building - unaccepted - c["teams.waste_misdirected"]
    assert (valued >= 0).all()
    assert (c["teams.waste_misdirected"] >= 0).all()
    covered = np.minimum(building, c["teams.resources_committed"])
    np.testing.assert_allclose(building - unaccepted, covered, atol=1e-12)


def test_no_commitments_leave_all_building_unaccepted() -> None:
    scenario = world()
    state = delivered(scenario, 1)
    c = columns_of(state)
    c["customers.choice"][...] = 0
    c["customers.committed_to"][...] = -1
    c["customers.outcome"][...] = 0
    for name in ("teams.commitments", "teams.kept", "teams.care_committed"):
        c[name][...] = 0
    check(account, twin, scenario, state)
    np.testing.assert_array_equal(c["teams.waste_unaccepted"], c["teams.effort_building"])
    assert (c["teams.waste_misdirected"] == 0).all()
    assert (c["teams.contributed"] == 0).all()
    assert (c["teams.serving_due"] == 0).all()
    assert (c["teams.broken_share"] == 0).all()


def test_stock_that_was_put_where_customers_care_wastes_nothing() -> None:
    scenario = world(world__customers=60)
    state = delivered(scenario, 1)
    c = columns_of(state)
    for j, care in enumerate(c["teams.care_committed"]):
        c["teams.performance"][j] = 80.0 * _twins.best_plan(care, 80.0, 15.0)
    c["teams.offer"][...] = 1 - np.exp(-c["teams.performance"] / 15.0)
    c["teams.price"][...] = 10.0
    account(Address(1, 1), parameters(scenario), state)
    assert (c["teams.kept"] > 0).all()
    np.testing.assert_allclose(c["teams.waste_misdirected"], 0.0, atol=1e-12)


def test_stock_where_nobody_cares_wastes_nearly_everything() -> None:
    scenario = world(world__customers=60)
    state = delivered(scenario, 1)
    c = columns_of(state)
    c["teams.performance"][...] = [100.0, 0, 0, 0, 0]
    c["teams.offer"][...] = 1 - np.exp(-c["teams.performance"] / 15.0)
    c["teams.care_committed"][...] = [0.001, 0.249, 0.25, 0.25, 0.25]
    c["teams.price"][...] = 10.0
    account(Address(1, 1), parameters(scenario), state)
    wasted = c["teams.waste_misdirected"] / c["teams.effort_building"]
    assert (wasted > 0.99).all()


def test_serving_is_capped() -> None:
    scenario = world(production__serving=100, production__serving_cap=0.25)
    state = delivered(scenario, 1)
    c = columns_of(state)
    account(Address(1, 1), parameters(scenario), state)
    some = c["teams.commitments"] > 0
    np.testing.assert_allclose(c["teams.serving_due"], np.where(some, 10 / 4, 0))


def test_cap_is_that_of_the_cycle_in_which_the_serving_is_done() -> None:
    """The effort of insiders counts, and what was at hand in this cycle does not."""
    scenario = world("insiders", production__serving=100, production__serving_cap=0.25)
    state = delivered(scenario, 1)
    c = columns_of(state)
    c["teams.price"][...] = 2.0
    c["teams.commitments"][...] = 9
    c["teams.kept"][...] = 6
    c["teams.internal_kept"][...] = [0, 1, 2, 3, 4]
    c["teams.capacity"][...] = 77.0
    account(Address(1, 1), parameters(scenario), state)
    assert c["teams.contributed"].tolist() == [0, 2, 4, 6, 8]
    np.testing.assert_allclose(c["teams.serving_due"], [2.5, 3.0, 3.5, 4.0, 4.5])
    assert (c["teams.resources_committed"] == 12.0).all()  # both kinds pay, in one unit


def test_broken_promises_are_paid_for_a_cycle_later() -> None:
    """This cycle's serving is wasted as last cycle's promises were broken; then shares move on."""
    scenario = world()
    state = delivered(scenario, 1)
    c = columns_of(state)
    c["teams.effort_serving"][...] = 3.0
    c["teams.broken_share"][...] = 0.25
    c["teams.commitments"][...] = 8
    c["teams.kept"][...] = 2
    account(Address(1, 1), parameters(scenario), state)
    assert (c["teams.waste_broken"] == 0.75).all()
    assert (c["teams.broken_share"] == 0.75).all()


def test_price_is_paid_for_kept_promises_only() -> None:
    scenario = world()
    state = delivered(scenario, 1)
    c = columns_of(state)
    c["teams.price"][...] = 1.5
    c["teams.kept"][...] = [0, 1, 2, 3, 4]
    account(Address(1, 1), parameters(scenario), state)
    assert c["teams.resources_committed"].tolist() == [0.0, 1.5, 3.0, 4.5, 6.0]


def test_offer_without_any_stock_wastes_nothing_on_the_wrong_concern() -> None:
    """A promise of nothing can be kept and paid for: there is no stock to be misdirected."""
    scenario = world(world__customers=60)
    state = delivered(scenario, 1)
    c = columns_of(state)
    c["teams.performance"][...] = 0.0
    c["teams.offer"][...] = 0.0
    account(Address(1, 1), parameters(scenario), state)
    assert (c["teams.kept"] > 0).any()
    assert (c["teams.waste_misdirected"] == 0).all()
