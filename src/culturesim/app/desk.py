"""Who computes, and for whom: one computation at a time, the newest move of a page wins."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

CLIENTS = 64  # pages whose moves are remembered

Stale = Callable[[], bool]


class DroppedError(Exception):
    """A newer move made this answer worthless before it was there."""


class Desk:
    """Hands out turns. Who waits for a turn and has been overtaken by a newer move is sent away."""

    def __init__(self) -> None:
        self._newest: OrderedDict[str, int] = OrderedDict()
        self._free = threading.Condition()
        self._busy = False
        self._pressing = 0

    def note(self, client: str, move: int) -> Stale:
        """Note a move of a page.

        Parameters
        ----------
        client : str
            The page; empty: one whose moves do not count.
        move : int

        Returns
        -------
        callable
            Says whether a newer move has come since.
        """
        if not client:
            return lambda: False
        with self._free:
            if move > self._newest.get(client, -1):
                self._newest[client] = move
                self._newest.move_to_end(client)
                while len(self._newest) > CLIENTS:
                    self._newest.popitem(last=False)
                self._free.notify_all()
        return lambda: self._newest.get(client, -1) > move

    @contextmanager
    def turn(self, stale: Stale, patient: bool = False) -> Iterator[None]:
        """Wait for a turn, and keep it.

        Parameters
        ----------
        stale : callable
            As `note` gives it.
        patient : bool
            Let everybody else go first.

        Raises
        ------
        DroppedError
            If a newer move came while this one waited.
        """
        with self._free:
            self._pressing += not patient
            try:
                while not stale() and (self._busy or (patient and self._pressing)):
                    self._free.wait()
            finally:
                self._pressing -= not patient
            if stale():
                self._free.notify_all()
                raise DroppedError
            self._busy = True
        try:
            yield
        finally:
            with self._free:
                self._busy = False
                self._free.notify_all()
