"""Kinds of files that hold registers: CSV, xlsx, xls, ods; read, checked, and handed back where rows are bad."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

import openpyxl
from fuzzing import hostile, packed, texts

from supervision.directory.checking.register_check import check_table
from supervision.directory.reading.ole_files import Container, DamagedContainer
from supervision.directory.reading.register_file import read_table
from supervision.directory.register import kinds, register
from supervision.directory.returning.rejects import rejects
from supervision.directory.returning.template import template
from supervision.directory.returning.text_marks import without_marks
from supervision.law.code_lists import CodeLists
from supervision.store import shipped_files

OLD_XLS = Path(__file__).parents[2] / "tests" / "directory" / "old.xls"
LISTS = CodeLists.read(shipped_files.shipped_code_lists())
AS_OF = date(2026, 11, 30)
ROWS = 6
HANDED_BACK = 5_000  # rows: more take their time, row by row
SPACE = b" " * 1024
SHEET = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
XLSX_BOMBS = (
    ("xl/worksheets/sheet1.xml", SHEET + b"<sheetData>", SPACE, b"</sheetData></worksheet>"),
    ("xl/worksheets/sheet1.xml", SHEET + b"<sheetData>", b"<row><c><v>1</v></c></row>", b"</sheetData></worksheet>"),
    ("xl/worksheets/sheet1.xml", SHEET + b"<x>", b"<y/>", b"</x></worksheet>"),
    ("xl/sharedStrings.xml", b"<sst>", b"<si><t>ab</t></si>", b"</sst>"),
    ("xl/styles.xml", b"<styleSheet><cellXfs>", b"<xf/>", b"</cellXfs></styleSheet>"),
    ("xl/workbook.xml", b"<workbook>", SPACE, b"</workbook>"),
    ("_rels/.rels", b"<Relationships>", SPACE, b"</Relationships>"),
    ("mimetype", b"", SPACE, b""),
    ("META-INF/manifest.xml", b"<a>", SPACE, b"</a>"),
)
ODS_BOMBS = (
    ("content.xml", b"<office:document-content>", SPACE, b"</office:document-content>"),
    ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet", SPACE, b""),
    ("META-INF/manifest.xml", b"<a>", SPACE, b"</a>"),
)

Seed = tuple[str, bytes]


def read(kind: str, name: str, source: bytes) -> None:
    """Read a register file as `import` does, up to the file that hands its bad rows back."""
    table = without_marks(read_table(kind, name, source))
    checked = check_table(kind, table, as_of=AS_OF, lists=LISTS)
    if 0 < checked.rejected_lines <= HANDED_BACK:
        rejects(kind, table, checked, "zh")
    for note in checked.notes:
        note.text("zh").encode(), note.text("en").encode()


@cache
def rows_of(kind: str) -> list[list[str]]:
    """Return a header and some rows of a register: its example with other keys."""
    definition = register(kind)
    columns = [column for column in definition.columns if not column.private]
    rows = [[definition.example.get(column.name, "") for column in columns] for _ in range(ROWS)]
    for number, row in enumerate(rows):
        row[0] = f"{row[0]}{number or ''}"
    return [[column.zh for column in columns], *rows]


@cache
def csv_seeds() -> list[Seed]:
    """Return every register as CSV."""
    found = []
    for kind in kinds():
        stream = io.StringIO(newline="")
        csv.writer(stream, lineterminator="\n").writerows(rows_of(kind))
        found.append((kind, stream.getvalue().encode()))
    return found


@cache
def xlsx_seeds() -> list[Seed]:
    """Return every register's own template, and a workbook of rows with days, merged and hidden cells."""
    found = [(kind, template(kind, "zh", LISTS)) for kind in kinds()]
    for kind in kinds():
        book = openpyxl.Workbook()
        sheet = book.active
        for row in rows_of(kind):
            sheet.append([date.fromisoformat(cell) if _is_day(cell) else cell for cell in row])
        sheet.merge_cells("B3:B4")
        sheet.row_dimensions[5].hidden = True
        sheet.column_dimensions["C"].hidden = True
        stream = io.BytesIO()
        book.save(stream)
        found.append((kind, stream.getvalue()))
    return found


