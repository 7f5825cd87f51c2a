"""The oversight report's content: what a figure says, and what of a report may be public."""

from __future__ import annotations

from report_example import RULE, content, part, share

from supervision.canonical import canonical_json
from supervision.notice.report_content import plain, public_extract, words


def names(extract, table):
    """The rows of an extract's table, by name."""
    return {row["name"] for row in extract.table(table).rows}


def test_a_figure_in_words():
    """A share in percent with its limits, whole numbers with their thousands, a dash where there is nothing."""
    told = [share(1, 8, low=22, high=471), share(2, 3), share(0, 0), None, 1234, 2.345, "甲", 0]
    assert [words(one) for one in told] == ["12.5 %（2.2–47.1）", "66.7 %", "–", "–", "1,234", "2.3", "甲", "0"]


def test_plain_values_repeat():
    """As JSON a share tells counts and percent, a float is a text; no float is left for canonical bytes."""
    told = plain(content(departments=[part("市场监管", 40, 30)]))
    assert told["key"]["hit"] == {"number": 7, "of": 90, "percent": "7.8", "interval": "3.8–15.3"}
    assert (told["key"]["times"], told["key"]["saved"], told["key"]["satisfaction"]) == ("1.3", 1234, None)
    assert told["tables"]["departments"][0]["fulfilled"] == {"number": 30, "of": 40, "percent": "75.0"}
    assert told["rehearsal"] == "no"
    assert canonical_json(told)


def test_the_extract_has_no_class_and_no_internal_column():
    """Neither classes nor hit rates of departments nor alarms: three tables, and shares without limits."""
    extract = public_extract(content(departments=[part("甲", 40, 30)]), RULE)
    assert [table.name for table in extract.tables] == ["departments", "districts", "fields"]
    assert [column.name for column in extract.table("departments").columns] == [
        *("name", "units", "fulfilled", "joint", "in_time"),
    ]
    assert set(extract.table("departments").rows[0]) == {"name", "units", "fulfilled", "joint", "in_time"}
    assert list(extract.key) == ["fulfilled", "joint", "saved", "in_time", "for_cause", "stepped_in", "beyond"]


def test_no_figure_on_few_units():
    """Thirty units are enough, 29 are not: rows are left out, shares and key figures blank."""
    rows = [part("甲", 80, 70), part("乙", 40, 9), part("丙", 30, 4), part("丁", 29, 4), part("空", 0, 0)]
    extract = public_extract(content(departments=rows, districts=rows[:3]), RULE)
    assert names(extract, "departments") == {"甲", "乙"}  # 丙 goes with 丁, which nobody could find otherwise
    assert names(extract, "districts") == {"甲", "乙", "丙"}
    assert (extract.key["for_cause"], extract.key["stepped_in"]) == (None, share(1, 200))
    assert (extract.key["joint"], extract.key["beyond"]) == (share(40, 100), 2)


def test_a_blank_is_not_found_by_subtraction():
    """Where a share is blank for its few units, the smallest other one is blank, too; where none is, all stand."""
    rows = [part("甲", 80, 70, in_time=share(5, 80)), part("乙", 60, 9, in_time=share(5, 50)),
            part("丙", 40, 9, in_time=share(5, 12)), part("丁", 35, 9)]  # fmt: skip
    shown = {row["name"]: row for row in public_extract(content(districts=rows), RULE).table("districts").rows}
    told = {name: row["in_time"] and row["in_time"].of for name, row in shown.items()}
    assert told == {"甲": 80, "乙": None, "丙": None, "丁": None}
    assert {name: row["fulfilled"].of for name, row in shown.items()} == {"甲": 80, "乙": 60, "丙": 40, "丁": 35}


def test_a_hidden_share_on_many_units_takes_none_along():
    """A share that is left out for its few findings rests on many units: nothing else has to go with it."""
    rows = [
        {**part("食品", 80, 70), "hit": share(5, 70)},
        {**part("药品", 60, 50), "hit": share(4, 50)},
        {**part("消防", 40, 40), "hit": share(36, 40)},
        {**part("水利", 30, 30), "hit": share(25, 30)},
    ]
    shown = {row["name"]: row["hit"] for row in public_extract(content(of_fields=rows), RULE).table("fields").rows}
    assert shown == {"食品": share(5, 70), "药品": None, "消防": None, "水利": share(25, 30)}


def test_a_report_on_few_units_has_no_public_figure():
    """Where all rests on 29 units nothing is told, not even a count."""
    assert set(public_extract(content(whole=share(20, 29)), RULE).key.values()) == {None}
    assert public_extract(content(whole=share(20, 30)), RULE).key["saved"] == 1234


def test_limits_stay_inside():
    """The extract tells shares without limits: they are of a sample whose chances are not public."""
    rows = [{**part("食品", 80, 70), "hit": share(20, 70, low=193, high=400)}]
    assert public_extract(content(of_fields=rows), RULE).table("fields").rows[0]["hit"] == share(20, 70)
