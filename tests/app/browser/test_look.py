"""How the page looks and is used: sizes, languages, keyboard, accessibility."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import culturesim as cs
from tests.app.browser.walking import ACTS, BETS, Visitor

SIZES = [(1024, 768), (1280, 720), (1920, 1080)]

OVERFLOWING = """() => {
  const found = [];
  for (const node of document.querySelectorAll("#page *")) {
    if (node.closest("svg") || node.clientWidth === 0) continue;
    const style = getComputedStyle(node);
    const wide = node.scrollWidth > node.clientWidth + 1 && style.overflowX !== "visible";
    const high = node.scrollHeight > node.clientHeight + 2 && style.overflowY !== "visible";
    const cut = style.textOverflow === "ellipsis";
    const name = `${node.tagName} ${node.className}`;
    if (wide && !cut) found.push(`${name} ${node.scrollWidth}>${node.clientWidth}`);
    if (high) found.push(`${name} ${node.scrollHeight} higher than ${node.clientHeight}`);
    const box = node.getBoundingClientRect();
    const beyond = box.right > innerWidth + 1 || box.bottom > innerHeight + 1;
    if (beyond) found.push(`${name} beyond the window`);
  }
  for (const text of document.querySelectorAll("#stage svg text")) {
    const box = text.getBoundingClientRect();
    const frame = text.closest("svg").getBoundingClientRect();
    const outside = box.left < frame.left - 2 || box.right > frame.right + 2;
    if (box.width && outside) found.push(`label ${text.textContent}`);
  }
  return found;
}"""
SMALLEST = """() => {
  const sizes = {text: 99, label: 99};
  const walker = document.createTreeWalker(document.getElementById("page"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    const seen = walker.currentNode.textContent.trim() && node.getClientRects().length;
    if (!seen || node.tagName === "OPTION") continue;
    const text = node.closest("p, legend, label, h1") && !node.closest("svg, .legend");
    const kind = text ? "text" : "label";
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
        assert sizes["text"] >= (14 if language == "xx" else 16)
        assert sizes["label"] >= (11 if language == "xx" else 14)
        body = "() => parseFloat(getComputedStyle(document.body).fontSize)"
        assert there.page.evaluate(body) >= 18


def test_languages_hold_the_same_keys_and_names() -> None:
    folder = Path(cs.__file__).parent / "app" / "strings"
    texts = {file.stem: json.loads(file.read_text("utf-8")) for file in folder.glob("*.json")}
    assert set(texts) >= {"en", "de"}
    for language, told in texts.items():
        assert set(told) == set(texts["en"]), language
        for key, text in told.items():
            names = re.findall(r"\{\w+\}", texts["en"][key])
            assert set(re.findall(r"\{\w+\}", text)) == set(names), key
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
                "() => [document.activeElement, document.activeElement.closest('label')]"
                ".filter(Boolean).map((one) => getComputedStyle(one).outlineStyle)"
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
