"""Units that share a person, an investor or an address: who they are on a day, and what they tell."""

from datetime import date

import pytest
import risk_registers as given

from supervision.risk.features import build_features

ON = date(2025, 6, 30)
NAMES = ["linked_units", "linked_ratio", "linked_records_36m"]
PAST = {"result": "5", "date": "2025-01-01"}


def told(units, linked, *, events=(), past=(), on=ON):
    """The indicators of linked units of each unit, by its id."""
    entities = given.entities(*({"unit_id": unit} for unit in units))
    others = given.others(linked=linked)
    table = build_features(
        entities, given.events(*events), given.history(*past), on=on, outcomes=given.OUTCOMES, others=others
    )
    return {unit: table[NAMES].iloc[place].tolist() for place, unit in enumerate(units)}


def of_one(*units, **more):
    """Rows that make these units one person's."""
    return [{"unit_id": unit, "related": "p1", **more} for unit in units]


def test_what_linked_units_tell_in_full():
    """Three of one person: each hears of the others' findings and records, never of its own; strangers are neutral."""
    events = [{"unit_id": "a", "kind": "penalty", "happened": "2024-01-01"}]
    found = told("abcd", of_one(*"abc"), events=events, past=[{"unit_id": "b", **PAST}])
    # one found where .1 was expected, twice weighted: (4 + 4 × 1) / (.4 + 4 × 1) = 181 %
    assert found == {"a": [2, 181, 0], "b": [2, 100, 33], "c": [2, 181, 33], "d": [0, 100, 0]}


def test_nothing_is_known_before_the_first_relation_is():
    """While nobody's relations are collected they are unknown, of everybody; from that day none is neutral."""
    linked = of_one(*"ab", known_on="2025-07-01")
    events = [{"unit_id": "a", "kind": "penalty", "happened": "2024-01-01"}]
    assert told("abc", linked, events=events)["c"] == [-1, -1, -1]
    assert told("abc", linked, events=events, on=date(2025, 7, 1)) == {
        "a": [1, 100, 0],
        "b": [1, 100, 50],
        "c": [0, 100, 0],
    }
    assert told("abc", of_one(*"ab"))["b"] == [1, 100, -1]  # relations are known, but no records of anybody


@pytest.mark.parametrize(
    ("more", "linked"),
    [
        ({"until_date": "2025-06-30"}, 0),
        ({"until_date": "2025-07-01"}, 1),
        ({"from_date": "2025-06-30"}, 1),
        ({"from_date": "2025-07-01"}, 0),
        ({"known_on": "2025-07-01"}, 0),
    ],
)
def test_a_relation_counts_from_its_first_day_to_the_day_before_its_end(more, linked):
    """From the day it begins and is known, until the day it ends: then the two are strangers again."""
    rows = [*of_one("a"), *of_one("b", **more)]
    ratio = 181 if linked else 100
    assert told("ab", rows, past=[{"unit_id": "b", **PAST}])["a"] == [linked, ratio, -1]
    assert told("ab", rows)["b"][0] == linked


def test_the_end_of_a_relation_counts_from_the_day_it_is_known():
    """A later version ends what an earlier one left open."""
    rows = [*of_one("a", "b"), *of_one("b", until_date="2024-01-01", known_on="2025-02-01")]
    assert told("ab", rows, on=date(2025, 1, 31))["a"][0] == 1
    assert told("ab", rows, on=date(2025, 2, 1))["a"][0] == 0


def test_a_unit_that_is_itself_the_related_party():
    """Who holds a unit is linked with it, and both with another that it holds; to name oneself links nobody."""
    rows = [{"unit_id": unit, "related": "a", "kind": "holding"} for unit in "abc"]
    found = told("abcd", rows, past=[{"unit_id": "a", **PAST}])
    assert found == {"a": [2, 100, -1], "b": [2, 181, -1], "c": [2, 181, -1], "d": [0, 100, -1]}
    assert told("ab", [{"unit_id": "a", "related": "a"}])["a"] == [0, 100, -1]


def test_two_ties_are_one_unit():
    """A person who represents a unit and invests in it, or two people in the same two units, link it once."""
    once = told("ab", of_one(*"ab"), past=[{"unit_id": "b", **PAST}])
    twice = [*of_one(*"ab"), *of_one(*"ab", kind="investor"), *of_one(*"ab", related="p2")]
    assert told("ab", twice, past=[{"unit_id": "b", **PAST}]) == once


def test_a_small_share_counts_for_less():
    """Half of the shares is half of the evidence: (4 × .5 + 4) / (.4 × .5 + 4) = 142 %; the lesser of both counts."""
    past = [{"unit_id": "b", **PAST}]
    for rows in ([*of_one("a", share=50), *of_one("b")], [*of_one("a", share=80), *of_one("b", share=50)]):
        assert told("ab", rows, past=past)["a"][1] == 142
    assert told("ab", of_one(*"ab", share=100), past=past)["a"][1] == 181
    both = [*of_one("a"), *of_one("b", share=50), *of_one("b", kind="investor")]
    assert told("ab", both, past=past)["a"][1] == 181  # of two ties the stronger


def test_what_many_share_tells_little_of_each():
    """With five others each counts in full, with ten for half, and what more than fifty share links nobody."""
    past = [{"unit_id": "u0", **PAST}]

    def last(size):
        units = [f"u{number}" for number in range(size)]
        return told(units, of_one(*units), past=past)[units[-1]]

    assert [last(size) for size in (6, 11, 50)] == [[5, 181, -1], [10, 142, -1], [49, 109, -1]]
    assert last(51) == [50, 100, -1]


@pytest.mark.parametrize(("happened", "share"), [("2022-07-02", 50), ("2022-07-01", 0)])
def test_records_of_linked_units_count_for_36_months(happened, share):
    """1,094 days back and no further, whatever the kind: penalties and both lists."""
    for kind in ("penalty", "abnormal", "dishonesty"):
        events = [{"unit_id": "b", "kind": kind, "happened": happened}]
        assert told("ab", of_one(*"ab"), events=events)["a"][2] == share


def test_a_record_that_has_ended_tells_nothing_of_its_neighbours():
    """While the law lets the record be used it counts for linked units, too, and no longer."""
    record = {"unit_id": "b", "kind": "penalty", "happened": "2025-01-01"}
    assert told("ab", of_one(*"ab"), events=[{**record, "until": "2025-07-01"}])["a"][2] == 50
    assert told("ab", of_one(*"ab"), events=[{**record, "until": "2025-06-30"}])["a"][2] == 0
    repaired = [{**record, "event_no": "n"}]
    repaired += [{"unit_id": "b", "kind": "repair", "happened": "2025-02-01", "repaired_no": "n"}]
    assert told("ab", of_one(*"ab"), events=[*repaired, {**record, "unit_id": "c"}])["a"][2] == 0
    assert told("ab", of_one(*"ab"), events=[{**record, "kind": "complaint"}, {**record, "unit_id": "c"}])["a"][2] == 0
