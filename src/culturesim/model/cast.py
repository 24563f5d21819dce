"""Who plays the teams: a class of one's own for all of them, or one for each organization."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from culturesim.errors import ArgumentError, nearest
from culturesim.model.agents import Team
from culturesim.model.results import culture_label
from culturesim.model.verbs import VERBS, verbs_of
from culturesim.scenario.load import load_scenario
from culturesim.scenario.schema import Scenario

TeamClasses = type[Team] | Mapping[str, type[Team] | None]


class Cast(NamedTuple):
    """A scenario and who plays in it.

    Parameters
    ----------
    scenario : Scenario
        With the culture of every organization as it is to be run.
    classes : dict of str to class
        Class of each organization's teams, of those that have one of their own.
    culture : str or None
        What the caller named.
    label : str or None
        What is run, in a word: the class, as in ``Mine``; after the culture that the caller named,
        as in ``discovery/Mine``. Where that differs between organizations: what the caller named.
    labels : list of str
        The same for each organization; its culture where its teams are no class of their own.
    """

    scenario: Scenario
    classes: dict[str, type[Team]]
    culture: str | None
    label: str | None
    labels: list[str]


def cast(scenario: str | Path | Scenario, culture: str | None, team: TeamClasses | None) -> Cast:
    """Settle who plays, and in which culture.

    Parameters
    ----------
    scenario : str, Path or Scenario
    culture : str or None
        Culture of every organization, or None: what each class lives in, else what the scenario
        says.
    team : subclass of Team, mapping of str to such, or None
        Of all organizations, or by organization; None stands for the compiled teams.

    Returns
    -------
    Cast

    Raises
    ------
    ScenarioError
        If the scenario is wrong.
    ArgumentError
        If the culture or an organization does not exist, a class is no subclass of `Team`, or it
        has no verb.
    """
    spec = load_scenario(scenario).with_culture(culture)
    organizations = list(spec.organizations)
    wanted = team if isinstance(team, Mapping) else dict.fromkeys(organizations, team)
    for name in wanted:
        if name not in organizations:
            raise ArgumentError(
                "is not an organization of the scenario",
                key=f"team: {name}",
                allowed=organizations,
                nearest=nearest(str(name), organizations),
            )
    classes = {
        name: check_class("team" if wanted is not team else f"team: {name}", wanted[name])
        for name in organizations
        if wanted.get(name) is not None
    }
    if culture is None:
        for name, kind in classes.items():
            if kind.lives_in is not None:
                spec.with_culture(kind.lives_in)  # says so if there is no such culture
                spec = spec.override({f"organizations.{name}.culture": kind.lives_in})
    labels = culture_label(spec, culture)
    for n, name in enumerate(organizations):
        if name in classes:
            labels[n] = team_label(classes[name], culture)
    one = bool(classes) and len(set(labels)) == 1
    return Cast(spec, classes, culture, labels[0] if one else culture, labels)


def team_label(kind: type[Team], culture: str | None) -> str:
    """What a class is called in tables: its name, after the culture that the caller named."""
    return kind.__name__ if culture is None else f"{culture}/{kind.__name__}"


def check_class(key: str, kind: Any) -> type[Team]:
    """Give back a class of teams, or say what is wrong with it.

    Raises
    ------
    ArgumentError
        If it is no subclass of `Team`, or has no verb.
    """
    if not (isinstance(kind, type) and issubclass(kind, Team)):
        hint = "class Mine(culturesim.Team): ..."
        if isinstance(kind, Team):
            hint = "give the class, not one team"
        raise ArgumentError("is not a subclass of Team", key=key, found=repr(kind), hint=hint)
    if not verbs_of(kind, Team):
        methods = [
            name
            for place in kind.__mro__[: kind.__mro__.index(Team)]
            for name, value in vars(place).items()
            if inspect.isfunction(value) and not name.startswith("__")
        ]
        likely = (nearest(name, VERBS) for name in methods)
        raise ArgumentError(
            "has no verb: a method named after a phase in which teams act",
            key=f"{key}: {kind.__name__}",
            found=", ".join(methods) or "no method",
            allowed=VERBS,
            nearest=next(filter(None, likely), None),
        )
    return kind
