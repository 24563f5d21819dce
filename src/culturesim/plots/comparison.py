"""The Figure: what cultures made of the same markets, in four panels a leader can read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from culturesim import __version__
from culturesim.errors import ArgumentError
from culturesim.experiments.sentence import WASTE_WORDS
from culturesim.model.measure import NAMES
from culturesim.model.results import BANDS
from culturesim.plots.layout import POINTS, shorten, spread, text_width, wrap
from culturesim.plots.style import (
    CONTRAST,
    DPI,
    INK,
    NOTHING,
    QUIET,
    STYLE,
    VALUE,
    WASTE,
    Look,
    Picture,
    contrast,
    ink,
    looks,
    styled,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from culturesim.experiments.compare import Comparison
    from culturesim.state.parameters import Floats

FORMATS = ("png", "svg")

# All in inches. What needs more room makes the figure higher, never fuller.
WIDTH, HEIGHT = 40.0 / 3.0, 7.5
MARGIN = 0.4
BETWEEN = 0.45
SENTENCE_ROOM = 1.05
ROW_OF_BARS = 0.38  # at least
PLOT_HEIGHT = 1.2  # of lines, at least
BELOW = 0.2  # between the rows of panels
PANEL_HEAD = 0.62  # title and unit
BARS_HEAD = 0.36  # title
PANEL_FOOT = 0.52

# In points.
TITLE_SIZE = 22.0
SENTENCE_SIZES = (14.5, 14.0, 13.0, 12.0, 11.0)
LABEL_SIZE = 12.5
SMALL_SIZE = 11.0
FOOTER_SIZE = 12.0
HINTED = 1.04  # on a coarse grid of pixels text becomes up to so much wider
LEADING = 1.25  # from line to line, of the size

LABEL_GAP = 1.15 * LABEL_SIZE / POINTS  # inches between names
LEGEND_HEIGHT = 2.0 * SMALL_SIZE * LEADING / POINTS + 0.06  # two lines
NAME_WIDTH = 2.35  # inches; a longer name is cut
BANDS_UP_TO = 3  # with more cultures the wide bands would cover each other
MOST_POINTS = 600  # of a line: about what a panel has pixels
FEW_POINTS = 12  # up to these every cycle gets a dot

# Shades of one colour, and hatches that tell the kinds apart without it.
WASTE_FILLS: Final[dict[str, tuple[str, str]]] = {
    "waste_unaccepted": (WASTE, ""),
    "waste_misdirected": ("#ffe3a6", "///"),
    "waste_broken": ("#8a5f00", "xxx"),
}
WASTE_AT, LEARNING_AT = -0.2, 0.27  # within a culture's row, which is 1 high
LEARNING: Final = ("effort_listening", "effort_testing")
QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
LEAST_SHARE = 0.0005  # a thinner part has no number
LEARNING_WORDS = "spent on learning (not counted as waste)"


class LinePanel(NamedTuple):
    """A metric drawn cycle by cycle: words, scale, and the mark of its meaning."""

    metric: str
    title: str
    unit: str
    top: float | None
    percent: bool
    mark: str


VALUE_PANEL = LinePanel(
    "value_created", "Value created for customers", "resources per cycle", None, False, VALUE
)
NOTHING_PANEL = LinePanel(
    "no_decision_rate",
    "Customers that did nothing",
    "share of customers per cycle",
    1.0,
    True,
    NOTHING,
)
ALIGNMENT_PANEL = LinePanel(
    "alignment",
    "How well teams know what customers care about",
    "alignment (0: not at all, 1: fully)",
    1.0,
    False,
    INK,
)


class Box(NamedTuple):
    """A place in the figure, in inches from the lower left."""

    left: float
    bottom: float
    width: float
    height: float


def plot_comparison(comparison: Comparison, path: str | Path | None = None) -> Figure:
    """Draw value, waste by kind, doing nothing and alignment of all cultures.

    Parameters
    ----------
    comparison : Comparison
        Of two or more cultures. Of several organizations, the first is drawn.
    path : str or Path, optional
        Where to write it: a file that ends in ``.png`` or ``.svg``, or without an ending for both.

    Returns
    -------
    matplotlib Figure
        16:9, or higher where texts or many cultures need the room. Lines are medians over the
        runs, bands hold the middle 50 % and 80 % of them (with more than three cultures only
        50 %); shares of effort are those of all runs together.

    Raises
    ------
    ArgumentError
        If `path` ends otherwise.
    """
    target = _target(path)
    with styled():
        picture = _draw(comparison)
    if target is not None:
        _save(picture, *target)
    return picture


def save_figure(figure: Figure, folder: str | Path, stem: str) -> list[Path]:
    """Write a figure as PNG and SVG; the same figure always becomes the same bytes.

    Parameters
    ----------
    figure : matplotlib Figure
    folder : str or Path
        Made if there is none.
    stem : str
        Name of the files, without ending.

    Returns
    -------
    list of Path
        The files: PNG, then SVG.
    """
    return _save(figure, Path(folder), stem, FORMATS)


def _target(path: str | Path | None) -> tuple[Path, str, tuple[str, ...]] | None:
    if path is None:
        return None
    file = Path(path)
    ending = file.suffix.lower().lstrip(".")
    if ending and ending not in FORMATS:
        raise ArgumentError(
            "must end in .png or .svg, or have no ending for both", key="path", found=file.name
        )
    return file.parent, file.stem, (ending,) if ending else FORMATS


def _save(figure: Figure, folder: Path, stem: str, formats: tuple[str, ...]) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    # What says when, or with which version, it was written would make other bytes each time.
    nothing = {"png": {"Software": None}, "svg": {"Date": None, "Creator": None}}
    with styled():
        for ending in formats:
            file = folder / f"{stem}.{ending}"
            figure.savefig(file, format=ending, dpi=DPI, metadata=nothing[ending])
            written.append(file)
    return written


def _draw(comparison: Comparison) -> Picture:
    width = WIDTH - 2.0 * MARGIN
    written = width / HINTED
    title = wrap(comparison.scenario.title or comparison.scenario.name, TITLE_SIZE, written, "bold")
    # Names are keys with underscores; nothing else in the sentence has them.
    text, size = _fitted(comparison.sentence.replace("_", " "), written)
    footer = wrap(_footer(comparison), FOOTER_SIZE, written)

    head = 0.22 + _lines(title, TITLE_SIZE) + 0.08 + _lines(text, size) + 0.2
    foot = 0.16 + _lines(footer, FOOTER_SIZE) + 0.1
    row = (HEIGHT - head - foot - BELOW) / 2.0
    number = len(comparison.cultures)
    lines = PANEL_HEAD + max(PLOT_HEIGHT, number * LABEL_GAP) + PANEL_FOOT
    bars = BARS_HEAD + number * ROW_OF_BARS + LEGEND_HEIGHT + PANEL_FOOT
    lower, upper = max(row, lines), max(row, lines, bars)
    height = head + upper + BELOW + lower + foot

    picture = Picture(figsize=(WIDTH, height))
    _write(picture, "title", title, TITLE_SIZE, height - 0.22, weight="bold")
    below = height - 0.22 - _lines(title, TITLE_SIZE) - 0.08
    _write(picture, "sentence", text, size, below)
    _write(picture, "footer", footer, FOOTER_SIZE, foot - 0.1, color=QUIET)

    column = (width - BETWEEN) / 2.0
    right = MARGIN + column + BETWEEN
    above = foot + lower + BELOW
    _line_panel(picture, Box(MARGIN, above, column, upper), comparison, VALUE_PANEL)
    _waste_panel(picture, Box(right, above, column, upper), comparison)
    _line_panel(picture, Box(MARGIN, foot, column, lower), comparison, NOTHING_PANEL)
    _line_panel(picture, Box(right, foot, column, lower), comparison, ALIGNMENT_PANEL)
    return picture


def _fitted(text: str, width: float) -> tuple[list[str], float]:
    """Lines in the greatest size that fits the room; else in the smallest."""
    for size in SENTENCE_SIZES:
        lines = wrap(text, size, width)
        if _lines(lines, size) <= SENTENCE_ROOM:
            break
    return lines, size


def _lines(lines: list[str], size: float) -> float:
    return len(lines) * size * LEADING / POINTS


def _write(
    picture: Picture,
    gid: str,
    lines: list[str],
    size: float,
    top: float,
    weight: str = "normal",
    color: str = INK,
) -> None:
    picture.text(
        MARGIN / WIDTH,
        top / picture.get_figheight(),
        "\n".join(lines),
        fontsize=size,
        weight=weight,
        color=color,
        va="top",
        linespacing=LEADING,
        gid=gid,
    )


def _footer(comparison: Comparison) -> str:
    runs = comparison.replications
    parts = [comparison.scenario.name or "scenario without a name"]
    organizations = list(comparison.scenario.organizations)
    if len(organizations) > 1:
        parts.append(f"organization {organizations[0]}")
    parts += [
        f"{runs} {'replication' if runs == 1 else 'replications'}",
        f"seed {comparison.seed}",
        f"culturesim {__version__}",
    ]
    if runs == 1:
        parts.append("line: the only run")
    elif len(comparison.cultures) > BANDS_UP_TO:
        parts.append("line: median; band: middle 50 % of runs")
    else:
        parts.append("line: median; bands: middle 50 % and 80 % of runs")
    return "  ·  ".join(parts)


# --- panels


def _panel(picture: Picture, box: Box, gid: str, title: str, mark: str) -> None:
    """Write a panel's title, with a mark in the colour of its meaning."""
    height = picture.get_figheight()
    size = STYLE["axes.titlesize"]
    top = box.bottom + box.height
    tall = size / POINTS
    picture.add_artist(
        Rectangle(
            (box.left / WIDTH, (top - 1.1 * tall) / height),
            0.09 / WIDTH,
            1.15 * tall / height,
            facecolor=mark,
            linewidth=0.0,
        )
    )
    picture.text(
        (box.left + 0.18) / WIDTH,
        (top - 0.95 * tall) / height,
        title,
        fontsize=size,
        weight="bold",
        va="baseline",
        gid=gid,
    )


