"""Inheritance between files: what one `extends`, and the tables it has `replace`."""

from __future__ import annotations

from typing import Any

from culturesim.errors import ScenarioError, nearest
from culturesim.scenario.contents import HEADS, Contents
from culturesim.scenario.draft import Draft
from culturesim.scenario.files import Place, locate, read_toml
from culturesim.scenario.words import show


def lay_file(draft: Draft, place: Place, chain: tuple[Place, ...] = ()) -> None:
    """Lay what a file extends, and then the file itself, over a draft.

    Parameters
    ----------
    draft : Draft
    place : Place
    chain : tuple of Place
        The files that lead to this one, each extending the next.

    Raises
    ------
    ScenarioError
        If a file is missing or cannot be read, the files extend each other in a circle, or
        `replace` does not list tables.
    """
    values, chain = read_toml(place), (*chain, place)
    extends, replace = values.pop("extends", None), values.pop("replace", [])
    if extends is not None:
        lay_file(draft, _parent(extends, chain), chain)
        # A title speaks for its own file: a variation without one is not the baseline.
        draft.drop(HEADS)
    draft.drop(_tables_to_replace(replace, place))
    draft.lay(values, place.where)


def extended(place: Place) -> Place | None:
    """Place of what a file extends, of one that has been laid without a mistake; None if nothing.

    Parameters
    ----------
    place : Place

    Returns
    -------
    Place or None
    """
    extends = read_toml(place).get("extends")
    return None if extends is None else _parent(extends, (place,))


def _parent(extends: Any, chain: tuple[Place, ...]) -> Place:
    place = chain[-1]
    if not isinstance(extends, str) or not extends:
        raise ScenarioError(
            "is not the name of a scenario",
            where=place.where,
            key="extends",
            found=f"extends = {show(extends)}",
            allowed="a bundled scenario's name, or the path of a TOML file, as text",
        )
    parent = locate(extends, by=place)
    if any(parent.path.resolve() == earlier.path.resolve() for earlier in chain):
        raise ScenarioError(
            "goes round in a circle",
            where=place.where,
            key="extends",
            found=" -> ".join(link.where for link in (*chain, parent)),
            hint="let one of them extend nothing",
        )
    return parent


def _tables_to_replace(replace: Any, place: Place) -> list[str]:
    tables = [name for name in Contents.model_fields if name not in HEADS]
    listed = replace if isinstance(replace, list) else [replace]
    for name in listed:
        if not isinstance(replace, list) or name not in tables:
            raise ScenarioError(
                "does not list tables of a scenario",
                where=place.where,
                key="replace",
                found=f"replace = {show(replace)}",
                allowed=f"a list of any of {', '.join(tables)}",
                nearest=nearest(name, tables) if isinstance(name, str) else None,
            )
    return listed
