from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

import numpy as np
import pandas as pd
import pytest

from supervision.canonical import csv_bytes, digest
from supervision.errors import SupervisionError
from supervision.store import bulk, log, register_rows
from supervision.store import store as store_module
from supervision.store.layout import layout

ON = date(2026, 12, 1)


def entity(unit_id: str, **cells: object) -> dict[str, object]:
    """Return one enterprise's row with the columns that must be there."""
    return {"unit_id": unit_id, "name": "甲", "type": "企业", "status": "存续", "known_on": "2026-11-01", **cells}


def entities(*rows: dict[str, object]) -> pd.DataFrame:
    """Return enterprises with the dtypes that a checked import has."""
    frame = pd.DataFrame(rows).reindex(columns=list(layout("entities").columns))
    return frame.astype(dict(layout("entities").columns))


def test_a_register_comes_back_with_its_types(store, put):
    """Text, dates, integers, numbers and truth values, there or missing, are what they were before the store."""
    given = entities(
        entity("B", established="2001-02-03", employees=7, capital=12.5, above_scale=True, tags="a b"),
        entity("A", name='引"号,逗号', established="1958-01-31", lon=120.5),
    )
    put(store, "entities", given)
    expected = given.sort_values("unit_id", ignore_index=True)
    pd.testing.assert_frame_equal(store.register("entities", on=ON), expected)
    assert store.register("entities", on=ON, columns=["capital", "unit_id"]).to_dict("list") == {
        "capital": [pytest.approx(float("nan"), nan_ok=True), 12.5],
        "unit_id": ["A", "B"],
    }


def test_what_is_blank_at_first_may_be_filled_far_below(store, put):
    """A column that is blank in more rows than a chunk has keeps its type when a value comes at last."""
    rows = 70_000
    given = entities(entity("A")).loc[np.zeros(rows, dtype=int)].reset_index(drop=True)
    given["unit_id"] = pd.Series(np.char.zfill(np.arange(rows).astype(str), 6), dtype="str")
    given.loc[rows - 1, ["note", "capital", "employees"]] = ["末行", 0.5, 3]
    put(store, "entities", given)
    last = store.register("entities", on=ON).iloc[-1]
    assert (last["unit_id"], last["note"], last["capital"], last["employees"]) == ("069999", "末行", 0.5, 3)


def test_the_latest_version_that_was_known_counts(store, put, offices):
    """On each day a register is what was known then; keys stand in byte order, capitals before small letters."""
    put(store, "offices", offices(("b", "旧", "2026-01-01"), ("a", "旧", "2026-01-01")))
    put(store, "offices", offices(("b", "新", "2026-03-01"), ("Z", "新", "2026-02-01"), ("虎", "新", "2026-02-01")))

    def known(on: date) -> list[tuple[str, str]]:
        return [tuple(row) for row in store.register("offices", on=on, columns=["office_id", "name"]).to_numpy()]

    assert known(date(2025, 12, 31)) == []
    assert known(date(2026, 1, 1)) == [("a", "旧"), ("b", "旧")]
    assert known(date(2026, 2, 28)) == [("Z", "新"), ("a", "旧"), ("b", "旧"), ("虎", "新")]
    assert known(date(2026, 3, 1)) == [("Z", "新"), ("a", "旧"), ("b", "新"), ("虎", "新")]


def test_versions_are_told_apart_across_chunks(store, put, offices, monkeypatch):
    """The last version of a key is found when its versions stand in different chunks of the reading."""
    monkeypatch.setattr("supervision.store.bulk.ROWS", 2)
    days = [f"2026-01-{day:02}" for day in range(1, 8)]
    put(store, "offices", offices(*[(key, day, day) for key in ("a", "b", "c") for day in days]))
    found = store.register("offices", on=date(2026, 1, 5), columns=["office_id", "name"])
    assert found.to_dict("list") == {"office_id": ["a", "b", "c"], "name": ["2026-01-05"] * 3}


def test_the_same_again_changes_nothing(store, put, offices):
    """A second import of the same rows inserts nothing and logs nothing."""
    rows = offices(("a", "甲", "2026-01-01"), ("b", "乙", "2026-01-01"))
    first, before = put(store, "offices", rows), store.log("registers")
    again = put(store, "offices", rows.iloc[::-1], at="2026-11-02T09:00:00+08:00")
    assert (first.inserted, first.unchanged, len(first.conflicts)) == (2, 0, 0)
    assert (again.inserted, again.unchanged, len(again.conflicts)) == (0, 2, 0)
    assert store.log("registers") == before


