"""The picture of a study fits its factors, holds whatever it is given, and is always the same."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import culturesim
from culturesim.errors import ArgumentError
from culturesim.plots.page import save_figure
from culturesim.plots.study import UNBROKEN, plot_study
from tests.plots.figures import LONG, words
from tests.plots.studies import (
    ACCURACY,
    MEMORY,
    MadeUp,
    garden_study,
    line_study,
    map_study,
    named_study,
    sampled_study,
    wide_study,
)
from tests.plots.texts import check_texts

KINDS: dict[str, tuple[Callable[..., MadeUp], list[str]]] = {
    "map": (map_study, ["map-discovery"]),
    "garden": (garden_study, ["map-as it says"]),
    "lines": (line_study, ["means", "lead"]),
    "names": (named_study, ["dots-discovery"]),
    "sample": (
        sampled_study,
        [f"scatter-discovery-{factor}" for factor in (ACCURACY, MEMORY)],
    ),
    "three factors": (
        wide_study,
        [f"scatter-discovery-{factor}" for factor in (ACCURACY, MEMORY, "world.care_spread")],
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_number_and_kind_of_factors_choose_the_picture(kind: str) -> None:
    study, panels = KINDS[kind]
    assert [axes.get_gid() for axes in plot_study(study()).axes] == panels


def test_factor_with_one_level_is_none() -> None:
    levels: dict[str, Any] = {ACCURACY: [0.3], MEMORY: [5, 20, 80]}
    study = map_study(points=list(itertools.product(*levels.values())))
    assert [axes.get_gid() for axes in plot_study(study).axes] == ["means", "lead"]


@pytest.mark.parametrize("kind", KINDS)
def test_title_and_footer_say_what_was_run(kind: str) -> None:
    study = KINDS[kind][0]()
    figure = plot_study(study)
    assert words(figure, "title") == study.title
    footer = words(figure, "footer")
    runs = "12 pairs of runs" if study.cultures else "12 runs"
    for part in (study.scenario.name, f"{len(study.points)} design points with {runs} each"):
        assert part in footer.split(" · ")
    assert f"culturesim {culturesim.__version__}" in footer


def test_no_line_begins_with_the_sign_of_percent() -> None:
    for kind in KINDS:
        figure = plot_study(KINDS[kind][0]())
        (text,) = (t for t in figure.texts if t.get_gid() == "sentence")
        assert UNBROKEN not in text.get_text()
        assert not any(line.startswith("%") for line in text.get_text().split("\n"))


def test_other_metrics_must_have_been_recorded() -> None:
    with pytest.raises(ArgumentError, match="metric waste does not exist"):
        plot_study(map_study(), "waste")


def test_nothing_run_yet_is_said() -> None:
    study = map_study(left_out=range(1, 20))
    study.table["mean"] = float("nan")
    with pytest.raises(ArgumentError, match="no finished design point"):
        plot_study(study)


# --- what it must hold

CASES: dict[str, Callable[[], MadeUp]] = {
    "map": map_study,
    "map of noise": lambda: map_study(noise=200.0),
    "map of one pair": lambda: map_study(runs=1),
    "map without differences": lambda: map_study(noise=0.0, base=0.0),
    "map of five cultures": lambda: map_study(cultures=LONG),
    "map below zero": lambda: map_study(base=-100.0),
    "map of less": lambda: map_study(metric="waste"),
    "map of a share": lambda: map_study(metric="commitment_rate"),
    "map of neither": lambda: map_study(metric="effort_listening"),
    "half of a map": lambda: map_study(left_out=range(9)),
    "names without end": lambda: map_study(cultures=("x" * 60, "a_name_that_goes_on_and_on")),
    "long title": lambda: map_study(title="A study with a title that is much too long " * 4),
    "garden": garden_study,
    "garden of value": lambda: garden_study(metric="value_created"),
    "lines": line_study,
    "lines of five cultures": lambda: line_study(cultures=LONG),
    "lines of one pair": lambda: line_study(runs=1),
    "lines of noise": lambda: line_study(noise=500.0),
    "lines of less": lambda: line_study(metric="waste_share"),
    "some lines": lambda: line_study(left_out=[2, 3]),
    "line of a mean": lambda: line_study(cultures=()),
    "line of a garden": lambda: line_study(cultures=(), metric="final_culture", noise=20.0),
    "names": named_study,
    "names of five cultures": lambda: named_study(cultures=LONG),
    "names of a mean": lambda: named_study(cultures=()),
    "names of less": lambda: named_study(metric="waste"),
    "sample": sampled_study,
    "sample of a mean": lambda: sampled_study(cultures=()),
    "three factors": wide_study,
    "three factors of three cultures": lambda: wide_study(cultures=LONG[:3]),
}


@pytest.mark.parametrize("case", CASES)
def test_texts_are_large_and_none_overlaps_another_or_is_clipped(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_texts(plot_study(CASES[case]()), monkeypatch, least=8)


# --- files


@pytest.mark.parametrize("kind", KINDS)
def test_files_are_the_same_each_time(kind: str, tmp_path: Path) -> None:
    study = KINDS[kind][0]
    first = save_figure(plot_study(study()), tmp_path / "one", "study")
    second = save_figure(plot_study(study()), tmp_path / "two", "study")
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_path_says_what_is_written(tmp_path: Path) -> None:
    plot_study(line_study(), path=tmp_path / "a.png")
    assert [file.name for file in tmp_path.iterdir()] == ["a.png"]
    with pytest.raises(ArgumentError, match=r"path must end in \.png or \.svg"):
        plot_study(line_study(), path=tmp_path / "a.docx")


def test_drawing_loads_neither_pyplot_nor_the_engine() -> None:
    code = (
        "import sys, culturesim.plots.study; "
        "print([m for m in ('matplotlib.pyplot', 'culturesim.model.engine', 'mesa')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
