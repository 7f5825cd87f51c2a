"""Sheets: visible ones that fit are all read, and none is read or left out in silence."""

from typing import Any

import pytest
from builders import LISTS, NOVEMBER, said

from supervision.directory.checking.register_check import check_table
from supervision.directory.reading.register_file import read_table
from supervision.directory.returning.rejects import rejects
from supervision.directory.table import place_of_line
from supervision.errors import DirectoryError


def read(data: bytes) -> Any:
    """Return a workbook as a table."""
    return read_table("entities", "e.xlsx", data)


def test_the_visible_sheet_goes_before_a_hidden_first_one(made, column_of):
    """Old data on a hidden first sheet is not imported, and said to be hidden; the visible sheet is."""
    old, new = made.sheet([made.head, made.unit(1)]), made.sheet([made.head, made.unit(1, status="注销")])
    for state in ("hidden", "veryHidden"):
        table = read(made.book({"旧数据": old, "现数据": new}, states={"旧数据": state}))
        assert column_of(table, "status") == ["注销"]
        assert said(table) == ("隐藏的工作表未导入：“旧数据”；如需导入，请取消隐藏",)
        assert table.sheets == ()


def test_one_sheet_a_district(made, column_of):
    """All visible sheets that fit are read; each row is named by its sheet and its number there."""
    sheets = {
        "虎丘区": made.sheet([made.head, made.unit(1), made.unit(2)]),
        "吴中区": made.sheet([["吴中区名录"], made.head, made.unit(3, region="320506"), made.unit(4, region="无此区")]),
    }
    table = read(made.book(sheets))
    assert column_of(table, "name") == [f"演示第{number}号企业" for number in (1, 2, 3, 4)]
    assert table.sheets == ("虎丘区", "吴中区")
    assert [place_of_line(line, table.sheets) for line in table.line.tolist()] == [
        "虎丘区!2",
        "虎丘区!3",
        "吴中区!3",
        "吴中区!4",
    ]
    assert said(table) == ("读取 2 个工作表：“虎丘区”、“吴中区”",)


def test_a_bad_row_of_a_second_sheet_is_handed_back_by_its_sheet(made):
    """The rejected rows of a workbook of several sheets name sheet and row, and keep their own cells."""
    first, second = ([made.head, made.unit(number, region=region)] for number, region in ((1, "320505"), (2, "无此区")))
    table = read(made.book({"甲": made.sheet(first), "乙": made.sheet(second)}))
    checked = check_table("entities", table, as_of=NOVEMBER, lists=LISTS)
    region = checked.rejected[checked.rejected["column"] == "region"]
    assert [place_of_line(line, checked.sheets) for line in region["line"]] == ["乙!2"]
    back = read_table("entities", "r.xlsx", rejects("entities", table, checked, "zh"))
    assert "无此区" in back.frame["region"].tolist()


def test_sheets_with_columns_in_another_order(made, column_of):
    """Each sheet is read by its own header; a column that one of them lacks is blank for its rows."""
    turned = ["行政区划", "单位名称", "信用代码"]
    data = made.book(
        {"甲": made.sheet([made.head, made.unit(1)]), "乙": made.sheet([turned, ["吴中区", "丙店", "u-9"]])}
    )
    table = read(data)
    assert column_of(table, "name") == ["演示第1号企业", "丙店"]
    assert column_of(table, "region") == ["320505", "吴中区"]
    assert column_of(table, "tags") == ["食品经营", None]


def test_the_same_row_on_two_sheets_contradicts_by_name(made):
    """Rows of two sheets with one key and other values name each other by sheet and row."""
    data = made.book(
        {
            "甲": made.sheet([made.head, ["320505000000001", "一店", "存续", "2015-03-09", "320505", "食品经营"]]),
            "乙": made.sheet([made.head, ["320505000000001", "二店", "存续", "2015-03-09", "320505", "食品经营"]]),
        }
    )
    checked = check_table("entities", read(data), as_of=NOVEMBER, lists=LISTS)
    assert len(checked.good) == 0
    reasons = [str(reason) for reason in checked.rejected["reason"]]
    assert any("乙!2" in reason for reason in reasons)
    assert any("甲!2" in reason for reason in reasons)


def test_sheets_that_do_not_fit_are_named(made, column_of):
    """A visible sheet that is no such register is named with what it lacks; an empty one is not worth a word."""
    data = made.book(
        {
            "说明": made.sheet([["请阅读"]]),
            "名录": made.sheet([made.head, made.unit(1)]),
            "许可证": made.sheet([["统一社会信用代码", "许可证编号"], ["u1", "JY1"]]),
            "空": made.sheet([]),
            "选项": made.sheet([["是"], ["否"]]),
        }
    )
    table = read(data)
    assert column_of(table, "unit_id") == ["91320505YY0000001"]
    assert said(table) == (
        "工作表“说明”不是这种登记表，未导入（缺少列：统一社会信用代码、企业名称、行政区划代码）",
        "工作表“许可证”不是这种登记表，未导入（缺少列：企业名称、行政区划代码）",
    )


