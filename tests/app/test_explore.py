"""An explorer without a browser: moves, what they make of the figure, and the code they leave."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import culturesim as cs
from culturesim.app import explorer_widget
from culturesim.app.explorer_widget import Explorer
from culturesim.model.measure import NAMES
from culturesim.model.results import BANDS

WAIT = 120.0
ACCURACY = "organizations.*.prior.accuracy"
LISTENING = "cultures.discovery.listening"
SMALL = {"world.customers": 40, "organizations.*.teams": 4, "world.cycles": 12}


@pytest.fixture(scope="module")
def small() -> cs.Scenario:
    return cs.load_scenario("baseline", SMALL)


@pytest.fixture
def explorer(small: cs.Scenario) -> Iterator[Explorer]:
    made = cs.explore(small, replications=24)
    assert made.wait(WAIT)
    yield made
    made.close()


def say(explorer: Explorer, **moved: Any) -> None:
    """Send what a browser sends: places of knobs by their number, as ``k0=3``."""
    places: list[int | None] = list(explorer.answer["places"])
    number = moved.pop("number", 1)
    metric = moved.pop("metric", explorer.metric)
    for key, place in moved.items():
        places[int(key[1:])] = place
    content = {"view": "page", "number": number, "places": places, "metric": metric}
    message = {"method": "custom", "content": content}
    explorer._handle_msg({"content": {"data": message}, "buffers": []})


def at(explorer: Explorer, path: str, value: object) -> tuple[str, int]:
    for n, knob in enumerate(explorer._knobs):
        if knob.path == path:
            return f"k{n}", knob.levels.index(value)
    raise AssertionError(path)


def run_code(code: str, **names: Any) -> cs.Comparison:
    exec(compile(code, "explorer.code", "exec"), names)
    found = names["comparison"]
    assert isinstance(found, cs.Comparison)
    return found


# --- what it shows


def test_bands_are_quantiles_of_the_sums_of_the_same_runs(explorer: Explorer) -> None:
    whole = cs.compare(explorer.scenario, ("execution", "discovery"), 24)
    for line in explorer.answer["lines"]:
        records = whole.ensembles[line["name"]].market.records[:, :, 0]
        values = records[:, :, NAMES.index("value_created")].cumsum(axis=1)
        for level in BANDS:
            drawn = line[f"q{round(100 * level)}"]
            np.testing.assert_allclose(drawn, np.quantile(values, level, axis=0), rtol=5.1e-6)
    assert explorer.answer["sentence"] == whole.sentence
    assert explorer.answer["runs"] == 24


def test_what_is_no_sum_is_shown_cycle_by_cycle(explorer: Explorer) -> None:
    explorer.move(metric="broken_promise_rate")
    assert explorer.wait(WAIT)
    for line in explorer.answer["lines"]:
        ensemble = explorer.comparison().ensembles[line["name"]]
        wanted = ensemble.quantiles("broken_promise_rate")[0.5].to_numpy()
        drawn = [math.nan if value is None else value for value in line["q50"]]
        np.testing.assert_allclose(drawn, wanted, rtol=5.1e-6)
    assert explorer.answer["sentence"].startswith("Promises that were broken: ")
    assert "24 markets" in explorer.answer["sentence"]


def test_long_runs_are_thinned_to_what_a_figure_shows(small: cs.Scenario) -> None:
    explorer = cs.explore(small.override({"world.cycles": 1300}), "status_quo", replications=1)
    assert explorer.wait(WAIT)
    answer = explorer.answer
    assert (answer["cycles"], answer["every"], len(answer["lines"][0]["q50"])) == (1300, 3, 433)


# --- moves


def test_a_move_changes_the_figure_and_the_sentence(explorer: Explorer) -> None:
    before = explorer.answer
    say(explorer, **dict([at(explorer, ACCURACY, 0.9)]))
    assert explorer.wait(WAIT)
    after = explorer.answer
    assert (after["view"], after["number"], after["done"]) == ("page", 1, True)
    assert after["lines"] != before["lines"]
    assert after["sentence"] != before["sentence"]
    assert explorer.values[ACCURACY] == 0.9
    assert explorer.changes == {ACCURACY: 0.9}


def test_the_first_runs_come_first_and_are_among_all(
    explorer: Explorer, small: cs.Scenario
) -> None:
    seen: list[Any] = []
    explorer.observe(lambda change: seen.append(change["new"]), "answer")
    explorer.move({ACCURACY: 0.7})
    assert explorer.wait(WAIT)
    assert [(answer["runs"], answer["done"]) for answer in seen] == [(10, False), (24, True)]
    assert seen[0]["sentence"] is None
    few = cs.explore(small, replications=10)
    few.move({ACCURACY: 0.7})
    assert few.wait(WAIT)
    assert few.answer["lines"] == seen[0]["lines"]


def test_the_newest_move_wins_and_nothing_waits_in_a_queue(
    explorer: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the first of nine moves is computed, the others come; only the last is computed."""
    asked: list[object] = []
    holding, go_on = threading.Event(), threading.Event()
    compute = Explorer._compare

    def slow(self: Explorer, move: Any, number: int, stale: Any) -> Any:
        asked.append(self._changes(move)[ACCURACY])
        holding.set()
        assert go_on.wait(WAIT)
        return compute(self, move, number, stale)

    monkeypatch.setattr(explorer_widget.Explorer, "_compare", slow)
    say(explorer, number=1, **dict([at(explorer, ACCURACY, 0.5)]))
    assert holding.wait(WAIT)
    for number in range(2, 10):
        say(explorer, number=number, **dict([at(explorer, ACCURACY, number / 10)]))
    go_on.set()
    assert explorer.wait(WAIT)
    assert set(asked) == {0.5, 0.9}
    assert (explorer.answer["number"], explorer.answer["runs"]) == (9, 24)
    assert explorer.values[ACCURACY] == 0.9


