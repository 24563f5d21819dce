"""A garden's figure: what leaders did stands where they did it, under the culture that grew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.collections import FillBetweenPolyCollection
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from culturesim.experiments.comparison import Comparison
from culturesim.experiments.sentence import culture_sentences
from culturesim.experiments.statistics import half_interval
from culturesim.model.measure import NAMES
from culturesim.plots.comparison import save_figure
from culturesim.plots.garden import plot_garden
from culturesim.plots.style import looks
from tests.plots.figures import by_gid, grown, made_up, panel, rivals, scenarios, words
from tests.plots.texts import check_texts, texts_drawn

THREE = ("garden", "too-short", "mandate")


@pytest.fixture(scope="module")
def garden() -> Comparison:
    return scenarios(*THREE)


@pytest.fixture(scope="module")
def figure(garden: Comparison) -> Figure:
    return plot_garden(garden)


def act(kind: str = "cultivate", **fields: Any) -> dict[str, Any]:
    return {"kind": kind, "from": 10, "strength": 0.9, **fields}


def led(*actions: dict[str, Any], **more: Any) -> Comparison:
    """Give a garden in which leaders do something else."""
    return scenarios("garden", changes={"leadership": list(actions)}, **more)


def deeds(figure: Figure) -> list[str]:
    return [text.get_text() for text in panel(figure, "deeds").texts]


# --- what is told


def test_panels(figure: Figure) -> None:
    assert [axes.get_gid() for axes in figure.axes] == ["culture", "value_created", "deeds"]


def test_every_sentence_stands_there_with_the_colour_of_its_line(
    figure: Figure, garden: Comparison
) -> None:
    styles = looks(THREE)
    bullets = [patch for patch in figure.findobj(Rectangle) if patch in figure.artists]
    for name, told, bullet in zip(THREE, culture_sentences(garden).values(), bullets, strict=False):
        assert words(figure, f"told-{name}") == told
        (line,) = by_gid(panel(figure, "culture").lines, f"median-culture-{name}")
        assert line.get_color() == styles[name].colour == to_hex(bullet.get_facecolor()).upper()


def test_titles(figure: Figure) -> None:
    assert words(figure, "title") == "How a culture grows: garden, too-short, mandate"
    pair = scenarios("left alone", "mandate", of=("mandate", "mandate"))
    assert words(plot_garden(pair), "title") == pair.scenarios[1].title
    assert words(plot_garden(rivals("champions-or-everyone")), "title").startswith("Champions")


def test_footer_tells_what_the_bands_of_value_are(figure: Figure) -> None:
    assert words(figure, "footer").endswith(
        "; of value means, with 95 % intervals of the difference from garden"
    )


# --- lines


def test_culture_is_the_median(figure: Figure, garden: Comparison) -> None:
    for name in THREE:
        (line,) = by_gid(panel(figure, "culture").lines, f"median-culture-{name}")
        expected = garden.ensembles[name].quantiles("culture", [0.5])[0.5]
        np.testing.assert_allclose(line.get_ydata(), expected)
    assert panel(figure, "culture").get_ylim() == (0.0, 1.0)


def test_value_is_the_mean_and_its_band_that_of_the_difference(
    figure: Figure, garden: Comparison
) -> None:
    values = {
        name: ensemble.records[:, :, 0, NAMES.index("value_created")]
        for name, ensemble in garden.ensembles.items()
    }
    axes = panel(figure, "value_created")
    bands = axes.findobj(FillBetweenPolyCollection)
    assert len(bands) == 2 * len(THREE)
    for n, name in enumerate(THREE):
        (line,) = by_gid(axes.lines, f"median-value_created-{name}")
        mean = values[name].mean(axis=0)
        np.testing.assert_allclose(line.get_ydata(), mean)
        half = half_interval(values[name] - values["garden"])
        vertices = np.asarray(bands[2 * n].get_paths()[0].vertices)
        for cycle in (0, 57, 199):
            at = vertices[vertices[:, 0] == cycle, 1]
            expected = [mean[cycle] - half[cycle], mean[cycle] + half[cycle]]
            assert [at.min(), at.max()] == pytest.approx(expected)


def test_both_panels_and_the_deeds_share_an_axis_of_cycles(figure: Figure) -> None:
    culture, value, bars = (panel(figure, g) for g in ("culture", "value_created", "deeds"))
    for axes in (value, bars):
        assert axes.get_position().x0 == pytest.approx(culture.get_position().x0)
        assert axes.get_position().x1 == pytest.approx(culture.get_position().x1)
        assert axes.get_xlim() == culture.get_xlim() == (0.0, 199.0)
    assert culture.get_xlabel() == ""
    assert value.get_xlabel() == "cycle (month)"
    assert value.get_position().y1 < bars.get_position().y0
    assert bars.get_position().y1 < culture.get_position().y0


def test_units_stand_at_the_margin(figure: Figure, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers of both panels are of different widths, their units begin at the same place."""
    boxes = {text.get_text(): box for text, box in texts_drawn(figure, monkeypatch)}
    left = boxes["culture: share of choices"].x0
    assert boxes["mean resources per cycle"].x0 == pytest.approx(left, abs=1.0)
    assert boxes["How a culture grows: garden, too-short, mandate"].x0 == pytest.approx(left, abs=3)


