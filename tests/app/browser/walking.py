"""A visit to the page: what a trainer does, and what a test may look at."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request, Response, Route

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60_000.0  # milliseconds: the model may have to be compiled
ACTS = range(1, 8)
BETS: dict[int, str | int] = {1: 15, 2: "execution", 3: "discovery", 4: 4, 5: 3, 6: 8}
KNOBS = {
    1: [],
    2: [],
    3: [],
    4: ["accuracy"],
    5: ["memory"],
    6: ["attention", "practice"],
    7: ["accuracy", "memory", "search", "nothing", "skill"],
}

SET_SLIDER = """(slider, value) => {
  slider.value = value;
  slider.dispatchEvent(new Event("input", {bubbles: true}));
}"""


def chromium() -> str | None:
    """Where the browser is, if there is one and something to drive it."""
    try:
        import playwright  # noqa: F401
    except ImportError:
        return None
    return CHROMIUM if Path(CHROMIUM).exists() else None


class Visit:
    """One page in a context of its own, with what it asked for and what it complained about."""

    def __init__(self, browser: Browser, site: str, width: int, height: int, **options: Any):
        self.site = site
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, accept_downloads=True, **options
        )
        self.context.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.outside: list[str] = []
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.answers: list[tuple[str, dict[str, str], Any]] = []
        self.context.route("**/*", self._only_here)
        self.page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._request)

    def _only_here(self, route: Route) -> None:
        url = route.request.url
        if url.startswith((self.site, "data:", "blob:", "file:", "about:")):
            route.continue_()
        else:
            self.outside.append(url)
            route.abort()

    def _console(self, message: Any) -> None:
        # A browser says on the console that a request was refused: tests look at these themselves.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.path.startswith("/api/"):
            query = {key: values[0] for key, values in parse_qs(parts.query).items()}
            self.asked.append((parts.path, query))

    def listen(self) -> None:
        """Keep all answers of the server from now on."""

        def keep(response: Response) -> None:
            parts = urlsplit(response.url)
            if parts.path in ("/api/bands", "/api/replay", "/api/curve") and response.ok:
                query = {key: values[0] for key, values in parse_qs(parts.query).items()}
                self.answers.append((parts.path, query, response.json()))

        self.page.on("response", keep)

    def open(self, link: str = "") -> None:
        self.page.goto(f"{self.site}/{'#' if link else ''}{link}")
        self.page.wait_for_selector("#stage[data-layout]")

    def live(self) -> None:
        """Wait until the model is compiled and loaded."""
        self.page.wait_for_selector(".status.live")

    def act(self, number: int) -> None:
        self.page.keyboard.press(str(number))
        self.page.wait_for_selector(f'#page[data-act="{number}"]')

    def settled(self) -> None:
        """Wait until nothing is asked for any more."""
        self.page.wait_for_function("() => !document.body.classList.contains('busy')")

    def choose(self, number: int) -> None:
        """Choose the bet of an act, without revealing."""
        bet = BETS[number]
        if isinstance(bet, str):
            self.page.check(f'input[name="bet"][value="{bet}"]')
        else:
            self.slide(".bet-slider", bet)

    def bet(self, number: int) -> None:
        """Place a bet, reveal, and let the film end."""
        self.choose(number)
        self.page.click(".reveal")
        self.page.wait_for_selector('#page[data-revealed="true"]')
        if number > 1:
            self.page.wait_for_function(
                "() => Number(document.querySelector('.scrubber').max) > 1 && "
                "document.querySelector('.scrubber').value === document.querySelector('.scrubber').max"
            )
        self.settled()

    def slide(self, selector: str, value: int) -> None:
        self.page.eval_on_selector(selector, SET_SLIDER, str(value))

    def text(self, selector: str) -> str:
        return self.page.inner_text(selector)

    def knobs(self) -> list[str]:
        names: list[str] = self.page.eval_on_selector_all(
            "#panel input[data-knob]", "nodes => nodes.map((node) => node.dataset.knob)"
        )
        return names

    def medians(self) -> list[str]:
        """The drawn median lines: they change with the numbers."""
        found: list[str] = self.page.eval_on_selector_all(
            "#stage path.median", "nodes => nodes.map((node) => node.getAttribute('d'))"
        )
        return found

    def strings(self, language: str = "en") -> dict[str, str]:
        answer = self.context.request.get(f"{self.site}/api/strings/{language}")
        texts: dict[str, str] = json.loads(answer.body())
        return texts


Visitor = Callable[..., Visit]
