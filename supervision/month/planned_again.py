"""What is planned again (补排): visits that the lottery sent back, with the people who are still free."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace

import pandas as pd

from supervision.domain.items import Task
from supervision.domain.visits import PARTS, HalfDay, VisitId

PART = "|"


def still_to_hold(
    chosen: pd.DataFrame, wanted: Container[tuple[str, str]], tasks: Mapping[str, Task]
) -> tuple[pd.DataFrame, dict[str, Task]]:
    """Return what of `chosen` (task_id, unit_id) is still to be inspected (尚待检查的抽中记录), and of which items.

    `wanted`: unit and item. A task of which only some items are still to be held appears under a name of its own,
    `task|items`; `whole_tasks` gives its own name back.
    """
    rows, parts = [], {}
    for name, unit in chosen[["task_id", "unit_id"]].to_numpy().tolist():
        items = tuple(item for item in tasks[name].items if (unit, item) in wanted)
        if items:
            part = name if items == tuple(tasks[name].items) else f"{name}{PART}{'+'.join(items)}"
            parts[part] = replace(tasks[name], items=items)
            rows.append((part, unit))
    return pd.DataFrame(rows, columns=["task_id", "unit_id"], dtype="str"), parts


def whole_tasks(task_ids: str) -> str:
    """Return task ids joined by spaces with the parts' own names put back (任务编号)."""
    return " ".join(sorted({name.partition(PART)[0] for name in task_ids.split()}))


def visit_names(places: pd.DataFrame, back: Iterable[str]) -> pd.Series[str]:
    """Return the visit_id of each place of a calendar (检查编号): what was sent back keeps its name.

    `places`: unit_id, ordinal; `back`: the visits that a supplement plans again, none for the first calendar.
    """
    names: dict[tuple[str, int], str] = {}
    count: dict[str, int] = {}
    for visit in sorted(VisitId.parse(name) for name in set(back)):
        count[visit.unit_id] = count.get(visit.unit_id, 0) + 1
        names[visit.unit_id, count[visit.unit_id]] = str(visit)
    found = [
        names.get(pair) or str(VisitId(unit_id=pair[0], ordinal=pair[1]))
        for pair in zip(places["unit_id"].tolist(), places["ordinal"].tolist(), strict=True)
    ]
    return pd.Series(found, index=places.index, dtype="str")


def without_taken(roster: pd.DataFrame, taken: pd.DataFrame) -> pd.DataFrame:
    """Return a roster with the half-days that are taken as absences (扣除已占用半天), full days as a whole.

    `taken`: inspector_id and half_days (joined by a space) of places that earlier draws filled.
    """
    busy: dict[str, set[HalfDay]] = {}
    for who, text in taken[["inspector_id", "half_days"]].to_numpy().tolist():
        busy.setdefault(who, set()).update(HalfDay.parse(half_day) for half_day in text.split())
    absent = []
    for who, limit, away in roster[["inspector_id", "daily_limit", "absent"]].to_numpy().tolist():
        mine = busy.get(who, set())
        full = {one.day for one in mine if sum(other.day == one.day for other in mine) >= int(limit)}
        rest = {str(HalfDay(day=day, part=part)) for day in full for part in PARTS}
        absent.append(" ".join(sorted({*away.split(), *map(str, mine), *rest})))
    return roster.assign(absent=pd.Series(absent, index=roster.index, dtype="str"))
