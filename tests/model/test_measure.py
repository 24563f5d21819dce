"""What a run records: the table of metrics, and each figure against the state it is made from."""

from __future__ import annotations

import numpy as np
import pytest

import culturesim as cs
from culturesim.model.engine import Setup
from culturesim.model.measure import METRICS, NAMES
from culturesim.state.columns import INDECISION, STATUS_QUO
from culturesim.state.parameters import Floats

CYCLES = 25


@pytest.fixture(scope="module")
def setup() -> Setup:
    changes = {
        "world.customers": 50,
        "organizations.*.teams": 5,
        "world.cycles": CYCLES,
        "organizations.*.prior.accuracy": 0.9,
        "production.saturation": 20,
    }
    return Setup(cs.load_scenario("baseline", changes), "discovery")


def test_each_metric_is_one_row_of_the_table() -> None:
    assert len(set(NAMES)) == len(NAMES)
    for metric in METRICS:
        assert metric.unit
        assert metric.meaning[0].islower()
        assert metric.name == metric.name.lower()
        assert metric.over_run in ("sum", "mean", "mean of commitments")
        assert metric.better in ("more", "less", "neither")


def test_amounts_are_summed_and_shares_are_not() -> None:
    for metric in METRICS:
        assert (metric.over_run == "sum") == (metric.unit in ("effort", "resources")), metric.name


def test_waste_is_better_less_and_value_more() -> None:
    better = {metric.name: metric.better for metric in METRICS}
    assert {m for m, b in better.items() if b == "less"} == {
        *(name for name in NAMES if name.startswith(("waste", "no_decision"))),
        "broken_promise_rate",
    }
    assert better["value_created"] == better["net_value"] == better["alignment"] == "more"


def test_levels_are_means_of_what_teams_and_customers_hold(setup: Setup) -> None:
    state = setup.start(3)
    records = setup.empty_records()
    seen = dict.fromkeys(("broken", "indecision"), False)
    for cycle in range(CYCLES):
        setup.advance(3, cycle, cycle + 1, state, records)
        row = dict(zip(NAMES, records[cycle, 0].tolist(), strict=True))
        teams, customers = state.teams, state.customers
        for skill in ("listening_skill", "test_skill", "culture"):
            assert row[skill] == pytest.approx(teams.record[skill].mean(), rel=1e-12)
        assert row["trust"] == pytest.approx(
            customers.trust[customers.considered >= 0].mean(), rel=1e-12
        )
        assert row["alignment"] == pytest.approx(
            cosines(teams.belief, teams.care_in_reach).mean(), rel=1e-12
        )
        outcome = customers.outcome
        assert row["no_decision_status_quo"] == pytest.approx((outcome == STATUS_QUO).mean())
        assert row["no_decision_indecision"] == pytest.approx((outcome == INDECISION).mean())
        seen["broken"] |= row["broken_promise_rate"] > 0
        seen["indecision"] |= row["no_decision_indecision"] > 0
    assert all(seen.values())


def cosines(a: Floats, b: Floats) -> Floats:
    lengths = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    cosine: Floats = (a * b).sum(axis=1) / lengths
    return cosine


@pytest.mark.parametrize(
    ("culture", "mean", "majority"),
    [("execution", 0.0, 0.0), ("discovery", 1.0, 1.0), (0.5, 0.5, 0.0), (0.51, 0.51, 1.0)],
)
def test_culture_is_the_propensity_and_a_majority_is_more_than_half(
    culture: str | float, mean: float, majority: float
) -> None:
    changes = {"organizations.*.culture": culture, "world.cycles": 3, "world.customers": 20}
    cycles = cs.simulate(cs.load_scenario("baseline", changes)).cycles
    np.testing.assert_allclose(cycles["culture"], mean)
    assert set(cycles["culture_majority"]) == {majority}


def test_where_nobody_can_be_reached_there_is_no_alignment_and_no_trust() -> None:
    """Customers consider teams of their own segment only, and no team is at home there."""
    changes = {
        "segments.*.segment_focus": 1,
        "segments.others": {"segment_focus": 1},
        "organizations.*.home": ["others"],
        "organizations.*.teams": 40,
        "world.customers": 4,
        "world.cycles": 3,
    }
    some = cs.simulate(cs.load_scenario("baseline", changes)).cycles
    assert some["alignment"].notna().all()  # of the teams that somebody considers
    changes["segments.others"] = {"segment_focus": 1, "attention": 1}
    changes["segments.customers.attention"] = 1
    setup = Setup(cs.load_scenario("baseline", changes))
    state = setup.start(0)
    assert (state.teams.record["reach_size"] == 0).sum() >= 36
    state.customers.considered[:] = -1
    state.teams.record["reach_size"] = 0
    records = setup.empty_records()
    setup.advance(0, 0, 3, state, records)
    for name in ("alignment", "trust", "broken_promise_rate"):
        assert np.isnan(records[..., NAMES.index(name)]).all()
    assert (records[..., NAMES.index("no_decision_rate")] == 1.0).all()
