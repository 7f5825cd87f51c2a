"""Copies of registers by columns: never other rows than the database's, and never in anybody's way."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from supervision.errors import SupervisionError
from supervision.store import bulk, column_copies, kept_digests, register_rows, soundness
from supervision.store import store as stores
from supervision.store.connection import connected, files_folder, sole_writer
from supervision.store.layout import layout
from supervision.store.register_versions import register_digest
from supervision.store.store import Store

ON = date(2026, 12, 1)
DAYS = ["2026-10-01", "2026-11-01", "2026-12-01"]
TEXTS = some.one_of(some.none(), some.sampled_from(["", "甲", 'x,"y"', "a b", "é"]))


@pytest.fixture(autouse=True)
def large(monkeypatch):
    """Every store counts as large, and five rows as many; a reading comes in pieces of three rows."""
    monkeypatch.setattr(stores, "LARGE", 0)
    monkeypatch.setattr(column_copies, "MANY", 5)
    monkeypatch.setattr(bulk, "ROWS", 3)
    monkeypatch.setattr(register_rows, "CHUNK", 3)


@pytest.fixture
def scans(monkeypatch):
    """Return the list of what is read of the database as it grows: register and columns."""
    found, scan = [], bulk.scan

    def seen(path, table, columns, **how):
        found.append((table, len(columns)))
        return scan(path, table, columns, **how)

    monkeypatch.setattr(bulk, "scan", seen)
    return found


def filled(store, put, offices, *, name="甲", day=DAYS[0]):
    """Put twenty offices."""
    return put(
        store, "offices", offices(*((f"o{number:02}", name, day) for number in range(20))), source=f"{name}{day}"
    )


def copies(store):
    """Return the files in the folder of copies."""
    folder = files_folder(store.path) / column_copies.FOLDER
    return sorted(folder.iterdir()) if folder.exists() else []


def on_record(store, kind="offices"):
    """Return the digest of a register's copy that counts."""
    with connected(store.path) as database:
        return kept_digests.copy_of(database, kind)


def change(store, statement, *values):
    """Change a store behind the program's back, as with any tool for SQLite."""
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute(statement, values)


def units(rows):
    """Return enterprises of drawn cells: id, day, and a cell of each type."""
    frame = pd.DataFrame(
        [
            {"unit_id": unit, "known_on": DAYS[day], "name": name, "established": DAYS[when] if when < 3 else None,
             "employees": many, "capital": share, "above_scale": truth, "tags": name, "type": "企业"}
            for (unit, day), (name, when, many, share, truth) in rows.items()
        ]
    ).reindex(columns=list(layout("entities").columns))  # fmt: skip
    return frame.astype(dict(layout("entities").columns))


CELLS = some.tuples(
    TEXTS,
    some.integers(0, 3),
    some.none() | some.integers(0, 9),
    some.none() | some.floats(0, 9, allow_nan=False),
    some.none() | some.booleans(),
)
ROWS = some.dictionaries(
    some.tuples(some.sampled_from("abcdefgh"), some.integers(0, 2)), CELLS, min_size=6, max_size=20
)


@pytest.mark.parametrize("small", [False, True])
def test_a_register_that_is_coming(store, put, offices, monkeypatch, scans, small):
    """It is read as it was when it was asked for, from the copy alone, and from the database where there is none."""
    monkeypatch.setattr(column_copies, "MANY", 99 if small else 5)
    filled(store, put, offices)
    want = store.register("offices", on=ON, columns=["name", "office_id"], coded=["name"])
    scans.clear()
    coming = store.coming("offices", on=ON, columns=["name", "office_id"], coded=["name"])
    assert scans == []
    if not small:
        filled(store, put, offices, name="乙", day=DAYS[1])
        scans.clear()
    pd.testing.assert_frame_equal(coming(), want)
    assert len(scans) == (2 if small else 0)
    with pytest.raises(SupervisionError, match="nothing"):
        store.coming("offices", on=ON, columns=["nothing"])


