"""Warnings in a city: made from the registers, followed, handed over, closed into an event; each step on record."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pytest
from annual_year import Town

from supervision.errors import SupervisionError, UsageError
from supervision.month.importing import import_file
from supervision.month.report import Report
from supervision.month.warning_handling import close, follow, hand_over, open_warning
from supervision.month.warning_list import list_warnings
from supervision.month.warning_making import make_warnings
from supervision.month.warning_steps import standing_of, steps_of

DAY = date(2026, 1, 25)
EVENTS = "unit_id,kind,happened,event_no,severity,known_on"


def units(year: Town, many: int) -> list[str]:
    """Ids of some units of one district, in order."""
    rows = year.city.register("entities", on=DAY, columns=["unit_id", "region"])
    return list(rows.loc[rows["region"] == "320505", "unit_id"][:many])


def events(year: Town, name: str, *rows: str) -> None:
    """Import events."""
    place = year.file(f"{name}.csv")
    place.write_text("\n".join([EVENTS, *rows]) + "\n", encoding="utf-8")
    taken = import_file(year.city, "events", place, as_of=None)
    assert (taken.inserted, taken.rejected) == (len(rows), 0)


def complain(year: Town, unit: str, *days: int) -> None:
    """Import complaints of these days of January."""
    rows = [f"{unit},complaint,2026-01-{day:02},C{day},,2026-01-{day:02}" for day in days]
    events(year, f"complaints-{days[0]}", *rows)


def opened(report: Report, unit: str) -> list[tuple[str, str]]:
    """Signal and office of the warnings that a report opened for a unit."""
    return [(row["signal"], row["office"]) for row in report.facts["opened"] if row["unit"] == unit]  # type: ignore[attr-defined]


def log_steps(year: Town) -> list[dict[str, str]]:
    """The entries of the registers' log."""
    return [json.loads(line) for line in year.city.store.log("registers").splitlines()]


def test_from_signal_to_closed(year: Town) -> None:
    """Three complaints: one warning with office, deadline and what to do; followed, handed over, closed; an event."""
    unit = units(year, 1)[0]
    complain(year, unit, 5, 12)
    assert opened(make_warnings(year.city), unit) == []
    complain(year, unit, 20)
    before = len(log_steps(year))
    made = make_warnings(year.city)
    assert opened(made, unit) == [("complaint_surge", "market-320505")]
    assert opened(make_warnings(year.city), unit) == []  # it is open: no second one
    own = standing_of(year.city)
    row = own[own["unit_id"] == unit].iloc[0]
    number = row["warning_no"]
    assert number.startswith("YJ20260125-")
    assert (str(row["due"])[:10], row["working_days"], row["hand_over"]) == ("2026-01-30", 5, "")
    assert row["evidence"] == "投诉举报 2026-01-05 C5；投诉举报 2026-01-12 C12；投诉举报 2026-01-20 C20"
    assert "约谈" in row["text"]
    follow(year.city, number, done="已约谈企业")
    hand_over(year.city, number, to="fire-320505", reason="属消防职责")
    year.clock.set("2026-01-26T10:00")
    year.city.who = "closer"
    done = close(year.city, number, done="已责令改正")
    assert done.facts["event"] == {"unit": unit, "kind": "warning", "event_no": number}
    event = year.city.register("events", on=date(2026, 1, 26))
    event = event[event["kind"] == "warning"]
    fire = year.city.register("offices", on=DAY).set_index("office_id").loc["fire-320505", "name"]
    assert event[["unit_id", "event_no", "source", "result"]].to_numpy().tolist() == [
        [unit, number, fire, "已责令改正（closer）"]
    ]
    assert str(event["happened"].iloc[0])[:10] == "2026-01-26"
    story = steps_of(year.city)
    story = story[story["warning_no"] == number]
    assert story[["step", "action", "office_id", "by"]].to_numpy().tolist() == [
        ["00", "opened", "market-320505", "planner"],
        ["01", "followed", "market-320505", "planner"],
        ["02", "handed_over", "fire-320505", "planner"],
        ["03", "closed", "fire-320505", "closer"],
    ]
    logged = [(entry["who"], *entry["outputs"]) for entry in log_steps(year)[before:]]
    assert logged == [("planner", "warnings")] * 3 + [("closer", "warnings"), ("closer", "events")]


def test_only_news_warns_again(year: Town) -> None:
    """After closing the same records set off nothing; one more complaint does, under a number of its own."""
    unit = units(year, 1)[0]
    complain(year, unit, 5, 12, 20)
    make_warnings(year.city)
    own = standing_of(year.city)
    close(year.city, own.loc[own["unit_id"] == unit, "warning_no"].iloc[0], done="无问题")
    assert opened(make_warnings(year.city), unit) == []
    complain(year, unit, 24)
    assert opened(make_warnings(year.city), unit) == [("complaint_surge", "market-320505")]
    own = standing_of(year.city)
    own = own[own["unit_id"] == unit]
    assert own["is_open"].tolist() == [False, True]
    assert own["warning_no"].is_unique
    assert own["evidence"].iloc[1].endswith("投诉举报 2026-01-24 C24")


