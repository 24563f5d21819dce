"""Print the lower bound of every dependency in pyproject.toml, as constraints for pip."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
BOUND = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?>=([0-9.]+)")


def main() -> None:
    """Print one constraint a line; a dependency without a lower bound has none."""
    for dependency in tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]:
        if bound := BOUND.match(dependency):
            print(f"{bound[1]}=={bound[2]}")


if __name__ == "__main__":
    main()
