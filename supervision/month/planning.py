"""The joint calendar (联合检查日程): drawn units become visits, visits get their half-days; who goes comes later."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pandas as pd

from supervision.domain.items import Task
from supervision.domain.visits import MORNING, HalfDay, units_of_visits
from supervision.errors import SupervisionError
from supervision.messages import Message
from supervision.month import round_files as files
from supervision.month.calendars import chosen_units, drawn_units, sent_back, standing, step_ins, used_until
from supervision.month.frames import built_frames, kept_in_year
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.round_people import half_days, people, people_day, units_of
from supervision.planner import preview as load
from supervision.planner.check.calendar import check
from supervision.planner.plan import Budget, Plan
from supervision.planner.supplement import still_to_hold, visit_names, whole_tasks, without_taken
from supervision.planner.visits.demand import Inputs
from supervision.sampling.protocol.source_schedule import schedule_sources

BUDGET = Budget(processes=2)
SHOWN = 10
SUPPLEMENTS = 2


def preview(round: Round) -> Report:
    """Tell before anything is committed what the round would ask of each office (预估工作量)."""
    round.need(Step.SCORE, "score")
    report, law = Report(), round.law
    built = kept_in_year(round, built_frames(round))
    inclusion = [frame.inclusion().assign(task_id=frame.task.task_id) for frame in built]
    joined = pd.concat(inclusion, ignore_index=True)
    roster, _ = people(round)
    limit = Fraction(str(law.value("shared/office_load_warning")).rstrip("%")) / 100
    table = load.preview(
        joined,
        {task.task_id: task for task in round.tasks},
        round.items,
        round.offices,
        units_of(round, joined["unit_id"], ["region"]),
        roster,
        half_days(round, round.working_days(people_day(round))),
        least=int(law.value("shared/minimum_inspectors")),
        limit=limit,
    )
    over = table[table["over"]].sort_values(["load", "office"], ascending=[False, True])
    visits = float(joined.groupby("unit_id")["probability"].max().sum())
    report.facts |= {"expected_visits": float(f"{visits:.1f}"), "offices": table.to_dict("records")}
    offices = int(over["office"].nunique())
    report.say("month.preview_head", visits=int(visits + 0.5), limit=f"{float(limit):.0%}", over=offices)
    for row in over.head(SHOWN).to_dict("records"):
        report.say(
            "month.preview_line",
            office=row["office"],
            start=row["start"],
            end=row["end"],
            duties=row["duties"],
            needed=row["half_days"],
            low=row["half_days_low"],
            high=row["half_days_high"],
            available=row["available"],
            load=row["load"],
            lost=row["lost"],
        )
    report.lines.extend(remark for frame in built for remark in frame.remarks)
    report.exit_code = 4 if offices else 0
    return report


def plan(round: Round) -> Report:
    """Plan the round's calendar, or the supplement for visits that the lottery sent back (编排日程).

    A calendar that its independent check does not accept is never kept. A second call changes nothing, except where a
    calendar that is not committed yet has become too early for its lottery: that one is planned again.
    """
    round.need(Step.DRAW, "draw")
    earliest = _not_before(round)
    number = _next_number(round, earliest)
    if number is None:
        return planned(round, round.count(Step.PLAN))
    given, progress = _inputs(round, earliest), round.city.progress
    progress("month.plan", 0, len(given.drawn))
    from supervision.planner.solver.calendar import solve  # ortools takes a second to load

    made = solve(given, budget=BUDGET, progress=lambda done, total: progress("month.plan", done, total))
    progress("month.check", 0, 0)
    broken = check(given, made)
    if broken:
        violation = Message.of(f"planner.check.{broken[0].code}", **broken[0].params)
        raise SupervisionError("month.calendar_broken", violation=violation)
    _keep(round, number, made)
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
    return report


def _inputs(round: Round, earliest: date | None) -> Inputs:
    """What the calendar is made from: no class, no score."""
    roster, recused = people(round)
    drawn, tasks = _to_plan(round)
    return Inputs(
        drawn=drawn,
        tasks=tasks,
        items=round.items,
        offices=round.offices,
        units=_units(round, drawn),
        roster=without_taken(roster, _taken(round)) if round.drawn_numbers else roster,
        half_days=half_days(round, round.working_days(people_day(round))),
        least=int(round.law.value("shared/minimum_inspectors")),
        recusals=recused,
        earliest="" if earliest is None else str(HalfDay(day=earliest + timedelta(days=1), part=MORNING)),
    )


def _next_number(round: Round, earliest: date | None) -> int | None:
    """The number of the calendar that is to be planned now, None where nothing is."""
    last = round.count(Step.PLAN)
    if last not in round.planned_numbers:
        return last + 1
    if not round.has(Step.MATCH, last):
        return last if _is_late(round, last, earliest) else None
    waiting = not sent_back(round, last).empty or len(_missing_items(round, last))
    return last + 1 if waiting and len(round.drawn_numbers) <= SUPPLEMENTS else None


def _keep(round: Round, number: int, made: Plan) -> None:
    places = made.calendar
    drawn = round.drawn_numbers
    back = sent_back(round, drawn[-1])["visit_id"] if drawn else ()
    places = places.assign(visit_id=visit_names(places, back))
    unheld = made.unheld.assign(task_ids=[whole_tasks(text) for text in made.unheld["task_ids"]])
    rows = pd.concat([*_unheld_before(round, number), unheld[files.UNHELD_TABLE.names]]).drop_duplicates()
    causes = [{"code": one.code, "params": dict(one.params), "units": one.units} for one in made.causes]
    with round.save(Step.PLAN, number, inputs=[files.REVEAL.path()]) as saving:
        saving.put(files.CALENDAR, places)
        saving.put(files.CERTIFICATE, {**made.certificate, "causes": causes})
        saving.put(files.UNHELD, rows)
        saving.table(files.UNHELD_ROWS, unheld)


def _unheld_before(round: Round, number: int) -> list[pd.DataFrame]:
    """What earlier calendars do not hold."""
    names = files.UNHELD_TABLE.names
    earlier = [before for before in round.planned_numbers if before < number]
    return [round.table(files.UNHELD_ROWS, names, number=before) for before in earlier]


def _to_plan(round: Round) -> tuple[pd.DataFrame, dict[str, Task]]:
    """What is to be planned, task_id and unit_id, and the tasks; once inspectors were drawn, what no visit holds."""
    tasks = {task.task_id: task for task in round.tasks}
    if not round.drawn_numbers:
        return drawn_units(round), tasks
    last = round.drawn_numbers[-1]
    before = round.read(files.CALENDAR, last)
    back = before[before["visit_id"].isin(sent_back(round, last)["visit_id"])]
    wanted = _held_items(back) | _missing_items(round, last)
    replaced = {(one.task_id, one.out) for one in step_ins(round)}
    chosen = chosen_units(round)
    stays = [pair not in replaced for pair in zip(chosen["task_id"], chosen["unit_id"], strict=True)]
    return still_to_hold(chosen[stays], wanted, tasks)


def _missing_items(round: Round, last: int) -> set[tuple[str, str]]:
    """Unit and item of those that stepped in and have no visit in any calendar yet; draw protocol 2, section 7.

    A unit that has a visit for another task gets no second one; in a rehearsal nobody steps in before a supplement.
    """
    if round.is_rehearsal:
        return set()
    items = {task.task_id: task.items for task in round.tasks}
    calendars = [round.read(files.CALENDAR, number)["visit_id"] for number in round.drawn_numbers]
    there = set(units_of_visits(pd.concat(calendars)))
    tried = {str(row.unit_id) for row in pd.concat(_unheld_before(round, last + 1)).itertuples()}
    return {
        (one.stepped_in, item)
        for one in step_ins(round)
        if one.stepped_in and one.stepped_in not in there | tried
        for item in items[one.task_id]
    }


def _held_items(places: pd.DataFrame) -> set[tuple[str, str]]:
    units = units_of_visits(places["visit_id"])
    return {(unit, item) for unit, text in zip(units, places["items"], strict=True) for item in text.split()}


def _units(round: Round, drawn: pd.DataFrame) -> pd.DataFrame:
    units = units_of(round, drawn["unit_id"], ["region", "street"])
    found = round.secret.ties(units["unit_id"], seed1=round.read(files.REVEAL).seed)
    return units.assign(tie=pd.Series([one.hex() for one in found], index=units.index, dtype="str"))


def _taken(round: Round) -> pd.DataFrame:
    """Places that are held by now, after draws and changes: inspector_id, half_days."""
    places = standing(round)
    return places[places["inspector_id"].notna()]


def _is_late(round: Round, number: int, earliest: date | None) -> bool:
    """Tell whether a calendar that is not committed yet begins before its lottery could be held."""
    if earliest is None or round.has(Step.ROSTER, number):
        return False
    places = round.read(files.CALENDAR, number)
    return not places.empty and places["half_days"].min()[:10] <= earliest.isoformat()


def _not_before(round: Round) -> date | None:
    """The day on which the second draw's last source happens (最早日期): a real round's visits come after it."""
    if round.is_rehearsal:
        return None
    hours = int(round.law.value("shared/commit_interval")["hours"])
    after = max(round.city.now().isoformat(), used_until(round))
    sources = schedule_sources(round.law.value("shared/draw_source"), after=after, interval_hours=hours)
    return date.fromisoformat(sources[-1].at[:10])
