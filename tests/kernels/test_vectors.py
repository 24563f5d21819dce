"""Small sums over rows."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cosine as cosine_distance
from scipy.special import softmax

from culturesim.kernels.vectors import cosine, dot, softmax_inplace

rows = st.lists(st.tuples(st.floats(0.01, 10), st.floats(0.01, 10)), min_size=1, max_size=9)


@given(rows)
def test_dot_and_cosine(pairs: list[tuple[float, float]]) -> None:
    a, b = (np.array(column) for column in zip(*pairs, strict=True))
    assert math.isclose(dot(a, b), math.fsum(x * y for x, y in pairs), rel_tol=1e-13)
    assert math.isclose(cosine(a, b), 1 - cosine_distance(a, b), rel_tol=1e-12)


def test_cosine_by_hand() -> None:
    assert cosine(np.array([1.0, 0.0]), np.array([0.0, 2.0])) == 0.0
    assert math.isclose(cosine(np.array([3.0, 4.0]), np.array([6.0, 8.0])), 1.0, rel_tol=1e-15)
    assert math.isclose(cosine(np.array([1.0, 0.0]), np.array([1.0, 1.0])), math.sqrt(0.5))


def test_sum_is_taken_from_left_to_right() -> None:
    assert dot(np.array([1e16, 1.0, -1e16]), np.ones(3)) == 0.0


@given(st.lists(st.floats(-700, 700), min_size=1, max_size=9))
def test_softmax(logs: list[float]) -> None:
    row = np.array(logs)
    softmax_inplace(row)
    np.testing.assert_allclose(row, softmax(logs), rtol=1e-12)
    assert math.isclose(row.sum(), 1.0, rel_tol=1e-14)


@pytest.mark.parametrize("top", [-1e308, -750.0, 0.0, 750.0, 1e308])
def test_softmax_does_not_overflow(top: float) -> None:
    row = np.array([top, top])
    softmax_inplace(row)
    assert row.tolist() == [0.5, 0.5]
