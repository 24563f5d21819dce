"""Studies that end when they are precise: the same whatever happens on the way."""

from __future__ import annotations

import json
import math
import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import culturesim as cs
from culturesim.experiments import store
from culturesim.experiments.merge import merge
from culturesim.experiments.parts import RUNS, part_files, read_parts
from culturesim.experiments.replay import replay
from culturesim.experiments.sweep import ask, undertake
from culturesim.experiments.until import LEAST
from culturesim.model.engine import Setup
from tests.experiments.sweeps import Server, same_rows, small, whole

SOURCE = small(replications=10, until={"value_created": "10%"}, max_replications=120)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> cs.Study:
    return whole(tmp_path_factory.mktemp("until") / "study", SOURCE)


def manifest(study: cs.Study) -> dict[str, Any]:
    values: dict[str, Any] = json.loads((study.directory / store.MANIFEST).read_text("utf-8"))
    return values


def test_every_point_takes_what_it_needs(study: cs.Study) -> None:
    table = study.table[study.table["metric"] == "value_created"]
    half = (table["high"] - table["low"]) / 2.0
    narrow = half <= 0.1 * table["base"].abs()
    assert narrow.tolist() == table["reached"].tolist()
    assert narrow.any()
    assert (table["replications"][~narrow] == 120).all()
    assert table["replications"].nunique() > 1
    assert (table["replications"] >= LEAST).all()
    assert study.table[study.table["metric"] == "culture"]["reached"].isna().all()
    for culture in study.cultures:
        sizes = study.runs[study.runs["culture"] == culture].groupby("design_point").size()
        assert sizes.tolist() == table["replications"].tolist()
    said = manifest(study)
    assert [p["replications"] for p in said["design_points"]] == table["replications"].tolist()
    assert {p["state"] for p in said["design_points"]} == {"complete"}
    assert said["until"] == {"value_created": "10%"}
    assert study.until == {"value_created": "10%"}
    assert "10 to 120 replications" in repr(study)


def test_the_first_rows_are_those_of_any_sweep(study: cs.Study, tmp_path: Path) -> None:
    plain = whole(tmp_path / "s", small(replications=10))
    first = study.runs[study.runs["replication"] < 10].reset_index(drop=True)
    same_rows(first, plain.runs)
    assert "reached" not in plain.table


def test_how_many_unpaired_runs_it_would_have_taken(study: cs.Study) -> None:
    """So many of each culture that s² / n is that of the pairs."""
    table = study.table[study.table["metric"] == "value_created"]
    for row in table.to_dict(orient="records"):
        runs = study.runs[study.runs["design_point"] == row["design_point"]]
        one, other = (
            runs["value_created"][runs["culture"] == culture].to_numpy()
            for culture in study.cultures
        )
        of_pairs = (other - one).var(ddof=1) / len(one)
        assert row["unpaired"] == math.ceil((one.var(ddof=1) + other.var(ddof=1)) / of_pairs)
        assert row["n"] == len(one)


def test_neither_threads_nor_pieces_change_a_row(study: cs.Study, tmp_path: Path) -> None:
    same_rows(cs.sweep(SOURCE, tmp_path / "s", workers=3).runs, study.runs)
    again = cs.sweep(SOURCE, study.directory)
    assert manifest(again)["sessions"][-1]["runs"] == 0
    assert again.plan().missing == 0


def test_the_order_of_rounds_does_not_matter(study: cs.Study, tmp_path: Path) -> None:
    """Point by point in turn, with what it wants next before or after the others."""
    for levels in ([20, 240], [240], [20]):
        factors = small()["factors"] | {"world.care_memory": levels}
        cs.sweep(SOURCE | {"factors": factors}, tmp_path / "s")
    done = cs.sweep(SOURCE, tmp_path / "s")
    keys = [*study.factors, "culture", "replication"]
    tables = [s.runs.drop(columns="design_point").sort_values(keys) for s in (done, study)]
    same_rows(*(table.reset_index(drop=True) for table in tables))


def test_failed_runs_are_no_pairs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Setup.run

    def fail(self: Setup, seed: int, records: Any) -> None:
        if seed % 3 == 0:
            raise ZeroDivisionError("by zero")
        run(self, seed, records)

    monkeypatch.setattr(Setup, "run", fail)
    bad = cs.sweep(SOURCE, tmp_path / "s")
    table = bad.table[bad.table["metric"] == "value_created"]
    assert (table["n"] < table["replications"]).all()
    assert ((table["high"] - table["low"]) / 2 <= 0.1 * table["base"]).tolist() == table[
        "reached"
    ].tolist()


def test_of_a_market_the_whole_counts(tmp_path: Path) -> None:
    source = SOURCE | {
        "scenario": "head-to-head",
        "factors": {"world.care_memory": [50]},
        "until": {"value_created": 0.0004},
    }
    study = cs.sweep(source, tmp_path / "s")
    row = study.table[study.table["metric"] == "value_created"].iloc[0]
    assert row["replications"] > 10
    assert row["reached"] or row["n"] == 120
    same_rows(cs.sweep(source, tmp_path / "s").runs, study.runs)
    assert manifest(cs.load_study(tmp_path / "s"))["sessions"][-1]["runs"] == 0


# --- growth


