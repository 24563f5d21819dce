"""One customer or one team, followed through several worlds with the same luck."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from culturesim.errors import ArgumentError
from culturesim.experiments.compare import CULTURES
from culturesim.experiments.contestants import check_cultures
from culturesim.experiments.lives import World, customer_life, declared_in_all, team_life
from culturesim.experiments.twin_result import Kind, Twin
from culturesim.model.seeds import check_seed
from culturesim.progress import Progress, shown
from culturesim.scenario.load import load_scenario

if TYPE_CHECKING:
    from culturesim.scenario.schema import Scenario

# Teams are missing where nothing was done; pandas' own whole numbers can say so.
TEAM_COLUMNS = ("team", "preferred_team", "best_team")
OPTION_COLUMNS = (
    "culture",
    "cycle",
    "option",
    "team",
    "organization",
    "made",
    "fit",
    "standard",
    "price",
    "budget",
    "trust",
    "assessment",
    "assessment_of_nothing",
    "probability",
    "chosen",
    "outcome",
    "reason",
)


def median_customer(worlds: Sequence[World]) -> int:
    """Pick the customer to whom the culture matters as much as to the customer in the middle.

    Parameters
    ----------
    worlds : sequence of World
        Only the first two count.

    Returns
    -------
    int
        The customer whose difference in declared value over the run, second culture less first, is
        nearest to the median of all customers; of equals the one with the lowest number.
    """
    first, second = (declared_in_all(world) for world in worlds[:2])
    difference = second - first
    return int(np.argmin(np.abs(difference - np.median(difference))))


def check_followed(
    scenario: Scenario, customer: int | None, team: int | None
) -> tuple[Kind, int | None]:
    """Give back whom to follow, or say what is wrong with it.

    Raises
    ------
    ArgumentError
        If both are given, or the scenario has no such customer or team.
    """
    if customer is not None and team is not None:
        raise ArgumentError(
            "exclude each other", key="customer and team", hint="follow one; leave the other out"
        )
    kind: Kind = "customer" if team is None else "team"
    row = customer if team is None else team
    if row is None:
        return kind, None
    number = scenario.world.customers
    if kind == "team":
        number = sum(organization.teams for organization in scenario.organizations.values())
    whole = not isinstance(row, bool) and hasattr(row, "__index__")
    if not whole or not 0 <= row.__index__() < number:
        raise ArgumentError("does not exist", key=f"{kind} {row!r}", allowed=f"0 to {number - 1}")
    return kind, row.__index__()


def twin(
    scenario: str | Path | Scenario,
    seed: int = 0,
    cultures: Sequence[str] = CULTURES,
    customer: int | None = None,
    team: int | None = None,
    progress: Progress = None,
) -> Twin:
    """Follow one customer, or one team, through several worlds with the same luck.

    Common random numbers make it the same one in each world: the same care, traits and draws. Only
    the culture of the organizations differs.

    Parameters
    ----------
    scenario : str, Path or Scenario
        Name of a bundled scenario, path of a file, or a loaded scenario.
    seed : int
        0 to 2**63 - 1: the runs are those of ``simulate(scenario, culture, seed)``.
    cultures : sequence of str
        Two or more names of the scenario's cultures.
    customer : int, optional
        The customer to follow, from 0. If neither this nor `team` is given, the one whose
        difference in declared value between the first two worlds is the median of all customers,
        or nearest to it; of equals the one with the lowest number.
    team : int, optional
        The team to follow, from 0.
    progress : callable or bool, optional
        Called with (cycles done, cycles in all) from time to time; True: a bar, after a word on how
        long it will take. If not given, that is so in a notebook, for what takes some seconds.

    Returns
    -------
    Twin
        ``twin.table``: of a customer, a row per culture, cycle and option, with a reason for each
        (`culturesim.experiments.reasons`); of a team, a row per culture, cycle and concern.
        ``twin.cycles``: a row per culture and cycle. ``twin.parts``, ``twin.sentence``,
        ``twin.plot()``, ``twin.save(directory)``.

    Raises
    ------
    ScenarioError
        If the scenario is wrong.
    ArgumentError
        If another argument is.

    Examples
    --------
    >>> import culturesim as cs
    >>> twin = cs.twin("baseline", customer=17)
    >>> len(twin.cycles)
    240
    """
    loaded = load_scenario(scenario)
    names = check_cultures(loaded, cultures)
    seed = check_seed(seed)
    kind, row = check_followed(loaded, customer, team)
    worlds = [World(loaded, culture, seed) for culture in names]
    picked = row is None
    total = len(worlds) + (2 if picked else 0)  # to pick somebody, two are lived through first
    cycles_in_all = total * loaded.world.cycles
    # The lives are their own trial: after a few cycles it is known how long all will take.
    with shown(progress, cycles_in_all, lambda: 0.0, "cycle") as tell:
        if tell is not None:
            done = count(1)
            for world in worlds:
                world.each_cycle = lambda: tell(next(done), cycles_in_all)
        if row is None:
            row = median_customer(worlds)
        live = customer_life if kind == "customer" else team_life
        lives = [live(world, row) for world in worlds]
    table = pd.DataFrame([line for life in lives for line in life.table])
    cycles = pd.DataFrame([line for life in lives for line in life.cycles])
    whole = [name for name in TEAM_COLUMNS if name in cycles]
    cycles[whole] = cycles[whole].astype("Int64")
    if kind == "customer":
        table["team"] = table["team"].astype("Int64")
        table = table[list(OPTION_COLUMNS)]
    return Twin(loaded, seed, kind, row, picked, table, cycles)
