"""The calendar as pages and sheets, with its certificate in words (日程网页与证明)."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

import openpyxl
import pandas as pd
import pytest

from supervision.messages import Message
from supervision.notice.calendar_pages import calendar_pages, office_page
from supervision.notice.certificate_words import certificate_words
from supervision.notice.formats import workbook
from supervision.notice.public_content import Heading

COUNTS = {
    "units": 60,
    "duties": 100,
    "held": 97,
    "lost": 3,
    "proven_lost": 3,
    "computed_lost": 3,
    "incomplete": 2,
    "doors": 60,
    "proven_doors": 60,
    "team_days": 50,
    "proven_team_days": 40,
    "uneven": 7,
}
LOST = [
    ("market-01", "320505", "U2", "food", "人不够（甲）", "short (a)"),
    ("market-01", "320505", "91320505MA1EXAMP07", "food", "人不够（甲）", "short (a)"),
    ("market-01", "320505", "U3", "fire-door food", "没有共同的半天（乙）", "no half-day (b)"),
    ("", "320506", "U3", "food", "没有机构（丙）", "no office (c)"),
]
REGIONS = {"320505": "虎丘区", "320506": "吴中区"}


class Outside(HTMLParser):
    """Collects what a page would fetch, and its links."""

    def __init__(self):
        super().__init__()
        self.links, self.fetched = [], []

    def handle_starttag(self, tag, attrs):
        """Sort an element's addresses."""
        for name, value in attrs:
            if name == "href" and tag == "a":
                self.links.append(value)
            elif name in ("href", "src", "action", "srcset", "data"):
                self.fetched.append(value)


@pytest.fixture
def made(sample):
    """Return what gives the month and its pages."""

    def make(**changes):
        heading = Heading(city="苏州市", round="2026-12", rehearsal=True, stage="planned")
        lost = pd.DataFrame(LOST, columns=list(sample.UNHELD_COLUMNS), dtype="str")
        month = sample.make_month(**{"unheld": lost, "certificate": words(), **changes})
        contents = list(sample.office_months(heading, month))
        offices = {f"{one.office.office_id}/calendar.html": office_page(one, REGIONS) for one in contents}
        return contents, {**offices, **calendar_pages(heading, month, contents, REGIONS)}

    return make


def words(**changes):
    """Return the statements of one district with some counts changed, whose market office loses two."""
    counts = {**COUNTS, **changes}
    proof = {"office": "market-01", "item": "food", "prices": [1], "proven_lost": 2, "computed_lost": 3}
    district = {**counts, "region": "320505", "offices": [proof]}
    return certificate_words([{"districts": [district], "impossible": 0, "total": counts}], {"food": "食品经营检查"})


def codes(**changes):
    """Return the codes of the city's statements."""
    return [one.code.removeprefix("notice.certificate.") for one in words(**changes)[""]]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ["least_lost", "least_doors", "team_days", "even"]),
        ({"lost": 0, "proven_lost": 0, "computed_lost": 0}, ["all_held", "least_doors", "team_days", "even"]),
        ({"proven_lost": 2}, ["least_computed", "least_doors", "team_days", "even"]),
        ({"proven_lost": 1, "computed_lost": 2}, ["lost", "least_doors", "team_days", "even"]),
        ({"doors": 62, "team_days": 40}, ["least_lost", "doors", "least_team_days", "even"]),
    ],
)
def test_what_is_proven_is_told_from_what_is_computed(changes, said):
    """Only where the proof reaches what is lost it says "proven least"; a solver's figure is called computed."""
    assert codes(**changes) == said


def test_statements_have_their_figures():
    """Counts, the gap in per cent, the office's own proof with its item's name; a supplement says its number."""
    found = words()
    assert [one.text() for one in found["320505"]] == [one.text() for one in found[""]]
    assert "应检 100 项任务" in found[""][0].text()
    assert "50 组·天" in found[""][2].text()
    assert "相差 25.0%" in found[""][2].text()
    assert [one.text() for one in found["market-01"]] == [
        "本机构能查“食品经营检查”的人员：已证明至少 2 项任务任何日程都排不下；求解器算得至少 3 项。"
    ]
    twice = certificate_words([{"districts": [], "impossible": 4, "total": COUNTS}] * 2, {})[""]
    assert [one.code for one in twice].count("notice.certificate.supplement") == 1
    assert "另有 4 项" in twice[4].text()


def test_pages_stand_alone(made):
    """Every page is whole in itself: nothing is fetched, no script, and links lead to pages that are there."""
    contents, pages = made()
    assert sorted(pages) == [
        "district-320505.html",
        "district-320506.html",
        "fire-01/calendar.html",
        "index.html",
        "market-01/calendar.html",
    ]
    for path, source in pages.items():
        text, parser = source.decode(), Outside()
        parser.feed(text)
        assert parser.fetched == [], path
        assert "<script" not in text
        assert "url(" not in text
        assert "内部资料" in text
        assert "REHEARSAL" in text
        assert {link for link in parser.links if not link.startswith("#")} <= set(pages)
        assert {link[1:] for link in parser.links if link.startswith("#")} <= set(re.findall(r'id="([^"]+)"', text))
    assert made()[1] == pages
    assert len(contents) == 2


def plain(source):
    """Return a page's text without its elements, spaces joined."""
    return " ".join(re.sub(r"<[^>]+>", " ", source.decode().partition("</style>")[2]).split())


