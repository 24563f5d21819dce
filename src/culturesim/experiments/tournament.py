"""Cultures head to head: every pair of them in one market, and each with one to itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from culturesim.errors import ArgumentError, nearest
from culturesim.experiments.contestants import Contestant
from culturesim.experiments.pairings import (
    Given,
    Market,
    alone,
    check_shared,
    classes_in,
    duel,
    entrants,
    play,
)
from culturesim.experiments.tournament_result import PAYOFFS, Tournament
from culturesim.model.pace import Kind, expected
from culturesim.model.simulate import check_count, processors
from culturesim.progress import Progress, shown
from culturesim.scenario.load import load_scenario

if TYPE_CHECKING:
    from culturesim.scenario.schema import Scenario


def check_payoff(name: str) -> str:
    """Give back the name of a payoff, or say which there are.

    Raises
    ------
    ArgumentError
        If there is none of that name.
    """
    if name not in PAYOFFS:
        raise ArgumentError(
            "is no payoff", key=str(name), allowed=PAYOFFS, nearest=nearest(str(name), PAYOFFS)
        )
    return name


def check_entries(
    scenario: Scenario, contestants: Sequence[Given] | None, payoff: str
) -> list[Contestant]:
    """Say who takes part, once it is sure that they can.

    Parameters
    ----------
    scenario : Scenario
    contestants : sequence of str or subclass of Team, or None
    payoff : str

    Returns
    -------
    list of Contestant

    Raises
    ------
    ScenarioError
        If the scenario's first organization cannot be shared.
    ArgumentError
        If a contestant or the payoff is wrong.
    """
    entered = entrants(scenario, contestants)
    check_shared(scenario)
    check_payoff(payoff)
    return entered


def tournament(
    contestants: Sequence[Given] | None = None,
    scenario: str | Path | Scenario = "baseline",
    replications: int = 100,
    seed: int = 0,
    workers: int | None = None,
    payoff: str = "value_per_effort",
    progress: Progress = None,
) -> Tournament:
    """Let every pair of contestants meet in one market, and each have one to itself.

    The scenario's first organization is what contestants play: alone with all its teams, in pairs
    with half of them each, so that customers have as many offers either way. Every pair meets in
    both orders. Other organizations of the scenario stay in the market as they are.

    Parameters
    ----------
    contestants : sequence of str or subclass of Team, optional
        Two or more of the scenario's cultures, and of classes with behaviour of their own, which
        live in their own culture or in the scenario's; all its cultures if not given.
    scenario : str, Path or Scenario
        Name of a bundled scenario, path of a file, or a loaded scenario.
    replications : int
        Number of markets of each pair and order, 1 or more: the same customers and the same luck
        for all.
    seed : int
        0 to 2**63 - 1.
    workers : int, optional
        Threads, as `ensemble` takes them; processes for classes. Results do not depend on it.
    payoff : str
        What counts: `value_per_effort`, or one of `PAYOFFS`, which are counted per team.
    progress : callable or bool, optional
        Called with (runs done, runs in all) from time to time; True: a bar, after a word on how
        long it will take. If not given, that is so in a notebook, for what takes some seconds.

    Returns
    -------
    Tournament
        ``t.payoffs``, ``t.table``, ``t.ranking``, ``t.path()``, ``t.sentence``, ``t.plot()``.

    Raises
    ------
    ScenarioError
        If the scenario is wrong, or its first organization cannot be shared.
    ArgumentError
        If another argument is wrong.

    Examples
    --------
    >>> import culturesim as cs
    >>> t = cs.tournament(["execution", "discovery"], "known-market", replications=5)
    >>> bool(t.payoffs.loc["execution", "discovery"] > t.payoffs.loc["discovery", "execution"])
    True
    """
    loaded = load_scenario(scenario)
    entered = check_entries(loaded, contestants, payoff)
    replications = check_count("replications", replications)
    markets = _markets(loaded, entered)
    total = replications * len(markets)
    kinds = [Kind(market.scenario, None, classes_in(market)) for market in markets]
    tables = []
    with shown(progress, total, lambda: expected(kinds, replications, workers, processors())) as (
        tell
    ):
        for n, market in enumerate(markets):

            def report(done: int, _: int, before: int = n * replications) -> None:
                if tell is not None:
                    tell(before + done, total)

            tables.append(play(market, replications, seed, workers, report))
            tables[n]["design_point"] = n
    runs = pd.concat(tables, ignore_index=True)
    return Tournament(loaded, [entrant.label for entrant in entered], runs, payoff, seed)


def _markets(scenario: Scenario, entered: Sequence[Contestant]) -> list[Market]:
    """Each alone, and every ordered pair; all are checked before any is run."""
    single = [alone(scenario, entrant) for entrant in entered]
    return single + [duel(scenario, a, b) for a in entered for b in entered if a is not b]
