"""What leaders did about a culture and what became of it, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from culturesim.model.measure import CULTURE, PRACTISED
from culturesim.scenario.leadership_parameters import Action, window

if TYPE_CHECKING:
    from culturesim.model.results import Ensemble
    from culturesim.scenario.schema import Scenario

TOOK_ROOT = 0.5  # mean culture at the end above which it is what teams mostly do by themselves
ALL_BUT = 0.05  # share of runs that may differ from what is said of all

DID = {"seed": "planted", "cultivate": "cultivated", "mandate": "ordered"}
WHOM = {
    "champions": "the {n} readiest teams",
    "laggards": "the {n} least ready teams",
    "random": "{n} teams at random",
    "cluster": "{n} neighbouring teams",
}


class Story(NamedTuple):
    """What became of a culture over many runs: means from 0 to 1, and a share of runs."""

    start: float
    peak: float
    end: float
    rooted: float
    ordered: float


def story(ensemble: Ensemble) -> Story:
    """Follow the culture of all organizations of an ensemble.

    Parameters
    ----------
    ensemble : Ensemble

    Returns
    -------
    Story
        ``ordered`` is the greatest mean of what is done beyond one's own culture, under orders.
    """
    records = ensemble.market.records[:, :, 0]
    culture, practised = records[..., CULTURE], records[..., PRACTISED]
    mean = culture.mean(axis=0)
    return Story(
        start=float(mean[0]),
        peak=float(mean.max()),
        end=float(mean[-1]),
        rooted=float((culture[:, -1] > TOOK_ROOT).mean()),
        ordered=float(practised.mean(axis=0).max()),
    )


def actions_of(ensemble: Ensemble) -> list[Action]:
    """What the leaders of the organizations of an ensemble do.

    Parameters
    ----------
    ensemble : Ensemble

    Returns
    -------
    list of Action
    """
    everybody = set(ensemble.scenario.organizations)
    mine = everybody & set(ensemble.organizations) or everybody
    actions = ensemble.scenario.leadership.values()
    return [a for a in actions if not a.organizations or mine & set(a.organizations)]


def deed(scenario: Scenario, action: Action) -> str:
    """Say what an action is, as in "cultivated discovery in all teams for 40 cycles".

    Parameters
    ----------
    scenario : Scenario
    action : Action
        One of its leadership.

    Returns
    -------
    str
    """
    whose = list(action.organizations or scenario.organizations)
    what = " and ".join(
        dict.fromkeys(scenario.organizations[name].poles[1].replace("_", " ") for name in whose)
    )
    first, end = window(action)
    unit = scenario.world.cycle_label or "cycle"
    if action.kind == "seed":
        when = f"in {unit} {first}"
    elif 0 < end <= scenario.world.cycles:
        length = end - first
        when = f"for {length} {unit if length == 1 else f'{unit}s'}"
    else:
        when = f"from {unit} {first} on"
    return f"{DID[action.kind]} {what} in {_whom(action)} {when}"


def _whom(action: Action) -> str:
    if not isinstance(action.target, str):
        numbers = ", ".join(map(str, action.target))
        return f"team {numbers}" if len(action.target) == 1 else f"teams {numbers}"
    if action.target == "all":
        return "all teams"
    words = WHOM[action.target].format(n=action.teams)
    return words.replace("teams", "team") if action.teams == 1 else words


def culture_sentence(name: str, ensemble: Ensemble) -> str:
    """Say what leaders did in one scenario, and what became of the culture.

    Parameters
    ----------
    name : str
        What the scenario is called in the comparison.
    ensemble : Ensemble
        Its runs.

    Returns
    -------
    str
    """
    scenario = ensemble.scenario
    told = story(ensemble)
    whose = scenario.organizations.get(ensemble.organizations[0])
    pole = (whose or next(iter(scenario.organizations.values()))).poles[1].replace("_", " ")
    deeds = [deed(scenario, action) for action in actions_of(ensemble)]
    begin = f"leaders {', then '.join(deeds)}" if deeds else "nobody tended the culture"
    it = "it" if deeds else pole
    runs = len(ensemble.seeds)
    rooted = f"{round(told.rooted * runs)} of {runs} {'run' if runs == 1 else 'runs'}"
    if told.rooted >= 1.0 - ALL_BUT:
        became = f"{it} took root in {rooted}: at the end teams chose it {_percent(told.end)}"
    elif told.rooted > ALL_BUT:
        became = f"{it} took root in {rooted}"
    elif told.ordered > told.peak + 0.1 and _order_stands(ensemble):
        became = (
            f"{it} was done {_percent(told.ordered)} under orders that still stand; "
            f"by themselves teams chose it {_percent(told.end)} at the end"
        )
    elif told.ordered > told.peak + 0.1:
        became = (
            f"{it} was done {_percent(told.ordered)} while the order stood, "
            f"and {_percent(told.end)} at the end"
        )
    elif told.peak > max(told.start, told.end) + 0.05:
        became = (
            f"teams came to choose {it} {_percent(told.peak)}, "
            f"then fell back to {100.0 * told.end:.0f} %"
        )
    else:
        became = f"teams chose {it} {_percent(told.end)} at the end"
    return f"{name}: {begin}; {became}."


def _order_stands(ensemble: Ensemble) -> bool:
    """Whether leaders still order something in the last cycle."""
    cycles = ensemble.scenario.world.cycles
    orders = [window(a) for a in actions_of(ensemble) if a.kind == "mandate"]
    return any(end == 0 or end >= cycles for _, end in orders)


def _percent(share: float) -> str:
    return f"{100.0 * share:.0f} % of the time"
