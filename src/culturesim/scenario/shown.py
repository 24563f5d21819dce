"""How a scenario shows itself in a notebook: what it is, and where it differs from its base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from culturesim import markup
from culturesim.scenario.describe import parameters
from culturesim.scenario.paths import pattern

if TYPE_CHECKING:
    from culturesim.scenario.schema import Scenario

ROWS = 40  # of a table at most


def scenario_html(scenario: Scenario) -> str:
    """Title, size, and a table of the differences from the scenario's base.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    str
    """
    world = scenario.world
    teams = sum(organization.teams for organization in scenario.organizations.values())
    size = (
        f"{world.customers:,} customers, {teams} teams, {world.concerns} concerns, "
        f"{world.cycles} cycles; cultures: {', '.join(scenario.culture_names)}"
    )
    head = markup.head(scenario.title or scenario.name or "a scenario", size)
    more = "help(scenario) says what can be done; .override({...}) makes a changed copy."
    base = scenario.base
    if base is None:
        told = f"{scenario.name or 'It'} is complete in itself: there is nothing it differs from."
        return markup.block(head, markup.text(told), markup.small(more))
    name = base.name or base.title or "its base"
    differences = base.differences(scenario)
    if not differences:
        return markup.block(head, markup.text(f"Every value is that of {name}."))
    by_path = {row.path: row for row in parameters()}
    columns = ("parameter", name, "here", "unit", "range", "what it means")
    rows = []
    for path, before, after in differences[:ROWS]:
        row = by_path[".".join(pattern(tuple(path.split("."))))]
        rows.append((path, _value(before), _value(after), row.unit, row.range, row.meaning))
    left = len(differences) - len(rows)
    return markup.block(
        head,
        markup.table(columns, rows, right=(name, "here")),
        markup.small(f"... and {left} more differences") if left else "",
        markup.small(f"Everything else is as in {name}."),
    )


def _value(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "all"
    return str(value)
