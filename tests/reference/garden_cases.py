"""Scenarios with growth, leaders, insiders and several organizations: changes of the baseline."""

from __future__ import annotations

from typing import Any

Changes = dict[str, Any]


def growth(**settings: Any) -> Changes:
    return {"growth.on": True, **{f"growth.{name}": value for name, value in settings.items()}}


def action(name: str, kind: str, first: int, strength: float, **more: Any) -> Changes:
    return {f"leadership.{name}": {"kind": kind, "from": first, "strength": strength, **more}}


MIXED: Changes = {"organizations.*.culture": 0.3}
STILL: Changes = {"growth.contagion": 0.0, "growth.reinforcement": 0.0, "growth.weeds": 0.0}
ACME = "organizations.acme"

GROWTH: dict[str, Changes] = {
    "growth alone": {**MIXED, **growth()},
    "few cultures": {"organizations.*.culture": 0.05, **growth()},
    "all of it": {"organizations.*.culture": "discovery", **growth()},
    "contagion alone": {**MIXED, **growth(reinforcement=0.0, weeds=0.0, conformity=1.0)},
    "much conformity": {
        "organizations.*.culture": 0.6,
        **growth(conformity=7.5, contagion=0.9, payoff_bias=0.0),
    },
    "reinforcement alone": {**MIXED, **growth(contagion=0.0, reinforcement=1.0, weeds=0.0)},
    "quick aspirations": {
        **MIXED,
        **growth(reinforcement=0.4, aspiration_own=0.5, aspiration_others=0.5),
    },
    "slow aspirations": {
        **MIXED,
        **growth(reinforcement=0.4, aspiration_own=0.0, aspiration_others=0.0),
    },
    "value from the first cycle on": {
        **MIXED,
        **growth(reinforcement=0.5),
        "production.saturation": 2.0,
        "segments.*.standard": 0.0,
        "segments.*.status_quo": 0.0,
    },
    "weeds alone": {**MIXED, **growth(contagion=0.0, reinforcement=0.0, weeds=0.2)},
    "payoff bias": {**MIXED, **growth(payoff_bias=8.0, contagion=0.6, degree=2)},
    "rewiring": {**MIXED, **growth(rewiring=0.4, contagion=0.8)},
    "all rewired": {**MIXED, **growth(rewiring=1.0, degree=6, contagion=0.8)},
    "a full network": {**MIXED, **growth(degree=12, rewiring=0.5)},
    "nearly a full network": {**MIXED, **growth(degree=10, rewiring=0.5)},
    "no neighbours": {**MIXED, **growth(degree=0)},
    "a team alone": {**MIXED, **growth(), "organizations.acme.teams": 1},
    "two teams": {**MIXED, **growth(), "organizations.acme.teams": 2},
    "everything at its limit": {
        "organizations.*.culture": 0.9,
        **growth(contagion=1.0, reinforcement=1.0, weeds=1.0, internalisation=1.0),
        **action("push", "mandate", 2, 1.0),
    },
}

LEADERS: dict[str, Changes] = {
    "a seed for all": {**MIXED, **action("a", "seed", 3, 0.9)},
    "a seed at the start": {**MIXED, **growth(), **action("a", "seed", 0, 1.0)},
    "cultivation for all": {**MIXED, **growth(), **action("a", "cultivate", 4, 0.1, to=9)},
    "cultivation without growth": {**action("a", "cultivate", 4, 0.2)},
    "more attention than there is": {
        **MIXED,
        **action("a", "cultivate", 4, 0.4, target="random", teams=2, to=6),
    },
    "a mandate": {**MIXED, **growth(), **action("a", "mandate", 4, 0.9, to=12)},
    "a mandate that shows": {
        **MIXED,
        **growth(mandate_visibility=1.0, internalisation=0.1),
        **action("a", "mandate", 2, 0.7, target="laggards", teams=5),
    },
    "mandates on top of each other": {
        **MIXED,
        **action("a", "mandate", 0, 0.5, to=10),
        **action("b", "mandate", 5, 0.8, target=[0, 3, 11], to=15),
        **action("c", "mandate", 5, 0.1, to=6),
    },
    "champions after seeds": {
        **MIXED,
        **growth(),
        **action("a", "seed", 2, 0.8, target="random", teams=4),
        **action("b", "cultivate", 6, 0.2, target="champions", teams=3, to=12),
        **action("c", "mandate", 6, 0.9, target="laggards", teams=6, to=12),
        **action("d", "seed", 12, 0.0, target="champions", teams=2),
    },
    "several in one cycle": {
        **MIXED,
        **action("a", "seed", 5, 0.9, target=[7, 2]),
        **action("b", "cultivate", 5, 0.3, target="champions", teams=2),
        **action("c", "seed", 5, 0.1, target="champions", teams=1),
        **action("d", "cultivate", 5, 0.05),
    },
    "a cluster on a ring": {
        **MIXED,
        **growth(),
        **action("a", "seed", 1, 0.95, target="cluster", teams=5),
        **action("b", "seed", 9, 0.05, target="cluster", teams=3),
    },
    "a cluster on a rewired network": {
        **MIXED,
        "growth.rewiring": 0.7,
        "growth.degree": 2,
        **action("a", "cultivate", 1, 0.1, target="cluster", teams=6),
    },
    "a cluster and an island": {  # this network falls into parts of 10 and of 14 teams
        **MIXED,
        "organizations.acme.teams": 24,
        "growth.rewiring": 1.0,
        "growth.degree": 2,
        **action("a", "seed", 1, 0.9, target="cluster", teams=12),
    },
    "a cluster without links": {
        **MIXED,
        "growth.degree": 0,
        **action("a", "seed", 1, 0.9, target="cluster", teams=4),
    },
    "more targets than teams": {
        **MIXED,
        **action("a", "cultivate", 1, 0.1, target="random", teams=40),
        **action("b", "seed", 4, 0.6, target="cluster", teams=40),
    },
    "a garden": {
        "organizations.*.culture": 0.05,
        **growth(rewiring=0.2),
        **action("a", "seed", 2, 0.9, target="cluster", teams=4),
        **action("b", "cultivate", 4, 0.1, to=20),
        **action("c", "mandate", 10, 0.6, target="laggards", teams=6, to=18),
    },
}

