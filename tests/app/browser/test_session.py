"""What surrounds the acts: links, keys, languages, sizes, accessibility, notes, voting, and what is taken home."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest

import culturesim as cs
from tests.app.browser.walking import ACTS, BETS, Visit, Visitor

SIZES = [(1024, 768), (1280, 720), (1920, 1080)]

OVERFLOWING = """() => {
  const found = [];
  for (const node of document.querySelectorAll("#page *")) {
    if (node.closest("svg") || node.clientWidth === 0) continue;
    const style = getComputedStyle(node);
    const wide = node.scrollWidth > node.clientWidth + 1 && style.overflowX !== "visible";
    const high = node.scrollHeight > node.clientHeight + 2 && style.overflowY !== "visible";
    const cut = style.textOverflow === "ellipsis";
    if ((wide && !cut) || high) found.push(`${node.tagName} ${node.className} ${node.scrollWidth}>${node.clientWidth} ${node.scrollHeight}>${node.clientHeight}`);
    const box = node.getBoundingClientRect();
    if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1) found.push(`${node.tagName} ${node.className} beyond the window`);
  }
  for (const text of document.querySelectorAll("#stage svg text")) {
    const box = text.getBoundingClientRect();
    const frame = text.closest("svg").getBoundingClientRect();
    if (box.width && (box.left < frame.left - 2 || box.right > frame.right + 2)) found.push(`label ${text.textContent}`);
  }
  return found;
}"""
SMALLEST = """() => {
  const sizes = {text: 99, label: 99};
  const walker = document.createTreeWalker(document.getElementById("page"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !node.getClientRects().length || node.tagName === "OPTION") continue;
    const kind = node.closest("svg") || node.closest(".legend") ? "label" : node.closest("p, legend, label, h1") ? "text" : "label";
    sizes[kind] = Math.min(sizes[kind], parseFloat(getComputedStyle(node).fontSize));
  }
  return sizes;
}"""


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("language", ["en", "de", "xx"])
def test_nothing_overflows_in_any_act_size_or_language(
    visit: Visitor, width: int, height: int, language: str
) -> None:
    there = visit(f"v=1&act=1&lang={language}", width, height)
    found = {}
    for number in ACTS:
        there.act(number)
        there.settled()
        found[f"{number} before"] = there.page.evaluate(OVERFLOWING)
        if number in BETS:
            there.bet(number)
            found[f"{number} after"] = there.page.evaluate(OVERFLOWING)
        assert "⟦" not in there.text("body")
    assert {act: one for act, one in found.items() if one} == {}
    if width >= 1280:
        sizes = there.page.evaluate(SMALLEST)
        assert sizes["text"] >= 16
        assert sizes["label"] >= 14
        assert there.page.evaluate("() => parseFloat(getComputedStyle(document.body).fontSize)") >= 18


def test_languages_hold_the_same_keys_and_names() -> None:
    folder = Path(cs.__file__).parent / "app" / "strings"
    texts = {file.stem: json.loads(file.read_text("utf-8")) for file in folder.glob("*.json")}
    assert set(texts) >= {"en", "de"}
    for language, told in texts.items():
        assert set(told) == set(texts["en"]), language
        for key, text in told.items():
            assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", texts["en"][key])), key
    for key, text in texts["en"].items():
        assert not key.endswith(".story") or len(text.split()) <= 40, key


def test_every_text_is_there_and_none_is_in_the_code() -> None:
    static = Path(cs.__file__).parent / "app" / "static"
    texts = json.loads((static.parent / "strings" / "en.json").read_text("utf-8"))
    for file in (static / "js").glob("*.js"):
        for key in re.findall(r'\bt\("([^"]+)"', file.read_text("utf-8")):
            assert key in texts, f"{file.name}: {key}"


def test_the_language_is_changed_in_place(visit: Visitor) -> None:
    there = visit("v=1&act=3&bet3=same")
    there.settled()
    there.page.click("#top button[aria-haspopup]")
    there.page.select_option("#language", "de")
    there.page.wait_for_function("() => document.documentElement.lang === 'de'")
    assert there.text("#panel h1") == f"3 · {there.strings('de')['act.3.name']}"
    assert "lang=de" in there.page.url
    assert there.page.get_attribute("#page", "data-revealed") == "true"


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


def test_the_whole_session_by_keyboard(visit: Visitor) -> None:
    there = visit("")
    page = there.page
    for number in ACTS:
        page.wait_for_selector(f'#page[data-act="{number}"]')
        there.settled()
        if number in BETS:
            target = 'input[name="bet"]' if isinstance(BETS[number], str) else ".bet-slider"
            for _ in range(60):
                page.keyboard.press("Tab")
                if page.evaluate("(wanted) => document.activeElement.matches(wanted)", target):
                    break
            else:
                pytest.fail(f"act {number}: the bet is not reached with Tab")
            outline = page.evaluate(
                "() => { const node = document.activeElement; const style = (one) => getComputedStyle(one).outlineStyle;"
                " return [style(node), style(node.closest('label') || node)]; }"
            )
            assert "solid" in outline
            page.keyboard.press(" " if target.startswith("input") else "ArrowRight")
            page.keyboard.press("r")
            page.wait_for_selector('#page[data-revealed="true"]')
            there.settled()
        page.keyboard.press("PageDown")
    page.keyboard.press("PageUp")
    page.wait_for_selector('#page[data-act="6"]')
    page.keyboard.press("?")
    assert page.locator("dialog[open]").count() == 1
    page.keyboard.press("Escape")


def test_no_act_has_a_serious_violation_of_accessibility(visit: Visitor) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    there = visit("v=1&act=1")

    def violations(where: str) -> list[str]:
        found = axe.run(there.page).response["violations"]
        return [
            f"{where}: {one['id']} {node['target']}"
            for one in found
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]

    found = []
    for number in ACTS:
        there.act(number)
        there.settled()
        found += violations(f"act {number} before")
        if number in BETS:
            there.bet(number)
            found += violations(f"act {number} after")
    for key in ("a", "?"):
        there.page.keyboard.press(key)
        there.page.wait_for_selector("dialog[open]")
        found += violations(f"window {key}")
        there.page.keyboard.press("Escape")
        there.page.wait_for_selector("dialog", state="detached")
    assert found == []


def test_the_notes_window_follows_and_leads(visit: Visitor) -> None:
    there = visit("v=1&act=2")
    there.settled()
    with there.context.expect_page() as opening:
        there.page.keyboard.press("n")
    notes = opening.value
    texts = there.strings()
    notes.wait_for_function("(said) => document.body.innerText.includes(said)", arg=texts["note.2.say"])
    there.act(4)
    notes.wait_for_function("(said) => document.body.innerText.includes(said)", arg=texts["note.4.ask"])
    assert notes.locator(".timer").inner_text() != ""
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
    found = there.page.wait_for_selector(".phones-url, .phones-count:not(:empty)")
    assert found is not None
    if there.page.locator(".phones-url").count() == 0:
        pytest.skip("this machine is in no network that phones could reach")
    assert there.page.locator("img.qr").evaluate("(image) => image.complete && image.naturalWidth > 50")
    phone = there.context.browser.new_context(viewport={"width": 390, "height": 800})  # type: ignore[union-attr]
    try:
        voter = phone.new_page()
        voter.goto(there.text(".phones-url"))
        voter.get_by_role("button").first.click()
        voter.wait_for_selector("button.chosen")
        there.page.wait_for_function("() => document.getElementById('votes-execution').value === '1'")
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
    there.context.route("**/api/**", lambda route: route.abort() if lost["now"] else route.fallback())
    there.page.click(".reveal")
    there.page.wait_for_selector(".status.lost")
    assert there.text(".status") == said
    assert "bet3=discovery" in there.page.url
    lost["now"] = False
    there.page.wait_for_selector(".status.live")
    there.page.wait_for_selector("#stage .gap")


def test_numbers_are_those_of_the_python_interface(visit: Visitor) -> None:
    there = visit("v=1&act=3&bet3=same")
    there.live()
    there.page.wait_for_function("() => document.getElementById('page').dataset.stage === 'full'")
    there.settled()
    shares = []
    for culture in ("execution", "discovery"):
        runs = cs.ensemble(cs.load_scenario("baseline"), culture=culture, replications=100, seed=0)
        shares.append(round(100 * np.median(runs.values("waste")) / np.mean(runs.values("effort"))))
    said = [int(number) for number in re.findall(r"\b\d+\b", there.text("#panel .sentence"))]
    assert said[2:4] == shares


def test_a_picture_is_saved(visit: Visitor) -> None:
    there = visit("v=1&act=4&bet4=0.6")
    there.page.wait_for_selector("path.curve")
    there.settled()
    there.page.click("#top button[aria-haspopup]")
    with there.page.expect_download() as saving:
        there.page.get_by_role("button", name=there.strings()["menu.picture"]).click()
    data = Path(saving.value.path()).read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert len(data) > 30_000


def test_paper_takes_one_page(visit: Visitor) -> None:
    there = visit("v=1&act=3&bet3=same")
    there.settled()
    for number in (3, 4, 7):
        there.act(number)
        there.settled()
        paper = there.page.pdf(prefer_css_page_size=True, print_background=True)
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 1


def test_a_file_opened_from_disk_says_the_same_and_its_slider_moves(
    visit: Visitor, tmp_path: Path
) -> None:
    there = visit("v=1&act=4&bet4=0.6")
    there.live()
    there.page.wait_for_selector("path.curve")
    there.page.wait_for_function("() => document.getElementById('page').dataset.stage === 'full'")
    there.settled()
    said, drawn = there.text("#panel .sentence"), there.medians()
    there.page.click("#top button[aria-haspopup]")
    with there.page.expect_download() as saving:
        there.page.get_by_role("button", name=there.strings()["menu.file"]).click()
    file = tmp_path / "saved.html"
    saving.value.save_as(file)
    assert file.stat().st_size < 3_000_000
    page = there.context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(file.as_uri())
    page.wait_for_selector("path.curve")
    assert page.inner_text("#panel .sentence") == said
    assert page.locator("path.median").count() == len(drawn)
    page.eval_on_selector("#knob-accuracy", "(one) => { one.value = 10; one.dispatchEvent(new Event('input', {bubbles: true})); }")
    page.wait_for_function("(was) => document.querySelector('#panel .sentence').innerText !== was", arg=said)
    assert errors == []


def test_the_page_is_small(visit: Visitor) -> None:
    there = visit("v=1&act=3")
    there.settled()
    size = there.page.evaluate(
        "() => performance.getEntriesByType('resource').reduce((sum, one) => sum + one.decodedBodySize, 0)"
    )
    assert 50_000 < size < 1_000_000


def test_top_level_names_are_unique_so_that_modules_can_be_joined() -> None:
    static = Path(cs.__file__).parent / "app" / "static" / "js"
    seen: dict[str, str] = {}
    for file in sorted(static.glob("*.js")):
        text = file.read_text("utf-8")
        assert text.count("\n") < 300, file.name
        for name in re.findall(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", text, re.MULTILINE):
            assert name not in seen, f"{name} in {file.name} and {seen[name]}"
            seen[name] = file.name
    assert len(seen) > 80
