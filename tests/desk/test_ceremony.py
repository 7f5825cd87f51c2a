"""The ceremony: what the big screen shows at each stage, values entered twice by two persons, lists that are sealed."""

import re
import subprocess
import sys
from datetime import datetime
from html import unescape

import pytest
from real_rounds import FIRST, SECOND

from supervision.desk import jobs
from supervision.desk.pages.ceremony import left, paged
from supervision.month import round_files as files
from supervision.month.calendars import drawn_units

SCREEN, FORM, LISTS = (f"/rounds/2026-12/ceremony{end}" for end in ("", "/values", "/lists"))
AFTER = "2026-11-25T22:00"


def fields(values=FIRST, **other):
    """Return the form's fields with the values of a draw."""
    plain = {name.removesuffix("-2"): " ".join(texts) for name, texts in values.items()}
    return {f"value-{name}": text for name, text in {**plain, **other}.items()}


def digest_on(page):
    """Return the first digest that the page shows in groups."""
    return "".join(re.findall(r"<span>([0-9a-f]{8})</span>", page)[:8])


def test_what_is_left_until_a_source():
    """Days, hours, minutes and seconds; nothing once it has come."""
    now = datetime.fromisoformat("2026-12-01T20:00:01+08:00")
    assert left("2026-12-03T21:15:00+08:00", now) == "2 01:14:59"
    assert left("2026-12-01T20:00:02+08:00", now) == "0 00:00:01"
    assert left("2026-12-01T20:00:01+08:00", now) == ""


def test_lists_have_pages():
    """Thirty names each; a page that is none is the nearest one."""
    assert [paged(61, 2), paged(60, 9), paged(0, -1), paged(31, 1)] == [(2, 3), (2, 2), (1, 1), (1, 2)]


def test_before_the_sources_the_screen_counts_down(at):
    """It shows the digest and every source with the time that is left, without a script; values come too early."""
    desk = at("committed")
    person = desk.person("li-02")
    page = person.get(SCREEN).text
    found = desk.play.round("li-02").read(files.COMMITMENT)
    assert digest_on(page) == found.digest.hex()
    for source in found.sources:
        days, clock = left(source.at, desk.play.time).split()
        assert f"{days} 天 {clock}" in page
        assert f'data-until="{source.at}"' in page
    assert "等待信源开奖" in page
    assert "every 3s" in page
    assert 'class="alarm"' in person.work(FORM, **fields())
    assert "等待信源开奖" in person.get(f"{SCREEN}/state").text
    assert "<html" not in person.get(f"{SCREEN}/state").text


def test_two_persons_enter_and_the_lists_appear(at):
    """The first entry is named and not shown; the second draws; the steps to check it give the seed of the screen."""
    desk = at("committed")
    desk.play.set(AFTER)
    first, second, third = (desk.person(name) for name in ("li-02", "zhao-03", "wang-01"))
    assert "等待两人先后录入" in first.get(SCREEN).text
    assert "li-02" in first.work(FORM, **fields())
    screen = second.get(SCREEN).text
    assert "li-02 已录入号码（22:00）" in screen
    assert "密钥串：\n<p" in screen.replace("\r", "")
    form = second.get(FORM).text
    assert "li-02 已于" in form
    assert not set(re.findall(r'name="value-[^"]+" type="text" value="([^"]*)"', form)) - {""}
    assert "抽取" in second.work(FORM, **fields())
    screen = third.get(f"{SCREEN}?draw=0").text
    reveal = desk.play.round("wang-01").read(files.REVEAL)
    assert reveal.key_string in screen
    assert "every 3s" not in screen
    command = unescape(re.search(r'python3 -c "(.*?)"\s*</pre>', screen, re.DOTALL)[1])
    told = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True).stdout.strip()
    assert told == reveal.seed.hex()
    assert "".join(re.findall(r"<span>([0-9a-f]{8})</span>", screen)[8:16]) == told
    units = drawn_units(desk.play.round("wang-01"))
    assert f"抽中 {units['unit_id'].nunique()} 户" in screen


