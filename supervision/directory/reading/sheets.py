"""Sheets (工作表): one shape for the sheets of every kind of workbook; xls and xlsb are read by calamine."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial
from itertools import chain
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from supervision.directory.reading import xlsx_cells
from supervision.directory.reading.ods_cells import ods_rows, ods_sheets
from supervision.directory.reading.ole_files import Container, DamagedContainer
from supervision.directory.reading.refusals import damaged, foreign
from supervision.directory.reading.xls_records import XlsFacts, xls_facts
from supervision.directory.reading.xlsx_cells import Merge, Row, number_text
from supervision.directory.reading.xlsx_package import open_package
from supervision.directory.reading.zip_parts import pieces, readable

MOST_CELLS = 40_000_000
MOST_SHEETS, OF_ODS = 1_000, 256  # each is looked at by itself; in an ods by going through the whole file once more
LARGEST_BINARY = 1 << 30


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet that can be read (可读的工作表).

    `rows(wanted)` yields its filled rows, of the columns wanted (places from 0) or of all; `merges()` gives its merged
    cells, by their first row, `hidden_columns()` the places of hidden columns. `state` is "visible", "hidden" or
    "veryHidden".
    """

    title: str
    state: str
    from_1904: bool
    rows: Callable[[frozenset[int] | None], Iterator[Row]]
    merges: Callable[[], list[Merge]]
    hidden_columns: Callable[[], frozenset[int]]


def sheets_of(name: str, data: bytes, form: str) -> list[Sheet]:
    """Return the sheets of a workbook in its order (取工作表); `form` is a format of `file_formats.format_of`.

    No program that makes workbooks gives two sheets one name, or two names to one sheet: where a file does, it is
    refused, for it can say the same a thousand times. So is one with more sheets than `MOST_SHEETS` (ods: `OF_ODS`).
    """
    if form == "xlsx":
        found = _xlsx(name, data)
    else:
        found = _ods(name, data) if form == "ods" else _by_calamine(name, data, form)
    most = OF_ODS if form == "ods" else MOST_SHEETS
    if len(found) > most or len({sheet.title.lower() for sheet in found}) < len(found):
        raise foreign(name, "directory.is_many_sheets")
    return found


def _xlsx(name: str, data: bytes) -> list[Sheet]:
    package = open_package(name, data)
    if len({part.path for part in package.sheets}) < len(package.sheets):
        raise foreign(name, "directory.is_many_sheets")
    return [
        Sheet(
            title=part.title,
            state=part.state,
            from_1904=package.from_1904,
            rows=partial(xlsx_cells.stream_rows, package, part),
            merges=partial(xlsx_cells.merges, package, part),
            hidden_columns=partial(xlsx_cells.hidden_columns, package, part),
        )
        for part in package.sheets
    ]


def _ods(name: str, data: bytes) -> list[Sheet]:
    return [
        Sheet(
            title=sheet.title,
            state="hidden" if sheet.hidden else "visible",
            from_1904=sheet.from_1904,
            rows=partial(ods_rows, name, data, sheet.place),
            merges=partial(list, sheet.merges),
            hidden_columns=partial(frozenset, sheet.hidden_columns),
        )
        for sheet in ods_sheets(name, data)
    ]


def _by_calamine(name: str, data: bytes, form: str) -> list[Sheet]:
    facts = _facts(name, data) if form == "xls" else None
    if facts and facts.locked:
        raise foreign(name, "directory.is_locked")
    if facts and facts.cells > MOST_CELLS:
        raise foreign(name, "directory.is_too_wide")
    if form == "xlsb":
        _refuse_wide(name, data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        read = [(about, book.get_sheet_by_name(about.name)) for about in book.sheets_metadata if _is_sheet(about)]
    except PasswordError as error:
        raise foreign(name, "directory.is_locked") from error
    except (CalamineError, OSError, ValueError) as error:
        raise damaged(name, error) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # how a fault inside the reader shows; it has no other base
            raise damaged(name, "PanicException") from error
        raise
    return [
        Sheet(
            title=about.name,
            state="visible" if about.visible == SheetVisibleEnum.Visible else "hidden",
            from_1904=bool(facts and facts.from_1904),
            rows=partial(_rows, sheet, facts.hidden_rows[at] if facts and at < len(facts.hidden_rows) else frozenset()),
            merges=partial(_merges, sheet),
            hidden_columns=frozenset,
        )
        for at, (about, sheet) in enumerate(read)
    ]


def _is_sheet(about: Any) -> bool:
    return bool(about.typ == SheetTypeEnum.WorkSheet)


def _facts(name: str, data: bytes) -> XlsFacts:
    try:
        return xls_facts(Container(data))
    except (DamagedContainer, struct.error) as error:
        raise damaged(name, error) from error


def _rows(sheet: Any, hidden: frozenset[int], wanted: frozenset[int] | None) -> Iterator[Row]:
    """Yield the filled rows of a sheet that calamine has read (逐行取出)."""
    if sheet.start is None:
        return
    cells = iter(sheet.iter_rows())
    first: list[Any] = next(cells, [])
    # The reader's rows begin with the sheet's first, or, by its version, with the first filled one.
    top, left = (sheet.start[0] if first.count("") < len(first) else 0), sheet.start[1]
    for number, values in enumerate(chain([first], cells), start=top + 1):
        if values.count("") == len(values):
            continue
        texts: dict[int, str] = {}
        typed: list[int] = []
        for place, value in enumerate(values, start=left):
            if (value or value == 0) and (wanted is None or place in wanted) and (text := text_of(value)):
                texts[place] = text
                if type(value) in (int, float):
                    typed.append(place)
        if texts:
            yield Row(number, number in hidden, texts, (), tuple(typed))


def _merges(sheet: Any) -> list[Merge]:
    found = [Merge(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
    return sorted(found, key=lambda merge: (merge.top, merge.left))


def text_of(value: object) -> str:
    """Return a cell's value as text (单元格转文字): days are ISO, numbers as `number_text` writes them."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        return number_text(repr(value))
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds") if value.time() != time() else value.date().isoformat()
    return str(value)


def _refuse_wide(name: str, data: bytes) -> None:
    """Refuse a binary workbook whose parts or extent would fill the memory (范围过大的二进制工作簿).

    Its reader keeps the whole extent. Source: [MS-XLSB] 2.4.823 BrtWsDim, record 148: first and last row, first and
    last column, four bytes each.
    """
    with readable(name), zipfile.ZipFile(io.BytesIO(data)) as archive:
        for path in archive.namelist():
            head = _head(name, archive, path)
            if not path.lower().startswith("xl/worksheets/") or not path.lower().endswith(".bin"):
                continue
            at = head.find(b"\x94\x01\x10")
            if at >= 0 and len(head) >= at + 19:
                top, bottom, left, right = struct.unpack_from("<4I", head, at + 3)
                if bottom < top or right < left or (bottom - top + 1) * (right - left + 1) > MOST_CELLS:
                    raise foreign(name, "directory.is_too_wide")


def _head(name: str, archive: zipfile.ZipFile, path: str) -> bytes:
    """Return how a part begins (部件开头), once all of it was unpacked: its other reader knows no limit."""
    parts = pieces(name, archive, path, LARGEST_BINARY)
    head = next(parts, b"")
    for _ in parts:
        pass
    return head
