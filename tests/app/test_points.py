"""Each act makes its point, on both sides of where it turns over.

The answers are those kept in the package, of pinned seeds: nothing here can fail by chance.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from culturesim.app import asked, baked
from culturesim.app.acts import ACTS, COARSE, FULL, LAST, RUN
from culturesim.app.knobs import PRESETS
from culturesim.app.runs import Runs


def bands(**query: object) -> Any:
    question = asked.read({key: str(value) for key, value in query.items()})
    found = baked.find(baked.bands(question, FULL))
    assert found is not None
    return json.loads(found)


def curve(**query: object) -> Any:
    question = asked.read({key: str(value) for key, value in query.items()})
    found = baked.find(baked.curve(question))
    assert found is not None
    return json.loads(found)


def preset(name: str) -> Any:
    return bands(act=LAST, **PRESETS[name])


def test_act_3_discovery_wastes_less_and_creates_more() -> None:
    told = bands(act=3, bet="same")
    assert told["pairs"]["waste"]["first"] > 95
    assert told["pairs"]["value"]["second"] > 95
    execution, discovery = (world["total"] for world in told["worlds"])
    assert execution["effort"] == discovery["effort"]
    assert execution["waste"] > 1.5 * discovery["waste"]


def test_act_4_the_lines_cross_and_execution_wins_where_care_is_known() -> None:
    told = curve(act=4, bet="0.5")
    difference = told["difference"]
    assert len(told["crossings"]) == 1
    assert 0.5 < told["crossing"] < 0.7
    assert difference["low"][0] > 0.0
    assert difference["high"][-1] < 0.0
    assert difference["high"][told["levels"].index(0.8)] < 0.0


def test_act_5_discovery_wins_in_the_middle_and_execution_at_both_ends() -> None:
    told = curve(act=5, bet="30")
    difference = told["difference"]
    assert difference["high"][0] < 0.0
    assert difference["high"][-1] < 0.0
    assert 20 <= told["best"] <= 120
    assert difference["low"][told["levels"].index(told["best"])] > 0.0
    assert len(told["crossings"]) == 2


def test_act_6_what_is_grown_stays_and_what_is_ordered_goes() -> None:
    told = bands(act=6, bet="50")
    grown, ordered = told["left"]["culture"]
    assert grown > 0.8
    assert ordered < 0.1
    at_the_stop = [world["practised"]["q50"][ACTS[6].stop - 1] for world in told["worlds"]]
    assert min(at_the_stop) > 0.8  # both leaders see it done when they turn away


def test_act_6_attention_has_a_threshold() -> None:
    told = curve(act=6, bet="50")
    grown = dict(zip(told["levels"], told["worlds"][0]["mean"], strict=True))
    assert grown[20] < 0.2
    assert grown[30] > 0.7


def test_act_6_turns_over_where_practice_under_orders_counts() -> None:
    question = asked.read({"act": "6", "bet": "50", "practice": "0.03"})
    _, mandate = Runs().ensembles(question.sides, 0, 20, lambda: False)
    assert mandate.values("final_culture").mean() > 0.7


def test_act_7_execution_wins_in_a_stable_market() -> None:
    told = preset("stable_market")
    assert told["pairs"]["value"]["first"] > 90


@pytest.mark.parametrize("name", ["feature_factory", "start_up", "moving_market"])
def test_act_7_discovery_wins_where_little_is_known_or_much_moves(name: str) -> None:
    assert preset(name)["pairs"]["value"]["second"] > 80


def test_act_7_listening_without_changing_plans_does_not_pay() -> None:
    assert preset("listening_theatre")["pairs"]["value"]["first"] > 60


def test_act_7_half_of_what_insiders_first_creates_is_declared_by_insiders() -> None:
    for world in preset("insiders_first")["worlds"]:
        total = world["total"]
        assert total["value_inside"] > 0.5 * total["value"]
        assert total["inside"] > total["outside"]


def test_the_run_that_is_shown_is_an_ordinary_one() -> None:
    ranks = []
    for number in (3, 4, 5, 6):
        question = asked.read({"act": str(number)})
        for ensemble in Runs().ensembles(question.sides, question.seed, COARSE, lambda: False):
            for metric in ("value_created", "waste"):
                values = ensemble.values(metric)
                ranks.append((values < values[RUN]).mean())
    assert np.abs(np.array(ranks) - 0.5).mean() < 0.2
