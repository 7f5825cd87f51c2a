"""Problems of a real month followed to their end: order, other departments, re-inspection, closing as evidence."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from real_rounds import RECORDS, ROUND, busiest, codes, fill, register_file, said

from supervision.errors import SupervisionError, UsageError
from supervision.month import case_making, casework, following_up, importing, recording
from supervision.month.open_cases import list_cases
from supervision.month.visit_ledger import ledger_of


@pytest.fixture
def play(at):
    """The month with one office's results, all of which found a problem."""
    found = at("matched")
    found.set("2026-12-09T10:00")
    recording.record(found.city(RECORDS), [fill(found, busiest(found)[0], result="A")])
    return found


def opened(play):
    """Open the round's cases; return their numbers."""
    report = case_making.make_cases(play.round(RECORDS))
    return [row["case_no"] for row in report.facts["opened"]]


def test_each_problem_is_opened_once(play) -> None:
    """A case a result that found a problem, due by the rule's days from the inspection; a second run opens none."""
    numbers = opened(play)
    results = play.city(RECORDS).store.versions("results", of=[ROUND])
    report = case_making.make_cases(play.round(RECORDS))
    assert (said(report, "month.cases_made")["problems"], report.facts["opened"]) == (0, [])
    assert numbers == [f"WT{ROUND}-{place:04}" for place in range(1, len(results) + 1)]
    rows = list_cases(play.city(RECORDS)).facts["cases"]
    assert {row["due"] for row in rows} == {"2027-01-07"}
    assert {row["office_id"] for row in rows} == {busiest(play)[0]}
    assert opened(play) == []
    recording.record(play.city(RECORDS), [fill(play, busiest(play)[1], result="1")])
    assert opened(play) == []


def test_a_rehearsal_opens_none(rehearsal, play) -> None:
    """Nothing follows from a rehearsal."""
    from supervision.month.city import City

    round = City.open(rehearsal.store, who=RECORDS).round(ROUND, rehearsal=True)
    with pytest.raises(UsageError) as refused:
        case_making.make_cases(round)
    assert refused.value.code == "month.cases_of_rehearsal"


def test_a_case_to_its_end(play) -> None:
    """责令改正 sets the last day, 抄告 says to whom, the re-inspection is a check for cause, closing an event."""
    number, city = opened(play)[0], play.city(RECORDS)
    assert casework.order(city, number, due=date(2026, 12, 20), document="责改〔2026〕1号").facts["due"] == "2026-12-20"
    casework.tell(city, number, to="fire", document="抄告2026-31", text="疏散通道堵塞")
    before = len(ledger_of(city, 2026).calls)
    play.set("2026-12-21T10:00")
    city = play.city(RECORDS)
    assert list_cases(city).exit_code == 4
    casework.reinspect(city, number, result="1", text="已改正")
    calls = ledger_of(city, 2026).calls
    assert len(calls) == before + 1
    history = city.register("history", on=play.time.date())
    row = history[history["visit_no"] == f"{number}/03"].iloc[0]
    assert (row["kind"], row["result"], str(row["date"])[:10]) == ("for_cause", "1", "2026-12-21")
    assert number in row["trigger"]
    report = casework.close(city, number, outcome="corrected", text="复查已改正")
    assert (report.facts["open"], report.facts["event"]) == (False, "rectified")
    events = city.register("events", on=play.time.date())
    event = events[events["event_no"] == number].iloc[0]
    assert (event["kind"], event["unit_id"], event["result"]) == ("rectified", row["unit_id"], "复查已改正")
    steps = city.register("cases", on=play.time.date())
    steps = steps[steps["case_no"] == number]
    assert steps["action"].tolist() == ["opened", "ordered", "informed", "reinspected", "closed"]
    assert (steps["department"].dropna().tolist(), steps["document_no"].dropna().tolist()) == (
        ["fire"],
        ["责改〔2026〕1号", "抄告2026-31"],
    )
    with pytest.raises(SupervisionError) as refused:
        casework.follow(city, number, text="再查")
    assert refused.value.code == "results.case_closed"


def test_not_corrected_counts_against_the_unit(play) -> None:
    """逾期未改正 is an event that scores know; what another department deals with, or is not borne out, is none."""
    first, second, *_ = opened(play)
    city = play.city(RECORDS)
    assert casework.close(city, first, outcome="not_corrected", text="逾期").facts["event"] == "recheck_failed"
    assert casework.close(city, second, outcome="handled_elsewhere", text="已移送").facts["event"] is None
    events = city.register("events", on=play.time.date())
    assert events.loc[events["event_no"].isin([first, second]), "kind"].tolist() == ["recheck_failed"]


def test_what_is_wrong_is_refused_and_nothing_stored(play) -> None:
    """Unknown numbers, codes, departments, days before the last step or the order, no words: each is named."""
    number = opened(play)[0]
    play.set("2026-12-12T10:00")
    city = play.city(RECORDS)
    before = len(city.register("cases", on=play.time.date())), len(city.register("history", on=play.time.date()))
    wanted = {
        "month.case_unknown": lambda: casework.follow(city, "WT-9", text="x"),
        "month.case_no_words": lambda: casework.follow(city, number, text=" "),
        "month.case_department_unknown": lambda: casework.tell(city, number, to="x", document="1", text="x"),
        "month.case_result_unknown": lambda: casework.reinspect(city, number, result="Z", text="x"),
        "month.case_outcome_unknown": lambda: casework.close(city, number, outcome="x", text="x"),
        "results.case_due_before": lambda: casework.order(city, number, due=date(2026, 12, 11), document="1"),
        "results.case_before": lambda: casework.reinspect(city, number, result="1", text="x", on=date(2026, 12, 8)),
        "month.case_office_unknown": lambda: list_cases(city, office="x"),
    }
    for code, act in wanted.items():
        with pytest.raises(SupervisionError) as refused:
            act()
        assert refused.value.code == code
    assert (
        len(city.register("cases", on=play.time.date())),
        len(city.register("history", on=play.time.date())),
    ) == before


