"""The acts: which market each plays in, what can be moved in it, what is bet on, what is assumed.

Only data. Markets were chosen by measuring, so that each act shows its mechanism and where it turns
over.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from culturesim.app.knobs import KNOBS, Changes
from culturesim.errors import ArgumentError

COARSE = 20  # runs while a slider moves
FULL = 100  # runs once it rests; the first of them are those of the coarse answer
CURVE_RUNS = 50
RUN = 7  # the one that is shown: of the coarse ones nearest to the middle, in all acts together

EXECUTION, DISCOVERY = "execution", "discovery"
CULTIVATE, MANDATE = "cultivate", "mandate"
TURNS_AWAY = 60  # act 6: the cycle in which leaders turn to other things
TWO_YEARS = 24
HANDS_MONTHS = 36  # act 1: how long the room's team builds before its offer is looked at


class World(NamedTuple):
    """One of the two sides of an act: a culture, or something that leaders do."""

    name: str
    changes: Changes


CULTURES = (
    World(EXECUTION, {"organizations.*.culture": EXECUTION}),
    World(DISCOVERY, {"organizations.*.culture": DISCOVERY}),
)
WAYS = (World(CULTIVATE, {}), World(MANDATE, {}))
ALWAYS = ("world.customers", "organizations.*.teams", "organizations.*.capacity")


class Act(NamedTuple):
    """A step of the session: its market, its two worlds, its knobs, its bet.

    Before the bet nothing is told of cycles from `stop` on. `shown` names the parameters that are a
    click away. `measure` is the metric of the curve over the first knob; empty: there is none.
    """

    number: int
    name: str
    stop: int
    shown: tuple[str, ...]
    scenario: str = "baseline"
    changes: Changes = {}  # noqa: RUF012 - never changed
    worlds: tuple[World, World] = CULTURES
    knobs: tuple[str, ...] = ()
    cycles: int = 120
    bets: tuple[str, ...] = ()
    bet_kind: str | None = None
    measure: str = ""

    @property
    def grows(self) -> bool:
        """Whether cultures change in it."""
        return "attention" in self.knobs


ACTS = {
    act.number: act
    for act in (
        Act(
            number=1,
            name="customers",
            changes={"world.care_memory": math.inf},  # nobody moves while the room tries
            stop=1,
            shown=(
                *ALWAYS,
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
            stop=24,
            shown=(
                *ALWAYS,
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
            stop=24,
            bets=(EXECUTION, DISCOVERY, "same"),
            bet_kind="choice",
            shown=(
                *ALWAYS,
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
            changes={"world.care_memory": math.inf},
            knobs=("accuracy",),
            stop=24,
            bet_kind="level",
            measure="value_created",
            shown=(
                *ALWAYS,
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
            changes={"organizations.*.prior.accuracy": 0.95},
            knobs=("memory",),
            stop=24,
            bet_kind="level",
            measure="value_created",
            shown=(
                *ALWAYS,
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
            worlds=WAYS,
            knobs=("attention", "practice"),
            stop=TURNS_AWAY,
            bet_kind="number",
            measure="culture",
            shown=(
                *ALWAYS,
                "organizations.*.culture",
                "growth.contagion",
                "growth.conformity",
                "growth.weeds",
                "growth.reinforcement",
                "growth.mandate_visibility",
                "growth.internalisation",
                "leadership.*.strength",
            ),
        ),
        Act(
            number=7,
            name="your_company",
            knobs=("accuracy", "memory", "search", "nothing", "skill"),
            stop=120,
            shown=(
                *ALWAYS,
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
LAST = max(ACTS)  # the one in which everything can be moved


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


def defaults(which: Act) -> dict[str, float]:
    """Where the knobs of an act stand when it begins."""
    return {name: KNOBS[name].default for name in which.knobs}
