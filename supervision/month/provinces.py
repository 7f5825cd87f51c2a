"""The months of all agencies of a province (各机构一并运行): the plan is checked, each month run, the result told.

Who does the work is given: this process or a cluster. Agencies share nothing, so neither order nor number of workers
changes a byte of what they write.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from supervision.errors import SupervisionError
from supervision.messages import Message
from supervision.month.agency_months import AgencyMonth, AgencyOutcome, look_at_agency, run_agency
from supervision.month.agency_plans import AskedOfAll, read_months
from supervision.month.agency_sources import has_files, refuse_wrong
from supervision.month.agency_standing import OLDER
from supervision.month.agency_values import AT, with_values
from supervision.month.city import Progress, beijing_now
from supervision.month.province_files import FINISHED, province_report, state_of, write_province
from supervision.month.report import Report
from supervision.sampling.protocol.seeds import Values

Apart = Callable[[Callable[[Any], Any], Sequence[Any], Callable[[int, int], None]], list[Any]]


def run_province(
    plan: Path,
    asked: AskedOfAll,
    out: Path,
    *,
    values: Values,
    apart: Apart,
    progress: Progress,
    now: Callable[[], datetime] = beijing_now,
) -> Report:
    """Run the month of every agency of a plan (运行各机构的一个月), and write what came of them below `out`.

    `apart(work, arguments, progress)` does the work on each argument, as `scale.engine.Engine.apart` does. Exit code:
    the largest that an agency met. Raises UsageError for a plan with faults, before anything is run.
    """
    months, notes = read_months(plan, asked, result=out)
    if values or has_files(months):
        looked = apart(partial(look_at_agency, upgrade=True, now=now), months, _telling(progress, "looking"))
        outcomes = [_told(month, one, now) for month, one in zip(months, looked, strict=True)]
        months = with_values(months, [one.standing for one in outcomes], values)
        refuse_wrong(plan, list(zip(months, outcomes, strict=True)), values, now=now)
    ran = apart(partial(run_agency, now=now), months, _telling(progress, "running"))
    pairs = [(month, _told(month, one, now)) for month, one in zip(months, ran, strict=True)]
    report = province_report(asked.round_id, pairs)
    report.facts["plan"] = str(plan)
    report.lines[:0] = [Message.of("month.note", note=note) for note in notes]
    for name in values:
        report.say("month.province_values", name=name, count=_takers(months, name))
    if made := [month for month in months if not month.was_there and month.store.is_file()]:
        report.say("month.province_stores_made", new=len(made))
        _name_stores(report, made)
    written = write_province(out, asked.round_id, pairs, on=now().isoformat())
    report.facts["files"] = [str(path) for path in written]
    report.say("month.province_written", files=" ".join(map(str, written)))
    if any(state_of(outcome) != FINISHED for _, outcome in pairs):
        report.say("month.province_again")
    return report


def say_standing(
    plan: Path,
    asked: AskedOfAll,
    *,
    values: Values,
    result: Path | None,
    now: Callable[[], datetime] = beijing_now,
) -> Report:
    """Check a plan and say how far each of its agencies is (核对计划并查看进度); nothing is run and nothing written.

    Values of sources are checked, too, and to how many agencies each would go, where all stores can be looked into.
    """
    months, notes = read_months(plan, asked, result=result)
    looked = [look_at_agency(month, now=now) for month in months]
    unseen = any(one.standing.step == OLDER or one.error for one in looked)
    if not unseen:
        months = with_values(months, [one.standing for one in looked], values)
    pairs = list(zip(months, looked, strict=True))
    refuse_wrong(plan, pairs, values, now=now)
    report = province_report(asked.round_id, pairs)
    report.facts["plan"] = str(plan)
    report.lines[:0] = [Message.of("month.note", note=note) for note in notes]
    for name in values:
        if unseen:
            report.say("month.province_values_unseen", name=name)
        else:
            report.say("month.province_values_would", name=name, count=_takers(months, name))
    new = [month for month in months if not month.was_there]
    report.say("month.province_stores", there=len(months) - len(new), new=len(new))
    _name_stores(report, new)
    report.say("month.province_checked", agencies=len(months))
    return report


def _telling(progress: Progress, what: str) -> Callable[[int, int], None]:
    return lambda done, total: progress(f"month.province_{what}", done, total)


def _name_stores(report: Report, new: Sequence[AgencyMonth]) -> None:
    """Name the stores that are new, each with its row and path: one that was mistyped is seen."""
    for month in new:
        report.say("month.province_store", row=month.place, agency=month.agency, store=month.store)


def _takers(months: Sequence[AgencyMonth], key: str) -> int:
    """How many agencies get the value of NAME or NAME@ISSUE."""
    return sum(key.partition(AT)[0] in month.values for month in months)


def _told(month: AgencyMonth, one: AgencyOutcome | SupervisionError, now: Callable[[], datetime]) -> AgencyOutcome:
    """What came of a month: of one whose process was lost, how far its store says that it is."""
    if isinstance(one, AgencyOutcome):
        return one
    there = look_at_agency(month, now=now)
    return AgencyOutcome(standing=there.standing, error=one.message, exit_code=one.exit_code)
