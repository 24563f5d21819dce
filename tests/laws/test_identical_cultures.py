"""Cultures with the same practices under two names: every paired difference is exactly 0.

Whatever grows, is led, is bought into or competes: a name plays no part, and no draw moves because
of it. Where both poles of an organization are the same in all but name, the propensity to take
one's stance or the other's is a label itself: everything but the label has to be the same.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import culturesim as cs
from culturesim.experiments.statistics import paired
from culturesim.model.measure import NAMES
from culturesim.model.results import RUN_NAMES

LABELS = {"culture", "culture_majority", "final_culture", "practised"}

GROWING: dict[str, Any] = {"growth.on": True, "growth.rewiring": 0.3}
LED: dict[str, Any] = {
    "leadership.grow": {
        "kind": "cultivate", "from": 2, "to": 12, "strength": 0.2, "target": "random", "teams": 2,
    },
    "leadership.sow": {
        "kind": "seed", "from": 4, "strength": 0.7, "target": "cluster", "teams": 2,
    },
    "leadership.order": {
        "kind": "mandate", "from": 15, "to": 25, "strength": 0.5, "target": "champions", "teams": 2,
    },
}  # fmt: skip
BOUGHT_INTO: dict[str, Any] = {
    "segments.staff": {"kind": "internal", "organization": "acme", "share": 0.4},
}
COMPETING: dict[str, Any] = {
    "organizations.rival": {"teams": 3, "price": 0.8},
    "organizations.third": {"teams": 2, "capacity": 15},
}
SMALL: dict[str, Any] = {
    "world.cycles": 40,
    "world.customers": 80,
    "organizations.acme.teams": 5,
    "cultures.twin": {"like": "discovery"},
}
WORLDS: dict[str, dict[str, Any]] = {
    "growing": GROWING,
    "led": LED,
    "growing and led": {**GROWING, **LED},
    "bought into": {**GROWING, **LED, **BOUGHT_INTO},
    "competing": {**COMPETING},
    "everything": {**GROWING, **LED, **BOUGHT_INTO, **COMPETING},
}


def world(name: str, changes: dict[str, Any] | None = None) -> cs.Scenario:
    return cs.load_scenario("baseline", {**SMALL, **WORLDS[name], **(changes or {})})


@pytest.mark.parametrize("name", WORLDS)
def test_every_paired_difference_is_nothing(name: str) -> None:
    scenario = world(name)
    twins = cs.compare(scenario, ("discovery", "twin"), replications=6, seed=5)
    one, other = (twins.ensembles[culture] for culture in twins.cultures)
    assert one.records.tobytes() == other.records.tobytes()
    for organization in scenario.organizations:
        for metric in RUN_NAMES:
            pair = one.values(metric, organization), other.values(metric, organization)
            if np.isnan(pair[0]).all():
                assert metric == "commitment_internal"  # of an organization without insiders
                continue
            result = paired(*pair)
            assert (result.difference, result.low, result.high) == (0.0, 0.0, 0.0), metric
            assert (result.ahead, result.behind) == (0.0, 0.0), metric
    assert (twins.table["difference"].dropna() == 0.0).all()
    assert (one.values("value_created") > 0.0).all()
    unlike = cs.compare(scenario, ("execution", "twin"), replications=3, seed=5)
    assert (unlike.table.loc[["value_created", "alignment", "waste"], "difference"] != 0.0).all()


@pytest.mark.parametrize("name", WORLDS)
def test_where_both_poles_are_alike_only_the_label_moves(name: str) -> None:
    """One run has all teams at one pole, the other has them at the other."""
    scenario = world(name, {"organizations.*.poles": ["discovery", "twin"]})
    one, other = (
        cs.ensemble(scenario.override({"organizations.*.culture": c}), replications=4, seed=6)
        for c in (0.0, 0.95)
    )
    for metric in NAMES:
        place = NAMES.index(metric)
        same = one.records[..., place].tobytes() == other.records[..., place].tobytes()
        assert same == (metric not in LABELS), metric


def test_one_organization_of_three_under_another_name() -> None:
    """Only the rival's culture is renamed: nobody else, and not the rival either, notices."""
    named = world("everything", {"organizations.acme.culture": 0.3})
    runs = [
        cs.ensemble(
            named.override({"organizations.rival.culture": culture}), replications=4
        ).records
        for culture in ("discovery", "twin", "execution")
    ]
    assert runs[0].tobytes() == runs[1].tobytes() != runs[2].tobytes()
