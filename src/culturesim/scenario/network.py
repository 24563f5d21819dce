"""Who sees whom at work: the network between the teams of an organization."""

from __future__ import annotations

import random
from functools import lru_cache
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from culturesim.kernels.random import uniform
from culturesim.state.streams import NETWORK

if TYPE_CHECKING:
    from culturesim.scenario.schema import Scenario
    from culturesim.state.parameters import Integers


class _Addressed(random.Random):
    """A source of random numbers for the network library, each from its own address."""

    def __init__(self, seed: int, organization: int) -> None:
        self._address = np.uint64(seed), NETWORK, 0, organization
        self._draw = 0
        super().__init__(0)

    def random(self) -> float:
        u = uniform(*self._address, self._draw)
        self._draw += 1
        return u


def network(teams: int, degree: int, rewiring: float, seed: int, organization: int) -> nx.Graph:
    """Network between the teams of one organization.

    Parameters
    ----------
    teams : int
    degree : int
        Even; from ``teams - 1`` on, everybody sees everybody.
    rewiring : float
        Probability that a link goes to a random team, from 0 to 1.
    seed : int
        Seed of the run.
    organization : int
        Its place in the scenario.

    Returns
    -------
    networkx.Graph
        Nodes are the numbers of teams within the organization.

    Source
    ------
    Watts & Strogatz (1998), *Collective dynamics of small-world networks*.
    """
    if degree >= teams - 1:
        return nx.complete_graph(teams)
    luck = _Addressed(seed, organization)
    return nx.watts_strogatz_graph(teams, degree, rewiring, seed=luck)


@lru_cache(maxsize=32)
def _links(
    teams: int, degree: int, rewiring: float, seed: int, organization: int
) -> tuple[Integers, Integers]:
    graph = network(teams, degree, rewiring, seed, organization)
    rows = [sorted(graph.adj[team]) for team in range(teams)]
    sizes = np.array([len(row) for row in rows], np.int64)
    return sizes, np.array([other for row in rows for other in row], np.int64)


def links(scenario: Scenario, seed: int) -> tuple[Integers, Integers]:
    """Neighbours of every team of a scenario, where anything turns on them.

    Parameters
    ----------
    scenario : Scenario
    seed : int
        Seed of the run; without rewiring nothing turns on it.

    Returns
    -------
    sizes : array of int, shape (T,)
        Number of neighbours; all 0 where cultures neither grow nor are led by neighbourhood.
    neighbours : array of int, shape (sum of sizes,)
        Rows of the neighbours, team after team, each team's in ascending order.
    """
    growth = scenario.growth
    needed = growth.on or any(a.target == "cluster" for a in scenario.leadership.values())
    sizes, neighbours, before = [], [], 0
    for number, organization in enumerate(scenario.organizations.values()):
        teams = organization.teams
        degree = growth.degree if needed else 0
        if degree:
            # Without rewiring the address does not matter: one entry serves all runs.
            address = (seed, number) if growth.rewiring > 0.0 else (0, 0)
            size, rows = _links(teams, degree, growth.rewiring, *address)
            sizes.append(size)
            neighbours.append(rows + before)
        else:
            sizes.append(np.zeros(teams, np.int64))
        before += teams
    return np.concatenate(sizes), np.concatenate([np.zeros(0, np.int64), *neighbours])
