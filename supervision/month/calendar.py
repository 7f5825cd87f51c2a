"""The joint calendar (联合检查日程): drawn units become visits, visits get their half-days; who goes comes later."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

import pandas as pd

from supervision.canonical import canonical_json, csv_bytes
from supervision.errors import SupervisionError
from supervision.messages import Label
from supervision.month.commitment import frames
from supervision.month.desk import Desk
from supervision.month.nouns import items_of, offices_of, tasks_of
from supervision.month.report import Report
from supervision.month.scoring import score
from supervision.month.timetable import assignments, calendar, half_days, numbers, people, people_day, suffix, units_of
from supervision.planner.calendar import solve
from supervision.planner.check import check
from supervision.planner.demand import demand
from supervision.planner.plan import Budget, Plan
from supervision.sampling.protocol.draw_files import calendar_csv
from supervision.sampling.protocol.source_schedule import schedule_sources

BUDGET = Budget(processes=2)
SHOWN = 10
UNHELD = ("unit_id", "task_ids", "reason")


def preview(desk: Desk, round_id: str) -> Report:
    """Tell before anything is committed what the round would ask of each office (预估工作量)."""
    from supervision.planner import preview as load

    report = Report()
    if not desk.is_open(round_id) or "score" not in desk.finished(round_id):
        report.join("score", score(desk, round_id))
    law = desk.law_of(round_id)
    inclusion = [frame.inclusion().assign(task_id=frame.task.task_id) for frame in frames(desk, round_id)]
    joined = pd.concat(inclusion, ignore_index=True)
    regions = units_of(desk, round_id, joined["unit_id"], ["region"])
    found, _ = people(desk, round_id)
    workdays = desk.workdays(people_day(desk, round_id), law)
    table = load.preview(
        joined,
        tasks={task.task_id: task for task in tasks_of(desk, round_id)},
        items=items_of(desk, round_id),
        offices=offices_of(desk, round_id),
        units=regions,
        roster=found,
        half_days_by_region=half_days(desk, round_id, workdays, after=None),
        law=law,
    )
    limit = Fraction(str(law.value("shared/office_load_warning")).rstrip("%")) / 100
    over = table[table["load"] > float(limit)].sort_values(["load", "office"], ascending=[False, True])
    visits = float(joined.groupby("unit_id")["probability"].max().sum())
    report.facts |= {"expected_visits": round(visits, 1), "offices": table.to_dict("records")}
    report.say("month.preview_head", visits=round(visits), limit=f"{float(limit):.0%}", over=len(over))
    for row in over.head(SHOWN).to_dict("records"):
        report.say(
            "month.preview_line",
            office=row["office"],
            visits=row["expected_visits"],
            needed=row["half_days_needed"],
            available=int(row["half_days_available"]),
            load=row["load"],
        )
    report.exit_code = max(report.exit_code, 4 if len(over) else 0)
    return report


def plan(desk: Desk, round_id: str) -> Report:
    """Plan the round's calendar, or the supplement for visits that the lottery sent back (编排日程).

    A calendar that its independent check does not accept is never kept. A second call changes nothing, except where a
    calendar that is not committed yet has become too early for its lottery: that one is planned again.
    """
    desk.need(round_id, "draw", "draw")
    planned, matched = numbers(desk, round_id, "plan"), numbers(desk, round_id, "match")
    number, earliest = len(planned) + 1, _not_before(desk, round_id)
    if planned and len(matched) < len(planned):
        if not _is_late(desk, round_id, len(planned), earliest):
            return planned_report(desk, round_id, len(planned))
        number -= 1
    elif planned and sent_back(desk, round_id, len(planned)).empty:
        return planned_report(desk, round_id, len(planned))
    law, drawn = desk.law_of(round_id), _to_plan(desk, round_id, number)
    found, recused = people(desk, round_id)
    free = found if number == 1 else _still_free(desk, round_id, found, matched)
    workdays = desk.workdays(people_day(desk, round_id), law)
    times = half_days(desk, round_id, workdays, after=earliest)
    units = units_of(desk, round_id, drawn["unit_id"], ["region", "street"])
    units = units.merge(
        desk.store.table(round_id, "scores", columns=["unit_id", "class", "score"]), on="unit_id", how="left"
    )
    wanted = demand(
        drawn,
        {task.task_id: task for task in tasks_of(desk, round_id)},
        items_of(desk, round_id),
        offices_of(desk, round_id),
        units,
        free,
        times,
        law=law,
        recusals=recused,
    )
    desk.progress("month.plan", 0, len(wanted.visits))
    made = solve(
        wanted,
        free,
        times,
        budget=BUDGET,
        recusals=recused,
        progress=lambda done, total: desk.progress("month.plan", done, total),
    )
    desk.progress("month.check", 0, 0)
    broken = check(wanted, made, free, times, recusals=recused)
    if broken:
        raise SupervisionError("month.calendar_broken", violation=broken[0])
    _keep(desk, round_id, number, made)
    return planned_report(desk, round_id, number)


def planned_report(desk: Desk, round_id: str, number: int) -> Report:
    """Say what a calendar holds and why the rest is not held (日程结果与未排定原因)."""
    certificate = json.loads(desk.store.get(round_id, f"audit/certificate{suffix(number)}.json"))
    unheld = desk.store.table(round_id, f"unheld{suffix(number)}")
    total = certificate["total"]
    report = Report(facts={"certificate": certificate, "unheld": unheld.drop(columns=["visit"]).to_dict("records")})
    report.say(
        "month.planned",
        round=round_id,
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


def is_empty(desk: Desk, round_id: str, number: int) -> bool:
    """Tell whether a calendar holds no visit at all (日程是否为空): then there is nobody to draw."""
    return calendar(desk, round_id, number).empty


def sent_back(desk: Desk, round_id: str, number: int) -> pd.DataFrame:
    """Return the places that a lottery left open (抽取后空缺的岗位)."""
    return desk.store.table(round_id, f"sent_back{suffix(number)}")


def _keep(desk: Desk, round_id: str, number: int, made: Plan) -> None:
    places = made.calendar
    if number > 1:
        places = places.assign(visit_id=_old_names(desk, round_id, number, places))
    end = suffix(number)
    with desk.store.step(round_id, f"plan{end}", who=desk.whom(round_id), at=desk.at(round_id), inputs={}) as step:
        step.put(f"audit/calendar{end}.csv", calendar_csv(places))
        step.put(f"audit/certificate{end}.json", canonical_json(made.certificate))
        step.put(f"audit/unheld{end}.csv", csv_bytes(UNHELD, _unheld_rows(made)))
        step.table(f"unheld{end}", made.unheld)


def _unheld_rows(made: Plan) -> list[tuple[str, str, str]]:
    """What the calendar does not hold, for the auditor: unit, tasks, reason."""
    return sorted(made.unheld[list(UNHELD)].drop_duplicates().itertuples(index=False, name=None))


def _to_plan(desk: Desk, round_id: str, number: int) -> pd.DataFrame:
    """Drawn units for the first calendar; for a supplement only those whose visit was sent back."""
    drawn = desk.store.table(round_id, "drawn")
    drawn = drawn.loc[drawn["role"] == "drawn", ["task_id", "unit_id"]].reset_index(drop=True)
    if number == 1:
        return drawn
    back = sent_back(desk, round_id, number - 1)
    before = calendar(desk, round_id, number - 1)
    items = before[before["visit_id"].isin(back["visit_id"])].groupby("visit_id")["items"].agg(" ".join)
    wanted = {(str(visit).rpartition("~")[0], item) for visit, text in items.items() for item in str(text).split()}
    tasks = {task.task_id: task.items for task in tasks_of(desk, round_id)}
    keep = [
        any((unit, item) in wanted for item in tasks[task]) for task, unit in drawn.itertuples(index=False, name=None)
    ]
    return drawn[keep].reset_index(drop=True)


def _old_names(desk: Desk, round_id: str, number: int, places: pd.DataFrame) -> pd.Series[str]:
    """A visit that was sent back keeps its visit_id in the supplement; a unit's visits keep their order."""
    back = sorted(
        set(sent_back(desk, round_id, number - 1)["visit_id"]),
        key=lambda v: (v.rpartition("~")[0], int(v.rpartition("~")[2])),
    )
    names: dict[str, str] = {}
    for visit in back:
        unit = visit.rpartition("~")[0]
        names[f"{unit}~{1 + sum(old.rpartition('~')[0] == unit for old in names.values())}"] = visit
    return places["visit_id"].map(names)


