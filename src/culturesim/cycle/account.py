"""Account: effort, value and waste are booked."""

from __future__ import annotations

from culturesim.kernels.jit import rule
from culturesim.kernels.vectors import dot
from culturesim.kernels.waterfilling import least_stock
from culturesim.state.columns import KEPT, State, TeamRecord
from culturesim.state.facts import Facts, named
from culturesim.state.parameters import Address, Params

FACTS = Facts(
    acts="team",
    does="value, resources and waste are booked; serving for the next cycle falls due",
    reads=named("customers", "worth status_quo fit choice committed_to outcome")
    + named(
        "teams",
        "capacity reach_first reach_size reach offer price performance commitments kept "
        "care_committed effort_building effort_serving broken_share",
    ),
    writes=named(
        "teams",
        "value_created resources_committed waste_unaccepted waste_misdirected waste_broken "
        "serving_due broken_share",
    ),
)


@rule
def account(at: Address, params: Params, state: State) -> None:
    """Book what customers declared, what they paid, and the effort that nobody valued.

    Building is waste where commitments do not cover it, and where somebody who knew what the
    committing customers care about would have reached the same fit with a smaller stock. Serving is
    waste where the promise was broken; it is spent, and booked, in the cycle after the promise.

    Source
    ------
    Womack & Jones (1996), *Lean thinking*: waste is what customers do not value. The accounts are
    this model's own.
    """
    customers, teams, production = state.customers, state.teams, params.production
    for j in range(teams.record.shape[0]):
        team: TeamRecord = teams.record[j]
        value = 0.0
        for member in range(team.reach_first, team.reach_first + team.reach_size):
            i = teams.reach[member]
            if customers.committed_to[i] == j and customers.outcome[i] == KEPT:
                gained = customers.fit[i, customers.choice[i] - 1] - customers.status_quo[i]
                value += customers.worth[i] * gained
        team.value_created = value
        team.resources_committed = team.price * team.kept

        unaccepted = max(0.0, team.effort_building - team.resources_committed)
        covered = team.effort_building - unaccepted
        team.waste_unaccepted = unaccepted
        team.waste_misdirected = 0.0
        if covered > 0.0 and team.commitments > 0:
            stock = 0.0
            for d in range(teams.performance.shape[1]):
                stock += teams.performance[j, d]
            fit = dot(teams.care_committed[j], teams.offer[j])
            needed = least_stock(teams.care_committed[j], fit, production.saturation)
            if stock > 0.0:
                team.waste_misdirected = covered * max(0.0, 1.0 - needed / stock)
        team.waste_broken = team.effort_serving * team.broken_share

        promised = team.commitments
        team.serving_due = min(
            production.serving * promised, production.serving_cap * team.capacity
        )
        team.broken_share = (promised - team.kept) / promised if promised > 0 else 0.0
