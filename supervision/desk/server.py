"""Serving the desk (启动工作台): waitress, on an address of the intranet."""

from __future__ import annotations

import threading
import time
from contextlib import suppress

import waitress
from flask import Flask

from supervision.desk import sent_results
from supervision.desk.application import create_app
from supervision.desk.context import Desk, desk
from supervision.desk.office_months import default_round, month_of, on_record, round_keys
from supervision.desk.settings import Settings
from supervision.errors import SupervisionError, UsageError

THREADS = 16  # so that pages go on while many log in at once
LOOK = 10.0  # seconds between two looks whether anything waits


def serve(settings: Settings, *, host: str, port: int) -> None:
    """Serve a desk until the process is ended (提供服务); a taken port raises `desk.port_taken`."""
    app = create_app(settings)
    try:
        server = waitress.create_server(app, host=host, port=port, threads=THREADS, ident="desk")
    except OSError as error:
        raise UsageError("desk.port_taken", host=host, port=port, reason=error.strerror) from error
    threading.Thread(target=_open_month, args=(app,), daemon=True).start()
    threading.Thread(target=_keep_recording, args=(app.extensions["desk"],), daemon=True).start()
    server.run()


def _keep_recording(found: Desk) -> None:
    """Wake the recorder while anything waits (看护录入): of before the desk was started, or of a recorder that died."""
    while True:
        with suppress(SupervisionError):  # a busy file: the next look does it
            if sent_results.waiting(found.file):
                found.recorder.wake()
        time.sleep(LOOK)


def _open_month(app: Flask) -> None:
    """Open the month that is shown first (预先打开当月), so that nobody waits for it."""
    with app.app_context():
        key = default_round(round_keys(), desk().settings.now().date())
        if key:
            month_of(key, "")
            on_record(key)
