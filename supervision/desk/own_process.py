"""Processes of the desk's own (工作台子进程): jobs, and the recorder of what was sent."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Any


def command(module: str, *words: object) -> list[str]:
    """Return the command that runs a module of ours (子进程命令)."""
    return [sys.executable, "-m", module, *map(str, words)]


def start(words: Sequence[str], **pipes: Any) -> subprocess.Popen[bytes]:
    """Start such a command in a group of its own (启动子进程), with the same bytes as from the command line."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}  # as the command line sets it
    return subprocess.Popen(words, start_new_session=True, env=environment, **pipes)  # noqa: S603 – ours
