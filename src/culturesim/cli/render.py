"""What the commands print: tables for people, JSON for programs."""

from __future__ import annotations

import json
import math
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from culturesim.experiments.comparison import Comparison
    from culturesim.experiments.sweep_places import BundledSweep
    from culturesim.scenario.load import BundledScenario
    from culturesim.scenario.schema import Scenario

# Width where no terminal says how wide it is: tables must not be cut in a file or a pipe.
WIDE = 160
ROOMY = 116  # columns that a comparison of two cultures needs in full

SHOWN = (
    "value_created",
    "net_value",
    "resources_committed",
    "customer_surplus",
    "waste",
    "waste_unaccepted",
    "waste_misdirected",
    "waste_broken",
    "value_per_effort",
    "commitment_rate",
    "no_decision_rate",
    "broken_promise_rate",
    "alignment",
)


def _console() -> Console:
    width = None if sys.stdout.isatty() else max(WIDE, shutil.get_terminal_size().columns)
    return Console(width=width, highlight=False)


def _print_json(value: Any) -> None:
    print(json.dumps(_finite(value), indent=2, ensure_ascii=False, allow_nan=False))


def _finite(value: Any) -> Any:
    """Values that JSON has: not a number becomes null, infinity the text of a scenario file."""
    if isinstance(value, Mapping):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else ("inf" if value > 0 else "-inf")
    return value


def _table(*columns: str, right: Sequence[str] = ()) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(
            column,
            justify="right" if column in right else "left",
            no_wrap=column == columns[0] or column in right,
            overflow="fold",
        )
    return table


def bundled(
    scenarios: Mapping[str, BundledScenario], sweeps: Mapping[str, BundledSweep], as_json: bool
) -> None:
    """Names and titles of what comes with the package; in JSON, sweeps with their scenario."""
    if as_json:
        facts = {name: {**head._asdict(), "sweeps": {}} for name, head in scenarios.items()}
        for name, sweep in sweeps.items():
            said = {key: text for key, text in sweep._asdict().items() if key != "scenario"}
            facts[sweep.scenario]["sweeps"][name] = said
        _print_json(facts)
        return
    for what, heads in (("scenario", scenarios), ("sweep", sweeps)):
        table = _table(what, "title")
        for name, head in heads.items():
            table.add_row(name, head.title)
        _console().print(table)
        print()
    print("culturesim show SCENARIO shows one; culturesim compare SCENARIO runs it.")
    print("culturesim sweep SWEEP --plan says how much there is to run.")


def scenario(resolved: Scenario, as_json: bool) -> None:
    """Every value of a scenario."""
    from culturesim.scenario.describe import describe

    if as_json:
        _print_json(resolved.resolved())
        return
    for text in (resolved.title, resolved.about, resolved.expect):
        if text:
            print(text.strip(), end="\n\n")
    table = _table("parameter", "value", "unit", "meaning", right=("value",))
    for row in describe(resolved):
        mark = "*" if row.differs else " "
        table.add_row(row.path, f"{_value(row.value)}{mark}", row.unit, row.meaning)
    _console().print(table)
    print("\n* differs from the default")


