"""Before a draw: a round is opened and previewed, committed with who answers for its rules, and its notice printed."""

import html
import re

import pytest
from real_rounds import FOOD, extra_task

from supervision.desk import jobs, load_chart
from supervision.month import round_files as files
from supervision.month.unverified import unverified

KEY = "00" * 31 + "07"


def row(office, load, available=10, low=0, high=0, over=False):
    """Return a line of the preview with what the chart looks at."""
    shares = {"half_days_low": low, "half_days_high": high, "over": over}
    return {"office": office, "load": load, "available": available, **shares}


def test_the_chart_shows_each_office_in_its_fullest_stretch():
    """The fullest first, whoever has nobody before all; places on one scale, ended at its edge."""
    rows = [row("a", 0.2), row("a", 0.5, low=2, high=9), row("b", None, available=0), row("c", 9.0, high=99)]
    lines = load_chart.lines_of(rows, 0.9)
    assert [(line.row["office"], line.bar, line.low, line.high) for line in lines] == [
        ("b", "", "", ""),
        ("c", "400.0", "0.0", "400.0"),
        ("a", "160.0", "64.0", "288.0"),
    ]
    assert load_chart.scale(0.9) == {"limit": "288.0", "whole": "320.0"}
    assert load_chart.scale(2.0) == {"limit": "320.0", "whole": "160.0"}


def test_a_preview_becomes_a_chart(at):
    """Before it there is nothing; then every office of its facts has a bar, and none is named that is not over."""
    desk = at("drawn")
    person = desk.person("wang-01")
    assert "还没有预估过" in person.get("/rounds/2026-12/preview").text
    person.work("/rounds/2026-12/preview")
    facts = jobs.find(desk.file, 1).report["facts"]
    page = person.get("/rounds/2026-12/preview").text
    offices = {one["office"] for one in facts["offices"]}
    assert page.count("<svg") == len(offices)
    assert f"{facts['expected_visits']:,.1f}" in page
    over = {one["office"] for one in facts["offices"] if one["over"]}
    assert set(re.findall(r"（([a-z]+-\d+)）", page)) == over
    assert "请重新预估" not in page
    assert "90%" in page


def test_offices_over_the_limit_are_named(at, monkeypatch):
    """An office that needs more than the rule's share stands in a warning, with its figure."""
    desk = at("drawn")
    person = desk.person("wang-01")
    person.work("/rounds/2026-12/preview")
    offices = jobs.find(desk.file, 1).report["facts"]["offices"]
    name = offices[0]["office"]
    offices[0] |= {"load": 1.234, "over": True}
    jobs.end(desk.file, 1, state=jobs.DONE, report={"lines": [], "facts": facts_with(desk, offices), "exit": 4})
    page = person.get("/rounds/2026-12/preview?lang=en").text
    warned = re.search(r'<div class="alarm">(.*?)</div>', page, re.DOTALL)[1]
    assert name in warned
    assert "123%" in warned
    assert "90%" in warned


def facts_with(desk, offices):
    """Return the facts of the first job with other lines of offices."""
    return jobs.find(desk.file, 1).report["facts"] | {"offices": offices}


def test_registers_that_change_after_a_preview_make_it_old(at):
    """The page says so; done again it is new."""
    desk = at("drawn")
    person = desk.person("wang-01")
    person.work("/rounds/2026-12/preview")
    with desk.file.writing() as database:
        database.execute("UPDATE job SET at = '2026-11-01T00:00:00+08:00'")
    assert "请重新预估" in person.get("/rounds/2026-12/preview").text


def test_the_next_month_is_proposed(at):
    """In December it is January of the next year."""
    desk = at("committed")
    person = desk.person("wang-01")
    for time, month in (("2026-11-30T09:00", "2026-12"), ("2026-12-01T09:00", "2027-01")):
        desk.play.set(time)
        assert f'value="{month}"' in person.get("/rounds/new").text


