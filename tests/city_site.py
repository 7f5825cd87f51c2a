"""The pages over all rounds, a report's extract and a posted notice, made up for tests that look at every page."""

from __future__ import annotations

from pathlib import Path

import report_example
from citizens import PUBLISHER
from published_rounds import RESULT, published

from supervision.month.city_pages import notices_page
from supervision.notice.item_list import COLUMNS, item_list_files
from supervision.notice.open_data import tables_of
from supervision.notice.posted import Posted, posted_page
from supervision.notice.report_content import public_extract
from supervision.notice.site.data_page import data_page
from supervision.notice.site.enterprise import Site
from supervision.notice.site.report_page import report_page
from supervision.notice.site.statistics import statistics_files
from supervision.notice.statistics import Summing

CLOCK = {"agency": "市场监管", "inspected": 30, "published": 19, "published_late": 1, "pending": 7, "overdue": 3}
SOURCE = {"name": "双色球红球", "issue": "2026137", "shape": "1–33 取 6", "at": "2026-11-26T21:15:00+08:00"}
POSTED = Posted(
    city="某市",
    agency="market-01",
    round="2026-12",
    rehearsal=False,
    second=False,
    digest="2d71164201627ca9c8530fb102258717b726b044fbac32f5903cc4db921a4881",
    hash_name="sha256",
    committed_at="2026-11-24T09:00:00+08:00",
    sequence=7,
    sources=[{**SOURCE, "organiser": "中国福利彩票发行管理中心 https://www.cwl.gov.cn"}] * 4,
)
PAGES = (
    "statistics.html",
    "items.html",
    "notices.html",
    "data.html",
    "report/2026-12/index.html",
    "2026-12/notice.html",
)


def city_files(folder: Path) -> dict[str, bytes]:
    """Return the files of these pages; a task's notice is listed where `folder` has it."""
    summing = Summing(rehearsal=False)
    counts = {"visits": 8, "office_visits": 10}
    summing.add(tables_of([published(results=[RESULT], counts=counts, clock=[CLOCK])]))
    row = dict.fromkeys(COLUMNS, "很长的文字" * 12) | {"from_date": "2026-01-01", "until_date": ""}
    parts = [report_example.part(f"第{n}部门", 90 - n, 60, joint=report_example.share(20, 80)) for n in range(4)]
    report = public_extract(report_example.content(departments=parts, districts=parts), report_example.RULE)
    task = {"round": "2026-12", "rehearsal": "no", "task_id": "T1", "number": "某〔2026〕1号", "name": "抽查" * 20}
    task |= {"lead": "市场监管", "partners": "", "start": "2026-12-01", "end": "2026-12-31"}
    (folder / "2026-12").mkdir(parents=True, exist_ok=True)
    (folder / "2026-12" / "task-T1.html").write_text("<p>", encoding="utf-8")
    return {
        **statistics_files("某市", summing.statistics(), publisher=PUBLISHER),
        **item_list_files("某市", [row], publisher=PUBLISHER),
        "data.html": data_page("某市", {"2026": dict.fromkeys(tables_of([]), 1_234_567)}, publisher=PUBLISHER),
        "notices.html": notices_page(Site(city="某市", publisher=PUBLISHER), folder, [task], {}),
        "report/2026-12/index.html": report_page(report, public=True, publisher=PUBLISHER),
        "2026-12/notice.html": posted_page(POSTED),
    }
