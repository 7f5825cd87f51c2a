"""A few published rounds, and the city's own pages made from them, for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from browser import Browser

from supervision.notice.publisher import Hotline, Publisher, Right
from supervision.notice.site.enterprise import Site, enterprise_files
from supervision.notice.site.home import Oversight, RoundLine, home_files
from supervision.notice.site.round_news import Draw, Told
from supervision.notice.site.search_index import PublishedRound
from supervision.results.oversight import COUNT_COLUMNS

SETTLED = """new Promise((done, failed) => {
  const until = performance.now() + 60000;
  const look = () => {
    if (%s) done(true);
    else if (performance.now() > until) failed(new Error("still busy"));
    else setTimeout(look, 5);
  };
  look();
})"""


def settle(browser: Browser, condition: str = "true") -> None:
    """Wait until nothing on the page is being filled, and a condition holds (等待页面填好), however long."""
    browser.value(SETTLED % f"!document.querySelector('[aria-busy=true]') && ({condition})")


PUBLISHER = Publisher(
    zh="某市市场监督管理局",
    en="Market Regulation of Somewhere",
    phone="010-00000000",
    address="某市某路1号",
    hotlines=(Hotline(number="12345", zh="政务服务便民热线", en="government service line"),),
)
RIGHT = Right(key="x", zh="亮证", en="Certificates", words_zh="应当出示证件。", words_en="They show it.", basis="某法")
TASK = {
    "task_id": "T1",
    "number": "苏市监抽查〔2026〕1号",
    "name": "餐饮抽查<i>",
    "cause": "年度计划",
    "regime": "随机抽查",
    "access": "检查后公开名单",
    "items": "食品检查、消防检查",
    "lead": "市场监管",
    "partners": "消防救援",
    "start": "2026-12-01",
    "end": "2026-12-31",
    "population": "标签为餐饮",
    "ratio": "3%",
    "units": 40,
    "sample": 4,
}
ITEM = {"item_id": "food", "name": "食品检查", "department": "市场监管", "kind": "一般检查事项", "basis": "食品安全法"}
ITEM |= {"method": "实地检查", "content": "证照、索票", "ratio": "3%"}


def result(unit_id: str, name: str, **changes: str) -> dict[str, str]:
    """Return a published result."""
    row = {"unit_id": unit_id, "name": name, "agency": "市场监管", "item": "食品检查", "inspected_on": "2026-12-03"}
    row |= {"category": "未发现问题", "corrected_on": "", "correction": "", "tasks": "T1", "office": "虎丘分局"}
    row |= {"region": "虎丘区", "follow_up": "无需后续处置", "due": "2026-12-31", "published_on": "2026-12-04"}
    return {**row, **changes}


def published(round_id: str = "2026-12", **changes: object) -> PublishedRound:
    """Return what a round's folder says."""
    values: dict[str, object] = {"tasks": [TASK], "items": [ITEM], "lists": [], "results": [], "corrections": []}
    values |= {"rehearsal": False, "stage": "results", **changes}
    return PublishedRound(round=round_id, **values)  # type: ignore[arg-type]


def told(rounds: Sequence[PublishedRound], draws: Sequence[Draw] = (), clock: Sequence[Mapping[str, Any]] = ()) -> Told:
    """Return what some rounds tell, each with these draws and this clock."""
    found = Told()
    for one in rounds:
        found.add(one, draws, clock)
    return found


def write_city(folder: Path, *rounds: PublishedRound, draws: tuple[Draw, ...] = ()) -> Path:
    """Write home page, page of an enterprise and index of some rounds."""
    none = pd.DataFrame(columns=[*COUNT_COLUMNS, "name", "percent", "low", "high"])
    counts = Oversight(rounds=0, offices=none, totals=none, abandoned=none)
    lines = [
        RoundLine(
            round=one.round,
            archive="",
            rehearsal=one.rehearsal,
            stage=one.stage,
            committed_at="2026-11-25T09:00:00+08:00",
            tasks=1,
            units=40,
            sample=4,
        )
        for one in rounds
    ]
    clock = [{"agency": "市场监管", "inspected": 5, "published": 2, "published_late": 0, "pending": 2, "overdue": 1}]
    found = told(rounds, draws, clock)
    files = home_files("某市", lines, counts, found=found, publisher=PUBLISHER)
    site = Site(city="某市", publisher=PUBLISHER, rights=(RIGHT,), objection_days=20)
    for path, body in {**files, **enterprise_files(site, found.index)}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)
    return folder
