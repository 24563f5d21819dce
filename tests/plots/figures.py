"""Comparisons to draw whose numbers are made up, and finding what was drawn."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from culturesim.experiments.comparison import Comparison
from culturesim.model.measure import NAMES
from culturesim.model.results import Ensemble
from culturesim.scenario.leadership_parameters import window
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


# --- what is no comparison of cultures


def grown(records: Any, cycles: int) -> None:
    """Give cultures that rise, in each organization, and are practised as they are."""
    rise = np.linspace(0.05, 0.8, cycles)[:, np.newaxis]
    culture = records[..., NAMES.index("culture")]
    culture[:] = rise * (0.8 + 0.2 * culture)
    records[..., NAMES.index("practised")] = culture


def scenarios(
    *names: str,
    of: tuple[str, ...] = (),
    runs: int = 8,
    cycles: int = 200,
    changes: dict[str, Any] | None = None,
) -> Comparison:
    """Give a comparison of scenarios (`of`, if they are called otherwise); nothing is run."""
    random = np.random.default_rng(2)
    ensembles = {}
    for name, source in zip(names, of or names, strict=True):
        scenario = load_scenario(source).override({"world.cycles": cycles} | (changes or {}))
        if name == "left alone":
            scenario = scenario.override({"leadership": []})
        records = random.random((runs, cycles, len(scenario.organizations), len(NAMES)))
        grown(records, cycles)
        for action in scenario.leadership.values():
            first, end = window(action)
            if action.kind == "mandate":
                ordered = records[:, first : end or cycles, :, NAMES.index("practised")]
                np.maximum(ordered, action.strength, out=ordered)
        ensembles[name] = Ensemble(scenario, None, list(range(runs)), records)
    first_one = next(iter(ensembles.values())).scenario
    return Comparison(first_one, ensembles, 0, "scenarios")


def rivals(name: str = "head-to-head", changes: dict[str, Any] | None = None) -> Comparison:
    """Give a comparison of the organizations of a scenario; nothing is run."""
    scenario = load_scenario(name, changes)
    cycles, number = scenario.world.cycles, len(scenario.organizations)
    records = np.random.default_rng(3).random((8, cycles, number, len(NAMES)))
    grown(records, cycles)
    records[..., NAMES.index("effort")] = 10.0
    together = Ensemble(scenario, None, list(range(8)), records)
    parts = {organization: together.of(organization) for organization in scenario.organizations}
    return Comparison(scenario, parts, 0, "organizations")
