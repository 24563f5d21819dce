"""Bundled sweeps say what they are for, vary what there is, and are no scenarios."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import culturesim as cs
from culturesim.model.results import RUN_NAMES

FOLDER = Path(__file__).parents[2] / "scenarios" / "sweeps"
FILES = {path.stem: path for path in sorted(FOLDER.glob("*.toml"))}
CLAIMS = {"crossover", "how-much-discovery", "status-quo", "turbulence", "tipping", "mandates"}
KEYS = {"title", "about", "expect", "scenario", "cultures", "replications", "seed", "record"}


def sweep(name: str) -> dict[str, Any]:
    return tomllib.loads(FILES[name].read_text(encoding="utf-8"))


def ends(factor: Any) -> list[Any]:
    """First and last level."""
    levels = factor if isinstance(factor, list) else factor.get("levels")
    return [levels[0], levels[-1]] if isinstance(levels, list) else [factor["low"], factor["high"]]


def corners(written: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Changes at both ends of every factor, the others at their first level."""
    factors = written["factors"]
    for which in range(2):
        changes = {}
        for name, factor in factors.items():
            paths = factor.get("paths", [name]) if isinstance(factor, dict) else [name]
            changes.update(dict.fromkeys(paths, ends(factor)[which]))
        yield changes


def test_every_claim_has_its_sweep() -> None:
    assert set(FILES) >= CLAIMS | {"champions"}


def test_sweeps_are_no_scenarios() -> None:
    assert not set(cs.bundled_scenarios()) & set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_it_says_what_it_is_for(name: str) -> None:
    written = sweep(name)
    assert set(written) - {"overrides"} == KEYS | {"sampler", "factors"}
    assert 10 < len(written["title"]) < 70
    assert len(written["about"].split()) > 10
    assert len(written["expect"].split()) > 20
    assert written["replications"] >= 50
    assert set(written["record"]) <= set(RUN_NAMES)


@pytest.mark.parametrize("name", FILES)
def test_its_ends_are_scenarios(name: str) -> None:
    written = sweep(name)
    base = cs.load_scenario(written["scenario"]).override(written.get("overrides", {}))
    changed = [base.override(changes) for changes in corners(written)]
    assert changed[0] != changed[1]
    for culture in written["cultures"]:
        assert culture in base.cultures
