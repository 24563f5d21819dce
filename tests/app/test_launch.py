"""`culturesim demo` as a trainer starts it: a process of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

import pytest

from culturesim.app.launch import HOST, listen
from culturesim.errors import ArgumentError

PATIENCE = 120.0
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/")


@contextmanager
def started(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The command, once it has said where the page is."""
    process = subprocess.Popen(
        [sys.executable, "-m", "culturesim", "demo", "--no-browser", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = ADDRESS.search(line)
        assert found, line + (process.stderr.read() if process.stderr else "")
        yield process, int(found[1])
    finally:
        process.kill()
        process.communicate()


def get(port: int, path: str, host: str = HOST) -> bytes:
    connection = HTTPConnection(host, port, timeout=PATIENCE)
    connection.request("GET", path, headers={"Host": f"{HOST}:{port}"})
    body = connection.getresponse().read()
    connection.close()
    return body


def test_it_serves_the_page_and_ends_quietly() -> None:
    with started("--port", "0") as (process, port):
        assert b"<html" in get(port, "/")
        while b'"live":true' not in get(port, "/api/ready"):
            time.sleep(0.1)
        assert b'"worlds"' in get(port, "/api/bands?act=3&seed=1&runs=2")
        process.send_signal(signal.SIGINT)
        out, error = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
        assert out == ""
        assert error == "" or error.startswith("Compiling the model")


def test_charts_are_there_before_the_model_is() -> None:
    begun = time.perf_counter()
    with started("--port", "0") as (_, port):
        for path in ("/", "/api/acts", "/api/bands?act=3", "/api/replay?act=3"):
            get(port, path)
        took = time.perf_counter() - begun
        assert b'"live":false' in get(port, "/api/ready")
    assert took < 10.0  # the figures are in docs/performance.md; this is no benchmark


def test_it_can_be_reached_from_this_machine_alone() -> None:
    with started("--port", "0") as (_, port), socket.socket() as knocking:
        knocking.settimeout(5.0)
        # Another address of the same machine: who listens on all would be found there, too.
        with pytest.raises(OSError, match=r"refused|timed out"):
            knocking.connect(("127.0.0.2", port))


def test_a_port_in_use_is_said_and_the_next_free_one_taken() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with started("--port", str(port)) as (process, found):
            assert port < found <= port + 20
            process.send_signal(signal.SIGINT)
            _, error = process.communicate(timeout=PATIENCE)
            assert f"Port {port} is in use; taking {found}." in error


def test_no_free_port_is_an_error_that_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("culturesim.app.launch.PORTS_TRIED", 0)
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        with pytest.raises(ArgumentError, match="--port 0"):
            listen(taken.getsockname()[1])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("--lang", "tlh"), "allowed: en"), (("--port", "x"), "port"), (("--seed", "-1"), "seed")],
)
def test_wrong_options_end_with_one_message(arguments: tuple[str, ...], said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "culturesim", "demo", "--no-browser", *arguments],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env=os.environ | {"PYTHONIOENCODING": "utf-8", "TERM": "dumb"},
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


WITHOUT = """
import sys
from importlib.abc import MetaPathFinder
class Missing(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {missing!r}:
            raise ModuleNotFoundError(name=name)
import importlib.util
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name in {missing!r} else found(name, *rest)
sys.meta_path.insert(0, Missing())
sys.argv = ["culturesim", "demo", "--no-browser"]
from culturesim.cli import main
main()
"""


@pytest.mark.parametrize("missing", [["starlette", "uvicorn"], ["segno"]])
def test_a_missing_extra_is_said_in_one_line_to_copy(missing: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT.format(missing=missing)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 2
    assert "pip install 'culturesim[demo]'" in done.stderr
    assert missing[0] in done.stderr
    assert "Traceback" not in done.stderr
