"""Tables of several organizations: one of them, and all together."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import culturesim as cs
from culturesim.model.measure import NAMES
from culturesim.model.results import RUN_NAMES


def metric(name: str) -> int:
    return NAMES.index(name)


@pytest.fixture(scope="module")
def rivals() -> cs.Ensemble:
    changes = {"world.customers": 60, "organizations.*.teams": 3, "world.cycles": 9}
    return cs.ensemble(cs.load_scenario("head-to-head", changes), replications=4, seed=2)


def test_rows_of_rivals(rivals: cs.Ensemble) -> None:
    runs = rivals.runs
    assert runs["organization"].tolist() == ["planner", "listener"] * 4
    assert runs["culture"].tolist() == ["execution", "discovery"] * 4
    assert runs["replication"].tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
    cycles = rivals.cycles
    assert len(cycles) == 4 * 9 * 2
    one = cycles[(cycles["replication"] == 3) & (cycles["organization"] == "listener")]
    assert one["cycle"].tolist() == list(range(9))
    np.testing.assert_array_equal(one["alignment"], rivals.records[3, :, 1, metric("alignment")])


def test_one_of_several(rivals: cs.Ensemble) -> None:
    part = rivals.of("listener")
    assert part is rivals.of("listener")
    assert part.organizations == ["listener"]
    assert part.market is part
    np.testing.assert_array_equal(part.records, rivals.records[:, :, 1:])
    mine = rivals.runs[rivals.runs["organization"] == "listener"].reset_index(drop=True)
    # In another order of memory numbers are summed in another order.
    pd.testing.assert_frame_equal(part.runs, mine, check_exact=False, rtol=1e-12)
    for name in RUN_NAMES:
        np.testing.assert_array_equal(part.values(name), rivals.values(name, "listener"))
    pd.testing.assert_frame_equal(
        part.quantiles("trust"), rivals.quantiles("trust", organization="listener")
    )
    with pytest.raises(cs.ArgumentError) as caught:
        part.of("planner")
    assert (caught.value.key, caught.value.allowed) == ("organization planner", "listener")


def test_the_whole_market(rivals: cs.Ensemble) -> None:
    market = rivals.market
    assert market is rivals.market
    assert market.organizations == ["market"]
    assert set(market.runs["culture"]) == {"several"}
    assert set(market.runs["organization"]) == {"market"}
    planner, listener = (rivals.values("value_created", o) for o in rivals.organizations)
    assert planner.sum() > 0.0
    np.testing.assert_allclose(rivals.values("value_created"), planner + listener, rtol=1e-12)
    np.testing.assert_array_equal(market.values("value_created"), rivals.values("value_created"))
    efforts = sum(rivals.values("effort", o) for o in rivals.organizations)
    np.testing.assert_allclose(
        rivals.values("value_per_effort"), (planner + listener) / efforts, rtol=1e-12
    )
    np.testing.assert_allclose(
        rivals.quantiles("value_created", [0.5])[0.5],
        np.median(rivals.records[..., metric("value_created")].sum(axis=2), axis=0),
    )


def test_the_market_of_one_organization_is_that_organization() -> None:
    changes = {"world.customers": 20, "world.cycles": 4}
    ensemble = cs.ensemble(cs.load_scenario("baseline", changes), replications=2)
    assert ensemble.market is ensemble
    assert ensemble.of("acme").records.tobytes() == ensemble.records.tobytes()


def test_the_market_of_a_run(rivals: cs.Ensemble) -> None:
    run = cs.simulate(rivals.scenario, seed=rivals.seeds[1])
    market = run.market
    np.testing.assert_array_equal(market.records, rivals.market.records[1])
    assert market.cycles["organization"].tolist() == ["market"] * 9
    assert len(market.summary) == 1
    assert market.market.records.tobytes() == market.records.tobytes()
    assert (market.seed, market.culture) == (run.seed, None)
    alike = cs.simulate(rivals.scenario, "discovery").market.summary
    assert alike["culture"].tolist() == ["discovery"]


def test_unknown_organization_among_several(rivals: cs.Ensemble) -> None:
    with pytest.raises(cs.ArgumentError) as caught:
        rivals.of("listner")
    assert caught.value.key == "organization listner"
    assert caught.value.nearest == "listener"
    assert caught.value.allowed == "planner, listener"


def test_an_organization_may_be_called_market() -> None:
    firms = {"market": {"culture": "execution"}, "other": {"culture": "discovery"}}
    changes = {f"organizations.{name}": {**firm, "teams": 2} for name, firm in firms.items()}
    base = cs.load_scenario("head-to-head", {"world.customers": 20, "world.cycles": 4})
    scenario = base.override(changes)
    result = cs.ensemble(scenario, replications=2)
    assert result.market.organizations == ["whole market"]
    assert set(result.market.runs["culture"]) == {"several"}
    assert set(result.of("market").runs["culture"]) == {"execution"}
    np.testing.assert_allclose(
        result.market.values("effort"), result.records[..., metric("effort")].sum(axis=(1, 2))
    )
