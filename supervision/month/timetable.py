"""Calendars of a round (本轮日程): the first one and its supplements, as the files that were committed.

Number 1 is `calendar.csv`, `roster.csv`, …; what was sent back and planned again is `calendar-2.csv` and so on.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd

from supervision.law.working_days import Workdays
from supervision.month.desk import Desk, month_bounds
from supervision.month.nouns import items_of, offices_of
from supervision.planner.capacity import roster_frame

PLACE = ("region", "street", "name", "address")
PLACES = ["visit_id", "office", "place", "half_days", "items"]


def suffix(number: int) -> str:
    """Return what a calendar's files and steps carry at the end of their names (后缀): nothing for the first."""
    return "" if number == 1 else f"-{number}"


def numbers(desk: Desk, round_id: str, step: str) -> list[int]:
    """Return the numbers of the calendars for which a step is finished (已完成的编号)."""
    done = desk.finished(round_id)
    found: list[int] = []
    while step + suffix(len(found) + 1) in done:
        found.append(len(found) + 1)
    return found


def calendar(desk: Desk, round_id: str, number: int) -> pd.DataFrame:
    """Return one calendar's places (某份日程的岗位): the columns of calendar.csv, place int64."""
    data = desk.store.get(round_id, f"audit/calendar{suffix(number)}.csv")
    return pd.read_csv(io.BytesIO(data), dtype=dict.fromkeys(PLACES, "str") | {"place": "int64"}, keep_default_na=False)


def roster(desk: Desk, round_id: str, number: int) -> pd.DataFrame:
    """Return the roster committed with a calendar (某份名册), all texts."""
    data = desk.store.get(round_id, f"audit/roster{suffix(number)}.csv")
    return pd.read_csv(io.BytesIO(data), dtype="str", keep_default_na=False)


def assignments(desk: Desk, round_id: str, number: int) -> pd.DataFrame:
    """Return who was drawn for a calendar (某份匹配结果): the rows of roster.json."""
    rows = json.loads(desk.store.get(round_id, f"audit/roster{suffix(number)}.json"))
    frame = pd.DataFrame(rows, columns=["visit_id", "office", "place", "inspector_id", "candidates"])
    return frame.astype(
        {"visit_id": "str", "office": "str", "inspector_id": "str", "place": "int64", "candidates": "int64"}
    )


def standing(desk: Desk, round_id: str) -> pd.DataFrame:
    """Return the places that stand (有效岗位) in all calendars, with inspector_id where it is drawn, missing before.

    A visit that was sent back stands only in the supplement that planned it again.
    """
    found = []
    matched = numbers(desk, round_id, "match")
    for number in numbers(desk, round_id, "plan"):
        places = calendar(desk, round_id, number)
        if number in matched:
            drawn = assignments(desk, round_id, number)
            places = places.merge(
                drawn[["visit_id", "office", "place", "inspector_id"]], on=["visit_id", "office", "place"]
            )
        found.append(places)
    columns = [*PLACES, "inspector_id"]
    joined = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=PLACES)
    return joined.reindex(columns=columns).astype(dict.fromkeys([c for c in columns if c != "place"], "str"))


def people_day(desk: Desk, round_id: str) -> date:
    """Return the day whose leave and recusals count (人员信息截止日): today, in a rehearsal the evidence day."""
    return desk.evidence_day(round_id) if desk.is_rehearsal(round_id) else desk.now().date()


def people(desk: Desk, round_id: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return roster and recusals as they stand now (现时名册与回避), in the columns of their files."""
    day, offices = people_day(desk, round_id), offices_of(desk, round_id)
    by_department: dict[str, list[str]] = {}
    for item in items_of(desk, round_id).values():
        by_department.setdefault(item.department, []).append(item.item_id)
    start, end = month_bounds(round_id)
    found = roster_frame(
        desk.store.register("inspectors", on=day),
        desk.store.register("leave", on=day),
        by_department,
        offices,
        start=start,
        end=end,
        law=desk.law_of(round_id),
    )
    recused = desk.store.register("recusals", on=day, columns=["inspector_id", "unit_id", "ground"])
    return found, recused[recused["inspector_id"].isin(found["inspector_id"])].reset_index(drop=True)


def half_days(desk: Desk, round_id: str, workdays: Workdays, *, after: date | None) -> Mapping[str, list[str]]:
    """Return each district's half-days of the month (各区半天): working days without quiet ones, later than `after`."""
    start, end = month_bounds(round_id)
    first = start if after is None else max(start, after + timedelta(days=1))
    regions = sorted({office.region for office in offices_of(desk, round_id).values()})
    return {region: workdays.half_days(first, end, region) if first <= end else [] for region in regions}


def units_of(desk: Desk, round_id: str, wanted: pd.Series[Any], columns: list[str]) -> pd.DataFrame:
    """Return columns of the entities register for some units (部分检查对象): as committed, before that as known now."""
    if "commit" in desk.finished(round_id) and set(columns) <= set(PLACE):
        frozen = desk.store.table(round_id, "frozen_units", columns=["unit_id", *columns])
        return frozen[frozen["unit_id"].isin(wanted)].reset_index(drop=True)
    frame = desk.store.register("entities", on=desk.evidence_day(round_id), columns=["unit_id", *columns])
    return frame[frame["unit_id"].isin(wanted)].reset_index(drop=True)
