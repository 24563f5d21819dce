"""One real server and one browser for all tests of the page; a clear skip without a browser."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.app.browser.walking import ARGUMENTS, Visit, Visitor, chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server process of its own, with the made-up language."""
    log = tmp_path_factory.mktemp("site") / "log"
    command = [sys.executable, "-c", START, "0", str(log)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        try:
            yield said.split()[4].rstrip("/")
        finally:
            process.terminate()
            process.wait(20)


START = """
from culturesim.app.launch import launch
launch(0, browser=False, pseudo=True, room="127.0.0.1")
"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = chromium()
    if found is None:
        said = "no Chromium at /usr/bin/chromium, or Playwright is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(said)
        pytest.skip(said)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=found, args=ARGUMENTS, headless=True)
        yield made
        made.close()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visitor]:
    """Opens the page; at the end of the test nothing may have been said on its console."""
    opened: list[Visit] = []

    def go(link: str = "", width: int = 1280, height: int = 720, **options: object) -> Visit:
        options.setdefault("reduced_motion", "reduce")  # films take time
        made = Visit(browser, site, width, height, **options)
        opened.append(made)
        made.open(link)
        return made

    yield go
    for one in opened:
        one.context.close()
    for one in opened:
        assert one.complaints == []
        assert one.outside == []
