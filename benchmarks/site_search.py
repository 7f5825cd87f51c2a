"""How large the index of a full city is, how long it takes to make, and how long a search and a filter take.

Twelve months of 8,000 visits with 20,000 results each, made-up names; the pages are opened from files in Chromium.

    python benchmarks/site_search.py [--months 12] [--visits 8000] [--items 2.5]
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import citizens
from browser import Browser, chromium

from supervision.notice.site.citizen_scripts import joined
from supervision.notice.site.result_rows import filter_files
from supervision.notice.site.search_index import PublishedRound

PLACES = ("虎丘", "吴中", "相城", "姑苏", "吴江", "园区", "常熟", "张家港", "昆山", "太仓")
TRADES = ("餐饮管理", "食品销售", "精密机械", "电子科技", "建筑工程", "医疗器械", "物流", "化工", "软件", "宾馆")
KINDS = ("有限公司", "有限责任公司", "股份有限公司", "店", "经营部")
MARKS = "安宁和平兴隆福顺达瑞祥泰丰盛华茂德仁义信诚明清源江河湖海山林木水金玉文武春秋东南西北天地云星月日光"
DEPARTMENTS = ("市场监管", "消防救援", "生态环境", "应急管理", "卫生健康", "商务")
CATEGORIES = ("未发现问题",) * 8 + ("发现问题待后续处理", "发现问题已责令改正")
SEARCHES = ("{name}", "{middle}", "{code}", "电子科技", "苏州有限公司", "没有这一家")
TIMED = "(async () => {{ const from = performance.now(); await {call}; return performance.now() - from }})()"


def month(number: int, visits: int, items: float, dice: random.Random) -> PublishedRound:
    """Return a month's results (一个月的结果)."""
    round_id = f"{2026 + number // 12}-{number % 12 + 1:02}"
    results = []
    for _ in range(visits):
        place, code = dice.choice(PLACES), f"91320505MA{dice.randrange(10**8):08}"
        name = "".join((f"苏州{place}", *dice.choices(MARKS, k=3), dice.choice(TRADES), dice.choice(KINDS)))
        for _ in range(int(items) + (dice.random() < items % 1)):
            row = {"agency": dice.choice(DEPARTMENTS), "category": dice.choice(CATEGORIES), "region": f"{place}区"}
            day = f"{round_id}-{dice.randrange(1, 29):02}"
            results.append(citizens.result(code, name, inspected_on=day, published_on=day, **row))
    return citizens.published(round_id, results=results)


def written(folder: Path, files: dict[str, bytes]) -> str:
    """Write files and say how many and how large they are (写出并报数)."""
    for path, body in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)
    sizes = sorted(len(body) for body in files.values())
    largest = max(sizes) / 2**10
    return f"{len(files):,} files, {sum(sizes) / 2**20:.1f} MB, the largest {largest:.0f} kB"


def opened(browser: Browser, folder: Path, *scripts: str) -> None:
    """Open an empty page of the folder with scripts (打开空页)."""
    page = folder / "empty.html"
    page.write_text(f"<!DOCTYPE html><meta charset=utf-8><script>{joined(*scripts)}</script>", encoding="utf-8")
    browser.open("about:blank")
    browser.open(page.as_uri())


def main() -> None:
    """Make, search, filter, and print the figures (计时)."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--months", type=int, default=12)
    asked.add_argument("--visits", type=int, default=8000)
    asked.add_argument("--items", type=float, default=2.5)
    given = asked.parse_args()
    dice = random.Random(7)
    rounds = [month(number, given.visits, given.items, dice) for number in range(given.months)]
    with tempfile.TemporaryDirectory() as temporary, Browser(chromium()) as browser:
        folder = Path(temporary)
        start = time.perf_counter()
        files = citizens.told(rounds).index.files()
        made = time.perf_counter() - start
        rows = sum(len(one.results) for one in rounds)
        print(f"index of {rows:,} results of {given.months} months: {made:.1f} s; {written(folder, files)}")
        unit = rounds[-1].results[len(rounds[-1].results) // 2]
        values = {"name": unit["name"], "middle": unit["name"][4:9], "code": unit["unit_id"]}
        for search in SEARCHES:
            text = search.format(**values)
            opened(browser, folder, "shards", "search")
            took = browser.value(TIMED.format(call=f"search({json.dumps(text)}).then((x) => (window.found = x))"))
            found = browser.value("found.said || found.units.length")
            asked_for = [address for address in browser.requests() if "/search/" in address]
            print(f"  search {text}: {took:.0f} ms, {len(asked_for)} files read, found {found}")
        results = pd.DataFrame(rounds[-1].results)
        start = time.perf_counter()
        files = filter_files(results, pd.DataFrame([citizens.TASK]), {})
        made = time.perf_counter() - start
        print(f"filter of {len(results):,} results of a month: {made:.1f} s; {written(folder, files)}")
        for wanted in ({"region": "太仓区"}, {"agency": "消防救援"}, {"category": "发现问题已责令改正"}):
            took = filtered(browser, folder, results, wanted)
            print(f"  filter {wanted}: {took:.0f} ms to the first hundred rows")


def filtered(browser: Browser, folder: Path, results: pd.DataFrame, wanted: dict[str, str]) -> float:
    """Set the filter of a page of results (筛选一次) and return the milliseconds until rows stand there."""
    selects = "".join(f"<select name={name}><option></option></select>" for name in ("category", "agency", "region"))
    table = "<table><tbody></tbody></table><p role=status></p><button class=more></button>"
    body = f"<form id=filter>{selects}</form><div id=all></div><div id=filtered>{table}</div>"
    page = folder / "empty.html"
    scripts = f"<script>{joined('shards', 'words', 'results')}</script>"
    page.write_text(f"<!DOCTYPE html><meta charset=utf-8>{body}{scripts}", encoding="utf-8")
    browser.open("about:blank")
    browser.open(page.as_uri())
    [(name, value)] = wanted.items()
    option = f"document.getElementById('filter').elements.{name}.innerHTML = '<option>{value}</option>'"
    there = "document.querySelectorAll('tbody tr').length"
    code = f"""new Promise((done) => {{
      {option};
      const from = performance.now();
      const look = () => ({there} ? done(performance.now() - from) : setTimeout(look, 1));
      document.getElementById('filter').dispatchEvent(new Event('change'));
      look();
    }})"""
    took = float(browser.value(code))
    assert browser.value(there) == min(100, int((results[name] == value).sum()))
    return took


if __name__ == "__main__":
    main()
