"""Results typed at the desk: the door of `record`, faults at the field, corrections, and who may not."""

import csv
import json
import re
import shutil

import pytest
from desk_offices import ROUND, Clerk, faults

from supervision.desk import drafts, jobs, office_months
from supervision.desk.recorder import record_waiting
from supervision.month import recording, reviewing
from supervision.month.visit_states import visit_states


@pytest.fixture
def clerk(at):
    """Return a clerk late in the month."""
    return Clerk(at("matched"))


def test_a_result_that_was_sent_is_on_record(clerk, monkeypatch):
    """Every item, entered by the account; the draft is gone, the list knows, the month is not made anew."""
    made = []
    real = office_months._months
    monkeypatch.setattr(office_months, "_months", lambda key: made.append(key) or real(key))
    form = clerk.filled()
    form[f"note@{clerk.items[0]}"] = "=1+1 <b>厨房</b>"
    code, page = clerk.send(form)
    assert code == 302
    rows = clerk.stored().set_index("item_id")
    assert list(rows.index) == clerk.items
    assert set(rows["result"]) == {"1"}
    assert set(rows["inspectors"]) == {" ".join(form["inspectors@"])}
    assert rows["inspected_on"].dt.strftime("%Y-%m-%d").unique().tolist() == [clerk.day]
    assert rows.at[clerk.items[0], "note"] == "=1+1 <b>厨房</b>"
    entries = [json.loads(line) for line in clerk.desk.play.city("").store.log("registers").splitlines()]
    assert [one["who"] for one in entries if "results" in one["outputs"]] == ["sun-08"]
    assert f"已录入 {len(clerk.items)} 个事项的结果" in page
    assert "=1+1 &lt;b&gt;厨房&lt;/b&gt;" in page
    assert drafts.read(clerk.desk.file, f"result/{ROUND}/{clerk.office}/{clerk.visit}").content is None
    (noted,) = clerk.desk.acts("record")
    assert noted["inputs"] == {"round": ROUND, "visit": clerk.visit, "items": " ".join(clerk.items)}
    shown = clerk.person.get(f"/office/{clerk.office}/{ROUND}/visits?state=done").text
    assert clerk.visit in shown
    assert made == [ROUND]


def _in_words(city, rows, folder):
    """Check rows by a list of one's own making, as `check results` does: item, column, words of each fault."""
    path = folder / "own.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    (one,) = recording.check(city, path)
    found = one.checked.rejected
    return {
        (rows[line - 2]["item_id"], column, reason.text("zh"))
        for line, column, reason in found[["line", "column", "reason"]].itertuples(index=False, name=None)
    }


WRONG = (
    {"reviewer@": ""},
    {"inspected_on@": "2026-12-29"},
    {"inspected_on@": "2026-11-30"},
    {"inspected_on@": "很快"},
    {"inspectors@": []},
    {"inspectors@": ["nobody-1"]},
    {"method@": ["by_magic"]},
    {"result@{item}": "77"},
    {"result@{item}": "9"},
    {"item_result@{item}": "failed"},
    {"reviewer@{item}": "{person}"},
    {"result@{item}": "E", "item_result@{item}": "failed", "follow_up@{item}": "?"},
)


def test_faults_stand_at_the_field_as_record_says_them(clerk, tmp_path):
    """The same rows in a list of one's own have the same faults; nothing is stored, all that was typed is kept."""
    city, opened = clerk.desk.play.city(clerk.name), clerk.filled()
    item, person = clerk.items[0], opened["inspectors@"][0]
    for number, wrong in enumerate(WRONG):
        form = opened | {"version": str(number)}
        for key, value in wrong.items():
            form[key.format(item=item)] = value.format(person=person) if isinstance(value, str) else value
        said = _in_words(city, _rows(clerk, form), tmp_path)
        assert said, number
        code, page = clerk.send(form, ("check", "send")[number % 2])
        assert (code, faults(page)) == ((422, 302)[number % 2], said), number
        kept = drafts.read(clerk.desk.file, f"result/{ROUND}/{clerk.office}/{clerk.visit}").content
        assert kept["items"][item]["result"] == form[f"result@{item}"]
    assert clerk.stored().empty
    assert clerk.desk.acts("record") == []


