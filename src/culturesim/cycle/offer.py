"""Offer: what each team puts before the customers that consider it."""

from __future__ import annotations

import math

from culturesim.kernels.jit import rule
from culturesim.state.columns import State, TeamRecord
from culturesim.state.facts import Facts, named
from culturesim.state.parameters import Address, OrganizationTraits, Params

FACTS = Facts(
    acts="team",
    does="teams put an offer and its price before the customers in reach",
    reads=named("teams", "organization performance"),
    writes=named("teams", "offer price offering"),
)


@rule
def offer(at: Address, params: Params, state: State) -> None:
    """Turn performance into the degree to which each concern is taken care of.

    Source
    ------
    Assumed: returns diminish exponentially, as in the plan.
    """
    teams = state.teams
    for j in range(teams.record.shape[0]):
        team: TeamRecord = teams.record[j]
        organization: OrganizationTraits = params.organizations[team.organization]
        team.price = organization.price
        team.offering = at.cycle >= organization.entry
        for d in range(teams.offer.shape[1]):
            teams.offer[j, d] = 1.0 - math.exp(
                -teams.performance[j, d] / params.production.saturation
            )