@pytest.mark.parametrize("before", range(4))
@pytest.mark.parametrize("many", [1, 2, 3, 4, 9, 14, 18])
def test_versions_of_a_key_across_the_middle(store, put, offices, before, many):
    """A copy is read in two halves: however a key's versions lie between them, its last one is told, and once."""
    rows = [(f"o{number:02}", "甲", DAYS[0]) for number in range(before)]
    rows += [("o50", f"第{number}版", f"2026-1{number // 9}-{number % 9 + 10}") for number in range(many)]
    rows += [(f"o{number:02}", "乙", DAYS[0]) for number in range(51, 59)]
    put(store, "offices", offices(*rows))
    found = store.register("offices", on=ON, columns=["office_id", "name"])
    assert len(copies(store)) == 1
    assert found["office_id"].tolist() == sorted({row[0] for row in rows})
    assert found["name"].tolist() == ["甲"] * before + [f"第{many - 1}版"] + ["乙"] * 8
    with column_copies.standing(store.path, layout("offices")) as copy:
        assert copy is not None
        halves = copy.halves(on=ON, columns=("office_id",))
        assert many > 3 or len(halves) == 2  # of more, a whole part of the copy may be one key's
        told = [chunk["office_id"].to_pylist() for half in halves for chunk in half]
    assert [unit for part in told for unit in part] == found["office_id"].tolist()


@given(rows=ROWS, on=some.sampled_from([*DAYS, "2026-10-15", "2020-01-01"]), cut=some.integers(1, 20),
       again=some.integers(0, 3), few=some.sampled_from([1, 99]))  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_a_copy_says_what_the_database_says(tmp_path_factory, rows, on, cut, again, few):
    """Rows of any types and versions, of any day, whole or some columns, coded or left out by a truth value.

    They come at once or in two imports, the second with some rows of the first that say something else now; the copy
    is renewed with the second, or made anew by who reads it.
    """
    store = Store.create(tmp_path_factory.mktemp("copy") / "supervision.db")
    frame = units(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(column_copies, "FEW", few)
        for number, part in enumerate([frame.iloc[:cut], frame.iloc[max(0, cut - again) :].assign(tags="另")]):
            store.insert("entities", part, who="zhang", at="2026-11-01T09:00:00+08:00", source_digest=str(number))
    if few == 1 and 5 < cut < len(frame):
        assert on_record(store, "entities")
    kept = store.register_digests(on=date.max, hash_name="sha256")["entities"]
    assert kept == register_digest(store.path, "entities", on=date.max, hash_name="sha256")
    day, wanted = date.fromisoformat(on), ["name", "capital", "unit_id", "known_on"]

    def read():
        return (
            store.register("entities", on=day),
            store.register("entities", on=day, columns=wanted),
            store.register("entities", on=day, columns=["unit_id"], unless="above_scale"),
            store.register("entities", on=day, columns=["tags"], coded=["tags"]).astype("str"),
        )

    by_copy = read()
    assert len(frame) <= 5 or on_record(store, "entities")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stores, "LARGE", 2**60)
        by_rows = read()
    for one, other in zip(by_copy, by_rows, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_the_first_import_makes_a_copy(store, put, offices, scans):
    """Only the first one of many rows; the register is then read without the database, of any day."""
    filled(store, put, offices)
    digest = on_record(store)
    assert [place.name for place in copies(store)] == [digest]
    assert len(store.register("offices", on=ON)) == 20 and store.register("offices", on=date(2026, 9, 1)).empty
    assert scans == []
    for place in (copies(store)[0], copies(store)[0].parent):
        assert not place.stat().st_mode & stat.S_IRWXO


def test_a_small_register_has_no_copy(store, put, offices, scans):
    """Five rows are few: they are read of the database, and nothing is written."""
    put(store, "offices", offices(*((f"o{number}", "甲", DAYS[0]) for number in range(5))))
    assert len(store.register("offices", on=ON)) == 5 and scans and copies(store) == []
    put(store, "offices", offices(("o5", "甲", DAYS[0])), source="ef")
    assert len(store.register("offices", on=ON)) == 6 and len(copies(store)) == 1


def test_a_store_that_is_not_large_makes_none(store, put, offices, monkeypatch):
    """What is read in a moment needs no copy."""
    put(store, "offices", offices(("a", "甲", DAYS[0])))
    filled(store, put, offices)
    monkeypatch.setattr(stores, "LARGE", 2**60)
    assert len(store.register("offices", on=ON)) == 21 and copies(store) == []


def test_looking_makes_no_copy(store, put, offices):
    """A trial import stores nothing; rows asked for by their ids come from the database."""
    store.compare("offices", offices(*((f"o{number:02}", "甲", DAYS[0]) for number in range(20))))
    assert copies(store) == []
    put(store, "offices", offices(("a", "甲", DAYS[0])))
    filled(store, put, offices)
    assert store.register("offices", on=ON, of=["a"])["name"].tolist() == ["甲"] and copies(store) == []


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        ("UPDATE offices SET name = '丙' WHERE office_id = 'o03'", {"甲", "丙"}),
        ("DELETE FROM offices WHERE office_id = 'o03'", {"甲"}),
        ("INSERT INTO offices (office_id, known_on, name) VALUES ('x', '2026-01-01', '丁')", {"甲", "丁"}),
    ],
)
def test_a_row_changed_by_hand_is_read(store, put, offices, statement, names):
    """Whatever tool changed it; the copy of before is not read again, and is removed with the next one."""
    filled(store, put, offices)
    before = copies(store)
    change(store, statement)
    found = store.register("offices", on=ON)
    assert set(found["name"]) == names
    with closing(sqlite3.connect(store.path)) as database:
        assert len(found) == database.execute("SELECT count(*) FROM offices").fetchone()[0]
    assert len(copies(store)) <= 1 and copies(store) != before


