"""The server with a warm engine room, made once: it is a while to load."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from culturesim.app.engine_room import EngineRoom
from culturesim.app.warm import Warm
from tests.app.serving import Client, serving


@pytest.fixture(scope="session")
def warm() -> Warm:
    made = Warm(breath=0.0)
    made.begin()
    made.room()
    return made


@pytest.fixture(scope="session")
def room(warm: Warm) -> EngineRoom:
    return warm.room()


@pytest.fixture(scope="session")
def client(warm: Warm) -> Iterator[Client]:
    with serving(warm) as made:
        yield made
