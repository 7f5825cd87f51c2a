"""How long a result is shown (公示期): until its term ends or its unit's credit is repaired, whichever is first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

RULE = "shared/result_display"
KEY = ["visit_id", "item_id"]
REPAIR = "repair"


@dataclass(frozen=True, kw_only=True, eq=False)
class Display:
    """Public rows on a day (某日的公示结果): those that are shown, and how many left the page and why."""

    rows: pd.DataFrame
    expired: int
    repaired: int


def shown(
    rows: pd.DataFrame,
    *,
    published: pd.DataFrame,
    events: pd.DataFrame,
    round_id: str,
    term: Mapping[str, Any],
    on: date,
) -> Display:
    """Return the public rows that may be shown on a day (当日可公示的结果).

    `rows`: visit_id, unit_id, item_id, category; `published`: visit_id, item_id, published_on (the first day);
    `events`: unit_id, kind, happened, repaired_no, as known on that day; `term`: value of rule shared/result_display.
    A row is shown through the day that many months after its publication, the last of a month that has no such day. A
    repair (信用修复) names the result that it ends in repaired_no, "round/visit" or "round/visit/item", and takes it
    off the page from the day it happened.
    """
    day = pd.Timestamp(on)
    first = rows[KEY].merge(published, on=KEY, how="left", validate="many_to_one")["published_on"]
    minor = rows["category"].isin(list(term["minor"]["categories"])).to_numpy()
    long, short = (first + pd.DateOffset(months=int(part["months"])) for part in (term, term["minor"]))
    over = (long.mask(minor, short) < day).to_numpy()
    repairs = events[(events["kind"] == REPAIR) & (events["happened"] <= day)]
    ended = set(zip(repairs["unit_id"], repairs["repaired_no"], strict=True))
    names = zip(rows["unit_id"], rows["visit_id"], rows["item_id"], strict=True)
    repaired = pd.Series(
        [
            (unit, f"{round_id}/{visit}") in ended or (unit, f"{round_id}/{visit}/{item}") in ended
            for unit, visit, item in names
        ],
        dtype="bool",
    ).to_numpy()
    kept = rows[~(over | repaired)].reset_index(drop=True)
    return Display(rows=kept, expired=int((over & ~repaired).sum()), repaired=int(repaired.sum()))
