"""Who plays: classes for all or by organization, in their own culture or the caller's."""

from __future__ import annotations

from typing import Any

import pytest

import culturesim as cs
from culturesim.model.cast import cast
from tests.model.own import Bold, Moody, short


class Lost(cs.Team, culture="discovry"):
    def plan(self) -> None: ...


class Misspelt(cs.Team):
    def plann(self) -> None: ...


class Child(Bold):
    pass


def test_nobody_plays() -> None:
    for nobody in (None, {}, {"acme": None}):
        played = cast(short(), "discovery", nobody)
        assert played.classes == {}
        assert played.scenario == short().with_culture("discovery")
        assert (played.label, played.labels) == ("discovery", ["discovery"])


@pytest.mark.parametrize("team", [Bold, {"acme": Bold}])
def test_a_class_lives_in_its_culture_unless_the_caller_names_one(team: Any) -> None:
    own, named = cast(short(), None, team), cast(short(), "execution", team)
    assert own.classes == named.classes == {"acme": Bold}
    assert own.scenario.organizations["acme"].culture == "discovery"
    assert named.scenario.organizations["acme"].culture == "execution"
    assert (own.label, own.labels) == ("Bold", ["Bold"])
    assert (named.label, named.labels) == ("execution/Bold", ["execution/Bold"])


def test_without_a_culture_of_its_own_it_lives_in_the_scenarios() -> None:
    played = cast(short(), None, Moody)
    assert played.scenario == short()
    assert played.label == "Moody"


def test_a_culture_is_inherited() -> None:
    assert (cs.Team.lives_in, Bold.lives_in, Child.lives_in) == (None, "discovery", "discovery")
    assert cast(short(), None, Child).scenario.organizations["acme"].culture == "discovery"


@pytest.mark.parametrize("run", [cs.simulate, cs.ensemble, cs.CultureModel])
@pytest.mark.parametrize(
    ("team", "key", "said"),
    [
        (3, "team", "is not a subclass of Team"),
        (int, "team", "is not a subclass of Team"),
        ([Bold], "team", "is not a subclass of Team"),
        ({"acme": "Bold"}, "team: acme", "is not a subclass of Team"),
        ({"acmee": Bold}, "team: acmee", "nearest: acme"),
        (cs.Team, "team: Team", "has no verb"),
        (Misspelt, "team: Misspelt", "nearest: plan"),
        ({"acme": Misspelt}, "team: acme: Misspelt", "plann"),
        (Lost, "discovry", "nearest: discovery"),
    ],
)
def test_who_cannot_play(run: Any, team: Any, key: str, said: str) -> None:
    with pytest.raises(cs.ArgumentError, match=said) as caught:
        run(short(), team=team)
    assert caught.value.key == key
    if "has no verb" in caught.value.problem:
        assert caught.value.allowed is not None
        assert "cultivate, listen, trial, plan" in caught.value.allowed


def test_one_team_is_not_a_class() -> None:
    team: Any = cs.CultureModel(short()).teams[0]
    with pytest.raises(cs.ArgumentError, match="give the class"):
        cs.simulate(short(), team=team)
