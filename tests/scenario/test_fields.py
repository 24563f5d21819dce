"""Rows of the tables, and the types of their values."""

from __future__ import annotations

import copy
import math
import pickle
from typing import Any

import pytest
from pydantic import ValidationError

from culturesim.scenario.fields import REQUIRED, Named, Names, Number, Part, Table, notes, param


class Sample(Part):
    size: Number = param(0.5, "share", "[0, 1]", "How much.", "assumed: half")
    reach: Number = param(1, "cycles", "(0, inf]", "How far.", "estimated: from something")
    count: int = param(REQUIRED, "pieces", "[1, 9]", "How many.", "measured: by someone")
    words: Names = param((), "names", "", "Which.", "assumed: none")


class Samples(Part):
    by_name: Named[Sample] = Table()


def test_a_row_says_what_it_is() -> None:
    assert notes(Sample.model_fields["reach"]) == {
        "unit": "cycles",
        "range": "(0, inf]",
        "meaning": "How far.",
        "source": "estimated: from something",
        "status": "estimated",
    }
    assert notes(Samples.model_fields["by_name"]) == {"range": ""}
    assert Sample.model_fields["count"].is_required()


@pytest.mark.parametrize("values", [{"size": 0}, {"size": 1}, {"reach": math.inf}, {"count": 9}])
def test_inside_the_limits(values: dict[str, Any]) -> None:
    Sample.model_validate({"count": 1, **values})


@pytest.mark.parametrize(
    "values",
    [
        {"size": -0.1},
        {"size": 1.1},
        {"size": math.nan},
        {"size": "0.5"},
        {"reach": 0},
        {"count": 10},
        {"count": 1.0},
        {"words": "word"},
        {"other": 1},
    ],
)
def test_outside_the_limits_or_of_another_type(values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Sample.model_validate({"count": 1, **values})


def test_zero_has_one_sign_and_names_may_be_a_list() -> None:
    sample = Sample.model_validate({"count": 1, "size": -0.0, "words": ["a"]})
    assert math.copysign(1, sample.size) == 1
    assert sample.words == ("a",)


@pytest.mark.parametrize("name", ["a b", "a.b", "", "*"])
def test_a_name_is_one_step_of_a_dotted_path(name: str) -> None:
    Samples.model_validate({"by_name": {"A_b-3": {"count": 1}}})
    with pytest.raises(ValidationError):
        Samples.model_validate({"by_name": {name: {"count": 1}}})


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda t: pickle.loads(pickle.dumps(t))])
def test_a_table_never_changes_but_can_be_copied(copied: Any) -> None:
    table = copied(Table(a=1))
    assert (type(table), table) == (Table, {"a": 1})
    for change in (lambda: table.update(b=2), table.clear, lambda: table.__setitem__("b", 2)):
        with pytest.raises(TypeError, match="override"):
            change()
