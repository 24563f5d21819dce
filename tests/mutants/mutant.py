"""What a mutant is, and how it is made in a copy of the sources."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import NamedTuple


class MutantError(Exception):
    """A mutant that is none: its text is not there, or the check of it says nothing."""


class Mutant(NamedTuple):
    """One deliberate mistake: a text of a source file, and what stands there instead.

    ``file`` is relative to the package; ``means`` says what the model would then be; ``tests`` are
    those that have to notice.
    """

    name: str
    file: str
    old: str
    new: str
    means: str
    tests: tuple[str, ...]

    def path(self, root: Path) -> Path:
        return root / "src" / "culturesim" / self.file

    def applied(self, text: str) -> str:
        """Give the file with the mistake in it.

        Raises
        ------
        MutantError
            If the text does not occur exactly once, or what comes of it is no Python.
        """
        found = text.count(self.old)
        if found != 1:
            raise MutantError(
                f"{self.name}: the text occurs {found} times in {self.file}, not once"
            )
        mutated = text.replace(self.old, self.new)
        try:
            same = ast.dump(ast.parse(mutated)) == ast.dump(ast.parse(text))
        except SyntaxError as error:
            raise MutantError(f"{self.name}: {error}") from None
        if same:
            raise MutantError(f"{self.name}: nothing is changed")
        return mutated


def reference(*names: str) -> tuple[str, ...]:
    """Name runs of the reference model in constructed scenarios."""
    file = "tests/reference/test_reference.py"
    return tuple(f"{file}::test_constructed_scenarios[{name}]" for name in names)
