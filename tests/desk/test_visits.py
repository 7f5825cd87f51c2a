"""An office's visits: list, calendar, map, one visit, papers and calendar files; another office's are not there."""

import re
from html import unescape
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipFile

import pytest

from supervision.desk import office_months
from supervision.desk.map_points import drawing
from supervision.month.calendars import standing
from supervision.month.round_results import expected
from supervision.notice.papers.form import shipped_forms
from supervision.notice.papers.word_form import word_form

ROUND = "2026-12"
VISITS = re.compile(r"/visits/([^/\"?]+)\"")


def own_of(desk):
    """Return the clerk's office, a visit of it, another office, and a visit that the clerk's office has no part in."""
    places = standing(desk.play.round("sun-04"))
    office = desk.play.offices()[0]
    mine = set(places.loc[places["office"] == office, "visit_id"])
    others = places[~places["visit_id"].isin(mine)]
    return office, min(mine), others["office"].iloc[0], others["visit_id"].iloc[0]


def shown(page):
    """Return the visits that a page links to."""
    return {unescape(one) for one in VISITS.findall(page)}


@pytest.fixture
def desk(at):
    """Return a desk after the second draw."""
    return at("matched")


def test_the_list_holds_what_the_office_owes_and_no_more(desk):
    """Every visit and off-site check that owes a result stands in it; list, calendar and map agree."""
    office = own_of(desk)[0]
    owed = expected(desk.play.round("sun-04"))
    mine = set(owed.loc[owed["office_id"] == office, "visit_id"])
    clerk = desk.person("sun-04")
    base = f"/office/{office}/{ROUND}"
    assert clerk.get("/office").headers["Location"] == f"{base}/visits"
    assert shown(clerk.get(f"{base}/visits").text) == mine
    on_site = {one for one in mine if not one.endswith("~0")}
    assert on_site
    assert shown(clerk.get(f"{base}/calendar").text) == on_site
    assert shown(clerk.get(f"{base}/map").text) == on_site


def test_filters_show_a_day_a_person_a_state(desk):
    """Each filter leaves exactly the visits that it says."""
    office, visit, _, _ = own_of(desk)
    places = standing(desk.play.round("sun-04"))
    places = places[places["office"] == office]
    one = places[places["visit_id"] == visit].iloc[0]
    clerk, base = desk.person("sun-04"), f"/office/{office}/{ROUND}/visits"
    day = set(places.loc[places["half_days"].str[:10] == one["half_days"][:10], "visit_id"])
    assert shown(clerk.get(f"{base}?day={one['half_days'][:10]}").text) == day
    gone = set(places.loc[places["inspector_id"] == one["inspector_id"], "visit_id"])
    assert shown(clerk.get(f"{base}?person={one['inspector_id']}").text) == gone
    assert visit in shown(clerk.get(f"{base}?state=ahead").text)
    for state in ("done", "late", "part"):
        assert shown(clerk.get(f"{base}?state={state}").text) == set()
    desk.play.set("2026-12-31T09:00")
    assert shown(clerk.get(f"{base}?state=ahead").text) == set()
    assert visit in shown(clerk.get(f"{base}?state=open").text)
    desk.play.set("2027-03-31T09:00")
    desk.person("sun-04")
    assert visit in shown(clerk.get(f"{base}?state=late").text)


def test_a_visit_says_what_the_papers_say(desk):
    """Unit, address, day, people with certificates, points; papers as PDF and Word name the unit, and are noted."""
    office, visit, _, _ = own_of(desk)
    clerk, base = desk.person("sun-04"), f"/office/{office}/{ROUND}/visits/{visit}"
    page = clerk.get(base).text
    city = desk.play.city("sun-04")
    unit = city.register("entities", on=desk.play.time.date()).set_index("unit_id").loc[visit.partition("~")[0]]
    for text in (unit["name"], unit["address"], unit["contact"], "执法证"):
        assert text in page
    papers = re.findall(r'href="([^"]+/papers/[^"]+)"', page)
    assert len(papers) == 6
    for path in papers:
        answer = clerk.get(unescape(path))
        assert answer.status_code == 200
        assert answer.data.startswith(b"%PDF" if path.endswith("pdf") else b"PK")
        assert "attachment" in answer.headers["Content-Disposition"]
    assert len(desk.acts("paper")) == 6
    sheets = re.findall(r'href="([^"]+/days/[^"]+)"', clerk.get(f"/office/{office}/{ROUND}/calendar").text)
    assert len(sheets) == len({path.split("/")[5] for path in sheets}) > 0
    for path in sheets:
        assert clerk.get(path).data.startswith(b"%PDF")
        word = clerk.get(path.replace(".pdf", ".docx")).data
        with ZipFile(BytesIO(word)) as archive:
            day = path.split("/")[5]
            assert f"{int(day[5:7])}月{int(day[8:])}日" in re.sub(
                "<[^>]+>", "", archive.read("word/document.xml").decode()
            )
    for path in (f"/office/{office}/{ROUND}/days/2026-11-30/papers/task-sheet.pdf", f"{base}/papers/task-sheet.pdf"):
        assert clerk.get(path).status_code == 404
    for path in (f"{base}/papers/nothing.pdf", f"{base}/papers/notice.exe", f"{base}/papers/..%2Fnotice.pdf"):
        assert clerk.get(path).status_code == 404


