"""Changing the calendar at the desk: seen first, approved by a second person, just what was seen or nothing."""

import hashlib
import io
import re
import zipfile
from html import unescape

import pytest
from browser import Browser, chromium
from desk_people import PASSWORD, log_in, send
from phones import WIDTH, fits, violations
from replanned import AFTER, BEFORE, SMALL, substitute_for, urgent_file

from supervision.desk import jobs
from supervision.desk.accounts import Accounts
from supervision.month import publishing, replanning
from supervision.month.calendars import changes, standing
from supervision.month.change_effects import change_orders
from supervision.month.internal_files import notices_of_order

ROUND = "2026-12"
PATH = f"/rounds/{ROUND}/replan"
WANG, ZHENG = "wang-01", "zheng-08"


@pytest.fixture(autouse=True)
def small_budget(monkeypatch):
    """Replan with little search."""
    monkeypatch.setattr(replanning, "BUDGET", SMALL)


@pytest.fixture
def desk(at):
    """A desk on the morning after the second draw, with a second coordinator."""
    return with_second(at("matched"), AFTER)


def with_second(desk, time):
    """Set the clock, and add a second coordinator."""
    desk.play.set(time)
    Accounts(desk.file).add(ZHENG, password=PASSWORD, roles=["coordinator"])
    return desk


def places(desk):
    """The places that stand, in the order of time."""
    return standing(desk.play.round(WANG)).sort_values(["half_days", "visit_id", "place"])


def a_place(desk):
    """The first place of half a day for which the lot would find a substitute, and the substitute."""
    for row in places(desk).to_dict("records"):
        taker = substitute_for(desk.play, row)
        if taker is not None and len(row["half_days"].split()) == 1:
            return row, taker
    raise AssertionError("the town has no such place")


def look(person, **form):
    """Ask what a change would come to; return its number and page."""
    answer = person.post(PATH, **{"reason": "病假", **form})
    assert answer.status_code == 302, answer.text
    number = int(answer.headers["Location"].rpartition("/")[2])
    page = person.get(answer.headers["Location"])
    assert page.status_code == 200
    return number, page.text


def approve(person, number):
    """Say yes to what was seen; return the answer."""
    person.get(f"{PATH}/{number}")
    return person.post(f"{PATH}/{number}")


def ill(row, **more):
    """What the form of an illness says."""
    return {
        "kind": "absent",
        "subject": row["inspector_id"],
        "since": row["half_days"],
        "until": row["half_days"],
        **more,
    }


def test_what_was_seen_is_what_is_done(desk):
    """The preview names who goes and changes nothing; the second person's yes does just that, with notices to print."""
    row, taker = a_place(desk)
    first, second = desk.person(WANG), desk.person(ZHENG)
    before = places(desk).to_csv()
    number, page = look(first, **ill(row, reason="急性阑尾炎"))
    assert "没有任何改动" in page
    register = desk.play.city(WANG).register("inspectors", on=desk.play.time.date())
    names = dict(register[["inspector_id", "name"]].itertuples(index=False, name=None))
    assert re.search(rf"换人.*{names[row['inspector_id']]} → {names[taker]}", page, re.DOTALL)
    assert "须由另一位有权限的人" in page
    assert places(desk).to_csv() == before
    assert change_orders(desk.play.round(WANG)) == []
    seen = jobs.find(desk.file, number).report["facts"]["changes"]
    page = second.get(f"{PATH}/{number}").text
    assert "确认变更" in page
    desk.play.set("2026-11-30T09:20")  # minutes later it is the same change
    answer = approve(second, number)
    done = second.get(answer.headers["Location"]).text
    assert "此后有 1 张变更单" in second.get(f"/rounds/{ROUND}/board").text
    (order,) = change_orders(desk.play.round(WANG))
    assert (order.asked.by, order.asked.reviewed_by, order.asked.ground) == (WANG, ZHENG, "急性阑尾炎")
    facts = jobs.latest(desk.file, last=1)[0].report["facts"]
    told = [{name: row[name] for name in row if name != "at"} for row in facts["changes"]]
    assert told == [{name: row[name] for name in row if name != "at"} for row in seen]
    assert [one.inspector_id for one in changes(desk.play.round(WANG)) if one.kind == "substituted"] == [taker]
    notices = notices_of_order(desk.play.round(WANG), 1)
    assert {path.rpartition("/")[2].partition("-")[2] for path in notices} >= {
        f"{row['inspector_id']}.html",
        f"{taker}.html",
    }
    for path, content in notices.items():
        assert f"{PATH}/orders/1/{path}" in done
        answer = second.get(f"{PATH}/orders/1/{path}")
        assert answer.data == content
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "阑尾炎" not in answer.text
    packed = zipfile.ZipFile(io.BytesIO(second.get(f"{PATH}/orders/1.zip").data))
    assert {name: packed.read(name) for name in packed.namelist()} == notices
    assert {entry["who"] for entry in desk.acts("sealed.change")} == {WANG, ZHENG}
    assert {entry["who"] for entry in desk.acts("sealed.notices")} == {ZHENG}
    publishing.publish(desk.play.round(WANG), desk.play.out)
    desk.play.check()


