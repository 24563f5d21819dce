"""The books of a cycle, and what is recorded of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from tests.reference.allocation import least_stock
from tests.reference.entities import BROKEN, INDECISION, STATUS_QUO, Customer, Organization, Team
from tests.reference.population import dot, mean_care
from tests.reference.world import World


def value_of(customers: Sequence[Customer]) -> float:
    """What customers declare beyond doing nothing."""
    return sum(c.worth * (c.fit[c.choice - 1] - c.status_quo) for c in customers)


def account(world: World) -> None:
    p = world.spec["production"]
    for team in world.teams:
        price, books = team.organization.settings["price"], team.books
        books["value_created"] = value_of(team.kept)
        books["value_internal"] = value_of([c for c in team.kept if c.internal])
        books["resources_committed"] = price * len(team.kept)
        building = books["effort_building"]
        unaccepted = max(0.0, building - books["resources_committed"])
        books["waste_unaccepted"] = unaccepted
        books["waste_misdirected"] = (building - unaccepted) * excess(world, team)
        books["waste_broken"] = books["effort_serving"] * team.broken_share
        committed = len(team.committed)
        team.broken_share = (committed - len(team.kept)) / committed if committed else 0.0
        team.contributed = price * sum(c.internal for c in team.kept)
        coming = team.organization.settings["capacity"] + team.contributed
        team.serving_due = min(p["serving"] * committed, p["serving_cap"] * coming)


def excess(world: World, team: Team) -> float:
    """Part of the stock that a team which knew would not have needed."""
    stock = sum(team.performance)
    if not team.committed or team.offer is None or stock <= 0.0:
        return 0.0
    care, saturation = mean_care(team.committed), world.spec["production"]["saturation"]
    lacking = [math.exp(-a / saturation) for a in team.performance]
    enough = least_stock(care, dot(care, lacking), saturation)
    return max(0.0, 1.0 - enough / stock)


SUMS = (
    "value_created",
    "value_internal",
    "resources_committed",
    "waste_unaccepted",
    "waste_misdirected",
    "waste_broken",
    "effort",
    "effort_contributed",
    "effort_listening",
    "effort_testing",
    "effort_building",
    "effort_serving",
    "effort_withheld",
)


def cosine(one: list[float], other: list[float]) -> float:
    return dot(one, other) / math.sqrt(dot(one, one) * dot(other, other))


def average(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else math.nan


def share(customers: Sequence[Customer], holds: Callable[[Customer], bool]) -> float:
    return average([float(holds(c)) for c in customers])


def metrics(world: World, organization: Organization) -> dict[str, float]:
    """Every metric of the cycle just done, by name."""
    teams, everybody = organization.teams, world.customers
    row = {name: sum(team.books[name] for team in teams) for name in SUMS}
    row["waste"] = row["waste_unaccepted"] + row["waste_misdirected"] + row["waste_broken"]
    row["net_value"] = row["value_created"] - (row["effort"] - row["effort_withheld"])
    row["customer_surplus"] = row["value_created"] - row["resources_committed"]

    def committed(customer: Customer) -> bool:
        return customer.choice > 0 and customer.team.organization is organization

    row["commitment_rate"] = share(everybody, committed)
    outside = [c for c in everybody if not c.internal]
    inside = [c for c in everybody if c.segment.employer is organization]
    row["commitment_external"] = share(outside, committed)
    row["commitment_internal"] = share(inside, committed)
    row["no_decision_status_quo"] = share(everybody, lambda c: c.outcome == STATUS_QUO)
    row["no_decision_indecision"] = share(everybody, lambda c: c.outcome == INDECISION)
    row["no_decision_rate"] = row["no_decision_status_quo"] + row["no_decision_indecision"]
    promised = [c for c in everybody if committed(c)]
    row["broken_promise_rate"] = share(promised, lambda c: c.outcome == BROKEN)

    row["alignment"] = average([cosine(t.belief, t.care_in_reach) for t in teams if t.reach])
    row["listening_skill"] = average([t.listening_skill for t in teams])
    row["test_skill"] = average([t.test_skill for t in teams])
    row["culture"] = average([t.culture for t in teams])
    row["practised"] = average([t.practised for t in teams])
    row["culture_majority"] = average([float(t.culture > 0.5) for t in teams])
    row["trust"] = average(
        [
            trust
            for c in everybody
            for team, trust in zip(c.considered, c.trust, strict=True)
            if team.organization is organization
        ]
    )
    return row
