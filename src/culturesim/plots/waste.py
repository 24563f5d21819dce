"""The panel of waste: a bar of its kinds for each culture, and a thin one of learning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import FixedLocator, FuncFormatter

from culturesim.experiments.sentence import WASTE_WORDS
from culturesim.plots.layout import POINTS, text_width
from culturesim.plots.panels import (
    FOOT,
    LABEL_SIZE,
    LEADING,
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
from culturesim.plots.style import INK, QUIET, STYLE, WASTE, Picture, ink, looks

if TYPE_CHECKING:
    from culturesim.experiments.comparison import Comparison

# In inches.
HEAD = 0.36  # title
ROW = 0.38  # at least
LEGEND = 2.0 * SMALL_SIZE * LEADING / POINTS + 0.06  # two lines

# Shades of one colour, and hatches that tell the kinds apart without it.
FILLS: Final[dict[str, tuple[str, str]]] = {
    "waste_unaccepted": (WASTE, ""),
    "waste_misdirected": ("#ffe3a6", "///"),
    "waste_broken": ("#8a5f00", "xxx"),
}
LEARNING_FILL: Final[dict[str, Any]] = {"facecolor": "white", "edgecolor": QUIET, "hatch": "||||"}
LEARNING: Final = ("effort_listening", "effort_testing")
LEARNING_WORDS = "spent on learning (not counted as waste)"
WASTE_AT, LEARNING_AT = -0.2, 0.27  # within a culture's row, which is 1 high
LEAST_SHARE = 0.0005  # a thinner part has no number


def least_height(cultures: int) -> float:
    """Inches that the panel needs for the rows of so many cultures."""
    return HEAD + cultures * ROW + LEGEND + FOOT


def draw_waste(picture: Picture, box: Box, comparison: Comparison) -> None:
    """Draw what share of its effort each culture wasted, by kind, and spent on learning."""
    names = labels(comparison.cultures)
    shares = {name: _shares(comparison, name) for name in names}
    left = label_width(names.values()) + 0.12
    inner = Box(
        box.left + left,
        box.bottom + FOOT + LEGEND,
        _bar_scale(shares, box.width - left),
        box.height - HEAD - FOOT - LEGEND,
    )
    write_title(picture, box, "waste", "Effort wasted, by kind", WASTE)
    axes = add_axes(picture, inner, "waste")
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(len(names) - 0.5, -0.5)  # the first culture on top
    narrow = inner.width / 4.0 < 1.3 * text_width("100 %", STYLE["xtick.labelsize"])
    axes.xaxis.set_major_locator(FixedLocator(QUARTERS[::2] if narrow else QUARTERS))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number(x, True)))
    axes.grid(visible=False)  # the numbers are written
    axes.set_xlabel("share of all effort")
    axes.set_yticks(
        [row + WASTE_AT for row in range(len(names))],
        list(names.values()),
        fontsize=LABEL_SIZE,
        fontweight="bold",
    )
    styles = looks(comparison.cultures)
    for tick, look in zip(axes.get_yticklabels(), styles.values(), strict=True):
        tick.set_color(ink(look.colour))
    for row, share in enumerate(shares.values()):
        _draw_waste(axes, inner, row + WASTE_AT, share)
        _draw_learning(axes, inner, row + LEARNING_AT, share["learning"])
    _draw_legend(picture, box)


def _draw_waste(axes: Axes, inner: Box, y: float, share: dict[str, float]) -> None:
    """Draw a culture's waste with the number of each kind, and behind it the whole."""
    start = 0.0
    for kind, (colour, hatch) in FILLS.items():
        part = share[kind]
        axes.barh(
            y,
            part,
            0.44,
            start,
            facecolor=colour,
            hatch=hatch,
            edgecolor=INK,
            linewidth=1.0,
            gid=f"bar-{kind}",
        )
        if _fits(part, inner.width):
            axes.text(
                start + part / 2.0,
                y,
                _percent(part),
                fontsize=LABEL_SIZE,
                ha="center",
                va="center_baseline",
                bbox={"facecolor": colour, "edgecolor": "none", "pad": 1.5} if hatch else None,
                color="white" if kind == "waste_broken" else INK,
                gid=f"share-{kind}",
            )
        start += part
    inch = 1.0 / inner.width  # on the axis of shares
    x = start + 0.1 * inch
    total = _percent(start)
    axes.text(x, y, total, fontsize=LABEL_SIZE, weight="bold", va="center_baseline", gid="total")
    x += (text_width(total, LABEL_SIZE, "bold") + 0.15) * inch
    tall = 0.15 * len(axes.get_yticks()) / inner.height  # of a pattern, on the axis of rows
    for kind in _outside(share, inner.width):
        colour, hatch = FILLS[kind]
        axes.add_patch(
            Rectangle(
                (x, y - tall / 2.0),
                0.15 * inch,
                tall,
                facecolor=colour,
                hatch=hatch * 2,
                edgecolor=INK,
                linewidth=0.8,
                clip_on=False,
            )
        )
        x += 0.2 * inch
        text = _percent(share[kind])
        axes.text(x, y, text, fontsize=SMALL_SIZE, va="center_baseline", gid=f"share-{kind}")
        x += (text_width(text, SMALL_SIZE) + 0.1) * inch


