"""Files made to stumble over: each is refused with its name, in little time and memory, or read as what it says."""

from __future__ import annotations

import io
import re
import resource
import struct
import time
import tracemalloc
import zipfile

import openpyxl
import pytest

from supervision.directory.reading.merged_cells import MergedDown, spread
from supervision.directory.reading.ole_files import SIGNATURE, Container, DamagedContainer
from supervision.directory.reading.register_file import read_table
from supervision.directory.reading.sheets import sheets_of
from supervision.directory.reading.xls_records import xls_facts
from supervision.directory.reading.xlsx_cells import Merge, Row
from supervision.errors import DirectoryError

SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
BIG = 80 << 20


def repacked(source: bytes, **changes: object) -> bytes:
    """Return an archive with some parts replaced: by bytes, or by what a function makes of the old ones."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *changes}:
            change = changes.get(name)
            content = old.read(name) if name in old.namelist() else b""
            new.writestr(name, content if change is None else change(content) if callable(change) else change)
    return stream.getvalue()


def xlsx() -> bytes:
    """Return a small workbook of offices."""
    book = openpyxl.Workbook()
    for row in (["机构编号", "所属部门", "机构名称", "行政区划"], ["m1", "market", "一分局", "320505"]):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def of_sheets(*names: str) -> bytes:
    """Return a workbook of sheets without rows."""
    book = openpyxl.Workbook()
    book.active.title = names[0]
    for name in names[1:]:
        book.create_sheet(name)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_sheet(**parts: bytes) -> bytes:
    """Return the workbook with text put into its sheet: `cols` before the rows, `rows` among, `end` behind them."""

    def change(sheet: bytes) -> bytes:
        sheet = sheet.replace(b"<sheetData>", parts.get("cols", b"") + b"<sheetData>")
        sheet = sheet.replace(b"</sheetData>", parts.get("rows", b"") + b"</sheetData>" + parts.get("end", b""))
        return sheet.replace(b"XX", b"")

    return repacked(xlsx(), **{SHEET: change})


def refusal(source: bytes) -> str:
    """Return the code of what a file is refused for, and see that it takes two seconds and 300 MB at most."""
    begun, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(DirectoryError) as caught:
        read_table("offices", "x.xlsx", source)
    assert time.process_time() - begun < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000
    what = caught.value.params.get("what")
    return getattr(what, "code", caught.value.code)


@pytest.mark.parametrize("path", [SHEET, "_rels/.rels", "mimetype", "META-INF/manifest.xml", "xl/workbook.xml"])
def test_a_part_that_unpacks_to_two_hundred_times_the_file(path):
    """A bomb is refused before it is unpacked, whichever part it is."""
    assert refusal(repacked(xlsx(), **{path: b" " * BIG})) == "directory.is_bomb"


def test_a_large_part_that_is_packed_as_registers_are(monkeypatch):
    """What unpacks to less than two hundred times is read."""
    monkeypatch.setattr("supervision.directory.reading.zip_parts.UNSUSPECTED", 100)
    assert len(read_table("offices", "x.xlsx", xlsx()).line) == 1


@pytest.mark.parametrize("path", ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_a_document_type_in_any_encoding(path, coding):
    """Entities can grow: no part may declare them, in an encoding that hides the word either."""
    text = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>'
    assert refusal(repacked(xlsx(), **{path: text.encode(coding)})) == "directory.is_bomb"


@pytest.mark.parametrize(
    "parts",
    [
        {"rows": b'<row r="1048577"><c><v>1</v></c></row>'},
        {"rows": b'<row r="99999999999999999999"><c><v>1</v></c></row>'},
        {"rows": b'<row r="0"><c><v>1</v></c></row>'},
        {"rows": b'<row r="9"><c r="A9" t="s"><v>-1</v></c></row>'},
        {"rows": b'<row r="9"><c r="A9" t="d" s="0"><v>1</v></c><c t="n"><v>NaN</v></c></row>'},
        {"end": b'<mergeCells><mergeCell ref="A1:ZZZZZZZ9"/></mergeCells>'},
        {"end": b'<mergeCells><mergeCell ref="A1:B1048577"/></mergeCells>'},
        {"end": b'<mergeCells><mergeCell ref="A5:B2"/></mergeCells>'},
        {"end": b'<mergeCells><mergeCell ref="A' + b"1" * 5000 + b':B2"/></mergeCells>'},
        {"cols": b'<cols><col min="x" max="2" hidden="1"/></cols>'},
        {"cols": b'<cols><col hidden="1"/></cols>'},
    ],
)
def test_numbers_that_no_sheet_has(parts):
    """Rows, columns, areas and places that no sheet has: the file is damaged, and says so."""
    assert refusal(with_sheet(**parts)) == "directory.unreadable"


def test_a_day_without_end():
    """An endless number in a cell that shows a day."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx()))
    book.active["E2"] = 5
    book.active["E2"].number_format = "yyyy-mm-dd"
    stream = io.BytesIO()
    book.save(stream)
    sheet = repacked(stream.getvalue(), **{SHEET: lambda text: text.replace(b"<v>5</v>", b"<v>1e400</v>")})
    assert refusal(sheet) == "directory.unreadable"


