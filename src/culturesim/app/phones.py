"""The second listener: the vote page for phones, and their votes, and nothing else."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from culturesim.app import strings
from culturesim.app.guard import Guard
from culturesim.app.room import RefusedError, Room

STATIC = Path(__file__).parent / "static"
FILES = {"/": "vote.html", "/page.css": "page.css", "/js/vote_main.js": "js/vote_main.js"}
COOKIE = "phone"
LONGEST = 1_000  # bytes of a vote
WORDS = "vote."  # texts that the vote page gets
PATIENCE = 3.0  # seconds for the listener to end


def phones_app(room: Room, host: str) -> Any:
    """The application for phones.

    Parameters
    ----------
    room : Room
    host : str
        Name and port under which phones know it.

    Returns
    -------
    ASGI application
    """
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import FileResponse, JSONResponse, Response
    from starlette.routing import Route

    def address(request: Request) -> str:
        return request.client.host if request.client else ""

    async def file(request: Request) -> Response:
        answer = FileResponse(STATIC / FILES[request.url.path])
        if request.url.path == "/":
            secret = room.enter(request.cookies.get(COOKIE), address(request))
            answer.set_cookie(COOKIE, secret, httponly=True, samesite="strict")
        return answer

    async def question(request: Request) -> Response:
        token = request.query_params.get("token", "")
        told = room.question(token, request.cookies.get(COOKIE), address(request))
        return JSONResponse(told | {"words": words(told["language"])})

    async def vote(request: Request) -> Response:
        wanted = json.loads(await small_body(request, LONGEST))
        if not isinstance(wanted, dict):
            raise RefusedError(400, "no vote")
        return JSONResponse(room.vote(wanted, request.cookies.get(COOKIE), address(request)))

    async def refused(_: Request, error: Exception) -> Response:
        status = error.status if isinstance(error, RefusedError) else 400
        said = str(error) if isinstance(error, RefusedError) else "no vote"
        return JSONResponse({"error": {"key": "vote", "message": said}}, status)

    routes = [Route(path, file) for path in FILES]
    routes += [Route("/vote/question", question), Route("/vote", vote, methods=["POST"])]
    handlers: Any = {RefusedError: refused, ValueError: refused}
    return Guard(Starlette(routes=routes, exception_handlers=handlers), [host])


def words(language: str) -> dict[str, str]:
    """The texts of the vote page.

    Parameters
    ----------
    language : str

    Returns
    -------
    dict of str to str
    """
    texts = strings.texts(language, pseudo=True)
    return {key[len(WORDS) :]: text for key, text in texts.items() if key.startswith(WORDS)}


async def small_body(request: Any, longest: int) -> bytes:
    """The body of a request, unless it is too long.

    Raises
    ------
    RefusedError
        If it is.
    """
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > longest:
            raise RefusedError(413, "too long")
    return body


def listen_for_phones(room: Room, listening: socket.socket, host: str) -> Callable[[], None]:
    """Serve phones in a thread of its own.

    Parameters
    ----------
    room : Room
    listening : socket
    host : str

    Returns
    -------
    callable
        Ends it.
    """
    from culturesim.app.launch import configured

    server = configured(phones_app(room, host))
    thread = threading.Thread(
        target=server.run, args=([listening],), name="culturesim-phones", daemon=True
    )
    thread.start()

    def end() -> None:
        server.should_exit = True
        thread.join(PATIENCE)
        listening.close()

    return end
