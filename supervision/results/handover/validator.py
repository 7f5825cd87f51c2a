"""The validator of hand-over files (移交数据校验): column, length, code list, and the rules between columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from supervision.domain.uscc import is_valid
from supervision.law.code_lists import CodeLists
from supervision.messages import Message
from supervision.results.handover.formats import CrossCheck, Format, FormatColumn, FormatTable

SEVERAL = ","
TIMES = {"day": "%Y-%m-%d", "time": "%Y-%m-%d %H:%M:%S"}
USCC_LENGTH = 18
NUMBER = re.compile(r"[1-9][0-9]{0,8}")
AGENCY_CODE = re.compile(r"[1-5][0-9A-Z]*")
Cells = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class CellFault:
    """Why a row is refused (退回原因): table, position of the row in it, column, value and reason."""

    table: str
    row: int
    column: str
    value: str
    reason: Message


def validate(form: Format, tables: Mapping[str, Sequence[Cells]], lists: CodeLists) -> list[CellFault]:
    """Return what speaks against the rows of some tables (校验), by table, row and column.

    `tables`: table → its rows, column → text, "" for none. Besides the columns' own rules and the rules between
    columns, no key may stand twice.
    """
    found: list[CellFault] = []
    for name, rows in tables.items():
        table, seen = form.tables[name], dict[str, int]()
        for place, cells in enumerate(rows):
            first = seen.setdefault(table.key_of(cells), place)
            said = [*_cells(table, cells, lists), *_between(table, cells)]
            if first != place:
                said.append((table.key[-1], Message.of("results.handover.twice", first=first + 1)))
            found += [
                CellFault(table=name, row=place, column=column, value=cells.get(column, ""), reason=reason)
                for column, reason in said
            ]
    return found


Said = tuple[str, Message]


def _cells(table: FormatTable, cells: Cells, lists: CodeLists) -> Iterator[Said]:
    for name, column in table.columns.items():
        text = cells.get(name, "")
        if not text:
            if column.required:
                yield name, _missing(column)
            continue
        if column.length is not None and len(text) > column.length:
            yield name, Message.of("results.handover.long", length=column.length, found=len(text))
        for value in text.split(SEVERAL) if column.several else [text]:
            reason = _value(column, value, lists)
            if reason is not None:
                yield name, reason
                break
    for name in cells:
        if name not in table.columns:
            yield name, Message.of("results.handover.no_column")


def _missing(column: FormatColumn) -> Message:
    if column.source.zh:
        return Message.of("results.handover.missing_from", source=column.source)
    return Message.of("results.handover.missing")


def _value(column: FormatColumn, value: str, lists: CodeLists) -> Message | None:
    """Return what speaks against one value (单个值的问题), None where nothing does."""
    if not value.strip():
        return _missing(column)
    if column.code_list and value not in _written(column, lists):
        return Message.of("results.handover.code", value=value, list=column.code_list)
    if column.pattern and not re.fullmatch(column.pattern, value):
        return Message.of("results.handover.form", value=value, pattern=column.pattern)
    if column.kind in TIMES and _time(value, column.kind) is None:
        return Message.of("results.handover.time", value=value, form=TIMES[column.kind])
    if column.kind == "number" and not NUMBER.fullmatch(value):
        return Message.of("results.handover.number", value=value)
    if column.kind == "uscc" and not is_valid(value):
        return Message.of("results.handover.uscc", value=value)
    if column.kind == "agency_code" and not _is_agency_code(value):
        return Message.of("results.handover.agency_code", value=value)
    return None


def _is_agency_code(value: str) -> bool:
    return is_valid(value[:USCC_LENGTH]) and AGENCY_CODE.fullmatch(value[USCC_LENGTH:]) is not None


def _written(column: FormatColumn, lists: CodeLists) -> list[str]:
    codes = lists.codes(str(column.code_list))
    return codes if column.written == "code" else [lists.label(str(column.code_list), code) for code in codes]


def _time(value: str, kind: str) -> datetime | None:
    """Return a day or time that is written as the format has it (时间), None for any other text."""
    try:
        time = datetime.strptime(value, TIMES[kind])  # noqa: DTZ007 - a wall clock's text, compared with another
    except ValueError:
        return None
    return time if time.strftime(TIMES[kind]) == value else None


def _between(table: FormatTable, cells: Cells) -> Iterator[Said]:
    for check in table.checks:
        reason = _RULES[check.name](check, cells, table)
        if reason is not None:
            yield check.column, reason


def _later(check: CrossCheck, cells: Cells, table: FormatTable) -> Message | None:
    """The one time must lie after the other (时间先后); what is no time is refused elsewhere."""
    times = [_time(cells.get(name, ""), table.columns[name].kind) for name in (check.column, check.than)]
    if times[0] is None or times[1] is None or times[0] > times[1]:
        return None
    return Message.of("results.handover.later", other=table.columns[check.than].title, value=cells[check.than])


def _least(check: CrossCheck, cells: Cells, _: FormatTable) -> Message | None:
    """So many different values at least (最少个数)."""
    found = len(set(_several(cells, check.column)))
    return Message.of("results.handover.least", count=check.count, found=found) if found < check.count else None


def _as_many(check: CrossCheck, cells: Cells, table: FormatTable) -> Message | None:
    """As many values as the other column has (个数一致)."""
    found, wanted = (len(_several(cells, name)) for name in (check.column, check.than))
    if found == wanted:
        return None
    other = table.columns[check.than].title
    return Message.of("results.handover.as_many", found=found, wanted=wanted, other=other)


def _together(check: CrossCheck, cells: Cells, table: FormatTable) -> Message | None:
    """Both or neither (同填同空)."""
    if bool(cells.get(check.column)) == bool(cells.get(check.than)):
        return None
    return Message.of("results.handover.together", other=table.columns[check.than].title)


def _begins(check: CrossCheck, cells: Cells, table: FormatTable) -> Message | None:
    """The one begins with the other (以另一列开头); a blank is refused elsewhere."""
    text, other = cells.get(check.column, ""), cells.get(check.than, "")
    if not text or not other or text.startswith(other):
        return None
    return Message.of("results.handover.begins", other=table.columns[check.than].title, value=other)


def _several(cells: Cells, column: str) -> list[str]:
    return [value for value in cells.get(column, "").split(SEVERAL) if value]


_RULES: dict[str, Callable[[CrossCheck, Cells, FormatTable], Message | None]] = {
    "later": _later,
    "least": _least,
    "as_many": _as_many,
    "together": _together,
    "begins": _begins,
}
