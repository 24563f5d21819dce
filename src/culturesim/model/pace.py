"""How long runs will take: a warm one is timed, or as much of it as half a second holds."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from culturesim.model.engine import Setup, compile_advance, compile_begin, compile_first

if TYPE_CHECKING:
    from culturesim.model.cast import TeamClasses
    from culturesim.scenario.schema import Scenario

TRIED = 3  # kinds of runs of which one is timed
PATIENCE = 0.5  # seconds of a run that are enough to know its pace


class Kind(NamedTuple):
    """Runs that take equally long: of a scenario, under a culture, with who plays in it."""

    scenario: Scenario
    culture: str | None
    team: TeamClasses | None


def expected(
    kinds: Sequence[Kind], replications: int, workers: int | None, processors: int
) -> float | None:
    """Say how long runs will take.

    Parameters
    ----------
    kinds : sequence of Kind
    replications : int
        Of each kind.
    workers : int or None
        As `ensemble` takes it.
    processors : int
        That this process may use.

    Returns
    -------
    float or None
        Seconds; after a few kinds were timed, evenly spread among them. Verbs of teams are somebody
        else's code and not run for this: 0 where they are run here, so that it will soon be seen
        what they take, and None where other processes have to be started for them.
    """
    if any(kind.team is not None for kind in kinds):
        return 0.0 if workers in (None, 1) else None
    compile_first()
    compile_begin()  # what was compiled is loaded from the disk, once in a process
    compile_advance()
    places = np.linspace(0, len(kinds) - 1, min(TRIED, len(kinds))).round().astype(int)
    tried = [seconds_a_run(Setup(kinds[p].scenario, kinds[p].culture)) for p in places]
    runs = replications * len(kinds)
    return float(np.mean(tried)) * runs / min(workers or processors, processors, runs)


def seconds_a_run(setup: Setup) -> float:
    """Time a run, or its beginning if it is long.

    Parameters
    ----------
    setup : Setup

    Returns
    -------
    float
        Seconds of a whole run.
    """
    records = setup.empty_records()
    began = time.perf_counter()
    state = setup.start(0)
    ready = time.perf_counter()
    for cycle in range(setup.cycles):
        setup.advance(0, cycle, cycle + 1, state, records)
        spent = time.perf_counter() - ready
        if spent > PATIENCE:
            break
    return ready - began + spent * setup.cycles / (cycle + 1)
