"""What the tests of figures share: one real comparison, and its figure."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from culturesim.experiments.compare import compare
from culturesim.experiments.comparison import Comparison
from culturesim.plots.comparison import plot_comparison
from culturesim.scenario.load import load_scenario
from tests.plots.figures import CULTURES


@pytest.fixture(scope="session")
def comparison() -> Comparison:
    scenario = load_scenario("baseline").override({"world.cycles": 40, "world.customers": 100})
    return compare(scenario, CULTURES, replications=6, seed=3)


@pytest.fixture(scope="session")
def figure(comparison: Comparison) -> Figure:
    return plot_comparison(comparison)
