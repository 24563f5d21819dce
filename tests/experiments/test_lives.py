"""A life is what the run did: the same numbers as the other faces, and decisions that follow."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

import culturesim as cs
from culturesim.experiments.lives import World, declared_in_all, team_life
from culturesim.kernels.random import uniforms
from culturesim.state import streams
from tests.experiments.twins import CULTURES, SEED


@pytest.mark.parametrize("culture", CULTURES)
def test_stepping_gives_the_run(scenario_of_twins: cs.Scenario, culture: str) -> None:
    world = World(scenario_of_twins, culture, SEED)
    assert [cycle for cycle, _, _ in world.live()] == list(range(30))
    alone = cs.simulate(scenario_of_twins, culture, SEED)
    assert world.records.tobytes() == alone.records.tobytes()


@pytest.mark.parametrize("culture", CULTURES)
def test_options_are_what_the_mesa_model_shows(
    scenario_of_twins: cs.Scenario, options: pd.DataFrame, culture: str
) -> None:
    """Every customer, cycle and option, to the last bit."""
    model = cs.CultureModel(scenario_of_twins, culture, SEED)
    ours = options[options["culture"] == culture]
    for cycle in range(scenario_of_twins.world.cycles):
        model.step()
        now = ours[ours["cycle"] == cycle]
        for person in model.customers:
            rows = now[now["customer"] == person.row]
            teams = person.considers
            offers = rows[rows["option"] > 0]
            assert rows["option"].tolist() == list(range(len(teams) + 1))
            assert offers["team"].tolist() == [team.row for team in teams]
            assert offers["price"].tolist() == [team.price for team in teams]
            assert offers["made"].tolist() == [team.offering for team in teams]
            assert offers["fit"].tolist() == person.fit[: len(teams)].tolist()
            assert rows["assessment"].tolist() == person.assessment[: len(rows)].tolist()
            trust = model.trust_at_choice[person.row, : len(teams)]
            assert offers["trust"].tolist() == trust.tolist()
            assert (rows["standard"] == person.standard).all()
            assert (rows["budget"] == person.budget).all()
            assert (rows["assessment_of_nothing"] == person.assessment[0]).all()
            assert rows["fit"].iloc[0] == person.status_quo
            (did,) = rows[rows["chosen"]].to_dict(orient="records")
            assert (did["option"], did["outcome"]) == (person.choice, person.outcome)


def test_decisions_follow_from_the_table(
    scenario_of_twins: cs.Scenario, options: pd.DataFrame
) -> None:
    """Probabilities, the addressed luck and trust give every choice and every reason again."""
    segments = cs.CultureModel(scenario_of_twins, seed=SEED)
    params = segments.setup.params.segments
    indecision = [params[c.segment].indecision for c in segments.customers]
    noise = [params[c.segment].choice_noise for c in segments.customers]
    checked = 0
    for _, rows in options.groupby(["culture", "customer", "cycle"]):
        customer, cycle = (int(rows[name].iloc[0]) for name in ("customer", "cycle"))
        luck = uniforms(np.uint64(SEED), streams.CHOICE, cycle, customer, 0)
        weights = np.exp((rows["assessment"] - rows["assessment"].max()) / noise[customer])
        chance = (weights / weights.sum()).to_numpy()
        np.testing.assert_allclose(rows["probability"], chance, rtol=1e-12)
        preferred = int(np.searchsorted(np.cumsum(chance), luck[0], side="right"))
        choice, outcomes = preferred, {"kept", "broken"}
        if preferred == 0:
            outcomes = {"status quo"}
        elif luck[1] < 1 - math.exp(-indecision[customer] * (1 - rows["trust"].iloc[preferred])):
            choice, outcomes = 0, {"indecision"}
        assert rows["chosen"].tolist() == [option == choice for option in rows["option"]]
        assert rows["outcome"].iloc[choice] in outcomes
        assert set(rows["outcome"]) - outcomes <= {""}
        expected = [expected_reason(row, preferred, choice) for row in rows.itertuples()]
        assert rows["reason"].tolist() == expected
        checked += 1
    assert checked == 2 * 40 * 30


def expected_reason(row: Any, preferred: int, choice: int) -> str:
    """Why an option was taken or left, from the other columns of its row alone."""
    option, fit, price = row.option, row.fit, row.price
    if option and not row.made:
        return "not_offered"
    if option and fit < row.standard:
        return "below_standard"
    if option and price > row.budget:
        return "beyond_budget"
    if option == choice and choice == preferred:
        return "chosen"
    if option == preferred:
        return "indecision"
    if option == choice:
        return "put_off"
    return "status_quo_preferred" if preferred == 0 else "better_offer"


def test_every_reason_and_outcome_occurs(options: pd.DataFrame, cycles: pd.DataFrame) -> None:
    """Else the tests above would show nothing of it."""
    from culturesim.experiments.reasons import REASONS

    assert set(options["reason"]) == set(REASONS)
    assert set(cycles["outcome"]) == {"status quo", "indecision", "kept", "broken"}
    assert set(cycles["reason"]) == {
        "kept",
        "broken",
        "indecision",
        "status_quo_preferred",
        "below_standard",
        "beyond_budget",
        "not_offered",
    }


@pytest.mark.parametrize("culture", CULTURES)
def test_all_lives_together_are_the_run(
    scenario_of_twins: cs.Scenario, cycles: pd.DataFrame, culture: str
) -> None:
    """Value declared, promises and doing nothing, added up over customers, are the run's."""
    run = cs.simulate(scenario_of_twins, culture, SEED).cycles
    lives = cycles[cycles["culture"] == culture]
    people = scenario_of_twins.world.customers
    by_cycle = lives.groupby("cycle")
    value = run.groupby("cycle")["value_created"].sum()
    np.testing.assert_allclose(by_cycle["value"].sum(), value, rtol=1e-12, atol=1e-12)
    one = run.drop_duplicates("cycle")
    for column, outcome in (
        ("no_decision_status_quo", "status quo"),
        ("no_decision_indecision", "indecision"),
    ):
        number = (lives["outcome"] == outcome).groupby(lives["cycle"]).sum()
        assert (number / people).tolist() == one[column].tolist()
    for name, organization in run.groupby("organization"):
        theirs = lives[lives["organization"] == name].groupby("cycle").size()
        rate = theirs.reindex(range(30), fill_value=0) / people
        assert rate.tolist() == organization["commitment_rate"].tolist()


