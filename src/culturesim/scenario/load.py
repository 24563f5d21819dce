"""From a name or a path to a checked scenario: read, inherit, change, check, and say what is wrong.

Files are laid over one another, key by key, and every value keeps a mark of the file it came from,
so that an error names the file in which the mistake is written.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from culturesim.errors import ArgumentError, CultureSimError, ScenarioError, nearest
from culturesim.scenario.describe import (
    EVERY_NAME,
    item_of,
    parameters,
    part_of,
    type_words,
    wanted,
)
from culturesim.scenario.schema import HEADS, Culture, InconsistentError, Part, Scenario

KeyPath = tuple[str, ...]
OVERRIDE = "override"
# Deeper than any table of the schema; what lies deeper is wrong anyway and is not walked into.
DEEPEST = 5


class BundledScenario(NamedTuple):
    """What a bundled file says about itself."""

    title: str
    about: str
    expect: str


class _Place(NamedTuple):
    """A file: how its user would write it, its short name, and where it is."""

    where: str
    name: str
    path: Path


def load_scenario(
    name_or_path: str | os.PathLike[str] | Scenario, overrides: Mapping[str, Any] | None = None
) -> Scenario:
    """Read a scenario, with all it inherits, and check it.

    Parameters
    ----------
    name_or_path : str, path or Scenario
        A bundled scenario's name, or the path of a TOML file. What has neither a path separator nor
        the ending ``.toml`` is a name. A Scenario is taken as it is.
    overrides : mapping of str to object, optional
        Changes by dotted path, as `Scenario.override` takes them.

    Returns
    -------
    Scenario

    Raises
    ------
    ScenarioError
        If there is no such scenario, or anything in it is wrong; with file, key, what was found and
        what is allowed.
    ArgumentError
        If an argument is of another type.

    Examples
    --------
    >>> load_scenario("baseline", {"world.care_memory": 60}).world.care_memory
    60.0
    """
    if isinstance(name_or_path, Scenario):
        scenario = name_or_path
    elif isinstance(name_or_path, str | os.PathLike):
        place = _locate(os.fspath(name_or_path))
        draft = _Draft()
        _lay_chain(draft, place, _read(place), ())
        scenario = _build(draft, place.name, place.where)
    else:
        raise ArgumentError(
            "is not a scenario",
            found=show(name_or_path),
            allowed="a bundled scenario's name, the path of a TOML file, or a Scenario",
        )
    return override(scenario, overrides) if overrides is not None else scenario


def override(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """A changed copy of a scenario; `Scenario.override` says how changes are written."""
    if not isinstance(changes, Mapping):
        allowed = 'a mapping such as {"world.cycles": 60}'
        raise ArgumentError("overrides are no mapping", found=show(changes), allowed=allowed)
    if not changes:
        return scenario
    draft = _Draft()
    draft.lay(scenario.resolved(), scenario.source or "scenario")
    # A whole table, and what begins a culture anew, would wipe out single values laid before it.
    ordered = sorted(
        ((str(key), _native(value)) for key, value in changes.items()),
        key=lambda change: not (isinstance(change[1], dict) or change[0].endswith(".like")),
    )
    for key, value in ordered:
        for path in _expand(key, value, draft.values):
            nested = value
            for step in reversed(path):
                nested = {step: nested}
            draft.lay(nested, OVERRIDE)
    return _build(draft, scenario.name, scenario.source)


def parse_override(text: str) -> tuple[str, Any]:
    """Split ``key=value``; the value is read as TOML, or taken as text if it is none.

    Parameters
    ----------
    text : str

    Returns
    -------
    tuple of str and object

    Raises
    ------
    ScenarioError
        If there is no ``=``, or nothing before it.

    Examples
    --------
    >>> parse_override("world.care_memory=inf")
    ('world.care_memory', inf)
    >>> parse_override("organizations.*.culture = discovery")
    ('organizations.*.culture', 'discovery')
    """
    key, sign, value = (part.strip() for part in text.partition("="))
    if not sign or not key:
        raise ScenarioError(
            "is not of the form key=value",
            key=show(text),
            where=OVERRIDE,
            hint="world.cycles=60, for example",
        )
    try:
        parsed = tomllib.loads(f"value = {value}")
    except (ValueError, RecursionError):
        return key, value
    return key, parsed["value"] if len(parsed) == 1 else value


def bundled_scenarios() -> dict[str, BundledScenario]:
    """Name, title and purpose of every scenario that comes with the package; baseline first."""
    heads = {}
    for name, path in _bundled_files().items():
        values = _read(_Place(f"bundled:{name}", name, path))
        heads[name] = BundledScenario(*(str(values.get(head, "")) for head in HEADS))
    return heads


def _bundled_files() -> dict[str, Path]:
    installed = Path(str(resources.files("culturesim") / "bundled_scenarios"))
    # In a checkout the files stand beside the sources; only a built package carries them inside.
    folder = installed if installed.is_dir() else Path(__file__).parents[3] / "scenarios"
    files = sorted(folder.glob("*.toml"), key=lambda path: (path.stem != "baseline", path.stem))
    return {path.stem: path for path in files}


# --- files ---------------------------------------------------------------------------------------


def _locate(text: str, by: _Place | None = None) -> _Place:
    """Find a scenario by name or path; `by` is the file that extends it, if one does."""
    asked: dict[str, Any] = {"where": by.where, "key": "extends"} if by else {}
    bare = not any(mark in text for mark in "/\\") and not text.lower().endswith(".toml")
    if bare:
        files = _bundled_files()
        if text in files:
            return _Place(f"bundled:{text}", text, files[text])
        beside = (by.path.parent if by else Path()) / f"{text}.toml"
        raise ScenarioError(
            "is not a bundled scenario" if by else f"there is no bundled scenario {show(text)}",
            found=show(text) if by else None,
            allowed=[*files, "or the path of a .toml file"],
            nearest=nearest(text, files),
            hint=f'write "{text}.toml" to read the file of that name' if _exists(beside) else None,
            **asked,
        )
    where = text
    if by and not by.where.startswith("bundled:"):
        where = os.path.join(os.path.dirname(by.where), text)
    path = by.path.parent / text if by else Path(text)
    if not _exists(path):
        bundled = nearest(Path(text).stem, _bundled_files())
        raise ScenarioError(
            "names a file that does not exist" if by else f'there is no file "{text}"',
            found=f'"{where}"' if by else None,
            hint=f'the bundled scenario of that kind is "{bundled}"' if bundled else None,
            **asked,
        )
    return _Place(where, path.stem, path)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # too long a name, or one with a zero byte
        return False


def _read(place: _Place) -> dict[str, Any]:
    if place.path.is_dir():
        hint = "name the .toml file in it"
        raise ScenarioError("this is a directory, not a file", where=place.where, hint=hint)
    try:
        raw = place.path.read_bytes()
    except OSError as error:
        problem = "the file cannot be read"
        raise ScenarioError(problem, where=place.where, found=error.strerror) from None
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ScenarioError(
            "the file is not written in UTF-8",
            where=place.where,
            found=f"byte 0x{raw[error.start]:02x} in line {line}",
            hint="save it as UTF-8",
        ) from None
    except RecursionError:
        raise ScenarioError("the file is nested too deeply", where=place.where) from None
    except ValueError as error:
        raise ScenarioError("the file is not TOML", where=place.where, found=str(error)) from None


def _lay_chain(
    draft: _Draft, place: _Place, values: dict[str, Any], chain: tuple[_Place, ...]
) -> None:
    """Lay what a file extends, and then the file itself, over the draft."""
    chain = (*chain, place)
    extends, replace = values.pop("extends", None), values.pop("replace", [])
    if extends is not None:
        if not isinstance(extends, str) or not extends:
            raise ScenarioError(
                "is not the name of a scenario",
                where=place.where,
                key="extends",
                found=f"extends = {show(extends)}",
                allowed="a bundled scenario's name, or the path of a TOML file, as text",
            )
        parent = _locate(extends, by=place)
        if any(parent.path.resolve() == earlier.path.resolve() for earlier in chain):
            raise ScenarioError(
                "goes round in a circle",
                where=place.where,
                key="extends",
                found=" -> ".join(link.where for link in (*chain, parent)),
                hint="let one of them extend nothing",
            )
        _lay_chain(draft, parent, _read(parent), chain)
        # A title speaks for its own file: a variation without one is not the baseline.
        draft.drop(HEADS)
    draft.drop(_tables_to_replace(replace, place))
    draft.lay(values, place.where)


def _tables_to_replace(replace: Any, place: _Place) -> list[str]:
    tables = [name for name in Scenario.model_fields if name not in HEADS]
    listed = replace if isinstance(replace, list) else [replace]
    for name in listed:
        if not isinstance(replace, list) or name not in tables:
            raise ScenarioError(
                "does not list tables of a scenario",
                where=place.where,
                key="replace",
                found=f"replace = {show(replace)}",
                allowed=f"a list of any of {', '.join(tables)}",
                nearest=nearest(name, tables) if isinstance(name, str) else None,
            )
    return listed


class _Draft:
    """Values laid over one another, each marked with the layer it came from."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self._layers: list[str] = []
        self._marks: dict[KeyPath, tuple[int, int]] = {}
        self._copies: dict[KeyPath, KeyPath] = {}
        self._marked = 0

    def lay(self, values: Mapping[str, Any], where: str) -> None:
        """Lay one more layer of values over the others."""
        if not self._layers or self._layers[-1] != where:
            self._layers.append(where)
        self._mark(())
        self._merge(self.values, values, ())

    def drop(self, keys: Iterable[str]) -> None:
        """Forget whole top-level keys."""
        for key in keys:
            self.values.pop(key, None)
            self._marks = {path: mark for path, mark in self._marks.items() if path[:1] != (key,)}

    def _mark(self, path: KeyPath) -> None:
        self._marked += 1
        self._marks[path] = (len(self._layers) - 1, self._marked)

    def _merge(self, old: dict[str, Any], new: Mapping[str, Any], path: KeyPath) -> None:
        for key, value in new.items():
            here = (*path, key)
            self._mark(here)
            if not isinstance(value, dict) or len(here) >= DEEPEST:
                old[key] = value
                continue
            # `like` begins a culture anew: inherited practices would otherwise all win over it.
            anew = path == ("cultures",) and "like" in value
            if anew or not isinstance(old.get(key), dict):
                old[key] = {}
            self._merge(old[key], value, here)

    def copy_practices(self) -> None:
        """Replace every `like` in cultures by the practices it stands for."""
        cultures = self.values.get("cultures")
        if isinstance(cultures, dict):
            for name in cultures:
                self._copy_practices(cultures, name, ())

    def _copy_practices(self, cultures: dict[str, Any], name: str, chain: KeyPath) -> None:
        chain = (*chain, name)
        own = cultures[name]
        if not isinstance(own, dict) or "like" not in own:
            return
        like, key = own["like"], ("cultures", name, "like")
        if not isinstance(like, str) or like not in cultures:
            raise ScenarioError(
                "names a culture that does not exist",
                where=self.where(key),
                key=".".join(key),
                found=f"like = {show(like)}",
                allowed=[other for other in cultures if other != name],
                nearest=nearest(like, set(cultures) - {name}) if isinstance(like, str) else None,
            )
        if like in chain:
            raise ScenarioError(
                "goes round in a circle",
                where=self.where(key),
                key=".".join(key),
                found=" -> ".join((*chain, like)),
                hint="write out all practices of one of them",
            )
        self._copy_practices(cultures, like, chain)
        del own["like"]
        model = cultures[like]
        for practice, value in model.items() if isinstance(model, dict) else ():
            if practice not in own:
                own[practice] = value
                original = ("cultures", like, practice)
                self._copies["cultures", name, practice] = self._copies.get(original, original)

    def original(self, path: KeyPath) -> KeyPath:
        """The path at which a value was written, where `like` copied it from another."""
        return self._copies.get(path, path)

    def mark(self, path: KeyPath) -> tuple[int, int]:
        """Layer and place in it of a value, or of the table in which it is missing."""
        while path not in self._marks:
            path = path[:-1]
        return self._marks[path]

    def where(self, *paths: KeyPath) -> str:
        """The file in which the last of these values was written."""
        return self._layers[max(self.mark(path)[0] for path in paths)]

    def value(self, path: KeyPath) -> Any:
        """What stands at a path, or None."""
        here: Any = self.values
        for step in path:
            here = here.get(step) if isinstance(here, dict) else None
        return here


