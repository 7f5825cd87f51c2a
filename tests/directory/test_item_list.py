"""The list of items over time: added, struck off, changed; and which nobody used for years."""

from __future__ import annotations

from datetime import date

import pandas as pd

from supervision.directory.item_list import changes, in_force, unused
from supervision.directory.register import register


def items(*rows: dict[str, object]) -> pd.DataFrame:
    """Return rows of the register items; what a row leaves out is missing."""
    table = pd.DataFrame(list(rows)).reindex(columns=list(register("items").names))
    for column in ("from_date", "until_date", "known_on"):
        table[column] = pd.to_datetime(table[column])
    return table


def test_changes_between_two_days():
    """An item ends on its last day, begins on its first; a changed one says which fields, not when it was known."""
    before = items(
        {"item_id": "a", "name": "甲", "ratio": "3%", "from_date": "2020-01-01", "known_on": "2025-01-01"},
        {"item_id": "b", "name": "乙", "ratio": "3%", "from_date": "2020-01-01", "until_date": "2026-01-01"},
        {"item_id": "c", "name": "丙", "ratio": "3%", "from_date": "2026-06-01"},
        {"item_id": "d", "name": "丁", "ratio": "3%", "from_date": "2020-01-01"},
    )
    after = before.copy()
    after["known_on"] = pd.Timestamp("2026-05-01")
    after.loc[0, ["ratio", "until_date"]] = ["5%", pd.Timestamp("2030-01-01")]
    old, new = in_force(before, date(2026, 1, 1)), in_force(after, date(2026, 6, 1))
    assert (old.index.tolist(), new.index.tolist()) == (["a", "b", "d"], ["a", "c", "d"])
    assert [(one.item_id, one.name, one.kind, one.fields) for one in changes(old, new)] == [
        ("a", "甲", "changed", {"ratio": ("3%", "5%"), "until_date": ("", "2030-01-01")}),
        ("b", "乙", "removed", {}),
        ("c", "丙", "added", {}),
    ]


def test_unused_items():
    """Used on the first day counts as used; a young item and records that are too short are said as such."""
    since = date(2021, 12, 1)
    table = in_force(
        items(
            {"item_id": "new", "name": "新", "from_date": "2021-12-02"},
            {"item_id": "old", "name": "旧", "from_date": "2021-12-01"},
            {"item_id": "rare", "name": "少", "from_date": "2020-01-01"},
            {"item_id": "used", "name": "用", "from_date": "2020-01-01"},
        ),
        date(2026, 12, 1),
    )
    used = pd.DataFrame(
        {
            "item_id": ["used", "rare", "rare"],
            "date": pd.to_datetime(["2021-12-01", "2021-11-30", "2020-05-01"]),
        }
    )
    found = unused(table, used, since=since, records_from=date(2021, 12, 1))
    assert found[["item_id", "state"]].to_numpy().tolist() == [["new", "young"], ["old", "unused"], ["rare", "unused"]]
    assert found["last"].dt.strftime("%F").fillna("").tolist() == ["", "", "2021-11-30"]
    short = unused(table, used, since=since, records_from=date(2021, 12, 2))
    assert short["state"].tolist() == ["young", "unknown", "unknown"]
    nothing = unused(table, used[:0], since=since, records_from=None)
    assert nothing["state"].tolist() == ["young", "unknown", "unknown", "unknown"]
