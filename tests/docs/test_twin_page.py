"""The page on twins prints the table of reasons that the program has."""

from __future__ import annotations

from pathlib import Path

from culturesim.experiments.reasons import REASONS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "twin.md"


def test_reasons_are_those_of_the_program() -> None:
    rows = [f"| `{name}` | {meaning} |" for name, meaning in REASONS.items()]
    assert "\n".join(["| reason | meaning |", "|---|---|", *rows, ""]) in PAGE.read_text("utf-8")
