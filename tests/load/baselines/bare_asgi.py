"""B1: the least that a Python web server can do: bare ASGI, and 6 KB of bytes that are ready to be sent."""

import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sundial_local.ports import LOOPBACK, answers, free_port
from sundial_local.processes import Child
from sundial_local.waiting import wait_until

BODY = b"x" * 6_144
_FIELDS = [(b"content-type", b"application/json"), (b"content-length", str(len(BODY)).encode())]
_OPTIONS = "--loop uvloop --http httptools --log-level error --no-access-log --no-server-header --no-date-header"


async def app(scope: Any, receive: Any, send: Any) -> None:
    """The ASGI application."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": _FIELDS})
        await send({"type": "http.response.body", "body": BODY})


@asynccontextmanager
async def served(folder: Path) -> AsyncGenerator[str]:
    """One worker of uvicorn, with the options of our own services; its URL."""
    port, child = free_port(), Child("bare-asgi", folder)
    where = ["--host", LOOPBACK, "--port", str(port), "--lifespan", "off"]
    command = [sys.executable, "-m", "uvicorn", f"{__name__}:app", *where, *_OPTIONS.split()]
    child.start(command, {}, Path.cwd())
    try:
        wait_until(lambda: answers(port), seconds=20, what="the bare ASGI application starts")
        yield f"http://{LOOPBACK}:{port}/"
    finally:
        child.stop()
