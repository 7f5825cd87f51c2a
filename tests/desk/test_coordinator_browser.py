"""The coordinator's and drawer's pages in a real browser: dropped files, a countdown, one screen, phones, axe-core."""

import io
import time

import pytest
from browser import Browser, chromium
from desk_people import log_in, send
from phones import fits, violations
from real_rounds import FIRST

from supervision.desk import jobs
from supervision.month import round_files as files

PAGES = (
    "/registers",
    "/registers/rejects/1",
    "/mappings",
    "/rules",
    "/rounds/new",
    "/rounds/2026-12/preview",
    "/rounds/2026-12/commit",
    "/rounds/2026-12/ceremony",
    "/rounds/2026-12/ceremony?draw=0",
    "/rounds/2026-12/ceremony/lists?draw=0",
    "/rounds/2026-12/ceremony/lists?draw=1",
)
DROP = """(() => {
  const moved = new DataTransfer();
  moved.items.add(new File(["office_id,department,region,name\\nmarket-1,market,nowhere,甲\\n"], "机构.csv"));
  document.querySelector(".drop").dispatchEvent(new DragEvent("drop", {dataTransfer: moved, cancelable: true}));
  return document.querySelector("#files").files.length;
})()"""


@pytest.fixture
def browser():
    """Start a browser and end it."""
    with Browser(chromium()) as found:
        yield found


def test_dropped_files_are_imported(at, browser):
    """A file that is dropped onto the page goes in as one that was chosen; what is rejected is a click away."""
    desk = at("committed")
    with desk.served() as base:
        log_in(browser, base, "wang-01")
        browser.open(f"{base}/registers?kind=offices")
        assert browser.value(DROP) == 1
        send(browser, "form.form")
        assert browser.value("location.pathname") == "/jobs/1"
        assert jobs.find(desk.file, 1).report["facts"]["files"][0]["file"] == "机构.csv"
        browser.events.clear()
        browser.value("document.querySelector('a.button').click()")
        while not any(event.get("method") == "Page.loadEventFired" for event in browser.events):
            browser.events.append(browser._next())
        assert browser.value("document.querySelector('td.bad').innerText").startswith("nowhere\n")


@pytest.mark.parametrize(("lang", "width"), [("zh", 1200), ("en", 390)])
def test_the_pages_are_clean_for_everybody(at, browser, lang, width):
    """axe-core finds nothing and nothing is wider than the screen, on a desk and on a phone, in both languages."""
    desk = at("matched")
    person = desk.person("wang-01")
    bad = (b"office_id,department,region,name\nmarket-1,market,nowhere,x\n", "offices.csv")
    person.work("/registers", kind="offices", as_of="2026-11-20", files=[as_file(*bad)])
    person.work("/rounds/2026-12/preview")
    with desk.served() as base:
        log_in(browser, base, "wang-01", width=width)
        for path in PAGES:
            browser.open(f"{base}{path}{'&' if '?' in path else '?'}lang={lang}", width=width)
            assert fits(browser), path
            assert violations(browser) == [], path


def as_file(content, name):
    """Return a file for the test client."""
    return io.BytesIO(content), name


def test_the_ceremony_counts_down_on_one_screen(at, browser):
    """At 1920 by 1080 the main facts need no scrolling and are large; the desk's clock counts, not the browser's."""
    desk = at("committed")
    with desk.served() as base:
        log_in(browser, base, "wu-07")
        browser.open(f"{base}/rounds/2026-12/ceremony", width=1920, height=1080)
        assert browser.value("document.querySelector('#ceremony').getBoundingClientRect().bottom") <= 1080
        assert browser.value("parseFloat(getComputedStyle(document.querySelector('.hash')).fontSize)") >= 60
        assert browser.value("parseFloat(getComputedStyle(document.querySelector('.count')).fontSize)") >= 44
        first = browser.value("document.querySelector('.count').innerText")
        time.sleep(1.6)
        second = browser.value("document.querySelector('.count').innerText")
        assert first != second
        until = desk.play.round("wu-07").read(files.COMMITMENT).sources[0].time
        days = (until - desk.play.time).days
        assert second.startswith(f"{days} 天 ")


def test_two_persons_draw_and_the_screen_shows_it(at, browser):
    """The screen that stands there all the time comes to show the seed by itself, on one screen."""
    desk = at("committed")
    desk.play.set("2026-11-25T22:00")
    values = {f"value-{name}": " ".join(texts) for name, texts in FIRST.items()}
    with desk.served() as base:
        log_in(browser, base, "li-02")
        browser.open(f"{base}/rounds/2026-12/ceremony/values?draw=0")
        send(browser, "form.values", **values)
        assert browser.value("location.pathname") == "/jobs/1"
        browser.open(f"{base}/rounds/2026-12/ceremony", width=1920, height=1080)
        assert "li-02" in browser.value("document.querySelector('.now').innerText")
        desk.person("zhao-03").work("/rounds/2026-12/ceremony/values?draw=0", **values)
        for _ in range(60):
            if browser.value("!!document.querySelector('.seed')"):
                break
            time.sleep(0.5)
        seed = desk.play.round("li-02").read(files.REVEAL).seed.hex()
        assert browser.value("document.querySelector('.seed').innerText").replace(" ", "").replace("\n", "") == seed
        assert browser.value("document.querySelector('#ceremony').getBoundingClientRect().bottom") <= 1080
