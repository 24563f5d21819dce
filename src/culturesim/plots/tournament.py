"""The figure of a tournament: who earns what against whom, the ranking, and who would spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from culturesim import __version__
from culturesim.plots import payoffs, ranking
from culturesim.plots.layout import wrap
from culturesim.plots.page import (
    FOOTER_SIZE,
    HEIGHT,
    HINTED,
    MARGIN,
    TITLE_SIZE,
    TOP,
    WIDTH,
    fitted,
    text_height,
    write,
)
from culturesim.plots.panels import Box
from culturesim.plots.style import QUIET, Picture, styled

if TYPE_CHECKING:
    from culturesim.experiments.tournament_result import Tournament

# All in inches.
BETWEEN = 0.5  # the columns of panels
BELOW = 0.12  # the ranking, above the shares
MATRIX = 0.55  # of the width


def plot_tournament(tournament: Tournament) -> Picture:
    """Draw payoffs of every pairing, the ranking, and shares under imitation.

    Parameters
    ----------
    tournament : Tournament

    Returns
    -------
    matplotlib Figure
        16:9, or higher where texts or many contestants need the room.
    """
    with styled():
        return _draw(tournament)


def _draw(tournament: Tournament) -> Picture:
    width = WIDTH - 2.0 * MARGIN
    written = width / HINTED
    scenario = tournament.scenario
    title = wrap(scenario.title or scenario.name, TITLE_SIZE, written, "bold")
    # Names are keys with underscores; nothing else in the sentence has them.
    sentence, size = fitted(tournament.sentence.replace("_", " "), written)
    footer = wrap(_footer(tournament), FOOTER_SIZE, written)

    head = TOP + text_height(title, TITLE_SIZE) + 0.08 + text_height(sentence, size) + 0.2
    foot = 0.16 + text_height(footer, FOOTER_SIZE) + 0.1
    number = len(tournament.contestants)
    upper = ranking.least_ranking(number)
    lower = ranking.least_shares(number)
    body = max(HEIGHT - head - foot, upper + BELOW + lower, payoffs.least_height(number))
    height = head + body + foot

    picture = Picture(figsize=(WIDTH, height))
    top = height - TOP
    write(picture, "title", title, top, fontsize=TITLE_SIZE, weight="bold")
    top -= text_height(title, TITLE_SIZE) + 0.08
    write(picture, "sentence", sentence, top, fontsize=size)
    write(picture, "footer", footer, foot - 0.1, fontsize=FOOTER_SIZE, color=QUIET)

    left = MATRIX * (width - BETWEEN)
    right = width - BETWEEN - left
    column = MARGIN + left + BETWEEN
    payoffs.draw_payoffs(picture, Box(MARGIN, foot, left, body), tournament)
    ranking.draw_ranking(picture, Box(column, foot + body - upper, right, upper), tournament)
    ranking.draw_shares(picture, Box(column, foot, right, body - upper - BELOW), tournament)
    return picture


def _footer(tournament: Tournament) -> str:
    runs = tournament.replications
    parts = [
        tournament.scenario.name or "scenario without a name",
        f"{runs} {'replication' if runs == 1 else 'replications'} of each market",
        f"seed {tournament.seed}",
        f"culturesim {__version__}",
        "every pair in both orders",
    ]
    return "  ·  ".join(parts)
