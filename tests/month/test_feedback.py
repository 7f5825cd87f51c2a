"""一次一评: tokens on papers, answers by file, figures in the report, and a bad rating followed up; a real month."""

from __future__ import annotations

import json
from datetime import timedelta

import openpyxl
import pytest
from real_rounds import RECORDS, ROUND

from supervision.directory.register import kinds
from supervision.messages import Message
from supervision.month import case_making, casework, importing, overseeing
from supervision.month.feedback_tokens import answers_of, tokens
from supervision.month.internal_files import office_month, office_months
from supervision.month.open_cases import list_cases
from supervision.month.page_heading import heading
from supervision.month.round_results import expected_visits
from supervision.notice.papers.values import visit_values


@pytest.fixture
def play(at):
    """The month after its second draw, its visits over."""
    found = at("matched")
    found.set("2027-01-05T10:00")
    return found


def take(play, tmp_path, *rows, name="feedback.csv", day=None):
    """Import answers: token, rating, day, words."""
    path = tmp_path / name
    lines = ["评价码,评分,评价日期,意见", *(",".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return importing.import_file(play.city(RECORDS), "feedback", path, as_of=day or play.time.date())


def reasons(taken):
    """The text of a rejects workbook."""
    sheet = openpyxl.load_workbook(taken.rejects_file).active
    return " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


def test_the_paper_has_the_visits_token(play) -> None:
    """Each visit's paper says its token, the same at every office that comes along, and no two visits share one."""
    round = play.round(RECORDS)
    known, told = tokens(round), {}
    for one in office_months(round, heading(round), office_month(round)):
        for _, visit, values in visit_values(one):
            assert told.setdefault(visit, values["评价码"]) == values["评价码"]
    assert told == {visit: known[visit] for visit in told} != {}
    assert len(set(known.values())) == len(known)


def test_an_answer_comes_in_once(play, tmp_path) -> None:
    """Written with blanks it is the same token; the file again changes nothing; another answer to it goes back."""
    first, second, *_ = sorted(tokens(play.round(RECORDS)).values())
    taken = take(play, tmp_path, (first.replace("-", " "), 5, "2027-01-04", "规范"), (second, 2, "2027-01-04", ""))
    assert (taken.inserted, taken.rejected) == (2, 0)
    play.set("2027-01-06T10:00")
    again = take(play, tmp_path, (first, 5, "2027-01-04", "规范"), (second, 1, "2027-01-04", ""))
    assert (again.inserted, again.unchanged, again.rejected) == (0, 1, 1)
    assert "已经用过" in reasons(again)
    ratings = play.city(RECORDS).register("feedback", on=play.time.date()).set_index("token")["rating"]
    assert ratings.to_dict() == {first: 5, second: 2}


def test_answers_that_may_not_be_taken(play, tmp_path) -> None:
    """An unknown token, a day before the visit, a rating that there is not: handed back, with the reason."""
    round = play.round(RECORDS)
    visit, code = sorted(tokens(round).items())[0]
    planned = expected_visits(round).set_index("visit_id")["inspected_on"]
    day = planned[[visit]].min()
    early = f"{day - timedelta(days=1):%Y-%m-%d}"
    taken = take(play, tmp_path, ("9999-9999-9999", 5, "2027-01-04", ""), (code, 5, early, ""), ("1-2", 6, "x", ""))
    assert (taken.inserted, taken.rejected) == (0, 3)
    told = reasons(taken)
    assert "没有这个评价码" in told and f"早于这次检查（计划 {day:%Y-%m-%d}）" in told
    assert take(play, tmp_path, (code, 5, f"{day:%Y-%m-%d}", "")).inserted == 1


def test_figures_stand_in_the_report(play, tmp_path) -> None:
    """Answers by department with share and mean, no token and no words of them anywhere in it."""
    codes = sorted(tokens(play.round(RECORDS)).values())[:12]
    take(play, tmp_path, *((code, 1 + place % 5, "2027-01-04", "不满意得很") for place, code in enumerate(codes)))
    report = overseeing.oversee_month(play.city(RECORDS), ROUND, out=play.out)
    answers = answers_of(play.round(RECORDS))
    assert sum(row["answers"] for row in report.facts["tables"]["satisfaction"]) <= len(answers)
    assert len(report.facts["tables"]["satisfaction"]) > 0
    folder = play.out / "internal" / "report" / ROUND
    said = (folder / "report.html").read_text(encoding="utf-8") + json.dumps(report.facts, ensure_ascii=False)
    assert "不满意得很" not in said and not any(code in said for code in codes)
    assert report.facts["key"]["satisfaction"] is not None


def test_a_bad_rating_is_followed_up_without_a_name(play, tmp_path) -> None:
    """差评整改: a case of each office that went, due by rule, which names neither unit, visit nor token."""
    round = play.round(RECORDS)
    (bad, good, *_) = sorted(tokens(round).values())
    take(play, tmp_path, (bad, 2, "2027-01-04", "态度生硬"), (good, 3, "2027-01-04", "一般"))
    offices = sorted(answers_of(round).query("rating == 2")["office_id"])
    report = case_making.make_cases(round)
    assert [row["office_id"] for row in report.facts["opened"]] == offices
    assert {row["due"][:10] for row in report.facts["opened"]} == {"2027-01-19"}
    rows = list_cases(play.city(RECORDS)).facts["cases"]
    assert all(
        "态度生硬" in row["text"] and (row["unit_id"], row["visit_no"], row["name"]) == ("", "", "") for row in rows
    )
    assert bad not in json.dumps(rows)
    assert case_making.make_cases(play.round(RECORDS)).facts["opened"] == []
    number = rows[0]["case_no"]
    with pytest.raises(Exception, match="差评整改") as refused:
        casework.reinspect(play.city(RECORDS), number, result="1", text="x")
    assert refused.value.code == "month.case_no_unit"
    closed = casework.close(play.city(RECORDS), number, outcome="corrected", text="已道歉并培训")
    assert closed.facts["event"] is None


def test_tokens_are_in_nothing_public(play) -> None:
    """No token stands in any file below public/ or audit/."""
    from supervision.month import publishing

    publishing.publish(play.round(RECORDS), play.out)
    known = [code.encode() for code in tokens(play.round(RECORDS)).values()]
    for part in ("public", "audit"):
        for path in (play.out / part).rglob("*"):
            if path.is_file():
                body = path.read_bytes()
                assert not any(code in body for code in known), path


def test_every_kind_says_that_it_is_imported() -> None:
    """What the command line shows while a kind of file goes in has its words, for each of them."""
    assert {kind for kind in importing.ORDER if not Message.of(f"month.import_{kind}").text()} == set()
    assert set(importing.ORDER) == set(kinds())
