"""The calendar as a board: what its cells count, who sees it, whose names of a day are noted."""

import re

import pytest
from browser import Browser, chromium
from desk_people import log_in
from phones import WIDTH, fits, violations

from supervision.month import calendar_board
from supervision.month.calendar_board import Cell, board, day_of_office, together, visited_units

ROUND = "2026-12"


@pytest.fixture(scope="module")
def matched(stages):
    """The real round after its second draw; nothing changes it here."""
    return stages["matched"].round("wang-01")


def test_every_visit_stands_in_the_cells_of_its_offices(matched):
    """Counts of the cells are those of the calendar's own rows, by office, day and half of the day."""
    made, places = board(matched), calendar_board.standing(matched)
    due = {}
    for row in places.itertuples():
        for half_day in row.half_days.split():
            due.setdefault((row.office, half_day[:10], half_day[10:]), set()).add(row.visit_id)
    got = {}
    for line in made.lines:
        for day, cell in line.cells.items():
            got |= {(line.office, day, part): n for part, n in (("T1", cell.morning), ("T2", cell.afternoon)) if n}
            both = due.get((line.office, day, "T1"), set()) | due.get((line.office, day, "T2"), set())
            assert cell.visits == len(both)
    assert got == {key: len(visits) for key, visits in due.items()}
    assert made.doors == places["visit_id"].nunique()
    assert sum(line.total.needed for line in made.lines) == sum(len(text.split()) for text in places["half_days"])


@pytest.mark.parametrize(
    ("cell", "share", "level"),
    [
        (Cell(), 0, 0),
        (Cell(there=4), 0, 0),
        (Cell(needed=2, there=4), 50, 1),
        (Cell(needed=51, there=100), 51, 2),
        (Cell(needed=1, there=3), 34, 1),
        (Cell(needed=9, there=10), 90, 3),
        (Cell(needed=10, there=10), 100, 4),
        (Cell(needed=1, there=0), 100, 4),
    ],
)
def test_the_load_of_a_cell(cell, share, level):
    """The share is rounded up; the colours have the bounds of the printed calendar."""
    assert (cell.share, cell.level) == (share, level)


def test_cells_add_up():
    """A district's cell is the sum of its offices' cells."""
    cells = [
        Cell(visits=2, morning=1, afternoon=2, needed=4, there=6),
        Cell(visits=1, morning=1, afternoon=0, needed=2, there=2),
    ]
    assert together([]) == Cell()
    assert together(cells) == Cell(visits=3, morning=2, afternoon=2, needed=6, there=8)


def test_a_day_has_the_visits_of_its_cell(matched):
    """Names, half-days and people are those of the office's workbook; another day's visits are not there."""
    made = board(matched)
    line = max(made.lines, key=lambda one: one.total.visits)
    for day, cell in line.cells.items():
        content = day_of_office(matched, line.office, day, units=visited_units(matched))
        rows = [] if content is None else content.visits.to_dict("records")
        assert len(rows) == cell.visits
        assert {row["date"] for row in rows} <= {day}
        assert all(row["inspectors"] and row["name"] for row in rows)


def test_the_page_says_what_the_board_counts(at, matched):
    """Each cell links to its day; the certificate stands there in words, in both languages."""
    desk = at("matched")
    person = desk.person("wang-01")
    page, made = person.get(f"/rounds/{ROUND}/board").text, board(matched)
    cells = [(one.office, day, cell) for one in made.lines for day, cell in one.cells.items() if cell.visits]
    assert len(re.findall(r'hx-get="[^"]*/board/', page)) == len(cells)
    office, day, cell = cells[0]
    said = rf'href="/rounds/{ROUND}/board/{office}/{day}"[^>]*>\s*<b>{cell.visits}</b>'
    assert re.search(said, page)
    assert all(one.text("zh") in page for one in made.statements[""])
    english = person.get(f"/rounds/{ROUND}/board?lang=en").text
    assert all(one.text("en").replace('"', "&#34;").replace("'", "&#39;") in english for one in made.statements[""])


