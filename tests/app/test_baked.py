"""What is kept in the package is what the model says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from culturesim.app import asked, baked, told
from culturesim.app.acts import ACTS, COARSE, FULL, LAST, RUN
from culturesim.app.engine_room import EngineRoom
from culturesim.app.knobs import PRESETS

BAKE = "tools/bake.py writes them anew"


def kept(name: str) -> Any:
    found = baked.find(name)
    assert found is not None, f"{name} is not kept: {BAKE}"
    return json.loads(found)


def first_questions() -> list[asked.Asked]:
    found = []
    for one in ACTS.values():
        found.append(asked.read({"act": str(one.number)}))
        if one.bet_kind is not None:
            bet = one.bets[0] if one.bets else "0"
            found.append(asked.read({"act": str(one.number), "bet": bet}))
    return found


QUESTIONS = pytest.mark.parametrize("question", first_questions(), ids=lambda q: q.name)


@QUESTIONS
def test_everything_that_an_act_begins_with_is_kept(question: asked.Asked) -> None:
    for name in (
        baked.bands(question, COARSE),
        baked.bands(question, FULL),
        baked.replay(question, RUN),
    ):
        assert kept(name)["shown"] == question.shown
    if question.act.measure and question.bet is not None:
        assert kept(baked.curve(question))["levels"]


@QUESTIONS
def test_kept_bands_and_runs_are_those_of_the_model(
    question: asked.Asked, room: EngineRoom
) -> None:
    live = json.loads(json.dumps(room.bands(question, COARSE)))
    assert kept(baked.bands(question, COARSE)) == live, BAKE
    live = json.loads(json.dumps(room.replay(question, RUN)))
    assert kept(baked.replay(question, RUN)) == live, BAKE


@pytest.mark.slow
@QUESTIONS
def test_kept_full_bands_and_curves_are_those_of_the_model(
    question: asked.Asked, room: EngineRoom
) -> None:
    live = json.loads(json.dumps(room.bands(question, FULL)))
    assert kept(baked.bands(question, FULL)) == live, BAKE
    if question.act.measure and question.bet is not None:
        live = json.loads(json.dumps(room.curve(question)))
        assert kept(baked.curve(question)) == live, BAKE


@pytest.mark.parametrize("name", PRESETS)
def test_presets_are_kept_and_are_those_of_the_model(name: str, room: EngineRoom) -> None:
    query = {"act": str(LAST)} | {key: str(value) for key, value in PRESETS[name].items()}
    question = asked.read(query)
    live = json.loads(json.dumps(room.bands(question, COARSE)))
    assert kept(baked.bands(question, COARSE)) == live, BAKE
    assert kept(baked.bands(question, FULL))["runs"] == FULL


def test_what_is_said_of_the_acts_is_what_the_schema_says() -> None:
    assert kept(baked.ACTS) == json.loads(json.dumps(told.acts())), BAKE


def test_the_offer_that_the_room_begins_with_is_kept(room: EngineRoom) -> None:
    said = told.acts()["by_hand"]
    even = [said["total"] / said["concerns"]] * said["concerns"]
    question = asked.read({"act": "1"})
    live = json.loads(json.dumps(room.by_hand(even, question, RUN)))
    assert kept(baked.by_hand(even, 0, RUN)) == live, BAKE


def test_it_is_small() -> None:
    assert baked.FILE.stat().st_size < 1_000_000


def test_what_is_not_kept_is_not_found() -> None:
    assert baked.find("bands_of_nothing") is None
