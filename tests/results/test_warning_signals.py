"""Signals of early warning: each stands at its edge and not below it; a rule that names something else is refused."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from supervision.errors import SupervisionError
from supervision.law.rules import Rules
from supervision.results.warning_signals import EVENT_COLUMNS, RULE, SIGNALS, VISIT_COLUMNS, Evidence, signals
from supervision.store import shipped_files

ON = date(2026, 11, 30)
SHIPPED = Rules.read(shipped_files.shipped_rules()).on(ON).value(RULE)


def events(*rows: tuple[str, str, str, int | None]) -> pd.DataFrame:
    """Events of unit U: kind, happened, known_on, severity."""
    return pd.DataFrame(
        {
            "unit_id": ["U"] * len(rows),
            "kind": pd.Series([row[0] for row in rows], dtype="str"),
            "called": pd.Series([row[0] for row in rows], dtype="str"),
            "happened": pd.to_datetime([row[1] for row in rows]).astype("datetime64[s]"),
            "event_no": pd.Series([f"n{place}" for place in range(len(rows))], dtype="str"),
            "severity": pd.Series([row[3] for row in rows], dtype="Int64"),
            "known_on": pd.to_datetime([row[2] for row in rows]).astype("datetime64[s]"),
        }
    )[list(EVENT_COLUMNS)]


def visits(*rows: str) -> pd.DataFrame:
    """Visits to unit U: agency,office,date,kind,on_site,visit,visit_no,trigger."""
    cells = [row.split(",") for row in rows]
    frame = pd.DataFrame(
        cells, columns=["agency", "office_id", "date", "kind", "on_site", "visit", "visit_no", "trigger"], dtype="str"
    )
    made = frame.assign(
        unit_id="U",
        called=frame["agency"],
        date=pd.to_datetime(frame["date"]).astype("datetime64[s]"),
        on_site=frame["on_site"].map({"是": True, "否": False, "": pd.NA}).astype("boolean"),
        visit=frame["visit"].astype("int64"),
    )
    return made[list(VISIT_COLUMNS)]


def found(
    signal: str, *, told: pd.DataFrame | None = None, came: pd.DataFrame | None = None, rise: int | None = None
) -> list[tuple[str, str, tuple[str, ...]]]:
    """What one signal of the shipped rule finds: agency, office and records."""
    rises = pd.DataFrame({"unit_id": ["U"], "rise": [rise], "record": ["a→b"]})[: 0 if rise is None else 1]
    evidence = Evidence(
        on=ON, events=events() if told is None else told, visits=visits() if came is None else came, rises=rises
    )
    rows = signals({signal: SHIPPED[signal]}, evidence)
    assert set(rows["signal"]) <= {signal}
    return list(rows[["agency", "office_id", "records"]].itertuples(index=False, name=None))


def complaints(*days: str) -> pd.DataFrame:
    """Complaints of unit U on these days."""
    return events(*(("complaint", day, day, None) for day in days))


def test_three_complaints_in_thirty_days() -> None:
    """The third complaint within 30 days warns; two, three over 31 days, old ones and other kinds do not."""
    assert found("complaint_surge", told=complaints("2026-11-01", "2026-11-20", "2026-11-30")) == [
        ("market", "", ("complaint 2026-11-01 n0", "complaint 2026-11-20 n1", "complaint 2026-11-30 n2"))
    ]
    assert found("complaint_surge", told=complaints("2026-11-20", "2026-11-30")) == []
    assert found("complaint_surge", told=complaints("2026-10-31", "2026-11-20", "2026-11-30")) == []
    # the newest is the last day that still counts, then one day too old
    assert len(found("complaint_surge", told=complaints("2026-10-03", "2026-10-20", "2026-11-01"))) == 1
    assert found("complaint_surge", told=complaints("2026-10-02", "2026-10-20", "2026-10-31")) == []
    assert found("complaint_surge", told=complaints("2026-11-20", "2026-11-30", "2026-12-01")) == []
    other = events(*(("opinion", day, day, None) for day in ("2026-11-20", "2026-11-21", "2026-11-22")))
    assert found("complaint_surge", told=other) == []


@pytest.mark.parametrize(
    ("kind", "known", "severity", "many"),
    [
        ("penalty", "2026-11-30", 3, 1),
        ("penalty", "2026-11-30", 2, 0),
        ("penalty", "2026-11-30", None, 0),
        ("penalty", "2026-11-01", 3, 1),
        ("penalty", "2026-10-31", 3, 0),
        ("penalty", "2026-12-01", 3, 0),
        ("change", "2026-11-30", 3, 0),
    ],
)
def test_a_grave_event(kind: str, known: str, severity: int | None, many: int) -> None:
    """Severity 3 that became known within 30 days, however long ago it happened."""
    assert len(found("grave_event", told=events((kind, "2026-05-01", known, severity)))) == many


@pytest.mark.parametrize(("rise", "many"), [(None, 0), (149, 0), (150, 1), (151, 1), (-150, 0)])
def test_a_jump_in_score(rise: int | None, many: int) -> None:
    """From the rule's points on; the record names the rounds, never a figure."""
    rows = found("score_jump", rise=rise)
    assert rows == [("market", "", ("a→b",))] * many


