"""Several cards at once: each unit by its own, all on one scale, in a file that is looked at."""

import json
import math
from itertools import product

import numpy as np
import pandas as pd
import pytest
from two_trades import HOTELS, MAKING

from supervision.canonical import canonical_json
from supervision.errors import SupervisionError
from supervision.risk import cards as cards_module
from supervision.risk.cards import Cards, OwnCards, digest_of, shift_to
from supervision.risk.indicators import INDICATORS
from supervision.risk.scorecard import FeaturePoints, Scorecard

WORDS = {row.name: row.wording for row in INDICATORS}


def points(name, *given, unknown=0, neutral=0):
    """Points of 0, 1, 2 and more."""
    bounds = tuple(range(len(given) - 1))
    return FeaturePoints(name=name, up_to=bounds, points=given, unknown=unknown, neutral=neutral, wording=WORDS[name])


def learned(base, rows, found, *features):
    """A learned card."""
    return Scorecard(kind="learned", base=base, features=features, rows=rows, found=found, latest="2026-11-30")


GENERAL = learned(500, 1_000, 200, points("complaints_12m", 0, 10, 30), points("penalties_12m", 0, 20, neutral=5))
HOTEL = learned(480, 500, 250, points("repeats_36m", 0, 40), points("complaints_12m", -10, 70, neutral=3))
CARDS = Cards(general=GENERAL, own={"H": HOTEL})


def table(*rows):
    """Features of units: section, complaints, penalties, repeats."""
    names = ["industry", "complaints_12m", "penalties_12m", "repeats_36m"]
    return pd.DataFrame(rows, columns=names).astype("int32")


def test_each_unit_by_its_own_card():
    """Hotels by theirs, on the general scale; makers, those of no section and of others by the general one."""
    features = table((HOTELS, 1, 1, 1), (MAKING, 1, 1, 1), (-1, 2, 0, 1), (0, 0, 1, 0), (HOTELS, 0, 0, 0))
    score, raising, lowering = CARDS.reasoned(features)
    shift = 200  # even odds are four times those of one to four
    assert score.tolist() == [480 + shift + 40 + 70, 530, 530, 520, 480 + shift - 10]
    assert CARDS.score(features).tolist() == score.tolist()
    assert CARDS.names == ("complaints_12m", "penalties_12m", "repeats_36m")
    assert raising.tolist() == [[0, 2, -1], [1, 0, -1], [0, -1, -1], [1, -1, -1], [-1, -1, -1]]
    assert lowering.tolist() == [-1, -1, 1, -1, 0]
    assert CARDS.sections(features).tolist() == [HOTELS, -1, -1, -1, HOTELS]
    above = CARDS.above(features)
    assert above.tolist() == [[67, 0, 40], [10, 15, 0], [30, -5, 0], [0, 15, 0], [-13, 0, 0]]


def test_one_card_alone_is_itself():
    """Without own cards scores, reasons, names and digest are those of the general card."""
    features = table((HOTELS, 1, 1, 1), (MAKING, 2, 0, 0))
    alone = Cards(general=GENERAL)
    for one, other in zip(alone.reasoned(features), GENERAL.reasoned(features), strict=True):
        assert one.tolist() == other.tolist()
    assert alone.digest == digest_of(GENERAL) != CARDS.digest
    assert alone.sections(features).tolist() == [-1, -1]
    assert [section for section, _, _ in alone.split(features)] == [""]


def test_pieces_are_the_whole(monkeypatch):
    """However many units at once, the same scores and reasons."""
    rng = np.random.default_rng(3)
    features = table(*[(*rng.choice([HOTELS, MAKING, -1], 1), *rng.integers(-1, 4, 3)) for _ in range(100)])
    whole = CARDS.reasoned(features)
    monkeypatch.setattr(cards_module, "PIECE", 7)
    for one, other in zip(CARDS.reasoned(features), whole, strict=True):
        assert one.tolist() == other.tolist()


def test_one_chance_at_one_score():
    """A score means the same chance by either card, to the rounding of a point."""
    own, general = np.arange(300, 800, dtype=np.int16), CARDS.probability(np.arange(300, 800, dtype=np.int16))
    odd = learned(500, 777, 123, *HOTEL.features)
    shift = shift_to(GENERAL, odd)
    assert np.abs(odd.probability((own - shift).astype(np.int16)) - general).max() < 0.001
    assert CARDS.scaled["H"].base == HOTEL.base + shift_to(GENERAL, HOTEL)


