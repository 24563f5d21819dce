"""The numbers on the page, and what is taken home: picture, paper, one file."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

import culturesim as cs
from tests.app.browser.walking import Visitor

NAMED = r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)"
MOVE = """(slider) => {
  slider.value = 10;
  slider.dispatchEvent(new Event("input", {bubbles: true}));
}"""
OTHER = "(was) => document.querySelector('#panel .sentence').innerText !== was"
FULL = "() => document.getElementById('page').dataset.stage === 'full'"


def test_numbers_are_those_of_the_python_interface(visit: Visitor) -> None:
    there = visit("v=1&act=3&bet3=same")
    there.live()
    there.page.wait_for_function(FULL)
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
    there.page.wait_for_function(FULL)
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
    page.eval_on_selector("#knob-accuracy", MOVE)
    page.wait_for_function(OTHER, arg=said)
    assert errors == []


def test_the_page_is_small(visit: Visitor) -> None:
    there = visit("v=1&act=3")
    there.settled()
    size = there.page.evaluate(
        "() => performance.getEntriesByType('resource')"
        ".reduce((sum, one) => sum + one.decodedBodySize, 0)"
    )
    assert 50_000 < size < 1_000_000


def test_top_level_names_are_unique_so_that_modules_can_be_joined() -> None:
    static = Path(cs.__file__).parent / "app" / "static" / "js"
    seen: dict[str, str] = {}
    for file in sorted(static.glob("*.js")):
        text = file.read_text("utf-8")
        assert text.count("\n") < 300, file.name
        for name in re.findall(NAMED, text, re.MULTILINE):
            assert name not in seen, f"{name} in {file.name} and {seen[name]}"
            seen[name] = file.name
    assert len(seen) > 80
