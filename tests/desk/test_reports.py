"""Reports for leaders: the command's figures as charts and tables, and its workbook; nothing becomes public by it."""

import re
from html import unescape
from io import BytesIO

import openpyxl
import pytest
from desk_people import Desk
from real_rounds import ROUND

from supervision.desk import reports_made
from supervision.messages import Message
from supervision.month import reviewing
from supervision.month.estimating import estimate
from supervision.month.overseeing import oversee_month

PATH = f"/reports/{ROUND}"


RULE = """id: shared/estimate_publication
title: {zh: 公示抽查估计的下限, en: Below what no estimate is published}
unit: units
values:
  - from: 2026-01-01
    value: {least_units: 1, least_found: 0, least_reported: "0%"}
    basis: 本市规定
    verified: true
    review_by: 2027-12-31
"""


@pytest.fixture(scope="module")
def desk(entered, tmp_path_factory):
    """A desk where results count, small figures may be told, and the month's report was made. Nobody changes it."""
    play = entered[0].copy(tmp_path_factory.mktemp("reports") / "told")
    (play.store.parent / "rules" / "shared" / "estimate_publication.yaml").write_text(RULE, encoding="utf-8")
    made = Desk(play, office=entered[1][0])
    with made.app.extensions["desk"].city("qian-05") as city:
        reviewing.review(city.round(ROUND), everything=True)
    leader = made.person("wu-07")
    assert "还没有生成" in leader.get("/reports").text
    assert leader.get(PATH).status_code == 404
    assert "已生成" in leader.work(PATH)
    return made


def figures(page):
    """Return the key figures of a page: name → value."""
    found = re.findall(r"<li>([^<]+)<b>([^<]+)</b>", page.partition('class="minute"')[2].partition("</ul>")[0])
    return {name: unescape(value) for name, value in found}


def test_a_leader_reads_the_commands_figures(desk):
    """Made by a job, shown with its charts; the key figures are those that the command prints."""
    leader = desk.person("wu-07")
    page = leader.get(PATH).text
    with desk.app.extensions["desk"].city("-") as city:
        facts = oversee_month(city, ROUND).facts
    done = facts["key"]["fulfilled"]
    assert f"{done['percent']} %" in figures(page).values()
    assert f"<small>{done['number']:,} / {done['of']:,}</small>" in page
    for row in facts["tables"]["departments"]:
        assert row["name"] in page
        assert (
            row["fulfilled"]["of"] == 0
            or f"<small>{row['fulfilled']['number']:,} / {row['fulfilled']['of']:,}</small>" in page
        )
    assert page.count("<svg") > 5
    assert "style=" not in page
    assert desk.acts("sealed.report")[-1]["inputs"] == {"period": ROUND}
    assert not (desk.play.out / "public" / "report").exists()
    english = leader.get(f"{PATH}?lang=en").text
    assert "Oversight report" in english
    assert "一分钟" not in english


def test_bars_are_as_long_as_their_figures(desk):
    """Held, to come and without a visit make up the whole of what was drawn; limits lie around the share."""
    made = reports_made.made_of(desk.file, ROUND)
    charts = {part["title"][1]: part["charts"] for part in made["parts"]}
    held = next(chart for chart in charts["Rounds"] if chart["key"])
    with desk.app.extensions["desk"].city("-") as city:
        row = oversee_month(city, ROUND).facts["tables"]["rounds"][0]
    widths = {style: float(width) for style, _, width in held["lines"][0]["parts"]}
    assert sum(widths.values()) == pytest.approx(340, abs=0.3)
    assert widths["published"] == pytest.approx(340 * row["done"] / row["duties"], abs=0.1)
    shares = [line for all_of in charts.values() for chart in all_of for line in chart["lines"] if line["share"]]
    assert shares
    assert all(float(line["low"]) <= float(line["share"]) <= float(line["high"]) for line in shares)


def test_small_groups_are_left_out_as_the_command_does(desk):
    """Estimates at the desk are those of `estimate` without --internal: no class."""
    made = reports_made.made_of(desk.file, ROUND)
    part = next(part for part in made["parts"] if part["title"][1] == "Estimates")
    with desk.app.extensions["desk"].city("-") as city:
        round = city.round(ROUND)
        told, inside = (estimate(round, internal=way).facts["lines"] for way in (False, True))
    assert len(part["rows"]) == sum(row["reported"] > 0 for row in told) > 0
    assert {row["kind"] for row in inside} - {row["kind"] for row in told} == {"class"}
    assert part["rows"][0][1]["text"][0] == f"{told[0]['reported']:,}"


def test_before_there_are_results_the_estimate_says_so(at):
    """The command's own sentence stands where the figures would."""
    made = at("matched")
    page = made.person("wu-07").work(PATH)
    assert "已生成" in page
    assert Message.of("month.no_results", round=ROUND).text() in made.person("wu-07").get(PATH).text


def test_the_workbook_is_the_commands(desk):
    """The same sheets; another name is no file, another period no page."""
    leader = desk.person("wu-07")
    answer = leader.get(f"{PATH}/report.xlsx")
    assert "attachment" in answer.headers["Content-Disposition"]
    book = openpyxl.load_workbook(BytesIO(answer.data))
    with desk.app.extensions["desk"].city("-") as city:
        oversee_month(city, ROUND, out=desk.play.work / "own")
    assert (desk.play.work / "own" / "internal" / "report" / ROUND / "report.xlsx").read_bytes() == answer.data
    assert len(book.sheetnames) > 8
    assert leader.get(f"{PATH}/report.docx").data[:2] == b"PK"
    for path in (f"{PATH}/x.db", f"{PATH}/..%2fx.db", "/reports/2026-11", "/reports/2026-11/report.xlsx"):
        assert leader.get(path).status_code == 404
    assert leader.post("/reports/2026-11").status_code == 404
    assert [one["inputs"]["file"] for one in desk.acts("report.download")] == ["report.xlsx", "report.docx"]


def test_a_year_is_told_as_well(desk):
    """The year of the drawn rounds; with the plan's table even where no plan is approved."""
    leader = desk.person("wu-07")
    assert "已生成" in leader.work("/reports/2026")
    assert ROUND in leader.get("/reports/2026").text


def test_who_reads_reports(desk):
    """Leader, coordinator and auditor; nobody else."""
    codes = {name: desk.person(name).get(PATH).status_code for name in ("wang-01", "zhou-06", "li-02", "sun-04")}
    assert codes == {"wang-01": 200, "zhou-06": 200, "li-02": 404, "sun-04": 404}
