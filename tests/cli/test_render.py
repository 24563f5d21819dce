"""What is printed fits the window, and JSON holds nothing that JSON has not."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from rich.console import Console

import culturesim as cs
from culturesim.cli import render


@pytest.fixture(scope="module")
def comparison() -> cs.Comparison:
    scenario = cs.load_scenario("baseline", {"world.cycles": 20, "world.customers": 40})
    return cs.compare(scenario, replications=4)


@pytest.mark.parametrize("width", [80, 116, 160])
def test_a_comparison_fits_the_window(
    width: int,
    comparison: cs.Comparison,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(render, "_console", lambda: Console(width=width))
    render.comparison(comparison, Path("out"), [Path("out/comparison.png")], as_json=False)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= width
    header = next(line for line in lines if line.startswith("per run"))
    for word in ("execution", "discovery", "difference", "95 % interval"):
        assert word in header
    assert ("pairing" in header) == (width >= render.ROOMY)
    value = next(line for line in lines if line.startswith("value_created"))
    mean = comparison.ensembles["execution"].values("value_created").mean()
    assert f"{mean:,.0f}" in value
    assert "…" not in "".join(lines)


def test_a_comparison_of_several_scenarios_fits_the_window(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    changes = {"world.cycles": 80, "world.customers": 20, "organizations.*.teams": 3}
    names = ("garden", "too-short", "mandate")
    several = cs.compare([cs.load_scenario(n, changes) for n in names], replications=2)
    for width in (90, 160):
        monkeypatch.setattr(render, "_console", lambda width=width: Console(width=width))
        render.comparison(several, Path("out"), [Path("out/comparison.png")], as_json=False)
        lines = capsys.readouterr().out.splitlines()
        assert max(map(len, lines)) <= width
        assert sum(line.startswith("value_created") for line in lines) == 2


def test_numbers_are_written_as_their_unit_asks() -> None:
    assert render._number(12345.6, "waste") == "12,346"
    assert render._number(12345.6, "waste", sign=True) == "+12,346"
    assert render._number(0.1234, "no_decision_rate") == "12.3 %"
    assert render._number(0.1234, "alignment") == "0.123"
    assert render._number(math.nan, "broken_promise_rate") == "-"


def test_json_has_neither_infinity_nor_not_a_number() -> None:
    value = render._finite({"a": [math.inf, -math.inf, math.nan, 1.5], 2: ("x", None)})
    assert value == {"a": ["inf", "-inf", None, 1.5], "2": ["x", None]}
    json.dumps(value, allow_nan=False)


def test_columns_are_listed_by_who_has_them() -> None:
    assert render._grouped(["teams.a", "customers.b", "teams.c"]) == "teams: a, c\ncustomers: b"
