"""The expert card is law as data."""

from pathlib import Path

import pytest
import yaml

from supervision.errors import SupervisionError
from supervision.risk.expert_card import expert_card
from supervision.risk.scorecard import Scorecard

SHIPPED = Path(__file__).parents[2] / "data/rules/shared/expert_card.yaml"


def test_the_shipped_card_is_read_and_claims_nothing():
    """The file makes a card; every version of it says that nobody has verified it, and when to look again."""
    rule = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    assert rule["id"] == "shared/expert_card"
    for version in rule["values"]:
        card = expert_card(version["value"])
        assert (card.kind, card.base, card.rows) == ("expert", 500, 0)
        assert Scorecard.from_json(card.to_json()) == card
        assert version["verified"] is False and version["review_by"]


def test_a_card_from_a_rule():
    """Bounds and points stand as given, unknown and neutral are 0 where not given, order is the table's."""
    card = expert_card(
        {"base": 300, "features": {"complaints_12m": {"up_to": [0], "points": [0, 40], "unknown": 5},
                                   "penalties_12m": {"up_to": [], "points": [0]}}}
    )  # fmt: skip
    assert card.base == 300
    assert [(f.name, f.up_to, f.points, f.unknown, f.neutral) for f in card.features] == [
        ("penalties_12m", (), (0,), 0, 0), ("complaints_12m", (0,), (0, 40), 5, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "risk.rule_shape"),
        ({"base": "400", "features": {}}, "risk.rule_shape"),
        ({"base": 400, "features": {"shoe_size": {"up_to": [], "points": [0]}}}, "risk.rule_shape"),
        ({"base": 400, "features": {"penalties_12m": {"up_to": [0], "points": [0]}}}, "risk.rule_shape"),
        ({"base": 400, "features": {"penalties_12m": {"up_to": [1, 0], "points": [0, 1, 2]}}}, "risk.rule_shape"),
        ({"base": 400, "features": {"penalties_12m": {"up_to": [0], "points": [0, 0.5]}}}, "risk.rule_shape"),
        ({"base": 400, "features": {"penalties_12m": {"points": [0]}}}, "risk.rule_shape"),
        ({"base": 400, "features": {"penalties_12m": {"up_to": [0], "points": [9, 0]}}}, "risk.card_sign"),
        ({"base": 400, "features": {"court_24m": {"up_to": [0], "points": [9, 0]}}}, "risk.card_sign"),
    ],
)
def test_a_card_of_another_shape_is_refused(value, code):
    """Wrong shapes, unknown features, floats, and points against a sign are named and stop."""
    with pytest.raises(SupervisionError) as caught:
        expert_card(value)
    assert caught.value.code == code
    assert "shared/expert_card" in caught.value.text("en") and "shared/expert_card" in caught.value.text("zh")
