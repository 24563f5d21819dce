"""The exponential of numbers that are not above 0: exact to the last digit, the same in a row."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from culturesim.kernels.exponential import LEAST, exponential, exponentials


def exact(x: float) -> Fraction:
    """The series in fractions, of a 1024th of the number, squared ten times: 30 digits or more."""
    part = Fraction(x) / 1024
    total = term = Fraction(1)
    for n in range(1, 22):
        term = term * part / n
        total += term
    for _ in range(10):
        total = Fraction(round(total * 2**1200), 2**1200) ** 2
    return total


def in_last_digits(x: float) -> float:
    """Distance from the exact value, in units of the last digit."""
    value = exponential(x)
    return float(abs(Fraction(value) - exact(x)) / Fraction(math.ulp(value)))


@pytest.mark.parametrize("x", [-1e-300, -1e-17, -0.25, -math.log(2) / 2, -1.0, -30.5, LEAST])
def test_is_exact_to_the_last_digit(x: float) -> None:
    assert in_last_digits(x) < 1.0


def test_is_exact_to_the_last_digit_wherever_one_looks() -> None:
    luck = np.random.default_rng(5)
    small, large = -luck.exponential(1.0, 200), -luck.uniform(0.0, -LEAST, 200)
    assert max(in_last_digits(float(x)) for x in (*small, *large)) < 1.0


def test_ends() -> None:
    assert exponential(0.0) == exponential(-0.0) == 1.0
    assert exponential(-math.inf) == exponential(-1e308) == exponential(-708.1) == 0.0
    assert exponential(LEAST) > 0.0


def test_never_rises_with_what_is_taken_away() -> None:
    values = [exponential(-x) for x in np.linspace(0.0, 40.0, 20_001)]
    assert values == sorted(values, reverse=True)


@pytest.mark.parametrize("length", [0, 1, 7, 8, 1000])
def test_a_row_gives_the_bits_of_its_numbers(length: int) -> None:
    """However many of them the machine takes at a time."""
    row = -np.random.default_rng(length).exponential(20.0, length)
    row[::7] = -math.inf
    expected = [exponential(float(x)) for x in row]
    exponentials(row)
    assert row.tolist() == expected
