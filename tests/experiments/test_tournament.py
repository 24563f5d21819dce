"""Contestants meet in one market: the same customers, the same offers, in both orders."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import culturesim as cs
from culturesim.experiments.tournament_result import PAYOFFS

SMALL: dict[str, Any] = {
    "world.customers": 60,
    "world.cycles": 15,
    "organizations.*.teams": 5,
    "production.saturation": 15,
}
CULTURES = ("execution", "discovery", "lean_startup")


@pytest.fixture(scope="module")
def scenario() -> cs.Scenario:
    return cs.load_scenario("baseline", SMALL)


@pytest.fixture(scope="module")
def three(scenario: cs.Scenario) -> cs.Tournament:
    return cs.tournament(CULTURES, scenario, replications=5, seed=6, workers=2)


def test_every_pair_in_both_orders_and_each_alone(three: cs.Tournament) -> None:
    meetings = three.runs.groupby(["contestant", "against", "place"]).size()
    alone = {(name, name, "alone") for name in CULTURES}
    pairs = {
        (a, b, place) for a in CULTURES for b in CULTURES for place in ("first", "second") if a != b
    }
    assert set(meetings.index) == alone | pairs
    assert set(meetings) == {5}
    assert three.runs["design_point"].nunique() == 9
    by_replication = three.runs.groupby("replication")["seed"].unique().str.len()
    assert (by_replication == 1).all()


def test_each_plays_its_own_culture(three: cs.Tournament) -> None:
    assert (three.runs["contestant"] == three.runs["culture"]).all()


def test_offers_are_as_many_as_alone_and_each_gets_the_odd_one(three: cs.Tournament) -> None:
    teams = set(zip(three.runs["place"], three.runs["teams"], strict=True))
    assert teams == {("alone", 5), ("first", 3), ("second", 2)}


def test_alone_is_the_scenario_with_that_culture(
    three: cs.Tournament, scenario: cs.Scenario
) -> None:
    for name in CULTURES:
        ens = cs.ensemble(scenario, name, replications=5, seed=6)
        expected = ens.values("value_per_effort", "acme")
        np.testing.assert_array_equal(three.samples(name, name), expected)


def test_a_pair_is_a_market_of_two_organizations(
    three: cs.Tournament, scenario: cs.Scenario
) -> None:
    acme = scenario.resolved()["organizations"]["acme"]
    market = scenario.override(
        {
            "organizations.acme": {**acme, "teams": 3, "culture": "discovery"},
            "organizations.other": {**acme, "teams": 2, "culture": "execution"},
        }
    )
    ens = cs.ensemble(market, replications=5, seed=6)
    runs = three.runs
    for name, place, organization in (
        ("discovery", "first", "acme"),
        ("execution", "second", "other"),
    ):
        rival = "execution" if name == "discovery" else "discovery"
        here = (runs["contestant"] == name) & (runs["against"] == rival) & (runs["place"] == place)
        np.testing.assert_array_equal(
            runs.loc[here, "value_created"], ens.values("value_created", organization)
        )


# --- fairness


def twins(changes: dict[str, Any] | None = None) -> cs.Scenario:
    same = {"cultures.twin": {"like": "discovery"}}
    return cs.load_scenario("baseline", {**SMALL, **same, **(changes or {})})


@pytest.mark.parametrize("payoff", PAYOFFS)
def test_identical_contestants_are_equal_to_the_last_bit(payoff: str) -> None:
    t = cs.tournament(("discovery", "twin"), twins(), replications=4, payoff=payoff)
    pair = t.between("discovery", "twin")
    assert (pair.difference, pair.low, pair.high) == (0.0, 0.0, 0.0)
    assert pair.ahead == pair.behind
    first = t.runs[(t.runs["contestant"] == "discovery") & (t.runs["place"] == "first")]
    second = t.runs[(t.runs["contestant"] == "twin") & (t.runs["place"] == "second")]
    assert (first[payoff].to_numpy() != second[payoff].to_numpy()).any()  # but they did differ
    assert "earned exactly the same on average" in t.sentence


@pytest.mark.parametrize("teams", [5, 6, 2])
def test_two_halves_of_one_culture_are_the_whole(teams: int) -> None:
    """Team for team the market of two is the market of one: same homes, customers and luck."""
    segments = {
        "segments.firms": {"share": 1, "standard": 0.45},
        "segments.homes": {"share": 2},
        "organizations.acme.home": ["customers", "firms", "homes"],
        "organizations.acme.teams": teams,
    }
    t = cs.tournament(("discovery", "twin"), twins(segments), replications=3)
    runs: Any = t.runs.set_index(["contestant", "place", "replication"])
    for r in range(3):
        for metric in ("value_created", "waste", "commitment_rate", "effort_listening"):
            whole = runs.loc[("discovery", "alone", r), metric]
            one, other = (
                runs.loc[(name, place, r), metric]
                for name, place in (("discovery", "first"), ("twin", "second"))
            )
            assert one + other == pytest.approx(whole, rel=1e-12)


def test_the_order_in_which_contestants_are_named_changes_no_number(
    three: cs.Tournament, scenario: cs.Scenario
) -> None:
    turned = cs.tournament(CULTURES[::-1], scenario, replications=5, seed=6, workers=1)
    names = list(CULTURES)
    pd.testing.assert_frame_equal(turned.payoffs.loc[names, names], three.payoffs, check_exact=True)
    assert turned.between("execution", "discovery") == three.between("execution", "discovery")


# --- classes


class Idle(cs.Team, culture="discovery"):
    """Leaves the plan as the compiled phase has made it."""

    def plan(self: Any) -> None:
        pass


class Stubborn(cs.Team, culture="discovery"):
    """Always spreads its effort evenly."""

    def plan(self: Any) -> None:
        self.plan = np.full(len(self.plan), 1.0 / len(self.plan))


def test_a_class_takes_part_in_its_own_culture(scenario: cs.Scenario) -> None:
    short = scenario.override({"world.cycles": 6})
    t = cs.tournament(("execution", Idle, Stubborn), short, replications=2, workers=1)
    plain = cs.tournament(("execution", "discovery"), short, replications=2)
    assert t.contestants == ("execution", "Idle", "Stubborn")
    for mine, other in (("execution", "Idle"), ("Idle", "execution"), ("Idle", "Idle")):
        named = ["discovery" if name == "Idle" else name for name in (mine, other)]
        np.testing.assert_array_equal(t.samples(mine, other), plain.samples(*named))
    assert (t.samples("Stubborn", "Stubborn") != t.samples("Idle", "Idle")).any()
    assert set(t.runs["culture"]) == {"execution", "Idle", "Stubborn"}


# --- payoffs


def test_sums_are_counted_per_team(scenario: cs.Scenario) -> None:
    t = cs.tournament(CULTURES[:2], scenario, replications=3, payoff="value_created")
    alone = cs.ensemble(scenario, "execution", replications=3).values("value_created")
    np.testing.assert_allclose(t.samples("execution", "execution"), alone / 5)
    assert t.payoff_words == "value created, a run and team"


def test_the_path_begins_equal_and_its_shares_sum_to_1(three: cs.Tournament) -> None:
    path = three.path(steps=20)
    assert list(path.columns) == ["step", "contestant", "share"]
    assert len(path) == 21 * 3
    np.testing.assert_allclose(path["share"][:3], 1.0 / 3.0)
    np.testing.assert_allclose(path.groupby("step")["share"].sum(), 1.0, atol=1e-12)
    other = three.path(steps=20, start={"execution": 1}, dynamics="replicator", unit=2.0)
    end = other[other["step"] == 20].set_index("contestant")["share"]
    assert end.to_dict() == {"execution": 1.0, "discovery": 0.0, "lean_startup": 0.0}


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        ({"steps": 0}, "steps"),
        ({"selection": -1}, "selection"),
        ({"unit": 0}, "unit"),
        ({"start": {"nobody": 1}}, "nobody"),
        ({"dynamics": "chaos"}, "dynamics chaos"),
    ],
)
def test_a_wrong_path_is_refused(three: cs.Tournament, arguments: Any, key: str) -> None:
    with pytest.raises(cs.ArgumentError) as caught:
        three.path(**arguments)
    assert caught.value.key == key


# --- progress, files


def test_progress_counts_all_markets(scenario: cs.Scenario) -> None:
    said: list[tuple[int, int]] = []
    cs.tournament(
        CULTURES[:2],
        scenario,
        replications=5,
        progress=lambda done, total: said.append((done, total)),
    )
    done = [done for done, _ in said]
    assert {total for _, total in said} == {20}
    assert done == sorted(set(done))
    assert done[-1] == 20


def test_it_saves_all_of_it(three: cs.Tournament, tmp_path: Path) -> None:
    written = three.save(tmp_path / "t")
    assert {path.relative_to(tmp_path / "t").as_posix() for path in written} == {
        "runs/part-00000.parquet",
        "payoffs.csv",
        "pairs.csv",
        "ranking.csv",
        "path.csv",
        "tournament.png",
        "tournament.svg",
        "manifest.json",
    }
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "t" / "runs"), three.runs)
    payoffs = pd.read_csv(tmp_path / "t" / "payoffs.csv", index_col="contestant")
    np.testing.assert_allclose(payoffs.to_numpy(), three.payoffs.to_numpy())
    ranking = pd.read_csv(tmp_path / "t" / "ranking.csv")
    assert ranking["contestant"].tolist() == list(three.ranking.index)
    manifest = json.loads((tmp_path / "t" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["study"] == three.study
    assert manifest["study"]["kind"] == "tournament"
    assert manifest["study"]["payoff"] == "value_per_effort"
    before = {path: path.read_bytes() for path in written if path.name != "manifest.json"}
    three.save(tmp_path / "t")
    assert {path: path.read_bytes() for path in before} == before
    with pytest.raises(cs.ResultError, match="another study"):
        cs.Tournament(three.scenario, CULTURES, three.runs, "net_value", 6).save(tmp_path / "t")


# --- refused


@pytest.mark.parametrize(
    "contestants",
    [(), ("discovery",), "discovery", ("discovery", "discovery"), (*CULTURES, "execution")],
)
def test_two_or_more_different_contestants(contestants: Any, scenario: cs.Scenario) -> None:
    with pytest.raises(cs.ArgumentError) as caught:
        cs.tournament(contestants, scenario, replications=1)
    assert caught.value.problem == "must be two or more different names"


def test_all_cultures_if_none_are_named(scenario: cs.Scenario) -> None:
    t = cs.tournament(None, scenario.override({"world.cycles": 2}), replications=1)
    assert t.contestants == scenario.culture_names


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        ({"contestants": ("execution", "learn_startup")}, "learn_startup"),
        ({"replications": 0}, "replications"),
        ({"payoff": "value"}, "value"),
        ({"seed": -1}, "seed"),
        ({"workers": 0}, "workers"),
    ],
)
def test_wrong_arguments_before_anything_is_run(
    arguments: dict[str, Any], key: str, scenario: cs.Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_: Any) -> None:
        raise AssertionError("something was run")

    monkeypatch.setattr("culturesim.model.simulate.Setup.run", run)
    with pytest.raises(cs.ArgumentError) as caught:
        cs.tournament(**{"scenario": scenario, **arguments})
    assert caught.value.key == key


def test_a_payoff_that_is_not_a_number_is_refused(three: cs.Tournament) -> None:
    runs = three.runs.assign(net_value=np.nan)
    with pytest.raises(cs.ArgumentError, match="payoff net_value is not a number"):
        cs.Tournament(three.scenario, CULTURES, runs, "net_value")
