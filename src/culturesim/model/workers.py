"""Runs of teams with own behaviour, in one process or in several.

Verbs are Python and hold the interpreter's lock: only other processes work side by side.
"""

from __future__ import annotations

import io
import marshal
import pickle
import signal
import time
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from multiprocessing import resource_tracker
from types import CodeType
from typing import TYPE_CHECKING, Any, ClassVar

import cloudpickle
import loky
import numpy as np

from culturesim.errors import ArgumentError
from culturesim.model.agents import Team
from culturesim.model.cast import Cast
from culturesim.model.model import CultureModel
from culturesim.model.places import module_of_ones_own, sources_of_ones_own

if TYPE_CHECKING:
    from culturesim.progress import Report
    from culturesim.state.parameters import Floats

CHUNK = 4  # runs handed to a process at once, as to a thread

# Seconds that it takes until new processes have loaded the package and Mesa and begin to run, on
# two shared cores. Where they would save less than that, one process does the work.
START = 3.0
IDLE = 30.0  # seconds after which a process that has nothing to do goes away
LOOK_AT = 2  # runs that are done here before that is decided: the first one warms up


def run_here(played: Cast, seed: int, tell: Report | None = None) -> Floats:
    """Run all cycles of a fresh run, in this process.

    Parameters
    ----------
    played : Cast
    seed : int
    tell : callable, optional
        Called with (cycles done, cycles in all) after each.

    Returns
    -------
    array of float, shape (cycles, O, metrics)
    """
    model = CultureModel(played.scenario, played.culture, seed, played.classes)
    model.collects = False  # what is collected would be dropped with the model
    for _ in range(model.setup.cycles):
        model.step()
        if tell is not None:
            tell(model.cycle, model.setup.cycles)
    return model.records


def run_many(
    played: Cast,
    seeds: list[int],
    records: Floats,
    workers: int | None,
    processors: int,
    report: Callable[[int], None],
) -> None:
    """Run one replication for each seed, and write what it records into its row.

    Parameters
    ----------
    played : Cast
    seeds : list of int
    records : array of float, shape (R, cycles, O, metrics)
        Written.
    workers : int or None
        Processes; None: one, or as many as there are processors where that pays.
    processors : int
    report : callable
        Called with the number of runs done, from time to time.

    Raises
    ------
    BehaviourError
        If a verb fails: of the first replication, among those that do.
    ArgumentError
        If a class cannot be sent to other processes.
    """
    done = 0
    while done < len(seeds) and (workers == 1 or (workers is None and done < LOOK_AT)):
        began = time.perf_counter()
        records[done] = run_here(played, seeds[done])
        done += 1
        report(done)
        if workers is None and done == LOOK_AT:
            took = (time.perf_counter() - began) * (len(seeds) - done)
            if took * (1.0 - 1.0 / processors) < START:
                workers = 1
    if done < len(seeds):
        _run_elsewhere(played, seeds, records, workers or processors, report, done)


def _run_elsewhere(
    played: Cast,
    seeds: list[int],
    records: Floats,
    workers: int,
    report: Callable[[int], None],
    done: int,
) -> None:
    parcel = _packed(played)
    firsts = range(done, len(seeds), CHUNK)
    with _interruptions_later():
        # They are taken again for the next call, unless what they read at their start has changed.
        pool = loky.get_reusable_executor(
            min(workers, len(firsts)),
            timeout=IDLE,
            initializer=_begin_work,
            initargs=(sources_of_ones_own(),),
        )
    try:
        with _interruptions_later():
            jobs = [pool.submit(_run_some, parcel, seeds[n : n + CHUNK]) for n in firsts]
        for first, job in zip(firsts, jobs, strict=True):
            found = job.result()
            records[first : first + len(found)] = found
            report(first + len(found))
    except BaseException:
        pool.shutdown(wait=True, kill_workers=True)
        raise


@contextmanager
def _interruptions_later() -> Iterator[None]:
    """Hold back an interruption while processes are started, which inherit that for good.

    They are not to die one by one, each with its traceback: the process that started them stops
    them. Where signals cannot be held back, a process is open to them until it begins its work.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # its start would let interruptions through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin_work(_: object) -> None:
    """Leave an interruption from the keyboard to the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _run_some(parcel: bytes, seeds: list[int]) -> Floats:
    played = _unpacked(parcel)
    return np.stack([run_here(played, seed) for seed in seeds])


@lru_cache(maxsize=1)
def _unpacked(parcel: bytes) -> Any:
    return pickle.loads(parcel)


def _packed(played: Cast) -> bytes:
    """Pack a scenario and its classes, the classes as they are now.

    A class goes by value, with what its module holds at present: another process that read the
    module again could find another file, other values, or no such module at all.

    Raises
    ------
    ArgumentError
        If that cannot be done.
    """
    places = {place for kind in played.classes.values() for place in kind.__mro__}
    places -= set(Team.__mro__)
    with _by_value({module_of_ones_own(place) for place in places} - {None}):
        try:
            parcel = io.BytesIO()
            _Packer(parcel).dump(played)
            return parcel.getvalue()
        except Exception as error:
            names = ", ".join(sorted(kind.__name__ for kind in played.classes.values()))
            raise ArgumentError(
                "cannot be sent to other processes",
                key=f"team: {names}",
                found=f"{type(error).__name__}: {error}",
                hint="run with workers=1, or let its verbs not hold on to such a thing",
            ) from error


class _Packer(cloudpickle.Pickler):
    """Keeps the file names of code, which errors are to tell: cloudpickle drops them."""

    dispatch_table: ClassVar[Any] = ChainMap(
        {CodeType: lambda code: (marshal.loads, (marshal.dumps(code),))},
        cloudpickle.Pickler.dispatch_table,
    )


@contextmanager
def _by_value(modules: Iterable[Any]) -> Iterator[None]:
    """While it lasts, what modules hold is packed itself and not by name."""
    known = cloudpickle.list_registry_pickle_by_value()
    modules = [module for module in modules if module.__name__ not in known]
    for module in modules:
        cloudpickle.register_pickle_by_value(module)
    try:
        yield
    finally:
        for module in modules:
            cloudpickle.unregister_pickle_by_value(module)
