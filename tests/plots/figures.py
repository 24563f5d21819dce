"""Comparisons to draw whose numbers are made up, and finding what was drawn."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from culturesim.experiments.comparison import Comparison
from culturesim.model.measure import NAMES
from culturesim.model.results import Ensemble
from culturesim.scenario.load import load_scenario

CULTURES = ("execution", "discovery")
LONG = ("execution", "discovery", "lean_startup", "running_lean", "customer_development")


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


# --- how made-up records may be altered


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


# --- what was drawn


def panel(figure: Figure, gid: str) -> Axes:
    (axes,) = (axes for axes in figure.axes if axes.get_gid() == gid)
    return axes


def by_gid(artists: Any, gid: str) -> list[Any]:
    return [artist for artist in artists if artist.get_gid() == gid]


def words(figure: Figure, gid: str) -> str:
    (text,) = by_gid(figure.texts, gid)
    return " ".join(text.get_text().split())


def texts_drawn(
    figure: Figure, monkeypatch: pytest.MonkeyPatch, least: int
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


def check_texts(figure: Figure, monkeypatch: pytest.MonkeyPatch, least: int = 30) -> None:
    """Hold all texts to a size, to the page, and apart."""
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
