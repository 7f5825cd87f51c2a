"""Counts for oversight on the public pages (监督计数): an office a line, intervals beside them, nothing else."""

from __future__ import annotations

import csv
import io
import json

import pandas as pd
import pytest

from supervision.errors import SupervisionError
from supervision.notice.public_content import OVERSIGHT_COLUMNS
from supervision.notice.site.home import Oversight, RoundLine, home_files
from supervision.notice.site.pages import write_pages
from supervision.notice.site.round_news import Told

ROWS = [
    ("market-01", "市监分局", "stepped_in", 1, 20, "5.0", "0.8", "23.7"),
    ("market-01", "市监分局", "few_candidates", 22, 38, "57.9", "42.1", "72.2"),
    ("fire-01", "消防大队", "few_candidates", 0, 0, "", "", ""),
]
COUNTS = pd.DataFrame(ROWS, columns=list(OVERSIGHT_COLUMNS))
LINE = RoundLine(
    round="2026-12",
    archive="",
    rehearsal=False,
    stage="results",
    committed_at="2026-11-23",
    tasks=3,
    units=90,
    sample=9,
)


def test_an_office_is_a_line_with_its_intervals(sample):
    """The page has a count, its share and its bounds; a kind that an office has no cases of is a dash."""
    page = write_pages(sample.make_content(oversight=COUNTS))["oversight.html"].decode()
    market, fire = (
        page.split(f'lang="zh-CN">{name}</span></th>')[1].split("</tr>")[0] for name in ("市监分局", "消防大队")
    )
    assert "1 / 20" in market and "5.0 % (0.8–23.7)" in market
    assert "22 / 38" in market and market.count(">–<") == 4
    assert "0 / 0" in fire and "%" not in fire


def test_the_same_counts_stand_as_csv_and_json(sample):
    """Both files have the rows of the page and say which interval it is."""
    files = write_pages(sample.make_content(oversight=COUNTS))
    told = json.loads(files["oversight.json"])
    assert told["interval"] == "Wilson 95 %"
    assert [tuple(row[name] for name in OVERSIGHT_COLUMNS) for row in told["counts"]] == ROWS
    rows = csv.DictReader(io.StringIO(files["oversight.csv"].decode("utf-8-sig")))
    assert [row["number"] for row in rows] == ["1", "22", "0"]


def test_no_other_column_and_no_other_kind_gets_out(sample):
    """A unit or class beside a count stays behind; counts of an unknown kind, say by class, are refused."""
    files = write_pages(sample.make_content(oversight=COUNTS.assign(unit_id="MARKUNIT", **{"class": "MARKCLASS"})))
    assert [path for path, source in files.items() if b"MARK" in source] == []
    with pytest.raises(SupervisionError) as refused:
        sample.make_content(oversight=COUNTS.replace("stepped_in", "class_d"))
    assert refused.value.code == "notice.kind_unknown"


def test_before_the_draw_there_is_nothing_to_count(sample):
    """A round that is committed has the page, which says that there are no counts yet."""
    page = write_pages(sample.make_content(oversight=None))["oversight.html"].decode()
    assert "没有计数" in page
    assert "<table" not in page


def test_the_home_page_adds_up_the_real_rounds():
    """Totals, offices and abandoned rounds stand on the home page and beside it; without a real round none of it."""
    totals = COUNTS[COUNTS["office"] == "market-01"].drop(columns=["office", "name"])
    abandoned = pd.DataFrame(
        [("suzhou", "abandoned", 1, 12, "8.3", "1.4", "35.4")],
        columns=["agency", "kind", "number", "of", "percent", "low", "high"],
    )
    given = Oversight(rounds=12, offices=COUNTS, totals=totals, abandoned=abandoned)
    files = home_files("苏州市", [LINE], given, found=Told())
    page = files["index.html"].decode()
    assert "放弃的轮次</span>" in page and "(suzhou)" in page and "1 / 12" in page and "8.3 % (1.4–35.4)" in page
    told = json.loads(files["oversight.json"])
    assert (told["rounds"], told["abandoned"][0]["number"], len(told["offices"])) == (12, 1, 3)
    none = Oversight(rounds=0, offices=COUNTS[:0], totals=totals[:0], abandoned=abandoned[:0])
    assert "监督计数" not in home_files("苏州市", [LINE], none, found=Told())["index.html"].decode()
