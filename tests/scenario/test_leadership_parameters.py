"""Leaders and growth in files: a list or tables by name, inherited, contradicted, resolved."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest

from culturesim.errors import ScenarioError
from culturesim.scenario import Scenario, load_scenario
from culturesim.scenario.leadership_parameters import window
from tests.scenario.catch import caught

SEED = '[[leadership]]\nkind = "seed"\nfrom = 3\nstrength = 0.5\n'
MANDATE = '[[leadership]]\nkind = "mandate"\nfrom = 5\nto = 9\nstrength = 0.7\n'
OTHER = "[organizations.other]\nteams = 2\n"


# --- as a list, and as tables by name


def test_list_is_the_table_by_number(write: Any) -> None:
    scenario = load_scenario(write(SEED + 'target = "random"\nteams = 2\n' + MANDATE))
    assert list(scenario.leadership) == ["0", "1"]
    seed, mandate = scenario.leadership.values()
    assert (seed.kind, seed.strength, seed.target, seed.teams) == ("seed", 0.5, "random", 2)
    assert seed.organizations == ()
    assert window(seed) == (3, 0)
    assert window(mandate) == (5, 9)


def test_tables_by_name(write: Any) -> None:
    text = '[leadership.early]\nkind = "seed"\nfrom = 0\nstrength = 1\ntarget = [4, 0]\n'
    (action,) = load_scenario(write(text)).leadership.items()
    assert (action[0], action[1].target) == ("early", (4, 0))


def test_the_two_spellings_are_one_scenario(write: Any) -> None:
    listed = load_scenario(write(SEED + MANDATE, name="a.toml"))
    by_name = SEED.replace("[[leadership]]", "[leadership.0]")
    by_name += MANDATE.replace("[[leadership]]", "[leadership.1]")
    named = load_scenario(write(by_name, name="b.toml"))
    assert listed == named
    assert listed.hash() == named.hash()


# --- inheritance


def actions(path: Any) -> dict[str, tuple[str, float]]:
    scenario = load_scenario(path)
    return {name: (a.kind, a.strength) for name, a in scenario.leadership.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {"0": ("seed", 0.5), "1": ("mandate", 0.7)}),
        ("[leadership.0]\nstrength = 0.2\n", {"0": ("seed", 0.2), "1": ("mandate", 0.7)}),
        ("[leadership.1]\nstrength = 0.2\n", {"0": ("seed", 0.5), "1": ("mandate", 0.2)}),
        (SEED, {"0": ("seed", 0.5)}),
        (MANDATE, {"0": ("mandate", 0.7)}),
        ("leadership = []\n", {}),
        ('replace = ["leadership"]\n', {}),
        (
            SEED.replace("[[leadership]]", "[leadership.more]"),
            {"0": ("seed", 0.5), "1": ("mandate", 0.7), "more": ("seed", 0.5)},
        ),
        (
            'replace = ["leadership"]\n' + SEED.replace("[[leadership]]", "[leadership.more]"),
            {"more": ("seed", 0.5)},
        ),
    ],
)
def test_a_list_replaces_and_a_table_merges(text: str, expected: Any, write: Any) -> None:
    write(SEED + MANDATE, name="parent.toml")
    assert actions(write(text, extends="parent.toml")) == expected


def test_nothing_of_a_replaced_action_is_left(write: Any) -> None:
    write(SEED + 'target = "random"\nteams = 2\n', name="parent.toml")
    action = load_scenario(write(SEED, extends="parent.toml")).leadership["0"]
    assert (action.target, action.teams) == ("all", 0)


@pytest.mark.parametrize("missing", ["kind", "from", "strength"])
def test_what_a_list_lacks_is_missing_in_its_own_file(missing: str, write: Any) -> None:
    """Not in the file that it extends, though a value stood there before."""
    write(SEED, name="parent.toml")
    lines = [line for line in SEED.splitlines() if not line.startswith(missing)]
    path = write("\n".join(lines), extends="parent.toml")
    error = caught(path)
    assert (error.where, error.key) == (str(path), f"leadership.0.{missing}")
    assert error.problem == "is missing"


def test_mistake_in_an_inherited_action_names_the_file_of_the_mistake(write: Any) -> None:
    parent = write(SEED.replace("0.5", "1.5"), name="parent.toml")
    path = write("[leadership.0]\nfrom = 4\n", extends="parent.toml")
    error = caught(path)
    assert (error.where, error.key) == (str(parent), "leadership.0.strength")


# --- contradictions


@pytest.mark.parametrize(
    ("text", "key", "found", "allowed", "near"),
    [
        (SEED + "to = 9", "leadership.0.to", "to = 9", "no `to`", None),
        (
            MANDATE.replace("to = 9", "to = 5"),
            "leadership.0.to",
            "from = 5, to = 5",
            "6 or more; 0: until the run ends",
            None,
        ),
        (
            SEED.replace("from = 3", "from = 120"),
            "leadership.0.from",
            "from = 120, world.cycles = 120",
            "0 to 119",
            None,
        ),
        (SEED + "teams = 2", "leadership.0.teams", 'target = "all", teams = 2', "no `teams`", None),
        *(
            (
                SEED + f'target = "{target}"',
                "leadership.0.teams",
                f'target = "{target}", teams = 0',
                "1 or more",
                None,
            )
            for target in ("champions", "laggards", "random", "cluster")
        ),
        (
            SEED + "target = [1]\nteams = 1",
            "leadership.0.teams",
            "target = [1], teams = 1",
            "no `teams`",
            None,
        ),
        (SEED + "target = []", "leadership.0.target", "target = []", "numbers of teams", None),
        (SEED + "target = [1, 1]", "leadership.0.target", "target = [1, 1]", "each number", None),
        (SEED + "target = [3, 12]", "leadership.0.target", "target = [3, 12]", "0 to 11", None),
        (OTHER + SEED + "target = [2]", "leadership.0.target", "target = [2]", "0 to 1", None),
        (
            SEED + 'organizations = ["acm"]',
            "leadership.0.organizations",
            'organizations = "acm"',
            "acme",
            "acme",
        ),
        ("[growth]\ndegree = 3", "growth.degree", "degree = 3", "an even number", None),
        (
            "[growth]\naspiration_own = 0.75\naspiration_others = 0.5",
            "growth.aspiration_own",
            "aspiration_own + aspiration_others = 1.25",
            "0 to 1 together",
            None,
        ),
        (
            '[segments.x]\norganization = "acme"',
            "segments.x.organization",
            'organization = "acme", kind = "external"',
            'kind = "internal", or no organization',
            None,
        ),
        (
            '[segments.x]\nkind = "internal"\norganization = "acm"',
            "segments.x.organization",
            'organization = "acm"',
            "acme",
            "acme",
        ),
        (
            OTHER + '[segments.x]\nkind = "internal"',
            "segments.x.organization",
            "2 organizations",
            "acme, other",
            None,
        ),
    ],
)
def test_contradiction(
    text: str, key: str, found: str, allowed: str, near: str | None, write: Any
) -> None:
    path = write(text)
    error = caught(path)
    assert isinstance(error, ScenarioError)
    assert (error.where, error.key, error.found) == (str(path), key, found)
    assert (error.allowed or "").startswith(allowed)
    assert error.nearest == near
    assert error.more == 0


def test_an_organization_is_spoken_of_with_its_article(write: Any) -> None:
    error = caught(write(SEED + 'organizations = ["acm"]'))
    assert error.problem == "names an organization that does not exist"


def test_all_contradictions_are_counted(write: Any) -> None:
    error = caught(write(SEED + "to = 2\nteams = 3\n" + MANDATE + 'target = "cluster"\n'))
    assert (error.key, error.more) == ("leadership.0.to", 2)


def test_a_long_list_of_teams_is_cut_short(write: Any) -> None:
    rows = ", ".join(map(str, range(40)))
    assert caught(write(SEED + f"target = [{rows}]")).found == "target = [0, 1, 2, 3, 4, ...]"


# --- the scenario made of it


@pytest.fixture
def garden() -> Scenario:
    return load_scenario(
        "baseline",
        {
            "growth.on": True,
            "leadership": [
                {"kind": "seed", "from": 1, "strength": 0.5, "target": [0, 2]},
                {"kind": "cultivate", "from": 2, "strength": 0.1, "organizations": ["acme"]},
            ],
        },
    )


def test_resolved_is_plain_and_loads_again(garden: Scenario) -> None:
    values = garden.resolved()
    assert values["growth"]["on"] is True
    assert values["leadership"]["0"] == {
        "kind": "seed",
        "strength": 0.5,
        "target": [0, 2],
        "teams": 0,
        "organizations": [],
        "from": 1,
        "to": 0,
    }
    again = Scenario.model_validate(json.loads(json.dumps(values)))
    assert again == garden
    assert again.hash() == garden.hash()


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda s: pickle.loads(pickle.dumps(s))])
def test_copies_are_equal(copied: Any, garden: Scenario) -> None:
    assert copied(garden) == garden
    assert window(copied(garden).leadership["1"]) == (2, 0)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("growth.on", False),
        ("growth.rewiring", 0.1),
        ("leadership.0.strength", 0.6),
        ("leadership.0.target", [0, 3]),
        ("leadership.0.target", "all"),
        ("leadership.1.kind", "mandate"),
        ("leadership.1.to", 3),
        ("leadership.1.organizations", []),
        ("leadership", []),
        ("segments.customers.kind", "internal"),
    ],
)
def test_hash_sees_everything_that_leaders_do(path: str, value: Any, garden: Scenario) -> None:
    changed = garden.override({path: value})
    assert changed.hash() != garden.hash()
    assert {key.partition(".")[0] for key, *_ in changed.differences(garden)} == {
        path.partition(".")[0]
    }


def test_hash_sees_the_order_of_actions(garden: Scenario) -> None:
    """Actions of one cycle follow the file."""
    values = garden.resolved()
    turned = {**values, "leadership": dict(reversed(values["leadership"].items()))}
    assert Scenario.model_validate(turned).hash() != garden.hash()


def test_culture_of_every_organization_is_set(garden: Scenario) -> None:
    two = garden.override({"organizations.other": {"teams": 3, "culture": 0.2}})
    changed = two.with_culture("discovery")
    assert [o.culture for o in changed.organizations.values()] == ["discovery", "discovery"]
    assert changed.leadership == two.leadership
