"""Columns that mean the same: taken in the register's order, never silently against each other."""

import pytest
from builders import LISTS, NOVEMBER, check, faults, said

from supervision.directory.checking.register_check import check_table
from supervision.directory.reading.register_file import read_table
from supervision.directory.returning.rejects import rejects
from supervision.directory.table import place_of_line

FIRST = "统一社会信用代码,企业名称,行政区划代码"


def read(text: str, kind: str = "entities"):
    """Return a CSV as a table."""
    return read_table(kind, "e.csv", text.encode())


def test_two_aliases_of_free_text(made, column_of):
    """The alias that the register names first counts, the other fills its blanks, and rows that differ are said."""
    table = read(
        f"{FIRST},经营场所,注册地址\na1,b,320505,乙路,甲路\na2,b,320505,丙路,\na3,b,320505,丁路,丁路\na4,b,320505,,\n"
    )
    assert column_of(table, "address") == ["甲路", "丙路", "丁路", None]
    assert said(table) == (
        "多列都是“住所”：按“注册地址”、“经营场所”的顺序采用，后面的列只补前面的空格",
        "1 行的“住所”与“经营场所”不同，采用前者（第 2 行）",
    )
    assert made.rejected_of(table) == []


def test_two_columns_of_the_platform(made, column_of):
    """专项库名称 and 对应专项库监管标签 are both tags: a unit keeps what either says."""
    table = read(
        f"专项库名称,对应专项库监管标签,{FIRST}\n食品库,食品经营,a1,b,320505\n,医疗器械经营,a2,b,320505\n同,同,a3,b,320505\n"
    )
    assert column_of(table, "tags") == ["食品经营、食品库", "医疗器械经营", "同"]
    assert made.rejected_of(table) == []


def test_values_that_contradict():
    """Where a status, a day, an id or a district stands twice and differs, the row is handed back."""
    found = check(
        "entities",
        f"{FIRST},登记状态,企业状态\na1,b,320505,存续,注销\na2,b,320505,注销,\na3,b,320505,,吊销\n",
        own_ids=True,
    )
    assert faults(found) == [[2, "status", "存续 ≠ 注销", "directory.contradicts"]]
    assert [str(reason) for reason in found.rejected["reason"]] == [
        "与同义列“企业状态”的值“注销”矛盾，请只留一列或改为一致"
    ]
    assert found.good["status"].tolist() == ["注销", "吊销"]
    days = "a1,b,320505,2015-03-09,2015年3月9日\na2,b,320505,2015-03-09,2015-03-10\na3,b,320505,2015-03-09,soon\n"
    assert [fault[:2] for fault in faults(check("entities", f"{FIRST},成立日期,设立日期\n{days}", own_ids=True))] == [
        [3, "established"],
        [4, "established"],
    ]
    ids = f"{FIRST},信用代码\na1,b,320505,a1\na2,b,320505,a3\n"
    assert [fault[:2] for fault in faults(check("entities", ids, own_ids=True))] == [[3, "unit_id"]]
    districts = f"{FIRST},区县\na1,b,320505,虎丘区\na2,b,320505,吴中区\na3,b,320505,\n"
    assert [fault[:3] for fault in faults(check("entities", districts, own_ids=True))] == [
        [3, "region", "320505 ≠ 吴中区"]
    ]


def test_second_values_keep_to_the_rows_that_are_kept():
    """Second values of example rows and of blank rows are nobody's, those after them stay with their rows."""
    rows = "案例（请删除）,x,320505,存续,注销\n,,,,\na1,b,320505,存续,存续\na2,c,320505,存续,注销\n"
    table = read(f"{FIRST},登记状态,企业状态\n{rows}")
    assert table.seconds.to_numpy().tolist() == [[5, "status", "企业状态", "注销"]]


def test_second_values_of_several_sheets(made):
    """A contradiction on a second sheet is that sheet's."""
    head = ["统一社会信用代码", "企业名称", "行政区划代码", "登记状态", "企业状态"]
    sheets = {
        name: made.sheet([head, [f"{name}1", "甲", "320505", "存续", status]])
        for name, status in (("a", "存续"), ("b", "注销"))
    }
    checked = check_table(
        "entities", read_table("entities", "e.xlsx", made.book(sheets)), as_of=NOVEMBER, lists=LISTS, own_ids=True
    )
    assert [(place_of_line(line, checked.sheets), column) for line, column, *_ in faults(checked)] == [
        ("b!2", "status")
    ]


def test_a_contradiction_leaves_the_register():
    """A row whose columns contradict is not stored, and stands in the rejected rows with its cells."""
    text = f"{FIRST},登记状态,企业状态\n320505000000001,甲,320505,存续,注销\n320505000000002,乙,320505,存续,存续\n"
    table = read(text)
    checked = check_table("entities", table, as_of=NOVEMBER, lists=LISTS)
    assert (checked.good["name"].tolist(), checked.rejected_lines, checked.lines.tolist()) == (["乙"], 1, [3])
    back = read_table("entities", "r.xlsx", rejects("entities", table, checked, "zh"))
    assert back.frame["name"].tolist() == ["甲"]


def test_scopes_are_not_put_together():
    """Lists of items or methods decide who may do what: they are not joined, the row is handed back."""
    head = "单位工号,姓名,机构编号,执法人员状态,执法证编号,执法证有效期,执法事项范围,执法领域"
    rows = "0010,甲,o1,在岗,c1,2028-12-31,i1,i2\n0011,乙,o1,在岗,c2,2028-12-31,i1，i2,i2 i1\n"
    assert [fault[:2] for fault in faults(check("inspectors", f"{head}\n{rows}"))] == [[2, "scopes"]]


def test_an_optional_header_twice(made, column_of):
    """An optional column that stands twice under the same header is read from left to right."""
    table = read(f"{FIRST},备注,备注\na1,b,320505,,乙\na2,b,320505,甲,\n")
    assert column_of(table, "note") == ["乙", "甲"]


@pytest.mark.parametrize("blank", [" ", "　", ""])
def test_white_space_is_blank(column_of, blank):
    """A later column fills a cell that holds nothing but white space."""
    assert column_of(read(f"{FIRST},住所,地址\na1,b,320505,{blank},甲路\n"), "address") == ["甲路"]
