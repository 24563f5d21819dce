"""Scenarios drawn at random, always the same ones: what nobody thought of putting together."""

from __future__ import annotations

import random
from typing import Any

Changes = dict[str, Any]

CYCLES = 20
KINDS = ("seed", "cultivate", "mandate")
TARGETS = ("all", "champions", "laggards", "random", "cluster")


def drawn(number: int) -> Changes:
    """Changes of the baseline: another market, other organizations, other habits, each time."""
    rng = random.Random(number)
    changes: Changes = {
        "world.cycles": CYCLES,
        "world.customers": rng.randint(5, 90),
        "world.concerns": rng.randint(2, 13),
        "world.care_focus": rng.uniform(0.2, 3.0),
        "world.care_spread": rng.uniform(0.0, 1.5),
        "world.care_memory": rng.choice([0.0, 3.0, 40.0, 240.0]),
        "trust.initial": rng.uniform(0.4, 1.0),
        "production.saturation": rng.uniform(20.0, 60.0),
        "production.decay": rng.uniform(0.02, 0.6),
        "production.learning": rng.uniform(0.0, 0.6),
        "production.serving": rng.choice([0.0, 0.1, 0.8]),
        "production.serving_cap": rng.uniform(0.2, 1.0),
        "production.defect": rng.uniform(0.0, 0.5),
        "means.listening_noise": rng.uniform(0.02, 0.4),
        "means.feedback": rng.choice([0.0, 0.1, 1.0]),
        "skills.initial": rng.uniform(0.0, 0.6),
        "cultures.mine": practices(rng),
        "cultures.yours": practices(rng),
    }
    organizations = ["acme", "rival", "third"][: rng.choice([1, 1, 2, 3])]
    segments = ["customers", "firms", "offices"][: rng.choice([1, 2, 3])]
    for name in segments:
        changes[f"segments.{name}"] = segment(rng, organizations)
    for name in organizations:
        changes[f"organizations.{name}"] = organization(rng, segments)
    changes["growth"] = growth(rng)
    for n in range(rng.choice([0, 1, 3])):
        changes[f"leadership.{n}"] = action(rng, organizations)
    if rng.random() < 0.4:
        shock = {"cycle": rng.randrange(CYCLES), "size": rng.random()}
        changes["shocks.turn"] = {**shock, "segments": rng.sample(segments, 1)}
    return changes


def practices(rng: random.Random) -> Changes:
    return {
        "listening": rng.uniform(0.0, 0.4),
        "testing": rng.uniform(0.0, 0.4),
        "replan": rng.random(),
        "evidence": rng.random(),
        "forgetting": rng.uniform(0.0, 0.4),
        "discipline": rng.uniform(0.0, 2.0),
        "taper": rng.choice([0.0, rng.random(), 1.0]),
        "gate": rng.choice([0.0, rng.random()]),
        "validation": rng.uniform(0.1, 1.0),
    }


def segment(rng: random.Random, organizations: list[str]) -> Changes:
    internal = rng.random() < 0.25
    return {
        "share": rng.uniform(0.3, 3.0),
        "kind": "internal" if internal else "external",
        "organization": rng.choice(organizations) if internal else "",
        "standard": rng.uniform(0.0, 0.5),
        "standard_spread": rng.choice([0.0, 0.1]),
        "standard_drift": rng.choice([0.0, 0.05]),
        "worth": rng.uniform(2.0, 12.0),
        "worth_spread": rng.choice([0.0, 3.0]),
        "status_quo": rng.uniform(0.0, 0.3),
        "status_quo_spread": rng.choice([0.0, 0.2]),
        "budget": rng.choice([float("inf"), 1.2]),
        "budget_spread": rng.choice([0.0, 0.5]),
        "switching_cost": rng.uniform(0.0, 1.5),
        "choice_noise": rng.choice([0.0, 0.2, 1.0]),
        "indecision": rng.choice([0.0, 0.5, 3.0]),
        "peer_influence": rng.choice([0.0, 2.0]),
        "attention": rng.randint(1, 8),
        "segment_focus": rng.choice([0.0, 0.9, 1.0]),
    }


def organization(rng: random.Random, segments: list[str]) -> Changes:
    poles = rng.sample(["execution", "discovery", "lean_startup", "mine", "yours"], 2)
    return {
        "teams": rng.randint(1, 9),
        "capacity": rng.uniform(2.0, 30.0),
        "price": rng.choice([0.0, 0.8, 1.5]),
        "entry": rng.choice([0, 0, rng.randrange(CYCLES)]),
        "poles": poles,
        "culture": rng.choice([rng.random(), rng.random(), *poles]),
        "home": rng.choice([[], rng.sample(segments, 1), segments]),
        "prior": {"accuracy": rng.random(), "confidence": rng.uniform(0.5, 20.0)},
    }


def growth(rng: random.Random) -> Changes:
    return {
        "on": rng.random() < 0.7,
        "contagion": rng.random(),
        "conformity": rng.uniform(0.5, 4.0),
        "payoff_bias": rng.uniform(0.0, 3.0),
        "reinforcement": rng.random(),
        "weeds": rng.uniform(0.0, 0.2),
        "mandate_visibility": rng.random(),
        "internalisation": rng.choice([0.0, 0.3]),
        "aspiration_own": rng.uniform(0.0, 0.5),
        "aspiration_others": rng.uniform(0.0, 0.5),
        "degree": rng.choice([0, 2, 4, 6]),
        "rewiring": rng.choice([0.0, 0.5, 1.0]),
    }


def action(rng: random.Random, organizations: list[str]) -> Changes:
    kind, first, target = rng.choice(KINDS), rng.randrange(CYCLES - 5), rng.choice(TARGETS)
    return {
        "kind": kind,
        "from": first,
        "to": 0 if kind == "seed" else rng.choice([0, first + rng.randint(1, 9)]),
        "strength": rng.random(),
        "target": target,
        "teams": 0 if target == "all" else rng.randint(1, 6),
        "organizations": rng.choice([[], rng.sample(organizations, 1)]),
    }
