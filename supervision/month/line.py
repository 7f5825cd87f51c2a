"""The straight line (一条直线): the whole month with one command; each step is skipped where it is finished."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from supervision.errors import UsageError
from supervision.month import calendar, commitment, drawing, matching, publication, scoring
from supervision.month.desk import Desk, Progress, beijing_now, first_day
from supervision.month.intake import import_folder
from supervision.month.outfolder import published
from supervision.month.report import Report
from supervision.month.sources import Values, values_file
from supervision.month.timetable import numbers, suffix
from supervision.store.store import Store

SUPPLEMENTS = 3
PEOPLE = ("inspectors", "leave", "recusals")


def run(
    store: Path,
    round_id: str,
    *,
    inputs: Path,
    out: Path,
    values: Values,
    rehearsal: bool,
    own_ids: bool = False,
    who: str,
    progress: Progress,
    now: Callable[[], datetime] = beijing_now,
) -> Report:
    """Run the month (运行一个月) from the files in `inputs` to the folder `out`; `now` is the clock in Beijing.

    A rehearsal goes to the end. A real round stops at each commitment until the values of its sources are given
    (`values`, or sources.csv in `inputs`), and goes on when called again; until the second commitment it takes in news
    of inspectors, leave and recusals. `own_ids`: units may have ids of the city's own making. Exit code: the largest of
    3 and 4 met.
    """
    first_day(round_id)
    if not inputs.is_dir():
        raise UsageError("month.inputs_missing", folder=inputs)
    published(out)
    if not store.exists():
        Store.create(store)
    desk = Desk.open(store, who=who, rules=inputs / "rules", progress=progress, now=now)
    report = Report(facts={"round": round_id})
    if desk.is_open(round_id):
        desk.open_round(round_id, rehearsal=rehearsal)
    if not desk.is_open(round_id) or "commit" not in desk.finished(round_id):
        day_before = first_day(round_id) - timedelta(days=1)
        as_of = day_before if rehearsal else min(day_before, now().date())
        report.join("import", import_folder(desk, inputs, as_of=as_of, own_ids=own_ids))
        report.join("score", scoring.score(desk, round_id, rehearsal=rehearsal))
        report.join("commit", commitment.commit(desk, round_id, rehearsal=rehearsal, key=_key(inputs, rehearsal)))
    elif not (rehearsal or numbers(desk, round_id, "roster") or "abandon" in desk.finished(round_id)):
        report.join("people", import_folder(desk, inputs, as_of=now().date(), only=PEOPLE, own_ids=own_ids))
    known = dict(_from_file(inputs)) | dict(values)
    try:
        waits = _go_on(desk, round_id, known, report)
    except UsageError as error:
        if error.code != "month.one_person":
            raise
        waits = True
        report.say(error.code, **error.params)
    report.join("publish", publication.publish(desk, round_id, out))
    if waits:
        report.say("month.waiting", folder=inputs)
    report.say("month.next_verify", out=out)
    return report


def _go_on(desk: Desk, round_id: str, values: Values, report: Report) -> bool:
    """Draw, plan and match as far as the known values go; tell whether something is waited for.

    A draw that is done asks for no values again; a round that was given up goes no further.
    """
    if "abandon" in desk.finished(round_id):
        given_up = json.loads(desk.store.get(round_id, "public/abandoned.json"))
        report.say("month.abandoned", round=round_id, reason=given_up["reason"])
        return False
    report.join("draw", drawing.draw(desk, round_id, values=values, strict=False))
    if "draw" not in desk.finished(round_id):
        return True
    for _ in range(1 + SUPPLEMENTS):
        planned = calendar.plan(desk, round_id)
        number = len(numbers(desk, round_id, "plan"))
        report.join(f"plan-{number}", planned)
        if calendar.is_empty(desk, round_id, number):
            return False
        report.join(f"roster-{number}", matching.commit_roster(desk, round_id))
        report.join(f"match-{number}", matching.match(desk, round_id, values=values, strict=False))
        if f"match{suffix(number)}" not in desk.finished(round_id):
            return True
        if calendar.sent_back(desk, round_id, number).empty:
            return False
    return False


def _from_file(inputs: Path) -> Values:
    path = inputs / "sources.csv"
    return values_file(path.read_bytes()) if path.is_file() else {}


def _key(inputs: Path, rehearsal: bool) -> str:
    path = inputs / "frame_key.hex"
    return path.read_text(encoding="ascii") if rehearsal and path.is_file() else ""
