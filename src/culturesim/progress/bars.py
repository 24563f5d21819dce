"""Bars: how far work has come, below a notebook's cell or as lines of a log."""

from __future__ import annotations

import html
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from culturesim.progress.words import count_words, time_words

QUICK = 2.0  # seconds of work that nobody needs to be told of
PAUSE = 0.2  # seconds between two looks of a bar in a notebook
SHOWN = 40  # characters of such a bar


class Bar:
    """How far work has come; it is opened when the work turns out to be long."""

    def __init__(self) -> None:
        self.opened = False
        self.runs = self.done = self.total = 0
        self.unit = "run"
        self.began = time.monotonic()
        self._first: tuple[int, float] | None = None

    def expect(self, runs: int, seconds: float | None, unit: str = "run") -> None:
        """Say how much work there is, if it is long.

        Parameters
        ----------
        runs : int
        seconds : float or None
            That they will take; None: long, and not known before some are done.
        unit : str
        """
        self.runs = self.total = runs
        self.unit = unit
        self.began = time.monotonic()
        if seconds is None or seconds >= QUICK:
            self.opened = True
            about = "" if seconds is None else f", about {time_words(seconds)}"
            self.open(f"{count_words(runs, unit)}{about}")

    def __call__(self, done: int, total: int) -> None:
        """Show how far it has come.

        Parameters
        ----------
        done, total : int
            Beside those that were expected, what had been done before.
        """
        self.done, self.total = done, total
        if self._first is None:
            self._first = done, self.spent
        left = self.left
        long = self.spent - self._first[1] >= QUICK
        if not self.opened and left is not None and (left >= QUICK or long):
            self.opened = True  # it was thought to be short
            self.open(f"{count_words(total, self.unit)}, about {time_words(self.spent + left)}")
        if self.opened:
            self.show()

    @property
    def spent(self) -> float:
        """Seconds since the work began."""
        return time.monotonic() - self.began

    @property
    def left(self) -> float | None:
        """Seconds that it will take yet; None before that can be known.

        What was done until the first look does not count: it can be from before, or warm things up.
        """
        done, at = self._first or (self.done, 0.0)
        if self.done == done:
            return None
        return (self.spent - at) * (self.total - self.done) / (self.done - done)

    @property
    def result(self) -> str:
        """What was done, and in what time."""
        took = time_words(self.spent)
        if self.done < self.total:
            total = count_words(self.total, self.unit)
            return f"stopped after {self.done:,} of {total}, {took}"
        return f"{count_words(self.runs, self.unit)} in {took}"

    def open(self, words: str) -> None:
        """Begin to show it, with words on how long it will take."""

    def show(self) -> None:
        """Show how far it has come by now."""

    def close(self) -> None:
        """Show nothing more."""


class NotebookBar(Bar):
    """A line below a notebook's cell that is written anew, without widgets."""

    def __init__(self) -> None:
        super().__init__()
        self._handle: Any = None
        self._words = ""
        self._last = 0.0

    def open(self, words: str) -> None:
        """Write what is to be done.

        Parameters
        ----------
        words : str
        """
        from IPython import display

        show: Any = display.display  # carries no types
        self._words = words
        self._handle = show(self._line(words), display_id=True)

    def show(self) -> None:
        """Write how far it has come, a few times a second."""
        if self.spent - self._last >= PAUSE:
            self._last = self.spent
            self._handle.update(self._line(self._words))

    def close(self) -> None:
        """Leave a line on what was done, where a bar was shown."""
        if self.opened:
            self._handle.update(Line(self.result))

    def _line(self, words: str) -> Line:
        share = self.done / self.total if self.total else 0.0
        left = "" if self.left is None else f", {time_words(self.left)} left"
        return Line(f"{words}: {self.done:,} of {self.total:,}{left}", share)


class Line:
    """A line of text with a bar, as notebooks show it; light or dark is theirs to say."""

    def __init__(self, words: str, share: float | None = None) -> None:
        self.words = words
        self.share = share

    def __repr__(self) -> str:
        if self.share is None:
            return self.words
        full = round(self.share * SHOWN)
        return f"[{'#' * full}{'.' * (SHOWN - full)}] {self.words}"

    def _repr_html_(self) -> str:
        words = html.escape(self.words)
        if self.share is None:
            return f'<small style="opacity:.75">{words}</small>'
        bar = (
            f'<progress max="1" value="{self.share:.4f}" style="vertical-align:middle"></progress>'
        )
        return f"{bar} <small>{words}</small>"


class Lines(Bar):
    """Two lines in a log: what is to be done, and what was."""

    def open(self, words: str) -> None:
        """Write what is to be done.

        Parameters
        ----------
        words : str
        """
        print(words, file=sys.stderr, flush=True)

    def close(self) -> None:
        """Write what was done."""
        if self.opened:
            print(self.result, file=sys.stderr, flush=True)


@contextmanager
def closing(bar: Bar) -> Iterator[None]:
    """Let a bar say at the end whether all was done."""
    try:
        yield
    finally:
        bar.close()
