"""Values that are each allowed, but not together."""

from __future__ import annotations

from typing import Any

import pytest

from culturesim.errors import ScenarioError
from culturesim.scenario import Scenario
from tests.scenario.catch import caught


@pytest.mark.parametrize(
    ("text", "key", "found", "allowed", "near"),
    [
        (
            '[cultures.mine]\nlike = "discovery"\nlistening = 0.96',
            "cultures.mine",
            "listening = 0.96, testing = 0.05",
            "listening + testing from 0 to 1",
            None,
        ),
        (
            '[organizations.acme]\nculture = "executoin"',
            "organizations.acme.culture",
            'culture = "executoin"',
            "execution, discovery",
            "execution",
        ),
        (
            '[organizations.acme]\npoles = ["execution", "discvery"]',
            "organizations.acme.poles",
            'poles = "discvery"',
            "execution, discovery",
            "discovery",
        ),
        (
            '[organizations.acme]\npoles = ["execution"]',
            "organizations.acme.poles",
            "1 of them",
            "exactly two culture names",
            None,
        ),
        (
            '[organizations.acme]\npoles = ["execution", "discovery", "execution"]',
            "organizations.acme.poles",
            "3 of them",
            "exactly two culture names",
            None,
        ),
        (
            '[organizations.acme]\nhome = ["custmers"]',
            "organizations.acme.home",
            'home = "custmers"',
            "customers",
            "customers",
        ),
        (
            '[shocks.s]\ncycle = 1\nsize = 1\nsegments = ["custmers"]',
            "shocks.s.segments",
            'segments = "custmers"',
            "customers",
            "customers",
        ),
        (
            "[shocks.s]\ncycle = 120\nsize = 1",
            "shocks.s.cycle",
            "cycle = 120, world.cycles = 120",
            "0 to 119",
            None,
        ),
        (
            "[world]\ncustomers = 1\n[segments.firms]",
            "world.customers",
            "customers = 1 for 2 segments",
            "at least 2",
            None,
        ),
        (
            "[segments.firms]\nshare = 0.001",
            "segments.firms.share",
            "share = 0.001 of 300 customers",
            "a share that comes to at least one customer",
            None,
        ),
        ('replace = ["segments"]', "segments", "nothing in segments", "at least one each", None),
        ('replace = ["cultures"]', "cultures", "nothing in cultures", "at least one each", None),
        ('replace = ["organizations"]', "organizations", "nothing in", "at least one", None),
    ],
)
def test_contradiction(
    text: str, key: str, found: str, allowed: str, near: str | None, write: Any
) -> None:
    path = write(text)
    error = caught(path)
    assert isinstance(error, ScenarioError)
    assert (error.where, error.key) == (str(path), key)
    assert (error.found or "").startswith(found)
    assert (error.allowed or "").startswith(allowed)
    assert error.nearest == near


def test_empty_file(write: Any) -> None:
    path = write("", extends=None)
    error = caught(path)
    assert error.where == str(path)
    assert error.found == "nothing in segments, organizations, cultures"
    for table in ("[segments.NAME]", "[organizations.NAME]", "[cultures.NAME]"):
        assert table in str(error.allowed)
    assert 'extends = "baseline"' in str(error.hint)


def test_contradictions_are_found_without_the_loader_too(baseline: Scenario) -> None:
    values = baseline.resolved()
    values["cultures"]["discovery"]["listening"] = 0.96
    with pytest.raises(ScenarioError, match=r"cultures\.discovery gives away"):
        Scenario.model_validate(values)


@pytest.mark.parametrize(
    "changes",
    [
        {"organizations.acme.poles": ["discovery", "discovery"]},
        {"organizations.acme.home": ["customers"]},
        {"cultures.discovery.listening": 0.5, "cultures.discovery.testing": 0.5},
        {"shocks.turn": {"cycle": 119, "size": 0, "segments": ["customers"]}},
        {"organizations.other": {}},
        {"growth.aspiration_own": 0.5, "growth.aspiration_others": 0.5},
        {"growth.degree": 0},
        {"segments.customers.kind": "internal"},
        {"segments.customers.kind": "internal", "segments.customers.organization": "acme"},
        {
            "organizations.other": {"teams": 3},
            "segments.staff": {"kind": "internal", "organization": "other"},
        },
        {"leadership": [{"kind": "seed", "from": 119, "strength": 0, "to": 0}]},
        {"leadership": [{"kind": "mandate", "from": 3, "to": 4, "strength": 1}]},
        {"leadership": [{"kind": "seed", "from": 0, "strength": 1, "target": [11, 0]}]},
        {
            "leadership": [
                {"kind": "cultivate", "from": 0, "strength": 1, "target": "random", "teams": 99}
            ]
        },
        {
            "organizations.other": {"teams": 3},
            "leadership": [
                {
                    "kind": "seed",
                    "from": 0,
                    "strength": 1,
                    "target": [11],
                    "organizations": ["acme"],
                }
            ],
        },
    ],
)
def test_just_short_of_a_contradiction(changes: dict[str, Any], baseline: Scenario) -> None:
    assert isinstance(baseline.override(changes), Scenario)
