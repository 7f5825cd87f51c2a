"""Kept digests of registers: never another one than that of the rows, and not made again while nothing changes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from supervision.errors import SupervisionError
from supervision.store import kept_digests, log, soundness
from supervision.store import store as stores
from supervision.store.layout import layout
from supervision.store.register_versions import register_digest

ON = date(2026, 12, 1)
FIRST = (("a", "甲", "2026-01-01"), ("b", "乙", "2026-02-01"))


@pytest.fixture
def made(monkeypatch):
    """Return the list of the registers whose digest is made from their rows, as it grows."""
    found = []

    def counted(path, kind, *, on, hash_name):
        found.append(kind)
        return register_digest(path, kind, on=on, hash_name=hash_name)

    monkeypatch.setattr(stores, "register_digest", counted)
    return found


def change(store, *statements):
    """Change a store behind the program's back, as with any tool for SQLite."""
    with closing(sqlite3.connect(store.path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def right(store, *, on=ON, hash_name="sha256"):
    """Tell whether the digest that the store gives is that of the rows."""
    said = store.register_digests(on=on, hash_name=hash_name)["offices"]
    return said == register_digest(store.path, "offices", on=on, hash_name=hash_name)


def test_the_digest_of_an_import_is_kept(store, put, offices, made):
    """After a register's first import its digest is there, for every day from the newest row on, and for no other."""
    put(store, "offices", offices(*FIRST))
    assert right(store) and right(store, on=date(2026, 2, 1)) and right(store, on=date.max)
    assert "offices" not in made
    assert right(store, on=date(2026, 1, 31)) and made.count("offices") == 1


def test_a_digest_is_made_once(store, put, offices, made):
    """A digest that had to be made stands for that day and that hash, and for no other, until a row changes."""
    put(store, "offices", offices(*FIRST))
    put(store, "offices", offices(("a", "新", "2026-03-01")))
    for _ in range(2):
        assert right(store) and right(store, hash_name="sm3")
    assert made.count("offices") == 2 and len(made) == 2 * len(set(made))
    assert right(store, on=date(2026, 2, 28)) and made.count("offices") == 3
    assert right(store, on=date(2026, 2, 28), hash_name="sm3") and made.count("offices") == 4


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE offices SET name = '丙' WHERE office_id = 'a'",
        "DELETE FROM offices WHERE office_id = 'a'",
        "DELETE FROM offices",
        "INSERT INTO offices (office_id, known_on) VALUES ('c', '2026-01-01')",
        "INSERT OR REPLACE INTO offices (office_id, known_on, name) VALUES ('a', '2026-01-01', '丙')",
    ],
)
@pytest.mark.parametrize("later", [False, True])
def test_rows_edited_by_hand_are_hashed_anew(store, put, offices, statement, later):
    """Whatever tool changes a row, the digest is that of the rows as they stand, kept from an import or made."""
    put(store, "offices", offices(*FIRST))
    if later:
        put(store, "offices", offices(("d", "丁", "2026-03-01")))
    before = store.register_digests(on=ON, hash_name="sha256")
    change(store, statement)
    assert right(store)
    after = store.register_digests(on=ON, hash_name="sha256")
    assert {kind for kind in before if before[kind] != after[kind]} == {"offices"}


def test_versions_of_a_first_import_are_not_its_digest(store, put, offices):
    """A first file with two versions of one key has another digest than the register that it makes."""
    put(store, "offices", offices(*FIRST, ("a", "新", "2026-02-01")))
    assert right(store) and right(store, on=date(2026, 1, 1))


def test_a_second_import_forgets(store, put, offices):
    """Rows of a later import change the digest; the same rows again, or a contradiction, leave it as it is."""
    put(store, "offices", offices(*FIRST))
    first = store.register_digests(on=ON, hash_name="sha256")["offices"]
    put(store, "offices", offices(*FIRST))
    put(store, "offices", offices(("a", "别", "2026-01-01")))
    assert right(store) and store.register_digests(on=ON, hash_name="sha256")["offices"] == first
    put(store, "offices", offices(("c", "丙", "2026-03-01")))
    assert right(store) and store.register_digests(on=ON, hash_name="sha256")["offices"] != first


