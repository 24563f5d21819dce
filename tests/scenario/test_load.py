"""From files to scenarios: inheritance, changes, and one clear error for every kind of mistake."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from culturesim.errors import ArgumentError, CultureSimError, ScenarioError
from culturesim.scenario import bundled_scenarios, load_scenario, parse_override

BUNDLED = (
    "baseline",
    "churning-market",
    "known-market",
    "rising-standards",
    "shock",
    "strong-status-quo",
    "two-segments",
    "unknown-market",
)


@pytest.fixture
def write(tmp_path: Path) -> Any:
    """Write a file that extends the baseline (or not) and give its path."""

    def writer(text: str, name: str = "mine.toml", extends: str | None = "baseline") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        head = f'extends = "{extends}"\n' if extends else ""
        path.write_text(head + text, encoding="utf-8")
        return path

    return writer


def caught(source: Any, overrides: dict[str, Any] | None = None) -> CultureSimError:
    with pytest.raises(CultureSimError) as info:
        load_scenario(source, overrides)
    message = str(info.value)
    assert "pydantic" not in message
    assert "Input should" not in message
    assert info.value.__cause__ is None
    return info.value


# --- bundled -------------------------------------------------------------------------------------


def test_list_of_bundled_scenarios() -> None:
    assert tuple(bundled_scenarios()) == BUNDLED


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_scenario_loads_and_says_what_it_is_for(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    scenario = load_scenario(name)
    assert scenario.name == name
    assert scenario.source == f"bundled:{name}"
    head = bundled_scenarios()[name]
    assert (scenario.title, scenario.about, scenario.expect) == tuple(head)
    assert all(len(text) > 20 for text in head)


def test_variations_change_only_what_they_are_about() -> None:
    baseline = load_scenario("baseline")
    changed = {
        name: {path: mine for path, mine, _ in load_scenario(name).differences(baseline)}
        for name in BUNDLED
    }
    accuracy, memory = "organizations.acme.prior.accuracy", "world.care_memory"
    assert changed["baseline"] == {}
    assert changed["known-market"] == {accuracy: 0.95, memory: math.inf}
    assert changed["unknown-market"] == {accuracy: 0, memory: 120}
    assert changed["churning-market"] == {accuracy: 0.95, memory: 5}
    assert changed["strong-status-quo"] == {"segments.customers.status_quo": 0.34}
    assert changed["rising-standards"] == {"segments.customers.standard_drift": 0.02}
    assert changed["shock"]["shocks.turn.cycle"] == 60
    assert load_scenario("two-segments").segment_sizes() == {"households": 225, "firms": 75}


def test_sweeps_are_no_scenarios(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bundled_scenarios" / "sweeps").mkdir(parents=True)
    (tmp_path / "bundled_scenarios" / "only.toml").write_text('title = "Only"', encoding="utf-8")
    (tmp_path / "bundled_scenarios" / "sweeps" / "s.toml").write_text("", encoding="utf-8")
    monkeypatch.setattr("importlib.resources.files", lambda _: tmp_path)
    assert list(bundled_scenarios()) == ["only"]
    assert bundled_scenarios()["only"].title == "Only"


# --- inheritance ---------------------------------------------------------------------------------


def test_a_file_changes_only_what_it_says(write: Any) -> None:
    path = write("[organizations.acme.prior]\naccuracy = 1\n")
    scenario = load_scenario(path)
    assert scenario.name == "mine"
    assert scenario.source == str(path)
    assert load_scenario(str(path)) == scenario
    assert scenario.differences(load_scenario("baseline")) == [
        ("organizations.acme.prior.accuracy", 1.0, 0.3)
    ]


def test_texts_are_not_inherited(write: Any) -> None:
    scenario = load_scenario(write('about = "mine"\n'))
    assert (scenario.title, scenario.about, scenario.expect) == ("", "mine", "")


def test_extends_a_path_relative_to_the_file(write: Any, tmp_path: Path) -> None:
    write("[world]\ncycles = 7\nconcerns = 3\n", name="parents/parent.toml")
    path = write("[world]\ncycles = 9\n", name="children/c.toml", extends="../parents/parent.toml")
    world = load_scenario(path).world
    assert (world.cycles, world.concerns, world.customers) == (9, 3, 300)


def test_a_file_may_be_called_like_the_bundled_one_it_extends(write: Any) -> None:
    path = write("[world]\ncycles = 7\n", name="baseline.toml")
    assert load_scenario(path).world.cycles == 7


def test_named_tables_are_added_unless_replaced(write: Any) -> None:
    added = load_scenario(write("[segments.firms]\nworth = 9\n"))
    assert list(added.segments) == ["customers", "firms"]
    replaced = load_scenario(write('replace = ["segments"]\n[segments.firms]\nworth = 9\n'))
    assert list(replaced.segments) == ["firms"]
    assert replaced.world.customers == 300


def test_replace_of_a_plain_table_returns_to_the_defaults(write: Any) -> None:
    write("[world]\ncycles = 7\n", name="parent.toml")
    path = write('replace = ["world"]\n[world]\nconcerns = 3\n', extends="parent.toml")
    assert load_scenario(path).world.cycles == 120


def test_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "bom.toml"
    path.write_bytes(b'\xef\xbb\xbfextends = "baseline"\n')
    assert load_scenario(path).hash() == load_scenario("baseline").hash()


def test_like_copies_practices_and_is_gone(write: Any) -> None:
    text = """
