"""A drawn calendar changes: illness, a closed office, a closed or blocked unit, an urgent visit, on a real round."""

from __future__ import annotations

import json
from datetime import date, timedelta

import openpyxl
import pytest
import vobject
from real_rounds import COMMITS, DRAWS, ROUND, codes
from replanned import AFTER, agrees, ask, held, of_visit, substitute_for, urgent_file

from supervision.month.calendars import changes
from supervision.month.round_people import people


@pytest.fixture
def play(at):
    """The round after its second draw, on the next morning."""
    found = at("matched")
    found.set(AFTER)
    return found


def a_place(play):
    """The first place for which the lot would find a substitute, and the substitute."""
    for _, row in held(play).sort_values(["half_days", "visit_id", "place"]).iterrows():
        taker = substitute_for(play, row)
        if taker is not None and len(row["half_days"].split()) == 1:
            return row, taker
    raise AssertionError("the town has no such place")


def cancelled(play, office, who=""):
    """The cancelled entries of the calendar file of an office or inspector, as another library reads them."""
    folder = play.out / "internal" / ROUND / office
    path = folder / "inspectors" / f"{who}.ics" if who else folder / f"{office}.ics"
    book = vobject.readOne(path.read_text("utf-8"))
    return [one for one in book.contents.get("vevent", ()) if "status" in one.contents]


def kinds(play):
    """The kinds of all changes so far."""
    return [one.kind for one in changes(play.round(COMMITS))]


def test_an_illness_is_filled_by_lot_and_everybody_learns_of_it(play):
    """Nothing moves; office, inspector, unit and the public each see their part, and nobody sees the ground."""
    row, taker = a_place(play)
    visit, ill = row["visit_id"], row["inspector_id"]
    before = held(play)
    report = ask(play, "absent", ill, row["half_days"], ground="急性阑尾炎")
    assert (report.exit_code, report.facts["moved"], report.facts["open"], report.facts["lost"]) == (0, 0, 0, {})
    assert report.facts["certificate"]["proven"] == "yes"
    assert report.facts["certificate"]["least"] == [0, 0, 0]
    half_days, team = of_visit(play, visit)
    assert half_days == {row["half_days"]}
    assert ill not in team
    assert len(team) == len(before[before["visit_id"] == visit])
    assert taker in team
    agrees(play)
    folder = play.out / "internal" / ROUND / row["office"]
    notices = {path.name.partition("-")[2]: path.read_text("utf-8") for path in (folder / "notices").iterdir()}
    assert {f"{visit}.html", f"{ill}.html", f"{taker}.html"} <= set(notices)
    assert "检查人员变更通知" in notices[f"{visit}.html"]
    assert "不再由你承担" in notices[f"{ill}.html"]
    assert "改由你承担" in notices[f"{taker}.html"]
    assert not [name for name, text in notices.items() if "阑尾炎" in text]
    book = openpyxl.load_workbook(play.workbook(row["office"]))
    assert [one.summary.value[:6] for one in cancelled(play, row["office"], ill)] == ["不再由你承担"]
    assert "换人" in {cell.value for cell in book["变更记录"]["C"]}
    names = dict(play.city(COMMITS).register("inspectors", on=play.time.date())[["inspector_id", "name"]].to_numpy())
    sheet = book["本月检查日程"]
    at = {cell.value: cell.column - 1 for cell in sheet[2]}
    schedule = {line[at["检查编号"]].value: line[at["本机构检查人员"]].value for line in sheet.iter_rows(min_row=3)}
    assert names[taker] in schedule[visit]
    assert names[ill] not in schedule[visit]
    counts = play.public("index.json")["changes"]
    assert [sum(one[kind] for one in counts) for kind in ("moved", "cancelled")] == [0, 0]
    assert sum(one["substituted"] for one in counts) == report.facts["substituted"] >= 1
    public = "".join(path.read_text("utf-8") for path in (play.out / "public" / ROUND).glob("*.*ml"))
    assert "抽取后的变更" in public
    assert not [text for text in ("阑尾炎", ill, taker, visit) if text in public]


def test_leave_stays_known_to_later_draws(play):
    """Who is away for the round is away in the roster of its supplement, too."""
    row, _ = a_place(play)
    ask(play, "absent", row["inspector_id"], row["half_days"][:10])
    roster, _ = people(play.round(COMMITS))
    absent = roster.set_index("inspector_id")["absent"][row["inspector_id"]].split()
    assert {f"{row['half_days'][:10]}T1", f"{row['half_days'][:10]}T2"} <= set(absent)


