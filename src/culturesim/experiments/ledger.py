"""All that makes a sweep, and how it grows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from culturesim import __version__
from culturesim.errors import ResultError
from culturesim.experiments.design import Point, design, study_of
from culturesim.experiments.factors import shown
from culturesim.experiments.parts import Layout
from culturesim.experiments.sweep_file import SweepFile
from culturesim.experiments.until import LEAST, MOST, Target
from culturesim.experiments.work import AS_IT_SAYS, Work
from culturesim.scenario.schema import Scenario


class Ledger(NamedTuple):
    """All that makes a sweep, as it has grown so far.

    Parameters
    ----------
    study : dict
        What must stay equal, as `study_of` gives it.
    title, about, expect : str
    scenario : Scenario
        Base of all design points.
    cultures : tuple of str
        The first is the base of differences; a single one if nothing is compared.
    replications : int
    points : list of Point
        Their place is their number.
    samples : list of int
        Numbers of the design points in the sampler's order.
    sessions : list of dict
        When and by which command it was worked on.
    until : tuple of Target
        What is to be known how well; empty: every design point has the same replications.
    max_replications : int
        Of a design point until then; 0: `MOST`.
    """

    study: dict[str, Any]
    title: str
    about: str
    expect: str
    scenario: Scenario
    cultures: tuple[str, ...]
    replications: int
    points: list[Point]
    samples: list[int]
    sessions: list[dict[str, Any]]
    until: tuple[Target, ...] = ()
    max_replications: int = 0

    @property
    def factors(self) -> tuple[str, ...]:
        """Names of what is varied, in file order."""
        return tuple(self.study["factors"])

    @property
    def record(self) -> tuple[str, ...]:
        """Metrics that are kept."""
        return tuple(self.study["record"])

    @property
    def shape(self) -> tuple[int, int, int]:
        """Numbers of design points, cultures and, at least, replications."""
        least = self.replications
        if self.until:
            least = min(max(least, LEAST), self.most)
        return len(self.points), len(self.cultures), least

    @property
    def most(self) -> int:
        """Replications that a design point can come to."""
        if not self.until:
            return self.replications
        return max(self.max_replications or MOST, self.replications)

    @property
    def layout(self) -> Layout:
        """What the columns of its parts are."""
        kinds = [facts["kind"] for facts in self.study["factors"].values()]
        levels = {
            number: tuple(shown(*pair) for pair in zip(point.levels, kinds, strict=True))
            for number, point in enumerate(self.points)
        }
        return Layout(self.scenario.name, self.factors, self.record, levels)

    @property
    def work(self) -> Work:
        """What does its jobs."""
        changes = {number: point.changes for number, point in enumerate(self.points)}
        return Work(self.scenario, changes, self.study["seed"], self.record)


def new_ledger(file: SweepFile, old: Ledger | None = None) -> Ledger:
    """The ledger of a sweep that has not begun.

    Parameters
    ----------
    file : SweepFile
    old : Ledger, optional
        What there is already; if of the same study, its design points are not checked again.

    Returns
    -------
    Ledger

    Raises
    ------
    ScenarioError
        If a design point is wrong.
    """
    study = study_of(file, __version__)
    known = old.points if old is not None and old.study == study else ()
    points, samples = design(file, known)
    return Ledger(
        study,
        file.title or file.name,
        file.about,
        file.expect,
        file.scenario,
        file.cultures or (AS_IT_SAYS,),
        file.replications,
        points,
        samples,
        [],
        file.until,
        file.max_replications,
    )


def grown(old: Ledger, new: Ledger, where: Path) -> Ledger:
    """A ledger that holds all of both; what the old one has keeps its number.

    How precise it is to become is what the new one says, or the old one where the new one says
    nothing of it.

    Parameters
    ----------
    old, new : Ledger
    where : Path
        The directory of the old one, for errors.

    Returns
    -------
    Ledger

    Raises
    ------
    ResultError
        If they are different studies.
    """
    for key in dict.fromkeys([*old.study, *new.study]):
        there, asked = old.study.get(key), new.study.get(key)
        # The order of keys counts for factors: it is the order of columns.
        if json.dumps(there) != json.dumps(asked):
            raise ResultError(
                f"holds another study: its {key.replace('_', ' ')} differs",
                where=str(where),
                found=json.dumps(there),
                allowed=json.dumps(asked),
                hint="choose another directory with --out, or move this one away",
            )
    points, numbers = list(old.points), {p.identity: n for n, p in enumerate(old.points)}
    for point in new.points:
        if point.identity not in numbers:
            numbers[point.identity] = len(points)
            points.append(point)
    return new._replace(
        cultures=tuple(dict.fromkeys([*old.cultures, *new.cultures])),
        replications=max(old.replications, new.replications),
        points=points,
        samples=[numbers[new.points[place].identity] for place in new.samples],
        sessions=old.sessions,
        until=new.until or old.until,
        max_replications=new.max_replications if new.until else old.max_replications,
    )
