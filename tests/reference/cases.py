"""Scenarios made for what the bundled ones leave out: changes of the baseline, by name."""

from __future__ import annotations

from typing import Any

Changes = dict[str, Any]

SMALL: Changes = {"world.cycles": 24, "world.customers": 60}
LIKE = {"like": "discovery"}
HOME = "organizations.acme.home"


def segment(**settings: Any) -> Changes:
    return {f"segments.*.{name}": value for name, value in settings.items()}


def culture(**practices: Any) -> Changes:
    return {"cultures.mine": {**LIKE, **practices}, "organizations.*.culture": "mine"}


def production(**settings: Any) -> Changes:
    return {f"production.{name}": value for name, value in settings.items()}


THREE_SEGMENTS: Changes = {
    "segments.firms": {"share": 0.4, "worth": 11.0, "standard": 0.3, "switching_cost": 0.0},
    "segments.offices": {"share": 0.77, "attention": 2, "status_quo": 0.1, "indecision": 2.0},
}

CUSTOMERS: dict[str, Changes] = {
    "rising expectations": segment(standard_drift=0.2),
    "spreads": segment(
        standard_spread=0.3, worth_spread=4.0, status_quo_spread=0.4, budget=1.2, budget_spread=0.6
    ),
    "a budget for all": segment(budget=0.9),
    "a wide budget": segment(budget=1.0, budget_spread=3.0),
    "peers": segment(peer_influence=6.0, attention=2),
    "indecision": {**segment(indecision=6.0), "trust.initial": 0.3, "production.defect": 0.5},
    "doubt of some": {
        **segment(indecision=3.0, attention=4, standard=0.0, status_quo=0.05, choice_noise=2.0),
        "trust.initial": 0.6,
        "production.defect": 0.5,
    },
    "no trust": {"trust.initial": 0.0, "trust.gain": 1.0, "trust.loss": 0.0},
    "no noise": segment(choice_noise=0.0),
    "little noise": segment(choice_noise=1e-3),
    "no noise, no switching cost": segment(choice_noise=0.0, switching_cost=0.0, indecision=0.0),
    "sticky": segment(switching_cost=4.0),
    "everything considered": segment(attention=40),
    "one considered": segment(attention=1),
    "three segments": {**THREE_SEGMENTS, "world.customers": 61},
    "loyal segments": {**THREE_SEGMENTS, "segments.*.segment_focus": 1.0},
    "few at home": {
        **THREE_SEGMENTS,
        "segments.*.segment_focus": 1.0,
        "segments.*.attention": 3,
        "organizations.acme.teams": 4,
    },
    "no focus": {**THREE_SEGMENTS, "segments.*.segment_focus": 0.0},
    "a segment without a home": {
        **THREE_SEGMENTS,
        "segments.*.segment_focus": 1.0,
        HOME: ["offices", "customers", "offices"],
        "segments.*.standard_drift": 0.1,
    },
    "equal remainders": {
        "segments.one": {"share": 1},
        "segments.two": {"share": 1},
        "segments.three": {"share": 1},
        "world.customers": 62,
    },
}

WORLDS: dict[str, Changes] = {
    "no memory": {"world.care_memory": 0},
    "short memory": {"world.care_memory": 2},
    "shocks": {
        **THREE_SEGMENTS,
        "shocks.first": {"cycle": 9, "size": 0.5, "segments": ["offices"]},
        "shocks.second": {"cycle": 3, "size": 1.0},
        "shocks.third": {"cycle": 9, "size": 0.3, "segments": ["firms", "offices"]},
        "shocks.fourth": {"cycle": 0, "size": 0.1},
    },
    "many concerns": {"world.concerns": 23, "world.care_focus": 2.5},
    "one concern": {"world.concerns": 1},
    "no focus of care": {"world.care_focus": 0.0, "world.care_spread": 1.0},
    "all alike": {"world.care_spread": 0.0},
    "one customer": {"world.customers": 1},
    "one team": {"organizations.acme.teams": 1},
    "one of each": {"world.customers": 1, "organizations.acme.teams": 1, "world.concerns": 1},
    "teams that reach nobody": {"world.customers": 2, "segments.*.attention": 2},
    "many teams": {"organizations.acme.teams": 41},
}

TEAMS: dict[str, Changes] = {
    "late entry": {"organizations.acme.entry": 8, "segments.*.standard_drift": 0.1},
    "both stances": {"organizations.acme.culture": 0.4},
    "other poles": {
        "organizations.acme.poles": ["running_lean", "lean_startup"],
        "organizations.acme.culture": 0.5,
    },
    "the first pole": {
        "organizations.acme.poles": ["discovery", "execution"],
        "organizations.acme.culture": "discovery",
    },
    "neither pole": {"organizations.acme.culture": "lean_startup"},
    "taper": culture(taper=1.0, listening=0.2, testing=0.2),
    "gate": culture(gate=0.9, validation=0.6),
    "whole gate": culture(gate=1.0, validation=0.45, taper=0.3),
    "a gate that holds": culture(gate=0.7, validation=0.3),
    "gate and memory": {**culture(gate=0.7, validation=0.5), "world.care_memory": 3},
    "gate, hard market": {**culture(gate=0.5, validation=0.8), **segment(standard=0.62)},
    "nothing is built": culture(listening=0.5, testing=0.5, taper=0.0),
    "search only until taken up": culture(listening=0.4, testing=0.6, taper=1.0),
    "no evidence": culture(evidence=0.0, forgetting=1.0),
    "no memory of beliefs": culture(forgetting=1.0),
    "no replanning": culture(replan=0.0),
    "replanned at once": culture(replan=1.0),
    "much feedback": {"means.feedback": 3.5},
    "cheap talk": {**culture(), "means.cost_talk": 0.01, "means.cost_test": 0.01},
    "sharp tests": {**culture(testing=0.2), "means.slope": 10000.0, "means.ask_error": 1.0},
    "loud market": {**culture(), "means.listening_noise": 2.0},
    "masters": {**culture(), "skills.initial": 1.0},
    "quick learners": {**culture(testing=0.3), "skills.practice": 1.0, "skills.forget": 0.2},
    "beginners": {**culture(), "skills.initial": 0.0},
    "sure of a guess": {
        **culture(),
        "organizations.acme.prior.accuracy": 0.0,
        "organizations.acme.prior.confidence": 500.0,
    },
    "all known": {"organizations.acme.prior.accuracy": 1.0},
    "unsure": {**culture(), "organizations.acme.prior.confidence": 0.01},
    "free": {"organizations.acme.price": 0.0},
    "dear": {"organizations.acme.price": 2.5},
    "rich": {"organizations.acme.capacity": 90.0},
    "poor": {"organizations.acme.capacity": 0.8, "segments.*.standard": 0.05},
    "overload": production(serving=1.5, serving_cap=0.3),
    "no room to serve": production(serving=0.5, serving_cap=0.0),
    "all served": production(serving=2.0, serving_cap=1.0),
    "no serving": production(serving=0.0),
    "promises always broken": {**production(defect=1.0, discipline_exponent=0.0)},
    "steep curves": production(learning=1.0, experience_scale=2.0, experience_decay=0.3),
    "a saturated offer": production(saturation=0.5),
    "no learning": production(learning=0.0, decay=1.0, saturation=3.0),
    "rough trade": production(defect=0.6, discipline_scale=1.0, discipline_exponent=1.0),
}

ALL: dict[str, Changes] = {**CUSTOMERS, **WORLDS, **TEAMS}
