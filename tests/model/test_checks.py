"""What may be written into a row, and what is said of the rest."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import culturesim as cs
from culturesim.model.checks import LARGEST, check_values, in_range, numbers, row_number
from culturesim.state.columns import columns

CUSTOMER = columns("customers")


def test_rows_are_whole_numbers_that_exist() -> None:
    assert row_number("row", np.int64(2), 3) == 2
    for wrong in (-1, 3, 1.0, True, None, "1"):
        with pytest.raises(cs.ArgumentError, match="is no row"):
            row_number("row", wrong, 3)


def test_numbers_of_the_right_shape_become_floats() -> None:
    assert numbers("key", [1, True, 0.5], (3,)).tolist() == [1.0, 1.0, 0.5]
    assert numbers("key", 2, ()).shape == ()
    assert numbers("key", range(4), None).shape == (4,)


@pytest.mark.parametrize(
    ("value", "shape", "says"),
    [
        ("high", (), "is not a number"),
        (["a", "b"], (2,), "are not numbers"),
        ([[1], [2, 3]], (2,), "are not numbers"),
        ([1, 2], (3,), "wrong shape"),
        ([[1, 2]], None, "wrong shape"),
        ([1], (), "wrong shape"),
    ],
)
def test_what_is_not_such_numbers(value: Any, shape: tuple[int, ...] | None, says: str) -> None:
    with pytest.raises(cs.ArgumentError, match=says):
        numbers("key", value, shape)


@pytest.mark.parametrize("wrong", [-0.1, 1.1, np.nan, np.inf])
def test_ranges_include_their_ends_and_nothing_beyond(wrong: float) -> None:
    in_range("key", np.array([0.0, 1.0]), 0.0, 1.0)
    with pytest.raises(cs.ArgumentError, match="out of range"):
        in_range("key", np.array([0.5, wrong]), 0.0, 1.0)
    with pytest.raises(cs.ArgumentError, match="finite"):
        in_range("key", np.array([np.inf]), 0.0, LARGEST)


def test_columns_know_what_they_can_mean() -> None:
    check_values("care", "care", CUSTOMER["care"], np.array([0.25, 0.75]))
    with pytest.raises(cs.ArgumentError, match="does not sum to 1"):
        check_values("care", "care", CUSTOMER["care"], np.array([0.25, 0.5]))
    check_values("budget", "budget", CUSTOMER["budget"], np.array(np.inf))
    with pytest.raises(cs.ArgumentError, match="out of range"):
        check_values("trust", "trust", CUSTOMER["trust"], np.array([0.5, 1.5]))
    with pytest.raises(cs.ArgumentError, match="not a whole number"):
        check_values("choice", "choice", CUSTOMER["choice"], np.array(0.5))