def _draw_learning(axes: Axes, inner: Box, y: float, share: float) -> None:
    axes.barh(y, share, 0.2, linewidth=1.0, gid="bar-learning", **LEARNING_FILL)
    axes.text(
        share + 0.08 / inner.width,
        y,
        _percent(share),
        fontsize=SMALL_SIZE,
        color=QUIET,
        va="center_baseline",
        gid="share-learning",
    )


def _draw_legend(picture: Picture, box: Box) -> None:
    kinds = [
        Patch(facecolor=colour, hatch=hatch, edgecolor=INK, linewidth=1.0, label=WASTE_WORDS[kind])
        for kind, (colour, hatch) in FILLS.items()
    ]
    learning = Patch(linewidth=1.0, label=LEARNING_WORDS, **LEARNING_FILL)
    picture.legend(
        handles=[*kinds, learning],
        loc="lower left",
        bbox_to_anchor=fraction(picture, box.left, box.bottom),
        ncols=2,
        borderpad=0.0,
        borderaxespad=0.0,
        columnspacing=1.2,
        handlelength=1.4,
        handletextpad=0.5,
        labelspacing=0.3,
    )


# --- numbers


def _shares(comparison: Comparison, culture: str) -> dict[str, float]:
    """Waste by kind and learning, as shares of the effort of all runs together."""
    ensemble = comparison.ensembles[culture]
    effort = float(ensemble.values("effort").sum())

    def share(*metrics: str) -> float:
        spent = sum(float(ensemble.values(metric).sum()) for metric in metrics)
        return spent / effort if effort > 0.0 else 0.0

    return {kind: share(kind) for kind in FILLS} | {"learning": share(*LEARNING)}


def _bar_scale(shares: dict[str, dict[str, float]], room: float) -> float:
    """Inches of 100 %: as many as leave room for every number behind its bar."""
    width = room - 0.3  # half of "100 %" stands out on the right
    for _ in range(3):  # a shorter bar holds fewer numbers
        for share in shares.values():
            total = sum(share[kind] for kind in FILLS)
            behind = 0.1 + text_width(_percent(total), LABEL_SIZE, "bold")
            for kind in _outside(share, width):
                behind += 0.35 + text_width(_percent(share[kind]), SMALL_SIZE)
            if total > 0.0:
                width = min(width, (room - behind) / total)
    return width


def _outside(share: dict[str, float], width: float) -> list[str]:
    """Kinds too thin for their number, which stands behind the bar with its pattern."""
    return [kind for kind in FILLS if share[kind] >= LEAST_SHARE and not _fits(share[kind], width)]


def _fits(part: float, width: float) -> bool:
    return part * width >= text_width(_percent(part), LABEL_SIZE) + 0.06


def _percent(share: float) -> str:
    """Whole percent; below one percent, a tenth."""
    percent = 100.0 * share
    if percent >= 0.95 or percent == 0.0:
        return f"{percent:.0f} %"
    return f"{percent:.1f} %" if share >= LEAST_SHARE else "< 0.1 %"
