"""The schema and a scenario as tables of data, for the command line and the documentation.

Nothing is printed here: whoever calls decides how a row looks.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from pydantic.fields import FieldInfo

from culturesim.scenario.contents import HEADS
from culturesim.scenario.fields import notes
from culturesim.scenario.paths import KeyPath, fields, leaves, pattern
from culturesim.scenario.schema import Scenario
from culturesim.scenario.words import range_words, type_words


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
    return [_row(path, field) for path, field in fields() if path[0] not in HEADS]


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
    schema["properties"]["leadership"] = {
        "description": "What leaders do: a list, [[leadership]], or tables by name.",
        "anyOf": [
            {"type": "array", "items": {"$ref": "#/$defs/Action"}},
            schema["properties"]["leadership"],
        ],
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


def _row(path: KeyPath, field: FieldInfo) -> ParameterRow:
    said = notes(field)
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
        said["unit"],
        range_words(said["range"]),
        said["meaning"],
        said["source"],
        said["status"],
        required,
    )
