"""The joint calendar (联合检查日程): drawn units become visits, visits get their half-days; who goes comes later."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pandas as pd

from supervision.directory import typed_rows
from supervision.messages import Message
from supervision.month import round_files as files
from supervision.month.calendar_making import draft_paths, inputs, keep, make, missing_items, not_before
from supervision.month.calendars import sent_back
from supervision.month.coverage_figures import say_due
from supervision.month.coverage_rows import asked_units
from supervision.month.doubtful_lists import doubtful
from supervision.month.frames import built_frames, coverage_of, kept_in_year
from supervision.month.joining_offices import joined_offices
from supervision.month.off_site_figures import say_expected, say_planned
from supervision.month.off_site_tasks import visited, visited_tasks
from supervision.month.office_loads import expected_loads, load_limit
from supervision.month.other_levels import barred_departments, shadowed_offices
from supervision.month.other_rounds import undrawn_beside
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.round_people import people_day, units_of
from supervision.planner.plan import Budget
from supervision.sampling.frame.coverage_strata import Level
from supervision.sampling.frame.frame import Frame

BUDGET = Budget(processes=2)
SHOWN = 10
SUPPLEMENTS = 2
NO_OFFICE = "no_office"


def preview(round: Round) -> Report:
    """Tell before anything is committed what the round would ask of each office (预估工作量)."""
    round.need(Step.SCORE, "score")
    report = Report()
    built = kept_in_year(round, built_frames(round))
    inclusion = [frame.inclusion().assign(task_id=frame.task.task_id) for frame in built]
    every, tasks = pd.concat(inclusion, ignore_index=True), visited_tasks(round)
    joined = visited(every, tasks)
    units, limit = units_of(round, joined["unit_id"], ["region"]), load_limit(round.law)
    table = expected_loads(round, joined, tasks, units=units, on=people_day(round))
    ranked = table.sort_values(["load", "office"], ascending=[False, True])
    visits = float(joined.groupby("unit_id")["probability"].max().sum())
    lost = float(table.groupby("office")["lost"].max().sum())
    report.facts |= {
        "expected_visits": float(f"{visits:.1f}"),
        "expected_lost": float(f"{lost:.1f}"),
        "offices": [row | ({} if row["available"] else {"load": None}) for row in table.to_dict("records")],
    }
    offices = int(table.loc[table["over"], "office"].nunique())
    report.say("month.preview_head", visits=int(visits + 0.5), limit=f"{float(limit):.0%}", over=offices, lost=lost)
    for row in ranked.head(SHOWN).to_dict("records"):
        report.say("month.preview_over" if row["over"] else "month.preview_line", **_load_figures(row, limit))
    if more := int(ranked["over"].iloc[SHOWN:].sum()):
        report.say("month.more", more=more)
    say_expected(round, every, report)
    _say_coverage(round, built, report)
    report.lines.extend(remark for frame in built for remark in frame.remarks)
    report.lines += [*undrawn_beside(round, built), *shadowed_offices(round), *doubtful(round)]
    report.exit_code = 4 if offices else 0
    return report


def _say_coverage(round: Round, built: Sequence[Frame], report: Report) -> None:
    """What dates ask of this round, and what falls due per month and office."""
    coverage = coverage_of(round)
    if any(duty.years for duty in coverage.duties):
        say_due(report, asked_units(round, coverage), coverage, round.offices)
        levels = [(frame.task.task_id, level) for frame in built for level in frame.levels if level.level]
        for task, level in levels:
            report.say("month.coverage_level", task=task, **_level_figures(level))


def _level_figures(level: Level) -> dict[str, Any]:
    return {"region": level.region or "–", "due": level.due, "level": level.level, "ahead": level.ahead}


def _load_figures(row: Mapping[Hashable, Any], limit: Fraction) -> dict[str, Any]:
    """What a line of the preview says of an office in a stretch of days; over any limit where nobody is there."""
    return {
        "office": row["office"],
        "start": row["start"],
        "end": row["end"],
        "days": row["days"],
        "duties": row["duties"],
        "duties_low": row["duties_low"],
        "duties_high": row["duties_high"],
        "needed": row["half_days"],
        "low": row["half_days_low"],
        "high": row["half_days_high"],
        "available": row["available"],
        "load": f"{row['load']:.0%}" if row["available"] else f">{float(limit):.0%}",
        "lost": row["lost"],
    }


def plan(round: Round) -> Report:
    """Plan the round's calendar, or the supplement for visits that the lottery sent back (编排日程).

    A calendar that its independent check does not accept, or whose certificate it cannot recompute, is never kept. A
    second call changes nothing, except where a calendar that is not committed yet has become too early for its lottery,
    or an office that it lacked has joined: that one is planned again.
    """
    round.need(Step.DRAW, "draw")
    earliest = not_before(round)
    number = next_number(round, earliest)
    if number is None:
        return planned(round, round.count(Step.PLAN))
    given = replace(inputs(round, earliest), other_level=barred_departments(round))
    made = make(round, given, BUDGET)
    with round.save(Step.PLAN, number, inputs=[files.REVEAL.path()], drafts=draft_paths(made, number)) as saving:
        keep(round, saving, number, made)
    return planned(round, number)


def planned(round: Round, number: int) -> Report:
    """Say what a calendar holds and why the rest is not held (日程结果与未排定原因)."""
    certificate, unheld = round.read(files.CERTIFICATE, number), round.table(files.UNHELD_ROWS, number=number)
    total, causes = certificate["total"], certificate["causes"]
    report = Report(facts={"certificate": certificate, "unheld": unheld.to_dict("records")})
    report.say(
        "month.planned",
        round=round.id,
        duties=total["duties"],
        held=total["held"],
        doors=total["doors"],
        unheld=len(unheld),
        proven=total["proven_lost"] + certificate["impossible"],
    )
    for cause in causes[:SHOWN]:
        reason = Message.of(f"planner.{cause['code']}", **cause["params"])
        report.say("month.unheld", units=cause["units"], reason=reason)
    if len(causes) > SHOWN:
        report.say("month.more", more=len(causes) - SHOWN)
    report.exit_code = 4 if len(unheld) else 0
    say_planned(round, report)
    return report


def next_number(round: Round, earliest: date | None) -> int | None:
    """Return the number of the calendar that is to be planned now (待编排的日程编号), None where nothing is."""
    last = round.count(Step.PLAN)
    if last not in round.planned_numbers:
        return last + 1
    if not round.has(Step.MATCH, last):
        return last if _is_late(round, last, earliest) or _office_joined(round, last) else None
    waiting = not sent_back(round, last).empty or len(missing_items(round, last))
    return last + 1 if waiting and len(round.drawn_numbers) <= SUPPLEMENTS else None


def _office_joined(round: Round, number: int) -> bool:
    """Tell whether an office has joined since that could hold what a draft leaves out for want of one."""
    if round.has(Step.ROSTER, number):
        return False
    joined = joined_offices(round, typed_rows.offices(round.frozen("offices")))
    there = {(office.region, office.department) for office in joined.values()}
    rows = round.table(files.UNHELD_ROWS, ["region", "items", "reason"], number=number)
    rows = rows[rows["reason"] == NO_OFFICE]
    pairs = zip(rows["region"], rows["items"], strict=True)
    return any((region, round.items[item].department) in there for region, items in pairs for item in items.split())


def _is_late(round: Round, number: int, earliest: date | None) -> bool:
    """Tell whether a calendar that is not committed yet begins before its lottery could be held."""
    if earliest is None or round.has(Step.ROSTER, number):
        return False
    places = round.read(files.CALENDAR, number)
    return not places.empty and places["half_days"].min()[:10] <= earliest.isoformat()
