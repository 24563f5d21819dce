"""Set-up: who there is before the first cycle."""

from __future__ import annotations

import math
from fractions import Fraction
from operator import mul

from tests.reference import draws
from tests.reference.allocation import truncated_normal
from tests.reference.entities import Customer, Organization, Segment, Table, Team


def softmax(logs: list[float]) -> list[float]:
    exps = [math.exp(x) for x in logs]
    total = sum(exps)
    return [x / total for x in exps]


def mean_care(customers: list[Customer]) -> list[float]:
    """Mean care of some customers; the same customer may be there more than once."""
    return [sum(cares) / len(customers) for cares in zip(*(c.care for c in customers), strict=True)]


def dot(one: list[float], other: list[float]) -> float:
    return sum(map(mul, one, other), 0.0)


def sizes(spec: Table) -> list[int]:
    """Customers of each segment, by largest remainders; of equal ones the earlier is served."""
    shares = [Fraction(segment["share"]) for segment in spec["segments"].values()]
    quotas = [spec["world"]["customers"] * share / sum(shares) for share in shares]
    parts = [math.floor(quota) for quota in quotas]
    left = spec["world"]["customers"] - sum(parts)
    for s in sorted(range(len(parts)), key=lambda s: (parts[s] - quotas[s], s))[:left]:
        parts[s] += 1
    return parts


def make_organizations(spec: Table, culture: str | None) -> list[Organization]:
    organizations = []
    for number, (name, settings) in enumerate(spec["organizations"].items()):
        settings = {**settings, "culture": settings["culture"] if culture is None else culture}
        first, second = settings["poles"]
        if isinstance(settings["culture"], str) and settings["culture"] not in (first, second):
            second = settings["culture"]
        organizations.append(Organization(number, name, settings, (first, second)))
    return organizations


def make_segments(
    spec: Table, organizations: list[Organization], luck: draws.Luck
) -> list[Segment]:
    concerns, focus = spec["world"]["concerns"], spec["world"]["care_focus"]
    segments = []
    for s, (name, settings) in enumerate(spec["segments"].items()):
        segment = Segment(s, name, settings)
        segment.log_care = [focus * x for x in luck.normals(draws.SEGMENT_CARE, 0, s, concerns)]
        if settings.get("kind", "external") == "internal":
            named = settings.get("organization", "")
            segment.employer = next(o for o in organizations if named in ("", o.name))
        segments.append(segment)
    return segments


def make_customers(spec: Table, segments: list[Segment], luck: draws.Luck) -> list[Customer]:
    concerns, spread = spec["world"]["concerns"], spec["world"]["care_spread"]
    customers: list[Customer] = []
    for segment, size in zip(segments, sizes(spec), strict=True):
        s = segment.settings
        for _ in range(size):
            row = len(customers)
            offset = luck.normals(draws.CUSTOMER_CARE, 0, row, concerns)
            u = luck.uniforms(draws.CUSTOMER_TRAITS, 0, row, 4)
            budget = s["budget"]
            if s["budget_spread"] > 0.0 and math.isfinite(budget):
                sd = s["budget_spread"]
                budget *= math.exp(
                    sd * luck.normals(draws.CUSTOMER_TRAITS, 0, row, 4)[3] - sd**2 / 2
                )
            customer = Customer(
                row,
                segment,
                [spread * x for x in offset],
                truncated_normal(u[0], s["standard"], s["standard_spread"], 0.0, 1.0),
                truncated_normal(u[1], s["worth"], s["worth_spread"], 0.0, math.inf),
                truncated_normal(u[2], s["status_quo"], s["status_quo_spread"], 0.0, 1.0),
                budget,
            )
            settle_care(customer)
            segment.customers.append(customer)
            customers.append(customer)
    return customers


def settle_care(customer: Customer) -> None:
    customer.care = softmax(
        [z + o for z, o in zip(customer.segment.log_care, customer.offset, strict=True)]
    )


def make_teams(
    spec: Table, organizations: list[Organization], segments: list[Segment]
) -> list[Team]:
    teams: list[Team] = []
    for organization in organizations:
        culture = organization.settings["culture"]
        if isinstance(culture, str):
            culture = 0.0 if culture == organization.poles[0] else 1.0
        names = (
            organization.settings["home"]
            or [
                name
                for name, segment in spec["segments"].items()
                if segment["organization"] in ("", organization.name)
            ]
            or list(spec["segments"])
        )
        homes = [next(s for s in segments if s.name == name) for name in names]
        for n in range(organization.settings["teams"]):
            home = homes[n % len(homes)]
            team = Team(len(teams), organization, home, culture, spec["skills"]["initial"])
            team.stance = organization.poles[0]
            organization.teams.append(team)
            teams.append(team)
    return teams


def consider(spec: Table, customer: Customer, teams: list[Team], luck: draws.Luck) -> None:
    """Choose the teams whose offers the customer considers, in the order of their keys."""
    settings, employer = customer.segment.settings, customer.segment.employer
    keys = {}
    numbers = luck.uniforms(draws.CONSIDERATION, 0, customer.row, len(teams))
    for team, u in zip(teams, numbers, strict=True):
        at_home = team.home is customer.segment
        weight = 1.0 if at_home else 1.0 - settings["segment_focus"]
        if weight > 0.0 and employer in (None, team.organization):
            keys[team] = math.log(u) / weight
    customer.considered = sorted(keys, key=lambda t: -keys[t])[: settings["attention"]]
    for team in customer.considered:
        team.reach.append(customer)
        customer.trust.append(spec["trust"]["initial"])
        customer.fit.append(0.0)


def first_belief(spec: Table, team: Team, luck: draws.Luck) -> None:
    concerns, focus = spec["world"]["concerns"], spec["world"]["care_focus"]
    prior = team.organization.settings["prior"]
    guess = softmax([focus * x for x in luck.normals(draws.PRIOR, 0, team.row, concerns)])
    team.care_in_reach = [0.0] * concerns
    team.belief = guess
    if team.reach:
        team.care_in_reach = mean_care(team.reach)
        y = prior["accuracy"]
        team.belief = [
            y * w + (1.0 - y) * g for w, g in zip(team.care_in_reach, guess, strict=True)
        ]
    team.precision = [prior["confidence"] / spec["means"]["listening_noise"] ** 2] * concerns
    team.plan = [0.0] * concerns
    team.experience = [0.0] * concerns
    team.performance = [0.0] * concerns
    team.fair_share = sum(1.0 / len(c.considered) for c in team.reach)
