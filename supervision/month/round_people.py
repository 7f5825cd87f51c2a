"""People and half-days of a round (本轮人员与半天): who is there, and when visits may be held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd

from supervision.directory.roster import half_days_of, roster_frame
from supervision.law.working_days import Workdays
from supervision.month.change_effects import leave_entered
from supervision.month.change_order import ChangeOrder
from supervision.month.round import Round
from supervision.month.round_files import FROZEN_UNITS, Step

PLACE = ("region", "street", "name", "address")


def people_day(round: Round) -> date:
    """Return the day whose leave and recusals count (人员信息截止日): today, in a rehearsal the evidence day."""
    return round.evidence_day if round.is_rehearsal else round.city.now().date()


def people(
    round: Round, *, on: date | None = None, more: Sequence[ChangeOrder] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return roster and recusals as they stand now or as known on a day (名册与回避), in the columns of their files.

    Leave that was entered in the round itself counts; `more` change orders are not on record yet.
    """
    day, city = on or people_day(round), round.city
    by_department: dict[str, list[str]] = {}
    for item in round.items.values():
        by_department.setdefault(item.department, []).append(item.item_id)
    roster = roster_frame(
        city.register("inspectors", on=day),
        city.register("leave", on=day),
        by_department,
        round.offices,
        start=round.name.first_day,
        end=round.name.last_day,
        law=round.law,
    )
    roster = less_leave(roster, leave_entered(round, more))
    recused = city.register("recusals", on=day, columns=["inspector_id", "unit_id", "ground"])
    return roster, recused[recused["inspector_id"].isin(roster["inspector_id"])].reset_index(drop=True)


def less_leave(roster: pd.DataFrame, leave: Mapping[str, set[str]]) -> pd.DataFrame:
    """Return a roster with leave as absences (扣除请假): inspector → half-days."""
    pairs = zip(roster["inspector_id"].tolist(), roster["absent"].tolist(), strict=True)
    absent = [" ".join(sorted({*away.split(), *leave.get(who, ())})) for who, away in pairs]
    return roster.assign(absent=pd.Series(absent, index=roster.index, dtype="str"))


def blocked(round: Round) -> dict[str, str]:
    """Return unit → half-days on which it cannot be visited (不可检查的半天), joined by a space, as they stand now."""
    table = round.city.register("blocked", on=people_day(round))
    found = half_days_of(table, "unit_id", start=round.name.first_day, end=round.name.last_day)
    return {unit: " ".join(sorted(own)) for unit, own in found.items()}


def last_day_of_notice(round: Round, drawn: date) -> date:
    """Return the last day before visits may begin (检查前的最后一天), by the day on which inspectors are drawn."""
    working_days = int(round.law.value("shared/visit_lead_time")["working_days"])
    return round.working_days(people_day(round)).add(drawn, working_days)


def last_day_told(round: Round, changed: date) -> date:
    """Return the last day of a change's notice period (改期通知期的最后一天), by the day of the change.

    Never after the round's month, as no visit is; without a period the day of the change itself.
    """
    working_days = int(round.law.value("shared/change_notice")["working_days"])
    ahead = round.working_days(people_day(round)).workdays(changed + timedelta(days=1), round.name.last_day)
    days = [changed, *ahead]
    return days[working_days] if working_days < len(days) else round.name.last_day


def half_days(round: Round, working: Workdays) -> Mapping[str, list[str]]:
    """Return each district's half-days of the month (各区半天): working days without quiet ones."""
    start, end = round.name.first_day, round.name.last_day
    regions = sorted({office.region for office in round.offices.values()})
    return {region: working.half_days(start, end, region) for region in regions}


def need_known_month(round: Round) -> None:
    """Refuse a month whose working days nobody can know yet (核对当月工作日): its visits could not be planned."""
    half_days(round, round.working_days(people_day(round)))


def units_of(round: Round, wanted: pd.Series[Any], columns: list[str]) -> pd.DataFrame:
    """Return columns of the entities register for some units (部分检查对象): as committed, before that as known now."""
    if round.has(Step.COMMIT) and set(columns) <= set(PLACE):
        frame = round.table(FROZEN_UNITS, ["unit_id", *columns])
    else:
        return round.register("entities", ["unit_id", *columns], of=set(wanted))
    return frame[frame["unit_id"].isin(wanted)].reset_index(drop=True)
