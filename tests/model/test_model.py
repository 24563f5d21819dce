"""CultureModel as a Mesa model: stepping, agents when wanted, copies, batches, errors."""

from __future__ import annotations

import copy
import gc
import math
import multiprocessing
import pickle
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pandas as pd
import pytest

import culturesim as cs
from culturesim.model.agents import Customer, Team
from culturesim.model.measure import METRICS
from culturesim.model.model import REPORTERS, CultureModel

SHORT = {"world.cycles": 12, "world.customers": 60, "organizations.*.teams": 4}


def short() -> cs.Scenario:
    return cs.load_scenario("two-segments", SHORT)


def stepped(steps: int, seed: int = 1) -> CultureModel:
    model = CultureModel(short(), "discovery", seed)
    for _ in range(steps):
        model.step()
    return model


def pickled(model: CultureModel) -> CultureModel:
    again = pickle.loads(pickle.dumps(model))
    assert isinstance(again, CultureModel)
    return again


# --- stepping


def test_is_a_mesa_model() -> None:
    model = stepped(2)
    assert isinstance(model, mesa.Model)
    assert model.steps == model.cycle == 2
    assert model.spec == short().with_culture("discovery")
    assert (model.culture, model.seed) == ("discovery", 1)
    assert repr(model).startswith("<CultureModel of ")


def test_step_takes_nothing_and_gives_nothing() -> None:
    model = stepped(0)
    step: Any = model.step
    assert step() is None
    with pytest.raises(TypeError):
        step(1)


def test_stops_by_itself_at_the_last_cycle_and_can_go_on() -> None:
    model = stepped(0)
    model.run_model()
    assert model.cycle == 12
    assert not model.running
    for _ in range(30):
        model.step()
    assert model.records.shape == (42, 1, len(METRICS))
    assert not model.running
    assert np.isfinite(model.records[..., 0]).all()


def test_metrics_are_those_of_the_last_cycle() -> None:
    model = stepped(0)
    assert all(math.isnan(getattr(model, name)) for name in REPORTERS)
    for cycle in range(3):
        model.step()
        for place, name in enumerate(REPORTERS):
            assert repr(getattr(model, name)) == repr(float(model.records[cycle, 0, place]))


def test_records_of_the_past_cannot_be_written_to() -> None:
    model = stepped(2)
    records: Any = model.records
    with pytest.raises(ValueError, match="read-only"):
        records[0, 0, 0] = 1.0
    model.step()
    assert len(model.cycles) == 3


def test_a_table_of_no_cycles_has_the_columns_of_others() -> None:
    model = stepped(0)
    assert len(model.cycles) == 0
    before = list(model.cycles.columns)
    model.step()
    assert before == list(model.cycles.columns)


def test_metrics_do_not_hide_what_mesa_owns() -> None:
    ours = {*REPORTERS, *vars(stepped(1))} - {*vars(mesa.Model(rng=1)), "datacollector"}
    assert not {name for name in ours if hasattr(mesa.Model, name)}


# --- agents when wanted


