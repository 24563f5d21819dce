"""The Figure says what it is of, holds whatever it is given, and is always the same file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

import culturesim
from culturesim.errors import ArgumentError
from culturesim.experiments.comparison import Comparison
from culturesim.plots.comparison import plot_comparison, save_figure
from tests.plots.figures import (
    LONG,
    all_wasted,
    below_zero,
    by_gid,
    huge,
    made_up,
    never_a_number,
    not_a_number_at_first,
    nothing_but_effort,
    panel,
    rivals,
    words,
)
from tests.plots.texts import check_texts

PANELS = ("value_created", "waste", "no_decision_rate", "alignment")


def test_panels_are_the_four(figure: Figure) -> None:
    assert [axes.get_gid() for axes in figure.axes] == list(PANELS)


def test_rivals_show_whom_customers_chose() -> None:
    """What customers leave undone is the same for all of them."""
    drawn = rivals()
    figure = plot_comparison(drawn)
    won = ("value_created", "waste", "commitment_rate", "alignment")
    assert tuple(axes.get_gid() for axes in figure.axes) == won
    for name in ("planner", "listener"):
        (line,) = by_gid(panel(figure, "commitment_rate").lines, f"median-commitment_rate-{name}")
        median = drawn.ensembles[name].quantiles("commitment_rate", [0.5])[0.5]
        assert list(line.get_ydata()) == pytest.approx(list(median))


def test_comparison_plots_itself(comparison: Comparison) -> None:
    assert [axes.get_gid() for axes in comparison.plot().axes] == list(PANELS)


def test_size_is_that_of_a_slide(figure: Figure) -> None:
    assert figure.get_size_inches() == pytest.approx([40 / 3, 7.5])


def test_title_and_sentence_are_the_comparison_s(figure: Figure, comparison: Comparison) -> None:
    assert words(figure, "title") == comparison.scenario.title
    assert words(figure, "sentence") == comparison.sentence


def test_sentence_says_names_without_underscores() -> None:
    drawn = made_up(LONG)
    assert words(plot_comparison(drawn), "sentence") == drawn.sentence.replace("_", " ")


def test_footer_says_where_it_comes_from(figure: Figure) -> None:
    footer = words(figure, "footer")
    for part in ("baseline", "6 replications", "seed 3", f"culturesim {culturesim.__version__}"):
        assert part in footer.split(" · ")
    assert footer.endswith("line: median; bands: middle 50 % and 80 % of runs")


def test_no_word_is_of_confidence(figure: Figure, comparison: Comparison) -> None:
    texts = [text.get_text() for text in figure.findobj(Text)]
    said = " ".join(texts).replace("\n", " ").replace(comparison.sentence, "").lower()
    assert "interval" not in said
    assert "confidence" not in said


# --- what it must hold


CASES: dict[str, dict[str, Any]] = {
    "two": {},
    "three": {"cultures": LONG[:2] + LONG[4:]},
    "five": {"cultures": LONG},
    "eight": {"cultures": (*LONG, "a", "b", "c")},
    "names without end": {"cultures": ("x" * 90, "a_name_that_goes_on_and_on_and_on")},
    "one run": {"runs": 1},
    "three cycles": {"cycles": 3},
    "one cycle": {"cycles": 1},
    "many cycles": {"cycles": 3000, "runs": 2},
    "nothing": {"change": nothing_but_effort},
    "not a number at first": {"change": not_a_number_at_first},
    "never a number": {"change": never_a_number},
    "below zero": {"change": below_zero},
    "all wasted": {"change": all_wasted, "cultures": LONG},
    "huge": {"change": huge},
    "long title": {"changes": {"title": "A market with a title that is much too long " * 5}},
    "formula in the title": {"changes": {"title": "5 $ and 6 $_"}},
    "no title": {"changes": {"title": ""}},
}


@pytest.mark.parametrize("name", ["head-to-head", "buy-in", "three-books"])
def test_texts_of_rivals_keep_apart(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    check_texts(plot_comparison(rivals(name)), monkeypatch)


@pytest.mark.parametrize("case", CASES)
def test_texts_are_large_and_none_overlaps_another_or_is_clipped(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_texts(plot_comparison(made_up(**CASES[case])), monkeypatch)


# --- files


def test_both_files_are_written_and_the_same_each_time(
    comparison: Comparison, tmp_path: Path
) -> None:
    first = save_figure(plot_comparison(comparison), tmp_path / "a" / "b", "figure")
    assert first == [tmp_path / "a" / "b" / "figure.png", tmp_path / "a" / "b" / "figure.svg"]
    with mpl.rc_context({"font.size": 30.0, "svg.hashsalt": "mine", "path.simplify": False}):
        second = save_figure(plot_comparison(comparison), tmp_path, "figure")
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_same_figure_saved_twice_is_the_same(figure: Figure, tmp_path: Path) -> None:
    first, second = (save_figure(figure, tmp_path, stem) for stem in ("one", "two"))
    assert [a.read_bytes() for a in first] == [b.read_bytes() for b in second]


def test_files_are_images_without_date_or_version(figure: Figure, tmp_path: Path) -> None:
    png, svg = (path.read_bytes() for path in save_figure(figure, tmp_path, "figure"))
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(png[16:20], "big") == 1920
    assert int.from_bytes(png[20:24], "big") == 1080
    assert b"atplotlib" not in png
    assert b"<svg" in svg
    assert b"<dc:date>" not in svg
    assert mpl.__version__.encode() not in svg
    assert b"<text" not in svg  # paths look the same without the font
    assert len(svg) < 500_000


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("a.png", {"a.png"}),
        ("a.SVG", {"a.svg"}),
        ("a", {"a.png", "a.svg"}),
    ],
)
def test_path_says_what_is_written(
    comparison: Comparison, tmp_path: Path, name: str, written: set[str]
) -> None:
    plot_comparison(comparison, tmp_path / name)
    assert {file.name for file in tmp_path.iterdir()} == written


def test_other_endings_are_refused(comparison: Comparison, tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=r"path must end in \.png or \.svg"):
        plot_comparison(comparison, tmp_path / "a.docx")
    assert list(tmp_path.iterdir()) == []


def settings() -> dict[str, Any]:
    now: Any = mpl.rcParams  # newer matplotlibs type every key
    return dict(now)


def test_user_s_settings_are_untouched(comparison: Comparison, tmp_path: Path) -> None:
    with mpl.rc_context({"font.size": 30.0, "axes.facecolor": "red"}):
        before = settings()
        save_figure(plot_comparison(comparison), tmp_path, "figure")
        assert settings() == before


def test_drawing_loads_neither_pyplot_nor_the_model() -> None:
    code = (
        "import sys, culturesim.plots.comparison as c; "
        "print([m for m in ('matplotlib.pyplot', 'culturesim.model.engine', 'mesa')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
