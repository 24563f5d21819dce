"""The Figure shows the tables' numbers, says what it shows, and holds whatever it is given."""

from __future__ import annotations

import itertools
import math
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import FillBetweenPolyCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox

import culturesim
from culturesim.errors import ArgumentError
from culturesim.experiments.compare import Comparison, compare
from culturesim.experiments.sentence import WASTE_WORDS
from culturesim.model.measure import NAMES
from culturesim.model.results import Ensemble
from culturesim.plots.comparison import plot_comparison, save_figure
from culturesim.scenario.load import load_scenario

CULTURES = ("execution", "discovery")
LONG = ("execution", "discovery", "lean_startup", "running_lean", "customer_development")
PANELS = ("value_created", "waste", "no_decision_rate", "alignment")
LINES = {"value_created", "no_decision_rate", "alignment"}
KINDS = ("waste_unaccepted", "waste_misdirected", "waste_broken")


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    scenario = load_scenario("baseline").override({"world.cycles": 40, "world.customers": 100})
    return compare(scenario, CULTURES, replications=6, seed=3)


@pytest.fixture(scope="module")
def figure(comparison: Comparison) -> Figure:
    return plot_comparison(comparison)


def made_up(
    cultures: tuple[str, ...] = CULTURES,
    runs: int = 8,
    cycles: int = 30,
    change: Callable[[dict[str, Any]], None] | None = None,
    changes: dict[str, Any] | None = None,
) -> Comparison:
    """Give a comparison whose records are drawn, not run; `change` may alter each culture's."""
    scenario = load_scenario("baseline").override({"world.cycles": cycles} | (changes or {}))
    random = np.random.default_rng(1)
    ensembles = {}
    for n, culture in enumerate(cultures):
        records = random.random((runs, cycles, 1, len(NAMES)))
        named = {name: records[:, :, 0, m] for m, name in enumerate(NAMES)}  # views
        named["value_created"] *= 100.0 * (n + 1)
        named["effort"][:] = 10.0
        named["waste_unaccepted"] *= 6.0
        named["waste_misdirected"] *= 0.8
        named["waste_broken"] *= 0.01
        if change is not None:
            change(named)
        ensembles[culture] = Ensemble(scenario, culture, list(range(runs)), records)
    return Comparison(scenario, ensembles, 0)


def table_of(comparison: Comparison) -> Callable[[str, str], float]:
    """Give a function of metric and culture: the mean over the runs that the table has."""
    table: Any = comparison.table
    return lambda metric, culture: float(table.loc[metric, culture])


def settings() -> dict[str, Any]:
    now: Any = mpl.rcParams  # newer matplotlibs type every key
    return dict(now)


def panel(figure: Figure, gid: str) -> Axes:
    (axes,) = (axes for axes in figure.axes if axes.get_gid() == gid)
    return axes


def by_gid(artists: Any, gid: str) -> list[Any]:
    return [artist for artist in artists if artist.get_gid() == gid]


def words(figure: Figure, gid: str) -> str:
    (text,) = by_gid(figure.texts, gid)
    return " ".join(text.get_text().split())


def median(figure: Figure, metric: str, culture: str) -> Line2D:
    (line,) = by_gid(panel(figure, metric).lines, f"median-{metric}-{culture}")
    assert isinstance(line, Line2D)
    return line


# --- what is said


def test_panels_are_the_four(figure: Figure) -> None:
    assert [axes.get_gid() for axes in figure.axes] == list(PANELS)


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


@pytest.mark.parametrize(
    ("gid", "x", "y", "title"),
    [
        ("value_created", "cycle (month)", "resources per cycle", "Value created for customers"),
        (
            "no_decision_rate",
            "cycle (month)",
            "share of customers per cycle",
            "Customers that did nothing",
        ),
        (
            "alignment",
            "cycle (month)",
            "alignment (0: not at all, 1: fully)",
            "How well teams know what customers care about",
        ),
        ("waste", "share of all effort", "", "Effort wasted, by kind"),
    ],
)
def test_axes_name_what_they_show_and_its_unit(
    figure: Figure, gid: str, x: str, y: str, title: str
) -> None:
    axes = panel(figure, gid)
    assert axes.get_xlabel() == x
    assert axes.get_ylabel() == y
    assert words(figure, f"title-{gid}") == title