def test_without_a_substitute_the_visit_moves_once(play):
    """With everybody else away it moves and keeps its people; blocked there, it is lost, with the reason and exit 4."""
    row, taker = a_place(play)
    visit = row["visit_id"]
    while taker is not None:
        ask(play, "absent", taker, row["half_days"])
        taker = substitute_for(play, row)
    assert "moved" not in kinds(play)
    report = ask(play, "absent", row["inspector_id"], row["half_days"])
    assert (report.exit_code, report.facts["moved"], report.facts["certificate"]["moved"]) == (0, 1, 1)
    assert "month.replan_proven" in codes(report)
    half_days, team = of_visit(play, visit)
    assert row["half_days"] not in half_days
    assert len(half_days) == 1
    agrees(play)
    unit, now = visit.partition("~")[0], min(half_days)
    lost = ask(play, "blocked", unit, now, ground="停电")
    assert (lost.exit_code, lost.facts["lost"]) == (4, {visit: "moved_before"})
    assert "month.replan_lost" in codes(lost)
    assert held(play).query("visit_id == @visit").empty
    assert team
    office, number = row["office"], lost.facts["order"]
    causes = openpyxl.load_workbook(play.workbook(office))["未排定与证明"]
    told = [[cell.value for cell in line] for line in causes.iter_rows()]
    assert [line for line in told if f"变更单 {number} 后未能实施：已改期一次，规程不许再改" in line], told
    assert [one.sequence.value for one in cancelled(play, office, min(team)) if one.dtstart.value.day == int(now[8:10])]
    agrees(play)


def test_a_closed_office_leaves_the_day(play):
    """All its visits of the day move, its people are on leave, and nobody of another office is asked."""
    table = held(play)
    office, day = table["office"].iloc[0], table["half_days"].iloc[0][:10]
    there = set(table[(table["office"] == office) & table["half_days"].str.startswith(day)]["visit_id"])
    report = ask(play, "office", office, day, ground="机构整体培训")
    after = held(play)
    assert (report.facts["moved"] + len(report.facts["lost"]), report.facts["certificate"]["proven"]) == (
        len(there),
        "yes",
    )
    assert after[(after["office"] == office) & after["half_days"].str.startswith(day)].empty
    mine = {one.inspector_id for one in changes(play.round(COMMITS)) if one.kind == "leave"}
    assert {who.rpartition("-")[0] for who in mine} == {office}
    agrees(play)


def test_nothing_moves_into_the_notice_period(play):
    """Asked on the eve of the day, its visits leave for a day after the next one, and the office is told to phone."""
    table = held(play)
    office, day = table["office"].iloc[0], table["half_days"].iloc[0][:10]
    eve = date.fromisoformat(day) - timedelta(days=1)
    play.set(f"{eve}T14:00")
    days = play.round(COMMITS).working_days(eve)
    free = f"{days.add(eve, 1) + timedelta(days=1)}T1"
    report = ask(play, "office", office, day, ground="机构整体培训")
    order = json.loads(play.audit("change_order.json"))
    assert (order["first"], order["notice"]) == (f"{day}T1", free)
    moved = [one for one in changes(play.round(COMMITS)) if one.kind == "moved"]
    assert moved and min(one.half_days[0] for one in moved) >= free
    told = report.facts["certificate"]["told"]
    assert told == report.facts["moved"] == len({one.visit_id for one in moved})
    assert "month.replan_soon" in codes(report)
    agrees(play)


def test_a_closed_unit_is_not_visited(play):
    """Its visit is cancelled, its people are free again, and the workbook says that it was not held."""
    visit = held(play)["visit_id"].iloc[0]
    rows = held(play).query("visit_id == @visit")
    report = ask(play, "closed", visit.partition("~")[0], ground="已停业")
    assert (report.exit_code, report.facts["cancelled"], report.facts["lost"]) == (0, 1, {})
    assert kinds(play) == ["cancelled"] * len(rows)
    assert held(play).query("visit_id == @visit").empty
    office = rows["office"].iloc[0]
    sheet = openpyxl.load_workbook(play.workbook(office))["变更记录"]
    assert [sheet.cell(3, column).value for column in (3, 9)] == ["未能实施", visit]
    assert sum(one["cancelled"] for one in play.public("index.json")["changes"]) == rows["office"].nunique()
    for who in ("", *rows.query("office == @office")["inspector_id"]):
        assert [(one.sequence.value, one.dtstart.value.isoformat()[:10]) for one in cancelled(play, office, who)] == [
            ("1", rows["half_days"].iloc[0][:10])
        ]
    agrees(play)


