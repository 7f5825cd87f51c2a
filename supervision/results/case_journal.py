"""Journal of follow-up cases (后续处置台账): from the steps on record to where each stands, and what may come next.

A case is opened with step 00 and a last day; an order to correct may set another one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from supervision.messages import Message
from supervision.results.step_journal import Fault, Journal, Row

ORDERED, INFORMED, TRANSFERRED, REINSPECTED = "ordered", "informed", "transferred", "reinspected"
PROBLEM, RATING = "problem", "rating"
STEP_COLUMNS = (
    *("case_no", "step", "action", "matter", "unit_id", "office_id", "visit_no", "item_id", "happened", "due"),
    *("department", "document_no", "result", "outcome", "text", "by"),
)
STATE_COLUMNS = (
    *("case_no", "matter", "unit_id", "office_id", "visit_no", "item_id", "opened", "due", "text", "steps", "done"),
    *("last", "last_by", "outcome", "is_open"),
)
JOURNAL = Journal(
    name="case",
    number="case_no",
    columns=STEP_COLUMNS,
    kept=("matter", "unit_id", "office_id", "visit_no", "item_id"),
)


def states(steps: pd.DataFrame) -> pd.DataFrame:
    """Return where each case stands (台账现状), `STATE_COLUMNS`, sorted by number: see `Journal.ends`.

    `steps`: `STEP_COLUMNS`. `due` is the last day that a step set; `opened` (datetime64[s]) the day of the first step;
    `outcome` that of the closing, "" before.
    """
    first, last = JOURNAL.ends(steps)
    ordered = JOURNAL.in_order(steps)
    dated = ordered[ordered["due"].notna()].drop_duplicates("case_no", keep="last")[["case_no", "due"]]
    found = first.assign(
        opened=first["happened"],
        due=first[["case_no"]].merge(dated, on="case_no", how="left")["due"].astype("datetime64[s]"),
        outcome=last["outcome"],
    )
    for name in ("unit_id", "visit_no", "item_id", "outcome"):
        found[name] = found[name].astype("str").fillna("")
    return found[list(STATE_COLUMNS)]


def faults(
    rows: pd.DataFrame, on_record: pd.DataFrame, visited: Mapping[tuple[str, str], pd.Timestamp]
) -> Iterator[tuple[int, str, Message]]:
    """Yield what may not be put beside the steps on record (不得登记的步骤): see `Journal.faults`.

    `visited`: (visit_no, item_id) → the day of the inspection, where it is on record.
    """

    def further(row: Row, own: list[Row]) -> Fault | None:
        found = JOURNAL.other_matter(row, own) or JOURNAL.before_last(row, own)
        return found or _dates(row, visited.get((row["visit_no"], row["item_id"])))

    return JOURNAL.faults(rows, on_record, further)


def _dates(row: Row, visited: pd.Timestamp | None) -> Fault | None:
    number = row["case_no"]
    if visited is not None and row["happened"] < visited:
        return "happened", Message.of("results.case_before_visit", number=number, day=str(visited)[:10])
    if pd.notna(row["due"]) and row["due"] < row["happened"]:
        day = str(row["happened"])[:10]
        return "due", Message.of("results.case_due_before", number=number, due=str(row["due"])[:10], day=day)
    return None
