"""A real month whose results wait for a second person: nothing is shown, nothing is evidence before the yes."""

from __future__ import annotations

import json
import shutil
from datetime import datetime

import openpyxl
import pytest
from real_rounds import COMMITS, RECORDS, ROUND, ask_for_review, busiest, codes, fill, said

from supervision.errors import UsageError
from supervision.month import following_up, publishing, recording, reviewing
from supervision.month.result_checks import Agreement
from supervision.month.round_results import results_of
from supervision.results.review import SENT_BACK

REVIEWS = "qian-06"  # the second person; the workbook's column 审核人 names one, too


def reviewed(at, tmp_path):
    """The month after its second draw, in a city whose rule asks for a review."""
    found = at("matched")
    own = tmp_path / "own"
    shutil.copytree(found.inputs / "rules", own / "rules")
    ask_for_review(own / "rules")
    found.inputs = own
    found.set("2026-12-09T10:00")
    return found


@pytest.fixture
def play(at, tmp_path):
    """The month whose results wait for a second person."""
    return reviewed(at, tmp_path)


def shown(play):
    """Publish; return the rows of the public page."""
    publishing.publish(play.round(RECORDS), play.out)
    path = play.out / "public" / ROUND / "results.json"
    return json.loads(path.read_bytes())["results"] if path.is_file() else []


def history(play):
    """The round's inspections among the evidence."""
    rows = play.city(RECORDS).register("history", on=play.time.date())
    return rows[rows["visit_no"].fillna("").str.startswith(f"{ROUND}/")]


def test_nothing_counts_before_the_yes(play) -> None:
    """Recorded results are on record, and neither on the page nor evidence; accepted ones are both from that day."""
    report = recording.record(play.city(RECORDS), [fill(play, busiest(play)[0])])
    rows = report.facts["files"][0]["inserted"]
    assert said(report, "month.results_wait")["rows"] == rows > 1
    assert (shown(play), len(history(play))) == ([], 0)
    told = reviewing.list_unreviewed(play.round(REVIEWS))
    assert (told.exit_code, len(told.facts["rows"])) == (4, rows)
    assert {row["recorded_by"] for row in told.facts["rows"]} == {RECORDS}
    play.set("2026-12-14T10:00")
    report = reviewing.review(play.round(REVIEWS), everything=True)
    assert (report.exit_code, report.facts["rows"], report.facts["unreviewed"]) == (0, rows, 0)
    assert report.facts["named_others"] == said(report, "month.review_named_others")["rows"] == rows
    assert len(shown(play)) == rows
    assert len(history(play)) == rows
    assert set(history(play)["known_on"].astype("str")) == {"2026-12-14"}
    assert reviewing.list_unreviewed(play.round(REVIEWS)).exit_code == 0
    assert next(entry["step"] for entry in play.log() if entry["who"] == REVIEWS) == "review"
    play.check()


def test_who_recorded_or_drew_may_not_review(play) -> None:
    """Not who entered them, not who committed, not an inspector of the visit; among all, one's own are left."""
    first, second = busiest(play)[:2]
    recording.record(play.city(RECORDS), [fill(play, first)])
    recording.record(play.city("wu-05"), [fill(play, second)])
    own = reviewing.list_unreviewed(play.round(RECORDS), office=first).facts["rows"][0]
    with pytest.raises(UsageError) as refused:
        reviewing.review(play.round(RECORDS), [f"{own['visit_id']}/{own['item_id']}"])
    assert refused.value.code == "results.review_own"
    with pytest.raises(UsageError) as refused:
        reviewing.review(play.round(COMMITS), everything=True)
    assert refused.value.code == "month.one_person"
    went = results_row(play, own)["inspectors"].split()[0]
    with pytest.raises(UsageError) as refused:
        reviewing.review(play.round(went), [own["visit_id"]])
    assert refused.value.code == "results.review_inspector"
    assert len(results_of(play.round(RECORDS))) == 0
    report = reviewing.review(play.round(RECORDS), everything=True)
    left = {row["office_id"] for row in reviewing.list_unreviewed(play.round(RECORDS)).facts["rows"]}
    assert (report.exit_code, report.facts["left"] > 0, left) == (4, True, {first})


