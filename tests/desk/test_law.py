"""Rules in force at the desk: every one with value, unit, basis and dates; what is missing; nobody changes them."""

import html
import re
from datetime import timedelta

import pytest


def rows(page):
    """Return the paths of the rules that the table shows."""
    return re.findall(r'<span class="data">([a-z_]+/[a-z_/]+)</span>', page.partition("<tbody>")[2])


def test_every_rule_in_force_is_shown(at):
    """With its value, unit, basis, first day and review; those of the city are marked."""
    desk = at("committed")
    law = desk.play.city("x").rules.on(desk.play.time.date())
    page = html.unescape(desk.person("wu-07").get("/rules").text)
    assert rows(page) == [entry.path for entry in law.entries()]
    for entry in law.entries():
        part = next(one for one in page.split("<tr>") if f">{entry.path}</span>" in one and "<td" in one)
        for text in (entry.basis, str(entry.since), str(entry.review_by), law.rules[entry.path].unit):
            assert text in part
        assert ("<b>本市</b>" in part) == (entry.origin == "city")
        assert ("<b>未经核实</b>" in part) == (not entry.verified)
        if isinstance(entry.value, str | int):
            assert f"<span>{entry.value}<span" in part


@pytest.mark.parametrize(
    ("show", "kept"),
    [
        ("unverified", lambda entry, on: not entry.verified),
        ("overdue", lambda entry, on: entry.review_by < on),
        ("city", lambda entry, on: entry.origin == "city"),
    ],
)
def test_some_are_picked_out(at, show, kept):
    """On another day, and only those that somebody has to look at."""
    desk = at("committed")
    law = desk.play.city("x").rules.on(desk.play.time.date().replace(year=2028))
    picked = [entry.path for entry in law.entries() if kept(entry, law.on)]
    page = desk.person("zhou-06").get(f"/rules?on={law.on}&show={show}").text
    assert rows(page) == picked
    assert picked
    assert f"有效规则 · {law.on}" in page
    entries = law.entries()
    overdue = sum(entry.review_by < law.on for entry in entries)
    counts = [len(entries), sum(not entry.verified for entry in entries), overdue, len(law.missing())]
    assert [int(number) for number in re.findall(r"<dd[^>]*>(\d+)</dd>", page)] == counts


def test_a_rule_is_not_overdue_on_the_day_of_its_review(at):
    """The day after it is."""
    desk = at("committed")
    law = desk.play.city("x").rules.on(desk.play.time.date())
    last = max(entry.review_by for entry in law.entries())
    named = {entry.path for entry in law.entries() if entry.review_by == last}
    person = desk.person("wang-01")
    on_day = rows(person.get(f"/rules?on={last}&show=overdue").text)
    after = rows(person.get(f"/rules?on={last + timedelta(days=1)}&show=overdue").text)
    assert not named & set(on_day)
    assert named <= set(after)


def test_what_the_law_lacks_is_named(at):
    """On a day before any rule everything is missing, and nothing is in force."""
    desk = at("committed")
    rules = desk.play.city("x").rules
    missing = rules.on(desk.play.time.date().replace(year=1990)).missing()
    page = desk.person("wang-01").get("/rules?on=1990-11-23").text
    lacking = page.partition('id="missing"')[2].partition("</section>")[0]
    assert re.findall(r'<span class="data">([a-z_]+/[a-z_/]+)</span>', lacking) == missing
    assert missing
    today = rules.on(desk.play.time.date())
    assert ('id="missing"' in desk.person("wang-01").get("/rules").text) == bool(today.missing())


def test_it_is_for_those_who_see_rounds_and_only_to_be_read(at):
    """A reviewer has no such page; nothing can be sent to it; no day is refused."""
    desk = at("committed")
    assert desk.person("qian-05").get("/rules").status_code == 404
    person = desk.person("wang-01")
    assert person.post("/rules").status_code == 405
    answer = person.get("/rules?on=soon")
    assert answer.status_code == 422
    assert "soon" in answer.text
