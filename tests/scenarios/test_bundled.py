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
from culturesim.state.parameters import Floats
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


# What these promise is tested in test_gardens.py and test_rivals.py.
GARDENS = ("garden", "too-short", "mandate", "seeds", "champions-or-everyone")
RIVALS = ("buy-in", "insiders-first", "head-to-head", "newcomer", "three-books")


def test_every_bundled_scenario_is_accounted_for() -> None:
    of_cultures = EXECUTION_AHEAD.keys() | DISCOVERY_AHEAD.keys()
    assert sorted(cs.bundled_scenarios()) == sorted([*of_cultures, *GARDENS, *RIVALS])


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
@pytest.mark.parametrize("name", [*EXECUTION_AHEAD, *DISCOVERY_AHEAD])
def test_it_runs_and_balances(name: str, culture: str) -> None:
    scenario = cs.load_scenario(name)
    ensemble = cs.ensemble(scenario, culture, replications=3)
    world, (organization,) = scenario.world, scenario.organizations.values()
    assert ensemble.records.shape == (3, world.cycles, 1, len(NAMES))
    capacity = organization.capacity * organization.teams * world.cycles
    np.testing.assert_allclose(ensemble.values("effort"), capacity, rtol=EXACT)
    assert (ensemble.values("commitment_rate") > 0.0).all()
    np.testing.assert_array_equal(audit(scenario, culture, seed=0), ensemble.records[0])


@pytest.mark.parametrize("name", [*GARDENS, *RIVALS])
def test_it_runs_as_it_is_and_balances(name: str) -> None:
    """For each organization and cycle; what insiders contribute adds to its capacity."""
    scenario = cs.load_scenario(name)
    records = cs.ensemble(scenario, replications=3).records
    firms = scenario.organizations.values()
    assert records.shape == (3, scenario.world.cycles, len(firms), len(NAMES))
    of = {metric: records[..., m] for m, metric in enumerate(NAMES)}
    capacity = np.array([firm.capacity * firm.teams for firm in firms])
    balanced(of["effort"], capacity + of["effort_contributed"])
    assert (of["effort_contributed"] >= -EXACT).all()
    spent = of["effort"] - of["effort_withheld"]
    kinds = ("listening", "testing", "building", "serving")
    balanced(spent, sum(of[f"effort_{kind}"] for kind in kinds))
    balanced(of["net_value"], of["value_created"] - spent)
    balanced(
        of["waste"], sum(of[f"waste_{kind}"] for kind in ("unaccepted", "misdirected", "broken"))
    )
    balanced(of["value_created"], of["resources_committed"] + of["customer_surplus"])
    balanced(of["commitment_rate"].sum(axis=2) + of["no_decision_rate"][:, :, 0], 1.0)
    sizes, people = scenario.segment_sizes(), scenario.world.customers
    for o, firm in enumerate(scenario.organizations):
        assert of["commitment_rate"][..., o].max() > 0.0
        outside = sum(sizes[s] for s, x in scenario.segments.items() if x.kind == "external")
        inside = sum(sizes[s] for s, x in scenario.segments.items() if x.organization == firm)
        won = np.nan_to_num(of["commitment_external"][..., o]) * outside
        won = won + np.nan_to_num(of["commitment_internal"][..., o]) * inside
        balanced(won / people, of["commitment_rate"][..., o])
        if not inside:
            assert (of["effort_contributed"][..., o] == 0.0).all()
            assert (of["value_internal"][..., o] == 0.0).all()


def balanced(one: Floats, other: Floats | float) -> None:
    np.testing.assert_allclose(one, other, rtol=EXACT, atol=1e-6)


@pytest.mark.statistical
@pytest.mark.slow
@pytest.mark.parametrize(("name", "n"), EXECUTION_AHEAD.items())
def test_execution_is_ahead(name: str, n: int) -> None:
    assert paired_runs(name, n).lead() < -2.0


@pytest.mark.statistical
@pytest.mark.parametrize(("name", "n"), DISCOVERY_AHEAD.items())
def test_discovery_is_ahead(name: str, n: int) -> None:
    assert paired_runs(name, n).lead() > 2.0
