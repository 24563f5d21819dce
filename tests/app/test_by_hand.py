"""The room's offer is assessed as any other: by the model's own phases."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import culturesim as cs
from culturesim.app.acts import HANDS_MONTHS
from culturesim.app.by_hand import Hands
from culturesim.app.desk import Desk
from culturesim.errors import ArgumentError
from culturesim.model.seeds import replication_seed


@pytest.fixture(scope="module")
def hands() -> Hands:
    return Hands()


def ask(hands: Hands, effort: list[float], seed: int = 0) -> dict[str, Any]:
    return hands.answer(effort, seed, Desk(), lambda: False)


def best(seed: int) -> list[float]:
    """The three concerns that customers care about most, in equal parts."""
    care = np.array(ask(Hands(), [36.0] * 10, seed)["care"])
    effort = np.zeros(10)
    effort[np.argsort(-care)[:3]] = 120.0
    return effort.tolist()


def test_a_team_that_plans_as_the_room_does_comes_to_the_same(hands: Hands) -> None:
    effort = best(5)
    shares = np.array(effort) / hands.total

    class ByRoom(cs.Team):
        """Plans what the room has planned."""

        def plan(self: Any) -> None:
            self.plan = shares

    market = {
        "world.care_memory": float("inf"),
        "world.cycles": HANDS_MONTHS,
        "organizations.*.teams": 1,
        "organizations.*.culture": "execution",
    }
    run = cs.simulate(cs.load_scenario("baseline", market), seed=5, team=ByRoom).cycles
    told = ask(hands, effort, 5)
    last = run.iloc[-1]
    assert told["taken"] == round(300 * last["commitment_rate"])
    np.testing.assert_allclose(told["value"], run["value_created"].sum(), atol=1e-3)
    np.testing.assert_allclose(told["waste"], run["waste"].sum(), atol=1e-3)
    np.testing.assert_allclose(told["effort"], run["effort"].sum(), atol=1e-3)


def test_who_takes_it_is_whom_it_fits(hands: Hands) -> None:
    told = ask(hands, best(7), 7)
    assert told["customers"] == len(told["took"]) == 300
    reasons = told["reasons"]
    assert sum(reasons.values()) == told["customers"]
    assert reasons["kept"] + reasons.get("broken", 0) == told["taken"]
    took = told["took"]
    assert took.count("a") == reasons.get("broken", 0)
    assert len(took) - took.count(".") == told["taken"]


@pytest.mark.parametrize("seed", [replication_seed(0, r) for r in (0, 7, 12)])
def test_effort_for_what_is_cared_about_wins_more_than_effort_for_all(
    hands: Hands, seed: int
) -> None:
    spread = ask(hands, [hands.total / 10] * 10, seed)
    aimed = ask(hands, best(seed), seed)
    assert spread["taken"] < 5
    assert aimed["taken"] >= 15


def test_an_offer_of_nothing_is_taken_by_nobody(hands: Hands) -> None:
    told = ask(hands, [0.0] * 10)
    assert told["taken"] == 0
    assert told["performance"] == [0.0] * 10
    assert told["reasons"] == {"below_standard": 300}


def test_the_example_is_one_of_the_most_frequent_kind(hands: Hands) -> None:
    told = ask(hands, best(7), 7)
    reasons, example = told["reasons"], told["example"]
    most = max((r for r in reasons if r not in ("kept", "broken")), key=lambda r: reasons[r])
    assert example["reason"] == most
    if most == "below_standard":
        assert example["fit"] < example["standard"]
        assert example["assessment"] is None
    care = [one["care"] for one in example["leading"]]
    assert care == sorted(care, reverse=True)


def test_effort_pays_and_waste_is_no_more_than_effort(hands: Hands) -> None:
    told = ask(hands, best(7), 7)
    assert told["effort"] == hands.total
    assert 0.0 < told["waste"] < told["effort"]


@pytest.mark.parametrize(
    ("effort", "said"),
    [
        ([1.0] * 9, "one number for each concern"),
        ([-1.0] + [1.0] * 9, "below 0"),
        ([float("nan")] * 10, "below 0"),
        ([36.1] * 10, "more than the team has"),
    ],
)
def test_a_wrong_allocation_is_refused(hands: Hands, effort: list[float], said: str) -> None:
    with pytest.raises(ArgumentError, match=said):
        ask(hands, effort)