# --- changes -------------------------------------------------------------------------------------


def _expand(key: str, value: Any, values: dict[str, Any]) -> list[KeyPath]:
    """The paths a dotted path stands for, once every step of it is known to exist."""
    paths: list[KeyPath] = [()]
    part: Any = Scenario
    names: dict[str, Any] | None = None  # the names to choose from, at a table by names
    steps = key.split(".")
    for at, step in enumerate(steps):
        here = ".".join(steps[: at + 1])
        if names is not None:
            last = at == len(steps) - 1 and isinstance(value, dict)
            begins = last or (part is Culture and steps[at + 1 :] == ["like"])
            if step == EVERY_NAME and names:
                paths = [(*path, name) for path in paths for name in names]
            elif step != EVERY_NAME and (step in names or begins):
                paths = [(*path, step) for path in paths]
            else:
                stands_for_none = step == EVERY_NAME
                raise ScenarioError(
                    "stands for no name at all" if stands_for_none else "does not exist",
                    where=OVERRIDE,
                    key=here,
                    found=f"{key} = {show(value)}",
                    allowed=names,
                    nearest=nearest(step, names),
                    hint=None if stands_for_none else f"to add it, set {here} to a whole table",
                )
            names = None
            continue
        if part is None:
            above = ".".join(steps[:at])
            raise ScenarioError(f"has no parts: {above} is one value", where=OVERRIDE, key=key)
        paths = [(*path, step) for path in paths]
        if part is Culture and step == "like":
            part = None
            continue
        if step not in part.model_fields:
            raise _unknown_key(part, here, f"{key} = {show(value)}", OVERRIDE)
        annotation = part.model_fields[step].annotation
        item = item_of(annotation)
        names = values.get(step, {}) if item is not None else None
        part = item or part_of(annotation)
    return paths


