"""Results do not depend on the number of threads, on the order of work, or on how much is asked."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pandas as pd
import pytest

import culturesim as cs
from culturesim.model.engine import Setup
from culturesim.model.seeds import replication_seed
from culturesim.model.simulate import CHUNK

SMALL = {"world.customers": 60, "organizations.*.teams": 5, "world.cycles": 15}
REPLICATIONS = 23  # no multiple of a chunk


@pytest.fixture(scope="module")
def scenario() -> cs.Scenario:
    return cs.load_scenario("two-segments", SMALL)


@pytest.fixture(scope="module")
def alone(scenario: cs.Scenario) -> cs.Ensemble:
    return cs.ensemble(scenario, "discovery", REPLICATIONS, seed=3, workers=1)


def same(one: Any, other: Any) -> bool:
    """To the last bit, not-a-numbers included."""
    return np.asarray(one).tobytes() == np.asarray(other).tobytes()


@pytest.mark.parametrize("workers", [2, 4, 7, None])
def test_threads_agree(scenario: cs.Scenario, alone: cs.Ensemble, workers: int | None) -> None:
    shared = cs.ensemble(scenario, "discovery", REPLICATIONS, seed=3, workers=workers)
    assert same(shared.records, alone.records)
    assert shared.runs.equals(alone.runs)


def test_replications_differ(alone: cs.Ensemble) -> None:
    """Otherwise everything above and below would be true of one run repeated."""
    assert len(np.unique(alone.values("alignment"))) == REPLICATIONS
    assert len(set(alone.seeds)) == REPLICATIONS


@pytest.mark.parametrize("fewer", [1, CHUNK, CHUNK + 1, REPLICATIONS - 1])
def test_more_replications_never_change_earlier_ones(
    scenario: cs.Scenario, alone: cs.Ensemble, fewer: int
) -> None:
    part = cs.ensemble(scenario, "discovery", fewer, seed=3, workers=2)
    assert same(part.records, alone.records[:fewer])
    assert part.seeds == alone.seeds[:fewer]


def test_order_of_work_does_not_matter(scenario: cs.Scenario, alone: cs.Ensemble) -> None:
    setup = Setup(scenario, "discovery")
    records = setup.empty_records(REPLICATIONS)
    for r in reversed(range(REPLICATIONS)):
        setup.run(replication_seed(3, r), records[r])
    assert same(records, alone.records)


def test_cycles_may_be_run_in_pieces(scenario: cs.Scenario, alone: cs.Ensemble) -> None:
    setup = Setup(scenario, "discovery")
    records = setup.empty_records()
    state = setup.start(3)
    for first, last in ((0, 1), (1, 7), (7, 7), (7, 15)):
        setup.advance(3, first, last, state, records)
    assert same(records, alone.records[0])


def test_a_row_can_be_run_again_by_its_seed(scenario: cs.Scenario, alone: cs.Ensemble) -> None:
    for _, row in alone.runs.iloc[[0, 1, CHUNK, REPLICATIONS - 1]].iterrows():
        run = cs.simulate(scenario, culture=row["culture"], seed=row["seed"])
        assert same(run.records, alone.records[row["replication"]])
        again = run.summary.iloc[0]
        pd.testing.assert_series_equal(
            again, row.drop("replication"), check_exact=True, check_names=False
        )


def test_cultures_share_their_seeds(scenario: cs.Scenario, alone: cs.Ensemble) -> None:
    other = cs.ensemble(scenario, "execution", 5, seed=3)
    assert other.seeds == alone.seeds[:5]
    assert not same(other.records, alone.records[:5])


def test_progress_is_told_to_the_end(scenario: cs.Scenario) -> None:
    told: list[tuple[int, int]] = []
    cs.ensemble(
        scenario,
        replications=10,
        workers=3,
        progress=lambda done, total: told.append((done, total)),
    )
    assert [total for _, total in told] == [10] * 3
    done = [done for done, _ in told]
    assert done == sorted(done)
    assert done[-1] == 10


def test_an_interrupt_stops_the_work(
    scenario: cs.Scenario, alone: cs.Ensemble, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was under way ends, what had not begun never begins, and no thread is left."""
    begun: list[int] = []
    run = Setup.run

    def counted(self: Setup, seed: int, records: Any) -> None:
        begun.append(seed)
        run(self, seed, records)

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Setup, "run", counted)
    before = threading.active_count()
    many = 4000
    with pytest.raises(KeyboardInterrupt):
        cs.ensemble(scenario, "discovery", many, seed=3, workers=2, progress=interrupt)
    assert threading.active_count() == before
    assert 0 < len(begun) < many // 2
    number = len(begun)
    again = cs.ensemble(scenario, "discovery", REPLICATIONS, seed=3, workers=2)
    assert len(begun) == number + REPLICATIONS
    assert same(again.records, alone.records)


def test_an_error_in_a_run_is_not_swallowed(
    scenario: cs.Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Setup, seed: int, records: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Setup, "run", fail)
    with pytest.raises(ZeroDivisionError):
        cs.ensemble(scenario, replications=3, workers=2)
