"""Own behaviour: the last word on one's own row, the same in every face, and books that balance."""

from __future__ import annotations

import copy
import math
import pickle
from typing import Any

import numpy as np
import pytest

import culturesim as cs
from culturesim.model.model import CultureModel
from culturesim.model.verbs import VERBS
from culturesim.model.views import READ_ONLY, WIRING
from culturesim.state.columns import State, columns
from tests.laws.test_faces_agree import assert_same_state
from tests.model.own import SHORT, Bold, Failing, Moody, Same, short


def stepped(steps: int, team: Any, seed: int = 1) -> CultureModel:
    model = CultureModel(short(), seed=seed, team=team)
    for _ in range(steps):
        model.step()
    return model


def copied(state: State) -> State:
    return copy.deepcopy(state)


# --- the same in every face


@pytest.mark.compiled
def test_writing_back_what_is_there_changes_no_bit() -> None:
    compiled = CultureModel(short(), "discovery", seed=1)
    own = CultureModel(short(), "discovery", seed=1, team=Same)
    for _ in range(12):
        compiled.step()
        own.step()
        assert_same_state(own.state, compiled.state)
    assert own.records.tobytes() == compiled.records.tobytes()
    ensemble = cs.ensemble("baseline", "discovery", replications=2)
    assert cs.ensemble("baseline", replications=2, team=Same).records.tobytes() == (
        ensemble.records.tobytes()
    )


@pytest.mark.parametrize("team", [Bold, Moody, {"acme": Moody}])
def test_model_run_and_ensemble_agree(team: Any) -> None:
    model = stepped(12, team)
    run = cs.simulate(short(), seed=1, team=team)
    ensemble = cs.ensemble(short(), replications=3, seed=1, workers=1, team=team)
    assert model.records.tobytes() == run.records.tobytes() == ensemble.records[0].tobytes()
    later = cs.simulate(short(), seed=ensemble.seeds[2], team=team)
    assert ensemble.records[2].tobytes() == later.records.tobytes()
    compiled = cs.simulate(short(), "discovery", seed=1)
    assert run.records.tobytes() != compiled.records.tobytes()
    assert len(model.datacollector.model_vars["waste"]) == 12


def test_what_it_is_called_in_tables() -> None:
    for culture, label in ((None, "Bold"), ("execution", "execution/Bold")):
        run = cs.simulate(short(), culture, team=Bold)
        ensemble = cs.ensemble(short(), culture, replications=2, team=Bold)
        assert run.culture == ensemble.culture == label
        assert set(run.summary["culture"]) == set(ensemble.runs["culture"]) == {label}
        assert set(ensemble.cycles["culture"]) == {label}
        assert label in repr(run)
    assert set(cs.ensemble(short(), replications=1, team=None).runs["culture"]) == {"execution"}


# --- the last word


class Watching(cs.Team):
    seen: list[tuple[int, str, int]]

    def see(self: Any, verb: str) -> None:
        # Teams of one model meet in what the model holds.
        seen = vars(self.model).setdefault("seen", [])
        seen.append((self.model.cycle, verb, self.row))

    def account(self: Any) -> None:
        self.see("account")

    def listen(self: Any) -> None:
        self.see("listen")

    def plan(self: Any) -> None:
        self.see("plan")


def test_phases_in_order_and_rows_in_order() -> None:
    model: Any = stepped(2, Watching)
    assert model.seen == [
        (cycle, verb, row)
        for cycle in range(2)
        for verb in ("listen", "plan", "account")
        for row in range(4)
    ]


class First(cs.Team):
    """Row 0 alone does something else."""

    def plan(self: Any) -> None:
        if self.row == 0:
            plan = np.zeros(len(self.plan))
            plan[3] = 1.0
            self.plan = plan


