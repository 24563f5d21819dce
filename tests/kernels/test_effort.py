"""What is left of effort."""

from __future__ import annotations

import pytest

from culturesim.kernels.effort import building_effort


def test_shares_are_taken_off() -> None:
    assert building_effort(8.0, 0.25, 0.125) == 5.0
    assert building_effort(8.0, 0.0, 0.0) == 8.0


@pytest.mark.parametrize("listening", [0.1, 0.3, 0.5, 0.7, 0.9, 1.0])
def test_nothing_is_left_of_nothing(listening: float) -> None:
    left = building_effort(10.0, listening, 1.0 - listening)
    assert 0.0 <= left <= 1e-15
    assert building_effort(10.0, 0.9, 0.1) == 0.0
