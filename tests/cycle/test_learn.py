"""Learn: practice builds skills and discipline, disuse forgets; cultures grow and wither."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from culturesim.cycle.learn import learn
from culturesim.scenario import Scenario
from culturesim.scenario.params import parameters
from culturesim.state.parameters import Address
from tests.cycle._worlds import (
    WORLDS,
    Columns,
    Draws,
    check,
    columns_of,
    culture_of,
    neighbours_of,
    poles_of,
    rows_of,
    scrambled,
    world,
)


def twin(c: Columns, scenario: Scenario, draws: Draws) -> None:
    skills = scenario.skills
    for j in range(len(c["teams.belief"])):
        for skill, share in (("listening_skill", "listening"), ("test_skill", "testing")):
            old = c[f"teams.{skill}"][j]
            won = skills.practice * c[f"teams.{share}_share"][j] * (1 - old)
            lost = skills.forget * (old - skills.initial)
            c[f"teams.{skill}"][j] = old + won - lost
        c["teams.discipline"][j] += culture_of(c, scenario, j).discipline
    if scenario.growth.on:
        grow(c, scenario, draws.cycle)


def grow(c: Columns, scenario: Scenario, cycle: int) -> None:
    growth, names = scenario.growth, list(scenario.cultures)
    old, done = c["teams.culture"].copy(), c["teams.practised"].copy()
    value, hope = c["teams.value_created"], c["teams.aspiration"].copy()
    for name, rows in rows_of(scenario).items():
        second = poles_of(scenario.organizations[name])[1]
        usual = math.fsum(value[rows]) / len(rows)
        for j in rows:
            seen, weights = [], []
            for other in neighbours_of(c, j):
                better = math.tanh((value[other] - usual) / (0.5 * abs(usual) + 0.5))
                weights.append(math.exp(growth.payoff_bias * better))
                seen.append(old[other] + growth.mandate_visibility * (done[other] - old[other]))
            change = 0.0
            if seen:
                x = float(np.average(seen, weights=weights))
                for_it, against = x**growth.conformity, (1 - x) ** growth.conformity
                change += growth.contagion * (for_it / (for_it + against) - old[j])
            # In the first cycle a team expects what it gets: it is neither content nor otherwise.
            expected = value[j] if cycle == 0 else hope[j]
            content = math.tanh((value[j] - expected) / (0.3 * abs(expected) + 0.5))
            towards = content if names[c["teams.stance"][j]] == second else -content
            room = 1 - old[j] if towards > 0 else old[j]
            change += growth.reinforcement * towards * room
            change += growth.internalisation * (done[j] - old[j]) - growth.weeds * old[j]
            c["teams.culture"][j] = min(1.0, max(0.0, old[j] + change))
            own, others = growth.aspiration_own, growth.aspiration_others
            mixed = (1 - own - others) * expected + own * value[j] + others * usual
            c["teams.aspiration"][j] = value[j] if cycle == 0 else mixed


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("seed", [1, 2])
def test_twin(name: str, seed: int) -> None:
    scenario = world(name, skills__initial=0.4, skills__practice=0.6, skills__forget=0.07)
    check(learn, twin, scenario, scrambled(scenario, seed))


GROWTHS: list[dict[str, Any]] = [
    {"conformity": 1, "payoff_bias": 0, "reinforcement": 0, "weeds": 0},
    {"conformity": 20, "payoff_bias": 20, "contagion": 1},
    {"conformity": 0.3, "contagion": 0.7, "mandate_visibility": 1},
    {"contagion": 0, "reinforcement": 1, "weeds": 0},
    {"contagion": 1, "reinforcement": 1, "weeds": 1, "internalisation": 1},
    {"contagion": 0, "reinforcement": 0, "weeds": 0, "internalisation": 0.4},
    {"aspiration_own": 1, "aspiration_others": 0, "degree": 0},
    {"aspiration_own": 0, "aspiration_others": 1, "degree": 1000},
]


@pytest.mark.parametrize("changes", GROWTHS)
@pytest.mark.parametrize("name", ["garden", "two"])
@pytest.mark.parametrize("cycle", [0, 3])
def test_twin_of_growth(name: str, changes: dict[str, Any], cycle: int) -> None:
    scenario = world(name, **{f"growth__{key}": value for key, value in changes.items()})
    state = scrambled(scenario, cycle + 5)
    c = columns_of(state)
    c["teams.stance"][::2] = list(scenario.cultures).index("discovery")
    before = c["teams.culture"].copy()
    check(learn, twin, scenario, state, cycle=cycle)
    assert cycle == 0 or (c["teams.culture"] != before).any()


def test_unused_skill_returns_to_where_it_began() -> None:
    scenario = world(skills__forget=0.1)
    state = scrambled(scenario, 1)
    c = columns_of(state)
    c["teams.listening_share"][...] = 0.0
    gap = c["teams.listening_skill"] - 0.25
    for _ in range(30):
        learn(Address(1, 1), parameters(scenario), state)
    np.testing.assert_allclose(c["teams.listening_skill"], 0.25 + gap * 0.9**30, rtol=1e-12)


def test_practised_skill_rises_to_its_balance() -> None:
    """Where practice * share * (1 - skill) equals forget * (skill - initial)."""
    scenario = world(skills__forget=0.05)
    state = scrambled(scenario, 1)
    c = columns_of(state)
    c["teams.testing_share"][...] = 0.3
    for _ in range(400):
        learn(Address(1, 1), parameters(scenario), state)
    won = 0.35 * 0.3
    np.testing.assert_allclose(c["teams.test_skill"], (won + 0.05 * 0.25) / (won + 0.05))


@pytest.mark.parametrize("share", [0.0, 1.0])
@pytest.mark.parametrize("skill", [0.25, 1.0])
def test_skill_stays_between_its_beginning_and_1(share: float, skill: float) -> None:
    scenario = world(skills__practice=1, skills__forget=1)
    state = scrambled(scenario, 1)
    c = columns_of(state)
    c["teams.listening_share"][...] = share
    c["teams.testing_share"][...] = 1 - share
    for name in ("teams.listening_skill", "teams.test_skill"):
        c[name][...] = skill
    for _ in range(5):
        learn(Address(1, 1), parameters(scenario), state)
        for name in ("teams.listening_skill", "teams.test_skill"):
            assert ((c[name] >= 0.25) & (c[name] <= 1)).all()


@pytest.mark.parametrize(("culture", "gain"), [("execution", 1.0), ("discovery", 0.5)])
def test_discipline_grows_with_the_stance(culture: str, gain: float) -> None:
    scenario = world()
    state = scrambled(scenario, 1)
    c = columns_of(state)
    c["teams.stance"][...] = list(scenario.cultures).index(culture)
    before = c["teams.discipline"].copy()
    learn(Address(1, 1), parameters(scenario), state)
    np.testing.assert_allclose(c["teams.discipline"] - before, gain, rtol=1e-12)


# --- growth


PLAIN = {
    "growth__conformity": 1,
    "growth__payoff_bias": 0,
    "growth__reinforcement": 0,
    "growth__weeds": 0,
}


def garden(**changes: Any) -> Scenario:
    """Seven teams on a ring in which nothing but contagion happens, unless changed."""
    return world("garden", **{"leadership": [], "growth__internalisation": 0, **PLAIN, **changes})


def grown(scenario: Scenario, cycles: int, seed: int = 1) -> Columns:
    """Only this phase, again and again; nobody is under orders."""
    state = scrambled(scenario, seed)
    c = columns_of(state)
    c["teams.practised"][...] = c["teams.culture"]
    for cycle in range(cycles):
        learn(Address(1, cycle), parameters(scenario), state)
        c["teams.practised"][...] = c["teams.culture"]
    return c


def test_averaging_keeps_the_mean_and_ends_in_agreement() -> None:
    """DeGroot (1974) on a regular network."""
    scenario = garden()
    before = columns_of(scrambled(scenario, 1))["teams.culture"].copy()
    culture = grown(scenario, 600)["teams.culture"]
    np.testing.assert_allclose(culture, before.mean(), rtol=1e-9)


def test_what_is_left_of_a_difference_shrinks_as_the_second_eigenvalue_says() -> None:
    scenario = garden(growth__contagion=0.5)
    state = scrambled(scenario, 1)
    c = columns_of(state)
    wave = np.cos(2 * np.pi * np.arange(7) / 7)  # an eigenvector of the ring
    c["teams.culture"][...] = c["teams.practised"][...] = 0.5 + 0.4 * wave
    learn(Address(1, 1), parameters(scenario), state)
    shrinks = 1 - 0.5 * (1 - np.cos(2 * np.pi / 7))
    np.testing.assert_allclose(c["teams.culture"], 0.5 + 0.4 * shrinks * wave, rtol=1e-12)


@pytest.mark.parametrize(("start", "end"), [(0.49, 0.0), (0.5, 0.5), (0.51, 1.0)])
def test_majorities_take_all_where_everybody_conforms(start: float, end: float) -> None:
    scenario = garden(growth__conformity=2, growth__degree=100, growth__contagion=0.5)
    state = scrambled(scenario, 1)
    c = columns_of(state)
    c["teams.culture"][...] = start
    for cycle in range(200):
        c["teams.practised"][...] = c["teams.culture"]
        learn(Address(1, cycle), parameters(scenario), state)
    np.testing.assert_allclose(c["teams.culture"], end, atol=1e-9)


def test_untended_culture_withers() -> None:
    scenario = garden(growth__contagion=0, growth__weeds=0.03)
    before = columns_of(scrambled(scenario, 1))["teams.culture"].copy()
    culture = grown(scenario, 40)["teams.culture"]
    np.testing.assert_allclose(culture, before * 0.97**40, rtol=1e-12)


def test_growth_that_is_off_changes_no_culture() -> None:
    scenario = garden(growth__on=False, growth__weeds=1)
    before = columns_of(scrambled(scenario, 1))
    c = grown(scenario, 5)
    for name in ("teams.culture", "teams.aspiration"):
        np.testing.assert_array_equal(c[name], before[name])


@pytest.mark.parametrize("stance", ["execution", "discovery"])
@pytest.mark.parametrize("better", [True, False])
def test_success_makes_a_habit_and_failure_breaks_it(stance: str, better: bool) -> None:
    scenario = garden(growth__contagion=0, growth__reinforcement=0.2)
    state = scrambled(scenario, 1)
    c = columns_of(state)
    c["teams.stance"][...] = list(scenario.cultures).index(stance)
    c["teams.aspiration"][...] = 2.0
    c["teams.value_created"][...] = 1000.0 if better else -1000.0
    before = c["teams.culture"].copy()
    learn(Address(1, 1), parameters(scenario), state)
    rises = better == (stance == "discovery")
    expected = before + 0.2 * (1 - before) if rises else 0.8 * before
    np.testing.assert_allclose(c["teams.culture"], expected, rtol=1e-12)


def test_first_value_is_what_is_expected_and_teaches_nothing_yet() -> None:
    scenario = garden(growth__contagion=0, growth__reinforcement=1)
    state = scrambled(scenario, 1)
    c = columns_of(state)
    before = c["teams.culture"].copy()
    learn(Address(1, 0), parameters(scenario), state)
    np.testing.assert_array_equal(c["teams.culture"], before)
    np.testing.assert_array_equal(c["teams.aspiration"], c["teams.value_created"])


def test_aspiration_remembers_and_looks_around() -> None:
    scenario = garden()
    state = scrambled(scenario, 1)
    c = columns_of(state)
    c["teams.aspiration"][...] = 4.0
    c["teams.value_created"][...] = [0, 0, 0, 7, 7, 7, 0]
    learn(Address(1, 1), parameters(scenario), state)
    expected = 0.85 * 4 + 0.05 * 3 + 0.1 * c["teams.value_created"]
    np.testing.assert_allclose(c["teams.aspiration"], expected, rtol=1e-12)


@pytest.mark.parametrize("visibility", [0.0, 0.25, 1.0])
def test_practice_under_orders_counts_for_less(visibility: float) -> None:
    scenario = garden(growth__contagion=0.5, growth__mandate_visibility=visibility)
    state = scrambled(scenario, 1)
    c = columns_of(state)
    c["teams.culture"][...] = 0.2
    c["teams.practised"][...] = 0.8
    learn(Address(1, 1), parameters(scenario), state)
    np.testing.assert_allclose(c["teams.culture"], 0.2 + 0.5 * visibility * 0.6, rtol=1e-12)


def test_what_is_done_under_orders_becomes_one_s_own() -> None:
    scenario = garden(growth__contagion=0, growth__internalisation=0.1)
    state = scrambled(scenario, 1)
    c = columns_of(state)
    c["teams.culture"][...] = 0.2
    c["teams.practised"][...] = 0.8
    learn(Address(1, 1), parameters(scenario), state)
    np.testing.assert_allclose(c["teams.culture"], 0.26, rtol=1e-12)


def test_successful_neighbours_are_watched_more() -> None:
    """One of two neighbours creates far more than the mean, the other far less: e to 1/e."""
    scenario = garden(growth__payoff_bias=1, growth__contagion=1)
    state = scrambled(scenario, 1)
    c = columns_of(state)
    c["teams.value_created"][...] = [1e6, -1e6, -1e6, 0, 0, 0, 1e6]
    c["teams.culture"][...] = c["teams.practised"][...] = [0, 0.9, 0.5, 0.5, 0.5, 0.5, 0.1]
    learn(Address(1, 1), parameters(scenario), state)
    expected = (math.exp(-1) * 0.9 + math.e * 0.1) / (math.exp(-1) + math.e)
    np.testing.assert_allclose(c["teams.culture"][0], expected, rtol=1e-4)


def test_organizations_do_not_watch_each_other() -> None:
    """Whatever one of them is and creates, the other's cultures and hopes come out the same."""
    ends = []
    for number in (0.0, 1.0):
        scenario = world("two")
        state = scrambled(scenario, 3)
        c = columns_of(state)
        for name in ("culture", "practised", "value_created", "aspiration"):
            c[f"teams.{name}"][6:] = number
        learn(Address(1, 2), parameters(scenario), state)
        ends.append((c["teams.culture"][:6].copy(), c["teams.aspiration"][:6].copy()))
    np.testing.assert_array_equal(ends[0], ends[1])


def test_team_alone_is_drawn_to_nobody() -> None:
    scenario = garden(organizations__acme__teams=1)
    before = columns_of(scrambled(scenario, 1))["teams.culture"].copy()
    np.testing.assert_array_equal(grown(scenario, 9)["teams.culture"], before)
