"""Diffusion: peers alone spread an offer as internal influence does in Bass's model."""

from __future__ import annotations

import math

import numpy as np
import pytest

import culturesim as cs
from culturesim.model.measure import NAMES
from culturesim.state.parameters import Floats

CUSTOMERS = 60_000
CYCLES = 40


def takeup(peer_influence: float, doubt: float) -> Floats:
    """Share that committed in each cycle; without peers the offer is worse by `doubt`.

    One team, one concern, everything lost and built anew each cycle: a fit of 1 - exp(-capacity /
    saturation) from the first cycle on. Nothing is at stake but what others do.
    """
    fit = 1.0 - math.exp(-1.0)
    changes = {
        "world.concerns": 1,
        "world.customers": CUSTOMERS,
        "world.cycles": CYCLES,
        "organizations.*.teams": 1,
        "organizations.*.capacity": 10,
        "organizations.*.price": 0.5,
        "production.decay": 1,
        "production.learning": 0,
        "production.saturation": 10,
        "production.serving": 0,
        "production.defect": 0,
        "cultures.execution.listening": 0,
        "segments.*.standard": 0,
        "segments.*.standard_spread": 0,
        "segments.*.worth": 60,
        "segments.*.status_quo": fit - (0.5 - doubt) / 60,
        "segments.*.switching_cost": 0,
        "segments.*.choice_noise": 1,
        "segments.*.peer_influence": peer_influence,
        "trust.initial": 1,
    }
    run = cs.simulate(cs.load_scenario("baseline", changes), culture="execution", seed=2)
    committed: Floats = run.records[:, 0, NAMES.index("commitment_rate")]
    return committed


@pytest.mark.statistical
@pytest.mark.parametrize(("peer_influence", "doubt"), [(0.0, 0.0), (2.0, 1.0), (6.0, 3.5)])
def test_share_follows_the_logit_of_what_peers_did(peer_influence: float, doubt: float) -> None:
    """n = 60 000 customers, seed 2: each cycle given the one before is binomial.

    Forty cycles, six standard errors each: false alarm 8e-8.
    """
    shares = takeup(peer_influence, doubt)
    before = np.concatenate([[0.0], shares[:-1]])
    p = 1.0 / (1.0 + np.exp(doubt - peer_influence * before))
    error = np.sqrt(p * (1.0 - p) / CUSTOMERS)
    assert (np.abs(shares - p) < 6.0 * error).all()


@pytest.mark.statistical
def test_few_followers_are_bass_in_its_linear_regime() -> None:
    """While few have taken it up: x' = p + q x, with p external and q internal influence.

    q = peer_influence p (1 - p); the share settles at p / (1 - q). n = 60 000 customers, 30 cycles,
    seed 2, q = 0.15: neighbouring cycles are nearly independent, so the mean's standard error is
    that of a binomial over (1 - q); five of them are allowed (false alarm 6e-7), and 3 % for the
    curve's second order, q² / 2 and more.
    """
    doubt = 5.0
    p = 1.0 / (1.0 + math.exp(doubt))
    peers = 0.15 / (p * (1.0 - p))
    settled = p / (1.0 - 0.15)
    shares = takeup(peers, doubt)[10:]
    error = math.sqrt(settled / CUSTOMERS / len(shares)) / (1.0 - 0.15)
    assert abs(shares.mean() - settled) < 5.0 * error + 0.03 * settled
    assert shares.mean() > 1.05 * p  # peers do matter


def test_peers_can_carry_a_market_over() -> None:
    """Beyond the threshold an S-curve: slow, then fast, then full; without peers nothing moves."""
    shares = takeup(9.0, 2.5)
    steps = np.diff(shares)
    assert shares[0] < 0.1
    assert shares[-1] > 0.95
    assert 0 < int(steps.argmax()) < 15
    alone = takeup(0.0, 2.5)
    assert alone.max() < 0.09
