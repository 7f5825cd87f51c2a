"""Outcomes in (结果回收)."""

import io
from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from builders import LISTS

from supervision.directory.checking.problems import no_problems
from supervision.directory.checking.register_check import check_table
from supervision.directory.table import Table
from supervision.domain.people import Office
from supervision.errors import SupervisionError
from supervision.month.result_files import workbook_sheets
from supervision.notice.formats import workbook
from supervision.notice.office_content import (
    CAUSE_COLUMNS,
    CHANGE_COLUMNS,
    DAY_COLUMNS,
    ENTRY_COLUMNS,
    FORM_COLUMNS,
    VISIT_COLUMNS,
    OfficeContent,
)
from supervision.notice.public_content import Heading
from supervision.results.history import history_rows
from supervision.results.workbook_reader import SHEET, read_results

UNIT = "91320505MA1EXAMP07"


def read(name, source, codes):
    """Return what a workbook's sheets say."""
    return read_results(name, workbook_sheets(name, source), codes=codes.named("result"))


def office_workbook(codes):
    """Return an office's workbook with two visits of one item and one of two."""
    forms = [
        (f"{UNIT}~1", "food", UNIT, "i1 i2"),
        (f"{UNIT}~1", "label", UNIT, "i1 i2"),
        ("U2~1", "food", "U2", ""),
        ("U3~1", "food", "U3", ""),
    ]
    frame = pd.DataFrame(forms, columns=["visit_id", "item_id", "unit_id", "inspectors"], dtype="str")
    return workbook.write(
        OfficeContent(
            heading=Heading(city="苏州市", round="2026-12", rehearsal=False, stage="matched"),
            office=Office(office_id="m", department="market", region="320505", name="市监分局"),
            visits=pd.DataFrame(columns=list(VISIT_COLUMNS), dtype="str"),
            forms=frame.assign(agency="market", date="2026-12-03", name="甲", item="食品").reindex(
                columns=list(FORM_COLUMNS), fill_value=""
            ),
            choices={"result": [f"{code} {codes.label('result', code)}" for code in codes.codes("result")]},
            publication_days=20,
            changes=pd.DataFrame(columns=list(CHANGE_COLUMNS)),
            days=pd.DataFrame(columns=list(DAY_COLUMNS)),
            causes=pd.DataFrame(columns=list(CAUSE_COLUMNS)),
            certificate=(),
            people=pd.DataFrame(columns=["visit_id", "inspector_id", "name", "half_days"]),
            withdrawn=pd.DataFrame(columns=list(ENTRY_COLUMNS)),
            hours={"T1": ("09:00", "12:00"), "T2": ("13:00", "17:00")},
        )
    )


def fill(source, **cells):
    """Return the workbook with cells of the form filled in, as an office does."""
    book = openpyxl.load_workbook(io.BytesIO(source))
    for cell, value in cells.items():
        book[SHEET][cell] = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_filled_workbook_comes_back_as_the_register_wants_it(codes):
    """Picked texts, days as dates or texts, several methods: the directory's checker takes every row."""
    source = fill(
        office_workbook(codes),
        I3="E 发现问题经责令已改正",
        J3=datetime(2026, 12, 3),
        K3="实地检查、检验检测",
        L3="责令改正",
        N3="王五",
        I4="1 未发现问题",
        J4="2026-12-03",
    )
    filled = read("m.xlsx", source, codes)[0]
    assert filled.line.tolist() == [3, 4]
    assert filled.frame["result"].tolist() == ["E", "1"]
    (note,) = filled.notes
    assert (note.text(), note.text("en")) == ("2 行没有填检查结果，未读入", "2 rows have no result and were left out")
    table = Table(
        kind="results", name=filled.name, frame=filled.frame, line=filled.line, headers=filled.headers,
        rejected=no_problems(),
    )  # fmt: skip
    checked = check_table("results", table, as_of=date(2026, 12, 7), lists=LISTS)
    assert checked.rejected.values.tolist() == []
    wanted = [
        "round",
        "visit_id",
        "unit_id",
        "item_id",
        "agency",
        "result",
        "method",
        "follow_up",
        "inspectors",
        "reviewer",
    ]
    assert checked.good[wanted].fillna("").values.tolist() == [
        ["2026-12", f"{UNIT}~1", UNIT, "food", "market", "E", "on_site test", "order", "i1 i2", "王五"],
        ["2026-12", f"{UNIT}~1", UNIT, "label", "market", "1", "", "", "i1 i2", ""],
    ]
    assert checked.good["inspected_on"].astype("str").tolist() == ["2026-12-03"] * 2


def test_rows_begun_without_a_result_are_named(codes):
    """A row with a day or a note and no result is left out, and its number is told."""
    filled = read("m.xlsx", fill(office_workbook(codes), J5="2026-12-03", O6="关门"), codes)[0]
    assert (len(filled.frame), len(filled.line)) == (0, 0)
    assert (filled.notes[1].text(), filled.notes[1].text("en")) == (
        "第 5、6 行填了其他内容而没有检查结果，未读入；请补填后再次交回",
        "rows 5、6 are filled in but for the result and were left out; complete them and hand them in again",
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("E 发现问题经责令已改正", "E"),
        ("e", "E"),
        ("10 被吊销", "10"),
        (10, "10"),
        ("1.未发现问题", "1"),
        ("未发现问题", "未发现问题"),
        ("Z 别的", "Z 别的"),
        ("99 别的", "99 别的"),
    ],
)
def test_codes_before_their_names(codes, text, code):
    """A code that the dictionary knows is taken from the front of the text; anything else is left to the checker."""
    filled = read("m.xlsx", fill(office_workbook(codes), I3=text), codes)[0]
    assert filled.frame["result"].tolist() == [code]


