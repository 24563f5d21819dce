"""What customers care about, and means over those whom a team meets."""

from __future__ import annotations

import numpy as np
import pytest

from culturesim.kernels.market import everybodys_care, mean_rows, segment_factor
from tests.kernels import _twins


@pytest.mark.parametrize("order", [(0.3, -1.2, 2.0), (2.0, 0.3, -1.2), (-1.2, 2.0, 0.3)])
def test_factor_is_the_exponential_with_the_greatest_as_1(order: tuple[float, ...]) -> None:
    log_care, factor = np.array(order), np.empty(3)
    segment_factor(log_care, factor)
    np.testing.assert_allclose(factor, np.exp(log_care) / np.exp(2.0), rtol=1e-15)
    assert factor.max() == 1.0


def test_care_is_the_softmax_of_segment_and_person() -> None:
    luck = np.random.default_rng(3)
    log_care, own = luck.normal(0, 1.5, (3, 6)), luck.normal(0, 0.5, (40, 6))
    segment = luck.integers(0, 3, 40)
    care = np.full((40, 6), np.nan)
    everybodys_care(log_care, segment, np.exp(own), care)
    expected = [_twins.softmax(log_care[s] + o) for s, o in zip(segment, own, strict=True)]
    np.testing.assert_allclose(care, expected, rtol=1e-13)
    np.testing.assert_allclose(care.sum(axis=1), 1.0, rtol=1e-14)


@pytest.mark.parametrize("shift", [-700.0, 0.0, 700.0, 5000.0])
def test_care_depends_on_differences_of_log_care_only(shift: float) -> None:
    log_care = np.array([[0.5, -0.5, 1.0]]) + shift
    care = np.empty((1, 3))
    everybodys_care(log_care, np.zeros(1, np.int64), np.ones((1, 3)), care)
    np.testing.assert_allclose(care[0], _twins.softmax([0.5, -0.5, 1.0]), rtol=1e-11)


def test_mean_is_over_the_listed_rows_only() -> None:
    rows = np.arange(12.0).reshape(4, 3) ** 2
    members = np.array([3, 0, 2, 1, 1, 3])
    out = np.full(3, np.nan)
    mean_rows(rows, members, 1, 3, out)
    np.testing.assert_allclose(out, rows[[0, 2, 1]].mean(axis=0), rtol=1e-15)
    mean_rows(rows, members, 3, 3, out)  # a row listed twice counts twice
    np.testing.assert_allclose(out, rows[[1, 1, 3]].mean(axis=0), rtol=1e-15)


def test_mean_of_nobody_is_0() -> None:
    out = np.full(2, np.nan)
    mean_rows(np.ones((3, 2)), np.array([-1, -1]), 2, 0, out)
    assert out.tolist() == [0.0, 0.0]
