"""One file to take home."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import Any

import pytest

from culturesim.app import asked, export, state
from culturesim.app.acts import COARSE, FULL
from culturesim.app.engine_room import EngineRoom
from culturesim.app.knobs import KNOBS
from culturesim.app.modules import joined
from culturesim.errors import ArgumentError
from tests.app.serving import Client

STATE = state.parse("#v=1&act=4&accuracy=0.7&bet4=0.5&seed=0")["state"]
DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)
MOST = 3_000_000


def data_of(page: str) -> Any:
    found = DATA.search(page)
    assert found
    return json.loads(found[1])


def told(link: str, room: EngineRoom) -> Any:
    return export.contents(state.parse(link)["state"], None, "en", room)


def test_the_file_holds_the_numbers_of_the_page(client: Client, room: EngineRoom) -> None:
    commitment = {"text": "</script><b>We listen first.</b>", "date": "2027-01-31"}
    answer = client.post("/api/export", {"state": STATE, "lang": "de", "commitment": commitment})
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "attachment" in answer.headers["content-disposition"]
    assert len(answer.body) < MOST
    data = data_of(answer.body.decode())
    assert data["commitment"] == commitment
    assert data["state"] == STATE | {"lang": "de"}
    assert set(data["strings"]) == {"de", "en"}
    question = asked.read({"act": "4", "accuracy": "0.7", "bet": "0.5"})
    live = json.loads(json.dumps(room.bands(question, FULL)))
    for here, there in zip(data["bands"]["0.7"]["worlds"], live["worlds"], strict=True):
        assert here["value"] == there["value"]
        assert here["total"] == there["total"]
    assert data["bands"]["0.7"]["pairs"] == live["pairs"]
    assert data["replay"]["worlds"] == json.loads(json.dumps(room.replay(question, 7)))["worlds"]
    assert data["curve"]["levels"] == list(KNOBS["accuracy"].levels)


def test_its_sliders_still_move(room: EngineRoom) -> None:
    levels = told("v=1&act=4&bet4=0.5", room)["bands"]
    assert list(levels) == [f"{level:g}" for level in KNOBS["accuracy"].levels]
    for level, bands in levels.items():
        moved = asked.read({"act": "4", "accuracy": level, "bet": "0.5"})
        live = room.bands(moved, FULL if level == "0.3" else COARSE)
        for here, there in zip(bands["worlds"], live["worlds"], strict=True):
            assert here["value"] == there["value"]
            assert here["total"] == there["total"]


def test_each_other_slider_moves_alone(room: EngineRoom) -> None:
    data = told("v=1&act=6&bet6=0.5&attention=30", room)
    assert list(data["others"]) == ["practice"]
    moved = asked.read({"act": "6", "attention": "30", "practice": "0.03", "bet": "0.5"})
    live = room.bands(moved, COARSE)
    assert data["others"]["practice"]["0.03"]["worlds"] == live["worlds"]


def test_the_rooms_own_offer_is_taken_home(room: EngineRoom) -> None:
    hand = [0.0, 120.0, 0.0, 120.0, 120.0] + [0.0] * 5
    link = "v=1&act=1&bet1=50&hand=" + ",".join(map(str, hand))
    data = told(link, room)
    assert data["by_hand"] == room.by_hand(hand, asked.read({"act": "1"}), 7)
    assert list(data["bands"]) == [""]


def test_it_asks_nobody_and_nothing_in_it_ends_an_element(room: EngineRoom) -> None:
    data = told("v=1&act=1", room) | {"commitment": {"text": "</script><!--"}}
    page = export.page(data, "en")
    assert page.count("</script>") == 2
    assert "<!--" not in page.partition("<body")[2].partition("</script>")[0]
    outside = re.findall(r'(?:src|href)="(?!data:)[^"#]+"', page.partition("<script>")[0])
    assert outside == []
    assert "default-src 'none'" in page


def test_before_the_bet_it_does_not_tell_more_than_the_page(room: EngineRoom) -> None:
    data = told("v=1&act=4", room)
    assert data["curve"] is None
    assert data["replay"]["shown"] == 24
    assert {bands["shown"] for bands in data["bands"].values()} == {24}


@pytest.mark.slow
def test_the_largest_file_is_small_enough(client: Client) -> None:
    answer = client.post("/api/export", {"state": {"act": 7}, "lang": "de"})
    assert answer.status == 200
    assert len(answer.body) < MOST


@pytest.mark.parametrize(
    "wanted",
    [
        {"state": 3},
        {"state": {"knobs": 3}},
        {"state": {"bets": ["x"]}},
        {"lang": 3},
        {"lang": "tlh"},
        {"commitment": ["a"]},
        {"commitment": {"a": 3}},
        {"commitment": {str(n): "" for n in range(100)}},
        {"commitment": {"a": "x" * 5_000}},
    ],
)
def test_a_wrong_wish_is_refused(wanted: dict[str, Any], room: EngineRoom) -> None:
    with pytest.raises(ArgumentError):
        export.export({"state": STATE} | wanted, room)


def test_the_script_is_one_that_an_engine_can_read() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    text = joined(export.ENTRY)
    done = subprocess.run(
        [node, "--check", "-"], input=text, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
