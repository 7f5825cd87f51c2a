"""Making a calendar (编制日程): what it is made from, its independent check, and how it is kept.

A calendar is a draft until it is committed together with its roster: a draft may still be made again, so it is neither
named in the log nor published (draw protocol 2, 9: a calendar is put once).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from supervision.domain.items import Task, only_halves
from supervision.domain.visits import MORNING, HalfDay, units_of_visits
from supervision.errors import SupervisionError
from supervision.messages import Message
from supervision.month import round_files as files
from supervision.month.calendars import chosen_units, drawn_units, sent_back, standing, step_ins, used_until
from supervision.month.change_effects import blocked_days, closed_units
from supervision.month.change_order import ChangeOrder
from supervision.month.off_site_duties import planned_off_site, unheld_off_site
from supervision.month.off_site_tasks import visited, visited_tasks
from supervision.month.planned_again import still_to_hold, visit_names, whole_tasks, without_taken
from supervision.month.round import Round, Saving
from supervision.month.round_people import blocked, half_days, last_day_of_notice, people, people_day, units_of
from supervision.planner.check.calendar import check
from supervision.planner.check.certificate import differences
from supervision.planner.plan import Budget, Plan
from supervision.planner.reasons import Cause
from supervision.planner.visits.demand import Inputs
from supervision.processes import beside
from supervision.sampling.protocol.source_schedule import schedule_sources
from supervision.tables import tuples

CLOSED = "unit_closed"
ALONE = 5000  # places of a calendar whose certificate is recomputed before a second process has begun


def not_before(round: Round) -> date | None:
    """Return the last day before visits may begin (最早日期): a real round's come after draw and lead time."""
    if round.is_rehearsal:
        return None
    hours = int(round.law.value("shared/commit_interval")["hours"])
    after = max(round.city.now().isoformat(), used_until(round))
    sources = schedule_sources(round.law.value("shared/draw_source"), after=after, interval_hours=hours)
    return last_day_of_notice(round, date.fromisoformat(sources[-1].at[:10]))


def inputs(round: Round, earliest: date | None, more: Sequence[ChangeOrder] = ()) -> Inputs:
    """Return what a calendar is made from (排程依据): no class, no score; `more` orders are not on record yet."""
    roster, recused = people(round, more=more)
    drawn, tasks = _to_plan(round)
    drawn = drawn[~drawn["unit_id"].isin(closed_units(round, more))].reset_index(drop=True)
    return Inputs(
        drawn=drawn,
        tasks=tasks,
        items=round.items,
        offices=round.offices,
        units=unit_rows(round, drawn["unit_id"], more),
        roster=without_taken(roster, _taken(round)) if round.drawn_numbers else roster,
        half_days=half_days(round, round.working_days(people_day(round))),
        least=int(round.law.value("shared/minimum_inspectors")),
        recusals=recused,
        halves=only_halves(round.items),
        earliest="" if earliest is None else str(HalfDay(day=earliest + timedelta(days=1), part=MORNING)),
    )


def unit_rows(round: Round, wanted: pd.Series[str], more: Sequence[ChangeOrder] = ()) -> pd.DataFrame:
    """Return units with T of draw protocol 7 and the half-days on which nobody may come (检查对象与不可入企半天)."""
    units = units_of(round, wanted, ["region", "street"])
    found = round.secret.ties(units["unit_id"], seed1=round.read(files.REVEAL).seed)
    closed, ordered = blocked(round), blocked_days(round, more)
    away = [{*closed.get(unit, "").split(), *ordered.get(unit, ())} for unit in units["unit_id"]]
    return units.assign(
        tie=pd.Series([one.hex() for one in found], index=units.index, dtype="str"),
        blocked=pd.Series([" ".join(sorted(days)) for days in away], index=units.index, dtype="str"),
    )


def make(round: Round, given: Inputs, budget: Budget) -> Plan:
    """Return the calendar of some inputs (编排并独立检查); one whose check or certificate does not hold is refused."""
    progress = round.city.progress
    progress("month.plan", 0, len(given.drawn))
    from supervision.planner.solver.calendar import solve  # ortools takes a second to load

    made = solve(given, budget=budget, progress=lambda done, total: progress("month.plan", done, total))
    progress("month.check", 0, 0)
    broken = _broken(given, made, beside_it=budget.processes > 1 and len(made.calendar) > ALONE)
    if broken:
        raise SupervisionError("month.calendar_broken", violation=broken[0])
    return made


def _broken(given: Inputs, made: Plan, *, beside_it: bool) -> list[Message]:
    """What breaks a rule of the calendar; of a sound one, the figures of its certificate that do not hold."""
    with beside(1, worth=beside_it) as other:
        figures = other.submit(differences, given, made)
        return check(given, made) or figures.result()


@dataclass(frozen=True, kw_only=True, eq=False)
class Finished:
    """What a calendar is kept with (日程附件): its certificate with the causes, and what it does not hold."""

    certificate: Mapping[str, Any]
    unheld: pd.DataFrame


