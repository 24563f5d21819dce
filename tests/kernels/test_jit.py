"""The compiler's flags, the folder of compiled code, and the note that all is compiled."""

from __future__ import annotations

import ast
import math
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest

from culturesim.kernels import jit, vectors

MARKS = {
    "compiled",
    "compiled_in_place",
    "compiled_with_memory",
    "rule",
    "rule_with_memory",
}

needs_compiler = pytest.mark.skipif(jit.INTERPRETED, reason="the compiler is switched off")


@pytest.fixture
def copied_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the fingerprint look at a copy of the package."""
    copy = tmp_path / "culturesim"
    shutil.copytree(jit.PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(jit, "PACKAGE", copy)
    return copy


def decorators(file: Path) -> set[str]:
    """Names of the plain decorators of a file's functions."""
    return {
        decorator.id
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Name)
    }


# --- where compiled code is kept


def test_every_file_with_compiled_code_counts_for_the_fingerprint() -> None:
    watched = set(jit.sources())
    compiled = {file for file in jit.PACKAGE.rglob("*.py") if decorators(file) & MARKS}
    assert len(compiled) >= 20
    assert compiled <= watched
    assert all(file.is_file() for file in watched)


def test_fingerprint_names_one_state(copied_tree: Path) -> None:
    before = jit.fingerprint()
    assert len(before) == 16
    assert int(before, 16) >= 0
    assert jit.fingerprint() == before


def test_file_written_anew_opens_a_new_folder(copied_tree: Path) -> None:
    """The compiler's cache takes it for another file, though it holds the same."""
    before = jit.fingerprint()
    os.utime(copied_tree / "kernels" / "logit.py", (0, 0))
    assert jit.fingerprint() != before


def test_same_sources_at_another_place_have_a_folder_of_their_own(
    copied_tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = jit.fingerprint()
    moved = tmp_path / "moved" / "culturesim"
    shutil.copytree(copied_tree, moved)  # times are kept
    monkeypatch.setattr(jit, "PACKAGE", moved)
    assert jit.fingerprint() != before


@pytest.mark.parametrize(
    "name",
    [
        "kernels/logit.py",
        "cycle/plan.py",
        "cycle/__init__.py",
        "state/streams.py",
        "model/measure.py",
        "scenario/populate.py",
    ],
)
def test_edit_of_a_source_opens_a_new_folder(copied_tree: Path, name: str) -> None:
    before = jit.fingerprint()
    file = copied_tree / name
    text, times = file.read_bytes(), (file.stat().st_atime_ns, file.stat().st_mtime_ns)
    for content, same in ((text + b"\n", False), (text, True)):
        file.write_bytes(content)
        os.utime(file, ns=times)
        assert (jit.fingerprint() == before) is same


def test_renamed_and_new_sources_open_a_new_folder(copied_tree: Path) -> None:
    seen = {jit.fingerprint()}
    (copied_tree / "kernels" / "fresh.py").write_bytes(b"")
    seen.add(jit.fingerprint())
    (copied_tree / "kernels" / "fresh.py").rename(copied_tree / "kernels" / "other.py")
    seen.add(jit.fingerprint())
    assert len(seen) == 3


def test_edit_of_what_is_never_compiled_keeps_the_folder(copied_tree: Path) -> None:
    before = jit.fingerprint()
    for name in ("errors.py", "model/results.py", "scenario/load.py"):
        (copied_tree / name).write_bytes(b"# changed\n")
    assert jit.fingerprint() == before


def test_folder_of_the_environment_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CULTURESIM_CACHE_DIR", str(tmp_path / "chosen"))
    folder = jit.cache_folder()
    assert folder == tmp_path / "chosen" / f"compiled-{jit.fingerprint()}"
    assert folder.is_dir()
    assert list(folder.iterdir()) == []  # the trial file is gone


@pytest.mark.parametrize("chosen", ["", None])
def test_users_cache_comes_next(
    chosen: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if chosen is None:
        monkeypatch.delenv("CULTURESIM_CACHE_DIR", raising=False)
    else:
        monkeypatch.setenv("CULTURESIM_CACHE_DIR", chosen)
    monkeypatch.setattr(jit, "user_cache_dir", lambda name: str(tmp_path / "user" / name))
    expected = tmp_path / "user" / "culturesim" / f"compiled-{jit.fingerprint()}"
    assert jit.cache_folder() == expected


def test_folder_that_cannot_be_written_falls_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_bytes(b"")
    monkeypatch.setenv("CULTURESIM_CACHE_DIR", str(blocked / "below"))
    monkeypatch.setattr(jit, "user_cache_dir", lambda name: str(blocked / name))
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path / "temporary"))
    expected = tmp_path / "temporary" / "culturesim" / f"compiled-{jit.fingerprint()}"
    assert jit.cache_folder() == expected


