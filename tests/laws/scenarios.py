"""Scenarios drawn at random: small ones, in which any parameter takes any value that is allowed."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import strategies as st

import culturesim as cs

CULTURES = ("execution", "discovery", "lean_startup", "running_lean", "customer_development")


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
