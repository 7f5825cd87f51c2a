"""Serving the desk (启动工作台): waitress, on an address of the intranet."""

from __future__ import annotations

import waitress

from supervision.desk.application import create_app
from supervision.desk.settings import Settings
from supervision.errors import UsageError

THREADS = 16  # so that pages go on while many log in at once


def serve(settings: Settings, *, host: str, port: int) -> None:
    """Serve a desk until the process is ended (提供服务); a taken port raises `desk.port_taken`."""
    app = create_app(settings)
    try:
        server = waitress.create_server(app, host=host, port=port, threads=THREADS, ident="desk")
    except OSError as error:
        raise UsageError("desk.port_taken", host=host, port=port, reason=error.strerror) from error
    server.run()
