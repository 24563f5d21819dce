"""What a share of effort that goes into discovery costs through the learning curve.

A team with capacity B, of which the share l goes into listening and testing, builds with
e = B (1 - l) on the only concern there is. Experience X loses the share d_X a cycle and gains e;
each unit of effort is worth (1 + X / X0)^b, with X from before it; stock loses the share d. So

    X_t = e (1 - (1 - d_X)^t) / d_X, or e t where nothing is forgotten (d_X = 0),
    a_t = e sum_k (1 - d)^k (1 + X_{t-1-k} / X0)^b.

*With experience that is forgotten* X goes to e / d_X, and the stock to

    a = (B (1 - l) / d) (1 + B (1 - l) / (d_X X0))^b.

The share costs the factor, with g = B / (d_X X0) the experience in the long run in units of X0,

    a(l) / a(0) = (1 - l) ((1 + (1 - l) g) / (1 + g))^b.

It lies between 1 - l (no experience to speak of: g = 0) and (1 - l)^(1 + b) (a great deal of it):
each share l of discovery costs that share of the effort, and b times it, or less, of what effort
yields. With b = 0.2, a tenth costs 10 to 12 %.

*Without forgetting* there is no limit of the stock, but one of the factor. For great t the stock is
e / d (1 + e t / X0)^b up to a share of b / (d t), so that the factor is (1 - l)^(1 + b), with a
share of at most b X0 / ((1 - l) B t) of it more.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import culturesim as cs
from culturesim.state.parameters import Floats

CAPACITY = 10.0
SCALE = 20.0

# All building goes into the only concern there is, and nobody commits: nothing tapers.
ALONE: dict[str, Any] = {
    "world.concerns": 1,
    "world.customers": 5,
    "organizations.*.teams": 1,
    "organizations.*.capacity": CAPACITY,
    "production.experience_scale": SCALE,
    "production.saturation": 1e6,  # else a fit of 1 would be reached, and suit even them
    "segments.*.standard": 1,
    "segments.*.standard_spread": 0,
}


def built(
    share: float, cycles: int, decay: float, learning: float, forgotten: float
) -> tuple[Floats, Floats]:
    """Stock and experience after each cycle, of a team that gives `share` to discovery."""
    changes = {
        **ALONE,
        "production.decay": decay,
        "production.learning": learning,
        "production.experience_decay": forgotten,
        "cultures.discovery.listening": 0.4 * share,
        "cultures.discovery.testing": 0.6 * share,
    }
    model = cs.CultureModel(cs.load_scenario("baseline", changes), "discovery", seed=2)
    model.collects = False
    (team,) = model.teams
    stocks, experience = np.empty(cycles), np.empty(cycles)
    for cycle in range(cycles):
        model.step()
        stocks[cycle], experience[cycle] = team.performance[0], team.experience[0]
    spent = team.effort_listening + team.effort_testing
    assert spent == pytest.approx(share * CAPACITY, abs=1e-12)
    return stocks, experience


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5])
@pytest.mark.parametrize("forgotten", [0.0, 0.005, 0.2])
def test_stock_of_every_cycle(share: float, forgotten: float) -> None:
    """Not only in the limit: both sums of the derivation, to 1e-10."""
    decay, learning, cycles = 0.1, 0.3, 150
    stocks, experience = built(share, cycles, decay, learning, forgotten)
    effort, t = CAPACITY * (1.0 - share), np.arange(cycles + 1)
    limit = t if forgotten == 0.0 else (1.0 - (1.0 - forgotten) ** t) / forgotten
    np.testing.assert_allclose(experience, effort * limit[1:], rtol=1e-10)
    gains = effort * (1.0 + effort * limit[:-1] / SCALE) ** learning
    kept = (1.0 - decay) ** np.arange(cycles)
    np.testing.assert_allclose(stocks, np.convolve(gains, kept)[:cycles], rtol=1e-10)


@pytest.mark.parametrize("share", [0.05, 0.1, 0.3, 0.9])
@pytest.mark.parametrize("learning", [0.0, 0.2, 1.0])
@pytest.mark.parametrize("forgotten", [0.02, 0.3, 1.0])
def test_cost_in_the_long_run(share: float, learning: float, forgotten: float) -> None:
    """The factor in closed form, to 1e-7, after 1 000 cycles: 0.98^1000 is below 2e-9."""
    decay = 0.1
    stocks, _ = built(share, 1000, decay, learning, forgotten)
    without, _ = built(0.0, 1000, decay, learning, forgotten)
    g = CAPACITY / (forgotten * SCALE)
    limit = CAPACITY / decay * (1.0 + g) ** learning
    assert without[-1] == pytest.approx(limit, rel=1e-7)
    factor = (1.0 - share) * ((1.0 + (1.0 - share) * g) / (1.0 + g)) ** learning
    assert stocks[-1] / without[-1] == pytest.approx(factor, rel=1e-7)
    assert (1.0 - share) ** (1.0 + learning) <= factor <= 1.0 - share


@pytest.mark.parametrize("share", [0.1, 0.5])
@pytest.mark.parametrize("learning", [0.2, 0.8])
def test_cost_where_nothing_is_forgotten(share: float, learning: float) -> None:
    """After 4 000 cycles the factor is its limit, and no more above it than the bound allows."""
    cycles, decay = 4000, 0.1
    stocks, _ = built(share, cycles, decay, learning, 0.0)
    without, _ = built(0.0, cycles, decay, learning, 0.0)
    limit = (1.0 - share) ** (1.0 + learning)
    above = stocks / without / limit - 1.0
    bound = learning * SCALE / ((1.0 - share) * CAPACITY * cycles)
    assert 0.0 < above[-1] < bound < 1e-3
    assert above[0] > 10.0 * bound  # in the first cycles it costs hardly more than the effort
