"""What customers do: drift, assess, commit, deliver."""

from __future__ import annotations

import math

from tests.reference import draws
from tests.reference.entities import (
    BROKEN,
    COMMITTED,
    INDECISION,
    KEPT,
    STATUS_QUO,
    Customer,
    Segment,
    Team,
)
from tests.reference.population import dot, mean_care, settle_care
from tests.reference.teamwork import believe, lift_belief
from tests.reference.world import World

# --- drift


def drift(world: World) -> None:
    for segment in world.segments:
        move(world, segment)
    for customer in world.customers:
        settle_care(customer)
    for team in world.teams:
        if team.reach:
            team.care_in_reach = mean_care(team.reach)
    for customer in world.customers:
        rate = customer.segment.settings["standard_drift"]
        best = max(customer.fit, default=0.0)
        customer.standard += rate * max(0.0, best - customer.standard)


def move(world: World, segment: Segment) -> None:
    settings = world.spec["world"]
    memory, focus, concerns = settings["care_memory"], settings["care_focus"], world.concerns
    if memory != 0.0 and math.isfinite(memory):
        kept = math.exp(-1.0 / memory)
        news = world.luck.normals(draws.DRIFT, world.cycle, segment.number, concerns)
        blend(segment, kept, focus, news)
    for n, shock in enumerate(world.spec["shocks"].values()):
        named = shock["segments"] or [segment.name]
        if shock["cycle"] == world.cycle and segment.name in named:
            first = n * draws.draws_for(concerns)
            news = world.luck.normals(draws.SHOCK, world.cycle, segment.number, concerns, first)
            blend(segment, 1.0 - shock["size"], focus, news)


def blend(segment: Segment, kept: float, focus: float, news: list[float]) -> None:
    """Keep a part, and add as much news as leaves the variance what it was."""
    added = math.sqrt(1.0 - kept**2) * focus
    segment.log_care = [kept * z + added * x for z, x in zip(segment.log_care, news, strict=True)]


# --- assess and commit


def assess(world: World) -> None:
    for customer in world.customers:
        settings = customer.segment.settings
        customer.assessment = [customer.worth * customer.status_quo]
        for slot, team in enumerate(customer.considered):
            price = team.organization.settings["price"]
            if team.offer is None:
                customer.fit[slot] = 0.0
                customer.assessment.append(-math.inf)
                continue
            fit = dot(customer.care, team.offer)
            customer.fit[slot] = fit
            if fit < customer.standard or price > customer.budget:
                customer.assessment.append(-math.inf)
                continue
            peers = settings["peer_influence"] * customer.segment.takeup.get(team, 0.0)
            customer.assessment.append(customer.worth * fit * customer.trust[slot] - price + peers)
        customer.assessment[customer.choice] += settings["switching_cost"]


def commit(world: World) -> None:
    for team in world.teams:
        team.committed = []
    for customer in world.customers:
        choose(world, customer)
        if customer.choice:
            customer.team.committed.append(customer)
    for segment in world.segments:
        segment.takeup = {}
        for customer in segment.customers:
            if customer.choice:
                share = segment.takeup.get(customer.team, 0.0) + 1.0 / len(segment.customers)
                segment.takeup[customer.team] = share


def choose(world: World, customer: Customer) -> None:
    settings = customer.segment.settings
    options, deferral = world.luck.uniforms(draws.CHOICE, world.cycle, customer.row, 2)
    noise, best = settings["choice_noise"], max(customer.assessment)
    if noise == 0.0:
        customer.choice = customer.assessment.index(best)
    else:
        odds = [math.exp((a - best) / noise) for a in customer.assessment]
        left = options * sum(odds)
        possible = [n for n, odd in enumerate(odds) if odd > 0.0]
        customer.choice = possible[-1]
        for n in possible:
            left -= odds[n]
            if left < 0.0:
                customer.choice = n
                break
    customer.outcome = COMMITTED if customer.choice else STATUS_QUO
    if customer.choice:
        doubt = 1.0 - customer.trust[customer.choice - 1]
        if deferral < 1.0 - math.exp(-settings["indecision"] * doubt):
            customer.choice, customer.outcome = 0, INDECISION


# --- deliver


def deliver(world: World) -> None:
    trust = world.spec["trust"]
    for team in world.teams:
        probability = chance_of_keeping(world, team)
        team.kept = []
        for customer in team.committed:
            slot = customer.choice - 1
            if world.luck.uniform(draws.PROMISE, world.cycle, customer.row) < probability:
                customer.outcome = KEPT
                customer.trust[slot] += trust["gain"] * (1.0 - customer.trust[slot])
                team.kept.append(customer)
            else:
                customer.outcome = BROKEN
                customer.trust[slot] *= trust["loss"]
        hear_the_market(world, team)


def chance_of_keeping(world: World, team: Team) -> float:
    p = world.spec["production"]
    practised = 1.0 + team.discipline / p["discipline_scale"]
    defect = p["defect"] * practised ** -p["discipline_exponent"]
    needed = p["serving"] * len(team.committed)
    served = min(1.0, p["serving_cap"] * team.capacity / needed) if needed > 0.0 else 1.0
    return float((1.0 - defect) * served)


def hear_the_market(world: World, team: Team) -> None:
    rounding = world.luck.uniform(draws.FEEDBACK, world.cycle, team.row)
    signals = math.floor(world.spec["means"]["feedback"] * len(team.kept) + rounding)
    if signals and team.kept:
        noise = world.spec["means"]["listening_noise"] / math.sqrt(signals)
        normals = world.luck.normals(draws.FEEDBACK_NOISE, world.cycle, team.row, world.concerns)
        care = mean_care(team.kept)
        believe(world, team, signals, [w + noise * x for w, x in zip(care, normals, strict=True)])
    lift_belief(team)
