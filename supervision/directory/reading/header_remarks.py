"""Remarks beside a header (表头说明): units in the row under it or in a line above it, and rows of column numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from supervision.directory.checking.amounts import YUAN, unit_of_header
from supervision.directory.reading.header_rows import HeaderRows
from supervision.directory.reading.header_words import header_key, meaning
from supervision.directory.register import Register
from supervision.messages import Message

_UNITS = "|".join(sorted(YUAN, key=len, reverse=True))
_UNIT = re.compile(rf"[(\[【]?(?:单位:)?(?:人民币)?(?P<unit>{_UNITS})[)\]】]?")
_ABOVE = re.compile(rf"单位:?(?:人民币)?[(\[【]?(?P<unit>{_UNITS})(?![\w])")
_REMARK = re.compile(
    r"[(\[【][^()\[\]【】]{1,12}[)\]】]|必填项?|选填项?|文本|数字|数值|日期|单选|多选|yyyy[-/]mm[-/]dd|[人名户家]"
)
_NUMBERED = re.compile(r"[(\[【]?(\d{1,3}|[a-z]|[甲乙丙丁戊己庚辛壬癸])[)\]】]?")
_SERIES = "甲乙丙丁戊己庚辛壬癸"


def with_remarks(definition: Register, rows: Sequence[Sequence[str]], header: HeaderRows) -> HeaderRows:
    """Return a header with what stands beside it (并入表头说明): the row of remarks under it, the unit above it.

    A unit is written after the header of its amount, so that it counts for the cells below.
    """
    if not header.score:
        return header
    under = header.last + 1
    if under < len(rows) and _is_remark(rows[under]):
        cells = tuple(
            _with_unit(definition, above, below)
            for above, below in zip(header.cells, [*rows[under], *[""] * len(header.cells)], strict=False)
        )
        said = Message.of("directory.note_remark_row", text=" ".join(cell for cell in rows[under] if cell.strip()))
        header = replace(header, cells=cells, last=under, notes=(*header.notes, said))
    return _with_unit_above(definition, rows, header)


def _is_remark(row: Sequence[str]) -> bool:
    """Tell whether a row only explains the columns (是否说明行): units, hints in brackets, or their numbers."""
    filled = [header_key(cell) for cell in row if cell.strip()]
    if not filled:
        return False
    if all(_UNIT.fullmatch(cell) or _REMARK.fullmatch(cell) for cell in filled):
        return True
    numbered = [found[1] for cell in filled if (found := _NUMBERED.fullmatch(cell))]
    counted = len(numbered) == len(filled) >= 3 and numbered[0] in ("1", "a", "甲")
    return counted and all(_follows(one, other) for one, other in pairwise(numbered))


def _follows(one: str, other: str) -> bool:
    if one.isdigit() and other.isdigit():
        return int(other) == int(one) + 1
    if one in _SERIES:
        return other == "1" or (other in _SERIES and _SERIES.index(other) == _SERIES.index(one) + 1)
    return not one.isdigit() and not other.isdigit() and ord(other) == ord(one) + 1


def _with_unit(definition: Register, header: str, below: str) -> str:
    found = _UNIT.fullmatch(header_key(below))
    meant = meaning(definition, header)
    if not found or not meant or meant.column.unit not in YUAN:
        return header
    return header if unit_of_header(header_key(header)) else f"{header}({found['unit']})"


def _with_unit_above(definition: Register, rows: Sequence[Sequence[str]], header: HeaderRows) -> HeaderRows:
    """Return the header with the one unit that the lines above it name (表头上方的单位), if it names any."""
    above = [(cell, found["unit"]) for row in rows[: header.first] for cell in row for found in [_named(cell)] if found]
    if len({unit for _, unit in above}) != 1:
        return header
    text, unit = above[0]
    cells = tuple(_with_unit(definition, cell, unit) for cell in header.cells)
    changed = "、".join(old for old, new in zip(header.cells, cells, strict=True) if old != new)
    if not changed:
        return header
    said = Message.of("directory.note_unit_above", text=text.strip(), columns=changed)
    return replace(header, cells=cells, notes=(*header.notes, said))


def _named(cell: str) -> re.Match[str] | None:
    return _ABOVE.search(header_key(cell))
