"""A bar on a terminal."""

from __future__ import annotations

import sys
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from culturesim.progress.bars import Bar


class _Rate(ProgressColumn):
    """Units of work per second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.0f} {task.fields['unit']}s/s")


class TerminalBar(Bar):
    """A bar on a terminal, with rate and time left; it goes away at the end.

    Parameters
    ----------
    what : str
        What is being done.
    at_once : bool
        Whether a bar is shown for short work, too.
    """

    def __init__(self, what: str, at_once: bool = False) -> None:
        super().__init__()
        self.what = what
        self.opened = at_once
        self._bar: Progress | None = None
        self._task: Any = None

    def open(self, words: str) -> None:
        """Write what is to be done.

        Parameters
        ----------
        words : str
        """
        print(words, file=sys.stderr, flush=True)
        self._start()

    def _start(self) -> Progress:
        if self._bar is None:
            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                _Rate(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._task = self._bar.add_task(self.what, total=None, unit=self.unit)
            self._bar.start()
        return self._bar

    def show(self) -> None:
        """Move the bar."""
        self._start().update(self._task, completed=self.done, total=self.total)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
