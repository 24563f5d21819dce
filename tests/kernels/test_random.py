"""Draws by address: uniforms, normals, indices and roundings made from the words."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from culturesim.kernels.random import (
    BELOW_ONE,
    fill_normals,
    index_below,
    round_at_random,
    standard_normal,
    to_uniform,
    uniform,
    uniforms,
)
from tests.kernels import _twins

LARGEST = 2**64 - 1
words_64 = st.integers(0, LARGEST)
open_unit = st.integers(0, 2**53 - 1).map(lambda n: min((n + 0.5) * 2.0**-53, BELOW_ONE))


def random_addresses(number: int) -> list[tuple[int, int, int, int, int]]:
    """Seed, stream, cycle, entity, draw."""
    luck = random.Random(2)
    return [
        (luck.getrandbits(63), *(luck.randrange(limit) for limit in (64, 1000, 10**6, 300)))  # type: ignore[misc]
        for _ in range(number)
    ]


@pytest.mark.parametrize("word", [0, 1, 2**11 - 1, 2**63 - 1, 2**63, LARGEST - 2**11, LARGEST])
def test_uniform_is_strictly_between_0_and_1(word: int) -> None:
    value = to_uniform(np.uint64(word))
    assert isinstance(value, float)
    assert 0.0 < value < 1.0


def test_smallest_and_largest_uniform() -> None:
    assert to_uniform(np.uint64(0)) == 2.0**-54
    assert to_uniform(np.uint64(LARGEST)) == 1.0 - 2.0**-53


@given(words_64)
def test_uniform_is_the_upper_53_bits_and_a_half(word: int) -> None:
    expected = min(((word >> 11) + 0.5) * 2.0**-53, 1.0 - 2.0**-53)
    assert to_uniform(np.uint64(word)) == expected


def test_uniforms_at_an_address_are_those_of_numpys_words() -> None:
    for seed, stream, cycle, entity, draw in random_addresses(300):
        expected = _twins.uniforms(seed, stream, cycle, entity, draw)
        assert list(uniforms(seed, stream, cycle, entity, draw)) == expected
        assert uniform(seed, stream, cycle, entity, draw) == expected[0]


def test_normal_is_made_from_the_first_word() -> None:
    for seed, stream, cycle, entity, draw in random_addresses(300):
        expected = _twins.normals(seed, stream, cycle, entity, draw, 1)
        found = standard_normal(seed, stream, cycle, entity, draw)
        np.testing.assert_allclose(found, expected[0], rtol=1e-14)


@pytest.mark.parametrize("length", [1, 2, 3, 4, 5, 8, 11])
@pytest.mark.parametrize("first", [0, 7])
def test_row_of_normals_takes_four_words_from_each_draw(length: int, first: int) -> None:
    row = np.full(length + 2, np.nan)
    fill_normals(row[:length], 9, 32, 4, 6, first)
    expected = [
        _twins.normals(9, 32, 4, 6, first + n // 4, n % 4 + 1)[n % 4] for n in range(length)
    ]
    np.testing.assert_allclose(row[:length], expected, rtol=1e-14)
    assert np.isnan(row[length:]).all()


def test_longer_row_begins_like_a_shorter_one() -> None:
    short, long = np.empty(3), np.empty(10)
    fill_normals(short, 1, 2, 3, 4, 0)
    fill_normals(long, 1, 2, 3, 4, 0)
    assert (long[:3] == short).all()


@given(st.integers(1, 2**40), open_unit)
def test_index_lies_within_bounds(n: int, u: float) -> None:
    index = index_below(n, u)
    assert 0 <= index < n
    assert abs(index - u * n) <= 1.0


@pytest.mark.parametrize("n", [1, 2, 3, 300, 10**7, 2**40])
def test_index_of_the_least_and_the_greatest_uniform(n: int) -> None:
    assert index_below(n, 2.0**-54) == 0
    assert index_below(n, BELOW_ONE) == n - 1


@pytest.mark.parametrize("n", [1, 2, 7, 10])
def test_every_index_is_equally_likely(n: int) -> None:
    """Evenly spaced uniforms, so that nothing is left to chance."""
    counts = np.bincount([index_below(n, (k + 0.5) / (100 * n)) for k in range(100 * n)])
    assert counts.tolist() == [100] * n


@pytest.mark.parametrize("x", [0.0, 0.04, 0.5, 0.999, 1.0, 2.0, 5.25, 17.3])
def test_rounding_keeps_the_mean(x: float) -> None:
    """Evenly spaced uniforms, so that nothing is left to chance."""
    rounded = [round_at_random(x, (k + 0.5) / 1000) for k in range(1000)]
    assert set(rounded) <= {int(x), int(x) + 1}
    assert abs(np.mean(rounded) - x) <= 0.5e-3 + 1e-12


@given(st.floats(0, 1e6), open_unit)
def test_rounding_is_up_or_down(x: float, u: float) -> None:
    assert abs(round_at_random(x, u) - x) <= 1.0
