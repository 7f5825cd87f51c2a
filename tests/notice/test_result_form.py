"""The form for results (结果录入表): what is on record is locked and marked, what came back is the same form."""

import io

import openpyxl
import pandas as pd
import pytest

from supervision.notice.formats import returned_results, workbook
from supervision.notice.formats.result_form import FormRow
from supervision.notice.office_content import form_choices
from supervision.notice.public_content import Heading
from supervision.notice.recorded_answers import answers

CODES = {"result": ["1", "E", "7"], "method": ["on_site", "desk"], "follow_up": ["none", "order"],
         "item_result": ["passed", "failed"]}  # fmt: skip
HEADING = Heading(city="苏州市", round="2026-12", rehearsal=False, stage="results")
FIRST = {"visit_id": "U3~1", "item_id": "food", "result": "1", "inspected_on": "2026-12-03", "known_on": "2026-12-09"}


def versions(*rows):
    """Return versions of results, with the columns that a form shows."""
    names = ["visit_id", "item_id", "result", "inspected_on", "method", "follow_up", "inspectors", "reviewer", "note"]
    names.append("item_result")
    frame = pd.DataFrame([{"inspectors": "i1 i2", "reviewer": "王五", **row} for row in rows])
    frame = frame.reindex(columns=[*names, "known_on", "correction"]).astype("str")
    for name in ("inspected_on", "known_on"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    return frame


def test_answers_are_the_words_of_the_form(sample):
    """The latest version stands as a clerk would pick it, with the day of its first record and last correction."""
    second = {**FIRST, "result": "E", "method": "desk on_site", "follow_up": "order", "note": "=1", "correction": "01"}
    second["item_result"] = "failed"
    found = answers(
        versions(FIRST, {**second, "known_on": "2026-12-10"}, {**FIRST, "visit_id": "U2~1"}), sample.Words()
    )
    assert found.values.tolist() == [
        [
            *(
                "U3~1",
                "food",
                "E 发现问题经责令已改正",
                "2026-12-03",
                "书面检查、实地检查",
                "责令改正",
                "i1 i2",
                "王五",
                "不合格",
            ),
            *("=1", "2026-12-09 录入，2026-12-10 更正"),
        ],
        ["U2~1", "food", "1 未发现问题", "2026-12-03", "", "", "i1 i2", "王五", "", "", "已录入 2026-12-09"],
    ]


@pytest.fixture
def book(sample):
    """The market office's workbook with one of three results on record."""
    recorded = answers(versions({**FIRST, "note": "=1+1"}), sample.Words())
    choices = form_choices(sample.Words(), CODES)
    found = sample.office_months(HEADING, sample.make_month(answers=recorded), **choices)
    source = next(workbook.write(one) for one in found if one.office.office_id == "market-01")
    return openpyxl.load_workbook(io.BytesIO(source))


def columns(sheet):
    """Return header → column number."""
    return {cell.value: cell.column for cell in sheet[2]}


def test_what_is_on_record_is_locked_and_marked(book):
    """The recorded row shows its answers, green and locked, with its state; the missing ones are open and say so."""
    sheet = book["结果录入"]
    at = columns(sheet)
    states = [sheet.cell(row, at["录入状态"]).value for row in (3, 4, 5)]
    assert states == ["未录入", "已录入 2026-12-09", "未录入"]
    answered = [
        at[name]
        for name in ("检查结果", "检查日期", "检查方式", "后续处置", "检查人员工号", "审核人", "单项结果", "备注")
    ]
    assert [[sheet.cell(row, column).protection.locked for column in answered] for row in (3, 4, 5)] == [
        [False] * 8,
        [True] * 8,
        [False] * 8,
    ]
    assert {sheet.cell(4, column).fill.fgColor.rgb for column in answered} == {"FFDDEBDD"}
    assert sheet.cell(4, at["检查结果"]).value == "1 未发现问题"
    assert str(sheet.cell(4, at["检查日期"]).value) == "2026-12-03 00:00:00"
    assert sheet.cell(4, at["备注"]).value == "'=1+1"


def test_corrections_have_a_sheet_of_their_own(book):
    """Only what is on record stands there, open, with cells for the reason and the second person."""
    assert book.sheetnames == [
        "本月检查日程",
        "检查要点",
        "结果录入",
        "结果更正",
        "未排定与证明",
        "每日负荷",
        "说明",
        "选项",
    ]
    sheet = book["结果更正"]
    at = columns(sheet)
    assert sheet.max_row == 3
    assert [sheet.cell(3, at[name]).value for name in ("检查编号", "检查结果", "更正理由", "更正审核人")] == [
        "U3~1",
        "1 未发现问题",
        None,
        None,
    ]
    opened = ("检查结果", "检查日期", "检查人员工号", "审核人", "单项结果", "备注", "更正理由", "更正审核人")
    assert not any(sheet.cell(3, at[name]).protection.locked for name in opened)
    assert all(sheet.cell(3, at[name]).protection.locked for name in ("检查编号", "企业名称", "抽查事项"))


ROW = {
    "round": "2026-12",
    "visit_id": "U1~1",
    "item_id": "food",
    "agency": "market",
    "date": "2026-12-03",
    "name": "=甲",
    "unit_id": "U1",
    "item": "食品",
    "result": "9 其他",
    "inspected_on": "十二月三日",
    "reason": "原第 5 行　检查结果：代码与所写不一致",
}
ANSWERS = frozenset({"result", "inspected_on", "method", "follow_up", "inspectors", "reviewer", "item_result", "note"})


def returned(*rows):
    """Return the sheets of a workbook of rejected rows."""
    choices = {"result": ["1 未发现问题"], "method": ["实地检查"], "follow_up": ["无需后续处置"]}
    source = returned_results.write(HEADING, "m.xlsx", rows, choices=choices)
    assert source == returned_results.write(HEADING, "m.xlsx", rows, choices=choices)
    return openpyxl.load_workbook(io.BytesIO(source))


def test_rejected_rows_are_the_same_form():
    """Sheet, headers, names and pick-lists are the office's; what is faulty is coloured, open and says why."""
    book = returned(FormRow(values=ROW, open=ANSWERS, faults={"result": "代码与所写不一致"}))
    sheet = book["结果录入"]
    at = columns(sheet)
    assert book.sheetnames == ["结果录入", "选项"]
    assert list(at) == [
        *("轮次", "检查编号", "事项编号", "检查机关", "计划日期", "企业名称", "统一社会信用代码", "抽查事项"),
        *("检查结果", "检查日期", "检查方式", "后续处置", "检查人员工号", "审核人", "单项结果", "备注", "退回原因"),
    ]
    cell = sheet.cell(3, at["检查结果"])
    assert (cell.value, cell.comment.text, cell.fill.fgColor.rgb, cell.protection.locked) == (
        "9 其他",
        "代码与所写不一致",
        "FFF8CBAD",
        False,
    )
    assert sheet.cell(3, at["检查日期"]).value == "十二月三日"
    assert sheet.cell(3, at["企业名称"]).value == "'=甲"
    assert sheet.cell(3, at["退回原因"]).value == ROW["reason"]
    assert sorted(str(rule.sqref) for rule in sheet.data_validations.dataValidation) == ["I3", "J3", "K3", "L3"]
    assert sheet.protection.sheet
    assert sheet.column_dimensions["A"].hidden


def test_a_faulty_id_is_seen_and_open():
    """A hidden column with a fault is shown, and only the faulty cell is open."""
    rows = [FormRow(values=ROW, open=ANSWERS, faults={"visit_id": "没有这次检查"}), FormRow(values=ROW, open=ANSWERS)]
    sheet = returned(*rows)["结果录入"]
    at = columns(sheet)
    assert not sheet.column_dimensions["B"].hidden
    assert [sheet.cell(row, at["检查编号"]).protection.locked for row in (3, 4)] == [False, True]


def test_rows_that_change_a_record_can_say_why():
    """Where one row would change what is on record, the form has cells for reason and reviewer, open for that row."""
    able = ANSWERS | {"correction_reason", "correction_reviewer"}
    sheet = returned(FormRow(values=ROW, open=able), FormRow(values=ROW, open=ANSWERS))["结果录入"]
    at = columns(sheet)
    assert [sheet.cell(row, at["更正理由"]).protection.locked for row in (3, 4)] == [False, True]
    assert [sheet.cell(row, at["更正审核人"]).protection.locked for row in (3, 4)] == [False, True]
