"""Bars of waste are the table's numbers, and can be told apart without colour."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from culturesim.experiments.comparison import Comparison
from culturesim.experiments.sentence import WASTE_WORDS
from culturesim.plots.comparison import plot_comparison
from tests.plots.figures import CULTURES, by_gid, made_up, nothing_but_effort, panel

KINDS = ("waste_unaccepted", "waste_misdirected", "waste_broken")


def table_of(comparison: Comparison) -> Callable[[str, str], float]:
    """Give a function of metric and culture: the mean over the runs that the table has."""
    table: Any = comparison.table
    return lambda metric, culture: float(table.loc[metric, culture])


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


def test_scale_is_all_effort(figure: Figure) -> None:
    assert panel(figure, "waste").get_xlim() == (0.0, 1.0)


def test_no_waste_is_written_as_such() -> None:
    figure = plot_comparison(made_up(change=nothing_but_effort))
    totals = by_gid(panel(figure, "waste").texts, "total")
    assert [text.get_text() for text in totals] == ["0 %", "0 %"]


def test_kinds_of_waste_have_the_sentence_s_words(figure: Figure) -> None:
    (legend,) = figure.legends
    said = [text.get_text() for text in legend.get_texts()]
    assert said == [*WASTE_WORDS.values(), "spent on learning (not counted as waste)"]
    hatches = [handle.get_hatch() for handle in legend.get_patches()]
    assert len(set(hatches)) == len(hatches)


def test_kinds_of_waste_can_be_told_apart_in_grey(figure: Figure) -> None:
    axes = panel(figure, "waste")
    first = [by_gid(axes.patches, f"bar-{kind}")[0] for kind in KINDS]
    assert to_hex(first[0].get_facecolor()) == "#e69f00"
    assert len({bar.get_hatch() for bar in first}) == len(KINDS)
    assert by_gid(axes.patches, "bar-learning")[0].get_hatch()
