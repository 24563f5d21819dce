"""The project keeps its own promises: versions, scenarios, import contracts, docstrings."""

from __future__ import annotations

import ast
import importlib.metadata
import inspect
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import culturesim

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "culturesim"
INSTALLED = Path(culturesim.__file__).resolve().parent
FILES = sorted(SOURCE.rglob("*.py"))


def modules_imported(file: Path) -> set[str]:
    """Give the first part of every absolute import, wherever it stands in a file."""
    names: list[str] = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.extend(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.append(node.module)
    return {name.partition(".")[0] for name in names}


# --- one version, one licence


def test_version_is_the_same_everywhere() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert importlib.metadata.version("culturesim") == culturesim.__version__
    assert re.findall(r"^version: (.+)$", citation, re.MULTILINE) == [culturesim.__version__]
    assert re.findall(r"^## \[(.+)\]", changelog, re.MULTILINE)[0] == culturesim.__version__


def test_licence_is_the_same_everywhere() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (author,) = project["authors"]
    assert licence.startswith(f"{project['license']} License\n")
    assert f"\nlicense: {project['license']}\n" in citation
    assert author["name"] in licence
    assert f"- name: {author['name']}\n" in citation


# --- what is installed


def test_every_scenario_is_installed() -> None:
    """The wheel holds the files of the checkout; an editable install reads the checkout's own."""
    bundled = INSTALLED / "bundled_scenarios"
    if INSTALLED == SOURCE:
        assert not bundled.exists(), "a copy in the source tree would go stale"
        bundled = ROOT / "scenarios"
    expected = {
        path.relative_to(ROOT / "scenarios"): path.read_bytes()
        for path in (ROOT / "scenarios").rglob("*.toml")
    }
    found = {path.relative_to(bundled): path.read_bytes() for path in bundled.rglob("*.toml")}
    assert Path("baseline.toml") in expected
    assert found == expected


def test_baseline_is_found_by_name_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    culturesim.load_scenario("baseline")


def test_types_are_installed() -> None:
    assert (INSTALLED / "py.typed").exists()


def test_every_source_file_is_installed() -> None:
    installed = {file.relative_to(INSTALLED) for file in INSTALLED.rglob("*.py")}
    assert {file.relative_to(SOURCE) for file in FILES} == installed


# --- who may import whom


@pytest.mark.parametrize(
    ("library", "allowed"),
    [
        ("numba", ("kernels/jit.py", "kernels/exponential.py", "kernels/philox.py")),
        ("llvmlite", ("kernels/exponential.py", "kernels/philox.py")),
        ("pydantic", ("scenario/",)),
        ("mesa", ("model/", "app/")),
        ("loky", ("model/workers.py",)),
        ("anywidget", ("app/explorer_widget.py",)),
        ("cloudpickle", ("model/workers.py",)),
        ("distributed", ("experiments/runners/cluster.py",)),
    ],
)
def test_library_stays_in_its_room(library: str, allowed: tuple[str, ...]) -> None:
    users = {f.relative_to(SOURCE).as_posix() for f in FILES if library in modules_imported(f)}
    assert users, f"nothing imports {library}"
    assert {user for user in users if not user.startswith(allowed)} == set()


def check_contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the import contracts of pyproject.toml on the package in `folder`/src."""
    pytest.importorskip("importlinter", reason="the import linter is not installed")
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", command, "--no-cache", "--config", str(ROOT / "pyproject.toml")],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_import_contracts_hold() -> None:
    checked = check_contracts(ROOT)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("kernels/logit.py", "import culturesim.state", "Each floor imports only the floors below"),
        ("plots/__init__.py", "import culturesim.cli", "Each floor imports only the floors below"),
        ("utils.py", "", "Each floor imports only the floors below"),
        ("cycle/drift.py", "import culturesim.cycle.learn", "Phases do not import each other"),
        ("model/__init__.py", "import pydantic", "Only the door knows pydantic"),
        ("kernels/logit.py", "import numba", "Only kernels.jit and the intrinsics"),
        ("experiments/__init__.py", "import mesa", "Only the model and the app know Mesa"),
    ],
)
def test_import_contract_can_fail(file: str, line: str, contract: str, tmp_path: Path) -> None:
    copy = tmp_path / "src" / "culturesim"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    with (copy / file).open("a", encoding="utf-8") as stream:
        stream.write(f"\n{line}\n")
    checked = check_contracts(tmp_path)
    assert checked.returncode == 1, checked.stdout + checked.stderr
    broken = re.findall(r"^(.+) BROKEN\b", checked.stdout, re.MULTILINE)
    assert len(broken) == 1, checked.stdout
    assert broken[0].startswith(contract)


# --- docstrings say what the signature says


Definition = ast.FunctionDef | ast.AsyncFunctionDef


def documented_parameters(docstring: str) -> list[str] | None:
    """Give the names under ``Parameters`` in order; None if there is no such section."""
    lines = inspect.cleandoc(docstring).splitlines()
    for start in range(len(lines) - 1):
        if lines[start] == "Parameters" and set(lines[start + 1]) == {"-"}:
            break
    else:
        return None
    names: list[str] = []
    for line, below in zip(lines[start + 2 :], [*lines[start + 3 :], ""], strict=True):
        if below and set(below) == {"-"}:  # the next section's heading
            break
        if line and not line.startswith(" "):
            names.extend(name.strip("* ") for name in line.partition(" : ")[0].split(","))
    return names


def parameters(function: Definition) -> list[str]:
    """Give the parameters of a function in order, without ``self`` and ``cls``."""
    given = function.args
    arguments = [*given.posonlyargs, *given.args]
    arguments += [given.vararg] if given.vararg else []
    arguments += given.kwonlyargs
    arguments += [given.kwarg] if given.kwarg else []
    return [argument.arg for argument in arguments if argument.arg not in ("self", "cls")]


def functions(file: Path) -> Iterator[Definition]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, Definition):
            yield node


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(SOURCE).as_posix())
def test_docstring_names_the_parameters_of_its_function(file: Path) -> None:
    for function in functions(file):
        documented = documented_parameters(ast.get_docstring(function) or "")
        if documented is not None:
            assert documented == parameters(function), f"{file}: {function.name}"


def test_docstring_check_reads_the_whole_section() -> None:
    docstring = """Do it.

    Parameters
    ----------
    a, b : int
        Two: numbers.
    *rest : float

    Returns
    -------
    c : int
    """
    assert documented_parameters(docstring) == ["a", "b", "rest"]
    assert documented_parameters("Do it.") is None
