"""The published list of items: every item of the register in public words, and nothing else of the register."""

from __future__ import annotations

import csv
import io
import json

import pandas as pd
import pytest
from builders import LISTS, check

from supervision.errors import SupervisionError
from supervision.notice.item_list import COLUMNS, item_list_files, item_list_rows

HEADER = (
    "事项编号,抽查事项,抽查主体,事项类别,抽查依据,检查对象,抽查比例,抽查频次,检查方式,半天数,检查人员数,抽查内容,"
    "实施日期,废止日期,备注"
)
LINES = (
    "market-2,=食品<检查>,市场监管,一般检查事项,《食品安全法》,餐饮,不高于10%,1次/年,实地检查;书面检查,1,2,要点,2026-01-01,,MARKNOTE",
    "fire-1,消防检查,消防救援,重点检查事项,《消防法》,,100%,,实地检查,1,2,,2026-01-01,2026-12-31,MARKNOTE",
    "market-1,登记检查,市场监管,一般检查事项,条例,,3%,,书面检查,1,2,,2026-01-01,,MARKNOTE",
)


@pytest.fixture(scope="module")
def register() -> pd.DataFrame:
    """The register of three items."""
    checked = check("items", "\n".join((HEADER, *LINES)))
    assert checked.rejected.empty
    return checked.good


def test_rows_are_by_department_and_in_words(register):
    """Department, then id; codes in words, days as dates, an item without end has none."""
    rows = item_list_rows(register, LISTS)
    assert [tuple(row[name] for name in ("item_id", "department", "kind", "method")) for row in rows] == [
        ("fire-1", "消防救援", "重点检查事项", "实地检查"),
        ("market-1", "市场监管", "一般检查事项", "书面检查"),
        ("market-2", "市场监管", "一般检查事项", "书面检查、实地检查"),
    ]
    assert [(row["from_date"], row["until_date"], row["objects"], row["frequency"]) for row in rows] == [
        ("2026-01-01", "2026-12-31", "", ""),
        ("2026-01-01", "", "", ""),
        ("2026-01-01", "", "餐饮", "1次/年"),
    ]
    assert {tuple(row) for row in rows} == {tuple(COLUMNS)}


def test_the_page_has_a_table_for_each_department(register):
    """Two departments, three items, names escaped, notes left behind; the same rows as CSV and JSON."""
    files = item_list_files("苏州市", item_list_rows(register, LISTS))
    page = files["items.html"].decode()
    assert page.count("<table") == 2 and "共 3 项" in page and "至 2026-12-31" in page
    assert "=食品&lt;检查&gt;" in page and "尚无事项" not in page
    assert not any(b"MARKNOTE" in source for source in files.values())
    told = list(csv.DictReader(io.StringIO(files["items.csv"].decode())))
    assert [row["name"] for row in told] == ["消防检查", "登记检查", "'=食品<检查>"]
    assert [row["name"] for row in json.loads(files["items.json"])["items"]] == ["消防检查", "登记检查", "=食品<检查>"]


def test_no_items_is_said():
    """Before there are items the page says so."""
    assert "尚无事项" in item_list_files("苏州市", [])["items.html"].decode()


def test_a_register_without_its_columns_is_refused(register):
    """A table that lacks a column of the list is refused by name."""
    with pytest.raises(SupervisionError) as refused:
        item_list_rows(register.drop(columns="basis"), LISTS)
    assert (refused.value.code, refused.value.params["missing"]) == ("notice.columns", "basis")
