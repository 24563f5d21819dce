"""A scenario in the making: layers of values over one another, each value with its origin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from culturesim.errors import ScenarioError, nearest
from culturesim.scenario.paths import KeyPath
from culturesim.scenario.words import show

# Deeper than any table of the schema; what lies deeper is wrong anyway and is not walked into.
DEEPEST = 5

NUMBERED = "leadership"  # may be written as a list, [[leadership]]: its parts are named 0, 1, ...


class Draft:
    """Values laid over one another key by key, each marked with the layer it came from.

    The marks let an error name the file in which the mistake is written.
    """

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self._layers: list[str] = []
        self._marks: dict[KeyPath, tuple[int, int]] = {}
        self._copies: dict[KeyPath, KeyPath] = {}
        self._marked = 0

    def lay(self, values: Mapping[str, Any], where: str) -> None:
        """Lay one more layer of values over the others.

        Parameters
        ----------
        values : mapping of str to object
        where : str
            The file or place it comes from, as its user would write it.
        """
        if not self._layers or self._layers[-1] != where:
            self._layers.append(where)
        self._mark(())
        self._merge(self.values, values, ())

    def drop(self, keys: Iterable[str]) -> None:
        """Forget whole top-level keys.

        Parameters
        ----------
        keys : iterable of str
        """
        for key in keys:
            self.values.pop(key, None)
            self._forget((key,))

    def _forget(self, path: KeyPath) -> None:
        """Take the marks from a path and all below it."""
        here = len(path)
        self._marks = {other: at for other, at in self._marks.items() if other[:here] != path}

    def _mark(self, path: KeyPath) -> None:
        self._marked += 1
        self._marks[path] = (len(self._layers) - 1, self._marked)

    def _merge(self, old: dict[str, Any], new: Mapping[str, Any], path: KeyPath) -> None:
        for key, given in new.items():
            here, value = (*path, key), given
            if here == (NUMBERED,) and isinstance(given, list):
                value = {str(n): part for n, part in enumerate(given)}
                old[key] = {}  # a list says all of it
                self._forget(here)
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
        """Replace every `like` in cultures by the practices it stands for.

        Raises
        ------
        ScenarioError
            If a `like` names no culture, or the culture itself by a detour.
        """
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
            others = [other for other in cultures if other != name]
            raise ScenarioError(
                "names a culture that does not exist",
                where=self.where(key),
                key=".".join(key),
                found=f"like = {show(like)}",
                allowed=others,
                nearest=nearest(like, others) if isinstance(like, str) else None,
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
                self._copies["cultures", name, practice] = self.original(original)

    def original(self, path: KeyPath) -> KeyPath:
        """The path at which a value was written, where `like` copied it from another.

        Parameters
        ----------
        path : tuple of str

        Returns
        -------
        tuple of str
            `path` itself, if the value was written there.
        """
        return self._copies.get(path, path)

    def mark(self, path: KeyPath) -> tuple[int, int]:
        """When a value was laid, or if it is missing the table that lacks it.

        Parameters
        ----------
        path : tuple of str

        Returns
        -------
        layer : int
            Counted from 0, the oldest.
        place : int
            Grows with every value laid.
        """
        while path not in self._marks:
            path = path[:-1]
        return self._marks[path]

    def where(self, *paths: KeyPath) -> str:
        """The file in which the last of some values was written.

        Parameters
        ----------
        *paths : tuple of str

        Returns
        -------
        str
            As given to `lay`.
        """
        return self._layers[max(self.mark(path)[0] for path in paths)]

    def value(self, path: KeyPath) -> Any:
        """What stands at a path, or None.

        Parameters
        ----------
        path : tuple of str

        Returns
        -------
        object
        """
        here: Any = self.values
        for step in path:
            here = here.get(step) if isinstance(here, dict) else None
        return here
