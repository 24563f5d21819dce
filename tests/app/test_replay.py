"""The run on the map is the run of the ensemble."""

from __future__ import annotations

import numpy as np
import pytest

import culturesim as cs
from culturesim.app import asked
from culturesim.app.axes import axes_of, choose_axes
from culturesim.app.engine_room import EngineRoom
from culturesim.app.replay import EVERY, concerns, took
from culturesim.model.engine import Setup
from culturesim.model.seeds import replication_seed
from culturesim.state.columns import BROKEN, KEPT

QUESTIONS = [{"act": "3", "bet": "same"}, {"act": "6", "bet": "50", "attention": "20"}]


@pytest.mark.parametrize("query", QUESTIONS, ids=["cultures", "leaders"])
def test_it_is_a_replication_of_the_ensemble(query: dict[str, str], room: EngineRoom) -> None:
    question = asked.read(query)
    told = room.replay(question, 3)
    for side, world in zip(question.sides, told["worlds"], strict=True):
        scenario = cs.load_scenario(side.scenario, side.changes)
        run = cs.simulate(scenario, seed=replication_seed(0, 3)).cycles
        np.testing.assert_allclose(world["value"], run["value_created"].cumsum(), rtol=1e-3)
        np.testing.assert_allclose(world["waste"], run["waste"].cumsum(), rtol=1e-3)
        committed = [sum(letter != "." for letter in took) / 300 for took in world["took"]]
        np.testing.assert_allclose(committed, run["commitment_rate"], atol=1e-12)
        broken = [sum(letter.islower() for letter in took) for took in world["took"]]
        meant = (run["broken_promise_rate"] * run["commitment_rate"] * 300).fillna(0.0)
        np.testing.assert_allclose(broken, meant, atol=1e-6)
        culture = np.array(world["culture"]).mean(axis=1)
        np.testing.assert_allclose(culture, run["culture"], atol=1e-3)
        last = np.array(world["team_value"])[-1].sum()
        np.testing.assert_allclose(last, run["value_created"].sum(), rtol=1e-3)


def test_before_the_bet_it_stops(room: EngineRoom) -> None:
    question = asked.read({"act": "3"})
    early, whole = room.replay(question, 3), room.replay(question._replace(bet="same"), 3)
    stop = question.act.stop
    assert early["shown"] == stop
    for cut, full in zip(early["worlds"], whole["worlds"], strict=True):
        for name in cut:
            if name != "name":
                assert len(cut[name]) == stop
                assert cut[name] == full[name][:stop]
    frames = -(-stop // EVERY)
    assert early["customers"]["at"][:frames] == whole["customers"]["at"][:frames]
    assert early["extent"] == whole["extent"]


def test_customers_are_the_same_in_both_worlds_and_under_any_knob(room: EngineRoom) -> None:
    question = asked.read({"act": "4", "accuracy": "0.1"})
    other = asked.read({"act": "4", "accuracy": "1"})
    first, second = room.replay(question, 1), room.replay(other, 1)
    care = []
    for side in question.sides:
        setup = Setup(cs.load_scenario(side.scenario, side.changes))
        care.append(setup.start(5).customers.care)
    np.testing.assert_array_equal(care[0], care[1])
    assert first["customers"]["every"] == second["customers"]["every"]


def test_axes_do_not_depend_on_the_culture_and_are_the_same_each_time() -> None:
    scenario = cs.load_scenario("baseline")
    execution, discovery = (
        axes_of(Setup(scenario, culture), 4) for culture in ("execution", "discovery")
    )
    np.testing.assert_array_equal(execution.directions, discovery.directions)
    assert execution.extent == discovery.extent
    again = axes_of(Setup(scenario, "execution"), 4)
    np.testing.assert_array_equal(execution.directions, again.directions)


def test_axes_are_at_right_angles_and_keep_lengths() -> None:
    rng = np.random.default_rng(1)
    axes = choose_axes(rng.dirichlet(np.ones(6), (3, 40)), rng.dirichlet(np.ones(6), 5))
    np.testing.assert_allclose(axes.directions @ axes.directions.T, np.eye(2), atol=1e-12)
    for direction in axes.directions:
        assert direction[np.abs(direction).argmax()] > 0.0


def test_the_map_holds_everybody_who_was_there_when_it_was_made() -> None:
    rng = np.random.default_rng(2)
    care, belief = rng.dirichlet(np.ones(4), (2, 30)), rng.dirichlet(np.ones(4), 6)
    axes = choose_axes(care, belief)
    x_low, x_high, y_low, y_high = axes.extent
    points = np.concatenate([axes.place(care.reshape(-1, 4)), axes.place(belief)])
    assert (points > [x_low, y_low]).all()
    assert (points < [x_high, y_high]).all()


def test_an_offer_lies_where_its_effort_is_best_spent() -> None:
    scenario = cs.load_scenario("baseline")
    axes = axes_of(Setup(scenario), 0)
    saturation = scenario.production.saturation
    care = np.array([[0.3, 0.25, 0.2, 0.05, 0.05, 0.05, 0.04, 0.03, 0.02, 0.01]])
    # The best plan for a care, in which every concern gets something.
    stock = saturation * np.log(care / care.min())
    offer = 1.0 - np.exp(-stock / saturation)
    np.testing.assert_allclose(axes.place_offers(offer), axes.place(care), atol=1e-12)
    nothing = axes.place_offers(np.zeros((1, 10)))
    np.testing.assert_allclose(nothing, axes.place(np.full((1, 10), 0.1)), atol=1e-12)
    assert np.isfinite(axes.place_offers(np.ones((1, 10)))).all()


def test_who_took_what_is_a_letter() -> None:
    committed = np.array([-1, 0, 2, 2])
    assert took(committed, np.array([0, KEPT, KEPT, BROKEN])) == ".ACc"


def test_names_of_concerns_stand_within_the_map() -> None:
    axes = axes_of(Setup(cs.load_scenario("baseline")), 0)
    x_low, x_high, y_low, y_high = axes.extent
    named = concerns(axes)
    assert len(named) == 10
    for one, direction in zip(named, axes.directions.T, strict=True):
        assert x_low < one["x"] < x_high
        assert y_low < one["y"] < y_high
        away = np.array([one["x"] - (x_low + x_high) / 2, one["y"] - (y_low + y_high) / 2])
        assert away @ direction > 0.0
