"""Findings of an examination (体检结果): one line each, said once, with what could not be examined for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from supervision.errors import SupervisionError
from supervision.messages import Label, Message, say

OK, WARNING, FAULT = "ok", "warning", "fault"
SHOWN = 10
WHERE = "where"  # one file is met at several places of the program, which name its place more or less exactly


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One line of the examination (体检结果): `state` ok, warning or fault; `said` what is so and what to do.

    `stopped`: the codes of the checks that could not be made because of it.
    """

    state: str
    said: Message
    stopped: tuple[str, ...] = ()

    @property
    def sentence(self) -> Message:
        """What is said to a user (提示句)."""
        if not self.stopped:
            return self.said
        checks = tuple(Label(say(code, "zh"), say(code, "en")) for code in self.stopped)
        return Message.of("month.examined_stopped", said=self.said, checks=checks)


Findings = Iterator[Finding]
Named = dict[str, Finding]
"""What a finding has named already (已指出的对象): a register, the log of a scope, a file of a round."""


def finding(state: str, code: str, **params: object) -> Finding:
    """Return a finding from the code of its words (生成结果)."""
    return Finding(state=state, said=Message(code, params))


def some(found: Sequence[Finding], *, folder: Path) -> Findings:
    """Yield the first findings of one kind (部分结果), and how many more there are, with the state of the last one."""
    yield from found[:SHOWN]
    if len(found) > SHOWN:
        yield finding(found[-1].state, "month.examined_more", more=len(found) - SHOWN, folder=folder)


def log_of(scope: str) -> str:
    """Return by what a log is named (日志的名称)."""
    return f"log {scope}"


def file_of(round: str, path: str) -> str:
    """Return by what a file or table of a round is named (批次文件的名称)."""
    return f"file {round} {path}"


def carefully(check: Callable[[], Findings], *, of: str) -> Findings:
    """Make a check (执行一项检查); what stops it is a fault that names the check `of`, and no other check stops."""
    stopped = (f"month.examined_of_{of}",)
    try:
        yield from check()
    except SupervisionError as error:
        yield Finding(state=FAULT, said=error.message, stopped=stopped)
    except OSError as error:
        said = Message.of("month.examined_unreadable", path=error.filename or "-", reason=error.strerror or error)
        yield Finding(state=FAULT, said=said, stopped=stopped)


def once(found: Iterable[Finding]) -> list[Finding]:
    """Return each finding once (合并相同结果), where it was first met, with all checks that it stopped."""
    told: dict[tuple[object, ...], Finding] = {}
    for one in found:
        params = sorted((name, str(value)) for name, value in one.said.params.items() if name != WHERE)
        key = (one.state, one.said.code, *params)
        before = told.get(key)
        stopped = tuple(dict.fromkeys([*(before.stopped if before else ()), *one.stopped]))
        told[key] = replace(before or one, stopped=stopped)
    return list(told.values())
