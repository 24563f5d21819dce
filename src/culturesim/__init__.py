"""culturesim: what becomes of value when an organization executes, and when it discovers.

Everything public is here. What is heavy is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from culturesim.app.explore import explore
    from culturesim.errors import (
        ArgumentError,
        BehaviourError,
        CultureSimError,
        ResultError,
        ScenarioError,
    )
    from culturesim.experiments.compare import compare
    from culturesim.experiments.comparison import Comparison
    from culturesim.experiments.study import Study, load_study
    from culturesim.experiments.sweep import sweep
    from culturesim.experiments.sweep_plan import plan_sweep
    from culturesim.experiments.tournament import tournament
    from culturesim.experiments.tournament_result import Tournament
    from culturesim.experiments.twin import twin
    from culturesim.experiments.twin_result import Twin
    from culturesim.model.agents import Customer, Team
    from culturesim.model.model import CultureModel
    from culturesim.model.offers import Offer
    from culturesim.model.results import Ensemble, Run
    from culturesim.model.simulate import ensemble, simulate
    from culturesim.scenario import Scenario, bundled_scenarios, load_scenario

_HOMES = {
    "ArgumentError": "errors",
    "BehaviourError": "errors",
    "CultureSimError": "errors",
    "ResultError": "errors",
    "ScenarioError": "errors",
    "Scenario": "scenario",
    "bundled_scenarios": "scenario",
    "load_scenario": "scenario",
    "Comparison": "experiments.comparison",
    "compare": "experiments.compare",
    "Study": "experiments.study",
    "load_study": "experiments.study",
    "plan_sweep": "experiments.sweep_plan",
    "sweep": "experiments.sweep",
    "Tournament": "experiments.tournament_result",
    "tournament": "experiments.tournament",
    "Twin": "experiments.twin_result",
    "twin": "experiments.twin",
    "explore": "app.explore",
    "Ensemble": "model.results",
    "Run": "model.results",
    "ensemble": "model.simulate",
    "simulate": "model.simulate",
    "CultureModel": "model.model",
    "Customer": "model.agents",
    "Offer": "model.offers",
    "Team": "model.agents",
}

__all__ = [
    "ArgumentError",
    "BehaviourError",
    "Comparison",
    "CultureModel",
    "CultureSimError",
    "Customer",
    "Ensemble",
    "Offer",
    "ResultError",
    "Run",
    "Scenario",
    "ScenarioError",
    "Study",
    "Team",
    "Tournament",
    "Twin",
    "__version__",
    "bundled_scenarios",
    "compare",
    "ensemble",
    "explore",
    "load_scenario",
    "load_study",
    "plan_sweep",
    "simulate",
    "sweep",
    "tournament",
    "twin",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'culturesim' has no attribute {name!r}")
    value = getattr(import_module(f"culturesim.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