def _rows(clerk, form):
    """Return what a form says as rows of the register, by a way of one's own."""
    rows = []
    owed = clerk.owed[clerk.owed["visit_id"] == clerk.visit].set_index("item_id")
    for one in clerk.items:
        cells = {
            name: form.get(f"{name}@{one}") or form.get(f"{name}@", "")
            for name in (*("result", "inspected_on", "method", "follow_up", "inspectors"), "reviewer", "item_result")
        }
        cells = {name: "、".join(cell) if isinstance(cell, list) else cell for name, cell in cells.items()}
        ids = {"round": ROUND, "visit_id": clerk.visit, "item_id": one, "agency": owed.at[one, "agency"]}
        rows.append({**ids, "unit_id": owed.at[one, "unit_id"], **cells})
    return rows


def test_a_check_without_fault_stores_nothing(clerk):
    """It says that all may be sent, and nothing is on record."""
    code, page = clerk.send(clerk.filled(), "check")
    assert (code, "核对无误" in page) == (200, True)
    assert clerk.stored().empty


def test_an_item_without_a_result_stays_as_a_draft(clerk):
    """What is begun is not lost and not sent; with no result at all there is nothing to send."""
    form, (first, *rest) = clerk.filled(), clerk.items
    assert rest
    form |= {f"result@{item}": "" for item in rest} | {f"note@{rest[0]}": "待补"}
    code, page = clerk.send(form)
    assert code == 302
    assert list(clerk.stored()["item_id"]) == [first]
    assert "待补" in page
    assert f'name="corrects@{first}"' in page
    form |= {"version": re.search(r'name="version" value="([0-9]+)"', page)[1], f"result@{first}": ""}
    code, page = clerk.send({key: value for key, value in form.items() if not key.endswith(f"@{first}")})
    assert (code, "没有可提交的内容" in page) == (422, True)


def test_a_correction_needs_its_reason_and_another_person(clerk):
    """What is on record stays without both; the account itself is nobody else; the correction is version 01."""
    clerk.send(clerk.filled())
    item = clerk.items[0]
    own = clerk.stored().set_index("item_id").loc[item]
    form = clerk.filled() | {
        f"corrects@{item}": "00",
        f"result@{item}": "E",
        f"item_result@{item}": "failed",
        f"inspected_on@{item}": clerk.day,
        f"method@{item}": ["on_site"],
        f"inspectors@{item}": own["inspectors"].split(),
        f"reviewer@{item}": own["reviewer"],
    }
    untouched = [f"{name}@{one}" for one in clerk.items[1:] for name in ("result", "item_result", "follow_up")]
    form = {key: value for key, value in form.items() if key not in untouched}
    expected_columns = ({"result", "item_result"}, {"correction_reviewer"}, {"correction_reviewer"})
    for more, columns in zip(
        ({}, {"correction_reason": "录错"}, {"correction_reason": "录错", "correction_reviewer": "sun-08"}),
        expected_columns,
        strict=True,
    ):
        code, page = clerk.send(form | {f"{name}@{item}": text for name, text in more.items()})
        assert code == 302
        assert {(one, column) for one, column, _ in faults(page)} == {(item, column) for column in columns}
        form["version"] = re.search(r'name="version" value="([0-9]+)"', page)[1]
    assert len(clerk.stored()) == len(clerk.items)
    agreed = {f"correction_reason@{item}": "录错", f"correction_reviewer@{item}": "赵核准"}
    _, page = clerk.send(form | agreed)
    assert "其中更正 1 条" in page
    last = clerk.stored()
    last = last[last["item_id"] == item].iloc[-1]
    assert (last["result"], last["correction"], last["correction_reviewer"]) == ("E", "01", "赵核准")
    assert "录错" in clerk.person.get(clerk.path()).text


def test_another_offices_results_are_not_there(clerk):
    """Form, draft and sending: 404, a line in the log, no draft and nothing on record."""
    theirs = clerk.others.iloc[0]
    form = clerk.filled()
    for office in (clerk.office, theirs["office_id"]):
        for page, posted in (("results", False), ("results", True), ("draft", True)):
            path = clerk.path(page, visit=theirs["visit_id"], office=office)
            answer = clerk.person.post(path, act="send", **form) if posted else clerk.person.get(path)
            assert answer.status_code == 404, path
    assert len(clerk.desk.acts("refused")) == 6
    with clerk.desk.file.reading() as database:
        assert database.execute("SELECT count(*) FROM draft").fetchone()[0] == 0
    assert clerk.desk.play.city("sun-04").store.versions("results", of=[ROUND]).empty
    for name in ("zhou-06", "wang-01", "wu-07"):
        other = clerk.desk.person(name)
        assert other.get(clerk.path()).status_code == 404
        assert other.post(clerk.path(), act="send", **form).status_code == 404