def test_a_paper_of_the_citys_own_is_there_as_word_alone(desk):
    """Its template beside the store is filled like the others; a PDF of it is refused in words."""
    office, visit, _, _ = own_of(desk)
    folder = desk.play.store.parent / "paper_templates"
    folder.mkdir()
    notice = next(form for form in shipped_forms() if form.name == "notice")
    (folder / "本市告知书.docx").write_bytes(word_form(notice))
    clerk, base = desk.person("sun-04"), f"/office/{office}/{ROUND}/visits/{visit}"
    page = unescape(unquote(clerk.get(base).text))
    assert "本市告知书.docx" in page
    assert "本市告知书.pdf" not in page
    answer = clerk.get(f"{base}/papers/本市告知书.docx")
    with ZipFile(BytesIO(answer.data)) as archive:
        assert visit.partition("~")[0] in archive.read("word/document.xml").decode()
    answer = clerk.get(f"{base}/papers/本市告知书.pdf")
    assert (answer.status_code, "只有 Word 模板" in answer.text) == (422, True)


def test_calendar_files_are_those_of_the_published_folder(desk):
    """The office's file and each inspector's are the same bytes as below OUT/internal."""
    office = own_of(desk)[0]
    clerk, base = desk.person("sun-04"), f"/office/{office}/{ROUND}"
    folder = desk.play.out / "internal" / ROUND / office
    assert clerk.get(f"{base}/office.ics").data == (folder / f"{office}.ics").read_bytes()
    people = sorted((folder / "inspectors").glob("*.ics"))
    assert people
    for path in people:
        assert clerk.get(f"{base}/people/{path.name}").data == path.read_bytes()
    assert len(desk.acts("ics")) == 1 + len(people)


def test_another_office_is_not_there(desk):
    """Whatever of another office is asked for, under its own address or under one's own: 404, and a line in the log."""
    office, visit, other, theirs = own_of(desk)
    someone = next(iter((desk.play.out / "internal" / ROUND / other / "inspectors").glob("*.ics"))).stem
    clerk = desk.person("sun-04")
    asked = [f"/office/{other}/{ROUND}/{page}" for page in ("visits", "calendar", "map", "office.ics")]
    asked += [
        f"/office/{other}/{ROUND}/visits/{theirs}",
        f"/office/{other}/{ROUND}/visits/{theirs}/papers/notice.pdf",
        f"/office/{other}/{ROUND}/people/{someone}.ics",
        f"/office/{other}/{ROUND}/days/2026-12-01/papers/task-sheet.pdf",
        f"/office/{office}/{ROUND}/visits/{theirs}",
        f"/office/{office}/{ROUND}/visits/{theirs}/papers/notice.docx",
        f"/office/{office}/{ROUND}/people/{someone}.ics",
    ]
    for path in asked:
        assert clerk.get(path).status_code == 404, path
    assert [entry["inputs"]["path"] for entry in desk.acts("refused")] == asked
    assert {entry["who"] for entry in desk.acts("refused")} == {"sun-04"}
    assert clerk.get(f"/office/{office}/2026-11/visits").status_code == 404
    assert clerk.get(f"/office/{office}/{ROUND}/visits/{visit}").status_code == 200


def test_who_sees_all_offices_is_noted_and_others_see_none(desk):
    """The auditor chooses an office, each look is on record; leader, drawer and reviewer find no such page."""
    office = own_of(desk)[0]
    auditor = desk.person("zhou-06")
    assert f"/office/{office}/{ROUND}/visits" in auditor.get("/office").text
    assert auditor.get(f"/office/{office}/{ROUND}/visits").status_code == 200
    assert [entry["inputs"] for entry in desk.acts("sealed.visits")] == [{"office": office, "round": ROUND}]
    assert auditor.get(f"/office/nobody/{ROUND}/visits").status_code == 404
    for name in ("wu-07", "li-02", "qian-05"):
        assert desk.person(name).get(f"/office/{office}/{ROUND}/visits").status_code == 404


def test_before_the_second_draw_there_is_nothing_to_see(at):
    """What is drawn stays sealed until people are drawn for it."""
    desk = at("rostered")
    assert "没有可看的检查" in desk.person("wang-01").get("/office").text
    assert desk.person("wang-01").get(f"/office/market-320505/{ROUND}/visits").status_code == 404


def test_the_month_is_made_once(desk, monkeypatch):
    """Pages that follow take what is kept, until a step of the round moves something."""
    office = own_of(desk)[0]
    made = []
    real = office_months._months
    monkeypatch.setattr(office_months, "_months", lambda key: made.append(key) or real(key))
    clerk = desk.person("sun-04")
    for page in ("visits", "calendar", "map", "visits"):
        clerk.get(f"/office/{office}/{ROUND}/{page}")
    assert made == [ROUND]


def test_a_map_keeps_directions_and_distances():
    """North is up, east is right, a kilometre is as long either way; who has no place is told apart."""
    places = {"a": (120.0, 31.0), "n": (120.0, 31.1), "e": (120.1, 31.0)}
    made = drawing([{"unit_id": one} for one in ("a", "n", "e", "x")], places)
    at = {row["unit_id"]: (x, y) for x, y, row in made.points}
    assert at["n"][0] == at["a"][0]
    assert at["n"][1] < at["a"][1]
    assert at["e"][0] > at["a"][0]
    north, east = at["a"][1] - at["n"][1], at["e"][0] - at["a"][0]
    assert round(north / east, 2) == 1.17  # 1 / cos 31°
    assert (at["n"][1], at["a"][1]) == (28, 480 - 28)
    assert at["e"][0] + at["a"][0] == pytest.approx(720, abs=0.2)
    assert made.km == 5
    assert made.bar / made.km == pytest.approx(north / 11.132, rel=0.01)
    assert [row["unit_id"] for row in made.without] == ["x"]
    assert drawing([{"unit_id": "x"}], places) is None
