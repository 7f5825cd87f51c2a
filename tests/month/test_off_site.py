"""Off-site checks of a rehearsed month (非现场检查): no door, a day of self-correction, results, and the control."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date

import openpyxl
import pandas as pd
import pytest
from off_site_months import CONTROL, DOORS, ITEM, PAPERS, ROUND, city_of, fill, people_of

from supervision.domain.people import Office
from supervision.domain.visits import units_of_visits
from supervision.errors import SupervisionError
from supervision.month import estimating, following_up, off_site_duties, planning, publishing, recording
from supervision.month import round_files as files
from supervision.month.calendars import drawn_units
from supervision.month.city import City
from supervision.month.notice_numbers import numbered
from supervision.month.off_site_figures import doors_avoided, expected_doors
from supervision.month.off_site_tasks import off_site_tasks
from supervision.month.other_rounds import VISITS, pledged
from supervision.month.planning import preview
from supervision.month.round_results import can_report, expected
from supervision.sampling.protocol.records import StepIn
from supervision.sampling.protocol.verifier import verify

BEGUN, BY = date(2026, 12, 3), "2026-12-17"  # the draw's last source, and ten working days later


@pytest.fixture(scope="module")
def month(rehearse, tmp_path_factory):
    """The month after its second draw; tests copy it before they change it."""
    inputs = city_of(tmp_path_factory.mktemp("inputs") / "city", DOORS, PAPERS, CONTROL)
    return rehearse(inputs, tmp_path_factory.mktemp("off-site"))


@pytest.fixture
def round(month):
    """The round, to read."""
    return open_city(month).round(ROUND, rehearsal=True)


@pytest.fixture
def own(month, tmp_path):
    """A copy of the month that a test may change: its city, out folder, people by office."""
    shutil.copytree(month.store.parent, tmp_path / "work")
    return type(month)(
        inputs=month.inputs, store=tmp_path / "work" / "x.db", out=tmp_path / "work" / "out", report=month.report
    )


def open_city(played):
    """Open a month's city."""
    return City.open(played.store, who="tester", rules=played.inputs / "rules")


def books(played):
    """The workbooks of the offices."""
    return sorted((played.out / "internal" / ROUND).glob("*/*.xlsx"))


def filled(played, folder, cells=None, only=lambda visit: True):
    """Fill every workbook."""
    folder.mkdir()
    people = people_of(played.inputs)
    for path in books(played):
        fill(path, folder / path.name, people=people[path.stem], cells=cells, only=only)
    return folder


def test_off_site_duties_open_no_door(round, month):
    """Every drawn unit of the off-site task has a duty with office and day, and stands in no calendar for it."""
    drawn = drawn_units(round)
    papers = set(drawn.loc[drawn["task_id"] == PAPERS, "unit_id"])
    duties = round.read(files.OFF_SITE)
    assert set(duties["unit_id"]) == papers
    assert len(duties) == len(papers) > 10
    assert (duties["visit_id"] == duties["unit_id"] + "~0").all()
    assert set(duties["item_id"]) == {ITEM}
    assert set(duties["task_ids"]) == {PAPERS}
    assert set(duties["correct_by"]) == {BY}
    assert set(duties["office"]) == {f"market-{unit[2:8]}" for unit in papers}
    calendar = round.read(files.CALENDAR)
    assert not calendar["items"].str.contains(ITEM).any()
    others = set(drawn.loc[drawn["task_id"] != PAPERS, "unit_id"])
    assert set(units_of_visits(calendar["visit_id"])) == others
    assert doors_avoided(round) == (len(papers), len(papers - others))
    assert len(papers - others) > 0


def test_the_verifier_finds_them_among_what_is_not_held(round, month):
    """unheld.csv names the off-site task of each of its units with its reason, and everything verifies."""
    duties = round.read(files.OFF_SITE)
    unheld = round.read(files.UNHELD)
    assert set(unheld.loc[unheld["reason"] == "off_site", "unit_id"]) == set(duties["unit_id"])
    assert set(unheld.loc[unheld["reason"] == "off_site", "task_ids"]) == {PAPERS}
    assert not month.report.facts["plan-1"]["unheld"], "what is done off site is not counted as not held"
    assert month.report.facts["plan-1"]["off_site"] == duties.to_dict("records")
    for folder in (month.out, month.out / "public"):
        assert verify(folder).difference is None
    audit = month.out / "audit" / ROUND
    assert len((audit / "off_site.csv").read_text().splitlines()) == len(duties) + 1


