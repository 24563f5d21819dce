"""Verbs: the phases in which teams act, as methods that a subclass of `Team` may write.

Some phases are named as a column is: `plan` and `offer`. Of such a name the column keeps the
attribute of a team, to read and to write, and the verb the places where Python looks for an
inherited method: ``super().plan()`` and ``Parent.plan(self)``.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import MethodType
from typing import Any

from culturesim.errors import ArgumentError
from culturesim.model.schedule import schedule
from culturesim.state.columns import columns

PHASES = {phase.name: phase.facts for phase in schedule()}
VERBS = tuple(name for name, facts in PHASES.items() if "team" in facts.acts.split(", "))

# The attributes of `Team` that are a column and a verb in one, by name.
SHARED: dict[str, property] = {}


def first_in_line(kind: type[Any], name: str) -> Any:
    """What Python finds first under a name, as it stands in its class; None if there is nothing."""
    for place in kind.__mro__:
        if name in place.__dict__:
            return place.__dict__[name]
    return None


class SharedColumn(property):
    """A column of `Team` whose name is a verb's too.

    Who comes here although a subclass has a verb of that name has said ``super()``, and wants the
    verb: of `Team` itself that is to do nothing.
    """

    name = ""

    def __get__(self, team: Any, kind: type[Any] | None = None) -> Any:
        if team is None or first_in_line(type(team), self.name) is self:
            return super().__get__(team, kind)
        return done_already


def done_already() -> None:
    """Do nothing: the compiled phase has acted for this team already."""


class Verb:
    """A verb, in a subclass of `Team`, whose name is a column's too.

    Parameters
    ----------
    name : str
    function : callable
        The method as it was written.
    """

    def __init__(self, name: str, function: Callable[..., None]) -> None:
        self.name = name
        self.function = function
        self.__doc__ = function.__doc__

    def __get__(self, team: Any, kind: type[Any] | None = None) -> Any:
        if team is None:
            return self.function
        if first_in_line(type(team), self.name) is self:
            return SHARED[self.name].fget(team)  # type: ignore[misc]  # each has a getter
        return MethodType(self.function, team)  # asked for by `super()`

    def __set__(self, team: Any, value: Any) -> None:
        SHARED[self.name].__set__(team, value)


def give_verbs(base: type[Any]) -> None:
    """Give `Team` its verbs, which do nothing: the compiled phases act for it."""
    for name in VERBS:
        column = first_in_line(base, name)
        if column is None:
            setattr(base, name, _compiled_verb(name))
        else:
            shared = SharedColumn(column.fget, column.fset)
            shared.name = name
            shared.__doc__ = column.__doc__
            SHARED[name] = shared
            setattr(base, name, shared)


def _compiled_verb(name: str) -> Callable[[Any], None]:
    def verb(self: Any) -> None:
        pass

    does = PHASES[name].does
    verb.__name__ = name
    verb.__qualname__ = f"Team.{name}"
    verb.__doc__ = (
        f"{does[0].upper()}{does[1:]}: compiled. A subclass has the last word on its row."
    )
    return verb


def take_verbs(kind: type[Any], base: type[Any]) -> None:
    """Look through a subclass of `Team`, and keep its verbs apart from columns of the same name.

    Raises
    ------
    ArgumentError
        If it hides a column, names a method after a phase in which no team acts, or has a verb that
        cannot be called with the team alone.
    """
    for name in (*columns("teams"), *PHASES):
        found = first_in_line(kind, name)
        if found is first_in_line(base, name) or isinstance(found, Verb):
            continue
        key = f"{kind.__name__}.{name}"
        if name not in VERBS:
            what = "is a column" if name not in PHASES else "is a phase in which no team acts"
            raise ArgumentError(
                what, key=key, hint=f"take another name; verbs are {', '.join(VERBS)}"
            )
        _check_verb(key, name, found)
        if name in SHARED:
            setattr(kind, name, Verb(name, found))


def _check_verb(key: str, name: str, found: Any) -> None:
    allowed = f"def {name}(self)"
    if not inspect.isfunction(found):
        raise ArgumentError("is no method", key=key, found=repr(found), allowed=allowed)
    signature = inspect.signature(found)
    try:
        signature.bind(None)
    except TypeError:
        wanted = f"{name}{signature}"
        raise ArgumentError(
            "must take the team alone", key=key, found=wanted, allowed=allowed
        ) from None


def verbs_of(kind: type[Any], base: type[Any]) -> tuple[str, ...]:
    """Names of the verbs that a subclass of `Team` has written or inherited, as they come."""
    return tuple(name for name in VERBS if getattr(kind, name) is not getattr(base, name))


def what_to_write(verb: str) -> str:
    """The column that a verb is most likely to be about."""
    if verb in SHARED:
        return verb
    written = [name.partition(".")[2] for name in PHASES[verb].writes if name.startswith("teams.")]
    return written[0]
