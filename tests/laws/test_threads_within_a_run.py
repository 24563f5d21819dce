"""One run in several threads is the run in one, to the last bit; blocks write their own rows."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np
import pytest

import culturesim as cs
from culturesim.cycle import one_cycle
from culturesim.errors import ArgumentError
from culturesim.model import simulate as module
from culturesim.model import threads
from culturesim.model.engine import PARTS, Setup
from culturesim.model.measure import METRICS
from culturesim.model.threads import CLOSING, DRIFT, OPENING, RECORD, run_in_threads
from culturesim.state import room
from culturesim.state.columns import State
from culturesim.state.parameters import Share
from tests.cycle._worlds import columns_of, copied, snapshot

SCENARIOS = ["two-segments", "shock", "rising-standards", "head-to-head", "garden", "buy-in"]
PHASES: tuple[str, ...] = one_cycle.__code__.co_names
FOR_CUSTOMERS = [
    number
    for number, name in enumerate(PHASES)
    if "customer" in importlib.import_module(f"culturesim.cycle.{name}").FACTS.acts
]


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A block for every forty customers or so, and every market is large."""
    monkeypatch.setattr(room, "LEAST_BLOCK", 40)
    monkeypatch.setattr(threads, "LARGE", 1)


def world(name: str) -> cs.Scenario:
    shorter = {} if name in ("shock", "buy-in", "garden") else {"world.cycles": 30}
    return cs.load_scenario(name, shorter)


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("name", SCENARIOS)
def test_number_of_threads_changes_nothing(name: str) -> None:
    """Nor does it matter whether anybody stops between cycles or phases."""
    setup = Setup(world(name))
    whole = setup.empty_records()
    setup.run(5, whole)
    for number in (1, 2, 3, 7, 1000):
        shared = setup.empty_records()
        run_in_threads(setup, 5, shared, number)
        assert shared.tobytes() == whole.tobytes(), number
    model = cs.CultureModel(world(name), seed=5)
    model.run_model()
    assert model.records.tobytes() == whole.tobytes()


@pytest.mark.usefixtures("small_blocks")
def test_order_in_which_blocks_are_done_changes_nothing() -> None:
    setup = Setup(world("two-segments"))
    whole, shared = setup.start(5), setup.start(5)
    records, found = setup.empty_records(), setup.empty_records()
    blocks = len(whole.room.care)
    assert blocks > 3
    for cycle in range(setup.cycles):
        setup.advance(5, cycle, cycle + 1, whole, records)
        for part in range(PARTS):
            pieces = [OPENING, *(Share(False, b, b + 1, False) for b in reversed(range(blocks)))]
            pieces.append(CLOSING)
            if part not in (*FOR_CUSTOMERS, RECORD):
                pieces = [CLOSING]  # what is done for teams is done whole, whatever the share
            for share in pieces:
                setup.advance(5, cycle, cycle + 1, shared, found, (part, part + 1), share)
    assert same_columns(shared, whole)
    assert found.tobytes() == records.tobytes()


