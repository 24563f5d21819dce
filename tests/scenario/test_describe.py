"""The tables for the command line and the documentation: complete, and true to the schema."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

import pytest

from culturesim.errors import ScenarioError
from culturesim.scenario import Scenario, bundled_scenarios, load_scenario
from culturesim.scenario.describe import ParameterRow, describe, json_schema, parameters

ROWS = {row.path: row for row in parameters()}
NUMBERS = ("a number", "a whole number")


@pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: row.path)
def test_every_parameter_says_what_it_is(row: ParameterRow) -> None:
    assert row.unit
    assert row.meaning.endswith(".")
    assert row.status in {"measured", "estimated", "assumed"}
    assert row.source.startswith(f"{row.status}: ")
    assert len(row.source) > len(row.status) + 2
    words = {*NUMBERS, "text", "text or a number", "a list of names", "true or false"}
    assert row.type in words or row.type.startswith("one of ")
    assert bool(row.range) == (row.type.endswith("number"))
    assert row.required == (row.default is None)


@pytest.mark.parametrize(
    ("path", "default", "range"),
    [
        ("world.cycles", 120, "1 to 100000"),
        ("world.care_memory", 240.0, "0 or more, inf included"),
        ("segments.*.budget", math.inf, "above 0, inf included"),
        ("segments.*.share", 1.0, "above 0, up to 1000000000"),
        ("organizations.*.prior.accuracy", 0.3, "0 to 1"),
        ("organizations.*.culture", "execution", "0 to 1"),
        ("organizations.*.poles", ["execution", "discovery"], ""),
        ("means.listening_noise", 0.12, "0.001 to 10"),
        ("cultures.*.listening", None, "0 to 1"),
        ("segments.*.kind", "external", ""),
        ("segments.*.organization", "", ""),
        ("growth.on", False, ""),
        ("growth.conformity", 2.0, "above 0, up to 20"),
        ("growth.degree", 4, "0 to 100000"),
        ("leadership.*.kind", None, ""),
        ("leadership.*.strength", None, "0 to 1"),
        ("leadership.*.target", "all", ""),
        ("leadership.*.organizations", [], ""),
        ("leadership.*.from", None, "0 to 100000"),
        ("leadership.*.to", 0, "0 to 100000"),
    ],
)
def test_rows(path: str, default: object, range: str) -> None:
    assert ROWS[path].default == default
    assert ROWS[path].range == range


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("growth.on", "true or false"),
        ("segments.*.kind", "one of external, internal"),
        ("leadership.*.kind", "one of seed, cultivate, mandate"),
        (
            "leadership.*.target",
            "one of all, champions, laggards, random, cluster or a list of whole numbers",
        ),
    ],
)
def test_types_in_words(path: str, words: str) -> None:
    assert ROWS[path].type == words


def test_memory_of_an_aspiration_is_what_own_and_others_leave() -> None:
    own, others = (ROWS[f"growth.aspiration_{whose}"].default for whose in ("own", "others"))
    assert 1 - own - others == pytest.approx(0.85)


def limits() -> list[tuple[str, float]]:
    """Every end of every range, with a value just beyond it."""
    cases = []
    for row in ROWS.values():
        if row.type in NUMBERS:
            ends = row.range.removesuffix(", inf included").removesuffix(" or more")
            words = ends.removeprefix("above ").replace(", up to ", " to ").split(" to ")
            step = 1 if row.type == "a whole number" else 1e-6
            low = float(words[0]) if ends.startswith("above ") else float(words[0]) - step
            cases.append((row.path, low))
            if len(words) == 2:
                cases.append((row.path, float(words[1]) * (1 + 1e-9) + (step if step == 1 else 0)))
    return cases


def everything() -> Scenario:
    """A scenario with at least one of whatever there can be."""
    action = {"kind": "mandate", "from": 3, "to": 9, "strength": 0.5, "target": [1, 2]}
    return load_scenario("shock", {"leadership": [action]})


@pytest.mark.parametrize(("path", "beyond"), limits())
def test_ranges_in_words_are_the_ranges_that_hold(path: str, beyond: float) -> None:
    value = int(beyond) if ROWS[path].type == "a whole number" else beyond
    with pytest.raises(ScenarioError, match="is out of range") as caught:
        everything().override({path: value})
    assert caught.value.allowed == f"{ROWS[path].type}, {ROWS[path].range}"


def leaves(values: Any, path: str = "") -> Iterator[str]:
    """Give the dotted path of everything that is no table."""
    if isinstance(values, dict):
        for name, value in values.items():
            yield from leaves(value, f"{path}.{name}" if path else name)
    else:
        yield path


@pytest.mark.parametrize("name", [*bundled_scenarios(), "everything"])
def test_describe_has_a_row_for_every_value(name: str) -> None:
    scenario = everything() if name == "everything" else load_scenario(name)
    rows = describe(scenario)
    values = scenario.resolved()
    for row in rows:
        here = values
        for step in row.path.split("."):
            here = here[step]
        assert here == row.value
        assert row.unit
        assert row.meaning
    heads = {"title", "about", "expect"}
    expected = sorted(path for path in leaves(values) if path not in heads)
    assert sorted(row.path for row in rows) == expected


def test_describe_says_what_differs_from_the_default() -> None:
    scenario = load_scenario("baseline", {"world.care_memory": 60})
    rows = {row.path: row for row in describe(scenario)}
    assert rows["world.care_memory"].differs
    assert rows["world.care_memory"].default == 240
    assert not rows["world.cycles"].differs
    assert not rows["segments.customers.budget"].differs
    assert not rows["organizations.acme.poles"].differs
    assert rows["cultures.execution.replan"].differs  # nothing to be equal to


def test_describe_names_actions_by_their_number() -> None:
    rows = {row.path: row for row in describe(everything())}
    assert rows["leadership.0.target"].value == [1, 2]
    assert rows["leadership.0.target"].differs
    assert rows["leadership.0.to"].default == 0
    assert not rows["leadership.0.teams"].differs
    assert rows["leadership.0.from"].differs  # nothing to be equal to
    assert not rows["growth.on"].differs


def test_the_baseline_is_the_schema_s_defaults() -> None:
    different = {row.path for row in describe(load_scenario("baseline")) if row.differs}
    practices = {row.path.rpartition(".")[2] for row in ROWS.values() if row.required}
    optional = {path for path in different if path.rpartition(".")[2] not in practices}
    assert {path.split(".")[0] for path in different} == {"cultures"}
    assert {path.rpartition(".")[2] for path in optional} == {"taper", "gate"}


def test_json_schema_describes_a_file() -> None:
    schema = json_schema()
    json.dumps(schema, allow_nan=False)
    assert {"extends", "replace", *Scenario.model_fields} == set(schema["properties"])
    assert "required" not in schema
    culture = schema["$defs"]["Culture"]
    assert "like" in culture["properties"]
    assert "required" not in culture
    assert culture["properties"]["listening"]["maximum"] == 1
    assert culture["properties"]["listening"]["unit"] == "share of free effort"
    assert "default" not in schema["$defs"]["Segment"]["properties"]["budget"]
    assert schema["$defs"]["Segment"]["properties"]["kind"]["enum"] == ["external", "internal"]
    assert schema["$defs"]["Growth"]["properties"]["on"]["type"] == "boolean"


def test_json_schema_takes_leaders_as_a_list_and_as_tables_by_name() -> None:
    schema = json_schema()
    listed, by_name = schema["properties"]["leadership"]["anyOf"]
    reference = {"$ref": "#/$defs/Action"}
    assert listed == {"type": "array", "items": reference}
    assert by_name["type"] == "object"
    assert list(by_name["patternProperties"].values()) == [reference]
    action = schema["$defs"]["Action"]
    assert "required" not in action
    assert list(action["properties"])[-2:] == ["from", "to"]
    words, rows = action["properties"]["target"]["anyOf"]
    assert words["enum"][0] == "all"
    assert rows["items"] == {"type": "integer", "minimum": 0}
