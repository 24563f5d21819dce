"""The twin: whom it follows, where its lives part, what it leaves, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import culturesim as cs
from culturesim.experiments.twin import OPTION_COLUMNS
from culturesim.experiments.twin_result import first_difference
from tests.experiments.twins import CULTURES, SEED

THREE = ("discovery", "execution", "lean_startup")


@pytest.fixture(scope="module")
def picked(scenario_of_twins: cs.Scenario) -> cs.Twin:
    return cs.twin(scenario_of_twins, SEED)


def test_tables_are_tidy(twins: list[cs.Twin], scenario_of_twins: cs.Scenario) -> None:
    twin = twins[7]
    assert (twin.kind, twin.row, twin.picked) == ("customer", 7, False)
    assert list(twin.table.columns) == list(OPTION_COLUMNS)
    assert list(twin.cycles.columns[:3]) == ["culture", "cycle", "team"]
    assert twin.cycles["cycle"].tolist() == 2 * list(range(30))
    assert not twin.table.duplicated(["culture", "cycle", "option"]).any()
    assert (twin.table.groupby(["culture", "cycle"])["chosen"].sum() == 1).all()
    names = {"", *scenario_of_twins.organizations}
    assert set(twin.table["organization"]) <= names
    assert (twin.table["team"].isna() == (twin.table["option"] == 0)).all()
    assert repr(twin) == "<Twin: customer 7 under execution, discovery in two-segments>"


def test_the_median_customer_is_picked(twins: list[cs.Twin], picked: cs.Twin) -> None:
    ends = [twin.parts.value for twin in twins]
    gains = np.array([end["discovery"] - end["execution"] for end in ends])
    distance = np.abs(gains - np.median(gains))
    assert picked.picked
    assert picked.row == int(np.flatnonzero(distance == distance.min())[0])
    assert len(set(gains)) > 20  # else any customer would do
    pd.testing.assert_frame_equal(picked.table, twins[picked.row].table)
    pd.testing.assert_frame_equal(picked.cycles, twins[picked.row].cycles)


def test_of_equals_the_lowest_number_is_picked(scenario_of_twins: cs.Scenario) -> None:
    hopeless = scenario_of_twins.override(
        {"segments.*.standard": 1, "segments.*.standard_spread": 0, "world.cycles": 3}
    )
    twin = cs.twin(hopeless)
    assert twin.row == 0
    assert twin.parts.choice is None
    assert twin.parts.value == {"execution": 0.0, "discovery": 0.0}


def test_where_the_lives_part(twins: list[cs.Twin]) -> None:
    parted = 0
    for twin in twins:
        one, other = (twin.life(culture) for culture in CULTURES)
        did = [str(a) != str(b) for a, b in zip(one["team"], other["team"], strict=True)]
        choice = did.index(True) if True in did else None
        sides = [twin.table[twin.table["culture"] == culture] for culture in CULTURES]
        offers = [
            [tuple(row) for row in side[["cycle", "made", "fit", "price"]].to_numpy()]
            for side in sides
        ]
        first = next(a[0] for a, b in zip(*offers, strict=True) if a != b)
        ends = {name: twin.life(name)["value"].sum() for name in CULTURES}
        assert twin.parts.offers == first
        assert twin.parts.choice == choice
        assert twin.parts.value == pytest.approx(ends, rel=1e-12)
        parted += choice is not None
    assert parted > 20


@pytest.mark.parametrize("column", ["made", "fit", "price"])
def test_offers_differ_where_any_of_their_parts_does(twins: list[cs.Twin], column: str) -> None:
    whole = twins[0]
    table = whole.life("execution")[["cycle"]].assign(made=1.0, fit=0.5, price=1.0)
    other = table.copy()
    other.loc[other["cycle"] >= 20, "fit"] = 0.6
    other.loc[other["cycle"] == 5, column] = 0.0
    both = pd.concat([table.assign(culture="execution"), other.assign(culture="discovery")])
    twin = cs.Twin(whole.scenario, SEED, "customer", 0, False, both, whole.cycles)
    assert twin.parts.offers == 5


def test_first_difference() -> None:
    table = pd.DataFrame(
        {
            "culture": ["a"] * 4 + ["b"] * 4,
            "cycle": [0, 0, 1, 1] * 2,
            "same": [1.0, np.nan, 2.0, 3.0] * 2,
            "late": [1.0, 2.0, 3.0, 4.0, 1.0, 2.0, 3.0, 5.0],
            "gone": [1.0, 2.0, 3.0, 4.0, 1.0, np.nan, 3.0, 4.0],
        }
    )
    assert first_difference(table, "same") is None
    assert first_difference(table, "late") == 1
    assert first_difference(table, "gone") == 0


def test_three_worlds_are_each_the_same_as_alone(
    scenario_of_twins: cs.Scenario, twins: list[cs.Twin]
) -> None:
    three = cs.twin(scenario_of_twins, SEED, THREE, customer=7)
    assert three.cultures == THREE
    assert set(three.parts.value) == set(THREE)
    for culture in CULTURES:
        pd.testing.assert_frame_equal(three.life(culture), twins[7].life(culture))


def test_a_team(scenario_of_twins: cs.Scenario) -> None:
    twin = cs.twin(scenario_of_twins, SEED, team=4)
    concerns = scenario_of_twins.world.concerns
    assert (twin.kind, twin.row) == ("team", 4)
    assert len(twin.table) == 2 * 30 * concerns
    assert list(twin.table.columns[2:]) == ["concern", "belief", "care", "plan", "offer"]
    assert twin.cycles["cycle"].tolist() == 2 * list(range(30))
    one, other = (twin.life(culture)["commitments"] for culture in CULTURES)
    assert twin.parts.choice == (one != other).tolist().index(True)
    assert twin.parts.offers == 0
    sides = [twin.table[twin.table["culture"] == culture] for culture in CULTURES]
    assert sides[0]["care"].tolist() == sides[1]["care"].tolist()


def test_several_organizations(scenario_of_twins: cs.Scenario) -> None:
    values = scenario_of_twins.resolved()
    (name,) = values["organizations"]
    rival = values["organizations"][name] | {"teams": 2, "price": 0.5}
    with_rival = scenario_of_twins.override({"organizations.rival": rival})
    twin = cs.twin(with_rival, SEED, customer=1)
    teams = twin.table[twin.table["option"] > 0]
    rivals = teams["team"] >= 5
    assert rivals.any()
    assert (teams["organization"] == np.where(rivals, "rival", name)).all()
    assert (teams["price"] == np.where(rivals, 0.5, 1.0)).all()
    assert "of rival" in cs.twin(with_rival, SEED, team=6).sentence
    with pytest.raises(cs.ArgumentError, match=r"team 7 does not exist"):
        cs.twin(with_rival, team=7)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"customer": 40}, "customer 40 does not exist\n  allowed: 0 to 39"),
        ({"customer": -1}, "customer -1 does not exist"),
        ({"customer": True}, "customer True does not exist"),
        ({"customer": "7"}, "customer '7' does not exist"),
        ({"team": 5}, "team 5 does not exist\n  allowed: 0 to 4"),
        ({"team": 1.0}, "team 1.0 does not exist"),
        ({"customer": 1, "team": 1}, "customer and team exclude each other"),
        ({"cultures": ("execution",)}, "cultures must be two or more"),
        ({"cultures": ("execution", "exekution")}, "exekution is not a culture"),
        ({"seed": -1}, "seed is out of range"),
    ],
)
def test_wrong_arguments(
    scenario_of_twins: cs.Scenario, arguments: dict[str, object], said: str
) -> None:
    with pytest.raises(cs.ArgumentError) as raised:
        cs.twin(scenario_of_twins, **arguments)  # type: ignore[arg-type]
    assert str(raised.value).startswith(said)


def test_a_world_that_was_not_followed(twins: list[cs.Twin]) -> None:
    with pytest.raises(cs.ArgumentError, match="culture lean_startup was not followed"):
        twins[0].life("lean_startup")


@pytest.mark.parametrize("whom", [{}, {"customer": 3}, {"team": 2}])
def test_what_is_saved(
    scenario_of_twins: cs.Scenario, tmp_path: Path, whom: dict[str, int]
) -> None:
    twin = cs.twin(scenario_of_twins, SEED, **whom)  # type: ignore[arg-type]
    written = twin.save(tmp_path / "twin")
    assert {path.name for path in written} == {
        *("table.parquet", "table.csv", "cycles.parquet", "cycles.csv"),
        *("twin.png", "twin.svg", "manifest.json"),
    }
    assert set(written) == set((tmp_path / "twin").iterdir())
    for name in ("table", "cycles"):
        table = getattr(twin, name)
        pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "twin" / f"{name}.parquet"), table)
        assert len(pd.read_csv(tmp_path / "twin" / f"{name}.csv")) == len(table)
    manifest = json.loads((tmp_path / "twin" / "manifest.json").read_text(encoding="utf-8"))
    (row,) = whom.values() or ["median"]
    study = manifest["study"]
    assert (study["kind"], study["seed"], study["cultures"]) == ("twin", SEED, list(CULTURES))
    assert (study["follows"], study["row"]) == ("team" if "team" in whom else "customer", row)
    again = twin.save(tmp_path / "twin")  # the same study may be written again
    assert again == written
    with pytest.raises(cs.ResultError, match="another study"):
        cs.twin(scenario_of_twins, SEED, customer=4).save(tmp_path / "twin")
