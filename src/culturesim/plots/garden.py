"""The figure of a garden: how a culture grew, what leaders did, and the value beneath."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from culturesim.experiments.garden import actions_of, deed
from culturesim.experiments.sentence import culture_sentences
from culturesim.experiments.statistics import half_interval
from culturesim.model.measure import NAMES
from culturesim.plots import lines
from culturesim.plots.comparison import footer_text
from culturesim.plots.layout import shorten, text_width, wrap
from culturesim.plots.page import (
    FOOTER_SIZE,
    HEIGHT,
    HINTED,
    MARGIN,
    TITLE_SIZE,
    TOP,
    WIDTH,
    text_height,
    write,
)
from culturesim.plots.panels import Box, add_axes, fraction
from culturesim.plots.style import INK, QUIET, Look, Picture, ink, looks, styled
from culturesim.scenario.leadership_parameters import Action, window

if TYPE_CHECKING:
    from culturesim.experiments.comparison import Comparison
    from culturesim.scenario.schema import Scenario
    from culturesim.state.parameters import Floats

# In inches.
PANEL = 2.7  # at least
ROW = 0.32  # of an action
BELOW = 0.15  # between panels
UNLABELLED = 0.22  # what an axis without a label leaves free below it
AFTER_TITLE = 0.1
AFTER_SENTENCE = 0.05
BULLET = 0.26
GAP = 0.12  # between a bar and what it was
SEED_GAP = 0.2

# In points.
SENTENCE_SIZE = 15.0
DEED_SIZE = 12.5

VALUE_PANEL = lines.VALUE_PANEL._replace(unit="mean resources per cycle")

ALMOST_ALL = 0.92  # from here on a text above would leave the panel
TOLD_APART = 0.1  # what is done and the culture, on the axis of shares

HATCHES = {"seed": "", "cultivate": "", "mandate": "///"}


def plot_garden(comparison: Comparison) -> Picture:
    """Draw how cultures changed, with what leaders did, and the value that came of it.

    Parameters
    ----------
    comparison : Comparison

    Returns
    -------
    matplotlib Figure
        Of the culture medians over the runs, with bands of the middle 50 % and 80 % of them, and as
        a dotted line what is done while it is ordered. Below, a bar for each action of leaders. Of
        the value means, with bands of the 95 % interval of the difference from the first.
    """
    with styled():
        return _draw(comparison)


def _draw(comparison: Comparison) -> Picture:
    width = WIDTH - 2.0 * MARGIN
    written = width / HINTED
    title = wrap(_title(comparison), TITLE_SIZE, written, "bold")
    told = {
        name: wrap(text.replace("_", " "), SENTENCE_SIZE, written - BULLET)
        for name, text in culture_sentences(comparison).items()
    }
    footer = wrap(footer_text(comparison, _legend(comparison)), FOOTER_SIZE, written)
    rows = _rows(comparison)

    head = TOP + text_height(title, TITLE_SIZE) + AFTER_TITLE
    head += sum(text_height(text, SENTENCE_SIZE) + AFTER_SENTENCE for text in told.values()) + 0.15
    foot = 0.16 + text_height(footer, FOOTER_SIZE) + 0.1
    strip = len(rows) * ROW
    between = strip + 2.0 * BELOW - UNLABELLED
    least = max(PANEL, lines.least_height(len(comparison.cultures)))
    panel = max((HEIGHT - head - foot - between) / 2.0, least)
    height = head + 2.0 * panel + between + foot

    picture = Picture(figsize=(WIDTH, height))
    styles = looks(comparison.cultures)
    top = height - TOP
    write(picture, "title", title, top, fontsize=TITLE_SIZE, weight="bold")
    top -= text_height(title, TITLE_SIZE) + AFTER_TITLE
    for name, text in told.items():
        _bullet(picture, top, styles[name].colour)
        write(picture, f"told-{name}", text, top, MARGIN + BULLET, fontsize=SENTENCE_SIZE)
        top -= text_height(text, SENTENCE_SIZE) + AFTER_SENTENCE
    write(picture, "footer", footer, foot - 0.1, fontsize=FOOTER_SIZE, color=QUIET)

    above = foot + panel + BELOW + strip + BELOW - UNLABELLED
    culture = lines.draw_lines(
        picture, Box(MARGIN, above, width, panel), comparison, _culture_panel(comparison)
    )
    _draw_orders(culture, comparison, styles)
    culture.set_xlabel("")
    value = lines.draw_lines(
        picture,
        Box(MARGIN, foot, width, panel),
        comparison,
        VALUE_PANEL,
        _paired_means(comparison, VALUE_PANEL.metric),
    )
    _align(picture, culture, value)
    if rows:
        place = culture.get_position()
        box = Box(place.x0 * WIDTH, foot + panel + BELOW, place.width * WIDTH, strip)
        _draw_deeds(picture, box, comparison, rows, styles)
    return picture


def _rows(comparison: Comparison) -> list[tuple[str | None, Scenario, Action]]:
    """Every action with the name of those whose leaders do it; None where all do the same."""
    each = {name: actions_of(ensemble) for name, ensemble in comparison.ensembles.items()}
    if comparison.kind == "cultures":
        return [(None, comparison.scenario, a) for a in each[comparison.cultures[0]]]
    return [
        (name, comparison.ensembles[name].scenario, action)
        for name, actions in each.items()
        for action in actions
    ]


def _title(comparison: Comparison) -> str:
    if len(comparison.scenarios) == 1:
        return comparison.scenario.title or comparison.scenario.name
    *_, last = comparison.scenarios
    if comparison.cultures[0] == "left alone" and len(comparison.scenarios) == 2:
        return last.title or last.name
    return f"How a culture grows: {', '.join(comparison.cultures)}".replace("_", " ")


def _legend(comparison: Comparison) -> str:
    if comparison.replications == 1:
        return ""
    first = comparison.cultures[0].replace("_", " ")
    return f"; of value means, with 95 % intervals of the difference from {first}"


def _culture_panel(comparison: Comparison) -> lines.LinePanel:
    organizations = [o for s in comparison.scenarios for o in s.organizations.values()]
    poles = dict.fromkeys(o.poles[1].replace("_", " ") for o in organizations)
    title = f"How often teams choose {' or '.join(poles)} by themselves"
    return lines.LinePanel("culture", title, "culture: share of choices", 1.0, True, INK)


def _bullet(picture: Picture, top: float, colour: str) -> None:
    side = 0.14
    corner = fraction(picture, MARGIN, top - 0.5 * text_height([""], SENTENCE_SIZE) - 0.5 * side)
    width, height = fraction(picture, side, side)
    picture.add_artist(Rectangle(corner, width, height, facecolor=colour, linewidth=0.0))


def _paired_means(comparison: Comparison, metric: str) -> dict[str, Floats]:
    """Mean of each culture, with the 95 % interval of its difference from the first one's."""
    first = comparison.ensembles[comparison.cultures[0]].market.records[:, :, 0]
    curves = {}
    for name, ensemble in comparison.ensembles.items():
        place = NAMES.index(metric)
        values = ensemble.market.records[:, :, 0, place]
        half = half_interval(values - first[..., place]) if len(values) > 1 else 0.0
        mean = values.mean(axis=0)
        curves[name] = np.stack([mean - half, mean - half, mean, mean + half, mean + half])
    return curves


