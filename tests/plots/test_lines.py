"""Lines are the runs' medians, bands hold their middle, and names stand where lines end."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.collections import FillBetweenPolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

import culturesim
from culturesim.experiments.comparison import Comparison
from culturesim.model.measure import NAMES
from culturesim.plots.comparison import plot_comparison
from tests.plots.figures import (
    CULTURES,
    LONG,
    below_zero,
    by_gid,
    made_up,
    never_a_number,
    not_a_number_at_first,
    nothing_but_effort,
    panel,
    words,
)

LINES = ("alignment", "no_decision_rate", "value_created")


def median(figure: Figure, metric: str, culture: str) -> Line2D:
    (line,) = by_gid(panel(figure, metric).lines, f"median-{metric}-{culture}")
    assert isinstance(line, Line2D)
    return line


def test_cycle_is_called_what_the_scenario_calls_it() -> None:
    figure = plot_comparison(made_up(changes={"world.cycle_label": "week"}))
    assert panel(figure, "alignment").get_xlabel() == "cycle (week)"


# --- lines and bands


@pytest.mark.parametrize("metric", LINES)
@pytest.mark.parametrize("culture", CULTURES)
def test_line_is_the_median_of_the_runs(
    figure: Figure, comparison: Comparison, metric: str, culture: str
) -> None:
    drawn = np.asarray(median(figure, metric, culture).get_xydata())
    table = comparison.cycles
    expected = table[table["culture"] == culture].groupby("cycle")[metric].median()
    np.testing.assert_array_equal(drawn[:, 0], expected.index)
    np.testing.assert_allclose(drawn[:, 1], expected, rtol=1e-12)


def test_median_is_of_the_runs_that_have_a_value() -> None:
    drawn = made_up(change=not_a_number_at_first)
    line = np.asarray(median(plot_comparison(drawn), "alignment", "discovery").get_ydata())
    values = drawn.ensembles["discovery"].records[1:, :, 0, NAMES.index("alignment")]
    assert np.isnan(line[:5]).all()
    np.testing.assert_allclose(line[5:], np.median(values[:, 5:], axis=0))


def test_very_long_runs_are_drawn_with_few_points() -> None:
    line = median(plot_comparison(made_up(cycles=3000, runs=2)), "alignment", "execution")
    x = np.asarray(line.get_xdata())
    assert len(x) == 600
    assert (x[0], x[-1]) == (0, 2999)


def test_few_cycles_are_dots() -> None:
    assert median(plot_comparison(made_up(cycles=3)), "alignment", "execution").get_marker() == "o"
    assert median(plot_comparison(made_up()), "alignment", "execution").get_marker() == ""


@pytest.mark.parametrize("metric", LINES)
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


@pytest.mark.parametrize("metric", LINES)
def test_cultures_have_their_colours_and_dashes(figure: Figure, metric: str) -> None:
    execution, discovery = (median(figure, metric, culture) for culture in CULTURES)
    assert (execution.get_color(), execution.get_linestyle()) == ("#D55E00", "-")
    assert (discovery.get_color(), discovery.get_linestyle()) == ("#0072B2", "--")


# --- names


@pytest.mark.parametrize("metric", LINES)
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


def test_where_there_is_no_value_the_panel_says_so() -> None:
    axes = panel(plot_comparison(made_up(change=never_a_number)), "alignment")
    (missing,) = by_gid(axes.texts, "missing")
    assert missing.get_text() == "no values"
    assert by_gid(axes.texts, "label-execution") == []


# --- scales


def test_scales_begin_at_nothing(figure: Figure, comparison: Comparison) -> None:
    low, high = panel(figure, "value_created").get_ylim()
    table = comparison.cycles.groupby(["culture", "cycle"])["value_created"]
    assert low == 0.0
    assert high > table.quantile(0.9).max()
    assert panel(figure, "no_decision_rate").get_ylim() == (0.0, 1.0)
    assert panel(figure, "alignment").get_ylim() == (0.0, 1.0)
    for metric in LINES:
        assert panel(figure, metric).get_xlim() == (0.0, 39.0)


def test_nothing_has_a_scale_all_the_same() -> None:
    figure = plot_comparison(made_up(change=nothing_but_effort))
    assert panel(figure, "value_created").get_ylim() == (0.0, 1.0)


def test_value_below_zero_shows_the_zero_line() -> None:
    below = panel(plot_comparison(made_up(change=below_zero)), "value_created")
    assert below.get_ylim()[0] < 0.0
    (zero,) = by_gid(below.lines, "zero-value_created")
    assert list(zero.get_ydata()) == [0.0, 0.0]
    assert by_gid(panel(plot_comparison(made_up()), "value_created").lines, zero.get_gid()) == []