def test_visits_go_to_the_office_that_came_last(year: Town) -> None:
    """Two checks in sixty days; where the office is not known, that of the department in the district takes it."""
    unit, other = units(year, 2)
    head = "unit_id,agency,item_id,date,office_id,kind,on_site,result,visit_no,trigger,known_on"
    rows = [
        f"{unit},market,market-food,2026-01-05,market-320505,routine,是,1,V1,,2026-01-25",
        f"{unit},fire,fire-premises,2026-01-20,fire-320506,routine,是,1,V2,,2026-01-25",
        f"{other},market,market-food,2026-01-05,nowhere,for_cause,是,1,V3,,2026-01-25",
    ]
    place = year.file("history-new.csv")
    place.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    assert import_file(year.city, "history", place, as_of=None).inserted == 3
    made = make_warnings(year.city)
    assert ("over_inspection", "fire-320506") in opened(made, unit)
    assert ("without_cause", "market-320505") in opened(made, other)
    row = standing_of(year.city).set_index(["unit_id", "signal"]).loc[(unit, "over_inspection")]
    assert row["evidence"] == "2026-01-05 市场监管 V1；2026-01-20 消防救援 V2"
    assert row["hand_over"] == "justice"


def test_a_warning_without_office_is_named(year: Town) -> None:
    """No office of the department in the district: named with exit code 4, and not opened; the others are."""
    unit, other = units(year, 2)
    rows = [f"{unit},penalty,2026-01-20,P1,3,2026-01-20", f"{other},complaint,2026-01-20,P2,,2026-01-20"]
    events(year, "grave", *rows)
    offices = year.city.register("offices", on=DAY)
    city = year.city
    real = city.register

    def without(kind: str, **asked: object) -> pd.DataFrame:
        return offices[offices["office_id"] != "market-320505"] if kind == "offices" else real(kind, **asked)  # type: ignore[arg-type]

    city.register = without  # type: ignore[method-assign, assignment]
    made = make_warnings(city)
    assert opened(made, unit) == []
    assert {"signal": "grave_event", "unit": unit} in made.facts["without_office"]  # type: ignore[operator]
    assert made.exit_code == 4
    assert any(unit in line.text("zh") and "没有承办机构" in line.text("zh") for line in made.lines)
    del city.register  # type: ignore[method-assign]
    assert opened(make_warnings(city), unit) == [("grave_event", "market-320505")]


def hand_opened(year: Town, unit: str, **changes: object) -> Report:
    """Open a warning by hand."""
    given: dict[str, object] = {"office": "market-320505", "text": "核实", "evidence": "工单1", "working_days": 5}
    return open_warning(year.city, unit, **(given | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "code", "named"),
    [
        ({"office": ""}, "month.warning_no_office", "market-320505"),
        ({"office": "nowhere"}, "month.warning_office_unknown", "nowhere"),
        ({"signal": "earthquake"}, "month.warning_signal_unknown", "referred"),
        ({"signal": "score_jump"}, "month.warning_signal_by_rule", "score_jump"),
        ({"text": " "}, "month.warning_no_words", ""),
        ({"evidence": ""}, "month.warning_no_words", ""),
        ({"unit": "91320505MA1NOWHERE"}, "month.warning_unit_unknown", "NOWHERE"),
    ],
)
def test_what_may_not_be_opened(year: Town, changes: dict[str, object], code: str, named: str) -> None:
    """Without office, of an unknown rule or unit, without words: named, and nothing is stored."""
    unit = str(changes.pop("unit", units(year, 1)[0]))
    with pytest.raises(UsageError) as refused:
        hand_opened(year, unit, **changes)
    assert refused.value.code == code
    assert named in refused.value.text("zh")
    assert steps_of(year.city).empty


def test_closed_once(year: Town) -> None:
    """A second closing, a step after it, an unknown number, a hand-over to itself, a day before: named, not stored."""
    number = str(hand_opened(year, units(year, 1)[0]).facts["warning"])
    for act, code in (
        (lambda: hand_over(year.city, number, to="market-320505", reason="x"), "month.warning_same_office"),
        (lambda: hand_over(year.city, number, to="nowhere", reason="x"), "month.warning_office_unknown"),
        (lambda: follow(year.city, number, done="x", on=date(2026, 1, 24)), "results.warning_before"),
        (lambda: follow(year.city, "YJ1", done="x"), "month.warning_unknown"),
        (lambda: close(year.city, number, done=" "), "month.warning_no_words"),
    ):
        with pytest.raises(SupervisionError) as refused:
            act()
        assert refused.value.code == code
    close(year.city, number, done="已核实")
    for again in ("已核实", "无问题"):
        with pytest.raises(SupervisionError) as refused:
            close(year.city, number, done=again)
        assert refused.value.code == "results.warning_closed"
        assert "planner" in refused.value.text("zh")
    with pytest.raises(SupervisionError):
        follow(year.city, number, done="再看")
    assert len(steps_of(year.city)) == 2
    assert (year.city.register("events", on=DAY)["kind"] == "warning").sum() == 1


