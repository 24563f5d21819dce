"""What long work says: how long it will take, before it begins, and then how far it has come.

Work that is over in two seconds says nothing. In a notebook the rest says so by itself; in a
script it does where the caller wants it to, or hands in a function that is told.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from culturesim.errors import ArgumentError
from culturesim.progress.bars import Bar, Lines, NotebookBar, closing

Report: TypeAlias = Callable[[int, int], object]
Progress: TypeAlias = Report | bool | None


@contextmanager
def shown(
    progress: Progress, runs: int, seconds: Callable[[], float | None], unit: str = "run"
) -> Iterator[Report | None]:
    """Say how long work will take, and show how far it has come.

    Parameters
    ----------
    progress : callable, bool or None
        Called with (done, in all); True: a bar; None: a bar in a notebook; False: nothing.
    runs : int
        That are to be done. If there are none, nothing is said.
    seconds : callable
        Gives how long they will take, as `Bar.expect` takes it. Called only where somebody wants to
        know.
    unit : str
        What is counted.

    Yields
    ------
    callable or None
        To be called with (done, in all).

    Raises
    ------
    ArgumentError
        If `progress` is nothing of that kind.
    """
    if callable(progress):
        if runs and isinstance(progress, Bar):
            progress.expect(runs, seconds(), unit)
        yield progress
        return
    if progress is not None and not isinstance(progress, bool):
        raise ArgumentError(
            "is neither a function nor a yes or no",
            key="progress",
            found=repr(progress),
            allowed="True, False, None, or a function of (done, in all)",
        )
    if not runs or progress is False or (progress is None and not in_notebook()):
        yield None
        return
    bar = _bar()
    with closing(bar):
        bar.expect(runs, seconds(), unit)
        yield bar


def _bar() -> Bar:
    """Make the bar that fits the place."""
    if in_notebook():
        return NotebookBar()
    if not sys.stderr.isatty():
        return Lines()
    from culturesim.progress.terminal import TerminalBar  # what draws it is a while to load

    return TerminalBar("Running")


def in_notebook() -> bool:
    """Say whether this process is the kernel of a notebook."""
    ipython = sys.modules.get("IPython")  # whoever runs in a kernel has it loaded
    shell = ipython.get_ipython() if ipython is not None else None
    return getattr(shell, "kernel", None) is not None