def same_columns(one: State, other: State) -> bool:
    mine, theirs = columns_of(one), columns_of(other)
    return all(mine[name].tobytes() == theirs[name].tobytes() for name in mine)


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("number", [*FOR_CUSTOMERS, RECORD])
def test_block_writes_its_own_rows_and_its_own_sums(number: int) -> None:
    setup = Setup(world("rising-standards"))
    state, records = setup.start(5), setup.empty_records()
    setup.advance(5, 0, 20, state, records)
    setup.advance(5, 20, 21, state, records, (DRIFT, number))
    setup.advance(5, 20, 21, state, records, (number, number + 1), OPENING)
    before = copied(state)
    block, blocks = 2, len(state.room.care)
    setup.advance(
        5, 20, 21, state, records, (number, number + 1), Share(False, block, block + 1, False)
    )
    first, last = (len(state.customers.care) * b // blocks for b in (block, block + 1))
    changed = {
        name: np.flatnonzero(rows_changed(array, snapshot(before)[name]))
        for name, array in columns_of(state).items()
    }
    written = {name for name, rows in changed.items() if len(rows)}
    assert all(name.startswith("customers.") for name in written)
    assert written or number == RECORD
    assert all(first <= row < last for rows in changed.values() for row in rows)
    for name, array in state.room._asdict().items():
        rows = np.flatnonzero(rows_changed(array, getattr(before.room, name)))
        own = range(first, last) if name == "served" else [block]
        assert set(rows) <= set(own), name


def rows_changed(array: Any, before: Any) -> Any:
    rows = [[row.tobytes() for row in these] for these in (array, before)]
    return np.array([new != old for new, old in zip(*rows, strict=True)], bool)


@pytest.mark.parametrize("customers", [100_000])
def test_threads_agree_in_a_market_of_real_size(customers: int) -> None:
    changes = {"world.customers": customers, "world.cycles": 3, "organizations.*.teams": 100}
    scenario = cs.load_scenario("baseline", changes)
    runs = [cs.simulate(scenario, "discovery", 2, threads=number) for number in (1, 2, 3, None)]
    assert len({run.records.tobytes() for run in runs}) == 1
    model = cs.CultureModel(scenario, "discovery", 2)
    for _ in range(3):
        model.step()
    assert model.records.tobytes() == runs[0].records.tobytes()


def test_blocks_change_no_more_than_the_last_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sums go in another order than in a market of one block; in few cycles that is all."""
    scenario = cs.load_scenario("two-segments", {"world.cycles": 3})
    one = cs.simulate(scenario, "discovery", 1).records
    monkeypatch.setattr(room, "LEAST_BLOCK", 40)
    several = cs.simulate(scenario, "discovery", 1).records
    assert several.tobytes() != one.tobytes()
    np.testing.assert_allclose(several, one, rtol=1e-12)
    assert one.shape[-1] == len(METRICS)


# --- who asks for threads


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many threads each run was given."""
    numbers: list[int] = []

    def watched(setup: Setup, seed: int, records: Any, number: int, tell: Any = None) -> None:
        numbers.append(number)
        run_in_threads(setup, seed, records, number, tell)

    monkeypatch.setattr(module, "run_in_threads", watched)
    monkeypatch.setattr(module, "processors", lambda: 3)
    return numbers


def test_small_market_is_run_in_one_thread(asked: list[int]) -> None:
    cs.simulate(world("baseline"))
    cs.simulate(world("baseline"), threads=2)
    cs.ensemble(world("baseline"), replications=1)  # never asks
    assert asked == [1, 2]


@pytest.mark.usefixtures("small_blocks")
def test_large_market_is_run_in_as_many_as_there_are_processors(asked: list[int]) -> None:
    cs.simulate(world("baseline"))
    cs.simulate(world("baseline"), threads=1)
    assert asked == [3, 1]


@pytest.mark.usefixtures("small_blocks")
def test_few_runs_of_a_large_market_share_the_threads(asked: list[int]) -> None:
    told: list[tuple[int, int]] = []

    def report(done: int, total: int) -> None:
        told.append((done, total))

    alone = cs.ensemble(world("baseline"), replications=2, workers=1)
    assert asked == []
    shared = cs.ensemble(world("baseline"), replications=2, progress=report)
    assert asked == [3, 3]
    assert told == [(1, 2), (2, 2)]
    assert shared.records.tobytes() == alone.records.tobytes()
    cs.ensemble(world("baseline"), replications=3)
    assert asked == [3, 3]


@pytest.mark.parametrize("wrong", [0, -1, 1.5, "2", True])
def test_number_of_threads_is_a_count(wrong: Any) -> None:
    with pytest.raises(ArgumentError, match="threads"):
        cs.simulate("baseline", threads=wrong)
