"""What teams do: listen, trial, plan, build, offer, learn."""

from __future__ import annotations

import math

from tests.reference import draws
from tests.reference.allocation import water_filling
from tests.reference.entities import SEARCHING, TAKEN_UP, VALIDATED, Team
from tests.reference.population import mean_care
from tests.reference.world import World

LEAST_BELIEF = 1e-4
RISK_OF_THE_UNCARED = 0.02
TAKEN_UP_FROM = 0.1


def logistic(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x)) if x > -700.0 else 0.0


def believe(world: World, team: Team, signals: int, heard: list[float]) -> None:
    """Learn from so many signals, all at once and at face value."""
    noise = world.spec["means"]["listening_noise"]
    weight = world.practice(team, "evidence") * signals / noise**2
    for d, h in enumerate(heard):
        tau = team.precision[d]
        team.belief[d] = (tau * team.belief[d] + weight * h) / (tau + weight)
        team.precision[d] = tau + weight


def lift_belief(team: Team) -> None:
    team.belief = [max(LEAST_BELIEF, m) for m in team.belief]


# --- listen and trial


def listen(world: World) -> None:
    for team in world.teams:
        fade(world, team)
        divide_effort(world, team)
        converse(world, team)


def fade(world: World, team: Team) -> None:
    kept = 1.0 - world.practice(team, "forgetting") * world.practice(team, "evidence")
    least = 1.0 / world.spec["means"]["listening_noise"] ** 2
    team.precision = [max(least, kept * tau) for tau in team.precision]


def divide_effort(world: World, team: Team) -> None:
    team.capacity = team.organization.settings["capacity"] + team.contributed
    team.free = team.capacity - team.serving_due
    success = min(1.0, len(team.committed) / team.fair_share) if team.fair_share > 0.0 else 0.0
    left = 1.0 - world.practice(team, "taper") * success
    team.listening_share = world.practice(team, "listening") * left
    team.testing_share = world.practice(team, "testing") * left
    team.books = {
        "effort": team.capacity,
        "effort_contributed": team.contributed,
        "effort_serving": team.serving_due,
        "effort_listening": team.listening_share * team.free,
        "effort_testing": team.testing_share * team.free,
    }


def converse(world: World, team: Team) -> None:
    means = world.spec["means"]
    rounding = world.luck.uniform(draws.TALKS, world.cycle, team.row)
    n = math.floor(team.books["effort_listening"] / means["cost_talk"] + rounding)
    team.conversations = n if team.reach else 0
    if not team.conversations:
        return
    places = world.luck.uniforms(draws.TALK_SAMPLE, world.cycle, team.row, n)
    sample = [team.reach[int(u * len(team.reach))] for u in places]
    normals = world.luck.normals(draws.TALK_NOISE, world.cycle, team.row, world.concerns)
    skill, noise = team.listening_skill, means["listening_noise"] / math.sqrt(n)
    heard = [
        skill * w + (1.0 - skill) * m + noise * x
        for w, m, x in zip(mean_care(sample), team.belief, normals, strict=True)
    ]
    believe(world, team, n, heard)


def trial(world: World) -> None:
    means = world.spec["means"]
    for team in world.teams:
        rounding = world.luck.uniform(draws.TRIALS, world.cycle, team.row)
        n = math.floor(team.books["effort_testing"] / means["cost_test"] + rounding)
        team.trials = n if team.reach else 0
        if team.trials:
            ask(world, team)
        lift_belief(team)


def ask(world: World, team: Team) -> None:
    """Ask customers to commit, about the riskiest assumption."""
    means, n = world.spec["means"], team.trials
    risks = [
        (m + RISK_OF_THE_UNCARED) / math.sqrt(tau)
        for m, tau in zip(team.belief, team.precision, strict=True)
    ]
    d = risks.index(max(risks))
    misplaced = world.luck.normals(draws.TRIALS, world.cycle, team.row, 2)[1]
    theta = team.belief[d] + (1.0 - team.test_skill) * means["ask_error"] * misplaced
    slope, committed = means["slope"], 0
    for test in range(n):
        place, answer = world.luck.uniforms(draws.TRIAL_SAMPLE, world.cycle, team.row, 2, test)
        customer = team.reach[int(place * len(team.reach))]
        committed += answer < logistic(slope * (customer.care[d] - theta))
    p = logistic(slope * (team.belief[d] - theta))
    evidence = world.practice(team, "evidence")
    team.precision[d] += evidence * n * slope**2 * p * (1.0 - p)
    team.belief[d] += evidence * n * slope * (committed / n - p) / team.precision[d]


# --- plan, build, offer


def building_effort(team: Team) -> float:
    return team.free * (1.0 - team.listening_share - team.testing_share)


def plan(world: World) -> None:
    production = world.spec["production"]
    for team in world.teams:
        stock = building_effort(team) / production["decay"]
        target = water_filling(team.belief, stock, production["saturation"])
        step = world.practice(team, "replan") if world.cycle > 0 else 1.0
        team.plan = [p + step * (t - p) for p, t in zip(team.plan, target, strict=True)]


def build(world: World) -> None:
    for team in world.teams:
        validate(world, team)
        effort = building_effort(team)
        gate = world.practice(team, "gate") if team.validation == SEARCHING else 0.0
        team.books["effort_withheld"] = gate * effort
        team.books["effort_building"] = effort - gate * effort
        work(world, team, effort - gate * effort)


def validate(world: World, team: Team) -> None:
    taken_up = len(team.committed) > 0 and len(team.committed) >= TAKEN_UP_FROM * team.fair_share
    if team.validation == TAKEN_UP and not taken_up:
        team.validation = SEARCHING
    variance = sum(1.0 / tau for tau in team.precision) / world.concerns
    if world.concerns * math.sqrt(variance) <= world.practice(team, "validation"):
        team.validation = max(team.validation, VALIDATED)
    if team.validation == VALIDATED and taken_up:
        team.validation = TAKEN_UP


def work(world: World, team: Team, effort: float) -> None:
    p = world.spec["production"]
    for d, share in enumerate(team.plan):
        efficiency = (1.0 + team.experience[d] / p["experience_scale"]) ** p["learning"]
        spent = effort * share
        team.experience[d] = (1.0 - p["experience_decay"]) * team.experience[d] + spent
        team.performance[d] = (1.0 - p["decay"]) * team.performance[d] + efficiency * spent


def offer(world: World) -> None:
    saturation = world.spec["production"]["saturation"]
    for team in world.teams:
        if world.cycle >= team.organization.settings["entry"]:
            team.offer = [1.0 - math.exp(-a / saturation) for a in team.performance]


# --- learn


def learn(world: World) -> None:
    s = world.spec["skills"]
    for team in world.teams:
        team.listening_skill += s["practice"] * team.listening_share * (
            1.0 - team.listening_skill
        ) - s["forget"] * (team.listening_skill - s["initial"])
        team.test_skill += s["practice"] * team.testing_share * (1.0 - team.test_skill) - s[
            "forget"
        ] * (team.test_skill - s["initial"])
        team.discipline += world.practice(team, "discipline")
