"""Results show themselves: briefly, in words and numbers that are theirs."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import culturesim as cs
from culturesim.model.numbers import number_words

pytestmark = pytest.mark.compiled


@pytest.fixture(scope="module")
def small() -> cs.Scenario:
    return cs.load_scenario("baseline", {"world.customers": 40, "world.cycles": 8})


@pytest.fixture(scope="module")
def results(small: cs.Scenario, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    design = {"factors": {"world.care_memory": [20, 240]}, "replications": 3}
    folder: Path = tmp_path_factory.mktemp("study")
    return {
        "run": cs.simulate(small, "discovery", 3),
        "ensemble": cs.ensemble(small, "discovery", 4),
        "comparison": cs.compare(small, replications=4),
        "three": cs.compare(small, ("execution", "discovery", "lean_startup"), 4),
        "rivals": cs.ensemble("head-to-head", replications=2),
        "twin": cs.twin(small),
        "team": cs.twin(small, team=1),
        "tournament": cs.tournament(["execution", "discovery"], small, 3),
        "study": cs.sweep(design, folder / "study", scenario=small),
    }


KINDS = (
    *("run", "ensemble", "comparison", "three", "rivals"),
    *("twin", "team", "tournament", "study"),
)


@pytest.mark.parametrize("kind", KINDS)
def test_it_shows_itself(kind: str, results: dict[str, Any]) -> None:
    shown = results[kind]._repr_html_()
    text = re.sub(r'src="data:[^"]*"', "", shown)
    assert 200 < len(text) < 10_000
    assert "nan" not in re.sub(r"<[^>]*>", "", text)
    assert text.count("<div") == text.count("</div>")
    assert text.count("<tr>") == text.count("</tr>")
    sentence = getattr(results[kind], "sentence", "")
    first = sentence.partition(".")[0].replace("_", " ")
    assert first in shown


def test_a_comparison_shows_sentence_table_and_figure(results: dict[str, Any]) -> None:
    comparison = results["comparison"]
    shown = comparison._repr_html_()
    mean = comparison.table.loc["effort", "execution"]
    assert f">{number_words(mean, 'effort')}<" in shown
    found = re.search(r'src="data:image/png;base64,([^"]*)"', shown)
    assert found is not None
    assert base64.b64decode(found[1]) == comparison.plot()._repr_png_()


def test_numbers_of_a_run_are_its_own(results: dict[str, Any]) -> None:
    run = results["run"]
    waste = run.summary["waste"][0]
    assert f">{number_words(waste, 'waste')}<" in run._repr_html_()


# --- figures and their axes


@pytest.mark.parametrize("kind", KINDS)
def test_every_plot_gives_axes_that_can_be_restyled(kind: str, results: dict[str, Any]) -> None:
    figure = results[kind].plot()
    assert Figure in type(figure).__mro__
    assert figure
    panels = list(figure)
    assert panels
    assert all(isinstance(axes, Axes) for axes in panels)
    assert list(np.ravel(figure)) == panels
    assert list(figure.panels.values()) == panels  # no two have the same name
    for n, (name, axes) in enumerate(figure.panels.items()):
        assert figure[name] is axes
        assert figure[n] is axes
    before = figure._repr_png_()
    figure[0].text(0.5, 0.5, "mine", transform=figure[0].transAxes)
    assert figure._repr_png_() != before


def test_a_panel_that_is_not_there(results: dict[str, Any]) -> None:
    figure = results["comparison"].plot()
    with pytest.raises(cs.ArgumentError) as caught:
        figure["value_creatd"]
    assert caught.value.nearest == "value_created"
    with pytest.raises(IndexError):
        figure[9]


@pytest.mark.parametrize("kind", ["run", "ensemble", "comparison", "three", "rivals"])
def test_metrics_can_be_chosen(kind: str, results: dict[str, Any]) -> None:
    result = results[kind]
    assert list(result.plot("trust").panels) == ["trust"]
    chosen = ["waste", "no_decision_rate", "broken_promise_rate"]
    assert list(result.plot(chosen).panels) == chosen
    for wrong in ("wast", [], ["value_per_effort"]):
        with pytest.raises(cs.ArgumentError):
            result.plot(wrong)


def test_lines_of_a_plot_are_the_numbers(results: dict[str, Any]) -> None:
    ensemble = results["ensemble"]
    axes = ensemble.plot("waste")["waste"]
    (median,) = [line for line in axes.lines if line.get_gid() == "median-waste-discovery"]
    np.testing.assert_allclose(median.get_ydata(), ensemble.quantiles("waste")[0.5])


# --- plans and replays


def test_a_plan_says_what_it_costs(small: cs.Scenario, tmp_path: Path) -> None:
    design = {"factors": {"world.care_memory": [20, 240]}, "replications": 3}
    plan = cs.plan_sweep(design, tmp_path / "none", scenario=small, workers=1)
    assert not (tmp_path / "none").exists()
    begin = "2 design points × 2 cultures × 3 replications = 12 runs; about "
    assert plan.sentence.startswith(begin)
    assert plan.sentence.replace("×", "×") in plan._repr_html_()
    with pytest.raises(cs.ArgumentError):
        cs.plan_sweep(design, tmp_path / "none", scenario=small, workers=0)


def test_a_study_plans_what_is_missing_and_replays_what_is_there(results: dict[str, Any]) -> None:
    study = results["study"]
    assert study.plan().sentence.endswith("all of them are there.")
    assert study.replay("1/discovery/2").equal
    assert "bit-equal" in study.replay("1/discovery/2").sentence


# --- help and the Tab key


@pytest.mark.parametrize("kind", KINDS)
def test_every_public_name_of_a_result_says_what_it_is(kind: str, results: dict[str, Any]) -> None:
    result = results[kind]
    names = [name for name in dir(type(result)) if not name.startswith("_")]
    assert "plot" in names
    silent = [name for name in names if not (getattr(type(result), name).__doc__ or "").strip()]
    assert silent == []


def test_everything_public_completes_and_has_help() -> None:
    assert set(dir(cs)) == set(cs.__all__)
    silent = [
        name
        for name in cs.__all__
        if name != "__version__" and not (getattr(cs, name).__doc__ or "").strip()
    ]
    assert silent == []
