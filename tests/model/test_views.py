"""Views: reading shows an agent's row, writing changes it and nothing else."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import culturesim as cs
from culturesim.model.agents import Customer, Team
from culturesim.model.model import CultureModel
from culturesim.model.offers import Offer
from culturesim.model.views import READ_ONLY, WIRING, WORDS
from culturesim.state.columns import Column, columns
from tests.model.lively import LIVELY, agents, array_of, market

TABLE: list[tuple[type[Any], str, Column]] = [
    (kind, name, column)
    for kind in (Team, Customer)
    for name, column in columns(kind.entity).items()
]
ROWS = [
    (kind, name, column)
    for kind, name, column in TABLE
    if name not in (*WORDS, "reach", "neighbours") and (kind, name) != (Team, "offer")
]
WRITABLE = [
    (kind, name, column)
    for kind, name, column in ROWS
    if column.unit not in WIRING and name not in READ_ONLY
]


# --- reading


@pytest.mark.parametrize(("kind", "name", "column"), ROWS)
def test_reading_shows_the_row(kind: type[Any], name: str, column: Column) -> None:
    model = market()
    array = array_of(model, kind, name)
    for agent in agents(model, kind):
        value = getattr(agent, name)
        if len(column.shape) == 1:
            assert type(value) in (int, float, bool)
            assert value == array[agent.row]
        else:
            np.testing.assert_array_equal(value, array[agent.row])
            assert not np.shares_memory(value, array)


@pytest.mark.parametrize(("kind", "name", "column"), TABLE)
def test_every_column_is_explained(kind: type[Any], name: str, column: Column) -> None:
    attribute = getattr(kind, name)
    assert isinstance(attribute, property)
    assert attribute.__doc__
    if name not in ("reach", "neighbours") and (kind, name) != (Team, "offer"):
        assert column.meaning[1:] in attribute.__doc__
        assert column.unit == "code" or column.unit in attribute.__doc__


def test_no_column_hides_what_mesa_owns() -> None:
    import mesa

    for kind, name, _ in TABLE:
        assert not hasattr(mesa.Agent, name), (kind, name)


def test_codes_are_words() -> None:
    model = market()
    seen = {customer.outcome for customer in model.customers}
    assert {"status quo", "kept", "broken"} <= seen <= set(WORDS["outcome"])
    for customer in model.customers:
        did_nothing = customer.outcome in ("status quo", "indecision")
        assert did_nothing == (customer.committed_to == -1) == (customer.choice == 0)
    assert {team.validation for team in model.teams} <= set(WORDS["validation"])


def test_who_meets_whom_is_the_same_from_both_sides() -> None:
    model = market(1)
    pairs = {(team.row, customer.row) for team in model.teams for customer in team.customers}
    assert pairs == {
        (team.row, customer.row) for customer in model.customers for team in customer.considers
    }
    assert len(pairs) == 40 * 3
    for team in model.teams:
        assert team.reach.tolist() == [customer.row for customer in team.customers]
    for customer in model.customers:
        assert [team.row for team in customer.considers] == customer.considered.tolist()


def test_names_itself() -> None:
    model = market(0)
    assert repr(model.teams[2]) == "<Team 2>"
    assert repr(model.customers[7]) == "<Customer 7>"


# --- writing


@pytest.mark.parametrize(("kind", "name", "column"), WRITABLE)
def test_what_is_read_can_be_written_back(kind: type[Any], name: str, column: Column) -> None:
    model = market()
    before = array_of(model, kind, name).copy()
    for agent in agents(model, kind):
        setattr(agent, name, getattr(agent, name))
    assert array_of(model, kind, name).tobytes() == before.tobytes()


@pytest.mark.parametrize(("kind", "name", "column"), WRITABLE)
def test_writing_changes_this_row_alone(kind: type[Any], name: str, column: Column) -> None:
    model = market()
    array = array_of(model, kind, name)
    wanted = array.copy()
    new = np.roll(wanted[1], 1) if name in ("care", "plan") else np.full_like(wanted[1], 1)
    if column.dtype is np.bool_:
        new = ~wanted[1]
    wanted[1] = new
    setattr(agents(model, kind)[1], name, new.tolist())
    assert array.tobytes() == wanted.tobytes()


@pytest.mark.parametrize("name", ["value_created", "internal_value", "aspiration"])
def test_less_than_no_value_is_a_value(name: str) -> None:
    """Customers who choose almost at random take what is worse than doing nothing."""
    changes = {
        **LIVELY,
        "segments.*.status_quo": 0.6,
        "segments.*.choice_noise": 50.0,
        "segments.*.standard": 0.0,
        "segments.firms.kind": "internal",
        "growth.on": True,
    }
    model = CultureModel(cs.load_scenario("two-segments", changes), "discovery", 1)
    model.step()
    before = array_of(model, Team, name).copy()
    assert before.min() < 0.0
    for team in model.teams:
        setattr(team, name, getattr(team, name))
    assert array_of(model, Team, name).tobytes() == before.tobytes()
    with pytest.raises(cs.ArgumentError, match="finite numbers"):
        setattr(model.teams[0], name, -math.inf)


def test_what_is_written_moves_the_run() -> None:
    model, twin = market(5), market(5)
    for team in model.teams:
        team.culture = 0.0
    model.step()
    twin.step()
    assert (model.culture_mean, twin.culture_mean) == (0.0, 1.0)
    assert model.effort_listening < twin.effort_listening


def test_a_belief_can_be_beyond_what_is_possible() -> None:
    team = market(2).teams[1]
    team.belief = [1.5] * 10
    assert team.belief.tolist() == [1.5] * 10


@pytest.mark.parametrize(
    ("kind", "name", "value", "said"),
    [
        (Team, "culture", 1.5, "0 to 1"),
        (Team, "culture", -0.5, "0 to 1"),
        (Team, "culture", math.nan, "out of range"),
        (Team, "culture", "0.5", "not a number"),
        (Team, "culture", None, "not a number"),
        (Team, "culture", [0.5], "one number"),
        (Team, "capacity", math.inf, "finite, 0 or more"),
        (Team, "trials", 1.5, "whole number"),
        (Team, "offering", 2, "0 to 1"),
        (Team, "belief", [0.5], "numbers"),
        (Team, "belief", [[0.5], [0.5, 1]], "not numbers"),
        (Team, "belief", [math.nan] * 10, "out of range"),
        (Team, "belief", [-1.0] * 10, "out of range"),
        (Team, "plan", [0.2] * 10, "sum to 1"),
        (Team, "validation", "validatd", "nearest: validated"),
        (Team, "offer", [0.5], "numbers"),
        (Team, "offer", [1.5] * 10, "0 to 1"),
        (Team, "offer", Offer(3, 1.0, (0.5,) * 10), "another team"),
        (Customer, "care", [1.0] * 10, "sum to 1"),
        (Customer, "trust", [0.5] * 4, "3 numbers"),
        (Customer, "assessment", [-math.inf, 0, 0, 0], "finite numbers"),
        (Customer, "assessment", [0, math.inf, 0, 0], "finite numbers"),
        (Customer, "assessment", [0, math.nan, 0, 0], "finite numbers"),
        (Customer, "budget", math.nan, "out of range"),
    ],
)
def test_wrong_values(kind: type[Any], name: str, value: object, said: str) -> None:
    model = market(2)
    agent = agents(model, kind)[1]
    before = array_of(model, kind, name).tobytes()
    with pytest.raises(cs.ArgumentError, match=said) as caught:
        setattr(agent, name, value)
    assert f"{kind.__name__} 1: {name}" in str(caught.value)
    assert array_of(model, kind, name).tobytes() == before


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, name) for kind, name, c in ROWS if (kind, name, c) not in WRITABLE]
    + [(Customer, "outcome")],
)
def test_what_points_into_other_arrays_cannot_be_written(kind: type[Any], name: str) -> None:
    agent = agents(market(1), kind)[1]
    with pytest.raises(cs.ArgumentError, match="cannot be changed"):
        setattr(agent, name, getattr(agent, name))


def test_every_index_is_guarded() -> None:
    """Compiled code does not look whether an index is there: none may be written."""
    guarded = {name for kind, name, c in ROWS if (kind, name, c) not in WRITABLE}
    indices = {
        name
        for _, name, column in ROWS
        if column.dtype is np.int64 and ("index" in column.unit or column.unit == "option")
    }
    assert indices | {"reach_size", "neighbour_size"} == guarded


def test_doing_nothing_can_be_the_only_option() -> None:
    model = market(2)
    customer = model.customers[0]
    customer.assessment = [0.0, -math.inf, -math.inf, -math.inf]
    assert customer.commit() is None


def test_agent_of_a_row_that_does_not_exist() -> None:
    model = market(0)
    for row in (-1, 5, 0.5, "0", True):
        with pytest.raises(cs.ArgumentError, match="is no row"):
            Team(model, row)  # type: ignore[arg-type]
