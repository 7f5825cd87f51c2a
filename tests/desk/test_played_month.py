"""A real month played by seven persons in a real browser, from the first file to the checked publication."""

from __future__ import annotations

import json
import re
import secrets

import pytest
from browser import Browser, chromium
from desk_people import PASSWORD, PEOPLE, Desk, log_in, send
from real_rounds import ACCEPTS, COMMITTED, DRAWN, FIRST, MATCHED, ROSTERED, SECOND, Play, ask_for_review, key_of_round

from supervision.desk.accounts import Accounts
from supervision.month.city_rules import lay_rules
from supervision.month.importing import ORDER
from supervision.sampling.protocol.verifier import verify
from supervision.store.store import Store

ROUND = "/rounds/2026-12"
AFTER = "2026-12-20T10:00"


@pytest.fixture
def empty(town, tmp_path, monkeypatch):
    """A desk on a store in which there is nothing but the city's rules."""
    monkeypatch.setattr(secrets, "token_bytes", key_of_round)
    play = Play(tmp_path / "work", town, COMMITTED)
    play.work.mkdir()
    Store.create(play.store)
    lay_rules(town, play.store)
    ask_for_review(play.store.parent / "rules")
    return Desk(play)


class Seat:
    """One browser, at which people sit one after the other."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser, self.base = browser, base

    def sits(self, name: str, path: str) -> None:
        """Let somebody log in, after whoever sat there, and open a page."""
        self.browser.call("Network.clearBrowserCookies")
        log_in(self.browser, self.base, name)
        self.open(path)

    def open(self, path: str) -> None:
        """Open a page."""
        self.browser.open(self.base + path)
        self.browser.value("window.confirm = () => true")

    def send(self, form: str, **values: str) -> str:
        """Fill a form and send it; return what the next page says."""
        send(self.browser, form, **values)
        self.browser.value("window.confirm = () => true")
        return self.text

    @property
    def text(self) -> str:
        """What stands on the page."""
        return self.browser.value("document.querySelector('main').innerText")


def enter(seat: Seat, names: tuple[str, str], values: dict[str, list[str]]) -> str:
    """Let two persons enter the values of a draw, the second without what the first typed."""
    for name in names:
        seat.sits(name, f"{ROUND}/ceremony/values")
        blank = "[...document.querySelectorAll('input[name^=value-]')].every((one) => one.value === '')"
        assert seat.browser.value(blank)
        fields = {f"value-{source.removesuffix('-2')}": " ".join(texts) for source, texts in values.items()}
        said = seat.send("form.values", **fields)
        assert "未完成" not in said, said
    return said


def publish(seat: Seat) -> None:
    """Let the coordinator look at what becomes public, and publish that."""
    seat.sits("wang-01", f"{ROUND}/publication")
    seat.send("form[action$='/publication']")
    seat.open(f"{ROUND}/publication")
    said = seat.send("form[action*='/publication/']")
    assert "完成" in said, said


def test_a_month_in_a_browser(empty, town):
    """Registers, commitment, two ceremonies, calendar, results, review, publication, audit, reports: all verifies."""
    desk, play = empty, empty.play
    with desk.served() as base, Browser(chromium()) as browser:
        seat = Seat(browser, base)

        seat.sits("wang-01", "/registers")
        for kind in [name for name in ORDER if (town / f"{name}.csv").is_file()]:
            seat.open("/registers")
            if not browser.value(f"[...document.querySelector('#kind').options].some((one) => one.value === '{kind}')"):
                continue
            browser.choose("#files", town / f"{kind}.csv")
            said = seat.send("form[enctype]", kind=kind)
            assert "完成" in said, f"{kind}: {said}"
        seat.open("/rounds/new")
        assert "完成" in seat.send("form.form", round="2026-12")
        seat.open(f"{ROUND}/preview")
        assert browser.value("document.querySelectorAll('svg').length") > 0
        seat.open(f"{ROUND}/commit")
        assert "完成" in seat.send("form.wide", accept_unverified=ACCEPTS)

        play.set(DRAWN)
        enter(seat, ("li-02", "zhao-03"), FIRST)
        play.set(ROSTERED)
        seat.sits("wang-01", ROUND)
        assert "完成" in seat.send("form[action$='/plan']")
        seat.open(f"{ROUND}/commit")
        assert "完成" in seat.send("form[action$='/roster']")
        play.set(MATCHED)
        enter(seat, ("li-02", "zhao-03"), SECOND)
        publish(seat)

        play.set(AFTER)
        office = play.offices()[0]
        Accounts(desk.file).add("sun-04", password=PASSWORD, roles=PEOPLE["sun-04"], office=office)
        seat.sits("sun-04", "/office")
        visits = browser.value(
            "[...document.querySelectorAll('main a[href*=\"/visits/\"]')].map((one) => one.pathname)"
        )
        for path in dict.fromkeys(one for one in visits if re.search("/visits/[^/]+$", one)):
            seat.open(f"{path}/results")
            browser.value(FILLED)
            browser.events.clear()
            browser.value("document.querySelector('form.entry button[value=send]').click()")
            while not any(event.get("method") == "Page.loadEventFired" for event in browser.events):
                browser.events.append(browser._next())
            assert "不能录入" not in seat.text, seat.text
        results = play.city("x").register("results", on=play.time.date())
        assert len(results) > 0

        seat.sits("qian-05", "/review")
        assert browser.value("document.querySelectorAll('input[name=row]').length") == len(results), seat.text
        browser.value("for (const one of document.querySelectorAll('input[name=row]')) one.checked = true")
        browser.events.clear()
        browser.value("document.querySelector('button[value=accepted]').click()")
        while not any(event.get("method") == "Page.loadEventFired" for event in browser.events):
            browser.events.append(browser._next())
        assert "完成" in seat.text, seat.text
        publish(seat)

        seat.sits("zhou-06", "/audit")
        seat.send("form[action$='/verify']")
        assert "相符" in seat.text or "一致" in seat.text, seat.text
        seat.sits("wu-07", "/reports")
        assert "2026-12" in seat.text

    assert verify(play.out).code == 6
    shown = play.public("results.json")["results"]
    assert len(shown) == len(results)
    who = {entry["step"]: entry["who"] for entry in play.log()}
    assert (who["commit"], who["draw"]) == ("wang-01", "zhao-03")
    assert {entry["who"] for entry in desk.acts("login")} >= set(PEOPLE)
    assert json.dumps(desk.acts()).count(PASSWORD) == 0


FILLED = """
(() => {
  const form = document.querySelector("form.entry");
  for (const field of form.querySelectorAll("select[name^='result@']")) field.value = "1";
  form.elements["inspected_on@"].value = "2026-12-09";
  form.elements["reviewer@"].value = "钱审核";
})()
"""