class Running:
    """The process of a job that goes on."""

    pid = 1

    def poll(self):
        """It runs."""


def test_while_a_job_runs_what_is_sent_waits_and_is_recorded_after_it(clerk):
    """The page says that it waits; a second sending is refused and typed text kept; the job over, all is on record."""
    job = jobs.start(clerk.desk.file, "publish", {"round": ROUND}, who="wang-01", begin=lambda number: Running())
    form = clerk.filled()
    code, page = clerk.send(form)
    assert (code, "已收到" in page, 'class="entry"' in page) == (302, True, False)
    assert clerk.stored().empty
    assert clerk.person.get(clerk.path("results/sent")).headers.get("HX-Refresh") is None
    other = clerk.colleague()
    late = other.person.post(other.path(), act="send", **(form | {"version": "1"}))
    assert (late.status_code, "正在录入" in late.text, other.name in late.text) == (409, True, True)
    jobs.end(clerk.desk.file, job.id, state=jobs.DONE, report={})
    assert record_waiting(clerk.desk.app.extensions["desk"]) == 1
    assert clerk.person.get(clerk.path("results/sent")).headers["HX-Refresh"] == "true"
    assert len(clerk.stored()) == len(clerk.items)
    assert [one["who"] for one in clerk.desk.acts("record")] == [clerk.name]


REVIEW = """id: shared/result_review
title: {zh: 检查结果的复核, en: Review of results}
unit: needed
values:
  - {from: 2026-01-01, value: {needed: true}, basis: 本市规定, verified: true, review_by: 2027-12-31}
"""


def test_what_was_sent_back_says_why_and_waits_again_once_it_is_corrected(clerk, tmp_path):
    """The visit's state follows the second person: waits, sent back with the reason, waits, done."""
    play, rules = clerk.desk.play, tmp_path / "own" / "rules"
    shutil.copytree(play.inputs / "rules", rules)
    (rules / "shared").mkdir(exist_ok=True)
    (rules / "shared" / "result_review.yaml").write_text(REVIEW, encoding="utf-8")
    play.inputs = rules.parent
    shutil.copytree(rules, play.store.parent / "rules", dirs_exist_ok=True)

    def state():
        return visit_states(play.round("qian-06"), on=play.time.date())[clerk.office, clerk.visit]

    assert (state().state, state().recorded, state().items) == ("open", 0, len(clerk.items))
    assert state().due > "2026-12-28"
    form = clerk.filled()
    part = {key: value for key, value in form.items() if not key.startswith(f"result@{clerk.items[1]}")}
    clerk.send(part)
    assert (state().state, state().recorded) == ("part", len(clerk.items) - 1)
    clerk.send(clerk.filled())
    assert (state().state, state().late) == ("waiting", False)
    reviewing.review(play.round("qian-06"), [clerk.visit], decision="sent_back", reason="缺照片<b>")
    assert state().state == "sent_back"
    page = clerk.person.get(clerk.path()).text
    assert "qian-06：缺照片&lt;b&gt;" in page
    assert clerk.visit in clerk.person.get(f"/office/{clerk.office}/{ROUND}/visits?state=sent_back").text
    page = clerk.person.get(f"/office/{clerk.office}/{ROUND}/due").text
    assert "退回待改" in page
    form = {"version": re.search(r'name="version" value="([0-9]+)"', clerk.person.get(clerk.path()).text)[1]}
    stored = clerk.stored().drop_duplicates("item_id", keep="last").set_index("item_id")
    for item in clerk.items:
        own = stored.loc[item]
        form |= {f"{name}@{item}": own[name] for name in ("result", "reviewer", "item_result", "follow_up")}
        form |= {
            f"corrects@{item}": "00",
            f"method@{item}": ["on_site"],
            f"inspectors@{item}": own["inspectors"].split(),
        }
        form |= {f"inspected_on@{item}": clerk.day, f"note@{item}": "照片已补", f"correction_reason@{item}": "补照片"}
        form[f"correction_reviewer@{item}"] = "赵核准"
    assert clerk.send(form)[0] == 302
    assert state().state == "waiting"
    reviewing.review(play.round("qian-06"), [clerk.visit])
    assert (state().state, state().due) == ("done", "")
