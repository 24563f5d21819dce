"""The acts and their knobs: which market each act plays in, and what can be moved in it.

Only data and what follows from it. Levels and grounds were chosen by measuring, so that each act
shows its mechanism on both sides of where it turns over.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from culturesim.errors import ArgumentError, nearest

COARSE = 20  # runs while a slider moves
FULL = 100  # runs once it rests; the first of them are those of the coarse answer
CURVE_RUNS = 50

EXECUTION, DISCOVERY = "execution", "discovery"
CULTIVATE, MANDATE = "cultivate", "mandate"
TURNS_AWAY = 60  # act 6: the cycle in which leaders turn to other things
TWO_YEARS = 24
HANDS_MONTHS = 36  # act 1: how long the room's team builds before its offer is looked at

Changes = dict[str, Any]


class Knob(NamedTuple):
    """What can be moved: the parameters behind it, and the values that it takes."""

    name: str
    paths: tuple[str, ...]
    levels: tuple[float, ...]
    default: float


class World(NamedTuple):
    """One of the two sides of an act: a culture, or something that leaders do."""

    name: str
    changes: Changes


class Act(NamedTuple):
    """A step of the session: its market, its two worlds, its knobs, its bet.

    Before the bet nothing is told of cycles from `stop` on. `measure` is the metric of the curve
    over the act's first knob; empty: there is none.
    """

    number: int
    name: str
    scenario: str
    changes: Changes
    worlds: tuple[World, World]
    knobs: tuple[str, ...]
    stop: int
    cycles: int
    bets: tuple[str, ...]
    bet_kind: str | None
    defaults: dict[str, float]
    measure: str
    shown: tuple[str, ...]


class Side(NamedTuple):
    """A world with all that was chosen for it: what `load_scenario` takes."""

    world: str
    scenario: str
    changes: Changes

    @property
    def key(self) -> str:
        """Equal for equal sides."""
        return f"{self.scenario} {sorted(self.changes.items(), key=lambda item: item[0])}"


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

_CULTURES = (
    World(EXECUTION, {"organizations.*.culture": EXECUTION}),
    World(DISCOVERY, {"organizations.*.culture": DISCOVERY}),
)
_WAYS = (World(CULTIVATE, {}), World(MANDATE, {}))
_ALWAYS = ("world.customers", "organizations.*.teams", "organizations.*.capacity")

ACTS = {
    act.number: act
    for act in (
        Act(
            number=1,
            name="customers",
            scenario="baseline",
            changes={"world.care_memory": math.inf},  # nobody moves while the room tries
            worlds=_CULTURES,
            knobs=(),
            stop=1,
            cycles=120,
            bets=(),
            bet_kind=None,
            defaults={},
            measure="",
            shown=(
                *_ALWAYS,
                "world.care_spread",
                "segments.*.standard",
                "segments.*.worth",
                "segments.*.status_quo",
                "segments.*.switching_cost",
                "segments.*.choice_noise",
                "organizations.*.price",
                "production.saturation",
                "production.decay",
                "trust.initial",
            ),
        ),
        Act(
            number=2,
            name="same_effort",
            scenario="baseline",
            changes={},
            worlds=_CULTURES,
            knobs=(),
            stop=24,
            cycles=120,
            bets=(),
            bet_kind=None,
            defaults={},
            measure="",
            shown=(
                *_ALWAYS,
                "organizations.*.prior.accuracy",
                "world.care_memory",
                "cultures.execution.listening",
                "cultures.execution.replan",
                "cultures.execution.discipline",
                "cultures.discovery.listening",
                "cultures.discovery.testing",
                "cultures.discovery.replan",
                "cultures.discovery.discipline",
                "skills.initial",
            ),
        ),
        Act(
            number=3,
            name="bet",
            scenario="baseline",
            changes={},
            worlds=_CULTURES,
            knobs=(),
            stop=24,
            cycles=120,
            bets=(EXECUTION, DISCOVERY, "same"),
            bet_kind="choice",
            defaults={},
            measure="",
            shown=(
                *_ALWAYS,
                "organizations.*.prior.accuracy",
                "world.care_memory",
                "segments.*.status_quo",
                "organizations.*.price",
                "means.feedback",
                "production.learning",
                "production.defect",
                "production.serving",
            ),
        ),
        Act(
            number=4,
            name="how_well_known",
            scenario="baseline",
            changes={"world.care_memory": math.inf},
            worlds=_CULTURES,
            knobs=("accuracy",),
            stop=24,
            cycles=120,
            bets=(),
            bet_kind="level",
            defaults={"accuracy": 0.3},
            measure="value_created",
            shown=(
                *_ALWAYS,
                "organizations.*.prior.accuracy",
                "organizations.*.prior.confidence",
                "world.care_memory",
                "skills.initial",
                "means.cost_talk",
                "means.cost_test",
                "means.listening_noise",
            ),
        ),
        Act(
            number=5,
            name="moving",
            scenario="baseline",
            changes={"organizations.*.prior.accuracy": 0.95},
            worlds=_CULTURES,
            knobs=("memory",),
            stop=24,
            cycles=120,
            bets=(),
            bet_kind="level",
            defaults={"memory": 240},
            measure="value_created",
            shown=(
                *_ALWAYS,
                "world.care_memory",
                "organizations.*.prior.accuracy",
                "cultures.execution.forgetting",
                "cultures.discovery.forgetting",
                "cultures.discovery.replan",
                "production.decay",
                "means.feedback",
            ),
        ),
        Act(
            number=6,
            name="garden",
            scenario="garden",
            changes={"world.cycles": 120},
            worlds=_WAYS,
            knobs=("attention", "practice"),
            stop=TURNS_AWAY,
            cycles=120,
            bets=(),
            bet_kind="number",
            defaults={"attention": 40, "practice": 0.0},
            measure="culture",
            shown=(
                *_ALWAYS,
                "organizations.*.culture",
                "growth.contagion",
                "growth.conformity",
                "growth.weeds",
                "growth.reinforcement",
                "growth.mandate_visibility",
                "growth.internalisation",
            ),
        ),
        Act(
            number=7,
            name="your_company",
            scenario="baseline",
            changes={},
            worlds=_CULTURES,
            knobs=("accuracy", "memory", "search", "nothing", "skill"),
            stop=120,
            cycles=120,
            bets=(),
            bet_kind=None,
            defaults={},
            measure="",
            shown=(
                *_ALWAYS,
                "organizations.*.prior.accuracy",
                "world.care_memory",
                "cultures.discovery.listening",
                "cultures.discovery.testing",
                "segments.*.status_quo",
                "skills.initial",
                "skills.practice",
                "means.feedback",
                "production.saturation",
            ),
        ),
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


def act(number: int) -> Act:
    """The act of a number, or say which there are.

    Raises
    ------
    ArgumentError
        If there is none.
    """
    if number not in ACTS:
        raise ArgumentError(
            "does not exist", key="act", found=str(number), allowed=f"1 to {max(ACTS)}"
        )
    return ACTS[number]


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


def defaults(which: Act) -> dict[str, float]:
    """Where the knobs of an act stand when it begins."""
    return {name: which.defaults.get(name, KNOBS[name].default) for name in which.knobs}


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


def sides(which: Act, knobs: Mapping[str, float], ground: str = MARKET) -> tuple[Side, Side]:
    """The two worlds of an act, with its knobs where they stand.

    Parameters
    ----------
    which : Act
    knobs : mapping of str to float
        A level for each knob of the act.
    ground : str
        Name of a ground; only act 7 has others than the market.

    Returns
    -------
    tuple of Side and Side
        ``load_scenario(side.scenario, side.changes)`` is what is run.
    """
    changes = which.changes | GROUNDS[ground]
    for name, value in knobs.items():
        if name == "attention":
            continue
        paths = KNOBS[name].paths
        # The knob of a share is the sum of its parameters, in equal parts.
        part = value / len(paths)
        changes |= dict.fromkeys(paths, part)
    first, second = which.worlds
    done = {world.name: world.changes for world in (first, second)}
    if "attention" in knobs:
        done = {name: {"leadership": [_deed(name, knobs["attention"])]} for name in done}
    return (
        Side(first.name, which.scenario, changes | done[first.name]),
        Side(second.name, which.scenario, changes | done[second.name]),
    )


def _deed(world: str, attention: float) -> Changes:
    """What leaders do until they turn away: the same cycles of attention in both worlds."""
    strength = 0.05 if world == CULTIVATE else 0.9
    begin = TURNS_AWAY - int(attention)
    return {"kind": world, "from": begin, "to": TURNS_AWAY, "strength": strength}
