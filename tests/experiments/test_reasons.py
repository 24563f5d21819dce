"""Reasons: one for every option, the first that applies, and one word for the whole choice."""

from __future__ import annotations

import math

import pytest

from culturesim.experiments.reasons import (
    OUTCOMES,
    REASONS,
    REFUSALS,
    reasons,
    refusal,
    whole_reason,
)
from culturesim.model.views import WORDS
from culturesim.state.columns import BROKEN, INDECISION, KEPT, STATUS_QUO


def test_every_reason_has_a_sentence() -> None:
    assert all(text[0].isupper() and text.endswith(".") for text in REASONS.values())
    assert set(REFUSALS) < set(REASONS)


def test_outcomes_are_the_words_of_the_mesa_model() -> None:
    assert tuple(OUTCOMES[code] for code in range(len(OUTCOMES))) == WORDS["outcome"]


@pytest.mark.parametrize(
    ("made", "fit", "price", "said"),
    [
        (False, 0.0, 9.0, "not_offered"),
        (True, 0.3, 1.0, "below_standard"),
        (True, 0.3, 9.0, "below_standard"),
        (True, 0.5, 9.0, "beyond_budget"),
    ],
)
def test_the_first_refusal_that_applies(made: bool, fit: float, price: float, said: str) -> None:
    assert refusal(-math.inf, made, fit, 0.4, price, 2.0) == said


def test_an_acceptable_offer_is_not_refused() -> None:
    assert refusal(-3.0, True, 0.4, 0.4, 2.0, 2.0) is None


@pytest.mark.parametrize(
    ("preferred", "choice", "said"),
    [
        (0, 0, ["chosen", "status_quo_preferred", "below_standard", "status_quo_preferred"]),
        (1, 1, ["better_offer", "chosen", "below_standard", "better_offer"]),
        (3, 0, ["put_off", "better_offer", "below_standard", "indecision"]),
    ],
)
def test_each_option_has_its_reason(preferred: int, choice: int, said: list[str]) -> None:
    assert reasons([None, "below_standard", None], preferred, choice) == said


@pytest.mark.parametrize(
    ("outcome", "offers", "fits", "word"),
    [
        (KEPT, ["chosen"], [0.5], "kept"),
        (BROKEN, ["chosen"], [0.5], "broken"),
        (INDECISION, ["indecision"], [0.5], "indecision"),
        (
            STATUS_QUO,
            ["below_standard", "status_quo_preferred"],
            [0.9, 0.5],
            "status_quo_preferred",
        ),
        (STATUS_QUO, ["below_standard", "beyond_budget"], [0.2, 0.5], "beyond_budget"),
        (STATUS_QUO, ["below_standard", "not_offered"], [0.2, 0.9], "below_standard"),
        (STATUS_QUO, ["not_offered"], [0.0], "not_offered"),
        (STATUS_QUO, [], [], "not_offered"),
    ],
)
def test_one_word_for_the_whole(
    outcome: int, offers: list[str], fits: list[float], word: str
) -> None:
    assert whole_reason(outcome, ["chosen", *offers], fits) == word
