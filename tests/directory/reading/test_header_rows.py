"""Headers of several rows, and headers in brackets, with line breaks or remarks."""

from typing import Any

import pytest
from builders import said

from supervision.directory.reading.header_rows import find_header
from supervision.directory.reading.header_words import meaning
from supervision.directory.reading.register_file import read_table
from supervision.directory.register import register
from supervision.errors import DirectoryError

ENTITIES = register("entities")
FIRST = ["序号", "统一社会信用代码", "企业名称", "行政区划代码", "登记情况", ""]
SECOND = ["", "", "", "", "登记状态", "成立日期"]
ROW = ["1", "u1", "甲店", "320505", "存续", "2015-03-09"]
WANTED = {"unit_id": "u1", "name": "甲店", "region": "320505", "status": "存续", "established": "2015-03-09"}


def csv(rows: list[list[str]]) -> bytes:
    """Return rows as a CSV."""
    return "".join(",".join(cells) + "\n" for cells in rows).encode()


def first(made: Any, data: bytes) -> dict[str, str | None]:
    """Return the filled cells of a workbook's only row."""
    table = read_table("entities", "e.xlsx", data)
    assert len(table.line) == 1
    return {name: value for name, value in made.rows_of(table)[0].items() if value is not None}


@pytest.mark.parametrize("merges", [(), ("A1:F1", "E2:F2"), ("A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:F2")])
def test_two_rows_with_a_group(made, merges):
    """Columns that are named in the second row are read, with a banner, with the group merged or not."""
    rows = [["二〇二六年度检查对象名录库"], FIRST, SECOND, ROW]
    rows = [[value or None for value in cells] for cells in rows]
    data = made.book({"数据": made.sheet(rows, more=made.merged(*merges) if merges else "")})
    assert first(made, data) == WANTED
    table = read_table("entities", "e.xlsx", data)
    assert table.line.tolist() == [4]
    assert made.codes_of(table) == []


def test_two_rows_in_a_csv(made):
    """The same in a CSV: line numbers count both rows of the header."""
    table = read_table("entities", "e.csv", csv([FIRST, SECOND, ROW]))
    assert (made.rows_of(table), table.line.tolist()) == ([WANTED], [3])


def test_more_columns_in_the_second_row_than_in_the_first(made):
    """The header is both rows together even where the second names more columns."""
    upper = ["统一社会信用代码", "企业名称", "行政区划代码", "登记", "", "", "", ""]
    lower = ["", "", "", "登记状态", "成立日期", "法定代表人", "联系电话", "住所"]
    found = find_header(ENTITIES, [["名录"], upper, lower, ["u1"]])
    assert (found.first, found.last, found.score) == (1, 2, 8)


def test_the_name_of_a_group_belongs_to_its_columns(made):
    """名称 under 许可证 is the licence's name, not the unit's; a group that means nothing leaves its columns alone."""
    upper = ["企业信息", "", "", "许可证", "", ""]
    lower = ["统一社会信用代码", "名称", "区县", "名称", "编号", "有效期至"]
    table = read_table(
        "entities", "e.csv", csv([upper, lower, ["u1", "甲店", "320505", "食品许可", "JY1", "2028-01-01"]])
    )
    assert made.rows_of(table)[0] == {
        "unit_id": "u1",
        "name": "甲店",
        "region": "320505",
        "licence_name": "食品许可",
        "licence_no": "JY1",
        "licence_until": "2028-01-01",
    }


def test_a_group_that_is_named_like_a_column():
    """A group may have a column's name: the columns under it are those that the second row names."""
    upper = ["统一社会信用代码", "企业名称", "行政区划代码", "登记状态", ""]
    found = find_header(
        ENTITIES, [upper, ["", "", "", "成立日期", "登记状态"], ["u1", "甲", "320505", "2015-03-09", "存续"]]
    )
    assert (found.last, found.cells[3:]) == (1, ("成立日期", "登记状态"))


def test_three_rows(made):
    """A header of three rows is read as well; one of four is not one header."""
    rows = [
        ["统一社会信用代码", "企业名称", "行政区划代码", "登记", "", ""],
        ["", "", "", "状态", "", "日期"],
        ["", "", "", "登记状态", "", "成立日期"],
    ]
    found = find_header(ENTITIES, rows)
    assert (found.first, found.last, found.score) == (0, 2, 5)
    found = find_header(ENTITIES, [*rows, ["", "", "", "", "住所", ""]])
    assert (found.last, found.score) == (2, 5)


