"""Listen: conversations with customers."""

from __future__ import annotations

import math

from culturesim.kernels.belief import forget, learn_from_signal
from culturesim.kernels.jit import rule
from culturesim.kernels.random import (
    WORDS,
    fill_normals,
    index_below,
    round_at_random,
    uniform,
    uniforms,
)
from culturesim.state import streams
from culturesim.state.columns import State, TeamRecord
from culturesim.state.facts import Facts, named
from culturesim.state.parameters import Address, OrganizationTraits, Params, Practices

FACTS = Facts(
    acts="team",
    does="effort is at hand; old evidence is discounted; teams listen to customers in reach",
    reads=named("customers", "care")
    + named(
        "teams",
        "organization contributed stance serving_due commitments fair_share reach_first reach_size "
        "reach belief precision listening_skill",
    ),
    writes=named(
        "teams",
        "belief precision capacity listening_share testing_share conversations "
        "effort_listening effort_serving",
    ),
    streams=("talks", "talk_sample", "talk_noise"),
)


@rule
def listen(at: Address, params: Params, state: State) -> None:
    """Divide free effort, hold conversations, and believe what was heard.

    What a team hears is part the mean care of those it talked to and, in so far as it lacks skill,
    its own belief; it takes all of it at face value.

    Source
    ------
    Nickerson (1998), *Confirmation bias*: hearing oneself. Blank (2005), *The Four Steps to the
    Epiphany*: search less while customers commit (taper). The forms are assumed.
    """
    heard, noise = state.room.signal, state.room.noise
    customers, teams, means = state.customers, state.teams, params.means
    concerns = teams.belief.shape[1]
    variance = means.listening_noise * means.listening_noise
    for j in range(teams.record.shape[0]):
        team: TeamRecord = teams.record[j]
        practices: Practices = params.practices[team.stance]
        evidence = practices.evidence
        forget(teams.precision[j], practices.forgetting * evidence, 1.0 / variance)

        taken_up = 0.0
        if team.fair_share > 0.0:
            taken_up = min(1.0, team.commitments / team.fair_share)
        search = 1.0 - practices.taper * taken_up
        team.listening_share = practices.listening * search
        team.testing_share = practices.testing * search
        organization: OrganizationTraits = params.organizations[team.organization]
        team.capacity = organization.capacity + team.contributed
        team.effort_serving = team.serving_due
        free = team.capacity - team.serving_due
        team.effort_listening = team.listening_share * free

        talks = round_at_random(
            team.effort_listening / means.cost_talk,
            uniform(at.seed, streams.TALKS, at.cycle, j, 0),
        )
        if team.reach_size == 0:
            talks = 0
        team.conversations = talks
        if talks == 0:
            continue
        for d in range(concerns):
            heard[d] = 0.0
        for block in range((talks + WORDS - 1) // WORDS):
            luck = uniforms(at.seed, streams.TALK_SAMPLE, at.cycle, j, block)
            for talk in range(block * WORDS, min(talks, block * WORDS + WORDS)):
                pick = index_below(team.reach_size, luck[talk - block * WORDS])
                person = teams.reach[team.reach_first + pick]
                for d in range(concerns):
                    heard[d] += customers.care[person, d]
        fill_normals(noise, at.seed, streams.TALK_NOISE, at.cycle, j, 0)
        skill = team.listening_skill
        error = means.listening_noise / math.sqrt(talks)
        for d in range(concerns):
            said = heard[d] / talks
            heard[d] = skill * said + (1.0 - skill) * teams.belief[j, d] + error * noise[d]
        learn_from_signal(teams.belief[j], teams.precision[j], heard, evidence * talks / variance)
