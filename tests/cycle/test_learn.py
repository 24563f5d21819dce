"""Learn: practice builds skills and discipline, disuse forgets."""

from __future__ import annotations

import numpy as np
import pytest

from culturesim.cycle.learn import learn
from culturesim.scenario import Scenario
from culturesim.scenario.populate import parameters
from culturesim.state.parameters import Address
from tests.cycle._worlds import (
    WORLDS,
    Columns,
    Draws,
    check,
    columns_of,
    culture_of,
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


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("seed", [1, 2])
def test_twin(name: str, seed: int) -> None:
    scenario = world(name, skills__initial=0.4, skills__practice=0.6, skills__forget=0.07)
    check(learn, twin, scenario, scrambled(scenario, seed))


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
