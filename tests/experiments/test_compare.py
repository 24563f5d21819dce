"""Cultures in the same markets: the table, the labels, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import culturesim as cs
from culturesim.model.results import RUN_NAMES

COLUMNS = ["difference", "low", "high", "ahead", "behind", "variance_ratio"]
THREE = ("execution", "discovery", "lean_startup")


@pytest.fixture(scope="module")
def scenario() -> cs.Scenario:
    changes = {"world.customers": 50, "organizations.*.teams": 4, "world.cycles": 12}
    return cs.load_scenario("known-market", {**changes, "production.saturation": 15})


@pytest.fixture(scope="module")
def two(scenario: cs.Scenario) -> cs.Comparison:
    return cs.compare(scenario, replications=9, seed=6, workers=2)


@pytest.fixture(scope="module")
def three(scenario: cs.Scenario) -> cs.Comparison:
    return cs.compare(scenario, THREE, replications=9, seed=6)


def test_execution_is_the_base_unless_said_otherwise(two: cs.Comparison) -> None:
    assert two.cultures == ("execution", "discovery")
    assert two.replications == 9
    assert two.seed == 6
    assert repr(two) == "<Comparison of execution, discovery in known-market>"


def test_table_of_two(two: cs.Comparison) -> None:
    table = two.table
    assert list(table.columns) == ["execution", "discovery", *COLUMNS]
    assert list(table.index) == list(RUN_NAMES)
    assert table.index.name == "metric"
    for metric in ("value_created", "waste", "alignment", "effort_building"):
        base, other = (two.ensembles[culture].values(metric) for culture in two.cultures)
        row = table.loc[metric]
        interval = stats.ttest_rel(other, base).confidence_interval(0.95)
        assert row["execution"] == pytest.approx(base.mean())
        assert row["discovery"] == pytest.approx(other.mean())
        assert row["difference"] == pytest.approx((other - base).mean())
        assert (row["low"], row["high"]) == pytest.approx((interval.low, interval.high))
        assert row["ahead"] == (other > base).mean()
        assert row["behind"] == (other < base).mean()


def test_table_of_three(three: cs.Comparison, two: cs.Comparison) -> None:
    table = three.table
    assert list(table.columns) == ["base", "mean", *COLUMNS]
    assert table.index.names == ["metric", "culture"]
    assert len(table) == 2 * len(RUN_NAMES)
    discovery = table.xs("discovery", level="culture")
    alone = two.table.rename(columns={"execution": "base", "discovery": "mean"})
    pd.testing.assert_frame_equal(pd.DataFrame(discovery), alone, check_exact=True)


def test_runs_and_cycles_are_stacked(three: cs.Comparison) -> None:
    runs, cycles = three.runs, three.cycles
    assert len(runs) == 3 * 9
    assert len(cycles) == 3 * 9 * 12
    assert list(runs.index) == list(range(27))
    assert runs["culture"].unique().tolist() == list(THREE)
    by_replication = runs.groupby("replication")["seed"].nunique()
    assert (by_replication == 1).all()
    assert runs["seed"].nunique() == 9


def test_it_is_the_ensembles_alone(two: cs.Comparison, scenario: cs.Scenario) -> None:
    for culture in two.cultures:
        alone = cs.ensemble(scenario, culture, replications=9, seed=6)
        assert alone.records.tobytes() == two.ensembles[culture].records.tobytes()


def test_turned_round(two: cs.Comparison, scenario: cs.Scenario) -> None:
    turned = cs.compare(scenario, ("discovery", "execution"), replications=9, seed=6).table
    np.testing.assert_allclose(turned["difference"], -two.table["difference"])
    np.testing.assert_allclose(turned["ahead"], two.table["behind"])


def test_nobody_commits(scenario: cs.Scenario) -> None:
    """What cannot be said is not a number, without a warning, and the rest still can."""
    hopeless = scenario.override({"segments.*.standard": 1, "segments.*.standard_spread": 0})
    comparison = cs.compare(hopeless, replications=3)
    assert comparison.table.loc["broken_promise_rate"].isna().all()
    others = comparison.table.drop(["broken_promise_rate", "first_commitment"])
    assert others["difference"].notna().all()
    assert comparison.sentence.startswith("Neither execution nor discovery created any value.")


def test_one_replication(scenario: cs.Scenario) -> None:
    comparison = cs.compare(scenario, replications=1)
    row = comparison.table.loc["value_created"]
    assert (row["low"], row["high"]) == (-np.inf, np.inf)
    assert "may be chance" in comparison.sentence


def test_progress_counts_all_cultures(scenario: cs.Scenario) -> None:
    told: list[tuple[int, int]] = []
    cs.compare(
        scenario, THREE, replications=5, progress=lambda done, total: told.append((done, total))
    )
    done = [done for done, _ in told]
    assert {total for _, total in told} == {15}
    assert done == sorted(set(done))
    assert done[-1] == 15


@pytest.mark.parametrize(
    "cultures",
    [(), ("discovery",), "discovery", ("discovery", "discovery"), (*THREE, "execution")],
)
def test_two_or_more_different_cultures(cultures: Any, scenario: cs.Scenario) -> None:
    with pytest.raises(cs.ArgumentError) as caught:
        cs.compare(scenario, cultures, replications=1)
    assert caught.value.key == "cultures"
    assert caught.value.problem == "must be two or more different names"
    assert str(caught.value.allowed).split(", ") == list(scenario.culture_names)


def test_unknown_culture_before_anything_is_run(
    scenario: cs.Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_: Any) -> None:
        raise AssertionError("something was run")

    monkeypatch.setattr("culturesim.model.engine.Setup.run", run)
    with pytest.raises(cs.ArgumentError) as caught:
        cs.compare(scenario, ("execution", "learn_startup"))
    assert (caught.value.key, caught.value.nearest) == ("learn_startup", "lean_startup")


@pytest.mark.parametrize("number", [0, 1.5, "3"])
def test_wrong_number_of_replications(number: Any, scenario: cs.Scenario) -> None:
    with pytest.raises(cs.ArgumentError) as caught:
        cs.compare(scenario, replications=number)
    assert caught.value.key == "replications"
