"""By name, by path, or as it is: a scenario is loaded, and bundled ones say what they are for."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from culturesim.errors import ArgumentError
from culturesim.scenario import bundled_scenarios, load_scenario
from tests.scenario.catch import caught

ROOT = Path(__file__).resolve().parents[2]
BUNDLED = tuple(bundled_scenarios())
VARIATIONS = (
    "baseline",
    "churning-market",
    "known-market",
    "rising-standards",
    "shock",
    "strong-status-quo",
    "unknown-market",
)


def test_list_of_bundled_scenarios() -> None:
    """Every file of the folder, baseline first."""
    names = {file.stem for file in (ROOT / "scenarios").glob("*.toml")}
    assert list(BUNDLED) == ["baseline", *sorted(names - {"baseline"})]
    assert names > {*VARIATIONS, "two-segments"}


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_scenario_loads_and_says_what_it_is_for(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    scenario = load_scenario(name)
    assert scenario.name == name
    assert scenario.source == f"bundled:{name}"
    head = bundled_scenarios()[name]
    assert (scenario.title, scenario.about, scenario.expect) == tuple(head)
    assert all(len(text) > 20 for text in head)


def test_variations_change_only_what_they_are_about() -> None:
    baseline = load_scenario("baseline")
    changed = {
        name: {path: mine for path, mine, _ in load_scenario(name).differences(baseline)}
        for name in VARIATIONS
    }
    accuracy, memory = "organizations.acme.prior.accuracy", "world.care_memory"
    assert changed["baseline"] == {}
    assert changed["known-market"] == {accuracy: 0.95, memory: math.inf}
    assert changed["unknown-market"] == {accuracy: 0, memory: 120}
    assert changed["churning-market"] == {accuracy: 0.95, memory: 5}
    assert changed["strong-status-quo"] == {"segments.customers.status_quo": 0.34}
    assert changed["rising-standards"] == {"segments.customers.standard_drift": 0.02}
    assert changed["shock"]["shocks.turn.cycle"] == 60
    assert load_scenario("two-segments").segment_sizes() == {"households": 225, "firms": 75}


def test_scenario_passes_through() -> None:
    scenario = load_scenario("baseline")
    assert load_scenario(scenario) is scenario
    assert load_scenario(scenario, {}) is scenario
    assert load_scenario(scenario, {"world.cycles": 3}).world.cycles == 3


@pytest.mark.parametrize("argument", [3, None, ["baseline"], {"world": {}}])
def test_what_is_no_scenario_at_all(argument: Any) -> None:
    assert isinstance(caught(argument), ArgumentError)
