"""Values, types and ranges in plain words."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from culturesim.scenario.fields import Number, Rows
from culturesim.scenario.market_parameters import World
from culturesim.scenario.words import (
    choices,
    range_words,
    show,
    takes_numbers,
    type_words,
    wanted,
)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3, "3"),
        (0.5, "0.5"),
        (True, "true"),
        ("a", '"a"'),
        ({"a": 1}, "a table"),
        ([{"a": 1}], "a list of tables"),
        ([], "[]"),
        (["a", 1, [2]], '["a", 1, ...]'),
        (list(range(6)), "[0, 1, 2, 3, 4, ...]"),
        ("x" * 99, '"' + "x" * 55 + " ..."),
    ],
)
def test_show(value: Any, shown: str) -> None:
    assert show(value) == shown


def test_show_does_not_write_out_very_long_numbers() -> None:
    assert show(10**5000) == "a very long number"


@pytest.mark.parametrize(
    ("annotation", "words"),
    [
        (int, "a whole number"),
        (float, "a number"),
        (str, "text"),
        (str | float, "text or a number"),
        (bool, "true or false"),
        (tuple[str, ...], "a list of names"),
        (tuple[int, ...], "a list of whole numbers"),
        (Literal["seed", "mandate"], "one of seed, mandate"),
        (Literal["all"] | Rows, "one of all or a list of whole numbers"),
        (World, "a table"),
    ],
)
def test_type_words(annotation: Any, words: str) -> None:
    assert type_words(annotation) == words


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ("", ""),
        ("[0, 1]", "0 to 1"),
        ("[0.001, 1e4]", "0.001 to 10000"),
        ("(0, 1e9]", "above 0, up to 1000000000"),
        ("[0, inf]", "0 or more, inf included"),
        ("(0, inf]", "above 0, inf included"),
    ],
)
def test_range_words(limits: str, words: str) -> None:
    assert range_words(limits) == words


@pytest.mark.parametrize(
    ("annotation", "words"),
    [
        (str, ()),
        (Literal["seed", "mandate"], ("seed", "mandate")),
        (Literal["all", "random"] | Rows, ("all", "random")),
        (str | Literal["all"], ("all",)),
    ],
)
def test_choices(annotation: Any, words: tuple[str, ...]) -> None:
    assert choices(annotation) == words


@pytest.mark.parametrize(
    ("annotation", "whole", "number"),
    [
        (int, True, False),
        (Number, False, True),
        (str | Number, False, True),
        (bool, False, False),
        (Literal["all"] | Rows, False, False),
        (str, False, False),
    ],
)
def test_takes_numbers(annotation: Any, whole: bool, number: bool) -> None:
    assert takes_numbers(annotation) == (whole, number)


def test_wanted_is_the_type_and_the_range() -> None:
    assert wanted(World.model_fields["cycles"]) == "a whole number, 1 to 100000"
    assert wanted(World.model_fields["cycle_label"]) == "text"
