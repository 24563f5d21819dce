"""Sweeps: the right runs, whatever the order, the number of threads and the history."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import culturesim as cs
from culturesim.experiments import design, store, undertaking
from culturesim.experiments.parts import RUNS, part_files
from culturesim.experiments.sweep import ask, undertake
from culturesim.experiments.work import AS_IT_SAYS, Job, Work
from culturesim.model.engine import Setup
from culturesim.model.market import MARKET
from culturesim.model.seeds import replication_seed
from tests.experiments.sweeps import same_rows, small, whole


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> cs.Study:
    return whole(tmp_path_factory.mktemp("sweep") / "study", small())


def manifest(study: cs.Study) -> dict[str, Any]:
    values: dict[str, Any] = json.loads((study.directory / store.MANIFEST).read_text("utf-8"))
    return values


# --- the right runs


def test_every_run_is_the_run_of_an_ensemble(study: cs.Study) -> None:
    """Same customers and luck across cultures and design points: replication r has seed r."""
    assert len(study.runs) == 4 * 2 * 6
    for number, point in study.points.iterrows():
        scenario = study.scenario.override(dict(point))
        for culture in study.cultures:
            rows = study.runs[
                (study.runs["design_point"] == number) & (study.runs["culture"] == culture)
            ].reset_index(drop=True)
            expected = cs.ensemble(scenario, culture, 6, seed=0).runs
            columns = [c for c in expected.columns if c in rows.columns and c != "design_point"]
            assert {"seed", "value_created", "culture_mean", "first_commitment"} <= set(columns)
            same_rows(rows[columns], expected[columns])
            for factor in study.factors:
                assert (rows[factor] == point[factor]).all()
    assert study.runs["seed"].nunique() == 6
    assert (study.runs["state"] == "done").all()
    assert (study.runs["error"] == "").all()


def test_neither_threads_nor_order_nor_pieces_change_a_row(
    study: cs.Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undertaking, "JOB_RUNS", 2)
    other = cs.sweep(small(), tmp_path / "threads", workers=3)
    same_rows(other.runs, study.runs)
    backwards = small(factors={k: v[::-1] for k, v in small()["factors"].items()})
    turned = cs.sweep(backwards, tmp_path / "turned")
    keys = [*study.factors, "culture", "replication", "organization"]
    tables = [s.runs.drop(columns="design_point").sort_values(keys) for s in (turned, study)]
    same_rows(*(table.reset_index(drop=True) for table in tables))


def test_a_job_done_run_by_run_gives_the_same_bits() -> None:
    scenario = cs.load_scenario("head-to-head", {"world.cycles": 7, "world.customers": 40})
    work = Work(scenario, {0: {}}, 3, ("value_created", "trust"))
    together = work(Job(0, AS_IT_SAYS, (0, 1, 2, 3, 4)))
    assert together.organizations[-1] == MARKET
    for n in range(5):
        alone = work(Job(0, AS_IT_SAYS, (n,)))
        assert alone.values[0].tobytes() == together.values[n].tobytes()
        assert alone.seeds[0] == replication_seed(3, n)


def test_tables_of_a_sweep_are_those_of_a_comparison(study: cs.Study) -> None:
    for number, point in study.points.iterrows():
        compared = cs.compare(study.scenario.override(dict(point)), replications=6).table
        rows = study.table[study.table["design_point"] == number].set_index("metric")
        assert list(rows.index) == list(study.metrics)
        assert (rows["culture"] == "discovery").all()
        for metric in study.metrics:
            here, there = rows.loc[metric], compared.loc[metric]
            assert here["base"] == there["execution"]
            assert here["mean"] == there["discovery"]
            for name in ("difference", "low", "high", "ahead", "behind", "variance_ratio"):
                np.testing.assert_equal(here[name], there[name])
        assert rows.loc["value_created", "n"] == 6
    factors = ["world.care_memory", "organizations.*.prior.accuracy"]
    assert list(study.table.columns[: 1 + len(factors)]) == ["design_point", *factors]


def test_without_cultures_each_scenario_runs_as_it_says(tmp_path: Path) -> None:
    source = small(cultures=[], factors={"organizations.*.culture": ["execution", 0.5]})
    study = cs.sweep(source, tmp_path / "s")
    assert study.cultures == (AS_IT_SAYS,)
    assert study.points["organizations.*.culture"].tolist() == ["execution", "0.5"]
    expected = cs.ensemble(study.scenario, "execution", 6).values("value_created")
    row = study.table[study.table["metric"] == "value_created"].iloc[0]
    assert row["mean"] == expected.mean()
    assert row["low"] < row["mean"] < row["high"]
    assert row["n"] == 6
    assert math.isnan(row["base"])
    assert math.isnan(row["difference"])


def test_of_several_organizations_the_table_has_the_market(tmp_path: Path) -> None:
    overrides = {"world.cycles": 6, "world.customers": 30}
    source = small(
        scenario="head-to-head",
        cultures=[],
        overrides=overrides,
        factors={"world.care_memory": [50]},
    )
    study = cs.sweep(source, tmp_path / "s")
    changed = study.scenario.override({"world.care_memory": 50})
    ensemble = cs.ensemble(changed, replications=6)
    assert study.runs["organization"].tolist() == ensemble.runs["organization"].tolist()
    row = study.table[study.table["metric"] == "value_created"].iloc[0]
    assert row["mean"] == ensemble.values("value_created").mean()


# --- growth


def test_a_finished_study_runs_nothing_again(
    study: cs.Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("ran again")

    monkeypatch.setattr(Setup, "run", never)
    before = [path.stat().st_mtime_ns for path in part_files(study.directory / RUNS)]
    same_rows(cs.sweep(small(), study.directory).runs, study.runs)
    assert [path.stat().st_mtime_ns for path in part_files(study.directory / RUNS)] == before
    assert cs.load_study(study.directory).plan().missing == 0


def test_it_grows_by_replications_levels_and_cultures(study: cs.Study, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    source = small(replications=2, cultures=["execution"])
    cs.sweep(source, folder)
    factors = small()["factors"]
    few = {name: levels[:1] for name, levels in factors.items()}
    for grown, runs in [
        (small(replications=2, factors=few), 2 * 4),  # the culture comes to all points
        (small(replications=2, factors=few | {"world.care_memory": [240, 60]}), 2 * 2 * 1),
        (small(), 4 * 5 * 2),  # the replications, too
        (small(replications=1), 0),  # a smaller wish takes nothing away
    ]:
        later = cs.sweep(grown, folder)
        assert manifest(later)["sessions"][-1]["runs"] == runs
    assert len(later.points) == 5
    assert later.replications == 6
    first = later.runs[later.runs["world.care_memory"] != 60.0].reset_index(drop=True)
    same_rows(first, study.runs)  # as if it had been so from the beginning


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"seed": 1}, "seed"),
        ({"record": ["waste"]}, "record"),
        ({"overrides": {"world.cycles": 7}}, "scenario hash"),
        ({"factors": {"world.care_memory": [240, 20]}}, "factors"),
        ({"sampler": "list"}, "sampler"),
    ],
)
def test_another_study_is_refused(study: cs.Study, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(cs.ResultError, match=f"{says} differs") as raised:
        undertake(ask(small(**changes)), study.directory)
    assert raised.value.found != raised.value.allowed


def test_a_design_that_cannot_grow_is_refused(tmp_path: Path) -> None:
    factors = {"world.care_memory": {"low": 5, "high": 50}}
    drawn = small(sampler="latin_hypercube", samples=2, replications=1, factors=factors)
    cs.sweep(drawn, tmp_path / "s")
    with pytest.raises(cs.ResultError, match="drawn differs"):
        undertake(ask(drawn | {"samples": 3}), tmp_path / "s")
    grows = drawn | {"sampler": "sobol"}
    cs.sweep(grows, tmp_path / "t")
    assert undertake(ask(grows | {"samples": 4}), tmp_path / "t").missing == 2 * 2


@pytest.mark.parametrize("content", ["", "{}", '{"study": {"kind": "compare"}}', "[1]"])
def test_what_holds_something_else_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / store.MANIFEST).write_text(content, encoding="utf-8")
    with pytest.raises(cs.ResultError, match="holds"):
        undertake(ask(small()), tmp_path)
    with pytest.raises(cs.ResultError, match="no sweep here"):
        cs.load_study(tmp_path / "nothing")


def test_results_go_where_nothing_else_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert cs.sweep(small(replications=1)).directory == Path("results/sweep-sweep")
    assert undertake(ask(small())).directory == Path("results/sweep-sweep")
    assert undertake(ask(small(seed=1))).directory == Path("results/sweep-sweep-2")


def test_known_design_points_are_not_made_again(
    study: cs.Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("made again")

    asked = ask(small())
    monkeypatch.setattr(design, "_point", never)
    assert undertake(asked, study.directory).ledger.points == study.ledger.points


def test_of_nothing_there_are_empty_tables(tmp_path: Path) -> None:
    study = cs.sweep(small(replications=1), tmp_path / "s")
    for part in part_files(study.directory / RUNS):
        part.unlink()
    nothing = cs.load_study(study.directory)
    assert list(nothing.runs.columns) == list(study.runs.columns)
    assert len(nothing.runs) == len(nothing.failures) == 0
    assert (nothing.table["n"] == 0).all()
    assert list(nothing.table.columns) == list(study.table.columns)


# --- what is told


def test_progress_counts_what_was_there(study: cs.Study, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    cs.sweep(small(replications=4), tmp_path / "s")
    cs.sweep(small(), tmp_path / "s", progress=lambda *seen: told.append(seen))
    assert told[0] == (32, 48)
    assert told[-1] == (48, 48)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_a_plan_runs_next_to_nothing_and_writes_nothing(tmp_path: Path) -> None:
    plan = undertake(ask(small(replications=500)), tmp_path / "s").plan(workers=1)
    assert plan[:5] == (4, 2, 500, 4000, 4000)
    assert 0.0 < plan.seconds < 400.0
    assert plan.workers == 1
    assert not (tmp_path / "s").exists()


def test_a_plan_knows_how_much_disk(tmp_path: Path) -> None:
    """It promises no less than is needed: such short runs need less, as their numbers repeat."""
    asked = ask(small(replications=150, record=[]))
    plan = undertake(asked, tmp_path / "s").plan()
    study = cs.sweep(asked, tmp_path / "s")
    size = sum(path.stat().st_size for path in part_files(study.directory / RUNS))
    assert size < plan.bytes < size * 10


def test_the_manifest_says_where_it_comes_from(study: cs.Study) -> None:
    said = manifest(study)
    assert said["scenario"]["hash"] == study.scenario.hash()
    assert said["study"]["culturesim"] == cs.__version__
    assert {"python", "numpy", "numba", "pyarrow", "scipy", "pydantic"} <= set(said["versions"])
    assert said["git_commit"] is None or len(said["git_commit"].partition("-")[0]) == 40
    assert [point["state"] for point in said["design_points"]] == ["complete"] * 4
    assert said["design_points"][1]["parameters"] == dict(study.points.loc[1])
    assert said["started"] <= said["ended"]
    assert said["platform"]


def test_it_opens_without_this_package(study: cs.Study) -> None:
    folder = study.directory / RUNS
    read = pd.read_parquet(folder)
    assert list(read.columns) == list(study.runs.columns)
    keys = ["design_point", "culture", "replication"]
    expected = study.runs.sort_values(keys, ignore_index=True)
    same_rows(read.sort_values(keys, ignore_index=True), expected)
    points = pd.read_parquet(study.directory / "points.parquet")
    assert len(read.merge(points[["design_point", "identity"]])) == len(read)


@pytest.mark.parametrize("library", ["polars", "duckdb"])
def test_it_opens_in(library: str, study: cs.Study) -> None:
    module = pytest.importorskip(library, reason=f"{library} is not installed")
    place = str(study.directory / RUNS / "*.parquet")
    if library == "polars":
        total = module.read_parquet(place)["value_created"].sum()
    else:
        total = module.sql(f"select sum(value_created) from '{place}'").fetchall()[0][0]
    assert total == pytest.approx(study.runs["value_created"].sum())
