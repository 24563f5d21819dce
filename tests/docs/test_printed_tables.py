"""The tables in the documents are those of the code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tools.print_docs import DOCS, START, TABLES, main, printed


def test_printed_tables_are_up_to_date() -> None:
    assert main(["--check"]) == 0, "python tools/print_docs.py writes them anew"


def test_every_table_is_printed_somewhere() -> None:
    texts = [file.read_text(encoding="utf-8") for file in DOCS.rglob("*.md")]
    assert {name for text in texts for name in START.findall(text)} == set(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_table_has_rows_of_equal_length(name: str) -> None:
    for block in TABLES[name]().split("\n\n"):
        rows = [line for line in block.splitlines() if line.startswith("| ")]
        # A bar that belongs to a text is escaped.
        widths = {row.replace("\\|", "").count("|") for row in rows}
        assert len(widths) <= 1, block


def test_check_finds_a_stale_file_and_printing_mends_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(DOCS, docs)
    assert main(["--check", str(docs)]) == 0
    file = docs / "odd.md"
    right = file.read_text(encoding="utf-8")
    wrong = right.replace("| `world.cycles` | a whole number | `120` |", "| `world.cycles` | |")
    assert wrong != right
    file.write_text(wrong, encoding="utf-8")

    assert main(["--check", str(docs)]) == 1
    assert file.read_text(encoding="utf-8") == wrong, "a check writes nothing"
    message = capsys.readouterr().err
    assert str(file) in message
    assert "notation.md" not in message

    assert main([str(docs)]) == 0
    assert file.read_text(encoding="utf-8") == right


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<!-- table: colours -->\n<!-- end -->\n", "no table 'colours'"),
        ("<!-- table: streams -->\n| a |\n", "does not end"),
    ],
)
def test_a_place_that_cannot_be_filled_is_an_error(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        printed(text)


def test_only_the_marked_places_change() -> None:
    text = "Before.\n\n<!-- table: run metrics -->\nold\n<!-- end -->\n\nAfter | all.\n"
    new = printed(text)
    assert new.startswith("Before.\n\n<!-- table: run metrics -->\n\n| metric of a run |")
    assert new.endswith("|\n\n<!-- end -->\n\nAfter | all.\n")
    assert printed(new) == new
