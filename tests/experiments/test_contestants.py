"""Who is compared."""

from __future__ import annotations

from typing import Any

import pytest

import culturesim as cs
from culturesim.experiments.contestants import contestants
from tests.model.own import Bold, Moody, short

THREE = ("execution", Bold, Moody)


def test_cultures_and_classes() -> None:
    found = contestants(short(), THREE)
    assert [one.label for one in found] == ["execution", "Bold", "Moody"]
    assert [one.culture for one in found] == ["execution", None, None]
    assert [one.team for one in found] == [None, Bold, Moody]


def test_one_team_for_all_cultures() -> None:
    found = contestants(short(), ("execution", "discovery"), Bold)
    assert [one.label for one in found] == ["execution/Bold", "discovery/Bold"]
    assert [one.team for one in found] == [Bold, Bold]


@pytest.mark.parametrize(
    ("cultures", "team", "said"),
    [
        (Bold, None, "two or more different names"),
        ((Bold, Bold), None, "two or more different names"),
        (("execution", Bold), Moody, "is a class, and so is team"),
        (("execution", int), None, "is not a subclass of Team"),
        (("execution", cs.Team), None, "has no verb"),
        (("execution", "discovry"), Bold, "nearest: discovery"),
    ],
)
def test_who_cannot_be_compared(cultures: Any, team: Any, said: str) -> None:
    with pytest.raises(cs.ArgumentError, match=said):
        contestants(short(), cultures, team)


def test_compare_runs_them_in_the_same_markets() -> None:
    told: list[tuple[int, int]] = []
    comparison = cs.compare(
        short(),
        THREE,
        replications=3,
        workers=1,
        progress=lambda done, total: told.append((done, total)),
    )
    assert comparison.cultures == ("execution", "Bold", "Moody")
    assert set(comparison.runs["culture"]) == {"execution", "Bold", "Moody"}
    alone = cs.ensemble(short(), replications=3, workers=1, team=Moody)
    assert comparison.ensembles["Moody"].records.tobytes() == alone.records.tobytes()
    assert comparison.ensembles["execution"].seeds == alone.seeds
    assert "Bold" in comparison.sentence
    assert told[-1] == (9, 9)


def test_compare_with_one_team_in_each_culture() -> None:
    comparison = cs.compare(short(), replications=2, workers=1, team=Bold)
    assert comparison.cultures == ("execution/Bold", "discovery/Bold")
    assert set(comparison.runs["culture"]) == {"execution/Bold", "discovery/Bold"}
    alone = cs.ensemble(short(), "execution", replications=2, workers=1, team=Bold)
    assert comparison.ensembles["execution/Bold"].records.tobytes() == alone.records.tobytes()
