"""One run and many: the whole cycle compiled, without the interpreter lock."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING

from culturesim.errors import ArgumentError
from culturesim.model.engine import Setup, compile_first
from culturesim.model.pace import Kind, expected
from culturesim.model.results import Ensemble, Run
from culturesim.model.seeds import check_seed, replication_seed
from culturesim.model.threads import is_large, run_in_threads
from culturesim.progress import Progress, shown
from culturesim.scenario.load import load_scenario
from culturesim.scenario.schema import Scenario

if TYPE_CHECKING:
    from culturesim.model.cast import TeamClasses
    from culturesim.state.parameters import Floats

CHUNK = 4  # runs handed to a thread at once: few enough to report progress, enough to stay busy


def simulate(
    scenario: str | Path | Scenario,
    culture: str | None = None,
    seed: int = 0,
    team: TeamClasses | None = None,
    progress: Progress = None,
    threads: int | None = None,
) -> Run:
    """Run a scenario once.

    Parameters
    ----------
    scenario : str, Path or Scenario
        Name of a bundled scenario, path of a file, or a loaded scenario.
    culture : str, optional
        Culture of every organization; what the scenario says if not given.
    seed : int
        0 to 2**63 - 1. The same seed gives the same customers and the same luck under any culture.
    team : subclass of Team, or mapping of str to such, optional
        Own behaviour for the teams of every organization, or of organizations by name.
    progress : callable or bool, optional
        Called with (cycles done, cycles in all) from time to time; True: a bar, after a word on how
        long it will take. If not given, that is so in a notebook, for what takes some seconds.
    threads : int, optional
        Threads that share the customers; if not given, as many as there are processors for this
        process in a large market, else 1. Results do not depend on it. With `team` there is one.

    Returns
    -------
    Run
        ``run.cycles``, a row per cycle and organization; ``run.summary``, a row per organization.

    Raises
    ------
    ScenarioError
        If the scenario is wrong.
    ArgumentError
        If another argument is.
    BehaviourError
        If a team's own verb fails.

    Examples
    --------
    >>> import culturesim as cs
    >>> run = cs.simulate("baseline", culture="discovery", seed=1)
    >>> len(run.cycles)
    120
    """
    seed = check_seed(seed)
    threads = check_count("threads", threads) if threads is not None else None
    loaded = load_scenario(scenario)
    cycles = loaded.world.cycles

    def ready() -> float:
        compile_first()
        return 0.0  # a run is its own trial: after some cycles it is known how long all will take

    with shown(progress, cycles, ready, "cycle") as tell:
        if team is not None:
            # They know Mesa, which is a while to load: only for those who want it.
            from culturesim.model.cast import cast
            from culturesim.model.workers import run_here

            played = cast(loaded, culture, team)
            records = run_here(played, seed, tell)
            return Run(played.scenario, played.label, seed, records, played.labels)
        setup = Setup(loaded, culture)
        compile_first()
        records = setup.empty_records()
        if threads is None:
            threads = processors() if is_large(setup) else 1
        run_in_threads(setup, seed, records, threads, tell)
    return Run(setup.scenario, culture, seed, records)


def ensemble(
    scenario: str | Path | Scenario,
    culture: str | None = None,
    replications: int = 100,
    seed: int = 0,
    workers: int | None = None,
    progress: Progress = None,
    team: TeamClasses | None = None,
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
        depend on it. Fewer runs than that of a large market go one after another, and share the
        threads. With `team`, processes; if not given, one where others would not pay.
    progress : callable or bool, optional
        Called with (runs done, runs in all) from time to time; True: a bar, after a word on how
        long it will take. If not given, that is so in a notebook, for what takes some seconds.
    team : subclass of Team, or mapping of str to such, optional
        Own behaviour for the teams of every organization, or of organizations by name.

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
    BehaviourError
        If a team's own verb fails.

    Examples
    --------
    >>> import culturesim as cs
    >>> ens = cs.ensemble("baseline", culture="execution", replications=3)
    >>> ens.runs["replication"].tolist()
    [0, 1, 2]
    """
    replications = check_count("replications", replications)
    workers = check_count("workers", workers) if workers is not None else None
    seeds = [replication_seed(check_seed(seed), r) for r in range(replications)]

    loaded = load_scenario(scenario)

    def seconds() -> float | None:
        return expected([Kind(loaded, culture, team)], replications, workers, processors())

    with shown(progress, replications, seconds) as tell:

        def report(done: int) -> None:
            if tell is not None:
                tell(done, replications)

        if team is not None:
            from culturesim.model.cast import cast
            from culturesim.model.workers import run_many

            played = cast(loaded, culture, team)
            records = Setup(played.scenario).empty_records(replications)
            compile_first()
            run_many(played, seeds, records, workers, processors(), report)
            return Ensemble(played.scenario, played.label, seeds, records, played.labels, seed=seed)
        setup = Setup(loaded, culture)
        compile_first()
        records = setup.empty_records(replications)
        workers = workers or processors()
        if replications < workers and is_large(setup):
            for r, run_seed in enumerate(seeds):
                run_in_threads(setup, run_seed, records[r], workers)
                report(r + 1)
        else:
            _run_side_by_side(setup, seeds, records, workers, report)
    return Ensemble(setup.scenario, culture, seeds, records, seed=seed)


def _run_side_by_side(
    setup: Setup, seeds: list[int], records: Floats, workers: int, report: Callable[[int], None]
) -> None:
    """Run one replication for each seed, and write what it records into its row."""

    def run_some(first: int) -> int:
        last = min(first + CHUNK, len(seeds))
        for r in range(first, last):
            setup.run(seeds[r], records[r])
        return last - first

    done = 0
    with ThreadPoolExecutor(workers) as pool:
        jobs = [pool.submit(run_some, first) for first in range(0, len(seeds), CHUNK)]
        try:
            for job in as_completed(jobs):
                done += job.result()
                report(done)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


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
