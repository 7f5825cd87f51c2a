"""Standing of registers: rows of every version, and the last import that changed each."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from supervision.errors import SupervisionError
from supervision.store.store import Store

COLUMNS = ["office_id", "department", "region", "name", "known_on"]


def put(store, name, day, who):
    """Import one office as it was known on a day."""
    row = pd.DataFrame([["m-1", "market", "320505", name, pd.Timestamp(day)]], columns=COLUMNS)
    good = row.astype({"known_on": "datetime64[s]"})
    store.insert("offices", good, who=who, at=f"{day}T09:00:00+08:00", source_digest="0" * 64)


def test_rows_and_the_last_import(tmp_path):
    """Every version counts; the last import that brought something is told, others are not."""
    store = Store.create(tmp_path / "x.db")
    assert (store.last_imports(), store.row_count("offices")) == ({}, 0)
    put(store, "甲", date(2026, 1, 5), "a")
    store.keep_mapping("x", b"kind: events\n", who="m", at="2026-01-06T00:00:00+08:00")
    put(store, "乙", date(2026, 2, 5), "b")
    put(store, "乙", date(2026, 2, 5), "c")
    found = store.last_imports()
    assert list(found) == ["offices"]
    assert (found["offices"].who, found["offices"].at, found["offices"].seq) == ("b", "2026-02-05T09:00:00+08:00", 3)
    assert store.row_count("offices") == 2


def test_a_register_that_is_none(tmp_path):
    """It is refused before anything is asked of the database."""
    with pytest.raises(SupervisionError) as refused:
        Store.create(tmp_path / "x.db").row_count("log")
    assert refused.value.code == "store.unknown_kind"
