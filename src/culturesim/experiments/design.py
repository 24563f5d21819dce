"""The design: which points a sweep has, what each changes, and how it is known again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from culturesim.errors import CultureSimError, ScenarioError
from culturesim.experiments.factors import Level
from culturesim.experiments.samplers import Facts, sampler
from culturesim.experiments.sweep_file import SweepFile
from culturesim.scenario.words import show


class Point(NamedTuple):
    """A design point.

    Parameters
    ----------
    levels : tuple
        One a factor.
    changes : dict of str to object
        Dotted path to level, as `Scenario.override` takes it.
    identity : str
        The same for the same levels of the same resolved scenario, wherever it stands in a design.
    """

    levels: tuple[Level, ...]
    changes: dict[str, Level]
    identity: str


def design(file: SweepFile, known: Iterable[Point] = ()) -> tuple[list[Point], list[int]]:
    """All design points of a sweep, each checked as a scenario.

    Parameters
    ----------
    file : SweepFile
    known : iterable of Point
        Points of the same scenario and factors that need not be checked again.

    Returns
    -------
    points : list of Point
        Each once, in the order of the sampler.
    samples : list of int
        For each row of the sampler, the place of its point: a sampler may visit a point twice.

    Raises
    ------
    ScenarioError
        If the levels of a point are not allowed in the scenario, or not together.
    """
    rows = sampler(file.sampler).sample(file.factors, file.samples, file.seed)
    before = {_key(point.levels): point for point in known}
    places: dict[tuple[Any, ...], int] = {}
    points: list[Point] = []
    samples = []
    for row in rows:
        key = _key(row)
        if key not in places:
            places[key] = len(points)
            points.append(before.get(key) or _point(file, tuple(row)))
        samples.append(places[key])
    return points, samples


def _key(levels: tuple[Level, ...]) -> tuple[Any, ...]:
    return tuple((type(level), level) for level in levels)  # else 1, 1.0 and true were the same


def _point(file: SweepFile, levels: tuple[Level, ...]) -> Point:
    changes = {
        path: level
        for factor, level in zip(file.factors, levels, strict=True)
        for path in factor.paths
    }
    try:
        scenario = file.scenario.override(changes)
        for culture in file.cultures[:1]:
            scenario.with_culture(culture)
    except CultureSimError as error:
        if isinstance(error, ScenarioError):
            said = ", ".join(f"{path} = {show(level)}" for path, level in changes.items())
            error.where = f"{file.where}, design point {said}"
        raise
    text = json.dumps([scenario.hash(), list(levels)])
    return Point(levels, changes, hashlib.sha256(text.encode()).hexdigest()[:16])


def study_of(file: SweepFile, version: str) -> dict[str, Any]:
    """What must be equal for a sweep to go on in a directory: all else may grow.

    Parameters
    ----------
    file : SweepFile
    version : str
        Of this package.

    Returns
    -------
    dict
        Plain values. A grid or a list grows by levels and points; a sequence that keeps its
        beginning by samples; other designs not at all.
    """
    facts: Facts = sampler(file.sampler).FACTS
    drawn: dict[str, Any] | None = None
    if facts.wants_samples:
        drawn = {"factors": {f.name: f.described() for f in file.factors}}
        if not facts.grows:
            drawn["samples"] = file.samples
    study = {
        "kind": "sweep",
        "scenario_hash": file.scenario.hash(),
        "seed": file.seed,
        "sampler": file.sampler,
        "factors": {f.name: {"paths": list(f.paths), "kind": f.kind} for f in file.factors},
        "record": list(file.record),
        "drawn": drawn,
        "culturesim": version,
    }
    plain: dict[str, Any] = json.loads(json.dumps(study))
    return plain
