"""The reviewer's queue: what waits, who may not, and that only what was read is agreed to."""

import re

import pytest
from desk_people import PASSWORD
from real_rounds import DRAWS, ROUND

from supervision.desk.accounts import Accounts
from supervision.messages import Message
from supervision.month import stepping_in, substituting
from supervision.month.calendars import changes, drawn_units, standing_now, step_ins
from supervision.month.result_review import decisions_of, unreviewed_of
from supervision.month.reviewing import queue_of

TICK = re.compile(r'name="row" value="([^"]+)"')
PATH = f"/review/{ROUND}"


@pytest.fixture
def desk(waiting):
    """A desk where results of two persons wait."""
    return waiting


def entered_by(desk, who):
    """The names visit/item of what somebody entered and that waits."""
    rows = unreviewed(desk)
    return set(rows.loc[rows["recorded_by"] == who, "visit_id"] + "/" + rows.loc[rows["recorded_by"] == who, "item_id"])


def unreviewed(desk):
    """What waits or was sent back."""
    with desk.app.extensions["desk"].city("-") as city:
        return unreviewed_of(city.round(ROUND))


def ticks(page):
    """What a page offers to be ticked."""
    return TICK.findall(page)


def test_ones_own_entries_are_not_offered(desk):
    """The reviewer sees all that waits, may tick what another entered, and reads why not their own."""
    page = desk.person("qian-05").get("/review").text
    assert {one.partition("@")[0] for one in ticks(page)} == entered_by(desk, "sun-04") != set()
    own = entered_by(desk, "qian-05")
    assert own
    assert all(name in page for name in own)
    with desk.app.extensions["desk"].city("qian-05") as city:
        said = {row["barred"].text() for row in queue_of(city.round(ROUND)).rows if row["barred"]}
    assert said
    assert all(line in page for line in said)
    assert desk.acts("sealed.results")[-1]["inputs"] == {"round": ROUND}


def test_an_own_entry_that_is_sent_all_the_same_is_refused(desk):
    """Not the page but the library keeps the four eyes: its sentence stands in the job, nothing is decided."""
    reviewer = desk.person("qian-05")
    own = sorted(entered_by(desk, "qian-05"))[0]
    rows = unreviewed(desk).set_index(["visit_id", "item_id"])
    version = rows.loc[tuple(own.split("/")), "version"]
    page = reviewer.work(PATH, row=f"{own}@{version}", decision="accepted")
    assert "未完成" in page
    assert "qian-05" in page
    with desk.app.extensions["desk"].city("-") as city:
        assert decisions_of(city.round(ROUND)).empty


def test_agreeing_brings_results_into_force(desk):
    """What was ticked is accepted under the reviewer's name; the queue is shorter by it."""
    reviewer, before = desk.person("qian-05"), unreviewed(desk)
    chosen = ticks(reviewer.get("/review").text)[:2]
    page = reviewer.work(PATH, row=chosen, decision="accepted")
    assert "审核通过 2 条结果" in page
    assert len(unreviewed(desk)) == len(before) - 2
    assert not set(chosen) & set(ticks(reviewer.get("/review").text))
    assert desk.acts("job.review")[0]["who"] == "qian-05"
    assert "review" in [entry["step"] for entry in desk.play.log() if entry["who"] == "qian-05"]


def test_sending_back_needs_a_reason_and_keeps_what_was_ticked(desk):
    """Without one nothing is done and the ticks are there again; with one it stands in the list of those sent back."""
    reviewer = desk.person("qian-05")
    chosen = ticks(reviewer.get("/review").text)[0]
    answer = reviewer.post(PATH, row=chosen, decision="sent_back", reason=" ")
    assert answer.status_code == 422
    assert "退回须写明理由" in answer.text
    page = reviewer.get("/review").text
    assert re.search(rf'value="{re.escape(chosen)}"[^>]* checked', page)
    reviewer.work(PATH, row=chosen, decision="sent_back", reason="日期<b>有误</b>")
    page = reviewer.get("/review").text
    assert "日期&lt;b&gt;有误&lt;/b&gt;" in page
    assert chosen not in ticks(page)
    assert "checked" not in page


def test_what_was_entered_anew_in_between_is_not_agreed_to(desk):
    """A tick holds for the version that was read: a corrected one is refused with its name."""
    reviewer = desk.person("qian-05")
    chosen = ticks(reviewer.get("/review").text)[0]
    name = chosen.partition("@")[0]
    page = reviewer.work(PATH, row=f"{name}@2026-12-01/00", decision="accepted")
    assert "重新录入" in page
    assert name in page
    assert name in entered_by(desk, "sun-04")


