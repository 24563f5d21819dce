"""What growth, leaders and the network between teams cost: one run on one core, compiled.

Both poles have the same practices here, so that everybody does the same work whether cultures grow
or not: what remains is the price of growth and leadership themselves.
"""

from __future__ import annotations

import statistics
import time
from typing import Any

import pytest

import culturesim as cs
from culturesim.model.engine import Setup, compile_first

ALIKE: dict[str, Any] = {
    "cultures.twin": {"like": "execution"},
    "organizations.*.poles": ["execution", "twin"],
    "organizations.*.culture": 0.5,
}
GROWING: dict[str, Any] = {"growth.on": True}
LED: dict[str, Any] = {
    "leadership.grow": {
        "kind": "cultivate", "from": 10, "to": 60, "strength": 0.02, "target": "cluster",
        "teams": 4,
    },
    "leadership.order": {"kind": "mandate", "from": 30, "to": 90, "strength": 0.7},
}  # fmt: skip
WORLDS: dict[str, dict[str, Any]] = {
    "still": {},
    "growing": GROWING,
    "growing and led": {**GROWING, **LED},
    "rewired": {**GROWING, **LED, "growth.rewiring": 0.2},
}
ROUNDS = 60


def made_ready(world: str) -> tuple[Setup, Any]:
    setup = Setup(cs.load_scenario("baseline", {**ALIKE, **WORLDS[world]}))
    compile_first()
    records = setup.empty_records()
    setup.run(1, records)
    return setup, records


@pytest.mark.parametrize("world", WORLDS)
def test_run(benchmark: Any, world: str) -> None:
    setup, records = made_ready(world)
    benchmark(setup.run, 1, records)
    assert records[..., 0].sum() > 0.0


@pytest.mark.parametrize("world", list(WORLDS)[1:])
def test_ratio(benchmark: Any, world: str) -> None:
    """In turn with a run that has neither, so that both meet the same machine; a ratio, no time.

    It is that of processor time, which does not count who else was at work. Each round is another
    seed: a network that is rewired has to be made for every run.
    """
    still, without = made_ready("still")
    growing, records = made_ready(world)

    def clock(setup: Setup, seed: int, into: Any) -> float:
        start = time.thread_time()
        setup.run(seed, into)
        return time.thread_time() - start

    def in_turn() -> list[float]:
        return [
            clock(growing, seed, records) / clock(still, seed, without) for seed in range(ROUNDS)
        ]

    ratios = benchmark.pedantic(in_turn, rounds=1, iterations=1)
    benchmark.extra_info["ratio"] = round(statistics.median(ratios), 3)
    assert (records[..., 0] == without[..., 0]).all()  # the same work was done
