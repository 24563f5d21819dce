"""Teams and customers are views of their row: what they read, write, assess and commit to."""

from __future__ import annotations

import copy
import math
from typing import Any

import numpy as np
import pytest

import culturesim as cs
from culturesim.cycle.assess import assess
from culturesim.cycle.build import build
from culturesim.cycle.cultivate import cultivate
from culturesim.cycle.drift import drift
from culturesim.cycle.listen import listen
from culturesim.cycle.offer import offer
from culturesim.cycle.plan import plan
from culturesim.cycle.trial import trial
from culturesim.model.agents import READ_ONLY, WIRING, WORDS, Customer, Offer, Team
from culturesim.model.model import CultureModel
from culturesim.state.columns import Column, columns
from culturesim.state.parameters import Address

BEFORE_ASSESS = (drift, cultivate, listen, trial, plan, build, offer)

# Everything that can move an assessment is switched on, and the market is small.
LIVELY = {
    "world.cycles": 30,
    "world.customers": 40,
    "organizations.*.teams": 5,
    "segments.*.peer_influence": 2.0,
    "segments.*.budget": 1.5,
    "segments.*.budget_spread": 0.5,
    "segments.*.indecision": 2.0,
    "segments.*.attention": 3,
    "segments.*.status_quo": 0.15,
    "segments.*.standard": 0.2,
    "segments.*.choice_noise": 1.0,
    "trust.initial": 0.7,
}

TABLE: list[tuple[type[Any], str, Column]] = [
    (kind, name, column)
    for kind in (Team, Customer)
    for name, column in columns(kind.entity).items()
]
ROWS = [
    (kind, name, column)
    for kind, name, column in TABLE
    if name not in (*WORDS, "reach") and (kind, name) != (Team, "offer")
]
WRITABLE = [
    (kind, name, column)
    for kind, name, column in ROWS
    if column.unit not in WIRING and name not in READ_ONLY
]


def market(steps: int = 20, seed: int = 1) -> CultureModel:
    model = CultureModel(cs.load_scenario("two-segments", LIVELY), "discovery", seed)
    for _ in range(steps):
        model.step()
    return model


def array_of(model: CultureModel, kind: type[Any], name: str) -> Any:
    """The array of a column, found by hand."""
    group = getattr(model.state, kind.entity)
    return getattr(group, name) if name in group._fields else group.record[name]


def agents(model: CultureModel, kind: type[Any]) -> Any:
    return getattr(model, kind.entity)


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
    if (kind, name) not in {(Team, "offer"), (Team, "reach")}:
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
    assert indices | {"reach_size"} == guarded


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


# --- offers


def test_offer_is_what_the_phase_put_before_customers() -> None:
    model = market()
    for team in model.teams:
        made = team.offer
        assert (made.team, made.price, made.made) == (team.row, team.price, team.offering)
        assert made.care_taken == tuple(model.state.teams.offer[team.row].tolist())
    assert not market(0).teams[0].offer.made


def test_offer_can_be_set() -> None:
    team = market().teams[1]
    team.offer = Offer(1, 2.5, (0.25,) * 10, made=False)
    assert team.offer == Offer(1, 2.5, (0.25,) * 10, made=False)
    assert (team.price, team.offering) == (2.5, False)
    team.offer = np.full(10, 0.5)
    assert team.offer == Offer(1, 2.5, (0.5,) * 10, made=False)


def test_offers_are_values() -> None:
    assert Offer(1, 2, [0, 1]) == Offer(1, 2.0, (0.0, 1.0))  # type: ignore[arg-type]
    assert len({Offer(1, 2.0, (0.5,)), Offer(1, 2.0, (0.5,))}) == 1
    with pytest.raises(AttributeError):
        Offer(1, 2.0, (0.5,)).price = 3.0  # type: ignore[misc]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((-1, 1.0, (0.5,)), "is no row"),
        ((0, -1.0, (0.5,)), "price is out of range"),
        ((0, math.inf, (0.5,)), "price is out of range"),
        ((0, "dear", (0.5,)), "price is not a number"),
        ((0, 1.0, (1.5,)), "care_taken is out of range"),
        ((0, 1.0, 0.5), "care_taken has the wrong shape"),
    ],
)
def test_wrong_offers(arguments: tuple[Any, ...], said: str) -> None:
    with pytest.raises(cs.ArgumentError, match=said):
        Offer(*arguments)


