"""Colours keep their meaning, settings come back, and a thread cannot upset another's picture."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import matplotlib as mpl
import pytest

from culturesim.plots.style import (
    CONTRAST,
    KNOWN,
    NOTHING,
    STYLE,
    VALUE,
    WASTE,
    Picture,
    contrast,
    ink,
    looks,
    styled,
)

BUNDLED = ["execution", "discovery", "lean_startup", "running_lean", "customer_development"]


def settings() -> dict[str, Any]:
    now: Any = mpl.rcParams  # newer matplotlibs type every key
    return dict(now)


@pytest.fixture
def odd_settings() -> Iterator[dict[str, Any]]:
    """Settings of a user that this package would never choose."""
    odd: Any = {"font.size": 31.0, "axes.grid": False, "svg.hashsalt": "mine", "text.usetex": True}
    with mpl.rc_context():
        mpl.rcParams.update(odd)
        yield settings()


def test_colours_have_their_fixed_meaning() -> None:
    assert looks(["discovery", "execution"]) == {
        "discovery": ("#0072B2", "--"),
        "execution": ("#D55E00", "-"),
    }
    assert (VALUE, WASTE, NOTHING) == ("#009E73", "#E69F00", "#8a8a8a")


def test_bundled_cultures_differ_in_colour_and_in_dashes() -> None:
    given = looks(BUNDLED)
    assert len({look.colour for look in given.values()}) == len(BUNDLED)
    assert len({look.line for look in given.values()}) == len(BUNDLED)


@pytest.mark.parametrize("names", [["mine", "execution"], ["discovery", "lean_startup", "a", "b"]])
def test_new_names_take_looks_that_nobody_has(names: list[str]) -> None:
    given = looks(names)
    assert list(given) == names
    assert len(set(given.values())) == len(names)
    for name in names:
        assert given[name] == KNOWN.get(name, given[name])


def test_more_cultures_than_looks_still_have_one_each() -> None:
    assert len(looks([f"culture-{n}" for n in range(20)])) == 20


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#ffffff") == pytest.approx(1.0)
    assert contrast("#000000") == pytest.approx(21.0)
    assert contrast("#767676") == pytest.approx(4.54, abs=0.01)  # the lightest grey that passes


@pytest.mark.parametrize("name", BUNDLED)
def test_text_in_a_culture_s_colour_can_be_read(name: str) -> None:
    colour = KNOWN[name].colour
    assert contrast(ink(colour)) >= CONTRAST
    if contrast(colour) >= CONTRAST:
        assert ink(colour) == colour.lower()


def test_style_holds_inside_and_is_gone_outside(odd_settings: dict[str, Any]) -> None:
    with styled():
        assert {key: value for key, value in settings().items() if key in STYLE} == STYLE
        assert not mpl.rcParams["text.usetex"]
    assert settings() == odd_settings


def test_settings_come_back_after_an_error(odd_settings: dict[str, Any]) -> None:
    def fail() -> None:
        with styled():
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert settings() == odd_settings


def test_threads_wait_for_each_other(odd_settings: dict[str, Any]) -> None:
    inside = []
    together = threading.Barrier(4)

    def draw(_: int) -> None:
        together.wait()
        for _ in range(20):
            with styled():
                inside.append(mpl.rcParams["font.size"])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(draw, range(4)))
    assert set(inside) == {STYLE["font.size"]}
    assert settings() == odd_settings


def test_notebook_is_given_a_png() -> None:
    picture = Picture(figsize=(1.0, 1.0))
    assert picture._repr_png_().startswith(b"\x89PNG")
    assert picture._repr_png_() == picture._repr_png_()