def test_values_that_differ_stop_the_draw(at):
    """Nothing is drawn; the job says which source differs; the first entry stands, and the right values then draw."""
    desk = at("committed")
    desk.play.set(AFTER)
    desk.person("li-02").work(FORM, **fields())
    second = desk.person("zhao-03")
    page = second.work(FORM, **fields(**{"ssq-blue": "12"}))
    assert 'class="alarm"' in page
    assert "ssq-blue" in page
    assert "重新录入" in page
    assert not desk.play.round("li-02").has(files.Step.DRAW)
    assert "li-02 已录入" in second.get(SCREEN).text
    second.work(FORM, **fields())
    assert desk.play.round("li-02").has(files.Step.DRAW)


def test_one_person_is_not_two(at):
    """The same person again draws nothing, and nobody sends another's values by doing the job again."""
    desk = at("committed")
    desk.play.set(AFTER)
    first, second = desk.person("li-02"), desk.person("zhao-03")
    first.work(FORM, **fields())
    first.work(FORM, **fields())
    assert second.post("/jobs/1/again").status_code == 404
    assert "/jobs/1/again" not in second.get("/jobs/1").text
    for name in ("draw", "match", "import"):
        assert second.post(f"/rounds/2026-12/{name}", sources="x").status_code == 404
    assert not desk.play.round("li-02").has(files.Step.DRAW)


def test_who_committed_may_not_draw(at):
    """A person with both roles is refused in the real round, by the rule on roles."""
    desk = at("committed")
    with desk.file.writing() as database:
        database.execute("UPDATE account SET roles = 'coordinator drawer' WHERE name = 'wang-01'")
    desk.play.set(AFTER)
    page = desk.person("wang-01").work(FORM, **fields())
    assert 'class="alarm"' in page
    assert "wang-01" in page
    assert jobs.find(desk.file, 1).state == jobs.FAILED
    assert not desk.play.round("li-02").holds(files.ENTERED)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("value-ssq-red", "06 09 14 20 27", "6"),
        ("value-ssq-red", "06 09 14 20 27 27", "27"),
        ("value-ssq-blue", "17", "17"),
        ("value-dlt-back", "seven 12", "seven"),
        ("held-ssq-red", "2026-11-01T21:00", "2026-11-01"),
        ("held-ssq-red", "yesterday", "yesterday"),
    ],
)
def test_a_malformed_value_is_said_at_its_field(at, field, value, told):
    """No job begins; what was typed stays in the form, and only its own field is marked."""
    desk = at("committed")
    desk.play.set(AFTER)
    answer = desk.person("li-02").post(FORM, **{**fields(), field: value})
    assert answer.status_code == 422
    marked = re.findall(r'<fieldset class="bad">(.*?)</fieldset>', answer.text, re.DOTALL)
    assert len(marked) == 1
    assert f'value="{value}"' in marked[0]
    assert told in re.search(r'<p class="why"[^>]*>(.*?)</p>', marked[0])[1]
    assert 'value="07 12"' in answer.text or field == "value-dlt-back"
    assert jobs.latest(desk.file, last=1) == []


def test_a_source_that_was_held_later(at):
    """The time that was entered stands in the record; before it the values come too early."""
    desk = at("committed")
    desk.play.set(AFTER)
    later = {"held-ssq-red": "2026-11-25T22:10"}
    assert 'class="alarm"' in desk.person("li-02").work(FORM, **fields(), **later)
    desk.play.set("2026-11-25T22:30")
    for name in ("li-02", "zhao-03"):
        desk.person(name).work(FORM, **fields(), **later)
    assert desk.play.round("li-02").read(files.REVEAL).held["ssq-red"] == "2026-11-25T22:10:00+08:00"
    assert "实际开奖 2026-11-25 22:10" in " ".join(desk.person("wu-07").get(SCREEN + "?draw=0").text.split())


