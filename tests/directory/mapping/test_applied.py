"""Mappings applied: a foreign table read, filled and checked, and every row that cannot be told handed back."""

from __future__ import annotations

import time
from datetime import date

import pandas as pd
import pytest

from supervision.directory.checking.register_check import check_table
from supervision.directory.mapping.applied import apply, first_rows, with_reasons
from supervision.directory.mapping.definition import mapped_register
from supervision.directory.mapping.source import read_mapping
from supervision.directory.mapping.unit_matches import COLUMNS
from supervision.directory.mapping.unmatched_list import read_units, unmatched
from supervision.directory.reading.register_file import read_as
from supervision.errors import DirectoryError
from supervision.law.code_lists import CodeLists
from supervision.store import shipped_files

LISTS = CodeLists.read(shipped_files.shipped_code_lists())
ONE, TWO = "91320507YY49M3021Y", "91320508YYHT5N260K"
UNITS = pd.DataFrame(
    [(ONE, "甲饭店", "虎丘区一路1号", "320505"), (TWO, "乙饭店", "", "320508"), ("X3", "乙饭店", "", "320508")],
    columns=list(COLUMNS),
).astype("str")
VISITS = "kind: history\ncolumns: {单位: unit_name, 代码: unit_id, 日子: date, 结论: result}\n"
SET = "set: {agency: market, item_id: food, kind: routine}\n"


def applied(mapping: str, text: str, units: pd.DataFrame = UNITS):
    """Read a CSV through a mapping."""
    told = read_mapping("m.yaml", mapping.encode())
    table = read_as(mapped_register(told, file="m.yaml"), "f.csv", text.encode())
    return apply(table, told, LISTS, lambda: units, file="m.yaml")


def checked(mapping: str, text: str, *, own_ids: bool = False):
    """Read and check a CSV through a mapping."""
    made = applied(mapping, text)
    found = check_table(made.table.kind, made.table, as_of=date(2026, 1, 1), lists=LISTS, own_ids=own_ids)
    return with_reasons(found, made.faults)


def faults(found) -> list[tuple[int, str, str, str]]:
    """Return the faulty cells: line, column, value, code."""
    rows = found.rejected.itertuples(index=False, name=None)
    return [(line, column, value, reason.code) for line, column, value, reason in rows]


def test_rows_get_their_units_values_and_codes():
    """By id where there is one, by name where there is none; words as the mapping says, before the code list."""
    found = checked(
        VISITS + SET + "results: {通过: 1, 合格: E}\n",
        f"单位,代码,日子,结论\n甲饭店,,2025-01-01,通过\n别名,{TWO},2025年1月2日,合格\n甲饭店,无,2025-01-03,不合格\n",
    )
    assert faults(found) == []
    assert found.good["unit_id"].to_list() == [ONE, TWO, ONE]
    assert found.good["result"].to_list() == ["1", "E", "A"]
    assert set(found.good["agency"]) == {"market"}
    assert set(found.good["item_id"]) == {"food"}


def test_rows_without_a_unit_come_back_with_the_reason():
    """A name of nobody, of two, none at all, a bad code – which a name does not replace."""
    found = checked(
        VISITS + SET,
        "单位,代码,日子,结论\n丙饭店,,2025-01-01,合格\n乙饭店,-,2025-01-02,合格\n,,2025-01-03,合格\n甲饭店,91320507YY49M3021X,2025-01-04,合格\n",
    )
    assert faults(found) == [
        (2, "unit_id", "丙饭店", "directory.unit_unknown"),
        (3, "unit_id", "乙饭店", "directory.unit_several"),
        (4, "unit_id", "", "directory.blank"),
        (5, "unit_id", "91320507YY49M3021X", "directory.uscc"),
    ]


def test_a_name_is_no_own_id():
    """Even where own ids are taken, a row without an id has its unit by name or comes back."""
    found = checked(VISITS + SET, "单位,代码,日子,结论\nABC,,2025-01-01,合格\n", own_ids=True)
    assert faults(found) == [(2, "unit_id", "ABC", "directory.unit_unknown")]


def test_a_filled_list_is_taken_back_as_units():
    """The list names each open name once, most rows first; filled in, it says whose they are."""
    text = "单位,代码,日子,结论\n丙饭店,,2025-01-01,合格\n乙饭店,,2025-01-02,合格\n丙饭店,,2025-01-03,合格\n"
    made = applied(VISITS + SET, text)
    body = unmatched(made, "zh")
    assert body is not None
    assert body == unmatched(made, "zh")
    assert read_units("u.xlsx", body) == {}
    filled = f"统一社会信用代码（请填写）,单位名称,单位地址\n{TWO},丙饭店,\n,乙饭店,\n{ONE},丁,二路\n".encode()
    units = read_units("u.csv", filled)
    assert units == {"丙饭店": TWO, "丁 @ 二路": ONE}
    again = checked(VISITS + SET + f"units: {{丙饭店: {units['丙饭店']}}}\n", text)
    assert again.good["unit_id"].to_list() == [TWO, TWO]
    assert unmatched(applied(VISITS + SET, "单位,代码,日子,结论\n甲饭店,,2025-01-01,合格\n"), "zh") is None


