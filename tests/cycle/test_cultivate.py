"""Cultivate: leaders act on cultures, and each team takes its stance."""

from __future__ import annotations

import math
from typing import Any

import networkx as nx
import numpy as np
import pytest

from culturesim.cycle.cultivate import cultivate
from culturesim.scenario import Scenario
from culturesim.scenario.params import parameters
from culturesim.state.parameters import Address
from tests.cycle._worlds import (
    WORLDS,
    Columns,
    Draws,
    begun,
    check,
    columns_of,
    neighbours_of,
    organization_of,
    poles_of,
    rows_of,
    scrambled,
    world,
)


def chosen(c: Columns, rows: list[int], action: Any, luck: dict[int, float]) -> list[int]:
    """The teams of one organization that an action is meant for."""
    if action.target == "all":
        return rows
    if not isinstance(action.target, str):
        return [rows[number] for number in action.target]
    key = dict.fromkeys(rows, 0.0)
    if action.target == "champions":
        key = {j: -c["teams.culture"][j] for j in rows}
    elif action.target == "laggards":
        key = {j: c["teams.culture"][j] for j in rows}
    elif action.target == "cluster":
        graph = nx.Graph((j, other) for j in rows for other in neighbours_of(c, j))
        graph.add_nodes_from(rows)
        centre = min(rows, key=lambda j: luck[j])
        steps = nx.single_source_shortest_path_length(graph, centre)
        key = {j: steps.get(j, math.inf) for j in rows}
    return sorted(rows, key=lambda j: (key[j], luck[j]))[: action.teams]


def twin(c: Columns, scenario: Scenario, draws: Draws) -> None:
    actions = [action.model_dump() | {"n": n} for n, action in enumerate(leaders(scenario))]
    orders = np.zeros(len(c["teams.belief"]))
    for n, action in enumerate(leaders(scenario)):
        if actions[n]["from"] == draws.cycle:
            c["teams.targeted"][:, n] = False
            for name, rows in rows_of(scenario).items():
                if not action.organizations or name in action.organizations:
                    luck = {j: draws.uniform("target", j, n) for j in rows}
                    c["teams.targeted"][chosen(c, rows, action, luck), n] = True
    for action in actions:
        over = action["to"] and draws.cycle >= action["to"]
        if draws.cycle < action["from"] or over:
            continue
        for rows in rows_of(scenario).values():
            targets = [j for j in rows if c["teams.targeted"][j, action["n"]]]
            for j in targets:
                culture = c["teams.culture"][j]
                if action["kind"] == "mandate":
                    orders[j] = max(orders[j], action["strength"])
                elif action["kind"] == "cultivate":
                    share = min(1.0, action["strength"] * len(rows) / len(targets))
                    c["teams.culture"][j] = culture + share * (1 - culture)
                elif draws.cycle == action["from"]:
                    c["teams.culture"][j] = action["strength"]
    cultures = list(scenario.cultures)
    for j, culture in enumerate(c["teams.culture"]):
        c["teams.practised"][j] = max(culture, orders[j])
        first, second = poles_of(organization_of(c, scenario, j))
        stance = second if draws.uniform("stance", j) < c["teams.practised"][j] else first
        c["teams.stance"][j] = cultures.index(stance)


def leaders(scenario: Scenario) -> list[Any]:
    return list(scenario.leadership.values())


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("cycle", [0, 1, 2, 3, 7])
def test_twin(name: str, cycle: int) -> None:
    scenario = world(name)
    check(cultivate, twin, scenario, scrambled(scenario, cycle + 1), cycle=cycle)


# --- leaders


def led(*actions: dict[str, Any], teams: int = 6, culture: float = 0.2, **changes: Any) -> Scenario:
    own = {"organizations__acme__teams": teams, "organizations__acme__culture": culture}
    return world(**{"leadership": list(actions), **own, **changes})


def cultures_over(scenario: Scenario, cycles: int = 8, seed: int = 1) -> tuple[Any, Any]:
    """Culture, and what is practised, of every team after the phase in each cycle."""
    state, params = begun(scenario, seed), parameters(scenario)
    c = columns_of(state)
    own, practised = [], []
    for cycle in range(cycles):
        cultivate(Address(seed, cycle), params, state)
        own.append(c["teams.culture"].copy())
        practised.append(c["teams.practised"].copy())
    return np.array(own), np.array(practised)


def test_seed_sets_a_culture_once() -> None:
    own, practised = cultures_over(
        led({"kind": "seed", "from": 3, "strength": 0.9, "target": [1, 4]})
    )
    expected = np.full((8, 6), 0.2)
    expected[3:, [1, 4]] = 0.9
    np.testing.assert_array_equal(own, expected)
    np.testing.assert_array_equal(practised, expected)


