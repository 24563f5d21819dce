"""Assess: each customer assesses each offer it considers, and doing nothing."""

from __future__ import annotations

import math

from culturesim.kernels.assessment import assess_offer, is_acceptable
from culturesim.kernels.blocks import first_row
from culturesim.kernels.jit import rule
from culturesim.kernels.vectors import dot
from culturesim.state.columns import Customers, Segments, State, Teams
from culturesim.state.facts import Facts, named
from culturesim.state.parameters import Address, Params, SegmentTraits
from culturesim.state.rows import some

FACTS = Facts(
    acts="customer",
    does="customers assess the offers that they consider, and doing nothing",
    reads=named("segments", "takeup")
    + named("customers", "segment care standard worth status_quo budget considered trust choice")
    + named("teams", "offer price offering"),
    writes=named("customers", "fit assessment"),
)


@rule
def assess(at: Address, params: Params, state: State) -> None:
    """Assess in money: fit times worth times trust, less the price; habit and peers add to it.

    Source
    ------
    McFadden (1974): the outside option. Klemperer (1987): switching costs. Bass (1969): the
    influence of those who have adopted.
    """
    blocks, people = state.room.care.shape[0], state.customers.choice.shape[0]
    for block in range(at.share.first, min(at.share.last, blocks)):
        first = first_row(block, blocks, people)
        last = first_row(block + 1, blocks, people)
        _assess(params, state.segments, some(state.customers, first, last), state.teams)


@rule
def _assess(params: Params, segments: Segments, customers: Customers, teams: Teams) -> None:
    """Assess all that these customers consider."""
    for i in range(customers.choice.shape[0]):
        segment = customers.segment[i]
        traits: SegmentTraits = params.segments[segment]
        habit = traits.switching_cost
        peers = traits.peer_influence
        before = customers.choice[i]
        customers.assessment[i, 0] = customers.worth[i] * customers.status_quo[i]
        for slot in range(customers.considered.shape[1]):
            j = customers.considered[i, slot]
            fit = 0.0
            assessment = -math.inf
            if j >= 0 and teams.record[j].offering:
                price = teams.record[j].price
                fit = dot(customers.care[i], teams.offer[j])
                # Assessed in any case: the processor cannot foresee whether it is acceptable.
                worth = assess_offer(fit, customers.worth[i], customers.trust[i, slot], price)
                worth += peers * segments.takeup[segment, j]
                if is_acceptable(fit, customers.standard[i], price, customers.budget[i]):
                    assessment = worth
            customers.fit[i, slot] = fit
            customers.assessment[i, slot + 1] = assessment
        customers.assessment[i, before] += habit
