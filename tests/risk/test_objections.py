"""A disputed record rests while its objection is open and when it is upheld, and counts again when it is rejected."""

from datetime import date

import pandas as pd
import pytest
import risk_registers as given

from supervision.errors import SupervisionError
from supervision.risk.objections import (
    COLUMNS,
    disputed_events,
    disputed_results,
    names_a_record,
    states,
    without_disputed,
)

ON = date(2026, 11, 30)
RULE = {"open": "unused", "upheld": "unused", "rejected": "used", "retracted": "used", "decide_days": 20}
EVENTS = given.events(
    {"unit_id": "a", "kind": "penalty", "happened": "2026-03-01", "event_no": "P1"},
    {"unit_id": "a", "kind": "penalty", "happened": "2026-03-01", "event_no": "P2"},
    {"unit_id": "a", "kind": "complaint", "happened": "2026-03-01", "event_no": "P1"},
    {"unit_id": "b", "kind": "penalty", "happened": "2026-03-01", "event_no": "P1"},
    {"unit_id": "a", "kind": "penalty", "happened": "2026-03-02", "event_no": "P1"},
    {"unit_id": "a", "kind": "penalty", "happened": "2026-03-01"},
)
HISTORY = given.history(
    {"unit_id": "a", "date": "2026-03-01", "result": "5", "visit_no": "V1", "item_id": "m-1"},
    {"unit_id": "a", "date": "2026-03-01", "result": "5", "visit_no": "V1", "item_id": "m-2"},
    {"unit_id": "a", "date": "2026-03-01", "result": "5", "item_id": "m-1"},
    {"unit_id": "a", "date": "2026-03-02", "result": "5", "visit_no": "V1", "item_id": "m-1"},
)


def objections(*rows):
    """Objections of unit a to what is of the first of March, filed and known in November."""
    first = {"unit_id": "a", "objection_no": "O1", "filed": "2026-11-12", "disputed_date": "2026-03-01",
             "known_on": "2026-11-12"}  # fmt: skip
    frame = pd.DataFrame([{**first, **row} for row in rows]).reindex(columns=list(COLUMNS))
    days = ["filed", "disputed_date", "decided", "known_on"]
    frame[days] = frame[days].apply(pd.to_datetime).astype("datetime64[s]")
    return frame.astype({name: "str" for name in COLUMNS if name not in days})


def left(*rows, rule=RULE, on=ON):
    """Places of the events and of the inspections that count."""
    events, history = without_disputed(EVENTS, HISTORY, objections(*rows), on=on, rule=rule)
    return events.index.tolist(), history.index.tolist()


ALL = ([0, 1, 2, 3, 4, 5], [0, 1, 2, 3])


def test_what_an_objection_names():
    """Unit, kind, day and number must agree; an inspection may be named with its item; no number means all of them."""
    assert left({"disputed_kind": "penalty", "disputed_no": "P1"}) == ([1, 2, 3, 4, 5], [0, 1, 2, 3])
    assert left({"disputed_kind": "penalty"}) == ([2, 3, 4], [0, 1, 2, 3])
    assert left({"disputed_no": "V1"}) == ([0, 1, 2, 3, 4, 5], [2, 3])
    assert left({"disputed_no": "V1/m-2"}) == ([0, 1, 2, 3, 4, 5], [0, 2, 3])
    assert left({}) == ([0, 1, 2, 3, 4, 5], [3])
    assert left({"disputed_kind": "penalty", "disputed_no": "P9"}, {"objection_no": "O2", "unit_id": "z"}) == ALL


@pytest.mark.parametrize(
    ("decision", "counts"), [("upheld", False), ("rejected", True), ("retracted", True), (None, False)]
)
def test_by_its_decision(decision, counts):
    """Open and upheld: it rests. Rejected or taken back: it counts again."""
    filed = {"disputed_kind": "penalty", "disputed_no": "P1"}
    decided = {**filed, "decision": decision, "decided": "2026-11-20", "known_on": "2026-11-21"}
    rows = [filed, decided] if decision else [filed]
    assert (0 in left(*rows)[0]) is counts
    assert 0 not in left(*rows, on=date(2026, 11, 20))[0], "the decision was not known yet"
    assert left(*rows, on=date(2026, 11, 11)) == ALL, "nobody had objected yet"


def test_a_decision_of_later_is_not_in_force():
    """A decision that bears a later day leaves the objection open until then."""
    row = {"decision": "rejected", "decided": "2026-12-01"}
    assert states(objections(row), on=ON)["state"].tolist() == ["open"]
    assert states(objections(row), on=date(2026, 12, 1))["state"].tolist() == ["rejected"]


def test_the_rule_decides():
    """A city whose rule lets a record count while the objection is open keeps it."""
    assert left({}, rule={**RULE, "open": "used"}) == ALL
    assert left({"decision": "rejected", "decided": "2026-11-20"}, rule={**RULE, "rejected": "unused"})[1] == [3]


@pytest.mark.parametrize(
    "rule",
    [None, {}, {**RULE, "open": "rests"}, {**RULE, "decide_days": -1}, {**RULE, "decide_days": True},
     {name: value for name, value in RULE.items() if name != "upheld"}],
)  # fmt: skip
def test_a_rule_of_another_shape(rule):
    """A state that is missing or says neither used nor unused stops."""
    with pytest.raises(SupervisionError) as caught:
        left({}, rule=rule)
    assert caught.value.code == "risk.rule_shape"


def test_whether_an_objection_names_a_record():
    """Of many objections each is told as if it stood alone: units, kinds, days, numbers, with an item or without."""
    rows = [
        {"unit_id": unit, "disputed_kind": kind, "disputed_date": day, "disputed_no": number}
        for unit in ("a", "b", "z")
        for kind in ("penalty", "complaint", None)
        for day in ("2026-03-01", "2026-03-02", "2026-03-03")
        for number in ("P1", "P2", "V1", "V1/m-2", "V1/m-9", None)
    ]
    many = objections(*rows)
    alone = [many.iloc[[place]] for place in range(len(many))]
    expected = [bool(disputed_events(EVENTS, one).any() or disputed_results(HISTORY, one).any()) for one in alone]
    assert names_a_record(many, EVENTS, HISTORY).tolist() == expected
    assert sum(expected) == 14
    assert names_a_record(many, EVENTS.iloc[:0], HISTORY.iloc[:0]).sum() == 0


def test_an_objection_counts_from_the_day_on_which_it_is_filed():
    """Filed and known on the day itself it rests its record; filed a day later it does not."""
    named = {"disputed_kind": "penalty", "disputed_no": "P1"}
    on_the_day = {"filed": "2026-11-30", "known_on": "2026-11-30"}
    assert left(named | on_the_day) == ([1, 2, 3, 4, 5], [0, 1, 2, 3])
    assert left(named | on_the_day | {"filed": "2026-12-01"}) == ALL
    assert left(named | on_the_day | {"known_on": "2026-12-01"}) == ALL
