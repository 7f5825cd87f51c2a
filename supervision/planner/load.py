"""Load of offices (机构每日负荷): inspector-half-days that a calendar binds, beside those there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from supervision.domain.people import Office
from supervision.planner.visits.halfdays import Grid
from supervision.planner.visits.staff import staffs

LOADS = ["office", "date", "am", "pm", "available"]


def loads(
    calendar: pd.DataFrame,
    roster: pd.DataFrame,
    offices: Mapping[str, Office],
    half_days: Mapping[str, Sequence[str]],
) -> pd.DataFrame:
    """Return what a calendar binds of every office on every working day (各机构每日负荷).

    `calendar`: office, half_days, a row a place; `roster`: as roster.csv; `half_days`: region → half-days. Columns:
    office, date; am, pm people bound in the morning and afternoon, available inspector-half-days of the day with daily
    limits kept (int64). Sorted by office and date.
    """
    places = calendar[["office", "half_days"]].to_numpy().tolist()
    bound = Counter((office, half_day) for office, text in places for half_day in text.split())
    rows = [
        (name, day, bound[name, f"{day}T1"], bound[name, f"{day}T2"], there)
        for name, office in sorted(offices.items())
        for day, there in available(office, roster, half_days.get(office.region, ()))
    ]
    return pd.DataFrame(rows, columns=LOADS).astype({c: "str" if c in ("office", "date") else "int64" for c in LOADS})


def available(office: Office, roster: pd.DataFrame, half_days: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield an office's working days with its inspector-half-days, daily limits kept (各日可用人·半天)."""
    grid = Grid.of(half_days)
    own = roster[roster["office"] == office.office_id]
    staff = staffs(own, grid, [office.office_id])[office.office_id]
    return ((day, staff.capacity(number)) for number, day in enumerate(grid.days))
