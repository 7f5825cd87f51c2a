"""The plan of work of a province (分机构工作计划): a row an agency, with its store and folders; only read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from supervision.directory.checking.cells import parse
from supervision.directory.checking.conventions import Conventions
from supervision.directory.checking.problems import in_order
from supervision.directory.checking.second_values import contradictions
from supervision.directory.reading.register_file import read_as
from supervision.directory.register import Column, Register
from supervision.directory.returning.text_marks import without_marks
from supervision.directory.table import Table, place_of_line
from supervision.errors import SupervisionError
from supervision.law.code_lists import CodeLists
from supervision.messages import Label, Message
from supervision.tables import tuples

AGENCY, STORE, INPUTS, OUT = (
    Column(
        name="agency",
        zh="机构",
        en="Agency",
        required=True,
        aliases=("机构名称", "机关", "地区", "地市", "区县"),
        note=Label("每个机构一行，名称不重复", "one row an agency, no name twice"),
    ),
    Column(
        name="store",
        zh="数据库",
        en="Store",
        required=True,
        aliases=("数据库文件", "业务库"),
        note=Label("相对于本文件所在的文件夹；还没有的会新建", "relative to this file's folder; made if not there"),
    ),
    Column(
        name="inputs",
        zh="数据目录",
        en="Inputs",
        required=True,
        aliases=("输入文件夹", "输入目录", "数据文件夹"),
        note=Label("同 month --inputs", "as of month --inputs"),
    ),
    Column(
        name="out",
        zh="公示目录",
        en="Out",
        required=True,
        aliases=("输出文件夹", "输出目录", "公示文件夹", "output"),
        note=Label("同 month --out", "as of month --out"),
    ),
)
REHEARSAL, OWN_IDS, ACCEPTED = (
    Column(
        name="rehearsal",
        zh="是否演练",
        en="Rehearsal",
        dtype="boolean",
        aliases=("演练",),
        note=Label("空白：依命令", "blank: as the command says"),
    ),
    Column(
        name="own_ids",
        zh="收自编号",
        en="Own ids",
        dtype="boolean",
        aliases=("自编号",),
        note=Label("空白：依命令", "blank: as the command says"),
    ),
    Column(
        name="accept_unverified",
        zh="未核实规则同意人",
        en="Unverified rules accepted by",
        aliases=("同意人",),
        note=Label("空白：依命令", "blank: as the command says"),
    ),
)
PLAN = Register(
    kind="agencies",
    title=Label("分机构工作计划", "Plan of work by agency"),
    key=("agency",),
    columns=(AGENCY, STORE, INPUTS, OUT, REHEARSAL, OWN_IDS, ACCEPTED),
    example={},
)
CELLS = Conventions(lists=CodeLists(by_name={}))


@dataclass(frozen=True, kw_only=True)
class AgencyRow:
    """One agency of the plan (一个机构): places as they are written; None and "" where the command decides.

    `place` is the row's number, as a spreadsheet shows it. A cell with a fault is as a blank one.
    """

    place: str
    agency: str
    store: str
    inputs: str
    out: str
    rehearsal: bool | None
    own_ids: bool | None
    accept_unverified: str


@dataclass(frozen=True, kw_only=True)
class ReadPlan:
    """A plan as it was read (读入的计划): its rows, every fault of their cells, and what was left out of it.

    A row that could not be split into cells is a fault alone; one with a faulty cell is in `rows`, so that its other
    cells are checked as those of every row.
    """

    rows: tuple[AgencyRow, ...]
    faults: tuple[Message, ...]
    notes: tuple[Message, ...]


def fault(place: str, column: Column, value: str, reason: Message) -> Message:
    """Return a fault of one cell (单元格问题): where, what, and what to do."""
    return Message.of("directory.plan_fault", place=place, column=column.title, value=value, reason=reason)


def read_plan(name: str, source: bytes) -> ReadPlan:
    """Read a plan of work (读取工作计划): a workbook or CSV as a person or an office suite saved it.

    Raises DirectoryError for a file that cannot be read at all, or lacks a column that it needs.
    """
    table = without_marks(read_as(PLAN, name, source))
    wrong, faults, rows = _wrong(table), [], []
    for line, column, value, reason in tuples(wrong):
        place = place_of_line(line, table.sheets)
        given = {"place": place, "value": value, "reason": reason}
        faults.append(
            fault(column=PLAN.column(column), **given) if column else Message.of("directory.plan_row", **given)
        )
    told = set(zip(wrong["line"], wrong["column"], strict=True))
    for line, cells in zip(table.line.tolist(), table.frame.to_dict("records"), strict=True):
        if (line, "") in told:
            continue
        texts = {str(column): text for column, text in cells.items() if (line, column) not in told}
        unread = {column.name for column in PLAN.columns if (line, column.name) in told}
        row, said = _row(place_of_line(line, table.sheets), texts, unread)
        faults += said
        rows.append(row)
    return ReadPlan(rows=tuple(rows), faults=tuple(faults), notes=table.notes)


def _wrong(table: Table) -> pd.DataFrame:
    """Rows that are not whole, cells that could not be read, and columns of one meaning that contradict."""
    apart = [one.assign(line=table.line[one["line"]]) for one in contradictions(PLAN, table, CELLS)]
    return in_order(PLAN, [table.rejected, *apart])


def _row(place: str, cells: dict[str, Any], unread: set[str]) -> tuple[AgencyRow, list[Message]]:
    """Return a row and the faults of its cells; those of `unread` cells are told already."""
    values: dict[str, Any] = {}
    faults = []
    for column in PLAN.columns:
        text = cells.get(column.name)
        text = "" if pd.isna(text) else str(text)
        value = None
        try:
            value = parse(column, text, CELLS)
            if column.required and value is None and column.name not in unread:
                faults.append(fault(place, column, text, Message.of("directory.blank")))
        except SupervisionError as error:
            faults.append(fault(place, column, text, error.message))
        values[column.name] = value if column.dtype == "boolean" else value or ""
    return AgencyRow(place=place, **values), faults
