"""Recording what was sent (录入已提交的结果): a process, `python -m supervision.desk.recorder STORE OUT`.

It works beside the desk: takes everything that waits, holds each entry against its round as `record` does, stores what
has no fault, and then brings the rounds' evidence and lists up to date once. While a job works with the store it waits.
If it ends in between, entries are recorded again: rows that are on record already are no news. Of two such processes,
of two desks or of one that was just ended, one works at a time.
"""

from __future__ import annotations

import os
import select
import sys
import time
import traceback
from pathlib import Path

from supervision.desk import acts, drafts, jobs, sent_results
from supervision.desk.context import Desk
from supervision.desk.receptions import reception_of
from supervision.desk.result_entry import Rows, Verdict, recorded
from supervision.desk.sent_results import RECORDED, REFUSED, Sent
from supervision.desk.settings import Settings
from supervision.errors import SupervisionError
from supervision.messages import Message
from supervision.month.results_in_force import bring_into_force
from supervision.store.connection import MAX_WAIT, sole_writer

WHO = "desk"  # whose name evidence bears that follows from results of several persons
PAUSE, LONGEST = 1.0, 15.0  # seconds between two looks; the longest, after something went wrong
GATHER = 2.0  # seconds from one batch to the next: after each, every list is made anew
LOCK = "recorder.lock"
# what passes, or somebody mends without the sender; any other fault of the store is one entry's
PASSING = ("store.busy", "store.disk_full", "store.read_only", "store.failed")


def record_waiting(desk: Desk) -> int:
    """Record what waits (录入待录入的结果), in the order in which it was sent; return how many entries it was.

    Entries of a round whose evidence or lists cannot be made wait on; why is raised once other rounds are done.
    """
    if jobs.running(desk.file) or not sent_results.waiting(desk.file):
        return 0
    with sole_writer(desk.settings.store, wait=MAX_WAIT, lock=LOCK):
        came = []
        for one in sent_results.waiting(desk.file):
            if jobs.running(desk.file):
                break  # it began meanwhile, and does not wait for the whole queue
            came.append((one, _taken(desk, one)))
        broken: list[Exception] = []
        for key in dict.fromkeys(one.content["round"] for one, _ in came):
            own = [(one, verdict) for one, verdict in came if one.content["round"] == key]
            try:
                _bring(desk, key, {one.name for one, verdict in own if _is_stored(verdict)})
            except Exception as error:  # noqa: BLE001 – raised below
                broken.append(error)
                continue
            for one, verdict in own:
                _finish(desk, one, verdict)
    if broken:
        raise broken[0]
    return len(came)


def _bring(desk: Desk, key: str, names: set[str]) -> None:
    """Bring a round's evidence and lists up to what is on record (结果生效), under the name of whose results came."""
    if names:
        with desk.city(WHO if len(names) > 1 else min(names)) as city:
            bring_into_force(city.round(key))


def _is_stored(verdict: Verdict | Message) -> bool:
    return isinstance(verdict, Verdict) and not verdict.faults


def _taken(desk: Desk, one: Sent) -> Verdict | Message:
    """Store an entry without fault (录入一次提交); one that nothing can be done with is refused, and stops no other."""
    rows = Rows(rows=one.content["rows"], left=one.content["left"], seen=one.content["seen"])
    try:
        with desk.city(one.name) as city:
            return recorded(reception_of(desk, one.content["round"]).by(city), rows)
    except SupervisionError as error:
        if error.code in PASSING:
            raise  # it waits on
        return error.message
    except (MemoryError, OSError):
        raise
    except Exception as error:  # noqa: BLE001 – a fault of ours, which must not stop what others sent
        traceback.print_exc()
        return Message.of("desk.job_broke", kind=type(error).__name__)


def _finish(desk: Desk, one: Sent, verdict: Verdict | Message) -> None:
    """Say what came of an entry (提交结果): on record, and only what was not sent is left of its draft; or refused."""
    if isinstance(verdict, Message):
        state, said = REFUSED, {"lines": [verdict.both], "notes": [], "faults": []}
    else:
        faults = [[*place, *line.both] for place, lines in verdict.faults.items() for line in lines]
        state = REFUSED if faults else RECORDED
        lines = [] if faults else _recorded_lines(one, verdict)
        said = {"lines": lines, "notes": [line.both for line in verdict.notes], "faults": faults}
    rows = one.content["rows"]
    about = {"round": one.content["round"], "visit": rows[0]["visit_id"], "items": " ".join(r["item_id"] for r in rows)}
    with desk.file.writing() as database:
        if sent_results.finish(database, one.id, state=state, said=said) and state == RECORDED:
            drafts.leave(database, one.place, one.content["rest"], version=one.version)
            acts.append(database, "record", who=one.name, about=about)


def _recorded_lines(one: Sent, verdict: Verdict) -> list[list[str]]:
    lines = [Message.of("desk.results_recorded", count=len(one.content["rows"]))]
    lines += [Message.of("month.corrected", count=verdict.corrected)] if verdict.corrected else []
    lines += [Message.of("desk.items_left", count=len(one.content["left"]))] if one.content["left"] else []
    return [line.both for line in lines]


def work(desk: Desk, wakes: int) -> None:
    """Record whatever comes until the input `wakes`, a file's number, ends (循环录入)."""
    pause = PAUSE
    while True:
        ready, _, _ = select.select([wakes], [], [], pause)
        if ready and not os.read(wakes, 65536):
            return
        begun = time.monotonic()
        try:
            if record_waiting(desk):
                time.sleep(max(0.0, begun + GATHER - time.monotonic()))
            pause = PAUSE
        except Exception:  # noqa: BLE001 – a full disk, a busy store: what waits stays, and is tried again
            traceback.print_exc()
            time.sleep(pause)  # pages that ask how far it is do not hurry it
            pause = min(2 * pause, LONGEST)


if __name__ == "__main__":
    os.nice(5)  # a page comes first
    work(Desk(Settings(store=Path(sys.argv[1]), out=Path(sys.argv[2]))), sys.stdin.fileno())
