"""The books balance: for every team and cycle, in every scenario."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import culturesim as cs
from culturesim.model.measure import NAMES
from tests.laws.books import audit
from tests.laws.scenarios import CULTURES, scenarios


@pytest.mark.parametrize("culture", CULTURES)
@pytest.mark.parametrize("name", cs.bundled_scenarios())
def test_books_of_every_bundled_scenario(name: str, culture: str) -> None:
    records = audit(cs.load_scenario(name), culture)
    assert records[..., NAMES.index("waste")].sum() > 0.0


def test_books_where_teams_take_turns() -> None:
    """A propensity of one half mixes both stances, and with them the shares of effort."""
    scenario = cs.load_scenario("baseline", {"organizations.*.culture": 0.5})
    records = audit(scenario)
    listening = records[:, 0, NAMES.index("effort_listening")]
    assert len(np.unique(listening)) > 10


def test_books_of_a_gate_that_holds_everything() -> None:
    """Nothing is ever validated: all building is withheld, and nobody commits to nothing."""
    scenario = cs.load_scenario(
        "baseline",
        {"cultures.discovery.gate": 1, "cultures.discovery.validation": 1e-9, "world.cycles": 12},
    )
    records = audit(scenario, "discovery")
    assert records[..., NAMES.index("effort_building")].max() == 0.0
    assert records[..., NAMES.index("effort_withheld")].min() > 0.0
    assert records[..., NAMES.index("commitment_rate")].max() == 0.0
    assert np.isnan(records[..., NAMES.index("broken_promise_rate")]).all()


def test_books_where_more_is_promised_than_can_be_served() -> None:
    scenario = cs.load_scenario(
        "known-market",
        {"production.serving": 2, "production.serving_cap": 1, "organizations.*.teams": 3},
    )
    records = audit(scenario, "execution")
    busy = records[..., NAMES.index("effort_serving")] / records[..., NAMES.index("effort")]
    assert busy.max() > 0.99
    assert np.nanmax(records[..., NAMES.index("broken_promise_rate")]) > 0.3


def test_books_of_insiders_whose_effort_comes_back() -> None:
    scenario = cs.load_scenario(
        "known-market",
        {
            "segments.staff": {"kind": "internal", "share": 1},
            "organizations.*.price": 2,
            "production.serving": 3,
            "world.cycles": 40,
        },
    )
    records = audit(scenario, "execution")
    found = {name: records[:, 0, NAMES.index(name)] for name in NAMES}
    assert found["effort_contributed"].max() > 10
    assert found["effort"].max() > 12 * 10
    assert (found["commitment_internal"] != found["commitment_external"]).any()


def test_books_of_a_garden_with_a_rival() -> None:
    """Cultures grow and are led in two organizations that differ in everything."""
    scenario = cs.load_scenario("baseline", {**RIVALS, "world.cycles": 60})
    records = audit(scenario)
    culture = records[..., NAMES.index("culture")]
    assert (np.abs(np.diff(culture, axis=0)) > 0).all(axis=1).mean() > 0.9
    assert np.isnan(records[:, 0, NAMES.index("commitment_internal")]).all()  # staff of the rival
    assert records[:, 1, NAMES.index("commitment_internal")].max() > 0.1
    for o in range(2):
        assert records[:, o, NAMES.index("commitment_external")].max() > 0.1


RIVALS: dict[str, Any] = {
    "organizations.acme.culture": 0.4,
    "organizations.acme.teams": 6,
    "organizations.rival": {
        "teams": 5,
        "capacity": 7,
        "price": 0.5,
        "entry": 3,
        "culture": 0.8,
        "poles": ["lean_startup", "running_lean"],
        "home": ["customers"],
    },
    "segments.*.standard": 0.2,
    "segments.staff": {"kind": "internal", "organization": "rival", "standard": 0.1},
    "growth.on": True,
    "growth.degree": 2,
    "growth.rewiring": 0.3,
    "leadership": [
        {"kind": "cultivate", "from": 5, "to": 20, "strength": 0.1},
        {
            "kind": "seed",
            "from": 10,
            "strength": 0.9,
            "target": "cluster",
            "teams": 2,
            "organizations": ["rival"],
        },
    ],
}


@pytest.mark.slow
@settings(max_examples=200)
@given(scenario=scenarios(), seed=st.integers(0, 2**63 - 1))
def test_books_of_any_scenario(scenario: cs.Scenario, seed: int) -> None:
    audit(scenario, None, seed)
