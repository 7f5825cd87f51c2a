"""Kinds of files that come back from offices: filled workbooks, the phone form's file, departments' decisions."""

from __future__ import annotations

import copy
import hashlib
import io
import json
from functools import cache
from pathlib import Path
from random import Random

import openpyxl
from fuzzing import hostile, packed, registers, texts

from supervision.canonical import canonical_json
from supervision.directory.checking.register_check import check_table
from supervision.errors import SupervisionError
from supervision.month.result_files import read_sheets, workbook_sheets
from supervision.notice.formats import plan_workbook
from supervision.results.phone_reader import FORMAT
from supervision.results.workbook_reader import CORRECTIONS, HEADERS, SHEET

CODES = registers.LISTS.named("result")
UNIT = "91320505MA1EXAMP07"
CELLS = {
    "round": "2026-12", "visit_id": f"{UNIT}~1", "unit_id": UNIT, "item_id": "food", "agency": "market",
    "result": "1 未发现问题", "inspected_on": "2026-12-03", "method": "实地检查", "follow_up": "责令改正",
    "inspectors": "0010 0011", "reviewer": "钱审核", "item_result": "不合格", "note": "冷柜温度高",
}  # fmt: skip
TOLD = {
    "day": "2026-12-03", "form": "ef" * 32, "format": FORMAT, "office": "market-320505", "round": "2026-12",
    "rows": [
        {**{name: text for name, text in CELLS.items() if name != "round"},
         "points": [{"answer": "不符合", "point": "温度"}, {"answer": "符合", "point": "证照"}]}
    ],
    "saved": "2026-12-03T10:15",
    "visits": [
        {"begun": "09:00", "code": "0f1e2d3c4b5a6978", "ended": "10:00", "opinion": "无", "refused": "",
         "photos": [{"name": "IMG_1.jpg", "sha256": "ab" * 32, "size": 12345}],
         "signatures": {"inspectors": None, "unit": {"png": "data:image/png;base64,AA", "sha256": "cd" * 32}},
         "visit_id": f"{UNIT}~1"}
    ],
}  # fmt: skip
PLAN = {name: f"{title}1" for name, title, _ in plan_workbook.COLUMNS} | {"decision": "同意", "reason": ""}


def read_results(source: bytes, folder: Path, ending: str) -> None:
    """Read a file of results as `record` does, up to the checks of its rows."""
    path = folder / f"results-x{ending}"
    path.write_bytes(source)
    for sheet in read_sheets(path, codes=CODES):
        checked = check_table("results", sheet.table, as_of=registers.AS_OF, lists=registers.LISTS)
        for note in (*checked.notes, *(fault.reason for fault in sheet.faults)):
            note.text("zh").encode()


@cache
def workbooks() -> list[registers.Seed]:
    """Return filled workbooks of an office, with the sheet of corrections."""
    book = openpyxl.Workbook()
    for title in (SHEET, CORRECTIONS):
        sheet = book.create_sheet(title)
        sheet.append(["检查结果录入表"])
        sheet.append(list(HEADERS))
        for number in range(4):
            sheet.append(
                [CELLS.get(column, "") if column != "item_id" else f"i{number}" for column in HEADERS.values()]
            )
    book.remove(book.worksheets[0])
    book[SHEET].merge_cells("H3:H4")
    stream = io.BytesIO()
    book.save(stream)
    rows = [list(HEADERS), *[[CELLS.get(column, "") for column in HEADERS.values()]] * 3]
    ods = registers.ods(rows)
    return [(".xlsx", stream.getvalue()), (".xlsx", stream.getvalue()), (".ods", _named(ods)), (".xls", _old())]


def _named(ods: bytes) -> bytes:
    files = packed.unzipped(ods)
    files["content.xml"] = files["content.xml"].replace("表1".encode(), SHEET.encode())
    return packed.zipped([packed.member(name, content) for name, content in files.items()])


def _old() -> bytes:
    return registers.OLD_XLS.read_bytes()


def changed_workbook(chance: Random, source: bytes) -> bytes:
    """Change a filled workbook of any format."""
    if source.startswith(b"PK"):
        return registers.changed_xlsx(chance, source)
    return registers.changed_xls(chance, source)


def changed_phone(chance: Random, source: bytes) -> bytes:
    """Change a phone form's file, most times with a digest that fits, so that the checks behind it are reached."""
    if chance.random() < 0.1:
        return hostile.changed_bytes(chance, source)
    told = json.loads(source)
    del told["digest"]
    body = texts.changed_json(chance, told)
    try:
        fitting = json.dumps(hashlib.sha256(_canonical(body)).hexdigest())
    except (ValueError, RecursionError, SupervisionError):
        fitting = '"00"'
    if not body.endswith(b"}") or chance.random() < 0.05:
        return body
    return body[:-1] + b',"digest":' + fitting.encode() + b"}"


def _canonical(body: bytes) -> bytes:
    """The bytes whose digest the reader compares: where ours cannot write them, as JSON has them."""
    value = json.loads(body)
    try:
        return canonical_json(value)
    except (SupervisionError, RecursionError):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def phone_files() -> list[registers.Seed]:
    """Return a file that the phone form saved."""
    whole = copy.deepcopy(TOLD)
    digest = hashlib.sha256(canonical_json(whole)).hexdigest()
    return [(".json", canonical_json({**whole, "digest": digest}))]


@cache
def plans() -> list[registers.Seed]:
    """Return a workbook of proposed joint tasks."""
    return [("plan", plan_workbook.write("年度", 2026, [PLAN, {**PLAN, "plan": "计划编号2"}], [PLAN], ["一"]))]


def read_plan(source: bytes) -> None:
    """Read departments' decisions, and look for cells that were changed."""
    sheets = workbook_sheets("plan.xlsx", source)
    plan_workbook.read("plan.xlsx", sheets)
    plan_workbook.refuse_edited("plan.xlsx", sheets, [PLAN, {**PLAN, "plan": "计划编号2"}], [PLAN])
