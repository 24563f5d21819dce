"""Culture: cases in which what it must do is known exactly.

Nobody can commit in most of them: no value, hence no aspiration, and everybody is neither content
nor discontent. What is left are the terms of growth one by one, with answers that others worked
out: consensus (DeGroot 1974), conformity (Boyd & Richerson 1985), decay, and geometric approach.
"""

from __future__ import annotations

import itertools
import math

import networkx as nx
import numpy as np
import pytest

from culturesim.state.parameters import Floats
from tests.theory.gardens import (
    AVERAGING,
    CONTAGION,
    EVERYBODY,
    EXACT,
    TEAMS,
    conform,
    grown,
    iterated,
    spread_out,
)


@pytest.mark.parametrize("degree", [2, 4, 6, TEAMS])
def test_averaging_is_the_linear_map_of_degroot(degree: int) -> None:
    """Mean kept to 1e-12; the deviation follows (1 - contagion) I + contagion W to 1e-10."""
    graph = nx.circulant_graph(TEAMS, range(1, degree // 2 + 1))
    if degree == TEAMS:
        graph = nx.complete_graph(TEAMS)
    watched = nx.to_numpy_array(graph, nodelist=range(TEAMS))
    watched /= watched.sum(axis=1, keepdims=True)
    step = (1.0 - CONTAGION) * np.eye(TEAMS) + CONTAGION * watched

    found = grown({**AVERAGING, "growth.degree": degree}, spread_out(), 60)
    assert np.abs(found.mean(axis=1) - found[0].mean()).max() < EXACT
    deviation = found - found[0].mean()
    expected = iterated(lambda d: step @ d, deviation[0], 60)
    assert np.abs(deviation - expected).max() < 1e-10


@pytest.mark.parametrize("degree", [2, 4])
def test_consensus_comes_at_the_rate_of_the_second_eigenvalue(degree: int) -> None:
    """Eigenvalues of a ring: 1 - contagion (1 - mean of cos(2 pi m d / T) over distances d)."""
    distances = np.arange(1, degree // 2 + 1)
    waves = np.arange(1, TEAMS)
    angles = 2.0 * np.pi * np.outer(waves, distances) / TEAMS
    second = np.abs(1.0 - CONTAGION * (1.0 - np.cos(angles).mean(axis=1))).max()
    cultures = grown({**AVERAGING, "growth.degree": degree}, spread_out(), 120)
    far = np.linalg.norm(cultures - cultures[0].mean(), axis=1)
    assert far[-1] > 1e-7  # rounding is far below what is measured
    assert far[-1] / far[-2] == pytest.approx(second, rel=1e-6)

    slow_wave = 0.5 + 0.4 * np.cos(2.0 * np.pi * np.arange(TEAMS) / TEAMS)
    wave = grown({**AVERAGING, "growth.degree": degree}, slow_wave, 30) - 0.5
    expected = second ** np.arange(31)[:, np.newaxis] * wave[0]
    assert np.abs(wave - expected).max() < EXACT


@pytest.mark.parametrize("conformity", [1.5, 2.0, 5.0])
@pytest.mark.parametrize(
    ("first", "last"), [(0.0, 0.0), (0.5, 0.5), (1.0, 1.0), (0.5 + 1e-4, 1.0), (0.5 - 1e-4, 0.0)]
)
def test_conformity_has_three_fixed_points(conformity: float, first: float, last: float) -> None:
    """0 and 1 draw, 1/2 divides; all alike on a complete network, the map is of one number."""
    changes = {**EVERYBODY, "growth.conformity": conformity}
    cultures = grown(changes, first, 400)
    assert (cultures == cultures[:, :1]).all()
    expected = iterated(
        lambda c: (1.0 - CONTAGION) * c + CONTAGION * conform(c, conformity), first, 400
    )
    assert np.abs(cultures[:, 0] - expected).max() < 1e-10
    assert cultures[-1, 0] == pytest.approx(last, abs=1e-6)
    if first == last:
        assert (cultures == first).all()


def test_conformity_map_of_unequal_teams() -> None:
    """Each of a complete network sees the mean of the others, itself not."""

    def rule(cultures: Floats) -> Floats:
        others = (cultures.sum() - cultures) / (TEAMS - 1)
        answer: Floats = cultures + CONTAGION * (conform(others, 2.0) - cultures)
        return answer

    expected = iterated(rule, spread_out(), 80)
    assert np.abs(grown(EVERYBODY, spread_out(), 80) - expected).max() < 1e-10


@pytest.mark.parametrize("weeds", [0.005, 0.03, 0.06])
def test_threshold_of_tipping(weeds: float) -> None:
    """Conformity of 2 and weeds balance at the roots of m c² - (m + 1/2) c + m/2.

    Here m = 1 + weeds / contagion. The smaller root divides what withers from what grows to the
    larger one.
    """
    m = 1.0 + weeds / CONTAGION
    low, high = sorted(np.roots([m, -(m + 0.5), m / 2.0]).real)
    assert 0.5 < low < high < 1.0
    changes = {**EVERYBODY, "growth.weeds": weeds}
    above = grown(changes, low + 1e-4, 600)[:, 0]
    below = grown(changes, low - 1e-4, 600)[:, 0]
    assert (np.diff(above) > -EXACT).all()
    assert (np.diff(below) < EXACT).all()
    assert above[-1] == pytest.approx(high, abs=1e-3)
    assert below[-1] < 0.1
    for fixed in (low, high):
        assert grown(changes, fixed, 3)[-1, 0] == pytest.approx(fixed, abs=1e-10)


def test_beyond_a_fifth_of_contagion_weeds_kill_every_culture() -> None:
    """The two roots meet at weeds / contagion = (sqrt(2) - 1) / 2."""
    most = CONTAGION * (math.sqrt(2.0) - 1.0) / 2.0
    start = math.sqrt(0.5)  # where the roots meet
    dying = grown({**EVERYBODY, "growth.weeds": 1.05 * most}, 1.0, 800)
    living = grown({**EVERYBODY, "growth.weeds": 0.95 * most}, 1.0, 800)
    assert dying[-1].max() < 0.01
    assert living[-1].min() > start


@pytest.mark.parametrize("weeds", [0.0, 0.01, 0.4, 1.0])
def test_weeds_alone(weeds: float) -> None:
    first = spread_out()
    expected = np.outer((1.0 - weeds) ** np.arange(51), first)
    assert np.abs(grown({"growth.weeds": weeds}, first, 50) - expected).max() < EXACT


def test_nothing_at_all_happens_without_a_cause() -> None:
    assert (grown({}, spread_out(), 20) == spread_out()).all()


def test_cultures_of_other_organizations_are_not_seen() -> None:
    """A neighbourhood ends where the organization ends, and so does what is usual."""
    changes = {
        **AVERAGING,
        "organizations.rival": {},
        "organizations.*.teams": 6,
    }
    cultures = grown(changes, [0.2, 0.4] * 3 + [0.7, 0.9] * 3, 200)
    for before, after in itertools.pairwise(cultures):
        assert after[:6].mean() == pytest.approx(before[:6].mean(), abs=EXACT)
    assert cultures[-1] == pytest.approx([0.3] * 6 + [0.8] * 6, abs=1e-6)
