"""Units by name: the same name however it is written, told apart by address, and never one that only resembles."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest

from supervision.directory.mapping.address_district import district_of
from supervision.directory.mapping.unit_matches import COLUMNS, Match, match_units
from supervision.directory.mapping.unit_names import own_part, same_names
from supervision.law.code_lists import CodeLists
from supervision.store import shipped_files

DISTRICTS = CodeLists.read(shipped_files.shipped_code_lists()).named("region")
UNITS = pd.DataFrame(
    [
        ("U1", "苏州示例机械有限公司", "苏州市虎丘区科技路1号", "320505"),
        ("U2", "便民超市", "苏州市姑苏区观前街 8 号", "320508"),
        ("U3", "便民超市", "姑苏区观前街9号", "320508"),
        ("U4", "苏州示例电子股份有限公司", None, "320506"),
        ("U5", "苏州(中国)饭店", "吴中区木渎镇", "320506"),
        ("U6", "便民超市", "虎丘区观前街9号", "320505"),
        ("U7", None, None, "320505"),
    ],
    columns=list(COLUMNS),
).astype("str")


def match(name: str, address: str = "", units: dict[str, str] | None = None) -> Match:
    """Return what came of one name."""
    return match_units([(name, address)], UNITS, units=units or {}, districts=DISTRICTS)[name, address]


@pytest.mark.parametrize(
    ("name", "unit", "how"),
    [
        ("苏州示例机械有限公司", "U1", "written"),
        ("苏州示例机械有限责任公司", "U1", "tidied"),
        (" 苏州示例 机械有限公司 ", "U1", "tidied"),
        ("苏州（中国）饭店", "U5", "tidied"),
        ("苏州【中国】饭店（个体工商户）", "U5", "tidied"),
        ("苏州示例电子股份公司", "U4", "tidied"),
    ],
)
def test_the_same_name_written_otherwise(name, unit, how):
    """Width, brackets, space, 有限责任公司 and 个体工商户 make no other unit; that it was tidied is known."""
    assert match(name) == Match(unit_id=unit, how=how)


@pytest.mark.parametrize(
    "name", ["苏州示例机械", "苏州示例机器有限公司", "苏州示例电子有限公司", "示例机械有限公司", "便民"]
)
def test_a_name_that_resembles_is_never_matched(name):
    """A part of a name, one sign else, another legal form: no id, however near."""
    found = match(name)
    assert (found.unit_id, found.reason) == ("", "unknown")


def test_those_that_resemble_are_candidates():
    """The nearest first; what has nothing in common is none."""
    assert [one[0] for one in match("苏州示例机器有限公司").candidates][:1] == ["U1"]
    assert match("无锡大酒楼").candidates == ()


@pytest.mark.parametrize(
    ("address", "unit"),
    [
        ("江苏省苏州市姑苏区观前街8号", "U2"),
        ("观前街8#", "U2"),
        ("姑苏区 观前街９号", "U3"),
        ("苏州市虎丘区观前街9号", "U6"),
    ],
)
def test_several_of_one_name_are_told_apart_by_address(address, unit):
    """City, district, width and # for 号 make no difference; the district itself does."""
    assert match("便民超市", address) == Match(unit_id=unit, how="address")


@pytest.mark.parametrize("address", ["", "观前街9号", "观前街10号", "吴中区观前街8号"])
def test_several_of_one_name_stay_open_without_the_address_of_one(address):
    """No address, one that two have, one that nobody has, one in another district: a person decides."""
    found = match("便民超市", address)
    assert (found.unit_id, found.reason) == ("", "several")
    assert [one[0] for one in found.candidates] == ["U2", "U3", "U6"]


def test_the_only_unit_of_a_name_in_another_district_is_not_it():
    """An address that names no district of ours does not speak against it."""
    assert match("苏州示例机械有限公司", "苏州市吴中区科技路1号").reason == "elsewhere"
    assert match("苏州示例机械有限公司", "科技路7号").unit_id == "U1"
    assert match("苏州示例机械有限公司", "虎丘区另一条路").unit_id == "U1"


def test_what_a_person_decided_goes_first():
    """With the address before without; the name as the file writes it or tidied."""
    units = {"便民超市 @ 观前街 9 号": "U3", "便民超市": "U2", "某某 饭馆": "U9"}
    assert match("便民超市", "观前街9号", units) == Match(unit_id="U3", how="table")
    assert match("便民超市", "别处", units) == Match(unit_id="U2", how="table")
    assert match("某某饭馆", "", units) == Match(unit_id="U9", how="table")


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("江苏省苏州市虎丘区科技路", "320505"),
        ("苏州高新区科技路", "320505"),
        ("苏州市 常熟市 辛庄镇工业园区", "320581"),
        ("昆山市高新区", "320583"),
        ("科技城（虎丘区）锦峰路", "320505"),
        ("某广场，吴中区与相城区之间", None),
        ("南京市高新区", None),
        ("上海市静安区", None),
        ("虎丘西路1号", None),
        ("园区现代大道", None),
        ("", None),
    ],
)
def test_districts_of_addresses(address, code):
    """The first at the beginning, else the only one; a road, another city or a short name are none."""
    assert district_of(address, DISTRICTS) == code


def test_names_are_tidied_alike():
    """Points and quotes go, letters are upper case, blanks stay blank."""
    names = ["“Ａ·b” 店", "ab_店", "甲　乙"]
    assert same_names(pa.array([*names, None], pa.large_string())).to_pylist() == ["AB店", "AB店", "甲乙", None]
    assert own_part("江苏省苏州市演示饭店") == "演示饭"
