"""Statistics over all rounds: sums of what was published, estimates as published, charts with their words."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from published_rounds import RESULT, published

from supervision.notice.open_data import tables_of
from supervision.notice.site.statistics import in_time, statistics_files
from supervision.notice.statistics import Summing

CORRECTED = {**RESULT, "category": "发现问题已责令改正"}
CLOCK = {"agency": "市场监管", "inspected": 27, "published": 19, "published_late": 1, "pending": 7, "overdue": 0}
ESTIMATES = [
    {"kind": "全部任务", "name": "全市", "inspected": 60, "found": 9, "share": "12.0", "low": "6.0", "high": "19.0"},
    {"kind": "区域", "name": "虎丘区", "inspected": 40, "found": 6, "share": "15.0", "low": "8.0", "high": "24.0"},
]
OCTOBER = published("2026-10", results=[RESULT, CORRECTED], counts={"visits": 8, "office_visits": 10}, clock=[CLOCK])
DECEMBER = published("2026-12", results=[RESULT], counts={"visits": 5, "office_visits": 6}, clock=[])
EXTRA = published("2026-12-b", counts={"visits": 2, "office_visits": 5}, clock=[{**CLOCK, "overdue": 20}])
OLD = published("2026-09", counts={"visits": 7})
REHEARSAL = published("2026-11", rehearsal=True, results=[RESULT] * 9, clock=[CLOCK])


def summed(*rounds, rehearsal=False):
    """Return the statistics of some rounds, given one by one as if each were a year."""
    summing = Summing(rehearsal=rehearsal)
    for one in rounds:
        summing.add(tables_of([one]))
    return summing.statistics()


def with_estimates(round, rows):
    """Return a round of that name that has published estimates."""
    made = published(round)
    return type(made)(**{**vars(made), "files": {**made.files, "estimates": {"estimates": rows}}})


def files_of(*rounds, rehearsal=False):
    """Return the files of the page."""
    return statistics_files("苏州市", summed(*rounds, rehearsal=rehearsal))


def test_rounds_of_a_month_are_added_up():
    """Months in order, an extra round in its month, doors saved, results by category, agencies by their clock."""
    found = summed(OCTOBER, EXTRA, DECEMBER)
    assert [(one.month, one.rounds, one.visits, one.office_visits, one.saved) for one in found.months] == [
        ("2026-10", 1, 8, 10, 2),
        ("2026-12", 2, 7, 11, 4),
    ]
    assert list(found.categories.items()) == [("未发现问题", 2), ("发现问题已责令改正", 1)]
    assert dict(found.agencies["市场监管"]) == {"published": 38, "published_late": 2, "pending": 14, "overdue": 20}
    assert found.removed == 6


def test_rehearsals_are_told_apart():
    """Beside a real round no rehearsal is counted; alone they are, and the page says so in both languages."""
    assert [one.month for one in summed(OCTOBER, REHEARSAL).months] == ["2026-10"]
    page = files_of(REHEARSAL, rehearsal=True)["statistics.html"].decode()
    assert "演练数据" in page and "REHEARSAL" in page and "9" in page
    assert "演练数据" not in files_of(OCTOBER)["statistics.html"].decode()


def test_what_an_older_version_published_saves_nothing_known():
    """A round that tells its visits alone has no doors saved and is in no chart, instead of a wrong figure."""
    (one,) = summed(OLD).months
    assert (one.planned, one.visits) == (0, 0)
    assert files_of(OLD)["statistics.csv"].decode().splitlines()[1].startswith("2026-09,1,0,,,,")
    assert "doors-chart" not in files_of(OLD)["statistics.html"].decode()


def test_estimates_are_those_of_the_rounds():
    """Whole rounds in order; groups of the newest round that has any; every figure as it was published."""
    told = files_of(with_estimates("2026-12", ESTIMATES), with_estimates("2026-10", ESTIMATES[:1]))
    found = json.loads(told["statistics.json"])
    assert [(row["round"], row["share"], row["high"]) for row in found["rates"]] == [
        ("2026-10", "12.0", "19.0"),
        ("2026-12", "12.0", "19.0"),
    ]
    assert [(row["round"], row["name"]) for row in found["groups"]] == [("2026-12", "虎丘区")]
    (one,) = summed(with_estimates("2026-10", ESTIMATES), with_estimates("2026-12", ESTIMATES[:1])).groups
    assert one["round"] == "2026-10"
    page = told["statistics.html"].decode()
    assert "12.0 % (6.0–19.0)" in page and "15.0 % (8.0–24.0)" in page


def test_the_scale_takes_all_limits():
    """On a scale to 40 % a share of 15 stands at 3/8 of the width of 340, its limits at 1/5 and 3/5."""
    page = files_of(with_estimates("2026-12", ESTIMATES))["statistics.html"].decode()
    assert 'd="M68.0 26H204.0' in page and 'cx="127.5"' in page
    assert ">40 %</text>" in page


@pytest.mark.parametrize(
    ("rounds", "missing"),
    [
        ((), ["检查结果", "推断", "检查日程", "检查日期"]),
        ((OLD,), ["检查结果", "推断", "检查日程", "检查日期"]),
        ((OCTOBER,), ["推断"]),
        ((with_estimates("2026-12", ESTIMATES),), ["检查结果", "检查日程", "检查日期"]),
    ],
)
def test_no_data_is_said(rounds, missing):
    """What there is nothing of is named where its chart would stand; nothing else is."""
    page = files_of(*rounds)["statistics.html"].decode()
    notes = [part.split("</span>")[0] for part in page.split('<p class="note"><span class="zh">')[1:]]
    assert len(notes) == len(missing)
    assert all(note.startswith("尚无数据") and word in note for note, word in zip(notes, missing, strict=True))


def test_charts_have_words_and_a_table():
    """Each chart has title and description in both languages, is named by them, and a table follows it."""
    page = files_of(OCTOBER, with_estimates("2026-12", ESTIMATES))["statistics.html"].decode()
    charts = [part.split("</svg>") for part in page.split('<svg class="bars" viewBox="')[1:] if 'role="img"' in part]
    assert len(charts) == 6
    for inside, *after in charts:
        named = re.search(r'aria-labelledby="(\S+) (\S+)"', inside)
        title, words = (re.search(f'<{tag} id="([^"]+)">([^<]+)</{tag}>', inside) for tag in ("title", "desc"))
        assert named.groups() == (title[1], words[1])
        assert not title[2].isascii() and "as in the table" in words[2]
        assert "<table>" in "".join(after).split("<h2")[0]
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_bars_show_their_parts():
    """Of 27 results 19 in time, 1 late and 7 not due fill the bar; the share leaves out what is not due yet."""
    page = files_of(OCTOBER)["statistics.html"].decode()
    bars = page.split('aria-labelledby="months-chart-t')[1].split("</svg>")[0]
    assert '<rect class="published" x="0.0" y="20" width="239.3"' in bars
    assert '<rect class="published_late" x="239.3" y="20" width="12.6"' in bars
    assert '<rect class="pending" x="251.9" y="20" width="88.1"' in bars
    assert 'class="overdue"' not in bars and "95.0 %" in bars
    doors = page.split('aria-labelledby="doors-chart-t')[1].split("</svg>")[0]
    assert '<rect class="saved" x="272.0" y="20" width="68.0"' in doors and "8 / 10 (−2, 20.0 %)" in doors


@pytest.mark.parametrize(
    ("of", "share"),
    [({"overdue": 3}, "0.0"), ({"published": 1, "overdue": 3}, "25.0"), ({"published": 2}, "100.0"), ({}, "")],
)
def test_in_time_is_a_share_of_what_was_due(of, share):
    """Late and overdue results count against it; where nothing was due yet there is no share."""
    assert in_time(of) == share


def test_the_same_figures_stand_beside_the_page():
    """A row a month as CSV, everything as JSON; names are escaped in the page."""
    live = published("2026-10", results=[{**RESULT, "category": "<script>alert(1)</script>"}])
    files = files_of(live, EXTRA)
    assert b"<script>alert" not in files["statistics.html"] and b"&lt;script&gt;alert" in files["statistics.html"]
    assert list(csv.reader(io.StringIO(files["statistics.csv"].decode())))[1:] == [
        ["2026-10", "1", "1", "", "", "", "0", "0", "0", "0"],
        ["2026-12", "1", "0", "2", "5", "3", "19", "1", "7", "20"],
    ]
    told = json.loads(files["statistics.json"])
    assert (told["rehearsal"], told["removed"]) == ("no", 4)
    assert told["agencies"] == [
        {"agency": "市场监管", "published": 19, "published_late": 1, "pending": 7, "overdue": 20}
    ]
