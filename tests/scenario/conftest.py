"""What the tests of scenarios share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from culturesim.scenario import Scenario, load_scenario


@pytest.fixture(scope="session")
def baseline() -> Scenario:
    return load_scenario("baseline")


@pytest.fixture
def write(tmp_path: Path) -> Any:
    """Write a file that extends the baseline (or not) and give its path."""

    def writer(text: str, name: str = "mine.toml", extends: str | None = "baseline") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        head = f'extends = "{extends}"\n' if extends else ""
        path.write_text(head + text, encoding="utf-8")
        return path

    return writer
