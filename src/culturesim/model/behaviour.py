"""Own behaviour: verbs between the compiled phases of a cycle, and books that must balance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from culturesim.errors import BehaviourError, CultureSimError
from culturesim.kernels.effort import building_effort
from culturesim.model.engine import PARTS
from culturesim.model.places import is_installed, place_of, place_of_error
from culturesim.model.verbs import PHASES, verbs_of, what_to_write

if TYPE_CHECKING:
    from culturesim.model.agents import Team
    from culturesim.model.model import CultureModel

EFFORTS = (
    "effort_listening",
    "effort_testing",
    "effort_building",
    "effort_serving",
    "effort_withheld",
)
ROUNDING = 1e-9  # of the capacity: what adding five numbers, each rounded a few times, can miss


class Turn(NamedTuple):
    """The team whose verb is at work."""

    row: int
    verb: str


class Part(NamedTuple):
    """Compiled parts of the cycle, and whose verb comes after them."""

    first: int
    last: int
    verb: str | None
    rows: tuple[int, ...]


class Behaviour:
    """What the teams of a model do by themselves.

    Parameters
    ----------
    classes : sequence of class
        Class of each row's team.
    base : class
        `Team` itself, which has nothing of its own.
    """

    def __init__(self, classes: Sequence[type[Team]], base: type[Team]) -> None:
        verbs = [verbs_of(kind, base) for kind in classes]
        self.rows = np.array([row for row, mine in enumerate(verbs) if mine], np.int64)
        self.parts: list[Part] = []
        first = 0
        for number, name in enumerate(PHASES):
            rows = tuple(row for row, mine in enumerate(verbs) if name in mine)
            if rows:
                self.parts.append(Part(first, number + 1, name, rows))
                first = number + 1
        self.parts.append(Part(first, PARTS, None, ()))
        self.turn: Turn | None = None
        self.failed = False

    def run_cycle(self, model: CultureModel) -> None:
        """Run a cycle: the compiled phases for all, and after each phase the verbs of its name.

        Raises
        ------
        BehaviourError
            If a verb fails or gives something back, if effort does not add up afterwards, or if
            that has happened before.
        """
        self.check_whole(model)
        self.failed = True  # until it is seen to go well
        for part in self.parts:
            model.run_parts(part.first, part.last)
            if part.verb is not None:
                for row in part.rows:
                    self._act(model.teams[row], part.verb)
        self._check_books(model)
        self.failed = False

    def check_whole(self, model: CultureModel) -> None:
        """Say so if a cycle has been left half done.

        Raises
        ------
        BehaviourError
            If a verb failed before.
        """
        if self.failed:
            raise BehaviourError(
                "cannot go on: a verb failed in mid-cycle",
                key=repr(model),
                hint="mend the verb and make a new model",
            )

    def _act(self, team: Team, verb: str) -> None:
        # Asked of the class, a verb is the method, even where teams have a column of its name.
        method: Callable[[Any], Any] = getattr(type(team), verb)
        self.turn = Turn(team.row, verb)
        try:
            answer = method(team)
        except Exception as error:
            place = place_of_error(error, method)
            raise _failure(type(team), team.model, team.row, verb, place, error) from error
        finally:
            self.turn = None
        if answer is not None:
            raise BehaviourError(
                "gave something back",
                **_when(type(team), team.model, team.row, verb, place_of(method)),
                found=repr(answer),
                hint=f"write self.{what_to_write(verb)} = ..., and return nothing",
            )

    def _check_books(self, model: CultureModel) -> None:
        """Hold effort to what was there to spend.

        Raises
        ------
        BehaviourError
            If the five kinds do not make up the capacity of a team with verbs.
        """
        record = model.state.teams.record[self.rows]
        capacity = record["capacity"]
        efforts = np.stack([record[name] for name in EFFORTS])
        allowed = ROUNDING * np.maximum(capacity, 1.0)
        wrong = np.abs(efforts.sum(axis=0) - capacity) > allowed
        wrong |= (efforts < -allowed).any(axis=0)
        for row in self.rows[wrong].tolist():
            team = model.teams[row]
            spent = ", ".join(f"{name} {getattr(team, name):g}" for name in EFFORTS)
            raise BehaviourError(
                f"does not balance its books: {_why(team)}",
                **_when(type(team), model, row, "account", None),
                found=spent,
                allowed=f"efforts of 0 or more that sum to the capacity, {team.capacity:g}",
                hint="change a share and its effort together: self.listening_share = s; "
                "self.effort_listening = s * (self.capacity - self.effort_serving)",
            )


def make_team(kind: type[Team], model: CultureModel, row: int) -> Team:
    """Make the team of a row.

    Raises
    ------
    BehaviourError
        If its own ``__init__`` fails, or does not make it the team of its row.
    """
    place = place_of(kind.__init__)
    try:
        team = kind(model, row)
    except Exception as error:
        if is_installed(place[0]):
            raise
        place = place_of_error(error, kind.__init__)
        raise _failure(kind, model, row, "__init__", place, error) from error
    if getattr(team, "row", None) != row:
        raise BehaviourError(
            "did not make the team of its row",
            **_when(kind, model, row, "__init__", place),
            hint="begin with super().__init__(model, row)",
        )
    return team


def _why(team: Any) -> str:
    """Which effort does not add up, and what may have led to it."""
    free = team.capacity - team.effort_serving
    if free < 0.0:
        return "effort_serving exceeds the capacity"
    if team.listening_share + team.testing_share > 1.0 + ROUNDING:
        return "listening_share and testing_share sum to more than 1"
    building = building_effort(free, team.listening_share, team.testing_share)
    kinds = (
        ("effort_listening", team.effort_listening, team.listening_share * free),
        ("effort_testing", team.effort_testing, team.testing_share * free),
        (
            "effort_building with effort_withheld",
            team.effort_building + team.effort_withheld,
            building,
        ),
    )
    off = [
        f"{name} is {spent:g} where shares and free effort make {due:g}"
        for name, spent, due in kinds
        if abs(spent - due) > ROUNDING * max(1.0, team.capacity)
    ]
    return (
        f"{'; '.join(off)}. Likely a share, the capacity or the serving was changed after the "
        "effort had been spent"
    )


def _when(
    kind: type[Team], model: CultureModel, row: int, verb: str, place: tuple[str, int] | None
) -> dict[str, Any]:
    """The fields of a `BehaviourError` that say who, when and where."""
    number = model.state.teams.record["organization"][row]
    organization = model.setup.organizations[number]
    name = f"{kind.__name__}.{verb}" if place is not None else kind.__name__
    return {
        "where": f"{place[0]}:{place[1]}" if place is not None else None,
        "key": f"{name} (team {row} of {organization}, cycle {model.cycle}, seed {model.seed})",
        "team_class": kind.__name__,
        "verb": verb,
        "organization": organization,
        "team": row,
        "cycle": model.cycle,
        "seed": model.seed,
    }


def _failure(
    kind: type[Team],
    model: CultureModel,
    row: int,
    verb: str,
    place: tuple[str, int],
    error: Exception,
) -> BehaviourError:
    """What to say of an exception in a verb."""
    name, text = type(error).__name__, str(error)
    found, parts = f"{name}: {text}", {}
    if isinstance(error, CultureSimError):
        # It has told what to do already: let that stand in its place.
        found = f"{error.key} {error.problem}" if error.key else error.problem
        found += f": {error.found}" if error.found else ""
        parts = {part: error.parts()[part] for part in ("allowed", "nearest", "hint")}
    return BehaviourError(
        "failed",
        **_when(kind, model, row, verb, place),
        error=name,
        text=text,
        found=found,
        **parts,
    )
