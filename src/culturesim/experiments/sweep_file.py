"""The sweep file: a scenario, what is compared in it, what is varied, and how often it is run."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from culturesim.errors import ArgumentError, CultureSimError, ScenarioError, nearest
from culturesim.experiments.factors import Factor, read_factors, wrong
from culturesim.experiments.listed_points import listed_points
from culturesim.experiments.samplers import Facts, sampler, sampler_names
from culturesim.experiments.sweep_places import locate_sweep
from culturesim.experiments.until import Target, read_until
from culturesim.model.results import IN_TABLES, RUN_NAMES, check_metric
from culturesim.model.seeds import check_seed
from culturesim.model.simulate import check_count
from culturesim.scenario.files import Place, read_toml
from culturesim.scenario.load import load_scenario
from culturesim.scenario.schema import Scenario
from culturesim.scenario.words import show

CULTURES = ("execution", "discovery")
REPLICATIONS = 50


class SweepFile(NamedTuple):
    """A sweep as it is written down; what is heavy in it has been checked.

    Parameters
    ----------
    name, where : str
        Short name, and the file as its user would write it.
    scenario : Scenario
        With the overrides that hold everywhere.
    cultures : tuple of str
        The first is the base of differences; empty: the scenario runs as it says.
    factors : tuple of Factor
    sampler : str
    samples : int
        0 where the sampler wants none.
    replications, seed : int
    record : tuple of str
        Metrics that are kept of each run.
    title, about, expect : str
    until : tuple of Target
        How narrow the intervals of differences are to become; empty: no matter.
    max_replications : int
        Of a design point until then; 0: as many as is usual.
    """

    name: str
    where: str
    scenario: Scenario
    cultures: tuple[str, ...]
    factors: tuple[Factor, ...]
    sampler: str = "grid"
    samples: int = 0
    replications: int = REPLICATIONS
    seed: int = 0
    record: tuple[str, ...] = RUN_NAMES
    title: str = ""
    about: str = ""
    expect: str = ""
    until: tuple[Target, ...] = ()
    max_replications: int = 0


KEYS = (*(name for name in SweepFile._fields if name not in ("name", "where")), "overrides")
ALL_KEYS = (*KEYS, "points")

# Columns of results, of which a factor cannot have the name.
RESERVED = (
    *("design_point", "scenario", "culture", "replication", "seed", "organization", "state"),
    *("error", "identity", "levels", "metric", "base", "mean", "difference", "low", "high"),
    *("ahead", "behind", "variance_ratio", "n", "unpaired", "replications", "reached", "command"),
    *(*RUN_NAMES, *IN_TABLES.values()),
)


def load_sweep(
    source: str | os.PathLike[str] | SweepFile | Mapping[str, Any],
    scenario: str | Path | Scenario | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> SweepFile:
    """Read a sweep file and check it.

    Parameters
    ----------
    source : str, path, SweepFile or mapping
        Name of a bundled sweep, path of a TOML file, or what would be written in one.
    scenario : str, Path or Scenario, optional
        Takes the place of the file's.
    overrides : mapping of str to object, optional
        Laid over the file's.

    Returns
    -------
    SweepFile

    Raises
    ------
    ScenarioError
        If there is no such sweep, or anything in it is wrong.
    ArgumentError
        If an argument is of another type.
    """
    if isinstance(source, SweepFile):
        changed = source.scenario if scenario is None else load_scenario(scenario)
        return source._replace(scenario=changed.override(overrides or {}))
    if isinstance(source, Mapping):
        place = Place("sweep", "sweep", Path("sweep.toml"))
        values = dict(source)
    elif isinstance(source, str | os.PathLike):
        place = locate_sweep(os.fspath(source))
        values = read_toml(place)
    else:
        raise ArgumentError(
            "is not a sweep",
            found=show(source),
            allowed="a bundled sweep's name, the path of a TOML file, or a mapping",
        )
    return _read(values, place, scenario, overrides or {})


def _read(
    values: dict[str, Any],
    place: Place,
    scenario: str | Path | Scenario | None,
    overrides: Mapping[str, Any],
) -> SweepFile:
    where = place.where
    for key, value in values.items():
        if key not in ALL_KEYS:
            near = nearest(key, ALL_KEYS)
            wrong(where, key, "is not part of a sweep", value, ", ".join(ALL_KEYS), near)
    base = _scenario(values, place, scenario)
    fixed = values.get("overrides", {})
    if not isinstance(fixed, Mapping):
        wrong(where, "overrides", "is no table of dotted paths", fixed)
    try:
        base = base.override(fixed)
    except ScenarioError as error:
        error.where = f"{where}, overrides"
        raise
    base = base.override(overrides)
    name = values.get("sampler", "list" if "points" in values else "grid")
    if name not in sampler_names():
        names = ", ".join(sampler_names())
        wrong(where, "sampler", "is no sampler", name, names, nearest(str(name), sampler_names()))
    factors = _factors(values, name, place)
    facts: Facts = sampler(name).FACTS
    cultures = _cultures(values.get("cultures", CULTURES), base, where)
    try:
        return SweepFile(
            place.name,
            where,
            base,
            cultures,
            factors,
            name,
            _samples(values.get("samples"), name, facts, where),
            check_count("replications", values.get("replications", REPLICATIONS)),
            check_seed(values.get("seed", 0)),
            _record(values.get("record", ())),
            _text(values, "title", where),
            _text(values, "about", where),
            _text(values, "expect", where),
            read_until(values.get("until", {})),
            _max_replications(values),
        )
    except ArgumentError as error:
        error.where = where
        raise


def _scenario(
    values: Mapping[str, Any], place: Place, instead: str | Path | Scenario | None
) -> Scenario:
    if instead is not None:
        return load_scenario(instead)
    named = values.get("scenario", "baseline")
    if isinstance(named, Scenario):
        return named
    if not isinstance(named, str):
        wrong(place.where, "scenario", "is no name and no path", named)
    if named.lower().endswith(".toml"):
        named = str(place.path.parent / named)
    try:
        return load_scenario(named)
    except ScenarioError as error:
        if error.where is None:
            error.where = f"{place.where}, scenario"
        raise


def _cultures(given: Any, base: Scenario, where: str) -> tuple[str, ...]:
    if not isinstance(given, str | Sequence):
        wrong(where, "cultures", "is no list of names", given)
    try:
        return check_sweep_cultures(given, base)
    except CultureSimError as error:
        error.where = where
        raise


def check_sweep_cultures(given: str | Sequence[str], scenario: Scenario) -> tuple[str, ...]:
    """Give back the names of a sweep's cultures; none: each scenario runs as it says.

    Raises
    ------
    ArgumentError
        If the scenario has no such culture, or one is named twice.
    """
    names = (given,) if isinstance(given, str) else tuple(given)
    for name in names:
        scenario.with_culture(name)
    if len(set(names)) < len(names):
        raise ArgumentError("names one twice", key="cultures", found=", ".join(names))
    return names


def _factors(values: Mapping[str, Any], name: str, place: Place) -> tuple[Factor, ...]:
    where = place.where
    if "points" in values:
        if name != "list":
            wrong(where, "points", "goes with the sampler list", values["points"])
        if "factors" in values:
            wrong(where, "factors", "says again what points says", values["factors"])
        factors = listed_points(values["points"], place)
    else:
        factors = read_factors(values.get("factors"), where)
    facts: Facts = sampler(name).FACTS
    for factor in factors:
        key = f"factors.{factor.name}"
        if factor.name in RESERVED:
            wrong(where, key, "has the name of a column of results", factor.name)
        if not factor.levels and not facts.whole_range:
            wrong(where, f"{key}.levels", f"is missing: {name} wants levels", None, "2 or more")
        if name == "grid" and len(set(map(repr, factor.levels))) < len(factor.levels):
            wrong(where, key, "names a level twice", list(factor.levels))
    if name == "list":
        lengths = {len(factor.levels) for factor in factors}
        if len(lengths) > 1:
            found = ", ".join(f"{f.name}: {len(f.levels)}" for f in factors)
            raise ScenarioError(
                "have different numbers of levels, which the sampler list takes one by one",
                where=where,
                key="factors",
                found=found,
                hint='sampler = "grid" takes every combination',
            )
    return factors


def _samples(given: Any, name: str, facts: Facts, where: str) -> int:
    if not facts.wants_samples:
        if given is not None:
            wrong(where, "samples", f"means nothing to the sampler {name}", given)
        return 0
    if given is None:
        wrong(where, "samples", f"is missing: {name} wants a number", None, "64, for example")
    number = check_count("samples", given)
    if facts.power_of_two and number & (number - 1):
        above = 1 << number.bit_length()
        wrong(where, "samples", f"must be a power of 2 for {name}", number, None, str(above))
    return number


def _record(given: Any) -> tuple[str, ...]:
    names = [given] if isinstance(given, str) else list(given)
    return tuple(dict.fromkeys(check_metric(name) for name in names)) or RUN_NAMES


def _max_replications(values: Mapping[str, Any]) -> int:
    key = "max_replications"
    return check_count(key, values[key]) if key in values else 0


def _text(values: Mapping[str, Any], key: str, where: str) -> str:
    text = values.get(key, "")
    if not isinstance(text, str):
        wrong(where, key, "is no text", text)
    return text
