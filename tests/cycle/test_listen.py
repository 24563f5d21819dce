"""Listen: effort is divided, old evidence fades, conversations are held."""

from __future__ import annotations

import math

import numpy as np
import pytest

from culturesim.cycle.listen import listen
from culturesim.scenario import Scenario
from culturesim.scenario.params import parameters
from culturesim.state.columns import State
from culturesim.state.parameters import Address
from tests.cycle._worlds import (
    WORLDS,
    Columns,
    Draws,
    average_in,
    begun,
    check,
    columns_of,
    culture_of,
    fair_share,
    members,
    organization_of,
    scrambled,
    snapshot,
    world,
)


def twin(c: Columns, scenario: Scenario, draws: Draws) -> None:
    sigma = scenario.means.listening_noise
    for j in range(len(c["teams.belief"])):
        culture = culture_of(c, scenario, j)
        belief, tau = c["teams.belief"][j], c["teams.precision"][j]
        tau[...] = np.maximum(1 / sigma**2, tau * (1 - culture.forgetting * culture.evidence))

        reach, fair = members(c, j), fair_share(c, j)
        taken_up = min(1.0, c["teams.commitments"][j] / fair) if fair else 0.0
        factor = 1 - culture.taper * taken_up
        c["teams.listening_share"][j] = culture.listening * factor
        c["teams.testing_share"][j] = culture.testing * factor
        capacity = organization_of(c, scenario, j).capacity + c["teams.contributed"][j]
        c["teams.capacity"][j] = capacity
        due = c["teams.serving_due"][j]
        c["teams.effort_serving"][j] = due
        effort = culture.listening * factor * (capacity - due)
        c["teams.effort_listening"][j] = effort

        n = math.floor(effort / scenario.means.cost_talk + draws.uniform("talks", j))
        n = n if reach else 0
        c["teams.conversations"][j] = n
        if n > 0:
            luck = [draws.uniforms("talk_sample", j, k // 4)[k % 4] for k in range(n)]
            sample = [reach[math.floor(u * len(reach))] for u in luck]
            truth = c["customers.care"][sample].mean(axis=0)
            skill = c["teams.listening_skill"][j]
            noise = draws.normals("talk_noise", j, len(belief)) * sigma / math.sqrt(n)
            heard = skill * truth + (1 - skill) * belief + noise
            average_in(belief, tau, heard, culture.evidence * n / sigma**2)


def talkative(scenario: Scenario, share: float = 1.0) -> Scenario:
    return scenario.override({"cultures.*.listening": share, "cultures.*.testing": 0.0})


def skilled(state: State, skill: float) -> State:
    columns_of(state)["teams.listening_skill"][...] = skill
    return state


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_twin(name: str, seed: int) -> None:
    scenario = world(name)
    check(listen, twin, scenario, scrambled(scenario, seed), seed=seed, cycle=seed)


@pytest.mark.parametrize("seed", [1, 2])
def test_twin_with_many_conversations(seed: int) -> None:
    scenario = talkative(world(means__cost_talk=0.3))
    state = scrambled(scenario, seed)
    check(listen, twin, scenario, state, seed=seed)
    assert columns_of(state)["teams.conversations"].max() > 20


def test_nobody_in_reach_is_nobody_to_talk_to() -> None:
    scenario = talkative(world("few"), 0.5)
    state = scrambled(scenario, 4)
    c = columns_of(state)
    alone = c["teams.reach_size"] == 0
    assert alone.any()
    before = snapshot(state)
    check(listen, twin, scenario, state)
    assert (c["teams.conversations"][alone] == 0).all()
    np.testing.assert_array_equal(c["teams.belief"][alone], before["teams.belief"][alone])
    assert (c["teams.effort_listening"][alone] > 0).all()  # looking for somebody costs as much


def test_capacity_owed_to_serving_leaves_nothing_to_talk_with() -> None:
    scenario = talkative(world("overloaded"))
    state = scrambled(scenario, 1)
    c = columns_of(state)
    c["teams.serving_due"][...] = 10.0 + c["teams.contributed"]
    before = snapshot(state)
    check(listen, twin, scenario, state)
    assert (c["teams.effort_listening"] == 0).all()
    assert (c["teams.conversations"] == 0).all()
    np.testing.assert_array_equal(c["teams.effort_serving"], before["teams.serving_due"])
    np.testing.assert_array_equal(c["teams.belief"], before["teams.belief"])


def test_effort_at_hand_is_the_organization_s_and_the_insiders() -> None:
    scenario = world("two")
    state = scrambled(scenario, 1)
    c = columns_of(state)
    c["teams.contributed"][...] = np.arange(14)
    c["teams.capacity"][...] = 99.0
    listen(Address(1, 1), parameters(scenario), state)
    assert c["teams.capacity"].tolist() == [*range(10, 16), *range(10, 18)]  # of 10 and of 4


@pytest.mark.parametrize("taper", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("part", [0.0, 0.5, 1.0, 3.0])
def test_taper(taper: float, part: float) -> None:
    """The search shrinks with take-up, up to the fair share and not beyond."""
    scenario = world(**{"cultures__*__taper": taper})
    state = begun(scenario)
    c = columns_of(state)
    c["teams.commitments"][...] = 6
    c["teams.fair_share"][...] = 6 / part if part else 0.0
    listen(Address(1, 1), parameters(scenario), state)
    factor = 1 - taper * min(1.0, part)
    culture = scenario.cultures["execution"]
    np.testing.assert_allclose(c["teams.listening_share"], culture.listening * factor)
    np.testing.assert_allclose(c["teams.testing_share"], culture.testing * factor)


def test_forgetting_stops_at_what_one_conversation_tells() -> None:
    scenario = world(
        **{"cultures__*__forgetting": 1, "cultures__*__evidence": 1, "cultures__*__listening": 0}
    )
    state = scrambled(scenario, 1)
    listen(Address(1, 1), parameters(scenario), state)
    np.testing.assert_allclose(columns_of(state)["teams.precision"], 1 / 0.12**2, rtol=1e-15)


def test_precision_after_many_conversations_of_a_skilled_team() -> None:
    """Full skill and weight, nothing forgotten, no drift: tau0 + N / sigma**2."""
    scenario = talkative(
        world("still", **{"cultures__*__evidence": 1, "cultures__*__forgetting": 0}), 0.3
    )
    state = skilled(begun(scenario), 1.0)
    c = columns_of(state)
    talks = np.zeros(5)
    for cycle in range(50):
        listen(Address(1, cycle), parameters(scenario), state)
        talks += c["teams.conversations"]
    expected = (8 + talks) / 0.12**2
    np.testing.assert_allclose(c["teams.precision"], expected[:, None] * np.ones(5), rtol=1e-12)


@pytest.mark.statistical
def test_error_of_a_skilled_team_is_what_its_precision_says() -> None:
    """Customers all alike, prior error drawn with the prior's variance: error**2 * tau is chi2(1).

    n = 40 seeds x 5 teams x 5 concerns = 1000, seeds 0 to 39; the mean lies within 5.2 standard
    errors, sqrt(2 / 1000), of 1: chance of a false alarm below 1e-6 (the tail of chi2 included).
    """
    scenario = talkative(
        world(
            "still",
            world__care_spread=0,
            **{"cultures__*__evidence": 1, "cultures__*__forgetting": 0},
        ),
        0.2,
    )
    squares = []
    for seed in range(40):
        state = skilled(begun(scenario, seed), 1.0)
        c = columns_of(state)
        reached = c["teams.reach_size"] > 0
        # One segment only, so that every conversation tells the same truth.
        c["customers.care"][...] = c["customers.care"][0]
        luck = np.random.default_rng(seed).normal(0, 0.12 / math.sqrt(8), c["teams.belief"].shape)
        c["teams.belief"][...] = c["customers.care"][0] + luck
        for cycle in range(10):
            listen(Address(seed, cycle), parameters(scenario), state)
        error = c["teams.belief"] - c["customers.care"][0]
        squares.extend((error**2 * c["teams.precision"])[reached].ravel())
    assert abs(np.mean(squares) - 1) < 5.2 * math.sqrt(2 / len(squares))


def test_team_without_skill_hears_itself() -> None:
    """Whoever it talks to, its mean moves by the noise alone, and never towards the truth."""
    scenario = talkative(world("still", **{"cultures__*__evidence": 1}), 0.5)
    ends = []
    for seed in (1, 2):
        state = skilled(scrambled(scenario, 1), 0.0)
        c = columns_of(state)
        c["customers.care"][...] = np.random.default_rng(seed).dirichlet(np.ones(5), 20)
        listen(Address(9, 2), parameters(scenario), state)
        ends.append(snapshot(state))
    np.testing.assert_array_equal(ends[0]["teams.belief"], ends[1]["teams.belief"])

    before = snapshot(scrambled(scenario, 1))
    cultures = list(scenario.cultures.values())
    fades = np.array([cultures[s].forgetting for s in before["teams.stance"]])[:, None]
    weight = 1 - (1 - fades) * before["teams.precision"] / ends[0]["teams.precision"]
    talks = ends[0]["teams.conversations"][:, None]
    noise = 0.12 / np.sqrt(talks) * [Draws(9, 2).normals("talk_noise", j, 5) for j in range(5)]
    moved = ends[0]["teams.belief"] - before["teams.belief"]
    assert (weight > 0.05).all()
    np.testing.assert_allclose(moved, weight * noise, atol=1e-12)
