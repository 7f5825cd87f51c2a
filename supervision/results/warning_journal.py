"""Journal of warnings (预警处置台账): from the steps on record to where each warning stands, and what may come next.

A warning is opened with step 00, followed up, handed over to another office, closed; each step is a row that is never
changed. What is closed stays closed: news is a new warning.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from supervision.messages import Message

OPENED, FOLLOWED, HANDED_OVER, CLOSED = "opened", "followed", "handed_over", "closed"
STEP_COLUMNS = (
    "warning_no",
    "step",
    "action",
    "signal",
    "unit_id",
    "office_id",
    "happened",
    "working_days",
    "text",
    "evidence",
    "hand_over",
    "by",
)
STATE_COLUMNS = (
    "warning_no",
    "signal",
    "unit_id",
    "office_id",
    "raised",
    "working_days",
    "text",
    "evidence",
    "hand_over",
    "steps",
    "done",
    "last",
    "last_by",
    "is_open",
)
RECORDS = "；"
Row = Mapping[Hashable, Any]
_SAME = ("signal", "unit_id")


def states(steps: pd.DataFrame) -> pd.DataFrame:
    """Return where each warning stands (预警现状), `STATE_COLUMNS`, sorted by number.

    `steps`: `STEP_COLUMNS`. `office_id` is the one that has it now; `raised` and `last` (datetime64[s]) the days of the
    first and the last step, `done` the words of the last step after the opening, "" before there is one; `steps`
    (int64) how many there are.
    """
    ordered = steps.sort_values(["warning_no", "step"], kind="stable")
    first = ordered.drop_duplicates("warning_no").reset_index(drop=True)
    last = ordered.drop_duplicates("warning_no", keep="last").reset_index(drop=True)
    many = ordered.groupby("warning_no", sort=False).size().to_numpy()
    found = first.assign(
        office_id=last["office_id"],
        raised=first["happened"],
        steps=many,
        done=last["text"].where(many > 1, ""),
        last=last["happened"],
        last_by=last["by"],
        is_open=last["action"] != CLOSED,
    )
    for name in ("evidence", "hand_over"):
        found[name] = found[name].astype("str").fillna("")
    return found[list(STATE_COLUMNS)]


def faults(rows: pd.DataFrame, on_record: pd.DataFrame) -> Iterator[tuple[int, str, Message]]:
    """Yield what may not be put beside the steps on record (不得登记的步骤): position, column, reason.

    A row that is on record as it stands is no fault. Rows are looked at in order; one at fault is not counted.
    """
    known: dict[str, list[Row]] = {}
    for row in on_record.sort_values(["warning_no", "step"], kind="stable").to_dict("records"):
        known.setdefault(str(row["warning_no"]), []).append(row)
    for place, row in enumerate(rows.to_dict("records")):
        own = known.setdefault(str(row["warning_no"]), [])
        if any(_says_the_same(row, old) for old in own):
            continue
        fault = _fault(row, own)
        if fault is None:
            own.append(row)
        else:
            yield place, *fault


def _fault(row: Row, own: list[Row]) -> tuple[str, Message] | None:
    number = row["warning_no"]
    if row["action"] == OPENED and own:
        return "warning_no", Message.of("results.warning_there", number=number)
    if row["action"] != OPENED and not own:
        return "warning_no", Message.of("results.warning_unknown", number=number)
    if own and own[-1]["action"] == CLOSED:
        day, by = str(own[-1]["happened"])[:10], own[-1]["by"]
        return "action", Message.of("results.warning_closed", number=number, day=day, by=by)
    if row["step"] != f"{len(own):02}":
        return "step", Message.of("results.warning_step", number=number, step=row["step"], next=f"{len(own):02}")
    if own and row["happened"] < own[-1]["happened"]:
        day = str(own[-1]["happened"])[:10]
        return "happened", Message.of("results.warning_before", number=number, last=day)
    for name in _SAME if own else ():
        if row[name] != own[0][name]:
            return name, Message.of("results.warning_other", number=number, value=own[0][name])
    return None


def _says_the_same(row: Row, old: Row) -> bool:
    return all(row[name] == old[name] or (pd.isna(row[name]) and pd.isna(old[name])) for name in STEP_COLUMNS)