def test_it_grows_by_replications_precision_and_maximum(study: cs.Study, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    cs.sweep(small(replications=12), folder)  # nothing was to be precise
    loose = cs.sweep(SOURCE | {"until": {"value_created": "30%"}}, folder)
    assert (loose.table["replications"] >= 12).all()
    done = cs.sweep(SOURCE | {"replications": 12}, folder)
    fresh = whole(tmp_path / "t", SOURCE | {"replications": 12})
    same_rows(done.runs, fresh.runs)
    # A smaller wish takes nothing away; what says nothing of precision goes on with it.
    for smaller in (small(replications=10), SOURCE | {"max_replications": 20}):
        same_rows(cs.sweep(smaller, folder).runs, fresh.runs)
    more = cs.sweep(small(replications=150), folder)
    assert (more.table["replications"] >= 150).all()
    assert more.ledger.most == 150


def test_two_halves_are_merged_and_any_row_is_repeated(study: cs.Study, tmp_path: Path) -> None:
    for name, levels in (("a", [240]), ("b", [20])):
        factors = small()["factors"] | {"world.care_memory": levels}
        whole(tmp_path / name, SOURCE | {"factors": factors})
    both = merge(tmp_path / "a", tmp_path / "b", tmp_path / "c")
    assert both.plan().missing == 0
    same_rows(both.runs, study.runs)
    last = both.runs.iloc[-1]
    again = replay(tmp_path / "c", f"{last['design_point']}/discovery/{last['replication']}")
    assert again.equal
    point = both.table.sort_values("replications")["design_point"].to_numpy()[0]
    with pytest.raises(cs.ResultError, match="has not been done"):
        replay(tmp_path / "c", f"{point}/discovery/119")
    with pytest.raises(cs.ArgumentError, match="names no replication"):
        replay(tmp_path / "c", f"{point}/discovery/120")


def test_merged_with_one_of_equal_replications(study: cs.Study, tmp_path: Path) -> None:
    whole(tmp_path / "a", small(replications=130))
    for pair in ((tmp_path / "a", study.directory), (study.directory, tmp_path / "a")):
        out = tmp_path / f"of-{pair[0].name}"
        both = merge(*pair, out)
        assert len(both.runs) == 4 * 2 * 130
        assert both.plan().missing == 0
        assert both.ledger.until == study.ledger.until


def test_a_plan_says_the_least_and_the_most(tmp_path: Path) -> None:
    undertaking = undertake(ask(SOURCE), tmp_path / "s")
    plan = undertaking.plan(workers=1)
    assert plan[:5] == (4, 2, 10, 80, 80)
    assert (plan.most_replications, plan.most_runs) == (120, 960)
    assert 0.0 < plan.seconds < plan.most_seconds
    assert 0 < plan.bytes < plan.most_bytes
    unsaid = {key: value for key, value in SOURCE.items() if key != "max_replications"}
    assert undertake(ask(unsaid), tmp_path / "s").ledger.most == 1000
    few = undertake(ask(unsaid | {"replications": 2, "max_replications": 4}), tmp_path / "s")
    assert (few.runs, few.ledger.most) == (4 * 2 * 4, 4)
    fixed = undertake(ask(small()), tmp_path / "s").plan(workers=1)
    assert fixed.most_runs == fixed.runs
    assert fixed.most_seconds == fixed.seconds


def test_progress_grows_with_what_is_wanted(study: cs.Study, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    cs.sweep(SOURCE, tmp_path / "s", progress=lambda *seen: told.append(seen))
    assert told[0] == (0, 80)
    assert told[-1] == (len(study.runs), len(study.runs))
    assert [total for _, total in told] == sorted(total for _, total in told)
    assert all(done <= total for done, total in told)


def test_it_has_a_picture(study: cs.Study, tmp_path: Path) -> None:
    from matplotlib import pyplot
    from matplotlib.text import Text

    figure = study.plot()
    numbers = study.table[study.table["metric"] == "value_created"]["n"]
    words = " ".join(text.get_text() for text in figure.findobj(Text))
    assert f"{numbers.min()} to {numbers.max()} pairs of runs" in words
    pyplot.close(figure)


# --- killed


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    if not hasattr(os, "fork"):
        pytest.skip("needs processes that fork")
    process = Server()
    yield process
    process.close()


def test_killed_and_resumed_it_comes_to_the_same(tmp_path: Path, server: Server) -> None:
    source = SOURCE | {"until": {"value_created": "3%"}, "max_replications": 300}
    never_killed = whole(tmp_path / "whole", source).runs
    began = time.monotonic()
    server.begin(tmp_path / "timed", source)
    assert server.ended() == 0
    duration = time.monotonic() - began
    moments, kept, kills = random.Random(7), [], 0
    for n in range(9):
        folder = tmp_path / str(n // 3)  # the same study is killed three times, then ended
        pid = server.begin(folder, source)
        time.sleep(moments.uniform(0.1, 0.7) * duration)
        with suppress(ProcessLookupError):  # it has ended by itself
            os.kill(pid, signal.SIGKILL)
        kills += server.ended() == -signal.SIGKILL
        kept.append(sum(len(table) for table in read_parts(folder / RUNS)))
        if n % 3 == 2:
            same_rows(cs.sweep(source, folder).runs, never_killed)
    assert kills > 2, "the sweeps were over before they could be killed"
    assert any(4 * 2 * 10 < rows < len(never_killed) for rows in kept), f"{kept}: in no later round"


def test_a_lost_part_is_made_anew(study: cs.Study, tmp_path: Path, server: Server) -> None:
    """Decisions that were made on it are made again, whatever is there already."""
    server.begin(tmp_path / "s", SOURCE)
    assert server.ended() == 0
    parts = part_files(tmp_path / "s" / RUNS)
    assert len(parts) > 5
    parts[1].unlink()
    assert undertake(ask(SOURCE), tmp_path / "s").missing > 0
    same_rows(cs.sweep(SOURCE, tmp_path / "s").runs, study.runs)
    for part in part_files(tmp_path / "s" / RUNS)[::2]:
        part.unlink()
    same_rows(cs.sweep(SOURCE, tmp_path / "s").runs, study.runs)
