"""The picture of a twin says what the tables say, and holds whatever it is given."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

import culturesim as cs
from culturesim.experiments.twin_sentence import amount
from culturesim.plots.page import save_figure
from culturesim.plots.style import NOTHING, looks
from culturesim.plots.twin import plot_twin
from culturesim.plots.twin_band import MARKS
from tests.plots.figures import CULTURES, LONG, by_gid, panel, words
from tests.plots.lives import (
    all_broken,
    late,
    loss,
    made_up_life,
    never_a_number,
    nothing_ever,
    perfect,
)
from tests.plots.texts import check_texts


@pytest.fixture(scope="module")
def twin() -> cs.Twin:
    scenario = cs.load_scenario("baseline", {"world.cycles": 60, "world.customers": 60})
    return cs.twin(scenario, seed=1)


@pytest.fixture(scope="module")
def picture(twin: cs.Twin) -> Figure:
    return twin.plot()


def pieces(figure: Figure, culture: str) -> list[tuple[str, float, float, Any]]:
    """Outcome, first cycle, one past the last, and the rectangle of each piece of a strip."""
    found = []
    for patch in panel(figure, f"did-{culture}").patches:
        outcome = str(patch.get_gid()).removesuffix(f"-{culture}").replace("-", " ")
        left: Any = patch
        begin = left.get_x() + 0.5
        found.append((outcome, begin, begin + left.get_width(), left))
    return found


def test_two_bands_on_a_slide(picture: Figure) -> None:
    gids = [axes.get_gid() for axes in picture.axes]
    assert gids == [f"{what}-{culture}" for culture in CULTURES for what in ("fit", "did")]
    assert picture.get_size_inches() == pytest.approx([40 / 3, 7.5])


def test_words_are_the_twin_s(picture: Figure, twin: cs.Twin) -> None:
    assert words(picture, "title") == "The same customer under execution and under discovery"
    assert words(picture, "sentence") == twin.sentence
    assert f"customer {twin.row}" in words(picture, "footer").split(" · ")
    for culture in CULTURES:
        assert words(picture, f"name-{culture}") == culture
        value = amount(twin.parts.value[culture])
        assert words(picture, f"value-{culture}") == f"value by the end: {value}"


@pytest.mark.parametrize("culture", CULTURES)
def test_strip_is_what_the_customer_did(picture: Figure, twin: cs.Twin, culture: str) -> None:
    drawn: list[str] = []
    for outcome, begin, end, patch in pieces(picture, culture):
        assert begin == len(drawn)
        drawn += [outcome] * round(end - begin)
        assert patch.get_height() == MARKS[outcome].height
        face = to_hex(patch.get_facecolor())
        if outcome == "kept":
            assert face == looks(CULTURES)[culture].colour.lower()
        if outcome == "status quo":
            assert face == NOTHING
        assert bool(patch.get_hatch()) == (outcome == "indecision")
    outcomes = twin.life(culture)["outcome"]
    assert drawn == outcomes.tolist()
    assert outcomes.nunique() > 1
    (crosses,) = by_gid(panel(picture, f"did-{culture}").lines, f"crosses-{culture}")
    assert list(crosses.get_xdata()) == np.flatnonzero(outcomes == "broken").tolist()


def test_heights_tell_outcomes_apart_without_colour() -> None:
    marks = list(MARKS.values())
    assert len({(m.height, m.hatch, m.face == "white") for m in marks}) == len(marks)


@pytest.mark.parametrize("culture", CULTURES)
@pytest.mark.parametrize("column", ["best_fit", "standard", "status_quo"])
def test_lines_are_the_table_s(picture: Figure, twin: cs.Twin, culture: str, column: str) -> None:
    (line,) = by_gid(panel(picture, f"fit-{culture}").lines, f"{column}-{culture}")
    assert list(line.get_ydata()) == twin.life(culture)[column].tolist()


def test_scales_are_the_same_in_all_bands(picture: Figure) -> None:
    bands = [panel(picture, f"fit-{culture}") for culture in CULTURES]
    assert bands[0].get_ylim() == bands[1].get_ylim()
    strips = [panel(picture, f"did-{culture}") for culture in CULTURES]
    assert len({axes.get_xlim() for axes in (*bands, *strips)}) == 1


def test_place_where_the_lives_part_is_marked(picture: Figure, twin: cs.Twin) -> None:
    cycle = twin.parts.choice
    assert cycle is not None
    assert words(picture, "parting-words") == f"from here the lives differ (cycle {cycle})"
    marks = by_gid(picture.artists + picture.lines, "parting")
    assert len(marks) == 2
    axes = panel(picture, "did-execution")
    expected = picture.transFigure.inverted().transform(
        axes.transData.transform((cycle - 0.5, 0.0))
    )
    for mark in marks:
        assert list(mark.get_xdata()) == pytest.approx([expected[0]] * 2)


def test_nothing_is_marked_where_lives_are_the_same() -> None:
    figure = plot_twin(made_up_life(change=nothing_ever))
    assert not by_gid(figure.texts, "parting-words")
    assert not by_gid(figure.artists + figure.lines, "parting")


# --- teams


def test_a_team_has_three_panels_of_all_cultures() -> None:
    twin = made_up_life(kind="team")
    figure = plot_twin(twin)
    columns = ["alignment", "commitments", "cumulative_value"]
    assert [axes.get_gid() for axes in figure.axes] == columns
    for culture in CULTURES:
        life = twin.life(culture)
        for column in columns:
            (line,) = by_gid(panel(figure, column).lines, f"{column}-{culture}")
            drawn = np.asarray(line.get_ydata())
            expected = life[column].to_numpy()
            if column == "commitments":  # mean of the cycle, two before and two after
                padded = [expected[max(0, n - 2) : n + 3].mean() for n in range(len(expected))]
                expected = np.array(padded)
            np.testing.assert_allclose(drawn, expected)


# --- what it must hold

CASES: dict[str, dict[str, Any]] = {
    "two": {},
    "by number": {"picked": False},
    "five": {"cultures": LONG},
    "eight": {"cultures": (*LONG, "a", "b", "c")},
    "names without end": {"cultures": ("x" * 90, "a_name_that_goes_on_and_on_and_on")},
    "one cycle": {"cycles": 1},
    "two cycles": {"cycles": 2},
    "many cycles": {"cycles": 3000},
    "nothing ever": {"change": nothing_ever},
    "all broken": {"change": all_broken},
    "perfect": {"change": perfect},
    "loss": {"change": loss},
    "parted at the end": {"change": late},
    "formula in the label": {"changes": {"world.cycle_label": "5 $ and 6 $_"}},
    "team": {"kind": "team"},
    "team of five": {"kind": "team", "cultures": LONG},
    "team of eight": {"kind": "team", "cultures": (*LONG, "x" * 90, "y" * 90, "z" * 90)},
    "team of one cycle": {"kind": "team", "cycles": 1},
    "team that reaches nobody": {"kind": "team", "change": never_a_number},
    "team with a loss": {"kind": "team", "change": loss},
}


@pytest.mark.parametrize("case", CASES)
def test_texts_are_large_and_none_overlaps_another_or_is_clipped(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_texts(plot_twin(made_up_life(**CASES[case])), monkeypatch, least=20)


def test_files_are_the_same_each_time(twin: cs.Twin, tmp_path: Path) -> None:
    first = save_figure(plot_twin(twin), tmp_path / "a", "twin")
    second = save_figure(plot_twin(twin), tmp_path / "b", "twin")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    plot_twin(twin, tmp_path / "one.png")
    assert (tmp_path / "one.png").read_bytes() == first[0].read_bytes()
    with pytest.raises(cs.ArgumentError, match=r"path must end in \.png or \.svg"):
        plot_twin(twin, tmp_path / "a.docx")


def test_drawing_loads_neither_pyplot_nor_the_model() -> None:
    code = (
        "import sys, culturesim.plots.twin; "
        "print([m for m in ('matplotlib.pyplot', 'culturesim.model.simulate', 'mesa')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
