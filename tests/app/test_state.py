from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from culturesim.app import asked, state, told
from culturesim.app.acts import ACTS, RUN
from culturesim.app.export import question_of
from culturesim.app.knobs import GROUNDS, KNOBS
from culturesim.app.state import LONGEST_LINK, parse, write

AT_FIRST = {
    "act": 1,
    "seed": 0,
    "knobs": {},
    "ground": "market",
    "run": RUN,
    "cycle": 0,
    "bets": {},
    "hand": None,
    "lang": "",
}


def noted(link: str) -> list[str]:
    return [note["key"].removeprefix("link.") for note in parse(link)["notes"]]


def test_no_link_is_the_beginning() -> None:
    assert parse("") == {"state": AT_FIRST, "notes": []}
    assert parse("#") == {"state": AT_FIRST, "notes": []}


def test_the_hand_is_that_of_the_first_act() -> None:
    said = told.acts()["by_hand"]
    assert (said["concerns"], said["total"]) == (state.CONCERNS, state.CAPACITY)
    effort = [36.0] * 10
    assert parse("v=1&hand=" + ",".join(map(str, effort)))["state"]["hand"] == effort


def test_a_knob_of_another_act_stays_where_it_is() -> None:
    assert parse("v=1&act=4&memory=60") == {
        "state": AT_FIRST | {"act": 4, "knobs": {"accuracy": 0.3, "memory": 60}},
        "notes": [],
    }


def test_a_link_is_read() -> None:
    bets = "bet1=40&bet2=same&bet3=execution&bet4=0.6"
    link = f"#v=1&act=4&accuracy=0.7&seed=12&{bets}&run=3&cycle=36&lang=de"
    assert parse(link) == {
        "state": {
            "act": 4,
            "seed": 12,
            "knobs": {"accuracy": 0.7},
            "ground": "market",
            "run": 3,
            "cycle": 36,
            "bets": {"1": "40", "2": "same", "3": "execution", "4": "0.6"},
            "hand": None,
            "lang": "de",
        },
        "notes": [],
    }


@pytest.mark.parametrize(
    ("link", "changed", "key"),
    [
        ("v=2&act=4", {"act": 4}, "newer_version"),
        ("act=4", {"act": 4}, "no_version"),
        ("v=0&act=4", {"act": 4}, "no_version"),
        ("v=1&act=12", {"act": 7}, "nearest_value"),
        ("v=1&act=four", {"act": 1}, "bad_value"),
        ("v=1&act=4&accuracy=0.33", {"knobs": {"accuracy": 0.3}}, "nearest_value"),
        ("v=1&act=4&accuracy=99", {"knobs": {"accuracy": 1.0}}, "nearest_value"),
        ("v=1&act=4&accuracy=nan", {"knobs": {"accuracy": 0.3}}, "bad_value"),
        ("v=1&act=4&accuracy=inf", {"knobs": {"accuracy": 0.3}}, "bad_value"),
        ("v=1&act=1&hand=1,2", {"hand": None}, "bad_value"),
        ("v=1&act=1&hand=1,2,x,4,5,6,7,8,9,10", {"hand": None}, "bad_value"),
        ("v=1&act=1&hand=400,0,0,0,0,0,0,0,0,0", {"hand": None}, "bad_value"),
        ("v=1&act=1&hand=-1,0,0,0,0,0,0,0,0,0", {"hand": None}, "bad_value"),
        ("v=1&act=3&ground=theatre", {"ground": "market"}, "nearest_value"),
        ("v=1&act=7&ground=theater", {"ground": "theatre"}, "nearest_value"),
        ("v=1&act=3&bet3=perhaps", {"bets": {}}, "bad_bet"),
        ("v=1&act=4&bet4=much", {"bets": {}}, "bad_bet"),
        ("v=1&act=4&bet2=1", {"bets": {}}, "bad_bet"),
        ("v=1&act=4&bet7=1", {"bets": {}}, "bad_bet"),
        ("v=1&act=4&bet9=1", {"bets": {}}, "bad_bet"),
        ("v=1&act=2&cycle=-3", {"cycle": 0}, "nearest_value"),
        ("v=1&colour=blue", {"act": 1}, "unknown"),
        ("v=1&lang=<b>", {"lang": ""}, "bad_value"),
        ("v=1&" + "x" * LONGEST_LINK, {"act": 1}, "too_long"),
        ("rubbish", {"act": 1}, "no_version"),
    ],
)
def test_what_is_wrong_is_replaced_and_said(link: str, changed: dict[str, Any], key: str) -> None:
    found = parse(link)["state"]
    assert changed.items() <= found.items()
    assert key in noted(link)


@given(st.text(max_size=200))
def test_any_text_gives_a_state_that_can_be_asked_for(text: str) -> None:
    found = parse(text)["state"]
    assert question_of(found).act.number == found["act"]


@st.composite
def states(draw: st.DrawFn) -> dict[str, Any]:
    which = draw(st.sampled_from(list(ACTS.values())))
    bets: dict[str, str] = {}
    for other in ACTS.values():
        if other.bet_kind is not None and draw(st.booleans()):
            bets[str(other.number)] = draw(st.sampled_from(other.bets or ("0.5", "30")))
    return {
        "act": which.number,
        "seed": draw(st.integers(0, asked.LARGEST_SEED)),
        "knobs": {name: draw(st.sampled_from(KNOBS[name].levels)) for name in which.knobs},
        "ground": draw(st.sampled_from(list(GROUNDS))) if which.number == 7 else "market",
        "run": draw(st.integers(0, 99)),
        "cycle": draw(st.integers(0, which.cycles - 1)),
        "bets": bets,
        "hand": draw(st.none() | st.lists(st.floats(0, 30), min_size=10, max_size=10)),
        "lang": draw(st.sampled_from(["", "en", "de"])),
    }


@given(states())
def test_a_state_written_into_a_link_is_read_back(meant: dict[str, Any]) -> None:
    assert parse(write(meant)) == {"state": meant, "notes": []}
