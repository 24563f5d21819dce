"""A market as a whole: sums, shares of the same customers, and means by what counts."""

from __future__ import annotations

import math

import numpy as np
import pytest

import culturesim as cs
from culturesim.model.market import MARKET, whole_market
from culturesim.model.measure import METRICS, NAMES
from culturesim.state.parameters import Floats

TEAMS = {"acme": 3, "rival": 1}


@pytest.fixture(scope="module")
def scenario() -> cs.Scenario:
    """Thirty customers: ten outside, five of acme's people, fifteen of the rival's."""
    rival = {"teams": TEAMS["rival"], "culture": "discovery"}
    return cs.load_scenario(
        "baseline",
        {
            "world.customers": 30,
            "organizations.acme.teams": TEAMS["acme"],
            "organizations.rival": rival,
            "segments.customers.share": 2,
            "segments.crew": {"kind": "internal", "organization": "acme", "share": 1},
            "segments.staff": {"kind": "internal", "organization": "rival", "share": 3},
        },
    )


def recorded(**values: tuple[float, float]) -> Floats:
    """One cycle of two organizations, which recorded 0 but for the metrics given."""
    records = np.zeros((1, 2, len(NAMES)))
    for name, both in values.items():
        records[0, :, NAMES.index(name)] = both
    return records


def market(scenario: cs.Scenario, metric: str, **values: tuple[float, float]) -> float:
    found = whole_market(scenario, recorded(**values))
    assert found.shape == (1, 1, len(NAMES))
    return float(found[0, 0, NAMES.index(metric)])


def test_amounts_and_commitments_add_up(scenario: cs.Scenario) -> None:
    for metric in METRICS:
        if metric.over_market == "sum":
            assert market(scenario, metric.name, **{metric.name: (1.5, -0.25)}) == 1.25


def test_what_is_said_of_all_customers_is_said_once(scenario: cs.Scenario) -> None:
    same = [metric.name for metric in METRICS if metric.over_market == "same"]
    assert "no_decision_rate" in same
    for name in same:
        assert market(scenario, name, **{name: (0.4, 0.4)}) == 0.4


def test_levels_are_means_over_all_teams(scenario: cs.Scenario) -> None:
    levels = [metric.name for metric in METRICS if metric.over_market == "teams"]
    assert "alignment" in levels
    for name in levels:
        assert market(scenario, name, **{name: (0.2, 0.6)}) == pytest.approx((3 * 0.2 + 0.6) / 4)


def test_who_has_no_value_is_left_out_of_a_mean(scenario: cs.Scenario) -> None:
    assert market(scenario, "trust", trust=(math.nan, 0.6)) == 0.6
    assert market(scenario, "trust", trust=(0.2, math.nan)) == pytest.approx(0.2)
    assert math.isnan(market(scenario, "trust", trust=(math.nan, math.nan)))


def test_buy_in_is_a_mean_over_all_insiders(scenario: cs.Scenario) -> None:
    assert scenario.segment_sizes() == {"customers": 10, "crew": 5, "staff": 15}
    both = (0.8, 0.4)
    assert market(scenario, "commitment_internal", commitment_internal=both) == pytest.approx(
        (5 * 0.8 + 15 * 0.4) / 20
    )


def test_broken_promises_are_by_promise(scenario: cs.Scenario) -> None:
    found = market(
        scenario,
        "broken_promise_rate",
        broken_promise_rate=(0.5, 0.1),
        commitment_rate=(0.1, 0.3),
    )
    assert found == pytest.approx((0.1 * 0.5 + 0.3 * 0.1) / 0.4)
    nobody = {"broken_promise_rate": (math.nan, math.nan), "commitment_rate": (0.0, 0.0)}
    assert math.isnan(market(scenario, "broken_promise_rate", **nobody))


def test_the_market_of_an_ensemble_is_that_of_its_records(scenario: cs.Scenario) -> None:
    ensemble = cs.ensemble(scenario.override({"world.cycles": 3}), replications=2, seed=1)
    assert ensemble.market.organizations == [MARKET]
    np.testing.assert_array_equal(ensemble.market.records, whole_market(scenario, ensemble.records))
