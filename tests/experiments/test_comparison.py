"""What came of a comparison: its table, its rows, and what it says of itself."""

from __future__ import annotations

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


def test_turned_round(two: cs.Comparison, scenario: cs.Scenario) -> None:
    turned = cs.compare(scenario, ("discovery", "execution"), replications=9, seed=6).table
    np.testing.assert_allclose(turned["difference"], -two.table["difference"])
    np.testing.assert_allclose(turned["ahead"], two.table["behind"])


def test_nobody_commits(scenario: cs.Scenario) -> None:
    """What cannot be said is not a number, without a warning, and the rest still can."""
    hopeless = scenario.override({"segments.*.standard": 1, "segments.*.standard_spread": 0})
    comparison = cs.compare(hopeless, replications=3)
    assert comparison.table.loc["broken_promise_rate"].isna().all()
    gaps = ["broken_promise_rate", "first_commitment", "commitment_internal"]
    others = comparison.table.drop(gaps)
    assert others["difference"].notna().all()
    assert comparison.sentence.startswith("Neither execution nor discovery created any value.")


# --- of what is no culture


def small(name: str) -> cs.Scenario:
    changes = {"world.customers": 50, "world.cycles": 75, "organizations.*.teams": 4}
    return cs.load_scenario(name, changes)


@pytest.fixture(scope="module")
def rivals() -> cs.Comparison:
    return cs.compare(small("head-to-head"), replications=3)


@pytest.fixture(scope="module")
def led() -> cs.Comparison:
    return cs.compare(small("mandate"), replications=3)


@pytest.fixture(scope="module")
def several() -> cs.Comparison:
    return cs.compare([small("garden"), small("too-short"), small("head-to-head")], replications=3)


def test_rivals(rivals: cs.Comparison) -> None:
    assert repr(rivals) == "<Comparison of planner, listener in head-to-head>"
    assert list(rivals.table.columns[:2]) == ["planner", "listener"]
    assert rivals.table.loc["no_decision_rate", "difference"] == 0.0
    runs = rivals.runs
    assert runs["organization"].tolist() == ["planner"] * 3 + ["listener"] * 3
    assert runs["culture"].tolist() == ["execution"] * 3 + ["discovery"] * 3
    assert set(rivals.cycles["scenario"]) == {"head-to-head"}


def test_scenarios_say_in_every_row_which_they_are(led: cs.Comparison) -> None:
    """What is left alone has the name of the scenario in which leaders act."""
    assert repr(led) == "<Comparison of left alone, mandate>"
    for table, rows in ((led.runs, 3), (led.cycles, 3 * 75)):
        assert table["scenario"].tolist() == ["left alone"] * rows + ["mandate"] * rows
    mean = led.runs.groupby("scenario")["value_created"].mean()
    assert mean["mandate"] == pytest.approx(led.table.loc["value_created", "mandate"])
    assert mean["left alone"] == pytest.approx(led.table.loc["value_created", "left alone"])


def test_scenarios_with_several_organizations(several: cs.Comparison) -> None:
    """The table is of whole markets, the rows are of organizations."""
    assert len(several.runs) == 3 + 3 + 2 * 3
    rows = several.runs[several.runs["scenario"] == "head-to-head"]
    total = rows.groupby("replication")["value_created"].sum().mean()
    assert several.table.loc[("value_created", "head-to-head"), "mean"] == pytest.approx(total)


def test_whether_cultures_change(
    rivals: cs.Comparison, led: cs.Comparison, several: cs.Comparison
) -> None:
    assert not rivals.grows
    assert led.grows
    assert several.grows
    growth = rivals.scenario.override({"growth.on": True})
    assert cs.Comparison(growth, rivals.ensembles, 0).grows


def test_the_study_tells_what_was_compared(
    rivals: cs.Comparison, led: cs.Comparison, two: cs.Comparison
) -> None:
    assert [c.study["compared"] for c in (rivals, led, two)] == [
        "organizations",
        "scenarios",
        "cultures",
    ]
    assert rivals.study["scenario_hash"] == rivals.scenario.hash()
    alone, as_it_is = led.study["scenario_hash"]
    assert as_it_is == small("mandate").hash() != alone
    assert rivals.study["cultures"] == ["planner", "listener"]


def test_it_plots_a_garden_where_cultures_change(rivals: cs.Comparison, led: cs.Comparison) -> None:
    assert "culture" in {axes.get_gid() for axes in led.plot().axes}
    assert "culture" not in {axes.get_gid() for axes in rivals.plot().axes}
