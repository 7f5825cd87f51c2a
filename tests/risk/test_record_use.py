"""Records that were repaired, and the terms of others."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import risk_registers as given
from builders import check, faults
from hypothesis import HealthCheck, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from supervision.errors import SupervisionError
from supervision.law.rules import Rules
from supervision.risk.cards import Cards
from supervision.risk.classes import assess
from supervision.risk.expert_card import expert_card
from supervision.risk.features import build_features
from supervision.risk.record_use import within_terms, without_repaired, without_repaired_results
from supervision.risk.training_set import training_table

SHIPPED = Path(__file__).parents[2] / "data" / "rules" / "shared"
RULES = Rules.read({f"shared/{path.name}": path.read_bytes() for path in SHIPPED.glob("*.yaml")})
LAW = RULES.on(date(2026, 12, 1))
CARD = expert_card(LAW.value("shared/expert_card"))
LOW = expert_card({"base": 400, "features": {"penalties_12m": {"up_to": [0, 1], "points": [0, 60, 400]}}})
PENALTY = {"unit_id": "a", "kind": "penalty", "happened": "2026-05-18", "event_no": "罚1", "severity": 3}
REPAIR = {"unit_id": "a", "kind": "repair", "happened": "2026-10-15", "event_no": "修1", "repaired_no": "罚1"}


def numbers(events, on):
    """The numbers of the records that are left."""
    return without_repaired(given.events(*events), on=on)["event_no"].tolist()


@pytest.mark.parametrize(
    ("repair", "on", "left"),
    [
        ({}, "2026-10-14", ["罚1"]),
        ({}, "2026-10-15", []),
        ({"known_on": "2026-10-20"}, "2026-10-19", ["罚1"]),
        ({"known_on": "2026-10-20"}, "2026-10-20", []),
        ({"repaired_no": "罚2"}, "2026-12-01", ["罚1"]),
        ({"unit_id": "b"}, "2026-12-01", ["罚1"]),
        ({"repaired_no": None}, "2026-12-01", ["罚1"]),
        ({"happened": "2026-05-17"}, "2026-12-01", ["罚1"]),
        ({"happened": "2026-05-18"}, "2026-12-01", []),
    ],
)
def test_a_repair_ends_the_record_that_it_names(repair, on, left):
    """From the day of repair, once it is known, and only the record of that unit and number from before it."""
    assert numbers([PENALTY, REPAIR | repair], date.fromisoformat(on)) == left


def test_the_version_of_a_repair_known_last_decides():
    """A repair that was corrected to name another record gives the first one back from then on."""
    other = PENALTY | {"event_no": "罚2"}
    corrected = REPAIR | {"repaired_no": "罚2", "known_on": "2026-11-01"}
    assert numbers([PENALTY, other, REPAIR, corrected], date(2026, 10, 31)) == ["罚2"]
    assert numbers([PENALTY, other, REPAIR, corrected], date(2026, 11, 1)) == ["罚1"]


def test_all_versions_of_a_repaired_record_leave():
    """Whatever was added to the record later, it is gone with the record."""
    later = PENALTY | {"severity": 2, "known_on": "2026-11-20"}
    assert numbers([PENALTY, later, REPAIR], date(2026, 12, 1)) == []


VISIT = {"unit_id": "a", "date": "2026-06-01", "result": "5", "visit_no": "2026-06/a~1"}


@pytest.mark.parametrize(
    ("repair", "on", "left"),
    [
        ({}, "2026-10-14", 2),
        ({}, "2026-10-15", 0),
        ({"repaired_no": "2026-06/a~1/m-1"}, "2026-10-15", 1),
        ({"repaired_no": "2026-06/a~2"}, "2026-10-15", 2),
        ({"unit_id": "b"}, "2026-10-15", 2),
        ({"happened": "2026-05-31"}, "2026-10-15", 2),
    ],
)
def test_a_repaired_result_is_no_evidence_any_more(repair, on, left):
    """From the day of repair the inspection, or the one item, leaves features and training; nothing else does."""
    history = given.history(VISIT, VISIT | {"item_id": "m-2"}, VISIT | {"unit_id": "c", "visit_no": None})
    events = given.events(REPAIR | {"repaired_no": "2026-06/a~1"} | repair)
    found = without_repaired_results(history, events, on=date.fromisoformat(on))
    assert len(found) == left + 1


def test_the_score_after_the_repair_of_a_result_is_that_without_it():
    """Both of a unit's features of past problems are as if the inspection had never been."""
    entities, repair = given.entities({"unit_id": "a"}), REPAIR | {"repaired_no": "2026-06/a~1"}
    history, empty = given.history(VISIT), given.history(VISIT).iloc[:0]
    day = date(2026, 10, 15)
    before, after, without = (
        build_features(entities, given.events(repair), rows, on=on, outcomes=given.OUTCOMES).iloc[0]
        for rows, on in ((history, date(2026, 10, 14)), (history, day), (empty, day))
    )
    assert after.equals(without)
    assert not before.equals(after)


