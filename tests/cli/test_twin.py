"""The command ``twin`` as a user meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import culturesim as cs
from culturesim.cli.render_twin import around_parting
from tests.cli.calls import culturesim, good

CHANGES = {"world.cycles": 30, "world.customers": 40, "production.saturation": 15}
SMALL = [word for key, value in CHANGES.items() for word in ("--set", f"{key}={value}")]


def scenario() -> cs.Scenario:
    return cs.load_scenario("baseline", CHANGES)


def test_it_has_help(tmp_path: Path) -> None:
    assert "twin" in good("--help", cwd=tmp_path)
    assert "--customer" in good("twin", "--help", cwd=tmp_path)


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; import culturesim.cli.twin; "
        "heavy = {'numpy', 'numba', 'pandas', 'matplotlib', 'mesa', 'scipy', 'pydantic'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr


def test_it_says_and_leaves_what_python_does(tmp_path: Path) -> None:
    printed = good("twin", "baseline", *SMALL, "--seed", "2", cwd=tmp_path)
    twin = cs.twin(scenario(), seed=2)
    assert " ".join(twin.sentence.split()) in " ".join(printed.split())
    assert f"customer {twin.row}" in printed.splitlines()[0]
    assert str(Path("results/twin-baseline/twin.png")) in printed
    folder = tmp_path / "results" / "twin-baseline"
    assert (folder / "twin.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in (folder / "twin.svg").read_text(encoding="utf-8")[:2000]
    pd.testing.assert_frame_equal(pd.read_parquet(folder / "table.parquet"), twin.table)
    pd.testing.assert_frame_equal(pd.read_parquet(folder / "cycles.parquet"), twin.cycles)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["study"] == twin.study
    assert "twin" in manifest["command"]
    assert good("twin", "baseline", *SMALL, "--seed", "2", cwd=tmp_path) == printed
    assert [path.name for path in (tmp_path / "results").iterdir()] == ["twin-baseline"]


def test_table_is_of_the_cycles_around_the_parting(tmp_path: Path) -> None:
    twin = cs.twin(scenario(), seed=2)
    parting = twin.parts.choice
    assert parting is not None
    around = around_parting(twin)
    cycles = [c for c in range(parting - 2, parting + 5) if 0 <= c < 30]
    assert around["cycle"].tolist() == [c for c in cycles for _ in twin.cultures]
    assert around["culture"].tolist() == list(twin.cultures) * len(cycles)
    said = json.loads(good("twin", "baseline", *SMALL, "--seed", "2", "--json", cwd=tmp_path))
    assert [row["cycle"] for row in said["cycles"]] == around["cycle"].tolist()
    assert [row["reason"] for row in said["cycles"]] == around["reason"].tolist()
    assert said["parts"]["choice"] == parting
    assert said["parts"]["value"] == twin.parts.value
    assert said["sentence"] == twin.sentence
    assert (said["customer"], said["picked"]) == (twin.row, True)


def test_customer_team_and_cultures_are_chosen(tmp_path: Path) -> None:
    chosen = ("--culture", "discovery", "--culture", "lean_startup", "--json")
    printed = good("twin", "baseline", *SMALL, "--customer", "7", *chosen, cwd=tmp_path)
    said = json.loads(printed)
    assert (said["customer"], said["cultures"]) == (7, ["discovery", "lean_startup"])
    printed = good("twin", "baseline", *SMALL, "--team", "3", "--out", "mine", cwd=tmp_path)
    assert cs.twin(scenario(), team=3).sentence in " ".join(printed.split())
    assert "alignment" in printed
    assert "concern" in pd.read_parquet(tmp_path / "mine" / "table.parquet").columns


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--customer", "300"), "allowed: 0 to 299"),
        (("--team", "12"), "allowed: 0 to 11"),
        (("--customer", "-1"), "--customer"),
        (("--customer", "one"), "--customer"),
        (("--customer", "1", "--team", "1"), "exclude each other"),
        (("--culture", "execution"), "two or more"),
        (("--culture", "execution", "--culture", "exekution"), "execution"),
    ],
)
def test_wrong_input_is_one_message_and_code_2(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    done = culturesim("twin", "baseline", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())
