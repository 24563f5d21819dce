"""The numbers of the page are those of the Python API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import culturesim as cs
from culturesim.app import answers, asked
from culturesim.app.acts import COARSE, TURNS_AWAY, TWO_YEARS
from culturesim.app.desk import Desk, DroppedError
from culturesim.app.engine_room import EngineRoom
from culturesim.app.runs import Runs

ASKED = {
    "revealed": {"act": "3", "bet": "same", "seed": "5"},
    "known": {"act": "4", "bet": "0.5", "accuracy": "0.9"},
    "moving": {"act": "5", "bet": "20", "memory": "20", "seed": "11"},
    "garden": {"act": "6", "bet": "50", "attention": "30", "practice": "0.03"},
    "insiders": {"act": "7", "ground": "insiders", "search": "0.3", "nothing": "0.1"},
}


def from_api(question: asked.Asked, runs: int) -> list[cs.Ensemble]:
    return [
        cs.ensemble(cs.load_scenario(side.scenario, side.changes), None, runs, question.seed)
        for side in question.sides
    ]


def same(said: list[Any], meant: Any) -> None:
    """Equal to the digits that go over the wire."""
    np.testing.assert_allclose(said, meant, rtol=10.0 ** (1 - answers.DIGITS), atol=1e-12)


@pytest.mark.parametrize("query", ASKED.values(), ids=ASKED)
def test_bands_are_the_quantiles_of_the_api(query: dict[str, str], room: EngineRoom) -> None:
    question = asked.read(query)
    told = room.bands(question, 8)
    for world, ensemble in zip(told["worlds"], from_api(question, 8), strict=True):
        for name in ("nothing", "culture", "practised"):
            metric, _ = answers.LINES[name]
            meant = ensemble.quantiles(metric)
            for level in (0.1, 0.25, 0.5, 0.75, 0.9):
                same(world[name][f"q{level * 100:.0f}"], meant[level])
        cycles = ensemble.cycles
        for name in ("value", "waste"):
            metric, _ = answers.LINES[name]
            by_run = cycles.pivot(index="cycle", columns="replication", values=metric).cumsum()
            same(world[name]["q50"], by_run.median(axis=1))
        for name, metric in answers.TOTALS.items():
            mean = np.nanmean(ensemble.values(metric)) if _any(ensemble.values(metric)) else None
            if mean is None:
                assert world["total"][name] is None
            else:
                same([world["total"][name]], [mean])


def _any(values: Any) -> bool:
    return bool(np.isfinite(values).any())


def test_pairs_and_differences_are_those_of_a_comparison(room: EngineRoom) -> None:
    told = room.bands(asked.read({"act": "3", "bet": "same", "seed": "5"}), 12)
    table = cs.compare("baseline", replications=12, seed=5).table
    for name in ("value", "waste", "net", "nothing"):
        row = table.loc[answers.TOTALS[name]]
        pairs = told["pairs"][name]
        assert pairs["second"] == round(12 * row["ahead"])
        assert pairs["first"] == round(12 * row["behind"])
        assert sum(pairs.values()) == 12
        said = told["differences"][name]
        same([said["mean"], said["low"], said["high"]], row[["difference", "low", "high"]])


def test_a_full_answer_holds_the_runs_of_the_coarse_one() -> None:
    question = asked.read({"act": "3", "bet": "same", "seed": "3"})
    runs = Runs()
    coarse = runs.ensembles(question.sides, 3, 6, lambda: False)
    kept = [ensemble.records.copy() for ensemble in coarse]
    full = runs.ensembles(question.sides, 3, 15, lambda: False)
    for before, ensemble, meant in zip(kept, full, from_api(question, 15), strict=True):
        np.testing.assert_array_equal(ensemble.records[:6], before)
        np.testing.assert_array_equal(ensemble.records, meant.records)
        assert ensemble.seeds == meant.seeds
    again = runs.ensembles(question.sides, 3, 6, lambda: False)
    np.testing.assert_array_equal(again[0].records, kept[0])


@pytest.mark.parametrize("act", ["1", "2", "3", "4", "5", "6"])
def test_before_the_bet_nothing_is_told_of_what_comes_after(act: str, room: EngineRoom) -> None:
    question = asked.read({"act": act, "seed": "2"})
    stop = question.act.stop
    told = room.bands(question, 4)
    assert told["shown"] == stop
    assert told["left"] is None
    for world in told["worlds"]:
        for name in answers.LINES:
            assert all(len(band) == stop for band in world[name].values())
    first, second = from_api(question, 4)
    for world, ensemble in zip(told["worlds"], (first, second), strict=True):
        value = ensemble.records[:, :stop, 0, 0].sum(axis=1)
        same([world["total"]["value"]], [value.mean()])
    a, b = (ensemble.records[:, :stop, 0, 0].sum(axis=1) for ensemble in (first, second))
    assert told["pairs"]["value"]["second"] == (b > a).sum()


def test_what_is_left_is_the_culture_two_years_after(room: EngineRoom) -> None:
    question = asked.read({"act": "6", "bet": "10"})
    told = room.bands(question, 4)
    meant = [
        ensemble.cycles.query(f"cycle == {TURNS_AWAY + TWO_YEARS - 1}")["culture_mean"].mean()
        for ensemble in from_api(question, 4)
    ]
    same(told["left"]["culture"], meant)


def test_a_curve_is_a_comparison_at_each_level() -> None:
    question = asked.read({"act": "4", "bet": "0.5"})
    told = answers.curve(question, Desk(), Runs(), runs=4)
    at = told["levels"].index(0.8)
    meant = from_api(question._replace(knobs={"accuracy": 0.8}), 4)
    for world, ensemble in zip(told["worlds"], meant, strict=True):
        same([world["mean"][at]], [ensemble.values("value_created").mean()])
    paired = cs.compare(
        cs.load_scenario(
            "baseline",
            {"world.care_memory": float("inf"), "organizations.*.prior.accuracy": 0.8},
        ),
        replications=4,
    ).table.loc["value_created"]
    same([told["difference"]["low"][at]], [paired["low"]])


def test_lines_cross_where_the_difference_changes_sign() -> None:
    assert answers.crossings((0, 1, 2, 4), [-1.0, 1.0, 1.0, -3.0]) == [0.5, 2.5]
    assert answers.crossings((0, 1), [1.0, 2.0]) == []


def test_a_newer_move_ends_a_computation() -> None:
    question = asked.read({"act": "3", "seed": "8", "client": "page", "move": "1"})
    calls: Iterator[bool] = iter([False] * 6)
    stale = lambda: next(calls, True)  # noqa: E731
    runs = Runs()
    with pytest.raises(DroppedError):
        answers.bands(question, COARSE, Desk(), runs, stale)
    whole = answers.bands(question, 3, Desk(), runs, lambda: False)
    assert whole["runs"] == 3
