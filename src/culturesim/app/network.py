"""The room's network: this machine's address in it, and a picture of that to scan."""

from __future__ import annotations

import socket
from io import BytesIO

from culturesim.errors import ArgumentError


def picture(url: str) -> str:
    """A QR code of an address, as SVG; made on this machine."""
    import segno

    out = BytesIO()
    segno.make(url, error="m").save(out, kind="svg", scale=8, border=4, xmldecl=False)
    return out.getvalue().decode("utf-8")


def local_address() -> str:
    """Address of this machine on the local network.

    Raises
    ------
    ArgumentError
        If it is in none.
    """
    found = ""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))  # says which way it would go; sends nothing
            found = str(probe.getsockname()[0])
        except OSError:
            found = ""
    if not found or found.startswith("127.") or found == "0.0.0.0":
        try:
            found = socket.gethostbyname(socket.gethostname())
        except OSError:
            found = ""
    if not found or found.startswith("127."):
        raise ArgumentError(
            "is in no network that phones could reach",
            key="this machine",
            hint="join the room's wireless network, or count hands",
        )
    return found
