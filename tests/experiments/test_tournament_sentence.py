"""A tournament's sentence says what its numbers say, whoever wins."""

from __future__ import annotations

import pytest

from tests.experiments.made_up import made_up

RPS = [[1.0, 0.0, 2.0], [2.0, 1.0, 0.0], [0.0, 2.0, 1.0]]


def test_two() -> None:
    for winner, loser in (("a", "b"), ("b", "a")):
        t = made_up([[2.0, 3.0], [1.0, 2.0]], (winner, loser))
        assert t.sentence == (
            f"In one market, {winner} beat {loser}: "
            "3 against 1 (value created per unit of effort), and ahead in 24 of 24 markets. "
            "Where organizations copy those that do better, "
            f"{winner} ends up everywhere, from equal shares."
        )


def test_the_last_named_can_win() -> None:
    t = made_up([[2.0, 1.0], [3.0, 2.0]], "ab")
    assert t.sentence.startswith("In one market, b beat a: 3 against 1")


def test_what_may_be_chance_is_not_settled() -> None:
    t = made_up([[1.0, 1.001], [1.0, 1.0]], "ab", noise=0.5)
    assert "Whether a or b does better is not settled by 12 pairs of markets." in t.sentence
    assert "beat" not in t.sentence
    assert "no end is reached" in t.sentence


def test_of_three_some_are_not_settled() -> None:
    t = made_up([[2.0, 2.0, 2.0], [1.0, 1.0, 1.5], [1.0, 1.5001, 1.0]])
    assert "Two in one market: a beat every other." in t.sentence
    assert "Not settled by 12 pairs of markets: c against b." in t.sentence
    assert "a ends up everywhere" in t.sentence


def test_equals_are_said_to_be_equal() -> None:
    t = made_up([[1.0, 1.0], [1.0, 1.0]], "ab", noise=0.0)
    assert "A and b earned exactly the same on average." in t.sentence
    assert "not settled by" not in t.sentence
    assert "side by side: a (50 %) and b (50 %)" in t.sentence


def test_a_round_is_seen() -> None:
    t = made_up(RPS)
    assert "It goes round: " in t.sentence
    for beats in ("a beats c", "c beats b", "b beats a"):
        assert beats in t.sentence


def test_a_row_is_no_round() -> None:
    assert "goes round" not in made_up([[1, 2, 2], [1, 1, 2], [1, 1, 1]]).sentence


def test_living_side_by_side() -> None:
    """Hawks and doves with V = 2 and C = 5: 40 % are hawks."""
    t = made_up([[-1.5, 2.0], [0.0, 1.0]], ("hawk", "dove"))
    assert "hawk beat dove" in t.sentence
    assert "they end side by side: dove (60 %) and hawk (40 %)." in t.sentence
    assert "It is not settled" not in t.sentence


def test_side_by_side_may_be_chance() -> None:
    t = made_up([[1.0, 1.001], [1.001, 1.0]], "ab", noise=0.5)
    assert "side by side" in t.sentence
    assert "It is not settled whether a gets in where everybody is b and b gets in" in t.sentence


def test_the_start_can_decide() -> None:
    t = made_up([[4.0, 0.0], [1.0, 2.0]], "ab")
    assert "a ends up everywhere, from equal shares." in t.sentence
    assert "It depends on the start: where everybody is b, that stays." in t.sentence


def test_who_may_get_in_is_not_settled() -> None:
    t = made_up([[2.0, 3.0], [1.999, 1.0]], "ab")
    assert "Whether it would keep out b is not settled." in t.sentence


@pytest.mark.parametrize("runs", [1, 2])
def test_few_runs(runs: int) -> None:
    assert made_up(RPS, runs=runs).sentence


def test_those_that_beat_the_same_are_named_together() -> None:
    t = made_up([[1.0, 1.0, 2.0], [1.0, 1.0, 2.0], [0.5, 0.5, 0.5]], noise=0.05)
    assert "Two in one market: a and b each beat c." in t.sentence


def test_many_are_told_in_short() -> None:
    payoffs = [[10.0 - i + (i == j) for j in range(6)] for i in range(6)]
    t = made_up(payoffs, "abcdef")
    assert t.sentence.startswith(
        "Two in one market: a earned most on average and beat 5 of 5 others. Where"
    )
    payoffs[5][4] = payoffs[4][5]
    assert "; 1 of all 15 pairs are not settled." in made_up(payoffs, "abcdef").sentence
