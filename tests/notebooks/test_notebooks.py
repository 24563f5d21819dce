"""The notebooks run as they are stored, without a warning; they hold no results, and no secrets.

Each is executed in a kernel of its own, in an empty folder, where every warning is an error.
"""

from __future__ import annotations

import ast
import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import culturesim as cs

nbformat = pytest.importorskip("nbformat", reason="the extra `notebook` is not installed")
nbclient = pytest.importorskip("nbclient", reason="the extra `notebook` is not installed")
pytest.importorskip("ipykernel", reason="the extra `notebook` is not installed")

ROOT = Path(__file__).resolve().parents[2]
BOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
NAMES = [
    "01_first_run",
    "02_follow_a_customer",
    "03_how_much_discovery",
    "04_growing_a_culture",
    "05_your_own_team",
    "06_a_publishable_sweep",
]
LIBRARIES = {"culturesim", "matplotlib", "pandas", "pathlib", "tempfile"}
MOST = 60.0  # seconds on two cores that do nothing else
SLACK = 5.0  # times as long is allowed where others work, too

# What another library deprecates when a kernel starts is not ours; all else that warns is an error.
STRICT = """
import warnings
warnings.simplefilter("error")
"""

pytestmark = pytest.mark.filterwarnings("default")  # the client's own, in this process


def read(book: Path) -> Any:
    return nbformat.read(book, as_version=4)


def code_of(book: Path) -> str:
    return "\n\n".join(cell.source for cell in read(book).cells if cell.cell_type == "code")


def execute(book: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a notebook in a kernel of this interpreter, with this package; give back what came."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "src"), *sys.path]))
    monkeypatch.setenv("IPYTHONDIR", str(folder / "ipython"))
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    strict = nbformat.v4.new_code_cell(STRICT)
    book.cells.insert(0, strict)
    client = nbclient.NotebookClient(
        book, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    return book


def outputs(book: Any) -> list[Any]:
    return [output for cell in book.cells for output in cell.get("outputs", [])]


def test_all_six_are_there() -> None:
    assert [book.stem for book in BOOKS] == NAMES


@pytest.mark.slow
@pytest.mark.compiled
@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_a_notebook_runs_without_a_warning(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cs.simulate("baseline")  # compiled by now
    began = time.monotonic()
    done = execute(read(book), tmp_path, monkeypatch)
    assert time.monotonic() - began < SLACK * MOST
    shown = outputs(done)
    complaints = [o["text"] for o in shown if o.output_type == "stream" and o.name == "stderr"]
    assert complaints == []
    pictures = [o for o in shown if "image/png" in o.get("data", {})]
    assert pictures, "a story without a figure"
    left = {path.name for path in tmp_path.iterdir()} - {"ipython"}
    assert left == set(), "a notebook leaves nothing behind"


@pytest.mark.slow
def test_a_warning_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = nbformat.v4.new_notebook()
    book.cells = [nbformat.v4.new_code_cell("import warnings\nwarnings.warn('look')")]
    with pytest.raises(nbclient.exceptions.CellExecutionError, match="look"):
        execute(book, tmp_path, monkeypatch)


@pytest.mark.slow
@pytest.mark.compiled
def test_a_class_of_a_cell_plays_in_other_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = nbformat.v4.new_notebook()
    cell = """
import culturesim as cs

small = cs.load_scenario("baseline", {"world.customers": 30, "world.cycles": 6})

class Mine(cs.Team):
    def offer(self):
        self.price = 0.5

here = cs.ensemble(small, replications=6, team=Mine, workers=1).runs
there = cs.ensemble(small, replications=6, team=Mine, workers=2, progress=False).runs
assert here.equals(there)
print(len(there), cs.ensemble(small, replications=6).runs.equals(there))
"""
    book.cells = [nbformat.v4.new_code_cell(cell)]
    done = execute(book, tmp_path, monkeypatch)
    assert [o["text"] for o in outputs(done)] == ["6 False\n"]


@pytest.mark.slow
@pytest.mark.compiled
def test_long_work_says_so_in_a_notebook_and_short_work_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = nbformat.v4.new_notebook()
    slow = "import culturesim.progress.bars as bars\nbars.QUICK = 0.0"  # all is long
    calls = [
        "import culturesim as cs",
        "small = cs.load_scenario('baseline', {'world.customers': 30, 'world.cycles': 6})\n"
        "_ = cs.compare(small, replications=5)",
        f"{slow}\n_ = cs.compare(small, replications=5)",
        "_ = cs.compare(small, replications=5, progress=False)",
    ]
    book.cells = [nbformat.v4.new_code_cell(call) for call in calls]
    done = execute(book, tmp_path, monkeypatch)
    said = [[o["data"]["text/plain"] for o in cell.outputs] for cell in done.cells[1:]]
    assert said == [[], [], ["10 runs in 1 s"], []]


# --- as they are stored


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_a_notebook_is_stored_without_results(book: Path) -> None:
    found = read(book)
    nbformat.validate(found)
    assert found.metadata.kernelspec.name == "python3"
    ids = [cell.id for cell in found.cells]
    assert len(set(ids)) == len(ids)
    assert [i.rpartition("-")[2] for i in ids] == [f"{n:02d}" for n in range(len(ids))]
    for cell in found.cells:
        assert cell.metadata == {}
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
    text = book.read_text(encoding="utf-8")
    assert str(Path.home()) not in text


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_a_notebook_uses_public_names_only(book: Path) -> None:
    tree = ast.parse(code_of(book))
    imported = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.module is not None
            imported.add(node.module)
        elif isinstance(node, ast.Attribute):
            private = node.attr.startswith("_") and not node.attr.startswith("__")
            assert not private, f"{node.attr} is nobody's business"
            if isinstance(node.value, ast.Name) and node.value.id == "cs":
                assert node.attr in cs.__all__
    assert "culturesim" in imported
    assert {name.partition(".")[0] for name in imported} <= LIBRARIES
    assert not {name for name in imported if name.startswith("culturesim.")}


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_a_notebook_invites_and_warns(book: Path) -> None:
    """A number to change, a place where execution wins, and what was never measured."""
    text = "\n".join(c.source for c in read(book).cells if c.cell_type == "markdown").lower()
    assert "run" in text
    assert "again" in text
    assert "measured" in text or "calibrated" in text
    assert "execution" in text
