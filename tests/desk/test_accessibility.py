"""Every page that every role reaches, on a phone: axe-core finds nothing, and nothing is wider than the screen."""

from __future__ import annotations

import pytest
from browser import Browser, chromium
from desk_crawl import gets, walk
from desk_people import PEOPLE, Desk, log_in
from phones import WIDTH, fits, violations
from real_rounds import ROUND

from supervision.desk import reports_made
from supervision.desk.security import limiter

MOST = 2  # addresses of a route that are looked at for each role


@pytest.fixture(scope="module")
def desk(entered, tmp_path_factory):
    """A desk with something on its pages: results that wait, a report, jobs that are done."""
    play, offices = entered[0].copy(tmp_path_factory.mktemp("access") / "desk"), entered[1]
    made = Desk(play, office=offices[0], per_minute=10**6)
    with made.app.extensions["desk"].city("wang-01") as city:
        reports_made.make(city, ROUND)
    auditor = made.person("zhou-06")
    for check in ("verify", "logs"):
        auditor.work(f"/audit/{check}")
    return made


def pages_of(desk, name) -> list[str]:
    """Return the addresses that somebody reaches and that are pages: at most so many of a route, each once."""
    ids = {"round_id": [ROUND], "period": [ROUND], "number": [1], "name": ["desk"]}
    person = desk.person(name)
    seen = walk(person, ["/", *(address for _, address in gets(desk, ids))])
    adapter, found = desk.app.url_map.bind(""), {}
    for address, answer in sorted(seen.items()):
        whole = answer.data.startswith(b"<!DOCTYPE html>")  # and no part of a page
        if whole and answer.status_code in (200, 404, 422):
            path = address.partition("?")[0]
            kept = found.setdefault((adapter.match(path)[0], answer.status_code), [])
            kept += [address] if len(kept) < MOST else []
    return [address for kept in found.values() for address in kept]


def test_all_pages_of_all_roles(desk):
    """The pages are those that the crawl reaches, so that a new one is looked at without being named here."""
    limiter.reset()
    looked, wrong = set(), []
    with desk.served() as base, Browser(chromium()) as browser:
        for number, name in enumerate(PEOPLE):
            browser.call("Network.clearBrowserCookies")
            browser.open(f"{base}/login", width=WIDTH)
            wrong += [("/login", one) for one in violations(browser)] if not number else []
            log_in(browser, base, name, width=WIDTH)
            for address in pages_of(desk, name):
                lang = "en" if number % 2 else "zh"
                browser.open(f"{base}{address}{'&' if '?' in address else '?'}lang={lang}", width=WIDTH)
                wrong += [(name, address, one) for one in violations(browser)]
                wrong += [] if fits(browser) else [(name, address, "wider than the screen")]
                looked.add(address)
    assert wrong == [], "\n".join(map(str, wrong))
    assert len(looked) > 10
