"""Interruptions: taken note of, and heard where nothing is lost by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from signal import SIGINT, default_int_handler, getsignal, signal


@contextmanager
def interruptions() -> Iterator[Callable[[], bool]]:
    """Take note of a first interruption; a second one ends everything at once.

    An exception that may come at any moment could come between a part's renaming and the note that
    it is written.

    Yields
    ------
    callable
        Says whether there was one.
    """
    asked = False

    def note(*_: object) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True

    if getsignal(SIGINT) is not default_int_handler:
        yield lambda: False  # somebody else decides what an interruption does
        return
    try:
        signal(SIGINT, note)
    except ValueError:  # only the main thread may, and only it is interrupted
        yield lambda: False
        return
    try:
        yield lambda: asked
    finally:
        signal(SIGINT, default_int_handler)
