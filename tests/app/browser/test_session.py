"""What surrounds the acts: links, the notes window, voting, a lost server."""

from __future__ import annotations

import pytest

from tests.app.browser.walking import Visitor


def test_a_link_brings_back_what_it_was_made_of(visit: Visitor) -> None:
    there = visit("v=1&act=5")
    there.live()
    there.settled()
    there.bet(5)
    there.slide("#knob-memory", 6)
    there.page.wait_for_function("() => document.getElementById('page').dataset.stage === 'full'")
    there.settled()
    link = there.page.url.split("#")[1]
    again = visit(link)
    again.page.wait_for_selector("path.curve")
    again.settled()
    assert again.text("#panel .sentence") == there.text("#panel .sentence")
    assert again.text(".verdict") == there.text(".verdict")
    assert again.page.url.split("#")[1] == link


def test_a_room_of_hands_comes_back_by_link_too(visit: Visitor) -> None:
    there = visit("v=1&act=1&bet1=30&hand=60,60,0,60,60,0,0,60,0,60")
    there.page.wait_for_selector(".reason")
    assert there.page.input_value("#effort-9") == "60"
    assert "30" in there.text(".verdict")


@pytest.mark.parametrize(
    "link",
    [
        "v=99&act=3",
        "v=1&act=12",
        "v=1&act=4&accuracy=0.33",
        "v=1&act=4&accuracy=banana",
        "v=1&act=3&bet3=nobody",
        "v=1&act=2&bet2=nobody",
        "v=1&act=1&hand=1,2",
        "v=1&act=3&lang=zz",
        "%00%ff&&&=;;<script>",
    ],
)
def test_a_wrong_link_opens_what_is_nearest_and_says_so(visit: Visitor, link: str) -> None:
    there = visit(link)
    there.page.wait_for_selector("#notes p")
    assert "⟦" not in there.text("#notes")
    assert "{" not in there.text("#notes")
    assert there.page.locator("#panel h1").count() == 1


def test_the_notes_window_follows_and_leads(visit: Visitor) -> None:
    there = visit("v=1&act=2")
    there.settled()
    with there.context.expect_page() as opening:
        there.page.keyboard.press("n")
    notes = opening.value
    texts = there.strings()
    notes.wait_for_function(
        "(said) => document.body.innerText.includes(said)", arg=texts["note.2.say"]
    )
    there.act(4)
    notes.wait_for_function(
        "(said) => document.body.innerText.includes(said)", arg=texts["note.4.ask"]
    )
    notes.wait_for_selector(".timer:not(:empty)")
    notes.keyboard.press("PageDown")
    there.page.wait_for_selector('#page[data-act="5"]')
    assert notes.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_hands_are_counted_and_the_majority_becomes_the_bet(visit: Visitor) -> None:
    there = visit("v=1&act=3")
    there.settled()
    there.page.click(".hands")
    there.page.fill("#votes-execution", "12")
    there.page.fill("#votes-discovery", "5")
    there.page.click("dialog .primary")
    there.page.wait_for_selector("dialog", state="detached")
    assert there.page.is_checked('input[value="execution"]')
    assert there.page.locator(".vote-bar").count() == 3
    assert "12" in there.text(".choice.execution")


def test_phones_vote_where_the_trainer_opens_it(visit: Visitor) -> None:
    there = visit("v=1&act=3")
    there.settled()
    there.page.click(".hands")
    there.page.click(".phones button")
    there.page.wait_for_selector(".phones-url")
    assert there.page.locator("img.qr").evaluate(
        "(image) => image.complete && image.naturalWidth > 50"
    )
    phone = there.context.browser.new_context(viewport={"width": 390, "height": 800})  # type: ignore[union-attr]  # it has one
    try:
        voter = phone.new_page()
        voter.goto(there.text(".phones-url"))
        voter.get_by_role("button").first.click()
        voter.wait_for_selector("button.chosen")
        there.page.wait_for_function(
            "() => document.getElementById('votes-execution').value === '1'"
        )
    finally:
        phone.close()
    there.page.keyboard.press("Escape")


def test_a_lost_server_is_waited_for_and_the_bet_is_kept(visit: Visitor) -> None:
    there = visit("v=1&act=3")
    there.live()
    there.settled()
    there.choose(3)
    said = there.strings()["status.lost"]
    lost = {"now": True}
    there.context.route(
        "**/api/**", lambda route: route.abort() if lost["now"] else route.fallback()
    )
    there.page.click(".reveal")
    there.page.wait_for_selector(".status.lost")
    assert there.text(".status") == said
    assert "bet3=discovery" in there.page.url
    lost["now"] = False
    there.page.wait_for_selector(".status.live")
    there.page.wait_for_selector("#stage .gap")
