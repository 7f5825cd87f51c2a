"""Journal of follow-up cases (后续处置台账): from the steps on record to where each stands, and what may come next.

A case is opened with step 00 and a last day; an order to correct may set another one. What is closed stays closed: a
problem that comes again is a new case.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from supervision.messages import Message

OPENED, ORDERED, INFORMED, TRANSFERRED, REINSPECTED, FOLLOWED, CLOSED = (
    *("opened", "ordered", "informed", "transferred", "reinspected", "followed", "closed"),
)
PROBLEM, RATING = "problem", "rating"
STEP_COLUMNS = (
    *("case_no", "step", "action", "matter", "unit_id", "office_id", "visit_no", "item_id", "happened", "due"),
    *("department", "document_no", "result", "outcome", "text", "by"),
)
STATE_COLUMNS = (
    *("case_no", "matter", "unit_id", "office_id", "visit_no", "item_id", "opened", "due", "text", "steps", "done"),
    *("last", "last_by", "outcome", "is_open"),
)
Row = Mapping[Hashable, Any]
_SAME = ("matter", "unit_id", "office_id", "visit_no", "item_id")


def states(steps: pd.DataFrame) -> pd.DataFrame:
    """Return where each case stands (台账现状), `STATE_COLUMNS`, sorted by number.

    `steps`: `STEP_COLUMNS`. `due` is the last day that a step set; `opened` and `last` (datetime64[s]) the days of the
    first and the last step; `done` the words of the last one after the opening, `outcome` of the closing, "" before.
    """
    ordered = steps.sort_values(["case_no", "step"], kind="stable")
    first = ordered.drop_duplicates("case_no").reset_index(drop=True)
    last = ordered.drop_duplicates("case_no", keep="last").reset_index(drop=True)
    many = ordered.groupby("case_no", sort=False).size().to_numpy()
    dated = ordered[ordered["due"].notna()].drop_duplicates("case_no", keep="last")[["case_no", "due"]]
    found = first.assign(
        opened=first["happened"],
        due=first[["case_no"]].merge(dated, on="case_no", how="left")["due"].astype("datetime64[s]"),
        steps=many,
        done=last["text"].where(many > 1, ""),
        last=last["happened"],
        last_by=last["by"],
        outcome=last["outcome"],
        is_open=last["action"] != CLOSED,
    )
    for name in ("unit_id", "visit_no", "item_id", "outcome"):
        found[name] = found[name].astype("str").fillna("")
    return found[list(STATE_COLUMNS)]


def faults(
    rows: pd.DataFrame, on_record: pd.DataFrame, visited: Mapping[tuple[str, str], pd.Timestamp]
) -> Iterator[tuple[int, str, Message]]:
    """Yield what may not be put beside the steps on record (不得登记的步骤): position, column, reason.

    `visited`: (visit_no, item_id) → the day of the inspection, where it is on record. A row that is on record as it
    stands is no fault. Rows are looked at in order; one at fault is not counted.
    """
    known: dict[str, list[Row]] = {}
    for row in on_record.sort_values(["case_no", "step"], kind="stable").to_dict("records"):
        known.setdefault(str(row["case_no"]), []).append(row)
    for place, row in enumerate(rows.to_dict("records")):
        own = known.setdefault(str(row["case_no"]), [])
        if any(_says_the_same(row, old) for old in own):
            continue
        fault = _fault(row, own) or _dates(row, own, visited.get((row["visit_no"], row["item_id"])))
        if fault is None:
            own.append(row)
        else:
            yield place, *fault


def _fault(row: Row, own: list[Row]) -> tuple[str, Message] | None:
    number = row["case_no"]
    if row["action"] == OPENED and own:
        return "case_no", Message.of("results.case_there", number=number)
    if row["action"] != OPENED and not own:
        return "case_no", Message.of("results.case_unknown", number=number)
    if own and own[-1]["action"] == CLOSED:
        day, by = str(own[-1]["happened"])[:10], own[-1]["by"]
        return "action", Message.of("results.case_closed", number=number, day=day, by=by)
    if row["step"] != f"{len(own):02}":
        return "step", Message.of("results.case_step", number=number, step=row["step"], next=f"{len(own):02}")
    for name in _SAME if own else ():
        if not _equal(row[name], own[0][name]):
            return name, Message.of("results.case_other", number=number, value=own[0][name])
    return None


def _dates(row: Row, own: list[Row], visited: pd.Timestamp | None) -> tuple[str, Message] | None:
    number = row["case_no"]
    if own and row["happened"] < own[-1]["happened"]:
        last = str(own[-1]["happened"])[:10]
        return "happened", Message.of("results.case_before", number=number, last=last)
    if visited is not None and row["happened"] < visited:
        return "happened", Message.of("results.case_before_visit", number=number, day=str(visited)[:10])
    if pd.notna(row["due"]) and row["due"] < row["happened"]:
        day = str(row["happened"])[:10]
        return "due", Message.of("results.case_due_before", number=number, due=str(row["due"])[:10], day=day)
    return None


def _equal(one: object, other: object) -> bool:
    return one == other or bool(pd.isna(one) and pd.isna(other))  # type: ignore[call-overload]  # cells of frames


def _says_the_same(row: Row, old: Row) -> bool:
    return all(_equal(row[name], old[name]) for name in STEP_COLUMNS)