def results_row(play, row):
    """The row on record that a row of the list tells of."""
    found = play.city(RECORDS).store.versions("results", of=[ROUND])
    return found[(found["visit_id"] == row["visit_id"]) & (found["item_id"] == row["item_id"])].iloc[0]


def test_sent_back_stays_on_record_and_comes_again(play) -> None:
    """What is sent back needs a reason, is told with it, is not shown, and counts once corrected and accepted."""
    path = fill(play, busiest(play)[0])
    recording.record(play.city(RECORDS), [path])
    row = reviewing.list_unreviewed(play.round(REVIEWS)).facts["rows"][0]
    name = f"{row['visit_id']}/{row['item_id']}"
    with pytest.raises(UsageError) as refused:
        reviewing.review(play.round(REVIEWS), [name], decision=SENT_BACK, reason="  ")
    assert refused.value.code == "month.review_no_reason"
    reviewing.review(play.round(REVIEWS), [name], decision=SENT_BACK, reason="日期有误")
    reviewing.review(play.round(REVIEWS), everything=True)
    told = reviewing.list_unreviewed(play.round(REVIEWS))
    assert [(one["state"], one["reason"], one["sent_back_by"]) for one in told.facts["rows"]] == [
        (SENT_BACK, "日期有误", REVIEWS)
    ]
    assert name not in {
        f"{one['visit_id']}/{one['item_id']}" for one in results_of(play.round(RECORDS)).to_dict("records")
    }
    book = openpyxl.load_workbook(path)
    sheet = book["结果录入"]
    at = {cell.value: cell.column for cell in sheet[2]}
    for line in range(3, sheet.max_row + 1):
        if (sheet.cell(line, 2).value, sheet.cell(line, at["事项编号"]).value) == (row["visit_id"], row["item_id"]):
            sheet.cell(line, at["检查日期"]).value = datetime(2026, 12, 7)
    book.save(path)
    play.set("2026-12-15T10:00")
    recording.record(play.city(RECORDS), [path], agreement=Agreement(reason="退回重报", reviewer="李复核"))
    assert [one["state"] for one in reviewing.list_unreviewed(play.round(REVIEWS)).facts["rows"]] == ["waiting"]
    reviewing.review(play.round(REVIEWS), [name])
    days = results_of(play.round(RECORDS)).set_index(["visit_id", "item_id"])["inspected_on"]
    assert str(days[row["visit_id"], row["item_id"]])[:10] == "2026-12-07"
    assert len(play.city(RECORDS).store.versions("results", of=[ROUND])) == len(days) + 1


def test_a_correction_waits_while_the_first_result_stands(play) -> None:
    """The page keeps what was accepted until somebody accepts the correction, too, and then tells of it."""
    path = fill(play, busiest(play)[0])
    recording.record(play.city(RECORDS), [path])
    reviewing.review(play.round(REVIEWS), everything=True)
    before = shown(play)
    play.set("2026-12-16T10:00")
    agreed = Agreement(reason="选错", reviewer="李复核")
    recording.record(play.city(RECORDS), [fill(play, busiest(play)[0], result="A")], agreement=agreed)
    assert shown(play) == before
    play.set("2026-12-17T10:00")
    reviewing.review(play.round(REVIEWS), everything=True)
    assert {row["category"] for row in shown(play)} == {"发现问题待后续处理"}
    told = json.loads((play.out / "public" / ROUND / "results.json").read_bytes())["corrections"]
    assert {row["corrected_on"] for row in told} == {"2026-12-17"}


def test_the_rule_switched_off_asks_for_nothing(at) -> None:
    """In a month whose rule asks for no review results count at once, and there is nothing to say yes to."""
    play = at("matched")
    play.set("2026-12-09T10:00")
    recording.record(play.city(RECORDS), [fill(play, busiest(play)[0])])
    assert codes(reviewing.list_unreviewed(play.round(REVIEWS))) == ["month.review_not_needed"]
    with pytest.raises(UsageError) as refused:
        reviewing.review(play.round(REVIEWS), everything=True)
    assert refused.value.code == "month.review_unneeded"
    assert len(shown(play)) > 0
    assert "submit" not in play.state()


