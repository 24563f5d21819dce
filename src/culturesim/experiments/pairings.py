"""The markets of a tournament: one organization shared by two contestants, or had alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import pandas as pd

from culturesim.errors import ScenarioError
from culturesim.experiments.contestants import Contestant, contestants
from culturesim.model.simulate import ensemble
from culturesim.scenario.draft import Draft
from culturesim.scenario.schema import Scenario, build

if TYPE_CHECKING:
    from culturesim.model.agents import Team

Given: TypeAlias = "str | type[Team]"
Report: TypeAlias = Callable[[int, int], None]

ALONE, FIRST, SECOND = "alone", "first", "second"


class Market(NamedTuple):
    """A market to run: its scenario, and who plays which of its organizations."""

    scenario: Scenario
    players: dict[str, Contestant]
    teams: dict[str, int]


def entrants(scenario: Scenario, given: Sequence[Given] | None) -> list[Contestant]:
    """Say who takes part, or what is wrong with them.

    Parameters
    ----------
    scenario : Scenario
    given : sequence of str or subclass of Team, or None
        Cultures, and classes, which live in their own culture or in the scenario's; all cultures of
        the scenario if not given.

    Returns
    -------
    list of Contestant

    Raises
    ------
    ArgumentError
        As `contestants` says.
    """
    return contestants(scenario, scenario.culture_names if given is None else given)


# --- markets


def check_shared(scenario: Scenario) -> None:
    """Say whether the first organization of a scenario can be shared by two contestants.

    Raises
    ------
    ScenarioError
        If it has a single team, people of its own, or actions of leaders that cannot be halved.
    """
    _shared(scenario.resolved(), *_halves(scenario))


def alone(scenario: Scenario, contestant: Contestant) -> Market:
    """The scenario's market, its first organization in the hands of one contestant.

    Parameters
    ----------
    scenario : Scenario
    contestant : Contestant

    Returns
    -------
    Market
    """
    name = next(iter(scenario.organizations))
    changed = scenario
    if contestant.culture is not None:
        changed = scenario.override({f"organizations.{name}.culture": contestant.culture})
    return Market(changed, {name: contestant}, {name: scenario.organizations[name].teams})


def duel(scenario: Scenario, first: Contestant, second: Contestant) -> Market:
    """The scenario's market, its first organization shared by two contestants.

    Team for team it is the market of one that is alone: the same rows are at home in the same
    segments, hence considered by the same customers, and believe the same at first. The first half
    of the teams is the first contestant's, and of an odd number the one more.

    Parameters
    ----------
    scenario : Scenario
    first, second : Contestant

    Returns
    -------
    Market

    Raises
    ------
    ScenarioError
        As `check_shared` says.
    """
    names, teams = _halves(scenario)
    values = _shared(scenario.resolved(), names, teams)
    players = dict(zip(names, (first, second), strict=True))
    for name, contestant in players.items():
        if contestant.culture is not None:
            values["organizations"][name]["culture"] = contestant.culture
    draft = Draft()
    draft.lay(values, scenario.source or "scenario")
    return Market(
        build(draft, scenario.name, scenario.source), players, dict(zip(names, teams, strict=True))
    )


def _halves(scenario: Scenario) -> tuple[tuple[str, str], tuple[int, int]]:
    """Names of the two halves of the first organization, and how many teams each has."""
    name, *others = scenario.organizations
    rival = f"{name}_rival"
    while rival in others:
        rival += "_"
    teams = scenario.organizations[name].teams
    return (name, rival), ((teams + 1) // 2, teams // 2)


def _shared(
    values: dict[str, Any], names: tuple[str, str], teams: tuple[int, int]
) -> dict[str, Any]:
    name, rival = names
    if teams[1] == 0:
        raise ScenarioError(
            "is too few for a tournament, in which two contestants share them",
            key=f"organizations.{name}.teams",
            found=str(teams[0]),
            allowed="2 or more",
        )
    for segment, traits in values["segments"].items():
        if traits["kind"] == "internal" and traits["organization"] in ("", name):
            raise ScenarioError(
                "is internal: people of an organization that a tournament divides",
                key=f"segments.{segment}.kind",
                found="internal",
                allowed="external; people of other organizations may stay",
                hint=f"leave them out, or make them buyers: segments.{segment}.kind=external and "
                f'segments.{segment}.organization=""',
            )
    whole, *_ = values["organizations"].values()
    everywhere = list(values["segments"])
    open_to_it = [s for s in everywhere if not values["segments"][s]["organization"]]
    homes = whole["home"] or open_to_it or everywhere  # as a whole's teams would be dealt
    turned = teams[0] % len(homes)  # the second half goes on where the first has ended
    halves = {
        name: {**whole, "teams": teams[0]},
        rival: {**whole, "teams": teams[1], "home": homes[turned:] + homes[:turned]},
    }
    values["organizations"] = {**halves, **dict(list(values["organizations"].items())[1:])}
    for number, action in values["leadership"].items():
        _share_action(number, action, names, alone=len(values["organizations"]) == 2)
    return values


def _share_action(number: str, action: dict[str, Any], names: tuple[str, str], alone: bool) -> None:
    """Have leaders of both halves do what those of the whole do, each for half as many teams."""
    name, rival = names
    chosen = action["organizations"]
    if chosen and name not in chosen:
        return
    rows = not isinstance(action["target"], str)
    if rows or (action["teams"] and not (alone or chosen == [name])):
        raise ScenarioError(
            "names teams by number, or so many teams of several organizations, which cannot be "
            "shared by two contestants",
            key=f"leadership.{number}.{'target' if rows else 'teams'}",
            found=str(action["target"] if rows else action["teams"]),
            hint="let it act for all teams, or leave it out: leadership=[]",
        )
    action["teams"] = (action["teams"] + 1) // 2
    if chosen:
        action["organizations"] = [*chosen, rival]


# --- runs


def classes_in(market: Market) -> Any:
    """Classes of the teams that play in a market, by organization; None where there are none."""
    return {name: p.team for name, p in market.players.items() if p.team is not None} or None


def play(
    market: Market, replications: int, seed: int, workers: int | None, report: Report
) -> pd.DataFrame:
    """Run a market many times.

    Parameters
    ----------
    market : Market
    replications, seed : int
    workers : int or None
    report : callable
        As `ensemble` takes it.

    Returns
    -------
    DataFrame
        A row per replication and contestant, as in `Ensemble.runs`; `contestant`, `against`,
        `place` and `teams` say whose row it is. Other organizations have none.
    """
    classes = classes_in(market)
    ens = ensemble(market.scenario, None, replications, seed, workers, report, classes)
    runs = ens.runs
    runs = runs[runs["organization"].isin(market.players)].reset_index(drop=True)
    labels = {name: player.label for name, player in market.players.items()}
    rivals = dict(zip(labels, reversed(labels.values()), strict=True))
    places = dict(zip(labels, (ALONE,) if len(labels) == 1 else (FIRST, SECOND), strict=True))
    columns: dict[str, dict[str, Any]] = {
        "contestant": labels,
        "against": rivals,
        "place": places,
        "teams": market.teams,
    }
    for at, (column, words) in enumerate(columns.items()):
        runs.insert(2 + at, column, [words[name] for name in runs["organization"]])
    return runs
