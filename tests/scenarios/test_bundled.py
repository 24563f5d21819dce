"""Every bundled scenario says what it is for, runs, balances, and shows what it should.

n = 60 pairs unless said otherwise, seed 20. Discovery's lead is 0.9 (shock) to 1.9 standard
deviations of the paired difference, so 60 pairs make a lead of 6.7 standard errors or more in the
right direction; execution's lead is 6 in the known market. In the churning market it is 0.21: 1 500
pairs make 8. Two standard errors are asked for, so that chance alone would pass once in 44, and
correct code fails with a probability below 2e-6 (shock) and far less elsewhere.
"""

from __future__ import annotations

import numpy as np
import pytest

import culturesim as cs
from culturesim.model.measure import NAMES
from tests.laws.books import EXACT, audit
from tests.patterns.pairs import paired_runs

N = 60
N_CHURNING = 1500

EXECUTION_AHEAD = {"known-market": N, "churning-market": N_CHURNING}
DISCOVERY_AHEAD = {
    "baseline": N,
    "unknown-market": N,
    "strong-status-quo": N,
    "two-segments": N,
    "rising-standards": N,
    "shock": 80,
}


def test_every_bundled_scenario_is_accounted_for() -> None:
    assert set(cs.bundled_scenarios()) == EXECUTION_AHEAD.keys() | DISCOVERY_AHEAD.keys()


@pytest.mark.parametrize("name", cs.bundled_scenarios())
def test_it_says_what_it_is_for(name: str) -> None:
    scenario = cs.load_scenario(name)
    assert scenario.name == name
    assert len(scenario.title) > 10
    assert "\n" not in scenario.title
    assert len(scenario.about.split()) > 10
    assert len(scenario.expect.split()) > 20
    assert "execution" in scenario.expect.lower() or "discovery" in scenario.expect.lower()


@pytest.mark.parametrize("culture", ["execution", "discovery"])
@pytest.mark.parametrize("name", cs.bundled_scenarios())
def test_it_runs_and_balances(name: str, culture: str) -> None:
    scenario = cs.load_scenario(name)
    ensemble = cs.ensemble(scenario, culture, replications=3)
    world, (organization,) = scenario.world, scenario.organizations.values()
    assert ensemble.records.shape == (3, world.cycles, 1, len(NAMES))
    capacity = organization.capacity * organization.teams * world.cycles
    np.testing.assert_allclose(ensemble.values("effort"), capacity, rtol=EXACT)
    assert (ensemble.values("commitment_rate") > 0.0).all()
    np.testing.assert_array_equal(audit(scenario, culture, seed=0), ensemble.records[0])


@pytest.mark.statistical
@pytest.mark.slow
@pytest.mark.parametrize(("name", "n"), EXECUTION_AHEAD.items())
def test_execution_is_ahead(name: str, n: int) -> None:
    assert paired_runs(name, n).lead() < -2.0


@pytest.mark.statistical
@pytest.mark.parametrize(("name", "n"), DISCOVERY_AHEAD.items())
def test_discovery_is_ahead(name: str, n: int) -> None:
    assert paired_runs(name, n).lead() > 2.0
