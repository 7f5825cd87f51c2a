"""Classes by cut-offs, and overrides that only worsen."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
import risk_registers as given

from supervision.errors import SupervisionError
from supervision.risk.cards import Cards
from supervision.risk.class_bounds import resolved_cutoff
from supervision.risk.classes import assess, overridden
from supervision.risk.expert_card import expert_card
from supervision.risk.hysteresis import class_ranks
from supervision.risk.scorecard import Scorecard

ON = date(2026, 11, 30)
RULE = [
    {"event": "dishonesty", "class": "D", "reason": "…", "months": 60},
    {"event": "abnormal", "class": "C", "reason": "…"},
]
CARD = expert_card(
    {"base": 400, "features": {"penalties_12m": {"up_to": [0, 1], "points": [0, 60, 400]},
                               "complaints_12m": {"up_to": [0], "points": [0, 10]}}}
)  # fmt: skip


def ranks(score, rule):
    """Classes of scores by a rule."""
    return class_ranks(np.array(score, dtype=np.int16), resolved_cutoff(rule, CARD)).tolist()


@pytest.mark.parametrize(
    ("shares", "want"),
    [((25, 8, 2), [80, 10, 8, 2]), ((30, 8, 2), [60, 30, 8, 2]), ((25, 8, 1), [80, 18, 2, 0])],
)
def test_classes_by_shares(shares, want):
    """The highest scores that fit into the shares, units of one score together; nobody where none fit."""
    score = np.repeat([400, 500, 600, 700, 900], [60, 20, 10, 8, 2])
    found = ranks(score, {"shares": dict(zip("BCD", shares, strict=True))})
    assert np.bincount(found, minlength=4).tolist() == want


def test_one_score_for_all():
    """Nobody is of a worse class where all have one score."""
    assert ranks([500] * 9, {"shares": {"B": 25, "C": 8, "D": 2}}) == [0] * 9


@pytest.mark.parametrize("shares", [None, {"B": 1, "C": 1}, {"B": 50, "C": 40, "D": 10}, {"B": 1, "C": 1, "D": 0}])
def test_shares_that_are_none(shares):
    """Each class a percentage above nothing, all three below the whole."""
    with pytest.raises(SupervisionError) as caught:
        ranks([1], {"shares": shares})
    assert caught.value.code == "risk.rule_shape"


def test_a_class_begins_at_its_cut_off():
    """The least score of a class belongs to it."""
    assert ranks([0, 449, 450, 599, 600, 749, 750, 1000], given.CUTOFF) == [0, 0, 1, 1, 2, 2, 3, 3]


@pytest.mark.parametrize("cutoff", [None, {"B": 450}, {"B": 450, "C": 450, "D": 750}, {"B": 1, "C": 2, "D": "3"}])
def test_cut_offs_that_do_not_rise_are_refused(cutoff):
    """Missing, equal or textual cut-offs stop."""
    with pytest.raises(SupervisionError, match="risk_cutoff"):
        ranks([1], cutoff)


def override(events, ranks=(0,), units=("a",), rule=RULE):
    """Classes and reasons after the overrides."""
    result, reason = overridden(np.array(ranks, dtype=np.int8), pd.Series(units, dtype="str"), events, on=ON, rule=rule)
    return list(zip(result.tolist(), reason.fillna("").tolist(), strict=True))


def event(kind, happened, **more):
    """An event of unit a."""
    return {"unit_id": "a", "kind": kind, "happened": happened, **more}


@pytest.mark.parametrize(
    ("row", "want"),
    [
        (event("dishonesty", "2021-12-01"), (3, "dishonesty")),
        (event("dishonesty", "2021-11-30"), (0, "")),
        (event("dishonesty", "2026-11-30"), (3, "dishonesty")),
        (event("dishonesty", "2026-11-30", known_on="2026-12-01"), (0, "")),
        (event("dishonesty", "2026-12-01"), (0, "")),
        (event("dishonesty", "2025-01-01", until="2026-11-30"), (0, "")),
        (event("dishonesty", "2025-01-01", until="2026-12-01"), (3, "dishonesty")),
        (event("abnormal", "2010-01-01"), (2, "abnormal")),
        (event("penalty", "2026-01-01"), (0, "")),
    ],
)
def test_an_event_counts_while_the_rule_says(row, want):
    """Known and happened by the day, not lifted, not older than the rule's months; without months it does not age."""
    assert override(given.events(row)) == [want]


def test_an_override_only_worsens():
    """A unit that is as bad or worse already keeps its class and has no override."""
    events = given.events(
        *({"unit_id": unit, "kind": "abnormal", "happened": "2026-01-01"} for unit in ("a", "b", "c", "d"))
    )
    assert override(events, ranks=(0, 1, 2, 3), units=("a", "b", "c", "d")) == [
        (2, "abnormal"), (2, "abnormal"), (2, ""), (3, ""),
    ]  # fmt: skip


@pytest.mark.parametrize("rule", [RULE, RULE[::-1]])
def test_of_several_overrides_the_worst_counts(rule):
    """Whatever the order of the rule."""
    events = given.events(event("abnormal", "2026-01-01"), event("dishonesty", "2026-01-01"))
    assert override(events, rule=rule) == [(3, "dishonesty")]


