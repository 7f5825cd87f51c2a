"""A mapping applied (应用来源映射): the table of a source's file becomes one of the register, before it is checked.

What cannot be told – a word without a code, an address without a district, a name without a unit – leaves a blank cell
and a reason; the row is handed back with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from supervision.directory.checking.amounts import YUAN, unit_of_header
from supervision.directory.checking.cells import BLANKS
from supervision.directory.checking.problems import in_order, no_problems, problems
from supervision.directory.checking.text_scan import blank_cells
from supervision.directory.checking.total_rows import is_no_data
from supervision.directory.mapping.address_district import district_of
from supervision.directory.mapping.fields import ROW_NUMBER, UNIT_ADDRESS, UNIT_ID, UNIT_NAME
from supervision.directory.mapping.source import OTHER, SourceMapping
from supervision.directory.mapping.unit_matches import Match, match_units
from supervision.directory.reading.header_words import header_key
from supervision.directory.register import register
from supervision.directory.row_selection import as_arrow, keep_series
from supervision.directory.table import Checked, Table
from supervision.errors import DirectoryError
from supervision.law.code_lists import CodeLists, normal
from supervision.messages import Message

Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]
# How the first cell of a row that is no data may begin; `is_no_data` looks closer.
_NO_DATA = (
    r"^\s*[(（]?(合\s*计|总|小\s*计|共|累\s*计|grand|sub|total|sum|制表|填|报送|审|复核|经办|单位|主管|备注|说明|注"
    r"|联系|日期|第|以下|盖章)"
)


@dataclass(frozen=True, kw_only=True)
class Applied:
    """A file read through a mapping (按映射读入的表).

    `table` has the register's columns; `faults` say of blank cells why they are (line = row number in the file);
    `matches` are those of units by name, `rows` how many rows have each pair of name and address, `first` the row of
    its first.
    """

    table: Table
    faults: pd.DataFrame
    matches: Mapping[tuple[str, str], Match] = field(default_factory=dict)
    rows: Mapping[tuple[str, str], int] = field(default_factory=dict)
    first: Mapping[tuple[str, str], int] = field(default_factory=dict)


def apply(
    table: Table, mapping: SourceMapping, lists: CodeLists, stored: Callable[[], pd.DataFrame], *, file: str = ""
) -> Applied:
    """Return a file that was read by `mapped_register` as a table of the register (应用来源映射).

    `stored` gives the units of the register, columns `unit_matches.COLUMNS`; it is asked only where rows have a name
    and no id.
    """
    table = _without_numbered_blanks(table)
    frame = {name: table.frame[name] for name in table.frame}
    for name, words in mapping.words.items():
        if name in frame:
            frame[name] = _in_words(frame[name], words)
    said = _data_rows(table)
    if UNIT_ID in frame and not said.all():
        frame[UNIT_ID] = frame[UNIT_ID].where(
            said
        )  # 合计 | 12户: a count is no id, and the check looks for totals there
    faults = [no_problems()]
    for name, value in mapping.set.items():
        if not value.startswith(OTHER):
            frame[name] = pd.Series(value, index=table.frame.index, dtype="str").where(said)
            continue
        other = value.removeprefix(OTHER)
        if other not in frame:
            raise DirectoryError("directory.mapping_set_source", file=file, field=name, other=other)
        source = frame[other]
        if name != "region":
            frame[name] = source
            continue
        frame[name], told = _districts(source, table, lists)
        faults.append(told)
    headers = _with_units_of_amounts(table, mapping, file)
    made = replace(table, frame=pd.DataFrame(frame, copy=False), headers=headers)
    if UNIT_NAME not in frame:
        return Applied(table=made, faults=pd.concat(faults, ignore_index=True))
    return _with_units(made, mapping, lists, stored, said, faults)


def first_rows(applied: Applied) -> tuple[Applied, int]:
    """Return a file with the first row of each unit (每户首行), and how many rows leave: a table of visits names units.

    Rows without an id stay, to be handed back.
    """
    ids = applied.table.frame[UNIT_ID].str.strip()
    keep = ~(ids.duplicated() & ids.notna() & (ids != "")).to_numpy()
    if keep.all():
        return applied, 0
    columns = {name: keep_series(values, keep) for name, values in applied.table.frame.items()}
    table = replace(applied.table, frame=pd.DataFrame(columns, copy=False), line=applied.table.line[keep])
    return replace(applied, table=table), int((~keep).sum())


def with_reasons(checked: Checked, faults: pd.DataFrame) -> Checked:
    """Return a checked file whose blank cells have the reasons that the mapping knows (补充原因)."""
    if faults.empty or checked.rejected.empty:
        return checked
    known = set(zip(faults["line"], faults["column"], strict=True))
    there = list(zip(checked.rejected["line"], checked.rejected["column"], strict=True))
    kept = checked.rejected[[cell not in known for cell in there]]
    blank = set(there)
    told = faults[[cell in blank for cell in zip(faults["line"], faults["column"], strict=True)]]
    return replace(checked, rejected=in_order(register(checked.kind), [kept, told]))


def _with_units_of_amounts(table: Table, mapping: SourceMapping, file: str) -> dict[str, str]:
    """Return the headers with the units that the mapping says (列名补单位); another one in the header is refused."""
    headers = dict(table.headers)
    for header, unit in mapping.amounts.items():
        name = mapping.columns[header]
        written = unit_of_header(header_key(headers[name]))
        if written is not None and YUAN[written] != YUAN[unit]:
            raise DirectoryError("directory.mapping_unit_differs", file=file, header=headers[name], unit=unit)
        headers[name] = headers[name] if written else f"{headers[name]}({unit})"
    return headers


def _in_words(values: pd.Series[Any], words: Mapping[str, str]) -> pd.Series[Any]:
    """Return a column with the words that the mapping knows as its values (换词), others as they stand."""
    known = {_word(word): value for word, value in words.items()}
    codes, seen = pd.factorize(values)
    put = np.array([*(known.get(_word(text), text) for text in seen.tolist()), None], dtype=object)
    return pd.Series(put[codes], index=values.index, dtype="str")


def _word(text: str) -> str:
    return re.sub(r"[\u200b-\u200f\ufeff]", "", normal(text))


def _without_numbered_blanks(table: Table) -> Table:
    """Return a file without rows that have a number and nothing else (只有序号的空行)."""
    if ROW_NUMBER.name not in table.frame:
        return table
    filled = np.zeros(len(table.line), dtype=np.bool_)
    for name in table.frame.columns:
        if name != ROW_NUMBER.name:
            filled |= ~blank_cells(as_arrow(table.frame[name]))
    numbered = pc.match_substring_regex(as_arrow(table.frame[ROW_NUMBER.name]), r"^\s*\d*\.?0*\s*$")
    keep = filled | ~pc.fill_null(numbered, True).to_numpy()
    columns = {name: keep_series(values, keep) for name, values in table.frame.items()}
    return replace(table, frame=pd.DataFrame(columns, copy=False), line=table.line[keep])


def _data_rows(table: Table) -> Flags:
    """Tell which rows are data (数据行): totals and remarks under the table get no values that are set for all.

    Such a row says so in a cell, and most of its cells are blank.
    """
    said = np.ones(len(table.line), dtype=np.bool_)
    suspect = np.zeros(len(table.line), dtype=np.bool_)
    for name in table.frame:
        values = as_arrow(table.frame[name])
        begins = pc.match_substring_regex(values, _NO_DATA, ignore_case=True)
        suspect |= pc.fill_null(begins, False).to_numpy()
    for row in np.flatnonzero(suspect).tolist():
        filled = [text for text in table.frame.iloc[row] if isinstance(text, str) and text.strip()]
        sparse = len(filled) <= max(2, len(table.frame.columns) // 2)
        said[row] = not (sparse and any(map(is_no_data, filled)))
    return said


def _districts(source: pd.Series[Any], table: Table, lists: CodeLists) -> tuple[pd.Series[Any], pd.DataFrame]:
    """Return the districts of addresses (各地址的区划), and the reasons of those that name none or several."""
    districts = lists.named("region")
    codes, seen = pd.factorize(source)
    found = [district_of(text, districts) for text in seen.tolist()]
    put = pd.Series(np.array([*found, None], dtype=object)[codes], index=source.index, dtype="str")
    rows = np.flatnonzero(put.isna().to_numpy() & source.notna().to_numpy())
    return put, problems(
        line=table.line[rows],
        column="region",
        value=source.iloc[rows].tolist(),
        reason=Message.of("directory.mapping_no_district", names=_named(lists)),
    )


def _named(lists: CodeLists) -> str:
    return "、".join(row.label.zh for row in lists.named("region").codes.values())


def _with_units(
    table: Table,
    mapping: SourceMapping,
    lists: CodeLists,
    stored: Callable[[], pd.DataFrame],
    said: Flags,
    faults: list[pd.DataFrame],
) -> Applied:
    """Return the table with the ids of units that were found by name (补主体代码)."""
    blank = pd.Series(None, index=table.frame.index, dtype="str")
    ids = table.frame.get(UNIT_ID, blank).astype("object")
    names = table.frame[UNIT_NAME].fillna("").map(_tidy)
    places = table.frame.get(UNIT_ADDRESS, blank).fillna("").map(_tidy)
    asked = said & (names != "").to_numpy() & ids.map(_is_blank).to_numpy()
    rows = np.flatnonzero(asked)
    pairs = list(zip(names.iloc[rows], places.iloc[rows], strict=True))
    counted: dict[tuple[str, str], int] = {}
    first: dict[tuple[str, str], int] = {}
    for row, pair in zip(rows.tolist(), pairs, strict=True):
        counted[pair] = counted.get(pair, 0) + 1
        first.setdefault(pair, int(table.line[row]))
    register_rows = stored() if pairs else pd.DataFrame(columns=["unit_id", "name", "address", "region"], dtype="str")
    matches = match_units(list(counted), register_rows, units=mapping.units, districts=lists.named("region"))
    cells = np.array([text if isinstance(text, str) else None for text in ids], dtype=object)
    cells[rows] = [matches[pair].unit_id or None for pair in pairs]
    missing = [(row, pair) for row, pair in zip(rows.tolist(), pairs, strict=True) if not matches[pair].unit_id]
    told = problems(
        line=table.line[[row for row, _ in missing]],
        column=UNIT_ID,
        value=[name for _, (name, _) in missing],
        reason=[Message.of(f"directory.unit_{matches[pair].reason}", name=pair[0]) for _, pair in missing],
    )
    frame = table.frame.assign(**{UNIT_ID: pd.Series(cells, index=table.frame.index, dtype="str")})
    return Applied(
        table=replace(table, frame=frame),
        faults=pd.concat([*faults, told], ignore_index=True),
        matches=matches,
        rows=counted,
        first=first,
    )


def _tidy(text: str) -> str:
    plain = unicodedata.normalize("NFC", " ".join(text.split()))
    return "" if plain in BLANKS else plain


def _is_blank(text: object) -> bool:
    return not isinstance(text, str) or not text.strip() or text.strip() in BLANKS
