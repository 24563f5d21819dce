"""Starting the page: a free port, one line on the terminal, the browser."""

from __future__ import annotations

import errno
import socket
import sys
import threading
import webbrowser
from typing import Any

import uvicorn

from culturesim.app.server import Server
from culturesim.errors import ArgumentError

HOST = "127.0.0.1"
PORTS_TRIED = 20
LAST_PORT = 65535


def launch(
    port: int,
    browser: bool = True,
    language: str = "en",
    seed: int = 0,
    pseudo: bool = False,
    room: str | None = None,
) -> None:
    """Serve the page until it is interrupted.

    Parameters
    ----------
    port : int
        The next free one is taken if it is in use.
    browser : bool
        Whether to open the page.
    language : str
    seed : int
    pseudo : bool
        Whether to offer the made-up language.
    room : str, optional
        Address of this machine at which phones find the vote page; found out if not given.

    Raises
    ------
    ArgumentError
        If no port is free, or there is no such language.
    """
    listening = listen(port)
    found = int(listening.getsockname()[1])
    server = Server(found, seed, language, pseudo, room=room)
    if port not in (0, found):
        print(f"Port {port} is in use; taking {found}.", file=sys.stderr)
    address = f"http://{HOST}:{found}/"
    print(f"The page is at {address} (Ctrl-C ends it)", flush=True)
    server.warm.begin()
    if browser:
        # The socket takes connections from now on, so that the page finds somebody.
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    try:
        serve(server.app, listening)
    finally:
        server.close()


def serve(app: Any, listening: socket.socket) -> None:
    """Answer on a socket until the process is interrupted."""
    try:
        configured(app).run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()


def configured(app: Any) -> uvicorn.Server:
    """A server that says nothing on the terminal and needs nothing beyond its plain install."""
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        log_level="error",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)


def listen(port: int, host: str = HOST) -> socket.socket:
    """A socket that listens on a port, or on the next one that is free.

    Parameters
    ----------
    port : int
        0: any.
    host : str

    Returns
    -------
    socket

    Raises
    ------
    ArgumentError
        If none of the next ports is free.
    """
    last = min(port + PORTS_TRIED, LAST_PORT)
    for candidate in range(port, last + 1):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if sys.platform != "win32":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, candidate))
            listening.listen(128)
        except OSError as error:
            listening.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            continue
        return listening
    raise ArgumentError(
        "is in use, and so are the next ones",
        key=f"port {port}",
        hint="culturesim demo --port 0 takes any that is free",
    )
