"""One run and many: the whole cycle compiled, without the interpreter lock."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from culturesim.errors import ArgumentError
from culturesim.model.engine import Setup, compile_first
from culturesim.model.results import Ensemble, Run
from culturesim.model.seeds import check_seed, replication_seed
from culturesim.scenario.schema import Scenario

Progress = Callable[[int, int], None]

CHUNK = 4  # runs handed to a thread at once: few enough to report progress, enough to stay busy


def simulate(scenario: str | Path | Scenario, culture: str | None = None, seed: int = 0) -> Run:
    """Run a scenario once.

    Parameters
    ----------
    scenario : str, Path or Scenario
        Name of a bundled scenario, path of a file, or a loaded scenario.
    culture : str, optional
        Culture of every organization; what the scenario says if not given.
    seed : int
        0 to 2**63 - 1. The same seed gives the same customers and the same luck under any culture.

    Returns
    -------
    Run
        ``run.cycles``, a row per cycle and organization; ``run.summary``, a row per organization.

    Raises
    ------
    ScenarioError
        If the scenario is wrong.
    ArgumentError
        If the culture or the seed is.

    Examples
    --------
    >>> import culturesim as cs
    >>> run = cs.simulate("baseline", culture="discovery", seed=1)
    >>> len(run.cycles)
    120
    """
    seed = check_seed(seed)
    setup = Setup(scenario, culture)
    compile_first()
    records = setup.empty_records()
    setup.run(seed, records)
    return Run(setup.scenario, culture, seed, records)


def ensemble(
    scenario: str | Path | Scenario,
    culture: str | None = None,
    replications: int = 100,
    seed: int = 0,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Ensemble:
    """Run a scenario many times, each time with other customers and other luck.

    Parameters
    ----------
    scenario : str, Path or Scenario
        Name of a bundled scenario, path of a file, or a loaded scenario.
    culture : str, optional
        Culture of every organization; what the scenario says if not given.
    replications : int
        Number of runs, 1 or more.
    seed : int
        0 to 2**63 - 1. Replication r of a seed is the same run everywhere.
    workers : int, optional
        Threads; as many as there are processors for this process if not given. Results do not
        depend on it.
    progress : callable, optional
        Called with (runs done, runs in all) from time to time.

    Returns
    -------
    Ensemble
        ``ens.runs``, a row per replication and organization; ``ens.quantiles(metric)``.

    Raises
    ------
    ScenarioError
        If the scenario is wrong.
    ArgumentError
        If another argument is.

    Examples
    --------
    >>> import culturesim as cs
    >>> ens = cs.ensemble("baseline", culture="execution", replications=3)
    >>> ens.runs["replication"].tolist()
    [0, 1, 2]
    """
    replications = check_count("replications", replications)
    workers = check_count("workers", workers) if workers is not None else processors()
    seeds = [replication_seed(check_seed(seed), r) for r in range(replications)]
    setup = Setup(scenario, culture)
    compile_first()
    records = setup.empty_records(replications)

    def run_some(first: int) -> int:
        last = min(first + CHUNK, replications)
        for r in range(first, last):
            setup.run(seeds[r], records[r])
        return last - first

    done = 0
    with ThreadPoolExecutor(workers) as pool:
        jobs = [pool.submit(run_some, first) for first in range(0, replications, CHUNK)]
        try:
            for job in as_completed(jobs):
                done += job.result()
                if progress is not None:
                    progress(done, replications)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return Ensemble(setup.scenario, culture, seeds, records)


def processors() -> int:
    """Number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def check_count(name: str, number: int) -> int:
    """Give back a count, or say that it has to be a whole number from 1.

    Raises
    ------
    ArgumentError
        If it is not.
    """
    if isinstance(number, bool) or not hasattr(number, "__index__") or number.__index__() < 1:
        raise ArgumentError(
            "is no count", key=name, found=repr(number), allowed="a whole number, 1 or more"
        )
    return number.__index__()
