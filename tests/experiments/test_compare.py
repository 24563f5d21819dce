"""What there is to compare, how it is run, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import culturesim as cs
from culturesim.experiments.compare import LEFT_ALONE, question

THREE = ("execution", "discovery", "lean_startup")


@pytest.fixture(scope="module")
def scenario() -> cs.Scenario:
    changes = {"world.customers": 50, "organizations.*.teams": 4, "world.cycles": 12}
    return cs.load_scenario("known-market", {**changes, "production.saturation": 15})


@pytest.fixture(scope="module")
def two(scenario: cs.Scenario) -> cs.Comparison:
    return cs.compare(scenario, replications=9, seed=6, workers=2)


def test_execution_is_the_base_unless_said_otherwise(two: cs.Comparison) -> None:
    assert two.cultures == ("execution", "discovery")
    assert two.replications == 9
    assert two.seed == 6
    assert repr(two) == "<Comparison of execution, discovery in known-market>"


def test_it_is_the_ensembles_alone(two: cs.Comparison, scenario: cs.Scenario) -> None:
    for culture in two.cultures:
        alone = cs.ensemble(scenario, culture, replications=9, seed=6)
        assert alone.records.tobytes() == two.ensembles[culture].records.tobytes()


def test_one_replication(scenario: cs.Scenario) -> None:
    comparison = cs.compare(scenario, replications=1)
    row = comparison.table.loc["value_created"]
    assert (row["low"], row["high"]) == (-np.inf, np.inf)
    assert "may be chance" in comparison.sentence


def test_progress_counts_all_cultures(scenario: cs.Scenario) -> None:
    told: list[tuple[int, int]] = []
    cs.compare(
        scenario, THREE, replications=5, progress=lambda done, total: told.append((done, total))
    )
    done = [done for done, _ in told]
    assert {total for _, total in told} == {15}
    assert done == sorted(set(done))
    assert done[-1] == 15


@pytest.mark.parametrize(
    "cultures",
    [(), ("discovery",), "discovery", ("discovery", "discovery"), (*THREE, "execution")],
)
def test_two_or_more_different_cultures(cultures: Any, scenario: cs.Scenario) -> None:
    with pytest.raises(cs.ArgumentError) as caught:
        cs.compare(scenario, cultures, replications=1)
    assert caught.value.key == "cultures"
    assert caught.value.problem == "must be two or more different names"
    assert str(caught.value.allowed).split(", ") == list(scenario.culture_names)


def test_unknown_culture_before_anything_is_run(
    scenario: cs.Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_: Any) -> None:
        raise AssertionError("something was run")

    monkeypatch.setattr("culturesim.model.engine.Setup.run", run)
    with pytest.raises(cs.ArgumentError) as caught:
        cs.compare(scenario, ("execution", "learn_startup"))
    assert (caught.value.key, caught.value.nearest) == ("learn_startup", "lean_startup")


@pytest.mark.parametrize("number", [0, 1.5, "3"])
def test_wrong_number_of_replications(number: Any, scenario: cs.Scenario) -> None:
    with pytest.raises(cs.ArgumentError) as caught:
        cs.compare(scenario, replications=number)
    assert caught.value.key == "replications"


# --- what there is to compare


def test_cultures_that_are_named_come_before_all_else() -> None:
    """Organizations, leaders and growth or not: whoever names cultures wants these."""
    for name in ("baseline", "garden", "head-to-head", "champions-or-everyone"):
        asked = question(name, ["discovery", "execution"])
        assert asked.kind == "cultures"
        assert asked.names == asked.cultures == ("discovery", "execution")
        assert [s.name for s in asked.scenarios] == [name, name]
        assert asked.distinct == [asked.scenarios[0]]


def test_several_scenarios_as_they_are() -> None:
    """Several organizations or leaders in them change nothing."""
    listed = ["mandate", "garden", "seeds"]
    asked = question(listed)
    assert asked.kind == "scenarios"
    assert asked.names == tuple(listed)
    assert asked.cultures == (None, None, None)
    assert asked.distinct == list(asked.scenarios)
    assert [s.hash() for s in asked.scenarios] == [cs.load_scenario(n).hash() for n in listed]
    assert question(("head-to-head", "baseline")).kind == "scenarios"


def test_several_organizations_with_each_other() -> None:
    """Leaders change nothing: one of the rivals may have some, and another none."""
    for name, firms in {
        "head-to-head": ("planner", "listener"),
        "champions-or-everyone": ("pilots", "everyone"),
    }.items():
        asked = question(name)
        assert (asked.kind, asked.names) == ("organizations", firms)
        assert asked.cultures == (None, None)
        assert len(asked.distinct) == 1


def test_leaders_with_their_absence() -> None:
    asked = question("mandate")
    assert asked.kind == "scenarios"
    assert asked.names == (LEFT_ALONE, "mandate")
    alone, led = asked.scenarios
    assert not alone.leadership
    assert led.hash() == cs.load_scenario("mandate").hash()
    assert alone.hash() == led.override({"leadership": []}).hash()
    assert len(asked.distinct) == 2


def test_execution_with_discovery_where_nothing_else_is_asked() -> None:
    alone = cs.load_scenario("garden").override({"leadership": []})
    for scenario in (cs.load_scenario("baseline"), alone):
        asked = question(scenario)
        assert asked.kind == "cultures"
        assert asked.names == asked.cultures == ("execution", "discovery")


def test_a_path_a_list_of_one_and_a_tuple(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('extends = "baseline"\n[world]\ncycles = 7\n', encoding="utf-8")
    for given in (mine, str(mine), [mine], (mine,), [cs.load_scenario(mine)]):
        asked = question(given)
        assert asked.kind == "cultures"
        assert asked.scenarios[0].world.cycles == 7
    baseline = cs.load_scenario("baseline", {"world.cycles": 7})
    assert question((mine, baseline)).names == ("mine", "baseline")


# --- what is refused


def refused(scenario: Any, cultures: Any = None) -> cs.ArgumentError:
    with pytest.raises(cs.ArgumentError) as caught:
        question(scenario, cultures)
    return caught.value


@pytest.mark.parametrize("cultures", [["execution", "discovery"], ["discovery"], "discovery", []])
def test_cultures_in_several_scenarios(cultures: Any) -> None:
    error = refused(["garden", "mandate"], cultures)
    assert error.key == "cultures"
    assert error.problem == "cannot be compared in several scenarios at once"
    assert error.found == ("discovery" if cultures == "discovery" else ", ".join(cultures))
    assert error.allowed == "cultures in one scenario, or scenarios as they are"


def test_sums_over_different_lengths() -> None:
    shorter = cs.load_scenario("mandate", {"world.cycles": 100})
    error = refused(["garden", shorter])
    assert error.key == "scenarios"
    assert error.problem == "must run equally long, or their sums say nothing"
    assert error.found == "garden: 200 cycles, mandate: 100 cycles"
    assert error.hint == "set world.cycles=200 for all of them"


def test_the_same_scenario_twice() -> None:
    error = refused(["garden", cs.load_scenario("garden", {"leadership.0.to": 30})])
    assert (error.key, error.problem) == ("scenarios", "must have different names")
    assert error.found == "garden, garden"


@pytest.mark.parametrize("nothing", [[], ()])
def test_nothing_to_compare(nothing: Any) -> None:
    error = refused(nothing)
    assert (error.key, error.problem, error.found) == (
        "scenario",
        "nothing to compare",
        "an empty list",
    )


def test_a_scenario_that_does_not_exist_among_several() -> None:
    with pytest.raises(cs.ScenarioError):
        question(["garden", "gardem"])


# --- how it is run


def small(name: str) -> cs.Scenario:
    changes = {"world.customers": 50, "world.cycles": 40, "organizations.*.teams": 4}
    return cs.load_scenario(name, changes)


def test_scenarios_are_run_as_they_are() -> None:
    listed = [small("head-to-head"), small("newcomer")]
    comparison = cs.compare(listed, replications=3, seed=6)
    assert comparison.kind == "scenarios"
    assert comparison.scenarios == listed
    for one in listed:
        alone = cs.ensemble(one, replications=3, seed=6)
        assert comparison.ensembles[one.name].records.tobytes() == alone.records.tobytes()


def test_rivals_are_run_once() -> None:
    scenario = small("head-to-head")
    told: list[tuple[int, int]] = []
    comparison = cs.compare(
        scenario, replications=3, seed=6, progress=lambda *counts: told.append(counts)
    )
    assert comparison.kind == "organizations"
    assert told[-1] == (3, 3)
    together = cs.ensemble(scenario, replications=3, seed=6)
    for name in ("planner", "listener"):
        part = comparison.ensembles[name]
        assert part.records.tobytes() == together.of(name).records.tobytes()


def test_leaders_make_no_difference_before_they_act() -> None:
    """Both worlds are the same until the order is given in cycle 20, and not afterwards."""
    comparison = cs.compare(small("mandate").override({"leadership.0.to": 40}), replications=2)
    alone, led = (e.records for e in comparison.ensembles.values())
    assert alone[:, :20].tobytes() == led[:, :20].tobytes()
    assert alone[:, 20:].tobytes() != led[:, 20:].tobytes()