def _axes(picture: Picture, box: Box) -> Axes:
    height = picture.get_figheight()
    return picture.add_axes(
        (box.left / WIDTH, box.bottom / height, box.width / WIDTH, box.height / height)
    )


def _line_panel(picture: Picture, box: Box, comparison: Comparison, panel: LinePanel) -> None:
    styles = looks(comparison.cultures)
    curves = {culture: _quantiles(comparison, culture, panel.metric) for culture in styles}
    cycles = next(iter(curves.values())).shape[1]
    widest = BANDS.index(0.1) if len(styles) <= BANDS_UP_TO else BANDS.index(0.25)
    low, high = _limits(np.stack([c[widest : len(BANDS) - widest] for c in curves.values()]), panel)

    locator = (
        FixedLocator([0.0, 0.25, 0.5, 0.75, 1.0])
        if panel.top
        else MaxNLocator(5, steps=[1, 2, 2.5, 5, 10])
    )
    inside = [tick for tick in locator.tick_values(low, high) if low <= tick <= high]
    ticks = [_number(tick, panel.percent) for tick in inside]
    left = max(text_width(tick, STYLE["ytick.labelsize"]) for tick in ticks) + 0.1
    names = {name: shorten(_spoken(name), LABEL_SIZE, NAME_WIDTH, "bold") for name in styles}
    right = max(text_width(name, LABEL_SIZE, "bold") for name in names.values()) + 0.42

    inner = Box(
        box.left + left,
        box.bottom + PANEL_FOOT,
        box.width - left - right,
        box.height - PANEL_HEAD - PANEL_FOOT,
    )
    _panel(picture, box, f"title-{panel.metric}", panel.title, panel.mark)
    axes = _axes(picture, inner)
    axes.set_gid(panel.metric)
    axes.set_xlim(0, max(1, cycles - 1))
    axes.set_ylim(low, high)
    axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 2.5, 5, 10], integer=True))
    axes.yaxis.set_major_locator(locator)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: _number(y, panel.percent)))
    axes.grid(axis="x", visible=False)
    label = comparison.scenario.world.cycle_label
    axes.set_xlabel(f"cycle ({label})" if label else "cycle")
    axes.set_ylabel(panel.unit, rotation=0, ha="left", va="bottom")
    axes.yaxis.set_label_coords(-left / inner.width, 1.0 + 0.1 / inner.height)
    if low < 0.0:
        axes.axhline(0.0, color=QUIET, linewidth=1.5, gid=f"zero-{panel.metric}")

    shown = np.unique(np.linspace(0, cycles - 1, min(cycles, MOST_POINTS)).round().astype(int))
    for name, look in styles.items():
        if comparison.replications > 1:
            _bands(axes, shown, curves[name][:, shown], look, widest)
    for name, look in styles.items():
        axes.plot(
            shown,
            curves[name][BANDS.index(0.5), shown],
            color=look.colour,
            linestyle=look.line,
            marker="o" if cycles <= FEW_POINTS else "",
            markersize=7.0,
            clip_on=False,
            zorder=3.0,
            label=name,
            gid=f"median-{panel.metric}-{name}",
        )
    _end_labels(axes, inner, curves, names, styles, (low, high))


