"""A comparison in plain words: every way in which it can come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

import culturesim as cs
from culturesim.experiments.comparison import Comparison
from culturesim.experiments.sentence import result_of, sentence
from culturesim.model.measure import NAMES
from culturesim.model.results import Ensemble

Values = Sequence[float]


def made_up(
    values: Mapping[str, Values], wastes: Mapping[str, tuple[float, float, float]] | None = None
) -> Comparison:
    """A comparison in which each culture created these values, and wasted these shares."""
    scenario = cs.load_scenario("baseline")
    ensembles = {}
    for culture, created in values.items():
        records = np.zeros((len(created), 2, 1, len(NAMES)))
        records[:, 0, 0, NAMES.index("value_created")] = created
        records[..., NAMES.index("effort")] = 100.0
        kinds = (wastes or {}).get(culture, (0.2, 0.1, 0.05))
        for kind, share in zip(("unaccepted", "misdirected", "broken"), kinds, strict=True):
            records[..., NAMES.index(f"waste_{kind}")] = 100.0 * share
        ensembles[culture] = Ensemble(scenario, culture, list(range(len(created))), records)
    return Comparison(scenario, ensembles, 0)


def first(comparison: Comparison) -> str:
    """Everything but the sentence on waste."""
    said = sentence(comparison)
    value, _, waste = said.rpartition(". ")
    assert "wasted" in waste
    return value + "."


def test_the_second_culture_wins() -> None:
    values = {"execution": [100, 110, 120, 130], "discovery": [160, 150, 190, 180]}
    comparison = made_up(values)
    result = result_of(comparison, "value_created", "discovery")
    assert first(comparison) == (
        "Discovery created 48 % more value than execution and was ahead in 4 of 4 markets "
        f"(by {result.low:.3g} to {result.high:.3g} resources a run, 95 % sure)."
    )


def test_the_first_culture_wins() -> None:
    comparison = made_up(
        {"execution": [1000, 1100, 1200, 900, 1000], "discovery": [400, 500, 600, 300, 1001]}
    )
    result = result_of(comparison, "value_created", "discovery")
    assert result.high < 0.0
    assert first(comparison) == (
        "Execution created 1.9 times as much value as discovery and was ahead in 4 of 5 markets "
        f"(by {-result.high:.0f} to {-result.low:.0f} resources a run, 95 % sure)."
    )


@pytest.mark.parametrize(
    ("less", "words"),
    [
        (100.0, "2.0 times as much value as"),
        (133.4, "50 % more value than"),
        (133.3, "1.5 times as much value as"),
        (0.0, "more value than"),
        (-50.0, "more value than"),
    ],
)
def test_how_much_more(less: float, words: str) -> None:
    values: dict[str, Values] = {
        "execution": [less - 1, less, less + 1],
        "discovery": [199, 200, 201],
    }
    assert first(made_up(values)).startswith(f"Discovery created {words} execution and")


def test_great_numbers_are_grouped_and_small_ones_short() -> None:
    great: dict[str, Values] = {"execution": [0, 0, 0], "discovery": [12000, 12500, 13000]}
    assert "by 11,258 to 13,742 resources" in first(made_up(great))
    small: dict[str, Values] = {"execution": [1, 1, 1], "discovery": [1.5, 1.51, 1.52]}
    assert "by 0.485 to 0.535 resources" in first(made_up(small))


@pytest.mark.parametrize(
    ("other", "leader"), [([90, 140, 70, 150], "discovery"), ([90, 110, 70, 130], "execution")]
)
def test_it_may_be_chance(other: list[float], leader: str) -> None:
    comparison = made_up({"execution": [100, 100, 110, 110], "discovery": other})
    assert first(comparison) == (
        "Whether execution or discovery creates more value is not settled: "
        f"{leader} was ahead on average, but in 4 markets that may be chance."
    )


def test_a_single_market_proves_nothing() -> None:
    comparison = made_up({"execution": [10], "discovery": [1000]})
    assert first(comparison) == (
        "Whether execution or discovery creates more value is not settled: "
        "discovery was ahead on average, but in one market that may be chance."
    )


def test_exactly_equal() -> None:
    comparison = made_up({"execution": [5, 7, 9], "twin": [5, 7, 9]})
    assert first(comparison) == "Twin created exactly as much value as execution in every market."


def test_equal_on_average_is_not_equal_in_every_market() -> None:
    comparison = made_up({"execution": [5, 9], "twin": [9, 5]})
    assert first(comparison) == "Execution and twin created the same value on average."


def test_equal_in_a_single_market() -> None:
    comparison = made_up({"execution": [5], "twin": [5]})
    assert first(comparison) == "Twin created exactly as much value as execution in every market."


def test_nothing_wasted_has_no_main_kind() -> None:
    nothing = (0.0, 0.0, 0.0)
    comparison = made_up(
        {"execution": [1, 2], "discovery": [2, 3]}, {"execution": nothing, "discovery": nothing}
    )
    assert sentence(comparison).endswith("Execution wasted 0 % of its effort and discovery 0 %.")


def test_nobody_creates_any_value() -> None:
    comparison = made_up({"execution": [0, 0], "discovery": [0, 0]})
    assert first(comparison) == "Neither execution nor discovery created any value."


def test_each_culture_after_the_first_gets_its_sentence() -> None:
    comparison = made_up({"execution": [10, 11], "discovery": [30, 31], "lean_startup": [10, 11]})
    said = sentence(comparison)
    assert said.count(". ") == 2
    assert said.index("Discovery created") < said.index("Lean_startup created exactly")
    assert said.endswith(
        " Execution wasted 35 % of its effort, discovery 35 % and lean_startup 35 %, "
        "most of it building that nobody took."
    )


def test_waste_and_its_greatest_part() -> None:
    values = {"execution": [1, 2], "discovery": [1, 2], "running_lean": [3, 4]}
    wastes = {
        "execution": (0.5, 0.1, 0.08),
        "discovery": (0.1, 0.2, 0.04),
        "running_lean": (0.01, 0.02, 0.03),
    }
    assert sentence(made_up(values, wastes)).endswith(
        " Execution wasted 68 % of its effort, most of it building that nobody took; "
        "discovery 34 %, most of it building the wrong things; "
        "running_lean 6 %, most of it serving broken promises."
    )


@pytest.mark.parametrize("name", ["known-market", "baseline"])
def test_of_real_comparisons(name: str) -> None:
    comparison = cs.compare(name, replications=8)
    winner = {"known-market": "Execution", "baseline": "Discovery"}[name]
    assert comparison.sentence == sentence(comparison)
    assert comparison.sentence.startswith(f"{winner} created ")


# --- rivals


def rivals(
    name: str = "head-to-head",
    efforts: tuple[float, float] = (100.0, 100.0),
    changes: Mapping[str, object] | None = None,
) -> Comparison:
    """Two organizations in two made-up markets of two cycles."""
    scenario = cs.load_scenario(name, dict(changes or {}))
    records = np.zeros((2, 2, 2, len(NAMES)))
    named = {metric: records[..., m] for m, metric in enumerate(NAMES)}  # views
    named["value_created"][:, 0] = [[10.0, 50.0], [12.0, 50.0]]
    named["effort"][:] = efforts
    named["waste_unaccepted"][:] = 10.0
    named["commitment_rate"][:] = [0.11, 0.22]
    named["commitment_external"][:] = [0.15, 0.3]
    named["commitment_internal"][:] = [0.4, 0.805]
    together = Ensemble(scenario, None, [0, 1], records)
    parts = {organization: together.of(organization) for organization in scenario.organizations}
    return Comparison(scenario, parts, 0, "organizations")


def test_rivals_and_their_customers() -> None:
    assert " Of all customers planner won 15 % and listener 30 %. " in sentence(rivals())


def test_rivals_and_their_own_people() -> None:
    said = sentence(rivals("buy-in"))
    assert (
        " Of outside buyers welcome won 15 % and imposed 30 %; "
        "of their own people 40 % took part in welcome and 80 % in imposed. "
    ) in said
    assert "Each unit of effort" not in said


def test_rivals_without_outside_buyers() -> None:
    inside = {"segments.customers": {"kind": "internal", "organization": "welcome"}}
    assert (" Of their own people 40 % took part in welcome and 80 % in imposed. ") in sentence(
        rivals("buy-in", changes=inside)
    )


def test_an_organization_without_insiders_has_none_to_take_part() -> None:
    comparison = rivals("buy-in")
    comparison.ensembles["welcome"].records[..., NAMES.index("commitment_internal")] = np.nan
    assert "; of their own people 80 % took part in imposed. " in sentence(comparison)


def test_value_by_effort_where_efforts_differ() -> None:
    """A tenth more is not told; more than that is."""
    assert "Each unit" not in sentence(rivals(efforts=(100.0, 110.0)))
    assert " Each unit of effort created 0.06 in planner and 0.12 in listener. " in sentence(
        rivals(efforts=(100.0, 200.0))
    )


def test_the_sentences_of_rivals_have_their_order() -> None:
    said = sentence(rivals("buy-in", efforts=(100.0, 200.0)))
    marks = ["created", "Each unit", "Of outside buyers", "wasted"]
    assert [said.index(mark) for mark in marks] == sorted(said.index(mark) for mark in marks)


def test_scenarios_say_nothing_of_rivals() -> None:
    changes = {"world.cycles": 6, "world.customers": 30}
    listed = [cs.load_scenario(name, changes) for name in ("head-to-head", "baseline")]
    said = sentence(cs.compare(listed, replications=2))
    assert " won " not in said
    assert "wasted" in said
