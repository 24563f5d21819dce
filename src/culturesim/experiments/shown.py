"""How results show themselves in a notebook: a sentence, a short table, perhaps a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from culturesim import markup
from culturesim.experiments.sentence import result_of
from culturesim.model.numbers import number_words, unit_of
from culturesim.model.shown import SHOWN
from culturesim.progress.words import count_words

if TYPE_CHECKING:
    from culturesim.experiments.comparison import Comparison
    from culturesim.experiments.plan import Plan
    from culturesim.experiments.study import Study
    from culturesim.experiments.tournament_result import Tournament
    from culturesim.experiments.twin_result import Twin

ROWS = 12  # of a table at most
SOMEBODY = "a scenario"
VALUE = "value in all, resources"


def comparison_html(comparison: Comparison) -> str:
    """Sentence, table and figure of a comparison.

    Parameters
    ----------
    comparison : Comparison

    Returns
    -------
    str
    """
    base, *others = comparison.cultures
    several = len(others) > 1
    means = (base, "mean") if several else (base, *others)
    columns = ("a run", *(("against",) if several else ()), *means, "difference", "95 % interval")
    columns += ("ahead", "unit")
    rows = []
    for name in SHOWN:
        for other in others:
            row = result_of(comparison, name, other)
            bounds = [number_words(bound, name, sign=True) for bound in (row.low, row.high)]
            rows.append(
                (
                    name,
                    *((other,) if several else ()),
                    number_words(row.base, name),
                    number_words(row.other, name),
                    number_words(row.difference, name, sign=True),
                    " to ".join(bounds),
                    f"{100.0 * row.ahead:.0f} %",
                    unit_of(name),
                )
            )
    pairs = count_words(comparison.replications, "market")
    last = others[0] if others and not several else "the other"
    note = (
        f"Means over {pairs}, the same for all; seed {comparison.seed}. difference: {last} less "
        f"{base}, pair by pair. ahead: share of markets in which {last} has the greater number."
    )
    titles = dict.fromkeys(s.title or s.name or SOMEBODY for s in comparison.scenarios)
    told = comparison.sentence.replace("_", " ")
    return markup.block(
        markup.head("; ".join(titles)),
        markup.text(told),
        markup.table(columns, rows, right=columns[1:-1]) if others else "",
        markup.small(note),
        markup.image(comparison.plot()._repr_png_(), told),
    )


def twin_html(twin: Twin) -> str:
    """Sentence and the values of the lives.

    Parameters
    ----------
    twin : Twin

    Returns
    -------
    str
    """
    parts = twin.parts
    rows = [(name, number_words(v, "alignment")) for name, v in parts.value.items()]
    where = [
        f"{what} differ from cycle {cycle} on"
        for what, cycle in (("offers", parts.offers), ("choices", parts.choice))
        if cycle is not None
    ]
    return markup.block(
        markup.head(f"{twin.kind} {twin.row} of {twin.scenario.name or SOMEBODY}".capitalize()),
        markup.text(twin.sentence.replace("_", " ")),
        markup.table(
            ("world", "value in all, resources"), rows, right=("value in all, resources",)
        ),
        markup.small(f"{'; '.join(where) or 'the lives never part'}. .plot() draws them."),
    )


def tournament_html(tournament: Tournament) -> str:
    """Sentence and ranking.

    Parameters
    ----------
    tournament : Tournament

    Returns
    -------
    str
    """
    table = tournament.ranking.reset_index()
    columns = tuple(map(str, table.columns))
    rows = [
        tuple(f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in row)
        for row in table.itertuples(index=False)
    ]
    pairs = count_words(tournament.replications, "replication")
    return markup.block(
        markup.head(
            f"Tournament in {tournament.scenario.name or SOMEBODY}",
            f"{pairs} of each market, seed {tournament.seed}; {tournament.payoff_words}",
        ),
        markup.text(tournament.sentence.replace("_", " ")),
        markup.table(columns, rows, right=columns[1:]),
    )


def study_html(study: Study) -> str:
    """What is varied, how much of it is done, and the first metric at each design point.

    Parameters
    ----------
    study : Study

    Returns
    -------
    str
    """
    points, cultures, replications = study.ledger.shape
    sizes = ((points, "design point"), (cultures, "culture"), (replications, "replication"))
    each = " × ".join(count_words(number, what) for number, what in sizes)
    total = points * cultures * replications
    done = len(study.runs) // max(1, len(study.scenario.organizations))
    metric = study.metrics[0]
    table = study.table
    table = table[table["metric"] == metric]
    several = len(study.cultures) > 1
    numbers = ("base", "mean", "difference", "low", "high") if several else ("mean", "low", "high")
    columns = (*study.factors, *(("culture",) if len(study.cultures) > 2 else ()), *numbers)
    rows = [
        tuple(
            number_words(value, metric, sign=name == "difference")
            if name in numbers
            else f"{value:g}"
            if isinstance(value, float)
            else str(value)
            for name, value in row.items()
        )
        for row in table[list(columns)].head(ROWS).to_dict(orient="records")
    ]
    more = len(table) - len(rows)
    first = f"; base: {study.cultures[0]}, low and high: 95 % interval" if several else ""
    return markup.block(
        markup.head(study.title, f"{each}: {done:,} of {count_words(total, 'run')} done"),
        markup.text(f"{metric}, {unit_of(metric) or 'no unit'}{first}"),
        markup.table(columns, rows, right=numbers),
        markup.small(f"... and {count_words(more, 'more design point')}") if more > 0 else "",
        markup.small(f"In {study.directory}. .plot() draws what fits the design."),
    )


def plan_html(plan: Plan) -> str:
    """How many runs, how long, how much disk.

    Parameters
    ----------
    plan : Plan

    Returns
    -------
    str
    """
    return markup.block(markup.text(plan.sentence))
