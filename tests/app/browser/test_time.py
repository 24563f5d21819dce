"""Playing, the scrubber, sliders and what they ask for: the order of answers, and that the last one wins."""

from __future__ import annotations

from typing import Any

from tests.app.browser.walking import Visitor

HOLD = """() => {
  window.stages = [];
  new MutationObserver(() => window.stages.push(document.getElementById("page").dataset.stage))
    .observe(document.getElementById("page"), {attributes: true, attributeFilter: ["data-stage"]});
}"""


def test_play_pause_and_the_scrubber_move_everything(visit: Visitor) -> None:
    there = visit("v=1&act=3&bet3=same", reduced_motion="no-preference")
    there.settled()
    page = there.page
    page.wait_for_function("() => document.querySelector('.scrubber').value === '120'")
    page.keyboard.press(" ")
    assert there.text(".play") == there.strings()["time.pause"]
    page.wait_for_function("() => Number(document.querySelector('.scrubber').value) >= 6")
    page.keyboard.press(" ")
    stopped = int(page.input_value(".scrubber"))
    assert 6 <= stopped < 120
    page.wait_for_timeout(200)
    assert int(page.input_value(".scrubber")) == stopped
    before = [page.locator(name).first.screenshot() for name in (".map", ".garden", ".areas")]
    there.slide(".scrubber", 100)
    after = [page.locator(name).first.screenshot() for name in (".map", ".garden", ".areas")]
    assert all(one != other for one, other in zip(before, after, strict=True))
    cursors = page.eval_on_selector_all(
        ".areas .cursor", "lines => lines.map((line) => Math.round(Number(line.getAttribute('x1'))))"
    )
    assert cursors[0] == cursors[1] > 0


def test_reduced_motion_jumps_by_years(visit: Visitor) -> None:
    there = visit("v=1&act=7")
    there.settled()
    page = there.page
    page.click(".play")
    page.wait_for_function("() => document.querySelector('.scrubber').value === '12'")
    page.click(".play")
    assert page.input_value(".scrubber") == "12"


def test_a_slider_gets_a_coarse_answer_first_and_the_full_one_after(visit: Visitor) -> None:
    there = visit("v=1&act=4&bet4=0.6")
    there.live()
    there.settled()
    there.page.evaluate(HOLD)
    there.listen()
    before = there.medians()
    there.slide("#knob-accuracy", 8)
    there.page.wait_for_function("() => window.stages.includes('full')")
    stages = there.page.evaluate("() => window.stages")
    assert stages.index("coarse") < stages.index("full")
    runs = [answer["runs"] for path, _, answer in there.answers if path == "/api/bands"]
    assert runs == [20, 100]
    assert there.medians() != before


def test_the_last_of_a_burst_wins(visit: Visitor) -> None:
    there = visit("v=1&act=4&bet4=0.6&accuracy=0")
    there.live()
    there.settled()
    there.page.focus("#knob-accuracy")
    for _ in range(9):
        there.page.keyboard.press("ArrowRight")
    there.page.wait_for_function("() => document.getElementById('page').dataset.stage === 'full'")
    there.settled()
    assert there.text(".knob output") == "90%"
    drawn, said = there.medians(), there.text(".sentence")
    there.page.reload()
    there.page.wait_for_selector("path.curve")
    there.page.wait_for_function("() => document.getElementById('page').dataset.stage === 'full'")
    there.settled()
    assert "accuracy=0.9" in there.page.url
    assert there.text(".sentence") == said
    assert there.medians() == drawn


def test_only_one_request_is_in_flight(visit: Visitor) -> None:
    there = visit("v=1&act=4&bet4=0.6&accuracy=0")
    there.live()
    there.settled()
    flying: set[Any] = set()
    most = []

    def begins(request: Any) -> None:
        if "/api/bands" in request.url or "/api/replay" in request.url:
            flying.add(request)
            most.append(len(flying))

    there.page.on("request", begins)
    for event in ("requestfinished", "requestfailed"):
        there.page.on(event, flying.discard)
    there.page.focus("#knob-accuracy")
    for _ in range(6):
        there.page.keyboard.press("ArrowRight")
    there.page.wait_for_function("() => document.getElementById('page').dataset.stage === 'full'")
    there.settled()
    assert most
    assert max(most) == 1


def test_the_last_change_is_shown_once_more(visit: Visitor) -> None:
    there = visit("v=1&act=4&bet4=0.6")
    there.live()
    there.settled()
    there.slide("#knob-accuracy", 9)
    there.page.wait_for_selector(".again:not([hidden])")
    there.settled()
    there.page.click(".again")
    there.page.wait_for_function("() => document.getElementById('knob-accuracy').value === '3'")
    there.page.wait_for_function("() => document.getElementById('knob-accuracy').value === '9'")


def test_one_run_on_request_and_another_one(visit: Visitor) -> None:
    there = visit("v=1&act=7")
    there.live()
    there.settled()
    assert there.page.locator(".one-run").count() == 0
    there.page.click(".sample")
    lines = "nodes => nodes.map((node) => node.getAttribute('d'))"
    first = there.page.eval_on_selector_all(".one-run", lines)
    assert len(first) >= 4
    there.page.click(".another")
    there.page.wait_for_function(
        "(was) => document.querySelector('.one-run').getAttribute('d') !== was", arg=first[0]
    )
    assert "run=8" in there.page.url