def test_who_entered_it_cannot_approve_it(desk):
    """The protocol's own sentence, before any job begins; a form cannot say that somebody else entered it."""
    row, _ = a_place(desk)
    first = desk.person(WANG)
    number, _ = look(first, **ill(row))
    answer = approve(first, number)
    assert answer.status_code == 422
    assert WANG in answer.text
    assert [job.work for job in jobs.latest(desk.file, last=9)] == ["replan_look"]
    number, _ = look(first, **ill(row, by="li-02"))
    assert approve(first, number).status_code == 422
    assert approve(desk.person(ZHENG), number).status_code == 302
    assert change_orders(desk.play.round(WANG))[0].asked.by == WANG


def test_two_at_once_the_second_sees_the_new_preview(desk):
    """Two people decide on what they saw: the first change stands, the second one is looked at anew, and can follow."""
    row, _ = a_place(desk)
    unit = next(one for one in places(desk)["visit_id"] if one != row["visit_id"]).rpartition("~")[0]
    first, second = desk.person(WANG), desk.person(ZHENG)
    one, _ = look(first, **ill(row))
    two, _ = look(second, kind="closed", subject=unit, reason="已停业")
    assert approve(second, one).status_code == 302
    answer = approve(first, two)
    assert answer.status_code == 409
    assert "有了变动" in answer.text
    assert "会移动什么" in answer.text
    assert len(change_orders(desk.play.round(WANG))) == 1
    newest = jobs.latest(desk.file, last=1)[0]
    assert (newest.work, newest.params["subject"]) == ("replan_look", unit)
    assert approve(first, newest.id).status_code == 302
    assert [order.asked.kind for order in change_orders(desk.play.round(WANG))] == ["absent", "closed"]


def test_at_noon_another_half_day_has_begun(desk):
    """What was seen in the morning rests on its first half-day that may change; after noon it is looked at anew."""
    row, _ = a_place(desk)
    number, _ = look(desk.person(WANG), **ill(row))
    desk.play.set("2026-11-30T12:00")
    assert approve(desk.person(ZHENG), number).status_code == 409
    assert change_orders(desk.play.round(WANG)) == []


def test_said_twice_it_is_done_once(desk):
    """A second yes to the same preview changes nothing: its new preview says that the change is on record."""
    row, _ = a_place(desk)
    number, _ = look(desk.person(WANG), **ill(row))
    second = desk.person(ZHENG)
    assert approve(second, number).status_code == 302
    answer = approve(second, number)
    assert answer.status_code == 409
    assert "已登记为变更单 1" in answer.text
    assert "确认变更" not in answer.text
    assert len(change_orders(desk.play.round(WANG))) == 1
    assert approve(second, jobs.latest(desk.file, last=1)[0].id).status_code == 422


def test_a_change_between_the_check_and_the_work_is_refused_by_the_job(desk, monkeypatch):
    """The job itself compares what it would do with what was seen; nothing is entered where they differ."""
    from supervision.desk.pages import replan as pages

    row, _ = a_place(desk)
    first, second = desk.person(WANG), desk.person(ZHENG)
    one, _ = look(first, **ill(row))
    state = jobs.find(desk.file, one).report["facts"]["state"]
    two, _ = look(first, **ill(row, since=row["half_days"][:10], until=""))
    assert approve(second, two).status_code == 302
    monkeypatch.setattr(pages, "state_of", lambda round: state)
    page = second.get(approve(second, one).headers["Location"]).text
    assert "未登记" in page
    assert len(change_orders(desk.play.round(WANG))) == 1


def test_what_cannot_be_is_said_beside_the_form(desk):
    """A day that is past, nobody, a bad date: 422, nothing begins, and what was typed is still there."""
    row, _ = a_place(desk)
    person = desk.person(WANG)
    desk.play.set("2026-12-10T09:00")
    wrong = [
        ({"since": "2026-12-09", "until": ""}, "已过"),
        ({"since": "9.12."}, "不是日期"),
        ({"subject": ""}, "请填写或选择"),
        ({"kind": "office", "subject": "nobody", "since": "2026-12-11"}, "没有机构"),
        ({"kind": "other"}, "没有这种变更"),
        ({"since": "2026-12-14", "until": "", "reason": "x" * 501}, ""),
        ({"kind": "urgent"}, "CSV"),
    ]
    for form, said in wrong:
        answer = person.post(PATH, **{**ill(row, reason="体检"), **form})
        assert answer.status_code == 422, form
        assert said in answer.text
        if form.get("reason") is None:
            assert 'value="体检"' in answer.text
    assert jobs.latest(desk.file, last=9) == []