def _native(value: Any) -> Any:
    """A value as TOML would give it: numbers of numpy and tuples become plain ones."""
    if isinstance(value, Mapping):
        return {str(key): _native(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_native(inner) for inner in value]
    item = getattr(value, "item", None)
    return item() if callable(item) and getattr(value, "ndim", None) == 0 else value


# --- checks, and words for what fails them -------------------------------------------------------


def _build(draft: _Draft, name: str, source: str) -> Scenario:
    draft.copy_practices()
    try:
        scenario = Scenario.model_validate(draft.values)
    except ValidationError as error:
        raise _translated(error, draft) from None
    except InconsistentError as error:
        where = draft.where(*error.faults[0].keys)
        raise ScenarioError(**{**error.parts(), "where": where}) from None
    scenario._name, scenario._source = name, source
    return scenario


def _translated(error: ValidationError, draft: _Draft) -> CultureSimError:
    """The first thing that is wrong, in the order of the files, and how many more there are."""
    wrong: dict[KeyPath, CultureSimError] = {}
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


class _InSchema(NamedTuple):
    """Where a checker's complaint points: the keys, the part around the last, and its field."""

    path: KeyPath
    part: type[Part]
    field: FieldInfo | None
    bad_name: bool = False


def _in_schema(steps: KeyPath) -> _InSchema:
    part: type[Part] = Scenario
    for at, step in enumerate(steps):
        if at == 1 and (item := item_of(Scenario.model_fields[steps[0]].annotation)):
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


def _in_words(kind: str, place: _InSchema, draft: _Draft) -> ScenarioError:
    path, part, field, bad_name = place
    key, where, value = ".".join(path), draft.where(path), draft.value(path)
    found = f"{path[-1]} = {show(value)}"
    if bad_name:
        allowed = "letters, digits, _ and -"
        return ScenarioError("is no name for a table", where=where, key=key, allowed=allowed)
    if kind == "extra_forbidden":
        return _unknown_key(part, key, found, where)
    if field is None:
        unnamed = len(path) == 2 and path[1] in part.model_fields
        return ScenarioError(
            "is not a table",
            where=where,
            key=key,
            found=found,
            allowed=f"a table: {_header(path[:1] if unnamed else path)}",
            hint=_table_hint(path, value, unnamed),
        )
    if kind == "missing":
        like = 'like = "discovery" copies all practices of that culture'
        hint = like if part is Culture else None
        return ScenarioError("is missing", where=where, key=key, allowed=wanted(field), hint=hint)
    problem, hint = _value_problem(field, value)
    return ScenarioError(
        problem, where=where, key=key, found=found, allowed=wanted(field), hint=hint
    )


def _value_problem(field: FieldInfo, value: Any) -> tuple[str, str | None]:
    words = type_words(field.annotation)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and words != "text" and value == value:  # a NaN differs from itself
        if "a number" in words or isinstance(value, int):
            return "is out of range", None
        hint = f"write {value:.0f}" if value.is_integer() else None
        return f"is not {words}", hint
    if isinstance(value, str):
        try:
            float(value)
        except ValueError:
            return f"is not {words}", None
        return f"is not {words}", f"write {value} without quotes"
    return f"is not {words}", None


def _unknown_key(part: type[Part], key: str, found: str, where: str) -> ScenarioError:
    """An error for a key that `part` does not have, with the nearest one, here or elsewhere."""
    allowed = list(part.model_fields)
    if part is Culture:
        allowed.insert(0, "like")
    if part is Scenario and where != OVERRIDE:
        allowed = ["extends", "replace", *allowed]
    name = key.rpartition(".")[2]
    near = nearest(name, allowed)
    elsewhere = [row.path for row in parameters() if row.path.endswith(f".{name}")]
    hint = f"did you mean {' or '.join(elsewhere)}?" if elsewhere and not near else None
    return ScenarioError(
        "is not part of a scenario" if part is Scenario else "is not a parameter",
        where=where,
        key=key,
        found=found,
        allowed=allowed,
        nearest=near,
        hint=hint,
    )


def _header(path: KeyPath) -> str:
    named = len(path) == 1 and item_of(Scenario.model_fields[path[0]].annotation) is not None
    return f"[{'.'.join(path)}{'.NAME' if named else ''}]"


def _table_hint(path: KeyPath, value: Any, unnamed: bool) -> str | None:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return f"write {_header(path)}, with single brackets"
    if unnamed:
        return f"name what it belongs to: [{path[0]}.NAME], and {path[1]} below it"
    return None


def show(value: Any) -> str:
    """A value as a file would write it, cut short if it is long."""
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
