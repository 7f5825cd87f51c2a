from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from supervision.errors import SupervisionError
from supervision.store import migrations
from supervision.store.connection import PAGE, connected
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
    """A history from before visits were told apart keeps its rows, and takes a second visit of the same day."""
    columns = dict(layout("history").columns)
    row = {"unit_id": "u", "agency": "market", "item_id": "i", "kind": "routine", "result": "1"}
    days = {"date": "2026-05-18", "known_on": "2026-05-20"}
    first = pd.DataFrame([row | days]).reindex(columns=list(columns)).astype(columns)
    early = {name: dtype for name, dtype in columns.items() if not name.startswith("correction")}
    old = replace(layout("history"), key=("unit_id", "agency", "item_id", "date"), columns=early)
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


def overwrite(path, at, content):
    """Overwrite bytes of a file, as a failing disk or a copy that broke off leaves it."""
    body = path.read_bytes()
    path.write_bytes(body[:at] + content + body[at + len(content) :])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:-PAGE]), "store.damaged"),
        (lambda path: path.write_bytes(path.read_bytes()[:PAGE]), "store.damaged"),
        (lambda path: path.write_bytes(path.read_bytes()[:5000]), "store.damaged"),
        (lambda path: path.write_bytes(path.read_bytes()[:72]), "store.damaged"),
        (lambda path: path.write_bytes(path.read_bytes()[:71]), "store.not_a_store"),
        (lambda path: overwrite(path, 0, bytes(60)), "store.damaged"),
        (lambda path: overwrite(path, 16, b"\xff\xff"), "store.damaged"),
        (lambda path: overwrite(path, 100, b"\xff" * (PAGE - 100)), "store.damaged"),
        (lambda path: overwrite(path, 100, bytes(PAGE - 100)), "store.damaged"),
        (lambda path: overwrite(path, 0, bytes(100)), "store.not_a_store"),
        (lambda path: overwrite(path, 68, b"text" + b"\xff" * (PAGE - 72)), "store.not_a_store"),
    ],
)
def test_a_damaged_store_is_said_to_be_one(store, change, code):
    """Cut or overwritten, while its header still names this program: what to do is told, in both languages."""
    change(store.path)
    with pytest.raises(SupervisionError) as error:
        Store.open(store.path)
    assert error.value.code == code
    assert str(store.path) in error.value.text("zh")
    assert "supervision restore" in error.value.text("zh")
    assert ("supervision doctor" in error.value.text("en")) == (code == "store.damaged")


def test_damage_that_is_met_later_is_told_as_well(store, put, offices):
    """Pages behind a sound header: whoever reads them, Python's SQLite or the one of whole columns."""
    put(store, "offices", offices(*((str(n), f"名称{n}", "2026-01-01") for n in range(2000))))
    run(store.path, "PRAGMA wal_checkpoint(TRUNCATE)")
    size = store.path.stat().st_size
    overwrite(store.path, 2 * PAGE, b"\xee" * (size - 2 * PAGE))
    for read in (
        lambda: store.register("offices", on=date(2026, 12, 1)),
        lambda: _counted(store.path),
    ):
        with pytest.raises(SupervisionError) as error:
            read()
        assert error.value.code == "store.damaged"


def _counted(path):
    with connected(path) as database:
        database.execute("SELECT count(name) FROM offices").fetchall()


def test_create_does_not_overwrite(store):
    """A second `create` at the same place is refused."""
    with pytest.raises(SupervisionError) as error:
        Store.create(store.path)
    assert error.value.code == "store.exists"


def test_a_register_gets_its_new_key(store):
    """Caps of a store from before caps had fields and kinds keep their rows, and can then differ in them."""
    words = ", ".join(f"{name} TEXT NOT NULL" for name in ("agency", "category", "from_date", "known_on"))
    run(
        store.path,
        "DROP TABLE caps",
        f"CREATE TABLE caps ({words}, per_year INTEGER, "
        "PRIMARY KEY (agency, category, from_date, known_on)) WITHOUT ROWID",
        "INSERT INTO caps VALUES ('market', '*', '2026-01-01', '2026-01-02', 1)",
    )
    opened = Store.open(store.path)
    found = opened.register("caps", on=date(2026, 12, 1))
    assert found[["agency", "per_year", "counted_by"]].to_numpy().tolist() == [["market", 1, "unit"]]
    assert found["field"].isna().all()
    again = found.assign(per_year=2)
    assert len(put_caps(opened, again).conflicts) == 1
    assert put_caps(opened, found.assign(field="客运", per_year=2)).inserted == 1
    assert sorted(opened.register("caps", on=date(2026, 12, 1))["per_year"]) == [1, 2]


def put_caps(store, rows):
    """Insert rows into the caps register."""
    return store.insert("caps", rows, who="tester", at="2026-12-01T00:00:00+08:00", source_digest="0" * 64)
