"""Learn: skills, discipline and culture change with what was done, and what came of it."""

from __future__ import annotations

import numpy as np

from culturesim.kernels.culture import attraction, conform, reinforced, satisfaction
from culturesim.kernels.jit import rule, rule_with_memory
from culturesim.state.columns import State, TeamRecord
from culturesim.state.facts import Facts, named
from culturesim.state.parameters import Address, Growth, OrganizationTraits, Params

FACTS = Facts(
    acts="team",
    does="practice builds skill and discipline; cultures spread, pay and wither",
    reads=named(
        "teams",
        "stance listening_share testing_share listening_skill test_skill discipline "
        "neighbour_first neighbour_size neighbours culture practised aspiration value_created",
    ),
    writes=named("teams", "listening_skill test_skill discipline culture aspiration"),
)


@rule
def practised(skill: float, share: float, initial: float, practice: float, forget: float) -> float:
    """Skill after a cycle with this share of effort on it.

    Source
    ------
    Newell & Rosenbloom (1981): practice brings a share of what is still missing. Assumed: disuse
    takes away a share of what was won.
    """
    return skill + practice * share * (1.0 - skill) - forget * (skill - initial)


@rule
def learn(at: Address, params: Params, state: State) -> None:
    """Practise the two skills, gain the stance's discipline, and let cultures grow or wither.

    Source
    ------
    Newell & Rosenbloom (1981), *Mechanisms of skill acquisition and the law of practice*.
    """
    teams, skills = state.teams, params.skills
    for j in range(teams.record.shape[0]):
        team: TeamRecord = teams.record[j]
        team.listening_skill = practised(
            team.listening_skill,
            team.listening_share,
            skills.initial,
            skills.practice,
            skills.forget,
        )
        team.test_skill = practised(
            team.test_skill,
            team.testing_share,
            skills.initial,
            skills.practice,
            skills.forget,
        )
        team.discipline += params.practices[team.stance].discipline
    if params.growth.on > 0.0:
        _grow(at, params, state)


@rule_with_memory
def _grow(at: Address, params: Params, state: State) -> None:
    """Move every team's culture by what its neighbours show, by its own success, and by neglect.

    All teams move at once: each looks at what the others were in this cycle. What a team is seen
    to do beyond its own culture, because it was ordered to, counts for less.

    Source
    ------
    Macy & Flache (2002): aspirations that follow experience. The sum of the four terms is assumed.
    """
    teams = state.teams
    growth: Growth = params.growth
    number = teams.record.shape[0]
    before = np.empty(number)
    shown = np.empty(number)
    watched = np.empty(number)
    first = 0
    for o in range(params.organizations.shape[0]):
        organization: OrganizationTraits = params.organizations[o]
        end = first + organization.teams
        mean = 0.0
        for j in range(first, end):
            mean += teams.record[j].value_created
        mean /= end - first
        for j in range(first, end):
            team: TeamRecord = teams.record[j]
            before[j] = team.culture
            ordered = team.practised - team.culture
            shown[j] = team.culture + growth.mandate_visibility * ordered
            watched[j] = attraction(team.value_created, mean, growth.payoff_bias)
        for j in range(first, end):
            team = teams.record[j]
            culture = before[j]
            value = team.value_created
            change = 0.0
            if team.neighbour_size > 0:
                total = 0.0
                seen = 0.0
                for link in range(team.neighbour_first, team.neighbour_first + team.neighbour_size):
                    other = teams.neighbours[link]
                    total += watched[other]
                    seen += watched[other] * shown[other]
                around = min(1.0, seen / total)
                change = growth.contagion * (conform(around, growth.conformity) - culture)
            if at.cycle == 0:
                team.aspiration = value
            else:
                content = satisfaction(value, team.aspiration)
                second = team.stance == organization.second_pole
                change += reinforced(culture, content, second, growth.reinforcement)
                others = growth.aspiration_others
                own = growth.aspiration_own
                team.aspiration = (
                    (1.0 - own - others) * team.aspiration + own * value + others * mean
                )
            change -= growth.weeds * culture
            change += growth.internalisation * (team.practised - culture)
            team.culture = min(1.0, max(0.0, culture + change))
        first = end
