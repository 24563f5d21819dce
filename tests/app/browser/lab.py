"""A real JupyterLab that serves one notebook, on this machine alone, with nothing of its user."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

HOST = "127.0.0.1"
PATIENCE = 120.0  # seconds until it must have started
NEWS = "@jupyterlab/apputils-extension:announcements"


def notebook(cells: Sequence[str]) -> str:
    """A notebook of these cells, as its file holds it."""
    return json.dumps(
        {
            "cells": [
                {
                    "cell_type": "code",
                    "id": f"cell{n}",
                    "metadata": {},
                    "execution_count": None,
                    "outputs": [],
                    "source": source,
                }
                for n, source in enumerate(cells)
            ],
            "metadata": {"kernelspec": {"display_name": "Python 3", "name": "python3"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


@contextmanager
def lab(folder: Path, cells: Sequence[str], theme: str = "JupyterLab Light") -> Iterator[str]:
    """Serve a notebook of these cells; gives its address."""
    work, own = folder / "work", folder / "jupyter"
    work.mkdir(parents=True)
    (work / "explore.ipynb").write_text(notebook(cells), encoding="utf-8")
    settings = own / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "themes.jupyterlab-settings").write_text(json.dumps({"theme": theme}), "utf-8")
    token = secrets.token_hex(16)
    port = _free_port()
    address = f"http://{HOST}:{port}"
    # What it says goes to a file: nobody reads a pipe while the browser is at work.
    with (folder / "lab.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyterlab", "--no-browser", f"--ip={HOST}"),
                *(f"--port={port}", "--ServerApp.port_retries=0", "--allow-root"),
                *(f"--IdentityProvider.token={token}", f"--notebook-dir={work}"),
                "--LabApp.extension_manager=readonly",
                "--LabApp.news_url=None",
                "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
                f"--LabServerApp.user_settings_dir={own / 'lab' / 'user-settings'}",
                f"--LabServerApp.workspaces_dir={own / 'lab' / 'workspaces'}",
            ],
            env={**os.environ, **_own_folders(own)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(f"{address}/api/status?token={token}", process, folder / "lab.log")
            yield f"{address}/lab/tree/explore.ipynb?token={token}"
        finally:
            process.terminate()  # the server ends its kernels
            try:
                process.wait(30.0)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _own_folders(own: Path) -> dict[str, str]:
    config = own / "config"
    (config / "labconfig").mkdir(parents=True)
    (config / "labconfig" / "page_config.json").write_text(
        json.dumps({"disabledExtensions": {NEWS: True}}), "utf-8"
    )
    names = {"JUPYTER_CONFIG_DIR": config, "IPYTHONDIR": own / "ipython"}
    names |= {"JUPYTER_DATA_DIR": own / "data", "JUPYTER_RUNTIME_DIR": own / "runtime"}
    # A kernel works in another folder than the tests do.
    given = [entry for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if entry]
    path = os.pathsep.join(str(Path(entry).resolve()) for entry in given)
    return {name: str(place) for name, place in names.items()} | {"PYTHONPATH": path}


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=5.0):
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab has not started:\n{log.read_text('utf-8')[-3000:]}")