def _value(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or "all"
    return str(value)


def checked(resolved: Scenario, as_json: bool) -> None:
    """Say that a scenario is in order."""
    facts = {
        "scenario": resolved.name,
        "customers": resolved.world.customers,
        "teams": sum(o.teams for o in resolved.organizations.values()),
        "concerns": resolved.world.concerns,
        "cycles": resolved.world.cycles,
        "cultures": list(resolved.culture_names),
        "hash": resolved.hash(),
    }
    if as_json:
        _print_json(facts)
        return
    print(
        f"{resolved.source}: in order. {facts['customers']} customers, {facts['teams']} teams, "
        f"{facts['concerns']} concerns, {facts['cycles']} cycles; "
        f"cultures: {', '.join(resolved.culture_names)}."
    )


def comparison(result: Comparison, folder: Path, written: Sequence[Path], as_json: bool) -> None:
    """The sentence, the table, and where the results are."""
    figures = [str(path) for path in written if path.suffix in (".png", ".svg")]
    if as_json:
        flat = result.table.reset_index().to_dict(orient="records")
        _print_json(
            {
                "scenario": result.scenario.name,
                "compared": result.kind,
                "cultures": list(result.cultures),
                "replications": result.replications,
                "seed": result.seed,
                "sentence": result.sentence,
                "table": flat,
                "directory": str(folder),
                "figures": figures,
            }
        )
        return
    console = _console()
    wide = console.width >= ROOMY
    # What leaders do in a scenario and the absence of that have the same title.
    for title in dict.fromkeys(s.title or s.name for s in result.scenarios):
        console.print(f"[bold]{title}[/bold]")
    console.print(result.sentence, width=min(console.width, 100))
    print()
    console.print(_comparison_table(result, wide))
    n = result.replications
    print(f"\nMeans of {n} {'run' if n == 1 else 'runs'}; difference with 95 % interval, paired;")
    if wide:
        print(f"ahead: share of markets in which the {_one(result)}'s number is the greater one;")
        print("pairing: how many times as many runs would be needed without common random numbers.")
    else:
        print("a wider window shows more.")
    print(f"\nFigure:  {figures[0]}\nResults: {folder}")


def _one(result: Comparison) -> str:
    return result.kind.removesuffix("s")


def _comparison_table(result: Comparison, wide: bool) -> Table:
    from culturesim.experiments.sentence import result_of

    base, *others = result.cultures
    several = len(others) > 1
    means = (base, "mean") if several else (base, *others)
    numbers = (*means, "difference", "95 % interval", *(("ahead", "pairing") if wide else ()))
    names = (_one(result),) if several else ()
    units = ("unit",) if wide else ()
    table = _table("per run", *names, *numbers, *units, right=numbers)
    for name in SHOWN:
        for culture in others:
            row = result_of(result, name, culture)
            cells = [
                *([culture] if several else []),
                _number(row.base, name),
                _number(row.other, name),
                _number(row.difference, name, sign=True),
                f"{_number(row.low, name)} to {_number(row.high, name)}",
            ]
            if wide:
                known = math.isfinite(row.variance_ratio)
                gain = f"{row.variance_ratio:.1f}x" if known else "-"
                cells += [f"{100 * row.ahead:.0f} %", gain, _unit(name)]
            table.add_row(name, *cells)
    return table


def _mean(values: Any) -> Any:
    finite = values[~(values != values)]
    return finite.mean() if len(finite) else math.nan


def _unit(name: str) -> str:
    from culturesim.model.numbers import unit_of

    return unit_of(name)


def _number(value: float, name: str, sign: bool = False) -> str:
    from culturesim.model.numbers import number_words

    return number_words(value, name, sign)


def figures(written: Sequence[Path], as_json: bool) -> None:
    """Where a figure was written."""
    if as_json:
        _print_json({"figures": [str(path) for path in written]})
        return
    print(f"Figure:  {written[0]}")


def cycle(as_json: bool) -> None:
    """The schedule of the cycle."""
    from culturesim.model.schedule import schedule

    phases = schedule()
    if as_json:
        _print_json([{"phase": phase.name, **phase.facts._asdict()} for phase in phases])
        return
    table = _table("", "phase", "acts", "what", "reads", "writes", "streams")
    for n, (name, facts) in enumerate(phases, 1):
        table.add_row(
            str(n),
            name,
            facts.acts,
            facts.does,
            _grouped(facts.reads),
            _grouped(facts.writes),
            ", ".join(facts.streams) or "-",
        )
        table.add_row()
    _console().print(table)


def _grouped(names: Sequence[str]) -> str:
    groups: dict[str, list[str]] = {}
    for name in names:
        entity, column = name.split(".")
        groups.setdefault(entity, []).append(column)
    return "\n".join(f"{entity}: {', '.join(columns)}" for entity, columns in groups.items())


def schema(as_json: bool) -> None:
    """Every parameter; or the JSON Schema of a scenario file."""
    from culturesim.scenario.describe import json_schema, parameters

    if as_json:
        _print_json(json_schema())
        return
    table = _table("parameter", "type", "default", "unit", "range", "meaning", right=("default",))
    for row in parameters():
        default = "required" if row.required else _value(row.default)
        table.add_row(row.path, row.type, default, row.unit, row.range, row.meaning)
    _console().print(table)
