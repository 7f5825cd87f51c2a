"""The scorecard (评分卡): tables of integers, so that anybody gets the same score from the same facts.

Score = base + the points of each feature, cut to 0–1000. 100 points double the odds of finding a problem.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from supervision.canonical import canonical_json, parse_canonical
from supervision.errors import SupervisionError
from supervision.messages import Label
from supervision.risk.card_checks import check_origin, check_points, check_signs, check_whole
from supervision.risk.indicators import INDICATORS
from supervision.risk.wording import Pair, Wording

T = TypeVar("T")

FORMAT = "supervision-scorecard/1"
LOWEST, EVEN, HIGHEST, DOUBLING = 0, 500, 1000, 100
CHUNK = 16_384  # units at once: what is kept of them stays within the processor's own memory
REASONS = 3
PLACES = 128  # most features of a card: reasons are kept as int8


@dataclass(frozen=True, kw_only=True)
class FeaturePoints:
    """The points of one feature (指标分值): `points[k]` for values up to `up_to[k]`, the last one for all above.

    `unknown` are the points of −1, `neutral` those of an ordinary unit, from which reasons are counted.
    """

    name: str
    up_to: tuple[int, ...]
    points: tuple[int, ...]
    unknown: int
    neutral: int
    wording: Wording

    def __post_init__(self) -> None:
        """Refuse what no card may say (核对)."""
        check_points(self.name, self.up_to, self.points, (self.unknown, self.neutral))

    def table(self) -> NDArray[np.int32]:
        """Return points by value (分值查找表), int32: entry v + 1 for value v from −1 to one above the last bound."""
        top = self.up_to[-1] + 1 if self.up_to else 0
        values = np.arange(top + 1)
        known = np.array(self.points, dtype=np.int32)[np.searchsorted(self.up_to, values, side="left")]
        return np.concatenate((np.array([self.unknown], dtype=np.int32), known))


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    """A scorecard (评分卡): base points and the points of each feature, all integers.

    At a score of 500 the odds of finding a problem are `found` to `rows − found`; 100 points double them.

    Attributes
    ----------
    kind
        "learned" or "expert".
    base
        Points of everybody.
    features
        The points of each feature.
    rows, found
        A learned card's inspections, and how many of them found a problem; 0 and 0 of an expert card.
    latest
        Day of the last inspection, "2026-11-30"; "" of an expert card.

    Examples
    --------
    >>> import numpy as np, supervision
    >>> sample = {"rows": 100, "found": 20, "latest": "2026-11-30"}
    >>> card = supervision.Scorecard(kind="learned", base=500, features=(), **sample)
    >>> card.probability(np.array([500, 600], dtype=np.int16)).round(3).tolist()
    [0.2, 0.333]
    >>> supervision.Scorecard.from_json(card.to_json()) == card
    True
    """

    kind: str
    base: int
    features: tuple[FeaturePoints, ...]
    rows: int = 0
    found: int = 0
    latest: str = ""

    def __post_init__(self) -> None:
        """Refuse what no card may say (核对)."""
        check_whole(base=self.base, names=[feature.name for feature in self.features])

    def score(self, features: pd.DataFrame) -> tuple[NDArray[np.int16], NDArray[np.int8]]:
        """Return scores and reasons (评分与理由): `reasoned` without what lowers the score."""
        scores, reasons, _ = self.reasoned(features)
        return scores, reasons

    def reasoned(self, features: pd.DataFrame) -> tuple[NDArray[np.int16], NDArray[np.int8], NDArray[np.int8]]:
        """Return scores, the reasons that raise them and the one that lowers them most (评分与升降理由).

        `features` as from build_features, (units,) rows. Scores int16 (units,), 0–1000. Reasons int8 (units, 3): the
        features with the most points above an ordinary unit's, most first, by the card's order among equals; −1 where
        there are fewer. Lowering int8 (units,): the feature with the most points below an ordinary unit's, or −1. A
        column that is missing raises SupervisionError `risk.feature_missing`.
        """
        tables = [feature.table() for feature in self.features]
        columns = self._columns(features)
        scores = np.empty(len(features), dtype=np.int16)
        reasons = np.empty((len(features), REASONS), dtype=np.int8)
        lowering = np.empty(len(features), dtype=np.int8)
        for start in range(0, len(features), CHUNK):
            part = slice(start, start + CHUNK)
            size = len(scores[part])
            total = np.full(size, self.base, dtype=np.int32)
            most = [np.full(size, 0, dtype=np.int32) for _ in range(REASONS)]
            least = np.zeros(size, dtype=np.int32)
            for place, (column, table, feature) in enumerate(zip(columns, tables, self.features, strict=True)):
                points = table.take(column[part] + 1, mode="clip")
                total += points
                points -= feature.neutral
                points *= PLACES  # a key of points and place: the greatest is the strongest, of equals the first
                np.minimum(least, points + place, out=least)
                points += PLACES - 1 - place
                _keep_strongest(most, points)
            scores[part] = np.clip(total, LOWEST, HIGHEST)
            for rank, key in enumerate(most):
                reasons[part, rank] = np.where(key >= PLACES, PLACES - 1 - key % PLACES, -1)
            lowering[part] = np.where(least < 0, least % PLACES, -1)
        return scores, reasons, lowering

    def points(self, features: pd.DataFrame) -> NDArray[np.int32]:
        """Return the points of every indicator (各指标得分), int32 (units, features).

        Their sum and the base are the score before it is cut to 0–1000. For few units: there are units × features.
        """
        columns = zip(self.features, self._columns(features), strict=True)
        found = [feature.table().take(column + 1, mode="clip") for feature, column in columns]
        return np.column_stack(found) if found else np.zeros((len(features), 0), dtype=np.int32)

    def _columns(self, features: pd.DataFrame) -> list[NDArray[np.int32]]:
        missing = [feature.name for feature in self.features if feature.name not in features.columns]
        if missing:
            raise SupervisionError("risk.feature_missing", names=" ".join(missing))
        return [features[feature.name].to_numpy() for feature in self.features]

    def probability(self, score: NDArray[np.int16]) -> NDArray[np.float64]:
        """Return the chance of a problem at a score (发现问题概率), float64; only a learned card knows it.

        Raises SupervisionError `risk.no_probability` for an expert card: its points say which is more, not how much.
        """
        if not 0 < self.found < self.rows:
            raise SupervisionError("risk.no_probability")
        odds = self.found / (self.rows - self.found) * np.exp2((score.astype(np.float64) - EVEN) / DOUBLING)
        result: NDArray[np.float64] = odds / (1 + odds)
        return result

    def sentence(self, name: str, value: int, lang: str) -> str:
        """Return a reason in words (理由文字): feature `name` with this value, in "zh" or "en"."""
        return next(feature for feature in self.features if feature.name == name).wording.sentence(value, lang)

    def to_json(self) -> bytes:
        """Return the card as canonical JSON (评分卡文件): integers and texts only."""
        features = [
            {"name": f.name, "up_to": list(f.up_to), "points": list(f.points), "unknown": f.unknown,
             "neutral": f.neutral, "words": f.wording.record()}
            for f in self.features
        ]  # fmt: skip
        return canonical_json({"format": FORMAT, "kind": self.kind, "base": self.base, "rows": self.rows,
                               "found": self.found, "latest": self.latest, "features": features})  # fmt: skip

    @classmethod
    def from_json(cls, source: bytes) -> Scorecard:
        """Read a card (读取评分卡), which people may have edited.

        Other bytes than `to_json` writes, another format, and whatever a card may not say (`card_checks`) raise
        SupervisionError, which names the entry.
        """
        card = parse_canonical(source)
        said = entry(card, "format", str)
        if said != FORMAT:
            raise SupervisionError("risk.card_version", format=said, want=FORMAT)
        kind, latest = entry(card, "kind", str), entry(card, "latest", str)
        rows, found = entry(card, "rows", int), entry(card, "found", int)
        check_origin(kind=kind, rows=rows, found=found, latest=latest)
        features = tuple(_feature(record) for record in entry(card, "features", list))
        check_signs([(one.name, one.points) for one in features], {row.name: row.sign for row in INDICATORS})
        base = entry(card, "base", int)
        return cls(kind=kind, base=base, features=features, rows=rows, found=found, latest=latest)


def _keep_strongest(most: list[NDArray[np.int32]], key: NDArray[np.int32]) -> None:
    """Put keys among the greatest so far (保留最强理由), each in its rank; what falls off the end is forgotten."""
    for rank, held in enumerate(most):
        higher = np.maximum(held, key)
        np.minimum(held, key, out=key)
        most[rank] = higher


_WANTED: Mapping[type, Label] = {
    str: Label("文字", "a text"),
    int: Label("整数", "an integer"),
    list: Label("列表", "a list"),
    dict: Label("键和值", "keys with values"),
}


def entry(record: object, name: str, kind: type[T]) -> T:
    """Return an entry of a card's file (评分卡条目), which must be of this type; a truth value is no integer."""
    value = record.get(name) if isinstance(record, dict) else None
    if not isinstance(value, kind) or isinstance(value, bool):
        raise SupervisionError("risk.card_entry", entry=name, value=value, want=_WANTED[kind])
    return value


def _feature(record: object) -> FeaturePoints:
    name, words = entry(record, "name", str), entry(record, "words", dict)
    return FeaturePoints(
        name=name, up_to=_integers(record, "up_to"), points=_integers(record, "points"),
        unknown=entry(record, "unknown", int), neutral=entry(record, "neutral", int),
        wording=Wording(label=_pair(words, "label"), reason=_pair(words, "reason"), unknown=_pair(words, "unknown"),
                        form=entry(words, "form", str), unit=_pair(words, "unit"),
                        codes=tuple(_texts(code, "codes") for code in entry(words, "codes", list))),
    )  # fmt: skip


def _integers(record: object, name: str) -> tuple[int, ...]:
    values = entry(record, name, list)
    if not all(type(value) is int for value in values):
        raise SupervisionError(
            "risk.card_entry", entry=name, value=values, want=Label("整数的列表", "a list of integers")
        )
    return tuple(values)


def _pair(record: object, name: str) -> Pair:
    return _texts(entry(record, name, list), name)


def _texts(value: object, name: str) -> Pair:
    if not isinstance(value, list) or [type(text) for text in value] != [str, str]:
        raise SupervisionError("risk.card_entry", entry=name, value=value, want="[zh, en]")
    return value[0], value[1]
