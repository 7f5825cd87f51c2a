from __future__ import annotations

import hashlib

import pyarrow as pa
import pytest

from supervision.canonical import csv_bytes
from supervision.errors import SupervisionError
from supervision.store.table_digest import csv_rows, table_digest

TEXTS = pa.large_string()


def test_rows_are_canonical_csv():
    """Cells are written as protocol 0 says: quotes only where needed, shortest numbers, nothing for missing."""
    table = pa.table(
        {
            "text": pa.array(["甲", "a,b", 'q"', "line\nend", "", None, " x"], TEXTS),
            "number": pa.array([-0.0, 120.5, 1.0, 0.00001, 1e15, None, 31.123456]),
            "integer": pa.array([1, -1, 0, 2**53, None, 5, 6]),
            "date": pa.array(["2026-12-03"] * 7, TEXTS),
        }
    )
    assert bytes(csv_rows(table)).decode() == (
        "甲,0,1,2026-12-03\n"
        '"a,b",120.5,-1,2026-12-03\n'
        '"q""",1,0,2026-12-03\n'
        '"line\nend",0.00001,9007199254740992,2026-12-03\n'
        ",1e+15,,2026-12-03\n"
        ",,5,2026-12-03\n"
        " x,31.123456,6,2026-12-03\n"
    )
    assert bytes(csv_rows(table.slice(5))) == b",,5,2026-12-03\n x,31.123456,6,2026-12-03\n"


@pytest.mark.parametrize("hash_name", ["sha256", "sm3"])
def test_a_digest_does_not_depend_on_the_chunks(hash_name):
    """One chunk, many, empty ones: the digest is H of the whole file with its header."""
    cells = ["x", "a,b", "", "虎丘"] * 5
    table = pa.table({"b": pa.array(cells, TEXTS), "a": pa.array(range(20))})
    whole = csv_bytes(("a", "b"), zip(range(20), cells, strict=True))
    expected = hashlib.new(hash_name, whole).hexdigest()
    for size in (1, 7, 20):
        chunks = [table.slice(start, size) for start in range(0, 20, size)]
        assert table_digest(("a", "b"), [*chunks, table.slice(0, 0)], hash_name=hash_name) == expected


def test_a_hash_of_another_name_is_refused():
    """Only the protocol's two hashes are taken."""
    with pytest.raises(SupervisionError) as error:
        table_digest(("a",), [], hash_name="md5")
    assert error.value.code == "canonical.hash"
