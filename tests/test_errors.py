"""Errors say where, what was found, what is allowed; and survive the way between processes."""

from __future__ import annotations

import pickle

import pytest

from culturesim.errors import (
    ArgumentError,
    CultureSimError,
    ResultError,
    ScenarioError,
    nearest,
)


def full(kind: type[CultureSimError]) -> CultureSimError:
    return kind(
        "is not a parameter",
        where="scenarios/mine.toml",
        key="organizations.acme.prior.acuracy",
        found="acuracy = 0.3",
        allowed=["accuracy", "confidence"],
        nearest="accuracy",
        hint="look at the schema",
        more=2,
    )


def test_message_shows_all_parts_in_order() -> None:
    assert str(full(ScenarioError)).splitlines() == [
        "scenarios/mine.toml: organizations.acme.prior.acuracy is not a parameter",
        "  found:   acuracy = 0.3",
        "  allowed: accuracy, confidence",
        "  nearest: accuracy",
        "  try:     look at the schema",
        "  and 2 more things are wrong",
    ]


def test_message_leaves_out_what_is_not_said() -> None:
    assert str(ResultError("there is no manifest")) == "there is no manifest"
    assert str(ResultError("is empty", key="runs")) == "runs is empty"
    assert str(ResultError("is empty", more=1)).endswith("\n  and 1 more thing is wrong")


@pytest.mark.parametrize("kind", [CultureSimError, ScenarioError, ArgumentError, ResultError])
def test_pickling_keeps_type_and_parts(kind: type[CultureSimError]) -> None:
    error = full(kind)
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is kind
    assert copy.parts() == error.parts()
    assert str(copy) == str(error)


def test_only_a_wrong_argument_is_a_value_error() -> None:
    assert issubclass(ArgumentError, ValueError)
    assert not issubclass(ScenarioError, ValueError)
    assert not issubclass(ResultError, ValueError)


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("acuracy", "accuracy"),
        ("Accuracy", "accuracy"),
        ("known-market", "known_market"),
        ("colour", None),
        ("", None),
    ],
)
def test_nearest(name: str, right: str | None) -> None:
    assert nearest(name, ["confidence", "accuracy", "known_market"]) == right


def test_nearest_of_nothing() -> None:
    assert nearest("accuracy", []) is None
