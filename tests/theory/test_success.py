"""Success: what comes of a stance reinforces it, against what a team has come to expect."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pytest

import culturesim as cs
from tests.theory.gardens import (
    EXACT,
    conform,
    known_market,
    spread_out,
)


@pytest.mark.parametrize("expected_share", [0.0, 0.5, 1.0, 3.0])
def test_reinforcement_alone(expected_share: float) -> None:
    """Bush & Mosteller: a share rate · |satisfaction| of what is missing to 1, or to 0."""
    model = known_market({"growth.reinforcement": 0.2})
    first = spread_out()
    for team, culture in zip(model.teams, first, strict=True):
        team.culture = culture
    model.step()
    assert [team.culture for team in model.teams] == first.tolist()  # it expects what it got
    twin = list(model.spec.cultures).index("twin")
    stances = set()
    for _ in range(30):
        before = [team.culture for team in model.teams]
        for team in model.teams:
            team.aspiration = expected_share * team.value_created
        model.step()
        for team, culture in zip(model.teams, before, strict=True):
            value = team.value_created
            aspiration = expected_share * value
            content = math.tanh((value - aspiration) / (0.3 * aspiration + 0.5))
            assert value > 1.0
            assert np.sign(content) == np.sign(1.0 - expected_share)
            towards = 1.0 if (team.stance == twin) == (content > 0.0) else 0.0
            expected = culture + 0.2 * abs(content) * (towards - culture)
            assert team.culture == pytest.approx(expected, abs=EXACT)
            stances.add((team.stance, towards))
    assert len(stances) == 2


def test_aspiration_approaches_what_a_team_gets_and_what_others_get() -> None:
    """0.85 of what it was, 0.10 of its own value, 0.05 of the mean: the fixed point is 2:1."""
    model = known_market({})
    model.step()
    values = np.array([team.value_created for team in model.teams])
    aspirations = [[team.aspiration for team in model.teams]]
    for _ in range(100):
        model.step()
        assert [team.value_created for team in model.teams] == pytest.approx(values, rel=1e-9)
        aspirations.append([team.aspiration for team in model.teams])
    settled = (2.0 * values + values.mean()) / 3.0
    assert values.std() > 1.0
    expected = settled + 0.85 ** np.arange(101)[:, np.newaxis] * (values - settled)
    np.testing.assert_allclose(aspirations, expected, rtol=1e-9)


@pytest.mark.statistical
@pytest.mark.parametrize("content", [True, False])
def test_equal_success_of_both_stances_favours_neither(content: bool) -> None:
    """n = 600 teams, 40 cycles, seed 4: where everybody fares alike, whatever it does.

    Bush & Mosteller's operator, with a stance of probability c: where all are content, the expected
    change is 0 (a special case of Börgers & Sarin 1997), though each goes to one pole or the other.
    Where all are discontent, the distance of the mean to 1/2 shrinks by 1 - 2 rate |satisfaction|.
    A change is drawn from an interval of width rate at most: Hoeffding's bound for martingales
    gives a tolerance that is exceeded with a probability of at most 1e-6.
    """
    n, cycles, rate, first = 600, 40, 0.2, 0.2
    model = known_market(
        {
            "organizations.*.teams": n,
            "world.customers": 12_000 if content else 1,
            "segments.*.standard": 0 if content else 1,
            "growth.reinforcement": rate,
        }
    )
    aspiration = 0.0 if content else 5.0
    for team in model.teams:
        team.culture = first
    model.step()
    assert all((team.value_created > 1.0) == content for team in model.teams)
    for _ in range(cycles):
        for team in model.teams:
            team.aspiration = aspiration
        model.step()
    kept = 1.0 if content else 1.0 - 2.0 * rate * math.tanh(5.0 / (0.3 * 5.0 + 0.5))
    expected = 0.5 + (first - 0.5) * kept**cycles
    weights = float((kept ** (2 * np.arange(cycles))).sum())
    tolerance = rate * math.sqrt(math.log(2.0 / 1e-6) * weights / (2.0 * n))
    cultures = np.array([team.culture for team in model.teams])
    assert tolerance < 0.15
    assert abs(cultures.mean() - expected) < tolerance
    assert (np.abs(cultures - 0.5) > 0.4).mean() == pytest.approx(1.0 if content else 0.0, abs=0.25)


def test_every_term_at_once() -> None:
    """A whole garden, sixty cycles: each team's next culture, worked out from what can be seen."""
    growth = {
        "contagion": 0.2,
        "conformity": 1.7,
        "payoff_bias": 1.5,
        "reinforcement": 0.1,
        "weeds": 0.02,
        "mandate_visibility": 0.3,
        "internalisation": 0.05,
    }
    changes = {
        "growth.on": True,
        **{f"growth.{name}": value for name, value in growth.items()},
        "world.customers": 120,
        "organizations.acme.teams": 8,
        "organizations.acme.culture": 0.3,
        "organizations.rival": {"teams": 5, "culture": 0.6},
        "leadership.order": {
            "kind": "mandate", "from": 20, "to": 40, "strength": 0.8, "organizations": ["acme"],
        },
    }  # fmt: skip
    model = cs.CultureModel(cs.load_scenario("baseline", changes), seed=6)
    g = model.spec.growth
    rows = {"acme": range(8), "rival": range(8, 13)}
    watch = {
        team: [first + other for other in graph.adj[team - first]]
        for first, graph in (
            (0, nx.circulant_graph(8, [1, 2])), (8, nx.complete_graph(5)),
        )
        for team in range(first, first + len(graph))
    }  # fmt: skip
    discovery = list(model.spec.cultures).index("discovery")
    for _ in range(60):
        before = np.array([team.culture for team in model.teams])
        aspiration = np.array([team.aspiration for team in model.teams])
        model.step()
        value = np.array([team.value_created for team in model.teams])
        practised = np.array([team.practised for team in model.teams])
        second = np.array([team.stance == discovery for team in model.teams])
        mean = np.concatenate([np.full(len(r), value[list(r)].mean()) for r in rows.values()])
        weight = np.exp(g.payoff_bias * np.tanh((value - mean) / (0.5 * np.abs(mean) + 0.5)))
        shown = before + g.mandate_visibility * (practised - before)
        around = np.array(
            [np.average(shown[watch[j]], weights=weight[watch[j]]) for j in range(13)]
        )
        if model.cycle == 1:
            aspiration = value
        content = np.tanh((value - aspiration) / (0.3 * np.abs(aspiration) + 0.5))
        goal = np.where(second == (content > 0.0), 1.0, 0.0)
        expected = (
            before
            + g.contagion * (conform(around, g.conformity) - before)
            + g.reinforcement * np.abs(content) * (goal - before)
            - g.weeds * before
            + g.internalisation * (practised - before)
        )
        found = np.array([team.culture for team in model.teams])
        np.testing.assert_allclose(found, np.clip(expected, 0.0, 1.0), atol=EXACT)
    assert np.unique(found).size == 13
