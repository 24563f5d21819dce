"""The map of `culturesim mesa-view`, as a figure."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from culturesim.app.axes import Axes, axes_of
from culturesim.model.model import CultureModel

HOLLOW: dict[str, Any] = {"marker": "s", "s": 14, "facecolors": "none", "edgecolors": "#8a8a8a"}
TAKEN: dict[str, Any] = {"s": 16, "color": "#0072B2"}

_axes: dict[tuple[str, int], Axes] = {}


def _axes_of(model: CultureModel) -> Axes:
    key = model.spec.hash(), model.seed
    if key not in _axes:
        _axes.clear()
        _axes[key] = axes_of(model.setup, model.seed)
    return _axes[key]


def draw_map(model: CultureModel) -> Figure:
    """Customers and offers by what is cared about, in the two dimensions of the trainer's page.

    Parameters
    ----------
    model : CultureModel

    Returns
    -------
    matplotlib Figure
    """
    axes, state = _axes_of(model), model.state
    places = axes.place(state.customers.care)
    committed = state.customers.committed_to >= 0
    offers = axes.place_offers(state.teams.offer)[state.teams.record["offering"]]
    figure = Figure(figsize=(6, 5), layout="constrained")
    panel = figure.subplots()
    for some, look in ((~committed, HOLLOW), (committed, TAKEN)):
        panel.scatter(places[some, 0], places[some, 1], **look)
    panel.scatter(offers[:, 0], offers[:, 1], marker="^", s=60, color="black")
    x_low, x_high, y_low, y_high = axes.extent
    panel.set(xlim=(x_low, x_high), ylim=(y_low, y_high), xticks=[], yticks=[])
    done = f"cycle {model.cycle}: {int(np.count_nonzero(committed))} of {len(committed)} committed"
    panel.set_title(f"{done} (dots); triangles are offers", fontsize=10)
    return figure