def _draw_orders(axes: Axes, comparison: Comparison, styles: dict[str, Look]) -> None:
    """Draw what is done under orders, as long as they stand."""
    for name, ensemble in comparison.ensembles.items():
        cycles = ensemble.scenario.world.cycles
        done = np.median(ensemble.market.records[:, :, 0, NAMES.index("practised")], axis=0)
        own = np.median(ensemble.market.records[:, :, 0, NAMES.index("culture")], axis=0)
        for action in actions_of(ensemble):
            first, end = window(action)
            stands = np.arange(first, min(end or cycles, cycles))
            if action.kind != "mandate" or (done - own)[stands].max(initial=0.0) < TOLD_APART:
                continue
            look = styles[name]
            axes.plot(
                stands,
                done[stands],
                color=look.colour,
                linewidth=2.2,
                linestyle=(0, (1.0, 1.6)),
                gid=f"ordered-{name}",
            )
            if axes.texts and axes.texts[-1].get_gid() == "ordered":
                continue  # said of one line it is known of all
            before = stands[0] > cycles / 5
            high = done[stands[0]] > ALMOST_ALL
            axes.annotate(
                "done under orders  ",
                (stands[0], done[stands[0]]),
                (0.0, 0.0 if before else -3.0 if high else 2.0),
                textcoords="offset points",
                fontsize=DEED_SIZE,
                color=ink(look.colour),
                ha="right" if before else "left",
                va="center" if before else "top" if high else "bottom",
                gid="ordered",
            )