def test_the_last_word_is_on_ones_own_row() -> None:
    compiled, own = CultureModel(short(), seed=1), stepped(1, First)
    compiled.step()
    assert own.teams[0].plan.tolist() == [0.0] * 3 + [1.0] + [0.0] * 6
    for row in (1, 2, 3):
        assert own.teams[row].plan.tolist() == compiled.teams[row].plan.tolist()
        assert own.teams[row].performance.tolist() == compiled.teams[row].performance.tolist()
    # What was planned is what is built.
    assert own.teams[0].performance[3] > compiled.teams[0].performance[3]


class AtTheEnd(cs.Team):
    def account(self: Any) -> None:
        self.value_created = 7.0


def test_what_the_last_verb_writes_is_recorded() -> None:
    run = cs.simulate(short(), seed=1, team=AtTheEnd)
    assert (run.cycles["value_created"] == 4 * 7.0).all()


class Meddling(cs.Team):
    what = "team"

    def learn(self: Any) -> None:
        if self.row == 2:
            other = self.model.teams[1]
            assert other.belief.sum() > 0.0
            if self.what == "offer":
                other.offer = other.offer
            elif self.what == "word":
                other.validation = other.validation
            elif self.what == "customer":
                self.customers[0].trust = self.customers[0].trust
            else:
                other.culture = 0.5


@pytest.mark.parametrize("what", ["team", "offer", "word", "customer"])
def test_nobody_writes_another_row(what: str) -> None:
    class Now(Meddling):
        pass

    Now.what = what
    with pytest.raises(cs.BehaviourError, match="written in learn of team 2") as caught:
        stepped(1, Now)
    assert caught.value.error == "ArgumentError"
    assert caught.value.verb == "learn"


def test_between_cycles_everybody_may_write() -> None:
    model = stepped(2, Bold)
    model.teams[0].culture = 0.25
    model.customers[0].worth = 3.0
    model.step()
    assert model.teams[0].culture == 0.25


# --- stances


class Searching(cs.Team):
    def cultivate(self: Any) -> None:
        self.take_stance("discovery" if self.row % 2 else "lean_startup")


def test_a_stance_is_taken_by_name() -> None:
    model = stepped(1, Searching)
    names = model.spec.culture_names
    assert [names[team.stance] for team in model.teams] == ["lean_startup", "discovery"] * 2
    listening = [model.spec.cultures[names[team.stance]].listening for team in model.teams]
    assert [team.listening_share for team in model.teams] == listening


@pytest.mark.parametrize("verb", ["listen", "account"])
def test_a_stance_is_taken_in_cultivate(verb: str) -> None:
    kind: Any = type("Late", (cs.Team,), {verb: lambda self: self.take_stance("discovery")})
    with pytest.raises(cs.BehaviourError, match="in cultivate, by the team itself"):
        stepped(1, kind)
    with pytest.raises(cs.ArgumentError, match="def cultivate"):
        CultureModel(short()).teams[0].take_stance("discovery")


class Misled(cs.Team):
    def cultivate(self: Any) -> None:
        self.take_stance("discovry")


def test_a_stance_has_a_name() -> None:
    with pytest.raises(cs.BehaviourError, match="nearest: discovery"):
        stepped(1, Misled)


# --- what goes wrong


def failure(kind: type[cs.Team], steps: int = 12) -> cs.BehaviourError:
    with pytest.raises(cs.BehaviourError) as caught:
        stepped(steps, kind, seed=5)
    return caught.value


def test_an_exception_says_who_when_and_where() -> None:
    error = failure(Failing)
    assert (error.team_class, error.verb, error.organization) == ("Failing", "listen", "acme")
    assert (error.team, error.cycle, error.seed) == (2, 3, 5)
    assert (error.error, error.text) == ("ZeroDivisionError", "nothing is left")
    assert isinstance(error.__cause__, ZeroDivisionError)
    file, _, line = str(error.where).rpartition(":")
    with open(file, encoding="utf-8") as source:
        assert "ZeroDivisionError" in source.readlines()[int(line) - 1]
    assert str(error) == (
        f"{error.where}: Failing.listen (team 2 of acme, cycle 3, seed 5) failed\n"
        "  found:   ZeroDivisionError: nothing is left"
    )


