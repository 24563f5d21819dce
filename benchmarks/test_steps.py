"""The two other ways through a baseline: cycle by cycle in Mesa, and the plain-Python reference.

Each is run in turn with the compiled run in one process; times are processor times.
"""

from __future__ import annotations

import statistics
from typing import Any

import culturesim as cs
from benchmarks.test_phases import in_turn
from culturesim.model.engine import Setup, compile_first
from tests.reference.run import Run


def test_mesa(benchmark: Any) -> None:
    """What a step costs beyond the compiled cycle, recording included; models are made before."""
    compile_first()
    setup = Setup("baseline", "discovery")
    records = setup.empty_records()
    models = [cs.CultureModel("baseline", culture="discovery", seed=1) for _ in range(11)]

    def stepped() -> None:
        model = models.pop()
        while model.running:
            model.step()

    def in_all() -> list[list[float]]:
        return in_turn(lambda: setup.run(1, records), stepped, rounds=10)

    times = benchmark.pedantic(in_all, rounds=1, iterations=1)
    beyond = [(mesa - run) / setup.cycles for run, mesa in times]
    benchmark.extra_info["ms_per_cycle_beyond"] = 1e3 * statistics.median(beyond)
    assert not models


def test_plain_python(benchmark: Any) -> None:
    """The reference model: the same numbers, from objects and loops."""
    compile_first()
    scenario = cs.load_scenario("baseline").with_culture("discovery")
    setup = Setup(scenario)
    records = setup.empty_records()

    def plain_python() -> None:
        run = Run(scenario.resolved(), None, 1)
        for _ in range(setup.cycles):
            run.step()

    def in_all() -> list[list[float]]:
        return in_turn(lambda: setup.run(1, records), plain_python, rounds=2)

    times = benchmark.pedantic(in_all, rounds=1, iterations=1)
    benchmark.extra_info["ratio"] = statistics.median(slow / fast for fast, slow in times)
    assert records[..., 0].sum() > 0.0
