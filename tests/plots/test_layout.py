"""Text is as wide as measured, lines keep to their width, labels keep apart."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg

from culturesim.plots.layout import shorten, spread, text_width, wrap
from culturesim.plots.style import Picture, styled

SENTENCE = (
    "Discovery created 1.9 times as much value as execution, and was ahead in 10 of 10 markets."
)


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_width_is_what_is_drawn(weight: str) -> None:
    with styled():
        picture = Picture(figsize=(13.0, 2.0), dpi=200)
        text = picture.text(0.0, 0.5, SENTENCE, fontsize=12.0, weight=weight)
        canvas: Any = FigureCanvasAgg(picture)
        drawn = text.get_window_extent(canvas.get_renderer()).width / 200
    assert text_width(SENTENCE, 12.0, weight) == pytest.approx(drawn, rel=0.02)


@pytest.mark.parametrize("width", [1.0, 3.0, 20.0])
def test_lines_keep_to_their_width_and_lose_no_word(width: float) -> None:
    lines = wrap(SENTENCE, 12.0, width)
    assert " ".join(lines) == SENTENCE
    assert max(text_width(line, 12.0) for line in lines) <= width * 1.005
    # No line could have taken the first word of the next.
    for line, below in itertools.pairwise(lines):
        assert text_width(f"{line} {below.split()[0]}", 12.0) > width * 0.995


def test_word_wider_than_a_line_is_cut() -> None:
    (line,) = wrap("x" * 500, 12.0, 2.0)
    assert line.endswith("…")
    assert 1.8 < text_width(line, 12.0) <= 2.0


def test_nothing_has_no_lines() -> None:
    assert wrap("  ", 12.0, 2.0) == []


def test_short_text_is_not_cut() -> None:
    assert shorten("execution", 12.0, 2.0) == "execution"


def test_labels_that_are_apart_stay() -> None:
    assert spread([0.8, 0.1, 0.5], 0.1, 0.0, 1.0) == pytest.approx([0.8, 0.1, 0.5])


def test_labels_on_one_spot_part_by_the_same_way() -> None:
    assert spread([0.5, 0.5], 0.2, 0.0, 1.0) == pytest.approx([0.4, 0.6])


def test_labels_at_the_end_stay_inside() -> None:
    assert spread([1.0, 1.0, 1.0], 0.1, 0.0, 1.0) == pytest.approx([0.8, 0.9, 1.0])
    assert spread([], 0.1, 0.0, 1.0) == []


@given(st.lists(st.floats(0.0, 1.0), max_size=5))
def test_labels_keep_their_order_and_distance(wanted: list[float]) -> None:
    placed = spread(wanted, 0.2, 0.0, 1.0)
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    heights = [placed[i] for i in order]
    assert all(b - a >= 0.2 - 1e-9 for a, b in itertools.pairwise(heights))
    assert all(-1e-9 <= y <= 1.0 + 1e-9 for y in placed)
