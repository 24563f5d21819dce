"""A scenario shows where it differs from its base."""

from __future__ import annotations

import pickle
from pathlib import Path

import culturesim as cs


def test_a_bundled_scenario_differs_from_what_it_extends() -> None:
    known = cs.load_scenario("known-market")
    assert known.base == cs.load_scenario("baseline")
    shown = known._repr_html_()
    assert known.title in shown
    for path, before, after in known.base.differences(known):
        assert f">{path}<" in shown
        assert f">{before:g}<" in shown
        assert f">{after:g}<" in shown
    assert "world.cycles" not in shown  # it is as in the baseline
    assert "What customers care about" in shown or "care" in shown


def test_an_overridden_one_differs_from_its_file() -> None:
    baseline = cs.load_scenario("baseline")
    assert baseline.base is None
    assert "complete in itself" in baseline._repr_html_()
    once = baseline.override({"world.cycles": 60})
    twice = once.override({"segments.*.status_quo": 0.3})
    assert twice.base == baseline
    shown = twice._repr_html_()
    assert shown.count("<tr>") == 3  # the head and two differences
    assert ">world.cycles<" in shown
    assert ">segments.customers.status_quo<" in shown
    assert ">0.22<" in shown
    back = once.override({"world.cycles": 120})
    assert "Every value is that of baseline" in back._repr_html_()


def test_units_and_help_come_from_the_schema() -> None:
    shown = cs.load_scenario("baseline", {"world.care_memory": 60})._repr_html_()
    assert ">cycles<" in shown
    assert "inf" in shown  # the range


def test_the_base_of_a_file_is_what_it_extends(tmp_path: Path) -> None:
    (tmp_path / "half.toml").write_text("[world]\ncycles = 9\n", encoding="utf-8")
    whole = tmp_path / "whole.toml"
    baseline = cs.load_scenario("baseline").resolved()
    whole.write_text('extends = "baseline"\n[world]\ncycles = 7\n', encoding="utf-8")
    child = tmp_path / "child.toml"
    child.write_text('extends = "whole.toml"\n[world]\ncustomers = 5\n', encoding="utf-8")
    loaded = cs.load_scenario(child)
    assert loaded.base is not None
    assert loaded.base.name == "whole"
    assert loaded.base.differences(loaded) == [
        ("world.customers", baseline["world"]["customers"], 5)
    ]


def test_a_file_that_completes_what_it_extends_has_no_base(tmp_path: Path) -> None:
    (tmp_path / "half.toml").write_text("[world]\ncycles = 9\n", encoding="utf-8")
    rest = """
extends = "half.toml"
[segments.all]
[organizations.one]
culture = "mine"
poles = ["mine", "yours"]
[cultures.mine]
listening = 0.1
testing = 0.1
replan = 0.1
evidence = 1
forgetting = 0
discipline = 1
[cultures.yours]
like = "mine"
"""
    child = tmp_path / "child.toml"
    child.write_text(rest, encoding="utf-8")
    loaded = cs.load_scenario(child)
    assert loaded.world.cycles == 9
    assert loaded.base is None


def test_a_base_is_no_part_of_what_is_run() -> None:
    known = cs.load_scenario("known-market")
    assert known.override({}) == known
    assert known.hash() == cs.load_scenario("known-market").hash()
    again = pickle.loads(pickle.dumps(known))
    assert again == known
    assert again.base == known.base
