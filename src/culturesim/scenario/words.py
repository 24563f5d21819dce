"""Values, types and ranges in plain words, for messages and tables."""

from __future__ import annotations

import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from culturesim.scenario.fields import notes


def wanted(field: FieldInfo) -> str:
    """What a parameter takes: its type, and its range if it is a number.

    Parameters
    ----------
    field : FieldInfo

    Returns
    -------
    str
        As in "a number, 0 to 1".
    """
    limits = range_words(notes(field)["range"])
    return f"{type_words(field.annotation)}, {limits}" if limits else type_words(field.annotation)


def type_words(annotation: Any) -> str:
    """A type in plain words.

    Parameters
    ----------
    annotation : type

    Returns
    -------
    str

    Examples
    --------
    >>> type_words(int | str)
    'a whole number or text'
    """
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        return " or ".join(type_words(kind) for kind in get_args(annotation))
    if origin is Annotated:
        return type_words(get_args(annotation)[0])
    if origin is tuple:
        return "a list of names" if get_args(annotation)[0] is str else "a list of whole numbers"
    if origin is Literal:
        return f"one of {', '.join(get_args(annotation))}"
    words = {float: "a number", int: "a whole number", str: "text", bool: "true or false"}
    return words.get(annotation, "a table")


def choices(annotation: Any) -> tuple[str, ...]:
    """The words that a parameter may be, if it may be only certain ones.

    Parameters
    ----------
    annotation : type

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> choices(Literal["seed", "mandate"] | int)
    ('seed', 'mandate')
    """
    if get_origin(annotation) is Literal:
        return tuple(get_args(annotation))
    if get_origin(annotation) in (Union, types.UnionType):
        return tuple(word for kind in get_args(annotation) for word in choices(kind))
    return ()


def takes_numbers(annotation: Any) -> tuple[bool, bool]:
    """Whether a parameter may be a whole number, and whether it may be any number.

    Parameters
    ----------
    annotation : type

    Returns
    -------
    tuple of bool and bool
    """
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        kinds = [takes_numbers(kind) for kind in get_args(annotation)]
        return any(whole for whole, _ in kinds), any(number for _, number in kinds)
    if origin is Annotated:
        return takes_numbers(get_args(annotation)[0])
    return annotation is int, annotation is float


def range_words(limits: str) -> str:
    """Limits in plain words, of which the lower one is finite.

    Parameters
    ----------
    limits : str
        As `param` takes them; the upper one is included.

    Returns
    -------
    str

    Examples
    --------
    >>> range_words("(0, 1e6]"), range_words("[0, inf]"), range_words("")
    ('above 0, up to 1000000', '0 or more, inf included', '')
    """
    if not limits:
        return ""
    low, high = (_number_words(end) for end in limits[1:-1].split(","))
    if high == "inf":
        return f"{low} or more, inf included" if limits[0] == "[" else f"above {low}, inf included"
    return f"{low} to {high}" if limits[0] == "[" else f"above {low}, up to {high}"


def _number_words(text: str) -> str:
    value = float(text)
    return str(int(value)) if value.is_integer() else f"{value:g}"


def show(value: Any) -> str:
    """A value as a file would write it, cut short if it is long.

    Parameters
    ----------
    value : object

    Returns
    -------
    str

    Examples
    --------
    >>> show(True), show(["a", 1]), show({"a": 1})
    ('true', '["a", 1]', 'a table')
    """
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        if value and isinstance(value[0], dict):
            return "a list of tables"
        shown = ", ".join("..." if isinstance(item, list) else show(item) for item in value[:5])
        return f"[{shown}{', ...' if len(value) > 5 else ''}]"
    if isinstance(value, bool):
        return str(value).lower()
    try:
        text = f'"{value}"' if isinstance(value, str) else str(value)
    except ValueError:  # Python refuses to write out numbers of many thousand digits
        return "a very long number"
    return text if len(text) <= 60 else f"{text[:56]} ..."