def test_two_checks_in_sixty_days() -> None:
    """The second visit on site within 60 days, of whichever agency; the office that came last answers."""
    first, last = "market,m1,2026-10-02,routine,是,1,V1,", "fire,f1,2026-11-30,special,,2,V2,"
    assert found("over_inspection", came=visits(first, last)) == [
        ("fire", "f1", ("2026-10-02 market V1", "2026-11-30 fire V2"))
    ]
    assert found("over_inspection", came=visits(last)) == []
    assert found("over_inspection", came=visits(first.replace("10-02", "10-01"), last)) == []
    joint = "market,m1,2026-11-30,routine,是,2,V2,"
    assert found("over_inspection", came=visits(joint, last)) == []
    for change in (("routine", "for_cause"), ("routine", "superior"), ("是", "否")):
        assert found("over_inspection", came=visits(first.replace(*change), last)) == []
    old = [row.replace("2026-10-02", "2026-09-20").replace("2026-11-30", "2026-10-01") for row in (first, last)]
    assert found("over_inspection", came=visits(*old)) == []


def test_checks_without_a_number() -> None:
    """Two visits without a number; one that has its number does not count, nor what was done off site."""
    first, last = "market,m1,2026-11-02,routine,是,1,,", "market,m2,2026-11-09,routine,是,2, ,"
    assert found("without_code", came=visits(first, last)) == [
        ("market", "m2", ("2026-11-02 market", "2026-11-09 market"))
    ]
    assert found("without_code", came=visits(first, last.replace(",2, ,", ",2,V2,"))) == []
    assert found("without_code", came=visits(first, last.replace("是", "否"))) == []
    assert found("without_code", came=visits(first, last.replace("routine", "for_cause"))) == []


def test_a_check_for_cause_without_a_cause() -> None:
    """One is enough, off site as well; with its cause, planned, or sixty days old it is none."""
    row = "market,m1,2026-10-02,for_cause,否,1,V1,"
    assert found("without_cause", came=visits(row)) == [("market", "m1", ("2026-10-02 market V1",))]
    assert found("without_cause", came=visits(row + "投诉举报")) == []
    assert found("without_cause", came=visits(row.replace("for_cause", "routine"))) == []
    assert found("without_cause", came=visits(row.replace("10-02", "10-01"))) == []


def test_the_shipped_rule_names_every_signal() -> None:
    """Each signal that the program knows has its entry; sorted by signal."""
    assert set(SHIPPED) == set(SIGNALS)
    told = complaints("2026-11-01", "2026-11-20", "2026-11-30")
    came = visits("market,m1,2026-11-02,for_cause,是,1,V1,")
    rises = pd.DataFrame({"unit_id": ["A"], "rise": [900], "record": ["a→b"]})
    rows = signals(SHIPPED, Evidence(on=ON, events=told, visits=came, rises=rises))
    assert list(zip(rows["signal"], rows["unit_id"], strict=True)) == [
        ("complaint_surge", "U"),
        ("score_jump", "A"),
        ("without_cause", "U"),
    ]


@pytest.mark.parametrize(
    ("rule", "code", "named"),
    [
        ([], "results.warning_rule", "[]"),
        ({"earthquake": {}}, "results.warning_rule_unknown", "earthquake"),
        ({"score_jump": {"points": 5, "department": "market"}}, "results.warning_rule_field", "working_days measure"),
        ({"score_jump": None}, "results.warning_rule_field", "points department working_days"),
    ],
)
def test_a_rule_that_cannot_be_carried_out(rule: object, code: str, named: str) -> None:
    """An unknown signal or a missing field is named with the rule."""
    with pytest.raises(SupervisionError) as refused:
        signals(rule, Evidence(on=ON, events=events(), visits=visits(), rises=pd.DataFrame()))
    assert refused.value.code == code
    assert named in refused.value.text("zh") and RULE in refused.value.text("en")
