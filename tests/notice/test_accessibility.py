"""Pages for everybody (无障碍): axe-core finds nothing, all fits a phone, the keyboard alone gets everywhere."""

from __future__ import annotations

import json
import time
from pathlib import Path

import citizens
import city_site
import pandas as pd
import pytest
from browser import Browser, chromium

from supervision.notice.annual_page import annual_files
from supervision.notice.public_content import DETAIL_COLUMNS
from supervision.notice.site.pages import write_pages

AXE = Path(__file__).parents[1] / "axe" / "axe.min.js"
CODE = "91320505MA1EXAMP07"
ROUND_PAGES = ("index", "plan", "commitment", "draw", "results", "oversight", "verify")
APPROVED = {"by": "市政府", "on": "2026-01-20", "number": "1号", "filed_with": "", "filed_on": ""}
ANNUAL = dict.fromkeys(("name", "kind", "lead", "partners", "items", "population", "regime", "ratio", "months"), "甲")


@pytest.fixture(scope="module")
def browser():
    """A browser for all tests of this file."""
    with Browser(chromium()) as one:
        yield one


@pytest.fixture
def site(sample, tmp_path):
    """A whole site: home, an enterprise, a round with results, a year's plan."""
    rows = [citizens.result(CODE, "苏州甲有限公司"), citizens.result("U2", "长" * 200, category="发现问题待后续处理")]
    folder = citizens.write_city(tmp_path / "public", citizens.published(results=rows))
    beside = sample.RESULTS[["visit_id", "item_id"]].assign(
        **dict(
            zip(DETAIL_COLUMNS, ("open-02", "虎丘分局", "虎丘区", "责令改正", "2026-12-31", "2026-12-07"), strict=True)
        )
    )
    offices = [("market-01", "市监分局", "stepped_in", 1, 20, "5.0", "0.8", "23.7")]
    counts = pd.DataFrame(offices, columns=["office", "name", "kind", "number", "of", "percent", "low", "high"])
    files = write_pages(sample.make_content(details=beside, oversight=counts))
    files = {f"2026-12/{path}": body for path, body in files.items()}
    told = {"on": "2026-03-31", "last": "2026-03-31", "publisher": citizens.PUBLISHER}
    annual = annual_files("某市", 2026, [ANNUAL], APPROVED, **told)
    files |= city_site.city_files(folder)
    for path, body in {**files, **{f"annual/2026/{path}": body for path, body in annual.items()}}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)
    return folder


PAGES = (
    *("index.html", f"enterprise.html#{CODE}", "enterprise.html", "annual/2026/index.html"),
    *city_site.PAGES,
    *(f"2026-12/{name}.html" for name in ROUND_PAGES),
)


def opened(browser, folder, page, width):
    """Open a page and wait for what its scripts show."""
    path, _, code = page.partition("#")
    browser.open("about:blank")
    browser.open((folder / path).as_uri() + (f"#{code}" if code else ""), width=width)
    citizens.settle(browser)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("width", [360, 1200])
def test_axe_finds_nothing(browser, site, page, width):
    """No violation of WCAG 2.2 A or AA, and none of good practice, on a phone and on a desk, in either language."""
    opened(browser, site, page, width)
    browser.value(f"{AXE.read_text(encoding='utf-8')}\nundefined")
    switch = "document.querySelectorAll('[data-choose]').length"
    for lang in ("zh", "en") if browser.value(switch) else ("zh",):
        browser.value(f"document.querySelector('[data-choose={lang}]')?.click()")
        found = browser.value("axe.run().then((found) => JSON.stringify(found.violations))")
        told = [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in json.loads(found)]
        assert told == []


def test_axe_would_find_something(browser, site):
    """A picture without words, pale text and a field without a name are found: the tool does look."""
    opened(browser, site, "index.html", 1200)
    wrong = '<img src="x"><p style="color:#ccc">pale</p><input>'
    browser.value(f"document.querySelector('main').insertAdjacentHTML('beforeend', {json.dumps(wrong)})")
    browser.value(f"{AXE.read_text(encoding='utf-8')}\nundefined")
    found = browser.value("axe.run().then((found) => found.violations.map((one) => one.id))")
    assert {"image-alt", "color-contrast", "label"} <= set(found)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_fits_a_phone(browser, site, page):
    """Nothing is wider than 360 points, in either language; what one taps is at least 24 points high."""
    opened(browser, site, page, 360)
    for lang in ("zh", "en"):
        browser.value(f"document.querySelector('[data-choose={lang}]')?.click()")
        assert browser.value("document.documentElement.scrollWidth") <= 360
    low = "[...document.querySelectorAll('button, select, input, nav a')].filter((one) => one.offsetHeight)"
    assert browser.value(f"{low}.filter((one) => one.type !== 'file' && one.offsetHeight < 24).length") == 0


def press(browser, key, code, text=""):
    """Press a key."""
    for kind in ("keyDown", "keyUp"):
        values = {"text": text} if text and kind == "keyDown" else {}
        browser.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **values)


def walk(browser, steps):
    """Press Tab and return what has the focus after each, with whether that can be seen."""
    found = []
    one = "document.activeElement"
    for _ in range(steps):
        press(browser, "Tab", 9)
        name = (
            f"{one}.id || {one}.getAttribute('href') || {one}.name || {one}.dataset.choose || {one}.textContent.trim()"
        )
        found.append((browser.value(name), browser.value(f"getComputedStyle({one}).outlineStyle !== 'none'")))
    return found


def test_the_keyboard_finds_an_enterprise(browser, site):
    """Skip link, language, search; the name typed and Enter pressed, Tab goes on to the hit, Enter opens it."""
    opened(browser, site, "index.html", 1200)
    assert walk(browser, 4) == [("#main", True), ("zh", True), ("en", True), ("search-text", True)]
    browser.call("Input.insertText", text="苏州甲")
    press(browser, "Enter", 13, "\r")
    citizens.settle(browser)
    assert [name for name, seen in walk(browser, 2) if seen] == ["查询Search", f"enterprise.html#{CODE}"]
    press(browser, "Enter", 13, "\r")
    for _ in range(600):  # the page changes under the question, so that it is asked again until the new one answers
        title = browser.value("document.querySelector('#unit h1')?.textContent")
        if title:
            break
        time.sleep(0.05)
    assert title == "苏州甲有限公司"


def test_the_keyboard_filters_results(browser, site):
    """Through menu and breadcrumbs to the three choices; an arrow key sets one, and the rows follow."""
    opened(browser, site, "2026-12/results.html", 1200)
    order = [name for name, seen in walk(browser, 14) if seen]
    assert (order[0], order[-4:]) == ("#main", ["../index.html", "index.html", "category", "agency"])
    press(browser, "ArrowDown", 40)
    citizens.settle(browser, "document.querySelector('#filtered tbody tr')")
    assert browser.value("document.querySelectorAll('#filtered tbody tr').length") == 1


def test_print_leaves_out_what_cannot_be_pressed(browser, site):
    """On paper there is no search, menu, switch or filter; the results are."""
    for page in ("index.html", "2026-12/results.html"):
        opened(browser, site, page, 1200)
        browser.call("Emulation.setEmulatedMedia", media="print")
        shown = "[...document.querySelectorAll('form, .menu, .switch')].filter((one) => one.offsetHeight).length"
        assert browser.value(shown) == 0
        assert browser.value("document.querySelectorAll('main tbody tr').length") > 0
        browser.call("Emulation.setEmulatedMedia", media="")
