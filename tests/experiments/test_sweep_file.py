"""Sweep files: what they may say, and what is said of a wrong one."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

import culturesim as cs
from culturesim.experiments.design import design
from culturesim.experiments.sweep_file import SweepFile, load_sweep
from culturesim.model.results import RUN_NAMES
from tests.experiments.sweeps import small

FILE = """
title = "Mine"
scenario = "baseline"
cultures = ["execution", "discovery"]
replications = 7
seed = 3
record = ["value_created"]
sampler = "grid"

[overrides]
"world.cycles" = 9

[factors]
"world.care_memory" = {low = 5, high = 320, scale = "log", levels = 4}
"organizations.*.teams" = {low = 4, high = 8, scale = "integer", levels = 3}

[factors."together.discovery"]
paths = ["cultures.discovery.listening", "cultures.discovery.testing"]
levels = [0, 0.1]
"""


def test_a_file_says_it_all(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(FILE, encoding="utf-8")
    file = load_sweep(path)
    assert (file.name, file.title, file.replications, file.seed) == ("mine", "Mine", 7, 3)
    assert file.record == ("value_created",)
    assert file.scenario.world.cycles == 9
    assert [factor.levels for factor in file.factors] == [
        (5.0, 20.0, 80.0, 320.0),
        (4, 6, 8),
        (0, 0.1),
    ]
    points, samples = design(file)
    assert len(points) == 4 * 3 * 2
    assert samples == list(range(24))
    assert points[1].changes == {
        "world.care_memory": 5.0,
        "organizations.*.teams": 4,
        "cultures.discovery.listening": 0.1,
        "cultures.discovery.testing": 0.1,
    }
    assert load_sweep(file) == file


def test_what_is_not_said_has_a_default() -> None:
    file = load_sweep({"factors": {"world.care_memory": [240]}})
    assert file.scenario == cs.load_scenario("baseline")
    assert file.cultures == ("execution", "discovery")
    assert file.record == RUN_NAMES
    assert file.sampler == "grid"
    assert file.where == "sweep"


def test_a_scenario_beside_the_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('extends = "baseline"\n[world]\ncycles = 5\n', "utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(FILE.replace('"baseline"', '"own.toml"').replace("= 9", "= 8"), "utf-8")
    assert load_sweep(path).scenario.name == "own"


def test_levels_of_an_identity_are_those_of_the_resolved_scenario() -> None:
    one, _ = design(load_sweep(small()))
    other, _ = design(load_sweep(small(title="Other", replications=9, cultures=["discovery"])))
    changed, _ = design(load_sweep(small(overrides={"world.cycles": 7})))
    assert [point.identity for point in one] == [point.identity for point in other]
    assert not {point.identity for point in one} & {point.identity for point in changed}


def test_levels_may_be_words_truths_and_infinity() -> None:
    source = {
        "scenario": "garden",
        "cultures": [],
        "overrides": {"leadership.0.target": "random", "leadership.0.teams": 4},
        "factors": {
            "leadership.0.target": ["cluster", "random"],
            "world.care_memory": [5, math.inf],
        },
    }
    points, _ = design(load_sweep(source))
    assert [point.levels for point in points][-1] == ("random", math.inf)


def test_points_one_by_one(tmp_path: Path) -> None:
    listed = [
        {"world.care_memory": 20, "world.cycles": 4},
        {"world.care_memory": 5, "world.cycles": 6},
    ]
    points, _ = design(load_sweep({"points": listed}))
    assert [point.levels for point in points] == [(20, 4), (5, 6)]
    (tmp_path / "p.csv").write_text(
        "world.care_memory,organizations.*.culture\n20,discovery\ninf,execution\n", "utf-8"
    )
    path = tmp_path / "s.toml"
    path.write_text('points = "p.csv"\ncultures = []\n', encoding="utf-8")
    points, _ = design(load_sweep(path))
    assert [point.levels for point in points] == [(20, "discovery"), (math.inf, "execution")]
    (tmp_path / "p.csv").write_text("world.care_memory,world.cycles\n20\n", "utf-8")
    with pytest.raises(cs.ScenarioError, match="as many cells"):
        load_sweep(path)
    (tmp_path / "p.csv").unlink()
    with pytest.raises(cs.ScenarioError, match="cannot be read"):
        load_sweep(path)


def test_a_point_that_a_sampler_visits_twice_is_run_once() -> None:
    source = {"sampler": "list", "factors": {"world.cycles": [5, 6, 5]}}
    points, samples = design(load_sweep(source))
    assert [point.levels for point in points] == [(5,), (6,)]
    assert samples == [0, 1, 0]


CASES: list[tuple[dict[str, Any], str, str]] = [
    ({"factor": {}}, "factor is not part of a sweep", "factors"),
    ({"sampler": "gird"}, "sampler is no sampler", "grid"),
    ({"cultures": ["discovry"]}, "discovry is not a culture", "discovery"),
    ({"cultures": ["discovery", "discovery"]}, "cultures names one twice", ""),
    ({"cultures": 3}, "cultures is no list of names", ""),
    ({"record": ["value_create"]}, "value_create does not exist", "value_created"),
    ({"replications": 0}, "replications is no count", ""),
    ({"seed": -1}, "seed is out of range", ""),
    ({"samples": 8}, "samples means nothing", ""),
    ({"scenario": "basline"}, 'no bundled scenario "basline"', "baseline"),
    ({"scenario": 3}, "scenario is no name", ""),
    ({"overrides": {"world.cycle": 3}}, "world.cycle is not a parameter", "cycles"),
    ({"overrides": 3}, "overrides is no table", ""),
    ({"title": 3}, "title is no text", ""),
    ({"factors": {}}, "factors says nothing to vary", ""),
    ({"factors": {"world.cycles": []}}, "is empty", ""),
    ({"factors": {"world.cycles": [5, 5]}}, "names a level twice", ""),
    ({"factors": {"world.cycles": 5}}, "is no factor", ""),
    ({"factors": {"world.cycles": [[5]]}}, "is no level", ""),
    ({"factors": {"world.cycles": [math.nan]}}, "is no level", ""),
    ({"factors": {"a": {"low": 1, "high": 2, "level": 3}}}, "a.level is not part", "levels"),
    ({"factors": {"a": {"low": 1, "high": 2, "scale": "lg"}}}, "scale is no scale", "log"),
    ({"factors": {"a": {"low": 2, "high": 1, "levels": 3}}}, "high is not above low", ""),
    ({"factors": {"a": {"low": 1, "high": math.inf}}}, "a.high is no end of a range", ""),
    ({"factors": {"a": {"low": 0, "high": 1, "scale": "log"}}}, "cannot be on a log", ""),
    ({"factors": {"a": {"low": 0.5, "high": 2, "scale": "integer"}}}, "no whole numbers", ""),
    ({"factors": {"a": {"low": 1, "high": 2, "levels": 1}}}, "is no number of levels", ""),
    ({"factors": {"a": {"paths": "b", "levels": [1]}}}, "is no list of dotted paths", ""),
    ({"factors": {"a": {"low": 1, "levels": [1]}}}, "goes with a range", ""),
    ({"factors": {"seed": {"paths": ["world.cycles"], "levels": [3]}}}, "name of a column", ""),
    ({"sampler": "list", "factors": {"a": [1], "b": [1, 2]}}, "different numbers of levels", ""),
    ({"points": [{"a": 1}, {"b": 1}], "sampler": "list"}, "like the first", ""),
    ({"points": [], "sampler": "list"}, "lists no design points", ""),
    ({"points": [{"a": 1}], "sampler": "grid"}, "goes with the sampler list", ""),
]


@pytest.mark.parametrize(("changes", "says", "near"), CASES, ids=lambda v: str(v)[:40])
def test_a_wrong_file_is_told_what_is_wrong(changes: dict[str, Any], says: str, near: str) -> None:
    source = small(**changes)
    if "points" in changes:
        del source["factors"]
    with pytest.raises(cs.CultureSimError, match=says.replace("[", r"\[")) as raised:
        load_sweep(source)
    assert raised.value.where, "it must say where"
    assert (raised.value.nearest or "") == near or not near


@pytest.mark.parametrize(
    ("factors", "says"),
    [
        ({"world.care_memry": [5]}, "care_memry"),
        ({"world.care_memory": ["long"]}, "care_memory"),
        ({"organizations.*.prior.accuracy": [0.5, 1.5]}, "accuracy"),
    ],
)
def test_a_wrong_level_is_told_with_its_design_point(factors: dict[str, Any], says: str) -> None:
    with pytest.raises(cs.ScenarioError, match=says) as raised:
        design(load_sweep(small(factors=factors)))
    assert "design point" in str(raised.value.where)


def test_there_must_be_a_file() -> None:
    with pytest.raises(cs.ScenarioError, match="no bundled sweep"):
        load_sweep("crosover")
    with pytest.raises(cs.ScenarioError, match="there is no file"):
        load_sweep("mine.toml")
    with pytest.raises(cs.ArgumentError, match="is not a sweep"):
        load_sweep(3)  # type: ignore[arg-type]
    assert isinstance(load_sweep(small()), SweepFile)
