from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from supervision.directory.register import CORRECTION
from supervision.errors import SupervisionError
from supervision.store import migrations
from supervision.store.layout import layout, register_ddl
from supervision.store.store import Store


def run(path, *statements):
    """Change a store behind the program's back."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_new_store_is_empty_and_in_wal_mode(store):
    """A new store opens, has every register and no round, and leaves no temporary file."""
    again = Store.open(store.path)
    assert again.rounds() == [] and again.register("entities", on=date(2026, 1, 1)).empty
    with closing(sqlite3.connect(store.path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert not list(store.path.parent.glob("*.part*"))


def test_an_older_store_is_brought_up_to_date(store, put, offices, monkeypatch):
    """A migration that came later runs once, and what was in the store stays."""
    put(store, "offices", offices(("a", "甲", "2026-01-01")))
    ran = []

    def second(database):
        ran.append(1)
        database.execute("CREATE TABLE later (x)")

    monkeypatch.setattr(migrations, "MIGRATIONS", [*migrations.MIGRATIONS, second])
    for _ in range(2):
        opened = Store.open(store.path)
    assert ran == [1] and opened.register("offices", on=date(2026, 12, 1))["name"].tolist() == ["甲"]


def test_a_migration_that_fails_changes_nothing(store, monkeypatch):
    """A store whose migration breaks off still has its old version, and opens with the old program."""

    def broken(database):
        database.execute("CREATE TABLE later (x)")
        database.execute("no such statement")

    monkeypatch.setattr(migrations, "MIGRATIONS", [*migrations.MIGRATIONS, broken])
    with pytest.raises(SupervisionError) as error:
        Store.open(store.path)
    assert error.value.code == "store.failed"
    monkeypatch.undo()
    with closing(sqlite3.connect(store.path)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'later'").fetchone() == (0,)
    Store.open(store.path)


def test_two_visits_a_day_fit_into_an_older_store(store, put):
    """A history from before visits and corrections were told apart keeps its rows, and takes a day's second visit."""
    columns = dict(layout("history").columns)
    row = {"unit_id": "u", "agency": "market", "item_id": "i", "kind": "routine", "result": "1"}
    days = {"date": "2026-05-18", "known_on": "2026-05-20"}
    first = pd.DataFrame([row | days]).reindex(columns=list(columns)).astype(columns)
    before = {name: dtype for name, dtype in columns.items() if name != CORRECTION.name}
    old = replace(layout("history"), key=("unit_id", "agency", "item_id", "date"), columns=before)
    run(store.path, "DROP TABLE history", register_ddl(old), "PRAGMA user_version = 1")
    run(
        store.path,
        "INSERT INTO history (unit_id, agency, item_id, date, kind, result, known_on) "
        "VALUES ('u', 'market', 'i', '2026-05-18', 'routine', '1', '2026-05-20')",
    )
    opened = Store.open(store.path)
    pd.testing.assert_frame_equal(opened.register("history", on=date(2026, 12, 1)), first)
    assert put(opened, "history", first).unchanged == 1
    assert put(opened, "history", first.assign(visit_no="2")).inserted == 1
    assert opened.register("history", on=date(2026, 12, 1))["visit_no"].fillna("-").tolist() == ["-", "2"]


def test_a_register_gets_its_new_columns(store, put, offices):
    """A store from before a column or a register existed gets it, wherever the column stands, and can be filled."""
    put(store, "offices", offices(("a", "甲", "2026-01-01")))
    run(store.path, "ALTER TABLE offices DROP COLUMN address", "DROP TABLE caps", "ALTER TABLE offices ADD COLUMN gone")
    opened = Store.open(store.path)
    assert opened.register("caps", on=date(2026, 12, 1)).empty
    later = offices(("a", "甲", "2026-02-01"), ("b", "乙", "2026-02-01")).assign(address="人民路1号")
    assert put(opened, "offices", later).inserted == 2
    run(store.path, "DELETE FROM offices")
    assert put(opened, "offices", later).inserted == 2
    assert put(opened, "offices", later).unchanged == 2
    found = opened.register("offices", on=date(2026, 12, 1))
    assert found["address"].tolist() == ["人民路1号"] * 2 and found["name"].tolist() == ["甲", "乙"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda path: run(path, "PRAGMA user_version = 99"), "store.newer"),
        (lambda path: run(path, "PRAGMA application_id = 7"), "store.not_a_store"),
        (lambda path: path.write_bytes(b"text" * 5000), "store.not_a_store"),
        (lambda path: path.write_bytes(b""), "store.not_a_store"),
        (lambda path: path.unlink(), "store.missing"),
    ],
)
def test_what_is_not_a_store_of_this_program_is_refused(store, change, code):
    """A newer store, another database, another file and no file at all are told apart."""
    change(store.path)
    with pytest.raises(SupervisionError) as error:
        Store.open(store.path)
    assert error.value.code == code
    assert str(store.path) in error.value.text("zh") and str(store.path) in error.value.text("en")


def test_create_does_not_overwrite(store):
    """A second `create` at the same place is refused."""
    with pytest.raises(SupervisionError) as error:
        Store.create(store.path)
    assert error.value.code == "store.exists"
