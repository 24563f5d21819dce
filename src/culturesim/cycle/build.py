"""Build: effort becomes performance."""

from __future__ import annotations

import math

from culturesim.kernels.belief import relative_uncertainty
from culturesim.kernels.effort import building_effort
from culturesim.kernels.jit import rule
from culturesim.state.columns import SEARCHING, TAKEN_UP, VALIDATED, State, TeamRecord
from culturesim.state.facts import Facts, named
from culturesim.state.parameters import Address, Params, Practices

FACTS = Facts(
    acts="team",
    does="teams build to plan, with learning by doing; a gate may withhold effort",
    reads=named(
        "teams",
        "stance capacity effort_serving listening_share testing_share plan precision commitments "
        "fair_share validation experience performance",
    ),
    writes=named("teams", "validation effort_building effort_withheld experience performance"),
)

FAITHFUL = 0.1  # part of its fair share below which a validated offer must be searched for again


@rule
def build(at: Address, params: Params, state: State) -> None:
    """Spend building effort by plan; each unit yields more the more of its kind went before.

    Source
    ------
    Wright (1936), *Factors affecting the cost of airplanes*: the learning curve. Argote, Beckman &
    Epple (1990): experience decays. Blank (2005): search and validate before scaling (the gate).
    """
    teams, production = state.teams, params.production
    for j in range(teams.record.shape[0]):
        team: TeamRecord = teams.record[j]
        practices: Practices = params.practices[team.stance]
        taken_up = team.commitments >= FAITHFUL * team.fair_share
        if team.validation == TAKEN_UP and not taken_up:
            team.validation = SEARCHING
        if (
            team.validation == SEARCHING
            and relative_uncertainty(teams.precision[j]) <= practices.validation
        ):
            team.validation = VALIDATED
        if team.validation == VALIDATED and taken_up and team.commitments > 0:
            team.validation = TAKEN_UP

        free = team.capacity - team.effort_serving
        building = building_effort(free, team.listening_share, team.testing_share)
        withheld = 0.0
        if team.validation == SEARCHING:
            withheld = practices.gate * building
        building -= withheld
        team.effort_withheld = withheld
        team.effort_building = building
        for d in range(teams.plan.shape[1]):
            effort = building * teams.plan[j, d]
            practised = teams.experience[j, d]
            efficiency = math.pow(
                1.0 + practised / production.experience_scale, production.learning
            )
            teams.experience[j, d] = (1.0 - production.experience_decay) * practised + effort
            teams.performance[j, d] = (1.0 - production.decay) * teams.performance[
                j, d
            ] + efficiency * effort
