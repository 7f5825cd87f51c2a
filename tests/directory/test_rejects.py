"""Rejected rows go back as they came, with reasons, and can be corrected and imported."""

import io
from dataclasses import replace

import openpyxl
import pytest
from builders import LISTS, NOVEMBER

from supervision.directory.checking.register_check import check_table
from supervision.directory.reading.register_file import read_table
from supervision.directory.returning import rejects as module
from supervision.directory.returning.rejected_cells import rejected_cells
from supervision.directory.returning.rejects import rejects, rejects_format

TEXT = """说明,,,,
单位编号,部门,地区,名称,颜色
0a1,消防,320505,甲局,红
0b2,消防,3205,"乙
局",绿
0c3,,320506,,蓝
d4,x
"""


def rejected(lang: str = "zh") -> bytes:
    """Return the rejected rows of the text above."""
    table = read_table("offices", "o.csv", TEXT.encode())
    return rejects("offices", table, check_table("offices", table, as_of=NOVEMBER, lists=LISTS), lang)


def test_workbook() -> None:
    """The workbook has line, own headers, own values and reasons; faulty cells are coloured and commented."""
    sheet = openpyxl.load_workbook(io.BytesIO(rejected())).worksheets[0]
    region = "地区"
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["行号", "单位编号", "部门", region, "名称", "原因"],
        ["4", "0b2", "消防", "3205", "乙\n局", sheet["F2"].value],
        ["5", "0c3", None, "320506", None, "部门：必填项为空，请补填；机构名称：必填项为空，请补填"],
        ["6", None, None, None, None, "本行有 2 格，表头有 5 格；请检查逗号和引号 | d4,x"],
    ]
    assert sheet["F2"].value.startswith("行政区划代码：不在可选范围内，可填：虎丘区、")
    assert sheet["D2"].comment.text.startswith("不在可选范围内")
    coloured = [
        cell.coordinate for row in sheet.iter_rows(min_row=2) for cell in row if cell.fill.fgColor.rgb == "FFF8CBAD"
    ]
    assert coloured == ["D2", "C3", "E3"]


def test_english() -> None:
    """Headings and reasons come in English where it is asked for."""
    sheet = openpyxl.load_workbook(io.BytesIO(rejected("en"))).worksheets[0]
    assert (sheet["A1"].value, sheet["F1"].value) == ("Line", "Reason")
    assert (
        sheet["F3"].value == "Department: required cell is blank: fill it in; Name: required cell is blank: fill it in"
    )


def test_corrected_workbook_is_imported() -> None:
    """After correction in the spreadsheet the workbook itself is imported; line and reason are passed over."""
    book = openpyxl.load_workbook(io.BytesIO(rejected()))
    sheet = book.worksheets[0]
    sheet["D2"], sheet["C3"], sheet["E3"] = "320505", "消防", "丙局"
    sheet.delete_rows(4)
    stream = io.BytesIO()
    book.save(stream)
    table = read_table("offices", "o.csv.rejected.xlsx", stream.getvalue())
    checked = check_table("offices", table, as_of=NOVEMBER, lists=LISTS)
    assert (checked.good["office_id"].tolist(), checked.good["name"].tolist()) == (["0b2", "0c3"], ["乙 局", "丙局"])
    assert (len(checked.rejected), checked.notes) == (0, ())


def test_same_bytes() -> None:
    """The same rejections give the same bytes."""
    assert rejected() == rejected()


def test_same_bytes_when_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long list, written row by row, reads the same and repeats to the byte as well."""
    short = openpyxl.load_workbook(io.BytesIO(rejected())).worksheets[0]
    monkeypatch.setattr(module, "ROWS_IN_MEMORY", 1)
    first = rejected()
    assert first == rejected()
    long = openpyxl.load_workbook(io.BytesIO(first)).worksheets[0]
    assert [[cell.value for cell in row] for row in long.rows] == [[cell.value for cell in row] for row in short.rows]


def test_csv_above_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """More rows than a workbook should hold come as CSV with a byte order mark, and can be imported as well."""
    monkeypatch.setattr(module, "MOST_ROWS", 2)
    table = read_table("offices", "o.csv", TEXT.encode())
    checked = check_table("offices", table, as_of=NOVEMBER, lists=LISTS)
    assert rejects_format(checked) == "csv"
    data = rejects("offices", table, checked, "zh")
    assert data.startswith(b"\xef\xbb\xbf\xe8\xa1\x8c")
    again = read_table("offices", "o.rejected.csv", data)
    assert again.frame["office_id"].tolist()[:2] == ["0b2", "0c3"]


def test_nothing_read() -> None:
    """A file of which no row could be split still gives its list."""
    table = read_table("offices", "o.csv", b"office_id,department,region,name\na\n")
    data = rejects("offices", table, check_table("offices", table, as_of=NOVEMBER, lists=LISTS), "zh")
    assert openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["A2"].value == "2"


def test_rejected_rows_as_data() -> None:
    """The same rows, each reason at its cell; what could not be split has a text and no cells; the first ones only."""
    table = read_table("offices", "o.csv", TEXT.encode())
    checked = check_table("offices", table, as_of=NOVEMBER, lists=LISTS)
    headers, rows = rejected_cells(table, checked, most=9)
    assert headers == ["单位编号", "部门", "地区", "名称"]
    shown = [(row.place, [(one.text, [why.code for why in one.why]) for one in row.cells]) for row in rows]
    blank, choice = ["directory.blank"], ["directory.bad_choice"]
    assert shown == [
        ("4", [("0b2", []), ("消防", []), ("3205", choice), ("乙\n局", [])]),
        ("5", [("0c3", []), ("", blank), ("320506", []), ("", blank)]),
        ("6", []),
    ]
    assert [(title, said) for title, _, said in rows[2].why] == [(None, "d4,x")]
    assert [row.place for row in rejected_cells(table, checked, most=2)[1]] == ["4", "5"]


def test_a_field_without_a_column_is_said_of_its_row() -> None:
    """A rejected row whose fault is in no column of the file names the field."""
    text = "机构编号,部门,行政区划代码,名称\n0a1,消防,3205,甲\n"
    table = read_table("offices", "o.csv", text.encode())
    checked = check_table("offices", table, as_of=NOVEMBER, lists=LISTS)
    faults = checked.rejected.assign(column="known_on")
    _, rows = rejected_cells(table, replace(checked, rejected=faults), most=9)
    assert [one.why for one in rows[0].cells] == [(), (), (), ()]
    assert [(title.zh, said) for title, _, said in rows[0].why] == [("知悉日期", "")]
