"""The panels of a ranking and of what imitation makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from culturesim.plots.layout import POINTS, spread, text_width
from culturesim.plots.panels import (
    FOOT,
    LABEL_SIZE,
    QUARTERS,
    SMALL_SIZE,
    Box,
    add_axes,
    fraction,
    label_width,
    labels,
    number,
    write_title,
)
from culturesim.plots.payoffs import format_payoff
from culturesim.plots.style import INK, QUIET, STYLE, VALUE, Picture, ink, looks

if TYPE_CHECKING:
    import pandas as pd

    from culturesim.experiments.tournament_result import Tournament
    from culturesim.state.parameters import Floats

# In inches.
RANKING_HEAD = 0.4
ROW = 0.34  # at least
SHARES_HEAD = 0.62
LEAST_SHARES = 1.2
LABEL_GAP = 1.15 * LABEL_SIZE / POINTS

SETTLED = 0.005  # the picture ends a while after shares have come so near to where they end
SHORTEST = 10  # steps


def least_ranking(contestants: int) -> float:
    """Inches that the ranking of so many contestants needs."""
    return RANKING_HEAD + contestants * ROW + FOOT


def least_shares(contestants: int) -> float:
    """Inches that the names of so many contestants need beside their shares."""
    return SHARES_HEAD + max(LEAST_SHARES, contestants * LABEL_GAP) + FOOT


def draw_ranking(picture: Picture, box: Box, tournament: Tournament) -> None:
    """Draw what each earns against all others, with its interval."""
    ranking = tournament.ranking
    order = list(ranking.index)
    names = labels(order)
    left = label_width(names.values()) + 0.12
    told = {name: _told(ranking, name) for name in order}
    numbers = {
        name: format_payoff(float(ranking.loc[name, "mean"]), ranking["mean"].to_numpy())
        for name in order
    }
    right = max(text_width(text, SMALL_SIZE) for text in told.values()) + 0.22
    right += max(text_width(text, LABEL_SIZE, "bold") for text in numbers.values()) + 0.1
    inner = Box(
        box.left + left,
        box.bottom + FOOT,
        box.width - left - right,
        box.height - RANKING_HEAD - FOOT,
    )
    write_title(picture, box, "ranking", "Mean against all others", VALUE)
    axes = add_axes(picture, inner, "ranking")
    ends = ranking[["mean", "low", "high"]].to_numpy()
    finite = ends[np.isfinite(ends)]
    low, high = min(0.0, float(finite.min())), max(0.0, float(finite.max()))
    room = 0.04 * (high - low) or 1.0
    axes.set_xlim(low - (room if low < 0.0 else 0.0), high + room)
    axes.set_ylim(len(order) - 0.5, -0.5)
    axes.grid(axis="y", visible=False)
    widest = text_width(format_payoff(high, finite), STYLE["xtick.labelsize"])
    ticks = max(1, min(4, int(inner.width / (1.5 * widest))))
    axes.xaxis.set_major_locator(MaxNLocator(ticks, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number(x, False)))
    axes.set_yticks(range(len(order)), list(names.values()), fontsize=LABEL_SIZE, fontweight="bold")
    picture.text(
        *fraction(picture, box.left, box.bottom),
        "line: 95 % interval of the mean, over markets",
        fontsize=SMALL_SIZE,
        color=QUIET,
        va="bottom",
        gid="legend-ranking",
    )
    styles = looks(order)
    for row, name in enumerate(order):
        axes.get_yticklabels()[row].set_color(ink(styles[name].colour))
        _draw_row(axes, row, ranking.loc[name], styles[name].colour)
        axes.text(
            1.0 + 0.1 / inner.width,
            row,
            numbers[name],
            transform=axes.get_yaxis_transform(),
            fontsize=LABEL_SIZE,
            weight="bold",
            va="center_baseline",
            gid=f"mean-{name}",
        )
        axes.text(
            1.0 + right / inner.width,
            row,
            told[name],
            transform=axes.get_yaxis_transform(),
            fontsize=SMALL_SIZE,
            color=QUIET,
            ha="right",
            va="center_baseline",
            gid=f"told-{name}",
        )


def _told(ranking: pd.DataFrame, name: str) -> str:
    wins, unsettled = int(ranking["wins"][name]), int(ranking["unsettled"][name])
    return f"beat {wins}" + (f", {unsettled} open" if unsettled else "")


def _draw_row(axes: Axes, row: int, result: pd.Series[float], colour: str) -> None:
    axes.barh(row, result["mean"], 0.56, color=colour, gid=f"bar-{row}")
    low, high = axes.get_xlim()
    whisker = [max(low, result["low"]), min(high, result["high"])]
    # White around it: a line in ink would be lost on a dark bar.
    axes.plot(whisker, [row, row], color="white", linewidth=5.0, solid_capstyle="butt")
    axes.plot(
        whisker, [row, row], color=INK, linewidth=2.2, solid_capstyle="butt", gid=f"interval-{row}"
    )


def draw_shares(picture: Picture, box: Box, tournament: Tournament) -> None:
    """Draw the shares of contestants where organizations copy those that do better."""
    order = list(tournament.contestants)
    path = tournament.path()
    shares = path["share"].to_numpy().reshape(-1, len(order))
    shares = shares[: _shown(shares) + 1]
    names = labels(order)
    left = text_width("100 %", STYLE["ytick.labelsize"]) + 0.1
    right = label_width(names.values()) + 0.42
    inner = Box(
        box.left + left,
        box.bottom + FOOT,
        box.width - left - right,
        box.height - SHARES_HEAD - FOOT,
    )
    title = "Who spreads, if the better are copied"
    write_title(picture, box, "shares", title, INK)
    axes = add_axes(picture, inner, "shares")
    axes.set_xlim(0, len(shares) - 1)
    axes.set_ylim(0.0, 1.0)
    axes.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10], integer=True))
    axes.yaxis.set_major_locator(FixedLocator(QUARTERS))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: number(y, True)))
    axes.grid(axis="x", visible=False)
    axes.set_xlabel("step (in each, everybody looks at one other)", fontsize=SMALL_SIZE)
    axes.set_ylabel("share of organizations", rotation=0, ha="left", va="bottom")
    axes.yaxis.set_label_coords(-left / inner.width, 1.0 + 0.1 / inner.height)
    styles = looks(order)
    for n, name in enumerate(order):
        axes.plot(
            shares[:, n],
            color=styles[name].colour,
            linestyle=styles[name].line,
            clip_on=False,
            zorder=3.0 + shares[-1, n],
            gid=f"share-{name}",
        )
    places = spread(list(shares[-1]), LABEL_GAP / inner.height, 0.0, 1.0)
    for n, (name, place) in enumerate(zip(order, places, strict=True)):
        begin, end = 1.0 + 0.08 / inner.width, 1.0 + 0.3 / inner.width
        axes.add_line(
            Line2D(
                [1.0, begin, end],
                [shares[-1, n], shares[-1, n], place],
                transform=axes.transAxes,
                color=styles[name].colour,
                linewidth=1.2,
                clip_on=False,
            )
        )
        axes.text(
            1.0 + 0.36 / inner.width,
            place,
            names[name],
            transform=axes.transAxes,
            fontsize=LABEL_SIZE,
            weight="bold",
            color=ink(styles[name].colour),
            va="center_baseline",
            gid=f"label-{name}",
        )


def _shown(shares: Floats) -> int:
    """The last step that is drawn: what comes later looks the same."""
    moving = np.flatnonzero((np.abs(shares - shares[-1]) > SETTLED).any(axis=1))
    last = int(moving[-1]) + 1 if len(moving) else 0
    return min(len(shares) - 1, max(SHORTEST, round(1.25 * last)))
