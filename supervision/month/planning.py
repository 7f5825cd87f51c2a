"""The joint calendar (联合检查日程): drawn units become visits, visits get their half-days; who goes comes later."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pandas as pd

from supervision.errors import SupervisionError
from supervision.messages import Label
from supervision.month import round_files as files
from supervision.month.calendars import assigned_places, drawn_units, sent_back
from supervision.month.frames import built_frames, kept_in_year
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.round_people import half_days, people, people_day, units_of
from supervision.planner import preview as load
from supervision.planner.calendar import solve
from supervision.planner.check import check
from supervision.planner.demand import demand
from supervision.planner.plan import Budget, Plan
from supervision.planner.supplement import kept_names, parts_sent_back, without_taken
from supervision.sampling.protocol.source_schedule import schedule_sources

BUDGET = Budget(processes=2)
SHOWN = 10


def preview(round: Round) -> Report:
    """Tell before anything is committed what the round would ask of each office (预估工作量)."""
    round.need(Step.SCORE, "score")
    report, law = Report(), round.law
    built = kept_in_year(round, built_frames(round))
    inclusion = [frame.inclusion().assign(task_id=frame.task.task_id) for frame in built]
    joined = pd.concat(inclusion, ignore_index=True)
    roster, _ = people(round)
    table = load.preview(
        joined,
        tasks={task.task_id: task for task in round.tasks},
        items=round.items,
        offices=round.offices,
        units=units_of(round, joined["unit_id"], ["region"]),
        roster=roster,
        half_days_by_region=half_days(round, round.working_days(people_day(round)), after=None),
        law=law,
    )
    limit = Fraction(str(law.value("shared/office_load_warning")).rstrip("%")) / 100
    over = table[table["load"] > float(limit)].sort_values(["load", "office"], ascending=[False, True])
    visits = float(joined.groupby("unit_id")["probability"].max().sum())
    report.facts |= {"expected_visits": float(f"{visits:.1f}"), "offices": table.to_dict("records")}
    report.say("month.preview_head", visits=int(visits + 0.5), limit=f"{float(limit):.0%}", over=len(over))
    for row in over.head(SHOWN).to_dict("records"):
        report.say(
            "month.preview_line",
            office=row["office"],
            visits=row["expected_visits"],
            needed=row["half_days_needed"],
            available=int(row["half_days_available"]),
            load=row["load"],
        )
    report.lines.extend(remark for frame in built for remark in frame.remarks)
    report.exit_code = 4 if len(over) else 0
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
    roster, recused = people(round)
    free = roster if number == 1 else without_taken(roster, _taken(round))
    times = half_days(round, round.working_days(people_day(round)), after=earliest)
    wanted = demand(
        _to_plan(round, number),
        {task.task_id: task for task in round.tasks},
        round.items,
        round.offices,
        _units(round),
        free,
        times,
        law=round.law,
        recusals=recused,
    )
    progress = round.city.progress
    progress("month.plan", 0, len(wanted.visits))
    made = solve(
        wanted,
        free,
        times,
        budget=BUDGET,
        recusals=recused,
        progress=lambda done, total: progress("month.plan", done, total),
    )
    progress("month.check", 0, 0)
    broken = check(wanted, made, free, times, recusals=recused)
    if broken:
        raise SupervisionError("month.calendar_broken", violation=broken[0])
    _keep(round, number, made)
    return planned(round, number)


def planned(round: Round, number: int) -> Report:
    """Say what a calendar holds and why the rest is not held (日程结果与未排定原因)."""
    certificate, unheld = round.read(files.CERTIFICATE, number), round.table(files.UNHELD_ROWS, number=number)
    total = certificate["total"]
    report = Report(facts={"certificate": certificate, "unheld": unheld.drop(columns=["visit"]).to_dict("records")})
    report.say(
        "month.planned",
        round=round.id,
        visits=total["visits"] + total["impossible_parts"],
        held=total["held"],
        unheld=len(unheld),
        proven=total["proven_not_held"] + total["impossible_parts"],
    )
    for row in unheld.head(SHOWN).to_dict("records"):
        report.say("month.unheld", unit=row["unit_id"], reason=Label(row["text_zh"], row["text_en"]))
    if len(unheld) > SHOWN:
        report.say("month.more", more=len(unheld) - SHOWN)
    report.exit_code = 4 if len(unheld) else 0
    return report


def _next_number(round: Round, earliest: date | None) -> int | None:
    """The number of the calendar that is to be planned now, None where nothing is."""
    last = round.count(Step.PLAN)
    if not last:
        return 1
    if not round.has(Step.MATCH, last):
        return last if _is_late(round, last, earliest) else None
    return None if sent_back(round, last).empty else last + 1


def _keep(round: Round, number: int, made: Plan) -> None:
    places = made.calendar
    if number > 1:
        places = places.assign(visit_id=kept_names(places, sent_back(round, number - 1)["visit_id"]))
    with round.save(Step.PLAN, number) as saving:
        saving.put(files.CALENDAR, places)
        saving.put(files.CERTIFICATE, made.certificate)
        saving.put(files.UNHELD, made.unheld[files.UNHELD_TABLE.names].drop_duplicates())
        saving.table(files.UNHELD_ROWS, made.unheld)


def _to_plan(round: Round, number: int) -> pd.DataFrame:
    """Drawn units for the first calendar; for a supplement only those whose visit was sent back."""
    drawn = drawn_units(round)
    if number == 1:
        return drawn
    before = round.read(files.CALENDAR, number - 1)
    back = before[before["visit_id"].isin(sent_back(round, number - 1)["visit_id"])]
    return parts_sent_back(drawn, back, {task.task_id: task.items for task in round.tasks})


def _units(round: Round) -> pd.DataFrame:
    units = units_of(round, drawn_units(round)["unit_id"], ["region", "street"])
    return units.merge(round.table(files.SCORES, ["unit_id", "class", "score"]), on="unit_id", how="left")


def _taken(round: Round) -> pd.DataFrame:
    """Places that earlier draws filled: inspector_id, half_days."""
    filled = [assigned_places(round, number) for number in range(1, round.count(Step.MATCH) + 1)]
    return pd.concat(filled, ignore_index=True)


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
    now = round.city.now().isoformat()
    sources = schedule_sources(round.law.value("shared/draw_source"), now, hours, "second")
    return date.fromisoformat(str(sources[-1]["at"])[:10])