def test_other_values_for_the_same_day_are_a_conflict(store, put, offices):
    """Same key and day with other values: not stored, returned with both values of each differing cell."""
    put(store, "offices", offices(("a", "甲", "2026-01-01"), ("b", "乙", "2026-01-01")))
    changed = offices(("a", "丙", "2026-01-01"), ("b", "乙", "2026-01-01"), ("c", "丁", "2026-01-01"))
    changed.loc[0, "region"] = "320506"
    result = put(store, "offices", changed)
    assert (result.inserted, result.unchanged) == (1, 1)
    assert result.conflicts.to_dict("records") == [
        {"office_id": "a", "known_on": "2026-01-01", "column": "name", "stored": "甲", "offered": "丙"},
        {"office_id": "a", "known_on": "2026-01-01", "column": "region", "stored": "320505", "offered": "320506"},
    ]
    assert list(store.register("offices", on=ON)["name"]) == ["甲", "乙", "丁"]


def test_a_blank_part_of_a_key_is_one_key(store, put):
    """A leave without a half has the same key next time, and comes back as missing."""
    leave = pd.DataFrame({"inspector_id": ["i1"], "half": [None], "reason": [""]}, dtype="str")
    for column in ("from_date", "until_date", "known_on"):
        leave[column] = np.array(["2026-12-01"], dtype="datetime64[s]")
    assert put(store, "leave", leave).inserted == 1
    assert put(store, "leave", leave.assign(half="")).unchanged == 1
    assert store.register("leave", on=ON)[["half", "reason"]].isna().all(axis=None)


def test_digests_do_not_depend_on_how_rows_came_in(store, put, offices, tmp_path):
    """Two stores with the same rows, imported in another order and split, have the same digests."""
    other = type(store).create(tmp_path / "other.db")
    rows = [("a", "甲", "2026-01-01"), ("b", 'x,"y"', "2026-01-01"), ("a", "新", "2026-02-01")]
    rows.append(("c", "丙", "2027-01-01"))
    put(store, "offices", offices(*rows))
    for row in reversed(rows):
        put(other, "offices", offices(row))
    assert store.register_digests(on=ON, hash_name="sm3") == other.register_digests(on=ON, hash_name="sm3")
    found = store.register_digests(on=ON, hash_name="sha256")
    header = ("office_id", "department", "region", "name", "address", "phone", "uscc", "known_on")
    assert layout("offices").exchange == header
    lines = [
        ("a", "market", "320505", "新", "", "", "", "2026-02-01"),
        ("b", "market", "320505", 'x,"y"', "", "", "", "2026-01-01"),
    ]
    assert found["offices"] == digest("sha256", csv_bytes(header, lines)).hex()
    assert found["caps"] == digest("sha256", csv_bytes(layout("caps").exchange, ())).hex()


def test_an_import_is_logged(store, put, offices):
    """The entry of an import names who, when, what file came in and which rows."""
    put(store, "offices", offices(("a", "甲", "2026-01-01")), source="cd" * 32)
    entry = json.loads(store.log("registers"))
    rows = [("a", "market", "320505", "甲", "", "", "", "2026-01-01")]
    assert entry == {
        "seq": 1,
        "step": "import",
        "who": "zhang",
        "at": "2026-11-01T09:00:00+08:00",
        "inputs": {"source": "cd" * 32},
        "outputs": {"offices": digest("sha256", csv_bytes(layout("offices").exchange, rows)).hex()},
        "previous": None,
    }
    assert log.verify_log(store.log("registers")) is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda frame: frame.assign(colour="red"), "store.unknown_column"),
        (lambda frame: frame.drop(columns="known_on"), "store.missing_column"),
        (lambda frame: frame.assign(office_id=["a", ""]), "store.blank_cell"),
        (lambda frame: frame.assign(known_on=np.datetime64("NaT", "s")), "store.blank_cell"),
        (lambda frame: frame.assign(office_id="a"), "store.repeated_row"),
        (lambda frame: frame.assign(known_on=np.datetime64("2026-01-01T08:00", "s")), "store.cell_type"),
        (lambda frame: frame.assign(known_on="soon"), "store.cell_type"),
    ],
)
def test_rows_that_cannot_be_stored_are_refused(store, put, offices, change, code):
    """A frame that no checked import gives is refused as a whole, with the column named."""
    with pytest.raises(SupervisionError) as error:
        put(store, "offices", change(offices(("a", "甲", "2026-01-01"), ("b", "乙", "2026-01-01"))))
    assert error.value.code == code
    assert error.value.text("zh") and error.value.text("en")
    assert store.register("offices", on=ON).empty and store.log("registers") == b""


def test_no_rows_are_no_import(store, put, offices):
    """A file without rows changes nothing, in an empty register and in one with rows."""
    for rows in ((), (("a", "甲", "2026-01-01"),), ()):
        result = put(store, "offices", offices(*rows))
        assert (result.inserted, result.unchanged, len(result.conflicts)) == (len(rows), 0, 0)
    assert store.log("registers").count(b"\n") == 1


