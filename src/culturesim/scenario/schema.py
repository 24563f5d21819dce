"""The scenario: everything a run needs to know, checked, comparable, and never changed."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from typing import Any

from pydantic import PrivateAttr, ValidationError, model_validator

from culturesim.errors import ArgumentError, nearest
from culturesim.scenario.contents import HEADS, Contents
from culturesim.scenario.contradictions import InconsistentError, check_together
from culturesim.scenario.draft import Draft
from culturesim.scenario.mistakes import first_mistake
from culturesim.scenario.overrides import lay_changes
from culturesim.scenario.paths import leaves
from culturesim.scenario.words import show


class Scenario(Contents):
    """Everything a run needs to know, checked and complete; never changed, only copied."""

    _name: str = PrivateAttr("")
    _source: str = PrivateAttr("")
    _base: Scenario | None = PrivateAttr(None)

    @model_validator(mode="after")
    def _check_together(self) -> Scenario:
        check_together(self)
        return self

    @property
    def name(self) -> str:
        """Short name: the file's without its ending, unless another was given."""
        return self._name

    @property
    def source(self) -> str:
        """Where it was read from, as its user wrote it, or ``bundled:NAME``."""
        return self._source

    @property
    def base(self) -> Scenario | None:
        """What it differs from: what its file extends, or its file before it was overridden.

        None of a file that extends nothing and is as it stands, and where the extended file is not
        complete in itself.
        """
        return self._base

    @property
    def culture_names(self) -> tuple[str, ...]:
        """Names of all cultures, in file order."""
        return tuple(self.cultures)

    def override(self, changes: Mapping[str, Any]) -> Scenario:
        """A changed copy, checked as a whole again.

        Parameters
        ----------
        changes : mapping of str to object
            Dotted path to value, such as ``{"segments.*.status_quo": 0.3}``; ``*`` stands for all
            names of a table. A table as value is merged into what is there, or adds a new name:
            ``{"cultures.mine": {"like": "discovery", "listening": 0.1}}``.

        Returns
        -------
        Scenario

        Raises
        ------
        ScenarioError
            If a path does not exist, or a value is not allowed there.
        ArgumentError
            If `changes` is no mapping.
        """
        if not isinstance(changes, Mapping):
            allowed = 'a mapping such as {"world.cycles": 60}'
            raise ArgumentError("overrides are no mapping", found=show(changes), allowed=allowed)
        if not changes:
            return self
        draft = Draft()
        draft.lay(self.resolved(), self.source or "scenario")
        lay_changes(draft, changes)
        return build(draft, self.name, self.source, self._base or self)

    def with_culture(self, name: str | None) -> Scenario:
        """A copy in which every organization has the culture `name`; itself if that is None.

        Parameters
        ----------
        name : str or None

        Returns
        -------
        Scenario

        Raises
        ------
        ArgumentError
            If the scenario has no culture of that name.
        """
        if name is None:
            return self
        if str(name) not in self.cultures:
            raise ArgumentError(
                f"is not a culture of scenario {self.name or self.title!r}",
                key=str(name),
                allowed=self.cultures,
                nearest=nearest(str(name), self.cultures),
            )
        return self.override({"organizations.*.culture": name})

    def resolved(self) -> dict[str, Any]:
        """Every value, defaults included, in the schema's order.

        Returns
        -------
        dict of str to object
            Plain nested dictionaries; lists in place of tuples.
        """
        plain: dict[str, Any] = _plain(self.model_dump())
        return plain

    def hash(self) -> str:
        """SHA-256 of all that can change a run, in hexadecimal: texts, name and source do not.

        The order of segments counts, as customers are numbered by it; that of cultures does not.

        Returns
        -------
        str
            64 digits; equal for equal runs, whichever way a value is spelt.
        """
        values = {key: value for key, value in self.resolved().items() if key not in HEADS}
        values["cultures"] = dict(sorted(values["cultures"].items()))
        values["world"]["care_memory"] = (
            values["world"]["care_memory"] or math.inf
        )  # both: for ever
        # JSON has no infinity; a text stands for it, so that any reader can repeat the sum.
        text = json.dumps(_without_inf(values), separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(text.encode("ascii")).hexdigest()

    def differences(self, other: Scenario) -> list[tuple[str, Any, Any]]:
        """Paths at which the two scenarios differ, each with this value and the other's.

        Texts, names and sources do not count.

        Parameters
        ----------
        other : Scenario

        Returns
        -------
        list of tuple of str, object, object
            A value that one of them does not have is None.
        """
        mine, theirs = dict(leaves(self.resolved())), dict(leaves(other.resolved()))
        return [
            (".".join(path), mine.get(path), theirs.get(path))
            for path in dict.fromkeys([*mine, *theirs])
            if path[0] not in HEADS and mine.get(path) != theirs.get(path)
        ]

    def _repr_html_(self) -> str:
        from culturesim.scenario.shown import scenario_html  # reads the schema, which is this

        return scenario_html(self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Scenario):
            return NotImplemented
        same_texts = all(getattr(self, head) == getattr(other, head) for head in HEADS)
        return same_texts and self.hash() == other.hash()

    def __hash__(self) -> int:
        return hash(self.hash())


def build(draft: Draft, name: str, source: str, base: Scenario | None = None) -> Scenario:
    """Check what a draft holds, and make a scenario of it.

    Parameters
    ----------
    draft : Draft
    name, source : str
        As the scenario will give them.
    base : Scenario, optional
        What it differs from.

    Returns
    -------
    Scenario

    Raises
    ------
    ScenarioError
        The first mistake, with its file, and the number of others.
    """
    draft.copy_practices()
    try:
        scenario = Scenario.model_validate(draft.values)
    except ValidationError as error:
        raise first_mistake(error, draft) from None
    except InconsistentError as error:
        error.where = draft.where(*error.keys)
        raise
    scenario._name, scenario._source, scenario._base = name, source, base
    return scenario


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _without_inf(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_inf(inner) for key, inner in value.items()}
    return "inf" if value == math.inf else value