def test_a_stopped_machine_loses_nothing(play, monkeypatch) -> None:
    """The inspection is on record and its step is not: the same words again add the step, and no second inspection."""
    number, city = opened(play)[0], play.city(RECORDS)
    with monkeypatch.context() as stopped:
        stopped.setattr(casework, "add_steps", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            casework.reinspect(city, number, result="1", text="已改正")
    casework.reinspect(city, number, result="1", text="已改正")
    history = city.register("history", on=play.time.date())
    assert history["visit_no"].fillna("").str.startswith(number).sum() == 1


def test_steps_come_by_file_and_are_looked_at(play, tmp_path) -> None:
    """`import cases` takes a next step and hands back one of a case that is closed, or of a day before the visit."""
    first, second, *_ = opened(play)
    city = play.city(RECORDS)
    casework.close(city, first, outcome="unfounded", text="x")
    standing = city.register("cases", on=play.time.date()).set_index(["case_no", "step"])
    header = "case_no,step,action,matter,unit_id,office_id,visit_no,item_id,happened,due,text,by"

    def line(case, step, action, happened, due=""):
        one = standing.loc[(case, "00")] if (case, "00") in standing.index else standing.loc[(first, "00")]
        about = [one[name] for name in ("unit_id", "office_id", "visit_no", "item_id")]
        return ",".join([case, step, action, "problem", *about, happened, due, "核查", "王明"])

    rows = [
        line(first, "02", "followed", "2026-12-09"),
        line(second, "01", "followed", "2026-12-09"),
        line("WT-1", "00", "opened", "2026-12-07", "2026-12-20"),
    ]
    path = tmp_path / "cases.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    taken = importing.import_file(city, "cases", path, as_of=play.time.date())
    assert (taken.inserted, taken.rejected) == (1, 2)
    sheet = openpyxl.load_workbook(taken.rejects_file).active
    told = " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    assert "办结，不能再办" in told and "早于台账 WT-1 所依据的检查" in told


def test_open_cases_stand_in_the_offices_workbook(play, tmp_path) -> None:
    """The second sheet of 督办清单 has open cases and objections, overdue ones first, and nothing that is closed."""
    first, second, *_ = opened(play)
    city, office = play.city(RECORDS), busiest(play)[0]
    casework.order(city, second, due=date(2026, 12, 10), document="责改1号")
    casework.close(city, first, outcome="corrected", text="x")
    result = city.store.versions("results", of=[ROUND]).iloc[-1]
    header = "unit_id,objection_no,filed,filed_by,ground,disputed_date,disputed_no,"
    header += "decision,decided,decided_by,decision_ground"
    about = [f"{result['inspected_on']:%Y-%m-%d}", f"{ROUND}/{result['visit_id']}/{result['item_id']}"]
    decided = ["rejected", "2026-12-10", "赵", "核对照片"]
    lines = [[result["unit_id"], number, "2026-12-09", "企业", "不属实", *about] for number in ("异议1", "异议2")]
    register_file(city, tmp_path, "objections", header, lines[0] + [""] * 4, lines[1] + decided, day="2026-12-10")
    play.set("2026-12-20T09:00")
    following_up.follow_up(play.round(RECORDS), out=play.out)
    path = play.out / "internal" / "follow-up" / ROUND / "2026-12-20" / f"{office}.xlsx"
    told = list(openpyxl.load_workbook(path)["后续处置督办"].iter_rows(min_row=3, values_only=True))
    assert (told[0][0], told[0][2], told[0][3]) == ("逾期", 10, second)
    assert not {first, "异议2"} & {line[3] for line in told}
    assert len(told) > 1 and {line[0] for line in told[1:]} == {"办理中"}
    ((state, due, matter, text),) = [(line[0], line[1], line[4], line[7]) for line in told if line[3] == "异议1"]
    assert (state, f"{due:%Y-%m-%d}", matter, text) == ("办理中", "2026-12-29", "企业异议", "不属实")


def test_the_list_is_of_an_office_and_of_what_is_late(play) -> None:
    """`--office` leaves other offices' out, `--overdue` what has time; the last day itself is not late."""
    numbers = opened(play)
    city, (office, other, *_) = play.city(RECORDS), busiest(play)
    report = list_cases(city, office=office)
    assert (len(report.facts["cases"]), report.exit_code) == (len(numbers), 0)
    assert list_cases(city, office=other).facts["cases"] == []
    casework.order(city, numbers[1], due=date(2026, 12, 10), document="责改1号")
    assert list_cases(city, overdue=True, on=date(2026, 12, 10)).facts["cases"] == []
    late = list_cases(city, overdue=True, on=date(2026, 12, 11))
    assert ([(row["case_no"], row["late"]) for row in late.facts["cases"]], late.exit_code) == ([(numbers[1], 1)], 4)
    assert codes(late)[0] == "month.cases_open"
