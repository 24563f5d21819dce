"""The small worlds in which phases are tried: changes to a bundled scenario."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

SMALL: Mapping[str, Any] = MappingProxyType(
    {
        "world.cycles": 8,
        "world.customers": 20,
        "world.concerns": 5,
        "organizations.acme.teams": 5,
        "organizations.acme.culture": 0.5,
        "segments.households.attention": 3,
        "segments.firms.attention": 2,
        "segments.*.segment_focus": 0.5,
        "segments.*.standard": 0.05,
        "segments.*.standard_spread": 0.05,
        "production.saturation": 15,
    }
)

# All three kinds of action and all six kinds of target, with windows that overlap.
EVERYTHING = (
    {"kind": "cultivate", "from": 0, "to": 3, "strength": 0.2},
    {"kind": "seed", "from": 1, "strength": 0.9, "target": "laggards", "teams": 2},
    {"kind": "mandate", "from": 1, "to": 4, "strength": 0.8, "target": "random", "teams": 2},
    {"kind": "cultivate", "from": 2, "to": 6, "strength": 0.3, "target": "cluster", "teams": 3},
    {"kind": "seed", "from": 2, "strength": 0.1, "target": "champions", "teams": 1},
    {"kind": "mandate", "from": 2, "strength": 0.4, "target": [0, 2]},
    {"kind": "cultivate", "from": 7, "strength": 1, "target": "random", "teams": 50},
)

# Each of them makes some phase do what it does not do by default.
WORLDS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "small": {},
        "moving": {
            "world.care_memory": 5,
            "segments.firms.standard_drift": 0.2,
            "segments.*.peer_influence": 2,
            "shocks.all": {"cycle": 1, "size": 1.0},
            "shocks.one": {"cycle": 2, "size": 0.4, "segments": ["firms"]},
            "shocks.other": {"cycle": 2, "size": 0.7},
        },
        "still": {"world.care_memory": 0, "organizations.acme.culture": "execution"},
        "gated": {
            "organizations.acme.culture": "customer_development",
            "cultures.*.validation": 0.1,
            "segments.*.indecision": 4,
        },
        "overloaded": {
            "production.serving": 2,
            "production.serving_cap": 1,
            "production.defect": 0.5,
            "means.feedback": 3,
            "segments.*.budget": 1.2,
            "segments.*.budget_spread": 0.6,
        },
        "late": {"organizations.acme.entry": 3, "organizations.acme.price": 0},
        "few": {
            "world.customers": 4,
            "organizations.acme.teams": 9,
            "segments.*.segment_focus": 1,
            "segments.*.choice_noise": 0,
        },
        "garden": {
            "organizations.acme.teams": 7,
            "organizations.acme.culture": 0.3,
            "growth.on": True,
            "growth.degree": 2,
            "growth.internalisation": 0.05,
            "growth.mandate_visibility": 0.4,
            "growth.reinforcement": 0.3,
            "leadership": EVERYTHING,
        },
        "insiders": {
            "world.customers": 30,
            "segments.staff": {"kind": "internal", "organization": "acme", "share": 3},
            "segments.*.standard": 0,
            "segments.*.status_quo": 0.05,
            "organizations.acme.price": 1.5,
            "production.serving": 3,
        },
        "two": {
            "world.customers": 40,
            "segments.*.standard": 0,
            "segments.*.status_quo": 0.05,
            "segments.staff": {"kind": "internal", "organization": "rival", "share": 2},
            "segments.crew": {"kind": "internal", "organization": "acme", "share": 1},
            "organizations.acme.teams": 6,
            "organizations.acme.price": 0.4,
            "production.serving": 1.5,
            "organizations.rival": {
                "teams": 8,
                "capacity": 4,
                "price": 1.25,
                "entry": 2,
                "culture": 0.8,
                "poles": ["lean_startup", "customer_development"],
                "home": ["staff", "firms"],
                "prior": {"accuracy": 0.9, "confidence": 2},
            },
            "growth.on": True,
            "growth.degree": 4,
            "growth.rewiring": 0.5,
            "growth.conformity": 1,
            "growth.weeds": 0.1,
            "leadership": [
                {"kind": "seed", "from": 0, "strength": 0.6, "target": "cluster", "teams": 3},
                {
                    "kind": "mandate",
                    "from": 1,
                    "to": 3,
                    "strength": 0.9,
                    "target": "champions",
                    "teams": 2,
                    "organizations": ["rival"],
                },
                {
                    "kind": "cultivate",
                    "from": 2,
                    "to": 5,
                    "strength": 0.1,
                    "target": [1, 4],
                    "organizations": ["acme"],
                },
                {"kind": "cultivate", "from": 2, "strength": 0.2, "target": "laggards", "teams": 7},
            ],
        },
        "ordered": {
            "leadership": [
                {"kind": "mandate", "from": 0, "to": 2, "strength": 1},
                {"kind": "cultivate", "from": 1, "strength": 0.5, "target": "cluster", "teams": 2},
            ],
        },
    }
)