# --- assessing


def what_ifs(model: CultureModel) -> Any:
    """What every customer says of doing nothing and of each offer that it considers."""
    return np.array(
        [[c.assess(), *(c.assess(team.offer) for team in c.considers)] for c in model.customers]
    )


@pytest.mark.parametrize("steps", [0, 1, 7, 20])
def test_assess_is_the_assess_phase_on_the_state_as_it_stands(steps: int) -> None:
    model = market(steps)
    state = copy.deepcopy(model.state)
    assess(Address(model.seed, model.cycle), model.setup.params, state)
    found = what_ifs(model)
    assert found.tobytes() == state.customers.assessment.tobytes()
    if steps == 20:  # the comparison is worth something: every part of an assessment plays
        assert np.isfinite(found[:, 1:]).any()
        assert np.isinf(found[:, 1:]).any()
        assert (model.state.customers.choice > 0).any()
        assert model.state.segments.takeup.any()
        assert found.tobytes() != model.state.customers.assessment.tobytes()


def test_assess_foretells_the_compiled_phase() -> None:
    model, twin = market(), market()
    at = Address(model.seed, model.cycle)
    for phase in BEFORE_ASSESS:
        phase(at, model.setup.params, model.state)
    twin.step()
    np.testing.assert_allclose(what_ifs(model), twin.state.customers.assessment, rtol=1e-12)


def test_assess_changes_nothing() -> None:
    model = market()
    before = copy.deepcopy(model.state)
    what_ifs(model)
    for mine, theirs in zip(model.state, before, strict=True):
        for a, b in zip(mine, theirs, strict=True):
            np.testing.assert_array_equal(a, b)


def test_team_that_is_not_considered_is_trusted_as_in_the_beginning() -> None:
    model = market()
    customer = model.customers[0]
    customer.standard = 0.0
    customer.budget = math.inf
    (stranger, *_) = [team for team in model.teams if team not in customer.considers]
    fit = float(customer.care @ np.array(stranger.offer.care_taken))
    takeup = model.state.segments.takeup[customer.segment, stranger.row]
    wanted = customer.worth * fit * 0.7 - stranger.price + 2.0 * takeup
    assert customer.assess(stranger.offer) == pytest.approx(wanted, rel=1e-12)
    newcomer = Offer(None, stranger.price, stranger.offer.care_taken)
    wanted -= 2.0 * takeup
    assert customer.assess(newcomer) == pytest.approx(wanted, rel=1e-12)


def test_assess_knows_standard_budget_and_whether_it_is_made() -> None:
    customer = market().customers[0]
    customer.standard, customer.budget = 0.5, 2.0
    full = (1.0,) * 10
    assert math.isfinite(customer.assess(Offer(None, 2.0, full)))
    assert customer.assess(Offer(None, 2.1, full)) == -math.inf
    assert customer.assess(Offer(None, 2.0, (0.4,) * 10)) == -math.inf
    assert customer.assess(Offer(None, 2.0, full, made=False)) == -math.inf


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        (3, "is no offer"),
        ([0.5] * 10, "is no offer"),
        (Offer(None, 1.0, (0.5,) * 9), "10 numbers"),
        (Offer(5, 1.0, (0.5,) * 10), "0 to 4"),
    ],
)
def test_what_cannot_be_assessed(thing: Any, said: str) -> None:
    with pytest.raises(cs.ArgumentError, match=said):
        market(0).customers[0].assess(thing)


# --- committing


def test_commit_repeats_the_choice_of_the_last_cycle() -> None:
    model = market(0)
    assert all(customer.commit() is None for customer in model.customers)
    outcomes = set()
    for _ in range(30):
        model.step()
        for customer in model.customers:
            team = customer.commit()
            assert (-1 if team is None else team.row) == customer.committed_to
            assert team is None or team in customer.considers
            outcomes.add(customer.outcome)
    assert outcomes == {"status quo", "indecision", "kept", "broken"}


def test_commit_is_what_if_assessments_were_others() -> None:
    model = market()
    model.trust_at_choice[:] = 1.0  # nobody hesitates
    for customer in model.customers:
        for option, team in enumerate(customer.considers, start=1):
            assessment = np.zeros(4)
            assessment[option] = 1000.0
            customer.assessment = assessment
            committed = customer.committed_to
            assert customer.commit() is team
            assert customer.committed_to == committed
