"""Leaders: what cultivating and mandates do where nothing else moves a culture."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import culturesim as cs
from tests.theory.gardens import (
    AVERAGING,
    CONTAGION,
    EXACT,
    TEAMS,
    grown,
    spread_out,
)


@pytest.mark.parametrize("growing", [False, True])
@pytest.mark.parametrize("strength", [0.0, 0.05, 1.0])
def test_cultivation_alone(growing: bool, strength: float) -> None:
    changes = {
        "growth.on": growing,
        "leadership.grow": {"kind": "cultivate", "from": 4, "to": 24, "strength": strength},
    }
    first = spread_out()
    worked = np.clip(np.arange(41) - 4, 0, 20)[:, np.newaxis]
    expected = 1.0 - (1.0 - first) * (1.0 - strength) ** worked
    assert np.abs(grown(changes, first, 40) - expected).max() < EXACT


@pytest.mark.parametrize(
    ("who", "share"),
    [
        ({"target": "all"}, 0.05),
        ({"target": "random", "teams": 6}, 0.10),
        ({"target": [0, 5, 11]}, 0.20),
        ({"target": "champions", "teams": 1}, 0.60),
        ({"target": "laggards", "teams": 500}, 0.05),
        ({"target": "cluster", "teams": 5}, 0.12),
    ],
)
def test_attention_is_shared_by_those_it_is_given_to(who: dict[str, Any], share: float) -> None:
    """Each gets strength · teams / targets: a share of what is missing to 1; others get nothing."""
    action = {"kind": "cultivate", "from": 1, "to": 8, "strength": 0.05, **who}
    first = spread_out()
    cultures = grown({"leadership.grow": action}, first, 10)
    moved = cultures[-1] != first
    assert moved.sum() == round(0.05 * TEAMS / share)
    expected = 1.0 - (1.0 - first) * (1.0 - share) ** 7
    assert np.abs(cultures[-1] - np.where(moved, expected, first)).max() < EXACT
    if who["target"] == [0, 5, 11]:
        assert np.flatnonzero(moved).tolist() == who["target"]
    if who["target"] == "champions":
        assert np.flatnonzero(moved).tolist() == [int(first.argmax())]


def test_attention_beyond_all_there_is_fills_a_culture_at_once() -> None:
    action = {"kind": "cultivate", "from": 0, "to": 1, "strength": 0.3, "target": [7]}
    cultures = grown({"leadership.grow": action}, 0.2, 1)  # 0.3 · 12 > 1
    assert np.flatnonzero(cultures[1] == 1.0).tolist() == [7]
    assert (np.delete(cultures[1], 7) == 0.2).all()


def test_a_mandate_alone_changes_no_culture() -> None:
    """What is done changes, and so does what comes of it; nothing else hangs on that here."""
    changes = {
        "world.customers": 100,
        "growth.on": True,
        "growth.payoff_bias": 0,
        "growth.reinforcement": 0,
        "growth.mandate_visibility": 0,
        "organizations.*.culture": 0.1,
        "leadership.sow": {"kind": "seed", "from": 0, "strength": 0.5, "target": [0, 3]},
    }
    order = {"leadership.order": {"kind": "mandate", "from": 10, "strength": 0.9}}
    free, ordered = (
        cs.simulate(cs.load_scenario("baseline", c), seed=2).cycles
        for c in (changes, {**changes, **order})
    )
    assert free["culture"].tolist() == ordered["culture"].tolist()
    assert free["practised"][9] == ordered["practised"][9] < 0.3
    assert ordered["practised"][10:].tolist() == pytest.approx([0.9] * 110)
    assert free["alignment"].iloc[-1] < ordered["alignment"].iloc[-1]
    # Where what is done under orders counts, it does not stay the same.
    for name in ("payoff_bias", "reinforcement", "mandate_visibility", "internalisation"):
        other = cs.load_scenario("baseline", {**changes, **order, f"growth.{name}": 0.5})
        assert not np.array_equal(cs.simulate(other, seed=2).cycles["culture"], free["culture"])


@pytest.mark.parametrize("visibility", [0.0, 0.25, 1.0])
def test_what_is_seen_of_a_mandate(visibility: float) -> None:
    """All alike: what is missing to the mandate shrinks by contagion · visibility a cycle."""
    changes = {
        **AVERAGING,
        "growth.mandate_visibility": visibility,
        "leadership.order": {"kind": "mandate", "from": 5, "to": 25, "strength": 0.9},
    }
    cultures = grown(changes, 0.2, 40)
    stood = np.clip(np.arange(41) - 5, 0, 20)
    expected = 0.9 - 0.7 * (1.0 - CONTAGION * visibility) ** stood
    assert np.abs(cultures - expected[:, np.newaxis]).max() < EXACT


@pytest.mark.parametrize("internalisation", [0.03, 0.5])
def test_internalisation_only_under_a_mandate(internalisation: float) -> None:
    """While it stands: m - (m - c0)(1 - rate)^t. Before, after, and above it: nothing."""
    changes = {
        "growth.internalisation": internalisation,
        "leadership.order": {"kind": "mandate", "from": 10, "to": 30, "strength": 0.6},
    }
    first = spread_out()
    stood = np.clip(np.arange(51) - 10, 0, 20)[:, np.newaxis]
    expected = np.where(first < 0.6, 0.6 - (0.6 - first) * (1.0 - internalisation) ** stood, first)
    assert 2 < (first < 0.6).sum() < TEAMS
    assert np.abs(grown(changes, first, 50) - expected).max() < EXACT
