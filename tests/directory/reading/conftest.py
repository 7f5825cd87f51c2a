"""Workbooks made by hand, part by part, so that each test says what stands in its file."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any
from xml.sax.saxutils import escape

import pytest

from supervision.directory.reading.xlsx_cells import place_of
from supervision.directory.table import Table

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = ["统一社会信用代码", "企业名称", "登记状态", "成立日期", "行政区划代码", "专项库"]
STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="22"/><xf numFmtId="21"/></cellXfs>'
)


def letters_of(place: int) -> str:
    """Return a column's letters, from 0."""
    return next(
        f"{a}{b}".strip()
        for a in " ABCDEF"
        for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        if place_of(f"{a}{b}".strip()) == place
    )


def cell(reference: str, value: Any) -> str:
    """Return a cell's XML: a number, a text, or XML as it stands where it begins with "<c"."""
    if isinstance(value, str) and value.startswith("<c"):
        return value.replace("<c", f'<c r="{reference}"', 1)
    if isinstance(value, int | float):
        return f'<c r="{reference}"><v>{value}</v></c>'
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def sheet(
    rows: Sequence[Sequence[Any] | None], *, first: int = 1, hidden: Sequence[int] = (), more: str = "", cols: str = ""
) -> str:
    """Return a sheet's XML; `hidden` are row numbers, `more` comes after the rows, `cols` before them."""
    written = ""
    for number, values in enumerate(rows, start=first):
        cells = "".join(
            cell(f"{letters_of(place)}{number}", value) for place, value in enumerate(values or ()) if value is not None
        )
        mark = ' hidden="1"' if number in hidden else ""
        written += f'<row r="{number}"{mark}>{cells}</row>'
    return f'<worksheet xmlns="{MAIN}">{cols}<sheetData>{written}</sheetData>{more}</worksheet>'


def merged(*references: str) -> str:
    """Return the XML of merged cells."""
    return "<mergeCells>" + "".join(f'<mergeCell ref="{reference}"/>' for reference in references) + "</mergeCells>"


def book(
    sheets: dict[str, str],
    *,
    states: dict[str, str] | None = None,
    book_xml: str = "",
    shared: str | None = None,
    parts: dict[str, bytes] | None = None,
) -> bytes:
    """Return an xlsx file of sheets (title → XML); `book_xml` stands in the workbook, `parts` are further files."""
    stream = io.BytesIO()
    listed, relations = "", ""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for at, (title, xml) in enumerate(sheets.items(), start=1):
            state = f' state="{states[title]}"' if states and title in states else ""
            listed += f'<sheet name="{escape(title)}" sheetId="{at}"{state} r:id="rId{at}"/>'
            relations += f'<Relationship Id="rId{at}" Type="{RELATION}/worksheet" Target="worksheets/sheet{at}.xml"/>'
            archive.writestr(f"xl/worksheets/sheet{at}.xml", xml)
        relations += f'<Relationship Id="s" Type="{RELATION}/styles" Target="/xl/styles.xml"/>'
        if shared is not None:
            relations += f'<Relationship Id="t" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
            archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{shared}</sst>')
        archive.writestr("[Content_Types].xml", "<Types/>")
        if "xl/styles.xml" not in (parts or {}):
            archive.writestr("xl/styles.xml", f'<styleSheet xmlns="{MAIN}">{STYLES}</styleSheet>')
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{relations}</Relationships>")
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}">{book_xml}<sheets>{listed}</sheets></workbook>',
        )
        for path, content in (parts or {}).items():
            archive.writestr(path, content)
    return stream.getvalue()


def unit(number: int, **changed: Any) -> list[Any]:
    """Return a unit's cells under `HEAD`."""
    values = {"status": "存续", "day": "2015-03-09", "region": "320505", "tags": "食品经营"} | changed
    return [f"91320505YY000000{number}", f"演示第{number}号企业", *values.values()]


def rows_of(table: Table) -> list[dict[str, str | None]]:
    """Return the rows of a table with None for missing cells."""
    frame = table.frame.astype(object)
    return frame.where(frame.notna(), None).to_dict("records")


def rejected_of(table: Table) -> list[tuple[int, str, str]]:
    """Return line, column and code of every rejected row."""
    return list(
        zip(
            table.rejected["line"].tolist(),
            table.rejected["column"],
            [reason.code for reason in table.rejected["reason"]],
            strict=True,
        )
    )


def codes_of(table: Table) -> list[str]:
    """Return the codes of a table's notes, without their package."""
    return [note.code.removeprefix("directory.") for note in table.notes]


class Made:
    """What the tests of this folder make their files with."""

    head = HEAD
    sheet = staticmethod(sheet)
    merged = staticmethod(merged)
    book = staticmethod(book)
    unit = staticmethod(unit)
    rows_of = staticmethod(rows_of)
    rejected_of = staticmethod(rejected_of)
    codes_of = staticmethod(codes_of)


@pytest.fixture
def made() -> type[Made]:
    """Give the makers of files and the readers of tables."""
    return Made


@pytest.fixture
def column_of() -> Callable[[Table, str], list[str | None]]:
    """Give a column's values as a list."""
    return lambda table, name: [row[name] for row in rows_of(table)]
