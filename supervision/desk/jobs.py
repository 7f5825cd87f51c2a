"""Long work (后台任务): one at a time per desk, each in a process of its own that outlives the page."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from supervision.desk import own_process
from supervision.desk.desk_file import DeskFile
from supervision.errors import UsageError
from supervision.month.city import beijing_now

RUNNING, DONE, FAILED, STOPPED = "running", "done", "failed", "stopped"
BEAT, SILENT = 5.0, 60.0  # seconds between two signs of life; without one for so long a process is gone


@dataclass(frozen=True, kw_only=True)
class Job:
    """A piece of long work (后台任务).

    `doing` is {"code", "done", "total"} of its last progress, `report` {"lines": [[zh, en]…], "facts", "exit"}.
    """

    id: int
    work: str
    params: Mapping[str, Any]
    name: str
    at: str
    state: str
    doing: Mapping[str, Any]
    report: Mapping[str, Any]
    ended: str


class Process(Protocol):
    """What a job needs to know of its process (进程)."""

    pid: int

    def poll(self) -> int | None:
        """Return its exit code, None while it runs (是否结束)."""


def spawn(store: Path, out: Path, number: int) -> Process:
    """Start the process of a job (启动进程)."""
    quiet = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    return own_process.start(own_process.command("supervision.desk.job_process", store, out, number), **quiet)


def start(file: DeskFile, work: str, params: Mapping[str, Any], *, who: str, begin: Callable[[int], Process]) -> Job:
    """Start a piece of work (启动任务); while another one runs it is refused: `desk.job_running`."""
    sweep(file)
    at = beijing_now().isoformat()
    row = [work, json.dumps(dict(params), ensure_ascii=False), who, at, RUNNING, os.getpid(), time.time()]
    with file.writing() as database:
        busy = database.execute("SELECT * FROM job WHERE state = ?", [RUNNING]).fetchone()
        if busy is not None:
            raise UsageError("desk.job_running", work=busy["work"], who=busy["name"], at=busy["at"])
        columns = "work, params, name, at, state, pid, beat, doing, report, ended"
        values = "?, ?, ?, ?, ?, ?, ?, '{}', '{}', ''"
        number = database.execute(f"INSERT INTO job ({columns}) VALUES ({values})", row).lastrowid or 0  # noqa: S608
    process = begin(number)
    _processes[process.pid] = process
    with file.writing() as database:
        database.execute("UPDATE job SET pid = ? WHERE id = ? AND state = ?", [process.pid, number, RUNNING])
    return find(file, number)


_processes: dict[int, Process] = {}  # those that this desk started, to be waited for


def sweep(file: DeskFile) -> None:
    """Say of work whose process is gone that it stopped (清理中断的任务): what it had finished stands."""
    with file.reading() as database:
        row = database.execute("SELECT id, pid, beat FROM job WHERE state = ?", [RUNNING]).fetchone()
    if row is None or _lives(row["pid"], row["beat"]):
        return
    with file.writing() as database:
        values = [STOPPED, beijing_now().isoformat(), row["id"], RUNNING]
        database.execute("UPDATE job SET state = ?, ended = ? WHERE id = ? AND state = ?", values)


def _lives(pid: int, beat: float) -> bool:
    """Tell whether a process works on (是否仍在运行): it is there, and it was heard of within a minute.

    After a restart of the machine another process may have its number; that one does not beat.
    """
    own = _processes.get(pid)
    if own is not None:
        return own.poll() is None
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return time.time() - beat < SILENT


def beats(file: DeskFile, number: int) -> None:
    """Say that the process of a job is there (心跳)."""
    with file.writing() as database:
        database.execute("UPDATE job SET beat = ? WHERE id = ?", [time.time(), number])


def running(file: DeskFile) -> Job | None:
    """Return the work that is under way (进行中的任务), or None."""
    sweep(file)
    with file.reading() as database:
        row = database.execute("SELECT * FROM job WHERE state = ?", [RUNNING]).fetchone()
    return None if row is None else _job(row)


def refuse_if_running(file: DeskFile) -> None:
    """Refuse a short write while work is under way (任务进行中不写入): `desk.job_running`."""
    busy = running(file)
    if busy is not None:
        raise UsageError("desk.job_running", work=busy.work, who=busy.name, at=busy.at)


def find(file: DeskFile, number: int) -> Job:
    """Return a piece of work (取任务); an unknown one raises `desk.job_unknown`."""
    sweep(file)
    with file.reading() as database:
        row = database.execute("SELECT * FROM job WHERE id = ?", [number]).fetchone()
    if row is None:
        raise UsageError("desk.job_unknown", number=number)
    return _job(row)


def latest(file: DeskFile, *, last: int, works: Collection[str] = (), round: str = "") -> list[Job]:
    """Return the last pieces of work (最近任务), the latest first: of some kinds, of a round, where they are given."""
    sweep(file)
    asked, values = ["1"], list[object]()
    if works:
        asked.append(f"work IN ({', '.join('?' for _ in works)})")
        values += works
    if round:
        asked.append("json_extract(params, '$.round') = ?")
        values.append(round)
    query = f"SELECT * FROM job WHERE {' AND '.join(asked)} ORDER BY id DESC LIMIT ?"  # noqa: S608 – our own words
    with file.reading() as database:
        return [_job(row) for row in database.execute(query, [*values, last])]


def last_of(file: DeskFile, works: Collection[str], round: str) -> Job | None:
    """Return the last piece of some kinds of work for a round (某轮最近任务), None where there was none."""
    return next(iter(latest(file, last=1, works=works, round=round)), None)


def tell(file: DeskFile, number: int, doing: Mapping[str, Any]) -> None:
    """Say how far a piece of work is (报告进度)."""
    with file.writing() as database:
        database.execute("UPDATE job SET doing = ? WHERE id = ?", [json.dumps(doing), number])


def end(file: DeskFile, number: int, *, state: str, report: Mapping[str, Any]) -> None:
    """Say how a piece of work ended (任务结束)."""
    with file.writing() as database:
        values = [state, json.dumps(report, ensure_ascii=False), beijing_now().isoformat(), number]
        database.execute("UPDATE job SET state = ?, report = ?, ended = ? WHERE id = ?", values)


def _job(row: Any) -> Job:
    return Job(
        id=row["id"],
        work=row["work"],
        params=json.loads(row["params"]),
        name=row["name"],
        at=row["at"],
        state=row["state"],
        doing=json.loads(row["doing"]),
        report=json.loads(row["report"]),
        ended=row["ended"],
    )