def test_seed_lowers_a_culture_too() -> None:
    own, _ = cultures_over(led({"kind": "seed", "from": 0, "strength": 0.05}))
    assert (own == 0.05).all()


@pytest.mark.parametrize("targets", [1, 2, 3, 6])
def test_attention_is_shared_by_those_it_is_given_to(targets: int) -> None:
    """What is missing shrinks by the same factor each cycle of the window, and stays after it."""
    action = {"kind": "cultivate", "from": 2, "to": 5, "strength": 0.1}
    own, _ = cultures_over(led({**action, "target": list(range(targets))}))
    share = min(1.0, 0.1 * 6 / targets)
    cycles = np.clip(np.arange(8) - 1, 0, 3)
    expected = 1 - 0.8 * (1 - share) ** cycles
    np.testing.assert_allclose(own[:, :targets], expected[:, None] * np.ones(targets), rtol=1e-12)
    assert (own[:, targets:] == 0.2).all()


def test_attention_for_one_of_many_is_full_and_no_more() -> None:
    action = {"kind": "cultivate", "from": 0, "to": 1, "strength": 0.5, "target": [3]}
    own, _ = cultures_over(led(action))
    assert own[0].tolist() == [0.2, 0.2, 0.2, 1.0, 0.2, 0.2]


def test_mandate_changes_what_is_done_while_it_stands_and_nothing_else() -> None:
    own, practised = cultures_over(led({"kind": "mandate", "from": 2, "to": 4, "strength": 0.7}))
    assert (own == 0.2).all()
    assert (practised[2:4] == 0.7).all()
    assert (practised[[0, 1, 4, 5, 6, 7]] == 0.2).all()


def test_mandate_below_a_culture_asks_for_nothing_and_the_strongest_counts() -> None:
    _, practised = cultures_over(
        led(
            {"kind": "mandate", "from": 0, "strength": 0.1},
            {"kind": "mandate", "from": 1, "strength": 0.9, "target": [0]},
            {"kind": "mandate", "from": 1, "strength": 0.4, "target": [0, 1]},
        )
    )
    assert (practised[0] == 0.2).all()
    assert practised[1].tolist() == [0.9, 0.4, 0.2, 0.2, 0.2, 0.2]


def test_mandate_sees_the_culture_that_is_cultivated_after_it_in_the_file() -> None:
    _, practised = cultures_over(
        led(
            {"kind": "mandate", "from": 0, "strength": 0.5},
            {"kind": "seed", "from": 0, "strength": 0.8, "target": [2]},
        )
    )
    assert practised[0].tolist() == [0.5, 0.5, 0.8, 0.5, 0.5, 0.5]


@pytest.mark.parametrize(("turned", "expected"), [(False, 0.95), (True, 0.9)])
def test_actions_of_one_cycle_follow_the_file(turned: bool, expected: float) -> None:
    actions = [
        {"kind": "seed", "from": 0, "strength": 0.9},
        {"kind": "cultivate", "from": 0, "to": 1, "strength": 0.5},
    ]
    own, _ = cultures_over(led(*(reversed(actions) if turned else actions)))
    np.testing.assert_allclose(own[0], expected)


def test_targets_are_chosen_before_anything_changes() -> None:
    """The second action means those who led before the first one made others the champions."""
    state_scenario = led(
        {"kind": "seed", "from": 0, "strength": 1, "target": "laggards", "teams": 3},
        {"kind": "seed", "from": 0, "strength": 0.5, "target": "champions", "teams": 2},
    )
    state = begun(state_scenario)
    c = columns_of(state)
    c["teams.culture"][...] = [0.1, 0.6, 0.2, 0.7, 0.3, 0.4]
    cultivate(Address(1, 0), parameters(state_scenario), state)
    assert c["teams.culture"].tolist() == [1, 0.5, 1, 0.5, 1, 0.4]


def test_targets_are_kept_though_others_lead_later() -> None:
    scenario = led(
        {"kind": "cultivate", "from": 0, "strength": 0.1, "target": "laggards", "teams": 2}
    )
    state = begun(scenario)
    c = columns_of(state)
    c["teams.culture"][...] = [0.3, 0.1, 0.9, 0.8, 0.2, 0.7]
    for cycle in range(5):
        cultivate(Address(1, cycle), parameters(scenario), state)
    assert c["teams.targeted"][:, 0].tolist() == [False, True, False, False, True, False]
    assert c["teams.culture"][1] > 0.8


