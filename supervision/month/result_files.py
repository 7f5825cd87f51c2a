"""Files of results (结果文件): offices' workbooks, phone forms' files, lists in the register's columns, read alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from supervision.directory.checking.problems import no_problems
from supervision.directory.corrections import REASON, REVIEWER
from supervision.directory.reading.file_formats import format_of
from supervision.directory.reading.register_file import read_table
from supervision.directory.reading.sheets import Sheet, sheets_of
from supervision.directory.register import register
from supervision.directory.returning.text_marks import without_marks
from supervision.directory.table import Table
from supervision.errors import DirectoryError, SupervisionError
from supervision.law.code_lists import CodeList
from supervision.results.phone_reader import ENDING as PHONE
from supervision.results.phone_reader import is_result_file, read_phone_results
from supervision.results.workbook_reader import CellFault, Filled, picked_codes, read_results

KEY = list(register("results").key)
ENDINGS = (".xlsx", ".xls", ".ods", ".csv")


@dataclass(frozen=True, kw_only=True, eq=False)
class ResultSheet:
    """One sheet of results as it was read (读入的结果表): rows, what stood beside them, cells that are no answer.

    `corrects`: it is a workbook's sheet of corrections, each row of which gives its own reason.
    """

    table: Table
    beside: pd.DataFrame
    faults: tuple[CellFault, ...]
    corrects: bool = False


def result_files(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files that paths name (结果文件清单): files as given, folders with all workbooks and lists in them."""
    for path in paths:
        if path.is_dir():
            for one in sorted(path.rglob("*")):
                known = one.suffix.lower() in ENDINGS or is_result_file(one.name)
                if known and one.is_file() and not one.name.startswith(("~", ".")):
                    yield one
        else:
            yield path


def read_sheets(path: Path, *, codes: CodeList) -> list[ResultSheet]:
    """Read a file of results (读取结果文件): a workbook, a phone form's file, or a list in the register's columns.

    `codes` are the result codes. DirectoryError for a file that is not there, SupervisionError for one that is neither.
    """
    if not path.is_file():
        raise DirectoryError("month.file_missing", file=str(path))
    data = path.read_bytes()
    if path.suffix.lower() == ".csv":
        return [_listed(path, data, codes)]
    if path.suffix.lower() == PHONE:
        return _sheets([read_phone_results(path.name, data, codes=codes)])
    try:
        return _sheets(read_results(path.name, workbook_sheets(path.name, data), codes=codes))
    except SupervisionError as error:
        if error.code != "results.no_sheet":
            raise
        try:
            return [_listed(path, data, codes)]
        except DirectoryError:
            raise error from None


def workbook_sheets(name: str, data: bytes) -> list[Sheet]:
    """Return the sheets of a workbook that came back (取工作表), read as those of registers are.

    Raises SupervisionError `results.unreadable` for a file that is none, or is broken, or would fill the memory.
    """
    try:
        form = format_of(name, data)
        if form != "csv":
            return sheets_of(name, data, form)
    except DirectoryError as error:
        raise SupervisionError("results.unreadable", name=name, reason=error.message) from error
    raise SupervisionError("results.unreadable", name=name, reason="csv")


def _sheets(filled: Sequence[Filled]) -> list[ResultSheet]:
    """Return a workbook's sheets (工作簿各表): a row that is corrected on the one is not read from the other."""
    said = [one.frame.reindex(columns=[*KEY, REASON.name, REVIEWER.name]) for one in filled if one.corrects]
    rows = pd.concat([*said, pd.DataFrame(columns=KEY, dtype="str")], ignore_index=True)
    corrected = rows.loc[rows.drop(columns=KEY).notna().any(axis=1), KEY]
    return [_sheet(one, corrected.iloc[:0] if one.corrects else corrected) for one in filled]


def _sheet(filled: Filled, without: pd.DataFrame) -> ResultSheet:
    there = filled.frame[KEY].merge(without.drop_duplicates(), on=KEY, how="left", indicator=True)["_merge"]
    keep = there.ne("both").to_numpy()
    lines = filled.line[keep]
    table = Table(
        kind="results",
        name=filled.name,
        frame=filled.frame[keep].reset_index(drop=True),
        line=lines,
        headers=filled.headers,
        rejected=no_problems(),
        notes=filled.notes,
    )
    return ResultSheet(
        table=table,
        beside=filled.beside[keep].reset_index(drop=True),
        faults=tuple(fault for fault in filled.faults if fault.line in set(lines.tolist())),
        corrects=filled.corrects,
    )


def _listed(path: Path, data: bytes, codes: CodeList) -> ResultSheet:
    table = without_marks(read_table("results", path.name, data))
    result, faults = picked_codes(table.frame["result"], table.line, codes)
    table = replace(table, frame=table.frame.assign(result=result))
    return ResultSheet(table=table, beside=pd.DataFrame(index=table.frame.index), faults=tuple(faults))
