"""The package and a model written from the text alone give the same runs."""

from __future__ import annotations

import pytest

import culturesim as cs
from tests.reference import cases, garden_cases, random_cases
from tests.reference.agreement import assert_agreement

# One seed for many runs: numbers that were drawn once are kept.
SEED, GREATEST_SEED = 2026, 2**63 - 1

CONSTRUCTED = {**cases.ALL, **garden_cases.ALL}
BUNDLED = [
    (name, culture)
    for name in cs.bundled_scenarios()
    for culture in (None, "execution", "discovery")
    if culture is None
    or any(o.culture != culture for o in cs.load_scenario(name).organizations.values())
]


@pytest.mark.parametrize(("name", "culture"), BUNDLED)
def test_bundled_scenarios(name: str, culture: str | None) -> None:
    # Fewer customers and not fewer cycles: what is dated happens.
    customers = 120 if culture is None else 60
    scenario = cs.load_scenario(name, overrides={"world.customers": customers})
    assert_agreement(scenario, culture, SEED)


@pytest.mark.parametrize("name", CONSTRUCTED)
def test_constructed_scenarios(name: str) -> None:
    scenario = cs.load_scenario("baseline", overrides=cases.SMALL).override(CONSTRUCTED[name])
    assert_agreement(scenario, None, GREATEST_SEED)


@pytest.mark.parametrize("number", range(40))
def test_random_scenarios(number: int) -> None:
    scenario = cs.load_scenario("baseline", overrides=random_cases.drawn(number))
    assert_agreement(scenario, None, seed=number)


def test_a_culture_for_every_organization() -> None:
    market = {**cases.SMALL, **garden_cases.ALL["gardens of two"]}
    for culture in ("execution", "discovery", "lean_startup"):
        assert_agreement(cs.load_scenario("baseline", overrides=market), culture, SEED)
