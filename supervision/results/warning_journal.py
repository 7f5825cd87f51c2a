"""Journal of warnings (预警处置台账): from the steps on record to where each warning stands, and what may come next.

A warning is opened with step 00, followed up, handed over to another office, closed.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from supervision.messages import Message
from supervision.results.step_journal import Fault, Journal, Row

HANDED_OVER = "handed_over"
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
JOURNAL = Journal(name="warning", number="warning_no", columns=STEP_COLUMNS, kept=("signal", "unit_id"))


def states(steps: pd.DataFrame) -> pd.DataFrame:
    """Return where each warning stands (预警现状), `STATE_COLUMNS`, sorted by number: see `Journal.ends`.

    `steps`: `STEP_COLUMNS`. `office_id` is the one that has it now; `raised` (datetime64[s]) the day of the first step.
    """
    first, last = JOURNAL.ends(steps)
    found = first.assign(office_id=last["office_id"], raised=first["happened"])
    for name in ("evidence", "hand_over"):
        found[name] = found[name].astype("str").fillna("")
    return found[list(STATE_COLUMNS)]


def faults(rows: pd.DataFrame, on_record: pd.DataFrame) -> Iterator[tuple[int, str, Message]]:
    """Yield what may not be put beside the steps on record (不得登记的步骤): see `Journal.faults`."""

    def further(row: Row, own: list[Row]) -> Fault | None:
        return JOURNAL.before_last(row, own) or JOURNAL.other_matter(row, own)

    return JOURNAL.faults(rows, on_record, further)
