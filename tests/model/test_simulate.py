"""One run and many: what they take, what they refuse, and what comes back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import culturesim as cs
from culturesim.model.measure import NAMES
from culturesim.model.simulate import CHUNK, check_count, processors

SMALL = {"world.customers": 20, "organizations.*.teams": 3, "world.cycles": 4}


@pytest.fixture(scope="module")
def scenario() -> cs.Scenario:
    return cs.load_scenario("baseline", SMALL)


def test_a_scenario_by_name_by_path_and_by_value(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('extends = "baseline"\n[world]\ncycles = 3\ncustomers = 20\n')
    by_path = cs.simulate(path, seed=4)
    by_value = cs.simulate(cs.load_scenario(path), seed=4)
    by_text = cs.simulate(str(path), seed=4)
    assert by_path.records.tobytes() == by_value.records.tobytes() == by_text.records.tobytes()
    assert by_path.records.shape == (3, 1, len(NAMES))
    assert cs.simulate("baseline").scenario == cs.load_scenario("baseline")


def test_culture_is_what_the_scenario_says_unless_given(scenario: cs.Scenario) -> None:
    said = cs.simulate(scenario.override({"organizations.*.culture": "discovery"}), seed=1)
    given = cs.simulate(scenario, culture="discovery", seed=1)
    neither = cs.simulate(scenario, seed=1)
    assert said.records.tobytes() == given.records.tobytes() != neither.records.tobytes()
    assert (said.culture, given.culture) == (None, "discovery")
    assert given.scenario.organizations["acme"].culture == "discovery"


def test_same_seed_same_run_another_seed_another(scenario: cs.Scenario) -> None:
    runs = [cs.simulate(scenario, seed=seed).records.tobytes() for seed in (1, 1, 2)]
    assert runs[0] == runs[1] != runs[2]
    largest = cs.simulate(scenario, seed=2**63 - 1)
    assert largest.records.tobytes() not in runs
    assert largest.summary["seed"].tolist() == [2**63 - 1]


@pytest.mark.parametrize("run", [cs.simulate, cs.ensemble])
def test_wrong_culture(run: Any, scenario: cs.Scenario) -> None:
    with pytest.raises(cs.ArgumentError) as caught:
        run(scenario, culture="discovry")
    assert (caught.value.key, caught.value.nearest) == ("discovry", "discovery")
    assert "customer_development" in str(caught.value.allowed)


@pytest.mark.parametrize("run", [cs.simulate, cs.ensemble])
def test_wrong_scenario(run: Any) -> None:
    with pytest.raises(cs.ScenarioError, match="baseline"):
        run("basline")


@pytest.mark.parametrize("run", [cs.simulate, cs.ensemble])
@pytest.mark.parametrize("seed", [-1, 0.5, 2**63])
def test_wrong_seed(run: Any, seed: Any, scenario: cs.Scenario) -> None:
    with pytest.raises(cs.ArgumentError) as caught:
        run(scenario, seed=seed)
    assert caught.value.key == "seed"


@pytest.mark.parametrize("name", ["replications", "workers"])
@pytest.mark.parametrize("number", [0, -3, 2.0, "2", True])
def test_wrong_count(name: str, number: Any, scenario: cs.Scenario) -> None:
    with pytest.raises(cs.ArgumentError) as caught:
        cs.ensemble(scenario, **{name: number})
    assert (caught.value.key, caught.value.found) == (name, repr(number))
    assert caught.value.allowed == "a whole number, 1 or more"


def test_counts_may_be_numpys() -> None:
    three: Any = np.int64(3)
    assert check_count("replications", three) == 3
    assert type(check_count("replications", three)) is int


def test_each_organization_has_records_of_its_own(scenario: cs.Scenario) -> None:
    rivals = scenario.override({"organizations.rival": {"teams": 2, "culture": "discovery"}})
    ensemble = cs.ensemble(rivals, replications=3)
    assert ensemble.records.shape == (3, 4, 2, len(NAMES))
    assert ensemble.runs["organization"].tolist() == [*rivals.organizations] * 3
    assert ensemble.runs["culture"].tolist() == ["execution", "discovery"] * 3
    one, other = (ensemble.of(name).values("effort_testing") for name in rivals.organizations)
    assert (one == 0.0).all()
    assert (other > 0.0).all()


def test_organizations_stand_side_by_side(scenario: cs.Scenario) -> None:
    two = scenario.override({"organizations.rival": {"teams": 2}})
    ensemble = cs.ensemble(two, replications=2)
    assert ensemble.records.shape == (2, 4, 2, len(NAMES))
    assert ensemble.organizations == ["acme", "rival"]


def test_shape_of_records(scenario: cs.Scenario) -> None:
    ensemble = cs.ensemble(scenario, replications=2 * CHUNK + 1, workers=2)
    assert ensemble.records.shape == (2 * CHUNK + 1, 4, 1, len(NAMES))
    assert len(ensemble.seeds) == 2 * CHUNK + 1
    assert ensemble.seeds[0] == 0


def test_shock_and_entry_happen_in_their_cycle(scenario: cs.Scenario) -> None:
    longer = scenario.override({"world.cycles": 12, "world.care_memory": 0})
    shocked = longer.override({"shocks.turn": {"cycle": 5, "size": 1}})
    calm, turned = (cs.simulate(s, "discovery", seed=1).cycles for s in (longer, shocked))
    assert calm.iloc[:5].equals(turned.iloc[:5])
    assert calm["alignment"][5] != turned["alignment"][5]
    market = {
        "organizations.*.entry": 6,
        "organizations.*.prior.accuracy": 1,
        "production.saturation": 5,
    }
    late = cs.simulate(longer.override(market), seed=1).cycles
    assert (late["commitment_rate"][:6] == 0).all()
    assert late["commitment_rate"][6] > 0


def test_processors_are_those_of_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 1 <= processors() <= (os.cpu_count() or 1)
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert processors() == 1