def test_preview_counts_doors_alone(round):
    """Offices are asked for visits only; what is done off site, and the doors that it saves, is said beside."""
    found = preview(round).facts
    assert found["expected_off_site"] == pytest.approx(len(round.read(files.OFF_SITE)), abs=0.1)
    drawn = drawn_units(round)
    doors = set(drawn.loc[drawn["task_id"] != PAPERS, "unit_id"])
    assert found["expected_avoided"] == pytest.approx(drawn["unit_id"].nunique() - len(doors), abs=1)
    assert found["expected_visits"] == pytest.approx(len(doors), abs=3)


def test_expected_doors():
    """In a group a door's chance takes in the same unit's papers; in another group both happen by chance."""
    columns = ["unit_id", "group", "papers", "doors", "probability"]
    rows = [
        ("U1", "joint", 0.5, 0.0, 0.5),
        ("U1", "joint", 0.0, 0.3, 0.3),
        ("U2", "task.a", 0.5, 0.0, 0.5),
        ("U2", "task.b", 0.0, 0.3, 0.3),
        ("U3", "joint", 0.0, 0.4, 0.4),
    ]
    checks, avoided = expected_doors(pd.DataFrame(rows, columns=columns))
    assert (checks, avoided) == (pytest.approx(1.0), pytest.approx(0.2 + 0.35))


def test_a_drawn_list_pledges_no_visit_for_papers(round, monkeypatch):
    """To other rounds of the year, before the calendar, the off-site units are no visits that a cap counts."""
    monkeypatch.setitem(round.__dict__, "finished", {files.Step.COMMIT: [1], files.Step.DRAW: [1]})
    history = round.register("history", VISITS)
    rows = pledged([round], history, known_on=round.evidence_day).iloc[len(history) :]
    assert not (rows["item_id"] == ITEM).any()
    assert (rows["item_id"] == "market-disclosure").any()


def test_the_workbook_says_what_is_done_without_a_visit(round, month):
    """Each office has its duties on a sheet of its own and in the form, with the method, nobody's name, and the day."""
    duties = round.read(files.OFF_SITE)
    seen = 0
    for path in books(month):
        book = openpyxl.load_workbook(path)
        mine = duties[duties["office"] == path.stem]
        assert ("非现场检查" in book.sheetnames) == bool(len(mine))
        if mine.empty:
            continue
        rows = [row for row in book["非现场检查"].iter_rows(min_row=3, values_only=True) if row[6]]
        assert sorted(row[2] for row in rows) == sorted(mine["unit_id"])
        number = next(task.number for task in numbered(round) if task.task_id == PAPERS)
        told = (BY, "企业年度报告书面核查", "书面检查、网络监测", number)
        assert {(str(row[0].date()), *row[3:6]) for row in rows} == {told}
        form = book["结果录入"]
        at = {cell.value: cell.column for cell in form[2]}
        for row in range(3, form.max_row + 1):
            if str(form.cell(row, at["检查编号"]).value).endswith("~0"):
                assert str(form.cell(row, at["计划日期"]).value.date()) == BY
                assert form.cell(row, at["检查方式"]).value == "书面检查、网络监测"
                assert form.cell(row, at["检查人员工号"]).value is None
                seen += 1
    assert seen == len(duties)


def test_results_come_back_and_say_their_method(own, tmp_path):
    """Filled workbooks are taken whole; the page says of an off-site result how it was checked, of a visit nothing."""
    report = recording.record(open_city(own), [filled(own, tmp_path / "filled")])
    assert {one["rejected"] for one in report.facts["files"]} == {0}
    round = open_city(own).round(ROUND, rehearsal=True)
    publishing.publish(round, own.out)
    shown = json.loads((own.out / "public" / ROUND / "results.json").read_bytes())["results"]
    items = {row["item"] for row in shown}
    assert "企业年度报告书面核查（书面检查、网络监测）" in items
    assert "企业年度报告公示信息检查" in items
    assert sum("书面核查" in row["item"] for row in shown) == len(round.read(files.OFF_SITE))
    assert publishing.counts(round, None)["off_site"] == len(round.read(files.OFF_SITE))
    assert verify(own.out).difference is None
    lists = round.read(files.RESULT).lists
    assert set(lists) == {DOORS, PAPERS, CONTROL}


