"""Corrections that the public reads (更正公示): when a published result changed, from what to what, and why."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from supervision.domain.items import Task
from supervision.results.public_categories import ResultCodes, disclosed

KEY = ["visit_id", "item_id"]
CORRECTION_COLUMNS = ("visit_id", "unit_id", "agency", "item_id", "corrected_on", "field", "old", "new", "reason")
FIELDS = ("category", "inspected_on")
NOT_PUBLIC = ""


def public_corrections(
    versions: pd.DataFrame, *, tasks: Sequence[Task], drawn: pd.DataFrame, codes: ResultCodes
) -> pd.DataFrame:
    """Return what changed in the public part of results (公示结果的更正), `CORRECTION_COLUMNS`, one row a change.

    `versions`: all versions of a round's results in order, the latest of a result last. `field` is "category" or
    "inspected_on"; `old` and `new` are a category's code, `NOT_PUBLIC` where the result has none, or a day such as
    2026-12-03. What changes inside one category, or is never shown, gives no row. Sorted by corrected_on, unit_id,
    agency, item_id.
    """
    rows = versions[disclosed(versions, tasks=tasks, drawn=drawn)].reset_index(drop=True)
    known = {code: codes.category(code) or NOT_PUBLIC for code in rows["result"].unique()}
    rows["category"] = rows["result"].map(known).astype("str")
    rows["inspected_on"] = rows["inspected_on"].dt.strftime("%Y-%m-%d").astype("str")
    before = rows.groupby(KEY)[list(FIELDS)].shift(1)
    follows = rows.duplicated(KEY).to_numpy()
    parts = []
    for field in FIELDS:
        public = field == "category" or rows["category"].ne(NOT_PUBLIC) | before["category"].ne(NOT_PUBLIC)
        changed = follows & before[field].ne(rows[field]).to_numpy() & public
        part = rows[changed].assign(field=field, old=before.loc[changed, field], new=rows.loc[changed, field])
        parts.append(part.rename(columns={"known_on": "corrected_on", "correction_reason": "reason"}))
    found = pd.concat(parts, ignore_index=True)[list(CORRECTION_COLUMNS)]
    found = found.astype(dict.fromkeys(("field", "old", "new", "reason"), "str")).fillna({"reason": ""})
    order = ["corrected_on", "unit_id", "agency", "item_id", "visit_id"]
    return found.sort_values(order, kind="stable").reset_index(drop=True)
