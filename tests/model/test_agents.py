"""Teams and customers: what they offer, how they assess, and to what they commit."""

from __future__ import annotations

import copy
import math
from typing import Any

import numpy as np
import pytest

import culturesim as cs
from culturesim.cycle.assess import assess
from culturesim.cycle.build import build
from culturesim.cycle.cultivate import cultivate
from culturesim.cycle.drift import drift
from culturesim.cycle.listen import listen
from culturesim.cycle.offer import offer
from culturesim.cycle.plan import plan
from culturesim.cycle.trial import trial
from culturesim.model.model import CultureModel
from culturesim.model.offers import Offer
from culturesim.state.parameters import Address
from tests.model.lively import market

BEFORE_ASSESS = (drift, cultivate, listen, trial, plan, build, offer)


# --- offers


def test_offer_is_what_the_phase_put_before_customers() -> None:
    model = market()
    for team in model.teams:
        made = team.offer
        assert (made.team, made.price, made.made) == (team.row, team.price, team.offering)
        assert made.care_taken == tuple(model.state.teams.offer[team.row].tolist())
    assert not market(0).teams[0].offer.made


def test_offer_can_be_set() -> None:
    team = market().teams[1]
    team.offer = Offer(1, 2.5, (0.25,) * 10, made=False)
    assert team.offer == Offer(1, 2.5, (0.25,) * 10, made=False)
    assert (team.price, team.offering) == (2.5, False)
    team.offer = np.full(10, 0.5)
    assert team.offer == Offer(1, 2.5, (0.5,) * 10, made=False)


# --- assessing


def what_ifs(model: CultureModel) -> Any:
    """What every customer says of doing nothing and of each offer that it considers."""
    return np.array(
        [[c.assess(), *(c.assess(team.offer) for team in c.considers)] for c in model.customers]
    )


@pytest.mark.parametrize("steps", [0, 1, 7, 20])
def test_assess_is_the_assess_phase_on_the_state_as_it_stands(steps: int) -> None:
    model = market(steps)
    state = copy.deepcopy(model.state)
    assess(Address(model.seed, model.cycle), model.setup.params, state)
    found = what_ifs(model)
    assert found.tobytes() == state.customers.assessment.tobytes()
    if steps == 20:  # the comparison is worth something: every part of an assessment plays
        assert np.isfinite(found[:, 1:]).any()
        assert np.isinf(found[:, 1:]).any()
        assert (model.state.customers.choice > 0).any()
        assert model.state.segments.takeup.any()
        assert found.tobytes() != model.state.customers.assessment.tobytes()


def test_assess_foretells_the_compiled_phase() -> None:
    model, twin = market(), market()
    at = Address(model.seed, model.cycle)
    for phase in BEFORE_ASSESS:
        phase(at, model.setup.params, model.state)
    twin.step()
    np.testing.assert_allclose(what_ifs(model), twin.state.customers.assessment, rtol=1e-12)


def test_assess_changes_nothing() -> None:
    model = market()
    before = copy.deepcopy(model.state)
    what_ifs(model)
    for mine, theirs in zip(model.state, before, strict=True):
        for a, b in zip(mine, theirs, strict=True):
            np.testing.assert_array_equal(a, b)


def test_team_that_is_not_considered_is_trusted_as_in_the_beginning() -> None:
    model = market()
    customer = model.customers[0]
    customer.standard = 0.0
    customer.budget = math.inf
    (stranger, *_) = [team for team in model.teams if team not in customer.considers]
    fit = float(customer.care @ np.array(stranger.offer.care_taken))
    takeup = model.state.segments.takeup[customer.segment, stranger.row]
    wanted = customer.worth * fit * 0.7 - stranger.price + 2.0 * takeup
    assert customer.assess(stranger.offer) == pytest.approx(wanted, rel=1e-12)
    newcomer = Offer(None, stranger.price, stranger.offer.care_taken)
    wanted -= 2.0 * takeup
    assert customer.assess(newcomer) == pytest.approx(wanted, rel=1e-12)


def test_assess_knows_standard_budget_and_whether_it_is_made() -> None:
    customer = market().customers[0]
    customer.standard, customer.budget = 0.5, 2.0
    full = (1.0,) * 10
    assert math.isfinite(customer.assess(Offer(None, 2.0, full)))
    assert customer.assess(Offer(None, 2.1, full)) == -math.inf
    assert customer.assess(Offer(None, 2.0, (0.4,) * 10)) == -math.inf
    assert customer.assess(Offer(None, 2.0, full, made=False)) == -math.inf


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        (3, "is no offer"),
        ([0.5] * 10, "is no offer"),
        (Offer(None, 1.0, (0.5,) * 9), "10 numbers"),
        (Offer(5, 1.0, (0.5,) * 10), "0 to 4"),
    ],
)
def test_what_cannot_be_assessed(thing: Any, said: str) -> None:
    with pytest.raises(cs.ArgumentError, match=said):
        market(0).customers[0].assess(thing)


# --- committing


def test_commit_repeats_the_choice_of_the_last_cycle() -> None:
    model = market(0)
    assert all(customer.commit() is None for customer in model.customers)
    outcomes = set()
    for _ in range(30):
        model.step()
        for customer in model.customers:
            team = customer.commit()
            assert (-1 if team is None else team.row) == customer.committed_to
            assert team is None or team in customer.considers
            outcomes.add(customer.outcome)
    assert outcomes == {"status quo", "indecision", "kept", "broken"}


def test_commit_is_what_if_assessments_were_others() -> None:
    model = market()
    model.trust_at_choice[:] = 1.0  # nobody hesitates
    for customer in model.customers:
        for option, team in enumerate(customer.considers, start=1):
            assessment = np.zeros(4)
            assessment[option] = 1000.0
            customer.assessment = assessment
            committed = customer.committed_to
            assert customer.commit() is team
            assert customer.committed_to == committed
