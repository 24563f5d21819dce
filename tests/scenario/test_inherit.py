"""A file says only what it changes; the rest is what it extends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from culturesim.errors import ScenarioError
from culturesim.scenario import load_scenario
from tests.scenario.catch import caught


def test_a_file_changes_only_what_it_says(write: Any) -> None:
    path = write("[organizations.acme.prior]\naccuracy = 1\n")
    scenario = load_scenario(path)
    assert scenario.name == "mine"
    assert scenario.source == str(path)
    assert load_scenario(str(path)) == scenario
    assert scenario.differences(load_scenario("baseline")) == [
        ("organizations.acme.prior.accuracy", 1.0, 0.3)
    ]


def test_texts_are_not_inherited(write: Any) -> None:
    scenario = load_scenario(write('about = "mine"\n'))
    assert (scenario.title, scenario.about, scenario.expect) == ("", "mine", "")


def test_extends_a_path_relative_to_the_file(write: Any, tmp_path: Path) -> None:
    write("[world]\ncycles = 7\nconcerns = 3\n", name="parents/parent.toml")
    path = write("[world]\ncycles = 9\n", name="children/c.toml", extends="../parents/parent.toml")
    world = load_scenario(path).world
    assert (world.cycles, world.concerns, world.customers) == (9, 3, 300)


def test_a_file_may_be_called_like_the_bundled_one_it_extends(write: Any) -> None:
    path = write("[world]\ncycles = 7\n", name="baseline.toml")
    assert load_scenario(path).world.cycles == 7


def test_named_tables_are_added_unless_replaced(write: Any) -> None:
    added = load_scenario(write("[segments.firms]\nworth = 9\n"))
    assert list(added.segments) == ["customers", "firms"]
    replaced = load_scenario(write('replace = ["segments"]\n[segments.firms]\nworth = 9\n'))
    assert list(replaced.segments) == ["firms"]
    assert replaced.world.customers == 300


def test_replace_of_a_plain_table_returns_to_the_defaults(write: Any) -> None:
    write("[world]\ncycles = 7\n", name="parent.toml")
    path = write('replace = ["world"]\n[world]\nconcerns = 3\n', extends="parent.toml")
    assert load_scenario(path).world.cycles == 120


@pytest.mark.parametrize(
    ("text", "key", "found", "allowed", "near"),
    [
        ('replace = ["segmnts"]', "replace", 'replace = ["segmnts"]', "a list of", "segments"),
        ('replace = "segments"', "replace", 'replace = "segments"', "a list of", "segments"),
        ("replace = [3]", "replace", "replace = [3]", "a list of", None),
    ],
)
def test_replace_lists_no_table(
    text: str, key: str, found: str, allowed: str, near: str | None, write: Any
) -> None:
    path = write(text)
    error = caught(path)
    assert isinstance(error, ScenarioError)
    assert (error.where, error.key) == (str(path), key)
    assert (error.found or "").startswith(found)
    assert (error.allowed or "").startswith(allowed)
    assert error.nearest == near


@pytest.mark.parametrize("value", ["3", '""', '["baseline"]'])
def test_extends_is_no_name(value: str, write: Any) -> None:
    path = write(f"extends = {value}\n", extends=None)
    error = caught(path)
    assert (error.where, error.key) == (str(path), "extends")
    assert "a bundled scenario's name" in str(error.allowed)


def test_extends_unknown_name(write: Any) -> None:
    path = write("", extends="basline")
    error = caught(path)
    assert (error.where, error.key, error.nearest) == (str(path), "extends", "baseline")
    assert error.found == '"basline"'
    assert error.hint is None
    beside = write("", name="other.toml", extends="mine")
    assert '"mine.toml"' in str(caught(beside).hint)


def test_extends_missing_file(write: Any) -> None:
    path = write("", extends="folder/no.toml")
    error = caught(path)
    assert (error.where, error.key) == (str(path), "extends")
    assert "folder/no.toml" in str(error.found)


def test_extends_in_a_circle_shows_the_chain(write: Any) -> None:
    first = write("", name="a.toml", extends="b.toml")
    second = write("", name="b.toml", extends="a.toml")
    error = caught(first)
    assert (error.where, error.key) == (str(second), "extends")
    assert error.found == f"{first} -> {second} -> {first}"
    alone = write("", name="c.toml", extends="./c.toml")
    assert caught(alone).found is not None