def test_english_names_under_the_header(made):
    """A second row that only repeats the header in English is no unit."""
    english = ["unit_id", "name", "region", "status"]
    data = csv([["统一社会信用代码", "企业名称", "行政区划代码", "登记状态"], english, ["u1", "甲", "320505", "存续"]])
    table = read_table("entities", "e.csv", data)
    assert (table.line.tolist(), table.headers["name"]) == ([3], "企业名称")


def test_a_first_row_is_no_header():
    """A unit under the header stays a unit, though one of its cells is a header's word, or all but a few are blank."""
    head = ["统一社会信用代码", "企业名称", "行政区划代码", "登记状态", "备注"]
    for row in (["u1", "名称", "320505", "存续", "说明"], ["u1", "", "", "", "说明"], ["", "甲", "", "", "名称"]):
        assert find_header(ENTITIES, [head, row]).last == 0


HEADERS = {
    "【统一社会信用代码】": "unit_id",
    "[unit_id]": "unit_id",
    "（企业名称）": "name",
    "企业\n名称": "name",
    "企业_x000D_\n名称": "name",
    "企业名称（全称）": "name",
    "* 企业名称：": "name",
    "“登记状态”": "status",
    "登记状态（在营/注销）": "status",
    "成立日期(yyyy-mm-dd)": "established",
    "成立日期【如 2015-03-09】": "established",
    "住所（经营场所）": "address",
    "注册资本(万元人民币)": "capital",
    "注册资本（元）": "capital",
    "注册资本【单位：亿元】": "capital",
    "注册资本（美元）": None,
    "企业名称（曾用名）": None,
    "企业名称（英文）": None,
    "（）": None,
    "天气（今日）": None,
}


@pytest.mark.parametrize(("header", "name"), HEADERS.items())
def test_headers_in_brackets(header: str, name: str | None) -> None:
    """Brackets, breaks and colons do not hide a header; another name or unit in brackets makes it another column."""
    found = meaning(ENTITIES, header)
    assert (found.column.name if found else None) == name


def test_a_remark_in_brackets_is_said(made):
    """A header that is known only without its brackets is named in a note, once an exact one is not."""
    data = csv([["统一社会信用代码", "企业名称（全称）", "行政区划代码"], ["u1", "甲", "320505"]])
    assert said(read_table("entities", "e.csv", data)) == ("不计括号内的文字识别的列：企业名称（全称） → 企业名称",)


def test_an_exact_header_goes_before_one_in_brackets(made):
    """Where a column stands plainly and with a remark, the plain one is the column."""
    data = csv(
        [
            ["统一社会信用代码", "企业名称", "行政区划代码", "住所（公司）", "住所"],
            ["u1", "甲", "320505", "乙路", "丙路"],
        ]
    )
    assert made.rows_of(read_table("entities", "e.csv", data))[0]["address"] == "丙路"


def test_line_breaks_in_a_csv_header(made):
    """A quoted header with a line break is one header, and the rows under it keep their numbers."""
    data = '统一社会信用代码,"企业\n名称",行政区划代码\nu1,甲,320505\n'.encode()
    table = read_table("entities", "e.csv", data)
    assert (made.rows_of(table), table.line.tolist()) == ([{"unit_id": "u1", "name": "甲", "region": "320505"}], [2])
    assert table.headers["name"] == "企业名称"


def test_unknown_parts_of_a_two_row_header_are_named(made):
    """What stands in a header of two rows and is not known is named and left out."""
    lower = ["", "", "", "", "登记状态", "天气"]
    table = read_table("entities", "e.csv", csv([FIRST, lower, ["1", "u1", "甲", "320505", "存续", "晴"]]))
    assert said(table) == ("未识别的列，未导入：天气",)


def test_required_columns_may_stand_in_either_row():
    """A required column that neither row names is missing; the row named is the last of the header."""
    with pytest.raises(DirectoryError) as caught:
        read_table(
            "entities",
            "e.csv",
            csv([["统一社会信用代码", "企业名称", "登记"], ["", "", "登记状态"], ["u1", "甲", "存续"]]),
        )
    assert caught.value.text().startswith("e.csv 第 2 行表头缺少必需的列：行政区划代码")
