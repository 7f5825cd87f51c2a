"""The notice of a year's plan says what, who, when and by whom it was approved, and no ratio of a class."""

from __future__ import annotations

import json

import pandas as pd
from builders import LISTS
from small_years import item, plan

from supervision.notice.annual_page import annual_files, annual_rows
from supervision.notice.site.home import Oversight, home_files
from supervision.notice.site.round_news import Told
from supervision.results.oversight import COUNT_COLUMNS

APPROVED = {"by": "市政府", "on": "2026-01-20", "number": "1号", "filed_with": "", "filed_on": "", "tasks": ["P1.1"]}
ROWS = annual_rows(
    [
        [plan("P1", ratio="A=1%;D=60%"), plan("P2", "fire", ratio="A=1%;D=60%")],
        [plan("P3", "health", kind="special", ratio="n=5", population="tags=餐饮")],
    ],
    {"P1": ["fire", "market"], "P3": ["health"]},
    {"P1": (4, 5), "P3": (3,)},
    {name: item(name) for name in ("market-1", "fire-1", "health-1")},
    LISTS,
)


def test_rows_are_in_the_order_of_months() -> None:
    """Each task with its partners, items, kind and months; classes' ratios only in words."""
    assert [(r["name"], r["lead"], r["partners"], r["items"], r["kind"], r["ratio"], r["months"]) for r in ROWS] == [
        ("P3", "卫生健康", "", "health-1", "专项", "5 户", "3月"),
        ("P1", "市场监管", "消防救援", "fire-1、market-1", "日常", "按分类监管要求差异化抽取", "4-5月"),
    ]


def test_files_tell_the_same_and_whether_it_is_late() -> None:
    """Page, table and data; a late plan says so, one on the day does not."""
    late = annual_files("某市", 2026, ROWS, APPROVED, on="2026-04-01", last="2026-03-31")
    assert "本计划应于 2026-03-31 前公布，迟于期限" in late["index.html"].decode()
    files = annual_files("某市", 2026, ROWS, APPROVED, on="2026-03-31", last="2026-03-31")
    page = files["index.html"].decode()
    assert "迟于期限" not in page
    assert "市政府于 2026-01-20 批准（1号）" in page
    assert "备案" not in page
    assert files["plan.csv"].decode().splitlines()[1].startswith("P3,专项,卫生健康,")
    told = json.loads(files["plan.json"])
    assert (told["due"], told["published_on"], len(told["tasks"])) == ("2026-03-31", "2026-03-31", 2)
    assert "tasks" not in told["approved"]
    assert all(b"60%" not in body for body in files.values())


def test_home_page_links_the_years() -> None:
    """The newest year first; without a plan nothing is said."""
    counts = pd.DataFrame(columns=[*COUNT_COLUMNS, "name", "percent", "low", "high"])
    none = Oversight(rounds=0, offices=counts, totals=counts, abandoned=counts)
    page = home_files("某市", [], none, ["2026", "2027"], found=Told())["index.html"].decode()
    assert page.index('href="annual/2027/index.html"') < page.index('href="annual/2026/index.html"')
    assert "年度抽查计划" not in home_files("某市", [], none, found=Told())["index.html"].decode()
