"""The widget of an explorer: what it knows, what it is told by the browser, what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import anywidget
import traitlets

from culturesim.app import explorer_answer
from culturesim.app.desk import Desk, Stale
from culturesim.app.explorer_code import code, origin
from culturesim.app.explorer_knobs import Knob, Level, words
from culturesim.app.explorer_look import STATIC, script, told_looks
from culturesim.app.newest import Newest
from culturesim.app.runs import Runs
from culturesim.errors import ArgumentError, CultureSimError, nearest
from culturesim.experiments.comparison import Comparison
from culturesim.model.measure import NAMES
from culturesim.model.results import check_metric
from culturesim.scenario.schema import Scenario

COARSE = 10  # runs of the answer that comes at once, of which the full one is made as well

Places = tuple[int | None, ...]


class Move(NamedTuple):
    """Where the knobs stand, what is shown, and who moved: a view in the browser, or nobody."""

    places: Places
    metric: str
    view: str = ""
    number: int = 0


class Side(NamedTuple):
    """A culture in a scenario, as `Runs` takes it."""

    scenario: Scenario
    changes: dict[str, Any]
    key: str


def never() -> bool:
    """Say that nothing is stale."""
    return False


class Explorer(anywidget.AnyWidget):
    """Two cultures in a market that can be changed: see `culturesim.explore`, which makes it.

    Parameters
    ----------
    scenario : Scenario
    knobs : tuple of Knob
    cultures : tuple of str and str
    metric : str
    replications, seed : int
    workers : int or None
    """

    _esm = script(STATIC / "js" / "explore.js")
    _css = (STATIC / "explore.css").read_text("utf-8")
    told = traitlets.Dict().tag(sync=True)
    answer = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        scenario: Scenario,
        knobs: tuple[Knob, ...],
        cultures: tuple[str, str],
        metric: str,
        replications: int,
        seed: int,
        workers: int | None,
    ) -> None:
        self.cultures = cultures
        self.replications = replications
        self.seed = seed
        self._scenario = scenario
        self._origin = origin(scenario)
        self._knobs = knobs
        self._runs = Runs(workers)
        self._desk = Desk()
        self._at = Move((None,) * len(knobs), metric)
        self._newest = Newest(self._work)
        super().__init__(told=self._told(metric))
        self.on_msg(self._hear)
        self._newest.give(self._at)

    def __repr__(self) -> str:
        return f"<Explorer of {self._scenario.name}: {' and '.join(self.cultures)}>"

    # --- what it shows

    @property
    def metric(self) -> str:
        """Name of the metric that is shown."""
        return self._at.metric

    @property
    def values(self) -> dict[str, Level | None]:
        """Where each parameter stands, by path.

        None where ``*`` stands for names with different values, and nothing was moved.
        """
        places = zip(self._knobs, self._at.places, strict=True)
        return {knob.path: knob.value(place) for knob, place in places}

    @property
    def changes(self) -> dict[str, Level]:
        """What differs from the scenario that was given, by path: overrides."""
        return self._changes(self._at)

    @property
    def scenario(self) -> Scenario:
        """The scenario as it is shown.

        Raises
        ------
        ScenarioError
            If the values contradict each other.
        """
        return self._scenario.override(self.changes)

    @property
    def code(self) -> str:
        """Python code that gives what is shown."""
        return code(self._origin, self.changes, self.cultures, self.replications, self.seed)

    def comparison(self) -> Comparison:
        """Give what is shown as a comparison: its table, its sentence, its figure.

        Returns
        -------
        Comparison
            As `culturesim.compare` gives it.

        Raises
        ------
        ScenarioError
            If the values contradict each other.
        """
        return self._compare(self._at, self.replications, never)

    # --- what can be done with it

    def move(self, values: Mapping[str, Level] | None = None, metric: str | None = None) -> None:
        """Move knobs from Python; the figure follows.

        Parameters
        ----------
        values : mapping of str to number, bool or str, optional
            By path or label, each one of the knob's levels.
        metric : str, optional
            What to show.

        Raises
        ------
        ArgumentError
            If there is no such knob, level or metric.
        """
        places = list(self._at.places)
        for name, value in (values or {}).items():
            at = self._named(str(name))
            places[at] = self._place(self._knobs[at], value)
        shown = self._at.metric if metric is None else check_metric(metric, NAMES)
        self._go(Move(tuple(places), shown))

    def reset(self) -> None:
        """Put every knob back to where the scenario has it."""
        self._go(Move((None,) * len(self._knobs), self._at.metric))

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the newest move is answered.

        Parameters
        ----------
        timeout : float, optional
            Seconds.

        Returns
        -------
        bool
            Whether it is.
        """
        return self._newest.wait(timeout)

    def close(self) -> None:
        """Take it off the page, and drop what is being computed."""
        self._newest.stop()
        super().close()

    # --- inside

    def _go(self, move: Move) -> None:
        self._at = move
        self._newest.give(move)

    def _hear(self, _: Any, content: Any, __: Any) -> None:
        """Take a move from the browser; it is answered from a thread of its own."""
        move = self._read(content)
        if move is not None:
            self._go(move)

    def _read(self, content: Any) -> Move | None:
        """A message as a move; None if it is none, as from a page of another version."""
        try:
            places = tuple(content["places"])
            move = Move(places, content["metric"], str(content["view"]), int(content["number"]))
        except (KeyError, TypeError, ValueError):
            return None
        fits = len(places) == len(self._knobs) and all(
            place is None or (isinstance(place, int) and 0 <= place < len(knob.levels))
            for place, knob in zip(places, self._knobs, strict=False)
        )
        return move if fits and move.metric in NAMES else None

    def _work(self, move: Move, stale: Stale) -> None:
        """Answer a move: at once with few runs, which a newer one does not stop, then with all.

        So the figure follows a knob that is dragged without a pause.
        """
        steps = [self.replications]
        if self.replications > 2 * COARSE:
            steps.insert(0, COARSE)
        try:
            for number in steps:
                is_last = number == self.replications
                comparison = self._compare(move, number, stale if is_last else never)
                self.answer = self._about(move) | self._shown(move, comparison, is_last)
        except CultureSimError as error:
            self.answer = self._about(move) | {"error": str(error), "done": True}

    def _compare(self, move: Move, number: int, stale: Stale) -> Comparison:
        scenario = self._scenario.override(self._changes(move))
        hashed = scenario.hash()
        sides = [
            Side(scenario, {"organizations.*.culture": name}, f"{hashed} {name}")
            for name in self.cultures
        ]
        with self._desk.turn(stale):
            ensembles = self._runs.ensembles(sides, self.seed, number, stale)
        return Comparison(scenario, dict(zip(self.cultures, ensembles, strict=True)), self.seed)

    def _about(self, move: Move) -> dict[str, Any]:
        changes = self._changes(move)
        return {
            "view": move.view,
            "number": move.number,
            "places": list(move.places),
            "metric": move.metric,
            "code": code(self._origin, changes, self.cultures, self.replications, self.seed),
        }

    def _shown(self, move: Move, comparison: Comparison, is_last: bool) -> dict[str, Any]:
        cycles = comparison.scenario.world.cycles
        return {
            "runs": comparison.replications,
            "done": is_last,
            "cycles": cycles,
            "every": explorer_answer.every(cycles),
            "lines": explorer_answer.lines(comparison, move.metric),
            "sentence": explorer_answer.sentence(comparison, move.metric) if is_last else None,
        }

    def _changes(self, move: Move) -> dict[str, Level]:
        changes: dict[str, Level] = {}
        for knob, place in zip(self._knobs, move.places, strict=True):
            changes |= knob.changes(place)
        return changes

    def _told(self, metric: str) -> dict[str, Any]:
        return {
            "scenario": self._scenario.title or self._scenario.name,
            "knobs": [knob.told() for knob in self._knobs],
            "metrics": explorer_answer.told_metrics(metric),
            "cultures": told_looks(self.cultures),
            "cycle_label": self._scenario.world.cycle_label,
            "replications": self.replications,
        }

    def _named(self, name: str) -> int:
        names = {knob.label: n for n, knob in enumerate(self._knobs)}
        names |= {knob.path: n for n, knob in enumerate(self._knobs)}
        if name not in names:
            near = nearest(name, names)
            raise ArgumentError("cannot be moved here", key=name, allowed=names, nearest=near)
        return names[name]

    def _place(self, knob: Knob, value: Level) -> int:
        if value not in knob.levels:
            shown = [words(level) for level in knob.levels]
            raise ArgumentError("is not a level", key=knob.path, found=repr(value), allowed=shown)
        return knob.levels.index(value)
