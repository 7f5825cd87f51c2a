"""Checking a whole file: typed rows, all faults of a row, repeats, contradictions, links."""

import pandas as pd
import pytest
from builders import check, faults

from supervision.directory.checking.register_check import check_links
from supervision.directory.register import register
from supervision.errors import DirectoryError

ENTITIES = """统一社会信用代码,企业名称,主体类别,行政区划代码,成立日期,注册资本,规上标志,专项库,从业人员
91110000600037341L,首创（集团）,企业,320505,2020/1/5,"1,234.50",是,"食品,特种",12.0
91110000600037341X,坏,企业,3205,2020年1月35日,abc,也许,,1.5
91110000600037341l,,个体户,昆山,,,,,
9.13205E+17,丁,,320505,,,,,
abc,戊,,320505,46027,５００,N,,
abc,戊,,320505,2026-01-05,500,否,,
x1,己,,320505,,,,,
x1,庚,,320505,,,,,
"""


def test_entities() -> None:
    """Good rows come typed, and each faulty cell of a rejected row is listed in the register's order."""
    checked = check("entities", ENTITIES, own_ids=True)
    assert faults(checked) == [
        [3, "unit_id", "91110000600037341X", "directory.uscc"],
        [3, "established", "2020年1月35日", "directory.no_such_day"],
        [3, "region", "3205", "directory.bad_choice"],
        [3, "capital", "abc", "directory.bad_number"],
        [3, "above_scale", "也许", "directory.bad_boolean"],
        [3, "employees", "1.5", "directory.not_whole"],
        [4, "name", "", "directory.blank"],
        [5, "unit_id", "9.13205E+17", "directory.scientific"],
        [8, "unit_id", "x1", "directory.duplicate"],
        [9, "unit_id", "x1", "directory.duplicate"],
    ]
    assert checked.rejected_lines == 5
    assert checked.lines.tolist() == [2, 6]
    assert [str(note) for note in checked.notes] == [
        "“成立日期”：1 个是数字，按表格软件的日期序号读取（1900 日期系统，除非工作簿注明 1904）（如第 6 行 46027）",
        "“注册资本”：列名没有写单位，1 个不带单位的数按万元读取（如第 7 行 500）",
        "文件没有这些列：登记状态",
        "空白单元格（共 8 行）：主体类别 5；成立日期 4；注册资本 4；规上标志 4；专项库 7；从业人数 6",
        "1 行与前面的行完全相同，只留一行",
    ]
    good = checked.good
    assert {name: str(kind) for name, kind in good.dtypes.items()} == {
        column.name: column.storage for column in register("entities").columns
    }
    assert good.iloc[0].dropna().to_dict() == {
        "unit_id": "91110000600037341L",
        "name": "首创（集团）",
        "type": "企业",
        "region": "320505",
        "established": pd.Timestamp("2020-01-05"),
        "capital": 1234.5,
        "above_scale": True,
        "tags": "特种 食品",
        "employees": 12,
        "known_on": pd.Timestamp("2026-11-01"),
    }
    assert good["established"].iloc[1] == pd.Timestamp("2026-01-05")


def test_reasons_in_both_languages() -> None:
    """A reason says what is wrong and what to do, in Chinese and English."""
    reason = check("entities", ENTITIES).rejected["reason"][0]
    assert (reason.text("zh"), reason.text("en")) == (
        "校验位不符，请核对统一社会信用代码；确系如此赋码的，列入本市规则目录的 code_lists/issued_code.yaml 并写明依据",
        "check character is wrong: look the code up again; if it was issued as it is, list it as an exception in "
        "code_lists/issued_code.yaml of the city's rules folder, with its basis",
    )


def test_known_on() -> None:
    """A row's own known-on date goes before the date of import; without either nothing is assumed."""
    text = "office_id,department,region,name,known_on\na,消防,320505,甲,2026-10-01\nb,消防,320505,乙,\n"
    assert check("offices", text).good["known_on"].dt.strftime("%m-%d").tolist() == ["10-01", "11-01"]
    assert faults(check("offices", text, as_of=None)) == [[3, "known_on", "", "directory.blank"]]
    with pytest.raises(DirectoryError, match="知悉日期"):
        check("offices", "office_id,department,region,name\na,消防,320505,甲\n", as_of=None)


def test_versions_of_one_unit() -> None:
    """The same key with another known-on date is another version, not a contradiction."""
    text = "office_id,department,region,name,known_on\na,消防,320505,甲,2026-10-01\na,消防,320505,乙,2026-11-01\n"
    assert len(check("offices", text).good) == 2


def test_keys_with_blanks() -> None:
    """A blank part of a key is equal to another blank."""
    text = "unit_id,kind,happened,event_no,source\na,年报,2026-01-01,,x\na,年报,2026-01-01,,y\na,年报,2026-01-01,1,y\n"
    checked = check("events", text, own_ids=True)
    assert faults(checked) == [[2, "unit_id", "a", "directory.duplicate"], [3, "unit_id", "a", "directory.duplicate"]]
    assert str(checked.rejected["reason"][0]) == "与第 3 行主键和知悉日期相同而内容不同，请只留一行"


