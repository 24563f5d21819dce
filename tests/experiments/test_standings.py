"""The tables of a tournament, from payoffs that are known."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import stats

from culturesim.experiments.standings import Standings, verdict
from tests.experiments.made_up import made_up

VALUES = (
    np.random.default_rng(3).normal(size=(2, 2, 2, 9))
    + np.array([[0.0, 0.4], [0.0, 0.0]])[:, :, None, None]
)


def test_a_payoff_is_the_mean_over_both_places() -> None:
    standings = Standings(("a", "b"), VALUES)
    np.testing.assert_allclose(standings.samples("a", "b"), VALUES[0, 1].mean(axis=0))
    payoffs: Any = standings.payoffs
    assert payoffs.loc["a", "b"] == pytest.approx(VALUES[0, 1].mean())
    assert standings.replications == 9


def test_pairs_are_those_of_the_same_market() -> None:
    """Who is first in one place met who was second: their payoffs are paired."""
    standings = Standings(("a", "b"), VALUES)
    pair = standings.between("a", "b")
    markets = [VALUES[0, 1, 0] - VALUES[1, 0, 1], VALUES[0, 1, 1] - VALUES[1, 0, 0]]
    assert pair.difference == pytest.approx(np.mean(markets))
    assert pair.ahead == np.mean(np.array(markets) > 0.0)
    assert pair.behind == np.mean(np.array(markets) < 0.0)
    interval = stats.ttest_1samp(np.mean(markets, axis=0), 0.0).confidence_interval(0.95)
    assert (pair.low, pair.high) == pytest.approx((interval.low, interval.high))


def test_the_table_has_every_pairing_both_ways() -> None:
    table: Any = Standings(("a", "b"), VALUES).table.set_index(["contestant", "against"])
    assert list(table.index) == [("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]
    one, other = table.loc[("a", "b")], table.loc[("b", "a")]
    assert one["difference"] == pytest.approx(-other["difference"])
    assert one["difference_low"] == pytest.approx(-other["difference_high"])
    assert one["ahead"] == other["behind"]
    assert math.isnan(table.loc[("a", "a"), "difference"])
    interval = stats.ttest_1samp(VALUES[0, 1].mean(axis=0), 0.0).confidence_interval(0.95)
    assert (one["low"], one["high"]) == pytest.approx((interval.low, interval.high))


def test_the_ranking_counts_what_is_settled() -> None:
    t = made_up([[9.0, 2.0, 3.0], [1.0, 1.0, 2.001], [1.0, 2.0, 1.0]])
    ranking: Any = t.ranking
    assert list(ranking.index) == ["a", "b", "c"]
    assert ranking.loc["a", "mean"] == pytest.approx(2.5)
    assert ranking.loc["a", "alone"] == pytest.approx(9.0)
    assert ranking[["wins", "losses", "unsettled"]].to_numpy().tolist() == [
        [2, 0, 0],
        [0, 1, 1],
        [0, 1, 1],
    ]
    assert (ranking["low"] < ranking["mean"]).all()
    assert (ranking["mean"] < ranking["high"]).all()
    assert (ranking["alone_low"] < ranking["alone"]).all()


def test_invading_is_against_the_incumbents_own_kind() -> None:
    t = made_up([[2.0, 5.0], [3.0, 1.0]], "ab")
    assert t.invades("b", "a").difference == pytest.approx(1.0)
    assert t.invades("a", "b").difference == pytest.approx(4.0)


def test_one_replication_settles_nothing() -> None:
    t = made_up([[2.0, 5.0], [3.0, 1.0]], "ab", runs=1)
    assert verdict(t.between("a", "b")) == 0
    assert t.ranking["unsettled"].tolist() == [1, 1]
