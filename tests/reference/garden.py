"""How cultures grow: leaders' actions, networks between teams, contagion and reinforcement."""

from __future__ import annotations

import math
from collections.abc import Callable

import networkx as nx

from tests.reference import draws
from tests.reference.entities import Organization, Table, Team
from tests.reference.ledger import value_of
from tests.reference.world import World


def connect(world: World) -> None:
    """Make the network between the teams of each organization."""
    growth = world.spec.get("growth", {"on": False})
    actions = world.spec.get("leadership", {}).values()
    if not growth["on"] and all(action["target"] != "cluster" for action in actions):
        return
    for organization in world.organizations:
        teams, degree = organization.teams, growth["degree"]
        if degree >= len(teams) - 1:
            graph = nx.complete_graph(len(teams))
        else:
            luck = draws.NetworkLuck(world.luck, organization.number)
            graph = nx.watts_strogatz_graph(len(teams), degree, growth["rewiring"], seed=luck)
        for n, team in enumerate(teams):
            team.neighbours = [teams[m] for m in sorted(graph[n])]


# --- leadership


def cultivate(world: World) -> None:
    actions: Table = world.spec.get("leadership", {})
    for number, (name, action) in enumerate(actions.items()):
        if action["from"] == world.cycle:
            for organization in addressed(world, action):
                organization.targets[name] = choose_targets(world, organization, action, number)
    for name, action in actions.items():
        for organization in addressed(world, action):
            act(world, organization, action, organization.targets.get(name, []))
    for team in world.teams:
        team.practised = team.culture
    for name, action in actions.items():
        if action["kind"] == "mandate" and in_force(world, action):
            for organization in addressed(world, action):
                for team in organization.targets[name]:
                    team.practised = max(team.practised, action["strength"])
    for team in world.teams:
        luck = world.luck.uniform(draws.STANCE, world.cycle, team.row)
        team.stance = team.organization.poles[1 if luck < team.practised else 0]


def addressed(world: World, action: Table) -> list[Organization]:
    names = action["organizations"]
    return [o for o in world.organizations if not names or o.name in names]


def in_force(world: World, action: Table) -> bool:
    return bool(action["from"] <= world.cycle and (world.cycle < action["to"] or action["to"] == 0))


def act(world: World, organization: Organization, action: Table, targets: list[Team]) -> None:
    if action["kind"] == "seed" and action["from"] == world.cycle:
        for team in targets:
            team.culture = action["strength"]
    if action["kind"] == "cultivate" and in_force(world, action) and targets:
        attention = min(1.0, action["strength"] * len(organization.teams) / len(targets))
        for team in targets:
            team.culture += attention * (1.0 - team.culture)


def choose_targets(
    world: World, organization: Organization, action: Table, number: int
) -> list[Team]:
    teams, target = organization.teams, action["target"]
    if not isinstance(target, str):
        return [teams[n] for n in target]
    if target == "all":
        return list(teams)
    luck = {t: world.luck.uniform(draws.TARGET, world.cycle, t.row, number) for t in teams}
    order: dict[str, Callable[[Team], tuple[float, float]]] = {
        "champions": lambda t: (-math.floor(t.culture * 1e9 + 0.5), luck[t]),
        "laggards": lambda t: (math.floor(t.culture * 1e9 + 0.5), luck[t]),
        "random": lambda t: (0.0, luck[t]),
    }
    if target == "cluster":
        distance = distances(min(teams, key=lambda t: luck[t]))
        order["cluster"] = lambda t: (distance.get(t, math.inf), luck[t])
    return sorted(teams, key=order[target])[: action["teams"]]


def distances(centre: Team) -> dict[Team, int]:
    """Steps on the network from a team to all that can be reached."""
    found, edge = {centre: 0}, [centre]
    while edge:
        nearer, edge = edge, []
        for team in nearer:
            for neighbour in team.neighbours:
                if neighbour not in found:
                    found[neighbour] = found[team] + 1
                    edge.append(neighbour)
    return found


# --- growth


def grow(world: World) -> None:
    """Let the cultures of all teams change, each from what all were before."""
    growth = world.spec.get("growth", {"on": False})
    if not growth["on"]:
        return
    changed = {}
    for organization in world.organizations:
        values = {team: value_of(team.kept) for team in organization.teams}
        mean = sum(values.values()) / len(values)
        for team in organization.teams:
            if world.cycle == 0:
                team.aspiration = values[team]  # nobody is surprised by the first value
            c = team.culture
            c += contagion(growth, team, values, mean)
            c += reinforcement(growth, team, values[team])
            c -= growth["weeds"] * team.culture
            c += growth["internalisation"] * (team.practised - team.culture)
            changed[team] = min(1.0, max(0.0, c))
            if world.cycle > 0:
                own, others = growth["aspiration_own"], growth["aspiration_others"]
                memory = (1.0 - own - others) * team.aspiration
                team.aspiration = memory + own * values[team] + others * mean
    for team, culture in changed.items():
        team.culture = culture


def contagion(growth: Table, team: Team, values: dict[Team, float], mean: float) -> float:
    if not team.neighbours:
        return 0.0
    weights, seen = [], []
    for n in team.neighbours:
        success = math.tanh((values[n] - mean) / (0.5 * abs(mean) + 0.5))
        weights.append(math.exp(growth["payoff_bias"] * success))
        seen.append(n.culture + growth["mandate_visibility"] * (n.practised - n.culture))
    x = sum(w * s for w, s in zip(weights, seen, strict=True)) / sum(weights)
    many, few = x ** growth["conformity"], (1.0 - x) ** growth["conformity"]
    return float(growth["contagion"] * (many / (many + few) - team.culture))


def reinforcement(growth: Table, team: Team, value: float) -> float:
    satisfaction = math.tanh((value - team.aspiration) / (0.3 * abs(team.aspiration) + 0.5))
    towards = satisfaction if team.stance == team.organization.poles[1] else -satisfaction
    room = 1.0 - team.culture if towards > 0.0 else team.culture
    return float(growth["reinforcement"] * towards * room)
