"""A thread that works on the newest of what it is given, and drops the rest."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from culturesim.app.desk import DroppedError, Stale

Job = TypeVar("Job")


class Newest(Generic[Job]):
    """Works on one thing at a time, in a thread that lives as long as there is something to do.

    Nothing waits in a queue: what is given replaces what has not been begun, and what has been
    begun is told that it is stale.

    Parameters
    ----------
    work : callable
        Called with what was given, and with what says whether something newer was. It may raise
        `DroppedError`.
    """

    def __init__(self, work: Callable[[Job, Stale], None]) -> None:
        self._work = work
        self._changed = threading.Condition()
        self._given: list[Job] = []  # the newest, until it is begun
        self._number = 0
        self._busy = False

    def give(self, job: Job) -> None:
        """Have something done, in place of all that was given before."""
        with self._changed:
            self._number += 1
            self._given = [job]
            if not self._busy:
                self._busy = True
                # A daemon: a kernel that shuts down does not wait for it.
                threading.Thread(target=self._run, name="culturesim-explore", daemon=True).start()

    def stop(self) -> None:
        """Drop everything."""
        with self._changed:
            self._number += 1
            self._given = []

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until nothing is left to do.

        Parameters
        ----------
        timeout : float, optional
            Seconds.

        Returns
        -------
        bool
            Whether nothing is left.
        """
        with self._changed:
            return self._changed.wait_for(lambda: not self._busy, timeout)

    def _run(self) -> None:
        while True:
            with self._changed:
                if not self._given:
                    self._busy = False
                    self._changed.notify_all()
                    return
                job, number = self._given.pop(), self._number
            try:
                self._work(job, partial(self._is_overtaken, number))
            except DroppedError:
                pass
            except Exception:  # the thread goes on with what comes next
                traceback.print_exc(file=sys.stderr)

    def _is_overtaken(self, number: int) -> bool:
        return self._number != number