def _align(picture: Picture, upper: Axes, lower: Axes) -> None:
    """Give both panels the same axis of cycles: the later beginning and the earlier end."""
    first, second = upper.get_position(), lower.get_position()
    left, right = max(first.x0, second.x0), min(first.x1, second.x1)
    for axes, place in ((upper, first), (lower, second)):
        height = axes.yaxis.get_label().get_position()[1]
        axes.set_position((left, place.y0, right - left, place.height))
        axes.yaxis.set_label_coords(-(left - MARGIN / WIDTH) / (right - left), height)


def _draw_deeds(
    picture: Picture,
    box: Box,
    comparison: Comparison,
    rows: list[tuple[str | None, Scenario, Action]],
    styles: dict[str, Look],
) -> None:
    """Draw a bar for each action, over the cycles in which it lasted, and say what it was."""
    axes = add_axes(picture, box, "deeds")
    cycles = comparison.scenario.world.cycles
    axes.set_xlim(0, max(1, cycles - 1))
    axes.set_ylim(len(rows), 0)
    axes.axis("off")
    inch = max(1, cycles - 1) / box.width
    for row, (name, scenario, action) in enumerate(rows):
        first, end = window(action)
        last = min(end or cycles, cycles)
        colour = styles[name].colour if name else QUIET
        middle = row + 0.5
        if action.kind == "seed":
            axes.plot(first, middle, marker="v", markersize=11.0, color=colour, clip_on=False)
            last = first
        else:
            axes.add_patch(
                Rectangle(
                    (first, row + 0.16),
                    last - first,
                    0.68,
                    facecolor=colour if action.kind == "cultivate" else "white",
                    hatch=HATCHES[action.kind],
                    edgecolor=colour,
                    linewidth=1.2,
                    gid=f"deed-{name}",
                )
            )
        who = f"{name.replace('_', ' ')}: " if name else ""
        text = f"{who}{deed(scenario, action)}"
        # Behind the bar, else before it, else on it; where it is short of room, where most is.
        gap = SEED_GAP if action.kind == "seed" else GAP
        rooms = (box.width - last / inch - gap, first / inch - gap, (last - first) / inch - 2 * GAP)
        wide = text_width(text, DEED_SIZE) * HINTED
        place = next((n for n, room in enumerate(rooms) if room >= wide), int(np.argmax(rooms)))
        axes.text(
            (last + gap * inch, first - gap * inch, first + GAP * inch)[place],
            middle,
            shorten(text, DEED_SIZE, rooms[place] / HINTED),
            ha="right" if place == 1 else "left",
            va="center_baseline",
            fontsize=DEED_SIZE,
            color=ink(colour),
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0} if place == 2 else None,
            gid=f"deed-text-{name}",
        )
