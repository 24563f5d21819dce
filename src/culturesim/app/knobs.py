"""The knobs of the acts, and grounds and presets of the last one: what can be moved, and how far.

Levels, grounds and presets were chosen by measuring, so that each mechanism is seen on both sides
of where it turns over.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from culturesim.errors import ArgumentError, nearest

Changes = dict[str, Any]


class Knob(NamedTuple):
    """What can be moved: the parameters behind it, and the values that it takes."""

    name: str
    paths: tuple[str, ...]
    levels: tuple[float, ...]
    default: float


KNOBS = {
    knob.name: knob
    for knob in (
        Knob(
            "accuracy",
            ("organizations.*.prior.accuracy",),
            (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0),
            0.3,
        ),
        Knob(
            "memory",
            ("world.care_memory",),
            (3, 5, 8, 12, 20, 30, 60, 120, 240, 480, 960, 2560),
            240,
        ),
        Knob(
            "search",
            ("cultures.discovery.listening", "cultures.discovery.testing"),
            (0.0, 0.02, 0.04, 0.06, 0.1, 0.14, 0.2, 0.3, 0.4, 0.5, 0.6),
            0.1,
        ),
        Knob(
            "nothing",
            ("segments.*.status_quo",),
            (0.06, 0.1, 0.14, 0.18, 0.22, 0.26, 0.3, 0.34, 0.38),
            0.22,
        ),
        Knob("skill", ("skills.initial",), (0.0, 0.1, 0.25, 0.4, 0.6, 0.8, 1.0), 0.25),
        Knob("attention", ("leadership.0.from",), (5, 10, 15, 20, 25, 30, 35, 40, 50), 40),
        Knob("practice", ("growth.internalisation",), (0.0, 0.01, 0.02, 0.03, 0.04, 0.05), 0.0),
    )
}

# What a preset of act 7 changes beside the knobs: it has no slider.
MARKET = "market"
GROUNDS: dict[str, Changes] = {
    MARKET: {},
    # It listens and tests, and then builds what was planned.
    "theatre": {
        "cultures.discovery.replan": 0.05,
        "cultures.discovery.evidence": 0.2,
    },
    # Two of five who assess what it does are its own people, easily content.
    "insiders": {
        "segments.customers.share": 3,
        "segments.staff": {
            "kind": "internal",
            "share": 2,
            "standard": 0.2,
            "attention": 3,
            "segment_focus": 0,
        },
    },
}

PRESETS: dict[str, dict[str, float | str]] = {
    "feature_factory": {
        "accuracy": 0.3,
        "memory": 120,
        "search": 0.02,
        "nothing": 0.3,
        "skill": 0.1,
        "ground": MARKET,
    },
    "start_up": {
        "accuracy": 0.0,
        "memory": 120,
        "search": 0.14,
        "nothing": 0.26,
        "skill": 0.4,
        "ground": MARKET,
    },
    "stable_market": {
        "accuracy": 0.9,
        "memory": 2560,
        "search": 0.1,
        "nothing": 0.22,
        "skill": 0.25,
        "ground": MARKET,
    },
    "moving_market": {
        "accuracy": 0.9,
        "memory": 30,
        "search": 0.1,
        "nothing": 0.22,
        "skill": 0.25,
        "ground": MARKET,
    },
    "listening_theatre": {
        "accuracy": 0.3,
        "memory": 240,
        "search": 0.3,
        "nothing": 0.22,
        "skill": 0.0,
        "ground": "theatre",
    },
    "insiders_first": {
        "accuracy": 0.5,
        "memory": 240,
        "search": 0.1,
        "nothing": 0.22,
        "skill": 0.25,
        "ground": "insiders",
    },
}


def level(knob: str, found: float) -> float:
    """The level of a knob that a number stands for, or say which there are.

    Raises
    ------
    ArgumentError
        If the number is none of them.
    """
    levels = KNOBS[knob].levels
    closest = min(levels, key=lambda one: abs(one - found))
    if not math.isclose(closest, found, rel_tol=1e-9, abs_tol=1e-12):
        raise ArgumentError(
            "is not one of its levels",
            key=knob,
            found=f"{found:g}",
            allowed=[f"{one:g}" for one in levels],
            nearest=f"{closest:g}" if math.isfinite(found) else None,
        )
    return closest


def check_ground(name: str) -> str:
    """Give back the name of a ground, or say which there are.

    Raises
    ------
    ArgumentError
        If there is none of that name.
    """
    if name not in GROUNDS:
        raise ArgumentError(
            "does not exist",
            key="ground",
            found=name,
            allowed=GROUNDS,
            nearest=nearest(name, GROUNDS),
        )
    return name
