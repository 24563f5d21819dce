"""Warming up: what is heavy is imported, and compiled, while the page is already there."""

from __future__ import annotations

import sys
import threading
import traceback
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from culturesim.app.engine_room import EngineRoom

COMPILING, LOADING = "compiling", "loading"
BREATH = 0.8  # seconds in which the page is served undisturbed


class Warm:
    """The engine room, once it is there.

    Parameters
    ----------
    breath : float
        Seconds to wait before it is begun.
    """

    def __init__(self, breath: float = BREATH) -> None:
        self._breath = breath
        self._now = threading.Event()
        self._done = threading.Event()
        self._room: EngineRoom | None = None
        self._failed: Exception | None = None
        self.doing: str | None = LOADING

    def begin(self) -> None:
        """Begin in a thread of its own, which does not keep the process alive."""
        threading.Thread(target=self._work, name="culturesim-warm", daemon=True).start()

    @property
    def live(self) -> bool:
        """Whether it is done."""
        return self._done.is_set() and self._failed is None

    def room(self) -> EngineRoom:
        """The engine room; waits for it.

        Raises
        ------
        Exception
            What kept it from being there.
        """
        self._now.set()  # somebody waits: no breath is taken
        self._done.wait()
        if self._room is None:
            raise RuntimeError("the model cannot be run") from self._failed
        return self._room

    def _work(self) -> None:
        self._now.wait(self._breath)
        try:
            from culturesim.kernels.jit import is_compiled

            self.doing = LOADING if is_compiled() else COMPILING
            from culturesim.app.engine_room import EngineRoom

            self._room = EngineRoom()
        except Exception as error:
            traceback.print_exc(file=sys.stderr)
            self._failed = error
        self.doing = None
        self._done.set()
