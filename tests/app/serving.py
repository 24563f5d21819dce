"""A server that really listens, and a client that sends what it is told to send."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any, NamedTuple
from urllib.parse import urlencode

from culturesim.app.launch import HOST, configured, listen
from culturesim.app.server import Server
from culturesim.app.warm import Warm

PATIENCE = 120.0


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """Sends paths as they are: nothing is tidied up on the way."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.host = f"{HOST}:{port}"

    def send(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        connection = HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            names = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, names, response.read())
        finally:
            connection.close()

    def get(self, path: str, headers: Mapping[str, str] | None = None, **query: object) -> Answer:
        whole = f"{path}?{urlencode(query)}" if query else path
        return self.send("GET", whole, headers=headers)

    def post(self, path: str, wanted: object, headers: Mapping[str, str] | None = None) -> Answer:
        return self.send("POST", path, json.dumps(wanted).encode(), headers)


@contextmanager
def serving(warm: Warm, **options: Any) -> Iterator[Client]:
    """A server on a free port, in a thread of this process."""
    listening = listen(0)
    port = listening.getsockname()[1]
    server = Server(port, warm=warm, **options)
    running = configured(server.app)
    thread = threading.Thread(target=running.run, args=([listening],), daemon=True)
    thread.start()
    try:
        yield Client(port)
    finally:
        server.close()
        running.should_exit = True
        thread.join(15.0)  # it ends with the process at the latest
        listening.close()
