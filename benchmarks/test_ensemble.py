"""A hundred paired replications of the baseline, warm: what ``compare`` does by default."""

from __future__ import annotations

from typing import Any

import pytest

import culturesim as cs
from culturesim.model.simulate import processors


@pytest.mark.parametrize("workers", sorted({1, processors()}))
def test_compare(benchmark: Any, workers: int) -> None:
    cs.compare("baseline", replications=1)

    def compare() -> cs.Comparison:
        return cs.compare("baseline", replications=100, seed=0, workers=workers)

    comparison = benchmark.pedantic(compare, rounds=5, iterations=1)
    benchmark.extra_info["workers"] = workers
    if benchmark.stats is not None:
        benchmark.extra_info["runs_per_second"] = 200 / benchmark.stats.stats.median
    assert comparison.table.loc["value_created", "difference"] > 0.0


def test_table_and_sentence(benchmark: Any) -> None:
    """What is worked out after the last run."""
    done = cs.compare("baseline", replications=100)

    def tell() -> str:
        fresh = cs.Comparison(done.scenario, done.ensembles, done.seed)
        assert len(fresh.table) > 20
        return fresh.sentence

    assert benchmark(tell).startswith("Discovery created")