def test_an_error_survives_pickling() -> None:
    error = failure(Failing)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is cs.BehaviourError
    assert again.parts() == error.parts()
    assert str(again) == str(error)
    assert str(cs.BehaviourError(**error.parts())) == str(error)


def test_a_run_that_failed_does_not_go_on() -> None:
    model = stepped(3, Failing)
    with pytest.raises(cs.BehaviourError, match="nothing is left"):
        model.step()
    with pytest.raises(cs.BehaviourError, match="cannot go on"):
        model.step()
    assert model.cycle == 3
    assert model.turn is None


class Giving(cs.Team):
    def plan(self: Any) -> Any:
        return self.belief


class Iterating(cs.Team):
    def listen(self: Any) -> Any:
        yield self.belief


@pytest.mark.parametrize(
    ("kind", "hint"), [(Giving, "write self.plan = "), (Iterating, "write self.belief = ")]
)
def test_a_verb_gives_nothing_back(kind: type[cs.Team], hint: str) -> None:
    error = failure(kind)
    assert error.problem == "gave something back"
    assert hint in str(error.hint)
    assert str(error.where).startswith(__file__)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_cannot_be_written(value: float) -> None:
    def listen(self: Any) -> None:
        self.belief = [value] * len(self.belief)

    error = failure(type("Wild", (cs.Team,), {"listen": listen}))
    assert "Wild 0: belief is out of range" in str(error.found)
    assert error.allowed == "finite numbers"


@pytest.mark.parametrize("made", [False, True])
def test_a_team_that_cannot_be_made(made: bool) -> None:
    def fails(self: Any, model: Any, row: int) -> None:
        if made:
            cs.Team.__init__(self, model, 0)
        else:
            raise KeyError("nothing there")

    kind = type("Unmade", (Bold,), {"__init__": fails})
    error = failure(kind)
    assert (error.verb, error.cycle) == ("__init__", 0)
    assert str(error.where).startswith(__file__)
    assert ("super().__init__(model, row)" in str(error)) == made


# --- books


def wrong_books(verb: str, **values: float) -> cs.BehaviourError:
    def write(self: Any) -> None:
        if self.row == 1 and self.model.cycle == 2:
            for name, value in values.items():
                setattr(self, name, value)

    return failure(type("Careless", (cs.Team,), {verb: write}))


@pytest.mark.parametrize(
    ("verb", "values", "said"),
    [
        ("trial", {"listening_share": 0.5}, "effort_listening is "),
        ("plan", {"testing_share": 0.5}, "effort_testing is 0 where shares and free effort make"),
        ("account", {"effort_building": 0.5}, "effort_building with effort_withheld is 0.5"),
        ("build", {"effort_withheld": 0.5}, "effort_building with effort_withheld is"),
        ("plan", {"listening_share": 0.9, "testing_share": 0.9}, "sum to more than 1"),
        ("plan", {"effort_serving": 11.0}, "effort_serving exceeds the capacity"),
        ("plan", {"capacity": 20.0}, "Likely a share, the capacity or the serving was changed"),
    ],
)
def test_books_must_balance(verb: str, values: dict[str, float], said: str) -> None:
    error = wrong_books(verb, **values)
    assert "does not balance its books" in error.problem
    assert said in error.problem
    assert (error.team_class, error.team, error.cycle, error.verb) == ("Careless", 1, 2, "account")
    assert "effort_withheld" in str(error.found)


class Careful(cs.Team, culture="discovery"):
    """Listens more than its culture does, and spends the effort for it."""

    def listen(self: Any) -> None:
        share = 0.5 - self.testing_share
        self.listening_share = share
        self.effort_listening = share * (self.capacity - self.effort_serving)


