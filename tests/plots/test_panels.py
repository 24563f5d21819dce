"""Every panel says what it shows, in which unit, and of which cultures."""

from __future__ import annotations

from typing import Any

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from culturesim.plots.panels import NAME_WIDTH, label_width, labels, number
from tests.plots.figures import panel, words


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


def test_shares_are_written_in_percent(figure: Figure) -> None:
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    for ticks in (
        panel(figure, "no_decision_rate").get_yticklabels(),
        panel(figure, "waste").get_xticklabels(),
    ):
        assert [tick.get_text() for tick in ticks] == ["0 %", "25 %", "50 %", "75 %", "100 %"]


def test_labels_have_no_underscores_and_are_cut() -> None:
    names = labels(["lean_startup", "x" * 90])
    assert names["lean_startup"] == "lean startup"
    assert names["x" * 90].endswith("x…")
    assert label_width(names.values()) <= NAME_WIDTH


@pytest.mark.parametrize(
    ("value", "percent", "text"),
    [(0.25, True, "25 %"), (0.25, False, "0.25"), (-1500.0, False, "−1,500")],
)
def test_number_is_written_as_one_reads_it(value: float, percent: bool, text: str) -> None:
    assert number(value, percent) == text