def test_cycle_is_called_what_the_scenario_calls_it() -> None:
    figure = plot_comparison(made_up(changes={"world.cycle_label": "week"}))
    assert panel(figure, "alignment").get_xlabel() == "cycle (week)"


def test_kinds_of_waste_have_the_sentence_s_words(figure: Figure) -> None:
    (legend,) = figure.legends
    said = [text.get_text() for text in legend.get_texts()]
    assert said == [*WASTE_WORDS.values(), "spent on learning (not counted as waste)"]
    hatches = [handle.get_hatch() for handle in legend.get_patches()]
    assert len(set(hatches)) == len(hatches)


# --- what is drawn


@pytest.mark.parametrize("metric", sorted(LINES))
@pytest.mark.parametrize("culture", CULTURES)
def test_line_is_the_median_of_the_runs(
    figure: Figure, comparison: Comparison, metric: str, culture: str
) -> None:
    drawn = np.asarray(median(figure, metric, culture).get_xydata())
    table = comparison.cycles
    expected = table[table["culture"] == culture].groupby("cycle")[metric].median()
    np.testing.assert_array_equal(drawn[:, 0], expected.index)
    np.testing.assert_allclose(drawn[:, 1], expected, rtol=1e-12)


@pytest.mark.parametrize("metric", sorted(LINES))
def test_bands_hold_the_middle_80_and_50_percent(
    figure: Figure, comparison: Comparison, metric: str
) -> None:
    bands = panel(figure, metric).findobj(FillBetweenPolyCollection)
    assert len(bands) == 4
    table = comparison.cycles
    expected = [
        table[table["culture"] == culture]
        .groupby("cycle")[metric]
        .quantile(np.array([low, high]))
        .unstack()
        for culture in CULTURES
        for low, high in ((0.1, 0.9), (0.25, 0.75))
    ]
    for band, wanted in zip(bands, expected, strict=True):
        assert isinstance(band, FillBetweenPolyCollection)
        (path,) = band.get_paths()
        vertices = np.asarray(path.vertices)
        for cycle, edges in wanted.iterrows():
            at = vertices[vertices[:, 0] == cycle, 1]
            assert [at.min(), at.max()] == pytest.approx(list(edges))


@pytest.mark.parametrize("metric", sorted(LINES))
def test_cultures_have_their_colours_and_dashes(figure: Figure, metric: str) -> None:
    execution, discovery = (median(figure, metric, culture) for culture in CULTURES)
    assert (execution.get_color(), execution.get_linestyle()) == ("#D55E00", "-")
    assert (discovery.get_color(), discovery.get_linestyle()) == ("#0072B2", "--")


@pytest.mark.parametrize("metric", sorted(LINES))
def test_names_stand_at_the_ends_of_the_lines(figure: Figure, metric: str) -> None:
    axes = panel(figure, metric)
    assert axes.get_legend() is None
    places = {}
    for culture in CULTURES:
        (label,) = by_gid(axes.texts, f"label-{culture}")
        assert label.get_text() == culture
        places[culture] = label.get_position()
        assert places[culture][0] > 1.0
        (lead,) = by_gid(axes.lines, f"lead-{culture}")
        end = np.asarray(median(figure, metric, culture).get_xydata())[-1]
        on_axes = axes.transAxes.inverted().transform(axes.transData.transform(end))
        assert lead.get_xydata()[0] == pytest.approx(on_axes)
        assert lead.get_xydata()[-1][1] == pytest.approx(places[culture][1])
    ends = {c: np.asarray(median(figure, metric, c).get_ydata())[-1] for c in CULTURES}
    order = sorted(CULTURES, key=lambda culture: ends[culture])
    assert places[order[0]][1] < places[order[1]][1]


def test_scales_begin_at_nothing(figure: Figure, comparison: Comparison) -> None:
    low, high = panel(figure, "value_created").get_ylim()
    table = comparison.cycles.groupby(["culture", "cycle"])["value_created"]
    assert low == 0.0
    assert high > table.quantile(0.9).max()
    assert panel(figure, "no_decision_rate").get_ylim() == (0.0, 1.0)
    assert panel(figure, "alignment").get_ylim() == (0.0, 1.0)
    assert panel(figure, "waste").get_xlim() == (0.0, 1.0)
    for metric in LINES:
        assert panel(figure, metric).get_xlim() == (0.0, 39.0)


