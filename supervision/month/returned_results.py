"""Results handed back (退回的检查结果): rejected rows as a workbook of the same form, beside the file they came in."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from supervision.directory.corrections import REASON, REVIEWER
from supervision.directory.register import register
from supervision.month.city import City
from supervision.month.result_checks import Received
from supervision.month.result_files import ResultSheet
from supervision.month.round import Round
from supervision.month.round_people import units_of
from supervision.month.round_results import can_report, expected
from supervision.notice.formats import returned_results
from supervision.notice.formats.result_form import FormRow
from supervision.notice.office_content import ANSWERS, form_choices
from supervision.notice.public_content import Heading
from supervision.results.acceptance import EXPECTED
from supervision.tables import tuples

MARK = ".rejected"
SHORT_NAME = 40  # characters of a file's name, of up to four bytes each, under the 255 bytes that file systems take
ELSEWHERE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG)
CHOSEN = ("result", "method", "follow_up", "item_result")
KEY = ["round", "visit_id", "item_id"]


@dataclass(frozen=True, kw_only=True)
class Known:
    """What a round knows of its rows (本轮已知信息): names of units, and planned days by visit and item."""

    round: Round
    units: Mapping[str, str]
    planned: Mapping[tuple[str, str], str]

    def beside(self, values: Mapping[str, str]) -> dict[str, str]:
        """Return the unit's name, the item's name and the planned day of a row (名称与计划日期), where known."""
        item = self.round.items.get(values.get("item_id", ""))
        found = {
            "name": self.units.get(values.get("unit_id", ""), ""),
            "item": item.name if item else "",
            "date": self.planned.get((values.get("visit_id", ""), values.get("item_id", "")), ""),
        }
        return {name: text for name, text in found.items() if text}


def hand_back(city: City, path: Path, sheets: Sequence[tuple[ResultSheet, Received]]) -> str:
    """Write the rejected rows of a file (退回) and return where: the same form, ready to be corrected and recorded.

    Beside the file, or, where that cannot be, beside the store. What somebody corrected in an earlier one is never
    overwritten: other rows get a workbook of another number.
    """
    known = _known(city, [sheet for sheet, _ in sheets])
    rows = [row for sheet, received in sheets for row in _rows(city, sheet, received, known)]
    rounds = [one.round for one in known.values()]
    heading = Heading(
        city="",
        round="、".join(one.id for one in rounds) or "—",
        rehearsal=any(one.is_rehearsal for one in rounds),
        stage="results",
    )
    lists = city.code_lists
    choices = form_choices(lists, {name: lists.codes(name) for name in CHOSEN})
    name = path.name.partition(MARK)[0]
    body = returned_results.write(heading, name, rows, choices=choices)
    try:
        return str(_written(path.with_name(name), body))
    except OSError as error:
        if error.errno not in ELSEWHERE:
            raise
        mark = hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:8]
        return str(_written(city.store.path.parent / f"{name[:SHORT_NAME]}.{mark}", body))


def _written(path: Path, body: bytes) -> Path:
    """Write beside a path what is not there yet (写退回文件), under the first free number."""
    number = 1
    while True:
        target = path.with_name(f"{path.name}{MARK}{'' if number == 1 else f'-{number}'}.xlsx")
        if not target.exists():
            target.write_bytes(body)
        if target.read_bytes() == body:
            return target
        number += 1


def _rows(city: City, sheet: ResultSheet, received: Received, known: Mapping[str, Known]) -> Iterator[FormRow]:
    """Yield the rejected rows of a sheet as rows of the form (退回行); those that change a record can say why."""
    frame = sheet.table.frame.reset_index(drop=True).join(sheet.beside.reset_index(drop=True))
    typed = {int(line): row for line, row in zip(sheet.table.line, frame.to_dict("records"), strict=True)}
    on_record = set(tuples(received.on_record, *KEY))
    titles = {column.name: column.title.zh for column in register("results").columns}
    for line, faults in received.checked.rejected.groupby("line", sort=True):
        values = _shown(city, typed.get(int(str(line)), {}), known)
        said: dict[str, str] = {}
        for column, reason in zip(faults["column"], faults["reason"], strict=True):
            text = reason.text("zh")
            said[column] = f"{said[column]}；{text}" if column in said else text
        named = [f"{titles[column]}：{text}" if column else text for column, text in said.items()]
        values["reason"] = f"原第 {line} 行　" + "；".join(named)
        agreed = {column.name for column in (REASON, REVIEWER) if values.get(column.name)}
        corrects = bool(agreed) or tuple(values.get(name, "") for name in KEY) in on_record
        able = {*ANSWERS, *((REASON.name, REVIEWER.name) if corrects else ())}
        at_fault = {column: text for column, text in said.items() if column}
        yield FormRow(values=values, open=frozenset(able), faults=at_fault)


def _shown(city: City, row: Mapping[Any, Any], known: Mapping[str, Known]) -> dict[str, str]:
    """Return a typed row as the form shows it (表单文字): result codes as the list has them, names where known."""
    values = {str(name): str(text) for name, text in row.items() if not pd.isna(text)}
    result = values.get("result", "")
    if result in city.code_lists.codes("result"):
        values["result"] = f"{result} {city.code_lists.label('result', result)}"
    one = known.get(values.get("round", ""))
    return {**({} if one is None else one.beside(values)), **values}


def _known(city: City, sheets: Sequence[ResultSheet]) -> dict[str, Known]:
    """Return what the rounds of some sheets know of their rows (各轮已知信息), by round."""
    rows = pd.concat([sheet.table.frame.reindex(columns=["round", "unit_id"]) for sheet in sheets], ignore_index=True)
    found = {}
    for name in sorted(set(rows["round"].dropna()) & set(city.store.rounds())):
        round = city.round(name)
        units = units_of(round, rows.loc[rows["round"] == name, "unit_id"].dropna(), ["name"])
        planned = expected(round) if can_report(round) else pd.DataFrame(columns=EXPECTED)
        days = pd.to_datetime(planned["inspected_on"]).dt.strftime("%Y-%m-%d").fillna("")
        found[name] = Known(
            round=round,
            units=dict(zip(units["unit_id"], units["name"].fillna(""), strict=True)),
            planned=dict(zip(zip(planned["visit_id"], planned["item_id"], strict=True), days, strict=True)),
        )
    return found