def test_hidden_columns_from_below_nothing():
    """Columns are counted within the sheet, however far a file says that they go."""
    table = read_table("offices", "x.xlsx", with_sheet(cols=b'<cols><col min="-999999999" max="2" hidden="1"/></cols>'))
    assert len(table.line) == 1


@pytest.mark.parametrize("text", [b"<mergeCell " * 60_000, b"<col " * 60_000])
def test_elements_that_never_end(text):
    """Text that begins an element again and again is looked at once."""
    begun = time.process_time()
    with pytest.raises(DirectoryError):
        read_table("offices", "x.xlsx", with_sheet(cols=text, end=text))
    assert time.process_time() - begun < 2


def test_many_areas_over_one_another():
    """Areas never overlap; in a damaged file they may: the first ones count, in little time."""
    begun = time.process_time()
    merges = [Merge(1, 0, 1_048_576, 16_383)] * 20_000
    rows = [(number, ["a", "b"]) for number in range(1, 25)]
    spread(rows, merges)
    down = MergedDown([Merge(2, 0, 1_048_576, 0)] * 20_000, after=1, places={0, 1})
    for number in range(2, 2_000):
        down.fill(Row(number, False, {0: "x"} if number == 2 else {1: "y"}, (), ()))
    assert rows[5][1][:3] == ["a", "b", "a"] and len(down.filled[0]) == 1_997
    assert time.process_time() - begun < 3