def test_shares_are_written_in_percent(figure: Figure) -> None:
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    for ticks in (
        panel(figure, "no_decision_rate").get_yticklabels(),
        panel(figure, "waste").get_xticklabels(),
    ):
        assert [tick.get_text() for tick in ticks] == ["0 %", "25 %", "50 %", "75 %", "100 %"]


def test_bars_are_the_table_s_waste(figure: Figure, comparison: Comparison) -> None:
    """Effort is the same in all runs, so that pooled shares are the table's means by its effort."""
    axes = panel(figure, "waste")
    mean = table_of(comparison)
    for n, culture in enumerate(CULTURES):
        effort = mean("effort", culture)
        start = 0.0
        for kind in KINDS:
            bar = by_gid(axes.patches, f"bar-{kind}")[n]
            assert isinstance(bar, Rectangle)
            assert bar.get_x() == pytest.approx(start)
            assert bar.get_width() == pytest.approx(mean(kind, culture) / effort)
            start += bar.get_width()
        learning = by_gid(axes.patches, "bar-learning")[n]
        spent = mean("effort_listening", culture) + mean("effort_testing", culture)
        assert (learning.get_x(), learning.get_width()) == pytest.approx((0.0, spent / effort))
        assert learning.get_height() < by_gid(axes.patches, f"bar-{KINDS[0]}")[n].get_height()


def test_numbers_written_are_the_table_s(figure: Figure, comparison: Comparison) -> None:
    axes = panel(figure, "waste")
    mean = table_of(comparison)
    totals = [text.get_text() for text in by_gid(axes.texts, "total")]
    assert totals == [f"{100 * mean('waste_share', culture):.0f} %" for culture in CULTURES]
    spent = {kind: [mean(kind, c) / mean("effort", c) for c in CULTURES] for kind in KINDS}
    listening, testing = "effort_listening", "effort_testing"
    spent["learning"] = [
        (mean(listening, c) + mean(testing, c)) / mean("effort", c) for c in CULTURES
    ]
    for name, shares in spent.items():
        written = [text.get_text() for text in by_gid(axes.texts, f"share-{name}")]
        assert written == [
            f"{100 * share:.{0 if share >= 0.0095 else 1}f} %"
            for share in shares
            if share >= 0.0005
        ]
        assert written


def test_kinds_of_waste_can_be_told_apart_in_grey(figure: Figure) -> None:
    axes = panel(figure, "waste")
    first = [by_gid(axes.patches, f"bar-{kind}")[0] for kind in KINDS]
    assert to_hex(first[0].get_facecolor()) == "#e69f00"
    assert len({bar.get_hatch() for bar in first}) == len(KINDS)
    assert by_gid(axes.patches, "bar-learning")[0].get_hatch()


# --- what it must hold


def nothing_but_effort(named: dict[str, Any]) -> None:
    for name, values in named.items():
        if name != "effort":
            values[:] = 0.0


def not_a_number_at_first(named: dict[str, Any]) -> None:
    named["alignment"][:, :5] = math.nan
    named["alignment"][0] = math.nan


def never_a_number(named: dict[str, Any]) -> None:
    named["alignment"][:] = math.nan


def below_zero(named: dict[str, Any]) -> None:
    named["value_created"] -= 20.0


def all_wasted(named: dict[str, Any]) -> None:
    named["waste_unaccepted"][:] = 9.3
    named["waste_misdirected"][:] = 0.4
    named["waste_broken"][:] = 0.3


def huge(named: dict[str, Any]) -> None:
    named["value_created"] *= 1e6


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


def texts_drawn(figure: Figure, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Text, Bbox]]:
    """Draw a figure, and give the texts that came to paper: ticks outside of a scale do not."""
    drawn: list[Text] = []
    draw: Any = Text.draw

    def note(self: Text, *arguments: Any, **named: Any) -> None:
        if self.get_visible() and self.get_text():
            drawn.append(self)
        draw(self, *arguments, **named)

    canvas: Any = FigureCanvasAgg(figure)
    with monkeypatch.context() as patch:
        patch.setattr(Text, "draw", note)
        canvas.draw()
    texts = list(dict.fromkeys(drawn))
    assert len(texts) > 30
    return [(text, text.get_window_extent(canvas.get_renderer())) for text in texts]


