"""The books balance: for every team and cycle, in every scenario."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import culturesim as cs
from culturesim.model.measure import NAMES
from tests.laws.books import audit

CULTURES = ("execution", "discovery", "lean_startup", "running_lean", "customer_development")


@pytest.mark.parametrize("culture", CULTURES)
@pytest.mark.parametrize("name", cs.bundled_scenarios())
def test_books_of_every_bundled_scenario(name: str, culture: str) -> None:
    records = audit(cs.load_scenario(name), culture)
    assert records[..., NAMES.index("waste")].sum() > 0.0


def test_books_where_teams_take_turns() -> None:
    """A propensity of one half mixes both stances, and with them the shares of effort."""
    scenario = cs.load_scenario("baseline", {"organizations.*.culture": 0.5})
    records = audit(scenario)
    listening = records[:, 0, NAMES.index("effort_listening")]
    assert len(np.unique(listening)) > 10


def test_books_of_a_gate_that_holds_everything() -> None:
    """Nothing is ever validated: all building is withheld, and nobody commits to nothing."""
    scenario = cs.load_scenario(
        "baseline",
        {"cultures.discovery.gate": 1, "cultures.discovery.validation": 1e-9, "world.cycles": 12},
    )
    records = audit(scenario, "discovery")
    assert records[..., NAMES.index("effort_building")].max() == 0.0
    assert records[..., NAMES.index("effort_withheld")].min() > 0.0
    assert records[..., NAMES.index("commitment_rate")].max() == 0.0
    assert np.isnan(records[..., NAMES.index("broken_promise_rate")]).all()


def test_books_where_more_is_promised_than_can_be_served() -> None:
    scenario = cs.load_scenario(
        "known-market",
        {"production.serving": 2, "production.serving_cap": 1, "organizations.*.teams": 3},
    )
    records = audit(scenario, "execution")
    busy = records[..., NAMES.index("effort_serving")] / records[..., NAMES.index("effort")]
    assert busy.max() > 0.99
    assert np.nanmax(records[..., NAMES.index("broken_promise_rate")]) > 0.3


def test_books_of_insiders_whose_effort_comes_back() -> None:
    scenario = cs.load_scenario(
        "known-market",
        {
            "segments.staff": {"kind": "internal", "share": 1},
            "organizations.*.price": 2,
            "production.serving": 3,
            "world.cycles": 40,
        },
    )
    records = audit(scenario, "execution")
    found = {name: records[:, 0, NAMES.index(name)] for name in NAMES}
    assert found["effort_contributed"].max() > 10
    assert found["effort"].max() > 12 * 10
    assert (found["commitment_internal"] != found["commitment_external"]).any()


def test_books_of_a_garden_with_a_rival() -> None:
    """Cultures grow and are led in two organizations that differ in everything."""
    scenario = cs.load_scenario("baseline", {**RIVALS, "world.cycles": 60})
    records = audit(scenario)
    culture = records[..., NAMES.index("culture")]
    assert (np.abs(np.diff(culture, axis=0)) > 0).all(axis=1).mean() > 0.9
    assert np.isnan(records[:, 0, NAMES.index("commitment_internal")]).all()  # staff of the rival
    assert records[:, 1, NAMES.index("commitment_internal")].max() > 0.1
    for o in range(2):
        assert records[:, o, NAMES.index("commitment_external")].max() > 0.1


RIVALS: dict[str, Any] = {
    "organizations.acme.culture": 0.4,
    "organizations.acme.teams": 6,
    "organizations.rival": {
        "teams": 5,
        "capacity": 7,
        "price": 0.5,
        "entry": 3,
        "culture": 0.8,
        "poles": ["lean_startup", "running_lean"],
        "home": ["customers"],
    },
    "segments.*.standard": 0.2,
    "segments.staff": {"kind": "internal", "organization": "rival", "standard": 0.1},
    "growth.on": True,
    "growth.degree": 2,
    "growth.rewiring": 0.3,
    "leadership": [
        {"kind": "cultivate", "from": 5, "to": 20, "strength": 0.1},
        {
            "kind": "seed",
            "from": 10,
            "strength": 0.9,
            "target": "cluster",
            "teams": 2,
            "organizations": ["rival"],
        },
    ],
}


# --- any scenario --------------------------------------------------------------------------------


def some(low: float, high: float, *usual: float) -> st.SearchStrategy[float]:
    """Usual values, both ends of a range, and anything between."""
    between = st.floats(low, high, allow_nan=False, allow_subnormal=False)
    return st.sampled_from((low, high, *usual)) | between


SHARE = some(0.0, 1.0)
POSITIVE_SHARE = some(0.01, 1.0)

# Means are bounded below where a smaller number would only make a run long: what a conversation
# costs decides how many there are.
NUMBERS: dict[str, st.SearchStrategy[Any]] = {
    "world.cycles": st.integers(1, 8),
    "world.concerns": st.integers(1, 12),
    "world.customers": st.integers(5, 40),
    "world.care_focus": some(0.0, 5.0, 1.5),
    "world.care_spread": some(0.0, 5.0, 0.5),
    "world.care_memory": some(0.0, 500.0, 1.0, math.inf),
    "segments.*.standard": SHARE,
    "segments.*.standard_spread": SHARE,
    "segments.*.standard_drift": SHARE,
    "segments.*.worth": some(0.01, 1e6, 6.0),
    "segments.*.worth_spread": some(0.0, 1e6, 2.0),
    "segments.*.status_quo": SHARE,
    "segments.*.status_quo_spread": SHARE,
    "segments.*.budget": some(0.01, 100.0, 1.0, math.inf),
    "segments.*.budget_spread": some(0.0, 3.0),
    "segments.*.switching_cost": some(0.0, 1e6, 0.6),
    "segments.*.choice_noise": some(0.0, 1e6, 0.5),
    "segments.*.indecision": some(0.0, 100.0, 0.5),
    "segments.*.peer_influence": some(0.0, 1e6, 2.0),
    "segments.*.attention": st.integers(1, 8),
    "segments.*.segment_focus": SHARE,
    "organizations.*.teams": st.integers(1, 6),
    "organizations.*.capacity": some(0.01, 100.0, 10.0),
    "organizations.*.price": some(0.0, 1e6, 1.0),
    "organizations.*.entry": st.integers(0, 4),
    "organizations.*.culture": st.sampled_from(CULTURES) | SHARE,
    "organizations.*.prior.accuracy": SHARE,
    "organizations.*.prior.confidence": some(0.01, 1e6, 8.0),
    "production.decay": some(0.001, 1.0, 0.1),
    "production.saturation": some(0.01, 1e6, 40.0),
    "production.learning": SHARE,
    "production.experience_scale": some(0.01, 1e6, 20.0),
    "production.experience_decay": SHARE,
    "production.serving": some(0.0, 1e6, 0.1),
    "production.serving_cap": SHARE,
    "production.defect": SHARE,
    "production.discipline_scale": some(0.01, 1e6, 5.0),
    "production.discipline_exponent": some(0.0, 5.0),
    "trust.initial": SHARE,
    "trust.gain": SHARE,
    "trust.loss": SHARE,
    "means.cost_talk": some(0.1, 1e6, 0.25),
    "means.cost_test": some(0.1, 1e6, 0.35),
    "means.listening_noise": some(0.001, 10.0, 0.12),
    "means.slope": some(0.01, 1e4, 25.0),
    "means.ask_error": some(0.0, 10.0, 0.15),
    "means.feedback": some(0.0, 100.0, 0.1),
    "skills.initial": SHARE,
    "skills.practice": SHARE,
    "skills.forget": SHARE,
    "cultures.*.replan": SHARE,
    "cultures.*.evidence": SHARE,
    "cultures.*.forgetting": SHARE,
    "cultures.*.discipline": some(0.0, 100.0, 1.0),
    "cultures.*.taper": SHARE,
    "cultures.*.gate": SHARE,
    "cultures.*.validation": some(0.001, 1e6, 0.25),
    "growth.contagion": SHARE,
    "growth.conformity": some(0.01, 20.0, 1.0, 2.0),
    "growth.payoff_bias": some(0.0, 20.0, 1.0),
    "growth.reinforcement": SHARE,
    "growth.weeds": SHARE,
    "growth.mandate_visibility": SHARE,
    "growth.internalisation": SHARE,
    "growth.aspiration_own": some(0.0, 0.5, 0.1),
    "growth.aspiration_others": some(0.0, 0.5, 0.05),
    "growth.degree": st.sampled_from((0, 2, 4, 6)),
    "growth.rewiring": SHARE,
}
EASY = {
    "segments.*.standard": 0.0,
    "segments.*.status_quo": 0.0,
    "segments.*.switching_cost": 0.0,
    "production.saturation": 4.0,
    "organizations.*.price": 0.25,
}
RIVAL = ("teams", "capacity", "price", "entry", "culture")


@st.composite
def actions(draw: st.DrawFn, cycles: int, names: list[str]) -> dict[str, Any]:
    """Something leaders do; teams are named by number only where every organization has them."""
    kind = draw(st.sampled_from(["seed", "cultivate", "mandate"]))
    target = draw(st.sampled_from(["all", "champions", "laggards", "random", "cluster", [0]]))
    first = draw(st.integers(0, cycles - 1))
    action = {"kind": kind, "from": first, "strength": draw(SHARE), "target": target}
    if isinstance(target, str) and target != "all":
        action["teams"] = draw(st.integers(1, 7))
    if kind != "seed" and draw(st.booleans()):
        action["to"] = draw(st.integers(first + 1, cycles + 1))
    action["organizations"] = draw(st.lists(st.sampled_from(names), max_size=1))
    return action


@st.composite
def scenarios(draw: st.DrawFn) -> cs.Scenario:
    """A small scenario in which any number of parameters take any value that is allowed."""
    sizes = (
        "world.cycles",
        "world.customers",
        "organizations.*.teams",
        "organizations.*.culture",
    )
    names = draw(st.sets(st.sampled_from(sorted(NUMBERS)), max_size=25))
    changes = {name: draw(NUMBERS[name]) for name in [*sizes, *sorted(names - set(sizes))]}
    listening = draw(some(0.0, 1.0, 0.05))
    changes["cultures.discovery.listening"] = listening
    changes["cultures.discovery.testing"] = draw(some(0.0, 1.0, 0.05)) * (1.0 - listening)
    if draw(st.booleans()):
        size, cycle = draw(SHARE), draw(st.integers(0, changes["world.cycles"] - 1))
        changes["shocks.turn"] = {"cycle": cycle, "size": size}
    if draw(st.sampled_from([True, True, False])):
        # In a few cycles little is built: most markets would never see a commitment.
        changes = {**EASY, **changes}
    whose = ["acme"]
    if draw(st.booleans()):
        whose.append("rival")
        traits = {trait: draw(NUMBERS[f"organizations.*.{trait}"]) for trait in RIVAL}
        changes["organizations.rival"] = traits
    # What is said of all organizations is said of the one that was there first.
    for key in [key for key in changes if key.startswith("organizations.*.")]:
        changes[key.replace("*", "acme")] = changes.pop(key)
    if draw(st.booleans()):
        boss = draw(st.sampled_from(whose if len(whose) > 1 else ["", *whose]))
        changes["segments.staff"] = {"kind": "internal", "organization": boss}
    changes["growth.on"] = draw(st.booleans())
    led = actions(changes["world.cycles"], whose)
    changes["leadership"] = draw(st.lists(led, max_size=3))
    name = draw(st.sampled_from(["baseline", "two-segments"]))
    return cs.load_scenario(name, changes)


@pytest.mark.slow
@settings(max_examples=200)
@given(scenario=scenarios(), seed=st.integers(0, 2**63 - 1))
def test_books_of_any_scenario(scenario: cs.Scenario, seed: int) -> None:
    audit(scenario, None, seed)