def test_a_rehearsal_is_opened_committed_and_its_notice_printed(at):
    """It needs a key and nobody's name; a wrong key is refused; the page and the notice show its digest."""
    desk = at("committed")
    person = desk.person("wang-01")
    person.work("/rounds/new", round="2026-12", rehearsal="yes")
    form = person.get("/rounds/2026-12.rehearsal/commit").text
    assert 'name="key"' in form
    assert 'name="accept_unverified"' not in form
    assert 'class="alarm"' in person.work("/rounds/2026-12.rehearsal/commit", key="12")
    assert 'class="note"' in person.work("/rounds/2026-12.rehearsal/commit", key=KEY)
    round = desk.play.city("wang-01").round("2026-12", rehearsal=True)
    digest = round.read(files.COMMITMENT).digest.hex()
    page = person.get("/rounds/2026-12.rehearsal/commit").text
    assert re.findall(r"<span>([0-9a-f]{8})</span>", page) == [digest[i : i + 8] for i in range(0, 64, 8)]
    assert "<form" not in page.partition("<main")[2]
    notice = person.get("/rounds/2026-12.rehearsal/notice.pdf")
    assert notice.data.startswith(b"%PDF")
    assert notice.data != person.get("/rounds/2026-12/notice.pdf").data
    assert person.get("/rounds/2026-12.rehearsal/notice.pdf?number=1").status_code == 404
    assert person.get("/rounds/2026-12.rehearsal/notice.pdf?number=-1").status_code == 404


def test_a_real_round_asks_who_answers_for_its_rules(at, tmp_path):
    """The list is that of the rules which nobody verified; without a name it is refused, and no key is taken."""
    desk = at("drawn")
    person = desk.person("wang-01")
    city = desk.play.city("wang-01")
    assert "请导入 tasks" in person.work("/rounds/new", round="2026-12-b")
    extra_task(desk.play, city, tmp_path, "X01", items="market-production", population=FOOD)
    person.work("/rounds/new", round="2026-12-b")
    page = html.unescape(person.get("/rounds/2026-12-b/commit").text)
    round = desk.play.city("wang-01").round("2026-12-b")
    assert 'name="key"' not in page
    assert 'name="cause"' in page
    for entry in unverified(round.law):
        assert entry.path in page
        assert entry.basis in page
    refused = person.work("/rounds/2026-12-b/commit", cause="专项", accept_unverified="无")
    assert "shared/city" in refused
    assert not desk.play.round("wang-01", "2026-12-b").has(files.Step.COMMIT)
    said = person.work("/rounds/2026-12-b/commit", cause="专项 加抽", accept_unverified="赵核准")
    assert 'class="note"' in said, said
    round = desk.play.round("wang-01", "2026-12-b")
    assert round.read(files.COMMITMENT).cause == "专项 加抽"
    assert round.read(files.ACCEPTED)["who"] == "赵核准"
    assert "赵核准" in person.get("/rounds/2026-12-b/commit").text


def test_calendar_and_roster_are_committed_by_a_button(at):
    """The second digest stands under the first, with a notice of its own."""
    desk = at("drawn")
    desk.play.set("2026-11-25T22:30")
    person = desk.person("wang-01")
    assert 'action="/rounds/2026-12/roster"' in person.get("/rounds/2026-12/commit").text
    person.work("/rounds/2026-12/roster")
    page = person.get("/rounds/2026-12/commit").text
    digest = desk.play.round("wang-01").read(files.ROSTER_COMMITMENT).digest.hex()
    assert re.findall(r"<span>([0-9a-f]{8})</span>", page)[8:] == [digest[i : i + 8] for i in range(0, 64, 8)]
    second = person.get("/rounds/2026-12/notice.pdf?number=1").data
    assert second.startswith(b"%PDF")
    assert second != person.get("/rounds/2026-12/notice.pdf").data
    assert 'action="/rounds/2026-12/roster"' not in page


@pytest.mark.parametrize("name", ["li-02", "qian-05", "zhou-06", "wu-07"])
def test_only_the_coordinator_prepares(at, name):
    """Nobody else opens, previews or commits; the notice is for all who see rounds."""
    desk = at("committed")
    person = desk.person(name)
    for path in ("/rounds/new", "/rounds/2026-12/preview", "/rounds/2026-12/commit"):
        assert person.get(path).status_code == 404
        assert person.post(path).status_code == 404
    assert person.get("/rounds/2026-12/notice.pdf").status_code == (404 if name == "qian-05" else 200)
    assert jobs.latest(desk.file, last=1) == []


@pytest.mark.parametrize("round", ["2027-05", "2026-12.rehearsal", "nothing", "2026-13"])
def test_a_round_that_is_not_there(at, round):
    """It is said clearly, with 404."""
    person = at("committed").person("wang-01")
    for page in ("preview", "commit", "notice.pdf"):
        assert person.get(f"/rounds/{round}/{page}").status_code == 404
    assert person.post("/rounds/new", round="nothing").status_code == 404
