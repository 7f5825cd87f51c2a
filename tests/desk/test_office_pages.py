"""An office's pages in a real browser, on a phone: they fit, axe-core finds nothing, drafts keep themselves."""

import pytest
from browser import Browser, chromium
from desk_offices import ROUND, Clerk
from desk_people import log_in
from phones import WIDTH, fits, violations

from supervision.desk import drafts
from supervision.month.warning_handling import open_warning


@pytest.fixture
def clerk(at):
    """Return a clerk late in the month."""
    return Clerk(at("matched"))


def wait(browser):
    """Wait for the page that comes."""
    while not any(event.get("method") == "Page.loadEventFired" for event in browser.events):
        browser.events.append(browser._next())


def press(browser, act):
    """Press a button of the form, and wait for the page that comes."""
    browser.events.clear()
    browser.value(f"document.querySelector('button[value={act}]').click()")
    wait(browser)


def set_field(browser, name, value):
    """Fill a field as somebody would."""
    browser.value(
        f"(() => {{ const at = document.querySelector('form.entry').elements[{name!r}]; at.value = {value!r};"
        "at.dispatchEvent(new Event('change', {bubbles: true})); })()"
    )


def test_a_visit_is_entered_on_a_phone(clerk):
    """What is typed is kept without a button; a fault stands at its field; then it is sent; every page fits."""
    unit = clerk.visit.partition("~")[0]
    given = {"text": "核实", "evidence": "工单 118", "working_days": 5}
    open_warning(clerk.desk.play.city("wang-01"), unit, office=clerk.office, **given)
    place, base = f"result/{ROUND}/{clerk.office}/{clerk.visit}", f"/office/{clerk.office}/{ROUND}"
    with clerk.desk.served() as address, Browser(chromium()) as browser:
        log_in(browser, address, clerk.name, width=WIDTH)
        browser.open(f"{address}{clerk.path()}", width=WIDTH)
        assert (fits(browser), violations(browser)) == (True, [])
        set_field(browser, "inspected_on@", clerk.day)
        for item in clerk.items:
            set_field(browser, f"result@{item}", "1")
        for _ in range(50):
            kept = drafts.read(clerk.desk.file, place).content or {"items": {}}
            if len(kept["items"]) == len(clerk.items) and all("result" in one for one in kept["items"].values()):
                break
            browser.value("new Promise((done) => setTimeout(done, 200))")
        assert kept["visit"]["inspected_on"] == clerk.day
        assert {item: one["result"] for item, one in kept["items"].items()} == dict.fromkeys(clerk.items, "1")
        press(browser, "send")
        assert browser.value("document.querySelector('[name=\"reviewer@\"]').getAttribute('aria-invalid')") == "true"
        assert (fits(browser), violations(browser)) == (True, [])
        set_field(browser, "reviewer@", "钱审核")
        press(browser, "send")
        assert browser.value("document.querySelectorAll('.alarm').length") == 0
        assert len(clerk.stored()) == len(clerk.items)
        small = "[...document.querySelectorAll('.entry input:not([type=hidden]), .entry select, .entry button')]"
        shown = f"{small}.map((one) => (one.closest('label') || one).getBoundingClientRect().height).filter((h) => h)"
        assert min(browser.value(shown)) >= 44
        pages = ["visits", "calendar", "map", "due", "warnings", "ledger", f"ledger/{unit}", f"visits/{clerk.visit}"]
        for width in (WIDTH, 1200):
            for page in (*pages, f"visits/{clerk.visit}/results"):
                for lang in ("zh", "en"):
                    browser.open(f"{address}{base}/{page}?lang={lang}", width=width)
                    assert (page, fits(browser), violations(browser)) == (page, True, [])
