"""Choice: the logit's share in a market where nothing else goes on."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import stats

import culturesim as cs

CUSTOMERS = 20_000
FALSE_ALARM = 1e-6

# One team that everybody trusts and nobody is bound to; all customers care about the same single
# thing, so that the team's fit is one number.
STILL: dict[str, Any] = {
    "world.concerns": 1,
    "world.customers": CUSTOMERS,
    "world.cycles": 6,
    "organizations.*.teams": 1,
    "segments.*.standard": 0,
    "segments.*.standard_spread": 0,
    "segments.*.switching_cost": 0,
    "trust.initial": 1,
    "production.defect": 0,
    "production.serving": 0,
}


def shares(changes: dict[str, Any], seed: int) -> tuple[cs.Scenario, list[float], list[float]]:
    """Share that committed, and the team's fit, cycle by cycle."""
    scenario = cs.load_scenario("baseline", {**STILL, **changes})
    model = cs.CultureModel(scenario, "execution", seed)
    committed, fits = [], []
    for _ in range(scenario.world.cycles):
        model.step()
        committed.append(model.commitment_rate)
        fits.append(float(model.teams[0].offer.care_taken[0]))
        assert np.allclose(model.state.customers.fit, fits[-1])
    return scenario, committed, fits


@pytest.mark.statistical
@pytest.mark.parametrize("noise", [0.1, 0.5, 2.0])
def test_share_of_one_offer_against_doing_nothing(noise: float) -> None:
    """n = 20 000 customers in 6 cycles, seed 1: within the binomial bounds of 1e-6 / 6 each."""
    scenario, committed, fits = shares({"segments.*.choice_noise": noise}, seed=1)
    segment, (organization,) = scenario.segments["customers"], scenario.organizations.values()
    for share, fit in zip(committed, fits, strict=True):
        better = segment.worth * fit - organization.price - segment.worth * segment.status_quo
        p = 1.0 / (1.0 + math.exp(-better / noise))
        low, high = stats.binom.interval(1.0 - FALSE_ALARM / 6, CUSTOMERS, p)
        assert low <= share * CUSTOMERS <= high


def test_without_noise_the_better_option_is_taken_by_all() -> None:
    scenario, committed, fits = shares({"segments.*.choice_noise": 0}, seed=2)
    segment, (organization,) = scenario.segments["customers"], scenario.organizations.values()
    better = [segment.worth * (fit - segment.status_quo) > organization.price for fit in fits]
    assert committed == [float(yes) for yes in better]
    assert {True, False} == set(better)  # the offer becomes good enough in the course of the run


@pytest.mark.statistical
def test_indecision_puts_off_its_share() -> None:
    """n = 20 000 customers, seed 3: everybody prefers the offer, and trust is 0.4 in cycle 0.

    Deferred: 1 - exp(-indecision · 0.6), within the binomial bounds of 1e-6.
    """
    changes = {
        "trust.initial": 0.4,
        "segments.*.indecision": 1.5,
        "segments.*.worth": 1000,
        "segments.*.status_quo": 0,
        "segments.*.choice_noise": 0,
        "world.cycles": 1,
    }
    _, (committed,), _ = shares(changes, seed=3)
    low, high = stats.binom.interval(1.0 - FALSE_ALARM, CUSTOMERS, math.exp(-1.5 * 0.6))
    assert low <= committed * CUSTOMERS <= high


@pytest.mark.statistical
def test_odds_between_two_offers_do_not_depend_on_a_third() -> None:
    """Independence of irrelevant alternatives: three offers, then the third becomes too dear.

    n = 20 000 customers, seed 4. Among those who take one of the first two offers, the share of the
    first is p = 1 / (1 + exp(-difference / noise)) in both worlds, within the binomial bounds of
    1e-6 / 2 each. The difference is that of what they can do: the fits differ.
    """
    took = []
    for price_of_third in (1.0, 9.0):
        changes = {
            "world.concerns": 3,
            "world.cycles": 1,
            "world.care_spread": 0,
            "production.saturation": 10,
            "segments.*.budget": 5,
            "segments.*.attention": 3,
            "organizations.acme.capacity": 8,
            "organizations.second": {"teams": 1, "capacity": 10},
            "organizations.third": {"teams": 1, "capacity": 12, "price": price_of_third},
        }
        model = cs.CultureModel(cs.load_scenario("baseline", {**STILL, **changes}), seed=4)
        model.step()
        segment, customers = model.spec.segments["customers"], model.state.customers
        fits = [float(customers.care[0] @ team.offer.care_taken) for team in model.teams]
        assert fits[0] < fits[1] - 0.02
        p = 1.0 / (1.0 + math.exp(-segment.worth * (fits[0] - fits[1]) / segment.choice_noise))
        took.append([team.commitments for team in model.teams])
        n = took[-1][0] + took[-1][1]
        assert n > 5000
        low, high = stats.binom.interval(1.0 - FALSE_ALARM / 2, n, p)
        assert low <= took[-1][0] <= high
    assert took[0][2] > 5000
    assert took[1][2] == 0
    assert took[1][0] > 1.2 * took[0][0]  # where the third is too dear, the others get its share
