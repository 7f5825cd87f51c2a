"""What the command line prints (命令行输出): reports on stdout, progress and errors on stderr."""

from __future__ import annotations

import json
import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Any

import click

from supervision.cli._console import shows
from supervision.cli._journal import log_step
from supervision.cli._options import settings
from supervision.errors import SupervisionError
from supervision.messages import say

if TYPE_CHECKING:
    from supervision.month.report import Report

JSON_VERSION = 1
NEXT = {
    "init": "import KIND FILE",
    "train": "score {round}",
    "score": "preview {round}",
    "preview": "commit {round}",
    "commit": "draw {round} --source NAME=VALUES",
    "draw": "plan {round}",
    "plan": "commit {round} --roster",
    "commit --roster": "match {round} --source NAME=VALUES",
    "match": "publish {round} --out OUT",
    "publish": "verify OUT",
    "replan": "publish {round} --out OUT",
    "record": "publish ROUND --out OUT",
    "review": "publish {round} --out OUT",
    "backup": "restore FILE --check",
    "restore": "doctor",
}
AGAIN = {"draw": NEXT["commit"], "match": NEXT["commit --roster"]}
WAITS = ("waits_for", "entered_by")  # facts of a draw that is not done yet


def echo_json(body: dict[str, Any]) -> None:
    """Print an object as strict JSON (输出 JSON): missing or not finite is null, other things are their text."""
    from supervision.month.report import plain

    strict = plain(body, settings().lang)
    text = json.dumps(strict, ensure_ascii=False, allow_nan=False, indent=1)
    click.echo(text if shows(text) else json.dumps(strict, ensure_ascii=True, allow_nan=False, indent=1))


def echo_error(error: SupervisionError) -> None:
    """Print an error as one sentence, or as JSON (输出错误)."""
    now = settings()
    if now.json:
        body = {"version": JSON_VERSION, "error": {"code": error.code, "text": error.text(now.lang)}}
        told = {"told": [line.text(now.lang) for line in error.told]} if error.told else {}
        echo_json(body | told)
    else:
        for line in error.told:
            click.echo(line.text(now.lang), err=True)
        click.echo(f"{'Error: ' if now.lang == 'en' else '错误：'}{error.text(now.lang)}", err=True)


def echo_report(command: str, report: Report, *, round_id: str = "", rehearsal: bool = False) -> int:
    """Print a report, then the command that comes next, and return the exit code (输出结果与下一步)."""
    named = f"{round_id} --rehearsal" if rehearsal else round_id
    waits = any(fact in report.facts for fact in WAITS)
    now, after = settings(), (AGAIN if waits else NEXT).get(command, "").format(round=named)
    if now.json:
        body = {"version": JSON_VERSION, "command": command, "exit": report.exit_code, "next": after, **report.facts}
        echo_json(body)
    else:
        for line in report.lines:
            click.echo(line.text(now.lang))
        if after:
            click.echo(say("month.next", now.lang, command=f"supervision {after}"))
    return report.exit_code


class Progress:
    """Progress on stderr (进度), drawn only when a step takes over two seconds.

    Called as `progress(code, done, total)` with a message code of the texts of each package; `total` 0 means unknown.
    """

    def __init__(self) -> None:
        self._bar: Any = None
        self._tasks: dict[str, Any] = {}
        self._started = time.monotonic()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, code: str, done: int = 0, total: int = 0) -> None:
        """Say how far a step is (报告进度)."""
        log_step(code)
        if self._bar is None and time.monotonic() - self._started > 2:
            self._start()
        if self._bar is not None:
            self._show(code, done, total)

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        console = Console(file=sys.stderr)
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[count]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
            refresh_per_second=2,
        )
        if console.is_terminal:
            self._bar.start()

    def _show(self, code: str, done: int, total: int) -> None:
        text = say(code, settings().lang)
        if code not in self._tasks:
            for other in self._tasks.values():
                self._bar.update(other, total=1, completed=1)
            self._tasks[code] = self._bar.add_task(text, total=None, count="")
            if not self._bar.console.is_terminal:
                click.echo(f"… {text}", err=True)
        self._bar.update(
            self._tasks[code], total=total or None, completed=done, count=f"{done:,}/{total:,}" if total else ""
        )