def _bands(axes: Axes, shown: Floats, curve: Floats, look: Look, widest: int) -> None:
    pale = max(1.0, contrast(look.colour) / CONTRAST)  # black's tint would hide all others
    for n, strength in ((0, 0.13), (1, 0.18)):
        if n >= widest:
            lower, upper = curve[n], curve[-1 - n]
            axes.fill_between(
                shown, lower, upper, color=look.colour, alpha=strength / pale, linewidth=0.0
            )
    # Edges in the line's own pattern: in grey, tints of two cultures look the same.
    for edge in (curve[widest], curve[-1 - widest]):
        axes.plot(shown, edge, color=look.colour, linestyle=look.line, linewidth=0.8, alpha=0.6)


def _end_labels(
    axes: Axes,
    inner: Box,
    curves: dict[str, Floats],
    names: dict[str, str],
    styles: dict[str, Look],
    limits: tuple[float, float],
) -> None:
    """Write each culture's name where its line ends, moved apart, with a short lead to it."""
    low, high = limits
    ends = {}
    for name, curve in curves.items():
        median = curve[BANDS.index(0.5)]
        finite = np.flatnonzero(np.isfinite(median))
        if len(finite):
            x = finite[-1] / axes.get_xlim()[1]
            ends[name] = x, (median[finite[-1]] - low) / (high - low)
    places = spread([y for _, y in ends.values()], LABEL_GAP / inner.height, 0.0, 1.0)
    for (name, (x, y)), place in zip(ends.items(), places, strict=True):
        look = styles[name]
        begin, end = 1.0 + 0.08 / inner.width, 1.0 + 0.3 / inner.width
        axes.add_line(
            Line2D(
                [x, begin, end],
                [y, y, place],
                transform=axes.transAxes,
                color=look.colour,
                linewidth=1.2,
                clip_on=False,
                gid=f"lead-{name}",
            )
        )
        axes.text(
            1.0 + 0.36 / inner.width,
            place,
            names[name],
            transform=axes.transAxes,
            fontsize=LABEL_SIZE,
            weight="bold",
            color=ink(look.colour),
            va="center_baseline",
            gid=f"label-{name}",
        )
    if missing := [names[name] for name in names if name not in ends]:
        axes.text(
            0.44,
            0.44,
            f"no values: {', '.join(missing)}" if ends else "no values",
            transform=axes.transAxes,
            ha="center",
            color=QUIET,
            gid="missing",
        )