def test_what_is_done_under_orders_is_dotted_as_long_as_they_stand(figure: Figure) -> None:
    axes = panel(figure, "culture")
    (line,) = by_gid(axes.lines, "ordered-mandate")
    assert np.asarray(line.get_xdata()).tolist() == list(range(20, 70))
    np.testing.assert_allclose(line.get_ydata(), 0.9)
    assert not by_gid(axes.lines, "ordered-garden")
    (said,) = by_gid(axes.texts, "ordered")
    assert said.get_text().strip() == "done under orders"


def test_orders_for_what_is_done_anyway_are_not_drawn() -> None:
    axes = panel(plot_garden(led(act("mandate", strength=0.1))), "culture")
    assert not by_gid(axes.lines, "ordered-garden")
    assert not by_gid(axes.texts, "ordered")


# --- deeds


def test_a_row_for_each_action(figure: Figure) -> None:
    assert deeds(figure) == [
        "garden: cultivated discovery in all teams for 40 months",
        "too-short: cultivated discovery in all teams for 15 months",
        "mandate: ordered discovery in all teams for 50 months",
    ]
    axes = panel(figure, "deeds")
    styles = looks(THREE)
    windows = {"garden": (10, 50), "too-short": (10, 25), "mandate": (20, 70)}
    for row, (name, window) in enumerate(windows.items()):
        (bar,) = by_gid(axes.patches, f"deed-{name}")
        assert (bar.get_x(), bar.get_x() + bar.get_width()) == window
        assert row < bar.get_y() < bar.get_y() + bar.get_height() < row + 1
        (text,) = by_gid(axes.texts, f"deed-text-{name}")
        assert text.get_position()[1] == pytest.approx(row + 0.5)
        assert (bar.get_hatch() or "") == ("///" if name == "mandate" else "")
        assert bar.get_edgecolor()[:3] == pytest.approx(to_rgb(styles[name].colour))


def test_a_seed_is_a_mark_where_it_is_planted() -> None:
    axes = panel(plot_garden(scenarios("seeds")), "deeds")
    (mark,) = axes.lines
    assert (mark.get_marker(), np.asarray(mark.get_xdata()).tolist()) == ("v", [10])
    assert not axes.patches


def test_an_action_that_never_ends_lasts_until_the_run_does() -> None:
    """So does one that would end later; and there is still room to say what it was."""
    for end in (0, 400):
        figure = plot_garden(led(act(to=end)))
        (bar,) = by_gid(panel(figure, "deeds").patches, "deed-garden")
        assert (bar.get_x(), bar.get_x() + bar.get_width()) == (10, 200)
        assert deeds(figure) == ["garden: cultivated discovery in all teams from month 10 on"]


def test_names_without_end_are_cut_and_little_else_is() -> None:
    names = ("x" * 150, "mandate")
    said = deeds(plot_garden(scenarios(*names, of=("garden", "mandate"))))
    assert said[0].endswith("…")
    assert said[1] == "mandate: ordered discovery in all teams for 50 months"


def test_cultures_share_what_leaders_do() -> None:
    """What is the same for all has one row, and no name."""
    drawn = made_up(cycles=60, changes={"leadership": [act(to=30), act("seed")]})
    figure = plot_garden(drawn)
    assert deeds(figure) == [
        "cultivated discovery in all teams for 20 months",
        "planted discovery in all teams in month 10",
    ]