def ods(body: str) -> bytes:
    """Return an ods workbook of offices with something behind its rows."""
    names = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("office", "table", "text"))
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in (["机构编号", "所属部门", "机构名称", "行政区划"], ["m1", "market", "一分局", "320505"])
    )
    content = (
        f'<office:document-content {names}><table:table table:name="a">{rows}{body}</table:table>'
        "</office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return stream.getvalue()


def repeated(rows: int, columns: int) -> str:
    """Return a filled cell that stands for many."""
    cell = f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="string"><text:p>x</text:p>'
    return f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-cell></table:table-row>'


@pytest.mark.parametrize(
    "body",
    [
        repeated(1_048_576, 16_384),
        repeated(1_000_000, 4),
        repeated(200, 16_384),
    ],
)
def test_cells_that_stand_for_a_million(body):
    """More filled cells than three columns to the end are refused."""
    assert refusal(ods(body)) == "directory.is_bomb"


@pytest.mark.parametrize(
    ("form", "names", "refused"),
    [("ods", 256, False), ("ods", 257, True), ("xlsx", 1_000, False), ("xlsx", 1_001, True), ("xlsx", 2, False)],
)
def test_sheets_without_end(form, names, refused):
    """An ods of 256 sheets is read, an xlsx of 1,000, one of more is refused."""
    if form == "ods":
        source = ods("".join(f'</table:table><table:table table:name="b{number}">' for number in range(1, names)))
    else:
        source = of_sheets(*(f"b{number}" for number in range(names)))
    assert len(sheets_of("x", source, form)) == names if not refused else refusal(source) == "directory.is_many_sheets"


def test_what_links_to_other_files_are_no_sheets():
    """An ods with two links of the old kind has their last values in unnamed tables: none of them is a sheet."""
    link = "<table:dde-link><table:table/></table:dde-link>"
    source = ods(f'</table:table><table:dde-links>{link * 2}</table:dde-links><table:table table:name="b">')
    assert [sheet.title for sheet in sheets_of("x", source, "ods")] == ["a", "b"]


@pytest.mark.parametrize("again", ["结果更正", "RESULTS", "a"])
def test_sheets_that_stand_there_twice(again):
    """One name of two sheets, in small letters or large, and one sheet under two names: a file that nothing writes."""

    def doubled(book: bytes) -> bytes:
        return re.sub(rb'(<sheet [^>]*name=")results("[^>]*/>)', rb"\g<0>" * 1_000, book)

    assert refusal(repacked(of_sheets("a", "results"), **{BOOK: doubled})) == "directory.is_many_sheets"
    named = repacked(of_sheets("a", "b", "results"), **{BOOK: lambda book: book.replace(b'"b"', f'"{again}"'.encode())})
    if again in ("RESULTS", "a"):
        assert refusal(named) == "directory.is_many_sheets"
    else:
        assert [sheet.title for sheet in sheets_of("x", named, "xlsx")] == ["a", again, "results"]
        twice = repacked(named, **{BOOK: lambda book: re.sub(rb'r:id="\w+"', b'r:id="rId1"', book)})
        assert refusal(twice) == "directory.is_many_sheets"


def test_a_column_filled_to_the_end():
    """A row that stands for two hundred thousand is taken row by row: the first are there at once, in little memory."""
    tracemalloc.start()
    table = read_table("offices", "x.ods", ods(repeated(200_000, 1)))
    tracemalloc.stop()
    assert len(table.line) == 200_001 and table.line[-1] == 200_002


def test_columns_beyond_the_last_one():
    """Cells and areas beyond the last column are none."""
    far = '<table:table-row><table:table-cell table:number-columns-repeated="16384"/>'
    far += '<table:table-cell table:number-columns-spanned="9" office:value-type="string"><text:p>x</text:p>'
    table = read_table("offices", "x.ods", ods(f"{far}</table:table-cell></table:table-row>"))
    assert len(table.line) == 1


def test_a_table_of_sectors_without_end():
    """A container that names more sectors of its table than the file has is damaged, before they are read."""
    sector = bytes(512)
    head = bytearray(SIGNATURE + bytes(504))
    struct.pack_into("<H", head, 30, 9)
    struct.pack_into("<109I", head, 76, *[0] * 109)
    struct.pack_into("<I", head, 68, 0xFFFFFFFE)
    struct.pack_into("<I", head, 68, 1)
    listed = struct.pack("<128I", *[0] * 127, 0xFFFFFFFE)
    with pytest.raises(DamagedContainer, match="more sectors of the FAT"):
        Container(bytes(head) + sector + listed)


def test_sectors_of_any_size():
    """A container whose sectors would have 2 to the power of 65535 bytes says so, in a few digits."""
    head = bytearray(SIGNATURE + bytes(504))
    struct.pack_into("<H", head, 30, 65_535)
    with pytest.raises(DamagedContainer, match=r"2\^65535"):
        Container(bytes(head))


class Stream:
    """A container that holds one stream."""

    streams = ("Workbook",)

    def __init__(self, *records: tuple[int, bytes]) -> None:
        self.body = b"".join(struct.pack("<HH", code, len(body)) + body for code, body in records)

    def read(self, _: str) -> bytes:
        """Return it."""
        return self.body


def test_the_extent_of_an_old_sheet():
    """Two cells far from each other make the extent that their reader keeps whole; sheets do not share a place."""
    bound = (0x85, struct.pack("<I", 20) + b"\x00\x00\x00")
    start, end = (0x809, b""), (0x0A, b"")
    cells = [(0x203, struct.pack("<HH", 0, 0) + bytes(10)), (0xBD, struct.pack("<HH", 9, 1) + bytes(6) + b"\x04\x00")]
    sheet = [bound, end, *[(0x99, b"")], start, *cells, end]
    book = Stream(*sheet)
    at = len(Stream(bound, end, (0x99, b"")).body)
    book.body = book.body.replace(struct.pack("<I", 20), struct.pack("<I", at), 1)
    assert xls_facts(book).cells == 50
    twice = Stream(bound, bound, end, start, end)
    with pytest.raises(DamagedContainer, match="two sheets at one place"):
        xls_facts(twice)


@pytest.mark.parametrize(
    ("form", "extent", "refused"),
    [
        ("<2I2H", (0, 3, 0, 8), False),
        ("<2I2H", (0, 0, 0, 0), False),
        ("<2I2H", (0, 65536, 0, 256), False),
        ("<2I2H", (32, 3, 0, 8), True),
        ("<2I2H", (0, 65537, 0, 8), True),
        ("<2I2H", (0, 3, 8, 0), True),
        ("<2I2H", (0, 3, 0, 257), True),
        ("<4H", (0, 3, 0, 8), False),
        ("<4H", (4, 3, 0, 8), True),
    ],
)
def test_the_extent_that_an_old_sheet_says(form, extent, refused):
    """What a sheet says of its extent is what their reader takes memory for: one that no sheet has is refused."""
    start, end = (0x809, b""), (0x0A, b"")
    dimensions = (0x200, struct.pack(form, *extent) + bytes(2))
    at = len(Stream((0x85, bytes(7)), end).body)
    book = Stream((0x85, struct.pack("<I", at) + bytes(3)), end, start, dimensions, end)
    if refused:
        with pytest.raises(DamagedContainer, match="the extent of a sheet"):
            xls_facts(book)
    else:
        assert xls_facts(book).cells == 0


# [MS-XLS] Blank, Number, Label, BoolErr (with those of older versions), LabelSst, RK, RString, Formula
@pytest.mark.parametrize(
    "code", [0x0201, 0x0203, 0x0204, 0x0205, 0x00FD, 0x027E, 0x00D6, 0x0006, 0x0406, 0x0003, 0x0004]
)
def test_every_record_of_a_cell_counts(code):
    """The shortest record of each kind, six bytes, is a cell of the extent; five are none."""
    start, end = (0x809, b""), (0x0A, b"")
    at = len(Stream((0x85, bytes(7)), end).body)
    bound = (0x85, struct.pack("<I", at) + bytes(3))
    first, far = (0x0203, struct.pack("<HH", 1, 1) + bytes(10)), struct.pack("<HHH", 4, 3, 0)
    assert xls_facts(Stream(bound, end, start, first, (code, far), end)).cells == 4 * 3
    assert xls_facts(Stream(bound, end, start, first, (code, far[:5]), end)).cells == 1
