"""Factors: levels of lists and of ranges."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from culturesim.experiments.factors import Factor, Level, read_factors, shown


def one(spec: object) -> Factor:
    (factor,) = read_factors({"a": spec}, "file")
    return factor


@pytest.mark.parametrize(
    ("spec", "levels", "kind"),
    [
        ([240, 20], (240, 20), "number"),
        ([1, 0.5, math.inf], (1, 0.5, math.inf), "number"),
        ([True, False], (True, False), "truth"),
        (["few", "all"], ("few", "all"), "text"),
        (["few", 1, True], ("few", 1, True), "text"),
        ({"low": 0, "high": 0.3, "levels": 4}, (0.0, 0.1, 0.2, 0.3), "number"),
        ({"low": 1, "high": 1000, "scale": "log", "levels": 4}, (1, 10, 100, 1000), "number"),
        ({"low": 1, "high": 9, "scale": "integer", "levels": 3}, (1, 5, 9), "number"),
        ({"low": 1, "high": 3, "scale": "integer", "levels": 9}, (1, 2, 3), "number"),
        ({"low": 0, "high": 1}, (), "number"),
    ],
)
def test_levels_are_those_that_are_meant(
    spec: object, levels: tuple[Level, ...], kind: str
) -> None:
    factor = one(spec)
    assert factor.levels == levels
    assert factor.kind == kind
    table = {type(shown(level, kind)) for level in levels}
    assert len(table) <= 1, "a column holds values of one kind"


def test_whole_numbers_stay_whole() -> None:
    assert {
        type(v) for v in one({"low": 1, "high": 9, "scale": "integer", "levels": 3}).levels
    } == {int}


def test_every_level_has_an_equal_part_of_the_way() -> None:
    whole = one({"low": 3, "high": 5, "scale": "integer"})
    words = one(["a", "b", "c", "d"])
    shares = [(n + 0.5) / 1200 for n in range(1200)]
    assert [sum(whole.at(s) == v for s in shares) for v in (3, 4, 5)] == [400] * 3
    assert [sum(words.at(s) == v for s in shares) for v in "abcd"] == [300] * 4


@given(st.floats(1e-3, 1e3), st.floats(1.001, 1e3), st.sampled_from(["linear", "log"]), st.data())
def test_a_level_lies_in_its_range(
    low: float, times: float, scale: str, data: st.DataObject
) -> None:
    factor = one({"low": low, "high": low * times, "scale": scale, "levels": 5})
    share = data.draw(st.floats(0.0, 1.0))
    slack = 1e-11 * low * times
    assert low - slack <= float(factor.at(share)) <= low * times + slack
    assert factor.levels[0] == low
    assert factor.levels[-1] == low * times
    assert list(factor.levels) == sorted(factor.levels, key=float)
