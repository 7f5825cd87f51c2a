"""What is planned again (补排): visits that the lottery sent back, with the people who are still free."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from supervision.domain.visits import PARTS, HalfDay, VisitId


def parts_sent_back(drawn: pd.DataFrame, places: pd.DataFrame, items: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Return the rows of `drawn` (task_id, unit_id) of which a visit was sent back (退回的抽中记录).

    `places`: visit_id and items of the places that were sent back; `items`: task_id → its items.
    """
    wanted: set[tuple[str, str]] = set()
    for visit, text in places[["visit_id", "items"]].itertuples(index=False, name=None):
        wanted |= {(VisitId.parse(visit).unit_id, item) for item in text.split()}
    keep = [
        any((unit, item) in wanted for item in items[task]) for task, unit in drawn.itertuples(index=False, name=None)
    ]
    return drawn[keep].reset_index(drop=True)


def kept_names(places: pd.DataFrame, back: Iterable[str]) -> pd.Series[str]:
    """Return the visit_id of each place of a supplement (保留原检查编号): what was sent back keeps its name."""
    names: dict[str, str] = {}
    count: dict[str, int] = {}
    for visit in sorted(VisitId.parse(name) for name in set(back)):
        count[visit.unit_id] = count.get(visit.unit_id, 0) + 1
        names[str(VisitId(unit_id=visit.unit_id, ordinal=count[visit.unit_id]))] = str(visit)
    return places["visit_id"].map(names)


def without_taken(roster: pd.DataFrame, taken: pd.DataFrame) -> pd.DataFrame:
    """Return a roster with the half-days that are taken as absences (扣除已占用半天), full days as a whole.

    `taken`: inspector_id and half_days (joined by a space) of places that earlier draws filled.
    """
    busy: dict[str, set[HalfDay]] = {}
    for who, text in taken[["inspector_id", "half_days"]].itertuples(index=False, name=None):
        busy.setdefault(who, set()).update(HalfDay.parse(half_day) for half_day in text.split())
    absent = []
    for who, limit, away in roster[["inspector_id", "daily_limit", "absent"]].itertuples(index=False, name=None):
        mine = busy.get(who, set())
        full = {one.day for one in mine if sum(other.day == one.day for other in mine) >= int(limit)}
        rest = {str(HalfDay(day=day, part=part)) for day in full for part in PARTS}
        absent.append(" ".join(sorted({*away.split(), *map(str, mine), *rest})))
    return roster.assign(absent=pd.Series(absent, index=roster.index, dtype="str"))
