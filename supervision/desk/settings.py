"""What a desk is started with (工作台设置)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from supervision.desk import jobs
from supervision.desk.recorder_process import Recorder, RecorderProcess
from supervision.month.city import beijing_now


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Where a desk works and who stands in front of it (工作台设置).

    Attributes
    ----------
    store
        The store; the desk's own file `<store>.desk` stands beside it.
    out
        The folder that `publish` writes.
    proxy_header
        The header in which a reverse proxy names who logged in there, "" for accounts with passwords.
    proxies
        The addresses that the header is believed from.
    https
        Cookies go over https only.
    largest
        Bytes of the largest upload.
    per_minute
        Requests a minute from one address: a whole office may come from one.
    now
        The clock.
    spawn
        What starts the process of a job: (store, out, number) → process.
    recorder
        Who records what was sent: (store, out) → recorder.
    """

    store: Path
    out: Path
    proxy_header: str = ""
    proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    https: bool = False
    largest: int = 512 * 1024 * 1024
    per_minute: int = 3000
    now: Callable[[], datetime] = beijing_now
    spawn: Callable[[Path, Path, int], jobs.Process] = jobs.spawn
    recorder: Callable[[Path, Path], Recorder] = RecorderProcess
