"""The command line as a user meets it: separate processes, exit codes, what is printed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.calls import SMALL, culturesim, good


@pytest.mark.parametrize(
    "command", ["list", "show", "check", "run", "compare", "explain", "schema"]
)
def test_every_command_has_help(command: str, tmp_path: Path) -> None:
    assert command in good("--help", cwd=tmp_path)
    assert "Usage" in good(command, "--help", cwd=tmp_path)


def test_version(tmp_path: Path) -> None:
    from culturesim import __version__

    assert good("--version", cwd=tmp_path) == f"culturesim {__version__}\n"


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; import culturesim.cli.commands; "
        "heavy = {'numpy', 'numba', 'pandas', 'matplotlib', 'mesa', 'scipy', 'pydantic'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr


def test_list_names_every_bundled_scenario(tmp_path: Path) -> None:
    import culturesim as cs

    names = set(cs.bundled_scenarios())
    printed = good("list", cwd=tmp_path)
    assert all(name in printed for name in names)
    assert set(json.loads(good("list", "--json", cwd=tmp_path))) == names


def test_list_names_every_bundled_sweep_with_its_scenario(tmp_path: Path) -> None:
    from culturesim.experiments.sweep_places import bundled_sweep_heads

    sweeps = bundled_sweep_heads()
    assert sweeps["tipping"].scenario == "garden"
    lines = good("list", cwd=tmp_path).splitlines()
    for name, head in sweeps.items():
        assert [line.strip().split(maxsplit=1) for line in lines].count([name, head.title]) == 1
    listed = json.loads(good("list", "--json", cwd=tmp_path))
    assert {name for head in listed.values() for name in head["sweeps"]} == set(sweeps)
    assert listed["garden"]["sweeps"]["tipping"]["title"] == sweeps["tipping"].title


def test_show_has_values_units_and_meaning(tmp_path: Path) -> None:
    printed = good("show", "baseline", "--set", "world.care_memory=inf", cwd=tmp_path)
    line = next(line for line in printed.splitlines() if line.startswith("world.care_memory"))
    assert "inf*" in line
    assert "cycles" in line
    values = json.loads(good("show", "baseline", "--json", cwd=tmp_path))
    assert values["world"]["customers"] == 300
    assert values["segments"]["customers"]["budget"] == "inf"


def test_check_of_a_good_and_a_bad_file(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('extends = "baseline"\n[world]\ncustomers = 50\n', encoding="utf-8")
    assert "50 customers" in good("check", "mine.toml", cwd=tmp_path)

    mine.write_text('extends = "baseline"\n[world]\ncustomer = 50\n', encoding="utf-8")
    done = culturesim("check", "mine.toml", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    for part in ("mine.toml", "world.customer", "50", "customers"):
        assert part in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("compare", "nowhere"),
        ("compare", "baseline", "--culture", "exekution"),
        ("compare", "baseline", "--culture", "execution"),
        ("compare", "baseline", "--culture", "execution", "--culture", "execution"),
        ("compare", "garden", "mandate", "--culture", "discovery"),
        ("compare", "garden", "baseline"),
        ("compare", "garden", "garden"),
        ("compare", "garden", "nowhere"),
        ("compare", "head-to-head", "--culture", "planner"),
        ("compare", "baseline", "--set", "world.cycles=0"),
        ("compare", "baseline", "--set", "world.cycles"),
        ("compare", "baseline", "--replications", "0"),
        ("compare", "baseline", "--seed", "-1"),
        ("compare", "baseline", "--workers", "none"),
        ("run", "baseline", "--culture", "exekution"),
        ("run",),
        ("dance",),
    ],
)
def test_wrong_input_is_one_message_and_code_2(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = culturesim(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_compare_leaves_a_whole_directory_and_says_where(tmp_path: Path) -> None:
    printed = good("compare", "baseline", *SMALL, "-n", "5", "--cycles", cwd=tmp_path)
    folder = tmp_path / "results" / "compare-baseline"
    assert str(Path("results/compare-baseline/comparison.png")) in printed
    assert (folder / "comparison.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in (folder / "comparison.svg").read_text(encoding="utf-8")[:2000]

    runs = pd.read_parquet(folder / "runs")
    assert runs.groupby("culture").size().to_dict() == {"execution": 5, "discovery": 5}
    cycles = pd.read_parquet(folder / "cycles")
    assert len(cycles) == 2 * 5 * 6
    assert not cycles.columns.duplicated().any()

    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["study"]["replications"] == 5
    assert manifest["scenario"]["values"]["world"]["cycles"] == 6
    assert manifest["versions"]["numpy"]
    assert manifest["design_points"][0]["state"] == "complete"
    left_over = [path.name for path in folder.rglob(".*")]
    assert not left_over


def test_the_same_comparison_gives_the_same_bytes_and_place(tmp_path: Path) -> None:
    command = ("compare", "baseline", *SMALL, "-n", "3")
    first = good(*command, "--workers", "1", cwd=tmp_path)
    folder = tmp_path / "results" / "compare-baseline"
    names = ("runs/part-00000.parquet", "comparison.csv", "comparison.png", "comparison.svg")
    before = {name: (folder / name).read_bytes() for name in names}
    assert good(*command, "--workers", "2", cwd=tmp_path) == first
    assert {name: (folder / name).read_bytes() for name in names} == before


def test_another_study_never_overwrites(tmp_path: Path) -> None:
    good("compare", "baseline", *SMALL, "-n", "2", cwd=tmp_path)
    good("compare", "baseline", *SMALL, "-n", "3", cwd=tmp_path)
    assert (tmp_path / "results" / "compare-baseline-2").is_dir()

    done = culturesim(
        "compare", "baseline", *SMALL, "-n", "4", "--out", "results/compare-baseline", cwd=tmp_path
    )
    assert done.returncode == 2
    assert "another study" in done.stderr

    (tmp_path / "diary").mkdir()
    (tmp_path / "diary" / "note.txt").write_text("mine", encoding="utf-8")
    done = culturesim("compare", "baseline", *SMALL, "--out", "diary", cwd=tmp_path)
    assert done.returncode == 2
    assert [path.name for path in (tmp_path / "diary").iterdir()] == ["note.txt"]


def test_a_directory_that_cannot_be_made_is_an_error_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = culturesim("compare", "baseline", *SMALL, "--out", "file/below", cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_json_is_what_python_says(tmp_path: Path) -> None:
    import culturesim as cs

    printed = good(
        "compare", "known-market", *SMALL, "-n", "4", "--seed", "3", "--json", cwd=tmp_path
    )
    said = json.loads(printed)
    scenario = cs.load_scenario("known-market", {"world.cycles": 6, "world.customers": 30})
    comparison = cs.compare(scenario, replications=4, seed=3)
    assert said["sentence"] == comparison.sentence
    rows = {row["metric"]: row for row in said["table"]}
    assert set(rows) == set(comparison.table.index)
    assert rows["waste"]["difference"] == comparison.table.loc["waste", "difference"]


def test_three_cultures(tmp_path: Path) -> None:
    cultures = ("execution", "discovery", "lean_startup")
    chosen = [word for name in cultures for word in ("--culture", name)]
    printed = good("compare", "baseline", *SMALL, "-n", "2", *chosen, cwd=tmp_path)
    assert all(name in printed for name in cultures)


def test_run_keeps_every_cycle(tmp_path: Path) -> None:
    printed = good("run", "baseline", "-c", "discovery", *SMALL, "--out", "one", cwd=tmp_path)
    assert "value_created" in printed
    cycles = pd.read_parquet(tmp_path / "one" / "cycles")
    assert cycles["cycle"].tolist() == list(range(6))
    means = json.loads(good("run", "baseline", "-c", "discovery", *SMALL, "--json", cwd=tmp_path))[
        "means"
    ]
    assert means["value_created"] == pytest.approx(cycles["value_created"].sum(), rel=1e-12)


def test_explain_tells_the_phases_in_order(tmp_path: Path) -> None:
    phases = [row["phase"] for row in json.loads(good("explain", "--json", cwd=tmp_path))]
    assert phases[0] == "drift"
    assert phases[-1] == "account"
    assert len(phases) == 12
    printed = good("explain", cwd=tmp_path)
    assert "talk_noise" in printed


def test_schema_is_a_json_schema_and_a_table(tmp_path: Path) -> None:
    schema = json.loads(good("schema", "--json", cwd=tmp_path))
    assert schema["type"] == "object"
    assert "world" in schema["properties"]
    assert "segments.*.status_quo" in good("schema", cwd=tmp_path)


def test_no_progress_and_no_control_codes_without_a_terminal(tmp_path: Path) -> None:
    done = culturesim("compare", "baseline", *SMALL[:-1], "-n", "2", cwd=tmp_path)
    assert "\x1b" not in done.stdout + done.stderr
    assert "runs/s" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="the signal is sent as a terminal on POSIX sends it")
def test_an_interrupt_stops_with_its_code_and_no_traceback(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "culturesim", "compare", "baseline", "-n", "20000"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    folder = tmp_path / "results" / "compare-baseline"
    deadline = time.monotonic() + 60
    while not folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(5.0)  # into the runs themselves
    process.send_signal(signal.SIGINT)
    try:
        _, errors = process.communicate(timeout=60)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert not list(folder.glob("*"))
