"""What the command ``twin`` prints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from culturesim.cli.render import _console, _print_json, _table

if TYPE_CHECKING:
    from culturesim.experiments.twin_result import Twin

BEFORE, AFTER = 2, 4  # cycles around the parting that are shown

SHOWN = {
    "customer": ("reason", "team", "best_fit", "standard", "value", "cumulative_value"),
    "team": ("stance", "alignment", "commitments", "kept", "waste", "cumulative_value"),
}


def twin(result: Twin, folder: Path, written: Sequence[Path], as_json: bool) -> None:
    """The sentence, the cycles around the parting, and where the results are."""
    figures = [str(path) for path in written if path.suffix in (".png", ".svg")]
    around = around_parting(result)
    if as_json:
        _print_json(
            {
                "scenario": result.scenario.name,
                "cultures": list(result.cultures),
                "seed": result.seed,
                result.kind: result.row,
                "picked": result.picked,
                "sentence": result.sentence,
                "parts": result.parts._asdict(),
                "cycles": [
                    {name: None if pd.isna(value) else value for name, value in row.items()}
                    for row in around.to_dict(orient="records")
                ],
                "directory": str(folder),
                "figures": figures,
            }
        )
        return
    console = _console()
    title = result.scenario.title or result.scenario.name
    console.print(f"{title}: {result.kind} {result.row}", style="bold", markup=False)
    console.print(result.sentence, width=min(console.width, 100), markup=False)
    print()
    columns = SHOWN[result.kind]
    numbers = [name for name in columns if name not in ("reason", "stance")]
    words = {name: name.replace("_", " ") for name in columns}
    table = _table(
        "cycle", "culture", *words.values(), right=("cycle", *(words[name] for name in numbers))
    )
    before = None
    for row in around.to_dict(orient="records"):
        cycle = row["cycle"]
        if before not in (None, cycle):
            table.add_row()
        shown = "" if cycle == before else str(cycle)
        table.add_row(shown, str(row["culture"]), *(_cell(row[name]) for name in columns))
        before = cycle
    console.print(table)
    print(f"\nFigure:  {figures[0]}\nResults: {folder}")


def around_parting(result: Twin) -> pd.DataFrame:
    """The cycles around the one in which the lives part (else the last), culture by culture."""
    cycles = result.cycles
    last = int(cycles["cycle"].max())
    parting = result.parts.choice if result.parts.choice is not None else last
    near = cycles["cycle"].between(parting - BEFORE, parting + AFTER)
    order = list(result.cultures)
    return cycles[near].sort_values(
        ["cycle", "culture"],
        key=lambda column: column.map(order.index) if column.name == "culture" else column,
        ignore_index=True,
    )


def _cell(value: Any) -> str:
    if pd.isna(value):
        return "-"
    if isinstance(value, float):
        return f"{value:.2f}"
    return str(value).replace("_", " ")