def test_finds_off_site_beside_the_control(own, tmp_path):
    """Doors avoided, and what each check found with its interval; without results of one none is compared."""
    city = open_city(own)
    unit = city.round(ROUND, rehearsal=True).read(files.OFF_SITE)["visit_id"].iloc[0]
    found = {unit: {"检查结果": "B 未按规定公示应当公示的信息"}}
    recording.record(city, [filled(own, tmp_path / "papers", found, only=lambda visit: visit.endswith("~0"))])
    report = estimating.estimate(open_city(own).round(ROUND, rehearsal=True), internal=True)
    assert [line.code for line in report.lines[-2:]] == ["month.off_site_doors", "month.off_site_no_control"]
    recording.record(open_city(own), [filled(own, tmp_path / "doors", only=lambda visit: not visit.endswith("~0"))])
    round = open_city(own).round(ROUND, rehearsal=True)
    report = estimating.estimate(round, internal=True)
    told = report.facts["off_site"]
    checks, avoided = doors_avoided(round)
    assert (told["checks"], told["avoided"]) == (checks, avoided)
    (row,) = told["controls"]
    assert (row["task"], row["control"], row["reported"], row["found"]) == (PAPERS, CONTROL, checks, 1)
    assert row["share"] == pytest.approx(1 / checks)
    assert row["control_found"] == 0
    assert row["difference"] == row["share"]
    assert row["difference_low"] < 0 < row["difference"] < row["difference_high"]
    said = report.lines[-1]
    assert said.code == "month.off_site_control"
    assert (said.params["share"], said.params["difference_low"]) == (100 * row["share"], 100 * row["difference_low"])
    assert "off_site" not in estimating.estimate(round, task=PAPERS, internal=True).facts


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"检查方式": "实地检查"}, "results.off_site_method"),
        ({"检查方式": "书面检查、检验检测"}, "results.off_site_method"),
        ({"检查方式": None}, "results.off_site_unsaid"),
        ({"检查日期": "2026-12-10 09:30"}, "results.off_site_time"),
        ({"检查日期": "2026-12-10T1"}, "results.off_site_time"),
        ({"检查人员工号": None}, "results.too_few"),
    ],
)
def test_bad_rows_are_handed_back(own, tmp_path, cells, code):
    """A visit's method, none, a time of entry, nobody: each row comes back with its reason, the others go in."""
    city = open_city(own)
    duties = city.round(ROUND, rehearsal=True).read(files.OFF_SITE)
    duty = duties.iloc[0]
    path = next(one for one in books(own) if one.stem == duty["office"])
    book = fill(path, tmp_path / "one.xlsx", people=people_of(own.inputs)[path.stem], cells={duty["visit_id"]: cells})
    (received, *_) = recording.check(city, book)
    rejected = received.checked.rejected
    assert [one.code for one in rejected["reason"]] == [code]
    assert duty["visit_id"] not in set(received.news["visit_id"])


def test_other_offices_people_do_not_check(own, tmp_path):
    """People of another office, or recused from the unit, may not report the check; the office's others may."""
    city = open_city(own)
    duty = city.round(ROUND, rehearsal=True).read(files.OFF_SITE).iloc[0]
    path = next(one for one in books(own) if one.stem == duty["office"])
    people = people_of(own.inputs)
    other = next(office for office in people if office.startswith("market") and office != duty["office"])
    cells = {duty["visit_id"]: {"检查人员工号": "、".join([*people[duty["office"]][:2], people[other][0]])}}
    book = fill(path, tmp_path / "one.xlsx", people=people[path.stem], cells=cells)
    (received, *_) = recording.check(city, book)
    assert [one.code for one in received.checked.rejected["reason"]] == ["results.off_site_person"]
    reason = received.checked.rejected["reason"].iloc[0]
    assert (reason.params["who"], reason.params["office"]) == (people[other][0], other)


def test_they_are_due_like_other_results(own):
    """An off-site check that nobody reported is overdue twenty working days after the day of self-correction."""
    round = open_city(own).round(ROUND, rehearsal=True)
    found = following_up.follow_up(round, on=date(2026, 12, 31)).facts["rows"]
    papers = [row for row in found if row["visit_id"].endswith("~0")]
    assert {(row["ended"], row["state"]) for row in papers} == {(BY, "pending")}
    assert len(papers) == len(round.read(files.OFF_SITE))
    early = following_up.follow_up(round, on=date(2026, 12, 16)).facts["rows"]
    assert not [row for row in early if row["visit_id"].endswith("~0")]


