"""Features are what was known on the day, and nothing else."""

import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
import risk_registers as given

from supervision.errors import SupervisionError
from supervision.risk.features import COLUMNS, build_features
from supervision.risk.indicators import FAMILIES, INDICATORS, LARGEST, section_table

ON = date(2025, 6, 30)


def features(entities, events, history, on=ON, others=None):
    """The features on the day."""
    return build_features(entities, events, history, on=on, outcomes=given.OUTCOMES, others=others)


def test_the_features_of_two_units_in_full():
    """A whole literal table: one unit with a past, one of which nearly nothing is known."""
    entities = given.entities(
        {"unit_id": "a", "type": "企业", "industry": "C3412", "address": "x", "region": "1", "legal_rep": "王",
         "established": "2015-06-30", "licence_until": "2025-06-29", "last_annual_report": "2024-06-30",
         "capital": 500, "paid_capital": 0.5, "employees": 35, "above_scale": True, "capital_due": "2025-06-29",
         "tags": "餐饮 食品经营"},
        {"unit_id": "b", "type": "合伙", "industry": "62", "address": "x", "region": "1"},
    )  # fmt: skip
    events = given.events(
        {"unit_id": "a", "kind": "penalty", "happened": "2025-01-01", "severity": 2, "amount": 5000},
        {"unit_id": "a", "kind": "penalty", "happened": "2023-01-01", "severity": 3, "amount": 3192},
        {"unit_id": "a", "kind": "penalty", "happened": "2022-01-01", "severity": 3, "amount": 9e9},
        {"unit_id": "a", "kind": "abnormal", "happened": "2024-01-01", "until": "2024-12-31"},
        {"unit_id": "b", "kind": "abnormal", "happened": "2024-01-01"},
        {"unit_id": "a", "kind": "annual_report", "happened": "2025-06-01"},
        {"unit_id": "a", "kind": "complaint", "happened": "2025-05-01", "event_no": "1"},
        {"unit_id": "a", "kind": "complaint", "happened": "2025-05-01", "event_no": "2"},
    )
    history = given.history(
        {"unit_id": "a", "date": "2025-03-02", "result": "6"},
        {"unit_id": "a", "date": "2024-07-01", "result": "5"},
        {"unit_id": "a", "date": "2024-07-01", "result": "1", "item_id": "m-2"},
        {"unit_id": "a", "date": "2021-07-01", "result": "5"},
    )
    expected = {
        "age_months": [120, -1], "type": [0, 4], "above_scale": [1, -1], "industry": [2, 7], "capital_log2": [9, -1],
        "paid_log2": [0, -1], "employees_log2": [6, -1], "licence_expired": [1, -1], "annual_report_days": [29, -1],
        "changes_12m": [-1, -1], "penalties_12m": [1, 0], "penalties_36m": [2, 0], "penalty_worst_36m": [4, 0],
        "penalty_log2_36m": [14, 0], "abnormal_now": [0, 1], "dishonesty_now": [-1, -1], "court_24m": [-1, -1],
        "problem_rate_36m": [30, -1], "repeats_36m": [0, -1], "last_result": [1, -1],
        "own_ratio": [214, -1], "region_ratio": [-1, 125], "street_ratio": [-1, -1], "industry_ratio": [-1, -1],
        "tags_ratio": [-1, -1], "local_industry_ratio": [-1, -1], "name_ratio": [-1, -1], "address_ratio": [-1, 166],
        "legal_rep_ratio": [-1, -1],
        "could_not_36m": [1, -1], "same_address": [2, 2], "same_legal_rep": [1, -1], "complaints_12m": [2, 0],
        "opinion_12m": [-1, -1], "past_rate": [66, -1],
        "unpaid": [99, -1], "capital_overdue": [1, -1], "tags_number": [2, 0],
        "licence_lacking": [-1, -1], "licences_lapsed": [-1, -1], "licence_near_end": [-1, -1],
        "address_changes_24m": [-1, -1], "legal_rep_changes_24m": [-1, -1], "scope_changes_24m": [-1, -1],
        "sampling_failed_24m": [-1, -1], "recheck_failed_24m": [-1, -1],
        "type_ratio": [-1, -1], "local_type_ratio": [-1, -1], "item_ratio": [-1, -1],
        "linked_units": [-1, -1], "linked_ratio": [-1, -1], "linked_records_36m": [-1, -1],
        "complaints_faded": [178, 0], "trustworthy_now": [-1, -1], "awards_36m": [-1, -1],
    }  # fmt: skip
    table = features(entities, events, history)
    assert {name: table[name].tolist() for name in table} == expected
    assert set(map(str, table.dtypes)) == {"int32"}


@pytest.mark.parametrize("seed", range(8))
def test_rows_known_later_change_nothing(seed):
    """The same table comes from all rows and from only those that were known and had happened by the day."""
    entities, events, history = given.random_registers(seed)
    day = pd.Timestamp(ON)
    past = (
        entities[entities["known_on"] <= day],
        events[(events["known_on"] <= day) & (events["happened"] <= day)],
        history[(history["known_on"] <= day) & (history["date"] <= day)],
    )
    assert len(past[1]) < len(events) and len(past[2]) < len(history)
    others = given.random_others(seed)
    linked, held = (frame[frame["known_on"] <= day] for frame in (others.relations, others.licences))
    assert len(linked) < len(others.relations) and len(held) < len(others.licences)
    whole = features(entities, events, history, others=others)[(entities["known_on"] <= day).to_numpy()]
    then = features(*past, others=replace(others, relations=linked, licences=held))
    pd.testing.assert_frame_equal(whole, then)
    assert whole[["linked_ratio", "licences_lapsed"]].nunique().min() > 1


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_rows_changes_nothing(seed):
    """Registers in another order of rows give the same features to the same units."""
    entities, events, history = given.random_registers(seed)
    others = given.random_others(seed)
    mixed = [frame.sample(frac=1, random_state=seed) for frame in (entities, events, history)]
    linked, held = (frame.sample(frac=1, random_state=seed) for frame in (others.relations, others.licences))
    table = features(entities, events, history, others=others).set_index(entities["unit_id"])
    moved = replace(others, relations=linked, licences=held)
    other = features(*mixed, others=moved).set_index(mixed[0]["unit_id"])
    pd.testing.assert_frame_equal(
        table.sort_index().drop_duplicates(), other.sort_index().drop_duplicates(), check_dtype=True
    )


