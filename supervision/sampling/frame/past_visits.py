"""Past inspections (既往检查) of the units of a frame, and what other rounds of the year ask of them.

A joint visit (rows with one visit_no) counts once for each agency in it and once in the total of all agencies; rows
without a visit_no are one visit for each agency and day. Where nothing is said, somebody came on site.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.domain.items import Item, Task
from supervision.domain.people import Office
from supervision.domain.visits import days_of_half_days, units_of_visits
from supervision.law.code_lists import normal
from supervision.sampling.frame.unit_positions import Rows, rows_of

ALL = "*"


@dataclass(frozen=True, kw_only=True)
class Past:
    """Visits to the units of a frame (既往入企检查), arrays (visits,).

    `row` of the unit, `agency`, `item`, `date`, and `visit`, a code of the visit. `kind` of inspection, `level` of
    government and code of the `result` are "" where nothing is said; `here`: at the unit's own place of business, as
    is a visit of which no place is said.
    """

    row: Rows
    agency: npt.NDArray[np.object_]
    date: npt.NDArray[np.datetime64]
    visit: Rows
    kind: npt.NDArray[np.object_]
    level: npt.NDArray[np.object_]
    item: npt.NDArray[np.object_]
    result: npt.NDArray[np.object_]
    on_site: npt.NDArray[np.bool_]
    here: npt.NDArray[np.bool_]

    def of(self, agency: str) -> npt.NDArray[np.bool_]:
        """Return which visits an agency took part in (某机关参加的); `*` is any."""
        return np.ones(len(self.row), dtype=np.bool_) if agency == ALL else self.agency == agency

    def visits_of(self, chosen: npt.NDArray[np.bool_], units: int) -> npt.NDArray[np.int64]:
        """Return how many different ones of the chosen visits each of `units` units had (次数): int64 (units,)."""
        if not chosen.any():
            return np.zeros(units, dtype=np.int64)
        wide = int(self.visit.max()) + 1
        rows = np.unique(self.row[chosen] * wide + self.visit[chosen]) // wide
        return np.bincount(rows, minlength=units).astype(np.int64)


def past_visits(entities: pd.DataFrame, visits: pd.DataFrame) -> Past:
    """Return the visits to these units (既往入企检查).

    `entities`: unit_id, and address where places count; `visits`: rows of history with unit_id, agency, date, kind,
    visit_no and, where they are known, item_id, on_site, level, place and result.
    """
    wanted = ["unit_id", "agency", "date", "kind", "visit_no", "item_id", "on_site", "level", "place", "result"]
    kept = visits.reindex(columns=wanted)
    rows = rows_of(entities["unit_id"], kept["unit_id"])
    kept, rows = kept[rows >= 0], rows[rows >= 0]
    date = kept["date"].to_numpy().astype("datetime64[s]")
    number = kept["visit_no"].astype("str")
    alone = kept["agency"].astype("str") + "@" + pd.Series(np.datetime_as_string(date, unit="D"), index=kept.index)
    visit, _ = pd.factorize(number.where(number.notna() & (number != ""), alone))
    return Past(
        row=rows,
        agency=kept["agency"].to_numpy(dtype=object),
        date=date,
        visit=visit.astype(np.int64),
        kind=_texts(kept["kind"]),
        level=_texts(kept["level"]),
        item=_texts(kept["item_id"]),
        result=_texts(kept["result"]),
        on_site=kept["on_site"].astype("boolean").fillna(True).to_numpy(dtype=np.bool_),
        here=_here(entities, rows, kept["place"]),
    )


def _texts(column: pd.Series[Any]) -> npt.NDArray[np.object_]:
    return column.astype(object).where(column.notna(), "").to_numpy(dtype=object)


def _here(entities: pd.DataFrame, rows: Rows, place: pd.Series[Any]) -> npt.NDArray[np.bool_]:
    """Whether each visit was at the address of its unit, as headers and codes are compared."""
    if "address" not in entities.columns or not place.notna().any():
        return np.ones(len(rows), dtype=np.bool_)
    own = entities["address"].take(rows)
    pairs = zip(place.tolist(), own.tolist(), strict=True)
    return np.array([not isinstance(at, str) or not at or _same(at, address) for at, address in pairs], dtype=np.bool_)


def _same(at: str, address: object) -> bool:
    return isinstance(address, str) and normal(at) == normal(address)


def planned_visits(places: pd.DataFrame, offices: Mapping[str, Office], items: Mapping[str, Item]) -> pd.DataFrame:
    """Return what a round's calendar asks of units (日程已安排的检查), one row a visit, agency and item.

    Columns unit_id, agency, item_id, date, on_site (bool), visit (its visit_id). `places`: visit_id, office,
    half_days, items of the calendar's places.
    """
    rows = places.drop_duplicates(["visit_id", "office", "items"])
    rows = rows.assign(item_id=rows["items"].str.split(" ")).explode("item_id", ignore_index=True)
    rows = rows.drop_duplicates(["visit_id", "office", "item_id"])
    departments = {name: office.department for name, office in offices.items()}
    return pd.DataFrame(
        {
            "unit_id": units_of_visits(rows["visit_id"]),
            "agency": rows["office"].map(departments),
            "item_id": rows["item_id"],
            "date": days_of_half_days(rows["half_days"]),
            "on_site": rows["item_id"].map({name: item.comes_on_site for name, item in items.items()}),
            "visit": rows["visit_id"],
        }
    )


def drawn_visits(drawn: pd.DataFrame, tasks: Sequence[Task], items: Mapping[str, Item]) -> pd.DataFrame:
    """Return what a round's drawn lists ask of units (抽中待安排的检查), one row a unit, agency and item.

    Columns as those of planned_visits, visit = the unit_id. `drawn`: task_id, unit_id, role; the date is the first day
    of the task.
    """
    chosen = drawn.loc[drawn["role"] == "drawn", ["task_id", "unit_id"]]
    asked = [
        (task.task_id, items[item].department, item, pd.Timestamp(task.start), items[item].comes_on_site)
        for task in tasks
        for item in sorted(task.items)
    ]
    columns = ["task_id", "agency", "item_id", "date", "on_site"]
    rows = chosen.merge(pd.DataFrame(asked, columns=columns), on="task_id")
    return rows.assign(visit=rows["unit_id"]).drop_duplicates(["unit_id", "agency", "item_id"])