def _waste_panel(picture: Picture, box: Box, comparison: Comparison) -> None:
    styles = looks(comparison.cultures)
    names = {name: shorten(_spoken(name), LABEL_SIZE, NAME_WIDTH, "bold") for name in styles}
    shares = {name: _shares(comparison, name) for name in styles}
    left = max(text_width(name, LABEL_SIZE, "bold") for name in names.values()) + 0.12
    room = box.width - left
    width = _bar_scale(shares, room)

    inner = Box(
        box.left + left,
        box.bottom + PANEL_FOOT + LEGEND_HEIGHT,
        width,
        box.height - BARS_HEAD - PANEL_FOOT - LEGEND_HEIGHT,
    )
    _panel(picture, box, "title-waste", "Effort wasted, by kind", WASTE)
    axes = _axes(picture, inner)
    axes.set_gid("waste")
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(len(styles) - 0.5, -0.5)  # the first culture on top
    narrow = width / 4.0 < 1.3 * text_width("100 %", STYLE["xtick.labelsize"])
    axes.xaxis.set_major_locator(FixedLocator([0.0, 0.5, 1.0] if narrow else QUARTERS))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: _number(x, True)))
    axes.grid(visible=False)  # the numbers are written
    axes.set_xlabel("share of all effort")
    axes.set_yticks(
        [row + WASTE_AT for row in range(len(styles))],
        list(names.values()),
        fontsize=LABEL_SIZE,
        fontweight="bold",
    )
    for tick, look in zip(axes.get_yticklabels(), styles.values(), strict=True):
        tick.set_color(ink(look.colour))
    for row, share in enumerate(shares.values()):
        _bar(axes, inner, row, share)
    _legend(picture, Box(box.left, box.bottom, box.width, LEGEND_HEIGHT))


