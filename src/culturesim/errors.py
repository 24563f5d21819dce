"""Every error this package raises on purpose, and the wording they share.

An error says where it happened, which key is meant, what was found, what is allowed and, if a name
was nearly right, which name was probably meant. The parts are fields, so that a command, a page or
a test can use them one by one; ``str()`` puts them into one short message.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any


class CultureSimError(Exception):
    """Base of every error of this package, made of parts that teach.

    Parameters
    ----------
    problem : str
        What is wrong; it continues the sentence that begins with `key`, if there is one.
    where : str, optional
        File or place, as its user would write it.
    key : str, optional
        Dotted path of the value that is meant.
    found : str, optional
        What stands there.
    allowed : str or iterable of str, optional
        What may stand there: a description, or names, which are joined by commas.
    nearest : str, optional
        The right name that is most like the one found.
    hint : str, optional
        What to do about it.
    more : int
        How many further things are wrong in the same place.

    Examples
    --------
    >>> print(CultureSimError("is not a parameter", key="world.cycle", nearest="cycles"))
    world.cycle is not a parameter
      nearest: cycles
    """

    def __init__(
        self,
        problem: str,
        *,
        where: str | None = None,
        key: str | None = None,
        found: str | None = None,
        allowed: str | Iterable[str] | None = None,
        nearest: str | None = None,
        hint: str | None = None,
        more: int = 0,
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.where = where
        self.key = key
        self.found = found
        self.allowed = (
            allowed if allowed is None or isinstance(allowed, str) else ", ".join(allowed)
        )
        self.nearest = nearest
        self.hint = hint
        self.more = more

    def __str__(self) -> str:
        first = f"{self.key} {self.problem}" if self.key else self.problem
        lines = [f"{self.where}: {first}" if self.where else first]
        parts = (
            ("found", self.found),
            ("allowed", self.allowed),
            ("nearest", self.nearest),
            ("try", self.hint),
        )
        # Labels are padded to one width so that the answers stand in one column.
        lines += [f"  {label + ':':<8} {text}" for label, text in parts if text]
        if self.more:
            things = "thing is" if self.more == 1 else "things are"
            lines.append(f"  and {self.more} more {things} wrong")
        return "\n".join(lines)

    def parts(self) -> dict[str, Any]:
        """The fields by name, as the constructor takes them.

        Returns
        -------
        dict
            Keys ``problem``, ``where``, ``key``, ``found``, ``allowed``, ``nearest``, ``hint`` and
            ``more``.
        """
        names = ("problem", "where", "key", "found", "allowed", "nearest", "hint", "more")
        return {name: getattr(self, name) for name in names}


class ScenarioError(CultureSimError):
    """A scenario file, or a change to a scenario, is wrong."""


class ArgumentError(CultureSimError, ValueError):
    """An argument of a public function or command is wrong: a name, a metric, a number."""


class ResultError(CultureSimError):
    """A result directory is missing, incomplete, or not one of ours."""


class BehaviourError(CultureSimError):
    """A team's own verb failed, gave something back, or left books that do not balance.

    Parameters
    ----------
    problem : str
    team_class, verb : str
        Name of the class, and of the verb that was at work.
    organization : str
    team : int
        Row of the team.
    cycle, seed : int
        When, and in which run: ``simulate(..., seed=seed)`` fails in the same way.
    error, text : str
        Type and text of the original error; empty if there was none.
    parts : str, optional
        As for `CultureSimError`; `where` is the file and line of the verb.
    """

    def __init__(
        self,
        problem: str,
        *,
        team_class: str = "",
        verb: str = "",
        organization: str = "",
        team: int = -1,
        cycle: int = -1,
        seed: int = -1,
        error: str = "",
        text: str = "",
        **parts: Any,
    ) -> None:
        super().__init__(problem, **parts)
        self.team_class = team_class
        self.verb = verb
        self.organization = organization
        self.team = team
        self.cycle = cycle
        self.seed = seed
        self.error = error
        self.text = text

    def parts(self) -> dict[str, Any]:
        """The fields by name, as the constructor takes them.

        Returns
        -------
        dict
        """
        own = ("team_class", "verb", "organization", "team", "cycle", "seed", "error", "text")
        return super().parts() | {name: getattr(self, name) for name in own}


def nearest(name: str, allowed: Iterable[str]) -> str | None:
    """The allowed name that is most like `name`, to say what was probably meant.

    Parameters
    ----------
    name : str
        The name as written.
    allowed : iterable of str
        The right names.

    Returns
    -------
    str or None
        One of `allowed`, or None if none is alike. Case, ``-``, ``_`` and spaces do not count.

    Examples
    --------
    >>> nearest("acuracy", ["accuracy", "confidence"])
    'accuracy'
    >>> nearest("colour", ["accuracy", "confidence"]) is None
    True
    """
    by_plain = {_plain(right): right for right in allowed}
    close = difflib.get_close_matches(_plain(name), by_plain, n=1, cutoff=0.6)
    return by_plain[close[0]] if close else None


def _plain(name: str) -> str:
    return name.lower().replace("-", "_").replace(" ", "_")
