"""Run all notebooks, and leave what came of them in a folder: `make notebooks`."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "build" / "notebooks"


def run(book: Path) -> bool:
    """Run one, and say whether it came to its end."""
    notebook = nbformat.read(book, as_version=4)
    began = time.monotonic()
    print(f"{book.name} ...", end=" ", flush=True)
    # Paths in it are meant relative to where the results are.
    place = {"metadata": {"path": str(OUT)}}
    client = NotebookClient(notebook, timeout=600, kernel_name="python3", resources=place)
    try:
        client.execute()
    except CellExecutionError as error:
        print("failed")
        print(error, file=sys.stderr)
        return False
    finally:
        nbformat.write(notebook, OUT / book.name)
    print(f"{time.monotonic() - began:.0f} s")
    return True


def main() -> int:
    """Run all, or those that are named."""
    OUT.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("JUPYTER_PLATFORM_DIRS", "1")
    books = [Path(name) for name in sys.argv[1:]] or sorted((ROOT / "notebooks").glob("*.ipynb"))
    done = [run(book) for book in books]
    print(f"{sum(done)} of {len(done)} notebooks ran; their results are in {OUT.relative_to(ROOT)}")
    return 0 if all(done) else 1


if __name__ == "__main__":
    sys.exit(main())
