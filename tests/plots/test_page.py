"""The texts around the panels: as large as there is room, and telling what was run."""

from __future__ import annotations

from typing import Any

import pytest

import culturesim as cs
from culturesim.experiments.comparison import Comparison
from culturesim.plots.comparison import footer_text
from culturesim.plots.layout import text_width
from culturesim.plots.page import SENTENCE_SIZES, fitted, text_height, write
from culturesim.plots.panels import LEADING
from culturesim.plots.style import Picture, styled
from tests.plots.figures import made_up, rivals, scenarios

WORDS = "customers choose among the offers of both or do nothing " * 8


def test_text_is_as_large_as_the_room_allows() -> None:
    broken, size = fitted(WORDS, 12.0, 10.0)
    assert size == SENTENCE_SIZES[0]
    assert " ".join(broken) == WORDS.strip()
    room = text_height(fitted(WORDS, 12.0, 10.0)[0], SENTENCE_SIZES[0]) - 0.01
    broken, size = fitted(WORDS, 12.0, room)
    assert size < SENTENCE_SIZES[0]
    assert text_height(broken, size) <= room
    assert max(text_width(line, size) for line in broken) <= 12.0
    larger = SENTENCE_SIZES[SENTENCE_SIZES.index(size) - 1]
    assert text_height(fitted(WORDS, 12.0, 10.0)[0], larger) > room


def test_text_without_room_is_small_and_whole() -> None:
    broken, size = fitted(WORDS, 3.0, 0.1)
    assert size == SENTENCE_SIZES[-1]
    assert " ".join(broken) == WORDS.strip()


def test_height_grows_with_lines_and_size() -> None:
    assert text_height(["a", "b"], 36.0) == pytest.approx(2 * 0.5 * LEADING)
    assert text_height([], 36.0) == 0.0


def test_text_hangs_from_its_height() -> None:
    with styled():
        picture = Picture(figsize=(10.0, 5.0))
        write(picture, "note", ["one", "two"], 4.0, 2.0, fontsize=12.0)
    text: Any = picture.texts[0]  # its type lacks `get_va`
    assert (text.get_position(), text.get_text()) == ((0.2, 0.8), "one\ntwo")
    assert (text.get_va(), text.get_gid(), text.get_fontsize()) == ("top", "note", 12.0)


def parts(comparison: Comparison, more: str = "") -> list[str]:
    return footer_text(comparison, more).split("  ·  ")


def test_footer_of_cultures() -> None:
    assert parts(made_up()) == [
        "baseline",
        "8 replications",
        "seed 0",
        f"culturesim {cs.__version__}",
        "line: median; bands: middle 50 % and 80 % of runs",
    ]
    assert parts(made_up(runs=1))[1] == "1 replication"
    assert parts(made_up(), "; and more")[-1].endswith("of runs; and more")


def test_footer_says_that_organizations_are_taken_together() -> None:
    together = rivals()
    assert parts(together)[:2] == ["head-to-head", "8 replications"]
    cultures = Comparison(together.scenario, together.ensembles, 0, "cultures")
    assert parts(cultures)[:2] == ["head-to-head", "all organizations together"]


def test_footer_names_every_scenario_as_the_comparison_does() -> None:
    assert parts(scenarios("garden", "mandate"))[0] == "garden, mandate"
    led = scenarios("left alone", "mandate", of=("mandate", "mandate"))
    assert parts(led)[0] == "left alone, mandate"


def test_scenario_without_a_name_is_told_so() -> None:
    values = cs.load_scenario("baseline").resolved()
    nameless = cs.Scenario.model_validate(values)
    assert nameless.name == ""
    comparison = Comparison(nameless, made_up().ensembles, 0)
    assert parts(comparison)[0] == "scenario without a name"
