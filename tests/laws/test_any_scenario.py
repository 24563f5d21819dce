"""Laws that hold in every scenario, tried on scenarios drawn at random.

Bits are compared, not numbers: whoever asks for more, looks on, or works in another order must not
leave a trace.
"""

from __future__ import annotations

import itertools
import pickle
from typing import Any

import mesa
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import culturesim as cs
from culturesim.cycle import PHASES
from culturesim.experiments.lives import World, customer_life, team_life
from culturesim.model.engine import Setup
from culturesim.model.measure import NAMES
from culturesim.model.simulate import CHUNK
from culturesim.model.views import View
from culturesim.state.columns import ENTITIES, State
from culturesim.state.columns import columns as declared
from culturesim.state.parameters import Floats
from tests.laws.scenarios import CULTURES, scenarios
from tests.laws.test_common_random_numbers import FIRST, NETWORK, WORLD, column, columns
from tests.laws.test_faces_agree import assert_same_state
from tests.laws.test_threads import same

SEEDS = st.integers(0, 2**63 - 1)
TWO = st.lists(st.sampled_from(CULTURES), min_size=2, max_size=2, unique=True)
# Rows that divide a whole; means over people, where there are any.
WEIGHTS = {
    "care": "",
    "plan": "",
    "target": "",
    "care_in_reach": "reach_size",
    "care_committed": "commitments",
}
EXACT = 1e-9


def everything(scenario: cs.Scenario, seed: int) -> tuple[Floats, State]:
    """What a run records, and the state that it ends in."""
    setup = Setup(scenario)
    state, records = setup.start(seed), setup.empty_records()
    setup.advance(seed, 0, setup.cycles, state, records)
    return records, state


# --- what is drawn


@settings(max_examples=200)
@given(scenario=scenarios(), seed=SEEDS)
def count_what_happens(seen: dict[str, list[bool]], scenario: cs.Scenario, seed: int) -> None:
    records, _ = everything(scenario, seed)
    recorded = {name: records[..., NAMES.index(name)] for name in NAMES}
    kinds = [segment.kind for segment in scenario.segments.values()]
    for name, happens in {
        "commitments": recorded["commitment_rate"].max() > 0.0,
        "broken promises": np.nanmax(np.nan_to_num(recorded["broken_promise_rate"])) > 0.0,
        "conversations": recorded["effort_listening"].max() > 0.0,
        "trials": recorded["effort_testing"].max() > 0.0,
        "growth": scenario.growth.on and bool(np.ptp(recorded["culture"], axis=0).any()),
        "leaders": bool(scenario.leadership),
        "rivals": len(scenario.organizations) > 1,
        "insiders": "internal" in kinds,
    }.items():
        seen.setdefault(name, []).append(bool(happens))


def test_something_happens_in_what_is_drawn() -> None:
    """Otherwise all that follows would be true of markets in which nobody moves."""
    seen: dict[str, list[bool]] = {}
    count_what_happens(seen)
    shares = {name: float(np.mean(found)) for name, found in seen.items()}
    assert min(shares.values()) > 0.2, shares


# --- shares and simplexes


def check_declared_shares(state: State) -> None:
    """What the table of columns calls a share is one; rows of weights add up to 1."""
    teams = state.teams.record
    for entity in ENTITIES:
        for name, told in declared(entity).items():
            if told.unit not in ("share", "fit") or name in ("belief", "standard"):
                continue  # a belief about a share, and what is expected, may lie beyond
            values = column(state, entity, name)
            assert np.all((values >= 0.0) & (values <= 1.0 + EXACT)), name
            if name in WEIGHTS:
                whole = values.sum(axis=1)
                expected = teams[WEIGHTS[name]] > 0 if WEIGHTS[name] else np.ones(len(whole))
                assert np.all(np.abs(whole - expected) < EXACT), name


@settings(max_examples=150)
@given(scenario=scenarios(), seed=SEEDS)
def test_shares_and_weights(scenario: cs.Scenario, seed: int) -> None:
    setup = Setup(scenario)
    state, records = setup.start(seed), setup.empty_records()
    for cycle in range(setup.cycles):
        setup.advance(seed, cycle, cycle + 1, state, records)
        check_declared_shares(state)


