"""Corrections on the public page (更正公示): day, old and new value, reason; what left by rule is only counted."""

import csv
import io
import json

import pandas as pd
import pytest

from supervision.errors import SupervisionError
from supervision.notice.site.pages import write_pages

CHANGES = pd.DataFrame(
    {
        "visit_id": ["MARKVISIT~1", "MARKVISIT~1", "MARKVISIT~9"],
        "unit_id": ["U2", "U2", "U3"],
        "agency": ["market", "market", "market"],
        "item_id": ["food", "food", "food"],
        "corrected_on": pd.to_datetime(["2026-12-10", "2026-12-11", "2026-12-11"]),
        "field": ["category", "inspected_on", "category"],
        "old": ["pending", "2026-12-05", "none_found"],
        "new": ["none_found", "2026-12-04", ""],
        "reason": ["录入时选错", "=日期<b>", "关门"],
        "correction_reviewer": ["MARKREVIEWER"] * 3,
    }
)


@pytest.fixture
def corrected(sample):
    """The content of the round with corrections, and three results that left by rule."""
    return sample.make_content(corrections=CHANGES, removed={"expired": 2, "repaired": 1})


def test_a_corrected_result_has_its_mark(corrected):
    """The row has the day of its last correction and every old and new value in words; others have none."""
    assert corrected.results[["unit_id", "corrected_on", "correction"]].values.tolist() == [
        ["91320505MA1EXAMP07", "", ""],
        [
            "U2",
            "2026-12-11",
            "2026-12-10 更正：检查结果由“发现问题待后续处理”更正为“未发现问题”；"
            "2026-12-11 更正：检查日期由“2026-12-05”更正为“2026-12-04”",
        ],
    ]


def test_corrections_are_a_table(corrected):
    """Each change has its day, words for what changed, and the reason; a result that vanished says so."""
    assert corrected.corrections[["name", "corrected_on", "field", "old", "new", "reason"]].values.tolist() == [
        ["=HYPERLINK(1)", "2026-12-10", "检查结果", "发现问题待后续处理", "未发现问题", "录入时选错"],
        ["=HYPERLINK(1)", "2026-12-11", "检查日期", "2026-12-05", "2026-12-04", "=日期<b>"],
        ["丙店", "2026-12-11", "检查结果", "未发现问题", "不列入公示结果", "关门"],
    ]


def test_page_and_data_show_them(corrected):
    """Page, CSV and JSON have the same corrections; the page escapes, the CSV marks, the JSON is exact."""
    files = write_pages(corrected)
    page = files["results.html"].decode()
    assert page.count('<b><span class="zh">更正</span>') == 1
    assert '<del><span class="own" lang="zh-CN">发现问题待后续处理</span></del>' in page
    assert "=日期&lt;b&gt;" in page
    data = json.loads(files["results.json"])
    assert [row["reason"] for row in data["corrections"]] == ["录入时选错", "=日期<b>", "关门"]
    assert data["removed"] == {"expired": 2, "repaired": 1}
    rows = list(csv.DictReader(io.StringIO(files["corrections.csv"].decode())))
    assert [row["reason"] for row in rows] == ["录入时选错", "'=日期<b>", "关门"]
    assert [row["new"] for row in rows] == ["未发现问题", "2026-12-04", "不列入公示结果"]
    assert not any(b"MARK" in source for source in files.values())


def test_what_left_by_rule_is_counted(corrected, content):
    """The page says how many left and why; without any it says nothing."""
    page = write_pages(corrected)["results.html"].decode()
    assert "3 项（公示期满 2 项，信用修复 1 项）" in page
    assert "停止公示" not in write_pages(content)["results.html"].decode()


def test_a_page_of_nothing_but_corrections(sample):
    """When the only result was corrected away, the page still tells so and counts no result."""
    content = sample.make_content(results=None, corrections=CHANGES[2:])
    page = write_pages(content)["results.html"].decode()
    assert "本轮尚无可公示的检查结果" in page
    assert "不列入公示结果" in page


def test_missing_columns_are_named(sample):
    """Corrections that lack a column are refused with its name."""
    with pytest.raises(SupervisionError) as caught:
        sample.make_content(corrections=CHANGES.drop(columns="reason"))
    assert caught.value.text("en").startswith("corrections lacks the columns reason.")
