"""How often a unit has been visited (入企次数): yearly caps and intervals.

A joint visit (rows with one visit_no) counts once for each agency in it and once in the total of all agencies; rows
without a visit_no are one visit for each agency and day. For-cause checks are outside.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.domain.items import Item, Task
from supervision.domain.people import Office
from supervision.domain.visits import days_of_half_days, units_of_visits
from supervision.errors import SupervisionError
from supervision.sampling.frame.unit_positions import Rows, rows_of

ALL = "*"
FOR_CAUSE = "for_cause"

Hit = tuple[str, npt.NDArray[np.bool_]]


@dataclass(frozen=True, kw_only=True)
class Past:
    """Visits to the units of a frame (既往入企检查): row of the unit, agency, date, code of the visit."""

    row: Rows
    agency: npt.NDArray[np.object_]
    date: npt.NDArray[np.datetime64]
    visit: Rows

    def of(self, agency: str) -> npt.NDArray[np.bool_]:
        """Return which visits an agency took part in (某机关参加的); `*` is any."""
        return np.ones(len(self.row), dtype=np.bool_) if agency == ALL else self.agency == agency


def cap_hits(
    task: Task,
    entities: pd.DataFrame,
    *,
    departments: Collection[str],
    past: Past,
    caps: pd.DataFrame,
    law_cap: Mapping[str, Any] | None,
) -> Iterator[Hit]:
    """Yield (rule, units) that one more visit would put over a yearly cap (超出年度上限): bool (N,) each.

    The rule shared/yearly_visit_cap and the caps register both apply; None in the rule = decided that there is none.
    """
    year = np.asarray(pd.DatetimeIndex(past.date).year == task.start.year, dtype=np.bool_)
    counts = {agency: _counts(past, year & past.of(agency), len(entities)) for agency in (*sorted(departments), ALL)}
    if law_cap is not None:
        for field, agencies in (("same_agency", sorted(departments)), ("all_agencies", [ALL])):
            if field not in law_cap:
                raise SupervisionError("sampling.rule_field", rule="shared/yearly_visit_cap", field=field)
            if law_cap[field] is not None:
                for agency in agencies:
                    yield "shared/yearly_visit_cap", counts[agency] + 1 > int(law_cap[field])
    for cap in _latest(caps, departments):
        over = counts[cap.agency] + 1 > int(cap.per_year)
        yield cap_rule(cap.agency, cap.category), over & _category(entities, cap.category)


def interval_hits(
    task: Task,
    entities: pd.DataFrame,
    *,
    departments: Collection[str],
    past: Past,
    caps: pd.DataFrame,
) -> Iterator[Hit]:
    """Yield (rule, units) visited too short a time before the window opens (间隔不足): bool (N,) each."""
    start = np.datetime64(task.start, "s")
    for cap in _latest(caps, departments):
        if pd.isna(cap.min_interval_days):
            continue
        recent = past.of(cap.agency) & (past.date > start - np.timedelta64(int(cap.min_interval_days), "D"))
        hit = np.zeros(len(entities), dtype=np.bool_)
        hit[past.row[recent]] = True
        yield cap_rule(cap.agency, cap.category), hit & _category(entities, cap.category)


def past_visits(entities: pd.DataFrame, visits: pd.DataFrame) -> Past:
    """Return the visits that count (计次的入企检查): history rows of these units, for-cause checks left out."""
    kept = visits[visits["kind"] != FOR_CAUSE]
    rows = rows_of(entities["unit_id"], kept["unit_id"])
    kept, rows = kept[rows >= 0], rows[rows >= 0]
    date = kept["date"].to_numpy().astype("datetime64[s]")
    number = kept["visit_no"].astype("str")
    alone = kept["agency"].astype("str") + "@" + pd.Series(np.datetime_as_string(date, unit="D"), index=kept.index)
    visit, _ = pd.factorize(number.where(number.notna() & (number != ""), alone))
    return Past(row=rows, agency=kept["agency"].to_numpy(dtype=object), date=date, visit=visit.astype(np.int64))


def _counts(past: Past, chosen: npt.NDArray[np.bool_], units: int) -> npt.NDArray[np.int64]:
    """Distinct visits of each unit."""
    if not chosen.any():
        return np.zeros(units, dtype=np.int64)
    wide = int(past.visit.max()) + 1
    rows = np.unique(past.row[chosen] * wide + past.visit[chosen]) // wide
    return np.bincount(rows, minlength=units).astype(np.int64)


def _latest(caps: pd.DataFrame, departments: Collection[str]) -> Iterator[Any]:
    """The caps of these departments and of all agencies together, the newest of each agency and category."""
    kept = caps[caps["agency"].isin([*departments, ALL])].sort_values(["agency", "category", "from_date"])
    yield from kept.drop_duplicates(["agency", "category"], keep="last").itertuples(index=False)


def _category(entities: pd.DataFrame, category: str) -> npt.NDArray[np.bool_]:
    if category == ALL:
        return np.ones(len(entities), dtype=np.bool_)
    return np.asarray(entities["type"] == category, dtype=np.bool_)


def cap_rule(agency: str, category: str) -> str:
    """Return the id of a row of the register caps (频次上限编号), as the protocol allows rules to be named.

    >>> cap_rule("*", "企业"), cap_rule("fire", "A")
    ('caps/all/xe4bc81e4b89a', 'caps/fire/A')
    """
    parts = (
        "all" if text == ALL else text if text.isascii() else f"x{text.encode().hex()}" for text in (agency, category)
    )
    return "/".join(("caps", *parts))


def planned_visits(places: pd.DataFrame, offices: Mapping[str, Office]) -> pd.DataFrame:
    """Return what a round's calendar asks of units (日程已安排的检查): unit_id, agency, date, visit (its visit_id).

    `places`: visit_id, office, half_days of the calendar's places; one row a visit and agency.
    """
    rows = places.drop_duplicates(["visit_id", "office"])
    departments = {name: office.department for name, office in offices.items()}
    return pd.DataFrame(
        {
            "unit_id": units_of_visits(rows["visit_id"]),
            "agency": rows["office"].map(departments),
            "date": days_of_half_days(rows["half_days"]),
            "visit": rows["visit_id"],
        }
    )


def drawn_visits(drawn: pd.DataFrame, tasks: Sequence[Task], items: Mapping[str, Item]) -> pd.DataFrame:
    """Return what a round's drawn lists ask of units (抽中待安排的检查): unit_id, agency, date, visit (its unit_id).

    `drawn`: task_id, unit_id, role; the date is the first day of the task, one row a unit and agency.
    """
    chosen = drawn.loc[drawn["role"] == "drawn", ["task_id", "unit_id"]]
    agencies = [
        (task.task_id, department, pd.Timestamp(task.start))
        for task in tasks
        for department in sorted({items[item].department for item in task.items})
    ]
    rows = chosen.merge(pd.DataFrame(agencies, columns=["task_id", "agency", "date"]), on="task_id")
    return rows.assign(visit=rows["unit_id"]).drop_duplicates(["unit_id", "agency"])
