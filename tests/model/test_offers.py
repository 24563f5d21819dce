"""Offers as values."""

from __future__ import annotations

import math
from typing import Any

import pytest

import culturesim as cs
from culturesim.model.offers import Offer


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