def test_no_folder_at_all_is_an_error_that_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_bytes(b"")
    monkeypatch.setenv("CULTURESIM_CACHE_DIR", str(blocked))
    monkeypatch.setattr(jit, "user_cache_dir", lambda name: str(blocked / name))
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(blocked / "temporary"))
    with pytest.raises(OSError, match="no folder") as caught:
        jit.cache_folder()
    assert str(caught.value).count(str(blocked)) == 3


@needs_compiler
def test_compiled_code_lands_in_the_folder_of_the_environment(tmp_path: Path) -> None:
    """In a process of its own, as the folder is chosen once, on import."""
    script = (
        "import numpy, numba\n"
        "from culturesim.kernels.vectors import dot\n"
        "print(dot(numpy.ones(3), numpy.ones(3)), numba.config.CACHE_DIR)\n"
    )
    environment = {
        **os.environ,
        "CULTURESIM_CACHE_DIR": str(tmp_path),
        "NUMBA_CACHE_DIR": "elsewhere",
        "PYTHONPATH": str(jit.PACKAGE.parent),
    }
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["3.0", "elsewhere"]  # the user's own setting is left alone
    assert list((tmp_path / f"compiled-{jit.fingerprint()}").rglob("*.nbi"))


# --- the note that everything is compiled


@needs_compiler
def test_note_that_everything_is_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jit, "CACHE", tmp_path)
    assert not jit.is_compiled()
    jit.mark_compiled()
    assert jit.is_compiled()
    (note,) = tmp_path.iterdir()
    assert numba.__version__ in note.name
    assert f"{sys.version_info.major}{sys.version_info.minor}" in note.name


def test_without_the_compiler_there_is_nothing_to_wait_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jit, "CACHE", tmp_path)
    monkeypatch.setattr(jit, "INTERPRETED", True)
    assert jit.is_compiled()
    jit.mark_compiled()
    assert list(tmp_path.iterdir()) == []


# --- flags


@needs_compiler
def test_flags_release_the_lock_and_keep_the_order_of_sums() -> None:
    options: dict[str, Any] = vectors.dot.targetoptions  # type: ignore[attr-defined]
    assert options["nogil"] is True
    assert options["nopython"] is True
    assert not options.get("fastmath")
    assert not options.get("parallel")


@needs_compiler
def test_division_by_zero_gives_what_numpy_gives() -> None:
    assert math.isnan(vectors.cosine(np.zeros(2), np.ones(2)))


def test_rule_without_the_compiler_is_the_function_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def twice(x: float) -> float:
        return 2.0 * x

    monkeypatch.setattr(jit, "INTERPRETED", True)
    assert jit.rule(twice) is twice


@needs_compiler
def test_rule_can_be_called_from_python_and_from_compiled_code() -> None:
    @jit.rule
    def twice(x: float) -> float:
        return 2.0 * x

    @numba.njit
    def outer(x: float) -> float:
        return twice(x) + 1.0

    assert twice(1.5) == 3.0
    assert outer(1.5) == 4.0


@needs_compiler
def test_only_functions_that_make_arrays_count_references() -> None:
    """An array that is made where nobody counts would never be given back: it is no valid code."""

    def room(n: int) -> Any:
        return np.empty(n).shape[0]

    with pytest.raises(numba.TypingError):
        jit.compiled(room)(3)
    assert jit.compiled_with_memory(room)(3) == 3

    @jit.rule_with_memory
    def made(n: int) -> int:
        return int(np.empty(n).shape[0])

    @jit.rule
    def passed_on(n: int) -> int:
        return made(n)

    @numba.njit
    def outer(n: int) -> int:
        return passed_on(n)

    assert outer(4) == 4
