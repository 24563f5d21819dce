"""What the type checker complains about, as errors in our words that name the file."""

from __future__ import annotations

from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from culturesim.errors import ScenarioError, nearest
from culturesim.scenario.contents import Contents
from culturesim.scenario.draft import NUMBERED, Draft
from culturesim.scenario.fields import Part
from culturesim.scenario.paths import KeyPath, fields, item_of, named, part_of
from culturesim.scenario.team_parameters import Culture
from culturesim.scenario.words import choices, show, takes_numbers, type_words, wanted

OVERRIDE = "override"  # where a mistake is that no file has made


def first_mistake(error: ValidationError, draft: Draft) -> ScenarioError:
    """The first thing that is wrong, in the order of the files, and how many more there are.

    Parameters
    ----------
    error : ValidationError
        What the checker says of the values of `draft`.
    draft : Draft

    Returns
    -------
    ScenarioError
    """
    wrong: dict[KeyPath, ScenarioError] = {}
    missing: set[KeyPath] = set()
    for item in error.errors(include_url=False, include_context=False, include_input=False):
        place = _in_schema(tuple(str(step) for step in item["loc"]))
        path = draft.original(place.path)
        if path not in wrong:
            wrong[path] = _in_words(item["type"], place._replace(path=path), draft)
            missing |= {path} if item["type"] == "missing" else set()

    def order(path: KeyPath) -> tuple[int, bool, int]:
        # The newest file first, as inherited ones have been used before; and what is missing last,
        # as it is often there, misspelt.
        layer, at = draft.mark(path)
        return -layer, path in missing, at

    first = wrong[min(wrong, key=order)]
    first.more = len(wrong) - 1
    return first


def unknown_key(part: type[Part], key: str, found: str, where: str) -> ScenarioError:
    """An error for a key that a table does not have, with the nearest one, here or elsewhere.

    Parameters
    ----------
    part : type of Part
        The table.
    key : str
        Dotted path, of which the last step is unknown.
    found : str
        What stands there.
    where : str
        The file, or `OVERRIDE`.

    Returns
    -------
    ScenarioError
    """
    allowed = list(part.model_fields)
    if part is Culture:
        allowed.insert(0, "like")
    if part is Contents and where != OVERRIDE:
        allowed = ["extends", "replace", *allowed]
    name = key.rpartition(".")[2]
    near = nearest(name, allowed)
    elsewhere = [".".join(path) for path, _ in fields() if len(path) > 1 and path[-1] == name]
    hint = f"did you mean {' or '.join(elsewhere)}?" if elsewhere and not near else None
    return ScenarioError(
        "is not part of a scenario" if part is Contents else "is not a parameter",
        where=where,
        key=key,
        found=found,
        allowed=allowed,
        nearest=near,
        hint=hint,
    )


class _InSchema(NamedTuple):
    """Where a checker's complaint points: the keys, the part around the last, and its field."""

    path: KeyPath
    part: type[Part]
    field: FieldInfo | None
    bad_name: bool = False


def _in_schema(steps: KeyPath) -> _InSchema:
    part: type[Part] = Contents
    for at, step in enumerate(steps):
        if at == 1 and (item := named(steps[0])):
            if steps[2:3] == ("[key]",):
                return _InSchema(steps[:2], item, None, bad_name=True)
            part = item
            continue
        field = part.model_fields.get(step)
        inner = part_of(field.annotation) if field else None
        if field is None or (inner is None and item_of(field.annotation) is None):
            return _InSchema(steps[: at + 1], part, field)  # what follows are the checker's steps
        part = inner or part
    return _InSchema(steps, part, None)


def _in_words(kind: str, place: _InSchema, draft: Draft) -> ScenarioError:
    path, part, field, bad_name = place
    key, where, value = ".".join(path), draft.where(path), draft.value(path)
    found = f"{path[-1]} = {show(value)}"
    if bad_name:
        allowed = "letters, digits, _ and -"
        return ScenarioError("is no name for a table", where=where, key=key, allowed=allowed)
    if kind == "extra_forbidden":
        return unknown_key(part, key, found, where)
    if field is None:
        unnamed = len(path) == 2 and path[1] in part.model_fields
        return ScenarioError(
            "is not a table",
            where=where,
            key=key,
            found=found,
            allowed=_tables(path[:1] if unnamed else path),
            hint=_table_hint(path, value, unnamed),
        )
    if kind == "missing":
        like = 'like = "discovery" copies all practices of that culture'
        hint = like if part is Culture else None
        return ScenarioError("is missing", where=where, key=key, allowed=wanted(field), hint=hint)
    problem, hint = _value_problem(field, value)
    near = nearest(value, choices(field.annotation)) if isinstance(value, str) else None
    return ScenarioError(
        problem, where=where, key=key, found=found, allowed=wanted(field), nearest=near, hint=hint
    )


def _value_problem(field: FieldInfo, value: Any) -> tuple[str, str | None]:
    words = type_words(field.annotation)
    whole, number = takes_numbers(field.annotation)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and (whole or number) and value == value:  # a NaN differs from itself
        if number or isinstance(value, int):
            return "is out of range", None
        hint = f"write {value:.0f}" if value.is_integer() else None
        return f"is not {words}", hint
    if field.annotation is bool:
        return f"is not {words}", _yes_or_no_hint(value)
    if isinstance(value, list) and any(type(item) is int and item < 0 for item in value):
        return f"is not {words}", "teams are counted from 0"
    if isinstance(value, str) and (whole or number):
        try:
            float(value)
        except ValueError:
            return f"is not {words}", None
        return f"is not {words}", f"write {value} without quotes"
    return f"is not {words}", None


def _yes_or_no_hint(value: Any) -> str | None:
    if value in (0, 1):
        return f"write {str(bool(value)).lower()}"
    word = str(value).lower()
    if word not in ("true", "false"):
        return None
    return f"write {word} without quotes" if word == value else f"write {word}, in small letters"


def _tables(path: KeyPath) -> str:
    listed = f"a list of tables: [[{NUMBERED}]], or " if path == (NUMBERED,) else ""
    return f"{listed}a table: {_header(path)}"


def _header(path: KeyPath) -> str:
    return f"[{'.'.join(path)}{'.NAME' if len(path) == 1 and named(path[0]) else ''}]"


def _table_hint(path: KeyPath, value: Any, unnamed: bool) -> str | None:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return f"write {_header(path)}, with single brackets"
    if unnamed and path[0] == NUMBERED:
        return f"write [[{NUMBERED}]], with double brackets"
    if unnamed:
        return f"name what it belongs to: [{path[0]}.NAME], and {path[1]} below it"
    return None