def test_the_class_is_free_from_the_day_of_repair():
    """On the list of serious dishonesty class D; on the day of repair the class of the score."""
    listed = {"unit_id": "a", "kind": "dishonesty", "happened": "2026-05-18", "event_no": "严1"}
    repair = REPAIR | {"repaired_no": "严1"}
    events = given.events(listed, repair)
    found = [score(given.entities({"unit_id": "a"}), events, given.history(), on) for on in (14, 15)]
    assert [(table["class"][0], table["override"].fillna("")[0]) for table in found] == [("D", "dishonesty"), ("A", "")]


def score(entities, events, history, day):
    """Score on a day of October 2026."""
    on = date(2026, 10, day)
    return assess(entities, events, history, on=on, law=LAW, cards=Cards(general=LOW), outcomes=given.OUTCOMES)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@for_all(seed=st.integers(0, 10_000), place=st.integers(0, 59), wait=st.integers(0, 400))
def test_the_score_after_a_repair_is_that_without_the_record(seed, place, wait):
    """In random histories one record is repaired: the day after everything equals a register without both."""
    entities, events, history = given.random_registers(seed)
    record = events.iloc[place]
    day = max(record["happened"], record["known_on"]) + timedelta(days=wait)
    repair = given.events(
        {"unit_id": record["unit_id"], "kind": "repair", "happened": day, "event_no": "r", "repaired_no": str(place)}
    )
    on = (day + timedelta(days=1)).date()
    without = events.drop(index=place)
    repaired = pd.concat([events, repair], ignore_index=True)

    def everything(rows):
        return assess(entities, rows, history, on=on, law=LAW, cards=Cards(general=CARD), outcomes=given.OUTCOMES)

    pd.testing.assert_frame_equal(everything(repaired), everything(without))


def test_what_was_repaired_teaches_nothing():
    """A scorecard trained after the repair sees no trace of the record, also in inspections from before it."""
    entities, events, history = given.random_registers(11)
    repair = given.events(*(
        {"unit_id": row.unit_id, "kind": "repair", "happened": "2026-06-01", "event_no": f"r{n}", "repaired_no": str(n)}
        for n, row in enumerate(events.itertuples())
        if row.kind == "penalty" and row.happened < pd.Timestamp(2026, 6, 1)
    ))  # fmt: skip
    kept = events[~(events["kind"].eq("penalty") & events["happened"].lt(pd.Timestamp(2026, 6, 1)))]
    assert len(kept) < len(events)

    def learned(rows):
        return training_table(
            entities, rows, history, until=date(2026, 6, 30), outcomes=given.OUTCOMES, record_use=None
        ).features

    pd.testing.assert_frame_equal(learned(pd.concat([events, repair], ignore_index=True)), learned(kept))


TERMS = [
    ("penalty", 0, "2026-08-18"),
    ("penalty", 1, "2027-05-18"),
    ("penalty", 2, "2027-05-18"),
    ("penalty", None, "2027-05-18"),
    ("penalty", 3, "2029-05-18"),
    ("dishonesty", None, "2029-05-18"),
    ("court", 1, "2029-05-18"),
    ("complaint", 3, "NaT"),
]


