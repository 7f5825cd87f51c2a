"""What is to be done: at each stage of a real round one next thing, whose it is, and the reminder of the day."""

from __future__ import annotations

import pytest
from real_rounds import CONFIRMS, DRAWS, FIRST

from supervision.month.agenda import status
from supervision.month.city import City, silent
from supervision.month.drawing import draw


def told(play, who="wang-01", **given):
    """The report, and of the round's duties: code, command, due, since."""
    report = status(play.city(who), within=3, **given)
    rows = [row for row in report.facts["duties"] if row["round"]]
    return report, [(row["what"]["zh"], row["command"], row["due"], row["since"]) for row in rows]


def words(play, **given):
    """The first words of the round's duties."""
    return [row[0] for row in told(play, **given)[1]]


def test_a_committed_round_waits_for_its_sources(at):
    """After the commitment: values of all sources, from the last issue on, by others than who committed."""
    play = at("committed")
    report, rows = told(play)
    names = " ".join(FIRST)
    values = next(row for row in rows if row[1].startswith("supervision draw"))
    assert values[1:3] == ("supervision draw 2026-12 --source NAME=VALUES", "")
    assert values[0].startswith("录入信源 ") and sorted(values[0].split()[1:-1]) == sorted(names.split())
    assert values[3].startswith("2026-11-2") and values[3].endswith("+08:00")
    who = next(row["who"] for row in report.facts["duties"] if row["command"] == values[1])
    assert who == {"zh": "承诺人以外的人", "en": "anybody but who committed"}
    assert "保存外部存证" in [row[0] for row in rows]


def test_the_second_entry_names_the_first_person(at):
    """When one person has entered the values, somebody else must enter them again."""
    play = at("committed")
    play.set("2026-11-25T22:00")
    draw(play.city(DRAWS).round("2026-12"), values=FIRST)
    report, rows = told(play)
    again = next(row for row in rows if "再次录入" in row[0])
    who = next(row["who"]["zh"] for row in report.facts["duties"] if row["command"] == again[1])
    assert who == f"{DRAWS} 和承诺人以外的人"
    draw(play.city(CONFIRMS).round("2026-12"), values=FIRST)
    assert [row for row in words(play) if row in ("编排日程", "公示最近的步骤")] == ["编排日程", "公示最近的步骤"]


@pytest.mark.parametrize(
    ("stage", "command"),
    [
        ("committed", "supervision draw 2026-12 --source NAME=VALUES"),
        ("drawn", "supervision commit 2026-12 --roster"),
        ("rostered", "supervision match 2026-12 --source NAME=VALUES"),
        ("matched", None),
    ],
)
def test_each_stage_has_one_next_command(at, stage, command):
    """Of the commands that lead from the commitment to the last lottery exactly the next one is named."""
    line = ("score", "commit", "draw", "plan", "match")
    rows = told(at(stage))[1]
    assert [row[1] for row in rows if row[1].split()[1] in line] == ([command] if command else [])


def test_results_are_due_by_department(at):
    """After the visits each department owes its results until a day of its own; past it the exit code is 4."""
    play = at("matched")
    play.set("2026-12-31T09:00")
    report, rows = told(play)
    results = [row for row in rows if row[1] == "supervision record FILE"]
    assert results and all(row[0].startswith("录入检查结果") and row[2] for row in results)
    late = {row[0].endswith("其中 0 条逾期"): row[2] >= "2026-12-31" for row in results}
    assert all(nothing_late == in_time for nothing_late, in_time in late.items())
    assert {row["who"]["zh"] for row in report.facts["duties"] if row["command"] == "supervision record FILE"} <= {
        label.text() for label in (code.label for code in play.city("x").code_lists.named("department").codes.values())
    }
    first = min(row[2] for row in results)
    play.set(f"{first}T09:00")
    report = told(play)[0]
    own = [row for row in report.facts["duties"] if row["command"] == "supervision record FILE"]
    assert [row["due"] for row in own if row["late"]] == [] and min(row["due"] for row in own) == first


def test_a_finished_step_that_is_not_published_waits(at):
    """A draw that nobody published yet is to be published; once it is, it is not."""
    play = at("drawn")
    assert "公示最近的步骤" not in words(play)
    play.set("2026-11-25T23:00")
    play.month("wang-01")
    assert "公示最近的步骤" not in words(play)


def test_a_round_before_its_commitment(at, town, tmp_path):
    """A round that was only opened is to be scored and committed before its month begins."""
    play = at("committed")
    play.city("wang-01").begin("2027-01")
    rows = [row for row in told(play)[0].facts["duties"] if row["round"] == "2027-01"]
    assert [(row["command"], row["due"], row["late"]) for row in rows] == [
        ("supervision score 2027-01", "2026-12-31", False)
    ]
    play.set("2027-01-01T00:30")
    report = told(play)[0]
    assert [row["late"] for row in report.facts["duties"] if row["round"] == "2027-01"] == [True]
    assert report.exit_code == 4


def test_the_reminder_of_the_day(at, tmp_path):
    """The file holds what is due within the days asked for, in both languages, and repeats to the byte."""
    play, file = at("committed"), tmp_path / "reminder.txt"
    report, _ = told(play, out=file)
    text = file.read_text(encoding="utf-8")
    assert text.splitlines()[0] == f"【内部】2026-11-23 待办提醒：3 天内 {report.facts['reminders']} 件"
    assert "录入信源" in text and "enter the values of" in text
    before = file.read_bytes()
    told(play, out=file)
    assert file.read_bytes() == before
    later = status(play.city("wang-01"), within=0, out=file)
    assert later.facts["reminders"] < report.facts["reminders"]
    assert "录入信源" not in file.read_text(encoding="utf-8")


def test_a_rehearsal_stands_last_and_is_not_reminded_of(copied, tmp_path):
    """A rehearsal's results stand in the list, not in the reminder; its commands name it as one."""
    city = City.open(copied.store, who="x", progress=silent)
    report = status(city, within=366, out=tmp_path / "r.txt")
    rows = [row for row in report.facts["duties"] if row["round"] == "2026-12.rehearsal"]
    assert "rehearsal" not in (tmp_path / "r.txt").read_text(encoding="utf-8")
    assert report.facts["duties"][len(report.facts["duties"]) - len(rows) :] == rows
    if not rows:
        assert report.facts["idle"] == ["2026-12.rehearsal"]


def test_rules_to_be_reviewed(at):
    """Rules whose day of review comes near are counted by day, for the lawyers."""
    play = at("committed")
    rows = [row for row in told(play)[0].facts["duties"] if row["command"] == "supervision rules --due"]
    days = [row["due"] for row in rows]
    assert days == sorted(set(days)) and all("2025" < day < "2027-11-24" for day in days)
    report = told(play)[0]
    lines = [line for line in report.lines if "supervision rules --due" in line.text()]
    assert lines and all("  全市：复核规则" in line.text("zh") for line in lines)
    assert all("  the city: review" in line.text("en") for line in lines)
    assert {row["round"] for row in report.facts["duties"] if row["command"] == "supervision rules --due"} == {""}
