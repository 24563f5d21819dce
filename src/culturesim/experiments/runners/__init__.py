"""Runners: where the jobs of a sweep are done. Another engine is another file with a `Runner`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from culturesim.experiments.work import Job, Rows


class Runner(Protocol):
    """Does jobs side by side and gives back rows in whatever order they are finished."""

    def run(self, jobs: Iterator[Job | None]) -> Iterator[Rows | None]:
        """Do all jobs; only a few are taken from the iterator ahead of need.

        The iterator gives None where it has no job until more rows have been given back. None is
        given back from time to time where nothing is finished, so that an interruption is heard.
        """
        ...

    def stop(self) -> Iterator[Rows]:
        """Begin nothing more, and give back what is still being finished."""
        ...