def test_books_that_are_changed_with_care_balance() -> None:
    run = cs.simulate(short(), seed=1, team=Careful).cycles
    kinds = ["listening", "testing", "building", "serving", "withheld"]
    spent = run[[f"effort_{kind}" for kind in kinds]].sum(axis=1)
    np.testing.assert_allclose(spent, run["effort"], rtol=1e-12)
    more = cs.simulate(short(), "discovery", seed=1).cycles
    assert (run["effort_building"] < more["effort_building"]).all()


# --- copies, and several at once


@pytest.mark.parametrize("kind", [Bold, Moody])
@pytest.mark.parametrize("duplicate", ["pickle", "deepcopy"])
def test_a_copy_in_mid_run_goes_on_in_the_same_way(kind: type[cs.Team], duplicate: str) -> None:
    whole, model = stepped(12, kind), stepped(5, kind)
    again = pickle.loads(pickle.dumps(model)) if duplicate == "pickle" else copy.deepcopy(model)
    for _ in range(7):
        again.step()
    assert again.records.tobytes() == whole.records.tobytes()
    assert_same_state(again.state, whole.state)
    assert model.cycle == 5
    for _ in range(7):
        model.step()
    assert model.records.tobytes() == whole.records.tobytes()


def test_live_models_with_different_teams_do_not_touch_each_other() -> None:
    kinds = (Bold, Moody, None, Careful)
    alone = [stepped(8, kind).records.tobytes() for kind in kinds]
    models = [stepped(0, kind) for kind in kinds]
    for _ in range(8):
        for model in models:
            model.step()
    assert [model.records.tobytes() for model in models] == alone
    assert len(set(alone)) == 4
    assert [type(model.teams[0]) for model in models] == [Bold, Moody, cs.Team, Careful]


def test_agents_are_of_the_class() -> None:
    model = stepped(1, Bold)
    assert {type(agent) for agent in model.agents} == {Bold, cs.Customer}
    assert [agent.row for agent in model.agents_by_type[Bold]] == [0, 1, 2, 3]
    assert [agent.unique_id for agent in model.agents] == list(range(1, 65))
    assert model.teams[0] is model.agents_by_type[Bold][0]


def test_a_whole_baseline_run() -> None:
    scenario = cs.load_scenario("baseline", {"world.cycles": SHORT["world.cycles"]})
    assert len(cs.simulate(scenario, seed=1, team=Bold).cycles) == 12


def test_while_listening_a_belief_may_be_below_zero() -> None:
    """As the compiled phase may leave it; the next phase ends at what is positive."""

    def write(self: Any) -> None:
        self.belief = [-0.25] * len(self.belief)

    model = stepped(1, type("Doubtful", (cs.Team,), {"listen": write}))
    assert (model.state.teams.belief > 0.0).all()
    assert "finite, 0 or more" in str(failure(type("Wrong", (cs.Team,), {"trial": write})))


def write_all_back(team: Any) -> None:
    for name, column in columns("teams").items():
        if name == "plan" and not team.plan.any():
            continue  # there is none before the first cycle's
        if name not in READ_ONLY and column.unit not in WIRING:
            setattr(team, name, getattr(team, name))


@pytest.mark.parametrize("scenario", ["two-segments", "rising-standards"])
def test_every_column_can_be_written_back_in_every_verb(scenario: str) -> None:
    def verb(self: Any) -> None:
        write_all_back(self)

    kind: Any = type("Thorough", (cs.Team,), dict.fromkeys(VERBS, verb))
    small = {"world.cycles": 12, "world.customers": 60, "organizations.*.teams": 3}
    loaded = cs.load_scenario(scenario, small | {"production.saturation": 10})
    for culture in ("execution", "customer_development"):
        own = cs.simulate(loaded, culture, seed=3, team=kind)
        compiled = cs.simulate(loaded, culture, seed=3)
        assert own.records.tobytes() == compiled.records.tobytes()