@pytest.mark.parametrize(("kind", "severity", "until"), TERMS)
def test_terms_of_the_law_from_april_2026(kind, severity, until):
    """Minor three months, general a year, serious three; what is no record of bad faith has no term of its own."""
    events = given.events({"unit_id": "a", "kind": kind, "happened": "2026-05-18", "severity": severity})
    assert str(within_terms(events, LAW.value("shared/record_use"))["until"][0])[:10] == until


def test_terms_before_april_2026():
    """Until March 2026 a penalty that is not minor was shown for three years."""
    rule = RULES.on(date(2026, 3, 31)).value("shared/record_use")
    events = given.events({"unit_id": "a", "kind": "penalty", "happened": "2026-01-18", "severity": 1})
    assert str(within_terms(events, rule)["until"][0])[:10] == "2029-01-18"


def test_the_records_own_end_stands_where_it_is_earlier():
    """An entry taken off the list after a month ends then, one that would stay ten years after its term."""
    rows = [PENALTY | {"until": until, "event_no": until} for until in ("2026-06-18", "2036-05-18")]
    found = within_terms(given.events(*rows), LAW.value("shared/record_use"))["until"]
    assert found.astype("str").tolist() == ["2026-06-18", "2029-05-18"]


def test_a_record_counts_until_its_term_ends():
    """A minor penalty of 18 May counts on 17 August and not on the 18th."""
    minor = given.events(PENALTY | {"severity": 0}, PENALTY | {"unit_id": "b", "severity": 3})
    entities = given.entities({"unit_id": "a"})

    def on(day):
        table = assess(
            entities, minor, given.history(), on=day, law=LAW, cards=Cards(general=CARD), outcomes=given.OUTCOMES
        )
        return table["score"][0]

    clean = assess(
        given.entities({"unit_id": "c"}), minor, given.history(), on=date(2026, 8, 18), law=LAW,
        cards=Cards(general=CARD), outcomes=given.OUTCOMES,
    )["score"][0]  # fmt: skip
    assert on(date(2026, 8, 17)) > on(date(2026, 8, 18)) == clean


def test_serious_dishonesty_counts_while_listed_and_36_months_at_most():
    """The override of the shipped law, before and from April 2026, ends with the 36th month."""
    listed = given.events({"unit_id": "a", "kind": "dishonesty", "happened": "2023-10-15"})
    assert [score(given.entities({"unit_id": "a"}), listed, given.history(), day)["class"][0] for day in (14, 15)] == [
        "D",
        "A",
    ]
    for day in (date(2026, 3, 31), date(2026, 4, 1)):
        (entry,) = [e for e in RULES.on(day).value("shared/class_override") if e["event"] == "dishonesty"]
        assert entry["months"] == 36


@pytest.mark.parametrize(
    "rule",
    [
        {"penalty": 3},
        [{"event": "penalty", "months": 3}],
        [{"event": "penalty", "severity": [0], "months": "3"}],
        [{"event": "penalty", "severity": 0, "months": 3}],
        [{"event": "penalty", "severity": ["0"], "months": 3}],
    ],
)
def test_a_rule_of_another_shape_is_refused(rule):
    """Terms that do not say kind, severities and months stop with the name of the rule."""
    with pytest.raises(SupervisionError) as caught:
        within_terms(given.events(PENALTY), rule)
    assert (caught.value.code, caught.value.params["rule"]) == ("risk.rule_shape", "shared/record_use")


def test_a_repair_without_its_record_is_rejected_at_the_door():
    """The register takes a repair only with the number of the record; other kinds need none."""
    text = "unit_id,kind,happened,event_no,repaired_no\nu1,信用修复,2026-10-15,修1,\nu1,信用修复,2026-10-15,修2,罚1\n"
    checked = check("events", text + "u1,行政处罚,2026-05-18,罚1,\n", own_ids=True)
    assert faults(checked) == [[2, "repaired_no", "", "directory.blank_when"]]
    assert checked.good["repaired_no"].fillna("").tolist() == ["罚1", ""]
    assert np.array_equal(checked.lines, [3, 4])
