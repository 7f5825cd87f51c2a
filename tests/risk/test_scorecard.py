"""The scorecard is integers, and gives everybody the same score."""

import numpy as np
import pandas as pd
import pytest

from supervision.errors import SupervisionError
from supervision.risk.scorecard import FeaturePoints, Scorecard
from supervision.risk.wording import Wording

WORDS = Wording(label=("次数", "count"), reason=("共{value}次", "{value} times"), unknown=("不详", "not known"))


def feature(name, up_to, points, unknown=0, neutral=0):
    """Points of a feature."""
    return FeaturePoints(name=name, up_to=up_to, points=points, unknown=unknown, neutral=neutral, wording=WORDS)


CARD = Scorecard(
    kind="expert",
    base=400,
    features=(
        feature("a", (0, 2), (0, 50, 90), unknown=20),
        feature("b", (), (7,)),
        feature("c", (9,), (-10, 300), neutral=-10),
        feature("d", (0,), (0, 50)),
    ),
)


def test_scores_and_reasons_in_full():
    """Base plus points, cut to 0–1000; reasons from most to fewest points above an ordinary unit's."""
    table = pd.DataFrame({"a": [-1, 0, 1, 3, 9999], "b": [1] * 5, "c": [-1, 3, 3, 10, 9999], "d": [0, 0, 1, 1, -1]})
    score, reasons = CARD.score(table)
    assert score.tolist() == [427, 397, 497, 847, 797]
    assert reasons.tolist() == [[0, 2, 1], [1, -1, -1], [0, 3, 1], [2, 0, 3], [2, 0, 1]]
    assert (score.dtype, reasons.dtype) == (np.int16, np.int8)


def test_scores_stay_within_their_limits():
    """No score is below 0 or above 1000."""
    card = Scorecard(kind="expert", base=500, features=(feature("a", (0,), (-900, 900)),))
    assert card.score(pd.DataFrame({"a": [0, 1]}))[0].tolist() == [0, 1000]


def test_chunks_make_no_difference():
    """A table longer than a chunk scores like its parts."""
    table = pd.DataFrame({name: np.arange(250_000) % 13 for name in "abcd"})
    score, reasons = CARD.score(table)
    for part in (slice(0, 13), slice(99_993, 100_006), slice(249_990, 250_000)):
        other = CARD.score(table.iloc[part])
        assert score[part].tolist() == other[0].tolist() and reasons[part].tolist() == other[1].tolist()


def test_the_file_comes_back_as_the_same_card():
    """Reading what was written gives the same card and the same bytes, without a float in them."""
    source = CARD.to_json()
    assert Scorecard.from_json(source) == CARD
    assert Scorecard.from_json(source).to_json() == source
    assert source.startswith(b'{"base":400,"features":[{"name":"a","neutral":0,"points":[0,50,90],"unknown":20,"up_to"')
    assert b"." not in source


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"scorecard/1", b"scorecard/9"), (b"[0,50,90]", b"[0,50]"), (b'"up_to":[0,2]', b'"up_to":[2,0]'),
        (b'"base":400', b'"base":"400"'), (b'"rows":0', b'"rows":null'), (b'"base":400,', b""),
        (b'{"base"', b'{ "base"'),
    ],
)  # fmt: skip
def test_a_damaged_file_is_refused(old, new):
    """Another format, points that do not fit, a missing or wrong entry, white space: an error, never a guess."""
    source = CARD.to_json()
    assert old in source
    with pytest.raises(SupervisionError):
        Scorecard.from_json(source.replace(old, new, 1))


def test_a_missing_feature_is_named():
    """A table of another version does not score silently."""
    with pytest.raises(SupervisionError, match="c d"):
        CARD.score(pd.DataFrame({"a": [1], "b": [1]}))


def test_probability_of_a_learned_card():
    """At 500 the base odds, 100 points more double them; an expert card has none."""
    card = Scorecard(kind="learned", base=500, features=(), rows=300, found=100, latest="2026-01-01")
    assert card.probability(np.array([500, 600, 400], dtype=np.int16)).round(4).tolist() == [0.3333, 0.5, 0.2]
    with pytest.raises(SupervisionError):
        CARD.probability(np.array([500], dtype=np.int16))


def test_reasons_in_words():
    """A reason says its value, or that nothing is known, in both languages."""
    said = [CARD.sentence("a", value, lang) for value in (3, -1) for lang in ("zh", "en")]
    assert said == ["共3次", "3 times", "不详", "not known"]


def test_values_in_words():
    """Months as years, powers of two as ranges, codes by name."""
    blank = ("", "")
    months = Wording(label=blank, reason=blank, unknown=blank, form="months")
    money = Wording(label=blank, reason=blank, unknown=blank, form="log2", unit=("万元", " ×10,000 yuan"))
    code = Wording(label=blank, reason=blank, unknown=blank, form="code", codes=(("否", "no"), ("是", "yes")))
    assert [months.value(v, "zh") for v in (7, 40)] == ["7个月", "3年4个月"]
    assert [money.value(v, "zh") for v in (0, 1, 11)] == ["0–1万元", "1–2万元", "1,024–2,048万元"]
    assert [code.value(v, "en") for v in (0, 1, 2)] == ["no", "yes", "2"]
