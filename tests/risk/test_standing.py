"""Evidence marks, who keeps a class, and the table of moves."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
import risk_registers as given

from supervision.risk.cards import Cards
from supervision.risk.classes import assess
from supervision.risk.evidence_marks import evidence_marks, marked_columns
from supervision.risk.expert_card import expert_card
from supervision.risk.standing import COLUMNS, Standing, class_signature

ON, LATER = date(2026, 11, 30), date(2026, 12, 31)
CARD = expert_card(
    {"base": 400, "features": {"penalties_12m": {"up_to": [0, 1], "points": [0, 60, 400]},
                               "abnormal_now": {"up_to": [0], "points": [0, 100]}}}
)  # fmt: skip
OVERRIDES = [{"event": "abnormal", "class": "C", "reason": "…", "months": 36}]
LAW = given.law(
    risk_cutoff=given.CUTOFF,
    class_override=OVERRIDES,
    record_use=given.NO_TERMS,
    class_change={"margin": 20, "most_percent": 100},
)
UNIT = {"unit_id": "a", "name": "甲", "capital": 10}
PENALTY = {"unit_id": "a", "kind": "penalty", "happened": "2026-01-01", "event_no": "1"}
VISIT = {"unit_id": "a", "date": "2026-02-01", "result": "1", "visit_no": "v"}


def mark(*, unit=UNIT, events=(PENALTY,), visits=(VISIT,), on=ON):
    """The mark of unit a."""
    entities = given.entities({"unit_id": "z"}, unit)
    return int(evidence_marks(entities, given.events(*events), given.history(*visits), on=on)[1])


def test_a_mark_is_of_the_facts():
    """Imported again, on a later day, in another order: the same facts have the same mark."""
    other = {**PENALTY, "event_no": "2"}
    again = mark(unit={**UNIT, "known_on": "2026-11-01"}, visits=({**VISIT, "known_on": "2026-03-01"},), on=LATER)
    assert again == mark()
    assert mark(events=(PENALTY, other)) == mark(events=(other, PENALTY))
    assert mark(events=(PENALTY, {**PENALTY, "known_on": "2026-05-01"})) == mark()
    assert mark(events=({**PENALTY, "until": "2027-01-01"},)) == mark()
    assert mark(events=(PENALTY, {**PENALTY, "unit_id": "z"}), visits=(VISIT, {**VISIT, "unit_id": "q"})) == mark()


@pytest.mark.parametrize(
    "change",
    [
        {"unit": {**UNIT, "capital": 11}},
        {"unit": {**UNIT, "name": "乙"}},
        {"events": ()},
        {"events": (PENALTY, {**PENALTY, "event_no": "2"})},
        {"events": (PENALTY, PENALTY | {"happened": "2026-03-01"})},
        {"events": ({**PENALTY, "severity": 3},)},
        {"events": (PENALTY, {**PENALTY, "severity": 3, "known_on": "2026-05-01"})},
        {"events": ({**PENALTY, "until": "2026-11-30"},)},
        {
            "events": (
                PENALTY,
                {"unit_id": "a", "kind": "repair", "happened": "2026-11-01", "event_no": "9", "repaired_no": "1"},
            )
        },
        {"visits": ()},
        {"visits": (VISIT, {**VISIT, "date": "2026-03-01"})},
        {"visits": (VISIT, {**VISIT, "date": "2026-11-30", "known_on": "2026-11-30"})},
        {"events": (PENALTY, {**PENALTY, "event_no": "2", "happened": "2026-11-30"})},
        {"visits": ({**VISIT, "result": "5"},)},
    ],
)
def test_what_is_new_changes_the_mark(change):
    """Another fact, one more, one that ended, was corrected or repaired."""
    assert mark(**change) != mark()


@pytest.mark.parametrize(
    "change",
    [
        {"events": (PENALTY, {**PENALTY, "event_no": "2", "known_on": "2026-12-01"})},
        {"events": (PENALTY, {**PENALTY, "event_no": "2", "happened": "2026-12-01", "known_on": "2026-11-01"})},
        {"visits": (VISIT, {**VISIT, "date": "2026-11-30"})},
        {"visits": (VISIT, {**VISIT, "date": "2026-12-01", "known_on": "2026-11-30"})},
    ],
)
def test_what_is_not_known_yet_does_not(change):
    """What happens or is known after the day; on its own day it counts."""
    assert mark(**change) == mark()
    assert mark(**change, on=LATER) != mark()


def test_marks_by_chunks(monkeypatch):
    """However many rows are hashed at a time, the marks are the same."""
    entities, events, history = given.random_registers(5)
    entities = entities.drop_duplicates("unit_id").reset_index(drop=True)
    whole = evidence_marks(entities, events, history, on=ON)
    monkeypatch.setattr("supervision.risk.evidence_marks.CHUNK", 7)
    assert (evidence_marks(entities, events, history, on=ON) == whole).all()
    assert len(np.unique(whole)) == len(whole) > 7


def assessed(*, units, events=(), visits=(), on=ON, standing, card=CARD):
    """Scores and classes of units."""
    tables = given.entities(*({"unit_id": unit} for unit in units)), given.events(*events), given.history(*visits)
    return assess(*tables, on=on, law=LAW, cards=Cards(general=card), outcomes=given.OUTCOMES, standing=standing)


def penalties(unit, *days):
    """Penalties of a unit."""
    return [{"unit_id": unit, "kind": "penalty", "happened": day, "event_no": day} for day in days]


def test_first_round():
    """Nobody has a class before: all are classed by score, and all moves are new units."""
    nobody = Standing.of_nobody()
    table = assessed(units="ab", events=penalties("a", "2026-01-01"), standing=nobody)
    assert table[["unit_id", "class", "by_score", "waiting"]].to_numpy().tolist() == [
        ["a", "B", "B", False], ["b", "A", "A", False],
    ]  # fmt: skip
    assert str(table["mark"].dtype) == "int64"
    moves, counts = nobody.moves(table)
    assert moves.to_numpy().tolist() == [["", "A", "new_unit", 1], ["", "B", "new_unit", 1]]
    assert counts == {"nothing_new": 0, "changed": 0, "waiting": 0}


def test_a_class_is_kept_while_nothing_is_new():
    """460 points are B at first; what only grows older takes 60 away: 400 is beyond the margin, 440 would not be."""
    events = penalties("a", "2025-12-15")
    first = assessed(units="a", events=events, standing=Standing.of_nobody())
    assert first["class"].tolist() == ["B"]
    moved = assessed(units="a", events=events, on=LATER, standing=Standing(table=first[COLUMNS]))
    assert moved[["score", "class"]].to_numpy().tolist() == [[400, "A"]]
    slow = expert_card({"base": 435, "features": {"penalties_12m": {"up_to": [0], "points": [0, 25]}}})
    first = assessed(units="a", events=events, standing=Standing.of_nobody(), card=slow)
    last = Standing(table=first[COLUMNS])
    kept = assessed(units="a", events=events, on=LATER, standing=last, card=slow)
    assert (first["score"].item(), first["class"].item()) == (460, "B")
    assert (kept["score"].item(), kept["class"].item()) == (435, "B")
    new = [*events, {"unit_id": "a", "kind": "complaint", "happened": "2026-12-10"}]
    free = assessed(units="a", events=new, on=LATER, standing=last, card=slow)
    assert (free["score"].item(), free["class"].item()) == (435, "A")
    for event in ("new_rule", "new_card"):
        anew = Standing(table=first[COLUMNS], event=event)
        assert assessed(units="a", events=events, on=LATER, standing=anew, card=slow)["class"].item() == "A"


def test_an_override_leaves_the_class_by_score_behind():
    """What an override made worse is, when it ends, again what the score and the class by score say."""
    listed = {"unit_id": "a", "kind": "abnormal", "happened": "2026-11-01", "until": "2026-12-15"}
    card = expert_card({"base": 440, "features": {}})
    first = assessed(units="a", events=[listed], standing=Standing.of_nobody(), card=card)
    assert first[["class", "by_score", "override"]].to_numpy().tolist() == [["C", "A", "abnormal"]]
    last = Standing(table=first[COLUMNS])
    after = assessed(units="a", events=[listed], on=LATER, standing=last, card=card)
    assert after["class"].tolist() == ["A"]
    assert last.moves(after)[0].to_numpy().tolist() == [["C", "A", "statutory", 1]]


def table_of(*rows):
    """A table of classes: unit, class, override, mark."""
    frame = pd.DataFrame(rows, columns=["unit_id", "class", "override", "mark"])
    frame["override"] = pd.array(frame["override"], dtype="str")
    return frame.assign(by_score=frame["class"], waiting=[row[0] == "w" for row in rows])


WAS = table_of(
    ("s", "A", None, 1), ("e", "A", None, 1), ("n", "B", None, 1), ("o", "A", None, 1), ("g", "D", None, 1),
    ("w", "C", None, 1), ("x", "C", "abnormal", 1),
)  # fmt: skip
NOW = table_of(
    ("u", "B", None, 1), ("x", "B", None, 1), ("w", "C", None, 1), ("o", "C", "abnormal", 2), ("n", "A", None, 1),
    ("e", "B", None, 2), ("s", "A", None, 1),
)  # fmt: skip


@pytest.mark.parametrize(
    ("event", "retrained", "evidence", "rest"),
    [
        ("", False, "new_evidence", "none"),
        ("", True, "new_evidence", "new_card"),
        ("new_card", True, "new_evidence", "new_card"),
        ("new_rule", True, "new_rule", "new_rule"),
    ],
)
def test_moves_by_cause(event, retrained, evidence, rest):
    """Each unit once: its classes then and now, and the first cause that explains the difference."""
    moves, counts = Standing(table=WAS[COLUMNS], event=event, retrained=retrained).moves(NOW)
    assert sorted(map(tuple, moves.to_numpy().tolist())) == sorted(
        [
            ("", "B", "new_unit", 1),
            ("A", "A", "stays", 1),
            ("A", "B", evidence, 1),
            ("A", "C", "statutory", 1),
            ("B", "A", rest, 1),
            ("C", "B", "statutory", 1),
            ("C", "C", "stays", 1),
            ("D", "", "gone", 1),
        ]
    )
    assert counts == {"nothing_new": 4, "changed": 1, "waiting": 1}
    assert moves["units"].dtype == np.int64


def test_signature():
    """The rule, the kind of card, its indicators in one order, and what marks are made of."""
    signature = class_signature(Cards(general=CARD), given.CUTOFF)
    assert signature == {
        "rule": given.CUTOFF,
        "kind": "expert",
        "indicators": ["abnormal_now", "penalties_12m"],
        "marks": marked_columns(),
    }
    assert {"entities.capital", "events.severity", "history.result"} <= set(signature["marks"])
    assert not [name for name in signature["marks"] if name.endswith((".known_on", ".unit_id", ".until"))]