def test_a_step_in_that_waits_for_next_year_s_days(own, monkeypatch):
    """Late in December nobody may know the day of self-correction yet: it stays open, and nothing else stops."""
    city = open_city(own)
    round = city.round(ROUND, rehearsal=True)
    planned = round.read(files.OFF_SITE)
    order = round.read(files.ORDER, task=PAPERS)
    unit = order.loc[order["role"] == "reserve", "unit_id"].iloc[0]
    record = StepIn(
        at="2026-12-30T10:00:00+08:00", by="sun", evidence="00" * 32, stepped_in=unit, no=1,
        out=planned["unit_id"].iloc[0], reason="9", reviewed_by="qian", stratum="s1", task_id=PAPERS,
    )  # fmt: skip
    other = replace(record, task_id=DOORS, stepped_in="U9")
    monkeypatch.setattr(off_site_duties, "step_ins", lambda round: (other, record, replace(record, stepped_in=None)))
    more = off_site_duties.off_site_duties(round).iloc[len(planned) :]
    assert more.values.tolist() == [[f"{unit}~0", unit, f"market-{unit[2:8]}", ITEM, PAPERS, ""]]
    assert expected(round)["inspected_on"].isna().sum() == 1
    report = following_up.follow_up(round, on=date(2026, 12, 31))
    assert f"{unit}~0" not in {row["visit_id"] for row in report.facts["rows"]}
    publishing.publish(round, own.out)
    path = own.out / "internal" / ROUND / f"market-{unit[2:8]}" / f"market-{unit[2:8]}.xlsx"
    rows = [row for row in openpyxl.load_workbook(path)["非现场检查"].iter_rows(min_row=3, values_only=True) if row[6]]
    assert [row[0] for row in rows if row[2] == unit] == ["待次年放假安排公布"]


@pytest.mark.parametrize(("code", "known"), [("law.working_days.year_not_announced", True), ("law.other", False)])
def test_days_that_cannot_be_known(round, monkeypatch, code, known):
    """The calendar's list needs its days, and any other error stops a step-in's too."""

    def fail(*given):
        raise SupervisionError(code)

    monkeypatch.setattr(off_site_duties, "correct_by", fail)
    with pytest.raises(SupervisionError) as refused:
        if known:
            off_site_duties.planned_off_site(round)
        else:
            off_site_duties._rows(round, [(PAPERS, round.read(files.OFF_SITE)["unit_id"].iloc[0], BEGUN)], known=False)
    assert refused.value.code == code


def test_which_office_checks():
    """The department's office in the district, the first by id; without one there, the department's first anywhere."""
    places = [("m-2", "market", "320506"), ("m-3", "market", "320505"), ("m-4", "market", "320505"), ("a", "fire", "9")]
    offices = {key: Office(office_id=key, department=who, region=region, name=key) for key, who, region in places}
    assert [off_site_duties.office_of(offices, "market", region) for region in ("320505", "320506", "9")] == [
        *("m-3", "m-2", "m-2"),
    ]
    assert off_site_duties.office_of(offices, "fire", "320505") == "a"


def test_a_round_without_papers_waits_for_its_draw(round, monkeypatch):
    """An empty calendar and no list of papers: there is nothing to report."""
    monkeypatch.setitem(round.__dict__, "finished", {files.Step.DRAW: [1]})
    monkeypatch.setitem(round.__dict__, "paths", round.paths - {files.OFF_SITE.path()})
    assert not can_report(round)


def test_nothing_is_reported_while_visits_wait(round, monkeypatch):
    """Before the second draw a round with visits takes no result, so that no sealed list is shown too early."""
    assert can_report(round)
    monkeypatch.setitem(round.__dict__, "finished", {files.Step.DRAW: [1], files.Step.PLAN: [1]})
    assert not can_report(round)


def test_a_calendar_drawn_before_goes_on(round):
    """A round that already sends people to everybody, without a list of papers, has no off-site task."""
    assert set(off_site_tasks(round)) == {PAPERS}
    round.__dict__["paths"] = round.paths - {files.OFF_SITE.path()}
    assert off_site_tasks(round) == {}


def test_planning_again_changes_nothing(own):
    """A second call of plan says the same, and the list stays."""
    round = open_city(own).round(ROUND, rehearsal=True)
    before = round.content(files.OFF_SITE.path())
    again = planning.plan(round)
    assert again.facts["off_site"] == round.read(files.OFF_SITE).to_dict("records")
    assert round.content(files.OFF_SITE.path()) == before
