"""Datasette on a copy of the store (浏览服务): read-only, on this machine alone, without queries of one's own."""

from __future__ import annotations

import contextlib
import importlib.util
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from supervision.errors import UsageError

HOST = "127.0.0.1"
OWN_NAMES = {HOST, "localhost"}
SETTINGS = {"default_allow_sql": False, "allow_download": False, "max_returned_rows": 2000, "suggest_facets": False}
App = Callable[..., Awaitable[None]]


def need_datasette() -> None:
    """Refuse to go on without the optional parts (检查可选组件)."""
    if any(importlib.util.find_spec(name) is None for name in ("datasette", "uvicorn")):
        raise UsageError("month.browse_missing")


def bound(port: int) -> socket.socket:
    """Return a socket on this machine's own address (绑定本机端口), port 0 for any that is free."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((HOST, port))
        taken.listen()  # so that who reads the address can ask at once
    except (OSError, OverflowError) as error:
        taken.close()
        raise UsageError("month.browse_port", port=port, reason=str(error)) from error
    return taken


def serve(database: Path, metadata: dict[str, Any], taken: socket.socket) -> None:
    """Serve the copy until the process is told to end (提供浏览)."""
    import uvicorn
    from datasette.app import Datasette

    pages = Datasette(immutables=[str(database)], metadata=metadata, settings=SETTINGS)
    config = uvicorn.Config(only_for_this_machine(pages.app()), log_level="warning", lifespan="on")
    with contextlib.suppress(KeyboardInterrupt):  # the way to end it, raised again after the last page
        uvicorn.Server(config).run(sockets=[taken])


def only_for_this_machine(app: App) -> App:
    """Answer only what is asked for by this machine's own name (仅应答本机名称).

    A page of the internet that has its own name resolved to 127.0.0.1 asks by that name.
    """

    async def asked(scope: dict[str, Any], receive: App, send: App) -> None:
        if scope["type"] == "http":
            host = dict(scope["headers"]).get(b"host", b"").decode("latin-1").partition(":")[0]
            if host not in OWN_NAMES:
                await send({"type": "http.response.start", "status": 403, "headers": []})
                await send({"type": "http.response.body", "body": b""})
                return
        await app(scope, receive, send)

    return asked
