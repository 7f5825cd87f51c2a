"""The pages over all rounds in a real browser: they fit a phone, ask for nothing, and their charts can be read."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from browser import Browser, chromium
from published_rounds import RESULT, published

from supervision.notice.item_list import COLUMNS, item_list_files
from supervision.notice.open_data import tables_of
from supervision.notice.site.data_page import data_page
from supervision.notice.site.statistics import statistics_files
from supervision.notice.statistics import Summing

LONG = "通过登记的住所（经营场所）无法联系"
CLOCK = {"agency": "市场监管", "inspected": 27, "published": 19, "published_late": 1, "pending": 7, "overdue": 3}
RATE = {"kind": "全部任务", "name": "全市", "inspected": 60, "found": 9, "share": "12.0", "low": "6.0", "high": "19.0"}
PAGES = ("statistics", "data", "items")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for all tests of this file."""
    with Browser(chromium()) as one:
        yield one


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The pages of a city with a year of results."""
    place = tmp_path_factory.mktemp("public")
    summing = Summing(rehearsal=False)
    for month in range(1, 13):
        rows = [{**RESULT, "category": category} for category in (LONG, "未发现问题", "发现问题待后续处理")]
        counts = {"visits": 9_000, "office_visits": 12_345 + month}
        one = published(f"2026-{month:02}", results=rows, counts=counts, clock=[CLOCK])
        groups = [RATE, {**RATE, "kind": "抽查事项", "name": "一个名称特别长的抽查事项" * 3}]
        made = type(one)(**{**vars(one), "files": {**one.files, "estimates": {"estimates": groups}}})
        summing.add(tables_of([made]))
    files = statistics_files("苏州市", summing.statistics())
    files["data.html"] = data_page("苏州市", {"2026": dict.fromkeys(tables_of([]), 1_234_567)})
    row = dict.fromkeys(COLUMNS, "很长的文字" * 12) | {"from_date": "2026-01-01", "until_date": ""}
    for name, source in {**files, **item_list_files("苏州市", [row])}.items():
        (place / name).write_bytes(source)
    return place


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("page", PAGES)
def test_pages_fit_and_ask_for_nothing(browser, folder, page, width):
    """No page is wider than a phone or a desk, and nothing but the page itself is asked for."""
    address = (folder / f"{page}.html").as_uri()
    browser.open(address, width=width)
    assert browser.value("document.documentElement.scrollWidth") <= width
    assert browser.requests() == [address]


def test_words_of_charts_can_be_read_on_a_phone(browser, folder):
    """At 360 pixels every word of a chart is at least 10 pixels high, inside its chart, and not over its value."""
    browser.open((folder / "statistics.html").as_uri(), width=360)
    boxes = browser.value(
        "[...document.querySelectorAll('svg[role=img] text')].map(t => {"
        "const b = t.getBoundingClientRect(), s = t.ownerSVGElement.getBoundingClientRect();"
        "return [b.height, b.left - s.left, s.right - b.right, t.classList.contains('told'), b.right, b.left]})"
    )
    assert len(boxes) > 60
    assert [box for box in boxes if box[0] < 10 or box[1] < -1 or box[2] < -1] == []
    over = [(label, told) for label, told in pairwise(boxes) if told[3] and label[4] > told[5]]
    assert over == []


def test_a_chart_is_named_for_who_does_not_see_it(browser, folder):
    """The accessibility tree has an image for each chart, with its title as name and its words as description."""
    browser.open((folder / "statistics.html").as_uri(), width=1200)
    tree = browser.call("Accessibility.getFullAXTree")["nodes"]
    images = [node for node in tree if node.get("role", {}).get("value") in ("image", "img")]
    names = [node["name"]["value"] for node in images]
    assert len(names) == 6
    assert all("as in the table" in name and not name.isascii() for name in names)


def test_the_page_prints_whole(browser, folder):
    """On paper the page is a PDF of a few sheets of A4."""
    browser.open((folder / "statistics.html").as_uri(), width=1200)
    printed = b64decode(browser.call("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)["data"])
    assert printed[:5] == b"%PDF-"
    assert 2 <= printed.count(b"/Type /Page\n") <= 8
