"""Files are found by name or path, and what cannot be read is said so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from culturesim.errors import ScenarioError
from culturesim.scenario import bundled_scenarios, load_scenario
from tests.scenario.catch import caught


def test_sweeps_are_no_scenarios(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bundled_scenarios" / "sweeps").mkdir(parents=True)
    (tmp_path / "bundled_scenarios" / "only.toml").write_text('title = "Only"', encoding="utf-8")
    (tmp_path / "bundled_scenarios" / "sweeps" / "s.toml").write_text("", encoding="utf-8")
    monkeypatch.setattr("importlib.resources.files", lambda _: tmp_path)
    assert list(bundled_scenarios()) == ["only"]
    assert bundled_scenarios()["only"].title == "Only"


def test_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "bom.toml"
    path.write_bytes(b'\xef\xbb\xbfextends = "baseline"\n')
    assert load_scenario(path).hash() == load_scenario("baseline").hash()


def test_unknown_bundled_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    error = caught("basline")
    assert '"basline"' in str(error)
    assert error.nearest == "baseline"
    assert all(name in str(error.allowed) for name in bundled_scenarios())
    assert error.hint is None


def test_bare_name_of_a_file_at_hand(
    write: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write("")
    monkeypatch.chdir(tmp_path)
    assert '"mine.toml"' in str(caught("mine").hint)
    assert load_scenario("mine.toml").source == "mine.toml"


@pytest.mark.parametrize("name", ["no.toml", "no/such", "zero\0.toml", "x" * 5000 + ".toml"])
def test_file_that_does_not_exist(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    error = caught(name)
    assert isinstance(error, ScenarioError)
    assert str(error).startswith(f'there is no file "{name[:20]}')


def test_directory(tmp_path: Path) -> None:
    error = caught(tmp_path)
    assert error.where == str(tmp_path)
    assert "directory" in error.problem


def test_unreadable_file(write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = write("")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    error = caught(path)
    assert (error.where, error.found) == (str(path), "Permission denied")


def test_not_toml_says_line_and_column(write: Any) -> None:
    path = write("[world]\ncycles = = 3\n")
    error = caught(path)
    assert (error.where, error.problem) == (str(path), "the file is not TOML")
    assert "line 3, column 10" in str(error.found)


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, f"a = {'9' * 5000}"])
def test_toml_that_the_parser_gives_up_on(text: str, write: Any) -> None:
    path = write(text)
    assert caught(path).where == str(path)


def test_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes(b'title = "a"\nabout = "\xe4"\n')
    error = caught(path)
    assert error.where == str(path)
    assert error.found == "byte 0xe4 in line 2"
