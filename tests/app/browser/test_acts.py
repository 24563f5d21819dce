"""Each act: what it shows, what it holds back, what a bet leaves behind."""

from __future__ import annotations

import pytest

from tests.app.browser.walking import ACTS, BETS, KNOBS, Visitor

BETTING = [number for number in ACTS if number in BETS]
CURVED = (4, 5)


@pytest.mark.parametrize("number", ACTS)
def test_an_act_shows_exactly_its_knobs(visit: Visitor, number: int) -> None:
    there = visit(f"v=1&act={number}")
    # What flips act 6 is there only once the room has bet.
    assert there.knobs() == (KNOBS[number] if number == 7 else KNOBS[number][:1])
    if number in BETS:
        disabled = there.page.eval_on_selector_all(
            "#panel [data-knob] input", "all => all.map((one) => one.disabled)"
        )
        assert all(disabled)
        there.bet(number)
    assert there.knobs() == KNOBS[number]
    assert 1 <= len(there.text("#panel h1")) <= 40


@pytest.mark.parametrize("number", BETTING)
def test_nothing_past_the_reveal_is_told_before_the_bet(visit: Visitor, number: int) -> None:
    there = visit(f"v=1&act={1 if number > 1 else 4}")
    there.settled()
    there.listen()
    stops = there.page.evaluate(
        "async () => (await (await fetch('/api/acts')).json()).acts.map((act) => act.stop)"
    )
    there.act(number)
    there.settled()
    there.choose(number)
    there.settled()
    stop = stops[number - 1]
    for path, query, answer in there.answers:
        if query["act"] != str(number):
            assert number == 2, "only act 2 borrows, for where customers stand"
            assert (path, query["act"], answer["shown"]) == ("/api/replay", "1", 1)
            continue
        assert number != 2, "what act 2 asks for is what it bets on"
        assert path != "/api/curve"
        assert "bet" not in query
        assert answer["shown"] <= stop
        for world in answer["worlds"]:
            told = world["value"]["q50"] if path == "/api/bands" else world["value"]
            assert len(told) <= stop
    assert not [one for one in there.asked if one[0] in ("/api/curve", "/api/by-hand")]
    for gone in (".curve", ".gap", ".truth", ".reason", ".dots circle"):
        assert there.page.locator(gone).count() == 0
    assert there.text(".sentence") == "" or number not in (1, 2)
    assert int(there.page.get_attribute(".scrubber", "max") or 0) <= max(stop, 1)


@pytest.mark.parametrize("number", BETTING)
def test_a_bet_stays_with_its_gap(visit: Visitor, number: int) -> None:
    there = visit(f"v=1&act={number}")
    there.bet(number)
    assert there.text(".verdict") != ""
    there.page.wait_for_function("() => document.querySelector('.sentence').innerText !== ''")
    assert there.text(".ask") != ""
    if number == 1:
        assert there.page.locator(".reason").count() >= 1
    else:
        there.page.wait_for_selector("#stage .ghost")
        there.page.wait_for_selector("#stage .gap")
    if number in CURVED:
        assert there.page.locator("path.curve").count() == 2
        assert there.page.locator(".truth").count() == 1


def test_the_rooms_own_offer_is_assessed_by_the_server_and_can_be_changed(visit: Visitor) -> None:
    there = visit("v=1&act=1")
    for index, effort in enumerate([360, 50, 0, 0, 0, 0, 0, 0, 0, 0]):
        there.slide(f"#effort-{index}", effort)
    assert there.page.input_value("#effort-1") == "0"  # no more than there is
    there.bet(1)
    there.page.wait_for_selector(".reason")
    first = there.text(".reasons")
    there.slide("#effort-0", 0)
    for index in (0, 1, 3, 4, 7, 9):
        there.slide(f"#effort-{index}", 60)
    there.page.wait_for_function(
        "(before) => document.querySelector('.reasons').innerText !== before", arg=first
    )
    assert there.asked[-1][0] == "/api/by-hand"


def test_act_three_can_add_value_to_waste(visit: Visitor) -> None:
    there = visit("v=1&act=3&bet3=same")
    there.page.wait_for_selector(".with-value:not([hidden])")
    series = "nodes => nodes.map((node) => node.dataset.series)"
    there.settled()
    assert there.page.eval_on_selector_all(".areas path.median", series) == ["waste"] * 2
    there.page.click(".with-value")
    assert there.page.eval_on_selector_all(".areas path.median", series) == ["value", "waste"] * 2


def test_reset_takes_back_bet_and_knob(visit: Visitor) -> None:
    there = visit("v=1&act=4&bet4=0.6&accuracy=0.9")
    there.settled()
    assert there.page.get_attribute("#page", "data-revealed") == "true"
    there.page.keyboard.press("0")
    there.page.wait_for_selector('#page[data-revealed="false"]')
    there.settled()
    assert there.page.input_value("#knob-accuracy") == "3"
    assert there.page.locator(".curve").count() == 0
    assert "bet4" not in there.page.url


def test_presets_set_all_knobs_and_a_commitment_is_kept(visit: Visitor) -> None:
    there = visit("v=1&act=7")
    there.live()
    there.settled()
    before = there.text(".sentence")
    there.page.select_option("#preset", "stable_market")
    there.page.wait_for_function(
        "(was) => document.querySelector('.sentence').innerText !== was", arg=before
    )
    assert "accuracy=0.9" in there.page.url
    there.page.click(".commit")
    there.page.fill("#commit-text", "call a customer")
    there.page.fill("#commit-date", "2030-01-31")
    there.page.click(".commitment-form button[type=submit]")
    there.page.reload()
    there.page.wait_for_selector(".commit")
    there.page.click(".commit")
    assert there.page.input_value("#commit-text") == "call a customer"
    assert there.page.input_value("#commit-date") == "2030-01-31"


def test_what_is_assumed_is_one_click_away_in_every_act(visit: Visitor) -> None:
    there = visit("v=1&act=1")
    for number in ACTS:
        if number > 1:
            there.act(number)
        there.page.keyboard.press("a")
        assert there.page.locator("dialog tbody tr").count() >= 5
        there.page.keyboard.press("Escape")
        there.page.wait_for_selector("dialog", state="detached")
