"""Old xls files and their WPS kin: read by another reader, under the same rules."""

import struct
from pathlib import Path

import pytest

from supervision.directory.reading.ole_files import Container
from supervision.directory.reading.register_file import read_table
from supervision.directory.reading.xls_records import xls_facts
from supervision.errors import DirectoryError

OLD = (Path(__file__).parents[1] / "old.xls").read_bytes()


def records(data: bytes) -> list[tuple[int, int, int]]:
    """Return code, place in the file and length of the records of old.xls, whose stream is in one piece."""
    stream = Container(data).read("Workbook")
    start, at, found = data.index(stream[:200]), 0, []
    while at + 4 <= len(stream):
        code, length = struct.unpack_from("<HH", stream, at)
        found.append((code, start + at + 4, length))
        at += 4 + length
    return found


def changed(code: int, nth: int, offset: int, value: bytes) -> bytes:
    """Return old.xls with some bytes of its n-th record of a code changed."""
    data = bytearray(OLD)
    _, at, _ = [record for record in records(OLD) if record[0] == code][nth]
    data[at + offset : at + offset + len(value)] = value
    return bytes(data)


def test_facts_of_an_old_file():
    """An old file's records tell its date system, its password and its hidden rows."""
    facts = xls_facts(Container(OLD))
    assert (facts.locked, facts.from_1904, facts.hidden_rows) == (False, False, (frozenset(),))
    assert xls_facts(Container(changed(0x22, 0, 0, b"\x01\x00"))).from_1904


def test_hidden_rows_of_an_old_file(made):
    """A row hidden in an old file is imported and said."""
    rows = [record for record in records(OLD) if record[0] == 0x208]
    assert len(rows) >= 3
    table = read_table("inspectors", "old.xls", changed(0x208, 2, 12, b"\x20"))
    assert len(table.line) == 1
    assert made.codes_of(table) == ["note_private", "note_hidden_rows"]
    assert "第 3 行" in str(table.notes[1])


def test_an_old_file_with_a_password():
    """An old file whose records are encrypted is said to have a password."""
    data = bytearray(OLD)
    _, at, _ = next(record for record in records(OLD) if record[0] == 0x42)
    data[at - 4 : at - 2] = struct.pack("<H", 0x2F)
    with pytest.raises(DirectoryError, match="密码"):
        read_table("inspectors", "old.xls", bytes(data))


def test_a_damaged_old_file():
    """A file whose reader breaks down is called damaged."""
    for data in (OLD[:2000], OLD[:4000] + b"\x00" * 3000):
        with pytest.raises(DirectoryError) as caught:
            read_table("inspectors", "old.xls", data)
        assert caught.value.code == "directory.unreadable"
