"""One clear error for every kind of mistake in a file."""

from __future__ import annotations

from typing import Any

import pytest

from culturesim.errors import ScenarioError
from tests.scenario.catch import caught

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
    ("[growth]\non = 1", "growth.on", "on = 1", "true or false"),
    ('[growth]\non = "true"', "growth.on", 'on = "true"', "true or false"),
    ("[growth]\ndegree = 4.0", "growth.degree", "degree = 4.0", "a whole number, 0 to 100000"),
    ("[segments.x]\nkind = true", "segments.x.kind", "kind = true", "one of external, internal"),
    ("leadership = 3", "leadership", "leadership = 3", "a list of tables: [[leadership]], or a"),
    ("leadership = [3]", "leadership.0", "0 = 3", "a table: [leadership.0]"),
    ("[leadership]\nx = 3", "leadership.x", "x = 3", "a table: [leadership.x]"),
    (
        '[leadership."a b"]\nkind = "seed"\nfrom = 1\nstrength = 1',
        "leadership.a b",
        "",
        "letters, digits, _ and -",
    ),
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
        ('[growth]\non = "true"', "write true without quotes"),
        ('[growth]\non = "False"', "write false, in small letters"),
        ("[growth]\non = 1", "write true"),
        ("[growth]\non = 0.0", "write false"),
        ('[leadership]\nkind = "seed"', "[[leadership]], with double brackets"),
        ("[[growth]]\non = true", "[growth], with single brackets"),
        ("[world]\nstrength = 1", "leadership.*.strength"),
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


ACTION = '[[leadership]]\nkind = "seed"\nfrom = 3\nstrength = 0.5\n'


@pytest.mark.parametrize(
    ("text", "key", "found", "near"),
    [
        (ACTION.replace("seed", "sead"), "leadership.0.kind", 'kind = "sead"', "seed"),
        (ACTION.replace("seed", "Mandate"), "leadership.0.kind", 'kind = "Mandate"', "mandate"),
        (ACTION + 'target = "champion"', "leadership.0.target", 'target = "champion"', "champions"),
        (ACTION + 'target = "xyz"', "leadership.0.target", 'target = "xyz"', None),
        (ACTION + 'target = ["all"]', "leadership.0.target", 'target = ["all"]', None),
        (ACTION + "target = [1.0]", "leadership.0.target", "target = [1.0]", None),
        (ACTION + "target = [true]", "leadership.0.target", "target = [true]", None),
        (ACTION + "target = 3", "leadership.0.target", "target = 3", None),
        ('[segments.x]\nkind = "intern"', "segments.x.kind", 'kind = "intern"', "internal"),
    ],
)
def test_wrong_word_has_the_nearest_right_one(
    text: str, key: str, found: str, near: str | None, write: Any
) -> None:
    path = write(text)
    error = caught(path)
    assert (error.where, error.key, error.found) == (str(path), key, found)
    assert (error.allowed or "").startswith("one of ")
    assert error.problem == f"is not {error.allowed}"
    assert error.nearest == near
    assert error.more == 0


def test_teams_are_counted_from_0(write: Any) -> None:
    error = caught(write(ACTION + "target = [0, -1]"))
    assert (error.key, error.hint) == ("leadership.0.target", "teams are counted from 0")


def test_a_misspelt_part_of_an_action_comes_before_what_it_leaves_missing(write: Any) -> None:
    error = caught(write('[[leadership]]\nkind = "seed"\nfrm = 3\nstrength = 0.5'))
    assert (error.key, error.nearest, error.more) == ("leadership.0.frm", "from", 1)


def test_missing_practice(write: Any) -> None:
    path = write("[cultures.mine]\nlistening = 0.1\ntesting = 0\nreplan = 0\nevidence = 0\n")
    error = caught(path)
    assert (error.where, error.key) == (str(path), "cultures.mine.forgetting")
    assert error.allowed == "a number, 0 to 1"
    assert error.more == 1


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


def test_keys_nested_too_deeply_are_unknown_keys(write: Any) -> None:
    assert caught(write("a." * 3000 + "a = 1")).key == "a"
