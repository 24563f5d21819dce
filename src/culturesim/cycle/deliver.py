"""Deliver: promises are kept or broken, trust moves, and those who were served speak."""

from __future__ import annotations

import math

import numpy as np

from culturesim.kernels.belief import keep_positive, learn_from_signal
from culturesim.kernels.jit import rule, rule_with_memory
from culturesim.kernels.promises import keeping_probability
from culturesim.kernels.random import fill_normals, round_at_random, uniform
from culturesim.state import streams
from culturesim.state.columns import BROKEN, KEPT, State, TeamRecord
from culturesim.state.facts import Facts, named
from culturesim.state.parameters import Address, Floats, Integers, Params

FACTS = Facts(
    acts="customer, team",
    does="promises are kept or broken; customers declare value; trust moves; the market tells "
    "teams something for free",
    reads=named("customers", "segment care worth status_quo fit trust choice committed_to")
    + named(
        "teams",
        "stance capacity discipline commitments belief precision",
    ),
    writes=named("customers", "trust outcome")
    + named(
        "teams", "kept internal_kept value_created internal_value care_committed belief precision"
    ),
    streams=("promise", "feedback", "feedback_noise"),
)


@rule_with_memory
def deliver(at: Address, params: Params, state: State) -> None:
    """Keep or break each promise, declare value, move trust, then hear from those who were served.

    Source
    ------
    Flores (2013), *Conversations for action*: a promise ends with the customer's declaration of
    satisfaction. Slovic (1993): trust is lost faster than won; the numbers are assumed.
    """
    number, concerns = state.teams.belief.shape
    _deliver(
        at,
        params,
        state,
        np.empty(number),
        np.empty(state.customers.choice.shape[0], np.int64),
        np.zeros((number, concerns)),
        np.empty(concerns),
    )


@rule
def _deliver(
    at: Address,
    params: Params,
    state: State,
    keeping: Floats,
    served: Integers,
    heard: Floats,
    noise: Floats,
) -> None:
    """Do the work, with room for what nobody else will read."""
    customers, teams, trust = state.customers, state.teams, params.trust
    production, means = params.production, params.means
    number, concerns = teams.belief.shape
    variance = means.listening_noise * means.listening_noise
    for j in range(number):
        team: TeamRecord = teams.record[j]
        keeping[j] = keeping_probability(
            production.defect,
            team.discipline,
            production.discipline_scale,
            production.discipline_exponent,
            production.serving_cap * team.capacity,
            production.serving * team.commitments,
        )
        team.kept = 0
        team.internal_kept = 0
        team.value_created = 0.0
        team.internal_value = 0.0
        for d in range(concerns):
            teams.care_committed[j, d] = 0.0

    # They are listed first: who has committed cannot be foreseen, and a wrong guess takes time.
    promises = 0
    for i in range(customers.choice.shape[0]):
        served[promises] = i
        promises += customers.committed_to[i] >= 0
    # What crosses rows is summed in the fixed order of the customers.
    for n in range(promises):
        i = served[n]
        j = customers.committed_to[i]
        team = teams.record[j]
        slot = customers.choice[i] - 1
        if uniform(at.seed, streams.PROMISE, at.cycle, i, 0) < keeping[j]:
            customers.outcome[i] = KEPT
            customers.trust[i, slot] += trust.gain * (1.0 - customers.trust[i, slot])
            gained = customers.fit[i, slot] - customers.status_quo[i]
            team.kept += 1
            team.value_created += customers.worth[i] * gained
            if params.segments[customers.segment[i]].internal:
                team.internal_kept += 1
                team.internal_value += customers.worth[i] * gained
            for d in range(concerns):
                heard[j, d] += customers.care[i, d]
        else:
            customers.outcome[i] = BROKEN
            customers.trust[i, slot] *= trust.loss
        for d in range(concerns):
            teams.care_committed[j, d] += customers.care[i, d]

    for j in range(number):
        team = teams.record[j]
        kept = team.kept
        if team.commitments > 0:
            for d in range(concerns):
                teams.care_committed[j, d] /= team.commitments
        signals = round_at_random(
            means.feedback * kept, uniform(at.seed, streams.FEEDBACK, at.cycle, j, 0)
        )
        if kept > 0 and signals > 0:
            fill_normals(noise, at.seed, streams.FEEDBACK_NOISE, at.cycle, j, 0)
            error = means.listening_noise / math.sqrt(signals)
            for d in range(concerns):
                heard[j, d] = heard[j, d] / kept + error * noise[d]
            evidence = params.practices[team.stance].evidence
            learn_from_signal(
                teams.belief[j], teams.precision[j], heard[j], evidence * signals / variance
            )
            keep_positive(teams.belief[j])