def test_the_event_follows_after_a_stop(year: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped between the last step and the event, the list names it, and closing with the same words adds it."""
    number = str(hand_opened(year, units(year, 1)[0]).facts["warning"])
    real = type(year.city.store).insert

    def stop(store: object, kind: str, *args: object, **more: object) -> object:
        if kind == "events":
            raise KeyboardInterrupt
        return real(store, kind, *args, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(type(year.city.store), "insert", stop)
        with pytest.raises(KeyboardInterrupt):
            close(year.city, number, done="已核实")
    told = list_warnings(year.city)
    assert (told.facts["without_event"], told.exit_code) == ([number], 4)
    with pytest.raises(SupervisionError):
        close(year.city, number, done="无问题")
    close(year.city, number, done="已核实")
    assert list_warnings(year.city).facts["without_event"] == []
    assert len(steps_of(year.city)) == 2


def test_overdue_and_the_messenger_s_files(year: Town) -> None:
    """Due five working days after; the day after it is overdue; files an office and day, noted once; none in public."""
    first, second = units(year, 2)
    number = str(hand_opened(year, first, working_days=5).facts["warning"])
    late = str(hand_opened(year, second, office="fire-320505", working_days=4).facts["warning"])
    out = year.file("out")
    year.clock.set("2026-01-30T09:00")
    told = list_warnings(year.city, out=out)
    assert [(row["warning"], row["due"], row["overdue"]) for row in told.facts["warnings"]] == [  # type: ignore[attr-defined]
        (late, "2026-01-29", True),
        (number, "2026-01-30", False),
    ]
    assert told.exit_code == 4
    assert [row["warning"] for row in list_warnings(year.city, overdue=True).facts["warnings"]] == [late]  # type: ignore[attr-defined]
    mine = list_warnings(year.city, office="market-320505")
    assert ([row["warning"] for row in mine.facts["warnings"]], mine.exit_code) == ([number], 0)  # type: ignore[attr-defined]
    with pytest.raises(UsageError):
        list_warnings(year.city, office="nowhere")
    names = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    assert names == [
        f"internal/warnings/2026-01-30/{office}.{ending}"
        for office in ("fire-320505", "market-320505")
        for ending in ("json", "txt")
    ]
    body = json.loads((out / names[0]).read_text(encoding="utf-8"))
    assert (body["date"], body["office"]["id"]) == ("2026-01-30", "fire-320505")
    assert [(row["warning"], row["records"]) for row in body["warnings"]] == [(late, ["工单1"])]
    assert "已逾期（应于 2026-01-29 前办结）" in (out / names[1]).read_text(encoding="utf-8")
    entry = log_steps(year)[-1]
    assert (entry["step"], len(entry["outputs"])) == ("warning-files", 4)
    list_warnings(year.city, out=out)
    assert len([one for one in log_steps(year) if one["step"] == "warning-files"]) == 1


def test_a_deadline_in_a_year_without_calendar(year: Town) -> None:
    """The year that is not announced is named; nobody can say that it is overdue."""
    hand_opened(year, units(year, 1)[0], working_days=240)
    row = list_warnings(year.city).facts["warnings"][0]  # type: ignore[index]
    assert (row["due"], row["awaits"], row["overdue"]) == ("", 2027, False)
    assert any("待 2027 年安排公布" in line.text("zh") for line in list_warnings(year.city).lines)


def test_steps_come_in_by_import(year: Town) -> None:
    """Another body's warning comes in; a step that is not the next, or without office, goes back with its reason."""
    unit = units(year, 1)[0]
    head = "warning_no,step,action,signal,unit_id,office_id,happened,working_days,text,evidence,by,known_on"
    rows = [
        f"P1,01,followed,referred,{unit},market-320505,2026-01-21,,已核实,,平台,2026-01-21",
        f"P1,00,opened,referred,{unit},market-320505,2026-01-20,5,核实,工单1,平台,2026-01-20",
        f"P2,00,opened,referred,{unit},,2026-01-20,5,核实,工单2,平台,2026-01-20",
        f"P3,01,followed,referred,{unit},market-320505,2026-01-20,,核实,,平台,2026-01-20",
        f"P4,00,opened,earthquake,{unit},market-320505,2026-01-20,5,核实,工单4,平台,2026-01-20",
    ]
    place = year.file("warnings.csv")
    place.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    taken = import_file(year.city, "warnings", place, as_of=None)
    assert (taken.inserted, taken.rejected) == (2, 3)  # in whatever order its steps stand
    again = import_file(year.city, "warnings", place, as_of=None)
    assert (again.inserted, again.unchanged) == (0, 2)
    assert standing_of(year.city)["warning_no"].tolist() == ["P1"]
