"""A twin in plain words: who it is, where its lives part, and what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from culturesim.experiments.twin_result import Twin


def sentence(twin: Twin) -> str:
    """Say in a few sentences what became of the same customer, or team, in each world."""
    if twin.kind == "team":
        return f"{_team(twin)} {_team_parts(twin)} {_team_ends(twin)}"
    return f"{_customer(twin)} {_customer_parts(twin)} {_customer_ends(twin)}"


# --- a customer


def _customer(twin: Twin) -> str:
    who = f"Customer {twin.row} has the same cares and the same luck in {_worlds(twin)}"
    if not twin.picked:
        return f"{who}."
    base, second = (_name(culture) for culture in twin.cultures[:2])
    number = twin.scenario.world.customers
    return f"{who}; what it gains by {second} over {base} is the median of all {number}."


def _customer_parts(twin: Twin) -> str:
    cycle = twin.parts.choice
    if cycle is None:
        return "It does the same in every cycle of each."
    base = twin.cultures[0]
    rows = {culture: twin.life(culture).iloc[cycle] for culture in twin.cultures}
    did = {culture: _did(row) for culture, row in rows.items()}
    told = [c for c in did if c == base or _differs(rows[c]["team"], rows[base]["team"])]
    begin = f"Its lives part in cycle {cycle}:" if cycle else "Its lives part from the start:"
    return f"{begin} {'; '.join(f'under {_name(culture)} {did[culture]}' for culture in told)}."


def _differs(one: Any, other: Any) -> bool:
    """Whether two teams differ; none is the same as none."""
    return str(one) != str(other)


def _did(row: Any) -> str:
    """What a customer did in a cycle, and why."""
    best = f"best fit {row['best_fit']:.2f}"
    return {
        "kept": f"it commits to team {row['team']} (fit {row['fit']:.2f}), which keeps its promise",
        "broken": f"it commits to team {row['team']} (fit {row['fit']:.2f}), "
        "which breaks its promise",
        "indecision": f"it prefers team {row['preferred_team']}, and puts it off",
        "status_quo_preferred": f"it prefers to do nothing ({best})",
        "below_standard": f"it does nothing, as no offer meets its standard ({best}, "
        f"needed {row['standard']:.2f})",
        "beyond_budget": "it does nothing, as the best offer is beyond its budget",
        "not_offered": "it does nothing, as nobody makes an offer",
    }[row["reason"]]


def _customer_ends(twin: Twin) -> str:
    cycles = twin.scenario.world.cycles
    ends = []
    for culture in _best_first(twin):
        kept = int((twin.life(culture)["outcome"] == "kept").sum())
        value = amount(twin.parts.value[culture])
        served = "never served" if kept == 0 else f"served {_times(kept)}"
        ends.append(f"{value} under {_name(culture)} ({served})")
    return f"After {_cycles(cycles)} its value beyond doing nothing is {_listed(ends)}."


# --- a team


def _team(twin: Twin) -> str:
    organization = twin.cycles["organization"].iloc[0]
    return f"Team {twin.row} of {organization} has the same customers in {_worlds(twin)}."


def _team_parts(twin: Twin) -> str:
    cycle = twin.parts.choice
    if cycle is None:
        return "As many commit to it in every cycle of each."
    commit = [
        f"{twin.life(culture)['commitments'].iloc[cycle]} under {_name(culture)}"
        for culture in twin.cultures
    ]
    return f"Commitments to it first differ in cycle {cycle}: {_listed(commit)}."


def _team_ends(twin: Twin) -> str:
    ends = []
    for culture in _best_first(twin):
        life = twin.life(culture)
        wasted = life["waste"].sum() / life["effort"].sum()
        ends.append(
            f"{amount(twin.parts.value[culture])} under {_name(culture)}, "
            f"with {100.0 * wasted:.0f} % of its effort wasted"
        )
    cycles = _cycles(twin.scenario.world.cycles)
    return f"After {cycles} it has created value of {_listed(ends, ';')}."


# --- words


def amount(value: float) -> str:
    """Write an amount of resources: whole where it is large, with its sign where it is negative."""
    text = f"{value:,.0f}" if abs(value) >= 10.0 else f"{value:.1f}"
    return "0" if text in ("0.0", "-0.0") else text.replace("-", "−")


def _best_first(twin: Twin) -> list[str]:
    value = twin.parts.value
    return sorted(value, key=lambda culture: -value[culture])


def _name(culture: str) -> str:
    return culture.replace("_", " ")


def _worlds(twin: Twin) -> str:
    number = len(twin.cultures)
    return "both worlds" if number == 2 else f"{number} worlds"


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _cycles(number: int) -> str:
    return f"{number} {'cycle' if number == 1 else 'cycles'}"


def _listed(texts: list[str], comma: str = ",") -> str:
    between = " and " if comma == "," else f"{comma} and "
    return f"{f'{comma} '.join(texts[:-1])}{between}{texts[-1]}"
