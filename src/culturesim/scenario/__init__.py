"""The door: scenario files come in here and nowhere else, and leave as a checked `Scenario`."""

from culturesim.scenario.load import bundled_scenarios, load_scenario
from culturesim.scenario.overrides import parse_override
from culturesim.scenario.schema import Scenario

__all__ = ["Scenario", "bundled_scenarios", "load_scenario", "parse_override"]
