"""What a form of results says, as rows: what holds for the whole visit, what an item says, what is on record."""

import csv

from werkzeug.datastructures import MultiDict

from supervision.desk.office_months import Duty
from supervision.desk.result_entry import at_first, rest_of, rows_of, said_in, values_of, without_unchanged
from supervision.results.acceptance import Team
from supervision.spreadsheet_text import exact

ON_SITE = Team(holders=frozenset({"p2", "p1"}), least=2)
PAPER = Team(holders=frozenset({"p1", "p2", "p3"}), least=2, methods=frozenset({"on_paper", "network"}))
VISIT = {"visit_id": "U~1", "unit_id": "U"}
STORED = {"result": "1", "inspected_on": "2026-12-03", "inspectors": "p1 p2", "reviewer": "钱", "item_result": "passed"}


def duty(item, *, team=ON_SITE, methods=("on_site",)):
    """Return what a visit owes of an item."""
    people = tuple((who, who.upper()) for who in sorted(team.holders))
    return Duty(item_id=item, item=item, agency="market", people=people, methods=methods, team=team)


def test_the_form_begins_with_who_was_drawn_or_with_the_methods_of_a_paper_check():
    """On site everybody who holds a place; off site nobody, and only the methods that every item allows."""
    assert at_first([duty("a"), duty("b")]) == {"visit": {"inspectors": "p1 p2"}, "items": {}}
    papers = [duty("a", team=PAPER, methods=("on_paper", "network")), duty("b", team=PAPER, methods=("on_paper",))]
    assert at_first(papers) == {"visit": {"method": "on_paper"}, "items": {}}


def test_a_form_is_read_field_by_field():
    """Several choices are one cell, a cell is one line, and fields of items that the visit does not owe are left."""
    form = [
        ("inspectors@", "p1"),
        ("inspectors@", "p2"),
        ("note@a", " 二楼\n 后厨 "),
        ("result@x", "1"),
        ("token", "t"),
    ]
    said = said_in(MultiDict(form), [duty("a"), duty("b")])
    assert said == {"visit": {"inspectors": "p1 p2"}, "items": {"a": {"note": "二楼 后厨"}, "b": {}}}


def test_an_item_says_what_the_visit_says_unless_it_says_otherwise():
    """Day, people, method and reviewer of the visit hold where the item has none; a result never does."""
    said = {
        "visit": {"inspected_on": "2026-12-03", "reviewer": "钱"},
        "items": {"a": {"result": "1", "reviewer": "孙"}},
    }
    found = values_of(said, "a", None)
    assert (found["inspected_on"], found["reviewer"], found["result"], found["note"]) == ("2026-12-03", "孙", "1", "")
    assert values_of(said, "b", None)["result"] == ""


def test_what_is_on_record_stands_until_its_own_fields_come_back():
    """A correction is whole: a blank in it is a blank; what the visit says is for items that are not on record."""
    visit = {"inspected_on": "2026-12-09", "reviewer": "孙"}
    assert values_of({"visit": visit, "items": {}}, "a", STORED)["inspected_on"] == "2026-12-03"
    whole = {"corrects": "1", "result": "E", "inspected_on": "2026-12-03"}
    found = values_of({"visit": visit, "items": {"a": whole}}, "a", STORED)
    assert (found["result"], found["reviewer"], found["inspected_on"]) == ("E", "", "2026-12-03")
    begun = values_of({"visit": visit, "items": {"a": {"result": "E"}}}, "a", STORED)  # typed before it was on record
    assert (begun["result"], begun["reviewer"], begun["inspected_on"]) == ("E", "孙", "2026-12-09")


def test_rows_are_items_with_a_result_and_changed_records():
    """Items begun without a result stay; a record that says the same is no row, one with a reason is."""
    duties, stored = [duty(one) for one in "abcd"], {("U~1", "c"): STORED, ("U~1", "d"): STORED}
    same = {**STORED, "corrects": "1"}
    said = {
        "visit": {"inspectors": "p1 p2"},
        "items": {"a": {"result": "1"}, "b": {"note": "待补"}, "c": same, "d": {**same, "correction_reason": "错"}},
    }
    rows = rows_of(said, duties, stored, round_id="2026-12", visit=VISIT)
    assert [row["item_id"] for row in rows.rows] == ["a", "d"]
    assert rows.left == ["b"]
    assert {name: rows.rows[0][name] for name in ("round", "visit_id", "unit_id", "agency", "inspectors")} == {
        "round": "2026-12",
        "visit_id": "U~1",
        "unit_id": "U",
        "agency": "market",
        "inspectors": "p1 p2",
    }
    assert rest_of(said, rows) == {"visit": said["visit"], "items": {"b": {"note": "待补"}}}
    assert set(without_unchanged(said, duties, stored, visit_id="U~1")["items"]) == {"a", "b", "d"}
    none = rows_of({"visit": {}, "items": {"b": {}}}, duties[:2], {}, round_id="2026-12", visit=VISIT)
    assert (none.rows, none.left) == ([], [])
    assert rest_of(said, none) is None


def test_the_list_is_what_record_reads():
    """Columns of the register; a text that begins like a formula is marked, and read as it was typed."""
    said = {"visit": {}, "items": {"a": {"result": "1", "note": '=1+1,"x"'}}}
    rows = rows_of(said, [duty("a")], {}, round_id="2026-12", visit=VISIT)
    (read,) = csv.DictReader(rows.to_csv().decode("utf-8-sig").splitlines())
    assert (read["note"], exact(read["note"]), read["item_id"]) == ('\'=1+1,"x"', '=1+1,"x"', "a")
