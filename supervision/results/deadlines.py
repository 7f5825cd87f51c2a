"""The clock of publication (结果公示期限): working days from the day after the visit ends, rule by rule file.

Each agency answers for its own part of a joint visit (谁检查、谁录入、谁公开), for which
the visit ends with its last item.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

import pandas as pd

from supervision.errors import SupervisionError
from supervision.results.public_categories import require_columns

DEADLINE = "shared/publication_deadline"
KEY = ["visit_id", "item_id"]
STATES = ("published", "published_late", "pending", "overdue")
CLOCK_COLUMNS = ("visit_id", "unit_id", "agency", "item_id", "ended", "due", "awaits", "published_on", "state")
_YEAR_UNKNOWN = "law.working_days.year_not_announced"


class Days(Protocol):
    """What counts working days (工作日历): `supervision.law.working_days.Workdays`."""

    def add(self, day: date, working_days: int) -> date:
        """Return the day on which a period of working days after `day` ends (期限届满日)."""


class Values(Protocol):
    """What knows the rules in force (有效规则): `supervision.law.rules.Law`."""

    def value(self, path: str) -> Any:
        """Return a rule's value (规则的值)."""


def clock(results: pd.DataFrame, *, published: pd.DataFrame, workdays: Days, law: Values, on: date) -> pd.DataFrame:
    """Return when each result is due and how it stands on a day (公示期限与状态), `CLOCK_COLUMNS`.

    `results`: rows that are to be public (visit_id, unit_id, agency, item_id, inspected_on); `published`: visit_id,
    item_id, published_on (datetime64), the day each was first published; later days than `on` do not count. `ended`,
    `due`, `published_on` are datetime64[s], `state` one of `STATES`. Sorted by due, visit_id, item_id.

    Where the period runs into a year whose calendar is not announced, `due` is missing and `awaits` (Int64) is that
    year: its rows are pending or published, and nobody can say that they are late (期限待该年安排公布).
    """
    require_columns(results, ("visit_id", "unit_id", "agency", "item_id", "inspected_on"), "results")
    require_columns(published, ("visit_id", "item_id", "published_on"), "published")
    rows = results[["visit_id", "unit_id", "agency", "item_id"]].reset_index(drop=True)
    inspected = results["inspected_on"].astype("datetime64[s]").reset_index(drop=True)
    rows["ended"] = inspected.groupby([rows["visit_id"], rows["agency"]]).transform("max")
    first = published.groupby(["visit_id", "item_id"])["published_on"].min().astype("datetime64[s]").reset_index()
    rows = rows.merge(first, on=["visit_id", "item_id"], how="left")
    today = pd.Timestamp(on)
    rows["published_on"] = rows["published_on"].where(rows["published_on"] <= today).astype("datetime64[s]")
    looked_at = rows["published_on"].fillna(today)
    days = int(law.value(DEADLINE)["working_days"])
    due = {ended: _due(workdays, ended.date(), days) for ended in sorted(rows["ended"].unique())}
    found = [due[ended] for ended in rows["ended"]]
    rows["due"] = pd.Series([day for day, _ in found], index=rows.index, dtype="datetime64[s]")
    rows["awaits"] = pd.Series([year for _, year in found], index=rows.index, dtype="Int64")
    late = looked_at > rows["due"]
    done = rows["published_on"].notna()
    state = pd.Series("pending", index=rows.index, dtype="str")
    state = state.mask(late & ~done, "overdue").mask(done & late, "published_late").mask(done & ~late, "published")
    rows = rows.assign(state=state.astype("str")).sort_values(["due", "visit_id", "item_id"], kind="stable")
    return rows[list(CLOCK_COLUMNS)].reset_index(drop=True)


def _due(workdays: Days, ended: date, days: int) -> tuple[pd.Timestamp | None, int | None]:
    """The last day of the period, or the year without which nobody can know it."""
    try:
        return pd.Timestamp(workdays.add(ended, days)), None
    except SupervisionError as error:
        if error.code != _YEAR_UNKNOWN:
            raise
        return None, int(str(error.params["year"]))


def due_rows(
    expected: pd.DataFrame, results: pd.DataFrame, *, public: pd.DataFrame | None, on: date
) -> pd.DataFrame | None:
    """Return the expected results whose day has come (应公示的结果), None where there are none.

    `expected`: visit_id, unit_id, agency, item_id, inspected_on (the planned day); `results`: visit_id, item_id,
    inspected_on of what is recorded; `public`: the recorded ones that are to be public. A visit that is not recorded
    yet counts from its planned day, a recorded one from the day it was inspected.
    """
    done = results[[*KEY, "inspected_on"]].rename(columns={"inspected_on": "actual"})
    planned = expected.merge(done, on=KEY, how="left")
    if public is not None:  # closed, moved and withheld ones are recorded, but nothing of them is to be published
        shown = planned[KEY].merge(public[KEY], on=KEY, how="left", indicator=True)["_merge"].eq("both").to_numpy()
        planned = planned[shown | planned["actual"].isna()]
    planned["inspected_on"] = planned["actual"].fillna(planned["inspected_on"]).astype("datetime64[s]")
    due = planned[planned["inspected_on"] <= pd.Timestamp(on)]
    return None if due.empty else due