def test_an_import_makes_the_copy_anew(store, put, offices, scans):
    """By whoever reads next, once: later readers take the new one."""
    filled(store, put, offices)
    filled(store, put, offices, name="乙", day=DAYS[1])
    assert on_record(store) is None
    for _ in range(2):
        assert set(store.register("offices", on=ON)["name"]) == {"乙"}
    assert scans == [("offices", len(layout("offices").columns))]
    assert set(store.register("offices", on=date(2026, 10, 31))["name"]) == {"甲"}
    assert len(copies(store)) == 1 and len(scans) == 1


def test_many_new_rows_renew_the_copy(store, put, offices, scans, monkeypatch):
    """Nobody reads the register again for it, nor to hash it; few or very many rows wait for who reads next."""
    monkeypatch.setattr(column_copies, "FEW", 20)
    monkeypatch.setattr(column_copies, "HELD", 30)
    filled(store, put, offices)
    filled(store, put, offices, name="乙", day=DAYS[1])
    scans.clear()
    assert set(store.register("offices", on=ON)["name"]) == {"乙"}
    assert set(store.register("offices", on=date(2026, 10, 31))["name"]) == {"甲"}
    with closing(sqlite3.connect(store.path)) as database:
        first = database.execute("SELECT first, last FROM kept_digests WHERE hash_name = 'sha256'").fetchall()
    assert first == [("2026-11-01", "9999-12-31")] and scans == [] and len(copies(store)) == 1
    old = offices(*((f"o{number:02}", "甲", DAYS[0]) for number in range(20)))
    for many, again, name in ((19, 0, "丙"), (31, 0, "丁"), (20, 11, "戊")):  # too few, too many, too many offered
        rows = offices(*((f"{name}{number:02}", name, DAYS[2]) for number in range(many)))
        put(store, "offices", pd.concat([rows, old.iloc[:again]], ignore_index=True), source=name)
        assert on_record(store) is None
        assert name in set(store.register("offices", on=ON)["name"])


def test_a_renewal_that_was_too_late_does_not_count(store, put, offices, monkeypatch):
    """A row that is changed by hand while the copy is renewed is read; so is one where the old copy was lost."""
    monkeypatch.setattr(column_copies, "FEW", 1)
    filled(store, put, offices)
    named = column_copies.Copying._named

    def late(copying):
        change(store, "UPDATE offices SET name = '丙' WHERE office_id = 'o03'")
        return named(copying)

    with monkeypatch.context() as patch:
        patch.setattr(column_copies.Copying, "_named", late)
        filled(store, put, offices, name="乙", day=DAYS[1])
    assert on_record(store) is None
    assert right(store) and set(store.register("offices", on=ON)["name"]) == {"乙", "丙"}
    copies(store)[0].unlink()
    filled(store, put, offices, name="丁", day=DAYS[2])
    assert right(store) and set(store.register("offices", on=ON)["name"]) == {"丁"}


