"""Account: effort, value and waste are booked."""

from __future__ import annotations

import math

from culturesim.kernels.jit import rule
from culturesim.kernels.waterfilling import least_stock
from culturesim.state.columns import State, TeamRecord
from culturesim.state.facts import Facts, named
from culturesim.state.parameters import Address, OrganizationTraits, Params

FACTS = Facts(
    acts="team",
    does="resources and waste are booked; what the next cycle owes and gets falls due",
    reads=named(
        "teams",
        "organization price performance commitments kept internal_kept care_committed "
        "effort_building effort_serving broken_share",
    ),
    writes=named(
        "teams",
        "resources_committed waste_unaccepted waste_misdirected waste_broken contributed "
        "serving_due broken_share",
    ),
)


@rule
def account(at: Address, params: Params, state: State) -> None:
    """Book what customers paid, and the effort that nobody valued.

    Building is waste where commitments do not cover it, and where somebody who knew what the
    committing customers care about would have reached the same fit with a smaller stock. Serving is
    waste where the promise was broken; it is spent, and booked, in the cycle after the promise.
    Insiders pay in effort, which is at hand in the next cycle.

    Source
    ------
    Womack & Jones (1996), *Lean thinking*: waste is what customers do not value. The accounts are
    this model's own.
    """
    teams, production = state.teams, params.production
    for j in range(teams.record.shape[0]):
        team: TeamRecord = teams.record[j]
        team.resources_committed = team.price * team.kept

        unaccepted = max(0.0, team.effort_building - team.resources_committed)
        covered = team.effort_building - unaccepted
        team.waste_unaccepted = unaccepted
        team.waste_misdirected = 0.0
        if covered > 0.0 and team.commitments > 0:
            stock = 0.0
            lacking = 0.0
            for d in range(teams.performance.shape[1]):
                performance = teams.performance[j, d]
                stock += performance
                missed = math.exp(-performance / production.saturation)
                lacking += teams.care_committed[j, d] * missed
            needed = least_stock(teams.care_committed[j], lacking, production.saturation)
            if stock > 0.0:
                team.waste_misdirected = covered * max(0.0, 1.0 - needed / stock)
        team.waste_broken = team.effort_serving * team.broken_share

        promised = team.commitments
        organization: OrganizationTraits = params.organizations[team.organization]
        team.contributed = team.price * team.internal_kept
        at_hand = organization.capacity + team.contributed
        team.serving_due = min(production.serving * promised, production.serving_cap * at_hand)
        team.broken_share = (promised - team.kept) / promised if promised > 0 else 0.0
