"""A small market in which everything that can move an assessment is switched on."""

from __future__ import annotations

from typing import Any

import culturesim as cs
from culturesim.model.model import CultureModel

LIVELY = {
    "world.cycles": 30,
    "world.customers": 40,
    "organizations.*.teams": 5,
    "segments.*.peer_influence": 2.0,
    "segments.*.budget": 1.5,
    "segments.*.budget_spread": 0.5,
    "segments.*.indecision": 2.0,
    "segments.*.attention": 3,
    "segments.*.status_quo": 0.15,
    "segments.*.standard": 0.2,
    "segments.*.choice_noise": 1.0,
    "trust.initial": 0.7,
}


def market(steps: int = 20, seed: int = 1) -> CultureModel:
    model = CultureModel(cs.load_scenario("two-segments", LIVELY), "discovery", seed)
    for _ in range(steps):
        model.step()
    return model


def array_of(model: CultureModel, kind: type[Any], name: str) -> Any:
    """The array of a column, found by hand."""
    group = getattr(model.state, kind.entity)
    return getattr(group, name) if name in group._fields else group.record[name]


def agents(model: CultureModel, kind: type[Any]) -> Any:
    return getattr(model, kind.entity)
