"""What leaders did and what became of the culture, in every wording."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import culturesim as cs
from culturesim.experiments.garden import actions_of, culture_sentence, deed, story
from culturesim.experiments.sentence import culture_sentences, sentence
from culturesim.model.measure import CULTURE, NAMES, PRACTISED
from culturesim.model.results import Ensemble
from culturesim.state.parameters import Floats

CYCLES = 20


def scenario_of(*actions: dict[str, Any], **changes: Any) -> cs.Scenario:
    base = cs.load_scenario("garden", {"world.cycles": CYCLES, "leadership": []})
    return base.override({"leadership": list(actions), **changes})


def act(kind: str = "cultivate", **fields: Any) -> dict[str, Any]:
    return {"kind": kind, "from": 2, "strength": 0.5, **fields}


def made_up(
    scenario: cs.Scenario, cultures: Floats | list[list[float]], practised: Any = None
) -> Ensemble:
    """Runs of one organization whose cultures are given: a row per run, stretched to all cycles."""
    given = np.array(cultures)
    stretched = np.repeat(given, CYCLES // given.shape[1], axis=1)
    records = np.zeros((len(stretched), CYCLES, len(scenario.organizations), len(NAMES)))
    records[..., CULTURE] = stretched[:, :, np.newaxis]
    records[..., PRACTISED] = np.maximum(stretched, practised or 0.0)[:, :, np.newaxis]
    return Ensemble(scenario, None, list(range(len(stretched))), records)


# --- deeds


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (act(to=12), "cultivated discovery in all teams for 10 months"),
        (act(to=3), "cultivated discovery in all teams for 1 month"),
        (act(), "cultivated discovery in all teams from month 2 on"),
        (act(to=CYCLES), "cultivated discovery in all teams for 18 months"),
        (act(to=CYCLES + 1), "cultivated discovery in all teams from month 2 on"),
        (act("mandate", to=12), "ordered discovery in all teams for 10 months"),
        (act("seed"), "planted discovery in all teams in month 2"),
        (
            act(target="champions", teams=4, to=4),
            "cultivated discovery in the 4 readiest teams for 2 months",
        ),
        (
            act("seed", target="champions", teams=1),
            "planted discovery in the 1 readiest team in month 2",
        ),
        (
            act("seed", target="laggards", teams=3),
            "planted discovery in the 3 least ready teams in month 2",
        ),
        (act("seed", target="random", teams=1), "planted discovery in 1 team at random in month 2"),
        (
            act("seed", target="cluster", teams=2),
            "planted discovery in 2 neighbouring teams in month 2",
        ),
        (act("seed", target=[3]), "planted discovery in team 3 in month 2"),
        (act("seed", target=[0, 3, 4]), "planted discovery in teams 0, 3, 4 in month 2"),
    ],
)
def test_deeds(fields: dict[str, Any], said: str) -> None:
    scenario = scenario_of(fields)
    (action,) = scenario.leadership.values()
    assert deed(scenario, action) == said


def test_a_deed_is_of_the_poles_of_those_who_do_it() -> None:
    base = cs.load_scenario("head-to-head", {"world.cycle_label": ""})
    poles = {"organizations.planner.poles": ["execution", "lean_startup"]}
    both = base.override({**poles, "leadership": [act("seed")]})
    (action,) = both.leadership.values()
    assert deed(both, action) == "planted lean startup and discovery in all teams in cycle 2"
    one = base.override({**poles, "leadership": [act("seed", organizations=["listener"])]})
    (action,) = one.leadership.values()
    assert deed(one, action) == "planted discovery in all teams in cycle 2"


def test_leaders_act_for_their_own_organizations_only() -> None:
    everybody, listener, planner = act(to=5), act(to=6), act(to=7)
    listener["organizations"], planner["organizations"] = ["listener"], ["planner"]
    changes = {"leadership": [everybody, listener, planner], "world.cycles": CYCLES}
    scenario = cs.load_scenario("head-to-head", changes)
    whole = made_up(scenario, [[0.0, 0.0]])

    def ends(ensemble: Ensemble) -> list[int]:
        return [getattr(action, "to") for action in actions_of(ensemble)]  # noqa: B009

    assert ends(whole) == [5, 6, 7]
    assert ends(whole.market) == [5, 6, 7]
    assert ends(whole.of("planner")) == [5, 7]
    assert ends(whole.of("listener")) == [5, 6]


# --- what became of it


def test_story() -> None:
    ensemble = made_up(scenario_of(act()), [[0.1, 0.9, 0.7, 0.8], [0.1, 0.5, 0.3, 0.2]])
    told = story(ensemble)
    assert told == pytest.approx((0.1, 0.7, 0.5, 0.5, 0.7))
    half = story(made_up(scenario_of(act()), [[0.1, 0.5]]))
    assert half.rooted == 0.0  # one half is not more than one half
    under = story(made_up(scenario_of(act("mandate")), [[0.1, 0.2]], practised=0.75))
    assert (under.peak, under.ordered) == pytest.approx((0.2, 0.75))


def test_story_is_of_all_teams() -> None:
    scenario = cs.load_scenario("newcomer", {"world.cycles": CYCLES})
    ensemble = made_up(scenario, [[0.0, 0.0]])
    ensemble.records[:, -1, 0, CULTURE] = 0.9  # eight teams of twelve
    assert story(ensemble).end == pytest.approx(0.6)
    assert story(ensemble).rooted == 1.0
    assert story(ensemble.of("newcomer")).rooted == 0.0


BEGIN = "mine: leaders cultivated discovery in all teams from month 2 on; "
ORDER = "mine: leaders ordered discovery in all teams for 10 months; "
STANDS = "mine: leaders ordered discovery in all teams from month 2 on; "
ALONE = "mine: nobody tended the culture; "
DEEDS = {BEGIN: [act()], ORDER: [act("mandate", to=12)], STANDS: [act("mandate")], ALONE: []}


@pytest.mark.parametrize(
    ("begin", "cultures", "practised", "became"),
    [
        (
            BEGIN,
            [[0.1, 0.8]],
            None,
            "it took root in 1 of 1 run: at the end teams chose it 80 % of the time.",
        ),
        (
            BEGIN,
            [[0.1, 0.8]] * 19 + [[0.1, 0.4]],
            None,
            "it took root in 19 of 20 runs: at the end teams chose it 78 % of the time.",
        ),
        (BEGIN, [[0.1, 0.8]] * 18 + [[0.1, 0.4]] * 2, None, "it took root in 18 of 20 runs."),
        (BEGIN, [[0.1, 0.8]] * 2 + [[0.1, 0.4]] * 18, None, "it took root in 2 of 20 runs."),
        (
            BEGIN,
            [[0.1, 0.62, 0.62, 0.62]] + [[0.1, 0.4, 0.1, 0.1]] * 19,
            None,
            "teams came to choose it 41 % of the time, then fell back to 13 %.",
        ),
        (
            ORDER,
            [[0.1, 0.2, 0.1, 0.06]] * 2,
            0.9,
            "it was done 90 % of the time while the order stood, and 6 % of the time at the end.",
        ),
        (
            STANDS,
            [[0.1, 0.2, 0.1, 0.06]] * 2,
            0.9,
            "it was done 90 % of the time under orders that still stand; "
            "by themselves teams chose it 6 % of the time at the end.",
        ),
        (
            ORDER,
            [[0.1, 0.3, 0.1, 0.06]] * 2,
            0.39,
            "teams came to choose it 30 % of the time, then fell back to 6 %.",
        ),
        (BEGIN, [[0.1, 0.3]] * 2, None, "teams chose it 30 % of the time at the end."),
        (ALONE, [[0.1, 0.06]] * 2, None, "teams chose discovery 6 % of the time at the end."),
        (
            ALONE,
            [[0.1, 0.4, 0.1, 0.06]] * 2,
            None,
            "teams came to choose discovery 40 % of the time, then fell back to 6 %.",
        ),
        (
            ALONE,
            [[0.1, 0.8]] * 2,
            None,
            "discovery took root in 2 of 2 runs: at the end teams chose it 80 % of the time.",
        ),
    ],
)
def test_what_became_of_the_culture(
    begin: str, cultures: list[list[float]], practised: float | None, became: str
) -> None:
    ensemble = made_up(scenario_of(*DEEDS[begin]), cultures, practised)
    assert culture_sentence("mine", ensemble) == begin + became


def test_deeds_one_after_another() -> None:
    said = culture_sentence("mine", made_up(scenario_of(act("seed"), act(to=9)), [[0.0, 0.0]]))
    assert said.startswith(
        "mine: leaders planted discovery in all teams in month 2, "
        "then cultivated discovery in all teams for 7 months; teams chose it 0 % of the time"
    )


def test_cultures_are_those_at_the_start() -> None:
    comparison = cs.compare(
        scenario_of(act(to=9), **{"world.customers": 40}), ["execution", "discovery"], 2
    )
    told = culture_sentences(comparison)
    assert told["execution"].startswith("execution at first: leaders cultivated")
    assert told["discovery"].startswith("discovery at first: leaders cultivated")
    assert sentence(comparison).startswith(" ".join(told.values()))
    assert "wasted" not in sentence(comparison)


def test_rivals_tell_of_their_own_leaders() -> None:
    scenario = cs.load_scenario(
        "champions-or-everyone",
        {"world.cycles": CYCLES, "world.customers": 40, "leadership.*.to": 15},
    )
    told = culture_sentences(cs.compare(scenario, replications=2))
    assert told["pilots"].startswith(
        "pilots: leaders cultivated discovery in the 4 readiest teams for 5 months;"
    )
    assert told["everyone"].startswith(
        "everyone: leaders cultivated discovery in all teams for 5 months;"
    )
