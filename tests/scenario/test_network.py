"""Who sees whom at work: rings, complete networks, and rewired ones from addressed numbers."""

from __future__ import annotations

import random
from typing import Any

import networkx as nx
import numpy as np
import pytest

from culturesim.scenario import Scenario
from culturesim.scenario.network import links, network
from tests.cycle._worlds import Draws, world


class Listed(random.Random):
    """A source that gives out numbers from numpy's own generator, one address after another."""

    def __init__(self, seed: int, organization: int) -> None:
        super().__init__(0)
        self.draws, self.organization, self.n = Draws(seed, 0), organization, 0

    def random(self) -> float:
        self.n += 1
        return self.draws.uniform("network", self.organization, self.n - 1)


def rows(scenario: Scenario, seed: int) -> list[list[int]]:
    """Neighbours of every team."""
    sizes, neighbours = links(scenario, seed)
    assert sizes.sum() == len(neighbours)
    return [part.tolist() for part in np.split(neighbours, np.cumsum(sizes)[:-1])]


def garden(teams: int = 9, **changes: Any) -> Scenario:
    own = {"organizations__acme__teams": teams, "growth__on": True, "growth__degree": 4}
    return world(**{**own, **changes})


@pytest.mark.parametrize("teams", [4, 7, 12])
@pytest.mark.parametrize("degree", [0, 2])
def test_ring(teams: int, degree: int) -> None:
    for j, row in enumerate(rows(garden(teams, growth__degree=degree), 1)):
        around = {(j - 1) % teams, (j + 1) % teams} if degree else set()
        assert set(row) == around


@pytest.mark.parametrize(
    ("teams", "degree"), [(1, 0), (1, 4), (2, 2), (3, 2), (5, 4), (6, 6), (6, 100_000)]
)
def test_degree_of_all_others_is_a_complete_network(teams: int, degree: int) -> None:
    for j, row in enumerate(rows(garden(teams, growth__degree=degree, growth__rewiring=0.5), 1)):
        assert row == [other for other in range(teams) if other != j]


@pytest.mark.parametrize("teams", [8, 30])
@pytest.mark.parametrize("rewiring", [0.0, 0.1, 0.5, 1.0])
@pytest.mark.parametrize("seed", [0, 5, 2**63 - 1])
@pytest.mark.parametrize("organization", [0, 3])
def test_twin_is_the_library_with_an_equal_source(
    teams: int, rewiring: float, seed: int, organization: int
) -> None:
    found = network(teams, 4, rewiring, seed, organization)
    luck = Listed(seed, organization)
    expected = nx.watts_strogatz_graph(teams, 4, rewiring, seed=luck)
    assert set(found.edges) == set(expected.edges)
    assert luck.n >= 2 * teams
    assert found.number_of_edges() == 2 * teams  # links move, and none is lost


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_neighbours_see_each_other_and_are_listed_in_order(seed: int) -> None:
    found = rows(garden(20, growth__rewiring=0.4), seed)
    for j, row in enumerate(found):
        assert row == sorted(set(row) - {j})
        assert all(j in found[other] for other in row)
    assert any(len(row) != 4 for row in found)  # it has been rewired


def test_rewiring_turns_on_the_seed_and_a_ring_does_not() -> None:
    assert rows(garden(20, growth__rewiring=0.4), 1) != rows(garden(20, growth__rewiring=0.4), 2)
    assert rows(garden(20), 1) == rows(garden(20), 2)


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("rewiring", [0.0, 0.6])
def test_organizations_are_never_linked_and_have_networks_of_their_own(
    seed: int, rewiring: float
) -> None:
    """Equal ones too, under every seed: each organization has its own address."""
    scenario = garden(11, growth__rewiring=rewiring, organizations__rival={"teams": 11})
    found = rows(scenario, seed)
    first, second = found[:11], [[other - 11 for other in row] for row in found[11:]]
    for part in (first, second):
        assert all(0 <= other < 11 for row in part for other in row)
    assert (first == second) == (rewiring == 0.0)
    for number, part in enumerate((first, second)):
        expected = nx.watts_strogatz_graph(11, 4, rewiring, seed=Listed(seed, number))
        assert part == [sorted(expected[j]) for j in range(11)]


@pytest.mark.parametrize(
    ("changes", "needed"),
    [
        ({"growth__on": False}, False),
        ({"growth__on": True}, True),
        ({"target": "cluster", "teams": 2}, True),
        ({"target": "random", "teams": 2}, False),
    ],
)
def test_network_is_made_where_something_turns_on_it(changes: dict[str, Any], needed: bool) -> None:
    if "target" in changes:
        action = {"kind": "seed", "from": 0, "strength": 1, **changes}
        changes = {"growth__on": False, "leadership": [action]}
    sizes, neighbours = links(garden(**changes), 1)
    assert sizes.tolist() == [4 if needed else 0] * 9
    assert len(neighbours) == (36 if needed else 0)


def test_links_may_be_changed_without_harm_to_the_next_run() -> None:
    first = links(garden(), 1)
    for array in first:
        array[...] = -1
    assert rows(garden(), 1)[0] == [1, 2, 7, 8]
