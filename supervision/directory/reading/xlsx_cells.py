"""The cells of an xlsx sheet (工作表单元格): read row by row as a stream, so that memory follows the filled cells.

A sheet's extent means nothing here: a space in the last cell of the sheet costs one cell. Source: ECMA-376 part 1,
18.3 (worksheets), 18.17.4 (dates).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any

from supervision.directory.reading.xlsx_package import (
    EPOCHS,
    LARGEST_SHEET,
    Package,
    SheetPart,
    is_true,
    parser_of,
    unescaped,
)
from supervision.directory.reading.zip_parts import pieces, readable

DIGITS_KEPT = 15
MOST_COLUMNS, MOST_ROWS = 16_384, 1_048_576
_DIGITS = "0123456789"
_MERGE = re.compile(
    rb"<(?:[\w.-]{1,99}:)?mergeCell\s[^<>]*?\bref\s*=\s*[\"']\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)[\"'][^<>]*>"
)
_COLUMN = re.compile(rb"<(?:[\w.-]{1,99}:)?col\s[^<>]*>")
LONGEST_ELEMENT = 4096
_ATTRIBUTE = re.compile(rb"(\w+)\s*=\s*[\"']([^\"']*)[\"']")
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.\d+)?Z?)?")


@dataclass(frozen=True)
class Row:
    """A row with filled cells (一行): `cells` maps a column's place, from 0, to its text.

    `unsaved` are the places of formulas that were saved without their result, `typed` those of numbers that no format
    marks as days.
    """

    number: int
    hidden: bool
    cells: dict[int, str]
    unsaved: tuple[int, ...]
    typed: tuple[int, ...]


@dataclass(frozen=True)
class Merge:
    """Merged cells (合并单元格): rows from 1 and places of columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


def place_of(letters: str) -> int:
    """Return the place of a spreadsheet column (列序号), from 0.

    >>> place_of("A"), place_of("AB"), place_of("XFD")
    (0, 27, 16383)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def number_text(written: str) -> str:
    """Return a number as text (数字转文字): whole ones without a point, 16 digits and more in scientific notation.

    >>> number_text("42969"), number_text("1.50"), number_text("3.0"), number_text("913205050000000012")
    ('42969', '1.5', '3', '9.13205050000000E+17')
    """
    if written.isascii() and written.isdigit() and len(written) <= DIGITS_KEPT:
        return written
    value = float(written)
    if abs(value) >= 10**DIGITS_KEPT:
        return f"{value:.14E}"
    return str(int(value)) if value == int(value) else repr(value)


@lru_cache(maxsize=1 << 16)
def padded_text(written: str, digits: int) -> str:
    """Return a number as its format shows it, with zeros before it (补零数字转文字); only whole ones are shown so.

    >>> padded_text("10", 4), padded_text("12345", 4), padded_text("1.5", 4), padded_text("-3", 4)
    ('0010', '12345', '1.5', '-3')
    """
    text = number_text(written)
    return text.zfill(digits) if text.isdigit() else text


def day_text(written: str, from_1904: bool) -> str:
    """Return a serial number as a day, a time or both (日期序号转文字), in the workbook's own date system."""
    serial = float(written)
    first = 0 if from_1904 else 61  # before it, the 1900 system counts a 29 February 1900 that never was
    seconds = round(serial * 86_400)
    if 0 <= serial < 1:
        return str((datetime.min + timedelta(seconds=min(seconds, 86_399))).time())
    if not first <= serial < 2_958_466 or seconds >= 2_958_466 * 86_400:
        return number_text(written)
    moment = datetime.combine(EPOCHS[from_1904], time()) + timedelta(seconds=seconds)
    return moment.date().isoformat() if moment.time() == time() else moment.isoformat(" ")


def stream_rows(package: Package, sheet: SheetPart, wanted: frozenset[int] | None = None) -> Iterator[Row]:
    """Yield the rows that have filled cells (逐行读取), of the columns wanted only, or of all."""
    ready: list[Row] = []
    with readable(package.name):
        parser = _Parser(package, wanted, ready)
        for piece in pieces(package.name, package.archive, sheet.path, LARGEST_SHEET):
            parser.feed(piece)
            yield from ready
            ready.clear()
        parser.close()
        yield from ready


def merges(package: Package, sheet: SheetPart) -> list[Merge]:
    """Return the merged cells of a sheet (合并单元格), which stand after its rows, by their first row."""
    with readable(package.name):
        found = [_merge(*match.groups()) for match in _elements(package, sheet, _MERGE)]
    return sorted(found, key=lambda merge: (merge.top, merge.left))


def _merge(left: bytes, top: bytes, right: bytes, bottom: bytes) -> Merge:
    merge = Merge(int(top), place_of(left.decode()), int(bottom), place_of(right.decode()))
    if not (1 <= merge.top <= merge.bottom <= MOST_ROWS and merge.left <= merge.right < MOST_COLUMNS):
        raise ValueError(f"mergeCell row {merge.top}")
    return merge


def _elements(
    package: Package, sheet: SheetPart, pattern: re.Pattern[bytes], until: bytes = b""
) -> Iterator[re.Match[bytes]]:
    """Yield the elements of a sheet that a pattern tells (查找元素), up to the piece that has `until` in it."""
    begun = b""
    for piece in pieces(package.name, package.archive, sheet.path, LARGEST_SHEET):
        text = begun + piece
        yield from pattern.finditer(text)
        if until and until in text:
            return
        cut = text.rfind(b"<")
        is_whole = cut < 0 or b">" in text[cut:]
        begun = b"" if is_whole else text[cut : cut + LONGEST_ELEMENT]


