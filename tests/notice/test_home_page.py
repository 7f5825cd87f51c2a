"""The home page for a citizen (首页): what is new, what is due, tasks of the newest round, search at the top."""

from __future__ import annotations

import citizens
import pytest

from supervision.notice.site.round_news import NEWS, Draw

DRAWS = (
    Draw(second=False, committed_at="2026-11-25T09:00:00+08:00", awaited="2026-12-01T21:15:00+08:00",
         held="2026-12-01T21:20:00+08:00"),
    Draw(second=True, committed_at="2026-12-01T22:00:00+08:00", awaited="2026-12-04T21:15:00+08:00", held=""),
)  # fmt: skip
CLOCK = [
    {"agency": "市场监管", "inspected": 9, "published": 4, "published_late": 0, "pending": 2, "overdue": 1},
    {"agency": "消防救援", "inspected": 1, "published": 0, "published_late": 0, "pending": 1, "overdue": 0},
]


def test_news_are_told_newest_first():
    """Commitments, draws, days of publication and corrections, each with the page that shows it."""
    rows = [citizens.result(f"U{n}", "甲店", published_on=f"2026-12-0{n}") for n in (7, 7, 8)]
    change = {"corrected_on": "2026-12-09", "unit_id": "U7", "name": "甲店"}
    told = citizens.told([citizens.published(results=rows, corrections=[change])], DRAWS).news
    assert [(one.day, one.zh, one.page) for one in told] == [
        ("2026-12-09", "2026-12 轮次更正检查结果 1 处", "2026-12/results.html#corrections"),
        ("2026-12-08", "2026-12 轮次公示检查结果 1 项", "2026-12/results.html"),
        ("2026-12-07", "2026-12 轮次公示检查结果 2 项", "2026-12/results.html"),
        ("2026-12-01", "2026-12 轮次抽取检查对象", "2026-12/draw.html"),
        ("2026-12-01", "2026-12 轮次公布检查人员抽取承诺", "2026-12/commitment.html"),
        ("2026-11-25", "2026-12 轮次公布抽取承诺", "2026-12/commitment.html"),
    ]


def test_only_the_newest_news_are_told():
    """A year of rounds does not make the page longer."""
    rounds = [citizens.published(f"2026-{month:02}") for month in range(1, 13)]
    told = citizens.told(rounds, DRAWS).news
    assert (len(told), NEWS, told[0].page) == (8, 8, "2026-12/draw.html")


def test_what_is_due_is_told_by_its_day():
    """A draw that waits for its source has its day; results that are overdue or not yet due are counts."""
    told = citizens.told([citizens.published()], DRAWS, CLOCK).due
    assert [(one.day, one.en) for one in told] == [
        ("2026-12-04", "Round 2026-12: inspectors to be drawn, as announced"),
        ("", "Round 2026-12: 1 results overdue"),
        ("", "Round 2026-12: 3 results not due yet"),
    ]


def test_inspections_that_go_on_are_due():
    """Between the draw of inspectors and the first result the window of all tasks is told, by its last day."""
    tasks = [citizens.TASK, {**citizens.TASK, "start": "2026-12-10", "end": "2026-12-20"}]
    (due,) = citizens.told([citizens.published(stage="matched", tasks=tasks)]).due
    assert (due.day, due.page) == ("2026-12-31", "2026-12/plan.html#calendar")
    assert due.zh == "2026-12 轮次的检查自 2026-12-01 起、至 2026-12-31 止，结果随后公示"
    assert due.en == "Round 2026-12: inspections from 2026-12-01 to 2026-12-31, results follow"
    assert citizens.told([citizens.published(stage="results", tasks=tasks)]).due == []


def test_an_abandoned_draw_is_not_due():
    """What was given up in public waits for nothing."""
    gone = Draw(second=False, committed_at=DRAWS[0].committed_at, awaited=DRAWS[0].awaited, held="", abandoned=True)
    assert citizens.told([citizens.published()], (gone,)).due == []


def test_a_rehearsal_is_marked_in_the_news():
    """Nobody takes a rehearsal for a real round."""
    told = citizens.told([citizens.published(rehearsal=True)], DRAWS).news
    assert all(one.zh.endswith("（演练）") and one.en.endswith(" (rehearsal)") for one in told)


@pytest.mark.parametrize("rehearsed", ["2027-01", "2026-11"])
def test_tasks_of_the_newest_real_round_are_shown(tmp_path, rehearsed):
    """With number, departments and window; a rehearsal's only where there is no real round."""
    other = citizens.published(rehearsed, rehearsal=True, tasks=[{**citizens.TASK, "name": "演练任务"}])
    page = (citizens.write_city(tmp_path / "a", citizens.published(), other) / "index.html").read_text("utf-8")
    assert "餐饮抽查&lt;i&gt;" in page and "苏市监抽查〔2026〕1号" in page and "演练任务" not in page
    assert 'href="2026-12/plan.html#task-T1"' in page
    assert "演练任务" in (citizens.write_city(tmp_path / "b", other) / "index.html").read_text("utf-8")
