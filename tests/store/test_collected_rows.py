"""Rows of many chunks as one frame: types, blanks, texts as codes, and memory that is given back."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest

from supervision import spare_memory
from supervision.store import collected_rows
from supervision.store.collected_rows import collected

COLUMNS = {"tags": "str", "id": "str", "day": "datetime64[s]", "many": "Int64", "share": "float64", "big": "boolean"}
CHUNKS = [
    {"id": ["a", ""], "tags": ["x", None], "day": ["2026-01-31", None], "many": [7, None], "share": [0.5, None],
     "big": [1, 0]},
    {"id": ["c"], "tags": ["y"], "day": ["1958-02-01"], "many": [0], "share": [None], "big": [None]},
    {"id": ["d", "e"], "tags": ["x", "z"], "day": [None, None], "many": [None, -1], "share": [2.0, 1.0],
     "big": [1, None]},
]  # fmt: skip
STORED = pa.schema({"id": pa.string(), "tags": pa.string(), "day": pa.string(), "many": pa.int64(),
                    "share": pa.float64(), "big": pa.int64()})  # fmt: skip


def chunks():
    """Stored cells as the driver gives them: one chunk is a slice of a longer one."""
    tables = [pa.table(chunk, schema=STORED) for chunk in CHUNKS]
    return [STORED.empty_table(), tables[0], pa.concat_tables(tables).combine_chunks().slice(2, 1), tables[2]]


def frame():
    """The same rows written out."""
    rows = {name: [cell for chunk in CHUNKS for cell in chunk[name]] for name in COLUMNS}
    rows["id"][1] = None
    rows["big"] = [None if cell is None else bool(cell) for cell in rows["big"]]
    return pd.DataFrame({name: pd.Series(pd.array(rows[name], dtype=dtype)) for name, dtype in COLUMNS.items()})


def test_chunks_become_one_frame():
    """Types, order of columns, a blank of the key as missing, other blanks as they stand."""
    pd.testing.assert_frame_equal(collected([chunks()], COLUMNS, key=["id"]), frame())
    assert collected([chunks()], COLUMNS)["id"].tolist()[1] == ""


@pytest.mark.parametrize("coded", [("tags",), ("tags", "id")])
def test_coded_texts_stand_once_each(coded):
    """The same texts by one dictionary, columns in their order, the others as before."""
    found = collected([chunks()], COLUMNS, key=["id"], coded=coded)
    assert list(found) == list(COLUMNS)
    for name in coded:
        assert isinstance(found[name].dtype.pyarrow_dtype, pa.DictionaryType)
    cells = pa.array(found["tags"])
    dictionary = cells.combine_chunks().dictionary if isinstance(cells, pa.ChunkedArray) else cells.dictionary
    assert sorted(dictionary.to_pylist()) == ["x", "y", "z"]
    pd.testing.assert_frame_equal(found.astype(dict.fromkeys(coded, "str")), frame())


def test_coded_columns_are_joined_first(monkeypatch):
    """Their dictionaries need most room, and the other columns grow as they are joined."""
    joined, done = [], collected_rows._joined

    def noted(parts, dtype, *, coded):
        joined.append(coded)
        return done(parts, dtype, coded=coded)

    monkeypatch.setattr(collected_rows, "_joined", noted)
    collected([chunks()], COLUMNS, key=["id"], coded=["id"])
    assert joined == [True] + [False] * (len(COLUMNS) - 1)


def test_no_rows_are_a_frame_of_none():
    """An empty register keeps its columns and types."""
    empty = collected([[STORED.empty_table()]], COLUMNS, key=["id"], coded=["tags"])
    assert len(empty) == 0
    assert dict(empty.drop(columns="tags").dtypes) == dict(frame().drop(columns="tags").dtypes)


@pytest.mark.parametrize(("many", "given"), [(4, len(COLUMNS) + 1), (5, 0)])
def test_memory_is_given_back_of_many_rows_only(monkeypatch, many, given):
    """Before each column and after the last one, from more rows than MANY."""
    called = []
    monkeypatch.setattr(spare_memory, "MANY", many)
    monkeypatch.setattr(spare_memory, "give_back", lambda: called.append(1))
    pd.testing.assert_frame_equal(collected([chunks()], COLUMNS, key=["id"]), frame())
    assert len(called) == given
