"""A card that people edited says what is wrong with it, in both languages, and never scores by guess."""

import json

import numpy as np
import pandas as pd
import pytest
from test_scorecard import CARD, WORDS, feature

from supervision.canonical import canonical_json
from supervision.errors import SupervisionError
from supervision.risk.expert_card import expert_card
from supervision.risk.scorecard import FeaturePoints, Scorecard

LEARNED = {"kind": "learned", "rows": 300, "found": 30, "latest": "2026-11-30"}


def edited(**changes):
    """The code of the error that a card with other entries raises, None where it is read."""
    card = json.loads(CARD.to_json()) | {k: v for k, v in changes.items() if k != "first"}
    if "first" in changes:
        card["features"][0] |= changes["first"]
    return refused(canonical_json(card))


def refused(source):
    """The code of the error; both languages have words for it."""
    try:
        Scorecard.from_json(source)
    except SupervisionError as error:
        zh, en = error.text("zh"), error.text("en")
        assert zh != en and error.code.split(".")[0] in ("risk", "canonical")
        return error.code
    return None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        (LEARNED, None),
        ({"format": "supervision-scorecard/2"}, "risk.card_version"),
        ({"format": None}, "risk.card_entry"),
        ({"kind": "learned"}, "risk.card_kind"),
        ({"kind": "copied"}, "risk.card_kind"),
        ({"rows": 5}, "risk.card_kind"),
        ({"latest": "2026-11-30"}, "risk.card_kind"),
        ({**LEARNED, "found": 300}, "risk.card_kind"),
        ({**LEARNED, "found": 0}, "risk.card_kind"),
        ({**LEARNED, "latest": "30.11.2026"}, "risk.card_kind"),
        ({**LEARNED, "latest": "20261130"}, "risk.card_kind"),
        ({"base": 10_001}, "risk.card_points"),
        ({"base": 10_000}, None),
        ({"base": -10_001}, "risk.card_points"),
        ({"base": None}, "risk.card_entry"),
        ({"features": {}}, "risk.card_entry"),
        ({"features": [7]}, "risk.card_entry"),
        ({"first": {"points": [0, 50, 1001]}}, "risk.card_points"),
        ({"first": {"points": [0, 50, 1000]}}, None),
        ({"first": {"points": [-1001, 50, 90]}}, "risk.card_points"),
        ({"first": {"unknown": 1001}}, "risk.card_points"),
        ({"first": {"neutral": -1001}}, "risk.card_points"),
        ({"first": {"up_to": [2, 0]}}, "risk.card_bounds"),
        ({"first": {"up_to": [2, 2]}}, "risk.card_bounds"),
        ({"first": {"up_to": [-1, 2]}}, "risk.card_bounds"),
        ({"first": {"points": [0, 50]}}, "risk.card_bounds"),
        ({"first": {"points": [0, 50, "90"]}}, "risk.card_entry"),
        ({"first": {"up_to": "0,2"}}, "risk.card_entry"),
        ({"first": {"words": None}}, "risk.card_entry"),
        ({"first": {"name": 3}}, "risk.card_entry"),
        ({"first": {"name": "b"}}, "risk.card_doubled"),
        ({"first": {"name": "penalties_12m", "points": [0, 50, 49]}}, "risk.card_file_sign"),
        ({"first": {"name": "penalties_12m", "points": [0, 50, 50]}}, None),
    ],
)  # fmt: skip
def test_an_edited_card(changes, code):
    """Signs, bounds of points, order of bounds, indicators that stand twice, kind and figures, version: each named."""
    assert edited(**changes) == code


@pytest.mark.parametrize("source", [b"", b"[]", b"7", b'"card"', b"{}", b"\xff", b"{}\n", b'{"base":1e9}'])
def test_what_is_no_card(source):
    """Nothing, a list, a number, other bytes: an error of ours."""
    assert refused(source) in ("canonical.bytes", "risk.card_entry")


def test_words_that_are_no_pair():
    """Words are given in both languages."""
    words = json.loads(CARD.to_json())["features"][0]["words"]
    for name, value in (("label", ["次数"]), ("reason", ["a", 1]), ("codes", ["x"]), ("form", None)):
        assert edited(first={"words": {**words, name: value}}) == "risk.card_entry"


def test_a_card_has_room_for_128_indicators():
    """Reasons are kept in a byte each: more indicators are refused, the 128th is still named."""
    many = tuple(feature(f"f{n}", (0,), (0, 10)) for n in range(129))
    with pytest.raises(SupervisionError, match="129"):
        Scorecard(kind="expert", base=400, features=many)
    card = Scorecard(kind="expert", base=400, features=many[:128])
    table = pd.DataFrame({f"f{n}": [0, int(n == 127), int(n in (0, 127))] for n in range(128)})
    assert card.reasoned(table)[1].tolist() == [[-1, -1, -1], [127, -1, -1], [0, 127, -1]]


def test_points_of_a_rule_are_bounded():
    """The expert card is a rule that people write: a slip of a zero is found."""
    given = {"base": 400, "features": {"penalties_12m": {"up_to": [0], "points": [0, 6000]}}}
    with pytest.raises(SupervisionError) as caught:
        expert_card(given)
    assert caught.value.code == "risk.card_points"
    with pytest.raises(SupervisionError):
        expert_card({**given, "base": True})


def test_strongest_and_lowering_reason_by_sorting():
    """Against a plain sort, for random points: three that raise, one that lowers, the card's order among equals."""
    rng = np.random.default_rng(7)
    features = tuple(
        FeaturePoints(name=f"f{n}", up_to=(0, 1, 2), points=tuple(rng.integers(-3, 4, 4).tolist()),
                      unknown=int(rng.integers(-3, 4)), neutral=int(rng.integers(-1, 2)), wording=WORDS)
        for n in range(9)
    )  # fmt: skip
    card = Scorecard(kind="expert", base=500, features=features)
    table = pd.DataFrame({f"f{n}": rng.integers(-1, 6, 20_000) for n in range(9)})
    score, raising, lowering = card.reasoned(table)
    points = card.points(table)
    assert (np.clip(points.sum(axis=1) + 500, 0, 1000) == score).all()
    above = points - np.array([one.neutral for one in features])
    order = np.argsort(-above, axis=1, kind="stable")[:, :3]
    assert (raising == np.where(np.take_along_axis(above, order, axis=1) > 0, order, -1)).all()
    least = above.argmin(axis=1)
    assert (lowering == np.where(above.min(axis=1) < 0, least, -1)).all()