def test_nothing_ticked_and_no_such_decision(desk):
    """Both are said; nothing happens."""
    reviewer = desk.person("qian-05")
    reviewer.get("/review")
    assert reviewer.post(PATH, decision="accepted").status_code == 422
    assert reviewer.post(PATH, decision="burn", row="x@1").status_code == 400
    assert reviewer.post("/review/2031-01", decision="accepted").status_code in (404, 422)
    assert desk.acts("job.review") == []


def test_a_reviewer_of_an_office_decides_on_its_results_only(desk):
    """Another office's are neither shown nor taken."""
    Accounts(desk.file).add("han-08", password=PASSWORD, roles=("reviewer",), office=desk.offices[1])
    reviewer, rows = desk.person("han-08"), unreviewed(desk)
    offered = ticks(reviewer.get("/review").text)
    by = dict(zip(rows["visit_id"] + "/" + rows["item_id"], rows["recorded_by"], strict=True))
    assert {by[one.partition("@")[0]] for one in offered} == {"qian-05"}
    foreign = next(name for name, who in by.items() if who == "sun-04")
    page = reviewer.work(PATH, row=f"{foreign}@x", decision="accepted")
    assert "没有这些待审核的结果" in page


def test_a_step_in_waits_for_another_person(desk, tmp_path):
    """Who recorded it reads why not they; who drew is refused by the library's rule; a third person confirms."""
    photo = tmp_path / "door.jpg"
    photo.write_bytes(b"closed")
    with desk.app.extensions["desk"].city("sun-04") as city:
        round = city.round(ROUND)
        row = drawn_units(round).iloc[0]
        stepping_in.propose(round, row["unit_id"], task_id=row["task_id"], reason="6", evidence=photo)
    reviewer = desk.person("qian-05")
    path = f"{PATH}/stepin/{row['unit_id']}"
    page = reviewer.get("/review").text
    assert path in page
    assert reviewer.post(f"{PATH}/stepin/nobody").status_code == 404
    assert reviewer.post(f"{PATH}/leave/{row['unit_id']}").status_code == 404
    reviewer.work(path)
    with desk.app.extensions["desk"].city("-") as city:
        assert [(one.by, one.reviewed_by) for one in step_ins(city.round(ROUND))] == [("sun-04", "qian-05")]
    assert path not in reviewer.get("/review").text
    assert reviewer.post(path).status_code == 404


def test_leave_is_not_confirmed_by_who_recorded_it(desk, tmp_path):
    """Who recorded it reads why not they, and is refused by the records; another reviewer confirms."""
    note = tmp_path / "leave.pdf"
    note.write_bytes(b"ill")
    with desk.app.extensions["desk"].city("qian-05") as city:
        round = city.round(ROUND)
        held = min(standing_now(round).held.values(), key=lambda one: (-len(one.place.half_days), one.inspector_id))
        later = [half_day for half_day in held.place.half_days if half_day[:10] > "2026-12-09"] or ["2026-12-30T1"]
        substituting.propose(round, held.inspector_id, half_days=later, ground="病假<i>", evidence=note)
    reviewer = desk.person("qian-05")
    path = f"{PATH}/leave/{held.inspector_id}"
    page = reviewer.get("/review").text
    assert "病假&lt;i&gt;" in page
    assert f'action="{path}"' not in page
    assert Message.of("month.second_own", who="qian-05").text() in page
    assert "未完成" in reviewer.work(path)
    Accounts(desk.file).add("han-08", password=PASSWORD, roles=("reviewer",))
    other = desk.person("han-08")
    assert f'action="{path}"' in other.get("/review").text
    other.work(path)
    with desk.app.extensions["desk"].city("-") as city:
        made = changes(city.round(ROUND))
    assert [(one.by, one.reviewed_by) for one in made if one.kind == "leave"] == [("qian-05", "han-08")]
    assert path not in other.get("/review").text


def test_others_have_no_queue(desk):
    """A clerk, a drawer and an auditor neither see nor decide."""
    for name in ("wang-01", DRAWS, "zhou-06", "wu-07"):
        person = desk.person(name)
        assert person.get("/review").status_code == 404
        assert person.post(PATH, decision="accepted").status_code == 404
    assert {entry["inputs"]["what"] for entry in desk.acts("refused")} == {"review"}
