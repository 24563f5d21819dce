"""What can be moved in an explorer: names, levels, and what is said of wrong ones."""

from __future__ import annotations

import builtins
import contextlib
from typing import Any

import numpy as np
import pytest

import culturesim as cs
from culturesim.app import explorer_widget
from culturesim.scenario.contradictions import InconsistentError
from culturesim.scenario.describe import describe

ACCURACY = "organizations.*.prior.accuracy"
SMALL = {"world.customers": 40, "organizations.*.teams": 4, "world.cycles": 12}


@pytest.fixture(scope="module")
def small() -> cs.Scenario:
    return cs.load_scenario("baseline", SMALL)


# --- what can be moved


def knob(scenario: cs.Scenario | str, parameters: Any) -> Any:
    (only,) = cs.explore(scenario, parameters, replications=1)._knobs
    return only


@pytest.mark.parametrize(
    ("parameters", "path", "levels"),
    [
        (["prior.accuracy"], ACCURACY, 51),
        ({"accuracy": (0.2, 0.4)}, ACCURACY, (0.2, 0.205, 0.21)),
        ({"accuracy": [0.9, 0.1]}, ACCURACY, (0.1, 0.3, 0.9)),
        ({"teams": (2, 6)}, "organizations.*.teams", (2, 3, 4, 5, 6)),
        ({"world.care_memory": np.array([10.0, 20.0])}, "world.care_memory", (10.0, 20.0, 240.0)),
        (["growth.on"], "growth.on", (False, True)),
        ("segments.*.kind", "segments.*.kind", ("external", "internal")),
        ({"world.cycles": None}, "world.cycles", tuple(range(2, 201))),
    ],
)
def test_levels_of_what_is_moved(
    small: cs.Scenario, parameters: Any, path: str, levels: int | tuple[Any, ...]
) -> None:
    found = knob(small.override({"world.cycles": 20}), parameters)
    assert found.path == path
    if isinstance(levels, int):
        assert len(found.levels) == levels
        assert (found.levels[0], found.levels[-1]) == (0.0, 1.0)
    else:
        assert found.levels[: len(levels)] == levels


def test_every_number_of_the_schema_can_be_moved_within_its_range(small: cs.Scenario) -> None:
    moved = 0
    for row in [row.path for row in describe(small)]:
        try:
            found = knob(small, row)
        except cs.ArgumentError:
            continue
        moved += 1
        assert len(found.levels) > 1, row
        for level in (found.levels[0], found.levels[-1]):
            with contextlib.suppress(InconsistentError):  # alone it is allowed
                small.override({row: level})
    assert moved > 50


def test_names_with_different_values_stay_apart_until_they_are_moved() -> None:
    scenario = cs.load_scenario("two-segments", SMALL).override({"segments.*.worth": 6})
    first = next(iter(scenario.segments))
    scenario = scenario.override({f"segments.{first}.worth": 5})
    explorer = cs.explore(scenario, ["worth"], replications=1)
    assert explorer.values == {"segments.*.worth": None}
    assert explorer.scenario == scenario
    explorer.move({"worth": 5.0})
    assert {segment.worth for segment in explorer.scenario.segments.values()} == {5}


# --- mistakes


@pytest.mark.parametrize(
    ("changes", "key", "nearest"),
    [
        ({"parameters": ["world.care_memry"]}, "world.care_memry", "care_memory"),
        ({"parameters": ["acuracy"]}, "acuracy", ACCURACY),
        ({"parameters": ["segments.nobody.worth"]}, "segments.nobody", None),
        ({"parameters": ["initial"]}, "initial", None),
        ({"parameters": ["world"]}, "world", None),
        ({"parameters": ["organizations.*.prior"]}, "organizations.*.prior", None),
        ({"parameters": ["organizations.*.culture"]}, "organizations.*.culture", None),
        ({"parameters": ["organizations.*.home"]}, "organizations.*.home", None),
        ({"parameters": []}, "parameters", None),
        ({"parameters": ["accuracy", ACCURACY]}, ACCURACY, None),
        ({"parameters": {"accuracy": (0.5, 0.1)}}, ACCURACY, None),
        ({"parameters": {"accuracy": (0.1, 0.2, 0.3)}}, ACCURACY, None),
        ({"parameters": {"accuracy": (0.0, 7.0)}}, "organizations.acme.prior.accuracy", None),
        ({"parameters": {"accuracy": 0.5}}, ACCURACY, None),
        ({"parameters": {"accuracy": []}}, ACCURACY, None),
        ({"metric": "value_creatd"}, "value_creatd", "value_created"),
        ({"metric": "final_culture"}, "final_culture", None),
        ({"cultures": ("execution", "discovry")}, "discovry", "discovery"),
        ({"cultures": ("execution",)}, "cultures", None),
        ({"cultures": ("execution", "discovery", "lean_startup")}, "cultures", None),
        ({"cultures": 3}, "cultures", None),
        ({"replications": 0}, "replications", None),
        ({"workers": 0}, "workers", None),
        ({"seed": -1}, "seed", None),
        ({"scenario": "basline"}, "basline", "baseline"),
    ],
)
def test_a_mistake_is_said(changes: dict[str, Any], key: str, nearest: str | None) -> None:
    with pytest.raises((cs.ArgumentError, cs.ScenarioError)) as caught:
        cs.explore(**changes)
    assert key in str(caught.value)
    if nearest:
        assert caught.value.nearest == nearest


def test_without_anywidget_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    load = builtins.__import__

    def missing(name: str, *rest: Any, **named: Any) -> Any:
        if name == "culturesim.app.explorer_widget":
            raise ModuleNotFoundError("No module named 'anywidget'", name="anywidget")
        return load(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(cs.ArgumentError, match=r"pip install 'culturesim\[notebook\]'"):
        cs.explore()


def test_cultures_look_as_in_the_figures() -> None:
    execution, other = cs.explore(
        cs.load_scenario("baseline", SMALL), "worth", ("execution", "lean_startup"), replications=1
    ).told["cultures"]
    assert (execution["colour"], execution["dash"]) == ("#D55E00", None)
    assert (other["label"], other["colour"], other["dash"]) == (
        "lean startup",
        "#CC79A7",
        "3.5 3.5",
    )


def test_the_script_is_one_module_without_a_network() -> None:
    script, styles = str(explorer_widget.Explorer._esm), str(explorer_widget.Explorer._css)
    assert "\nimport " not in script
    assert script.count("\nexport ") == 1
    for text in (script, styles):
        assert "fetch(" not in text
        assert "http" not in text.replace("http://www.w3.org/", "")
