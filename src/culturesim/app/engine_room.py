"""Everything that needs the compiled model, behind one door: it is a while to load."""

from __future__ import annotations

from culturesim.app import answers, asked
from culturesim.app.acts import ACTS
from culturesim.app.by_hand import Hands
from culturesim.app.desk import Desk, Stale
from culturesim.app.replay import replay
from culturesim.app.runs import Runs
from culturesim.model.engine import compile_first
from culturesim.model.seeds import replication_seed

Answer = answers.Answer


class EngineRoom:
    """Computes answers. Making one compiles the model, if that has not been done yet."""

    def __init__(self) -> None:
        compile_first()
        self._desk = Desk()
        self._runs = Runs()
        self._hands = Hands()
        # A first run loads what the compiler left on disk.
        first = asked.read({"act": str(min(ACTS))})
        self._runs.ensembles(first.sides, first.seed, 1, lambda: False)

    def note(self, question: asked.Asked) -> Stale:
        """Note a page's move; gives what says whether it has been overtaken."""
        return self._desk.note(question.client, question.move)

    def bands(self, question: asked.Asked, runs: int) -> Answer:
        """Bands over the runs; see `answers.bands`."""
        return answers.bands(question, runs, self._desk, self._runs, self.note(question))

    def replay(self, question: asked.Asked, run: int) -> Answer:
        """One run; see `replay.replay`."""
        return replay(question, run, self._desk, self.note(question))

    def curve(self, question: asked.Asked) -> Answer:
        """The curve over a knob; see `answers.curve`."""
        return answers.curve(question, self._desk, self._runs)

    def by_hand(self, effort: list[float], question: asked.Asked, run: int) -> Answer:
        """The offer that the room makes; see `by_hand.Hands`."""
        seed = replication_seed(question.seed, run)
        return self._hands.answer(effort, seed, self._desk, self.note(question))