@pytest.mark.parametrize("case", CASES)
def test_texts_are_large_and_none_overlaps_another_or_is_clipped(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = plot_comparison(made_up(**CASES[case]))
    whole = figure.bbox
    texts = texts_drawn(figure, monkeypatch)
    for text, box in texts:
        said = text.get_text()
        assert float(text.get_fontsize()) >= 11.0, said
        assert whole.x0 <= box.x0 < box.x1 <= whole.x1, said
        assert whole.y0 <= box.y0 < box.y1 <= whole.y1, said
    for (one, a), (other, b) in itertools.combinations(texts, 2):
        wide = min(a.x1, b.x1) - max(a.x0, b.x0)
        high = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert wide <= 0.0 or high <= 0.0, (one.get_text(), other.get_text())


def test_one_run_has_no_bands() -> None:
    figure = plot_comparison(made_up(runs=1))
    assert figure.findobj(FillBetweenPolyCollection) == []
    assert words(figure, "footer").endswith(
        f"1 replication · seed 0 · culturesim {culturesim.__version__} · line: the only run"
    )


def test_many_cultures_have_one_band_each_and_say_so() -> None:
    figure = plot_comparison(made_up(LONG))
    bands = panel(figure, "alignment").findobj(FillBetweenPolyCollection)
    assert len(bands) == len(LONG)
    assert words(figure, "footer").endswith("line: median; band: middle 50 % of runs")


def test_few_cycles_are_dots() -> None:
    assert median(plot_comparison(made_up(cycles=3)), "alignment", "execution").get_marker() == "o"
    assert median(plot_comparison(made_up()), "alignment", "execution").get_marker() == ""


def test_value_below_zero_shows_the_zero_line() -> None:
    below = panel(plot_comparison(made_up(change=below_zero)), "value_created")
    assert below.get_ylim()[0] < 0.0
    (zero,) = by_gid(below.lines, "zero-value_created")
    assert list(zero.get_ydata()) == [0.0, 0.0]
    assert by_gid(panel(plot_comparison(made_up()), "value_created").lines, zero.get_gid()) == []


def test_nothing_has_a_scale_all_the_same() -> None:
    figure = plot_comparison(made_up(change=nothing_but_effort))
    assert panel(figure, "value_created").get_ylim() == (0.0, 1.0)
    totals = by_gid(panel(figure, "waste").texts, "total")
    assert [text.get_text() for text in totals] == ["0 %", "0 %"]


def test_median_is_of_the_runs_that_have_a_value() -> None:
    drawn = made_up(change=not_a_number_at_first)
    line = np.asarray(median(plot_comparison(drawn), "alignment", "discovery").get_ydata())
    values = drawn.ensembles["discovery"].records[1:, :, 0, NAMES.index("alignment")]
    assert np.isnan(line[:5]).all()
    np.testing.assert_allclose(line[5:], np.median(values[:, 5:], axis=0))


def test_where_there_is_no_value_the_panel_says_so() -> None:
    axes = panel(plot_comparison(made_up(change=never_a_number)), "alignment")
    (missing,) = by_gid(axes.texts, "missing")
    assert missing.get_text() == "no values"
    assert by_gid(axes.texts, "label-execution") == []


def test_very_long_runs_are_drawn_with_few_points() -> None:
    line = median(plot_comparison(made_up(cycles=3000, runs=2)), "alignment", "execution")
    x = np.asarray(line.get_xdata())
    assert len(x) == 600
    assert (x[0], x[-1]) == (0, 2999)


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


def test_user_s_settings_are_untouched(comparison: Comparison, tmp_path: Path) -> None:
    with mpl.rc_context({"font.size": 30.0, "axes.facecolor": "red"}):
        before = settings()
        save_figure(plot_comparison(comparison), tmp_path, "figure")
        assert settings() == before


def test_drawing_loads_neither_pyplot_nor_the_model() -> None:
    code = (
        "import sys, culturesim.plots.comparison as c; "
        "print([m for m in ('matplotlib.pyplot', 'culturesim.model.simulate', 'mesa')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_comparison_plots_itself(comparison: Comparison) -> None:
    assert [axes.get_gid() for axes in comparison.plot().axes] == list(PANELS)