def test_filters_leave_one_office_or_district(at, matched):
    """A filter leaves its lines and its certificate; one that nobody knows is no page."""
    person, made = at("matched").person("wang-01"), board(matched)
    line = [one for one in made.lines if one.total.visits][-1]
    page = person.get(f"/rounds/{ROUND}/board?region={line.region}").text
    shown = {one.office for one in made.lines if f"/board/{one.office}/" in page}
    assert shown == {one.office for one in made.lines if one.region == line.region and one.total.visits}
    page = person.get(f"/rounds/{ROUND}/board?office={line.office}").text
    assert {one.office for one in made.lines if f"/board/{one.office}/" in page} <= {line.office}
    for query in ("region=nowhere", "office=nobody"):
        assert person.get(f"/rounds/{ROUND}/board?{query}").status_code == 404


def test_a_large_city_shows_districts_first(at, matched, monkeypatch):
    """With more offices than fit, districts are the lines, and each leads to its offices."""
    from supervision.desk.pages import board as pages

    monkeypatch.setattr(pages, "MOST", 1)
    page = at("matched").person("wang-01").get(f"/rounds/{ROUND}/board").text
    made = board(matched)
    assert "hx-get=" not in page
    regions = {one.region for one in made.lines if one.total.visits}
    assert len(regions) > 1
    assert all(f"board?region={code}" in page for code in regions)
    assert page.count('<th scope="row">') == len(regions)


def test_names_of_a_day_are_noted(at, matched):
    """Who reads whom an office visits stands in the log of acts; the counts of the board do not."""
    desk = at("matched")
    line = next(one for one in board(matched).lines if one.total.visits)
    day = next(day for day, cell in line.cells.items() if cell.visits)
    person = desk.person("zhou-06")
    person.get(f"/rounds/{ROUND}/board")
    assert desk.acts("sealed.calendar") == []
    path = f"/rounds/{ROUND}/board/{line.office}/{day}"
    whole, part = person.get(path).text, person.get(path, **{"HX-Request": "true"}).text
    assert "<html" in whole
    assert "<html" not in part
    for row in day_of_office(matched, line.office, day, units=visited_units(matched)).visits.to_dict("records"):
        assert row["name"] in whole
        assert row["name"] in part
    noted = desk.acts("sealed.calendar")
    assert [entry["who"] for entry in noted] == ["zhou-06"] * 2
    assert noted[0]["inputs"] == {"round": ROUND, "office": line.office, "date": day}


def test_only_who_may_read_sealed_lists_sees_it(at, matched):
    """Drawer, clerk, reviewer and leader do not; an office, day or round that is not there is no page."""
    desk = at("matched")
    line = next(one for one in board(matched).lines if one.total.visits)
    day = next(iter(line.cells))
    for name in ("li-02", "sun-04", "qian-05", "wu-07"):
        person = desk.person(name)
        for path in (f"/rounds/{ROUND}/board", f"/rounds/{ROUND}/board/{line.office}/{day}"):
            assert person.get(path).status_code == 404
    assert len(desk.acts("refused")) == 8
    person = desk.person("wang-01")
    for path in ("nobody/2026-12-07", f"{line.office}/2027-01-04", f"{line.office}/x"):
        assert person.get(f"/rounds/{ROUND}/board/{path}").status_code == 404
    assert person.get("/rounds/2026-11/board").status_code == 404
    assert desk.acts("sealed.calendar") == []


def test_before_a_calendar_there_is_no_board(at):
    """The page says which step comes first."""
    answer = at("committed").person("wang-01").get(f"/rounds/{ROUND}/board")
    assert answer.status_code == 422
    assert "plan" in answer.text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_works_in_a_browser_and_on_a_phone(at, lang):
    """A click on a cell shows the day below the board; nothing is wider than a phone; axe-core finds nothing."""
    desk = at("matched")
    with desk.served() as base, Browser(chromium()) as browser:
        log_in(browser, base, "wang-01")
        for width in (1200, WIDTH):
            browser.open(f"{base}/rounds/{ROUND}/board?lang={lang}", width=width)
            assert width > WIDTH or fits(browser)
            assert violations(browser) == []
            browser.value("document.querySelector('table.board td a').click()")
            browser.value(
                "new Promise((done) => { const look = () => document.querySelector('#of-day') ? done(1) : "
                "setTimeout(look, 30); look(); })"
            )
            assert width > WIDTH or fits(browser)
            assert violations(browser) == []
