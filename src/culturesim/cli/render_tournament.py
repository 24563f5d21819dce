"""What the command ``tournament`` prints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from culturesim.cli.render import _console, _print_json, _table
from culturesim.experiments.standings import verdict
from culturesim.plots.payoffs import format_payoff

if TYPE_CHECKING:
    from rich.table import Table

    from culturesim.experiments.tournament_result import Tournament

MARKS = {1: "+", -1: "-", 0: "?"}


def tournament(result: Tournament, folder: Path, written: Sequence[Path], as_json: bool) -> None:
    """The sentence, who earned what against whom, and where the results are."""
    figures = [str(path) for path in written if path.suffix in (".png", ".svg")]
    if as_json:
        _print_json(
            {
                "scenario": result.scenario.name,
                "contestants": list(result.contestants),
                "replications": result.replications,
                "seed": result.seed,
                "payoff": result.payoff,
                "sentence": result.sentence,
                "pairs": result.table.to_dict(orient="records"),
                "ranking": result.ranking.reset_index().to_dict(orient="records"),
                "shares": result.path().groupby("contestant", sort=False)["share"].last().to_dict(),
                "directory": str(folder),
                "figures": figures,
            }
        )
        return
    console = _console()
    console.print(result.scenario.title or result.scenario.name, style="bold", markup=False)
    console.print(result.sentence, width=min(console.width, 100), markup=False)
    print()
    console.print(_cross_table(result))
    n = result.replications
    runs = "replication" if n == 1 else "replications"
    print(f"\nRow against column: {result.payoff_words}, mean; alone: in brackets.")
    print(
        f"+ beat it, - lost to it, ? not settled: paired 95 % intervals of {n} {runs}, both orders."
    )
    print(f"\nFigure:  {figures[0]}\nResults: {folder}")


def _cross_table(result: Tournament) -> Table:
    """A row a contestant: its mean, its wins, and its payoff against each of the others."""
    ranking, payoffs = result.ranking, result.payoffs
    order = list(ranking.index)
    among = payoffs.to_numpy()
    numbers = [str(n + 1) for n in range(len(order))]
    columns = ("mean", "beat", *numbers)
    table = _table("", "contestant", *columns, right=columns)
    for number, mine in zip(numbers, order, strict=True):
        cells = []
        for other in order:
            text = format_payoff(float(payoffs.loc[mine, other]), among)
            mark = "" if mine == other else f" {MARKS[verdict(result.between(mine, other))]}"
            cells.append(f"({text})" if mine == other else f"{text}{mark}")
        mean = format_payoff(float(ranking["mean"][mine]), among)
        table.add_row(number, mine, mean, str(ranking["wins"][mine]), *cells)
    return table
