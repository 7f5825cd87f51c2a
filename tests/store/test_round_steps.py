from __future__ import annotations

import hashlib
import json
from datetime import date

import numpy as np
import pandas as pd
import pytest

from supervision.errors import SupervisionError
from supervision.store import store as store_module
from supervision.store.connection import files_folder
from supervision.store.log import verify_log

AT = "2026-11-25T09:00:00+08:00"
ROUND = "2026-12"
BIG = bytes(range(256)) * 5000


def step(store, name, *, round=ROUND, who="zhang", inputs=None):
    """Open a step with the arguments that the tests do not care about."""
    return store.step(round, name, who=who, at=AT, inputs=inputs or {})


def test_files_and_tables_stand_when_the_step_has_finished(store, tmp_path):
    """Small and big files, given as bytes or as a path, come back to the byte; the log has their digests."""
    (tmp_path / "source.bin").write_bytes(BIG[::-1])
    with step(store, "commit") as work:
        work.put("audit/frame.csv", b"unit_id\n")
        work.put("audit/big.bin", BIG)
        work.put("audit/copied.bin", tmp_path / "source.bin")
        assert store.paths(ROUND) == []
    assert store.rounds() == [ROUND] and store.state(ROUND) == ["commit"]
    assert store.paths(ROUND) == ["audit/big.bin", "audit/copied.bin", "audit/frame.csv"]
    assert store.get(ROUND, "audit/frame.csv") == store.path_of(ROUND, "audit/frame.csv").read_bytes() == b"unit_id\n"
    assert store.get(ROUND, "audit/big.bin") == store.path_of(ROUND, "audit/big.bin").read_bytes() == BIG
    assert store.get(ROUND, "audit/copied.bin") == BIG[::-1]
    digest = hashlib.sha256(BIG).hexdigest()
    assert store.path_of(ROUND, "audit/big.bin") == files_folder(store.path) / digest
    assert json.loads(store.log(ROUND))["outputs"]["audit/big.bin"] == digest


def test_a_table_keeps_its_rows_order_and_types(store):
    """Every dtype that stages use comes back, blank texts stay blank and missing ones missing."""
    frame = pd.DataFrame(
        {
            "unit_id": pd.Series(["b", "", None], dtype="str"),
            "round": ["x", "y", "z"],
            "score": np.array([1, 2, 3], dtype="int16"),
            "L": np.array([2**53, 1, 0]),
            "places": pd.array([1, None, 3], dtype="Int64"),
            "held": [True, False, True],
            "reached": pd.array([True, None, False], dtype="boolean"),
            "pi": [0.1, float("nan"), 1 / 3],
            "date": np.array(["2026-12-03", "NaT", "1958-01-31"], dtype="datetime64[s]"),
        }
    )
    with step(store, "draw") as work:
        work.table("drawn", frame)
        work.table("empty", frame.iloc[:0])
    pd.testing.assert_frame_equal(store.table(ROUND, "drawn"), frame)
    pd.testing.assert_frame_equal(store.table(ROUND, "empty"), frame.iloc[:0])
    pd.testing.assert_frame_equal(store.table(ROUND, "drawn", ["pi", "unit_id"]), frame[["pi", "unit_id"]])


def test_two_readers_give_a_table_as_one_does(store, monkeypatch):
    """Rows in their order, of this round alone, however many; none, too."""
    for round, rows in (("2026-11", 7), ("2026-12", 1), ("2026-10", 0)):
        with step(store, "score", round=round) as work:
            work.table("scores", pd.DataFrame({"score": range(rows)}, dtype="int64"))
    monkeypatch.setattr(store_module, "LARGE", 0)
    assert store.table("2026-11", "scores")["score"].tolist() == list(range(7))
    assert store.table("2026-12", "scores")["score"].tolist() == [0]
    assert store.table("2026-10", "scores").empty


def test_rounds_do_not_touch_one_another(store):
    """A table of the same name in two rounds is two tables, also when a later program writes other columns."""
    with step(store, "draw") as work:
        work.table("drawn", pd.DataFrame({"unit_id": ["a"], "rank": [1]}))
    with step(store, "draw", round="2027-01") as work:
        work.table("drawn", pd.DataFrame({"unit_id": ["b", "c"], "rank": ["01", "02"], "role": "drawn"}))
    assert store.rounds() == [ROUND, "2027-01"]
    assert store.table(ROUND, "drawn").to_dict("list") == {"unit_id": ["a"], "rank": [1]}
    assert store.table("2027-01", "drawn")["rank"].tolist() == ["01", "02"]


def test_the_same_step_again_is_not_logged(store):
    """A step that runs again with the same inputs and outputs leaves no second entry, whoever runs it."""
    for who in ("zhang", "li"):
        with step(store, "plan", who=who, inputs={"frame": "ab"}) as work:
            work.put("a.txt", b"1")
            work.table("visits", pd.DataFrame({"visit": [1, 2]}))
    assert store.log(ROUND).count(b"\n") == 1
    with step(store, "plan", inputs={"frame": "cd"}) as work:
        work.put("a.txt", b"1")
        work.table("visits", pd.DataFrame({"visit": [1, 2]}))
    assert store.log(ROUND).count(b"\n") == 2


