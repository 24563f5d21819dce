"""Lines of a study: means as the table has them, the best level with its uncertainty."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from culturesim.plots.study import plot_study
from culturesim.plots.study_optimum import optimum
from culturesim.plots.study_tables import read
from tests.plots.figures import CULTURES, by_gid, panel, words
from tests.plots.studies import MEMORY, hump, line_study, made_up_study, named_study


def test_lines_are_the_means_of_the_table() -> None:
    study = line_study()
    axes = panel(plot_study(study), "means")
    for culture, column in zip(CULTURES, ("base", "mean"), strict=True):
        (line,) = by_gid(axes.lines, f"mean-{culture}")
        np.testing.assert_allclose(line.get_xdata(), np.log10(study.points[MEMORY]))
        np.testing.assert_allclose(line.get_ydata(), study.table[column])


def test_lead_is_in_percent_of_the_base_with_its_interval() -> None:
    study = line_study()
    axes = panel(plot_study(study), "lead")
    (line,) = by_gid(axes.lines, "curve-discovery")
    np.testing.assert_allclose(line.get_ydata(), study.table["difference"] / study.table["base"])
    bands = by_gid(axes.collections, "band-discovery")
    assert len(bands) == 2  # of either side
    upper = max(path.vertices[:, 1].max() for band in bands for path in band.get_paths())
    assert upper == pytest.approx((study.table["high"] / study.table["base"]).max(), rel=1e-3)


def test_dots_are_hollow_where_nothing_is_settled() -> None:
    study = line_study(noise=20.0)
    axes = panel(plot_study(study), "lead")
    covers = (study.table["low"] <= 0.0) & (study.table["high"] >= 0.0)
    assert 0 < covers.sum() < len(covers)
    hollow = by_gid(axes.lines, "open-discovery")
    assert len(hollow) == covers.sum()
    assert {dot.get_markerfacecolor() for dot in hollow} == {"white"}
    assert len(by_gid(axes.lines, "settled-discovery")) == (~covers).sum()


def test_best_level_is_marked_with_all_that_may_be_as_good() -> None:
    axes = panel(plot_study(line_study(noise=5.0)), "lead")
    (star,) = by_gid(axes.lines, "best")
    assert star.get_xdata()[0] == pytest.approx(np.log10(20.0))
    (span,) = by_gid(axes.patches, "as-good")
    assert span.get_x() < np.log10(20.0) < span.get_x() + span.get_width()
    (said,) = by_gid(axes.texts, "best-words")
    assert said.get_text().startswith("greatest lead at 20")


def test_best_of_a_clear_study_is_alone_and_of_noise_is_open() -> None:
    clear, blurred = line_study(noise=0.01), line_study(noise=2000.0)
    found = optimum(clear, read(clear)[0])
    assert found is not None
    assert clear.points[MEMORY].iloc[found.best] == 20
    assert found.as_good == (found.best,)
    found = optimum(blurred, read(blurred)[0])
    assert found is not None
    assert len(found.as_good) > 4


@pytest.mark.statistical
def test_true_best_is_left_out_in_one_study_of_twenty_at_most() -> None:
    """400 studies of 10 pairs, seeds 0 to 399; the bound of 5 % would be 20 of them.

    More than 45 would come by chance with a probability below 1e-6 (binomial, 5 %).
    """
    study = made_up_study({MEMORY: [5, 10, 20, 40]}, hump, runs=10)
    reading = read(study)[0]
    best = 2
    missed = 0
    for seed in range(400):
        random = np.random.default_rng(seed)
        values = random.normal(100.0, 5.0, len(study.runs))
        other = study.runs["culture"] == "discovery"
        values[other] += study.runs.loc[other, MEMORY].map(lambda m: hump({MEMORY: m}) * 0.1)
        runs = study.runs.assign(value_created=values)
        found = optimum(replace(study, runs=runs), reading)
        assert found is not None
        missed += best not in found.as_good
    assert missed <= 45


def test_less_is_best_where_less_is_better() -> None:
    study = line_study(metric="waste", noise=0.01)
    found = optimum(study, read(study)[0])
    assert found is not None
    assert study.points[MEMORY].iloc[found.best] == 500


def test_single_run_has_no_best() -> None:
    study = line_study(runs=1)
    assert optimum(study, read(study)[0]) is None


def test_sentence_says_where_who_is_ahead_and_what_is_best() -> None:
    said = words(plot_study(line_study(noise=0.01)), "sentence")
    assert said.startswith("Discovery is ahead where care memory is 5 to 80; execution where it")
    assert "The lead of discovery is greatest at care memory 20 (+20 %)" in said


def test_end_of_the_range_is_said() -> None:
    study = made_up_study({MEMORY: [5, 10, 20]}, lambda at: float(at[MEMORY]))
    assert "an end of what was tried" in words(plot_study(study), "sentence")


def test_names_have_dots_on_the_side_of_who_is_ahead() -> None:
    figure = plot_study(named_study())
    axes = panel(figure, "dots-discovery")
    assert [tick.get_text() for tick in axes.get_yticklabels()] == [
        "champions",
        "cluster",
        "random",
    ]
    places = [float(dot.get_xdata()[0]) for dot in by_gid(axes.lines, "settled")]
    assert [place > 0.0 for place in places] == [True, False]
    assert len(by_gid(axes.lines, "open")) == 1
    assert words(figure, "sentence").startswith("Discovery is ahead for champions; execution for")
