"""What a worker of a cluster does, and who may be one.

A task holds all that it needs, so that it can be given to another worker if its own has died.
"""

from __future__ import annotations

import pickle
import platform
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any, NoReturn

from culturesim import __version__
from culturesim.errors import ResultError
from culturesim.experiments.lock import locked
from culturesim.experiments.provenance import source_hash
from culturesim.experiments.work import Job, Rows, Work
from culturesim.kernels.jit import CACHE, is_compiled
from culturesim.model.engine import compile_first

if TYPE_CHECKING:
    from culturesim.scenario.schema import Scenario

GO_ON = "what was written stays: the same command goes on from there"

_TURN = Lock()


def installation() -> tuple[str, str]:
    """Version and sources of this package here: other ones could give other rows."""
    return __version__, source_hash()


def do_jobs(
    parcel: tuple[bytes, dict[int, Any], int, tuple[str, ...]],
    jobs: list[Job],
    wanted: tuple[str, str],
) -> list[Rows]:
    """Do jobs on a worker.

    Parameters
    ----------
    parcel : tuple
        What `Work` is made from: the scenario in bytes, changes, seed, metrics.
    jobs : list of Job
    wanted : tuple of str
        As `installation` gives it where the sweep was begun.

    Returns
    -------
    list of Rows

    Raises
    ------
    ResultError
        If it is another one here.
    """
    if installation() != wanted:
        refuse(f"on {platform.node()}", wanted, installation())
    _compile_in_turn()
    scenario, changes, seed, record = parcel
    work = Work(_unpacked(scenario), changes, seed, record)
    return [work(job) for job in jobs]


@lru_cache(maxsize=1)
def _unpacked(scenario: bytes) -> Scenario:
    found: Scenario = pickle.loads(scenario)
    return found


def _compile_in_turn() -> None:
    """Compile once for all workers that share a folder for it."""
    with _TURN:
        if is_compiled():
            return
        try:
            with locked(CACHE, wait=True):
                compile_first()
        except ResultError:  # a disk without locks: several may do it at once
            compile_first()


def refuse(worker: str, mine: tuple[str, str], theirs: Any) -> NoReturn:
    """Say what is wrong with a worker's installation; of none at all, there is an exception."""
    if isinstance(theirs, tuple):
        found = f"{theirs[0]}, sources {theirs[1]}"
    else:
        found = f"{type(theirs).__name__}: {theirs}"
    raise ResultError(
        "has not the culturesim that is here, and could make other rows",
        where=f"worker {worker}",
        found=found,
        allowed=f"{mine[0]}, sources {mine[1]}",
        hint=f"install the same version on every machine; {GO_ON}",
    )