def test_a_blocked_unit_is_visited_on_another_day(play):
    """The visit leaves the date for the nearest half-day that its people have; others stay as they are."""
    before = held(play)
    visit, day = before["visit_id"].iloc[0], before["half_days"].iloc[0][:10]
    report = ask(play, "blocked", visit.partition("~")[0], day, ground="设备检修")
    half_days, _ = of_visit(play, visit)
    assert (report.facts["moved"], report.facts["certificate"]["proven"]) == (1, "yes")
    assert not [half_day for half_day in half_days if half_day.startswith(day)]
    others = [table[table["visit_id"] != visit].reset_index(drop=True) for table in (before, held(play))]
    assert others[0].equals(others[1])
    notice = next((play.out / "internal" / ROUND / before["office"].iloc[0] / "notices").glob(f"*-{visit}.html"))
    assert "改期通知" in notice.read_text("utf-8")
    agrees(play)


def test_an_urgent_visit_takes_people_as_leave(play, tmp_path):
    """Who goes is out of the half-day by lot, with the ground; the urgent visit stands in no calendar and no draw."""
    table = held(play)
    office, half_day = table["office"].iloc[0], table["half_days"].iloc[0].split()[0]
    item = table["items"].iloc[0].split()[0]
    path = urgent_file(tmp_path / "urgent.csv", ["tousu-12", office, half_day, item, "2"])
    report = ask(play, "urgent", urgent=path, ground="投诉举报核查")
    taken = [one for one in changes(play.round(COMMITS)) if one.kind == "leave"]
    assert [one.ground for one in taken] == ["投诉举报核查"] * 2
    assert all(half_day in one.half_days for one in taken)
    assert codes(report).count("month.replan_taken") == 2
    after = held(play)
    busy = after[after["half_days"].str.contains(half_day)]["inspector_id"]
    assert not {one.inspector_id for one in taken} & set(busy)
    assert "tousu-12" not in play.audit("changes.json").decode() + play.audit("calendar.csv").decode()
    agrees(play)


def test_asked_again_nothing_changes(play):
    """The same change by another second person is told again; store, log and folders stay as they are."""
    row, _ = a_place(play)
    first = ask(play, "absent", row["inspector_id"], row["half_days"][:10])
    log, public = play.log(), play.audit("changes.json")
    again = ask(play, "absent", row["inspector_id"], row["half_days"][:10], by="sun-04")
    assert (again.facts["order"], again.facts["changes"]) == (1, first.facts["changes"])
    assert codes(again)[0] == "month.replan_again"
    assert (play.log(), play.audit("changes.json")) == (log, public)


def test_the_log_names_who_when_and_what(play):
    """One entry `replan` for each change, with what it read and put; the order's digest is the rows' evidence."""
    row, _ = a_place(play)
    paper = play.work / "leave.jpg"
    paper.write_bytes(b"a doctor's note")
    ask(play, "absent", row["inspector_id"], row["half_days"][:10], evidence=paper)
    entry = next(one for one in play.log() if one["step"] == "replan")
    folder = f"audit/{ROUND}"
    assert (entry["who"], entry["at"]) == (COMMITS, f"{AFTER}:00+08:00")
    assert set(entry["outputs"]) == {f"{folder}/change_order.json", f"{folder}/changes.json"}
    assert set(entry["inputs"]) == {f"{folder}/calendar.csv", f"{folder}/roster.csv"}
    rows, order = json.loads(play.audit("changes.json")), json.loads(play.audit("change_order.json"))
    assert {(one["by"], one["reviewed_by"]) for one in rows} == {(DRAWS, COMMITS)}
    assert len({one["evidence"] for one in rows}) == 1
    assert (order["rows"], order["asked"]["ground"]) == ([1, len(rows)], "病假")
    assert len(order["asked"]["evidence"]) == 64
