"""The figure of a tournament shows what its tables say, whatever it is given."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

import culturesim as cs
from culturesim.plots.page import save_figure
from culturesim.plots.payoffs import MARKS, WORDS, format_payoff
from culturesim.plots.style import INK, contrast, looks
from culturesim.plots.tournament import plot_tournament
from tests.experiments.made_up import made_up
from tests.plots.figures import LONG, by_gid, panel, words
from tests.plots.texts import check_texts

RPS = [[1.0, 0.0, 2.0], [2.0, 1.0, 0.0], [0.0, 2.0, 1.0]]
DOUBT = [[2.0, 2.0, 3.0], [1.999, 2.0, 3.0], [1.0, 1.0, 1.0]]
EIGHT = np.random.default_rng(0).normal(2.0, 0.02, (8, 8))
MANY = (*LONG, "mine", "a_name_that_goes_on_and_on_and_on", "x" * 60)


@pytest.fixture(scope="module")
def tournament() -> cs.Tournament:
    return made_up(DOUBT, ("discovery", "mine", "execution"), noise=0.2)


@pytest.fixture(scope="module")
def figure(tournament: cs.Tournament) -> Figure:
    return tournament.plot()


def cell_text(figure: Figure, kind: str, row: int, column: int) -> Any:
    (text,) = by_gid(panel(figure, "payoffs").texts, f"{kind}-{row}-{column}")
    return text


def test_panels_are_the_three(figure: Figure) -> None:
    assert [axes.get_gid() for axes in figure.axes] == ["payoffs", "ranking", "shares"]
    assert figure.get_size_inches() == pytest.approx([40 / 3, 7.5])


def test_words_are_the_tournament_s(figure: Figure, tournament: cs.Tournament) -> None:
    assert words(figure, "title") == tournament.scenario.title
    assert words(figure, "sentence") == tournament.sentence.replace("_", " ")
    assert "12 replications of each market" in words(figure, "footer")
    assert words(figure, "unit-payoffs") == "value created per unit of effort"


def test_cells_have_the_payoffs_and_say_who_wins(figure: Figure, tournament: cs.Tournament) -> None:
    order = list(tournament.ranking.index)
    table = tournament.table.set_index(["contestant", "against"])
    seen = set()
    for i, mine in enumerate(order):
        for j, other in enumerate(order):
            row = table.loc[(mine, other)]
            assert cell_text(figure, "payoff", i, j).get_text() == f"{row['mean']:.2f}"
            said = cell_text(figure, "verdict", i, j).get_text()
            low, high = row["difference_low"], row["difference_high"]
            right = "wins" if low > 0.0 else "loses" if high < 0.0 else "open"
            assert said == ("alone" if i == j else right)
            seen.add(said)
    assert seen == {*WORDS.values(), "alone"}


def test_only_what_is_not_settled_is_hatched(figure: Figure, tournament: cs.Tournament) -> None:
    for i, j in itertools.product(range(3), repeat=2):
        (cell,) = by_gid(panel(figure, "payoffs").patches, f"cell-{i}-{j}")
        is_open = cell_text(figure, "verdict", i, j).get_text() == "open"
        assert bool(cell.get_hatch()) == is_open


def test_a_greater_payoff_is_darker_and_text_can_be_read_on_it() -> None:
    figure = made_up(RPS).plot()
    shades = {}
    for i, j in itertools.product(range(3), repeat=2):
        (cell,) = by_gid(panel(figure, "payoffs").patches, f"cell-{i}-{j}")
        shade = contrast(cell.get_facecolor())
        shades[cell_text(figure, "payoff", i, j).get_text()] = shade
        assert contrast(INK) / shade >= 4.5
    assert shades["2.00"] > shades["1.00"] > shades["0.00"]


def test_bars_are_the_ranking(figure: Figure, tournament: cs.Tournament) -> None:
    axes = panel(figure, "ranking")
    styles = looks(list(tournament.ranking.index))
    for row, (name, result) in enumerate(tournament.ranking.iterrows()):
        (bar,) = by_gid(axes.patches, f"bar-{row}")
        assert bar.get_width() == pytest.approx(result["mean"])
        assert bar.get_facecolor()[:3] == pytest.approx(to_rgb(styles[str(name)].colour))
        (line,) = by_gid(axes.lines, f"interval-{row}")
        assert list(line.get_xdata()) == pytest.approx([result["low"], result["high"]])
        (told,) = by_gid(axes.texts, f"told-{name}")
        assert told.get_text().startswith(f"beat {result['wins']:.0f}")
        assert ("open" in told.get_text()) == (result["unsettled"] > 0)


def test_lines_are_the_path(figure: Figure, tournament: cs.Tournament) -> None:
    axes = panel(figure, "shares")
    path = tournament.path()
    patterns = set()
    for name in tournament.contestants:
        (line,) = by_gid(axes.lines, f"share-{name}")
        share = path.loc[path["contestant"] == name, "share"].to_numpy()
        drawn = line.get_ydata()
        assert list(drawn) == list(share[: len(drawn)])
        assert np.abs(share[len(drawn) - 1 :] - share[-1]).max() < 0.01  # nothing is left out
        patterns.add(str(line.get_linestyle()) + str(line._dash_pattern))
        assert by_gid(axes.texts, f"label-{name}")
    assert len(patterns) == 3


CASES: dict[str, dict[str, Any]] = {
    "two": {"payoffs": [[2.0, 3.0], [1.0, 1.5]]},
    "a round": {"payoffs": RPS},
    "five": {"payoffs": EIGHT[:5, :5], "names": LONG, "noise": 0.03},
    "eight": {"payoffs": EIGHT, "names": MANY, "noise": 0.03},
    "one replication": {"payoffs": DOUBT, "runs": 1},
    "all the same": {"payoffs": np.ones((3, 3)), "noise": 0.0},
    "nothing": {"payoffs": np.zeros((3, 3)), "noise": 0.0},
    "below zero": {"payoffs": -np.array(DOUBT) * 1000.0},
    "both sides of zero": {"payoffs": np.array(DOUBT) - 1.9},
    "huge": {"payoffs": np.array(DOUBT) * 1e5, "names": LONG[2:]},
    "long title": {"payoffs": RPS, "title": "A market with a title that is too long " * 5},
}


@pytest.mark.parametrize("case", CASES)
def test_texts_are_large_and_none_overlaps_another_or_is_clipped(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_texts(made_up(**CASES[case]).plot(), monkeypatch)


def test_marks_where_words_do_not_fit() -> None:
    random = np.random.default_rng(0).normal(2.0, 0.5, (12, 12))
    figure = made_up(random, [f"culture_{n}" for n in range(12)]).plot()
    assert cell_text(figure, "verdict", 0, 1).get_text() in MARKS.values()
    assert MARKS[1] in words(figure, "legend-payoffs")


def test_numbers_have_three_digits() -> None:
    assert format_payoff(2.5, np.array([2.5, 0.1])) == "2.50"
    assert format_payoff(0.1, np.array([2.5, 0.1])) == "0.10"
    assert format_payoff(-1234.5, np.array([-1234.5])) == "−1,234"
    assert format_payoff(0.01234, np.array([0.0567])) == "0.0123"
    assert format_payoff(-1e-9, np.array([2.0])) == "0.00"
    assert format_payoff(0.0, np.zeros(2)) == "0"


def test_the_same_figure_is_the_same_file(tournament: cs.Tournament, tmp_path: Path) -> None:
    first = save_figure(plot_tournament(tournament), tmp_path / "a", "t")
    second = save_figure(plot_tournament(tournament), tmp_path / "b", "t")
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes()
