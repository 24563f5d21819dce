"""What a run records: the table of metrics, and each figure against the state it is made from."""

from __future__ import annotations

import numpy as np
import pytest

import culturesim as cs
from culturesim.model.engine import Setup
from culturesim.model.measure import METRICS, NAMES
from culturesim.state.columns import INDECISION, KEPT, STATUS_QUO
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


def recorded(setup: Setup) -> Floats:
    records = setup.empty_records()
    setup.run(3, records)
    return records


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


# Two organizations, the staff of one of them, a mandate over the other, and capacity to add to.
MARKET = {
    "world.cycles": CYCLES,
    "world.customers": 80,
    "organizations.acme.teams": 4,
    "organizations.acme.culture": 0.3,
    "organizations.rival": {"teams": 3, "capacity": 6, "price": 1.5, "culture": 0.6},
    "organizations.*.prior.accuracy": 0.9,
    "organizations.*.home": ["customers"],
    "segments.staff": {"kind": "internal", "organization": "rival", "share": 1},
    "segments.*.standard": 0.2,
    "segments.*.status_quo": 0.1,
    "production.saturation": 20,
    "leadership": [
        {
            "kind": "mandate",
            "from": 5,
            "to": 15,
            "strength": 0.9,
            "organizations": ["acme"],
            "target": [0, 1],
        },
        {"kind": "seed", "from": 20, "strength": 0.4},
    ],
}


def test_insiders_and_orders_of_two_organizations_are_told_apart() -> None:
    setup = Setup(cs.load_scenario("baseline", MARKET))
    state = setup.start(3)
    records = setup.empty_records()
    staff = state.customers.segment == 1
    assert 0 < staff.sum() < 80
    whose = np.repeat([0, 1], [4, 3])
    added = np.zeros(7)
    for cycle in range(CYCLES):
        setup.advance(3, cycle, cycle + 1, state, records)
        teams, customers = state.teams.record, state.customers
        committed = np.where(customers.committed_to >= 0, whose[customers.committed_to], -1)
        kept = customers.outcome == KEPT
        slot = np.maximum(customers.choice - 1, 0)
        fit = customers.fit[np.arange(80), slot]
        gained = customers.worth * (fit - customers.status_quo)
        for o, own in enumerate((10.0, 6.0)):
            row = dict(zip(NAMES, records[cycle, o].tolist(), strict=True))
            mine = committed == o
            assert row["value_internal"] == pytest.approx(gained[mine & staff & kept].sum())
            assert row["value_created"] == pytest.approx(gained[mine & kept].sum())
            assert row["commitment_external"] == pytest.approx(mine[~staff].mean())
            assert row["commitment_rate"] == pytest.approx(mine.mean())
            contributed = added[whose == o].sum()
            assert row["effort_contributed"] == pytest.approx(contributed)
            assert row["effort"] == pytest.approx(own * (whose == o).sum() + contributed)
            assert row["practised"] == pytest.approx(teams["practised"][whose == o].mean())
        ours, theirs = (dict(zip(NAMES, row, strict=True)) for row in records[cycle])
        assert np.isnan(ours["commitment_internal"])  # it has no insiders
        assert theirs["commitment_internal"] == pytest.approx((committed == 1)[staff].mean())
        assert ours["no_decision_rate"] == theirs["no_decision_rate"]
        total = ours["commitment_rate"] + theirs["commitment_rate"] + ours["no_decision_rate"]
        assert total == pytest.approx(1.0)
        paid = customers.committed_to[staff & kept]
        added[:] = 1.5 * np.bincount(paid, minlength=7)
    found = {name: records[..., NAMES.index(name)] for name in NAMES}
    assert found["effort_contributed"][:, 1].max() > 0
    assert (found["effort_contributed"][:, 0] == 0).all()
    assert (found["value_internal"][:, 1] != 0).any()
    assert (found["value_internal"][:, 0] == 0).all()


def test_practised_is_culture_with_the_mandates_that_stand() -> None:
    cycles = cs.simulate(cs.load_scenario("baseline", MARKET), seed=1).records
    culture, practised = (cycles[..., NAMES.index(name)] for name in ("culture", "practised"))
    ours = np.full(CYCLES, 0.3)
    ours[20:] = 0.4
    np.testing.assert_allclose(culture[:, 0], ours)
    ours[5:15] = (0.9 + 0.9 + 0.3 + 0.3) / 4
    np.testing.assert_allclose(practised[:, 0], ours)
    np.testing.assert_allclose(culture[:, 1], practised[:, 1])


def test_market_of_insiders_only_has_no_share_of_buyers(setup: Setup) -> None:
    plain = recorded(setup)
    inside = {"segments.customers.kind": "internal"}
    records = recorded(Setup(setup.scenario.override(inside)))
    internal, external, rate = (
        NAMES.index(f"commitment_{kind}") for kind in ("internal", "external", "rate")
    )
    assert np.isnan(plain[..., internal]).all()
    assert np.isnan(records[..., external]).all()
    np.testing.assert_array_equal(plain[..., external], plain[..., rate])
    np.testing.assert_array_equal(records[..., internal], records[..., rate])
    assert records[..., rate].max() > 0
    both = NAMES.index("value_internal"), NAMES.index("value_created")
    np.testing.assert_array_equal(records[..., both[0]], records[..., both[1]])
    assert (plain[..., both[0]] == 0).all()


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
    np.testing.assert_allclose(cycles["practised"], mean)
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