def test_organizations_have_their_own_rows() -> None:
    assert deeds(plot_garden(rivals("champions-or-everyone"))) == [
        "pilots: cultivated discovery in the 4 readiest teams for 20 months",
        "everyone: cultivated discovery in all teams for 20 months",
    ]


def test_without_leaders_there_is_no_row() -> None:
    figure = plot_garden(made_up(cycles=60, changes={"growth.on": True}))
    assert [axes.get_gid() for axes in figure.axes] == ["culture", "value_created"]


# --- what it must hold

MANY = [act("seed"), *(act() | {"from": 20 * n, "to": 20 * n + 15} for n in range(1, 9))]


def cases() -> dict[str, Comparison]:
    pair = ("left alone", "mandate")
    long = ("a_name_that_goes_on_and_on_and_on_and_on", "x" * 90, "mandate")
    several = made_up(("execution", "discovery", "lean_startup", "running_lean"), cycles=60)
    grows = several.scenario.override({"growth.on": True, "leadership": [act("mandate")]})
    for ensemble in several.ensembles.values():
        ensemble.scenario = grows
        grown(ensemble.records, 60)
    return {
        "three": scenarios(*THREE),
        "pair": scenarios(*pair, of=("mandate", "mandate")),
        "seeds": scenarios("left alone", "seeds", of=("seeds", "seeds")),
        "one": scenarios("garden"),
        "rivals": rivals("champions-or-everyone"),
        "rivals that grow alone": rivals(changes={"growth.on": True}),
        "three books": rivals("three-books", {"growth.on": True, "leadership": [act("mandate")]}),
        "cultures": Comparison(grows, several.ensembles, 0),
        "one replication": scenarios(*THREE, runs=1),
        "many actions": led(*MANY),
        "long names": scenarios(*long, of=THREE),
        "long title": scenarios(*pair, of=pair[1:] * 2, changes={"title": "Mandate " * 40}),
        "few cycles": led(act(to=12), act("mandate"), act("seed"), cycles=14),
        "one cycle": led(act("mandate", **{"from": 0}), act("seed", **{"from": 0}), cycles=1),
        "orders from the first": led(act("mandate", **{"from": 0, "strength": 1.0})),
        "orders later": led(act("mandate", **{"from": 30, "strength": 1.0})),
        "orders near the end": led(act("mandate", **{"from": 195, "to": 199})),
        "two orders at once": scenarios(
            "garden", "seeds", changes={"leadership": [act("mandate"), act("mandate", to=50)]}
        ),
        "orders to the end": led(act("mandate"), act(), act("seed", **{"from": 199})),
    }


@pytest.mark.parametrize("case", list(cases()))
def test_texts_are_large_and_none_overlaps_another_or_is_clipped(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = plot_garden(cases()[case])
    check_texts(figure, monkeypatch)
    assert float(figure.get_figwidth()) == pytest.approx(40 / 3)


def test_one_replication_has_no_bands() -> None:
    figure = plot_garden(scenarios(*THREE, runs=1))
    assert figure.findobj(FillBetweenPolyCollection) == []
    assert "interval" not in words(figure, "footer")


def test_more_actions_make_it_higher_and_not_fuller() -> None:
    few, many = plot_garden(led(*MANY[:2])), plot_garden(led(*MANY))
    assert float(many.get_figheight()) > float(few.get_figheight())
    for gid in ("culture", "value_created"):
        heights = [
            panel(f, gid).get_position().height * float(f.get_figheight()) for f in (few, many)
        ]
        assert heights[1] > 1.2


def test_bytes_are_the_same_each_time(garden: Comparison, tmp_path: Path) -> None:
    first = save_figure(plot_garden(garden), tmp_path / "a", "figure")
    second = save_figure(plot_garden(garden), tmp_path / "b", "figure")
    assert [file.read_bytes() for file in first] == [file.read_bytes() for file in second]
    assert b"<text" not in first[1].read_bytes()


def test_no_underscore_of_a_name_is_seen() -> None:
    figure = plot_garden(scenarios("a_b", "c_d", of=("garden", "mandate")))
    texts = [text for text in figure.findobj(Text) if "_" in str(text.get_text())]
    assert [text.get_gid() for text in texts] == ["footer"]  # where names are those of files
