"""A year comes into the calendar register whole or not at all; no round is committed in a year that nobody knows."""

from datetime import date, datetime

import openpyxl
import pytest

from supervision.errors import SupervisionError
from supervision.month import committing, importing, planning, scoring
from supervision.month.city import BEIJING, City
from supervision.store.store import Store

DAY = date(2026, 11, 20)
HEAD = "日期,类型,节日名称,地区\n"
YEAR = (  # an invented arrangement of 2027
    "2027-01-01,休息日,元旦,\n"
    + "".join(f"2027-02-{day},休息日,春节,\n" for day in ("05", "08", "09", "10", "11", "12"))
    + "2027-01-31,调休上班,春节,\n2027-02-20,调休上班,春节,\n2027-04-05,休息日,清明,\n"
    + "2027-05-03,休息日,劳动节,\n2027-05-04,休息日,劳动节,\n2027-06-09,休息日,端午,\n2027-09-15,休息日,中秋,\n"
    + "".join(f"2027-10-0{day},休息日,国庆节,\n" for day in (1, 4, 5, 6, 7))
    + "2027-09-26,调休上班,国庆节,\n2027-10-09,调休上班,国庆节,\n"
)
QUIET = "2027-03-01,安静期,,\n"
LOCAL = "2027-03-02,休息日,,320505\n"


@pytest.fixture
def desk(tmp_path):
    """A city at an empty store, on 20 November 2026."""
    Store.create(tmp_path / "x.db")
    return City.open(tmp_path / "x.db", who="tester", now=lambda: datetime(2026, 11, 20, 9, tzinfo=BEIJING))


def bring(desk, folder, rows, day=DAY):
    """Import rows of the calendar."""
    path = folder / "calendar.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return importing.import_file(desk, "calendar", path, as_of=day)


def knows(desk, on=DAY):
    """Tell whether 2027 is a known year."""
    return 2027 in desk.working_days(on, desk.rules.on(DAY)).years


def test_a_whole_year_comes_in_at_once(desk, tmp_path):
    """All seven holidays with their make-up days make 2027 known from the day they are known; Spring Festival rests."""
    taken = bring(desk, tmp_path, YEAR + QUIET)
    assert (taken.inserted, taken.rejected) == (22, 0)
    assert not knows(desk, date(2026, 11, 19))
    days = desk.working_days(DAY, desk.rules.on(DAY))
    assert days.workdays(date(2027, 2, 1), date(2027, 2, 14)) == [date(2027, 2, day) for day in (1, 2, 3, 4)]
    assert days.is_workday(date(2027, 2, 20)) and days.is_quiet(date(2027, 3, 1))


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        ("2027-01-01,休息日,元旦,\n", "缺春节（应休 4 天）"),
        (YEAR.replace("2027-06-09,休息日,端午,\n", ""), "缺端午（应休 1 天）"),
        (YEAR.replace("2027-02-20,调休上班,春节,\n", ""), "春节应休 4 天，所列周一至周五的休息日减去周六、周日的"),
        (YEAR.replace("端午", ""), "2027-06-09 没有写节日名称"),
    ],
)
def test_part_of_a_year_stays_outside(desk, tmp_path, rows, missing):
    """Every row of an incomplete year is rejected, and the screen and the rejects workbook say what is missing."""
    taken = bring(desk, tmp_path, rows + QUIET + LOCAL)
    assert (taken.inserted, taken.rejected) == (2, rows.count("\n"))
    assert any(missing in note.text("zh") for note in taken.notes)
    sheet = openpyxl.load_workbook(taken.rejects_file).worksheets[0]
    assert missing in " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    assert not knows(desk)


def test_the_dry_run_says_the_same(desk, tmp_path):
    """`check calendar` ends with 3 and the same sentence, and stores nothing."""
    path = tmp_path / "calendar.csv"
    path.write_text(HEAD + "2027-01-01,休息日,元旦,\n", encoding="utf-8")
    report = importing.dry_run(desk, "calendar", path, as_of=DAY)
    assert report.exit_code == 3
    assert any("缺春节" in line.text("zh") for line in report.lines)


def test_a_known_year_takes_single_rows_that_leave_it_whole(desk, tmp_path):
    """A local day in a shipped year, and an exchange within a whole year, come in; a loss does not."""
    assert bring(desk, tmp_path, "2026-12-24,休息日,本地纪念日,\n").rejected == 0
    bring(desk, tmp_path, YEAR)
    later = date(2026, 11, 25)
    assert bring(desk, tmp_path, "2027-02-20,安静期,,\n", later).rejected == 0
    assert not knows(desk, later)
    assert bring(desk, tmp_path, "2027-02-20,调休上班,春节,\n", date(2026, 11, 26)).rejected == 0
    assert knows(desk, date(2026, 11, 26))
    assert bring(desk, tmp_path, "2027-06-09,调休上班,端午,\n", date(2026, 11, 27)).rejected == 1


def test_preview_and_commit_refuse_an_unknown_month(town, tmp_path):
    """A round of January 2027 is refused by preview and commit alike, before and after one row of 2027."""
    Store.create(tmp_path / "x.db")
    city = City.open(
        tmp_path / "x.db", who="jia", rules=town / "rules", now=lambda: datetime(2026, 12, 20, 9, tzinfo=BEIJING)
    )
    for kind in ("offices", "items", "inspectors", "leave", "entities", "events", "history", "caps"):
        importing.import_file(city, kind, town / f"{kind}.csv", as_of=DAY)
    text = (town / "tasks.csv").read_text(encoding="utf-8").replace("2026-12-31", "2027-01-31")
    (tmp_path / "tasks.csv").write_text(text.replace("2026-12", "2027-01"), encoding="utf-8")
    importing.import_file(city, "tasks", tmp_path / "tasks.csv", as_of=DAY)
    round = city.begin("2027-01", rehearsal=False)
    scoring.train(round)
    scoring.score(round)
    for rows in ("", "2027-01-01,休息日,元旦,\n"):
        bring(city, tmp_path, rows + QUIET)
        for step in (planning.preview, committing.commit):
            with pytest.raises(SupervisionError) as caught:
                step(round)
            assert caught.value.code == "law.working_days.year_not_announced"
    bring(city, tmp_path, YEAR)
    assert planning.preview(round).exit_code in (0, 4)
