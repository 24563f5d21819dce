"""What is printed of the runs of a scenario: each organization, and the market they share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from culturesim.cli import render

if TYPE_CHECKING:
    from culturesim.model.results import Ensemble


def runs(result: Ensemble, folder: Path, as_json: bool) -> None:
    """Means over the runs, of each organization and of the whole market; where the results are."""
    from culturesim.model.market import market_name

    means = _means(result)
    each = {}
    if len(result.organizations) > 1:
        each = {name: _means(result, name) for name in result.organizations}
    if as_json:
        said = {"directory": str(folder), "replications": len(result.seeds), "means": means}
        render._print_json(said | ({"organizations": each} if each else {}))
        return
    columns = {**each, market_name(result.scenario): means} if each else {"mean": means}
    table = render._table("per run", *columns, "unit", right=tuple(columns))
    for metric in render.SHOWN:
        numbers = [render._number(column[metric], metric) for column in columns.values()]
        table.add_row(metric, *numbers, render._unit(metric))
    render._console().print(table)
    print(f"\nResults: {folder}")


def _means(result: Ensemble, organization: str | None = None) -> dict[str, float]:
    from culturesim.model.results import RUN_NAMES

    return {name: float(render._mean(result.values(name, organization))) for name in RUN_NAMES}