def test_while_another_job_runs_what_was_typed_stays(at):
    """The second question waits: 409, with the form as it was filled; the first one is shown as being worked on."""
    desk = at("matched", spawn=lambda store, out, number: Held())
    desk.play.set(AFTER)
    row, _ = a_place(desk)
    person = desk.person(WANG)
    number, page = look(person, **ill(row))
    assert f'hx-get="{PATH}/{number}"' in page
    assert approve(person, number).status_code == 422
    answer = person.post(PATH, **ill(row, reason="体检"))
    assert answer.status_code == 409
    assert 'value="体检"' in answer.text
    assert f'value="{row["inspector_id"]}"' in answer.text


class Held:
    """A process that works on."""

    pid = 2**22 + 1

    def poll(self):
        """It has not ended."""


def test_an_unknown_subject_is_said_by_the_preview(desk):
    """A unit that nobody visits, an inspector who is not there: the command's sentence, and a way back to the form."""
    person = desk.person(WANG)
    for form, said in (
        ({"kind": "closed", "subject": "91320500MA1NOBODY0"}, "不在轮次"),
        ({"kind": "absent", "subject": "nobody-01", "since": "2026-12-07"}, "没有检查人员 nobody-01"),
    ):
        number, page = look(person, **form)
        assert said in page
        assert "确认变更" not in page
        again = person.get(f"{PATH}?again={number}").text
        assert f'value="{form["subject"]}"' in again
        assert approve(person, number).status_code == 422
    assert change_orders(desk.play.round(WANG)) == []


def test_an_office_a_unit_and_an_urgent_file(desk, tmp_path):
    """Each kind is seen and done: a closed office, a blocked unit, an urgent visit from its file."""
    first, second = desk.person(WANG), desk.person(ZHENG)
    row = places(desk).to_dict("records")[-1]
    unit, office, day = row["visit_id"].rpartition("~")[0], row["office"], row["half_days"][:10]
    number, page = look(first, kind="blocked", subject=unit, since=day, reason="设备检修")
    assert unit in page
    assert approve(second, number).status_code == 302
    held = places(desk)
    assert not held.loc[held["visit_id"] == row["visit_id"], "half_days"].str.contains(day).any()
    number, page = look(first, kind="office", subject=office, since=day, reason="机构整体培训")
    assert approve(second, number).status_code == 302
    held = places(desk)
    assert not ((held["office"] == office) & held["half_days"].str.contains(day)).any()
    other = held[held["office"] != office].to_dict("records")[0]
    place = urgent_file(tmp_path / "u.csv", ["X1", other["office"], "2026-12-30T1", other["items"].split()[0], "2"])
    with place.open("rb") as file:
        number, page = look(first, kind="urgent", urgent=(io.BytesIO(file.read()), "急.csv"))
    assert "急.csv" in page
    assert approve(second, number).status_code == 302
    orders = change_orders(desk.play.round(WANG))
    assert [order.asked.kind for order in orders] == ["blocked", "office", "urgent"]
    assert len(orders[2].asked.urgent) == 2
    answer = first.post(PATH, kind="urgent", reason="x", urgent=(io.BytesIO(b"a,b\n1,2\n"), "坏.csv"))
    assert answer.status_code == 422
    assert "坏.csv" in answer.text
    assert "desk-" not in answer.text


def test_before_the_draw_the_draft_is_compared(at):
    """Nobody is drawn yet: the preview tells which visits of the draft move; the yes makes just that draft."""
    desk = with_second(at("drawn"), BEFORE)
    row = places(desk).to_dict("records")[0]
    unit, day = row["visit_id"].rpartition("~")[0], row["half_days"][:10]
    number, page = look(desk.person(WANG), kind="blocked", subject=unit, since=day, reason="设备检修")
    rows = jobs.find(desk.file, number).report["facts"]["changes"]
    (own,) = [one for one in rows if one["unit_id"] == unit and one["office"] == row["office"]]
    assert own["was"].startswith(day)
    assert "改期" in page
    answer = approve(desk.person(ZHENG), number)
    assert "变更单 1" in desk.person(ZHENG).get(answer.headers["Location"]).text
    held = places(desk)
    now = held[(held["visit_id"] == row["visit_id"]) & (held["office"] == row["office"])]["half_days"]
    assert sorted({half for text in now for half in text.split()}) == own["half_days"].split()


