"""Licences on a day: lapsed, about to end, and lacking where the trade needs them."""

from datetime import date

import pytest
import risk_registers as given

from supervision.errors import SupervisionError
from supervision.risk.features import build_features

ON = date(2025, 6, 30)
NAMES = ["licences_lapsed", "licence_near_end", "licence_lacking"]
NEEDED = [{"tag": "餐饮", "licence": "food"}, {"industry": "q84", "licence": "medical"}]


def told(*held, on=ON, needed=NEEDED, units=({"unit_id": "a", "tags": "特种设备 餐饮"},)):
    """Lapsed, near its end and lacking, of the last unit."""
    rows = [{"unit_id": "a", "kind": "food", "issued": "2021-01-01", **row} for row in held]
    others = given.others(held=rows, needed=needed)
    registers = (given.entities(*units), given.events(), given.history())
    table = build_features(*registers, on=on, outcomes=given.OUTCOMES, others=others)
    return table[NAMES].iloc[-1].tolist()


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ({"valid_until": "2025-06-29"}, [1, 0, 1]),
        ({"valid_until": "2025-06-30"}, [0, 1, 0]),
        ({"valid_until": "2025-09-28"}, [0, 1, 0]),
        ({"valid_until": "2025-09-29"}, [0, 0, 0]),
        ({}, [0, 0, 0]),
        ({"status": "suspended"}, [1, 0, 1]),
        ({"status": "revoked", "valid_until": "2029-01-01"}, [1, 0, 1]),
        ({"status": "cancelled"}, [0, 0, 1]),
    ],
)
def test_the_state_of_one_licence(licence, expected):
    """Valid on its last day; 90 days before the end it is near; one handed back has not lapsed, but is lacking."""
    assert told(licence) == expected


def test_of_several_of_a_kind_one_valid_is_enough():
    """A renewed licence has neither lapsed nor is it near its end; kinds count one by one."""
    old = {"valid_until": "2025-01-01", "number": "old"}
    assert told(old, {"valid_until": "2029-01-01"}) == [0, 0, 0]
    assert told({"valid_until": "2025-07-30", "number": "old"}, {"valid_until": "2029-01-01"}) == [0, 0, 0]
    assert told(old, {**old, "number": "older"}) == [1, 0, 1]
    assert told(old, {**old, "kind": "drug"}, {"kind": "x"}) == [2, 0, 1]


def test_a_licence_counts_from_the_day_it_is_issued_and_known():
    """Before that it is lacking, and a later version replaces the earlier."""
    other = {"unit_id": "b"}
    assert told(other, {"issued": "2025-07-01"}) == [0, 0, 1]
    assert told(other, {"known_on": "2025-07-01"}) == [0, 0, 1]
    assert told(other, {"known_on": "2025-06-30", "issued": "2025-06-30"}) == [0, 0, 0]
    assert told({}, {"status": "revoked", "known_on": "2025-07-01"}) == [0, 0, 0]
    assert told({}, {"status": "revoked", "known_on": "2025-06-30"}) == [1, 0, 1]


def test_a_kind_of_which_nobodys_is_known_is_not_missed():
    """Without any licence all is unknown; a needed kind that is not collected yet lacks nobody."""
    assert told() == [-1, -1, -1]
    assert told({"known_on": "2025-07-01"}) == [-1, -1, -1]
    assert told({"unit_id": "b", "kind": "medical"}) == [0, 0, 0]
    assert told({"unit_id": "b"}) == [0, 0, 1]


def test_who_needs_what():
    """By a whole tag, or by the beginning of the industry's code; without the rule's entries nobody lacks anything."""
    others = [{"unit_id": "b"}, {"unit_id": "b", "kind": "medical"}]

    def lacking(**unit):
        return told(*others, units=({"unit_id": "b"}, {"unit_id": "a", **unit}))[2]

    assert [lacking(tags="餐饮服务"), lacking(tags="餐饮"), lacking(industry="Q8425"), lacking(industry="84")] == [
        0, 1, 1, 0,
    ]  # fmt: skip
    assert lacking(tags="餐饮", industry="Q8425") == 2
    assert told(*others, needed=None)[2] == 0


@pytest.mark.parametrize("rule", [{}, ["餐饮"], [{"tag": "餐饮"}], [{"tag": "a", "industry": "b", "licence": "c"}],
                                  [{"tag": "", "licence": "c"}], [{"tag": 1, "licence": "c"}]])  # fmt: skip
def test_another_shape_of_the_rule_is_refused(rule):
    """The rule is named with what it should look like."""
    with pytest.raises(SupervisionError, match="shared/licence_needed") as caught:
        told({}, needed=rule)
    assert caught.value.code == "risk.rule_shape"
