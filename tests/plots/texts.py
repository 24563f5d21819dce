"""Texts that came to paper: large enough, whole, and none upon another."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox


def texts_drawn(
    figure: Figure, monkeypatch: pytest.MonkeyPatch, least: int = 15
) -> list[tuple[Text, Bbox]]:
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
    assert len(texts) > least
    return [(text, text.get_window_extent(canvas.get_renderer())) for text in texts]


def check_texts(figure: Figure, monkeypatch: pytest.MonkeyPatch, least: int = 15) -> None:
    """Draw a figure, and see that its texts can be read."""
    whole = figure.bbox
    texts = texts_drawn(figure, monkeypatch, least)
    for text, box in texts:
        said = text.get_text()
        assert float(text.get_fontsize()) >= 11.0, said
        assert whole.x0 <= box.x0 < box.x1 <= whole.x1, said
        assert whole.y0 <= box.y0 < box.y1 <= whole.y1, said
    for (one, a), (other, b) in itertools.combinations(texts, 2):
        wide = min(a.x1, b.x1) - max(a.x0, b.x0)
        high = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert wide <= 0.0 or high <= 0.0, (one.get_text(), other.get_text())
