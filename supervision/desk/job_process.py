"""The process of one job (任务进程): `python -m supervision.desk.job_process STORE OUT NUMBER`, started by the desk."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from supervision.desk import jobs
from supervision.desk.desk_file import DeskFile
from supervision.desk.works import WORKS, Place
from supervision.errors import SupervisionError
from supervision.messages import Message
from supervision.month.city import City, beijing_now
from supervision.month.report import plain

PAUSE = 0.5  # seconds between two lines of progress


class Progress:
    """Progress of a job (任务进度), written at most twice a second."""

    def __init__(self, file: DeskFile, number: int) -> None:
        self.file, self.number, self.told = file, number, 0.0
        self.code = ""

    def __call__(self, code: str, done: int = 0, total: int = 0) -> None:
        """Say how far the work is (报告进度)."""
        if code != self.code or time.monotonic() > self.told + PAUSE:
            jobs.tell(self.file, self.number, {"code": code, "done": int(done), "total": int(total)})
            self.code, self.told = code, time.monotonic()


def run(store: Path, out: Path, number: int, *, now: Callable[[], datetime] = beijing_now) -> None:
    """Do a job and keep its report (执行任务); `now` is the clock."""
    file = DeskFile.beside(store)
    job = jobs.find(file, number)
    threading.Thread(target=_beat, args=(file, number), daemon=True).start()
    try:
        city = City.open(store, who=job.name, progress=Progress(file, number), now=now)
        report = WORKS[job.work].run(Place(city=city, out=out, params=job.params, number=number))
        kept = {"lines": [line.both for line in report.lines], "facts": report.facts, "exit": report.exit_code}
        jobs.end(file, number, state=jobs.DONE, report=plain(kept))
    except SupervisionError as error:
        lines = [line.both for line in (*error.told, error.message)]
        jobs.end(file, number, state=jobs.FAILED, report={"lines": lines, "facts": {}, "exit": error.exit_code})
    except Exception as error:
        line = Message.of("desk.job_broke", kind=type(error).__name__)
        jobs.end(file, number, state=jobs.FAILED, report={"lines": [line.both], "facts": {}, "exit": 1})
        traceback.print_exc()
        raise


def _beat(file: DeskFile, number: int) -> None:
    while True:
        with suppress(SupervisionError):  # a busy file: the next beat says it
            jobs.beats(file, number)
        time.sleep(jobs.BEAT)


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