def test_cluster_is_a_neighbourhood() -> None:
    """On a ring, five teams in a row; and another team is in the middle under another seed."""
    scenario = led(
        {"kind": "seed", "from": 0, "strength": 1, "target": "cluster", "teams": 5},
        teams=12,
        growth__degree=2,
    )
    seen = set()
    for seed in range(12):
        own, _ = cultures_over(scenario, 1, seed)
        inside = own[0] == 1.0
        assert inside.sum() == 5
        assert (inside & ~np.roll(inside, 1)).sum() == 1  # it begins once around the ring
        seen.add(tuple(inside))
    assert len(seen) > 4


@pytest.mark.parametrize("target", ["champions", "laggards", "random", "cluster"])
def test_more_targets_than_teams_are_all(target: str) -> None:
    own, _ = cultures_over(
        led({"kind": "seed", "from": 0, "strength": 1, "target": target, "teams": 99})
    )
    assert (own == 1).all()


def test_each_organization_has_targets_of_its_own_and_only_those_that_act() -> None:
    rival = {"teams": 4, "culture": 0.2}
    action = {"kind": "seed", "from": 0, "strength": 1, "target": "random", "teams": 2}
    both, _ = cultures_over(led(action, organizations__rival=rival))
    assert (both[0, :6] == 1).sum() == (both[0, 6:] == 1).sum() == 2
    one, _ = cultures_over(led({**action, "organizations": ["rival"]}, organizations__rival=rival))
    np.testing.assert_array_equal(one[0, 6:], both[0, 6:])
    assert (one[0, :6] == 0.2).all()


def test_attention_of_one_organization_is_not_shared_with_another() -> None:
    action = {"kind": "cultivate", "from": 0, "strength": 0.1, "target": [0, 1]}
    own, _ = cultures_over(led(action, organizations__rival={"teams": 4, "culture": 0.2}))
    np.testing.assert_allclose(own[0, [0, 1]], 0.2 + 0.3 * 0.8)
    np.testing.assert_allclose(own[0, [6, 7]], 0.2 + 0.2 * 0.8)


@pytest.mark.statistical
def test_random_targets_are_each_as_likely() -> None:
    """n = 3000 seeds from 0, two of six teams; 5.3 standard errors for each of six shares: 7e-7."""
    scenario = led({"kind": "seed", "from": 0, "strength": 1, "target": "random", "teams": 2})
    state, params = begun(scenario), parameters(scenario)
    c = columns_of(state)
    hits = np.zeros(6)
    for seed in range(3000):
        cultivate(Address(seed, 0), params, state)
        hits += c["teams.targeted"][:, 0]
    assert (abs(hits / 3000 - 1 / 3) < 5.3 * math.sqrt(2 / 9 / 3000)).all()


# --- stances


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_certain_stances(share: float) -> None:
    scenario = world(organizations__acme__culture=share)
    state = begun(scenario)
    cultures = list(scenario.cultures)
    for cycle in range(30):
        cultivate(Address(1, cycle), parameters(scenario), state)
        expected = cultures.index(("execution", "discovery")[int(share)])
        assert (columns_of(state)["teams.stance"] == expected).all()


@pytest.mark.parametrize("name", ["execution", "discovery", "lean_startup", "customer_development"])
def test_named_culture_is_every_teams_stance_in_every_cycle(name: str) -> None:
    scenario = world().with_culture(name)
    state = begun(scenario)
    for cycle in range(10):
        cultivate(Address(1, cycle), parameters(scenario), state)
        assert (columns_of(state)["teams.stance"] == list(scenario.cultures).index(name)).all()


def test_same_luck_turns_a_team_to_discovery_under_any_higher_culture() -> None:
    taken = []
    for share in (0.2, 0.5, 0.8):
        scenario = world(organizations__acme__culture=share)
        state = begun(scenario)
        stances = []
        for cycle in range(40):
            cultivate(Address(1, cycle), parameters(scenario), state)
            stances.append(columns_of(state)["teams.stance"].copy())
        taken.append(np.array(stances) == list(scenario.cultures).index("discovery"))
    assert (taken[0] <= taken[1]).all()
    assert (taken[1] <= taken[2]).all()
    assert taken[0].sum() < taken[1].sum() < taken[2].sum()


@pytest.mark.statistical
def test_stances_are_taken_as_often_as_the_culture_says() -> None:
    """n = 5 teams x 400 cycles, seed 1; within 5 standard errors: chance of a false alarm 6e-7."""
    scenario = world(organizations__acme__culture=0.3)
    state = begun(scenario)
    taken = []
    for cycle in range(400):
        cultivate(Address(1, cycle), parameters(scenario), state)
        taken.append(columns_of(state)["teams.stance"] == 1)
    assert abs(np.mean(taken) - 0.3) < 5 * (0.3 * 0.7 / 2000) ** 0.5
