"""Views: agents that hold their model and their row, and one attribute for every column."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

import mesa

from culturesim.errors import ArgumentError, nearest
from culturesim.model.checks import check_values, numbers, row_number
from culturesim.state.columns import Column, TeamRecord, columns

if TYPE_CHECKING:
    from culturesim.model.model import CultureModel

# Columns that hold codes read as words; a code is the place of its word.
WORDS = {
    "outcome": ("status quo", "indecision", "committed", "kept", "broken"),
    "validation": ("searching", "validated", "taken up"),
}

# Rows and options point into other arrays, and compiled code does not look whether they are there.
WIRING = ("index", "option")
READ_ONLY = ("reach_size", "neighbour_size", "outcome")


def _array_of(entity: str, name: str) -> Callable[[Any], Any]:
    """How to find the array of a column, given the state."""
    if entity == "teams" and name in TeamRecord.__annotations__:
        return lambda state: state.teams.record[name]
    return lambda state: getattr(getattr(state, entity), name)


def _describe(column: Column, writable: bool) -> str:
    """Say in an attribute's docstring what the table says of its column."""
    meaning = column.meaning[0].upper() + column.meaning[1:]
    shape = f"; shape ({', '.join(column.shape[1:])},)" if len(column.shape) > 1 else ""
    unit = f" Unit: {column.unit}{shape}." if column.unit != "code" else ""
    phases = column.writers.split()[1:]
    changed = f"phases that change it: {', '.join(phases)}" if phases else "no phase changes it"
    return f"{meaning}.{unit} {changed.capitalize()}.{'' if writable else ' Read only.'}"


def _attribute(entity: str, name: str, column: Column) -> property:
    """An attribute that reads and writes an agent's own row of a column."""
    find = _array_of(entity, name)
    words = WORDS.get(name)
    writable = column.unit not in WIRING and name not in READ_ONLY

    def read_word(agent: Any) -> Any:
        return words[find(agent.model.state).item(agent.row)] if words else None

    def read_number(agent: Any) -> Any:
        return find(agent.model.state).item(agent.row)

    def read_row(agent: Any) -> Any:
        return find(agent.model.state)[agent.row].copy()

    def write_word(agent: Any, value: Any) -> None:
        if words is not None:
            agent.keep_to_own_row(f"{agent.place}: {name}")
            if value not in words:
                raise ArgumentError(
                    "does not exist",
                    key=f"{agent.place}: {name} = {value!r}",
                    allowed=words,
                    nearest=nearest(str(value), words),
                )
            find(agent.model.state)[agent.row] = words.index(value)

    def write_numbers(agent: Any, value: Any) -> None:
        array = find(agent.model.state)
        key = f"{agent.place}: {name}"
        agent.keep_to_own_row(key)
        new = numbers(key, value, array.shape[1:])
        turn = agent.model.turn
        check_values(key, name, column, new, turn.verb if turn is not None else None)
        array[agent.row] = new

    def refuse(agent: Any, value: Any) -> None:
        raise ArgumentError(
            "cannot be changed",
            key=f"{agent.place}: {name}",
            hint="it says who meets whom, or what has happened; change what leads to it",
        )

    if words:
        read, write = read_word, write_word
    else:
        read = read_row if len(column.shape) > 1 else read_number
        write = write_numbers
    read.__name__ = name  # as help() shows it
    doc = _describe(column, writable)
    if words:
        doc += f" One of: {', '.join(words)}."
    return property(read, write if writable else refuse, doc=doc)


class View(mesa.Agent):
    """An agent that is a view of one row of its model's arrays.

    Parameters
    ----------
    model : CultureModel
    row : int
        Its row in the arrays, from 0. `unique_id` is Mesa's own number, from 1 over all agents.

    Raises
    ------
    ArgumentError
        If the model has no such row.
    """

    entity: ClassVar[str]

    def __init_subclass__(cls, entity: str | None = None, **kwargs: Any) -> None:
        """Give the class one attribute for every column of its entity, unless it has its own."""
        super().__init_subclass__(**kwargs)
        if entity is None:
            return
        cls.entity = entity
        for name, column in columns(entity).items():
            if name not in cls.__dict__:
                setattr(cls, name, _attribute(entity, name, column))

    def __init__(self, model: CultureModel, row: int) -> None:
        rows = len(getattr(model.state, self.entity)[0])
        self.row = row_number(f"{type(self).__name__}.row", row, rows)
        super().__init__(model)

    def __repr__(self) -> str:
        return f"<{self.place}>"

    @property
    def place(self) -> str:
        """Class and row, as errors name the agent."""
        return f"{type(self).__name__} {self.row}"

    def keep_to_own_row(self, key: str) -> None:
        """Say so if this is written by a verb of another team.

        Raises
        ------
        ArgumentError
            If a verb is at work, and not that of this row.
        """
        turn = self.model.turn
        if turn is not None and (self.entity, self.row) != ("teams", turn.row):
            raise ArgumentError(
                "cannot be written by another team",
                key=key,
                found=f"written in {turn.verb} of team {turn.row}",
                hint="a verb reads everything and writes the row of its own team: self....",
            )
