"""What tables of parameters are built from: one row a parameter, and the types of its values."""

from __future__ import annotations

import math
from typing import Annotated, Any, Generic, NoReturn, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.fields import FieldInfo
from pydantic.types import StringConstraints

REQUIRED: Any = ...
Item = TypeVar("Item")


class Part(BaseModel):
    """Base of every table: frozen, strict about types, no unknown keys."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", validate_default=True)


class Table(dict[str, Item], Generic[Item]):
    """A mapping from names to parts that cannot be changed after it is made, but can be pickled."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("a scenario never changes; scenario.override({...}) makes a changed copy")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return Table, (dict(self),)


def _plain_number(value: float) -> float:
    return value + 0.0  # -0.0 becomes 0.0: one number, one spelling, one hash


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


Number = Annotated[float, AfterValidator(_plain_number)]
Names = Annotated[tuple[str, ...], Field(strict=False)]
# In a union, where the checker would not hear that a list is as good as a tuple.
Rows = Annotated[tuple[Annotated[int, Field(ge=0)], ...], BeforeValidator(_as_tuple)]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$")]
Named = Annotated[dict[Name, Item], AfterValidator(Table)]


def param(
    default: Any, unit: str, limits: str, meaning: str, source: str, *, apply: bool = True
) -> Any:
    """One row of a table of parameters.

    Parameters
    ----------
    default : object
        Value where the file is silent, or `REQUIRED`.
    unit : str
    limits : str
        As in ``"[0, 1]"`` or ``"(0, inf]"``, where a square bracket includes the end and a round
        one does not; empty for what is not a number.
    meaning : str
        One sentence.
    source : str
        Status, colon, then author, year and what is taken from them, or why it was chosen. The
        status is *measured* (the number itself was), *estimated* (derived from, or lying within,
        published figures) or *assumed* (chosen; a study behind the form may be named).
    apply : bool
        Whether `limits` hold for whatever stands there; False if it may be something else too.

    Returns
    -------
    FieldInfo
        Typed as Any, so that a row can be annotated with the type of its value.
    """
    bounds = _bounds(limits) if apply and limits else {}
    status = source.partition(":")[0]
    said = {"unit": unit, "range": limits, "meaning": meaning, "source": source, "status": status}
    return Field(default, description=meaning, json_schema_extra={**said}, **bounds)


def notes(field: FieldInfo) -> dict[str, str]:
    """What a row says about its parameter, by ``unit``, ``range``, ``meaning`` and so on.

    Parameters
    ----------
    field : FieldInfo

    Returns
    -------
    dict of str to str
        Only an empty ``range`` for a field that `param` has not made.
    """
    extra = field.json_schema_extra
    said = {key: str(value) for key, value in extra.items()} if isinstance(extra, dict) else {}
    return {"range": "", **said}


def _bounds(limits: str) -> dict[str, Any]:
    low, high = (float(end) for end in limits[1:-1].split(","))
    bounds = {"ge" if limits[0] == "[" else "gt": low}
    if math.isfinite(high):
        bounds["le" if limits[-1] == "]" else "lt"] = high
    return bounds