def hidden_columns(package: Package, sheet: SheetPart) -> frozenset[int]:
    """Return the places of hidden columns (隐藏的列), which stand before its rows."""
    places: set[int] = set()
    with readable(package.name):
        for written in _elements(package, sheet, _COLUMN, until=b"sheetData"):
            attributes = dict(_ATTRIBUTE.findall(written[0]))
            if is_true(attributes.get(b"hidden", b"").decode()):
                first, last = int(attributes[b"min"]), int(attributes[b"max"])
                places |= set(range(max(first - 1, 0), min(last, MOST_COLUMNS)))
    return frozenset(places)


class _Places(dict[str, int]):
    """Letters of a column → its place (列序号), worked out once."""

    def __missing__(self, letters: str) -> int:
        self[letters] = place = place_of(letters.upper())
        if not 0 <= place < MOST_COLUMNS:
            raise ValueError(f"cell {letters}")
        return place


class _Parser:
    """Turns a sheet's XML into rows (解析工作表): `feed` and `close` put them into `ready`."""

    def __init__(self, package: Package, wanted: frozenset[int] | None, ready: list[Row]) -> None:
        self._package, self._wanted, self._ready = package, wanted, ready
        self._parser = parser_of(package.name, self._first, lambda _: None)

    def feed(self, piece: bytes) -> None:
        """Take in the next piece of XML (输入一段)."""
        self._parser.Parse(piece, False)

    def close(self) -> None:
        """Say that the XML is complete (输入完毕)."""
        self._parser.Parse(b"", True)

    def _first(self, tag: str, _: dict[str, str]) -> None:
        """Learn the prefix of the file's names from its first element, and hand over (识别前缀)."""
        prefix = tag[: tag.index(":") + 1] if ":" in tag else ""
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._handlers(prefix)

    def _handlers(self, prefix: str) -> tuple[Any, Any]:
        """Return what is done at the start and the end of an element; the hot part keeps to local names."""
        package, wanted, ready = self._package, self._wanted, self._ready
        cell_tag, value_tag, text_tag, row_tag = (prefix + tag for tag in ("c", "v", "t", "row"))
        formula_tag, guide_tag = prefix + "f", prefix + "rPh"
        shared, day_styles, from_1904 = package.texts, package.day_styles, package.from_1904
        padded = package.padded_styles
        parts: list[str] = []
        cells: dict[int, str] = {}
        unsaved: list[int] = []
        typed: list[int] = []
        places = _Places()
        number, place, hidden = 0, -1, False
        text, formula, guide = "", False, False
        current: dict[str, str] = {}
        self._parser.CharacterDataHandler = parts.append

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal current, text, formula, number, place, hidden, guide
            if tag == cell_tag:
                current, text, formula = attributes, "", False
            elif tag in (value_tag, text_tag):
                parts.clear()
            elif tag == formula_tag:
                formula = True
            elif tag == row_tag:
                number, place = _row_number(attributes.get("r", number + 1)), -1
                hidden = is_true(attributes.get("hidden")) or attributes.get("ht") == "0"
            elif tag == guide_tag:
                guide = True

        def end(tag: str) -> None:
            nonlocal text, place, guide, cells, unsaved, typed
            if tag == value_tag:
                text = parts[0] if len(parts) == 1 else "".join(parts)
            elif tag == cell_tag:
                place = places[current["r"].rstrip(_DIGITS)] if "r" in current else place + 1
                if not (text or formula) or (wanted is not None and place not in wanted):
                    return
                kind = current.get("t", "n")
                if formula and kind != "str" and (not text or (text == "0" and package.stale)):
                    unsaved.append(place)
                    return
                if kind == "n" and (style := current.get("s", "0")) not in day_styles:
                    cells[place] = padded_text(text, padded[style]) if style in padded else number_text(text)
                    if from_1904:
                        typed.append(place)
                elif value := shared[_whole(text)] if kind == "s" else _written(package, text, kind):
                    cells[place] = value
            elif tag == row_tag:
                if cells or unsaved:
                    ready.append(Row(number, hidden, cells, tuple(unsaved), tuple(typed)))
                    cells, unsaved, typed = {}, [], []
            elif tag == text_tag and not guide:
                text += "".join(parts)
            elif tag == guide_tag:
                guide = False

        return start, end


def _row_number(written: str | int) -> int:
    number = int(written)
    if not 1 <= number <= MOST_ROWS:
        raise ValueError(f"row {str(written)[:20]}")
    return number


def _whole(written: str) -> int:
    number = int(written)
    if number < 0:  # which would count from the end
        raise ValueError(f"shared string {number}")
    return number


def _written(package: Package, text: str, kind: str) -> str:
    """Return as text what is neither a plain number nor a shared string (其他单元格转文字)."""
    if kind == "n":
        return day_text(text, package.from_1904)
    if kind == "b":
        return "TRUE" if is_true(text.strip()) else "FALSE"
    if kind == "d" and (found := _ISO.fullmatch(text)):
        return " ".join(part for part in found.groups() if part and part != "00:00:00")
    return unescaped(text)
