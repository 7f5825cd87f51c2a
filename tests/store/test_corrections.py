"""Corrections in the store (更正版本): the last correction of a day is the latest, and every version stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

import pandas as pd

from supervision.store.layout import layout, register_ddl
from supervision.store.store import Store

ON = date(2026, 12, 9)


def results(*rows):
    """Return rows of results: (round, visit_id, result, known_on, correction)."""
    frame = pd.DataFrame(rows, columns=["round", "visit_id", "result", "known_on", "correction"], dtype="str")
    frame["known_on"] = frame["known_on"].astype("datetime64[s]")
    return frame.assign(unit_id="U", item_id="food", agency="market", inspected_on=pd.Timestamp("2026-12-03"))


def said(frame):
    """Return visit, result, day and correction of each row."""
    return [[*row[:2], str(row[2])[:10], row[3]] for row in frame[SHOWN].astype("object").fillna("").values.tolist()]


SHOWN = ["visit_id", "result", "known_on", "correction"]


def test_the_last_correction_of_the_day_is_the_latest(store, put):
    """On one day an original and two corrections are three versions of one row, and the second correction counts."""
    put(store, "results", results(("2026-12", "U~1", "1", "2026-12-09", None)))
    put(store, "results", results(("2026-12", "U~1", "E", "2026-12-09", "01")))
    done = put(store, "results", results(("2026-12", "U~1", "A", "2026-12-09", "02")))
    assert (done.inserted, len(done.conflicts)) == (1, 0)
    assert said(store.register("results", on=ON)) == [["U~1", "A", "2026-12-09", "02"]]
    assert said(store.register("results", on=date(2026, 12, 8))) == []
    assert said(store.versions("results", of=["2026-12"])) == [
        ["U~1", "1", "2026-12-09", ""],
        ["U~1", "E", "2026-12-09", "01"],
        ["U~1", "A", "2026-12-09", "02"],
    ]


def test_a_later_day_goes_before_a_correction(store, put):
    """What is known later is later, whatever was corrected before."""
    put(store, "results", results(("2026-12", "U~1", "E", "2026-12-09", "01")))
    put(store, "results", results(("2026-12", "U~1", "1", "2026-12-10", None)))
    assert said(store.register("results", on=date(2026, 12, 10))) == [["U~1", "1", "2026-12-10", ""]]
    assert said(store.register("results", on=ON)) == [["U~1", "E", "2026-12-09", "01"]]


def test_the_same_again_and_another_value(store, put):
    """The same original after a correction is unchanged; another value under its number contradicts the record."""
    put(store, "results", results(("2026-12", "U~1", "1", "2026-12-09", None)))
    put(store, "results", results(("2026-12", "U~1", "E", "2026-12-09", "01")))
    again = put(store, "results", results(("2026-12", "U~1", "1", "2026-12-09", None)))
    assert (again.inserted, again.unchanged) == (0, 1)
    other = put(store, "results", results(("2026-12", "U~1", "A", "2026-12-09", "01")))
    assert other.conflicts[["correction", "column", "stored", "offered"]].values.tolist() == [
        ["01", "result", "E", "A"]
    ]


def test_versions_of_some_rows_since_a_day(store, put):
    """Only the ids asked for, few or many, and only what was known since the day."""
    put(
        store,
        "results",
        results(("2026-12", "U~1", "1", "2026-12-09", None), ("2026-11", "U~1", "1", "2026-11-09", None)),
    )
    put(store, "results", results(("2026-12", "U~1", "E", "2026-12-10", "01"), ("x'y", "U~1", "1", "2026-12-09", None)))
    assert [row[1] for row in said(store.versions("results", of=["2026-12"], since=date(2026, 12, 10)))] == ["E"]
    many = ["2026-12", "x'y", *(f"none-{number}" for number in range(200))]
    assert len(store.versions("results", of=many)) == 3
    assert len(store.versions("results", of=["x'y"])) == 1
    assert len(store.versions("results", of=[])) == 0
    assert store.versions("results", of=[]).dtypes.to_dict() == store.register("results", on=ON).dtypes.to_dict()
    assert store.corrected("results") == ["2026-12"]


def test_an_older_stores_rows_move_under_the_new_key(store, put):
    """A register whose key grew is written anew when the store is opened: no row is lost, new columns are blank."""
    put(store, "results", results(("2026-12", "U~1", "1", "2026-12-09", None)))
    table = layout("results")
    older = [name for name in table.columns if not name.startswith("correction")]
    with closing(sqlite3.connect(store.path)) as connection:
        kept = ", ".join(f'"{name}"' for name in older)
        connection.execute(f"CREATE TABLE before AS SELECT {kept} FROM results")
        connection.execute("DROP TABLE results")
        types = ", ".join(f'"{name}" TEXT' for name in older)
        connection.execute(
            f"CREATE TABLE results ({types}, PRIMARY KEY (round, visit_id, item_id, known_on)) WITHOUT ROWID"
        )
        connection.execute("INSERT INTO results SELECT * FROM before")
        connection.execute("DROP TABLE before")
        connection.commit()
    opened = Store.open(store.path)
    assert said(opened.register("results", on=ON)) == [["U~1", "1", "2026-12-09", ""]]
    with closing(sqlite3.connect(store.path)) as connection:
        made = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'results'").fetchone()[0]
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert made == register_ddl(table)
    assert "results before" not in tables
    assert put(opened, "results", results(("2026-12", "U~1", "E", "2026-12-09", "01"))).inserted == 1


def test_two_visits_of_a_day_are_two_records(store, put):
    """History knows a visit by its number: one unit, item and day with two numbers, and one without, are three rows."""
    rows = pd.DataFrame({"visit_no": ["v1", "v2", None]}, dtype="str").assign(
        unit_id="U", agency="market", item_id="food", kind="routine", result="1"
    )
    rows = rows.assign(date=pd.Timestamp("2026-12-03").as_unit("s"), known_on=pd.Timestamp("2026-12-09").as_unit("s"))
    assert put(store, "history", rows).inserted == 3
    assert store.register("history", on=ON)["visit_no"].fillna("").tolist() == ["", "v1", "v2"]
