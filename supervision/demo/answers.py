"""Results of a synthetic month (演示月份的检查结果): what inspectors would hand in, made from their offices' workbooks.

Each visit of the month gets a result by lot. Of the open list, some visits show every public category once, one result
is entered wrongly and corrected later, and one unit cannot be reached, so that another steps in for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import numpy as np
import pyarrow as pa
from python_calamine import CalamineWorkbook

from supervision.demo.chance import Chance
from supervision.demo.departments import ITEMS
from supervision.demo.files import write_arrow

SHEET = "结果录入"
KEPT = ("轮次", "检查编号", "统一社会信用代码", "事项编号", "检查机关", "检查人员工号")
PLANNED, WHO = "计划日期", "检查人员工号"
HEADER = (*KEPT, "检查结果", "检查日期", "后续处置", "审核人", "单项结果")
CORRECTION = ("更正理由", "更正审核人")
WEIGHTS = (("1", 89.0), ("E", 5.0), ("", 3.0), ("A", 2.0), ("F", 1.0))  # of results; blank: the item's own finding
SHOWN_ITEM, GONE = "market-disclosure", "6"
SHOWN = (GONE, "B", "C", "8", "F", "A", "E", "1", "C")  # of the first visits to the open list; the last is corrected
WHOLE_VISIT = (GONE, "8", "F")  # what holds for all items of a visit
RIGHT, WHY = "1", "录入时选错结果，已与检查记录核对（演示）"
REVIEWER, SECOND = "演示审核员", "演示复核员"
FOLLOW_UPS = {"E": "order", "A": "transfer", "8": "transfer", GONE: "copy", "1": "none", "F": "none"}
OTHERWISE = "order"
ITEM_RESULTS = {"1": "合格", GONE: "未检查", "8": "未检查", "F": "未检查"}
FAILED = "不合格"

Line = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What was written (写出内容): results by week, corrections, and the drawn unit that nobody could reach."""

    results: int
    corrections: int
    unit: str
    task: str


def write_answers(folder: Path, *, workbooks: Sequence[Path], drawn: Path, seed: int = 20260101) -> Answered:
    """Write results as inspectors would hand them in (写出检查结果): the same workbooks give the same files.

    `workbooks`: the offices' of the month; `drawn`: the round's published draw.json. Below `folder`: results/, a file a
    week; correction.csv; and step_in/: the files unit, task, reason and evidence.txt of who could not be reached.
    """
    lines = [line for path in workbooks for line in _lines(path)]
    lists = {row["unit_id"]: row["task_id"] for row in json.loads(drawn.read_bytes())["lists"]}
    shown = _shown(lines, lists, Chance(seed=seed))
    codes = _codes(lines, shown, Chance(seed=seed))
    answers = [_answer(line, code) for line, code in zip(lines, codes, strict=True)]
    (folder / "results").mkdir(parents=True, exist_ok=True)
    for week, rows in _by_week(answers).items():
        _write(folder / "results" / f"{week}.csv", HEADER, rows)
    wrong = list(shown)[len(SHOWN) - 1 :]
    corrected = [
        {**one, **_said(RIGHT), CORRECTION[0]: WHY, CORRECTION[1]: SECOND}
        for one in answers
        if one["检查编号"] in wrong and one["事项编号"] == SHOWN_ITEM
    ]
    _write(folder / "correction.csv", (*HEADER, *CORRECTION), corrected)
    unit = next((line["统一社会信用代码"] for line in lines if shown.get(line["检查编号"]) == GONE), "")
    _write_step_in(folder / "step_in", unit, lists.get(unit, ""))
    return Answered(results=len(answers), corrections=len(corrected), unit=unit, task=lists.get(unit, ""))


def _lines(path: Path) -> Iterator[Line]:
    """Yield the rows of a workbook that somebody was drawn for (工作簿各行)."""
    grid = CalamineWorkbook.from_path(path).get_sheet_by_name(SHEET).to_python(skip_empty_area=False)
    place = next(number for number, row in enumerate(grid) if set(KEPT) <= set(map(str, row)))
    at = {str(title): number for number, title in enumerate(grid[place])}
    for row in grid[place + 1 :]:
        line = {name: _text(row[at[name]]) for name in (*KEPT, PLANNED)}
        if line[WHO]:
            yield line


def _text(cell: object) -> str:
    return f"{cell:%Y-%m-%d}" if isinstance(cell, date | datetime) else str(cell)


def _shown(lines: Sequence[Line], lists: Mapping[str, str], chance: Chance) -> dict[str, str]:
    """Return the visits to the open list that show the categories (展示用检查) and what they show, in their order."""
    found = {line["检查编号"] for line in lines if line["事项编号"] == SHOWN_ITEM and line["统一社会信用代码"] in lists}
    ordered = sorted(found, key=lambda visit: (int(chance.bits("shown", _number([visit]))[0]), visit))
    return dict(zip(ordered, SHOWN, strict=False))


def _codes(lines: Sequence[Line], shown: Mapping[str, str], chance: Chance) -> Iterator[str]:
    """Yield each row's result code (检查结果代码)."""
    keys = _number([line["检查编号"] + line["事项编号"] for line in lines])
    picked = chance.pick("answer", [share for _, share in WEIGHTS], keys)
    findings = {item.item_id: item.finding for item in ITEMS}
    for line, place in zip(lines, picked.tolist(), strict=True):
        code = shown.get(line["检查编号"], "")
        if code in WHOLE_VISIT or (code and line["事项编号"] == SHOWN_ITEM):
            yield code
        else:
            yield WEIGHTS[place][0] or findings[line["事项编号"]]


def _number(texts: Iterable[str]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return a number for each text, the same in every run (编号转数值)."""
    return np.array([int.from_bytes(sha256(text.encode()).digest()[:7], "big") for text in texts], dtype=np.int64)


def _answer(line: Line, code: str) -> Line:
    kept = {name: line[name] for name in KEPT}
    return {**kept, **_said(code), "检查日期": line[PLANNED], "审核人": REVIEWER}


def _said(code: str) -> Line:
    """What goes with a result code (结果、后续处置与单项结果)."""
    follow_up, whole = FOLLOW_UPS.get(code, OTHERWISE), ITEM_RESULTS.get(code, FAILED)
    return {"检查结果": code, "后续处置": follow_up, "单项结果": whole}


def _by_week(answers: Iterable[Line]) -> dict[str, list[Line]]:
    weeks: dict[str, list[Line]] = {}
    for one in sorted(answers, key=lambda line: (line["检查日期"], line["检查编号"], line["事项编号"])):
        year, week, _ = date.fromisoformat(one["检查日期"]).isocalendar()
        weeks.setdefault(f"{year}-W{week:02d}", []).append(one)
    return weeks


def _write(path: Path, header: Sequence[str], rows: Sequence[Line]) -> None:
    columns = [pa.array([row[name] for row in rows], type=pa.string()) for name in header]
    write_arrow(path, header, [pa.table(columns, names=list(header))])


def _write_step_in(folder: Path, unit: str, task: str) -> None:
    folder.mkdir(exist_ok=True)
    words = {"unit": unit, "task": task, "reason": GONE, "evidence.txt": f"{unit} 门头照片（演示，无真实内容）\n"}
    for name, text in words.items():
        (folder / name).write_text(text, encoding="utf-8")
