"""The schema and a scenario as tables of data, for the command line and the documentation.

Nothing is printed here: whoever calls decides how a row looks.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Any, NamedTuple, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from culturesim.scenario.schema import HEADS, Part, Scenario, leaves

EVERY_NAME = "*"


class ParameterRow(NamedTuple):
    """One parameter of the schema; `path` has ``*`` for the names a scenario chooses."""

    path: str
    type: str
    default: Any
    unit: str
    range: str
    meaning: str
    source: str
    status: str
    required: bool


class ValueRow(NamedTuple):
    """One value of a scenario; `default` is None, and `differs` true, where there is none."""

    path: str
    value: Any
    unit: str
    meaning: str
    default: Any
    differs: bool


def parameters() -> list[ParameterRow]:
    """Every parameter a scenario may set, in the schema's order.

    Returns
    -------
    list of ParameterRow
        ``type`` and ``range`` in words; ``status`` is measured, estimated or assumed.

    Examples
    --------
    >>> parameters()[0].path, parameters()[0].range
    ('world.cycles', '1 to 100000')
    """
    return [_row(path, field) for path, field in _fields(Scenario, ()) if path[0] not in HEADS]


def describe(scenario: Scenario) -> list[ValueRow]:
    """Every value of a scenario, with what it means and whether it is the schema's default.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    list of ValueRow
        In the schema's order; names in file order.
    """
    rows = []
    by_path = {row.path: row for row in parameters()}
    for path, value in leaves(scenario.resolved()):
        if path[0] in HEADS:
            continue
        row = by_path[".".join(pattern(path))]
        differs = value != row.default
        rows.append(ValueRow(".".join(path), value, row.unit, row.meaning, row.default, differs))
    return rows


def json_schema() -> dict[str, Any]:
    """JSON Schema of a scenario file, for editors that complete and check TOML.

    Returns
    -------
    dict
        JSON Schema, draft 2020-12. Nothing is required in it: a file may inherit any value.
    """
    schema = Scenario.model_json_schema()
    parts = {"Scenario": schema, **schema["$defs"]}
    for part in parts.values():
        part.pop("required", None)
        for prop in part["properties"].values():
            # JSON cannot write infinity; the range in words beside it says that it is allowed.
            if prop.get("default", 0) is None or prop.get("default") == float("inf"):
                del prop["default"]
    text = {"type": "string"}
    parts["Culture"]["properties"]["like"] = {
        **text,
        "description": "A culture to copy all practices from, before those written here.",
    }
    schema["properties"] = {
        "extends": {**text, "description": "Bundled scenario, or path of a file, to inherit from."},
        "replace": {
            "type": "array",
            "items": text,
            "description": "Tables of which nothing is inherited.",
        },
        **schema["properties"],
    }
    return schema


def wanted(field: FieldInfo) -> str:
    """What a parameter takes, in words: its type, and its range if it is a number."""
    limits = _range_words(_notes(field)["range"])
    return f"{type_words(field.annotation)}, {limits}" if limits else type_words(field.annotation)


def type_words(annotation: Any) -> str:
    """A type in plain words, such as "a whole number"."""
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        return " or ".join(type_words(kind) for kind in get_args(annotation))
    if origin is not None and get_args(annotation) and hasattr(annotation, "__metadata__"):
        return type_words(get_args(annotation)[0])
    if origin is tuple:
        return "a list of names"
    return {float: "a number", int: "a whole number", str: "text"}.get(annotation, "a table")


def item_of(annotation: Any) -> type[Part] | None:
    """Class of the parts of a table by names, or None if it is no such table."""
    return get_args(annotation)[1] if get_origin(annotation) is dict else None


def part_of(annotation: Any) -> type[Part] | None:
    """The annotation itself if it is a part with fields of its own, else None."""
    return annotation if isinstance(annotation, type) and issubclass(annotation, Part) else None


def pattern(path: tuple[str, ...]) -> tuple[str, ...]:
    """A path with ``*`` in place of the name in a table by names."""
    field = Scenario.model_fields.get(path[0])
    named = field is not None and item_of(field.annotation) is not None
    return (path[0], EVERY_NAME, *path[2:]) if named and len(path) > 1 else path


def _fields(part: type[Part], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], FieldInfo]]:
    for name, field in part.model_fields.items():
        item, inner = item_of(field.annotation), part_of(field.annotation)
        if item is not None:
            yield from _fields(item, (*path, name, EVERY_NAME))
        elif inner is not None:
            yield from _fields(inner, (*path, name))
        else:
            yield (*path, name), field


def _row(path: tuple[str, ...], field: FieldInfo) -> ParameterRow:
    notes = _notes(field)
    required = field.is_required()
    default: Any = field.default
    if isinstance(default, tuple):
        default = list(default)
    if field.annotation is float and not required:
        default = float(default)
    return ParameterRow(
        ".".join(path),
        type_words(field.annotation),
        None if required else default,
        notes["unit"],
        _range_words(notes["range"]),
        notes["meaning"],
        notes["source"],
        notes["status"],
        required,
    )


def _notes(field: FieldInfo) -> dict[str, str]:
    extra = field.json_schema_extra
    notes = {key: str(value) for key, value in extra.items()} if isinstance(extra, dict) else {}
    return {"range": "", **notes}


def _range_words(limits: str) -> str:
    if not limits:
        return ""
    low, high = (_number_words(end) for end in limits[1:-1].split(","))
    if high == "inf":
        return f"{low} or more, inf included" if limits[0] == "[" else f"above {low}, inf included"
    return f"{low} to {high}" if limits[0] == "[" else f"above {low}, up to {high}"


def _number_words(text: str) -> str:
    value = float(text)
    return str(int(value)) if value.is_integer() else f"{value:g}"
