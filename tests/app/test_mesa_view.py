"""Mesa's own page, as far as it can be tried without Solara."""

from __future__ import annotations

import importlib.metadata

import pytest

import culturesim as cs
from culturesim.app import mesa_view
from culturesim.app.mesa_map import draw_map
from culturesim.cli.demo import VIEW_NEEDS, check_installed
from culturesim.errors import ArgumentError


def test_the_map_shows_customers_and_offers() -> None:
    model = cs.CultureModel("baseline", culture="discovery", seed=7)
    for _ in range(30):
        model.step()
    (panel,) = draw_map(model).axes
    nothing, taken, offers = (len(dots.get_offsets()) for dots in panel.collections)
    assert nothing + taken == 300
    assert taken == round(300 * model.commitment_rate)
    assert offers == 12
    assert f"{taken} of 300" in panel.get_title()


def test_an_ipyvuetify_that_draws_nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.metadata, "version", lambda _: "3.1.0")
    with pytest.raises(ArgumentError, match=r"culturesim\[mesa-view\]"):
        mesa_view.check_versions()
    monkeypatch.setattr(importlib.metadata, "version", lambda _: "1.11.3")
    mesa_view.check_versions()


def test_what_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(ArgumentError, match=r"pip install 'culturesim\[mesa-view\]'"):
        check_installed(VIEW_NEEDS, "mesa-view")
