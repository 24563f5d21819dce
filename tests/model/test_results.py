"""Tables that runs leave behind: shapes, labels, sums, quantiles, and what is not a number."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import culturesim as cs
from culturesim.model.measure import METRICS, NAMES
from culturesim.model.results import BANDS, RUN_NAMES, summarize
from culturesim.state.parameters import Floats

LABELS = ["design_point", "scenario", "culture", "replication", "seed", "organization"]
NAN = float("nan")
IN_TABLES = ["culture_mean" if name == "culture" else name for name in RUN_NAMES]


@pytest.fixture(scope="module")
def scenario() -> cs.Scenario:
    changes = {"world.customers": 40, "organizations.*.teams": 4, "world.cycles": 9}
    return cs.load_scenario("known-market", {**changes, "production.saturation": 15})


@pytest.fixture(scope="module")
def ensemble(scenario: cs.Scenario) -> cs.Ensemble:
    return cs.ensemble(scenario, "discovery", replications=6, seed=2)


@pytest.fixture(scope="module")
def nobody() -> cs.Scenario:
    """A market in which no offer is ever good enough."""
    changes = {"segments.*.standard": 1, "segments.*.standard_spread": 0, "world.cycles": 4}
    return cs.load_scenario("baseline", {**changes, "world.customers": 20})


def metric(name: str) -> int:
    return NAMES.index(name)


# --- one run


def test_cycles_of_a_run(scenario: cs.Scenario) -> None:
    run = cs.simulate(scenario, "discovery", seed=2)
    table = run.cycles
    assert list(table.columns) == ["cycle", "organization", *NAMES]
    assert table["cycle"].tolist() == list(range(9))
    assert set(table["organization"]) == {"acme"}
    np.testing.assert_array_equal(table[list(NAMES)].to_numpy(), run.records[:, 0])
    assert repr(run) == "<Run of known-market, culture discovery, seed 2>"


def test_summary_of_a_run_is_its_row_in_an_ensemble(
    scenario: cs.Scenario, ensemble: cs.Ensemble
) -> None:
    summary = cs.simulate(scenario, "discovery", seed=2).summary
    assert list(summary.columns) == [*(x for x in LABELS if x != "replication"), *IN_TABLES]
    pd.testing.assert_frame_equal(
        summary, ensemble.runs.iloc[:1].drop(columns="replication"), check_exact=True
    )


# --- many


def test_rows_of_an_ensemble(ensemble: cs.Ensemble) -> None:
    runs = ensemble.runs
    assert list(runs.columns) == [*LABELS, *IN_TABLES]
    assert len(runs) == 6
    assert runs["replication"].tolist() == list(range(6))
    assert runs["seed"].tolist() == ensemble.seeds
    assert runs["seed"].dtype == np.int64
    assert set(runs["culture"]) == {"discovery"}
    assert set(runs["scenario"]) == {"known-market"}
    assert set(runs["design_point"]) == {0}
    assert repr(ensemble) == "<Ensemble of 6 runs of known-market, culture discovery>"


def test_label_of_a_culture_that_the_scenario_chooses(scenario: cs.Scenario) -> None:
    assert set(cs.ensemble(scenario, replications=1).runs["culture"]) == {"execution"}
    mixed = scenario.override({"organizations.*.culture": 0.25})
    assert set(cs.ensemble(mixed, replications=1).runs["culture"]) == {"0.25"}


def test_cycles_of_an_ensemble(ensemble: cs.Ensemble, scenario: cs.Scenario) -> None:
    table = ensemble.cycles
    assert len(table) == 6 * 9
    assert list(table.columns)[: len(LABELS) + 1] == [*LABELS, "cycle"]
    assert "culture_mean" in table
    for r, rows in table.groupby("replication"):
        assert rows["cycle"].tolist() == list(range(9))
        assert set(rows["seed"]) == {ensemble.seeds[int(str(r))]}
        alone = cs.simulate(scenario, "discovery", seed=ensemble.seeds[int(str(r))]).cycles
        np.testing.assert_array_equal(rows["alignment"], alone["alignment"])


def test_sums_and_means(ensemble: cs.Ensemble) -> None:
    for m, row in enumerate(METRICS):
        values = ensemble.records[:, :, 0, m]
        if row.over_run == "sum":
            np.testing.assert_allclose(ensemble.values(row.name), values.sum(axis=1), rtol=1e-12)
        elif row.over_run == "mean":
            np.testing.assert_allclose(ensemble.values(row.name), values.mean(axis=1), rtol=1e-12)


def test_broken_promises_are_counted_per_promise(ensemble: cs.Ensemble) -> None:
    """A cycle with many promises counts for more than one with few."""
    committed = ensemble.records[:, :, 0, metric("commitment_rate")] * 40
    rate = np.nan_to_num(ensemble.records[:, :, 0, metric("broken_promise_rate")])
    assert committed.sum() > 0
    expected = (committed * rate).sum(axis=1) / committed.sum(axis=1)
    np.testing.assert_allclose(ensemble.values("broken_promise_rate"), expected, rtol=1e-12)
    unweighted = np.nanmean(ensemble.records[:, :, 0, metric("broken_promise_rate")], axis=1)
    assert not np.allclose(unweighted, expected)


def test_figures_of_a_whole_run(ensemble: cs.Ensemble) -> None:
    values = ensemble.values
    np.testing.assert_allclose(
        values("value_per_effort"), values("value_created") / values("effort"), rtol=1e-12
    )
    np.testing.assert_allclose(
        values("waste_share"), values("waste") / values("effort"), rtol=1e-12
    )
    assert (values("final_culture") == 1.0).all()
    for r, first in enumerate(values("first_commitment")):
        committed = ensemble.records[r, :, 0, metric("commitment_rate")]
        assert committed[int(first)] > 0
        assert (committed[: int(first)] == 0).all()
    assert values("first_commitment").max() > 0


def test_summaries_by_hand() -> None:
    """Two runs of two cycles, two organizations: every kind of reduction, with gaps."""
    records: Floats = np.zeros((2, 2, 2, len(NAMES)))
    records[..., metric("value_created")] = [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]
    records[..., metric("effort")] = 10
    records[..., metric("waste")] = 4
    committed = np.array([[[0.3, 0], [0.1, 0]], [[0, 0.5], [0.2, 0]]])
    records[..., metric("trust")] = np.array([[[0.2, 0.4], [0.4, 0.8]], [[0, 0], [1, 1]]])
    records[..., metric("commitment_rate")] = committed
    rate = np.array([[[0.5, NAN], [0.1, NAN]], [[NAN, 0.4], [0.25, NAN]]])
    records[..., metric("broken_promise_rate")] = rate
    records[..., metric("culture")] = np.arange(8).reshape(2, 2, 2) / 10
    out = summarize(records)
    assert out.shape == (2, 2, len(RUN_NAMES))
    table = {name: out[..., n] for n, name in enumerate(RUN_NAMES)}
    np.testing.assert_allclose(table["value_created"], [[4, 6], [12, 14]])
    np.testing.assert_allclose(table["value_per_effort"], [[0.2, 0.3], [0.6, 0.7]])
    np.testing.assert_allclose(table["waste_share"], 0.4)
    np.testing.assert_allclose(table["trust"], [[0.3, 0.6], [0.5, 0.5]])
    np.testing.assert_allclose(table["broken_promise_rate"], np.array([[0.4, NAN], [0.25, 0.4]]))
    np.testing.assert_allclose(table["first_commitment"], np.array([[0, NAN], [1, 0]]))
    np.testing.assert_allclose(table["final_culture"], [[0.2, 0.3], [0.6, 0.7]])


def test_nobody_commits(nobody: cs.Scenario) -> None:
    """Not a number, and no warning: nothing was promised, so no share of it was broken."""
    ensemble = cs.ensemble(nobody, "discovery", replications=3)
    assert np.isnan(ensemble.records[..., metric("broken_promise_rate")]).all()
    assert ensemble.runs["broken_promise_rate"].isna().all()
    assert ensemble.runs["first_commitment"].isna().all()
    # There are no insiders either, of whom a share might have committed.
    gaps = ["broken_promise_rate", "first_commitment", "commitment_internal"]
    assert ensemble.runs["commitment_internal"].isna().all()
    assert ensemble.runs.drop(columns=gaps).notna().all(axis=None)
    assert (ensemble.values("no_decision_rate") == 1.0).all()
    assert (ensemble.values("value_created") == 0.0).all()
    assert ensemble.quantiles("broken_promise_rate").isna().all(axis=None)


# --- quantiles


def test_quantiles(ensemble: cs.Ensemble) -> None:
    table = ensemble.quantiles("alignment")
    assert [float(str(level)) for level in table.columns] == list(BANDS)
    assert table.columns.name == "level"
    assert table.index.name == "cycle"
    assert len(table) == 9
    values = ensemble.records[:, :, 0, metric("alignment")]
    np.testing.assert_allclose(table[0.5], np.median(values, axis=0))
    assert (table.diff(axis=1).iloc[:, 1:] >= 0.0).all(axis=None)
    ends = ensemble.quantiles("alignment", [0, 1])
    np.testing.assert_array_equal(ends[0], values.min(axis=0))
    np.testing.assert_array_equal(ends[1], values.max(axis=0))
    pd.testing.assert_frame_equal(ends, ensemble.quantiles("alignment", [0, 1], "acme"))


def test_quantiles_are_of_the_runs_that_have_a_value(ensemble: cs.Ensemble) -> None:
    records = ensemble.records.copy()
    records[0, 2, 0, metric("broken_promise_rate")] = np.nan
    records[1:, 2, 0, metric("broken_promise_rate")] = 0.25
    records[:, 3, 0, metric("broken_promise_rate")] = np.nan
    some = cs.Ensemble(ensemble.scenario, ensemble.culture, ensemble.seeds, records)
    table = some.quantiles("broken_promise_rate")
    assert (table.loc[2] == 0.25).all()
    assert table.loc[3].isna().all()


@pytest.mark.parametrize("level", [-0.1, 1.01, float("nan")])
def test_levels_are_shares(ensemble: cs.Ensemble, level: float) -> None:
    with pytest.raises(cs.ArgumentError) as caught:
        ensemble.quantiles("alignment", [0.5, level])
    assert (caught.value.key, caught.value.allowed) == ("levels", "0 to 1")
    assert str(level) in str(caught.value.found)


# --- wrong names


def test_unknown_metric(ensemble: cs.Ensemble) -> None:
    with pytest.raises(cs.ArgumentError) as caught:
        ensemble.values("value_creatd")
    assert caught.value.key == "metric value_creatd"
    assert caught.value.nearest == "value_created"
    assert str(caught.value.allowed).split(", ") == list(RUN_NAMES)


def test_figures_of_a_whole_run_have_no_cycles(ensemble: cs.Ensemble) -> None:
    with pytest.raises(cs.ArgumentError) as caught:
        ensemble.quantiles("value_per_effort")
    assert str(caught.value.allowed).split(", ") == list(NAMES)


def test_unknown_organization(ensemble: cs.Ensemble) -> None:
    for call in (
        lambda: ensemble.values("waste", "acm"),
        lambda: ensemble.quantiles("waste", organization="acm"),
    ):
        with pytest.raises(cs.ArgumentError) as caught:
            call()
        assert caught.value.key == "organization acm"
        assert (caught.value.allowed, caught.value.nearest) == ("acme", "acme")
    np.testing.assert_array_equal(ensemble.values("waste", "acme"), ensemble.values("waste"))
