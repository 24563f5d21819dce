"""From a scenario to arrays: every number arrives, and a run starts with the right people."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt
import pytest
from scipy.special import ndtr
from scipy.stats import truncnorm

from culturesim.errors import ScenarioError
from culturesim.model.engine import Setup
from culturesim.scenario import Scenario
from culturesim.scenario.params import parameters
from culturesim.scenario.populate import blank_state
from culturesim.state.parameters import Params, SegmentTraits, record_type
from tests.cycle._worlds import (
    WORLDS,
    Columns,
    Draws,
    assert_same,
    begun,
    columns_of,
    fair_share,
    members,
    organization_of,
    rows_of,
    snapshot,
    world,
)
from tests.kernels import _twins

MANY = 20_000

# How far a share, or a distribution function anywhere, may be off by chance among MANY customers:
# 2 exp(-2 n e**2) = 1e-6 (Hoeffding 1963; Dvoretzky, Kiefer & Wolfowitz 1956; Massart 1990).
FAR = math.sqrt(math.log(2e6) / (2 * MANY))


# --- parameters


def leaves(values: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        here = f"{path}.{key}".strip(".")
        if isinstance(value, Mapping):
            yield from leaves(value, here)
        else:
            yield here, value


def rich() -> Scenario:
    """Everything that a scenario can have: two organizations, insiders, a shock, leaders."""
    firms = {"organizations__acme__home": ["firms"], "shocks__all": {"cycle": 1, "size": 1.0}}
    other = {"kind": "seed", "from": 1, "strength": 0.5, "target": "all"}
    return world("two", **firms, leadership__other=other)


def digest(scenario: Scenario) -> list[bytes]:
    """All that a run gets to see: parameters, the shapes of the state, and the network."""
    state = blank_state(scenario, 1)
    parts = [np.asarray(part).tobytes() for part in parameters(scenario)]
    shapes = [str(array.shape).encode() for array in columns_of(state).values()]
    return [*parts, *shapes, state.teams.neighbours.tobytes()]


# What a run is told apart from parameters and shapes, and what nothing is computed from.
ELSEWHERE = ("title", "about", "expect", "world.cycles", "world.cycle_label")
# What has no other value by itself: outside buyers are nobody's people, insiders are somebody's,
# a seed has no end, and a target that says for whom has no number of teams.
TOGETHER = (
    "segments.households.organization",
    "segments.firms.organization",
    *(f"segments.{name}.kind" for name in ("households", "firms", "staff", "crew")),
    *(f"leadership.{name}.to" for name in ("0", "other")),
    *(f"leadership.{name}.teams" for name in ("2", "other")),
)
OTHERS: dict[str, list[Any]] = {
    "poles": [["discovery", "execution"]],
    "home": [["households"]],
    "segments": [["firms"]],
    "organization": ["acme", "rival"],
    "organizations": [["acme"], ["rival"]],
    "kind": ["seed", "cultivate", "mandate"],
    "target": ["random", [1], "all"],
    "on": [False],
    "teams": [0, 1, 7],
    "to": [6],
    "from": [2],
}
PATHS = [path for path, _ in leaves(rich().resolved()) if path not in (*ELSEWHERE, *TOGETHER)]


@pytest.mark.parametrize("path", PATHS)
def test_every_parameter_of_a_scenario_arrives(path: str) -> None:
    """Changing it changes what the run gets to see."""
    scenario = rich()
    old = dict(leaves(scenario.resolved()))[path]
    candidates: list[Any] = [1, 0.25, 7, 3, 40, 200, 0.05, 0.6, 12.5]
    for value in OTHERS.get(path.rpartition(".")[2], []) + candidates:
        if value == old:
            continue
        try:
            changed = scenario.override({path: value})
        except ScenarioError:
            continue
        assert digest(changed) != digest(scenario)
        return
    pytest.fail(f"no other value is allowed for {path}")


@pytest.mark.parametrize("table", ["world", "growth", "production", "trust", "means", "skills"])
def test_numbers_of_a_table_keep_their_names(table: str) -> None:
    scenario = rich()
    group = getattr(parameters(scenario), table)
    for name, value in group._asdict().items():
        assert value == getattr(getattr(scenario, table), name), name


def test_records_keep_the_names_and_order_of_their_tables() -> None:
    scenario = rich()
    params = parameters(scenario)
    for records, tables in (
        (params.segments, scenario.segments),
        (params.organizations, scenario.organizations),
        (params.practices, scenario.cultures),
        (params.shocks, scenario.shocks),
        (params.actions, scenario.leadership),
    ):
        assert len(records) == len(tables)
        for record, part in zip(records, tables.values(), strict=True):
            same = set(records.dtype.names) & set(type(part).model_fields)
            for name in same - {"culture", "organization", "kind", "target"}:
                assert record[name] == getattr(part, name), name
    assert params.segments["customers"].tolist() == list(scenario.segment_sizes().values())
    priors = [organization.prior for organization in scenario.organizations.values()]
    assert params.organizations["prior_accuracy"].tolist() == [p.accuracy for p in priors]
    assert params.organizations["prior_confidence"].tolist() == [p.confidence for p in priors]
    assert params.segments["internal"].tolist() == [False, False, True, True]
    assert params.segments["organization"].tolist() == [-1, -1, 1, 0]
    assert set(record_type(SegmentTraits).names or ()) - {"customers", "internal"} <= set(
        type(scenario.segments["firms"]).model_fields
    )


def test_shocks_move_the_segments_they_name() -> None:
    shocked = parameters(world("moving")).shocked
    assert shocked.tolist() == [[True, True], [False, True], [True, True]]


def test_insider_or_buyer_arrives() -> None:
    params = [parameters(world(segments__firms__kind=kind)) for kind in ("external", "internal")]
    assert [p.segments["internal"].tolist() for p in params] == [[False, False], [False, True]]
    assert [p.segments["organization"].tolist() for p in params] == [[-1, -1], [-1, -1]]


def test_what_leaders_do_arrives_as_codes_and_rows() -> None:
    params = parameters(world("two"))
    assert params.actions["kind"].tolist() == [0, 2, 1, 1]
    assert params.actions["first"].tolist() == [0, 1, 2, 2]
    assert params.actions["end"].tolist() == [2**62, 3, 5, 2**62]
    assert params.actions["target"].tolist() == [4, 1, -1, 2]
    assert params.actions["teams"].tolist() == [3, 2, 0, 7]
    assert params.acting.tolist() == [[True, True], [False, True], [True, False], [True, True]]
    assert [np.flatnonzero(row).tolist() for row in params.named] == [[], [], [1, 4], []]
    everybody = parameters(world("two", leadership__2__organizations=[]))
    assert np.flatnonzero(everybody.named[2]).tolist() == [1, 4, 7, 10]


@pytest.mark.parametrize(
    ("culture", "stances", "share"),
    [
        (0.3, ("execution", "discovery"), 0.3),
        ("execution", ("execution", "discovery"), 0.0),
        ("discovery", ("execution", "discovery"), 1.0),
        ("lean_startup", ("execution", "lean_startup"), 1.0),
    ],
)
def test_named_culture_is_one_of_the_two_stances(
    culture: str | float, stances: tuple[str, str], share: float
) -> None:
    scenario = world(organizations__acme__culture=culture)
    organization = parameters(scenario).organizations[0]
    names = list(scenario.cultures)
    assert (names[organization.first_pole], names[organization.second_pole]) == stances
    assert organization.culture == share


def test_parameters_of_a_scenario_without_shocks() -> None:
    params: Params = parameters(world())
    assert params.shocks.shape == (0,)
    assert params.shocked.shape == (0, 2)


@pytest.mark.parametrize(
    ("teams", "attention", "slots"), [(5, 3, 3), (5, 5, 5), (2, 3, 2), (1, 1000, 1)]
)
def test_room_for_the_offers_that_anybody_can_consider(
    teams: int, attention: int, slots: int
) -> None:
    scenario = world(
        organizations__acme__teams=teams,
        segments__households__attention=attention,
        segments__firms__attention=1,
    )
    state = blank_state(scenario)
    assert state.customers.considered.shape == (20, slots)
    assert state.teams.reach.shape == (20 * slots,)


# --- the whole beginning, against a twin


def twin(c: Columns, scenario: Scenario, draws: Draws) -> None:
    names = list(scenario.segments)
    focus = scenario.world.care_focus
    teams, concerns = c["teams.belief"].shape
    rows = rows_of(scenario)
    for o, (name, organization) in enumerate(scenario.organizations.items()):
        homes = organization.home or tuple(names)
        share = organization.culture
        for number, j in enumerate(rows[name]):
            c["teams.organization"][j] = o
            c["teams.home"][j] = names.index(homes[number % len(homes)])
            c["teams.capacity"][j] = organization.capacity
            c["teams.listening_skill"][j] = c["teams.test_skill"][j] = scenario.skills.initial
            if isinstance(share, str):
                share = float(share != organization.poles[0])
            c["teams.culture"][j] = c["teams.practised"][j] = share
            c["teams.stance"][j] = list(scenario.cultures).index(organization.poles[0])
    others = [n for row in networks(scenario, draws) for n in row]
    c["teams.neighbours"][...] = others
    sizes = [len(row) for row in networks(scenario, draws)]
    c["teams.neighbour_size"][...] = sizes
    c["teams.neighbour_first"][...] = [sum(sizes[:j]) for j in range(teams)]

    i = 0
    c["customers.committed_to"][...] = c["customers.considered"][...] = -1
    for s, (name, segment) in enumerate(scenario.segments.items()):
        c["segments.log_care"][s] = focus * draws.normals("segment_care", s, concerns)
        for _ in range(scenario.segment_sizes()[name]):
            c["customers.segment"][i] = s
            own = scenario.world.care_spread * draws.normals("customer_care", i, concerns)
            c["customers.care_factor"][i] = np.exp(own)
            c["customers.care"][i] = _twins.softmax(c["segments.log_care"][s] + own)
            u = draws.uniforms("customer_traits", i)
            for n, (trait, high) in enumerate(
                (("standard", 1.0), ("worth", math.inf), ("status_quo", 1.0))
            ):
                mean, sd = getattr(segment, trait), getattr(segment, f"{trait}_spread")
                value = mean
                if sd > 0:
                    a, b = (0 - mean) / sd, (high - mean) / sd
                    value = truncnorm.ppf(u[n], a, b, loc=mean, scale=sd)
                c[f"customers.{trait}"][i] = value
            sd = segment.budget_spread
            normal = _twins.normals_of([u[3]])[0]
            c["customers.budget"][i] = segment.budget * math.exp(sd * normal - sd**2 / 2)
            keys = {}
            for j in range(teams):
                weight = 1.0 if c["teams.home"][j] == s else 1.0 - segment.segment_focus
                luck = draws.uniforms("consideration", i, j // 4)[j % 4]
                if segment.organization and j not in rows[segment.organization]:
                    weight = 0.0
                if weight > 0:
                    keys[j] = luck ** (1 / weight)
            best = sorted(keys, key=lambda j: -keys[j])[: segment.attention]
            c["customers.considered"][i, : len(best)] = best
            c["customers.trust"][i, : len(best)] = scenario.trust.initial
            i += 1

    reach: list[int] = []
    for j in range(teams):
        mine = members(c, j)
        c["teams.reach_first"][j] = len(reach)
        c["teams.reach_size"][j] = len(mine)
        c["teams.fair_share"][j] = fair_share(c, j)
        reach += mine
        prior = organization_of(c, scenario, j).prior
        accuracy = prior.accuracy if mine else 0.0
        c["teams.precision"][j] = prior.confidence / scenario.means.listening_noise**2
        c["teams.care_in_reach"][j] = c["customers.care"][mine].mean(axis=0) if mine else 0.0
        guess = _twins.softmax(focus * draws.normals("prior", j, concerns))
        c["teams.belief"][j] = accuracy * c["teams.care_in_reach"][j] + (1 - accuracy) * guess
    c["teams.reach"][...] = -1
    c["teams.reach"][: len(reach)] = reach


class Addressed(random.Random):
    """A source of numbers for networkx: the n-th is word 0 of draw n."""

    def __init__(self, draws: Draws, organization: int) -> None:
        super().__init__(0)
        self.where, self.n = (draws, organization), 0

    def random(self) -> float:
        draws, organization = self.where
        self.n += 1
        return draws.uniform("network", organization, self.n - 1)


def networks(scenario: Scenario, draws: Draws) -> list[list[int]]:
    """Neighbours of every team, from the network library itself."""
    growth = scenario.growth
    rows: list[list[int]] = []
    clusters = [a for a in scenario.leadership.values() if a.target == "cluster"]
    for o, organization in enumerate(scenario.organizations.values()):
        teams, first = organization.teams, len(rows)
        if not growth.on and not clusters:
            graph = nx.empty_graph(teams)
        elif growth.degree >= teams - 1:
            graph = nx.complete_graph(teams)
        else:
            luck = Addressed(draws, o)
            graph = nx.watts_strogatz_graph(teams, growth.degree, growth.rewiring, seed=luck)
        rows += [sorted(first + other for other in graph[team]) for team in range(teams)]
    return rows


BEGINNINGS: Mapping[str, Mapping[str, Any]] = {
    "spread": {
        "segments__*__worth_spread": 3,
        "segments__*__status_quo_spread": 0.2,
        "segments__*__budget": 2,
        "segments__*__budget_spread": 0.7,
        "segments__*__standard_spread": 0.5,
    },
    "at the ends": {
        "segments__*__standard": 0,
        "segments__*__status_quo": 1,
        "segments__*__status_quo_spread": 0.3,
    },
    "one team": {"organizations__acme__teams": 1},
    "fewer teams than attention": {"organizations__acme__teams": 2},
    "many teams": {"organizations__acme__teams": 33, "segments__firms__attention": 9},
    "nobody serves firms": {
        "organizations__acme__home": ["households"],
        "segments__*__segment_focus": 1,
    },
    "fewer teams at home than are looked for": {"organizations__acme__teams": 3},
    "a rival after an odd number of teams": {
        "organizations__acme__teams": 3,
        "organizations__rival": {"teams": 4, "home": ["firms", "households"]},
    },
    "home does not matter": {"segments__*__segment_focus": 0},
    "home matters much": {"segments__*__segment_focus": 0.9},
    "one concern": {"world__concerns": 1},
    "named culture": {"organizations__acme__culture": "running_lean"},
    "insiders of the only organization": {"segments__firms__kind": "internal"},
    "teams at home with insiders": {
        "segments__firms__kind": "internal",
        "organizations__acme__home": ["households"],
        "organizations__rival": {"teams": 6, "home": ["firms"]},
        "segments__firms__organization": "rival",
    },
    "insiders whom nobody serves": {
        "segments__firms__kind": "internal",
        "organizations__acme__home": ["households"],
    },
}


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("seed", [0, 1, 2**63 - 1])
def test_beginning_of_every_world(name: str, seed: int) -> None:
    check_beginning(world(name), seed)


@pytest.mark.parametrize("changes", BEGINNINGS.values(), ids=BEGINNINGS)
def test_beginning(changes: Mapping[str, Any]) -> None:
    check_beginning(world("few", **{"world__customers": 30, **changes}), 3)


def check_beginning(scenario: Scenario, seed: int) -> None:
    expected = snapshot(blank_state(scenario, seed))
    twin(expected, scenario, Draws(seed, 0))
    assert_same(begun(scenario, seed), expected, 1e-9)


# --- what must hold of it


@pytest.mark.parametrize("name", WORLDS)
def test_care_lies_on_the_simplex(name: str) -> None:
    c = columns_of(begun(world(name)))
    for column in ("customers.care", "teams.belief"):
        assert (c[column] > 0).all()
        np.testing.assert_allclose(c[column].sum(axis=1), 1.0, rtol=1e-13)


@pytest.mark.parametrize("changes", BEGINNINGS.values(), ids=BEGINNINGS)
def test_considered_teams_are_distinct_and_first_in_their_row(changes: Mapping[str, Any]) -> None:
    scenario = world("few", **{"world__customers": 30, **changes})
    c = columns_of(begun(scenario))
    teams = len(c["teams.belief"])
    attention = np.array([segment.attention for segment in scenario.segments.values()])
    for row, segment in zip(c["customers.considered"], c["customers.segment"], strict=True):
        found = row[row >= 0]
        assert (row[len(found) :] == -1).all()
        assert len(set(found)) == len(found) <= min(attention[segment], teams)
        assert (found < teams).all()
    assert ((c["customers.trust"] > 0) == (c["customers.considered"] >= 0)).all()


@pytest.mark.parametrize("focus", [0.0, 0.5, 1.0])
def test_insiders_consider_teams_of_their_organization_only(focus: float) -> None:
    scenario = world("two", world__customers=400, **{"segments__*__segment_focus": focus})
    c = columns_of(begun(scenario))
    whose = c["teams.organization"][c["customers.considered"]]
    nobody = c["customers.considered"] < 0
    staff, crew = (c["customers.segment"] == s for s in (2, 3))
    assert ((whose == 1) | nobody)[staff].all()
    assert ((whose == 0) | nobody)[crew].all()
    assert not nobody[staff].all()
    if focus < 1:
        outside = ~(staff | crew)
        assert {0, 1} == set(whose[outside & ~nobody[:, 0], 0])


def test_fewer_teams_than_attention_are_all_considered() -> None:
    c = columns_of(begun(world(organizations__acme__teams=2)))
    assert (np.sort(c["customers.considered"], axis=1)[:, -2:] == [0, 1]).all()


def test_full_focus_considers_teams_at_home_only() -> None:
    c = columns_of(begun(world("few", world__customers=200)))
    considered, home = c["customers.considered"], c["teams.home"]
    same = home[considered] == c["customers.segment"][:, None]
    assert same[considered >= 0].all()


def test_segment_that_nobody_serves_considers_nobody_under_full_focus() -> None:
    scenario = world("few", world__customers=40, **BEGINNINGS["nobody serves firms"])
    c = columns_of(begun(scenario))
    firms = c["customers.segment"] == 1
    assert (c["customers.considered"][firms] == -1).all()
    assert (c["customers.considered"][~firms] >= 0).all()
    assert c["teams.fair_share"].sum() == pytest.approx((~firms).sum())


@pytest.mark.parametrize("name", WORLDS)
def test_fair_shares_add_up_to_the_customers(name: str) -> None:
    c = columns_of(begun(world(name)))
    reached = (c["customers.considered"] >= 0).any(axis=1).sum()
    assert c["teams.fair_share"].sum() == pytest.approx(reached)


@pytest.mark.parametrize("accuracy", [0.0, 0.4, 1.0])
def test_prior_belief_is_part_true_and_part_guess(accuracy: float) -> None:
    c = columns_of(begun(world(organizations__acme__prior__accuracy=accuracy), 4))
    guess = [_twins.softmax(1.5 * Draws(4, 0).normals("prior", j, 5)) for j in range(5)]
    expected = accuracy * c["teams.care_in_reach"] + (1 - accuracy) * np.array(guess)
    np.testing.assert_allclose(c["teams.belief"], expected, rtol=1e-12)


def test_team_that_reaches_nobody_has_only_its_guess() -> None:
    scenario = world("few", organizations__acme__prior__accuracy=1.0)
    c = columns_of(begun(scenario, 4))
    alone = np.flatnonzero(c["teams.reach_size"] == 0)
    assert len(alone) > 0
    for j in alone:
        guess = _twins.softmax(1.5 * Draws(4, 0).normals("prior", int(j), 5))
        np.testing.assert_allclose(c["teams.belief"][j], guess, rtol=1e-12)
        assert (c["teams.care_in_reach"][j] == 0).all()


def test_confidence_counts_as_that_many_conversations() -> None:
    scenario = world(organizations__acme__prior__confidence=3, means__listening_noise=0.2)
    c = columns_of(begun(scenario))
    np.testing.assert_allclose(c["teams.precision"], 3 / 0.2**2, rtol=1e-14)


def test_without_spread_everybody_is_alike() -> None:
    scenario = world(
        world__care_spread=0,
        segments__households__budget=3,
        **{"segments__*__standard_spread": 0, "segments__*__worth_spread": 0},
    )
    c = columns_of(begun(scenario))
    for s, segment in enumerate(scenario.segments.values()):
        mine = c["customers.segment"] == s
        for trait in ("standard", "worth", "status_quo", "budget"):
            assert (c[f"customers.{trait}"][mine] == getattr(segment, trait)).all()
        assert (c["customers.care"][mine] == c["customers.care"][mine][0]).all()


def test_budget_without_limit_has_no_limit_for_anybody() -> None:
    c = columns_of(begun(world(**{"segments__*__budget_spread": 2})))
    assert (c["customers.budget"] == math.inf).all()


def test_nobody_has_done_or_built_anything_yet() -> None:
    c = columns_of(begun(world()))
    for name in ("customers.choice", "customers.outcome", "teams.performance", "teams.experience"):
        assert (c[name] == 0).all()
    for name in ("teams.plan", "teams.commitments", "teams.discipline", "teams.serving_due"):
        assert (c[name] == 0).all()
    assert (c["customers.committed_to"] == -1).all()


def test_teams_are_dealt_to_segments_in_turn() -> None:
    everywhere = columns_of(begun(world("few")))["teams.home"]
    assert everywhere.tolist() == [0, 1, 0, 1, 0, 1, 0, 1, 0]
    home = ["firms", "households", "firms"]
    c = columns_of(begun(world(organizations__acme__home=home)))
    assert c["teams.home"].tolist() == [1, 0, 1, 1, 0]


@pytest.mark.parametrize("culture", ["execution", "discovery", "customer_development", 0.5])
def test_same_people_under_every_culture(culture: str | float) -> None:
    """All but the culture itself."""
    c = columns_of(begun(world("few", organizations__acme__culture=0.0), 6))
    other = columns_of(begun(world("few", organizations__acme__culture=culture), 6))
    for name in c:
        if name not in ("teams.culture", "teams.practised"):
            np.testing.assert_array_equal(c[name], other[name], err_msg=name)


def test_another_seed_is_another_market() -> None:
    one, two = (columns_of(begun(world("moving"), seed)) for seed in (1, 2))
    for name in ("segments.log_care", "customers.care", "customers.standard", "teams.belief"):
        assert (one[name] != two[name]).all(), name


def test_more_customers_and_teams_leave_the_first_ones_as_they_were() -> None:
    small = columns_of(begun(world("small", segments__households__share=1)))
    large = columns_of(
        begun(
            world(
                "small",
                world__customers=60,
                segments__households__share=1,
                organizations__acme__teams=7,
            )
        )
    )
    mine = slice(0, 10)  # households in both
    for name in ("customers.care", "customers.standard", "customers.worth"):
        np.testing.assert_array_equal(small[name][mine], large[name][mine])


# --- distributions: n = 20 000 customers, seed 11, tolerance FAR, chance of a false alarm 1e-6 each


def crowd(**changes: Any) -> Columns:
    scenario = world("small", **{"world__customers": MANY, **changes})
    return columns_of(Setup(scenario).start(11))


# One household, and all others firms.
FIRMS: Mapping[str, Any] = {
    "world__customers": MANY + 1,
    "segments__households__share": 1,
    "segments__firms__share": MANY,
}


def distance(values: npt.NDArray[np.float64], probability: Any) -> float:
    """Largest distance between the distribution of `values` and what it should be."""
    ordered = np.sort(values)
    expected = probability(ordered)
    n = len(ordered)
    steps = np.arange(n + 1) / n
    return float(max((steps[1:] - expected).max(), (expected - steps[:-1]).max()))


@pytest.mark.statistical
@pytest.mark.parametrize("focus", [0.0, 0.5, 0.9, 1.0])
def test_home_teams_are_preferred_as_the_focus_says(focus: float) -> None:
    """One offer each, two of five teams at home with firms: weights 1 and 1 - focus."""
    c = crowd(
        **FIRMS,
        **{"segments__*__attention": 1, "segments__*__segment_focus": focus},
    )
    first = c["customers.considered"][c["customers.segment"] == 1, 0]
    weight = np.where(c["teams.home"] == 1, 1.0, 1.0 - focus)
    for j, expected in enumerate(weight / weight.sum()):
        assert abs(np.mean(first == j) - expected) < FAR


@pytest.mark.statistical
def test_second_team_is_drawn_from_those_left_over() -> None:
    """Sampling without replacement: the chance of each ordered pair is a product."""
    c = crowd(
        **FIRMS,
        **{"segments__*__attention": 2, "segments__*__segment_focus": 0.7},
    )
    pairs = c["customers.considered"][c["customers.segment"] == 1]
    weight = np.where(c["teams.home"] == 1, 1.0, 0.3)
    for a in range(5):
        for b in set(range(5)) - {a}:
            expected = weight[a] / weight.sum() * weight[b] / (weight.sum() - weight[a])
            found = np.mean((pairs[:, 0] == a) & (pairs[:, 1] == b))
            assert abs(found - expected) < FAR


@pytest.mark.statistical
def test_traits_are_spread_as_their_distributions_say() -> None:
    same = {"standard": 0.3, "standard_spread": 0.4, "worth": 2, "worth_spread": 3}
    same |= {"status_quo": 0.9, "status_quo_spread": 0.2, "budget": 2, "budget_spread": 0.8}
    c = crowd(**{f"segments__*__{name}": value for name, value in same.items()})
    for trait, high in (("standard", 1.0), ("worth", math.inf), ("status_quo", 1.0)):
        mean, sd = same[trait], same[f"{trait}_spread"]
        spread = truncnorm((0 - mean) / sd, (high - mean) / sd, loc=mean, scale=sd)
        assert distance(c[f"customers.{trait}"], spread.cdf) < FAR
        assert (c[f"customers.{trait}"] >= 0).all()
        assert (c[f"customers.{trait}"] <= high).all()
    logs = np.log(c["customers.budget"])
    assert distance(logs, lambda x: ndtr((x - math.log(2) + 0.32) / 0.8)) < FAR


@pytest.mark.statistical
def test_mean_budget_is_the_budget_of_the_scenario() -> None:
    """n = 20 000, seed 11; 6 standard errors, as a lognormal is skewed: false alarm below 1e-6."""
    c = crowd(**{"segments__*__budget": 2, "segments__*__budget_spread": 0.5})
    error = 2 * math.sqrt((math.exp(0.25) - 1) / MANY)
    assert abs(c["customers.budget"].mean() - 2) < 6 * error


@pytest.mark.statistical
def test_own_part_of_log_care_is_normal_and_independent_between_concerns() -> None:
    c = crowd(world__care_spread=0.7)
    own = np.log(c["customers.care_factor"]) / 0.7
    for d in range(5):
        assert distance(own[:, d], ndtr) < FAR
    for d in range(1, 5):
        assert distance((own[:, 0] + own[:, d]) / math.sqrt(2), ndtr) < FAR


@pytest.mark.statistical
def test_log_care_of_segments_is_normal_with_the_focus_as_its_spread() -> None:
    """n = 200 seeds x 2 segments x 25 concerns = 10 000 values, seeds 0 to 199."""
    scenario = world(world__concerns=25, world__care_focus=2.0, world__customers=4)
    setup = Setup(scenario)
    values = [setup.start(seed).segments.log_care for seed in range(200)]
    assert distance(np.ravel(values) / 2.0, ndtr) < math.sqrt(math.log(2e6) / (2 * 10_000))
