"""Who is compared: cultures by name, and classes of teams."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from culturesim.errors import ArgumentError

if TYPE_CHECKING:
    from culturesim.model.agents import Team
    from culturesim.model.cast import TeamClasses
    from culturesim.scenario.schema import Scenario


class Contestant(NamedTuple):
    """What is run against others: a culture, and who plays the teams in it."""

    label: str
    culture: str | None
    team: TeamClasses | None


def contestants(
    scenario: Scenario,
    cultures: str | type[Team] | Sequence[str | type[Team]],
    team: TeamClasses | None = None,
) -> list[Contestant]:
    """Settle who is compared, or say what is wrong with them.

    Parameters
    ----------
    scenario : Scenario
    cultures : sequence of str or subclass of Team
        A class lives in its own culture, or in the scenario's if it has none.
    team : subclass of Team, mapping of str to such, or None
        Plays in each of the cultures.

    Returns
    -------
    list of Contestant

    Raises
    ------
    ArgumentError
        If there are not two or more different names, the scenario lacks one, a class cannot play,
        or classes are given in both ways.
    """
    given = [cultures] if isinstance(cultures, str | type) else list(cultures)
    found = [_contestant(scenario, one, team) for one in given]
    names = [contestant.label for contestant in found]
    if len(names) < 2 or len(set(names)) < len(names):
        raise ArgumentError(
            "must be two or more different names",
            key="cultures",
            found=", ".join(names),
            allowed=scenario.culture_names,
        )
    return found


def check_cultures(scenario: Scenario, cultures: str | Sequence[str]) -> list[str]:
    """Give back the names of cultures to compare, or say what is wrong with them.

    Raises
    ------
    ArgumentError
        If there are not two or more different names, or the scenario lacks one.
    """
    names = [cultures] if isinstance(cultures, str) else list(cultures)
    for name in names:
        scenario.with_culture(name)
    return [contestant.label for contestant in contestants(scenario, names)]


def _contestant(
    scenario: Scenario, given: str | type[Team], team: TeamClasses | None
) -> Contestant:
    if isinstance(given, type):
        if team is not None:
            raise ArgumentError(
                "is a class, and so is team",
                key=f"cultures: {given.__name__}",
                hint="give names of cultures with team=, or classes without it",
            )
        return Contestant(_label(scenario, None, given), None, given)
    scenario.with_culture(given)
    return Contestant(given if team is None else _label(scenario, given, team), given, team)


def _label(scenario: Scenario, culture: str | None, team: TeamClasses) -> str:
    from culturesim.model.cast import cast  # knows Mesa, which is a while to load

    return str(cast(scenario, culture, team).label)
