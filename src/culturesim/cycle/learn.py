"""Learn: skills and discipline change with what was done."""

from __future__ import annotations

from culturesim.kernels.jit import rule
from culturesim.state.columns import State, TeamRecord
from culturesim.state.facts import Facts, named
from culturesim.state.parameters import Address, Params

FACTS = Facts(
    acts="team",
    does="practice builds skill and discipline; disuse forgets skill",
    reads=named(
        "teams", "stance listening_share testing_share listening_skill test_skill discipline"
    ),
    writes=named("teams", "listening_skill test_skill discipline"),
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
    """Practise the two skills by the effort spent on them, and gain the stance's discipline.

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
