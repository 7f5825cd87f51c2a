"""The process that records what was sent (录入进程): started with the first entry, and again where it is gone."""

from __future__ import annotations

import os
import subprocess
import threading
import traceback
from pathlib import Path
from typing import Protocol

from supervision.desk import own_process


class Recorder(Protocol):
    """Who records what waits (录入者)."""

    def wake(self) -> None:
        """Say that something waits (唤醒)."""


class RecorderProcess:
    """The process of `supervision.desk.recorder` (录入进程): it ends when the desk does, for then its input does."""

    def __init__(self, store: Path, out: Path) -> None:
        self._command = own_process.command("supervision.desk.recorder", store, out)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def wake(self) -> None:
        """Say that something waits (唤醒); a process that ended is started anew, now or by the next who says so."""
        with self._lock:
            try:
                if self._process is None or self._process.poll() is not None:
                    self._process = self._started()
                os.write(self._process.stdin.fileno(), b"\n")  # type: ignore[union-attr]  # it has a pipe
            except (BrokenPipeError, BlockingIOError):
                return  # it has just ended, or has been told often enough
            except OSError:  # no process to be had: what was sent is kept all the same
                traceback.print_exc()

    def _started(self) -> subprocess.Popen[bytes]:
        made = own_process.start(self._command, stdin=subprocess.PIPE)
        os.set_blocking(made.stdin.fileno(), False)  # type: ignore[union-attr]
        return made