def test_the_district_of_an_address_or_its_reason():
    """An address of two districts, of none, and no address."""
    found = checked(
        'kind: entities\ncolumns: {代码: unit_id, 名: name, 地: address}\nset: {region: "@address"}\n',
        f"代码,名,地\n{ONE},甲,苏州市虎丘区一路\n{TWO},乙,某处（吴中区、相城区）\nQ1,丙,天上\nQ2,丁,\n",
        own_ids=True,
    )
    assert faults(found) == [
        (3, "region", "某处（吴中区、相城区）", "directory.mapping_no_district"),
        (4, "region", "天上", "directory.mapping_no_district"),
        (5, "region", "", "directory.blank"),
    ]
    assert found.good["region"].to_list() == ["320505"]


def test_amounts_in_the_unit_that_the_mapping_says():
    """万元 where the header says nothing; where it says another, the mapping is refused."""
    text = f"代码,日子,罚款\n{ONE},2025-01-01,3.5\n{TWO},2025-01-02,2元\n"
    mapping = "kind: events\ncolumns: {代码: unit_id, 日子: happened, 罚款: amount 万元}\nset: {kind: penalty}\n"
    assert checked(mapping, text).good["amount"].to_list() == [35_000, 2]
    assert checked(mapping.replace(" 万元", ""), text).good["amount"].to_list() == [3.5, 2]
    with pytest.raises(DirectoryError) as error:
        applied(mapping.replace("罚款:", "罚款（元）:"), text.replace("罚款", "罚款（元）"))
    assert error.value.code == "directory.mapping_unit_differs"


def test_a_mapped_column_must_be_there_and_once():
    """What is missing is named with what resembles it; the same header twice is refused, though no field needs it."""
    with pytest.raises(DirectoryError) as missing:
        applied(VISITS + SET, "单位,代码,日期,结论\n甲,,2025-01-01,合格\n")
    assert missing.value.code == "directory.missing_header"
    assert "日子" in missing.value.text("zh")
    assert "日期" in missing.value.text("zh")
    with pytest.raises(DirectoryError) as needed:
        applied("kind: history\ncolumns: {单位: unit_name, 结论: result}\n" + SET, "单位,结论\n甲,合格\n")
    assert "检查日期" in needed.value.text("zh")
    with pytest.raises(DirectoryError) as twice:
        applied(VISITS + SET + "words: {}\n", "单位,单位,代码,日子,结论\n甲,乙,,2025-01-01,合格\n")
    assert twice.value.code == "directory.header_twice"
    with pytest.raises(DirectoryError) as unread:
        applied(VISITS + SET.replace("}", ', known_on: "@place"}'), "单位,代码,日子,结论\n甲,,2025-01-01,合格\n")
    assert unread.value.code == "directory.mapping_set_source"


def test_a_mapping_speaks_for_its_fields_alone():
    """Another header that the register knows as a mapped field is not read; other fields keep the register's words."""
    found = checked(VISITS + SET, "单位,代码,日子,检查日期,结论,层级\n甲饭店,,2025-01-01,2024-01-01,合格,市级\n")
    assert found.good["date"].astype(str).to_list() == ["2025-01-01"]
    left = next(note for note in found.notes if note.code == "directory.note_unknown")
    assert left.params["headers"] == "检查日期"


def test_totals_and_remarks_under_the_table_are_no_data():
    """What is set for all rows is not set for them, so they are left out as ever."""
    found = checked(
        VISITS + SET,
        "单位,代码,日子,结论\n甲饭店,,2025-01-01,合格\n合计,1户,,\n制表人：演示员,,,\n共计：3户,,,\n",
    )
    assert len(found.good) == 1
    assert faults(found) == []
    left = {note.code: note.params.get("lines") for note in found.notes}
    assert (left["directory.note_total"], left["directory.note_footer"]) == ("3、5", "4")


def test_the_column_of_row_numbers_is_looked_at():
    """合计 may stand there; a number alone is an empty row; otherwise it says nothing and is not missed."""
    found = checked(
        VISITS + SET,
        "序号,单位,代码,日子,结论\n1,甲饭店,,2025-01-01,合格\n2,,,,\n合计,1户,,,\n",
    )
    assert (len(found.good), faults(found)) == (1, [])
    assert [note.params["lines"] for note in found.notes if note.code == "directory.note_total"] == ["4"]


def test_the_first_row_of_each_unit():
    """A table of visits tells units, too: later rows go, rows without an id stay."""
    made, dropped = first_rows(
        applied(
            "kind: entities\ncolumns: {代码: unit_id, 名: name}\nset: {region: 320505}\n",
            f"代码,名\n{ONE},甲\n{ONE},甲二\n,丙\n,丁\n{TWO},乙\n",
        )
    )
    assert dropped == 1
    assert made.table.frame["name"].to_list() == ["甲", "丙", "丁", "乙"]
    assert made.table.line.tolist() == [2, 4, 5, 6]


def test_a_large_file_of_names_that_nobody_has():
    """The time goes with the rows, not with their square: every one of 30,000 comes back with its reason."""
    many = 30_000
    text = "单位,代码,日子,结论\n" + "".join(f"外地{row}饭店,,2025-01-01,合格\n" for row in range(many))
    began = time.process_time()
    found = checked(VISITS + SET, text)
    assert time.process_time() - began < 20
    assert [cell[3] for cell in faults(found)] == ["directory.unit_unknown"] * many
