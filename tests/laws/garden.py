"""The gardener's book: every culture, once more, from what teams did and what came of it."""

from __future__ import annotations

from typing import Any

import numpy as np

import culturesim as cs
from culturesim.state.columns import State
from culturesim.state.parameters import Floats

EXACT = 1e-9


class Garden:
    """What a culture was when the cycle's practice began, and what becomes of it.

    A mandate hides the culture behind what is practised; where one may stand, only the limits are
    checked.
    """

    def __init__(self, scenario: cs.Scenario, whose: Any) -> None:
        self.growth = scenario.growth
        self.whose = whose
        kinds = [action.kind for action in scenario.leadership.values()]
        self.hidden = "mandate" in kinds
        self.led = bool(kinds)
        names = list(scenario.cultures)
        self.second = np.array([names.index(pole) for pole in map(second_pole, of_teams(scenario))])
        self.culture: Floats | None = None  # at the end of the last cycle
        self.expected: Floats | None = None

    def check(self, state: State) -> None:
        teams = state.teams.record
        culture, practised = teams["culture"].copy(), teams["practised"]
        for share in (culture, practised):
            assert np.all((share >= 0.0) & (share <= 1.0))
        if not self.hidden:
            if not self.led and self.culture is not None:
                np.testing.assert_array_equal(practised, self.culture)
            hope, grown = practised, practised
            if self.growth.on:
                hope, grown = self.grow(state, practised)
                np.testing.assert_allclose(teams["aspiration"], hope, rtol=EXACT, atol=EXACT)
            np.testing.assert_allclose(culture, grown, rtol=EXACT, atol=EXACT)
        self.expected = teams["aspiration"].copy()
        self.culture = culture

    def grow(self, state: State, old: Floats) -> tuple[Floats, Floats]:
        """Aspirations and cultures after a cycle in which nobody was under orders."""
        growth, teams = self.growth, state.teams.record
        value = teams["value_created"]
        sums = np.bincount(self.whose, weights=value)
        usual = (sums / np.bincount(self.whose))[self.whose]
        sees = seen(state)
        assert not sees[self.whose[:, np.newaxis] != self.whose].any()
        better = np.tanh((value - usual) / (0.5 * np.abs(usual) + 0.5))
        weight = sees * np.exp(growth.payoff_bias * better)
        around = np.divide(weight @ old, weight.sum(axis=1), out=old.copy(), where=sees.any(axis=1))
        around = np.clip(around, 0.0, 1.0)
        powers = around**growth.conformity, (1.0 - around) ** growth.conformity
        drawn = np.where(sees.any(axis=1), powers[0] / (powers[0] + powers[1]) - old, 0.0)

        first = self.expected is None
        hope = value if first else self.expected
        assert hope is not None
        content = np.tanh((value - hope) / (0.3 * np.abs(hope) + 0.5))
        towards = np.where(teams["stance"] == self.second, content, -content)
        habit = np.where(towards > 0.0, towards * (1.0 - old), towards * old)
        change = growth.contagion * drawn + growth.reinforcement * habit - growth.weeds * old
        memory = 1.0 - growth.aspiration_own - growth.aspiration_others
        mixed = memory * hope + growth.aspiration_own * value + growth.aspiration_others * usual
        return (value if first else mixed), np.clip(old + change, 0.0, 1.0)


def seen(state: State) -> Any:
    """Which teams see which: a square of yes and no."""
    teams = state.teams.record
    sees = np.zeros((len(teams), len(teams)), bool)
    watcher = np.repeat(np.arange(len(teams)), teams["neighbour_size"])
    sees[watcher, state.teams.neighbours] = True
    assert np.all(sees == sees.T)
    return sees


def of_teams(scenario: cs.Scenario) -> list[Any]:
    """The organization of each team."""
    return [o for o in scenario.organizations.values() for _ in range(o.teams)]


def second_pole(organization: Any) -> str:
    """The stance that the culture is a propensity for."""
    first, second = organization.poles
    culture = organization.culture
    return str(culture if isinstance(culture, str) and culture != first else second)
