"""One run and many: the whole cycle compiled, without the interpreter lock."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import numpy as np

from culturesim.cycle import one_cycle
from culturesim.errors import ArgumentError
from culturesim.kernels.jit import compiled, is_compiled, mark_compiled
from culturesim.model.measure import METRICS, measure
from culturesim.model.results import Ensemble, Run
from culturesim.model.seeds import check_seed, replication_seed
from culturesim.scenario.load import load_scenario
from culturesim.scenario.populate import blank_state, parameters, populate
from culturesim.scenario.schema import Scenario
from culturesim.state.columns import State
from culturesim.state.parameters import Address, Floats, Params

Seed = int | np.uint64  # compiled code takes the unsigned word
Progress = Callable[[int, int], None]

CHUNK = 4  # runs handed to a thread at once: few enough to report progress, enough to stay busy


@compiled
def begin(seed: Seed, params: Params, state: State) -> None:
    """Set up a run: customers, teams, and who meets whom."""
    populate(Address(seed, 0), params, state)


@compiled
def advance(
    seed: Seed, first: int, last: int, params: Params, state: State, records: Floats
) -> None:
    """Run cycles `first` to ``last - 1`` and record each in its row of `records`."""
    for cycle in range(first, last):
        one_cycle(Address(seed, cycle), params, state)
        measure(params, state, records[cycle])


class Setup:
    """A scenario made ready to run: its parameters, and the shape of its records.

    Parameters
    ----------
    scenario : str, Path or Scenario
    culture : str, optional
        Culture of every organization; what the scenario says if not given.
    """

    def __init__(self, scenario: str | Path | Scenario, culture: str | None = None) -> None:
        self.scenario = load_scenario(scenario).with_culture(culture)
        self.culture = culture
        self.params = parameters(self.scenario)
        self.cycles = self.scenario.world.cycles
        self.organizations = list(self.scenario.organizations)

    def empty_records(self, *leading: int) -> Floats:
        """Room for what runs record: ``leading`` axes, then cycles, organizations, metrics."""
        return np.empty((*leading, self.cycles, len(self.organizations), len(METRICS)))

    def start(self, seed: int) -> State:
        """State of a run before its first cycle."""
        state = blank_state(self.scenario, seed)
        begin(np.uint64(seed), self.params, state)
        return state

    def advance(self, seed: int, first: int, last: int, state: State, records: Floats) -> None:
        """Run some cycles, as the compiled `advance` does."""
        advance(np.uint64(seed), first, last, self.params, state, records)

    def run(self, seed: int, records: Floats) -> None:
        """Run all cycles of a fresh run."""
        self.advance(seed, 0, self.cycles, self.start(seed), records)


def compile_first() -> None:
    """Compile the model if that has not been done for this installation, and say so.

    The two entries are compiled side by side, in processes of their own: the compiler uses one
    processor, and does not give back the memory that it takes. The results are kept on disk and
    taken from there; where there can be no such process they are made here.
    """
    if is_compiled():
        return
    print(
        "Compiling the model for this machine: once, about half a minute ...",
        file=sys.stderr,
        flush=True,
    )
    if sys.executable:
        nowhere = subprocess.DEVNULL
        code = f"from {__name__} import {{0}}; {{0}}()"
        commands = [[sys.executable, "-c", code.format(f.__name__)] for f in COMPILE]
        for process in [subprocess.Popen(c, stdout=nowhere, stderr=nowhere) for c in commands]:
            process.wait()
    for compile_entry in COMPILE:
        compile_entry()
    mark_compiled()


def compile_begin() -> None:
    """Compile the set-up of a run, by doing one."""
    Setup("baseline").start(0)


def compile_advance() -> None:
    """Compile the cycle, by running none."""
    setup = Setup("baseline")
    setup.advance(0, 0, 0, blank_state(setup.scenario), setup.empty_records())


COMPILE = (compile_begin, compile_advance)


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
