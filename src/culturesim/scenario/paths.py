"""Finding one's way in a scenario: paths of keys, and the tables and parameters they lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from culturesim.scenario.contents import Contents
from culturesim.scenario.fields import Part

KeyPath = tuple[str, ...]
EVERY_NAME = "*"


def item_of(annotation: Any) -> type[Part] | None:
    """Class of the parts of a table by names, or None if it is no such table."""
    return get_args(annotation)[1] if get_origin(annotation) is dict else None


def part_of(annotation: Any) -> type[Part] | None:
    """The annotation itself if it is a part with fields of its own, else None."""
    return annotation if isinstance(annotation, type) and issubclass(annotation, Part) else None


def named(key: str) -> type[Part] | None:
    """Class of the parts of a top-level table by names, or None if `key` is no such table."""
    field = Contents.model_fields.get(key)
    return item_of(field.annotation) if field else None


def pattern(path: KeyPath) -> KeyPath:
    """A path with ``*`` in place of the name in a table by names.

    Parameters
    ----------
    path : tuple of str

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> pattern(("cultures", "discovery", "taper"))
    ('cultures', '*', 'taper')
    """
    return (path[0], EVERY_NAME, *path[2:]) if len(path) > 1 and named(path[0]) else path


def fields(part: type[Part] = Contents, path: KeyPath = ()) -> Iterator[tuple[KeyPath, FieldInfo]]:
    """Path and field of everything a scenario may set, in the schema's order.

    Parameters
    ----------
    part : type of Part
        The table to begin with.
    path : tuple of str
        Where that table stands.

    Yields
    ------
    tuple of str
        With ``*`` for the names a scenario chooses.
    FieldInfo
    """
    for name, field in part.model_fields.items():
        item, inner = item_of(field.annotation), part_of(field.annotation)
        if item is not None:
            yield from fields(item, (*path, name, EVERY_NAME))
        elif inner is not None:
            yield from fields(inner, (*path, name))
        else:
            yield (*path, name), field


def leaves(values: Mapping[str, Any], path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Path and value of everything in nested mappings that is not itself a mapping.

    Parameters
    ----------
    values : mapping of str to object
    path : tuple of str
        Where the mapping stands.

    Yields
    ------
    tuple of str
    object

    Examples
    --------
    >>> list(leaves({"world": {"cycles": 3}}))
    [(('world', 'cycles'), 3)]
    """
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key), value