def test_period_that_ends_before_it_begins() -> None:
    """A period whose end is before its start is rejected at its end."""
    text = "单位工号,开始日期,结束日期,时段\n0010,2026-12-08,2026-12-07,上午\n0010,2026-12-07,2026-12-07,\n"
    checked = check("leave", text)
    assert faults(checked) == [[2, "until_date", "2026-12-07", "directory.span"]]
    assert checked.good["half"].tolist() == ["all"]


def test_many_rejected_rows_among_many() -> None:
    """Whether few or many runs of rows are kept, each good row keeps its own line and values."""
    for every in (2, 1000):
        rows = "".join(f"u{n},n{n},{'320505' if n % every else 'x'}\n" for n in range(5000))
        checked = check("entities", f"unit_id,name,region\n{rows}", own_ids=True)
        assert len(checked.good) == 5000 - 5000 // every
        assert checked.good["unit_id"].tolist() == [f"u{line - 2}" for line in checked.lines]
        assert checked.rejected_lines == 5000 // every


def test_ragged_rows_are_listed_with_the_others() -> None:
    """Rows that could not be split stand among the rejected by their line."""
    checked = check("entities", "unit_id,name,region\na,b,x\nc,d\ne,f,320505\n", own_ids=True)
    assert [fault[0] for fault in faults(checked)] == [2, 3]


def test_header_only() -> None:
    """No rows give an empty frame with all columns."""
    checked = check("entities", "unit_id,name,region\n")
    assert (len(checked.good), len(checked.good.columns), len(checked.rejected)) == (0, 32, 0)


INSPECTORS = """单位工号,姓名,机构编号,执法人员状态,执法证编号,执法证有效期,执法事项范围
0010,甲,o1,在岗,1,9999-09-09,m1，m2
0011,乙,o2,在岗,1,长期有效,m1，m9
0012,丙,o1,在岗,1,2028-01-01,*
"""


def test_links() -> None:
    """Rows that name an office or item that is not there leave, with what is missing; * needs no entry."""
    checked = check_links("inspectors", check("inspectors", INSPECTORS), {"offices": {"o1"}, "items": {"m1", "m2"}})
    assert checked.good["inspector_id"].tolist() == ["0010", "0012"]
    assert checked.lines.tolist() == [2, 4]
    said = checked.rejected.assign(reason=checked.rejected["reason"].map(str))
    assert said[["line", "column", "reason"]].to_numpy().tolist() == [
        [3, "office_id", "执法机构中没有 o2，请先导入或更正"],
        [3, "scopes", "随机抽查事项清单中没有 m9，请先导入或更正"],
    ]


def test_links_to_what_was_not_given() -> None:
    """A register whose ids are not given is not looked at."""
    checked = check("inspectors", INSPECTORS)
    assert check_links("inspectors", checked, {}) is checked


def test_conflicts_with_the_store() -> None:
    """What the store refused leaves the good rows, cell by cell, with what the store has."""
    checked = check("offices", "office_id,department,region,name\na,消防,320505,甲\nb,消防,320505,乙\n")
    conflicts = pd.DataFrame(
        {"office_id": ["b"], "known_on": ["2026-11-01"], "column": ["name"], "stored": ["旧"], "offered": ["乙"]},
        dtype="str",
    )
    left = checked.with_conflicts(conflicts)
    assert left.good["office_id"].tolist() == ["a"]
    assert faults(left) == [[3, "name", "乙", "directory.conflict"]]
    assert checked.with_conflicts(conflicts.iloc[:0]) is checked


def test_conflict_under_a_key_with_blanks() -> None:
    """A conflict finds its row also where part of the key is blank, and where a date is part of it."""
    text = "unit_id,kind,happened,event_no,source\na,年报,2026-01-01,,x\na,年报,2026-01-02,,x\n"
    checked = check("events", text, own_ids=True)
    conflict = {
        "unit_id": "a",
        "kind": "annual_report",
        "happened": "2026-01-02",
        "event_no": "",
        "known_on": "2026-11-01",
    }
    conflicts = pd.DataFrame([{**conflict, "column": "source", "stored": None, "offered": "x"}], dtype="str")
    assert faults(checked.with_conflicts(conflicts)) == [[3, "source", "x", "directory.conflict"]]


def test_days_on_which_a_unit_is_blocked() -> None:
    """A good row, one without a ground, one that ends before it begins, and a row that stands there twice."""
    text = (
        "统一社会信用代码,开始日期,结束日期,时段,事由\n"
        "a,2026-12-07,2026-12-08,,停产检修\n"
        "b,2026-12-07,2026-12-08,上午,\n"
        "c,2026-12-08,2026-12-07,下午,考点\n"
        "a,2026-12-07,2026-12-08,全天,停产检修\n"
    )
    checked = check("blocked", text, own_ids=True)
    assert faults(checked) == [[3, "ground", "", "directory.blank"], [4, "until_date", "2026-12-07", "directory.span"]]
    assert checked.good[["unit_id", "half", "ground"]].values.tolist() == [["a", "all", "停产检修"]]
