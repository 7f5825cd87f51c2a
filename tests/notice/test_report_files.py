"""The oversight report's page, workbook and Word file: the same figures in each, and the same bytes every time."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from docx import Document
from report_example import RULE, columns, content, part, share

from supervision.notice.formats import report_document, report_workbook
from supervision.notice.report_content import COUNT, SHARE, TEXT, Table, public_extract
from supervision.notice.site.report_page import chart_of, report_page

TITLE = "演示市督查考核报告 2026-12"


@pytest.fixture
def told():
    """A report of two departments."""
    return content(departments=[part("市场监管", 40, 30), part("消防救援", 60, 60)])


def texts(document):
    """All texts of a Word file."""
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def test_a_page_in_a_minute(told):
    """Key figures first, then charts, then every table; nothing from outside; "no data" is said."""
    page = report_page(told, public=False).decode()
    assert page.index("一分钟") < page.index("<svg") < page.index("<details")
    assert re.search(r"抽查任务完成率.*?<b>75.0 %</b><small>90 / 120</small>", page, re.DOTALL)
    assert re.search(r"企业满意度.*?<b class=\"none\"><span class=\"zh\">没有数据</span>", page, re.DOTALL)
    assert page.count("<svg") == 2  # departments and classes; districts have no row
    assert "不得公开" in page
    assert not re.search(r"(src|href)=\"(https?:)?//", page)
    assert "演练" not in page
    assert "演练" in report_page(content(rehearsal=True), public=False).decode()


def test_a_chart_is_to_scale():
    """The longest bar decides where the scale ends; limits are drawn where they are; what is left out is counted."""
    rows = [{"name": f"{number}", "fulfilled": share(number, 100, low=10 * number, high=10 * number + 50)}
            for number in range(1, 14)]  # fmt: skip
    chart = chart_of(Table(name="departments", columns=content().tables[0].columns, rows=rows, chart="fulfilled"))
    assert (chart.end, chart.more, len(chart.lines)) == ("20", 1, 12)
    assert [chart.lines[9].parts[0][2], chart.lines[9].low, chart.lines[9].high] == ["170.0", "170.0", "255.0"]
    assert chart.lines[0].told == "1.0 % (1 / 100)"
    rows = [{"name": "甲", "fulfilled": share(9, 9)}, {"name": "乙", "fulfilled": share(0, 0)}]
    plain = Table(name="departments", columns=content().tables[0].columns, rows=rows, chart="fulfilled")
    assert [(line.label, line.parts[0][2], line.low) for line in chart_of(plain).lines] == [("甲", "340.0", "")]


def test_the_extract_s_page(told):
    """The extract says that it is one; no class, no hit rate of a department, no alarm stands in it."""
    page = report_page(public_extract(told, RULE), public=True).decode()
    assert "市场监管" in page
    for word in ("各类别", "发现率（直接）", "过频预警", "不得公开", "没有数据 %"):
        assert word not in page
    assert "企业信用风险分类结果不公开" in page


def test_the_workbook_says_the_same(told):
    """Shares are numbers with their counts beside them; native charts stand on the first sheet."""
    made = report_workbook.write(told, TITLE)
    book = openpyxl.load_workbook(BytesIO(made))
    assert book.sheetnames == ["一分钟", "各部门", "各区", "各类别命中率", "企业满意度", "各轮次", "18 个行业、领域"]
    first = [[cell.value for cell in row[:5]] for row in book["一分钟"].iter_rows(min_row=3, max_row=12)]
    assert first[0] == ["抽查任务完成率", 0.75, 90, 120, ""]
    assert first[2] == ["联合减少的入企次数", 1234, None, None, ""]
    assert first[3] == ["问题发现率（直接）", 7 / 90, 7, 90, "3.8–15.3"]
    assert first[4][1] == 1.3
    assert first[9][:2] == ["企业满意度", "没有数据"]
    rows = list(book["各部门"].iter_rows(min_row=2, max_row=4, values_only=True))
    assert rows[0][:5] == ("名称", "户数", "完成率", "完成率件", "完成率总")
    assert [row[:5] for row in rows[1:]] == [("市场监管", 40, 0.75, 30, 40), ("消防救援", 60, 1, 60, 60)]
    assert book["企业满意度"]["A3"].value == "没有数据"
    assert book["各轮次"]["B3"].value == 1.3
    assert len(book["一分钟"]._charts) == 2
    assert made == report_workbook.write(told, TITLE)
    assert book.properties.created.date() == date(2026, 12, 31)


def test_a_wide_table_in_word_has_no_limits():
    """Eight columns have room for limits, nine do not: their shares stand alone."""
    kinds = {"name": TEXT, "hit": SHARE, **dict.fromkeys(("done", "drawn", "framed", "checked", "late", "open"), COUNT)}
    row = {**dict.fromkeys(kinds, 1), "name": "甲", "hit": share(1, 8, low=22, high=471), "over": 1}
    for more, shown in (({}, "12.5 %（2.2–47.1）"), ({"over": COUNT}, "12.5 %")):
        table = Table(name="caps", columns=columns(**kinds, **more), rows=[row])
        document = Document(BytesIO(report_document.write(replace(content(), tables=[table]), TITLE)))
        assert document.tables[-1].rows[1].cells[1].text == shown


def test_the_word_file_says_the_same(told):
    """Key figures, bars and tables in words; the same content gives the same bytes, whatever the clock says."""
    made = report_document.write(told, TITLE)
    document = Document(BytesIO(made))
    said = texts(document)
    assert {TITLE, "各部门", "75.0 %", "90 / 120", "3.8–15.3", "没有数据"} <= set(said)
    bars = {text for text in said if text.startswith("█")}
    assert {len(bar) for bar in bars} == {22, 30}  # 75 % and 100 % of thirty blocks; a class stands alone
    department = next(table for table in document.tables if table.rows[0].cells[0].text == "名称")
    assert [cell.text for cell in department.rows[1].cells][:3] == ["市场监管", "40", "75.0 %"]
    assert all(entry.date_time == (1980, 1, 1, 0, 0, 0) for entry in zipfile.ZipFile(BytesIO(made)).infolist())
    assert made == report_document.write(told, TITLE)
    assert any("不得公开" in text for text in said)
    assert "【演练 REHEARSAL】" in texts(Document(BytesIO(report_document.write(content(rehearsal=True), TITLE))))[0]
