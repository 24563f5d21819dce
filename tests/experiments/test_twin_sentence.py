"""The sentence says what the tables say."""

from __future__ import annotations

import re

import pytest

import culturesim as cs
from culturesim.experiments.twin_sentence import amount
from tests.experiments.twins import CULTURES, SEED

SAID = {
    "kept": r"it commits to team (\d+) \(fit ([\d.]+)\), which keeps its promise",
    "broken": r"it commits to team (\d+) \(fit ([\d.]+)\), which breaks its promise",
    "indecision": r"it prefers team (\d+), and puts it off",
    "status_quo_preferred": r"it prefers to do nothing \(best fit ([\d.]+)\)",
    "below_standard": r"it does nothing, as no offer meets its standard "
    r"\(best fit ([\d.]+), needed ([\d.]+)\)",
    "beyond_budget": r"it does nothing, as the best offer is beyond its budget",
    "not_offered": r"it does nothing, as nobody makes an offer",
}
NUMBERS = {
    "kept": ("team", "fit"),
    "broken": ("team", "fit"),
    "indecision": ("preferred_team",),
    "status_quo_preferred": ("best_fit",),
    "below_standard": ("best_fit", "standard"),
}


def test_every_customer_s_sentence_says_where_its_lives_part(twins: list[cs.Twin]) -> None:
    seen = set()
    for twin in twins:
        cycle = twin.parts.choice
        if cycle is None:
            assert "It does the same in every cycle of each." in twin.sentence
            seen.add("same")
            continue
        begin = f"Its lives part in cycle {cycle}:"
        rows = [twin.life(culture).iloc[cycle] for culture in CULTURES]
        one, other = (SAID[row["reason"]] for row in rows)
        pattern = rf"{begin} under execution {one}; under discovery {other}\."
        found = re.search(pattern, twin.sentence)
        assert found, twin.sentence
        wanted = [
            f"{row[name]:.2f}" if isinstance(row[name], float) else str(row[name])
            for row in rows
            for name in NUMBERS.get(row["reason"], ())
        ]
        assert list(found.groups()) == wanted
        seen |= {row["reason"] for row in rows}
    assert len(seen) >= 4, seen


def test_every_customer_s_sentence_says_how_its_lives_end(twins: list[cs.Twin]) -> None:
    for twin in twins:
        pattern = r"is (\S+) under (\w+) \((.+?)\) and (\S+) under (\w+) \((.+?)\)\.$"
        found = re.search(pattern, twin.sentence)
        assert found, twin.sentence
        first, second = found.group(2), found.group(5)
        assert twin.parts.value[first] >= twin.parts.value[second]
        for culture, value, served in zip(*(found.group(n, n + 3) for n in (2, 1, 3)), strict=True):
            kept = (twin.life(culture)["outcome"] == "kept").sum()
            times = {0: "never served", 1: "served once"}.get(kept, f"served {kept} times")
            assert (value, served) == (amount(twin.parts.value[culture]), times)


def test_who_it_is(scenario_of_twins: cs.Scenario, twins: list[cs.Twin]) -> None:
    begin = "Customer 3 has the same cares and the same luck in both worlds."
    assert twins[3].sentence.startswith(begin)
    picked = cs.twin(scenario_of_twins, SEED)
    assert picked.sentence.startswith(
        f"Customer {picked.row} has the same cares and the same luck in both worlds; "
        "what it gains by discovery over execution is the median of all 40. "
    )


def test_more_worlds(scenario_of_twins: cs.Scenario) -> None:
    three = (*CULTURES, "customer_development")
    twin = cs.twin(scenario_of_twins, SEED, three, customer=3)
    assert "the same luck in 3 worlds." in twin.sentence
    assert "under customer development (" in twin.sentence
    assert "_" not in twin.sentence


def test_a_team(scenario_of_twins: cs.Scenario) -> None:
    twin = cs.twin(scenario_of_twins, SEED, team=1)
    (name,) = scenario_of_twins.organizations
    cycle = twin.parts.choice
    assert cycle is not None
    one, other = (twin.life(culture) for culture in CULTURES)
    assert twin.sentence.startswith(f"Team 1 of {name} has the same customers in both worlds. ")
    assert (
        f"first differ in cycle {cycle}: {one['commitments'][cycle]} under execution and "
        f"{other['commitments'][cycle]} under discovery." in twin.sentence
    )
    for culture, life in (("execution", one), ("discovery", other)):
        wasted = 100 * life["waste"].sum() / life["effort"].sum()
        end = f"{amount(life['value'].sum())} under {culture}, with {wasted:.0f} % of its effort"
        assert end in twin.sentence


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-0.01, "0"), (2.64, "2.6"), (-3.0, "−3.0"), (1269.6, "1,270"), (-42.4, "−42")],
)
def test_amounts(value: float, text: str) -> None:
    assert amount(value) == text
