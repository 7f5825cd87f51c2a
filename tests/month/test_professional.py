"""Professional classes over the line: what is rejected on import, and which class a task draws by."""

from datetime import date

import openpyxl
import pandas as pd
import pytest
from real_rounds import Play

from supervision.month import line
from supervision.month.frames import built_frames
from supervision.month.importing import import_file, import_folder
from supervision.month.round_files import AUDIT_PROFESSIONAL, PROFESSIONAL, SCORES
from supervision.store.store import Store

DAY = date(2026, 11, 28)
HEAD = "unit_id,field,class,from_date,until_date,source\n"


@pytest.fixture
def play(town, tmp_path):
    """A town whose registers are in, but for professional classes."""
    played = Play(tmp_path, town, "2026-11-29T09:00")
    Store.create(played.store)
    only = [path.stem for path in town.glob("*.csv") if path.stem != "professional"]
    import_folder(played.city("wang-01"), town, as_of=DAY, only=only)
    return played


@pytest.fixture
def units(play):
    """Some units of the register."""
    return play.city("x").register("entities", on=DAY, columns=["unit_id"])["unit_id"].tolist()


def put(play, *rows):
    """Import rows of professional classes."""
    path = play.work / "professional.csv"
    path.write_text(HEAD + "".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    return import_file(play.city("wang-01"), "professional", path, as_of=DAY)


def reasons(play):
    """All texts of the workbook of rejected rows."""
    sheet = openpyxl.load_workbook(play.work / "professional.csv.rejected.xlsx").worksheets[0]
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)


def test_bad_rows_come_back_by_name(play, units):
    """An unknown field, a field without a scale, a class off the scale: each with its reason; the good row goes in."""
    taken = put(
        play,
        (units[0], "food", "Ｂ级", "2026-01-01", "", "市场监管局"),
        (units[1], "weather", "A", "2026-01-01", "", "市场监管局"),
        (units[2], "drug", "A", "2026-01-01", "", "市场监管局"),
        (units[3], "食品", "E", "2026-01-01", "", "市场监管局"),
        (units[4], "医疗器械", "五级", "2026-01-01", "", "市场监管局"),
    )
    assert (taken.inserted, taken.rejected) == (1, 4)
    said = reasons(play)
    assert "weather" in said
    assert "shared/professional_class" in said
    assert "market/food_class" in said
    assert "A、B、C、D" in said
    assert "一级、二级、三级、四级" in said
    assert play.city("x").register("professional", on=DAY)["class"].tolist() == ["Ｂ级"]


def test_two_classes_of_one_day(play, units):
    """In one file both come back; a later file that contradicts what is on record does, too."""
    first = (units[0], "food", "B", "2026-01-01", "", "市场监管局")
    taken = put(play, first, (units[0], "food", "C", "2026-01-01", "", "市场监管局"))
    assert (taken.inserted, taken.rejected) == (0, 2)
    assert put(play, first).inserted == 1
    assert put(play, first).unchanged == 1
    assert put(play, (units[0], "food", "C", "2026-01-01", "", "市场监管局")).rejected == 1
    assert put(play, (units[0], "food", "C", "2026-06-01", "", "市场监管局")).inserted == 1


def test_a_scale_counts_from_its_day(play, units):
    """A row that was known before there was a scale has none to stand on."""
    path = play.work / "professional.csv"
    row = f"{units[0]},device,一级,2022-06-01,,市场监管局,2022-06-02\n"
    path.write_text(HEAD.replace("source", "source,known_on") + row, encoding="utf-8")
    assert import_file(play.city("wang-01"), "professional", path, as_of=None).rejected == 1
    assert "market/device_class" in reasons(play)


def scored(play):
    """Score the month; the round and its report."""
    city = play.city("wang-01")
    report = line.score(city, "2026-12", on=DAY)
    return city.round("2026-12"), report


def test_a_task_draws_by_what_counts(play, units):
    """A food unit of class A whose department says D is drawn among D, in the task with the food item only."""
    round, _ = scored(play)
    before = {frame.task.task_id: frame.rows.set_index("unit_id")["stratum"] for frame in built_frames(round)}
    general = round.table(SCORES).set_index("unit_id")["class"]
    low = [unit for unit in before["T01-food"].index if general[unit] == "A"][:4]
    put(play, *((unit, "food", "D", "2026-01-01", "", "市场监管局") for unit in low))
    round, report = scored(play)
    after = {frame.task.task_id: frame.rows.set_index("unit_id")["stratum"] for frame in built_frames(round)}
    assert all(str(before["T01-food"][unit]).startswith("A") for unit in low)
    assert all(str(after["T01-food"][unit]).startswith("D") for unit in low)
    assert after["T11-disclosure"].astype(str).equals(before["T11-disclosure"].astype(str))
    others = before["T01-food"].index.difference(low)
    assert (after["T01-food"][others].astype(str) == before["T01-food"][others].astype(str)).all()
    assert round.table(SCORES).set_index("unit_id")["class"].equals(general)
    facts = report.facts["professional"]
    assert facts["fields"] == {
        "food": {"units": 4, "classes": {"D": 4}, "decided_by": {"professional": 4, "general": 0, "both": 0}}
    }
    assert facts["duties"] == [{"field": "food", "professional": "D", "per_year": 3, "units": 4, "short": 4}]
    assert [one.code for one in report.lines][-2:] == ["month.professional", "month.professional_short"]


def test_scores_are_stale_when_a_class_comes_in(play, units):
    """A professional class that is known later is part of what a commitment looks at."""
    from supervision.month import scoring

    round, report = scored(play)
    assert "professional" not in report.facts
    assert scoring.is_current(round)
    put(play, (units[0], "food", "D", "2026-01-01", "", "市场监管局"))
    assert not scoring.is_current(play.city("x").round("2026-12"))


def test_counts_are_for_auditors_only(rehearsal):
    """The audit bundle tells how many units which class counted for; nothing of it is public."""
    table = pd.read_csv(rehearsal.out / "audit" / "2026-12" / "professional.csv")
    with Store(rehearsal.store) as store:
        rows = store.table("2026-12.rehearsal", PROFESSIONAL)
    assert table["units"].sum() == len(rows) > 200
    assert set(table["decided_by"]) == {"professional", "general", "both"}
    assert not [path for path in (rehearsal.out / "public").rglob("*") if "professional" in path.name]
    assert AUDIT_PROFESSIONAL.path() == "audit/professional.csv"
