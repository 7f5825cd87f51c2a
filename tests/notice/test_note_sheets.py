"""Sheets beside the visits: an office's open warnings, and lists that may apply; nothing where there is none."""

import io

import openpyxl
import pandas as pd

from supervision.notice.formats import workbook
from supervision.notice.office_content import ADVICE_COLUMNS, WARNING_COLUMNS
from supervision.notice.public_content import Heading

HEADING = Heading(city="苏州市", round="2026-12", rehearsal=False, stage="planned")
ROW = ("YJ1", "投诉激增", "=企业", "U2", "2026-12-01", "2026-12-08", "核查", "投诉举报 2026-11-30", "消防救援", "")


def warned(*rows):
    """Warnings: office and cells."""
    return pd.DataFrame(rows, columns=["office", *WARNING_COLUMNS], dtype="str")


def books(sample, **changes):
    """Office → its workbook, opened."""
    found = sample.office_months(HEADING, sample.make_month(**changes))
    return {one.office.office_id: openpyxl.load_workbook(io.BytesIO(workbook.write(one))) for one in found}


def test_each_office_has_its_own_warnings(sample):
    """The row stands under its headers, days are days, names no formulas; another office has no such sheet."""
    found = books(sample, warnings=warned(("market-01", *ROW), ("nowhere", *ROW)))
    assert sorted(found) == ["fire-01", "market-01"]
    assert "风险预警" not in found["fire-01"].sheetnames
    sheet = found["market-01"]["风险预警"]
    assert [cell.value for cell in sheet[2]][:3] == ["预警编号", "信号", "企业名称"]
    cells = [cell.value for cell in sheet[3]]
    assert (cells[0], str(cells[5])[:10], cells[8]) == ("YJ1", "2026-12-08", "消防救援")
    assert sheet["C3"].data_type == "s"
    assert "不得公开" in sheet["A5"].value
    rules = [(str(area.sqref), rule.formula) for area in sheet.conditional_formatting for rule in area.rules]
    assert rules == [("F3", ["AND(ISNUMBER($F3),$F3<TODAY())"])]


def test_an_office_with_a_warning_alone_has_a_workbook(sample):
    """No visit in the month and one warning: the office gets its workbook all the same; words for a day stay words."""
    office = sample.Office(office_id="fire-02", department="fire", region="320506", name="消防二队")
    offices = sample.make_month().offices | {"fire-02": office}
    row = (*ROW[:5], "（待 2027 年安排公布）", *ROW[6:])
    found = books(sample, offices=offices, warnings=warned(("fire-02", *row)))
    assert found["fire-02"]["风险预警"]["F3"].value == "（待 2027 年安排公布）"


def test_advice_stands_with_the_office_of_the_visit_and_department(sample):
    """Of a joint visit each department sees the lists of its own items; visits of others are not there."""
    rows = [
        ("market", "企业二", "食品", "E 已改正", "初次", "不予处罚", "第三十三条", "U2~1"),
        ("fire", "企业二", "消防", "A 发现问题", "初次", "从轻", "第三十二条", "U2~1"),
        ("market", "别家", "食品", "E 已改正", "初次", "不予处罚", "第三十三条", "U9~1"),
    ]
    found = books(sample, advice=pd.DataFrame(rows, columns=["agency", *ADVICE_COLUMNS], dtype="str"))
    told = {
        office: [[cell.value for cell in line][4] for line in book["处置参考"].iter_rows(min_row=3, max_row=4)]
        for office, book in found.items()
    }
    assert told == {"market-01": ["不予处罚", None], "fire-01": ["从轻", None]}
    assert "不作处罚决定" in found["fire-01"]["处置参考"]["A5"].value
