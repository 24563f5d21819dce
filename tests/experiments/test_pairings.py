"""Markets of two: what is shared of a scenario, what stays, and what cannot be shared."""

from __future__ import annotations

from typing import Any

import pytest

import culturesim as cs
from culturesim.experiments.contestants import Contestant
from culturesim.experiments.pairings import alone, duel, entrants
from culturesim.scenario.params import parameters
from culturesim.state.parameters import Params

A, B = (Contestant(name, name, None) for name in ("execution", "discovery"))


def market(changes: dict[str, Any] | None = None, name: str = "baseline") -> cs.Scenario:
    return duel(cs.load_scenario(name, changes or {}), A, B).scenario


def test_only_the_first_organization_is_shared() -> None:
    scenario = cs.load_scenario("head-to-head")
    shared = duel(scenario, A, B)
    assert list(shared.scenario.organizations) == ["planner", "planner_rival", "listener"]
    cultures = {name: o.culture for name, o in shared.scenario.organizations.items()}
    assert cultures == {
        "planner": "execution",
        "planner_rival": "discovery",
        "listener": "discovery",
    }
    assert [o.teams for o in shared.scenario.organizations.values()] == [3, 3, 6]
    assert shared.teams == {"planner": 3, "planner_rival": 3}
    whole = alone(scenario, B).scenario.organizations
    assert [o.culture for o in whole.values()] == ["discovery", "discovery"]
    assert [o.teams for o in whole.values()] == [6, 6]


def test_what_is_not_shared_is_the_scenario_s() -> None:
    scenario = cs.load_scenario("baseline")
    shared = market()
    changed = {path for path, _, _ in scenario.differences(shared)}
    assert changed
    assert all(path.startswith("organizations.") for path in changed)
    assert shared.name == "baseline"


def test_a_name_that_is_taken_is_not_taken_again() -> None:
    scenario = cs.load_scenario("baseline")
    acme = scenario.resolved()["organizations"]["acme"]
    crowded = scenario.override({"organizations.acme_rival": acme})
    assert list(duel(crowded, A, B).scenario.organizations) == [
        "acme",
        "acme_rival_",
        "acme_rival",
    ]


def test_the_second_half_goes_on_with_homes_where_the_first_ended() -> None:
    changes = {
        "segments.firms": {"share": 1},
        "segments.homes": {"share": 1},
        "organizations.acme.teams": 4,
    }
    one, other = market(changes).organizations.values()
    assert list(one.home) == []  # all of them, in this order
    assert list(other.home) == ["homes", "customers", "firms"]


@pytest.mark.parametrize("name", cs.bundled_scenarios())
def test_bundled_scenarios_are_shared_unless_people_of_their_own_would_be(name: str) -> None:
    if name not in ("buy-in", "insiders-first"):
        assert len(market(name=name).organizations) == 1 + len(cs.load_scenario(name).organizations)
        return
    with pytest.raises(cs.ScenarioError) as caught:
        market(name=name)
    assert str(caught.value.key).startswith("segments.")
    assert caught.value.hint


def test_actions_are_for_half_as_many_teams_of_each_half() -> None:
    action = {"kind": "cultivate", "from": 1, "strength": 0.1, "target": "champions", "teams": 5}
    shared = market({"leadership": [action]})
    assert shared.leadership["0"].teams == 3
    assert list(shared.leadership["0"].organizations) == []
    named = market({"leadership": [{**action, "organizations": ["acme"]}]})
    assert list(named.leadership["0"].organizations) == ["acme", "acme_rival"]


@pytest.mark.parametrize(
    ("name", "changes", "key"),
    [
        ("baseline", {"organizations.acme.teams": 1}, "organizations.acme.teams"),
        ("baseline", {"segments.people": {"kind": "internal"}}, "segments.people.kind"),
        (
            "baseline",
            {"segments.people": {"kind": "internal", "organization": "acme"}},
            "segments.people.kind",
        ),
        (
            "baseline",
            {"leadership": [{"kind": "seed", "from": 1, "strength": 1, "target": [0, 7]}]},
            "leadership.0.target",
        ),
        (
            "head-to-head",
            {
                "leadership": [
                    {"kind": "seed", "from": 1, "strength": 1, "target": "random", "teams": 2}
                ]
            },
            "leadership.0.teams",
        ),
    ],
)
def test_what_cannot_be_shared_is_one_error_before_anything_is_run(
    name: str, changes: dict[str, Any], key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_: Any) -> None:
        raise AssertionError("something was run")

    monkeypatch.setattr("culturesim.model.simulate.Setup.run", run)
    with pytest.raises(cs.ScenarioError) as caught:
        cs.tournament(("execution", "discovery"), cs.load_scenario(name, changes), replications=1)
    assert caught.value.key == key


def test_people_of_others_may_stay() -> None:
    people = {"segments.people": {"kind": "internal", "organization": "listener"}}
    changes = {"organizations.planner.teams": 3, "segments.firms": {"share": 1}}
    shared = market(people | changes, "head-to-head")
    assert shared.segments["people"].organization == "listener"
    whole = parameters(cs.load_scenario("head-to-head", people | changes))
    halves = parameters(shared)

    def homes(params: Params, o: int) -> list[int]:
        row = params.organizations[o]
        return [int(params.homes[o, n % row["homes"]]) for n in range(row["teams"])]

    assert homes(halves, 0) + homes(halves, 1) == homes(whole, 0)


def test_all_cultures_take_part_if_none_are_named() -> None:
    scenario = cs.load_scenario("baseline")
    assert [entrant.label for entrant in entrants(scenario, None)] == list(scenario.culture_names)
