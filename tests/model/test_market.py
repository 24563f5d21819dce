"""The market as a whole against sums and means done by hand, one number at a time."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import culturesim as cs
from culturesim.model.market import MARKET, market_name, whole_market
from culturesim.model.measure import METRICS, NAMES
from culturesim.state.parameters import Floats

NAN = math.nan
SMALL = {"world.customers": 60, "world.cycles": 8, "segments.*.standard": 0.1}
GAP = 0.2  # share of records that are not a number


@pytest.fixture(scope="module")
def rivals() -> cs.Scenario:
    """Two organizations of different sizes, with insiders of their own."""
    teams = {"organizations.welcome.teams": 4, "organizations.imposed.teams": 3}
    return cs.load_scenario("buy-in", {**SMALL, **teams, "segments.wary.share": 3})


def slow_twin(scenario: cs.Scenario, values: list[float], shares: list[float], rule: str) -> float:
    """One metric of one cycle over the market; `shares` are the commitment rates."""
    if rule == "sum":
        return sum(values)
    if rule == "same":
        return values[0]
    sizes = scenario.segment_sizes()
    numerator = denominator = 0.0
    for n, (name, organization) in enumerate(scenario.organizations.items()):
        if rule == "teams":
            weight = float(organization.teams)
        elif rule == "insiders":
            segments = scenario.segments.items()
            weight = float(sum(sizes[s] for s, x in segments if x.organization == name))
        else:
            assert rule == "commitments"
            weight = shares[n]
        if not math.isnan(values[n]):
            numerator += weight * values[n]
            denominator += weight
    return numerator / denominator if denominator > 0.0 else NAN


def drawn(scenario: cs.Scenario) -> Floats:
    """Records that are drawn, not run; of what is averaged some are not a number."""
    random = np.random.default_rng(5)
    records = random.random((40, 3, len(scenario.organizations), len(NAMES)))
    for m, metric in enumerate(METRICS):
        if metric.over_market not in ("sum", "same"):
            gaps = random.random(records.shape[:-1]) < GAP
            records[..., m][gaps] = NAN
    committed = records[..., NAMES.index("commitment_rate")]
    committed[random.random(committed.shape) < GAP] = 0.0
    return records


@pytest.mark.parametrize("m", range(len(NAMES)), ids=NAMES)
def test_it_is_the_slow_twin(m: int, rivals: cs.Scenario) -> None:
    records = drawn(rivals)
    market = whole_market(rivals, records)
    assert market.shape == (40, 3, 1, len(NAMES))
    shares = records[..., NAMES.index("commitment_rate")]
    for place in np.ndindex(40, 3):
        expected = slow_twin(
            rivals, records[place][:, m].tolist(), shares[place].tolist(), METRICS[m].over_market
        )
        assert market[(*place, 0, m)] == pytest.approx(expected, rel=1e-12, nan_ok=True)


def test_every_rule_is_met() -> None:
    rules = {metric.over_market for metric in METRICS}
    assert rules == {"sum", "same", "teams", "insiders", "commitments"}


def test_by_hand(rivals: cs.Scenario) -> None:
    """Four teams and three; eight insiders and twenty-six."""
    sizes = rivals.segment_sizes()
    assert (sizes["open"], sizes["wary"]) == (8, 26)
    records = np.zeros((1, 2, len(NAMES)))
    given: dict[str, tuple[list[float], float]] = {
        "value_created": ([3.0, 4.0], 7.0),
        "commitment_rate": ([0.3, 0.1], 0.4),
        "commitment_external": ([0.2, 0.5], 0.7),
        "no_decision_rate": ([0.6, 0.6], 0.6),
        "alignment": ([0.5, 0.85], (4 * 0.5 + 3 * 0.85) / 7),
        "commitment_internal": ([1.0, 0.5], (8 + 13) / 34),
        "broken_promise_rate": ([0.2, 0.4], 0.25),
        "trust": ([NAN, 0.7], 0.7),
        "listening_skill": ([NAN, NAN], NAN),
    }
    for name, (values, _) in given.items():
        records[0, :, NAMES.index(name)] = values
    market = whole_market(rivals, records)
    for name, (_, expected) in given.items():
        got = market[0, 0, NAMES.index(name)]
        assert got == pytest.approx(expected, rel=1e-12, nan_ok=True), name


def test_where_nobody_committed_no_promise_was_broken(rivals: cs.Scenario) -> None:
    records = np.zeros((1, 2, len(NAMES)))
    records[..., NAMES.index("broken_promise_rate")] = NAN
    assert math.isnan(whole_market(rivals, records)[0, 0, NAMES.index("broken_promise_rate")])


@pytest.mark.parametrize("name", ["buy-in", "head-to-head"])
def test_of_real_runs(name: str) -> None:
    """Whoever did not do nothing committed to somebody; whose teams are alike count alike."""
    scenario = cs.load_scenario(name, SMALL)
    together = cs.ensemble(scenario, replications=3).market
    committed = together.records[..., NAMES.index("commitment_rate")]
    nothing = together.records[..., NAMES.index("no_decision_rate")]
    assert committed.max() > 0.0
    np.testing.assert_allclose(committed + nothing, 1.0, rtol=1e-12)
    sizes, people = scenario.segment_sizes(), scenario.world.customers
    kinds = {"internal": 0, "external": 0}
    for segment, size in sizes.items():
        kinds[scenario.segments[segment].kind] += size
    parts = np.zeros_like(committed)
    for kind, size in kinds.items():
        share = together.records[..., NAMES.index(f"commitment_{kind}")]
        assert np.isnan(share).all() == (size == 0)
        parts += np.nan_to_num(share) * size / people
    np.testing.assert_allclose(parts, committed, rtol=1e-12, atol=1e-15)


def test_insiders_of_the_only_organization() -> None:
    """Where there is one, insiders need not say whose they are."""
    changes: dict[str, Any] = {**SMALL, "segments.staff": {"kind": "internal", "share": 1}}
    scenario = cs.load_scenario("baseline", changes)
    records = cs.ensemble(scenario, replications=2).records
    np.testing.assert_allclose(whole_market(scenario, records), records, rtol=1e-12)
    assert np.isfinite(records[..., NAMES.index("commitment_internal")]).all()


def test_no_organization_has_the_market_s_name() -> None:
    scenario = cs.load_scenario("head-to-head")
    assert market_name(scenario) == MARKET == "market"
    taken = scenario.override({"organizations.market": {}})
    assert market_name(taken) == "whole market"
    with pytest.raises(cs.ScenarioError):  # a space is in no name
        scenario.override({"organizations.whole market": {}})
