from __future__ import annotations

from pathlib import Path

import pytest

from culturesim.app.modules import in_order, joined


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "js").mkdir()
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "lib.js").write_text(
        'function a() { return "<b></b>"; }\nconst x = 1;\nexport { a as draw, x };\n'
    )
    (tmp_path / "js" / "left.js").write_text(
        'import {draw} from "../vendor/lib.js";\nexport function left() { return draw(); }\n'
    )
    (tmp_path / "js" / "main.js").write_text(
        'import {left} from "./left.js";\nimport {\n  x as y,\n  draw\n} from "../vendor/lib.js";\n'
        "export const both = left() + draw() + y;\nexport async function later() {}\n"
    )
    return tmp_path


def test_a_module_comes_after_what_it_needs_and_once(folder: Path) -> None:
    names = [file.name for file in in_order(folder / "js" / "main.js")]
    assert names == ["lib.js", "left.js", "main.js"]


def test_one_script_hands_on_what_is_exported_by_name(folder: Path) -> None:
    text = joined(folder / "js" / "main.js")
    assert "import " not in text
    assert "export " not in text
    assert "return {draw: a, x};" in text
    assert "const {draw} = module0;" in text
    assert "const {\n  x: y,\n  draw\n} = module0;" in text
    assert "return {both, later};" in text
    assert "</b>" not in text  # would end the element


def test_modules_that_import_each_other_end(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('import {b} from "./b.js";\nexport const a = 1;\n')
    (tmp_path / "b.js").write_text('import {a} from "./a.js";\nexport const b = 2;\n')
    assert len(in_order(tmp_path / "a.js")) == 2