def _bar(axes: Axes, inner: Box, row: int, share: dict[str, float]) -> None:
    """Draw a culture's waste, and below it, thin, what it spent on learning."""
    inch = 1.0 / inner.width  # on the axis of shares
    start = 0.0
    outside = []
    for kind, (colour, hatch) in WASTE_FILLS.items():
        part = share[kind]
        axes.barh(
            row + WASTE_AT,
            part,
            0.44,
            start,
            color=colour,
            hatch=hatch,
            edgecolor=INK,
            linewidth=1.0,
            gid=f"bar-{kind}",
        )
        if _fits(part, inner.width):
            axes.text(
                start + part / 2.0,
                row + WASTE_AT,
                _percent(part),
                fontsize=LABEL_SIZE,
                ha="center",
                va="center_baseline",
                bbox={"facecolor": colour, "edgecolor": "none", "pad": 1.5} if hatch else None,
                color="white" if kind == "waste_broken" else INK,
                gid=f"share-{kind}",
            )
        elif part >= LEAST_SHARE:
            outside.append(kind)
        start += part
    x = start + 0.1 * inch
    total = _percent(start)
    axes.text(
        x,
        row + WASTE_AT,
        total,
        fontsize=LABEL_SIZE,
        weight="bold",
        va="center_baseline",
        gid="total",
    )
    x += (text_width(total, LABEL_SIZE, "bold") + 0.15) * inch
    for kind in outside:  # too thin for its number, which stands behind the bar with its pattern
        colour, hatch = WASTE_FILLS[kind]
        axes.add_patch(
            Rectangle(
                (x, row + WASTE_AT - 0.075 * _per_row(axes, inner)),
                0.15 * inch,
                0.15 * _per_row(axes, inner),
                facecolor=colour,
                hatch=hatch * 2,
                edgecolor=INK,
                linewidth=0.8,
                clip_on=False,
            )
        )
        x += 0.2 * inch
        number = _percent(share[kind])
        axes.text(
            x,
            row + WASTE_AT,
            number,
            fontsize=SMALL_SIZE,
            va="center_baseline",
            gid=f"share-{kind}",
        )
        x += (text_width(number, SMALL_SIZE) + 0.1) * inch
    learning = share["learning"]
    axes.barh(
        row + LEARNING_AT,
        learning,
        0.2,
        color="white",
        hatch="||||",
        edgecolor=QUIET,
        linewidth=1.0,
        gid="bar-learning",
    )
    axes.text(
        learning + 0.08 * inch,
        row + LEARNING_AT,
        _percent(learning),
        fontsize=SMALL_SIZE,
        color=QUIET,
        va="center_baseline",
        gid="share-learning",
    )


