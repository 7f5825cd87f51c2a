"""Two people at one visit: neither loses what they typed, and each is told of the other."""

import re

import pytest
from desk_offices import ROUND, Clerk, faults

from supervision.desk import drafts


@pytest.fixture
def clerk(at):
    """Return a clerk late in the month."""
    return Clerk(at("matched"))


def place(clerk):
    """Return where the visit's draft is kept."""
    return f"result/{ROUND}/{clerk.office}/{clerk.visit}"


def test_a_draft_is_kept_as_one_types_and_comes_back(clerk):
    """The page sends it by itself; whoever of the office opens the visit goes on with it."""
    form = clerk.filled() | {f"note@{clerk.items[0]}": "二楼"}
    answer = clerk.person.post(clerk.path("draft"), **form)
    assert (answer.status_code, "草稿已存" in answer.text, 'value="1" hx-swap-oob' in answer.text) == (200, True, True)
    page = clerk.colleague().person.get(clerk.path()).text
    assert 'value="二楼"' in page
    assert "sun-08" in page
    assert f'value="{clerk.day}"' in page


def test_the_second_of_two_is_told_and_loses_nothing(clerk):
    """409 with who and when; own fields as typed, the other's beside them; the first's draft stands until then."""
    other, item = clerk.colleague(), clerk.items[0]
    mine, theirs = clerk.filled(), other.filled()
    theirs[f"note@{item}"], mine[f"note@{item}"] = "甲写的", "乙写的"
    assert other.person.post(other.path("draft"), **theirs).status_code == 200
    answer = clerk.person.post(clerk.path("draft"), **mine)
    assert (answer.status_code, "sun-09" in answer.text) == (409, True)
    code, page = clerk.send(mine, "keep")
    assert code == 409
    assert 'value="乙写的"' in page
    assert "另一人填的：甲写的" in page
    assert drafts.read(clerk.desk.file, place(clerk)).content["items"][item]["note"] == "甲写的"
    mine["version"] = re.search(r'name="version" value="([0-9]+)"', page)[1]
    assert clerk.send(mine, "keep")[0] == 200
    assert drafts.read(clerk.desk.file, place(clerk)).content["items"][item]["note"] == "乙写的"


def test_what_another_sent_is_not_sent_over(clerk):
    """Whoever still has the draft open is told that it was sent; what they say otherwise is a correction."""
    other, item = clerk.colleague(), clerk.items[0]
    clerk.person.post(clerk.path("draft"), **clerk.filled())
    mine, theirs = clerk.filled(), other.filled()
    mine |= {f"result@{item}": "E", f"item_result@{item}": "failed"}
    assert other.send(theirs)[0] == 302
    code, page = clerk.send(mine)
    assert code == 409
    assert "已由他人提交" in page
    assert re.search(rf'<select id="result@{item}".*?value="E" selected', page)
    assert set(clerk.stored()["result"]) == {"1"}
    mine["version"] = re.search(r'name="version" value="([0-9]+)"', page)[1]
    code, page = clerk.send(mine)
    assert code == 302
    assert {column for _, column, _ in faults(page)} >= {"result"}
    assert set(clerk.stored()["result"]) == {"1"}


def test_a_version_that_nobody_saw_is_refused(clerk):
    """Nothing is kept under a version that is no number of a draft."""
    form = clerk.filled()
    for version in ("", "-1", "x", "9" * 30, "\u0663", "1"):
        answer = clerk.person.post(clerk.path("draft"), **(form | {"version": version}))
        assert answer.status_code == 409, version
    assert drafts.read(clerk.desk.file, place(clerk)).version == 0
