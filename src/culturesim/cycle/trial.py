"""Trial: tests that ask customers for a commitment."""

from __future__ import annotations

from culturesim.kernels.belief import keep_positive, learn_from_trials, riskiest
from culturesim.kernels.jit import rule
from culturesim.kernels.logit import logistic
from culturesim.kernels.normal import normal_quantile
from culturesim.kernels.random import index_below, round_at_random, uniforms
from culturesim.state import streams
from culturesim.state.columns import State, TeamRecord
from culturesim.state.facts import Facts, named
from culturesim.state.parameters import Address, Params

FACTS = Facts(
    acts="team",
    does="teams test their riskiest assumption by asking customers to commit",
    reads=named("customers", "care")
    + named(
        "teams",
        "stance capacity effort_serving testing_share reach_first reach_size reach "
        "belief precision test_skill",
    ),
    writes=named("teams", "belief precision trials effort_testing"),
    streams=("trials", "trial_sample"),
)


@rule
def trial(at: Address, params: Params, state: State) -> None:
    """Ask customers to commit to the riskiest concern, and learn from how many do.

    A skilled designer asks where the answer is in doubt, which tells most; an unskilled one asks
    elsewhere, where the answer is known beforehand.

    Source
    ------
    Ries (2011), *The Lean Startup*: vanity against actionable evidence. Maurya (2012), *Running
    Lean*: the riskiest assumption first. The forms are assumed.
    """
    customers, teams, means = state.customers, state.teams, params.means
    for j in range(teams.record.shape[0]):
        team: TeamRecord = teams.record[j]
        free = team.capacity - team.effort_serving
        team.effort_testing = team.testing_share * free
        luck = uniforms(at.seed, streams.TRIALS, at.cycle, j, 0)
        trials = round_at_random(team.effort_testing / means.cost_test, luck[0])
        if team.reach_size == 0:
            trials = 0
        team.trials = trials
        if trials > 0:
            d = riskiest(teams.belief[j], teams.precision[j])
            missed = (1.0 - team.test_skill) * means.ask_error * normal_quantile(luck[1])
            asked = teams.belief[j, d] + missed
            agreed = 0
            for n in range(trials):
                draw = uniforms(at.seed, streams.TRIAL_SAMPLE, at.cycle, j, n)
                pick = index_below(team.reach_size, draw[0])
                care = customers.care[teams.reach[team.reach_first + pick], d]
                if draw[1] < logistic(means.slope * (care - asked)):
                    agreed += 1
            teams.belief[j, d], teams.precision[j, d] = learn_from_trials(
                teams.belief[j, d],
                teams.precision[j, d],
                asked,
                means.slope,
                agreed / trials,
                params.practices[team.stance].evidence * trials,
            )
        keep_positive(teams.belief[j])