def test_a_stale_computation_is_dropped_between_its_runs(
    explorer: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from culturesim.model.engine import Setup

    accuracies: list[float] = []
    run = Setup.run
    overtaken = threading.Event()

    def counted(self: Setup, seed: int, records: Any) -> None:
        accuracies.append(next(iter(self.scenario.organizations.values())).prior.accuracy)
        if len(accuracies) == 23:  # the first 20 are the answer that comes at once
            say(explorer, number=2, **dict([at(explorer, ACCURACY, 0.8)]))
            overtaken.set()
        run(self, seed, records)

    monkeypatch.setattr(Setup, "run", counted)
    say(explorer, number=1, **dict([at(explorer, ACCURACY, 0.5)]))
    assert overtaken.wait(WAIT)
    assert explorer.wait(WAIT)
    # Of 48 runs no more are done than had begun when the newer move came.
    assert 23 <= accuracies.count(0.5) <= 26
    assert accuracies.count(0.8) == 48
    assert explorer.answer["number"] == 2


def test_a_move_does_not_keep_the_kernel_waiting(
    explorer: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    computing: list[str] = []
    compute = Explorer._compare

    def noted(self: Explorer, *arguments: Any) -> Any:
        computing.append(threading.current_thread().name)
        return compute(self, *arguments)

    monkeypatch.setattr(explorer_widget.Explorer, "_compare", noted)
    say(explorer, **dict([at(explorer, ACCURACY, 0.8)]))
    assert explorer.wait(WAIT)
    assert computing
    assert set(computing) == {"culturesim-explore"}


def test_reset_puts_everything_back(explorer: Explorer) -> None:
    first = explorer.answer["lines"]
    explorer.move({"prior accuracy": 0.9, LISTENING: 0.2})
    explorer.reset()
    assert explorer.wait(WAIT)
    assert explorer.changes == {}
    assert explorer.answer["lines"] == first


def test_values_that_contradict_each_other_are_said_and_forgiven(explorer: Explorer) -> None:
    explorer.move({LISTENING: 1.0, "cultures.discovery.testing": 1.0})
    assert explorer.wait(WAIT)
    assert "discovery" in explorer.answer["error"]
    assert "lines" not in explorer.answer
    with pytest.raises(cs.ScenarioError, match="discovery"):
        explorer.comparison()
    explorer.reset()
    assert explorer.wait(WAIT)
    assert "error" not in explorer.answer


@pytest.mark.parametrize(
    "content",
    [
        "nonsense",
        {},
        {"view": "a", "number": 1, "places": [0], "metric": "waste"},
        {"view": "a", "number": 1, "places": [9999] + [None] * 5, "metric": "waste"},
        {"view": "a", "number": 1, "places": [None] * 6, "metric": "wastes"},
    ],
)
def test_messages_that_make_no_sense_move_nothing(explorer: Explorer, content: Any) -> None:
    before = explorer.answer
    explorer._handle_custom_msg(content, [])
    assert explorer.wait(WAIT)
    assert explorer.answer is before


# --- the code


def test_code_gives_the_numbers_that_are_shown(
    explorer: Explorer, capsys: pytest.CaptureFixture[str]
) -> None:
    explorer.move({ACCURACY: 0.6, "world.care_memory": math.inf})
    assert explorer.wait(WAIT)
    assert explorer.code == explorer.answer["code"]
    assert 'float("inf")' in explorer.code
    made = run_code(explorer.code)
    assert capsys.readouterr().out.strip() == explorer.answer["sentence"]
    for name, ensemble in explorer.comparison().ensembles.items():
        np.testing.assert_array_equal(made.ensembles[name].records, ensemble.records)
    assert made.scenario == explorer.scenario
    assert made.table.equals(explorer.comparison().table)


@pytest.mark.parametrize(
    "name", ["mandate", "insiders-first", "three-books", "champions-or-everyone"]
)
def test_code_of_any_scenario_loads_it_again(name: str) -> None:
    changed = cs.load_scenario(name, {"segments.*.worth": 5.5, "organizations.*.capacity": 9})
    explorer = cs.explore(changed, "status_quo", replications=1, seed=3)
    namespace: dict[str, Any] = {}
    exec(explorer.code.replace("cs.compare(", "dict(scenario=").replace("print", "#"), namespace)
    assert namespace["scenario"] == explorer.scenario


def test_code_holds_a_culture_that_was_added(small: cs.Scenario) -> None:
    mine = small.override({"cultures.mine": {"like": "discovery", "listening": 0.2}})
    explorer = cs.explore(mine, ["status_quo"], ("execution", "mine"), replications=2)
    assert run_code(explorer.code).scenario == mine


def test_code_of_what_no_file_holds_takes_the_scenario_that_was_given(tmp_path: Path) -> None:
    file = tmp_path / "gone.toml"
    file.write_text('extends = "baseline"\n[world]\ncycles = 6\ncustomers = 30\n', "utf-8")
    scenario = cs.load_scenario(file)
    file.unlink()
    explorer = cs.explore(scenario, ["status_quo"], replications=2)
    explorer.move({"status quo": 0.3})
    made = run_code(explorer.code, scenario=scenario)
    assert made.scenario.segments["customers"].status_quo == 0.3
    assert made.scenario.world.cycles == 6


# --- mistakes


def test_a_wrong_move_from_python_is_said(explorer: Explorer) -> None:
    with pytest.raises(cs.ArgumentError, match="nearest: organizations"):
        explorer.move({"organizations.*.prior.acuracy": 0.5})
    with pytest.raises(cs.ArgumentError, match="is not a level"):
        explorer.move({ACCURACY: 7.0})
    with pytest.raises(cs.ArgumentError, match="nearest: waste"):
        explorer.move(metric="wast")