def test_what_cannot_be_read_is_no_fault(store, put, offices, monkeypatch):
    """A copy that belongs to somebody else hinders neither imports nor readers nor an examination."""
    monkeypatch.setattr(column_copies, "FEW", 1)
    filled(store, put, offices)

    def refused(path, digest):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(column_copies, "_checked", refused)
    assert filled(store, put, offices, name="乙", day=DAYS[1]).inserted == 20
    assert set(store.register("offices", on=ON)["name"]) == {"乙"}
    assert soundness.register_faults(store.path, lambda *_: None)[1] == []


@pytest.mark.parametrize("table", ["kept_digests", "changed_rows"])
def test_tables_that_somebody_took_away_are_made_anew(store, put, offices, table):
    """What is kept beside a register is no reason to refuse an import."""
    filled(store, put, offices)
    change(store, f"DROP TABLE {table}")
    assert filled(store, put, offices, name="乙", day=DAYS[1]).inserted == 20
    assert set(store.register("offices", on=ON)["name"]) == {"乙"} and right(store)


def test_columns_renamed_by_hand_are_read(store, put, offices):
    """No trigger sees that a table's columns are named otherwise; the copy and the digest end all the same."""
    filled(store, put, offices)
    for before, after in (("name", "x"), ("region", "name"), ("x", "region")):
        change(store, f"ALTER TABLE offices RENAME COLUMN {before} TO {after}")
    found = store.register("offices", on=ON)
    assert set(found["region"]) == {"甲"} and set(found["name"]) == {"320505"} and right(store)


def test_who_reads_does_not_wait_for_who_writes(store, put, offices):
    """While another program holds the right to write, the register is read and no copy is made."""
    filled(store, put, offices)
    copies(store)[0].unlink()
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert len(store.register("offices", on=ON)) == 20 and copies(store) == []
    assert len(store.register("offices", on=ON)) == 20 and len(copies(store)) == 1


def right(store):
    """Tell whether the digest that the store gives is that of the rows."""
    said = store.register_digests(on=ON, hash_name="sha256")["offices"]
    return said == register_digest(store.path, "offices", on=ON, hash_name="sha256")


@pytest.mark.parametrize("harm", ["changed", "cut", "lost"])
def test_a_copy_with_other_bytes_is_not_read(store, put, offices, harm):
    """A copy that somebody changed, though it is sound Parquet, or that is cut or lost, is made anew."""
    filled(store, put, offices)
    place = copies(store)[0]
    if harm == "changed":
        rows = pq.read_table(place)
        pq.write_table(rows.set_column(3, "name", pa.array(["假"] * len(rows))), place)
    elif harm == "cut":
        place.write_bytes(place.read_bytes()[:-10])
    else:
        place.unlink()
    assert set(store.register("offices", on=ON)["name"]) == {"甲"}
    assert [one.name for one in copies(store)] == [on_record(store)]
    assert set(pq.read_table(copies(store)[0])["name"].to_pylist()) == {"甲"}


def test_another_process_that_makes_one_is_not_waited_for(store, put, offices, scans):
    """Neither an import nor a reading; the database is read."""
    with sole_writer(store.path, wait=0, lock=column_copies.LOCK):
        filled(store, put, offices)
        assert copies(store) == []
        assert len(store.register("offices", on=ON)) == 20
    assert copies(store) == [] and scans
    assert len(store.register("offices", on=ON)) == 20 and len(copies(store)) == 1


@pytest.mark.parametrize("when", ["open", "write", "close"])
def test_a_full_disk_costs_only_the_copy(store, put, offices, monkeypatch, when):
    """The import stands, the register is read, and no part of a copy is left."""

    class Full(pq.ParquetWriter):
        def __init__(self, *given, **more):
            super().__init__(*given, **more)
            self._fail("open")

        def _fail(self, now):
            if now == when:
                raise OSError(28, "No space left on device")

        def write_table(self, *given, **more):
            self._fail("write")
            super().write_table(*given, **more)

        def close(self):
            super().close()
            self._fail("close")

    monkeypatch.setattr(pq, "ParquetWriter", Full)
    assert filled(store, put, offices).inserted == 20
    assert len(store.register("offices", on=ON)) == 20
    assert copies(store) == [] and on_record(store) is None