def test_an_office_page_has_loads_visits_reasons_and_proof(made):
    """Load by day against what is there, visits by half-day, each cause once with all its units, the proof in words."""
    page = plain(made()[1]["market-01/calendar.html"])
    assert "12-03 周四 0 次 0 人 1 次 1 人 1／4 25%" in page
    assert "12-04 周五 1 次 2 人 1 次 2 人 4／4 100%" in page
    assert "2026-12-04 周五 1 次" in page
    assert "全天 =HYPERLINK(1) U2 二号 枫桥街道 食品经营检查 消防大队 市监分局 2 人（待抽取）" in page
    assert page.count("人不够（甲）") == 1
    assert "2 户 人不够（甲）" in page
    assert "苏州&lt;b&gt;甲&lt;/b&gt;有限公司、=HYPERLINK(1)" in page
    assert "已证明：任何日程都至少有这么多项排不下。" in page
    assert "没有机构（丙）" not in page


def test_district_and_city_pages_gather_the_offices(made):
    """A district has its offices' loads and each visit once with all who come; the city names every cause."""
    _, pages = made()
    district = plain(pages["district-320505.html"])
    assert "2026-12-04 周五 入企 1 次（上午 1、下午 1，部门联合 1）" in district
    assert "消防大队、市监分局" in district
    city = plain(pages["index.html"])
    assert [city.count(reason) for reason in ("（甲）", "（乙）", "（丙）")] == [1, 1, 1]
    assert "虎丘区 38% 6 /16" in city.replace("6/16", "6 /16")
    assert "没有机构（丙）" in plain(pages["district-320506.html"])


def test_days_of_districts_stand_below_each_other(made, sample):
    """A district that rests on a day has an empty cell there; the days after it do not move."""
    offices = {
        **sample.make_month().offices,
        "gas-02": sample.Office(office_id="gas-02", department="fire", region="320506", name="燃气办"),
    }
    loads = pd.DataFrame([*sample.LOADS, ("gas-02", "2026-12-04", 0, 0, 6)], columns=list(sample.LOAD_COLUMNS))
    lost = pd.DataFrame([("gas-02", "320506", *LOST[0][2:])], columns=list(sample.UNHELD_COLUMNS), dtype="str")
    city = plain(made(unheld=lost, offices=offices, loads=loads)[1]["index.html"])
    assert "区 全月 03 周四 04 周五 虎丘区 38% 6/16 1 /8 5 /8 吴中区 0% 0/6 休 ·" in city


def test_nothing_private_enters(made):
    """No class, score, phone or legal person reaches a page."""
    assert all(b"MARK" not in source for source in made()[1].values())


def test_a_month_that_holds_everything_says_so(made, sample):
    """Without causes pages and workbook say that everything is held."""
    contents, pages = made(unheld=pd.DataFrame(columns=list(sample.UNHELD_COLUMNS), dtype="str"))
    assert "没有。全部检查任务都已排定。" in plain(pages["market-01/calendar.html"])
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.write(contents[1])))["未排定与证明"]
    assert sheet["B3"].value == "没有：全部检查任务都已排定。"


def test_the_workbook_has_reasons_proof_and_load(made):
    """A row a cause, most units first; below the statements; load by day in numbers."""
    contents, _ = made()
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(contents[1])))
    sheet = book["未排定与证明"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows[:3] == [
        ["户数", "未排定的原因和解决办法", "检查事项", "检查对象"],
        ["2", "人不够（甲）", "食品经营检查", "苏州<b>甲</b>有限公司、=HYPERLINK(1)"],
        ["1", "没有共同的半天（乙）", "消防通道检查、食品经营检查", "丙店"],
    ]
    said = [*contents[1].certificate, Message.of("notice.certificate.terms")]
    assert [row[0] for row in rows[3:]] == [None, *(one.text() for one in said)]
    load = [[cell.value for cell in row][1:] for row in book["每日负荷"].iter_rows(min_row=3)]
    assert load == [[0, 0, 1, 1, 1, 4, 0.25], [1, 2, 1, 2, 4, 4, 1]]


def test_many_units_of_one_cause_stay_one_row(made, sample):
    """Forty units of one cause are one row that names ten and the number; the page names all."""
    names = pd.DataFrame({"unit_id": [f"V{n:02}" for n in range(40)], "name": [f"第{n:02}店" for n in range(40)]})
    entities = pd.concat([sample.make_month().entities, names.assign(address="", street="")])
    rows = [("market-01", "320505", unit, "food", "人不够", "short") for unit in names["unit_id"]]
    lost = pd.DataFrame(rows, columns=list(sample.UNHELD_COLUMNS), dtype="str")
    contents, pages = made(unheld=lost, entities=entities)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.write(contents[1])))["未排定与证明"]
    assert sheet["A3"].value == "40"
    assert sheet["D3"].value.endswith("第09店等 40 户，全部名称见 calendar.html")
    assert plain(pages["market-01/calendar.html"]).count("第39店") == 1


def test_an_office_that_lost_everything_has_its_workbook(made, sample):
    """An office without a visit is told why in its own workbook and page."""
    offices = {
        **sample.make_month().offices,
        "gas-01": sample.Office(office_id="gas-01", department="fire", region="320505", name="燃气办"),
    }
    lost = pd.DataFrame([("gas-01", *LOST[0][1:])], columns=list(sample.UNHELD_COLUMNS), dtype="str")
    contents, pages = made(unheld=lost, offices=offices)
    gas = next(one for one in contents if one.office.office_id == "gas-01")
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(gas)))
    assert book["未排定与证明"]["B3"].value == "人不够（甲）"
    assert [cell.value for cell in book["本月检查日程"][3]][2:4] == ["本机构本轮没有入企检查。", None]
    assert "本月没有排定的检查。" in plain(pages["gas-01/calendar.html"])
