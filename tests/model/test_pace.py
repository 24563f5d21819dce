"""How long runs will take is said from as little of them as that needs."""

from __future__ import annotations

import time

import pytest

import culturesim as cs
from culturesim.model import pace
from culturesim.model.engine import Setup
from culturesim.model.pace import Kind, expected, seconds_a_run
from tests.model.own import Bold

pytestmark = pytest.mark.compiled


@pytest.fixture(scope="module")
def small() -> cs.Scenario:
    return cs.load_scenario("baseline", {"world.customers": 60, "world.cycles": 20})


def test_time_grows_with_the_runs(small: cs.Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "seconds_a_run", lambda setup: 0.25)
    kinds = [Kind(small, name, None) for name in ("execution", "discovery")]
    assert expected(kinds, 40, 1, 8) == pytest.approx(20.0)
    assert expected(kinds, 40, 4, 8) == pytest.approx(5.0)
    assert expected(kinds, 40, None, 8) == pytest.approx(2.5)
    assert expected(kinds, 40, 8, 2) == pytest.approx(10.0)  # no more than there are
    assert expected(kinds, 1, 8, 8) == pytest.approx(0.25)  # a run is not divided


def test_only_a_few_kinds_are_tried(small: cs.Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def note(setup: Setup) -> float:
        tried.append(setup.cycles)
        return 1.0

    monkeypatch.setattr(pace, "seconds_a_run", note)
    kinds = [Kind(small.override({"world.cycles": n}), None, None) for n in range(1, 26)]
    assert expected(kinds, 2, 1, 1) == pytest.approx(50.0)
    assert tried == [1, 13, 25]


def test_of_a_long_run_the_beginning_is_enough(
    small: cs.Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "PATIENCE", 0.0)
    setup = Setup(small.override({"world.cycles": 100_000}))
    setup.cycles = 100_000
    began = time.perf_counter()
    said = seconds_a_run(setup)
    assert time.perf_counter() - began < said


def test_verbs_of_teams_are_not_tried(small: cs.Scenario) -> None:
    for workers, said in ((1, 0.0), (None, 0.0), (2, None)):
        kinds = [Kind(small, "execution", None), Kind(small, None, Bold)]
        assert expected(kinds, 10, workers, 2) == said