def test_a_lifted_entry_counts_until_the_lifting_is_known():
    """The version known last by the day decides."""
    row = event("abnormal", "2026-01-01", event_no="n")
    lifted = {**row, "until": "2026-02-01", "known_on": "2026-11-30"}
    assert override(given.events(row, lifted)) == [(0, "")]
    assert override(given.events(row, {**lifted, "known_on": "2026-12-01"})) == [(2, "abnormal")]


def test_no_overrides_where_the_rule_says_none():
    """A rule that was decided to be none changes nothing."""
    assert override(given.events(event("dishonesty", "2026-01-01")), rule=None) == [(0, "")]


@pytest.mark.parametrize(
    "rule", ["D", [{"event": "abnormal", "class": "E"}], [{"event": "x", "class": "D", "months": "6"}]]
)
def test_an_override_of_another_shape_is_refused(rule):
    """A class that does not exist or months as text stop."""
    with pytest.raises(SupervisionError, match="class_override"):
        override(given.events(), rule=rule)


def test_assess_in_full():
    """The whole table: score, class, override, reasons and their values, in the order of the register."""
    entities = given.entities({"unit_id": "b"}, {"unit_id": "a"}, {"unit_id": "c"})
    events = given.events(
        {"unit_id": "a", "kind": "penalty", "happened": "2026-01-01", "event_no": "1"},
        {"unit_id": "a", "kind": "penalty", "happened": "2026-01-01", "event_no": "2"},
        {"unit_id": "b", "kind": "penalty", "happened": "2026-01-01"},
        {"unit_id": "b", "kind": "complaint", "happened": "2026-01-01"},
        {"unit_id": "b", "kind": "abnormal", "happened": "2026-01-01"},
    )
    law = given.law(risk_cutoff=given.CUTOFF, class_override=RULE, record_use=given.NO_TERMS)
    table = assess(
        entities, events, given.history(), on=ON, law=law, cards=Cards(general=CARD), outcomes=given.OUTCOMES
    )
    assert table.fillna("").to_dict("list") == {
        "unit_id": ["b", "a", "c"],
        "score": [470, 800, 400],
        "class": ["C", "D", "A"],
        "override": ["abnormal", "", ""],
        "reason_1": ["penalties_12m", "penalties_12m", ""],
        "reason_2": ["complaints_12m", "", ""],
        "reason_3": ["", "", ""],
        "lowered_by": ["", "", ""],
        "value_1": [1, 2, -1],
        "value_2": [1, -1, -1],
        "value_3": [-1, -1, -1],
        "lowered_value": [-1, -1, -1],
    }
    assert [str(dtype) for dtype in table.dtypes] == ["str", "int16", *["str"] * 6, *["int32"] * 4]


LEARNED = Scorecard(kind="learned", base=500, features=(), rows=100, found=20)
CHANCES = {"B": 10, "C": 20, "D": 50}


def test_classes_by_chance():
    """At 500 points one visit in five finds something: by the chance each class begins at the least score that has it.

    Odds of 1 to 9 are 1 to 4 divided by 2.25, which is 117 points (100 × log2 2.25 = 116.99) below; even odds are four
    times as much, 200 points above.
    """
    assert resolved_cutoff({"probability": CHANCES}, LEARNED) == {"B": 384, "C": 500, "D": 700}
    score = np.array([383, 384, 499, 500, 699, 700], dtype=np.int16)
    both = {"probability": CHANCES, "shares": {"B": 25, "C": 8, "D": 2}}
    assert class_ranks(score, resolved_cutoff(both, LEARNED)).tolist() == [0, 1, 1, 2, 2, 3]
    assert resolved_cutoff(both, CARD) == {"shares": {"B": 25, "C": 8, "D": 2}}


def test_a_chance_that_no_score_has():
    """It begins above the highest score, where nobody is."""
    rare = Scorecard(kind="learned", base=500, features=(), rows=10**9, found=1)
    assert resolved_cutoff({"probability": {"B": 3, "C": 4, "D": 99}}, rare) == {"B": 1001, "C": 1001, "D": 1001}


def test_an_expert_card_knows_no_chance():
    """A rule by chances alone is refused for it, by name."""
    with pytest.raises(SupervisionError) as caught:
        resolved_cutoff({"probability": CHANCES}, CARD)
    assert caught.value.code == "risk.no_chance_for_classes"


@pytest.mark.parametrize(
    "rule",
    [{"probability": {"B": 10, "C": 10, "D": 50}}, {"probability": {"B": 0, "C": 10, "D": 50}},
     {"probability": {"B": 1, "C": 10, "D": 100}}, {"probability": {"B": 1, "C": 10}},
     {"probability": {"B": 1, "C": 10, "D": 50.5}}, {"probability": CHANCES, "points": CHANCES}, {"probability": None},
     {"probability": CHANCES, "shares": {"B": 99, "C": 1, "D": 1}}],
)  # fmt: skip
def test_chances_that_are_none(rule):
    """Whole percentages that rise, above nothing and below certainty; shares beside them are looked at, too."""
    card = CARD if "shares" in rule else LEARNED
    with pytest.raises(SupervisionError) as caught:
        resolved_cutoff(rule, card)
    assert caught.value.code == "risk.rule_shape"
