"""Old xls files, their WPS kin and ods: read by another reader, under the same rules."""

import io
import struct
import zipfile
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
    assert "第 3 行" in table.notes[1]


def test_an_old_file_with_a_password():
    """An old file whose records are encrypted is said to have a password."""
    data = bytearray(OLD)
    _, at, _ = next(record for record in records(OLD) if record[0] == 0x42)
    data[at - 4 : at - 2] = struct.pack("<H", 0x2F)
    with pytest.raises(DirectoryError, match="密码"):
        read_table("inspectors", "old.xls", bytes(data))


def ods(rows: str, *, styles: str = "", second: str = "") -> bytes:
    """Return an ods file of one sheet, or two."""
    spaces = ("office", "table", "text", "style")
    names = " ".join(f'xmlns:{space}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"' for space in spaces)
    sheets = f'<table:table table:name="甲">{rows}</table:table>{second}'
    body = f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
    content = f"<office:document-content {names}>{styles}{body}</office:document-content>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<x/>")
        archive.writestr("content.xml", content)
    return stream.getvalue()


def row(*texts: str, mark: str = "") -> str:
    """Return a row of an ods sheet."""
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in texts
    )
    return f"<table:table-row{mark}>{cells}</table:table-row>"


HEAD = row("统一社会信用代码", "企业名称", "行政区划代码")


def test_ods(made):
    """An ods file is read sheet by sheet like any other workbook."""
    second = f'<table:table table:name="乙">{row("名录")}{HEAD}{row("u2", "乙店", "320506")}</table:table>'
    table = read_table("entities", "e.ods", ods(f"{HEAD}{row('u1', '甲店', '320505')}", second=second))
    assert [cells["name"] for cells in made.rows_of(table)] == ["甲店", "乙店"]
    assert table.sheets == ("甲", "乙")
    assert (table.line % 10_000_000).tolist() == [2, 3]


def test_a_damaged_old_file():
    """A file whose reader breaks down is called damaged."""
    for data in (OLD[:2000], OLD[:4000] + b"\x00" * 3000, ods("<table:table-row>")[:-30]):
        with pytest.raises(DirectoryError) as caught:
            read_table("inspectors", "old.xls", data)
        assert caught.value.code == "directory.unreadable"
