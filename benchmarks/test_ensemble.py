"""A hundred paired replications of the baseline, warm: what ``compare`` does by default."""

from __future__ import annotations

import time
from typing import Any

import pytest

import culturesim as cs


@pytest.mark.parametrize("workers", [1, 2])
def test_compare(benchmark: Any, workers: int) -> None:
    """Table and sentence included; the least wall time is what a free machine would take."""
    cs.compare("baseline", replications=1)
    processor: list[float] = []

    def compare() -> cs.Comparison:
        start = time.process_time()
        found = cs.compare("baseline", replications=100, seed=0, workers=workers)
        assert len(found.table) > 20
        assert found.sentence
        processor.append(time.process_time() - start)
        return found

    comparison = benchmark.pedantic(compare, rounds=10, iterations=1)
    benchmark.extra_info["workers"] = workers
    if benchmark.stats is not None:
        benchmark.extra_info["wall_s"] = benchmark.stats.stats.min
        benchmark.extra_info["runs_per_second"] = 200 / benchmark.stats.stats.min
    benchmark.extra_info["processor_s"] = min(processor)
    assert comparison.table.loc["value_created", "difference"] > 0.0


def test_table_and_sentence(benchmark: Any) -> None:
    """What is worked out after the last run."""
    done = cs.compare("baseline", replications=100)

    def tell() -> str:
        fresh = cs.Comparison(done.scenario, done.ensembles, done.seed)
        assert len(fresh.table) > 20
        return fresh.sentence

    assert benchmark(tell).startswith("Discovery created")