@cache
def ods_seeds() -> list[Seed]:
    """Return every register as an ods workbook, as the standard has it."""
    return [(kind, ods(rows_of(kind))) for kind in kinds()]


def ods(rows: list[list[str]]) -> bytes:
    names = ("office", "table", "text", "style", "calcext")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    body = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="date" office:date-value="{cell}"><text:p>{cell}</text:p>'
            "</table:table-cell>"
            if _is_day(cell)
            else f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in row
        )
        + '<table:table-cell table:number-columns-repeated="3"/></table:table-row>'
        for row in rows
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.3"><office:body>'
        '<office:spreadsheet><table:table table:name="表1"><table:table-column table:number-columns-repeated="9"/>'
        f'{body}<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><manifest/>')
        archive.writestr("content.xml", content)
    return stream.getvalue()


def _is_day(cell: str) -> bool:
    return len(cell) == 10 and cell[4:5] == cell[7:8] == "-" and cell.replace("-", "").isdigit()


def xls_seeds() -> list[Seed]:
    """Return the old workbook of the tests."""
    return [("entities", OLD_XLS.read_bytes()), ("inspectors", OLD_XLS.read_bytes())]


def changed_part(chance: Random, name: str, content: bytes) -> bytes:
    """Change a part of a workbook: XML as XML, anything as bytes."""
    if name.endswith((".xml", ".rels", ".vml")) and chance.random() < 0.9:
        return texts.changed_xml(chance, content)
    return hostile.changed_bytes(chance, content)


def changed_xls(chance: Random, source: bytes) -> bytes:
    """Change records of an old workbook in their places, or its container, or any bytes."""
    if chance.random() < 0.3:
        return hostile.changed_bytes(chance, source)
    found = bytearray(source)
    if chance.random() < 0.25:  # the container's header and its first sectors
        at = chance.randrange(24, 76 + 40)
        struct.pack_into("<I", found, at & ~3, chance.choice((0, 1, 2, 0xFFFFFFFE, 0xFFFFFFFF, 1 << 20, len(source))))
        return bytes(found)
    try:
        stream = Container(source).read("Workbook")
    except (DamagedContainer, KeyError):
        return hostile.changed_bytes(chance, source)
    start = source.find(stream[:512])
    places, at = [], 0
    while at + 4 <= len(stream):
        places.append(at)
        at += 4 + struct.unpack_from("<H", stream, at + 2)[0]
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = start + chance.choice(places)
        length = struct.unpack_from("<H", source, at + 2)[0]
        how = chance.randrange(6)
        if how == 0:
            struct.pack_into(
                "<H", found, at, chance.choice((0x0006, 0x0085, 0x00FC, 0x00FD, 0x0203, 0x003C, 0x00E5, 10))
            )
        elif how == 1:
            struct.pack_into("<H", found, at + 2, chance.choice((0, 1, length + 1, 0xFFFF, 8224)))
        elif length >= 4 and how < 5:
            where = at + 4 + chance.randrange(0, length - 1, 2)
            struct.pack_into("<H", found, where, chance.choice((0, 1, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF)))
        elif length:
            found[at + 4 + chance.randrange(length)] ^= 1 << chance.randrange(8)
    return bytes(found)


def changed_xlsx(chance: Random, source: bytes) -> bytes:
    """Change an xlsx workbook."""
    return packed.changed_archive(chance, source, changed_part, XLSX_BOMBS)


def changed_ods(chance: Random, source: bytes) -> bytes:
    """Change an ods workbook."""
    return packed.changed_archive(chance, source, changed_part, ODS_BOMBS)
