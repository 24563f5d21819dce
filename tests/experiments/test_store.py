"""Result directories: whole files, nothing overwritten, a manifest that tells all."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from matplotlib.figure import Figure

import culturesim as cs
from culturesim.experiments import store
from culturesim.experiments.provenance import LIBRARIES


def study(**changes: Any) -> dict[str, Any]:
    """Identity of a small study."""
    scenario = cs.load_scenario("baseline", changes)
    return store.identity("compare", scenario, ["execution", "discovery"], 0, 10)


def keep(folder: Path, identity: dict[str, Any]) -> None:
    """Leave a study's manifest in a folder."""
    folder.mkdir(parents=True)
    (folder / store.MANIFEST).write_text(json.dumps({"study": identity}), encoding="utf-8")


def test_identity_is_what_changes_the_rows_and_nothing_else() -> None:
    assert study() == study(**{"world.care_memory": 240})
    assert study() != study(**{"world.care_memory": 241})
    scenario = cs.load_scenario("baseline")
    other_seed = store.identity("compare", scenario, ["execution", "discovery"], 1, 10)
    assert other_seed != study()


def test_identity_of_several_scenarios() -> None:
    garden, mandate = cs.load_scenario("garden"), cs.load_scenario("mandate")
    names = ["garden", "mandate"]
    both = store.identity("compare", [garden, mandate], names, 0, 10)
    assert both["scenario_hash"] == [garden.hash(), mandate.hash()]
    assert both != store.identity("compare", [mandate, garden], names, 0, 10)
    one = store.identity("compare", [garden], ["a", "b"], 0, 10)
    assert one == store.identity("compare", garden, ["a", "b"], 0, 10)
    assert one["scenario_hash"] == garden.hash()


def test_the_manifest_of_several_scenarios_repeats_all(tmp_path: Path) -> None:
    several = [cs.load_scenario(name) for name in ("garden", "mandate")]
    identity = store.identity("compare", several, ["garden", "mandate"], 0, 10)
    path = store.write_manifest(tmp_path, identity, several, [], store.now())
    manifest = json.loads(path.read_text(encoding="utf-8"), parse_constant=pytest.fail)
    assert [s["name"] for s in manifest["scenario"]] == ["garden", "mandate"]
    assert [s["hash"] for s in manifest["scenario"]] == manifest["study"]["scenario_hash"]
    kinds = [s["values"]["leadership"]["0"]["kind"] for s in manifest["scenario"]]
    assert kinds == ["cultivate", "mandate"]


def test_results_go_to_the_first_free_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert store.choose_directory(None, "mine", study()) == Path("results/mine")
    keep(tmp_path / "results" / "other", study(**{"world.cycles": 3}))
    assert store.choose_directory(None, "other", study()) == Path("results/other-2")


def test_the_same_study_goes_back_to_its_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    keep(tmp_path / "results" / "mine", study())
    assert store.choose_directory(None, "mine", study()) == Path("results/mine")
    assert store.choose_directory(Path("results/mine"), "", study()) == Path("results/mine")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "holds no study"),
        ("{}", "holds no study"),
        ("[1]", "holds no study"),
        ('{"study": 3}', "holds no study"),
        (json.dumps({"study": study(**{"world.cycles": 3})}), "another study"),
    ],
)
def test_what_holds_something_else_is_refused(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / store.MANIFEST).write_text(content, encoding="utf-8")
    with pytest.raises(cs.ResultError, match=says) as raised:
        store.choose_directory(tmp_path, "", study())
    assert raised.value.where == str(tmp_path)
    assert (tmp_path / store.MANIFEST).read_text(encoding="utf-8") == content


def test_a_file_is_no_directory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(cs.ResultError, match="is a file"):
        store.choose_directory(tmp_path / "file", "", study())
    with pytest.raises(cs.ResultError, match="cannot be written"):
        store.choose_directory(tmp_path / "file" / "below", "", study())


