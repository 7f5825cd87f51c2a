"""What stands beside a header: units, numbers of columns, data above it, and the header once more."""

import pytest
from builders import check, faults, said

from supervision.directory.reading.register_file import read_table

HEAD = ["统一社会信用代码", "企业名称", "行政区划代码", "注册资本"]
ROW = ["91320505YY0000001P", "甲店", "320505", "1000000"]
OTHER = ["91320505YY0000002T", "乙店", "320505", "2000000"]


def csv(*rows: list[str]) -> bytes:
    """Return rows as a CSV."""
    return "".join(",".join(cells) + "\n" for cells in rows).encode()


@pytest.mark.parametrize(
    ("above", "under", "capital"),
    [
        ([], ["", "", "", "元"], 100.0),
        ([], ["", "", "", "（元）"], 100.0),
        ([], ["(18位)", "(全称)", "(6位)", "(万元)"], 1000000.0),
        ([], ["1", "2", "3", "4"], 1000000.0),
        ([], ["（1）", "（2）", "（3）", "（4）"], 1000000.0),
        ([], ["甲", "乙", "丙", "1"], 1000000.0),
        ([], ["必填", "必填", "必填", "数字"], 1000000.0),
        ([["名录"], ["单位：元", "", "", "日期：2026年"]], None, 100.0),
        ([["名录", "", "", "（单位：人民币千元）"]], None, 100000.0),
        ([["单位：虎丘区市场监管局"]], None, 1000000.0),
        ([["单位：元"], ["金额单位：万元"]], None, 1000000.0),
        ([["单位：元"]], ["", "", "", "万元"], 1000000.0),
    ],
)
def test_units_beside_the_header(above, under, capital):
    """A unit under or above the header counts as if it stood in it; column numbers and hints are no data."""
    table = csv(*above, HEAD, *([under] if under else []), ROW)
    checked = check("entities", table)
    assert (faults(checked), checked.good["capital"].tolist()) == ([], [capital])


def test_the_unit_of_the_header_itself_goes_first():
    """注册资本（元） is in yuan whatever unit stands above the table."""
    checked = check("entities", csv(["单位：万元"], [*HEAD[:3], "注册资本（元）"], ROW))
    assert checked.good["capital"].tolist() == [100.0]


def test_what_is_said_of_them():
    """The import says what it took a unit from, and which row it took for a part of the header."""
    table = read_table("entities", "e.csv", csv(["单位：元"], HEAD, ["1", "2", "3", "4"], ROW))
    assert said(table) == (
        "表头下一行“1 2 3 4”是表头的说明（单位、栏次等），未当作数据",
        "表头上方注明“单位：元”，注册资本 按此单位读取",
    )


@pytest.mark.parametrize("row", [["1", "甲", "3", "4"], ["2", "3", "4", "5"], ["u1", "(甲)", "320505", "万元"]])
def test_rows_that_are_no_remarks(row):
    """A row that holds anything else is a row of data, and is read or handed back."""
    assert read_table("entities", "e.csv", csv(HEAD, row)).line.tolist() == [2]


def test_data_above_the_header():
    """Rows above the header are not read: those that look like data are handed back, titles are not."""
    title = ["检查对象名录库", "", "", "2026年"]
    checked = check("entities", csv(title, ROW, HEAD, OTHER))
    assert faults(checked) == [[2, "", " ".join(ROW), "directory.above_header"]]
    assert checked.good["unit_id"].tolist() == [OTHER[0]]


def test_a_title_merged_over_all_columns(made):
    """The title of a workbook that is merged over the whole table is no row of data."""
    rows = [["2026年度名录", None, None, None], HEAD, ROW]
    book = made.book({"数据": made.sheet(rows, more=made.merged("A1:D1"))})
    assert faults(check("entities", book)) == []


def test_the_header_once_more():
    """A table made for print has its header on every page: those rows are left out and named."""
    checked = check("entities", csv(HEAD, ROW, HEAD, OTHER, HEAD))
    assert (faults(checked), checked.lines.tolist()) == ([], [2, 4])
    assert "第 3、5 行是重复的表头，未导入" in [str(note) for note in checked.notes]


def test_remarks_under_the_table():
    """Who made a table, notes and page numbers are left out and named; a unit is not, whatever its name."""
    feet = [["制表人：张三", "", "审核人：李四", ""], ["注：本表一式两份", "", "", ""], ["第1页 共2页", "", "", ""]]
    totals = [["共计2户", "", "", ""], ["", "小计：1户", "", ""]]
    checked = check("entities", csv(HEAD, ROW, *feet, *totals, OTHER))
    assert (faults(checked), checked.lines.tolist()) == ([], [2, 8])
    notes = [str(note) for note in checked.notes]
    assert "第 6、7 行是合计，未导入" in notes
    assert "第 3、4、5 行是表尾说明（如“制表人：张三”），未导入" in notes
    named = check("entities", csv(HEAD, ["备注：待核", "丙店", "320505", "1"]))
    assert faults(named) == [[2, "unit_id", "备注：待核", "directory.id_unknown"]]


def test_invisible_characters_in_headers():
    """Zero-width characters and byte order marks in a header hide nothing."""
    checked = check(
        "entities", csv(["\u200b统一社会信用代码", "企业\u2060名称", "行政区划代码\ufeff", "注册资本"], ROW)
    )
    assert (faults(checked), len(checked.good)) == ([], 1)
