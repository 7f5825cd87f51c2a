"""What came back of a round (已收回的结果): its results, what its visits should report, what the public may read."""

from __future__ import annotations

from datetime import date

import pandas as pd

from supervision.month.desk import Desk
from supervision.month.nouns import offices_of, tasks_of
from supervision.month.timetable import standing
from supervision.results.public_categories import publish_results

FAR = date(9999, 12, 31)
KEY = ["visit_id", "item_id"]


def results_of(desk: Desk, round_id: str) -> pd.DataFrame:
    """Return a round's results (本轮结果), the latest version of each."""
    frame = desk.store.register("results", on=FAR)
    return frame[frame["round"] == round_id].reset_index(drop=True)


def public_results(desk: Desk, round_id: str) -> pd.DataFrame | None:
    """Return the rows that the public may read (公示结果行), or None before the first result."""
    found = results_of(desk, round_id)
    if found.empty:
        return None
    drawn = desk.store.table(round_id, "drawn")
    chosen = drawn.loc[drawn["role"] == "drawn", ["task_id", "unit_id"]]
    return publish_results(found, tasks=tasks_of(desk, round_id), drawn=chosen, codes=desk.code_lists_of(round_id)).rows


def expected(desk: Desk, round_id: str) -> pd.DataFrame:
    """What the round's visits should report: visit_id, unit_id, agency, item_id, office_id, inspected_on (planned)."""
    places, offices = standing(desk, round_id), offices_of(desk, round_id)
    places = places.dropna(subset=["inspector_id"]).drop_duplicates(["visit_id", "office", "items"])
    rows = places.assign(item_id=places["items"].str.split(" ")).explode("item_id")
    rows = rows.assign(
        unit_id=rows["visit_id"].str.rsplit("~", n=1).str[0],
        agency=rows["office"].map({o: office.department for o, office in offices.items()}),
        inspected_on=pd.to_datetime(rows["half_days"].str.slice(0, 10)).astype("datetime64[s]"),
    )
    rows = rows.rename(columns={"office": "office_id"})
    columns = ["visit_id", "unit_id", "agency", "item_id", "office_id", "inspected_on"]
    return rows[columns].drop_duplicates(KEY).reset_index(drop=True)


def today_of(desk: Desk, round_id: str) -> date:
    """Today; in a rehearsal, which repeats to the byte, the day its last result became known."""
    if not desk.is_rehearsal(round_id):
        return desk.now().date()
    known = results_of(desk, round_id)["known_on"]
    return known.max().date() if len(known) else desk.evidence_day(round_id)
