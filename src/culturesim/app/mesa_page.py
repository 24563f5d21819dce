"""What `culturesim mesa-view` shows: Mesa's own page of a `CultureModel`, with a map and two lines.

Solara imports it by name; what is to be shown stands in the environment.
"""

from __future__ import annotations

import os
from typing import Any

import solara
from mesa.visualization import Slider, SolaraViz, make_plot_component
from mesa.visualization.utils import update_counter

from culturesim.app.mesa_map import draw_map
from culturesim.app.mesa_view import CULTURE, SCENARIO, SEED
from culturesim.model.model import CultureModel
from culturesim.scenario.load import load_scenario

VALUE, WASTE = "#009E73", "#E69F00"
LARGEST_SLIDER = 100


@solara.component
def Map(model: CultureModel) -> None:  # noqa: N802 - a component is spelt like a class
    """The map, drawn anew with each step."""
    update_counter.get()
    solara.FigureMatplotlib(draw_map(model))


def page() -> Any:
    """The page of the model that the environment names."""
    scenario = load_scenario(os.environ.get(SCENARIO, "baseline"))
    names = list(scenario.cultures)
    culture = os.environ.get(CULTURE) or names[0]
    seed = int(os.environ.get(SEED, "0"))
    chosen = {
        "scenario": scenario,
        "culture": {"type": "Select", "label": "Culture", "value": culture, "values": names},
        "seed": Slider("Seed", seed, 0, max(LARGEST_SLIDER, seed), 1),
    }
    lines = make_plot_component({"value_created": VALUE, "waste": WASTE})
    return SolaraViz(
        CultureModel(scenario, culture=culture, seed=seed),
        components=[Map, lines],
        model_params=chosen,
        name=scenario.title,
    )


@solara.component
def Page() -> None:  # noqa: N802 - Solara looks for this name
    """What Solara shows."""
    page()
