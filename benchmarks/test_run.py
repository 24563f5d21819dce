"""One run on one core, compiled: the baseline, and ten times its customers."""

from __future__ import annotations

from typing import Any

import pytest

import culturesim as cs
from culturesim.model.engine import Setup, compile_first


@pytest.mark.parametrize("culture", ["execution", "discovery"])
@pytest.mark.parametrize("customers", [300, 3000])
def test_run(benchmark: Any, culture: str, customers: int) -> None:
    setup = Setup(cs.load_scenario("baseline", {"world.customers": customers}), culture)
    compile_first()
    records = setup.empty_records()
    setup.run(1, records)
    benchmark(setup.run, 1, records)
    assert records[..., 0].sum() > 0.0
    if benchmark.stats is not None:
        cycles = customers * setup.cycles
        benchmark.extra_info["ns_per_customer_cycle"] = 1e9 * benchmark.stats.stats.median / cycles


def test_setting_up(benchmark: Any) -> None:
    """Customers, teams, and who meets whom: the part of a run before its first cycle."""
    setup = Setup("baseline", "discovery")
    compile_first()
    state = benchmark(setup.start, 1)
    assert state.customers.care.shape == (300, 10)


def test_reading_the_scenario(benchmark: Any) -> None:
    assert benchmark(cs.load_scenario, "two-segments").name == "two-segments"