[cultures.second]
like = "first"
testing = 0.2
[cultures.first]
like = "discovery"
listening = 0.3
"""
    cultures = load_scenario(write(text)).cultures
    discovery = cultures["discovery"].model_dump()
    assert cultures["first"].model_dump() == {**discovery, "listening": 0.3}
    assert cultures["second"].model_dump() == {**discovery, "listening": 0.3, "testing": 0.2}


def test_like_follows_the_culture_as_it_is_after_extends(write: Any) -> None:
    cultures = load_scenario(write("[cultures.discovery]\nreplan = 0.9\n")).cultures
    assert cultures["lean_startup"].replan == 0.9
    assert cultures["lean_startup"].testing == 0.08


def test_like_begins_an_inherited_culture_anew(write: Any) -> None:
    cultures = load_scenario(write('[cultures.running_lean]\nlike = "execution"\n')).cultures
    assert cultures["running_lean"] == cultures["execution"]


# --- overrides -----------------------------------------------------------------------------------


def test_overrides_with_star() -> None:
    scenario = load_scenario(
        "two-segments", {"segments.*.status_quo": 0.3, "organizations.*.prior.accuracy": 1}
    )
    assert [segment.status_quo for segment in scenario.segments.values()] == [0.3, 0.3]
    assert scenario.organizations["acme"].prior.accuracy == 1
    assert scenario.name == "two-segments"


def test_scenario_passes_through() -> None:
    scenario = load_scenario("baseline")
    assert load_scenario(scenario) is scenario
    assert load_scenario(scenario, {}) is scenario
    assert load_scenario(scenario, {"world.cycles": 3}).world.cycles == 3


def test_later_changes_win_and_the_original_stays() -> None:
    baseline = load_scenario("baseline")
    changed = baseline.override({"cultures.*.taper": 0.1, "cultures.execution.taper": 0.2})
    assert changed.cultures["execution"].taper == 0.2
    assert changed.cultures["discovery"].taper == 0.1
    assert baseline.cultures["execution"].taper == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"cultures.mine": {"like": "discovery", "listening": 0.1}},
        {"cultures.mine.listening": 0.1, "cultures.mine.like": "discovery"},
        {"cultures": {"mine": {"like": "discovery", "listening": 0.1}}},
    ],
)
def test_a_new_culture(changes: dict[str, Any]) -> None:
    cultures = load_scenario("baseline", changes).cultures
    expected = {**cultures["discovery"].model_dump(), "listening": 0.1}
    assert cultures["mine"].model_dump() == expected


def test_a_table_is_merged_into_an_existing_one() -> None:
    baseline = load_scenario("baseline")
    changed = baseline.override({"world": {"cycles": 3}, "cultures.discovery": {"replan": 1}})
    assert changed.differences(baseline) == [
        ("world.cycles", 3, 120),
        ("cultures.discovery.replan", 1.0, 0.35),
    ]


def test_numbers_of_numpy_and_tuples_are_taken() -> None:
    changes = {
        "world.cycles": np.int64(7),
        "world.care_focus": np.float64(2),
        "organizations.acme.poles": ("discovery", "execution"),
    }
    scenario = load_scenario("baseline", changes)
    assert type(scenario.world.cycles) is int
    assert type(scenario.world.care_focus) is float
    assert scenario.organizations["acme"].poles == ("discovery", "execution")


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("world.cycles=60", "world.cycles", 60),
        ("world.care_memory = inf", "world.care_memory", math.inf),
        ("a=1.5", "a", 1.5),
        ("a=true", "a", True),
        ('a="60"', "a", "60"),
        ("a=discovery", "a", "discovery"),
        ("a=known-market", "a", "known-market"),
        ("a=x=y", "a", "x=y"),
        ("a=", "a", ""),
        ('a=["x", "y"]', "a", ["x", "y"]),
        ('c={like = "discovery", taper = 0}', "c", {"like": "discovery", "taper": 0}),
        ("a=1\nb=2", "a", "1\nb=2"),
    ],
)
def test_parse_override(text: str, key: str, value: object) -> None:
    parsed = parse_override(text)
    assert parsed == (key, value)
    assert type(parsed[1]) is type(value)


@pytest.mark.parametrize("text", ["world.cycles", "", "=3"])
def test_parse_override_without_key_or_sign(text: str) -> None:
    with pytest.raises(ScenarioError, match="key=value") as info:
        parse_override(text)
    assert info.value.where == "override"


@pytest.mark.parametrize(
    ("path", "value", "key", "allowed", "near"),
    [
        ("world.cycle", 3, "world.cycle", "cycles, concerns", "cycles"),
        ("wrld.cycles", 3, "wrld", "title, about", "world"),
        ("extends", "baseline", "extends", "title, about", None),
        ("segments.*.standrd", 3, "segments.*.standrd", "share, standard", "standard"),
        ("segments.custmers.worth", 3, "segments.custmers", "customers", "customers"),
        ("cultures.mine.taper", 0.1, "cultures.mine", "execution, discovery", None),
        ("shocks.*.size", 1, "shocks.*", "", None),
        ("world.cycles.x", 3, "world.cycles.x", "", None),
        ("", 3, None, "title, about", None),
        ("world.cycles", "x", "world.cycles", "a whole number, 1 to 100000", None),
        ("segments.*.standard", 2, "segments.customers.standard", "a number, 0 to 1", None),
        ("world", 3, "world", "a table: [world]", None),
        ("segments.new", 3, "segments.new", "customers", None),
        ("cultures.mine", {"like": "exection"}, "cultures.mine.like", "execution", "execution"),
        ("world.cycles", [3], "world.cycles", "a whole number", None),
    ],
)
def test_wrong_overrides(
    path: str, value: Any, key: str | None, allowed: str, near: str | None
) -> None:
    error = caught("baseline", {path: value})
    assert isinstance(error, ScenarioError)
    assert error.where == "override"
    assert (error.key or None) == key
    assert (error.allowed or "").startswith(allowed)
    assert error.nearest == near


def test_a_change_that_contradicts_a_file_is_the_change_s_fault() -> None:
    error = caught("shock", {"world.cycles": 30})
    assert (error.where, error.key) == ("override", "shocks.turn.cycle")


@pytest.mark.parametrize("argument", [3, None, ["baseline"], {"world": {}}])
def test_what_is_no_scenario_at_all(argument: Any) -> None:
    assert isinstance(caught(argument), ArgumentError)


def test_overrides_must_be_a_mapping() -> None:
    wrong: Any = ["world.cycles=3"]
    assert isinstance(caught("baseline", wrong), ArgumentError)


# --- wrong values --------------------------------------------------------------------------------

WRONG_VALUES = [
    # text of the file, key, found, allowed
    ('[world]\ncycles = "60"', "world.cycles", 'cycles = "60"', "a whole number, 1 to 100000"),
    ("[world]\ncycles = 12.0", "world.cycles", "cycles = 12.0", "a whole number, 1 to 100000"),
    ("[world]\ncycles = true", "world.cycles", "cycles = true", "a whole number, 1 to 100000"),
    ("[world]\ncycles = 0", "world.cycles", "cycles = 0", "a whole number, 1 to 100000"),
    ("[world]\ncycles = 2020-01-01", "world.cycles", "cycles = 2020-01-01", "a whole number"),
    ("[world]\ncustomers = 0", "world.customers", "customers = 0", "a whole number, 1 to 10000000"),
    ("[world]\ncare_focus = true", "world.care_focus", "care_focus = true", "a number, 0 to 5"),
    ("[world]\ncare_focus = nan", "world.care_focus", "care_focus = nan", "a number, 0 to 5"),
    ("[world]\ncare_focus = inf", "world.care_focus", "care_focus = inf", "a number, 0 to 5"),
    ("[world]\ncare_focus = 5.1", "world.care_focus", "care_focus = 5.1", "a number, 0 to 5"),
    ("[world]\ncare_memory = nan", "world.care_memory", "care_memory = nan", "a number, 0 or more"),
    ("[world]\ncare_memory = -inf", "world.care_memory", "care_memory = -inf", "a number, 0 or"),
    ("[world]\ncycle_label = 3", "world.cycle_label", "cycle_label = 3", "text"),
    ("title = 3", "title", "title = 3", "text"),
    ("[segments.x]\nbudget = 0", "segments.x.budget", "budget = 0", "a number, above 0, inf"),
    ("[segments.x]\nshare = 0", "segments.x.share", "share = 0", "a number, above 0, up to"),
    ("[segments.x]\nworth = inf", "segments.x.worth", "worth = inf", "a number, above 0, up to"),
    (
        "[organizations.acme]\nculture = 1.5",
        "organizations.acme.culture",
        "culture = 1.5",
        "text or a number, 0 to 1",
    ),
    (
        "[organizations.acme]\nculture = nan",
        "organizations.acme.culture",
        "culture = nan",
        "text or a number, 0 to 1",
    ),
    (
        "[organizations.acme]\nculture = true",
        "organizations.acme.culture",
        "culture = true",
        "text or a number, 0 to 1",
    ),
    (
        '[organizations.acme]\npoles = ["execution", 3]',
        "organizations.acme.poles",
        'poles = ["execution", 3]',
        "a list of names",
    ),
    (
        '[organizations.acme]\nhome = "customers"',
        "organizations.acme.home",
        'home = "customers"',
        "a list of names",
    ),
    ("[world]\ncycles.x = 3", "world.cycles", "cycles = a table", "a whole number, 1 to 100000"),
    ("world = 3", "world", "world = 3", "a table: [world]"),
    ("[[world]]\ncycles = 3", "world", "world = a list of tables", "a table: [world]"),
    ("segments = 3", "segments", "segments = 3", "a table: [segments.NAME]"),
    ("[[segments]]\nshare = 3", "segments", "segments = a list of", "a table: [segments.NAME]"),
    ("[segments]\nworth = 3", "segments.worth", "worth = 3", "a table: [segments.NAME]"),
    ("[organizations.acme]\nprior = 3", "organizations.acme.prior", "prior = 3", "a table: "),
    ("cultures = 3", "cultures", "cultures = 3", "a table: [cultures.NAME]"),
    ("[cultures]\nmine = 3", "cultures.mine", "mine = 3", "a table: [cultures.mine]"),
    ('[segments."a b"]\nshare = 1', "segments.a b", "", "letters, digits, _ and -"),
    ('[segments."a.b"]\nshare = 1', "segments.a.b", "", "letters, digits, _ and -"),
    ('[segments."ä"]\nshare = 1', "segments.ä", "", "letters, digits, _ and -"),
    ('[segments."*"]\nshare = 1', "segments.*", "", "letters, digits, _ and -"),
    (f"[world]\ncycles = 0x{'f' * 6000}", "world.cycles", "cycles = a very long number", "a whole"),
    (f"[world]\ncare_focus = 0x{'f' * 900}", "world.care_focus", "care_focus = ", "a number, 0"),
]


@pytest.mark.parametrize(("text", "key", "found", "allowed"), WRONG_VALUES)
def test_wrong_value(text: str, key: str, found: str, allowed: str, write: Any) -> None:
    path = write(text)
    error = caught(path)
    assert isinstance(error, ScenarioError)
    assert error.where == str(path)
    assert error.key == key
    assert (error.found or "").startswith(found)
    assert (error.allowed or "").startswith(allowed)
    assert error.more == 0


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('[world]\ncycles = "60"', "write 60 without quotes"),
        ('[world]\ncare_memory = "inf"', "write inf without quotes"),
        ("[world]\ncycles = 12.0", "write 12"),
        ("[[segments]]\nshare = 3", "single brackets"),
        ("[segments]\nworth = 3", "[segments.NAME]"),
        ("[world]\nworth = 3", "segments.*.worth"),
        ("[cultures.mine]\nlistening = 0.1", 'like = "discovery"'),
    ],
)
def test_hints(text: str, hint: str, write: Any) -> None:
    assert hint in (caught(write(text)).hint or "")


@pytest.mark.parametrize(
    ("text", "key", "found", "allowed", "near"),
    [
        (
            "[organizations.acme.prior]\nacuracy = 0.3",
            "organizations.acme.prior.acuracy",
            "acuracy = 0.3",
            "accuracy, confidence",
            "accuracy",
        ),
        ("[segmnts.x]\nshare = 1", "segmnts", "segmnts = a table", "extends, replace", "segments"),
        ('extend = "x"', "extend", 'extend = "x"', "extends, replace", "extends"),
        ("[world]\nqqq = 1", "world.qqq", "qqq = 1", "cycles, concerns", None),
        ('name = "x"', "name", 'name = "x"', "extends, replace", None),
        (
            '[cultures.mine]\nlikes = "discovery"',
            "cultures.mine.likes",
            'likes = "discovery"',
            "like, listening",
            "like",
        ),
        ('[world]\nlike = "x"', "world.like", 'like = "x"', "cycles", None),
    ],
)
def test_unknown_key(
    text: str, key: str, found: str, allowed: str, near: str | None, write: Any
) -> None:
    path = write(text)
    error = caught(path)
    assert (error.where, error.key, error.found) == (str(path), key, found)
    assert (error.allowed or "").startswith(allowed)
    assert error.nearest == near


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("care_focus = nan", "is not a number"),
        ("care_focus = true", "is not a number"),
        ("care_focus = 6", "is out of range"),
        ("cycles = 1.5", "is not a whole number"),
        ("cycles = 0", "is out of range"),
        ("cycle_label = 3", "is not text"),
    ],
)
def test_problem_in_plain_words(text: str, problem: str, write: Any) -> None:
    assert caught(write(f"[world]\n{text}")).problem == problem


def test_missing_practice(write: Any) -> None:
    path = write("[cultures.mine]\nlistening = 0.1\ntesting = 0\nreplan = 0\nevidence = 0\n")
    error = caught(path)
    assert (error.where, error.key) == (str(path), "cultures.mine.forgetting")
    assert error.allowed == "a number, 0 to 1"
    assert error.more == 1


# --- contradictions ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key", "found", "allowed", "near"),
    [
        (
            '[cultures.mine]\nlike = "discovery"\nlistening = 0.96',
            "cultures.mine",
            "listening = 0.96, testing = 0.05",
            "listening + testing from 0 to 1",
            None,
        ),
        (
            '[organizations.acme]\nculture = "executoin"',
            "organizations.acme.culture",
            'culture = "executoin"',
            "execution, discovery",
            "execution",
        ),
        (
            '[organizations.acme]\npoles = ["execution", "discvery"]',
            "organizations.acme.poles",
            'poles = "discvery"',
            "execution, discovery",
            "discovery",
        ),
        (
            '[organizations.acme]\npoles = ["execution"]',
            "organizations.acme.poles",
            "1 of them",
            "exactly two culture names",
            None,
        ),
        (
            '[organizations.acme]\npoles = ["execution", "discovery", "execution"]',
            "organizations.acme.poles",
            "3 of them",
            "exactly two culture names",
            None,
        ),
        (
            '[organizations.acme]\nhome = ["custmers"]',
            "organizations.acme.home",
            'home = "custmers"',
            "customers",
            "customers",
        ),
        (
            "[organizations.other]",
            "organizations.other",
            "acme, other",
            "exactly one organization",
            None,
        ),
        (
            '[shocks.s]\ncycle = 1\nsize = 1\nsegments = ["custmers"]',
            "shocks.s.segments",
            'segments = "custmers"',
            "customers",
            "customers",
        ),
        (
            "[shocks.s]\ncycle = 120\nsize = 1",
            "shocks.s.cycle",
            "cycle = 120, world.cycles = 120",
            "0 to 119",
            None,
        ),
        (
            "[world]\ncustomers = 1\n[segments.firms]",
            "world.customers",
            "customers = 1 for 2 segments",
            "at least 2",
            None,
        ),
        (
            "[segments.firms]\nshare = 0.001",
            "segments.firms.share",
            "share = 0.001 of 300 customers",
            "a share that comes to at least one customer",
            None,
        ),
        (
            '[cultures.mine]\nlike = "discvery"',
            "cultures.mine.like",
            'like = "discvery"',
            "execution, discovery",
            "discovery",
        ),
        ("[cultures.mine]\nlike = 3", "cultures.mine.like", "like = 3", "execution", None),
        (
            '[cultures.a]\nlike = "b"\n[cultures.b]\nlike = "a"',
            "cultures.b.like",
            "a -> b -> a",
            "",
            None,
        ),
        ('[cultures.a]\nlike = "a"', "cultures.a.like", "a -> a", "", None),
        ('replace = ["segments"]', "segments", "nothing in segments", "at least one each", None),
        ('replace = ["cultures"]', "cultures", "nothing in cultures", "at least one each", None),
        ('replace = ["organizations"]', "organizations", "nothing in", "at least one", None),
        ('replace = ["segmnts"]', "replace", 'replace = ["segmnts"]', "a list of", "segments"),
        ('replace = "segments"', "replace", 'replace = "segments"', "a list of", "segments"),
        ("replace = [3]", "replace", "replace = [3]", "a list of", None),
    ],
)
def test_contradiction(
    text: str, key: str, found: str, allowed: str, near: str | None, write: Any
) -> None:
    path = write(text)
    error = caught(path)
    assert isinstance(error, ScenarioError)
    assert (error.where, error.key) == (str(path), key)
    assert (error.found or "").startswith(found)
    assert (error.allowed or "").startswith(allowed)
    assert error.nearest == near


# --- which file, and how many --------------------------------------------------------------------


def test_error_names_the_file_in_which_the_mistake_is_written(write: Any) -> None:
    parent = write("[world]\ncycles = 0\n", name="parent.toml")
    child = write("[world]\nconcerns = 3\n", name="child.toml", extends="parent.toml")
    assert caught(child).where == str(parent)
    cured = write("[world]\ncycles = 3\n", name="cured.toml", extends="parent.toml")
    assert load_scenario(cured).world.cycles == 3


def test_first_mistake_of_the_nearest_file_and_the_number_of_others(write: Any) -> None:
    write("[world]\ncycles = 0\n", name="parent.toml")
    text = "[means]\nslope = 0\n[world]\ncare_focus = 9\ncustomers = 0\n"
    path = write(text, extends="parent.toml")
    error = caught(path)
    assert (error.where, error.key, error.more) == (str(path), "means.slope", 3)
    assert str(error).endswith("and 3 more things are wrong")


def test_a_misspelt_practice_comes_before_the_one_it_leaves_missing(write: Any) -> None:
    text = "[cultures.mine]\nlistning = 0.1\ntesting = 0\nreplan = 0\nevidence = 0\n"
    error = caught(write(text + "forgetting = 0\ndiscipline = 0\n"))
    assert (error.key, error.nearest, error.more) == ("cultures.mine.listning", "listening", 1)


def test_a_mistake_that_like_copies_is_told_once_where_it_is_written(write: Any) -> None:
    text = '[cultures.a]\nlike = "b"\n[cultures.b]\nlike = "discovery"\nlistening = 2\n'
    error = caught(write(text))
    assert (error.key, error.more) == ("cultures.b.listening", 0)


# --- wrong files ---------------------------------------------------------------------------------


def test_unknown_bundled_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    error = caught("basline")
    assert '"basline"' in str(error)
    assert error.nearest == "baseline"
    assert all(name in str(error.allowed) for name in BUNDLED)
    assert error.hint is None


def test_bare_name_of_a_file_at_hand(
    write: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write("")
    monkeypatch.chdir(tmp_path)
    assert '"mine.toml"' in str(caught("mine").hint)
    assert load_scenario("mine.toml").source == "mine.toml"


@pytest.mark.parametrize("name", ["no.toml", "no/such", "zero\0.toml", "x" * 5000 + ".toml"])
def test_file_that_does_not_exist(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    error = caught(name)
    assert isinstance(error, ScenarioError)
    assert str(error).startswith(f'there is no file "{name[:20]}')


def test_directory(tmp_path: Path) -> None:
    error = caught(tmp_path)
    assert error.where == str(tmp_path)
    assert "directory" in error.problem


def test_unreadable_file(write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = write("")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    error = caught(path)
    assert (error.where, error.found) == (str(path), "Permission denied")


def test_not_toml_says_line_and_column(write: Any) -> None:
    path = write("[world]\ncycles = = 3\n")
    error = caught(path)
    assert (error.where, error.problem) == (str(path), "the file is not TOML")
    assert "line 3, column 10" in str(error.found)


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, f"a = {'9' * 5000}"])
def test_toml_that_the_parser_gives_up_on(text: str, write: Any) -> None:
    path = write(text)
    assert caught(path).where == str(path)


def test_keys_nested_too_deeply_are_unknown_keys(write: Any) -> None:
    assert caught(write("a." * 3000 + "a = 1")).key == "a"


def test_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes(b'title = "a"\nabout = "\xe4"\n')
    error = caught(path)
    assert error.where == str(path)
    assert error.found == "byte 0xe4 in line 2"


def test_empty_file(write: Any) -> None:
    path = write("", extends=None)
    error = caught(path)
    assert error.where == str(path)
    assert error.found == "nothing in segments, organizations, cultures"
    for table in ("[segments.NAME]", "[organizations.NAME]", "[cultures.NAME]"):
        assert table in str(error.allowed)
    assert 'extends = "baseline"' in str(error.hint)


@pytest.mark.parametrize("value", ["3", '""', '["baseline"]'])
def test_extends_is_no_name(value: str, write: Any) -> None:
    path = write(f"extends = {value}\n", extends=None)
    error = caught(path)
    assert (error.where, error.key) == (str(path), "extends")
    assert "a bundled scenario's name" in str(error.allowed)


def test_extends_unknown_name(write: Any) -> None:
    path = write("", extends="basline")
    error = caught(path)
    assert (error.where, error.key, error.nearest) == (str(path), "extends", "baseline")
    assert error.found == '"basline"'
    assert error.hint is None
    beside = write("", name="other.toml", extends="mine")
    assert '"mine.toml"' in str(caught(beside).hint)


def test_extends_missing_file(write: Any) -> None:
    path = write("", extends="folder/no.toml")
    error = caught(path)
    assert (error.where, error.key) == (str(path), "extends")
    assert "folder/no.toml" in str(error.found)


def test_extends_in_a_circle_shows_the_chain(write: Any) -> None:
    first = write("", name="a.toml", extends="b.toml")
    second = write("", name="b.toml", extends="a.toml")
    error = caught(first)
    assert (error.where, error.key) == (str(second), "extends")
    assert error.found == f"{first} -> {second} -> {first}"
    alone = write("", name="c.toml", extends="./c.toml")
    assert caught(alone).found is not None
