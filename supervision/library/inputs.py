"""What the library reads (函数库的输入): registers and law from files, nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pandas as pd

from supervision.directory.checking.register_check import check_table
from supervision.directory.reading.register_file import read_table
from supervision.directory.register import register
from supervision.directory.table import Checked
from supervision.errors import SupervisionError
from supervision.law.code_lists import CodeLists
from supervision.law.rules import Law, Rules
from supervision.law.working_days import Workdays
from supervision.store import shipped_files

Noun = TypeVar("Noun")


def read_register(kind: str, file: str | Path, *, as_of: date | None = None) -> Checked:
    """Read and check one file of a register (读取登记表).

    Good rows come back typed, faulty ones with a reason for each cell. Headers may be Chinese or English, the format
    is told from the bytes, never from the name. Links to other registers are not looked at.

    Parameters
    ----------
    kind
        Kind of the register: "entities", "events", "history", "tasks" and so on, the names of supervision/directory/
        registers.
    file
        Path of an xlsx, xls or csv file.
    as_of
        The day the rows became known, for files without the column known_on.

    Returns
    -------
    Checked
        `good`: frame (rows,) with every column of the register, missing where the file has none; dtypes str,
        datetime64[s], int64 or Int64, float64, boolean; amounts in yuan. `lines`: int64 (rows,), row numbers as a
        spreadsheet shows them. `rejected`: one row a faulty cell with line, column, value, code and the reason.
        `notes`: what was left out.

    Raises
    ------
    SupervisionError
        `library.no_file`: there is no such file.
    DirectoryError
        The file cannot be read at all, a required column is missing, or neither the file nor `as_of` says since when
        the rows are known.

    Notes
    -----
    Codes of enterprises are checked as GB 32100—2015 says.

    Examples
    --------
    >>> import supervision
    >>> units = supervision.read_register("entities", "examples/entities.csv")
    >>> len(units.good), units.rejected_lines
    (60, 1)
    >>> print(units.rejected[["line", "column", "value"]].to_string(index=False))
     line      column      value
       62 established 2020-02-30
    """
    path = Path(file)
    if not path.is_file():
        raise SupervisionError("library.no_file", file=path)
    return check_table(kind, read_table(kind, path.name, path.read_bytes()), as_of=as_of, lists=code_lists())


def read_law(on: date, *, rules: str | Path | None = None) -> Law:
    """Read the law in force on a day (读取某日有效的规则).

    Parameters
    ----------
    on
        The day.
    rules
        The city's own rules folder: the same path and a later date win over the shipped file. None: the shipped law
        alone, in which what a city must decide has no value.

    Returns
    -------
    Law
        `value(path)` is a rule's value, `entry(path)` says since when, on what basis, and whether somebody compared it
        with its document; `missing()` names the rules without a value.

    Raises
    ------
    SupervisionError
        `library.no_folder`: there is no such folder; any other: a rule file is malformed, with file and entry.

    Examples
    --------
    >>> from datetime import date
    >>> import supervision
    >>> law = supervision.read_law(date(2026, 12, 1), rules="examples/rules")
    >>> law.value("shared/yearly_visit_cap")
    {'same_agency': 1, 'all_agencies': 4}
    >>> law.entry("shared/yearly_visit_cap").basis
    '示例城市自定'
    >>> supervision.read_law(date(2026, 12, 1)).value("shared/yearly_visit_cap")
    Traceback (most recent call last):
        ...
    supervision.errors.RuleMissing: ...
    """
    if rules is not None and not Path(rules).is_dir():
        raise SupervisionError("library.no_folder", folder=rules)
    city = {} if rules is None else shipped_files.folder_rules(Path(rules))
    return Rules.read(shipped_files.shipped_rules(), city).on(on)


def empty_register(kind: str) -> pd.DataFrame:
    """Return a register without rows (空登记表), its columns typed as the definition says."""
    columns = register(kind).columns
    return pd.DataFrame({column.name: pd.Series(dtype=column.storage) for column in columns})


def by_id(pairs: Iterable[tuple[str, Noun]]) -> dict[str, Noun]:
    """Return nouns by their ids (按编号索引), after none was found twice."""
    found: dict[str, Noun] = {}
    for name, noun in pairs:
        if name in found:
            raise SupervisionError("library.id_twice", id=name)
        found[name] = noun
    return found


def outcomes() -> dict[str, str]:
    """Return what each shipped result code counts as (各结果代码的分组): clean, problem or could_not."""
    return code_lists().outcomes()


def code_lists() -> CodeLists:
    """Return the shipped code lists (随附代码表)."""
    return CodeLists.read(shipped_files.shipped_code_lists())


def working_days(law: Law) -> Workdays:
    """Return the shipped working days with the law's quiet days (随附工作日历)."""
    return Workdays.read(shipped_files.shipped_calendar(), None, law.value("shared/quiet_days"))