def test_a_cycle_says_what_its_options_say(options: pd.DataFrame, cycles: pd.DataFrame) -> None:
    chosen = options[options["chosen"]].reset_index(drop=True)
    for column in ("culture", "customer", "cycle", "outcome", "fit", "standard", "organization"):
        assert cycles[column].tolist() == chosen[column].tolist()
    assert cycles["team"].equals(chosen["team"])
    made = options[options["made"] & (options["option"] > 0)]
    best = made.groupby(["culture", "customer", "cycle"])["fit"].max()
    said = cycles.set_index(["culture", "customer", "cycle"])["best_fit"]
    pd.testing.assert_series_equal(
        said.dropna().sort_index(), best.sort_index(), check_names=False, check_exact=True
    )
    put_off = cycles[cycles["outcome"] == "indecision"]
    preferred = options[options["reason"] == "indecision"]
    assert put_off["preferred_team"].tolist() == preferred["team"].tolist()


def test_value_is_declared_where_a_promise_was_kept(
    scenario_of_twins: cs.Scenario, cycles: pd.DataFrame
) -> None:
    model = cs.CultureModel(scenario_of_twins, seed=SEED)
    worth = cycles["customer"].map([c.worth for c in model.customers].__getitem__)
    kept = cycles["outcome"] == "kept"
    expected = (worth * (cycles["fit"] - cycles["status_quo"])).where(kept, 0.0)
    np.testing.assert_array_equal(cycles["value"], expected)
    total = cycles.groupby(["culture", "customer"])["value"].cumsum()
    np.testing.assert_allclose(cycles["cumulative_value"], total, rtol=1e-12)


@pytest.mark.parametrize("culture", CULTURES)
def test_declared_values_of_all_are_those_of_each(
    scenario_of_twins: cs.Scenario, cycles: pd.DataFrame, culture: str
) -> None:
    ends = cycles[(cycles["culture"] == culture) & (cycles["cycle"] == 29)]
    found = declared_in_all(World(scenario_of_twins, culture, SEED))
    assert found.tolist() == ends["cumulative_value"].tolist()


def test_leading_concerns_are_the_same_in_both_worlds(
    scenario_of_twins: cs.Scenario, cycles: pd.DataFrame
) -> None:
    worlds = [cycles[cycles["culture"] == culture] for culture in CULTURES]
    for column in ("leading_concerns", "leading_care", "status_quo"):
        assert worlds[0][column].tolist() == worlds[1][column].tolist()
    model = cs.CultureModel(scenario_of_twins, seed=SEED)
    model.step()
    first = cycles[cycles["cycle"] == 0].iloc[0]
    leading = np.argsort(-model.customers[0].care)[:3]
    assert first["leading_concerns"] == ", ".join(map(str, leading))
    assert first["leading_care"] == pytest.approx(model.customers[0].care[leading].sum())


@pytest.mark.parametrize("team", [0, 4])
def test_team_is_what_the_mesa_model_shows(scenario_of_twins: cs.Scenario, team: int) -> None:
    life = team_life(World(scenario_of_twins, "discovery", SEED), team)
    model = cs.CultureModel(scenario_of_twins, "discovery", SEED)
    concerns = scenario_of_twins.world.concerns
    for cycle, row in enumerate(life.cycles):
        model.step()
        view = model.teams[team]
        for column in ("conversations", "trials", "commitments", "kept"):
            assert row[column] == getattr(view, column)
        assert row["value"] == view.value_created
        assert row["stance"] == scenario_of_twins.culture_names[view.stance]
        assert row["organization"] == list(scenario_of_twins.organizations)[view.organization]
        assert row["effort"] == pytest.approx(view.capacity, rel=1e-12)
        rows = life.table[cycle * concerns : (cycle + 1) * concerns]
        care = np.mean([person.care for person in view.customers], axis=0)
        for column, expected in (
            ("belief", view.belief),
            ("plan", view.plan),
            ("offer", view.offer.care_taken),
        ):
            assert [line[column] for line in rows] == list(expected)
        assert [line["care"] for line in rows] == pytest.approx(care.tolist(), rel=1e-12)
        cosine = view.belief @ care / np.linalg.norm(view.belief) / np.linalg.norm(care)
        assert row["alignment"] == pytest.approx(cosine, rel=1e-12)


def test_all_teams_together_are_the_run(scenario_of_twins: cs.Scenario) -> None:
    run = cs.simulate(scenario_of_twins, "discovery", SEED).cycles
    number = sum(o.teams for o in scenario_of_twins.organizations.values())
    world = World(scenario_of_twins, "discovery", SEED)
    rows = pd.DataFrame([row for team in range(number) for row in team_life(world, team).cycles])
    for mine, theirs in (("value", "value_created"), ("waste", "waste"), ("effort", "effort")):
        np.testing.assert_allclose(
            rows.groupby("cycle")[mine].sum(), run.groupby("cycle")[theirs].sum(), rtol=1e-9
        )