STAFF: Changes = {"segments.staff": {"kind": "internal", "share": 0.5, "standard": 0.2}}
RIVAL: Changes = {
    "organizations.rival": {
        "teams": 7,
        "capacity": 14.0,
        "price": 1.3,
        "entry": 5,
        "culture": "discovery",
        "prior": {"accuracy": 0.6, "confidence": 3},
    }
}
THIRD: Changes = {
    "organizations.third": {
        "teams": 3,
        "culture": 0.5,
        "poles": ["running_lean", "customer_development"],
        "price": 0.7,
    }
}
OWN_STAFF: Changes = {
    "segments.staff": {"kind": "internal", "share": 0.4, "standard": 0.1, "organization": "acme"},
    "segments.crew": {"kind": "internal", "share": 0.3, "standard": 0.1, "organization": "rival"},
}

MARKETS: dict[str, Changes] = {
    "insiders": STAFF,
    "insiders under discovery": {**STAFF, "organizations.*.culture": "discovery"},
    "insiders at home": {**STAFF, "organizations.acme.home": ["staff"]},
    "insiders who need a home": {
        **STAFF,
        "segments.*.segment_focus": 1.0,
        "organizations.acme.home": ["customers", "staff"],
    },
    "insiders alone": {"segments.*.kind": "internal", "segments.*.standard": 0.2},
    "insiders who give much": {
        **STAFF,
        "organizations.acme.price": 2.0,
        "production.serving": 1.0,
        "production.serving_cap": 0.8,
        "segments.*.standard": 0.1,
        "segments.*.status_quo": 0.05,
    },
    "more insiders than can be served": {
        **STAFF,
        "organizations.acme.teams": 2,
        "organizations.acme.price": 2.0,
        "production.serving": 1.0,
        "production.serving_cap": 0.4,
        "segments.*.standard": 0.1,
        "segments.*.choice_noise": 3.0,
    },
    "two organizations": RIVAL,
    "two with mixed cultures": {**RIVAL, **MIXED, "segments.*.attention": 6},
    "three organizations": {**RIVAL, **THIRD, "segments.*.peer_influence": 3.0},
    "three with segments": {
        **RIVAL,
        **THIRD,
        "segments.firms": {"share": 0.7, "worth": 9.0, "standard": 0.5},
        "organizations.rival.home": ["firms"],
        "organizations.third.home": ["customers"],
        "segments.*.segment_focus": 1.0,
    },
    "two with insiders of their own": {**RIVAL, **OWN_STAFF},
    "one of two with insiders": {**RIVAL, "segments.staff": OWN_STAFF["segments.staff"]},
    "an organization nobody considers": {
        **RIVAL,
        **STAFF,
        "segments.*.kind": "internal",
        "segments.*.organization": "rival",
        "segments.*.standard": 0.1,
    },
    "gardens of two": {
        **RIVAL,
        **THIRD,
        **MIXED,
        **growth(rewiring=0.3, contagion=0.5),
        **action("a", "seed", 1, 0.9, target="random", teams=2),
        **action("b", "cultivate", 3, 0.2, target="cluster", teams=4, organizations=["rival"]),
        **action("c", "mandate", 6, 0.8, organizations=["acme", "third"], to=14),
        **action("d", "seed", 8, 0.1, target=[2, 0], organizations=["third"]),
    },
    "a garden with insiders": {
        **RIVAL,
        **OWN_STAFF,
        **MIXED,
        **growth(contagion=0.4, reinforcement=0.3),
        **action("a", "cultivate", 2, 0.1, target="champions", teams=4, to=15),
        **action("b", "mandate", 4, 0.9, target="laggards", teams=3, to=9),
    },
    "late newcomers": {
        **RIVAL,
        "organizations.rival.entry": 12,
        "organizations.acme.entry": 3,
        "segments.*.standard_drift": 0.1,
    },
    "never offered": {**RIVAL, "organizations.rival.entry": 99},
}

ALL: dict[str, Changes] = {**GROWTH, **LEADERS, **MARKETS}