def _per_row(axes: Axes, inner: Box) -> float:
    """Rows in an inch of height."""
    low, high = axes.get_ylim()
    return abs(high - low) / inner.height


def _fits(part: float, width: float) -> bool:
    return part * width >= text_width(_percent(part), LABEL_SIZE) + 0.06


def _bar_scale(shares: dict[str, dict[str, float]], room: float) -> float:
    """Inches of 100 %: as many as leave room for every number behind its bar."""
    width = room - 0.3  # half of "100 %" stands out on the right
    for _ in range(3):  # a shorter bar holds fewer numbers
        for share in shares.values():
            parts = [share[kind] for kind in WASTE_FILLS]
            behind = 0.1 + text_width(_percent(sum(parts)), LABEL_SIZE, "bold")
            for part in parts:
                if part >= LEAST_SHARE and not _fits(part, width):
                    behind += 0.35 + text_width(_percent(part), SMALL_SIZE)
            if sum(parts) > 0.0:
                width = min(width, (room - behind) / sum(parts))
    return width


def _legend(picture: Picture, box: Box) -> None:
    height = picture.get_figheight()
    kinds = [
        Patch(facecolor=colour, hatch=hatch, edgecolor=INK, linewidth=1.0, label=WASTE_WORDS[kind])
        for kind, (colour, hatch) in WASTE_FILLS.items()
    ]
    learning = Patch(
        facecolor="white", hatch="||||", edgecolor=QUIET, linewidth=1.0, label=LEARNING_WORDS
    )
    picture.legend(
        handles=[*kinds, learning],
        loc="lower left",
        bbox_to_anchor=(box.left / WIDTH, box.bottom / height),
        ncols=2,
        borderpad=0.0,
        borderaxespad=0.0,
        columnspacing=1.2,
        handlelength=1.4,
        handletextpad=0.5,
        labelspacing=0.3,
    )


# --- numbers


def _records(comparison: Comparison, culture: str, metric: str) -> Floats:
    """Values of a metric: shape (R, cycles)."""
    values: Floats = comparison.ensembles[culture].records[:, :, 0, NAMES.index(metric)]
    return values


def _quantiles(comparison: Comparison, culture: str, metric: str) -> Floats:
    """Quantiles over the runs that have a value: shape (bands, cycles); none: not a number."""
    values = _records(comparison, culture, metric)
    finite = np.isfinite(values)
    if finite.all():
        return np.quantile(values, BANDS, axis=0)
    out = np.full((len(BANDS), values.shape[1]), np.nan)
    some = finite.any(axis=0)
    out[:, some] = np.nanquantile(np.where(finite, values, np.nan)[:, some], BANDS, axis=0)
    return out


def _limits(drawn: Floats, panel: LinePanel) -> tuple[float, float]:
    finite = drawn[np.isfinite(drawn)]
    low = min(0.0, float(finite.min(initial=0.0)))
    high = panel.top or float(finite.max(initial=0.0)) * 1.05
    return low * 1.05, high if high > 0.0 else 1.0


def _shares(comparison: Comparison, culture: str) -> dict[str, float]:
    """Waste by kind and learning, as shares of the effort of all runs together."""
    ensemble = comparison.ensembles[culture]
    effort = float(ensemble.values("effort").sum())

    def share(*metrics: str) -> float:
        spent = sum(float(ensemble.values(metric).sum()) for metric in metrics)
        return spent / effort if effort > 0.0 else 0.0

    return {kind: share(kind) for kind in WASTE_FILLS} | {"learning": share(*LEARNING)}


def _spoken(name: str) -> str:
    return name.replace("_", " ")


def _number(value: float, percent: bool) -> str:
    value = 100.0 * value if percent else value
    text = f"{value:,.10g}".replace("-", "−")
    return f"{text} %" if percent else text


def _percent(share: float) -> str:
    """Whole percent; below one percent, a tenth."""
    percent = 100.0 * share
    if percent >= 0.95 or percent == 0.0:
        return f"{percent:.0f} %"
    return f"{percent:.1f} %" if share >= LEAST_SHARE else "< 0.1 %"
