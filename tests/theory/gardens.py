"""Gardens for the tests of theory: cultures grow where hardly anything else happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

import culturesim as cs
from culturesim.state.parameters import Floats

TEAMS = 12
CONTAGION = 0.3
EXACT = 1e-12

# A fit below 1 is not enough for anybody.
NO_VALUE: dict[str, Any] = {
    "world.customers": 12,
    "world.concerns": 2,
    "organizations.*.teams": TEAMS,
    "segments.*.standard": 1,
    "segments.*.standard_spread": 0,
}
STILL: dict[str, Any] = {
    **NO_VALUE,
    "growth.on": True,
    "growth.contagion": 0,
    "growth.payoff_bias": 0,
    "growth.reinforcement": 0,
    "growth.weeds": 0,
    "growth.mandate_visibility": 0,
    "growth.internalisation": 0,
}
AVERAGING = {"growth.contagion": CONTAGION, "growth.conformity": 1}
EVERYBODY = {"growth.contagion": CONTAGION, "growth.conformity": 2, "growth.degree": TEAMS}


def grown(
    changes: dict[str, Any], first: Floats | list[float] | float, cycles: int, seed: int = 1
) -> Floats:
    """Culture of every team: shape (cycles + 1, T), from the start to after the last cycle."""
    model = cs.CultureModel(cs.load_scenario("baseline", {**STILL, **changes}), seed=seed)
    for team, culture in zip(model.teams, np.broadcast_to(first, len(model.teams)), strict=True):
        team.culture = float(culture)
    cultures = [[team.culture for team in model.teams]]
    for _ in range(cycles):
        model.step()
        cultures.append([team.culture for team in model.teams])
        assert all(team.value_created == team.aspiration == 0.0 for team in model.teams)
    return np.array(cultures)


def spread_out(n: int = TEAMS) -> Floats:
    return np.random.default_rng(3).uniform(size=n)


def iterated(rule: Callable[[Any], Any], first: Any, cycles: int) -> Floats:
    values = [np.asarray(first, float)]
    for _ in range(cycles):
        values.append(rule(values[-1]))
    return np.array(values)


def conform(shown: Floats, exponent: float) -> Floats:
    for_it = shown**exponent
    answer: Floats = for_it / (for_it + (1.0 - shown) ** exponent)
    return answer


def known_market(changes: dict[str, Any]) -> cs.CultureModel:
    """Everybody commits in every cycle and is served: each team's value is the same for ever.

    Both poles have the same practices, so that it does not hang on the stance either.
    """
    fixed = {
        **STILL,
        "world.customers": 200,
        "world.care_memory": 0,
        "cultures.twin": {"like": "execution"},
        "cultures.execution.listening": 0,
        "cultures.execution.replan": 0,
        "organizations.*.poles": ["execution", "twin"],
        "organizations.*.price": 0,
        "production.decay": 1,
        "production.learning": 0,
        "production.serving": 0,
        "production.defect": 0,
        "trust.initial": 1,
        "segments.*.standard": 0,
        "segments.*.status_quo": 0,
        "segments.*.attention": 1,
        "segments.*.choice_noise": 1e-6,
    }
    return cs.CultureModel(cs.load_scenario("baseline", {**fixed, **changes}), seed=4)
