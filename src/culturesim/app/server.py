"""The server: which path is answered by what."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from culturesim.app import asked, baked, state, strings
from culturesim.app.acts import RUN
from culturesim.app.desk import DroppedError
from culturesim.app.guard import Guard
from culturesim.app.phones import listen_for_phones, small_body
from culturesim.app.room import RefusedError, Room
from culturesim.app.warm import Warm
from culturesim.errors import ArgumentError, CultureSimError

HERE = Path(__file__).parent
STATIC = HERE / "static"

WRONG, NO_BET, NOT_FOUND, OVERTAKEN, NOT_LIVE = 400, 403, 404, 409, 503

LONGEST_BODY = 100_000  # bytes
Answer = Callable[[Any], Any]


class Server:
    """The page's server, as an ASGI application.

    Parameters
    ----------
    port : int
        On which it listens: part of the names under which it is known.
    seed : int
        With which the page begins.
    language : str
        With which the page begins.
    pseudo : bool
        Whether there is a made-up language with longer words, to try the layout.
    warm : Warm, optional
    room : str, optional
        Address of this machine at which phones find the vote page; found out if not given.
    """

    def __init__(
        self,
        port: int,
        seed: int = 0,
        language: str = "en",
        pseudo: bool = False,
        warm: Warm | None = None,
        room: str | None = None,
    ) -> None:
        self._seed = seed
        self._language = strings.check_language(language, pseudo)
        self._pseudo = pseudo
        self.warm = warm or Warm()
        self._room = Room(listen_for_phones)
        self._room_address = room
        routes = [
            Route("/api/acts", _told(self._acts)),
            Route("/api/ready", _told(self._ready)),
            Route("/api/bands", _told(self._bands)),
            Route("/api/replay", _told(self._replay)),
            Route("/api/curve", _told(self._curve)),
            Route("/api/by-hand", _told(self._by_hand)),
            Route("/api/state", _told(self._state)),
            Route("/api/export", self._export, methods=["POST"]),
            Route("/api/room", _told(self._room_told)),
            Route("/api/room/open", self._room_open, methods=["POST"]),
            Route("/api/room/close", _told(self._room_close), methods=["POST"]),
            Route("/api/languages", _told(self._languages)),
            Route("/api/strings/{language}", _told(self._strings)),
            Mount("/", StaticFiles(directory=STATIC, html=True)),
        ]
        hosts = [f"127.0.0.1:{port}", f"localhost:{port}"]
        self.app = Guard(Starlette(routes=routes), hosts)

    def _acts(self, _: Request) -> Any:
        kept = baked.find(baked.ACTS)
        if kept is not None:
            told = json.loads(kept)
        else:
            from culturesim.app.told import acts

            told = acts()
        return told | {"seed": self._seed, "language": self._language}

    def _ready(self, _: Request) -> Any:
        return {"live": self.warm.live, "warming": self.warm.doing}

    def _languages(self, _: Request) -> Any:
        return strings.languages(self._pseudo)

    def _strings(self, request: Request) -> Any:
        return strings.texts(request.path_params["language"], self._pseudo)

    def _bands(self, request: Request) -> Any:
        question = asked.read(request.query_params)
        runs = asked.runs(request.query_params)
        kept = baked.find(baked.bands(question, runs))
        if kept is not None:
            if self.warm.live:
                self.warm.room().note(question)
            return kept
        return self.warm.room().bands(question, runs)

    def _replay(self, request: Request) -> Any:
        question = asked.read(request.query_params)
        run = asked.whole(request.query_params, "run", 0, 9_999, RUN)
        kept = baked.find(baked.replay(question, run))
        return kept if kept is not None else self.warm.room().replay(question, run)

    def _curve(self, request: Request) -> Any:
        question = asked.read(request.query_params)
        if not question.act.measure:
            raise ArgumentError(
                "has no curve", key="act", found=str(question.act.number), allowed="4, 5 or 6"
            )
        if question.bet is None:
            return _error(NO_BET, "bet", "is missing: the curve is told once the room has bet")
        kept = baked.find(baked.curve(question))
        return kept if kept is not None else self.warm.room().curve(question)

    def _by_hand(self, request: Request) -> Any:
        query = dict(request.query_params)
        effort = asked.numbers(query, "effort")
        question = asked.read(query | {"act": "1"})
        run = asked.whole(query, "run", 0, 9_999, RUN)
        kept = baked.find(baked.by_hand(effort, question.seed, run))
        return kept if kept is not None else self.warm.room().by_hand(effort, question, run)

    async def _export(self, request: Request) -> Response:
        wanted = await _json(request)
        return await run_in_threadpool(_told(self._exported), wanted)

    def _exported(self, wanted: Any) -> Response:
        from culturesim.app.export import export

        return HTMLResponse(
            export(wanted, self.warm.room()),
            headers={"content-disposition": 'attachment; filename="culturesim.html"'},
        )

    async def _room_open(self, request: Request) -> Response:
        wanted = await _json(request)
        return await run_in_threadpool(_told(self._room_opened), wanted)

    def _room_opened(self, wanted: Any) -> Any:
        return self._room.open(wanted, self._room_address)

    def _room_told(self, _: Request) -> Any:
        return self._room.told()

    def _room_close(self, _: Request) -> Any:
        return self._room.close()

    def close(self) -> None:
        """End what the server began beside itself."""
        self._room.close()

    def _state(self, request: Request) -> Any:
        return state.parse(request.query_params.get("link", ""))


async def _json(request: Request) -> Any:
    """What a page posted; an empty mapping for what is none."""
    try:
        found = json.loads(await small_body(request, LONGEST_BODY) or b"{}")
    except (ValueError, RefusedError):
        return None
    return found if isinstance(found, dict) else None


def _told(answer: Answer) -> Callable[[Any], Response]:
    """Make an endpoint of what gives an answer: the answer as JSON, or what was wrong."""

    def endpoint(request: Any) -> Response:
        try:
            if request is None:
                raise ArgumentError("is no JSON object, or too long", key="body")
            told = answer(request)
        except DroppedError:
            return _error(OVERTAKEN, "move", "was overtaken by a newer one")
        except CultureSimError as error:
            return _wrong(error)
        except RuntimeError as error:
            return _error(NOT_LIVE, "live", str(error))
        if isinstance(told, Response):
            return told
        if isinstance(told, bytes):
            return Response(told, media_type="application/json")
        return JSONResponse(told)

    return endpoint


def _wrong(error: CultureSimError) -> JSONResponse:
    parts = {
        "key": error.key,
        "found": error.found,
        "allowed": error.allowed,
        "nearest": error.nearest,
        "message": str(error),
    }
    return JSONResponse({"error": parts}, WRONG)


def _error(status: int, key: str, message: str) -> JSONResponse:
    return JSONResponse({"error": {"key": key, "message": f"{key} {message}"}}, status)
