"""The widget in a real JupyterLab, in a real browser: knobs move the figure, keys and code work.

Skipped where there is no JupyterLab, which only the extra `dev` brings.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

import culturesim as cs
from tests.app.browser.lab import HOST, lab

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

# CI installs the tools of developers on one Python; the others test the wheel without them.
pytestmark = [
    pytest.mark.skipif(
        importlib.util.find_spec("jupyterlab") is None, reason="JupyterLab is not installed"
    ),
    pytest.mark.slow,
    pytest.mark.compiled,
]

WAIT = 120_000.0  # ms
CELLS = (
    "import culturesim as cs\n"
    "explorer = cs.explore('baseline', replications=24)\n"
    "other = cs.explore('baseline', ['status_quo', 'growth.on'], replications=2)\n"
    "explorer",
    "other",
)
SETTLED = """([at, asked]) => {
  const data = document.querySelectorAll(".cse")[at].dataset;
  return Number(data.asked) >= asked && data.answered === data.asked && data.done === "true";
}"""

BURST = """async (one) => {
  for (let place = 0; place <= 50; place += 5) {
    one.value = place;
    one.dispatchEvent(new Event("input"));
    await new Promise((go) => setTimeout(go, 30));
  }
}"""


class Shown:
    """One widget on the page."""

    def __init__(self, page: Page, at: int) -> None:
        self.page = page
        self.at = at
        self.root: Locator = page.locator(".cse").nth(at)

    @contextmanager
    def moving(self) -> Iterator[None]:
        """Move something inside; afterwards the newest move is answered with all runs."""
        asked = int(self.root.get_attribute("data-asked") or 0)
        yield
        self.page.wait_for_function(SETTLED, arg=[self.at, asked + 1], timeout=WAIT)

    @property
    def paths(self) -> list[str]:
        found = self.root.locator("svg path.median, svg path.band-80")
        drawn: list[str] = found.evaluate_all("all => all.map((one) => one.getAttribute('d'))")
        return drawn

    @property
    def sentence(self) -> str:
        return self.root.get_by_role("status").inner_text()

    def slider(self, label: str) -> Locator:
        return self.root.get_by_label(label)


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    outside: list[str] = []
    wrong: list[str] = []
    folder = tmp_path_factory.mktemp("lab")
    with lab(folder, CELLS) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(WAIT)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: note(request.url, outside))
        page.goto(address)
        page.get_by_text("| Idle").wait_for()  # the kernel is there
        for number in range(len(CELLS)):
            page.locator(".jp-Cell .cm-content").nth(number).click()
            page.keyboard.press("Shift+Enter")
            page.locator(".cse svg path.median").nth(2 * number).wait_for(state="attached")
        yield page
        page.close()
    assert outside == []
    assert wrong == []


def note(address: str, outside: list[str]) -> None:
    if not address.startswith((f"http://{HOST}:", f"ws://{HOST}:", "data:", "blob:")):
        outside.append(address)


@pytest.fixture
def shown(page: Page) -> Shown:
    first = Shown(page, 0)
    with first.moving():
        first.root.get_by_role("button", name="Reset").click()
    return first


def compared(**changes: Any) -> cs.Comparison:
    scenario = cs.load_scenario("baseline", {k.replace("__", "."): v for k, v in changes.items()})
    return cs.compare(scenario, ("execution", "discovery"), 24)


def test_a_moved_slider_changes_figure_and_sentence(shown: Shown) -> None:
    """And the sentence is the one that Python gives for these values."""
    before, said = shown.paths, shown.sentence
    assert len(before) == 4
    assert said == compared().sentence
    with shown.moving():
        shown.slider("care memory").fill("0")
    assert all(new != old for new, old in zip(shown.paths, before, strict=True))
    assert shown.slider("care memory").get_attribute("aria-valuetext") == "25 cycles"
    assert shown.sentence == compared(world__care_memory=25.0).sentence != said


def test_a_burst_of_moves_ends_at_the_last(shown: Shown) -> None:
    with shown.moving():
        shown.slider("status quo").evaluate(BURST)
    assert shown.sentence == compared(**{"segments.*.status_quo": 1.0}).sentence


def test_arrow_keys_move_a_slider_and_not_the_notebook(shown: Shown) -> None:
    slider = shown.slider("prior accuracy")
    slider.focus()
    start = int(slider.input_value())
    for key in ("ArrowRight", "ArrowUp", "ArrowRight", "ArrowLeft"):
        with shown.moving():
            slider.press(key)
    assert int(slider.input_value()) == start + 2
    assert slider.evaluate("one => one === document.activeElement")
    assert shown.sentence == compared(**{"organizations.*.prior.accuracy": 0.34}).sentence


def test_another_metric_is_shown(shown: Shown) -> None:
    before = shown.paths
    choice = shown.root.get_by_label("Show", exact=True)
    with shown.moving():
        choice.select_option("no_decision_rate")
    assert shown.paths != before
    assert shown.sentence.startswith("Customers that did nothing: ")
    with shown.moving():
        choice.select_option("value_created")


def test_the_code_on_the_page_gives_what_is_shown(
    shown: Shown, capsys: pytest.CaptureFixture[str]
) -> None:
    with shown.moving():
        shown.slider("skills: initial").fill("0")
    shown.root.get_by_role("button", name="Show the code").press("Enter")
    code = shown.root.locator(".cse-code code").inner_text()
    assert '"skills.initial": 0.0' in code
    exec(compile(code, "shown", "exec"), {})
    assert capsys.readouterr().out.strip() == shown.sentence
    shown.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    shown.root.get_by_role("button", name="Copy").click()
    shown.root.get_by_role("button", name="Copied").wait_for()
    assert shown.page.evaluate("navigator.clipboard.readText()") == code
    shown.root.get_by_role("button", name="Hide the code").click()
    assert shown.root.locator(".cse-code").is_hidden()


def test_widgets_of_one_page_leave_each_other_alone(shown: Shown) -> None:
    other = Shown(shown.page, 1)
    mine = shown.paths
    with other.moving():
        other.root.get_by_role("switch").click()
    theirs = other.paths
    with other.moving():
        other.slider("status quo").fill("40")
    assert other.paths != theirs
    assert shown.paths == mine
    ids: list[str] = shown.page.locator(".cse [id]").evaluate_all("all => all.map((one) => one.id)")
    assert len(ids) == len(set(ids))


def test_it_can_be_used_by_everybody(shown: Shown) -> None:
    """The rules of WCAG 2.2 that a program can check, with the code open."""
    from axe_playwright_python.sync_playwright import Axe

    shown.root.get_by_role("button", name="Show the code").click()
    found = Axe().run(shown.page, context=".cse", options={"resultTypes": ["violations"]})
    shown.root.get_by_role("button", name="Hide the code").click()
    assert found.response["testEngine"]["name"] == "axe-core"
    assert found.response["passes"]
    assert found.response["violations"] == [], found.generate_report()