def test_a_step_replaces_what_it_put_before(store):
    """Files and tables of the earlier run are gone, those of other steps stay, and the log knows both runs."""
    with step(store, "score") as work:
        work.put("scorecard.json", b"{}")
    with step(store, "plan") as work:
        work.put("old.bin", BIG)
        work.table("visits", pd.DataFrame({"visit": [1, 2]}))
        work.table("places", pd.DataFrame({"place": [1]}))
    old = store.path_of(ROUND, "old.bin")
    with step(store, "plan") as work:
        work.put("new.txt", b"2")
        work.table("visits", pd.DataFrame({"visit": [9]}))
    assert store.paths(ROUND) == ["new.txt", "scorecard.json"] and not old.exists()
    assert store.table(ROUND, "visits")["visit"].tolist() == [9]
    with pytest.raises(SupervisionError, match="score plan"):
        store.table(ROUND, "places")
    assert [json.loads(line)["step"] for line in store.log(ROUND).splitlines()] == ["score", "plan", "plan"]
    assert store.state(ROUND) == ["score", "plan"]
    assert verify_log(store.log(ROUND)) is None


def test_a_step_that_fails_leaves_nothing(store):
    """An error in the middle of a step, or a file given in vain, changes neither files, tables nor log."""
    with pytest.raises(ZeroDivisionError), step(store, "draw") as work:
        work.put("big.bin", BIG)
        work.table("drawn", pd.DataFrame({"unit_id": ["a"]}))
        raise ZeroDivisionError
    with pytest.raises(FileNotFoundError), step(store, "draw"):
        raise FileNotFoundError("the caller's own")
    assert (store.paths(ROUND), store.state(ROUND), store.log(ROUND), store.rounds()) == ([], [], b"", [])
    with step(store, "draw"):
        pass
    assert {path.name for path in files_folder(store.path).iterdir()} == {"writer.lock"}


def test_registers_can_be_read_while_a_step_works(store, offices, put):
    """A step reads registers and other rounds through the same store, but cannot begin another step or import."""
    put(store, "offices", offices(("a", "甲", "2026-01-01")))
    with step(store, "score") as work:
        work.table("scores", store.register("offices", on=date(2026, 12, 1)))
        for begin in (lambda: put(store, "offices", offices(("b", "乙", "2026-01-01"))), lambda: nested(store)):
            with pytest.raises(SupervisionError) as error:
                begin()
            assert error.value.code == "store.step_open"
    assert store.table(ROUND, "scores")["name"].tolist() == ["甲"]


def nested(store):
    """Begin a step inside another one."""
    with step(store, "other"):
        pass


def test_a_changed_file_is_noticed(store):
    """A big file that was altered or removed beside the store does not come back as if nothing had happened."""
    with step(store, "commit") as work:
        work.put("big.bin", BIG)
    place = store.path_of(ROUND, "big.bin")
    place.write_bytes(b"x" + BIG[1:])
    with pytest.raises(SupervisionError) as altered:
        store.get(ROUND, "big.bin")
    place.unlink()
    with pytest.raises(SupervisionError) as removed:
        store.path_of(ROUND, "big.bin")
    assert altered.value.code == removed.value.code == "store.file_changed"


@pytest.mark.parametrize("path", ["/etc/passwd", "../up", "a//b", "a/./b", "", "a\\b", "C:/x"])
def test_a_path_stays_inside_the_round(store, path):
    """A path that could leave the output folder is refused."""
    with pytest.raises(SupervisionError) as error, step(store, "commit") as work:
        work.put(path, b"")
    assert error.value.code == "store.path"


@pytest.mark.parametrize("damage", [lambda body: b"X" + body[1:], lambda body: body + b"x", lambda body: b""])
def test_a_damaged_copy_is_never_read(store, damage):
    """A copy of a small file is made anew from the store; a large one, also of the same size, is said to be damaged."""
    with step(store, "commit") as work:
        work.put("small.txt", b"unit_id\n")
        work.put("big.bin", BIG)
    for name in ("small.txt", "big.bin"):
        place = store.path_of(ROUND, name)
        place.write_bytes(damage(place.read_bytes()))
    assert store.path_of(ROUND, "small.txt").read_bytes() == b"unit_id\n"
    with pytest.raises(SupervisionError, match=r"big\.bin"):
        store.path_of(ROUND, "big.bin")


def test_names_and_columns_that_cannot_be_kept_are_refused(store):
    """Names with other letters, the log's own scope, doubled columns and strange types are named."""
    codes = []
    for round, name, table, frame in [
        ("2026/12", "draw", "drawn", pd.DataFrame({"a": [1]})),
        ("registers", "draw", "drawn", pd.DataFrame({"a": [1]})),
        (ROUND, "抽取", "drawn", pd.DataFrame({"a": [1]})),
        (ROUND, "draw", "dr awn", pd.DataFrame({"a": [1]})),
        (ROUND, "draw", "drawn", pd.DataFrame({"a": [1], "A": [2]})),
        (ROUND, "draw", "drawn", pd.DataFrame({"_row": [1]})),
        (ROUND, "draw", "drawn", pd.DataFrame({"a": [1j]})),
        (ROUND, "draw", "drawn", pd.DataFrame({"a": [object()]})),
        (ROUND, "draw", "drawn", pd.DataFrame({"a": np.array([2**64 - 1], dtype="uint64")})),
    ]:
        with pytest.raises(SupervisionError) as error, step(store, name, round=round) as work:
            work.table(table, frame)
        codes.append(error.value.code)
    assert codes == ["store.name"] * 4 + ["store.repeated_column"] * 2 + ["store.cell_type"] * 3
