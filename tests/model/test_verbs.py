"""Verbs: which there are, how they are inherited, and what stands in their way."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import culturesim as cs
from culturesim.model.schedule import schedule
from culturesim.model.verbs import SHARED, VERBS, verbs_of, what_to_write
from culturesim.state.columns import columns
from tests.model.own import Bold, Moody, Same, short

ACTS = "cultivate listen trial plan build offer deliver learn account"


def team_of(kind: type[cs.Team], steps: int = 1) -> Any:
    model = cs.CultureModel(short(), "discovery", seed=1, team=kind)
    for _ in range(steps):
        model.step()
    return model.teams[1]


def test_verbs_are_the_phases_in_which_teams_act() -> None:
    assert ACTS.split() == list(VERBS)
    assert [p.name for p in schedule() if "team" in p.facts.acts] == list(VERBS)
    assert set(SHARED) == set(VERBS) & set(columns("teams")) == {"plan", "offer"}


def test_verbs_of_a_class() -> None:
    assert verbs_of(cs.Team, cs.Team) == ()
    assert verbs_of(Bold, cs.Team) == ("plan",)
    assert verbs_of(Same, cs.Team) == VERBS
    assert verbs_of(Moody, cs.Team) == ("cultivate", "plan", "account")


def test_verbs_are_explained() -> None:
    for name in VERBS:
        assert getattr(cs.Team, name).__doc__
    assert "listen to customers" in str(cs.Team.listen.__doc__)
    assert "building effort" in str(cs.Team.plan.__doc__)
    assert Bold.__dict__["plan"].__doc__ is None


def test_a_team_without_verbs_does_nothing_by_itself() -> None:
    model = cs.CultureModel(short(), "discovery", seed=1)
    model.step()
    before = [array.tobytes() for part in model.state for array in part]
    for name in set(VERBS) - set(SHARED):
        assert getattr(model.teams[1], name)() is None
    assert before == [array.tobytes() for part in model.state for array in part]


@pytest.mark.parametrize("kind", [Bold, Same])
def test_a_column_stays_a_column(kind: type[cs.Team]) -> None:
    team = team_of(kind)
    array = team.model.state.teams.plan
    assert team.plan.tolist() == array[1].tolist()
    team.plan = np.roll(team.plan, 1)
    assert team.plan.tolist() == array[1].tolist()
    assert isinstance(team.offer, cs.Offer)
    team.offer = [0.25] * len(team.care_committed)
    assert team.offer.care_taken[0] == 0.25
    with pytest.raises(cs.ArgumentError, match="sum to 1"):
        team.plan = team.plan / 2.0


# --- inheritance

CALLED: list[str] = []


class Parent(cs.Team):
    def plan(self: Any) -> None:
        CALLED.append("Parent plans")
        super().plan()
        self.plan = np.roll(self.plan, 1)

    def listen(self: Any) -> None:
        CALLED.append("Parent listens")
        super().listen()


class Heir(Parent):
    pass


class Child(Parent):
    def plan(self: Any) -> None:
        CALLED.append("Child plans")
        super().plan()
        self.plan = np.roll(self.plan, 1)

    def listen(self: Any) -> None:
        super().listen()


class Explicit(Parent):
    def plan(self: Any) -> None:
        CALLED.append("Explicit plans")
        Parent.plan(self)


class Mixin:
    def plan(self: Any) -> None:
        CALLED.append("Mixin plans")
        super().plan()  # type: ignore[misc]


class Mixed(Mixin, cs.Team):
    pass


class MixedChild(Mixin, Child):
    pass


class Left(Parent):
    def plan(self: Any) -> None:
        CALLED.append("Left plans")
        super().plan()


class Right(Parent):
    def plan(self: Any) -> None:
        CALLED.append("Right plans")
        super().plan()


class Diamond(Left, Right):
    def plan(self: Any) -> None:
        CALLED.append("Diamond plans")
        super().plan()


class OnlyOffers(Parent):
    def offer(self: Any) -> None:  # type: ignore[override]
        CALLED.append(f"{len(self.plan)} concerns: it offers {self.offer.made}")
        super().offer()  # type: ignore[operator]


LINES: list[tuple[type[cs.Team], list[str]]] = [
    (Parent, ["Parent listens", "Parent plans"]),
    (Heir, ["Parent listens", "Parent plans"]),
    (Child, ["Parent listens", "Child plans", "Parent plans"]),
    (Explicit, ["Parent listens", "Explicit plans", "Parent plans"]),
    (Mixed, ["Mixin plans"]),
    (MixedChild, ["Parent listens", "Mixin plans", "Child plans", "Parent plans"]),
    (Diamond, ["Parent listens", "Diamond plans", "Left plans", "Right plans", "Parent plans"]),
    (OnlyOffers, ["Parent listens", "Parent plans", "10 concerns: it offers True"]),
]


@pytest.mark.parametrize(("kind", "line"), LINES)
def test_a_verb_is_inherited_as_any_method(kind: type[cs.Team], line: list[str]) -> None:
    CALLED.clear()
    team = team_of(kind)
    wanted = [said for phase in ("listens", "plans", "offers") for said in line_in(phase, line) * 4]
    assert wanted == CALLED
    assert isinstance(team.plan, np.ndarray)


def line_in(phase: str, line: list[str]) -> list[str]:
    return [said for said in line if phase in said]


def test_what_inherited_verbs_write_comes_through() -> None:
    """Each of the two in the line moves the plan by one concern."""
    compiled = cs.CultureModel(short(), "discovery", seed=1)
    compiled.step()
    for kind, moved in ((Parent, 1), (Heir, 1), (Child, 2), (Diamond, 1), (Mixed, 0)):
        team = team_of(kind)
        assert team.plan.tolist() == np.roll(compiled.teams[1].plan, moved).tolist()


# --- what stands in the way


def test_a_verb_must_take_the_team_alone() -> None:
    with pytest.raises(cs.ArgumentError, match="take the team alone") as caught:

        class Wrong(cs.Team):
            def plan(self, plan: Any) -> None: ...

    assert caught.value.key == "Wrong.plan"
    assert caught.value.allowed == "def plan(self)"

    class Right(cs.Team):
        def plan(self, again: bool = False) -> None: ...

    assert verbs_of(Right, cs.Team) == ("plan",)


@pytest.mark.parametrize("value", [3, property(lambda self: 3), staticmethod(lambda: None), None])
@pytest.mark.parametrize("name", ["plan", "listen"])
def test_a_verb_must_be_a_method(name: str, value: Any) -> None:
    with pytest.raises(cs.ArgumentError, match="is no method"):
        type("Wrong", (cs.Team,), {name: value})


@pytest.mark.parametrize("name", ["belief", "culture", "reach", "stance"])
def test_a_column_cannot_be_hidden(name: str) -> None:
    with pytest.raises(cs.ArgumentError, match=rf"Wrong.{name} is a column"):
        type("Wrong", (cs.Team,), {name: lambda self: None})


@pytest.mark.parametrize("name", ["drift", "assess", "commit"])
def test_no_team_acts_in_some_phases(name: str) -> None:
    with pytest.raises(cs.ArgumentError, match="in which no team acts"):
        type("Wrong", (cs.Team,), {name: lambda self: None})


def test_a_culture_is_a_name() -> None:
    with pytest.raises(cs.ArgumentError, match="culture's name"):

        class Wrong(cs.Team, culture=3):  # type: ignore[arg-type]
            pass


def test_every_verb_has_something_to_write() -> None:
    for verb in VERBS:
        assert what_to_write(verb) in columns("teams")
    assert what_to_write("plan") == "plan"
