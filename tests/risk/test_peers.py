"""Peer rates: other units of the same kind against the whole city, the unit itself left out."""

from datetime import date, timedelta

import pytest
import risk_registers as given

from supervision.risk.features import build_features

ON = date(2025, 6, 30)
SAME = {"type": "企业", "region": "1", "street": "s", "industry": "C34", "tags": "t", "name": "好味饭店",
        "address": "x", "legal_rep": "王"}  # fmt: skip
OTHER = {"type": "其他", "region": "2", "street": "z", "industry": "H62", "tags": "q", "name": "丙厂房",
         "address": "y", "legal_rep": "李"}  # fmt: skip
PEERS = {
    "region_ratio": 129, "street_ratio": 129, "type_ratio": 129, "local_type_ratio": 129, "industry_ratio": 129,
    "local_industry_ratio": 129, "tags_ratio": 129, "name_ratio": 187, "address_ratio": 181, "legal_rep_ratio": 181,
}  # fmt: skip


def table(*units, past, on=ON):
    """The features of units."""
    registers = given.entities(*units), given.events(), given.history(*past)
    return build_features(*registers, on=on, outcomes=given.OUTCOMES)


@pytest.mark.parametrize("name", PEERS)
def test_a_finding_raises_the_others_and_not_its_own(name):
    """(1 + prior) / (.1 + prior): one found where .1 was expected; strangers hear nothing.

    The name has three words, each of which says 29 more than usual.
    """
    units = [{**SAME, "unit_id": "a"}, {**SAME, "unit_id": "b"}, {**OTHER, "unit_id": "c"}]
    found = table(*units, past=[{"unit_id": "a", "date": "2025-01-01", "result": "5"}])[name].tolist()
    assert found == [-1, PEERS[name], -1]
    clean = table(*units, past=[{"unit_id": "a", "date": "2025-01-01", "result": "1"}])[name].tolist()
    assert clean[1] < 100


@pytest.mark.parametrize("name", PEERS)
def test_the_own_visit_changes_nothing(name):
    """With a visit of its own, on a later day so that no expectation changes, it reads as without."""
    units = [{**SAME, "unit_id": "a"}, {**SAME, "unit_id": "b"}]
    past = [{"unit_id": "b", "date": "2025-01-01", "result": "5"}]
    own = {"unit_id": "a", "date": "2025-02-01", "result": "5"}
    assert table(*units, past=past)[name].iloc[0] == table(*units, past=[*past, own])[name].iloc[0]


@pytest.mark.parametrize("name", PEERS)
def test_a_finding_counts_for_three_years_alike(name):
    """To the 1,095th day it counts, an old one as much as a new one; then no more."""
    units = [{**SAME, "unit_id": "a"}, {**SAME, "unit_id": "b"}]

    def after(days):
        day = ON - timedelta(days=days)
        past = [{"unit_id": "a", "date": day, "result": "5", "known_on": day}]
        return table(*units, past=past)[name].iloc[1]

    assert [after(0), after(364), after(1094), after(1095)] == [PEERS[name]] * 3 + [-1]


def test_only_the_same_columns_make_peers():
    """Each column parts those who say otherwise there."""
    for column, names in {
        "region": {"region_ratio", "street_ratio", "local_type_ratio", "local_industry_ratio", "address_ratio",
                   "legal_rep_ratio"},
        "street": {"street_ratio"},
        "type": {"type_ratio", "local_type_ratio"},
        "industry": {"industry_ratio", "local_industry_ratio"},
        "tags": {"tags_ratio"}, "name": {"name_ratio"}, "address": {"address_ratio"}, "legal_rep": {"legal_rep_ratio"},
    }.items():  # fmt: skip
        units = [{**SAME, "unit_id": "a"}, {**SAME, column: OTHER[column], "unit_id": "b"}]
        told = table(*units, past=[{"unit_id": "a", "date": "2025-01-01", "result": "5"}]).iloc[1]
        assert {name for name in PEERS if told[name] == -1} == names


def test_a_unit_on_several_lists_has_their_mean():
    """One list found more than usual, the other nothing: the mean of 129 and 96; the order of lists is of no matter."""
    units = [{"unit_id": "a", "tags": "t"}, {"unit_id": "b", "tags": "q"}, {"unit_id": "c", "tags": "q t"},
             {"unit_id": "d", "tags": "t q z"}, {"unit_id": "e", "tags": "z"}]  # fmt: skip
    past = [
        {"unit_id": "a", "date": "2025-01-01", "result": "5"},
        {"unit_id": "b", "date": "2025-01-01", "result": "1"},
    ]
    assert table(*units, past=past)["tags_ratio"].tolist() == [-1, -1, 112, 112, -1]


def test_what_many_share_tells_little():
    """Of a name or an address that many have, the distance from 100 shrinks with their number."""

    def told(many):
        units = [{**SAME, "unit_id": f"u{n}"} for n in range(many)]
        found = table(*units, past=[{"unit_id": "u0", "date": "2025-01-01", "result": "5"}]).iloc[1]
        return found["address_ratio"], found["legal_rep_ratio"]

    assert [told(many) for many in (5, 10, 20)] == [(181, 181), (181, 140), (140, 120)]


def test_the_items_of_a_unit_against_the_city():
    """An item under which others' visits find more raises all that were visited under it, but for their own visits."""
    past = [{"unit_id": "a", "date": "2025-01-01", "result": "5", "item_id": "m-1"},
            {"unit_id": "b", "date": "2025-01-01", "result": "1", "item_id": "m-1"},
            {"unit_id": "c", "date": "2025-01-01", "result": "1", "item_id": "m-2"}]  # fmt: skip
    units = [{"unit_id": unit} for unit in "abcd"]
    assert table(*units, past=past)["item_ratio"].tolist() == [96, 129, -1, -1]
    two = [*past, {"unit_id": "b", "date": "2025-01-01", "result": "6", "item_id": "m-2"}]
    assert table(*units, past=two)["item_ratio"].tolist() == [96, 112, -1, -1]
    late = date(2028, 1, 1)  # b's visit is 1,095 days old: by then its item is no longer known to be its
    assert table(*units, past=past, on=late)["item_ratio"].tolist() == [-1, -1, -1, -1]
