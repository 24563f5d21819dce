"""From a name to a parameter of a scenario: a dotted path, or the end of one."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from culturesim.errors import ArgumentError, ScenarioError, nearest
from culturesim.scenario.contents import HEADS
from culturesim.scenario.describe import parameters
from culturesim.scenario.paths import EVERY_NAME, KeyPath, fields, leaves, named, pattern
from culturesim.scenario.schema import Scenario

WHERE = "parameters"


class Found(NamedTuple):
    """A parameter: its path, what the schema says of it, and its values in a scenario."""

    path: str
    field: Any
    values: tuple[Any, ...]

    @property
    def steps(self) -> KeyPath:
        """The path, step by step."""
        return tuple(self.path.split("."))

    @property
    def is_culture(self) -> bool:
        """Whether it is the culture of an organization."""
        return pattern(self.steps) == ("organizations", EVERY_NAME, "culture")

    @property
    def label(self) -> str:
        """Short words for it: whose it is, where that is not clear, and what it is.

        Examples
        --------
        >>> Found("organizations.*.prior.accuracy", None, ()).label
        'prior accuracy'
        >>> Found("cultures.discovery.listening", None, ()).label
        'discovery: listening'
        """
        table, *rest = self.steps
        owner = ""
        if named(table):
            name, *rest = rest
            owner = "" if name == EVERY_NAME else name
        names = Counter(row.path.rpartition(".")[2] for row in parameters())
        if not owner and names[rest[-1]] > 1:
            owner = table
        words = " ".join(rest).replace("_", " ")
        return f"{owner.replace('_', ' ')}: {words}" if owner else words


def find(scenario: Scenario, name: str) -> Found:
    """Find a parameter.

    Parameters
    ----------
    scenario : Scenario
    name : str
        Its dotted path, or the end of one that is the end of no other: ``"prior.accuracy"``.

    Returns
    -------
    Found

    Raises
    ------
    ScenarioError
        If it is a dotted path that leads nowhere.
    ArgumentError
        If no parameter is called so, or several are.
    """
    values = {path: value for path, value in leaves(scenario.resolved()) if path[0] not in HEADS}
    path = _whole_path(scenario, name, values)
    steps = tuple(path.split("."))
    there = tuple(value for other, value in values.items() if _matches(steps, other))
    if not there:
        raise _not_there(scenario, path)
    field = next(field for general, field in fields() if general == pattern(steps))
    return Found(path, field, there)


def _whole_path(scenario: Scenario, name: str, values: dict[KeyPath, Any]) -> str:
    """The path that a name stands for; itself if it begins as one."""
    steps = tuple(name.split("."))
    if steps[0] in type(scenario).model_fields and len(steps) > 1:
        return name
    general = list(dict.fromkeys(pattern(path) for path in values))
    ending = [".".join(path) for path in general if path[-len(steps) :] == steps]
    if len(ending) == 1:
        return ending[0]
    if ending:
        raise ArgumentError("stands for several parameters", key=f"{WHERE}: {name}", allowed=ending)
    every = [".".join(path) for path in general]
    ends = {path.rpartition(".")[2]: path for path in every}
    near = nearest(name, every) or ends.get(nearest(name, ends) or "")
    raise ArgumentError(
        "is not a parameter of this scenario",
        key=f"{WHERE}: {name}",
        allowed="a dotted path, or the end of one; `culturesim show` lists them",
        nearest=near,
    )


def _matches(steps: KeyPath, path: KeyPath) -> bool:
    pairs = zip(steps, path, strict=False)
    return len(steps) == len(path) and all(one in (EVERY_NAME, other) for one, other in pairs)


def _not_there(scenario: Scenario, path: str) -> ArgumentError | ScenarioError:
    """What is wrong with a dotted path that leads to no value."""
    try:
        scenario.override({path: 0})
    except ScenarioError as error:
        if "is not a table" not in error.problem:
            error.where, error.found = WHERE, None
            return error
    return ArgumentError(
        "is not one value", key=f"{WHERE}: {path}", allowed="the dotted path of one parameter"
    )
