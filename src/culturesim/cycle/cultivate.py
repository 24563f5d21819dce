"""Cultivate: each team takes its stance for the cycle."""

from __future__ import annotations

from culturesim.kernels.jit import rule
from culturesim.kernels.random import uniform
from culturesim.state import streams
from culturesim.state.columns import State, TeamRecord
from culturesim.state.facts import Facts, named
from culturesim.state.parameters import Address, OrganizationTraits, Params

FACTS = Facts(
    acts="team",
    does="each team takes its stance: the practices of this cycle",
    reads=named("teams", "organization culture"),
    writes=named("teams", "stance"),
    streams=("stance",),
)


@rule
def cultivate(at: Address, params: Params, state: State) -> None:
    """Take the stance of the second pole with probability ``culture``, else that of the first.

    Source
    ------
    Assumed: culture is what a team habitually does, hence a propensity.
    """
    teams = state.teams
    for j in range(teams.record.shape[0]):
        team: TeamRecord = teams.record[j]
        organization: OrganizationTraits = params.organizations[team.organization]
        second = uniform(at.seed, streams.STANCE, at.cycle, j, 0) < team.culture
        team.stance = organization.second_pole if second else organization.first_pole
