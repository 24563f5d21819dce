"""What every answer says to the browser, and who is let in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
}
LONGEST_QUERY = 4_000  # bytes
REFUSED = b'{"error": {"key": "host", "message": "is not this server"}}'


class Guard:
    """Lets only requests through that were meant for this server, and puts headers on answers.

    A page of another origin that has its name point to this machine sends its own name as host.

    Parameters
    ----------
    app : ASGI application
    hosts : iterable of str
        Names and ports under which the server is known.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self._app = app
        self._hosts = {host.encode() for host in hosts}
        self._origins = {b"http://" + host for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            return

        api = scope["path"].startswith("/api/")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own: list[tuple[bytes, bytes]] = list(HEADERS.items())
                own.append((b"cache-control", b"no-store" if api else b"no-cache"))
                message["headers"] = [*message.get("headers", []), *own]
            await send(message)

        if self._is_meant(scope):
            await self._app(scope, receive, send_with_headers)
        else:
            await _refuse(send_with_headers)

    def _is_meant(self, scope: Scope) -> bool:
        headers: dict[bytes, bytes] = dict(scope["headers"])
        origin = headers.get(b"origin")
        return (
            headers.get(b"host") in self._hosts
            and (origin is None or origin in self._origins)
            and len(scope["query_string"]) <= LONGEST_QUERY
        )


async def _refuse(send: Any) -> None:
    length = str(len(REFUSED)).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", length)]
    await send({"type": "http.response.start", "status": 400, "headers": headers})
    await send({"type": "http.response.body", "body": REFUSED})