@pytest.mark.parametrize(
    ("text", "picked", "name"),
    [
        ("9 其他", "9", "注销"),
        ("1 发现问题待后续处理", "1", "未发现问题"),
        ("1 未发现问题（电话核实）", "1", "未发现问题"),
        ("a 未发现问题", "A", "发现问题待后续处理"),
        ("10.注销", "10", "被吊销"),
    ],
)
def test_code_and_words_must_agree(codes, text, picked, name):
    """A code with other words than its own is at fault, with both, and the row is not taken as that code."""
    (filled,) = read("m.xlsx", fill(office_workbook(codes), I3=text), codes)
    (fault,) = filled.faults
    assert (fault.line, fault.column, fault.value, fault.reason.code) == (3, "result", text, "results.code_and_words")
    assert fault.reason.text().startswith(f"代码 {picked} 是“{name}”，与所写“")
    assert filled.frame["result"].tolist() == [text]


def merge(source, *ranges):
    """Return the workbook with cells of the form merged."""
    book = openpyxl.load_workbook(io.BytesIO(source))
    for cells in ranges:
        book[SHEET].merge_cells(cells)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_merged_cells_are_named(codes):
    """All rows of merged answers are at fault, the blank ones too; a merged title or a strange column is nothing."""
    source = fill(office_workbook(codes), I3="1", I4="1", J3="2026-12-03", I6="1", J6="2026-12-03")
    (filled,) = read("m.xlsx", merge(source, "I4:I5", "E1:H1", "Q3:Q6"), codes)
    assert filled.line.tolist() == [3, 4, 5, 6]
    assert [(one.line, one.column, one.reason.params["cells"]) for one in filled.faults] == [
        (4, "result", "I4:I5"),
        (5, "result", "I4:I5"),
    ]
    assert filled.notes == ()


def test_both_sheets_are_read(codes):
    """Corrections are read like first results, with their reason and reviewer; what stands beside is kept."""
    book = openpyxl.load_workbook(io.BytesIO(fill(office_workbook(codes), I3="1", J3="2026-12-03")))
    sheet = book.create_sheet("结果更正")
    titles = [cell.value for cell in book[SHEET][2]]
    sheet.append([])
    sheet.append([*titles[:15], "更正理由", "更正审核人"])
    sheet.append([*[cell.value for cell in book[SHEET][3]][:15], "'=选错", "李复核"])
    target = io.BytesIO()
    book.save(target)
    first, second = read("m.xlsx", target.getvalue(), codes)
    assert "correction_reason" not in first.frame
    assert second.frame[["visit_id", "result", "correction_reason", "correction_reviewer"]].values.tolist() == [
        [f"{UNIT}~1", "1", "=选错", "李复核"]
    ]
    assert second.beside.values.tolist() == [["2026-12-03", "甲", "食品"]]


def test_a_time_of_day_is_kept_for_the_checker(codes):
    """A day with a time is handed on with it, a day alone without."""
    source = fill(
        office_workbook(codes), I3="1", J3=datetime(2026, 12, 3, 23, 59, 17), I4="1", J4=datetime(2026, 12, 3)
    )
    (filled,) = read("m.xlsx", source, codes)
    assert filled.frame["inspected_on"].tolist() == ["2026-12-03 23:59:17", "2026-12-03"]


def test_other_files_are_refused(codes):
    """What is no workbook, has no form, or a form without its headers is refused with the name of the file."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    book.add_worksheet("Sheet1")
    book.close()
    headless = fill(office_workbook(codes), A2="", B2="")
    found = []
    for source in (b"PK\x03\x04 no", b"", target.getvalue(), headless):
        with pytest.raises(SupervisionError) as caught:
            read("m.xlsx", source, codes)
        assert caught.value.text().startswith("m.xlsx")
        found.append(caught.value.code)
    assert found == ["results.unreadable", "results.unreadable", "results.no_sheet", "results.no_sheet"]


def test_results_become_history(results):
    """Each row is a past inspection: on site or not as the methods say, its office from the calendar."""
    offices = pd.DataFrame({"visit_id": ["U1~1", "U1~1"], "agency": ["market", "fire"], "office_id": ["m", "f"]})
    found = history_rows(results, offices=offices, kind="routine")
    text = found.astype("object").where(found.notna(), None)
    assert [[*map(str, row)] for row in text.drop(columns=["kind", "known_on"]).values] == [
        ["U1", "fire", "fire", "2026-12-02 00:00:00", "f", "None", "1", "2026-12/U1~1", "f1"],
        ["U1", "market", "food", "2026-12-02 00:00:00", "m", "False", "3", "2026-12/U1~1", "i1 i2"],
        ["U1", "market", "label", "2026-12-02 00:00:00", "m", "True", "1", "2026-12/U1~1", "i1 i2"],
        ["U2", "market", "food", "2026-12-03 00:00:00", "None", "True", "E", "2026-12/U2~1", "i1 i2"],
        ["U3", "fire", "fire", "2026-12-04 00:00:00", "None", "True", "7", "2026-12/U3~1", "None"],
        ["U3", "market", "food", "2026-12-04 00:00:00", "None", "True", "7", "2026-12/U3~1", "None"],
    ]
    assert set(found["kind"]) == {"routine"} and found["known_on"].notna().all()