def test_only_hidden_sheets_fit(made):
    """Where the register stands on a hidden sheet only, nothing is imported and the sheet is named."""
    data = made.book(
        {"封面": made.sheet([["封面"]]), "名录": made.sheet([made.head, made.unit(1)])}, states={"名录": "hidden"}
    )
    with pytest.raises(DirectoryError) as caught:
        read(data)
    assert caught.value.text() == "e.xlsx：能导入的工作表都是隐藏的（“名录”）。请取消隐藏后重新导入。"


def test_no_sheet_fits(made):
    """Where no sheet fits, the error is about the visible sheet that comes closest."""
    data = made.book(
        {"甲": made.sheet([["天气"], ["晴"]]), "乙": made.sheet([["统一社会信用代码", "企业名字"], ["u1", "店"]])}
    )
    with pytest.raises(DirectoryError) as caught:
        read(data)
    assert caught.value.code == "directory.missing_header"
    assert "企业名字" in caught.value.text()


def test_hidden_rows_are_imported_and_said(made, column_of):
    """Rows hidden by a filter, by hand or by a height of 0 are in the register like the others, and are named."""
    rows = [made.head, made.unit(1), made.unit(2, status="注销"), made.unit(3)]
    data = made.book({"名录": made.sheet(rows, hidden=[3], more='<autoFilter ref="A1:F4"/>')})
    table = read(data)
    assert column_of(table, "status") == ["存续", "注销", "存续"]
    assert said(table) == ("工作表“名录”有 1 行被隐藏或筛选，照常导入（第 3 行）；不应导入的请删除后重新导入",)
    flat = made.sheet(rows).replace('<row r="4">', '<row r="4" ht="0" customHeight="1">')
    assert made.codes_of(read(made.book({"名录": flat}))) == ["note_hidden_rows"]


def test_hidden_columns_are_imported_and_said(made, column_of):
    """Hidden columns are read, and those that the register knows are named."""
    cols = '<col min="2" max="3" hidden="1"/><col min="4" max="4" hidden="0"/><col min="7" max="16384" hidden="1"/>'
    table = read(made.book({"名录": made.sheet([made.head, made.unit(1)], cols=f"<cols>{cols}</cols>")}))
    assert column_of(table, "status") == ["存续"]
    assert said(table) == ("工作表“名录”的隐藏列照常导入：企业名称、登记状态",)


def test_a_hidden_header_row_is_no_hidden_unit(made):
    """Only hidden rows under the header are counted."""
    assert made.codes_of(read(made.book({"名录": made.sheet([made.head, made.unit(1)], hidden=[1])}))) == []


def test_chart_sheets_and_odd_part_names(made, column_of):
    """A chart sheet is passed over, and parts are found under other names, with backslashes or from the root."""
    data = made.book({"名录": made.sheet([made.head, made.unit(1)])})
    import io
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.endswith("workbook.xml"):
                text = text.replace(b"<sheets>", '<sheets><sheet name="图" sheetId="9" r:id="c"/>'.encode())
            if name.endswith(".rels"):
                chart = b'<Relationship Id="c" Type="x/chartsheet" Target="chartsheets/sheet1.xml"/>'
                text = text.replace(b"</Relationships>", chart + b"</Relationships>").replace(
                    b"worksheets/sheet1.xml", b"/XL/data1.xml"
                )
            new.writestr("xl\\data1.xml" if name == "xl/worksheets/sheet1.xml" else name, text)
        new.writestr("xl/chartsheets/sheet1.xml", b"<chartsheet/>")
    assert column_of(read(stream.getvalue()), "unit_id") == ["91320505YY0000001"]


@pytest.mark.parametrize(
    ("rows", "lacking"),
    [
        ([["91320505YY0000002T", "乙店", "存续", None, "320505", None]], "统一社会信用代码、企业名称、行政区划代码"),
        ([["统一社会信用代码", "企业名称"], ["91320505YY0000002T", "乙店"]], "行政区划代码"),
    ],
)
def test_a_sheet_with_units_under_an_incomplete_header(made, rows, lacking):
    """A visible sheet with units that cannot be read is handed back by its name; sheets of remarks are only named."""
    good = ["91320505YY0000001P", "甲店", "存续", None, "320505", None]
    remarks = [["填表说明"], ["统一社会信用代码", "18 位"]]
    table = read(
        made.book(
            {
                name: made.sheet(one)
                for name, one in zip(("甲", "乙", "说明"), ([made.head, good], rows, remarks), strict=True)
            }
        )
    )
    checked = check_table("entities", table, as_of=NOVEMBER, lists=LISTS)
    assert len(checked.good) == 1
    assert [
        (place_of_line(line, checked.sheets), str(reason))
        for line, reason in checked.rejected[["line", "reason"]].to_numpy()
    ] == [("乙!1", f"工作表“乙”含有主体数据，但表头不全（缺少 {lacking}），没有读取；请补全表头，或另行导入")]
    assert any("说明" in note for note in said(table))
    assert rejects("entities", table, checked, "zh").startswith(b"PK")
