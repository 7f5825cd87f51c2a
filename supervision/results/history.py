"""Results as evidence (结果转为证据): rows of the register `history`."""

from __future__ import annotations

import pandas as pd

from supervision.results.public_categories import RESULT_COLUMNS, require_columns

HISTORY_COLUMNS = (
    "unit_id",
    "agency",
    "item_id",
    "date",
    "office_id",
    "kind",
    "on_site",
    "result",
    "visit_no",
    "inspector",
    "known_on",
)
ON_SITE = "on_site"


def history_rows(results: pd.DataFrame, *, offices: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Return results as rows of the register `history` (结果转为历次检查记录), next month's evidence.

    `results`: rows of the register `results` with method, inspectors and known_on; `offices`: visit_id, agency,
    office_id, from the calendar; `kind`: routine, for_cause or special. `on_site` (boolean) is missing where no method
    was noted. `inspector` joins the ids. Columns `HISTORY_COLUMNS`. Sorted by the register's key.
    """
    require_columns(results, (*RESULT_COLUMNS, "method", "inspectors", "known_on"), "results")
    require_columns(offices, ("visit_id", "agency", "office_id"), "offices")
    known = offices[["visit_id", "agency", "office_id"]].drop_duplicates(["visit_id", "agency"])
    rows = results.merge(known, on=["visit_id", "agency"], how="left")
    site = [pd.NA if pd.isna(text) else ON_SITE in str(text).split(" ") for text in rows["method"]]
    found = pd.DataFrame(
        {
            "unit_id": rows["unit_id"].astype("str"),
            "agency": rows["agency"].astype("str"),
            "item_id": rows["item_id"].astype("str"),
            "date": rows["inspected_on"].astype("datetime64[s]"),
            "office_id": rows["office_id"].astype("str"),
            "kind": pd.Series(kind, index=rows.index, dtype="str"),
            "on_site": pd.Series(site, index=rows.index, dtype="boolean"),
            "result": rows["result"].astype("str"),
            "visit_no": (rows["round"].astype("str") + "/" + rows["visit_id"].astype("str")).astype("str"),
            "inspector": rows["inspectors"].astype("str"),
            "known_on": rows["known_on"].astype("datetime64[s]"),
        },
        columns=list(HISTORY_COLUMNS),
    )
    return found.sort_values(["unit_id", "agency", "item_id", "date"], kind="stable").reset_index(drop=True)
