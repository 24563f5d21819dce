"""Progress of long work, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from culturesim.progress.bars import closing
from culturesim.progress.terminal import TerminalBar


@contextmanager
def progress(what: str, quiet: bool) -> Iterator[TerminalBar | None]:
    """Show how far long work has come, how fast it goes, and how long it will take.

    Parameters
    ----------
    what : str
        What is being done.
    quiet : bool
        Show nothing; nothing is shown either where no terminal is attached.

    Yields
    ------
    TerminalBar or None
        To be called with (done, in all).
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    bar = TerminalBar(what, at_once=True)
    with closing(bar):
        yield bar