def test_a_failed_write_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "table.txt"
    store.write_whole(path, lambda p: p.write_text("whole", encoding="utf-8"))

    def fail_half_way(temporary: Path) -> None:
        temporary.write_text("ha", encoding="utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(cs.ResultError, match="No space left"):
        store.write_whole(path, fail_half_way)
    assert path.read_text(encoding="utf-8") == "whole"
    assert [file.name for file in tmp_path.iterdir()] == ["table.txt"]


def test_tables_come_back_as_they_went(tmp_path: Path) -> None:
    table = pd.DataFrame({"name": ["a", "b"], "number": [1.5, math.nan], "seed": [1, 2**53]})
    store.write_table(table, tmp_path / "runs" / "part-00000.parquet")
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "runs"), table)


def test_the_manifest_repeats_the_scenario_in_plain_json(tmp_path: Path) -> None:
    scenario = cs.load_scenario("baseline", {"world.care_memory": math.inf})
    identity = store.identity("compare", scenario, ["execution", "discovery"], 0, 10)
    path = store.write_manifest(tmp_path, identity, scenario, ["culturesim"], store.now())
    manifest = json.loads(path.read_text(encoding="utf-8"), parse_constant=pytest.fail)
    assert manifest["scenario"]["hash"] == scenario.hash()
    assert manifest["scenario"]["values"]["world"]["care_memory"] == "inf"
    assert manifest["started"] <= manifest["ended"]
    assert manifest["versions"]["culturesim"] == cs.__version__
    assert set(LIBRARIES) <= set(manifest["versions"])


def test_a_saved_comparison_says_what_it_holds(tmp_path: Path) -> None:
    scenario = cs.load_scenario("baseline", {"world.cycles": 4, "world.customers": 20})
    comparison = cs.compare(scenario, replications=3)
    written = comparison.save(tmp_path / "out", cycles=True)
    assert all(path.is_file() for path in written)
    assert {path.relative_to(tmp_path / "out").as_posix() for path in written} == {
        "comparison.png",
        "comparison.svg",
        "comparison.csv",
        "runs/part-00000.parquet",
        "cycles/part-00000.parquet",
        "manifest.json",
    }
    runs = pd.read_parquet(tmp_path / "out" / "runs")
    pd.testing.assert_frame_equal(runs, comparison.runs)
    assert len(pd.read_parquet(tmp_path / "out" / "cycles")) == 2 * 3 * 4
    table = pd.read_csv(tmp_path / "out" / "comparison.csv", index_col="metric")
    # Older pandas does not read back every last digit that it wrote.
    pd.testing.assert_frame_equal(table, comparison.table, check_exact=False, rtol=1e-15)


def test_a_figure_that_cannot_be_written_costs_neither_runs_nor_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_half_way(figure: Figure, path: Path, **options: Any) -> None:
        path.write_text("ha", encoding="utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Figure, "savefig", fail_half_way)
    scenario = cs.load_scenario("baseline", {"world.cycles": 4, "world.customers": 20})
    comparison = cs.compare(scenario, replications=2)
    with pytest.raises(cs.ResultError, match="No space left"):
        comparison.save(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {"runs", "comparison.csv"}
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "runs"), comparison.runs)


@pytest.mark.parametrize("names", [["mandate"], ["garden", "mandate"], ["head-to-head"]])
def test_what_is_no_comparison_of_cultures_is_saved_and_saved_again(
    names: list[str], tmp_path: Path
) -> None:
    changes = {"world.cycles": 80, "world.customers": 20, "organizations.*.teams": 3}
    comparison = cs.compare([cs.load_scenario(n, changes) for n in names], replications=2)
    comparison.save(tmp_path / "out")
    comparison.save(tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["study"] == comparison.study
    assert manifest["study"]["compared"] == comparison.kind
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "out" / "runs"), comparison.runs)
