"""A comparison in plain words: who created more, by how much, how sure, and where waste went."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from culturesim.experiments.garden import culture_sentence
from culturesim.experiments.statistics import Paired, paired

if TYPE_CHECKING:
    from culturesim.experiments.comparison import Comparison

UNEQUAL = 1.1  # efforts are told apart from here on

WASTE_WORDS = {
    "waste_unaccepted": "building that nobody took",
    "waste_misdirected": "building the wrong things",
    "waste_broken": "serving broken promises",
}


def result_of(comparison: Comparison, metric: str, culture: str) -> Paired:
    """Paired result of one metric, for a culture against the comparison's base."""
    base = comparison.ensembles[comparison.cultures[0]]
    return paired(base.values(metric), comparison.ensembles[culture].values(metric))


def sentence(comparison: Comparison) -> str:
    """Say what came of a comparison: a sentence for each culture after the first, one on waste.

    Where cultures change, a sentence for each on what became of them comes first.
    """
    parts = [_value_sentence(comparison, culture) for culture in comparison.cultures[1:]]
    if comparison.kind == "organizations":
        parts += _rivals_sentences(comparison)
    if comparison.grows:
        return " ".join([*culture_sentences(comparison).values(), *parts])
    return " ".join([*parts, _waste_sentence(comparison)])


def culture_sentences(comparison: Comparison) -> dict[str, str]:
    """Say of each scenario, organization, or culture at the start, what became of the culture."""
    at_first = " at first" if comparison.kind == "cultures" else ""
    return {
        name: culture_sentence(f"{name}{at_first}", ensemble)
        for name, ensemble in comparison.ensembles.items()
    }


def _value_sentence(comparison: Comparison, culture: str) -> str:
    base = comparison.cultures[0]
    value = result_of(comparison, "value_created", culture)
    pairs = comparison.replications
    if math.isnan(value.difference) or (value.base == 0.0 and value.other == 0.0):
        return f"Neither {base} nor {culture} created any value."
    if value.ahead == 0.0 and value.behind == 0.0:
        return f"{_begin(culture)} created exactly as much value as {base} in every market."
    if value.difference == 0.0:
        return f"{_begin(base)} and {culture} created the same value on average."
    if value.low <= 0.0 <= value.high:
        leader = culture if value.difference > 0.0 else base
        markets = "one market" if pairs == 1 else f"{pairs} markets"
        return (
            f"Whether {base} or {culture} creates more value is not settled: "
            f"{leader} was ahead on average, but in {markets} that may be chance."
        )
    winner, loser, won = (
        (culture, base, value.ahead) if value.difference > 0.0 else (base, culture, value.behind)
    )
    more, less = max(value.base, value.other), min(value.base, value.other)
    least, most = sorted(abs(bound) for bound in (value.low, value.high))
    sure = f" (by {_short(least)} to {_short(most)} resources a run, 95 % sure)"
    return (
        f"{_begin(winner)} created {_how_much(more, less)} {loser} and was ahead in "
        f"{_count(won, pairs)}{sure if len(comparison.cultures) == 2 else ''}."
    )


def _rivals_sentences(comparison: Comparison) -> list[str]:
    """Say whom customers chose, insiders apart from outside buyers, and what efforts made of it."""
    told = []
    effort = _means(comparison, "effort")
    if max(effort.values()) > UNEQUAL * min(effort.values()):
        value = _means(comparison, "value_created")
        each = [f"{value[name] / effort[name]:.2f} in {name}" for name in effort]
        told.append(f"Each unit of effort created {_listed(each)}.")
    kinds = {segment.kind for segment in comparison.scenario.segments.values()}
    buyers = "outside buyers" if "internal" in kinds else "all customers"
    shares = []
    if "external" in kinds:
        won = _means(comparison, "commitment_external").items()
        each = [f"{name} {100.0 * share:.0f} %" for name, share in won]
        each[0] = each[0].replace(" ", " won ", 1)
        shares.append(f"of {buyers} {_listed(each)}")
    if "internal" in kinds:
        won = _means(comparison, "commitment_internal").items()
        each = [f"{100.0 * share:.0f} % in {name}" for name, share in won if share == share]
        each[0] = each[0].replace(" in ", " took part in ", 1)
        shares.append(f"of their own people {_listed(each)}")
    told.append(f"{_begin('; '.join(shares))}.")
    return told


def _means(comparison: Comparison, metric: str) -> dict[str, float]:
    return {name: float(e.values(metric).mean()) for name, e in comparison.ensembles.items()}


def _how_much(more: float, less: float) -> str:
    if less <= 0.0:
        return "more value than"
    if more / less >= 1.5:
        return f"{more / less:.1f} times as much value as"
    return f"{100.0 * (more / less - 1.0):.0f} % more value than"


def _count(share: float, pairs: int) -> str:
    won = round(share * pairs)
    return f"{won} of {pairs} {'market' if pairs == 1 else 'markets'}"


def _waste_sentence(comparison: Comparison) -> str:
    wasted: list[str] = []
    mostly: list[str] = []
    for culture, ensemble in comparison.ensembles.items():
        effort = ensemble.values("effort").sum()
        kinds = {kind: ensemble.values(kind).sum() / effort for kind in WASTE_WORDS}
        share = f"{100.0 * sum(kinds.values()):.0f} %"
        # Later ones need not repeat what the first has said.
        wasted.append(f"{culture} {share}" if wasted else f"{culture} wasted {share} of its effort")
        most = max(kinds, key=lambda kind: kinds[kind])
        mostly.append(f", most of it {WASTE_WORDS[most]}" if kinds[most] > 0.0 else "")
    if len(set(mostly)) == 1:
        return f"{_begin(_listed(wasted))}{mostly[0]}."
    return f"{_begin('; '.join(map(''.join, zip(wasted, mostly, strict=True))))}."


def _listed(texts: list[str]) -> str:
    if len(texts) == 1:
        return texts[0]
    return f"{', '.join(texts[:-1])} and {texts[-1]}"


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100.0 else f"{number:.3g}"


def _begin(text: str) -> str:
    return text[:1].upper() + text[1:]