def finished(round: Round, made: Plan, more: Sequence[ChangeOrder] = ()) -> Finished:
    """Return certificate and unheld units of a calendar (日程证明与未排定), with those that closed; nothing is kept."""
    unheld, causes = _with_closed(round, made, more)
    unheld = unheld.assign(task_ids=[whole_tasks(text) for text in unheld["task_ids"]])
    told = [{"code": one.code, "params": dict(one.params), "units": one.units} for one in causes]
    return Finished(certificate={**made.certificate, "causes": told}, unheld=unheld)


def keep(round: Round, saving: Saving, number: int, made: Plan, more: Sequence[ChangeOrder] = ()) -> None:
    """Keep a calendar with its certificate and what it does not hold (保存日程)."""
    drawn, found = round.drawn_numbers, finished(round, made, more)
    back = sent_back(round, drawn[-1])["visit_id"] if drawn else ()
    places = made.calendar.assign(visit_id=visit_names(made.calendar, back))
    unheld = found.unheld
    papers = round.read(files.OFF_SITE) if round.holds(files.OFF_SITE) else planned_off_site(round)
    parts = [*unheld_before(round, number), unheld[files.UNHELD_TABLE.names], unheld_off_site(papers)]
    rows = pd.concat(parts).drop_duplicates()
    saving.put(files.CALENDAR, places, number=number)
    saving.put(files.CERTIFICATE, dict(found.certificate), number=number)
    saving.put(files.UNHELD, rows)
    if len(papers):
        saving.put(files.OFF_SITE, papers)
    saving.table(files.UNHELD_ROWS, unheld, number=number)


def draft_paths(made: Plan, number: int) -> tuple[str, ...]:
    """Return which files of a calendar wait for its commitment (草稿文件); an empty one is never committed."""
    if made.calendar.empty:
        return ()
    return (files.CALENDAR.path(number), *((files.UNHELD.path(),) if number == 1 else ()))


def unheld_before(round: Round, number: int) -> list[pd.DataFrame]:
    """Return what earlier calendars do not hold (以前未排定的检查)."""
    names = files.UNHELD_TABLE.names
    earlier = [before for before in round.planned_numbers if before < number]
    return [round.table(files.UNHELD_ROWS, names, number=before) for before in earlier]


def missing_items(round: Round, last: int) -> set[tuple[str, str]]:
    """Return unit and item of those that stepped in and have no visit in any calendar yet; draw protocol 2, section 7.

    A unit that has a visit for another task gets no second one; in a rehearsal nobody steps in before a supplement.
    """
    if round.is_rehearsal:
        return set()
    items = {name: task.items for name, task in visited_tasks(round).items()}
    calendars = [round.read(files.CALENDAR, number)["visit_id"] for number in round.drawn_numbers]
    there = set(units_of_visits(pd.concat(calendars)))
    tried = {str(row.unit_id) for row in pd.concat(unheld_before(round, last + 1)).itertuples()}
    return {
        (one.stepped_in, item)
        for one in step_ins(round)
        if one.task_id in items and one.stepped_in and one.stepped_in not in there | tried
        for item in items[one.task_id]
    }


def _to_plan(round: Round) -> tuple[pd.DataFrame, dict[str, Task]]:
    """What is to be planned, task_id and unit_id, and the tasks; once inspectors were drawn, what no visit holds.

    Off-site tasks open no door and are not planned.
    """
    tasks = visited_tasks(round)
    if not round.drawn_numbers:
        return visited(drawn_units(round), tasks), tasks
    last = round.drawn_numbers[-1]
    before = round.read(files.CALENDAR, last)
    back = before[before["visit_id"].isin(sent_back(round, last)["visit_id"])]
    wanted = _held_items(back) | missing_items(round, last)
    replaced = {(one.task_id, one.out) for one in step_ins(round)}
    chosen = visited(chosen_units(round), tasks)
    stays = [pair not in replaced for pair in zip(chosen["task_id"], chosen["unit_id"], strict=True)]
    return still_to_hold(chosen[stays], wanted, tasks)


def _with_closed(round: Round, made: Plan, more: Sequence[ChangeOrder]) -> tuple[pd.DataFrame, tuple[Cause, ...]]:
    """What a calendar does not hold, and why, with the units that closed before it was committed."""
    drawn, tasks = _to_plan(round)
    gone = drawn[drawn["unit_id"].isin(closed_units(round, more))]
    if gone.empty:
        return made.unheld, made.causes
    region = dict(tuples(units_of(round, gone["unit_id"], ["region"])))
    cause = Cause(code=CLOSED, params=(), units=gone["unit_id"].nunique())
    rows = [
        (unit, region[unit], "", " ".join(sorted(tasks[task].items)), task, CLOSED, len(made.causes))
        for task, unit in tuples(gone, "task_id", "unit_id")
    ]
    more_rows = pd.DataFrame(sorted(rows), columns=made.unheld.columns).astype(made.unheld.dtypes.to_dict())
    return pd.concat([made.unheld, more_rows], ignore_index=True), (*made.causes, cause)


def _held_items(places: pd.DataFrame) -> set[tuple[str, str]]:
    units = units_of_visits(places["visit_id"])
    return {(unit, item) for unit, text in zip(units, places["items"], strict=True) for item in text.split()}


def _taken(round: Round) -> pd.DataFrame:
    """Places that are held by now, after draws and changes: inspector_id, half_days."""
    places = standing(round)
    return places[places["inspector_id"].notna()]
