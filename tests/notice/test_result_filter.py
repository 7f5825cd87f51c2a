"""The filter of results (结果筛选): by category, department and district, in a real browser, from files."""

from __future__ import annotations

import json

import citizens
import pandas as pd
import pytest
from browser import Browser, chromium

from supervision.notice.public_content import DETAIL_COLUMNS
from supervision.notice.site import result_rows
from supervision.notice.site.pages import write_pages

COUNT = 230
REGIONS = ("虎丘区", "吴中区")


@pytest.fixture(scope="module")
def browser():
    """A browser for all tests of this file."""
    with Browser(chromium()) as one:
        yield one


def rows(sample):
    """Return results and what stands beside them: every fifth pending, every third of the fire service."""
    numbers = range(COUNT)
    results = pd.DataFrame(
        {
            "visit_id": [f"U{n}~1" for n in numbers],
            "unit_id": ["U2" if n % 2 else "91320505MA1EXAMP07" for n in numbers],
            "agency": ["market" if n % 3 else "fire" for n in numbers],
            "item_id": ["food" if n % 3 else "fire-door" for n in numbers],
            "inspected_on": pd.to_datetime(["2026-12-04"] * COUNT),
            "category": ["none_found" if n % 5 else "pending" for n in numbers],
            "inspectors": ["MARKINSPECTOR"] * COUNT,
        }
    )
    beside = [("open-02", f"{n}号机构", REGIONS[n % 2], "责令改正", "2026-12-31", "2026-12-07") for n in numbers]
    details = pd.DataFrame(beside, columns=list(DETAIL_COLUMNS)).assign(
        visit_id=results["visit_id"], item_id=results["item_id"], score="MARKSCORE"
    )
    return sample.make_content(results=results, details=details)


@pytest.fixture
def page(browser, sample, tmp_path, monkeypatch):
    """The browser at the page of results, fifty of them to a file."""
    monkeypatch.setattr(result_rows, "SHARD", 50)
    for path, body in write_pages(rows(sample)).items():
        (tmp_path / "2026-12" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "2026-12" / path).write_bytes(body)
    browser.open("about:blank")
    browser.open((tmp_path / "2026-12" / "results.html").as_uri())
    return browser


def choose(browser, **choices):
    """Set the filter and return the rows that are shown and the count that is said."""
    for name, value in choices.items():
        browser.value(f"document.getElementById('filter').elements.{name}.value = {json.dumps(value)}")
    browser.value("document.getElementById('filter').requestSubmit()")
    citizens.settle(browser)
    shown = browser.value("[...document.querySelectorAll('#filtered tbody tr')].map((row) => row.innerText)")
    return shown, browser.value("document.querySelector('#filtered [role=status] .zh')?.textContent")


WANTED = [
    {"category": "发现问题待后续处理"},
    {"agency": "消防救援支队"},
    {"region": "吴中区"},
    {"category": "未发现问题", "agency": "消防救援支队", "region": "虎丘区"},
]


@pytest.mark.parametrize("wanted", WANTED, ids=lambda wanted: "-".join(wanted))
def test_rows_that_match_are_shown_and_counted(page, sample, wanted):
    """The count is that of the data beside the page; the first hundred rows stand there, the next on demand."""
    table = rows(sample).results
    for name, value in wanted.items():
        table = table[table[name] == value]
    shown, said = choose(page, **wanted)
    assert said == f"符合条件的检查结果共 {len(table)} 项"
    assert len(shown) == min(100, len(table))
    while page.value("!document.querySelector('.more').hidden"):
        page.value("document.querySelector('.more').click()")
        citizens.settle(page)
    offices = "[...document.querySelectorAll('#filtered tbody tr')].map((row) => row.children[2].innerText)"
    assert sorted(text.split("\n")[-1] for text in page.value(offices)) == sorted(table["office"])
    assert page.value("document.getElementById('all').hidden")


def test_a_row_has_all_that_is_published(page):
    """Name as text and code, district, office, task with its number, follow-up, due and published day."""
    shown, _ = choose(page, region="虎丘区")
    for said in (
        "苏州<b>甲</b>有限公司",
        "91320505MA1EXAMP07",
        "虎丘区",
        "号机构",
        "任务 open-02 苏市监抽查〔2026〕1号",
    ):
        assert said in shown[0]
    for said in ("责令改正", "应于 2026-12-31 前公示", "2026-12-07", "2026-12-04"):
        assert said in shown[0]
    link = page.value("document.querySelector('#filtered tbody a').href")
    assert link.endswith("/enterprise.html#91320505MA1EXAMP07")


def test_no_choice_shows_the_whole_table_again(page):
    """With every filter at 全部 the page is as it was opened."""
    choose(page, region="吴中区")
    choose(page, region="")
    assert page.value("document.getElementById('filtered').hidden && !document.getElementById('all').hidden")


def test_choices_tell_how_many_they_have(page):
    """Each choice has its count beside it, the most frequent first."""
    options = "[...document.querySelectorAll('#filter select')].map((one) => [...one.options].map((o) => o.text))"
    assert page.value(options) == [
        ["全部", "未发现问题（184）", "发现问题待后续处理（46）"],
        ["全部", "市场监管局（153）", "消防救援支队（77）"],
        ["全部", "吴中区（115）", "虎丘区（115）"],
    ]


def test_choices_are_english_after_the_switch(page, browser):
    """A choice holds no elements: the switch changes its text, and the page's title."""
    browser.value("document.querySelector('[data-choose=en]').click()")
    shown = browser.value("[...document.querySelector('#filter select').options].map((one) => one.text)")
    title = browser.value("document.title")
    browser.value("document.querySelector('[data-choose=zh]').click()")
    assert shown[:2] == ["All", "no problem found (184)"]
    assert title.startswith("Results · randomly drawn inspections")
    assert browser.value("document.title").startswith("检查结果 · ")


def test_names_of_codes_are_english_after_the_switch(page, browser):
    """Category and district are said in English, names of units as they are."""
    choose(page, region="虎丘区")
    browser.value("document.querySelector('[data-choose=en]').click()")
    text = str(browser.value("document.querySelector('#filtered').innerText"))
    browser.value("document.querySelector('[data-choose=zh]').click()")
    assert "no problem found" in text and "未发现问题" not in text
    assert "115 results match" in text and "苏州<b>甲</b>有限公司" in text


def test_only_the_files_that_match_are_read(page):
    """Of five files the filter reads those that hold the district, and asks for nothing outside the folder."""
    choose(page, region="吴中区", agency="消防救援支队")
    asked = [address.rpartition("/")[2] for address in page.requests() if "/rows/" in address]
    assert sorted(asked) == ["2.js", "3.js", "index.js"]
    assert all(address.startswith("file:") for address in page.requests())


def test_the_files_hold_named_columns_only(sample):
    """What stands in a frame beside the named columns is in no file."""
    files = write_pages(rows(sample))
    assert not [path for path, body in files.items() if b"MARK" in body]
    assert len([path for path in files if path.startswith("rows/")]) == 2


def test_the_table_shows_the_same_without_scripts(sample):
    """The static page has task, number, office, district, follow-up and days of publication, too."""
    page = write_pages(rows(sample))["results.html"].decode()
    table = page.partition('<div id="all">')[2]
    for said in (
        "任务 open-02</span>",
        "苏市监抽查〔2026〕1号",
        "7号机构",
        "吴中区",
        "责令改正",
        "2026-12-31",
        "2026-12-07",
    ):
        assert said in table
