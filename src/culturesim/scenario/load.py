"""From a name or a path to a checked scenario: find the file, inherit, check, change."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from culturesim.errors import ArgumentError, ScenarioError
from culturesim.scenario.contents import HEADS
from culturesim.scenario.draft import Draft
from culturesim.scenario.files import Place, bundled_places, locate, read_toml
from culturesim.scenario.inherit import extended, lay_file
from culturesim.scenario.schema import Scenario, build
from culturesim.scenario.words import show


class BundledScenario(NamedTuple):
    """What a bundled file says about itself."""

    title: str
    about: str
    expect: str


def load_scenario(
    name_or_path: str | os.PathLike[str] | Scenario, overrides: Mapping[str, Any] | None = None
) -> Scenario:
    """Read a scenario, with all it inherits, and check it.

    Parameters
    ----------
    name_or_path : str, path or Scenario
        A bundled scenario's name, or the path of a TOML file. What has neither a path separator nor
        the ending ``.toml`` is a name. A Scenario is taken as it is.
    overrides : mapping of str to object, optional
        Changes by dotted path, as `Scenario.override` takes them.

    Returns
    -------
    Scenario

    Raises
    ------
    ScenarioError
        If there is no such scenario, or anything in it is wrong; with file, key, what was found and
        what is allowed.
    ArgumentError
        If an argument is of another type.

    Examples
    --------
    >>> load_scenario("baseline", {"world.care_memory": 60}).world.care_memory
    60.0
    """
    if isinstance(name_or_path, Scenario):
        scenario = name_or_path
    elif isinstance(name_or_path, str | os.PathLike):
        place = locate(os.fspath(name_or_path))
        draft = Draft()
        lay_file(draft, place)
        scenario = build(draft, place.name, place.where, _base_of(place))
    else:
        raise ArgumentError(
            "is not a scenario",
            found=show(name_or_path),
            allowed="a bundled scenario's name, the path of a TOML file, or a Scenario",
        )
    return scenario if overrides is None else scenario.override(overrides)


def _base_of(place: Place) -> Scenario | None:
    """What a file extends, if that is a scenario in itself; only its child need be one."""
    parent = extended(place)
    if parent is None:
        return None
    draft = Draft()
    lay_file(draft, parent)
    try:
        return build(draft, parent.name, parent.where)
    except ScenarioError:
        return None


def bundled_scenarios() -> dict[str, BundledScenario]:
    """Name, title and purpose of every scenario that comes with the package; baseline first.

    Returns
    -------
    dict of str to BundledScenario
    """
    heads = {}
    for name, place in bundled_places().items():
        values = read_toml(place)
        heads[name] = BundledScenario(*(str(values.get(head, "")) for head in HEADS))
    return heads