def test_rows_that_change_while_a_digest_is_made_are_not_missed(store, put, offices, monkeypatch):
    """A digest is not kept where the register changed between reading it and keeping it."""
    put(store, "offices", offices(*FIRST))
    put(store, "offices", offices(("a", "新", "2026-03-01")))

    def slow(path, kind, *, on, hash_name):
        found = register_digest(path, kind, on=on, hash_name=hash_name)
        if kind == "offices":
            change(store, "UPDATE offices SET name = '丙' WHERE office_id = 'b'")
        return found

    with monkeypatch.context() as patched:
        patched.setattr(stores, "register_digest", slow)
        store.register_digests(on=ON, hash_name="sha256")
    assert right(store)


def test_an_import_that_breaks_off_keeps_nothing(store, put, offices, monkeypatch):
    """Where an import's transaction fails, rows, triggers and digests are as they were before it."""
    store.register_digests(on=ON, hash_name="sha256")

    def broken(*_, **__):
        raise SupervisionError("store.failed", path=store.path, reason="-")

    monkeypatch.setattr(log, "append", broken)
    with pytest.raises(SupervisionError):
        put(store, "offices", offices(*FIRST))
    monkeypatch.undo()
    assert right(store) and store.register("offices", on=ON).empty
    change(store, "INSERT INTO offices (office_id, known_on) VALUES ('c', '2026-01-01')")
    assert right(store)


@pytest.mark.parametrize("event", kept_digests.EVENTS)
def test_a_digest_without_its_triggers_counts_for_nothing(store, put, offices, event):
    """Who takes a trigger away has the digest made anew, and the triggers come back with it."""
    put(store, "offices", offices(*FIRST))
    trigger = f"kept_digests_offices_{event.lower()}"
    change(store, f"DROP TRIGGER {trigger}", "UPDATE offices SET name = '丙' WHERE office_id = 'a'")
    assert right(store)
    change(store, "UPDATE offices SET name = '丁' WHERE office_id = 'a'", "DELETE FROM offices WHERE office_id = 'b'")
    assert right(store)


def test_a_new_column_has_a_new_digest(store, put, offices):
    """A digest of other columns than the register has by now is not taken for one of it."""
    put(store, "offices", offices(*FIRST))
    change(store, "UPDATE kept_digests SET header = 'office_id,name', digest = 'ab'")
    assert right(store)


def test_the_triggers_are_those_of_each_register(store, put, offices):
    """A change of one register leaves the digests of the others; every register has its three triggers."""
    put(store, "offices", offices(*FIRST))
    store.register_digests(on=ON, hash_name="sha256")
    with closing(sqlite3.connect(store.path)) as connection:
        rows = connection.execute("SELECT tbl_name, count(*) FROM sqlite_schema WHERE type = 'trigger' GROUP BY 1")
        assert dict(rows) == dict.fromkeys(store.register_digests(on=ON, hash_name="sha256"), len(kept_digests.EVENTS))


def test_an_examination_finds_rows_that_are_not_those_of_the_digest(store, put, offices):
    """Whoever takes the triggers away, changes a row and puts them back is found by making all digests again."""
    put(store, "offices", offices(*FIRST))
    told = []
    assert soundness.register_faults(store.path, lambda *said: told.append(said)) == (1, [])
    assert told == [("store.comparing", 1, 1)]
    with closing(sqlite3.connect(store.path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    gone = [f"DROP TRIGGER {name}" for name, _ in rows]
    change(store, *gone, "UPDATE offices SET name = '丙' WHERE office_id = 'a'", *(sql for _, sql in rows))
    assert soundness.register_faults(store.path, lambda *_: None) == (1, ["offices"])


def test_a_store_without_kept_digests_has_none_to_examine(store):
    """A store from before digests were kept is examined as ever, and gives its digests."""
    assert soundness.register_faults(store.path, lambda *_: None) == (0, [])
    assert right(store)
    assert soundness.register_faults(store.path, lambda *_: None)[0] == len(stores.kinds())


def test_a_register_with_another_key_forgets(store, put, offices):
    """A table that was written anew under the register's name has none of the triggers, and so no digest."""
    put(store, "offices", offices(*FIRST))
    columns = ", ".join(f'"{name}"' for name in layout("offices").columns)
    with closing(sqlite3.connect(store.path)) as connection:
        ddl = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'offices'").fetchone()[0]
    change(
        store,
        'ALTER TABLE offices RENAME TO "offices before"',
        ddl,
        f"INSERT INTO offices ({columns}) SELECT {columns} FROM \"offices before\" WHERE office_id = 'a'",
        'DROP TABLE "offices before"',
    )
    assert right(store)
    change(store, "DELETE FROM offices")
    assert right(store)