def test_a_later_version_counts_from_the_day_it_is_known():
    """An entry that is lifted counts until the lifting is known; then its new end counts."""
    entities = given.entities({"unit_id": "a"})
    entry = {"unit_id": "a", "kind": "abnormal", "happened": "2025-01-01", "event_no": "n"}
    events = given.events(
        {**entry, "known_on": "2025-01-05"}, {**entry, "known_on": "2025-03-01", "until": "2025-02-20"}
    )
    days = [date(2025, 1, 4), date(2025, 2, 25), date(2025, 3, 1)]
    seen = [features(entities, events, given.history(), on=day)["abnormal_now"].item() for day in days]
    assert seen == [-1, 1, 0]


def test_a_unit_that_moved_is_counted_only_where_it_is_now():
    """Units at the address: a later version of a unit takes it away from its former address."""
    entities = given.entities(
        {"unit_id": "a", "address": "x", "region": "1"},
        {"unit_id": "b", "address": "x", "region": "1"},
        {"unit_id": "b", "address": "y", "region": "1", "known_on": "2025-01-01"},
        {"unit_id": "c", "address": "x", "region": "2"},
    )
    registers = (entities, given.events(), given.history())
    assert features(*registers, on=date(2024, 12, 31))["same_address"].tolist() == [2, 2, 2, 1]
    assert features(*registers)["same_address"].tolist() == [1, 1, 1, 1]


def test_a_kind_that_nobody_collects_yet_is_unknown_not_zero():
    """Before the first complaint of anybody is known, complaints are unknown; from then on none is zero."""
    entities = given.entities({"unit_id": "a"}, {"unit_id": "b"})
    events = given.events({"unit_id": "a", "kind": "complaint", "happened": "2025-03-01"})
    early = features(entities, events, given.history(), on=date(2025, 2, 28))
    assert early["complaints_12m"].tolist() == [-1, -1]
    assert features(entities, events, given.history())["complaints_12m"].tolist() == [1, 0]


def test_very_large_values_are_cut():
    """A value above the largest counts as the largest."""
    entities = given.entities({"unit_id": "a", "last_annual_report": "1990-01-01"})
    assert features(entities, given.events(), given.history())["annual_report_days"].tolist() == [LARGEST]


def test_a_result_code_without_meaning_is_refused():
    """A code that the dictionary does not have is named."""
    history = given.history({"unit_id": "a", "date": "2025-01-01", "result": "Z"})
    with pytest.raises(SupervisionError, match="Z") as caught:
        features(given.entities({"unit_id": "a"}), given.events(), history)
    assert caught.value.code == "risk.result_unknown"


def test_industry_codes_with_and_without_letter_agree():
    """GB/T 4754: C34 and 34 are manufacturing, 62 and H62 catering, T97 the last section."""
    table = section_table()
    assert [table[code] for code in ("A0", "01", "C3", "34", "62", "H6", "96", "T9", "97")] == [
        0, 0, 2, 2, 7, 7, 18, 19, 19,
    ]  # fmt: skip
    assert "98" not in table


def test_the_columns_named_are_enough():
    """Features, and the training table after them, need no other column than those named."""
    registers = given.random_registers(1)
    others = given.random_others(1)
    named = [frame[list(COLUMNS[kind])] for kind, frame in zip(COLUMNS, registers, strict=False)]
    few = replace(others, relations=others.relations[list(COLUMNS["relations"])],
                  licences=others.licences[list(COLUMNS["licences"])])  # fmt: skip
    assert list(COLUMNS)[3:] == ["relations", "licences"]
    pd.testing.assert_frame_equal(features(*named, others=few), features(*registers, others=others))


def test_every_indicator_is_complete():
    """Names are unique, signs and families are known, each says its source and basis, and both languages its value."""
    assert len({row.name for row in INDICATORS}) == len(INDICATORS)
    assert {row.sign for row in INDICATORS} == {-1, 0, 1}
    assert {row.name for row in INDICATORS if row.sign < 0} == {"trustworthy_now", "awards_36m"}
    read = {
        word
        for row in INDICATORS
        for word in re.findall(r"(entities|events|history|relations|licences)", row.recipe.source)
    }
    assert read == set(COLUMNS)
    assert {row.window for row in INDICATORS if row.name.endswith("_ratio")} == {36}
    assert all(row.basis and row.recipe.source for row in INDICATORS)
    assert {row.family for row in INDICATORS} == set(FAMILIES)
    for row in INDICATORS:
        for lang in ("zh", "en"):
            assert "{" not in row.wording.sentence(1, lang) + row.wording.sentence(-1, lang)
            assert row.wording.value(1, lang) in row.wording.sentence(1, lang)
