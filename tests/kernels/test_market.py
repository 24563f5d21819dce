"""What customers care about, and its means over those in reach of a team."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from culturesim.kernels.market import everybodys_care, mean_care, segment_factor, segment_factors
from tests.kernels import _twins

Floats = npt.NDArray[np.float64]


@pytest.mark.parametrize("order", [(0.3, -1.2, 2.0), (2.0, 0.3, -1.2), (-1.2, 2.0, 0.3)])
def test_factor_is_the_exponential_with_the_greatest_as_1(order: tuple[float, ...]) -> None:
    log_care, factor = np.array(order), np.empty(3)
    segment_factor(log_care, factor)
    np.testing.assert_allclose(factor, np.exp(log_care) / np.exp(2.0), rtol=1e-15)
    assert factor.max() == 1.0


def factors(log_care: Floats) -> Floats:
    factor = np.empty_like(log_care)
    segment_factors(log_care, factor)
    return factor


def test_care_is_the_softmax_of_segment_and_person() -> None:
    luck = np.random.default_rng(3)
    log_care, own = luck.normal(0, 1.5, (3, 6)), luck.normal(0, 0.5, (40, 6))
    segment = luck.integers(0, 3, 40)
    considered = luck.integers(-1, 5, (40, 2))
    care, sums = np.full((40, 6), np.nan), np.full((5, 6), np.nan)
    everybodys_care(factors(log_care), segment, np.exp(own), considered, care, sums)
    expected = [_twins.softmax(log_care[s] + o) for s, o in zip(segment, own, strict=True)]
    np.testing.assert_allclose(care, expected, rtol=1e-13)
    np.testing.assert_allclose(care.sum(axis=1), 1.0, rtol=1e-14)


def test_care_is_added_up_for_the_teams_that_are_considered() -> None:
    """One after another; who considers a team twice counts twice."""
    luck = np.random.default_rng(4)
    considered = luck.integers(-1, 5, (40, 3))
    considered[:, 1][considered[:, 1] == 4] = -1
    considered[:, [0, 2]] %= 4
    care, sums = np.empty((40, 6)), np.full((5, 6), np.nan)
    own = np.exp(luck.normal(0, 0.5, (40, 6)))
    everybodys_care(np.ones((1, 6)), np.zeros(40, np.int64), own, considered, care, sums)
    expected = np.zeros((5, 6))
    for row, teams in zip(care, considered, strict=True):
        for j in teams[teams >= 0]:
            expected[j] += row
    assert sums.tolist() == expected.tolist()
    assert (sums[4] == 0.0).all()
    assert (sums[:4] > 0.0).all()


@pytest.mark.parametrize("shift", [-700.0, 0.0, 700.0, 5000.0])
def test_care_depends_on_differences_of_log_care_only(shift: float) -> None:
    factor = factors(np.array([[0.5, -0.5, 1.0]]) + shift)
    care, sums = np.empty((1, 3)), np.empty((1, 3))
    nobody = np.full((1, 1), -1)
    everybodys_care(factor, np.zeros(1, np.int64), np.ones((1, 3)), nobody, care, sums)
    np.testing.assert_allclose(care[0], _twins.softmax([0.5, -0.5, 1.0]), rtol=1e-11)
    assert sums.tolist() == [[0.0] * 3]


def test_mean_care_is_that_of_all_blocks() -> None:
    parts = np.arange(24.0).reshape(3, 2, 4) ** 2
    expected = parts.sum(axis=0) / np.array([[5], [7]])
    out = np.full((2, 4), np.nan)
    mean_care(parts, np.array([5, 7]), out)
    np.testing.assert_allclose(out, expected, rtol=1e-15)


def test_mean_of_nobody_is_0() -> None:
    out = np.full((2, 2), np.nan)
    mean_care(np.array([[[0.0, 0.0], [1.0, 3.0]]]), np.array([0, 2]), out)
    assert out.tolist() == [[0.0, 0.0], [0.5, 1.5]]