def test_the_second_draw_has_its_own_screen(at):
    """The last commitment is shown; two persons enter; the check of its seed begins with the first seed."""
    desk = at("rostered")
    desk.play.set("2026-11-29T22:00")
    first, second = desk.person("li-02"), desk.person("zhao-03")
    commitment = desk.play.round("li-02").read(files.ROSTER_COMMITMENT)
    assert digest_on(first.get(SCREEN).text) == commitment.digest.hex()
    assert "抽取检查人员" in first.get(SCREEN).text
    first.work(f"{FORM}?draw=1", **fields(SECOND))
    second.work(f"{FORM}?draw=1", **fields(SECOND))
    round = desk.play.round("li-02")
    assert round.has(files.Step.MATCH, 1)
    screen = second.get(SCREEN).text
    command = unescape(re.search(r'python3 -c "(.*?)"\s*</pre>', screen, re.DOTALL)[1])
    told = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True).stdout.strip()
    assert told == round.read(files.REVEAL_ROSTER).seed.hex()
    assert "已经抽取" in second.get(f"{FORM}?draw=0").text
    assert second.get(f"{SCREEN}?draw=2").status_code == 404


def test_who_looks_at_a_sealed_list_is_noted(at):
    """Units by task and inspectors by office, for those who may; the screen itself names nobody."""
    desk = at("matched")
    person = desk.person("zhou-06")
    round = desk.play.round("li-02")
    drawn = drawn_units(round)
    for task, units in drawn.groupby("task_id")["unit_id"]:
        page = person.get(f"{LISTS}?draw=0&task={task}").text
        assert len(re.findall(r"<li><b>", page)) == min(len(units), 30)
        assert f"{len(units)} 项" in page
        assert set(re.findall(r"<span>(\w+)</span></li>", page)) <= set(units)
    assert person.get(f"{LISTS}?draw=0&task=nothing&page=99").status_code == 200
    people = person.get(f"{LISTS}?draw=1").text
    assert re.search(r"<li><b>[a-z]+-\d+-\d+", people)
    assert [entry["step"] for entry in desk.acts() if entry["step"].startswith("sealed")] == [
        *["sealed.drawn"] * (drawn["task_id"].nunique() + 1),
        "sealed.people",
    ]
    for draw in (0, 1):
        screen = person.get(f"{SCREEN}?draw={draw}").text
        assert not any(unit in screen for unit in drawn["unit_id"])
    for name in ("li-02", "qian-05", "wu-07", "sun-04"):
        assert desk.person(name).get(f"{LISTS}?draw=0").status_code == 404


def test_there_is_no_list_before_the_draw(at):
    """Nothing can be looked at, by nobody."""
    assert at("committed").person("wang-01").get(LISTS).status_code == 404


def test_only_who_draws_enters_values(at):
    """Coordinator, auditor and leader see the screen, not the form; reviewers not even the screen."""
    desk = at("committed")
    desk.play.set(AFTER)
    for name, sees in (("wang-01", 200), ("zhou-06", 200), ("wu-07", 200), ("qian-05", 404)):
        person = desk.person(name)
        assert person.get(SCREEN).status_code == sees
        assert person.get(FORM).status_code == 404
        assert person.post(FORM, **fields()).status_code == 404
    assert not desk.play.round("li-02").holds(files.ENTERED)
    assert len([one for one in desk.acts("refused") if one["who"] == "wang-01"]) == 2


def test_a_round_without_a_commitment_has_an_empty_screen(at):
    """It says what will stand there; there is no form."""
    desk = at("committed")
    desk.person("wang-01").work("/rounds/new", round="2026-12", rehearsal="yes")
    person = desk.person("li-02")
    assert "还没有承诺" in person.get("/rounds/2026-12.rehearsal/ceremony").text
    assert person.get("/rounds/2026-12.rehearsal/ceremony/values").status_code == 404
    assert person.get("/rounds/2027-12/ceremony").status_code == 404
