"""The cells of an ods workbook (开放文档表格): read row by row as a stream, so that memory follows the filled cells.

Source: OpenDocument 1.3 part 3, 9.1 (tables), 19.385 (office:value-type), 19.675 (table:number-rows-repeated).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from supervision.directory.reading.refusals import foreign
from supervision.directory.reading.xlsx_cells import MOST_COLUMNS, MOST_ROWS, Merge, Row, number_text
from supervision.directory.reading.xlsx_package import LARGEST_SHEET, parser_of
from supervision.directory.reading.zip_parts import pieces, readable

NO_CELLS = ("office:annotation", "draw:frame", "text:ruby-text", "table:dde-links")  # what holds other texts, or copies
MOST_REPEATED = 3_000_000  # filled cells that are written once and stand for several: three columns filled to the end
CONTENT = "content.xml"
EPOCH_1904 = "1904-01-01"


@dataclass(kw_only=True)
class OdsSheet:
    """A sheet of an ods workbook (工作表): `facts` are gathered while its rows go by."""

    title: str
    place: int
    hidden: bool
    from_1904: bool
    merges: list[Merge] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)


def ods_sheets(name: str, data: bytes) -> list[OdsSheet]:
    """Return the sheets of an ods workbook (取工作表), with their merged cells and hidden columns."""
    reader = _Reader(name, None, None)
    for _ in _events(name, data, reader):
        pass
    if reader.repeated > MOST_REPEATED:
        raise foreign(name, "directory.is_bomb")
    return [
        OdsSheet(
            title=sheet.title,
            place=sheet.place,
            hidden=sheet.hidden,
            from_1904=reader.from_1904,
            merges=sorted(sheet.merges, key=lambda merge: (merge.top, merge.left)),
            hidden_columns=sheet.hidden_columns,
        )
        for sheet in reader.sheets
    ]


def ods_rows(name: str, data: bytes, place: int, wanted: frozenset[int] | None) -> Iterator[Row]:
    """Yield the filled rows of the sheet at a place (逐行读取), of the columns wanted or of all."""
    yield from _events(name, data, _Reader(name, place, wanted))


def _events(name: str, data: bytes, reader: _Reader) -> Iterator[Row]:
    with readable(name), zipfile.ZipFile(io.BytesIO(data)) as archive:
        for piece in pieces(name, archive, CONTENT, LARGEST_SHEET):
            reader.parser.Parse(piece, False)
            yield from reader.taken()
            if reader.done:
                return
        reader.parser.Parse(b"", True)
        yield from reader.taken()


class _Reader:
    """Turns the XML of an ods workbook into rows (解析内容): of the sheet at `place`; of none where that is None."""

    def __init__(self, name: str, place: int | None, wanted: frozenset[int] | None) -> None:
        self._place, self._wanted = place, wanted
        self.parser: Any = parser_of(name, self._start, self._end)
        self._ready: list[tuple[Row, int]] = []
        self.sheets: list[OdsSheet] = []
        self.from_1904 = self.done = False
        self.repeated = 0
        self._style, self._hidden_styles, self._table_depth, self._skipped = "", set[str](), 0, 0
        self._number, self._repeat, self._hidden, self._column = 0, 1, False, 0
        self._cells: dict[int, str] = {}
        self._unsaved: list[int] = []
        self._typed: list[int] = []
        self._cell: dict[str, str] = {}
        self._texts: list[str] = []

    def taken(self) -> Iterator[Row]:
        """Yield the rows that are ready (取出各行), one that stands for several as often as it stands."""
        for row, count in self._ready:
            for number in range(row.number, row.number + count):
                yield Row(number, row.hidden, dict(row.cells), row.unsaved, row.typed)
        self._ready.clear()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipped or tag in NO_CELLS:
            self._skipped += 1
        elif tag == "style:style":
            self._style = attributes.get("style:name", "")
        elif tag == "style:table-properties" and attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)
        elif tag == "table:null-date":
            self.from_1904 = attributes.get("table:date-value") == EPOCH_1904
        elif tag == "table:table":
            self._table_depth += 1
            if self._table_depth == 1:
                self._begin_sheet(attributes)
        elif self._table_depth == 1:
            self._start_inside(tag, attributes)

    def _begin_sheet(self, attributes: dict[str, str]) -> None:
        self._number = self._column = 0
        self.sheets.append(
            OdsSheet(
                title=attributes.get("table:name", ""),
                place=len(self.sheets),
                hidden=attributes.get("table:style-name") in self._hidden_styles,
                from_1904=self.from_1904,
            )
        )

    def _start_inside(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table-column":
            count = _count(attributes, "table:number-columns-repeated", MOST_COLUMNS)
            if attributes.get("table:visibility") in ("collapse", "filter"):
                self.sheets[-1].hidden_columns |= set(range(self._column, min(self._column + count, MOST_COLUMNS)))
            self._column += count
        elif tag == "table:table-row":
            self._repeat = _count(attributes, "table:number-rows-repeated", MOST_ROWS)
            self._hidden = attributes.get("table:visibility") in ("collapse", "filter")
            self._column = 0
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._cell = attributes
            self._texts.clear()
        elif tag == "text:p":
            if self._texts:
                self._texts.append("\n")
            self.parser.CharacterDataHandler = self._texts.append
        elif tag in ("text:s", "text:tab", "text:line-break"):
            self._texts.append({"text:s": " ", "text:tab": "\t"}.get(tag, "\n"))

    def _end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif tag == "table:table":
            self._table_depth -= 1
            self.done = self._place is not None and self._table_depth == 0 and len(self.sheets) > self._place
        elif self._table_depth != 1:
            return
        elif tag == "text:p":
            self.parser.CharacterDataHandler = None
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._end_cell()
        elif tag == "table:table-row":
            self._end_row()

    def _end_cell(self) -> None:
        count = _count(self._cell, "table:number-columns-repeated", MOST_COLUMNS)
        rows = _count(self._cell, "table:number-rows-spanned", MOST_ROWS)
        columns = _count(self._cell, "table:number-columns-spanned", MOST_COLUMNS)
        if (rows > 1 or columns > 1) and self._column + columns <= MOST_COLUMNS and self._number + rows <= MOST_ROWS:
            top = self._number + 1
            self.sheets[-1].merges.append(Merge(top, self._column, top + rows - 1, self._column + columns - 1))
        if self._place is None and (count > 1 or self._repeat > 1) and _cell_text(self._cell, "".join(self._texts)):
            self.repeated += count * self._repeat
        if self._place == len(self.sheets) - 1 and self._column < MOST_COLUMNS:
            text = _cell_text(self._cell, "".join(self._texts))
            for place in range(self._column, min(self._column + count, MOST_COLUMNS) if text else self._column + 1):
                self._take(place, text)
        self._column += count

    def _take(self, place: int, text: str) -> None:
        if self._wanted is not None and place not in self._wanted:
            return
        if text:
            self._cells[place] = text
            if self._cell.get("office:value-type") == "float":
                self._typed.append(place)
        elif "table:formula" in self._cell and "office:value-type" not in self._cell:
            self._unsaved.append(place)

    def _end_row(self) -> None:
        count = min(self._repeat, MOST_ROWS - self._number)
        if count > 0 and (self._cells or self._unsaved):
            row = Row(self._number + 1, self._hidden, dict(self._cells), tuple(self._unsaved), tuple(self._typed))
            self._ready.append((row, count))
        self._number += self._repeat
        for gathered in (self._cells, self._unsaved, self._typed):
            gathered.clear()


def _count(attributes: dict[str, str], name: str, most: int) -> int:
    return min(max(int(attributes.get(name, 1)), 1), most)


def _cell_text(cell: dict[str, str], shown: str) -> str:
    """Return what a cell holds as text (单元格转文字): its value where it has one, else what it shows."""
    kind = cell.get("office:value-type", "")
    if cell.get("calcext:value-type") == "error":
        return shown if shown.startswith("#") else "#VALUE!"
    if kind in ("float", "percentage", "currency") and "office:value" in cell:
        return number_text(cell["office:value"])
    if kind == "date":
        return cell.get("office:date-value", "").replace("T00:00:00", "").replace("T", " ").partition(".")[0]
    if kind == "boolean":
        return cell.get("office:boolean-value", "").upper()
    return cell.get("office:string-value", shown) if kind == "string" and not shown else shown
