"""Numbers are names: what is called by another one fares as before.

Concerns and teams have no names in a file, only numbers. So the numbers of a state that has not yet
moved are changed. Draws belong to numbers: where none is made for a concern (or for a team), the
run has to be the same but for the numbers.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import culturesim as cs
from culturesim.model.engine import Setup
from culturesim.model.measure import NAMES
from culturesim.state.columns import State
from culturesim.state.parameters import Floats, Integers
from tests.laws.relabelled import (
    BY_CONCERN,
    SMALL,
    market,
    relabel_concerns,
    relabel_teams,
    run,
    small,
)

# Nothing is drawn for a team: stances are certain or make no difference, and nobody is asked.
NO_DRAWS_FOR_TEAMS: dict[str, Any] = {
    "cultures.execution.listening": 0,
    "cultures.twin": {"like": "execution"},
    "organizations.*.poles": ["execution", "twin"],
    "means.feedback": 0,
    "growth.on": True,
    "growth.reinforcement": 0,
    "growth.contagion": 0.3,
}


def shuffled(n: int) -> Integers:
    """An order in which nothing keeps its number."""
    order: Integers = np.random.default_rng(10).permutation(n)
    assert (order != np.arange(n)).all()
    return order


def assert_same_records(one: Floats, other: Floats) -> None:
    """Up to rounding: sums are taken in another order."""
    assert np.nansum(one[..., NAMES.index("value_created")]) > 100.0
    np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-9)


# --- exactly


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_concerns_by_other_numbers(seed: int) -> None:
    """Care stands still and nobody listens, so that nothing is drawn for a concern; all else is."""
    changes = {
        **SMALL,
        "world.care_memory": 0,
        "means.feedback": 0,
        "cultures.discovery.listening": 0,
        "cultures.discovery.testing": 0.08,
    }
    setup = Setup(cs.load_scenario("baseline", changes), "discovery")
    order = shuffled(6)
    plain, other = setup.start(seed), setup.start(seed)
    relabel_concerns(other, order)
    assert_same_records(run(setup, seed, plain), run(setup, seed, other))
    assert (plain.customers.outcome == other.customers.outcome).all()
    assert (plain.customers.choice == other.customers.choice).all()
    for entity, names in BY_CONCERN.items():
        for name in names:
            one = getattr(getattr(plain, entity), name)
            again = getattr(getattr(other, entity), name)
            np.testing.assert_allclose(one[:, order], again, rtol=1e-8, atol=1e-10, err_msg=name)
    assert plain.teams.record["trials"].sum() > 0


@pytest.mark.parametrize("name", ["baseline", "two-segments"])
def test_teams_by_other_numbers(name: str) -> None:
    changes = {**SMALL, **NO_DRAWS_FOR_TEAMS}
    setup = Setup(cs.load_scenario(name, changes))
    order = shuffled(8)
    plain, other = setup.start(1), setup.start(1)
    plain.teams.record["culture"] = np.random.default_rng(9).uniform(size=8)
    relabel_teams(plain, other, order)
    assert_same_records(run(setup, 1, plain), run(setup, 1, other))
    assert_same_teams(plain, other, order)


def assert_same_teams(plain: State, other: State, order: Integers) -> None:
    """Each team under its other number: same promises, and same numbers up to rounding."""
    for column in ("commitments", "kept", "reach_size"):
        one, again = plain.teams.record[column], other.teams.record[column]
        assert one[order].tolist() == again.tolist(), column
    for column in ("culture", "aspiration", "value_created", "waste_misdirected", "discipline"):
        one, again = plain.teams.record[column], other.teams.record[column]
        np.testing.assert_allclose(one[order], again, rtol=1e-8, atol=1e-9, err_msg=column)
        assert column == "discipline" or np.ptp(one) > 0.0
    for column in ("belief", "performance", "offer"):
        one, again = getattr(plain.teams, column), getattr(other.teams, column)
        np.testing.assert_allclose(one[order], again, rtol=1e-8, atol=1e-10, err_msg=column)


# --- organizations in the other order of a file


def test_organizations_in_the_other_order_where_nothing_is_drawn_for_teams(tmp_path: Path) -> None:
    """The state of one market moved over into the other: each fares as it did."""
    changes = small(**NO_DRAWS_FOR_TEAMS)
    changes["leadership.grow"] = {
        "kind": "cultivate", "from": 5, "to": 25, "strength": 0.1, "organizations": ["large"],
    }  # fmt: skip
    changes["leadership.order"] = {"kind": "mandate", "from": 10, "to": 30, "strength": 0.8}
    one = Setup(market(tmp_path, ("large", "small"), changes))
    other = Setup(market(tmp_path, ("small", "large"), changes))
    plain, moved = one.start(4), other.start(4)
    for column in ("home", "capacity", "culture"):
        values = plain.teams.record[column]
        again = moved.teams.record[column]
        assert values.tolist() == [*again[3:], *again[:3]]
    plain.teams.record["culture"] = np.random.default_rng(9).uniform(size=8)
    order = np.array([5, 6, 7, 0, 1, 2, 3, 4])
    relabel_teams(plain, moved, order, [0, 0, 0, 1, 1, 1, 1, 1])
    first, second = run(one, 4, plain), run(other, 4, moved)
    assert_same_records(first, second[:, ::-1])
    assert_same_teams(plain, moved, order)
    assert not np.allclose(first, second, equal_nan=True)


def test_what_customers_are_does_not_hang_on_the_order_of_organizations(tmp_path: Path) -> None:
    names = ("large", "small")
    states = [Setup(market(tmp_path, order, small())).start(4) for order in (names, names[::-1])]
    for name in ("segment", "care_factor", "care", "standard", "worth", "status_quo", "budget"):
        one, other = (getattr(state.customers, name) for state in states)
        assert one.tobytes() == other.tobytes(), name


def test_names_alone_change_nothing(tmp_path: Path) -> None:
    """Organizations, segments and cultures by other names, in the same order: the same bits."""
    path = tmp_path / "named.toml"
    text = """extends = "baseline"
replace = ["organizations", "segments"]
[world]
cycles = 40
customers = 90
[growth]
on = true
[segments.people]
share = 2
[segments.staff]
kind = "internal"
organization = "alpha"
[organizations.alpha]
teams = 3
culture = 0.4
poles = ["execution", "searching"]
[organizations.beta]
teams = 4
culture = "searching"
[cultures.searching]
like = "discovery"
[[leadership]]
kind = "mandate"
from = 5
to = 20
strength = 0.8
organizations = ["alpha"]
"""
    runs = []
    for renamed in (
        {},
        {"alpha": "zulu", "people": "aaa", "staff": "b", "searching": "discovery2"},
    ):
        for old, new in renamed.items():
            text = text.replace(old, new)
        path.write_text(text)
        runs.append(cs.simulate(path, seed=3))
    assert runs[0].records.tobytes() == runs[1].records.tobytes()
    assert list(runs[0].scenario.organizations) != list(runs[1].scenario.organizations)
