"""Own behaviour: what one verb for all twelve teams of the baseline costs in a cycle."""

from __future__ import annotations

from typing import Any

import pytest

import culturesim as cs


class Bold(cs.Team, culture="discovery"):
    def plan(self: Any) -> None:
        plan = self.belief**2
        self.plan = plan / plan.sum()


class Nothing(cs.Team, culture="discovery"):
    def plan(self: Any) -> None:
        pass


@pytest.mark.parametrize("team", [None, Nothing, Bold], ids=["compiled", "nothing", "bold"])
def test_run(benchmark: Any, team: Any) -> None:
    scenario = cs.load_scenario("baseline").with_culture("discovery")
    cs.simulate(scenario, team=team)
    run = benchmark(cs.simulate, scenario, seed=1, team=team)
    if benchmark.stats is not None:
        cycles = len(run.cycles)
        benchmark.extra_info["ms_per_cycle"] = 1e3 * benchmark.stats.stats.median / cycles


@pytest.mark.parametrize("workers", [1, 2])
def test_ensemble(benchmark: Any, workers: int) -> None:
    """Warm: the processes are there from the round before."""

    def ensemble() -> cs.Ensemble:
        return cs.ensemble("baseline", replications=40, workers=workers, team=Bold)

    benchmark.pedantic(ensemble, rounds=3, iterations=1, warmup_rounds=1)