def _still_free(desk: Desk, round_id: str, found: pd.DataFrame, matched: list[int]) -> pd.DataFrame:
    """The roster with the half-days that are taken by earlier draws as absences, whole days where the limit is met."""
    taken: dict[str, set[str]] = {}
    for number in matched:
        places = calendar(desk, round_id, number).merge(
            assignments(desk, round_id, number), on=["visit_id", "office", "place"]
        )
        for who, text in places[["inspector_id", "half_days"]].itertuples(index=False, name=None):
            taken.setdefault(who, set()).update(text.split())
    absent = []
    for who, limit, away in found[["inspector_id", "daily_limit", "absent"]].itertuples(index=False, name=None):
        busy = taken.get(who, set())
        full = {half[:10] for half in busy if sum(other[:10] == half[:10] for other in busy) >= int(limit)}
        absent.append(
            " ".join(sorted(set(away.split()) | busy | {f"{day}{half}" for day in full for half in ("T1", "T2")}))
        )
    return found.assign(absent=pd.Series(absent, index=found.index, dtype="str"))


def _is_late(desk: Desk, round_id: str, number: int, earliest: date | None) -> bool:
    """Tell whether a calendar that is not committed yet begins before its lottery could be held."""
    if earliest is None or number in numbers(desk, round_id, "roster"):
        return False
    places = calendar(desk, round_id, number)
    return not places.empty and places["half_days"].min()[:10] <= earliest.isoformat()


def _not_before(desk: Desk, round_id: str) -> date | None:
    """The day on which the second draw's last source happens (最早日期): a real round's visits come after it."""
    if desk.is_rehearsal(round_id):
        return None
    law = desk.law_of(round_id)
    sources = schedule_sources(
        law.value("shared/draw_source"),
        desk.now().isoformat(),
        int(law.value("shared/commit_interval")["hours"]),
        "second",
    )
    return date.fromisoformat(str(sources[-1]["at"])[:10])
