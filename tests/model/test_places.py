"""Whose code it is."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import mesa
import numpy as np
import pytest

import culturesim as cs
from culturesim.model import places
from culturesim.model.model import CultureModel
from tests.model.own import Bold


@pytest.mark.parametrize("module", [json, np, mesa, cs])
def test_libraries_are_installed(module: object) -> None:
    assert places.is_installed(str(module.__file__))  # type: ignore[attr-defined]
    assert places.is_installed(os.path.relpath(str(module.__file__)))  # type: ignore[attr-defined]


@pytest.mark.parametrize("file", [__file__, "<ipython-input-1>", "mine.py", "<string>"])
def test_ones_own_files_are_not(file: str) -> None:
    assert not places.is_installed(file)


def test_the_frozen_part_of_python_is_installed() -> None:
    assert places.is_installed("<frozen importlib._bootstrap>")


def test_module_of_a_class() -> None:
    assert places.module_of_ones_own(Bold) is sys.modules["tests.model.own"]
    assert places.module_of_ones_own(CultureModel) is None
    assert places.module_of_ones_own(mesa.Agent) is None
    assert places.module_of_ones_own(int) is None
    assert places.module_of_ones_own(type("Loose", (), {"__module__": "nowhere"})) is None


def test_sources_are_those_of_ones_own() -> None:
    files = {Path(file).name for file, _ in places.sources_of_ones_own()}
    assert {"own.py", Path(__file__).name} <= files
    assert not files & {"model.py", "agent.py", "decoder.py"}


def test_place_of_an_error_is_the_last_line_of_ones_own() -> None:
    def verb() -> None:
        json.loads("{")

    try:
        verb()
    except ValueError as error:
        file, line = places.place_of_error(error, verb)
    assert file == __file__
    assert line == places.place_of(verb)[1] + 1