def test_faults_of_the_rows_are_not_hidden(store, put, offices):
    """An import that fails while a copy is written fails, and leaves no copy."""
    rows = offices(*((f"o{number:02}", "甲", DAYS[0]) for number in range(20)))
    rows["phone"] = np.arange(20) + 1j  # no text
    with pytest.raises(SupervisionError) as failed:
        put(store, "offices", rows)
    assert failed.value.code == "store.cell_type" and copies(store) == []
    assert store.register("offices", on=ON).empty


def test_a_change_meanwhile_leaves_no_copy(store, put, offices, monkeypatch):
    """A row that is changed while the copy is being made is read, and the copy does not count."""
    put(store, "offices", offices(("a", "甲", DAYS[0])))
    filled(store, put, offices)
    named = column_copies.Copying._named

    def late(copying):
        change(store, "UPDATE offices SET name = '丙'")
        return named(copying)

    monkeypatch.setattr(column_copies.Copying, "_named", late)
    assert set(store.register("offices", on=ON)["name"]) == {"丙"}
    assert on_record(store) is None


def test_another_copy_put_on_record_is_told(store, put, offices):
    """Whoever writes both a file and its digest is found out: its rows are compared with the register's."""
    filled(store, put, offices)
    assert soundness.register_faults(store.path, lambda *_: None) == (1, [])
    with column_copies.Copying(store.path) as copying:
        copying.put(bulk.nothing(layout("offices").columns))
    change(store, "UPDATE kept_digests SET digest = ? WHERE hash_name = ?", copying.digest, kept_digests.COLUMNS)
    assert store.register("offices", on=ON).empty
    assert soundness.register_faults(store.path, lambda *_: None) == (1, ["offices"])
    copies(store)[-1].unlink()


KILLED = """
import os, sys
from pathlib import Path
import pandas as pd
from supervision.store import column_copies, store as stores
from supervision.store.store import Store
stores.LARGE, column_copies.MANY, column_copies.FEW = 0, 5, 5
path, where, rows = sys.argv[1:]
place, name = where.rsplit(".", 1)
owner = {"copies": column_copies, "copying": column_copies.Copying, "kept": column_copies.kept_digests}[place]
setattr(owner, name, lambda *given, **more: os._exit(9))
store = Store.open(Path(path))
if rows == "read":
    store.register("offices", on=pd.Timestamp("2026-12-01").date())
else:
    store.insert("offices", pd.read_pickle(rows), who="zhang", at="2026-11-01T09:00:00+08:00", source_digest="cd")
"""


@pytest.mark.parametrize("work", ["first", "later", "read"])
@pytest.mark.parametrize("where", ["copying._write", "copying._named", "copies.renew", "kept.answer"])
def test_a_killed_process_leaves_registers_that_read_right(store, put, offices, tmp_path, monkeypatch, work, where):
    """Killed while it writes a copy, names it, renews it or puts it on record: every row is read, and no other."""
    monkeypatch.setattr(column_copies, "FEW", 5)
    if work != "first":
        filled(store, put, offices)
    if work == "read":
        copies(store)[0].unlink()
    rows = offices(*((f"n{number:02}", "乙", DAYS[1]) for number in range(9)))
    rows.to_pickle(tmp_path / "rows")
    given_rows = "read" if work == "read" else str(tmp_path / "rows")
    ended = subprocess.run([sys.executable, "-c", KILLED, str(store.path), where, given_rows], check=False)
    reached = {"copies.renew": ("later",), "kept.answer": ("later", "read")}.get(where, (work,))
    assert ended.returncode == (9 if work in reached else 0)
    with closing(sqlite3.connect(store.path)) as database:
        there = sorted(row[0] for row in database.execute("SELECT office_id FROM offices").fetchall())
    assert store.register("offices", on=ON)["office_id"].tolist() == there and right(store)
    put(store, "offices", rows, source="cd")
    expected = sorted({*there, *rows["office_id"]})
    assert store.register("offices", on=ON)["office_id"].tolist() == expected and right(store)
    assert [one.name for one in copies(store)] in ([], [on_record(store)])
