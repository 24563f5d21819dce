"""Each phase of the baseline, and assess and commit beside what they are measured by.

A phase is run again and again at the same moment, in the middle of a run. Ratios come from turns of
both sides in one process; they are those of processor time.
"""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from benchmarks.numpy_market import assess_and_commit
from culturesim.kernels.exponential import exponentials
from culturesim.kernels.jit import compiled
from culturesim.kernels.random import uniforms
from culturesim.kernels.vectors import dot
from culturesim.model.engine import Setup, compile_first
from culturesim.model.schedule import schedule
from culturesim.state import streams
from tests.cycle._worlds import copied

PARTS = [phase.name for phase in schedule()] + ["record"]
SEED, MIDDLE, AGAIN = 1, 60, 120
ROUNDS = 40


class Middle:
    """The baseline in the middle of a run."""

    def __init__(self, culture: str = "discovery") -> None:
        compile_first()
        self.setup = Setup("baseline", culture)
        self.records = self.setup.empty_records()
        self.state = self.setup.start(SEED)
        self.setup.advance(SEED, 0, MIDDLE, self.state, self.records)
        self.room = np.empty((MIDDLE + AGAIN, *self.records.shape[1:]))

    def again(self, first: int, last: int) -> None:
        """Parts of the cycle, `AGAIN` times."""
        self.setup.advance(SEED, MIDDLE, MIDDLE + AGAIN, self.state, self.room, (first, last))


def processor_time(work: Callable[[], object]) -> float:
    start = time.thread_time()
    work()
    return time.thread_time() - start


def in_turn(*works: Callable[[], object], rounds: int = ROUNDS) -> list[list[float]]:
    """Processor times of several works, round by round."""
    for work in works:
        work()
    return [[processor_time(work) for work in works] for _ in range(rounds)]


@pytest.mark.parametrize("part", PARTS)
def test_part(benchmark: Any, part: str) -> None:
    middle = Middle()
    number = PARTS.index(part)
    benchmark(middle.again, number, number + 1)
    if benchmark.stats is not None:
        benchmark.extra_info["us_per_cycle"] = 1e6 * benchmark.stats.stats.median / AGAIN
    assert np.isfinite(middle.state.teams.belief).all()


@compiled
def bare(care: Any, offer: Any, considered: Any, odds: Any, out: Any, again: int) -> None:
    """Nothing but the dot products, the exponentials and one draw for each customer."""
    for cycle in range(again):
        for i in range(care.shape[0]):
            odds[i, 0] = 0.0
            for slot in range(considered.shape[1]):
                odds[i, slot + 1] = -dot(care[i], offer[considered[i, slot]])
        exponentials(odds.reshape(odds.size))
        for i in range(care.shape[0]):
            out[i] = uniforms(SEED, streams.CHOICE, cycle, i, 0)[0]


@compiled
def bare_one_by_one(
    care: Any, offer: Any, considered: Any, odds: Any, out: Any, again: int
) -> None:
    """The same with the library's exponential."""
    for cycle in range(again):
        for i in range(care.shape[0]):
            odds[i, 0] = math.exp(0.0)
            for slot in range(considered.shape[1]):
                odds[i, slot + 1] = math.exp(-dot(care[i], offer[considered[i, slot]]))
            out[i] = uniforms(SEED, streams.CHOICE, cycle, i, 0)[0]


def test_assess_and_commit(benchmark: Any) -> None:
    """Beside the bare loop, in both spellings, and beside numpy."""
    middle = Middle()
    customers, teams = middle.state.customers, middle.state.teams
    traits = middle.setup.params.segments[0]
    luck = np.random.default_rng(1).random((len(customers.choice), 2))
    odds, out = np.empty_like(customers.odds), np.empty(len(customers.choice))
    rows = (customers.care, teams.offer, customers.considered, odds, out, AGAIN)
    first = PARTS.index("assess")

    def in_numpy() -> None:
        for _ in range(AGAIN):
            assess_and_commit(customers, teams, traits, luck)

    def in_all() -> list[list[float]]:
        return in_turn(
            lambda: middle.again(first, first + 2),
            lambda: bare(*rows),
            lambda: bare_one_by_one(*rows),
            in_numpy,
        )

    times = np.array(benchmark.pedantic(in_all, rounds=1, iterations=1))
    per_offer = times / (AGAIN * customers.considered.size) * 1e9
    for name, column in zip(("ours", "bare", "bare_library", "numpy"), per_offer.T, strict=True):
        benchmark.extra_info[f"ns_per_offer_{name}"] = float(np.median(column))
    benchmark.extra_info["ratio_to_bare"] = statistics.median(times[:, 0] / times[:, 1])
    benchmark.extra_info["ratio_of_numpy"] = statistics.median(times[:, 3] / times[:, 0])
    moment = copied(middle.state)
    middle.setup.advance(SEED, MIDDLE, MIDDLE + 1, middle.state, middle.room, (first, first + 2))
    same = [uniforms(SEED, streams.CHOICE, MIDDLE, i, 0)[:2] for i in range(len(customers.choice))]
    found = assess_and_commit(moment.customers, moment.teams, traits, np.array(same))
    assert (found == customers.choice).all()  # numpy's is no other model
