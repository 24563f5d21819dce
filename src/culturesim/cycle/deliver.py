"""Deliver: promises are kept or broken, trust moves, and those who were served speak."""

from __future__ import annotations

import math

import numpy as np

from culturesim.kernels.belief import keep_positive, learn_from_signal
from culturesim.kernels.jit import rule
from culturesim.kernels.promises import keeping_probability
from culturesim.kernels.random import fill_normals, round_at_random, uniform
from culturesim.state import streams
from culturesim.state.columns import BROKEN, KEPT, State, TeamRecord
from culturesim.state.facts import Facts, named
from culturesim.state.parameters import Address, Params

FACTS = Facts(
    acts="customer, team",
    does="promises are kept or broken; customers declare value; trust moves; the market tells "
    "teams something for free",
    reads=named("customers", "segment care worth status_quo fit trust choice committed_to")
    + named(
        "teams",
        "stance capacity discipline commitments reach_first reach_size reach belief precision",
    ),
    writes=named("customers", "trust outcome")
    + named(
        "teams", "kept internal_kept value_created internal_value care_committed belief precision"
    ),
    streams=("promise", "feedback", "feedback_noise"),
)


@rule
def deliver(at: Address, params: Params, state: State) -> None:
    """Keep or break each promise, declare value, move trust, then hear from those who were served.

    Source
    ------
    Flores (2013), *Conversations for action*: a promise ends with the customer's declaration of
    satisfaction. Slovic (1993): trust is lost faster than won; the numbers are assumed.
    """
    customers, teams, trust = state.customers, state.teams, params.trust
    production, means = params.production, params.means
    concerns = teams.belief.shape[1]
    variance = means.listening_noise * means.listening_noise
    heard = np.empty(concerns)
    noise = np.empty(concerns)
    for j in range(teams.record.shape[0]):
        team: TeamRecord = teams.record[j]
        committed = team.commitments
        keeping = keeping_probability(
            production.defect,
            team.discipline,
            production.discipline_scale,
            production.discipline_exponent,
            production.serving_cap * team.capacity,
            production.serving * committed,
        )
        kept = 0
        internal_kept = 0
        value = 0.0
        internal_value = 0.0
        for d in range(concerns):
            heard[d] = 0.0
            teams.care_committed[j, d] = 0.0
        # Each customer commits to one team at most, so each row has one writer.
        for member in range(team.reach_first, team.reach_first + team.reach_size):
            i = teams.reach[member]
            if customers.committed_to[i] != j:
                continue
            slot = customers.choice[i] - 1
            if uniform(at.seed, streams.PROMISE, at.cycle, i, 0) < keeping:
                customers.outcome[i] = KEPT
                customers.trust[i, slot] += trust.gain * (1.0 - customers.trust[i, slot])
                kept += 1
                gained = customers.fit[i, slot] - customers.status_quo[i]
                value += customers.worth[i] * gained
                if params.segments[customers.segment[i]].internal:
                    internal_kept += 1
                    internal_value += customers.worth[i] * gained
                for d in range(concerns):
                    heard[d] += customers.care[i, d]
            else:
                customers.outcome[i] = BROKEN
                customers.trust[i, slot] *= trust.loss
            for d in range(concerns):
                teams.care_committed[j, d] += customers.care[i, d]
        team.kept = kept
        team.internal_kept = internal_kept
        team.value_created = value
        team.internal_value = internal_value
        if committed > 0:
            for d in range(concerns):
                teams.care_committed[j, d] /= committed

        signals = round_at_random(
            means.feedback * kept, uniform(at.seed, streams.FEEDBACK, at.cycle, j, 0)
        )
        if kept > 0 and signals > 0:
            fill_normals(noise, at.seed, streams.FEEDBACK_NOISE, at.cycle, j, 0)
            error = means.listening_noise / math.sqrt(signals)
            for d in range(concerns):
                heard[d] = heard[d] / kept + error * noise[d]
            evidence = params.practices[team.stance].evidence
            learn_from_signal(
                teams.belief[j], teams.precision[j], heard, evidence * signals / variance
            )
            keep_positive(teams.belief[j])
