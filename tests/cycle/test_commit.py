"""Commit: each customer commits to one offer, puts it off, or does nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest

from culturesim.cycle.commit import commit
from culturesim.scenario import Scenario
from culturesim.scenario.params import parameters
from culturesim.state.columns import COMMITTED, INDECISION, STATUS_QUO
from culturesim.state.parameters import Address
from tests.cycle._worlds import (
    WORLDS,
    Columns,
    Draws,
    begun,
    check,
    columns_of,
    insiders,
    scrambled,
    segment_of,
    world,
)


def twin(c: Columns, scenario: Scenario, draws: Draws) -> None:
    for i, assessment in enumerate(c["customers.assessment"]):
        segment = segment_of(c, scenario, i)
        luck = draws.uniforms("choice", i)
        if segment.choice_noise > 0:
            odds = np.exp((assessment - assessment.max()) / segment.choice_noise)
        else:
            odds = np.eye(len(assessment))[np.argmax(assessment)]
        c["customers.odds"][i] = odds
        ends = np.cumsum(odds) / odds.sum()
        choice = int(np.argmax(luck[0] < ends))
        outcome = 0
        if choice > 0:
            trust = c["customers.trust"][i, choice - 1]
            put_off = luck[1] < 1 - math.exp(-segment.indecision * (1 - trust))
            outcome = 1 if put_off else 2
            choice = 0 if put_off else choice
        c["customers.choice"][i] = choice
        c["customers.outcome"][i] = outcome
        c["customers.committed_to"][i] = c["customers.considered"][i, choice - 1] if choice else -1
    for j in range(len(c["teams.belief"])):
        mine = c["customers.committed_to"] == j
        c["teams.commitments"][j] = mine.sum()
        c["teams.internal_commitments"][j] = (mine & insiders(c, scenario)).sum()
        for s in range(len(c["segments.takeup"])):
            c["segments.takeup"][s, j] = mine[c["customers.segment"] == s].mean()


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_twin(name: str, seed: int) -> None:
    scenario = world(name)
    check(commit, twin, scenario, scrambled(scenario, seed), seed=seed, cycle=seed)


@pytest.mark.parametrize("noise", [0.0, 0.1, 3.0])
@pytest.mark.parametrize("indecision", [0.0, 1.0, 100.0])
def test_twin_with_more_customers(noise: float, indecision: float) -> None:
    scenario = world(
        world__customers=120,
        segments__households__choice_noise=noise,
        segments__households__indecision=indecision,
        segments__firms__choice_noise=0.5,
    )
    check(commit, twin, scenario, scrambled(scenario, 8))


def test_nothing_acceptable_is_no_decision() -> None:
    scenario = world()
    state = scrambled(scenario, 1)
    c = columns_of(state)
    c["customers.assessment"][:, 1:] = -math.inf
    commit(Address(1, 1), parameters(scenario), state)
    assert (c["customers.choice"] == 0).all()
    assert (c["customers.committed_to"] == -1).all()
    assert (c["customers.outcome"] == STATUS_QUO).all()
    assert (c["teams.commitments"] == 0).all()
    assert (c["segments.takeup"] == 0).all()


@pytest.mark.parametrize(
    ("indecision", "trust", "outcome"),
    [(0.0, 0.0, COMMITTED), (100.0, 0.0, INDECISION), (100.0, 1.0, COMMITTED)],
)
def test_offer_preferred_is_put_off_for_lack_of_trust(
    indecision: float, trust: float, outcome: int
) -> None:
    scenario = world(**{"segments__*__indecision": indecision})
    state = begun(scenario)
    c = columns_of(state)
    c["customers.assessment"][...] = [0.0, 900.0, 0.0, 0.0]
    c["customers.trust"][...] = trust
    commit(Address(1, 1), parameters(scenario), state)
    assert (c["customers.outcome"] == outcome).all()
    assert (c["customers.choice"] == (outcome == COMMITTED)).all()


@pytest.mark.statistical
def test_share_that_chooses_and_share_that_puts_off() -> None:
    """n = 300 customers x 20 cycles, seed 1; the logit's and the deferral's closed forms.

    Both within 5 standard errors of a binomial: chance of a false alarm 6e-7 each.
    """
    scenario = world(world__customers=300, **{"segments__*__choice_noise": 0.5})
    state = begun(scenario)
    c = columns_of(state)
    c["customers.assessment"][...] = [1.32, 1.6, -math.inf, -math.inf]
    c["customers.trust"][...] = 0.4
    outcomes = []
    for cycle in range(20):
        commit(Address(1, cycle), parameters(scenario), state)
        outcomes.append(c["customers.outcome"].copy())
    n = 300 * 20
    prefer = 1 / (1 + math.exp((1.32 - 1.6) / 0.5))
    put_off = prefer * (1 - math.exp(-0.5 * 0.6))
    for share, code in ((1 - prefer, STATUS_QUO), (put_off, INDECISION)):
        found = np.mean(np.array(outcomes) == code)
        assert abs(found - share) < 5 * math.sqrt(share * (1 - share) / n)
