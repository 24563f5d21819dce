"""Parameters as the compiled cycle reads them."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import get_args, get_type_hints

import numpy as np
import pytest

from culturesim import cycle
from culturesim.scenario import populate
from culturesim.scenario.contents import Contents
from culturesim.scenario.paths import item_of
from culturesim.scenario.words import choices
from culturesim.state import parameters as table
from culturesim.state.columns import TeamRecord

RECORDS = [
    table.SegmentTraits,
    table.OrganizationTraits,
    table.ActionTraits,
    table.Practices,
    table.ShockTraits,
    TeamRecord,
]


@pytest.mark.parametrize("kind", RECORDS)
def test_record_has_the_fields_of_its_class(kind: type) -> None:
    layout = table.record_type(kind)
    types = {float: np.float64, int: np.int64, bool: np.bool_}
    assert layout.names == tuple(get_type_hints(kind))
    for name, hint in get_type_hints(kind).items():
        assert layout[name] == types[hint]
    assert layout.isalignedstruct


def test_no_rule_reads_a_field_that_python_hides() -> None:
    """A numpy record has attributes of its own, such as `size`: from Python they hide a field."""
    names = {name for kind in RECORDS for name in get_type_hints(kind)}
    hidden = {name for name in names if hasattr(np.record, name)}
    files = [Path(populate.__file__), *Path(cycle.__file__).parent.glob("*.py")]
    read = {
        (file.name, node.attr)
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
    }
    assert ("drift.py", "care_memory") in read  # it does look where the rules are
    assert not {(file, name) for file, name in read if name in hidden}


def test_codes_of_what_leaders_do_are_places_of_the_words_a_scenario_uses() -> None:
    action = item_of(Contents.model_fields["leadership"].annotation)
    assert action is not None
    assert get_args(action.model_fields["kind"].annotation) == table.KINDS
    assert choices(action.model_fields["target"].annotation) == table.TARGETS
    for words in (table.KINDS, table.TARGETS):
        assert [getattr(table, word.upper()) for word in words] == list(range(len(words)))
    assert table.NAMED not in range(len(table.TARGETS))


def test_parts_of_the_parameters_are_flat() -> None:
    """Numbers in named tuples, records and arrays: what compiled code can take."""
    for name, hint in get_type_hints(table.Params).items():
        if hasattr(hint, "_fields"):
            assert set(get_type_hints(hint).values()) == {float}, name
