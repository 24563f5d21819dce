"""One file to take home."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import Any

import pytest

from culturesim.app import asked, export
from culturesim.app.acts import FULL
from culturesim.app.engine_room import EngineRoom
from culturesim.app.knobs import KNOBS
from culturesim.errors import ArgumentError
from tests.app.serving import Client

LINK = "#v=1&act=4&accuracy=0.7&bet4=0.5&seed=0"
DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)
MOST = 3_000_000


def data_of(page: str) -> Any:
    found = DATA.search(page)
    assert found
    return json.loads(found[1])


def test_the_file_holds_the_numbers_of_the_page(client: Client, room: EngineRoom) -> None:
    notes = {"commitment": "</script><b>We listen first.</b>"}
    answer = client.post("/api/export", {"link": LINK, "language": "de", "notes": notes})
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "attachment" in answer.headers["content-disposition"]
    page = answer.body.decode()
    assert len(answer.body) < MOST
    data = data_of(page)
    assert data["notes"] == notes
    assert data["language"] == "de"
    question = asked.read({"act": "4", "accuracy": "0.7", "bet": "0.5"})
    assert data["bands"] == json.loads(json.dumps(room.bands(question, FULL)))
    assert data["replay"]["worlds"] == json.loads(json.dumps(room.replay(question, 7)))["worlds"]
    assert data["curve"]["levels"] == list(KNOBS["accuracy"].levels)


def test_its_sliders_still_move(room: EngineRoom) -> None:
    data = export.contents(LINK, "en", {}, room)
    levels = data["levels"]["accuracy"]
    assert len(levels) == len(KNOBS["accuracy"].levels)
    for level, bands in zip(KNOBS["accuracy"].levels, levels, strict=True):
        moved = asked.read({"act": "4", "accuracy": f"{level:g}", "bet": "0.5"})
        live = room.bands(moved, 20)
        for here, there in zip(bands["worlds"], live["worlds"], strict=True):
            assert here["value"] == there["value"]
            assert here["total"] == there["total"]


def test_it_asks_nobody_and_nothing_in_it_ends_an_element(room: EngineRoom) -> None:
    data = export.contents("#v=1&act=1", "en", {"a": "</script><!--"}, room)
    page = export.page(data, "<title>", "en")
    assert page.count("</script>") == 2
    assert "<!--" not in page.partition("<body>")[2].partition("</script>")[0]
    outside = re.findall(r'(?:src|href)="(?!data:)[^"#]+"', page.partition("<script>")[0])
    assert outside == []
    assert "default-src 'none'" in page


def test_before_the_bet_it_does_not_tell_more_than_the_page(room: EngineRoom) -> None:
    data = export.contents("#v=1&act=4", "en", {}, room)
    assert data["curve"] is None
    assert data["bands"]["shown"] == data["replay"]["shown"] == 24
    assert {bands["shown"] for bands in data["levels"]["accuracy"]} == {24}


@pytest.mark.slow
def test_the_largest_file_is_small_enough(client: Client) -> None:
    answer = client.post("/api/export", {"link": "#v=1&act=7", "language": "de"})
    assert answer.status == 200
    assert len(answer.body) < MOST


@pytest.mark.parametrize(
    "wanted",
    [
        {"link": 3},
        {"link": "x" * 10_000},
        {"language": "tlh"},
        {"notes": ["a"]},
        {"notes": {"a": 3}},
        {"notes": {str(n): "" for n in range(100)}},
        {"notes": {"a": "x" * 5_000}},
    ],
)
def test_a_wrong_wish_is_refused(wanted: dict[str, Any], room: EngineRoom) -> None:
    with pytest.raises(ArgumentError):
        export.export({"link": LINK} | wanted, room)


def test_the_script_is_one_that_an_engine_can_read() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    text = export.joined(export.ENTRY)
    done = subprocess.run(
        [node, "--check", "-"], input=text, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
