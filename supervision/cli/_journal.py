"""The operations log (运行日志): JSON lines about calls, for those who run the machine; `--log` or SUPERVISION_LOG.

    {"command": "draw", "error": "", "event": "end", "exit": 0, "round": "2026-12", "seconds": 3.2, "step": "",
     "time": "2026-12-01T09:00:00+08:00"}

`event` is begin, step (a part that reports progress, when it is over) or end; a begin without its end was killed.
`error` is the code of a message. No other argument than a round's name is ever written: no unit, no person, no
passphrase. A line is appended at once, so several commands may share a file.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType

import click

from supervision.cli._options import settings
from supervision.messages import say

_ROUND = re.compile(r"\d{4}-\d{2}(-[a-z])?(\.rehearsal)?")


class _Journal:
    """The lines of one call (一次调用的日志)."""

    def __init__(self) -> None:
        self.command = ""
        self.round = ""
        self.error = ""
        self._began = self._step_began = time.monotonic()
        self._step = ""
        self._told = False

    def __enter__(self) -> _Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """An error that nobody foresaw ends the call, too; a reader that went away makes click leave by itself."""
        if isinstance(error, SystemExit):
            self.end(error.code if isinstance(error.code, int) else 1)
        elif kind is not None:
            self.error = kind.__name__
            self.end(1)

    def begin(self, command: str, arguments: Sequence[str]) -> None:
        self.command = command
        self.round = next((text for text in arguments if _ROUND.fullmatch(text)), "")
        settings().log = _asked(arguments) or settings().log  # options behind the command's name are not read yet
        self._write("begin", 0.0)

    def step(self, code: str) -> None:
        if code != self._step:
            self._end_step()
            self._step, self._step_began = code, time.monotonic()

    def end(self, code: int) -> None:
        """Write the last line (结束)."""
        self._end_step()
        if self.command or self.error:  # not where help was asked for
            self._write("end", time.monotonic() - self._began, code)

    def _end_step(self) -> None:
        if self._step:
            self._write("step", time.monotonic() - self._step_began)
            self._step = ""

    def _write(self, event: str, seconds: float, code: int | None = None) -> None:
        file = settings().log
        if file is None:
            return
        body = {
            "command": self.command,
            "error": self.error,
            "event": event,
            "exit": code,
            "round": self.round,
            "seconds": round(seconds, 3),
            "step": self._step,
            "time": datetime.now().astimezone().isoformat(timespec="seconds"),
        }
        try:
            handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
            try:
                os.write(handle, json.dumps(body, ensure_ascii=False).encode() + b"\n")
            finally:
                os.close(handle)
        except OSError as error:
            if not self._told:
                click.echo(say("cli.log_unwritten", settings().lang, file=file, reason=error.strerror), err=True)
            self._told = True


def _asked(arguments: Sequence[str]) -> Path | None:
    """Return the file that --log names (日志文件), the last time; None where it does not."""
    found = None
    for place, text in enumerate(arguments):
        if text.startswith("--log="):
            found = text.removeprefix("--log=")
        elif text == "--log" and place + 1 < len(arguments):
            found = arguments[place + 1]
    return Path(found) if found else None


_journal = _Journal()


def journal() -> _Journal:
    """Return the log of a new call (新的调用)."""
    global _journal  # noqa: PLW0603 – one call at a time, as with the settings
    _journal = _Journal()
    return _journal


def log_begin(command: str, arguments: Sequence[str]) -> None:
    """Tell the log which command is called, with which arguments (记录命令)."""
    _journal.begin(command, arguments)


def log_step(code: str) -> None:
    """Tell the log that a part of the work begins (记录步骤)."""
    _journal.step(code)


def log_error(code: str) -> None:
    """Tell the log why a command stops (记录错误)."""
    _journal.error = code
