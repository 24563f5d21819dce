"""Belief: what listening must do to it, with full skill and with none."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

import culturesim as cs

CYCLES = 30
NOISE = 0.05

# Listening only: nothing is forgotten, tested, fed back or drifting, and customers are all alike.
LISTENING: dict[str, Any] = {
    "world.cycles": CYCLES,
    "world.customers": 400,
    "world.care_memory": 0,
    "world.care_spread": 0,
    "organizations.*.teams": 100,
    "organizations.*.prior.accuracy": 0,
    "means.listening_noise": NOISE,
    "means.feedback": 0,
    "skills.practice": 0,
    "skills.forget": 0,
    "cultures.discovery.listening": 0.1,
    "cultures.discovery.testing": 0,
    "cultures.discovery.forgetting": 0,
    "cultures.discovery.taper": 0,
    "segments.*.standard": 1,
    "segments.*.standard_spread": 0,
}


def listened(changes: dict[str, Any], seed: int) -> tuple[cs.CultureModel, Any, Any]:
    """A model whose teams only listened; conversations of each; first beliefs."""
    scenario = cs.load_scenario("baseline", {**LISTENING, **changes})
    model = cs.CultureModel(scenario, "discovery", seed)
    first = of_teams(model, "belief")
    conversations = np.zeros(len(model.teams), np.int64)
    for _ in range(CYCLES):
        model.step()
        conversations += of_teams(model, "conversations")
    return model, conversations, first


def of_teams(model: cs.CultureModel, name: str) -> Any:
    """What all teams have: shape (T,) or (T, D)."""
    return np.array([getattr(team, name) for team in model.teams])


@pytest.mark.parametrize("skill", [0.0, 0.4, 1.0])
def test_precision_is_that_of_all_conversations(skill: float) -> None:
    """It grows by 1 / noise² a conversation, whatever was heard: confidence, not truth."""
    model, conversations, _ = listened({"skills.initial": skill}, seed=1)
    confidence = model.spec.organizations["acme"].prior.confidence
    assert conversations.min() > 50
    expected = (confidence + conversations) / NOISE**2
    np.testing.assert_allclose(
        of_teams(model, "precision"), np.repeat(expected[:, np.newaxis], 10, axis=1), rtol=1e-12
    )


@pytest.mark.statistical
def test_the_skilled_listener_errs_as_its_precision_says() -> None:
    """n = 1 000 errors (100 teams, 10 concerns), seed 2: customers all alike, a weak prior.

    The squared errors, each times its precision, are chi-squared with 1 000 degrees of freedom: a
    false alarm once in a million. The prior weighs 1e-6 of a conversation, so its error is lost.
    """
    changes = {
        "skills.initial": 1,
        "organizations.*.prior.confidence": 1e-6,
        "world.care_focus": 0.3,  # no true share is so small that it could be lifted to the least
    }
    model, _, _ = listened(changes, seed=2)
    # At the start of each cycle certainty is lifted to that of one conversation: count it in.
    error = of_teams(model, "belief") - of_teams(model, "care_in_reach")
    total = float((error**2 * of_teams(model, "precision")).sum())
    low, high = stats.chi2.ppf([5e-7, 1.0 - 5e-7], error.size)
    floor = 1.0 + 2.0 / 50.0  # the lift makes precision too great by one conversation of 50 or more
    assert low / floor < total < high * floor


@pytest.mark.statistical
def test_the_unskilled_listener_does_not_come_closer_to_the_truth() -> None:
    """n = 100 teams, seed 3: its distance to the truth only grows, by the noise of what it hears.

    With a hundred conversations or so, a skilled listener keeps a few per cent of its first error.
    The unskilled one's mean change along the way to the truth is 0 within five standard errors: a
    false alarm once in a million.
    """
    deaf, _, first = listened({"skills.initial": 0}, seed=3)
    keen, _, same_first = listened({"skills.initial": 1}, seed=3)
    np.testing.assert_array_equal(first, same_first)
    truth = of_teams(deaf, "care_in_reach")
    way = truth - first
    share_gone = {
        name: ((of_teams(model, "belief") - first) * way).sum(axis=1) / (way**2).sum(axis=1)
        for name, model in (("deaf", deaf), ("keen", keen))
    }
    deaf_share = share_gone["deaf"]
    error = deaf_share.std(ddof=1) / np.sqrt(len(deaf_share))
    assert abs(deaf_share.mean()) < 5.0 * error
    assert deaf_share.mean() < 0.02
    assert share_gone["keen"].mean() > 0.8


@pytest.mark.statistical
def test_conversations_are_rounded_without_bias() -> None:
    """n = 3 000 roundings (100 teams, 30 cycles), seed 4: five standard errors; alarm 6e-7."""
    _, conversations, _ = listened({"means.cost_talk": 0.32}, seed=4)
    wanted = 0.1 * 10.0 / 0.32
    error = np.sqrt((wanted % 1.0) * (1.0 - wanted % 1.0) / (len(conversations) * CYCLES))
    assert abs(conversations.mean() / CYCLES - wanted) < 5.0 * error
