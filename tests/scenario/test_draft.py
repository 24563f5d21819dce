"""Layers over one another: `like` copies practices, and every value knows its origin."""

from __future__ import annotations

from typing import Any

import pytest

from culturesim.errors import ScenarioError
from culturesim.scenario import load_scenario
from culturesim.scenario.draft import Draft
from tests.scenario.catch import caught


def test_every_value_knows_the_last_layer_that_wrote_it() -> None:
    draft = Draft()
    draft.lay({"world": {"cycles": 3, "concerns": 4}}, "old")
    draft.lay({"world": {"cycles": 5}}, "new")
    assert draft.values == {"world": {"cycles": 5, "concerns": 4}}
    assert draft.where(("world", "cycles")) == "new"
    assert draft.where(("world", "concerns")) == "old"
    assert draft.where(("world", "concerns"), ("world", "cycles")) == "new"
    assert draft.where(("world", "missing")) == "new"  # the last that could have written it
    assert draft.value(("world", "cycles")) == 5
    assert draft.value(("world", "cycles", "deeper")) is None
    draft.drop(["world"])
    assert draft.values == {}


def test_like_copies_practices_and_is_gone(write: Any) -> None:
    text = """
[cultures.second]
like = "first"
testing = 0.2
[cultures.first]
like = "discovery"
listening = 0.3
"""
    cultures = load_scenario(write(text)).cultures
    discovery = cultures["discovery"].model_dump()
    assert cultures["first"].model_dump() == {**discovery, "listening": 0.3}
    assert cultures["second"].model_dump() == {**discovery, "listening": 0.3, "testing": 0.2}


def test_like_follows_the_culture_as_it_is_after_extends(write: Any) -> None:
    cultures = load_scenario(write("[cultures.discovery]\nreplan = 0.9\n")).cultures
    assert cultures["lean_startup"].replan == 0.9
    assert cultures["lean_startup"].testing == 0.08


def test_like_begins_an_inherited_culture_anew(write: Any) -> None:
    cultures = load_scenario(write('[cultures.running_lean]\nlike = "execution"\n')).cultures
    assert cultures["running_lean"] == cultures["execution"]


@pytest.mark.parametrize(
    ("text", "key", "found", "allowed", "near"),
    [
        (
            '[cultures.mine]\nlike = "discvery"',
            "cultures.mine.like",
            'like = "discvery"',
            "execution, discovery",
            "discovery",
        ),
        ("[cultures.mine]\nlike = 3", "cultures.mine.like", "like = 3", "execution", None),
        (
            '[cultures.a]\nlike = "b"\n[cultures.b]\nlike = "a"',
            "cultures.b.like",
            "a -> b -> a",
            "",
            None,
        ),
        ('[cultures.a]\nlike = "a"', "cultures.a.like", "a -> a", "", None),
    ],
)
def test_like_without_a_culture_to_copy(
    text: str, key: str, found: str, allowed: str, near: str | None, write: Any
) -> None:
    path = write(text)
    error = caught(path)
    assert isinstance(error, ScenarioError)
    assert (error.where, error.key) == (str(path), key)
    assert (error.found or "").startswith(found)
    assert (error.allowed or "").startswith(allowed)
    assert error.nearest == near


def test_error_names_the_file_in_which_the_mistake_is_written(write: Any) -> None:
    parent = write("[world]\ncycles = 0\n", name="parent.toml")
    child = write("[world]\nconcerns = 3\n", name="child.toml", extends="parent.toml")
    assert caught(child).where == str(parent)
    cured = write("[world]\ncycles = 3\n", name="cured.toml", extends="parent.toml")
    assert load_scenario(cured).world.cycles == 3
