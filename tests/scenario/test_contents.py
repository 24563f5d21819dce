"""Customers are dealt to segments."""

from __future__ import annotations

import pytest

from culturesim.scenario import Scenario


@pytest.mark.parametrize(
    ("customers", "shares", "sizes"),
    [
        (300, [1], [300]),
        (10, [1, 1, 1], [4, 3, 3]),
        (10, [1, 1, 1.5], [3, 3, 4]),
        (100, [3, 1], [75, 25]),
        (3, [1e9, 1e9, 1e9], [1, 1, 1]),
        (1000, [0.1, 0.2, 0.7], [100, 200, 700]),
    ],
)
def test_segment_sizes_are_split_by_largest_remainder(
    customers: int, shares: list[float], sizes: list[int], baseline: Scenario
) -> None:
    values = baseline.resolved()
    values["world"]["customers"] = customers
    values["segments"] = {f"s{i}": {"share": share} for i, share in enumerate(shares)}
    scenario = Scenario.model_validate(values)
    assert list(scenario.segment_sizes().values()) == sizes
    assert list(scenario.segment_sizes()) == list(scenario.segments)