# --- how much is asked for, and who does it


@settings(max_examples=100)
@given(
    scenario=scenarios(),
    seed=SEEDS,
    fewer=st.integers(1, CHUNK + 1),
    culture=st.sampled_from(CULTURES),
)
def test_replications_threads_and_steps(
    scenario: cs.Scenario, seed: int, fewer: int, culture: str
) -> None:
    """More replications never change earlier ones; 1 thread = 2 threads = step by step."""
    alone = cs.ensemble(scenario, culture, CHUNK + 2, seed, workers=1)
    shared = cs.ensemble(scenario, culture, CHUNK + 2, seed, workers=2)
    part = cs.ensemble(scenario, culture, fewer, seed, workers=2)
    assert same(shared.records, alone.records)
    assert same(part.records, alone.records[:fewer])
    assert alone.seeds[:fewer] == part.seeds
    assert len(set(alone.seeds)) == CHUNK + 2
    model = cs.CultureModel(scenario, culture, alone.seeds[fewer])
    model.run_model()
    assert same(model.records, alone.records[fewer])
    again = cs.simulate(scenario, culture, alone.seeds[fewer])
    assert same(again.records, alone.records[fewer])


# --- looking on


def look(view: View) -> list[Any]:
    """Read every attribute that an agent has."""
    kind = type(view)
    names = [name for name in dir(kind) if isinstance(getattr(kind, name), property)]
    return [getattr(view, name) for name in names]


@settings(max_examples=100)
@given(scenario=scenarios(), seed=SEEDS, who=st.integers(0, 10**6))
def test_looking_on_changes_nothing(scenario: cs.Scenario, seed: int, who: int) -> None:
    """Agents are looked at and asked what they would do; a collector collects all of them."""
    records, state = everything(scenario, seed)
    model = cs.CultureModel(scenario, seed=seed)
    model.datacollector = mesa.DataCollector(
        model_reporters={"waste": "waste", "sum": lambda m: float(m.state.customers.fit.sum())},
        agenttype_reporters={cs.Team: {"belief": "belief"}, cs.Customer: {"outcome": "outcome"}},
    )
    for _ in range(len(records)):
        model.step()
        team = model.teams[who % len(model.teams)]
        customer = model.customers[who % len(model.customers)]
        assert len(look(team)) > 40
        assert len(look(customer)) > 10
        customer.commit()
        customer.assess(team.offer)
        customer.assess()
        assert len(model.cycles) == model.cycle * len(scenario.organizations)
    assert same(model.records, records)
    assert_same_state(model.state, state)
    assert len(model.datacollector.model_vars["sum"]) == len(records)


@settings(max_examples=100)
@given(scenario=scenarios(), seed=SEEDS)
def test_metrics_are_not_missed(scenario: cs.Scenario, seed: int) -> None:
    """A run in which nothing at all is measured ends in the same state."""
    records, state = everything(scenario, seed)
    setup = Setup(scenario)
    unmeasured, blank = setup.start(seed), np.full_like(records, -1.0)
    for cycle in range(setup.cycles):
        setup.advance(seed, cycle, cycle + 1, unmeasured, blank, (0, PHASES))
    assert (blank == -1.0).all()
    # The room holds sums on their way, those of measuring among them.
    assert_same_state(unmeasured._replace(room=state.room), state)


@settings(max_examples=100)
@given(scenario=scenarios(), seed=SEEDS, cultures=TWO, who=st.integers(0, 10**6))
def test_a_log_changes_nothing(
    scenario: cs.Scenario, seed: int, cultures: list[str], who: int
) -> None:
    """Who follows one customer or one team through a run finds the run that `simulate` gives."""
    before = [cs.simulate(scenario, culture, seed) for culture in cultures]
    customer = who % scenario.world.customers
    team = who % sum(organization.teams for organization in scenario.organizations.values())
    followed = cs.twin(scenario, seed, cultures, customer=customer).cycles
    for culture, run in zip(cultures, before, strict=True):
        assert same(cs.simulate(scenario, culture, seed).records, run.records)
        for life, row in ((customer_life, customer), (team_life, team)):
            world = World(cs.load_scenario(scenario), culture, seed)
            kept = life(world, row)
            assert same(world.records, run.records)
            assert len(kept.cycles) == scenario.world.cycles
        model = cs.CultureModel(scenario, culture, seed)
        outcomes = []
        for _ in range(scenario.world.cycles):
            model.step()
            outcomes.append(model.customers[customer].outcome)
        mine = followed[followed["culture"] == culture]
        assert mine["outcome"].tolist() == outcomes


