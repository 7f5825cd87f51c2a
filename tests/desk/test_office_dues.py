"""What an office has to see to: deadlines, warnings with their steps, ledgers; and nothing of another office."""

import re
from html import unescape

import pytest
from desk_offices import ROUND, Clerk

from supervision.month.ledger_report import ledger_of_unit
from supervision.month.open_dues import results_due
from supervision.month.warning_handling import open_warning
from supervision.month.warning_list import list_warnings


@pytest.fixture
def clerk(at):
    """Return a clerk late in the month."""
    return Clerk(at("matched"))


def base(clerk, office=""):
    """Return the address of an office's pages."""
    return f"/office/{office or clerk.office}/{ROUND}"


def test_what_is_due_is_the_offices_part_of_follow_up(clerk):
    """Every result of its own whose day has come, with its last day; what is on record waits for something else."""
    page = clerk.person.get(f"{base(clerk)}/due").text
    owed = results_due(clerk.desk.play.round("sun-04"), on=clerk.desk.play.time.date())
    mine = [row for row in owed if row["office_id"] == clerk.office]
    assert mine
    listed = re.findall(r"/visits/([^/]+)/results", page)
    assert sorted(map(unescape, listed)) == sorted(row["visit_id"] for row in mine)
    assert all(row["due"] in page for row in mine)
    assert "录入结果" in page
    clerk.desk.play.set("2027-03-31T09:00")
    assert "逾期" in clerk.person.get(f"{base(clerk)}/due").text
    clerk.desk.play.set("2026-12-28T09:00")
    clerk.send(clerk.filled())
    page = clerk.person.get(f"{base(clerk)}/due").text
    assert clerk.visit not in map(unescape, re.findall(r"/visits/([^/]+)/results", page))


def warned(clerk, office):
    """Open a warning of an office and return its number."""
    units = clerk.owed if office == clerk.office else clerk.others
    given = {"text": "核实<b>无证</b>经营", "evidence": "工单 118", "working_days": 5}
    report = open_warning(clerk.desk.play.city("wang-01"), units["unit_id"].iloc[0], office=office, **given)
    return report.facts["warning"]


def form(clerk, number, **more):
    """Return the fields of a warning's form as the page has them."""
    page = clerk.person.get(f"{base(clerk)}/warnings").text
    found = re.search(rf'id="warning-{number}".*?name="seen" value="([^"]+)"', page, re.DOTALL)
    return {"seen": found[1], **more}


def test_a_warning_is_followed_up_and_closed_by_its_office(clerk):
    """Both steps stand in the journal under the account; without words it is refused and nothing is stored."""
    number = warned(clerk, clerk.office)
    path = f"{base(clerk)}/warnings/{number}"
    assert "核实&lt;b&gt;无证&lt;/b&gt;经营" in clerk.person.get(f"{base(clerk)}/warnings").text
    answer = clerk.person.post(path, act="follow", **form(clerk, number, words=" "))
    assert answer.status_code == 422
    old = form(clerk, number, words="已约谈")
    assert clerk.person.post(path, act="follow", **old).status_code == 302
    assert "已约谈" in clerk.person.get(f"{base(clerk)}/warnings").text
    answer = clerk.person.post(path, act="close", **(old | {"words": "属实，已改正"}))
    assert (answer.status_code, "属实，已改正" in answer.text) == (409, True)
    assert clerk.person.post(path, act="close", **form(clerk, number, words="属实，已改正")).status_code == 302
    steps = clerk.desk.play.city("").register("warnings", on=clerk.desk.play.time.date())
    assert list(steps[["action", "by"]].itertuples(index=False, name=None)) == [
        ("opened", "wang-01"),
        ("followed", clerk.name),
        ("closed", clerk.name),
    ]
    assert [entry["step"] for entry in clerk.desk.acts() if entry["step"].startswith("warning.")] == [
        *("warning.follow", "warning.close")
    ]
    assert f'id="warning-{number}"' not in clerk.person.get(f"{base(clerk)}/warnings").text


def test_a_warning_that_was_handed_over_is_the_others(clerk):
    """It leaves the list with its reason; afterwards it is not there for who gave it away."""
    number, other = warned(clerk, clerk.office), clerk.others["office_id"].iloc[0]
    path, filled = f"{base(clerk)}/warnings/{number}", form(clerk, number, words="属其职责")
    assert clerk.person.post(path, act="hand_over", **filled, to="nobody").status_code == 422
    assert clerk.person.post(path, act="hand_over", **filled, to=other).status_code == 302
    (row,) = list_warnings(clerk.desk.play.city(""), on=clerk.desk.play.time.date()).facts["warnings"]
    assert (row["office"], row["warning"]) == (other, number)
    assert clerk.person.post(path, act="close", **filled).status_code == 404
    assert clerk.desk.acts("refused")[-1]["inputs"]["what"] == f"warning:{number}"


def test_a_ledger_says_used_and_left_and_every_look_is_noted(clerk):
    """Found by part of the name or of the code; the figures are those of the command."""
    unit = clerk.visit.partition("~")[0]
    city = clerk.desk.play.city("sun-04")
    name = city.register("entities", on=clerk.desk.play.time.date()).set_index("unit_id").at[unit, "name"]
    for asked, there in ((name[-8:], True), (unit[3:9].lower(), True), ("没有这家", False)):
        page = clerk.person.client.get(f"{base(clerk)}/ledger", query_string={"q": asked}).text
        assert (f"/ledger/{unit}" in page) == there
    assert clerk.desk.acts("ledger.look") == []
    page = clerk.person.get(f"{base(clerk)}/ledger/{unit}").text
    facts = ledger_of_unit(city, unit, 2026).facts
    assert facts["caps"]
    shown = re.findall(r'data-label="(?:上限|已用|剩余)">(?:<b[^>]*>)?(-?[0-9]+)', page)
    assert shown == [str(cap[one]) for cap in facts["caps"] for one in ("most", "used", "left")]
    (look,) = clerk.desk.acts("ledger.look")
    assert (look["who"], look["inputs"]) == (clerk.name, {"office": clerk.office, "unit": unit})


def test_nothing_of_another_office_is_there(clerk):
    """Dues, warnings, ledgers of another office or of a unit that one does not visit: 404 and a line in the log."""
    other = clerk.others["office_id"].iloc[0]
    number = warned(clerk, other)
    stranger = next(unit for unit in clerk.others["unit_id"] if unit not in set(clerk.owed["unit_id"]))
    asked = [f"{base(clerk, other)}/{page}" for page in ("due", "warnings", "ledger", f"ledger/{stranger}")]
    asked += [f"{base(clerk)}/ledger/{stranger}"]
    for path in asked:
        assert clerk.person.get(path).status_code == 404, path
    posted = [f"{base(clerk, office)}/warnings/{number}" for office in (other, clerk.office)]
    for path in posted:
        assert clerk.person.post(path, act="close", words="办结", seen="").status_code == 404, path
    assert [entry["inputs"]["path"] for entry in clerk.desk.acts("refused")] == asked + posted
    assert number not in clerk.person.get(f"{base(clerk)}/warnings").text
    assert len(list_warnings(clerk.desk.play.city(""), on=clerk.desk.play.time.date()).facts["warnings"]) == 1
    assert clerk.desk.person("zhou-06").post(posted[0], act="close", words="办结").status_code == 404