def test_names_that_mean_nothing_are_refused(play) -> None:
    """An office or a result that there is not, and a round without results, are named."""
    with pytest.raises(UsageError) as refused:
        reviewing.review(play.round(REVIEWS), everything=True)
    assert refused.value.code == "month.step_missing"
    recording.record(play.city(RECORDS), [fill(play, busiest(play)[0])])
    for names, office, code in ((["x~1"], "", "month.review_unknown"), ([], "x", "month.review_office_unknown")):
        with pytest.raises(UsageError) as refused:
            reviewing.review(play.round(REVIEWS), names, office=office)
        assert refused.value.code == code


def test_a_row_that_nobody_submitted_waits_for_its_file(play) -> None:
    """Rows recorded before the rule came have no one who entered them; the same file again names somebody."""
    path = fill(play, busiest(play)[0])
    rule = play.inputs / "rules" / "shared" / "result_review.yaml"
    rule.rename(rule.with_suffix(".off"))
    recording.record(play.city("wu-05"), [path])
    rule.with_suffix(".off").rename(rule)
    report = reviewing.review(play.round(REVIEWS), everything=True)
    assert (report.exit_code, report.facts["rows"]) == (4, 0)
    recording.record(play.city(RECORDS), [path])
    report = reviewing.review(play.round(REVIEWS), everything=True)
    assert (report.exit_code, report.facts["unreviewed"]) == (0, 0)


def test_each_office_gets_a_workbook_of_what_it_owes(play) -> None:
    """未录入、待审核、已退回, overdue ones first, and a file of the day; what is public stands in none of them."""
    first, second = busiest(play)[:2]
    recording.record(play.city(RECORDS), [fill(play, first, day="2026-12-01")])
    rows = reviewing.list_unreviewed(play.round(REVIEWS), office=first).facts["rows"]
    name = f"{rows[0]['visit_id']}/{rows[0]['item_id']}"
    reviewing.review(play.round(REVIEWS), [name], decision=SENT_BACK, reason="日期有误")
    play.set("2027-02-15T09:00")
    report = following_up.follow_up(play.round(REVIEWS), out=play.out)
    assert report.exit_code == 4
    assert said(report, "month.clock_unreviewed")["rows"] == len(rows)
    folder = play.out / "internal" / "follow-up" / ROUND / "2027-02-15"
    sheet = openpyxl.load_workbook(folder / f"{first}.xlsx")["结果公示督办"]
    lines = list(sheet.iter_rows(min_row=3, values_only=True))
    assert sorted({line[0] for line in lines}) == ["逾期（已退回）", "逾期（待审核）"]
    assert [line[8] for line in lines if "退回" in line[0]] == [f"{REVIEWS}：日期有误"]
    assert [line[2] for line in lines] == sorted((line[2] for line in lines), reverse=True)
    other = openpyxl.load_workbook(folder / f"{second}.xlsx")["结果公示督办"]
    assert {line[0] for line in other.iter_rows(min_row=3, values_only=True)} <= {"逾期（未录入）", "未录入"}
    told = json.loads((folder / "follow-up.json").read_bytes())
    assert (told["format"], told["round"], told["date"]) == ("supervision-follow-up-1", ROUND, "2027-02-15")
    assert [row["late"] for row in told["results"]] == sorted((row["late"] for row in told["results"]), reverse=True)
    before = (folder / f"{first}.xlsx").read_bytes()
    reviewing.review(play.round(REVIEWS), everything=True)
    following_up.follow_up(play.round(REVIEWS), out=play.out)
    after = list(
        openpyxl.load_workbook(folder / f"{first}.xlsx")["结果公示督办"].iter_rows(min_row=3, values_only=True)
    )
    assert (len(after), before == (folder / f"{first}.xlsx").read_bytes()) == (1, False)
