"""What is kept apart from the log: the end of each step, and to which step a file belongs."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from supervision.store import completeness

AT = "2026-11-01T09:00:00+08:00"


def put(store, name, **files):
    """Run a step that puts these files."""
    with store.step("2026-12", name, who="zhang", at=AT, inputs={}) as step:
        for path, content in files.items():
            step.put(path, content)


def test_a_file_that_another_step_took_over_is_its_own(store):
    """A file belongs to the step that put it last, also where that step no longer puts it; what it left is missed."""
    put(store, "draft", a=b"1", b=b"2")
    put(store, "final", a=b"3")
    assert completeness.lost_files(store.path) == ([], [])
    put(store, "final", c=b"4")
    assert store.paths("2026-12") == ["b", "c"]
    assert completeness.lost_files(store.path) == ([], [])
    with closing(sqlite3.connect(store.path)) as database, database:
        database.execute("DELETE FROM files WHERE path IN ('b', 'c')")
    assert completeness.lost_files(store.path) == ([("2026-12", "b"), ("2026-12", "c")], [])


def test_an_entry_that_was_not_kept_apart_speaks_for_itself(store):
    """Where an earlier version of this program ran a step again, what the step put before is not asked for."""
    put(store, "draft", a=b"1")
    with closing(sqlite3.connect(store.path)) as database:
        before = database.execute("SELECT * FROM last_entries").fetchall()
    put(store, "draft", b=b"2")
    with closing(sqlite3.connect(store.path)) as database, database:
        database.execute("DELETE FROM last_entries")
        database.executemany("INSERT INTO last_entries VALUES (?, ?, ?, ?, ?)", before)
    assert completeness.lost_files(store.path) == ([], [])
    assert completeness.lost_entries(store.path) == {}
