"""A tournament in plain words: who beat whom, what is not settled, and who would spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from culturesim.experiments.standings import verdict

if TYPE_CHECKING:
    from culturesim.experiments.tournament_result import Tournament
    from culturesim.state.parameters import Floats

PRESENT = 0.01  # share from which a culture counts as there
MOST_NAMED = 5  # contestants of whom all pairs are named
STILL = 0.001  # a share that moves less in the last tenth of the path stands still


def sentence(tournament: Tournament) -> str:
    """Say who beat whom in one market, whether that goes round, and who would spread.

    Parameters
    ----------
    tournament : Tournament

    Returns
    -------
    str
    """
    return " ".join([*_meetings(tournament), *_circle(tournament), *_spread(tournament)])


def _meetings(tournament: Tournament) -> list[str]:
    """Who beat whom, the best first, and the pairs that are not settled."""
    order = list(tournament.ranking.index)
    beaten: dict[str, list[str]] = {name: [] for name in order}
    equal, unsettled = [], []
    for n, mine in enumerate(order):
        for other in order[n + 1 :]:
            pair = tournament.between(mine, other)
            if verdict(pair) != 0:
                winner, loser = (mine, other) if verdict(pair) > 0 else (other, mine)
                beaten[winner].append(loser)
            elif pair.low == pair.high == 0.0:
                equal.append(f"{mine} and {other}")
            else:
                unsettled.append((mine, other))
    said = []
    if len(order) > MOST_NAMED:
        return [_in_short(beaten, len(equal) + len(unsettled))]
    if len(order) == 2 and any(beaten.values()):
        winner, loser = order if beaten[order[0]] else order[::-1]
        said.append(f"In one market, {winner} beat {loser}: {_score(tournament, winner, loser)}.")
    elif any(beaten.values()):
        said.append(f"Two in one market: {'; '.join(_clauses(beaten))}.")
    if equal:
        said.append(_begin(f"{_listed(equal)} earned exactly the same on average."))
    if unsettled:
        said.append(_doubts(tournament, order, unsettled))
    return said


def _clauses(beaten: dict[str, list[str]]) -> list[str]:
    """Who beat whom; those that beat the same are named together."""
    winners: dict[tuple[str, ...], list[str]] = {}
    for name, losers in beaten.items():
        if losers:
            winners.setdefault(tuple(losers), []).append(name)
    everybody = len(beaten) - 1
    return [
        f"{_listed(names)}{' each' if len(names) > 1 else ''} beat "
        f"{'every other' if len(losers) == everybody else _listed(list(losers))}"
        for losers, names in winners.items()
    ]


def _in_short(beaten: dict[str, list[str]], open_pairs: int) -> str:
    """The best and how often it won, where there are too many to name all."""
    first, others = next(iter(beaten)), len(beaten) - 1
    pairs = len(beaten) * others // 2
    doubt = f"; {open_pairs} of all {pairs} pairs are not settled" if open_pairs else ""
    return (
        f"Two in one market: {first} earned most on average and beat {len(beaten[first])} of "
        f"{others} others{doubt}."
    )


def _score(tournament: Tournament, winner: str, loser: str) -> str:
    pair = tournament.between(winner, loser)
    markets = 2 * tournament.replications
    return (
        f"{pair.other:.3g} against {pair.base:.3g} ({tournament.payoff_words}), and ahead in "
        f"{round(pair.ahead * markets)} of {markets} markets"
    )


def _doubts(tournament: Tournament, order: list[str], unsettled: list[tuple[str, str]]) -> str:
    markets = f"{tournament.replications} {'pair' if tournament.replications == 1 else 'pairs'}"
    number = len(order)
    if len(unsettled) == number * (number - 1) // 2:
        whom = f"{order[0]} or {order[1]}" if number == 2 else "any of them"
        return f"Whether {whom} does better is not settled by {markets} of markets."
    by: dict[str, list[str]] = {}
    for mine, other in unsettled:
        by.setdefault(mine, []).append(other)
    pairs = [f"{mine} against {_listed(others, 'or')}" for mine, others in by.items()]
    return f"Not settled by {markets} of markets: {'; '.join(pairs)}."


def _circle(tournament: Tournament) -> list[str]:
    """Say whether beating goes round in a circle."""
    graph = nx.DiGraph()
    for mine in tournament.contestants:
        for other in tournament.contestants:
            if mine != other and verdict(tournament.between(mine, other)) > 0:
                graph.add_edge(mine, other)
    try:
        circle = [mine for mine, _ in nx.find_cycle(graph)]
    except nx.NetworkXNoCycle:
        return []
    steps = [f"{a} beats {b}" for a, b in zip(circle, [*circle[1:], circle[0]], strict=True)]
    return [f"It goes round: {', '.join(steps[:-1])}, and {steps[-1]}."]


def _spread(tournament: Tournament) -> list[str]:
    """Say who would spread from equal shares, and what is in doubt about it."""
    path = tournament.path()
    shares = path["share"].to_numpy().reshape(-1, len(tournament.contestants))
    end = shares[-1]
    there = [tournament.contestants[n] for n in np.argsort(-end) if end[n] >= PRESENT]
    held = {
        name: f"{name} ({100.0 * end[tournament.contestants.index(name)]:.0f} %)" for name in there
    }
    begin = "Where organizations copy those that do better,"
    if _moves(shares):
        return [
            f"{begin} from equal shares, no end is reached in {len(shares) - 1} steps: by then "
            f"there are {_listed([held[name] for name in there])}."
        ]
    if len(there) > 1:
        together = _listed([held[name] for name in there])
        return [f"{begin} they end side by side: {together}.", *_side_by_side(tournament, there)]
    (first,) = there
    said = [f"{begin} {first} ends up everywhere, from equal shares."]
    return [*said, *_kept_out(tournament, first), *_strongholds(tournament, first)]


def _moves(shares: Floats) -> bool:
    last = shares[-1 - max(1, (len(shares) - 1) // 10) :]
    return bool(np.ptp(last, axis=0).max() > STILL)


def _side_by_side(tournament: Tournament, there: list[str]) -> list[str]:
    """Say whether each of a pair surely gets in where the other is everywhere."""
    doubts = [
        f"{mine} gets in where everybody is {other}"
        for mine in there
        for other in there
        if len(there) == 2 and mine != other and verdict(tournament.invades(mine, other)) <= 0
    ]
    return [f"It is not settled whether {_listed(doubts)}."] if doubts else []


def _kept_out(tournament: Tournament, first: str) -> list[str]:
    """Say whom the one that spreads does not surely keep out."""
    doubts = [
        other
        for other in tournament.ranking.index
        if other != first and verdict(tournament.invades(other, first)) == 0
    ]
    if not doubts:
        return []
    return [f"Whether it would keep out {_listed(doubts, 'or')} is not settled."]


def _strongholds(tournament: Tournament, first: str) -> list[str]:
    """Say who would surely stay as well, had it been there first."""
    names = tournament.ranking.index
    stay = [
        mine
        for mine in names
        if mine != first
        and all(verdict(tournament.invades(o, mine)) < 0 for o in names if o != mine)
    ]
    if not stay:
        return []
    return [f"It depends on the start: where everybody is {_listed(stay, 'or')}, that stays."]


def _listed(texts: list[str], last: str = "and") -> str:
    if len(texts) == 1:
        return texts[0]
    return f"{', '.join(texts[:-1])} {last} {texts[-1]}"


def _begin(text: str) -> str:
    return text[:1].upper() + text[1:]