# --- copies, and several at once


@settings(max_examples=100)
@given(data=st.data(), scenario=scenarios(), seed=SEEDS)
def test_a_pickled_model_goes_on_in_the_same_way(
    data: st.DataObject, scenario: cs.Scenario, seed: int
) -> None:
    records, state = everything(scenario, seed)
    model = cs.CultureModel(scenario, seed=seed)
    until = data.draw(st.integers(0, len(records)))
    for _ in range(until):
        model.step()
    if data.draw(st.booleans()):
        assert len(model.agents) > 0  # agents that were made travel along
    again = pickle.loads(pickle.dumps(model))
    for _ in range(until, len(records)):
        again.step()
    assert model.cycle == until
    for _ in range(until, len(records)):
        model.step()
    for one in (again, model):
        assert same(one.records, records)
        assert_same_state(one.state, state)


@settings(max_examples=100)
@given(
    worlds=st.tuples(scenarios(), scenarios()),
    seeds=st.tuples(SEEDS, SEEDS),
    alike=st.booleans(),
    order=st.lists(st.booleans(), max_size=16),
)
def test_two_live_models_do_not_touch_each_other(
    worlds: tuple[cs.Scenario, cs.Scenario],
    seeds: tuple[int, int],
    alike: bool,
    order: list[bool],
) -> None:
    """Two scenarios, or two seeds of one, stepped in any order: each as if it were alone."""
    lived = [worlds[0], worlds[0] if alike else worlds[1]]
    alone = [everything(world, seed) for world, seed in zip(lived, seeds, strict=True)]
    models = [cs.CultureModel(world, seed=seed) for world, seed in zip(lived, seeds, strict=True)]
    ends = [len(records) for records, _ in alone]
    for second in (*order, *[False] * ends[0], *[True] * ends[1]):
        if models[second].cycle < ends[second]:
            models[second].step()
            look(models[second].teams[0])
    for model, (records, state) in zip(models, alone, strict=True):
        assert same(model.records, records)
        assert_same_state(model.state, state)


# --- common random numbers


def world_of(scenario: cs.Scenario) -> tuple[tuple[str, str], ...]:
    """Columns that do not answer to culture.

    Where expectations rise they rise with the offers; leaders who pick champions or laggards pick
    them by culture.
    """
    left_out = set()
    if any(segment.standard_drift > 0.0 for segment in scenario.segments.values()):
        left_out.add("standard")
    targets = [action.target for action in scenario.leadership.values()]
    if "champions" in targets or "laggards" in targets:
        left_out.add("targeted")
    return tuple((entity, name) for entity, name in WORLD + NETWORK if name not in left_out)


@settings(max_examples=150)
@given(scenario=scenarios(), seed=SEEDS, cultures=TWO)
def test_the_world_is_the_same_under_every_culture(
    scenario: cs.Scenario, seed: int, cultures: list[str]
) -> None:
    setups = [Setup(scenario, culture) for culture in (None, *cultures)]
    states = [setup.start(seed) for setup in setups]
    records = setups[0].empty_records()
    fixed = world_of(scenario)
    for one, other in itertools.pairwise(states):
        assert columns(one, fixed + FIRST) == columns(other, fixed + FIRST)
    for cycle in range(setups[0].cycles):
        for setup, state in zip(setups, states, strict=True):
            setup.advance(seed, cycle, cycle + 1, state, records)
        for one, other in itertools.pairwise(states):
            assert columns(one, fixed) == columns(other, fixed)