def test_a_paper_stands_in_the_order_by_its_digest(desk):
    """Of evidence only the SHA-256 is kept."""
    row, _ = a_place(desk)
    number, page = look(desk.person(WANG), **ill(row), evidence=(io.BytesIO(b"a sick note"), "note.pdf"))
    digest = hashlib.sha256(b"a sick note").hexdigest()
    assert digest in page
    assert approve(desk.person(ZHENG), number).status_code == 302
    assert change_orders(desk.play.round(WANG))[0].asked.evidence == digest


def test_only_who_plans_may_look_or_change(desk):
    """Drawer, clerk, reviewer, auditor and leader get 404 everywhere; jobs show them no visit either."""
    row, taker = a_place(desk)
    number, _ = look(desk.person(WANG), **ill(row))
    assert approve(desk.person(ZHENG), number).status_code == 302
    (path, *_) = notices_of_order(desk.play.round(WANG), 1)
    places_asked = ["", f"/{number}", f"/{number + 1}", "/orders/1.zip", f"/orders/1/{path}"]
    for name in ("li-02", "sun-04", "qian-05", "zhou-06", "wu-07"):
        person = desk.person(name)
        assert {person.get(PATH + one).status_code for one in places_asked} == {404}
        assert person.post(PATH, **ill(row, reason="x")).status_code == 404
        assert person.post(f"{PATH}/{number}").status_code == 404
        assert person.post(f"/jobs/{number}/again").status_code == 404
    for one in (number, number + 1):
        assert jobs.find(desk.file, one).state == jobs.DONE
        page = desk.person("li-02").get(f"/jobs/{one}").text
        assert taker not in page
        assert row["visit_id"] not in page
    assert len(change_orders(desk.play.round(WANG))) == 1


def test_other_numbers_and_paths_are_no_page(desk):
    """A job of another kind, an order or notice that is not there, a path that leaves the folder."""
    person = desk.person(WANG)
    person.post(f"/rounds/{ROUND}/preview")
    assert person.get(f"{PATH}/1").status_code == 404
    assert person.get("/rounds/2026-11/replan").status_code == 404
    row, _ = a_place(desk)
    number, _ = look(person, **ill(row))
    assert approve(desk.person(ZHENG), number).status_code == 302
    for path in ("1/../../x.html", "1/%2e%2e/x", "1/etc/passwd", "2/x.html", "0/x.html", "2.zip", "0.zip"):
        assert person.get(f"{PATH}/orders/{path}").status_code == 404


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_works_in_a_browser_and_on_a_phone(desk, lang):
    """From the board a person is chosen, the change is seen and approved; axe-core finds nothing on the way."""
    row, _ = a_place(desk)
    look(desk.person(WANG), **ill(row))
    day = f"/rounds/{ROUND}/board/{row['office']}/{row['half_days'][:10]}"
    with desk.served() as base, Browser(chromium()) as browser:
        log_in(browser, base, ZHENG)
        for width in (1200, WIDTH):
            for path in (day, PATH, f"{PATH}?kind=absent&subject={row['inspector_id']}", f"{PATH}/1"):
                joined = "&" if "?" in path else "?"
                browser.open(f"{base}{path}{joined}lang={lang}", width=width)
                assert width > WIDTH or fits(browser)
                assert violations(browser) == []
        browser.value("window.confirm = () => true")
        send(browser, f"form[action='{PATH}/1']")
        assert browser.value("location.pathname") == f"{PATH}/2"
        assert fits(browser)
        assert violations(browser) == []
    assert [order.asked.reviewed_by for order in change_orders(desk.play.round(WANG))] == [ZHENG]


def test_the_board_leads_to_the_forms(desk):
    """A visit, a person and an office of a day are links to their forms, filled in."""
    row, _ = a_place(desk)
    person, day = desk.person(WANG), row["half_days"][:10]
    page = unescape(person.get(f"/rounds/{ROUND}/board/{row['office']}/{day}").text)
    unit = row["visit_id"].rpartition("~")[0]
    for query in (
        f"kind=absent&subject={row['inspector_id']}&since={day}",
        f"kind=blocked&subject={unit}&since={day}",
        f"kind=closed&subject={unit}",
        f"kind=office&subject={row['office']}&since={day}",
    ):
        assert f'href="{PATH}?{query}"' in page
        form = person.get(f"{PATH}?{query}").text
        assert form.count('<details class="ask" open>') == 1
    assert "/replan?" not in desk.person("zhou-06").get(f"/rounds/{ROUND}/board/{row['office']}/{day}").text