def test_shifts_are_the_nearest_whole_points():
    """Against the logarithm, wherever it is not near a half; both ways round, and nothing for the same odds."""
    shares = [(1_000, 200), (1_000, 201), (300_000, 1), (2, 1), (5_000, 4_999), (97, 13)]
    for (rows, found), (own_rows, own_found) in product(shares, repeat=2):
        exact = 100 * math.log2(own_found / (own_rows - own_found) * (rows - found) / found)
        assert abs(exact % 1 - 0.5) > 1e-9
        general, own = learned(500, rows, found), learned(500, own_rows, own_found)
        assert shift_to(general, own) == math.floor(exact + 0.5)
    assert shift_to(GENERAL, learned(500, 5, 1)) == 0


def test_the_file_keeps_the_cards():
    """Written and read again the cards are the same; the file tells the shift and the general card it is to."""
    source = CARDS.file.to_bytes()
    record = json.loads(source)
    assert record["cards"]["H"]["shift"] == 200 and record["general"] == digest_of(GENERAL)
    assert Cards.of(GENERAL, OwnCards.from_bytes(source)) == CARDS


def test_no_scale_with_a_card_of_experts():
    """Own cards beside an expert card, or one that is no learned one, are refused by name."""
    expert = Scorecard(kind="expert", base=400, features=GENERAL.features)
    for general, own in ((expert, HOTEL), (GENERAL, expert)):
        with pytest.raises(SupervisionError, match="行业 H 的评分卡和通用卡") as caught:
            Cards(general=general, own={"H": own})
        assert caught.value.code == "risk.cards_unlearned"
    assert Cards(general=expert).own == {}


def test_features_without_the_industry():
    """A table that does not say the industry is refused: nobody falls to the general card in silence."""
    with pytest.raises(SupervisionError) as caught:
        CARDS.score(table((HOTELS, 1, 1, 1)).drop(columns="industry"))
    assert (caught.value.code, caught.value.params["names"]) == ("risk.feature_missing", "industry")


def test_too_many_indicators_together():
    """Reasons are kept in a byte: cards that together have more indicators than that are refused."""
    many = [FeaturePoints(name=f"f{k}", up_to=(), points=(1,), unknown=0, neutral=0, wording=WORDS["type"])
            for k in range(130)]  # fmt: skip
    general, own = learned(500, 9, 1, *many[:65]), learned(500, 9, 1, *many[65:])
    with pytest.raises(SupervisionError) as caught:
        Cards(general=general, own={"H": own})
    assert (caught.value.code, caught.value.params["names"]) == ("risk.card_doubled", 130)
    assert len(Cards(general=general, own={"H": learned(500, 9, 1, *many[65:128])}).names) == 128


def edited(**changes):
    """The file of the cards, changed by hand."""
    return canonical_json({**json.loads(CARDS.file.to_bytes()), **changes})


def one_card(**changes):
    """The record of the hotels' card, changed by hand."""
    record = json.loads(CARDS.file.to_bytes())["cards"]["H"]
    return {"H": record | changes}


@pytest.mark.parametrize(
    ("source", "code", "said"),
    [
        (edited(format="supervision-industry-cards/9"), "risk.cards_format", "supervision-industry-cards/9"),
        (edited(format=1), "risk.card_entry", "format"),
        (edited(cards=[]), "risk.card_entry", "cards"),
        (edited(cards={"Z": {}}), "risk.cards_section", "“Z”"),
        (edited(cards={"": {}}), "risk.cards_section", "A B C"),
        (edited(cards=one_card(shift="7")), "risk.cards_inside", "行业 H 的卡有误：评分卡的“shift”为 7"),
        (edited(cards=one_card(card={"format": "supervision-scorecard/9"})), "risk.cards_inside", "scorecard/9"),
        (edited(cards={"H": 7}), "risk.cards_inside", "“card”为 None"),
        (CARDS.file.to_bytes() + b"\n", "canonical.bytes", "byte"),
    ],
)
def test_an_edited_file_is_refused(source, code, said):
    """Format, sections, shifts and cards: each wrong entry is named, nothing is read past it."""
    with pytest.raises(SupervisionError) as caught:
        OwnCards.from_bytes(source)
    assert caught.value.code == code and said in caught.value.text("zh")
    assert caught.value.text("en").isascii() or "→" in caught.value.text("en")


def test_files_of_two_trainings():
    """Another general card, or a shift that is not that of both cards, is refused."""
    other = learned(501, 1_000, 200, *GENERAL.features)
    with pytest.raises(SupervisionError) as caught:
        Cards.of(other, CARDS.file)
    assert caught.value.code == "risk.cards_general" and digest_of(other) in caught.value.text("zh")
    moved = OwnCards.from_bytes(edited(cards=one_card(shift=199)))
    with pytest.raises(SupervisionError) as caught:
        Cards.of(GENERAL, moved)
    assert (caught.value.code, caught.value.params["shift"]) == ("risk.cards_shift", 200)
