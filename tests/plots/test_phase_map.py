"""The phase map shows what the table says: colours by side, a veil where nothing is settled."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from matplotlib.colors import rgb_to_hsv, to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from culturesim.plots.study import plot_study
from culturesim.plots.style import contrast, looks
from tests.plots.figures import CULTURES, by_gid, panel, words
from tests.plots.studies import ACCURACY, MEMORY, MadeUp, garden_study, made_up_study, map_study


def cells(figure: Figure, gid: str) -> dict[tuple[int, int], tuple[str, Rectangle]]:
    """Kind and patch of every cell, by row and column."""
    found = {}
    for patch in panel(figure, gid).patches:
        kind, *place = str(patch.get_gid()).split("-")
        if kind in {"cell", "veil", "unrun"} and isinstance(patch, Rectangle):
            found[int(place[0]), int(place[1])] = kind, patch
    return found


def hue(colour: Any) -> float:
    return float(rgb_to_hsv(to_rgb(colour))[0])


def row_of(study: MadeUp, row: int, column: int) -> Any:
    """Row of the table behind a cell: accuracy goes to the right, memory upwards."""
    accuracy = sorted(set(study.points[ACCURACY]))[column]
    memory = sorted(set(study.points[MEMORY]))[row]
    table = study.table
    return table[(table[ACCURACY] == accuracy) & (table[MEMORY] == memory)].iloc[0]


def test_colour_is_that_of_the_culture_ahead() -> None:
    study = map_study()
    drawn = cells(plot_study(study), "map-discovery")
    assert len(drawn) == 20
    execution, discovery = (look.colour for look in looks(CULTURES).values())
    for (row, column), (kind, patch) in drawn.items():
        if kind == "cell":
            ahead = row_of(study, row, column)["difference"] > 0.0
            expected = hue(discovery if ahead else execution)
            assert hue(patch.get_facecolor()[:3]) == pytest.approx(expected, abs=0.02)


def test_less_waste_is_ahead() -> None:
    drawn = cells(plot_study(map_study(metric="waste")), "map-discovery")
    # At an accuracy of 0 there is most of it under discovery.
    assert hue(drawn[0, 0][1].get_facecolor()[:3]) == pytest.approx(hue("#D55E00"), abs=0.02)


@pytest.mark.parametrize("noise", [1.0, 30.0, 300.0])
def test_veil_lies_where_the_interval_covers_nothing_and_nowhere_else(noise: float) -> None:
    study = map_study(noise=noise)
    drawn = cells(plot_study(study), "map-discovery")
    kinds = set()
    for (row, column), (kind, patch) in drawn.items():
        said = row_of(study, row, column)
        covers = said["low"] <= 0.0 <= said["high"]
        assert kind == ("veil" if covers else "cell")
        assert bool(patch.get_hatch()) == covers
        kinds.add(kind)
    assert kinds == ({"veil"} if noise == 300.0 else {"veil", "cell"})


def test_veil_is_explained_only_where_there_is_one() -> None:
    assert by_gid(plot_study(map_study()).texts, "key-veil")
    levels: dict[str, Any] = {ACCURACY: [0.0, 0.1], MEMORY: [5, 50]}
    settled = made_up_study(levels, lambda at: 50.0)
    assert by_gid(plot_study(settled).texts, "key-veil") == []
    assert by_gid(plot_study(settled).texts, "key-even") == []


def test_darker_is_more_in_grey_as_well() -> None:
    drawn = cells(plot_study(map_study(noise=0.1)), "map-discovery")
    strengths = [contrast(to_hex(drawn[0, column][1].get_facecolor())) for column in range(5)]
    assert strengths[0] > strengths[1] > strengths[2]
    assert strengths[2] < strengths[3] < strengths[4]


def test_line_runs_where_both_are_even() -> None:
    (line,) = by_gid(panel(plot_study(map_study(noise=0.1)), "map-discovery").collections, "even")
    for path in line.get_paths():
        np.testing.assert_allclose(path.vertices[:, 0], 0.5, atol=0.01)


def test_sides_are_named_on_the_map() -> None:
    axes = panel(plot_study(map_study()), "map-discovery")
    ((behind,), (ahead,)) = by_gid(axes.texts, "region--1"), by_gid(axes.texts, "region-1")
    assert behind.get_text() == "execution\nahead"
    assert ahead.get_text() == "discovery\nahead"
    assert ahead.get_position()[0] < 0.45 < behind.get_position()[0]


def test_axes_say_what_the_schema_says_and_are_logarithmic_where_levels_are() -> None:
    axes = panel(plot_study(map_study()), "map-discovery")
    assert axes.get_xlabel() == "How much of the first belief is true (share)"
    meaning = "How long what is cared about lasts before it has drifted away"
    assert axes.get_ylabel() == f"{meaning} (cycles of one month)"
    np.testing.assert_allclose(axes.get_yticks(), np.log10([5, 20, 80, 320]))
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["5", "20", "80", "320"]


def test_what_has_not_been_run_is_grey_and_said() -> None:
    figure = plot_study(map_study(left_out=[0, 7]))
    kinds = [kind for kind, _ in cells(figure, "map-discovery").values()]
    assert kinds.count("unrun") == 2
    assert "Of 20 design points 2 have not been run (the grey cells)." in words(figure, "sentence")


def test_garden_shows_in_how_many_runs_the_culture_took_root() -> None:
    study = garden_study()
    figure = plot_study(study)
    drawn = cells(figure, "map-as it says")
    done = study.runs.assign(rooted=study.runs["final_culture"] > 0.5)
    shares = done.groupby("design_point")["rooted"].mean()
    dark: dict[Any, set[float]] = {}
    for point, share in shares.items():
        column, row = divmod(int(str(point)), 3)
        kind, patch = drawn[row, column]
        if share in (0.0, 1.0):
            assert kind == "cell"
            dark.setdefault(share, set()).add(contrast(to_hex(patch.get_facecolor())))
    assert max(dark[0.0]) < min(dark[1.0])
    assert "takes root in most runs" in words(figure, "sentence")