def test_unknown_names_are_told_with_the_known_ones(store):
    """A register or column that does not exist is answered with those that do."""
    with pytest.raises(SupervisionError, match="entities") as kind:
        store.register("enterprises", on=ON)
    with pytest.raises(SupervisionError, match="office_id") as column:
        store.register("offices", on=ON, columns=["colour"])
    assert (kind.value.code, column.value.code) == ("store.unknown_kind", "store.unknown_column")


def test_chunks_make_no_difference(store, put, offices, monkeypatch):
    """Rows that are staged in many chunks are all there, and sorted."""
    monkeypatch.setattr(register_rows, "CHUNK", 3)
    put(store, "offices", offices(*[(f"o{n:02}", str(n), "2026-01-01") for n in range(20, 0, -1)]))
    assert list(store.register("offices", on=ON)["name"]) == [str(n) for n in range(1, 21)]


def test_comparing_says_what_an_import_would_do(store, put):
    """New, unchanged and contradicting rows are counted as an import would, and nothing is stored or logged."""
    put(store, "entities", entities(entity("A", name="甲"), entity("B", name="乙")))
    offered = entities(entity("A", name="甲"), entity("B", name="丙"), entity("C"), entity("B", known_on="2026-11-02"))
    before = store.log(log.REGISTERS)
    found = store.compare("entities", offered)
    assert (found.inserted, found.unchanged) == (2, 1)
    assert found.conflicts.to_numpy().tolist() == [["B", "2026-11-01", "name", "乙", "丙"]]
    assert store.register("entities", on=ON)["unit_id"].tolist() == ["A", "B"]
    assert store.log(log.REGISTERS) == before
    done = put(store, "entities", offered)
    assert (done.inserted, done.unchanged) == (found.inserted, found.unchanged)
    pd.testing.assert_frame_equal(done.conflicts, found.conflicts)


@pytest.fixture
def large(store, put, offices, monkeypatch):
    """A store that is read by two readers at once, with versions of one office on both sides of a chunk's end."""
    for day in ("2026-10-01", "2026-10-02"):
        put(store, "offices", offices(*((f"o{number:02}", f"{day} {number}", day) for number in range(20))), source=day)
    small = store.register("offices", on=date(2026, 10, 31))
    monkeypatch.setattr(store_module, "LARGE", 0)
    monkeypatch.setattr(bulk, "ROWS", 3)
    return store, small


def test_two_readers_give_what_one_gives(large):
    """Rows, order and versions; and of an early day, of no day, and of a register without rows."""
    store, small = large
    assert len(small) == 20
    pd.testing.assert_frame_equal(store.register("offices", on=date(2026, 10, 31)), small)
    assert store.register("offices", on=date(2026, 10, 1))["name"].tolist()[19] == "2026-10-01 19"
    assert store.register("offices", on=date(2025, 1, 1)).empty
    assert store.register("caps", on=date(2026, 10, 31)).empty


def test_two_readers_are_two(large, monkeypatch):
    """Each reads its half of the keys."""
    store, _ = large
    asked, scan = [], bulk.scan

    def seen(*given, where, **more):
        asked.append(where)
        return scan(*given, where=where, **more)

    monkeypatch.setattr(bulk, "scan", seen)
    store.register("offices", on=date(2026, 10, 31))
    assert sorted(where[-5:] for where in asked) == ["'o10'", "'o10'"]
    assert len({where[:-5] for where in asked}) == 2


def test_what_is_written_between_the_halves_is_read_whole(large, monkeypatch):
    """One state, never the first half of one and the second of the next; another process writes."""
    store, _ = large
    halves, change = store_module.halves, "UPDATE offices SET name = 'new' WHERE office_id IN ('o00', 'o19')"
    program = f"import sqlite3; c = sqlite3.connect({str(store.path)!r}); c.execute({change!r}); c.commit()"

    def written(ask, table):
        found = halves(ask, table)
        subprocess.run([sys.executable, "-c", program], check=True)
        return [found[0]]  # what the second reader would say is lost

    monkeypatch.setattr(store_module, "halves", written)
    found = store.register("offices", on=date(2026, 10, 31))
    assert len(found) == 20
    assert found["name"].tolist()[0] == found["name"].tolist()[19] == "new"


@pytest.mark.parametrize("wanted", [[], ["o03"], ["o19", "o00", "o07", "nobody", "it's"], [None, "o02", float("nan")]])
def test_rows_of_some_units(large, wanted):
    """Looked up by the first column of the key: the latest version, sorted, and nothing of others."""
    store, small = large
    expected = small[small["office_id"].isin(wanted)].reset_index(drop=True)
    pd.testing.assert_frame_equal(store.register("offices", on=date(2026, 10, 31), of=wanted), expected)


def test_whether_there_are_rows(large):
    """As known on the day."""
    store, _ = large
    assert store.has_rows("offices", on=date(2026, 10, 1))
    assert not store.has_rows("offices", on=date(2026, 9, 30))
    assert not store.has_rows("caps", on=date(2026, 10, 1))
