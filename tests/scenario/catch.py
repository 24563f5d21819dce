"""The one error that a wrong scenario raises, in words of this package only."""

from __future__ import annotations

from typing import Any

import pytest

from culturesim.errors import CultureSimError
from culturesim.scenario import load_scenario


def caught(source: Any, overrides: dict[str, Any] | None = None) -> CultureSimError:
    with pytest.raises(CultureSimError) as info:
        load_scenario(source, overrides)
    message = str(info.value)
    assert "pydantic" not in message
    assert "Input should" not in message
    assert info.value.__cause__ is None
    return info.value
