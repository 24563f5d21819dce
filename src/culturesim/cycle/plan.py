"""Plan: allocate the coming effort to concerns."""

from __future__ import annotations

from culturesim.kernels.effort import building_effort
from culturesim.kernels.jit import rule
from culturesim.kernels.waterfilling import best_plan
from culturesim.state.columns import State, TeamRecord
from culturesim.state.facts import Facts, named
from culturesim.state.parameters import Address, Params

FACTS = Facts(
    acts="team",
    does="teams move their plan towards what their belief says is best",
    reads=named(
        "teams",
        "stance capacity effort_serving listening_share testing_share belief plan",
    ),
    writes=named("teams", "target plan"),
)


@rule
def plan(at: Address, params: Params, state: State) -> None:
    """Move each plan towards the best division of the stock that this effort can sustain.

    The first plan of a team is the target itself.

    Source
    ------
    Boyd & Vandenberghe (2004), example 5.2: water-filling. Partial replanning is assumed.
    """
    teams, production = state.teams, params.production
    for j in range(teams.record.shape[0]):
        team: TeamRecord = teams.record[j]
        free = team.capacity - team.effort_serving
        building = building_effort(free, team.listening_share, team.testing_share)
        # The unit of belief does not matter to the division: it is not normalised first.
        best_plan(
            teams.belief[j], building / production.decay, production.saturation, teams.target[j]
        )
        replan = 1.0 if at.cycle == 0 else params.practices[team.stance].replan
        for d in range(teams.belief.shape[1]):
            teams.plan[j, d] += replan * (teams.target[j, d] - teams.plan[j, d])