def test_no_agent_is_made_by_stepping(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    register = CultureModel.register_agent

    def count(model: CultureModel, agent: object) -> None:
        made.append(agent)
        register(model, agent)

    monkeypatch.setattr(CultureModel, "register_agent", count)
    model = stepped(12)
    model.cycles  # noqa: B018
    pickled(model)
    copy.deepcopy(model)
    assert made == []
    assert len(model.agents) == len(made) == 64
    model.step()
    assert len(model.agents) == len(made) == 64


@pytest.mark.parametrize("first", ["agents", "agents_by_type", "agent_types", "teams", "customers"])
def test_agents_are_made_whoever_asks_first(first: str) -> None:
    model = stepped(1)
    getattr(model, first)
    assert [type(agent) for agent in model.agents] == [Team] * 4 + [Customer] * 60
    assert [agent.unique_id for agent in model.agents] == list(range(1, 65))
    assert list(model.agents_by_type[Team]) == list(model.teams)
    assert list(model.agents_by_type[Customer]) == list(model.customers)
    assert set(model.agent_types) == {Team, Customer}
    assert [team.row for team in model.teams] == [0, 1, 2, 3]
    assert [customer.row for customer in model.customers] == list(range(60))


def test_agents_can_be_had_before_the_first_step() -> None:
    model = stepped(0)
    worth = model.agents_by_type[Customer].get("worth")
    assert worth == model.state.customers.worth.tolist()


def test_agents_of_ones_own_get_their_own_number() -> None:
    model = stepped(0)
    own = mesa.Agent(model)
    ids = [agent.unique_id for agent in model.agents]
    late = mesa.Agent(model)
    assert own in model.agents
    assert len({*ids, late.unique_id}) == 66


@pytest.mark.parametrize("agents", [False, True])
def test_a_model_that_nobody_needs_goes_away(agents: bool) -> None:
    model = stepped(1)
    if agents:
        assert len(model.agents) == 64
    gone = weakref.ref(model)
    del model
    gc.collect()
    assert gone() is None


# --- copies, and several at once


@pytest.mark.parametrize("duplicate", [pickled, copy.deepcopy])
@pytest.mark.parametrize("agents", [False, True])
def test_a_copy_in_mid_run_goes_on_in_the_same_way(
    duplicate: Callable[[CultureModel], CultureModel], agents: bool
) -> None:
    whole = stepped(12)
    model = stepped(5)
    if agents:
        assert len(model.agents) == 64
    again = duplicate(model)
    assert again.records.tobytes() == model.records.tobytes()
    for _ in range(7):
        again.step()
    assert again.records.tobytes() == whole.records.tobytes()
    assert not again.running
    pd.testing.assert_frame_equal(
        again.datacollector.get_model_vars_dataframe(),
        whole.datacollector.get_model_vars_dataframe(),
    )
    # The original has not moved, and goes on by itself.
    assert (model.cycle, model.running) == (5, True)
    assert len(model.datacollector.model_vars["waste"]) == 5
    assert all(agent.model is again for agent in again.agents)
    again.teams[0].culture = 0.25
    for _ in range(7):
        model.step()
    assert model.records.tobytes() == whole.records.tobytes()
    assert model.teams[0].culture == 1.0


def test_a_copied_agent_views_the_copied_model() -> None:
    model = stepped(2)
    team = pickle.loads(pickle.dumps(model.teams[1]))
    assert team.model is not model
    assert team.model.teams[1] is team
    team.culture = 0.5
    assert model.teams[1].culture == 1.0


def test_two_live_models_do_not_touch_each_other() -> None:
    alone = stepped(8, seed=1).records.tobytes(), stepped(8, seed=2).records.tobytes()
    one, two = stepped(0, seed=1), stepped(0, seed=2)
    for _ in range(8):
        for model in (one, two):
            model.step()
            assert model.customers[3].care.tolist() == model.state.customers.care[3].tolist()
        assert one.customers[3].care.tolist() != two.customers[3].care.tolist()
    assert (one.records.tobytes(), two.records.tobytes()) == alone
    before = two.customers[3].worth
    one.customers[3].worth = 123.0
    assert one.customers[3].worth == 123.0
    assert two.customers[3].worth == before


# --- Mesa's own tools


@pytest.fixture
def start_method() -> Iterator[None]:
    """Mesa sets the start method of the whole process: put it back."""
    before = multiprocessing.get_start_method(allow_none=True)
    yield
    multiprocessing.set_start_method(before, force=True)


@pytest.mark.usefixtures("start_method")
@pytest.mark.skipif(not hasattr(mesa, "batch_run"), reason="this Mesa has no batch_run")
def test_batch_run_over_seeds_gives_the_ensemble() -> None:
    ensemble = cs.ensemble(short(), "discovery", replications=3, seed=4, workers=1)
    parameters: dict[str, Any] = {"scenario": [short()], "culture": "discovery"}
    keywords: dict[str, Any] = {"rng": ensemble.seeds}
    if "rng" not in mesa.batch_run.__annotations__:
        parameters["seed"] = ensemble.seeds
        keywords = {}
    rows = mesa.batch_run(
        CultureModel,
        parameters,
        number_processes=1,
        data_collection_period=1,
        display_progress=False,
        **keywords,
    )
    found = pd.DataFrame(rows)
    wanted = ensemble.cycles
    assert set(found["culture"]) == {"discovery"}
    assert found["seed"].tolist() == wanted["seed"].tolist()
    pd.testing.assert_frame_equal(found[list(REPORTERS)], wanted[list(REPORTERS)], check_exact=True)


def test_data_collector_can_be_replaced_by_ones_own() -> None:
    model = stepped(0)
    model.datacollector = mesa.DataCollector(
        model_reporters={"waste": "waste"}, agenttype_reporters={Team: {"culture": "culture"}}
    )
    model.step()
    model.step()
    table = model.datacollector.get_agenttype_vars_dataframe(Team)
    assert table["culture"].tolist() == [1.0] * 8
    assert model.datacollector.model_vars["waste"][-1] == model.waste


# --- errors


def test_scenario_that_does_not_exist() -> None:
    with pytest.raises(cs.ScenarioError, match="baseline"):
        CultureModel("basline")
    with pytest.raises(cs.ScenarioError):
        CultureModel(Path("nowhere.toml"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"scenario": 3}, "is not a scenario"),
        ({"culture": "discovry"}, "nearest: discovery"),
        ({"culture": 3}, "is not a culture"),
        ({"seed": -1}, "out of range"),
        ({"seed": 2**63}, "out of range"),
        ({"seed": 1.0}, "not a whole number"),
        ({"seed": "1"}, "not a whole number"),
        ({"seed": True}, "not a whole number"),
        ({"seed": None}, r"rng=\[0, 1, 2\]"),
    ],
)
def test_wrong_arguments(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(cs.ArgumentError, match=said):
        CultureModel(**arguments)


def test_numpy_seed_is_a_seed() -> None:
    assert CultureModel(seed=np.int64(7)).seed == 7  # type: ignore[arg-type]


def test_metrics_of_several_organizations_are_those_of_the_market() -> None:
    changes = {"world.customers": 60, "world.cycles": 4, "production.saturation": 10}
    scenario = cs.load_scenario("head-to-head", changes)
    model = cs.CultureModel(scenario, seed=3)
    for _ in range(4):
        model.step()
        rows = model.cycles[model.cycles["cycle"] == model.cycle - 1]
        assert len(rows) == 2
        assert model.value_created == pytest.approx(rows["value_created"].sum(), rel=1e-12)
        assert model.commitment_rate == pytest.approx(rows["commitment_rate"].sum(), rel=1e-12)
        assert model.no_decision_rate == rows["no_decision_rate"].iloc[0]
    whole = cs.simulate(scenario, seed=3).market.cycles
    collected = model.datacollector.get_model_vars_dataframe()
    assert collected["value_created"].tolist() == whole["value_created"].tolist()
    assert whole["value_created"].sum() > 0.0
