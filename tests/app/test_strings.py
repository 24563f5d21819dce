from __future__ import annotations

import pytest

from culturesim.app import strings
from culturesim.errors import ArgumentError


def test_english_comes_first_and_the_made_up_language_only_if_wanted() -> None:
    assert strings.languages()[0] == "en"
    assert "xx" not in strings.languages()
    assert strings.languages(pseudo=True)[-1] == "xx"


@pytest.mark.parametrize("code", strings.languages())
def test_every_language_has_the_same_texts_with_the_same_names(code: str) -> None:
    english, other = strings.texts("en"), strings.texts(code)
    assert set(other) == set(english)
    for key, text in english.items():
        assert set(strings.NAME.findall(other[key])) == set(strings.NAME.findall(text)), key
        assert bool(other[key].strip()) == bool(text.strip()), key


def test_the_made_up_language_is_longer_and_keeps_what_is_filled_in() -> None:
    english = strings.texts("en")
    for key, text in strings.texts("xx", pseudo=True).items():
        assert strings.NAME.findall(text) == strings.NAME.findall(english[key])
        said = strings.NAME.sub("", english[key])
        assert len(text) >= len(english[key]) + 0.3 * len(said)


def test_a_language_that_is_not_there_is_refused() -> None:
    with pytest.raises(ArgumentError, match="allowed: en"):
        strings.texts("tlh")
    with pytest.raises(ArgumentError):
        strings.texts("xx")
