"""The scorecard (评分卡): tables of integers, so that anybody gets the same score from the same facts.

Score = base + the points of each feature, cut to 0–1000. 100 points double the odds of finding a problem.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from supervision.canonical import canonical_json, parse_canonical
from supervision.errors import SupervisionError
from supervision.risk.wording import Wording

FORMAT = "supervision-scorecard/1"
LOWEST, EVEN, HIGHEST, DOUBLING = 0, 500, 1000, 100
CHUNK = 100_000
REASONS = 3


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
    >>> card = supervision.Scorecard(kind="learned", base=500, features=(), rows=100, found=20)
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

    def score(self, features: pd.DataFrame) -> tuple[NDArray[np.int16], NDArray[np.int8]]:
        """Return scores and reasons (评分与理由).

        `features` as from build_features, (units,) rows. Scores int16 (units,), 0–1000. Reasons int8 (units, 3): the
        features with the most points above an ordinary unit's, most first, by the card's order among equals; −1 where
        there are fewer. A column that is missing raises SupervisionError `risk.feature_missing`.
        """
        missing = [feature.name for feature in self.features if feature.name not in features.columns]
        if missing:
            raise SupervisionError("risk.feature_missing", names=" ".join(missing))
        columns = [features[feature.name].to_numpy() for feature in self.features]
        tables = [feature.table() for feature in self.features]
        neutral = np.array([feature.neutral for feature in self.features], dtype=np.int32)
        scores = np.empty(len(features), dtype=np.int16)
        reasons = np.empty((len(features), REASONS), dtype=np.int8)
        for start in range(0, len(features), CHUNK):
            part = slice(start, start + CHUNK)
            points = np.empty((len(tables), len(scores[part])), dtype=np.int32)
            for place, (column, table) in enumerate(zip(columns, tables, strict=True)):
                points[place] = table[np.clip(column[part] + 1, 0, len(table) - 1)]
            scores[part] = np.clip(points.sum(axis=0) + self.base, LOWEST, HIGHEST)
            reasons[part] = _strongest(points - neutral[:, None])
        return scores, reasons

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
        """Read a card (读取评分卡); other bytes than `to_json` writes raise SupervisionError."""
        card = parse_canonical(source)
        try:
            if card["format"] != FORMAT:
                raise SupervisionError("risk.card_unreadable", reason=card["format"])
            features = tuple(_feature(record) for record in card["features"])
            base, rows, found = _integers([card["base"], card["rows"], card["found"]])
            return cls(kind=str(card["kind"]), base=base, features=features, rows=rows, found=found,
                       latest=str(card["latest"]))  # fmt: skip
        except (KeyError, TypeError, ValueError) as error:
            raise SupervisionError("risk.card_unreadable", reason=repr(error)) from error


def _strongest(above: NDArray[np.int32]) -> NDArray[np.int8]:
    strongest = np.full((above.shape[1], REASONS), -1, dtype=np.int8)
    everybody = np.arange(above.shape[1])
    for place in range(min(REASONS, len(above))):
        best = above.argmax(axis=0)
        strongest[:, place] = np.where(above[best, everybody] > 0, best, -1)
        above[best, everybody] = 0
    return strongest


def _feature(record: dict[str, object]) -> FeaturePoints:
    words = record["words"]
    up_to, points = _integers(record["up_to"]), _integers(record["points"])
    if len(points) != len(up_to) + 1 or list(up_to) != sorted(set(up_to)) or not isinstance(words, dict):
        raise ValueError(record["name"])
    (unknown, neutral) = _integers([record["unknown"], record["neutral"]])
    wording = Wording(label=_pair(words["label"]), reason=_pair(words["reason"]), unknown=_pair(words["unknown"]),
                      form=str(words["form"]), unit=_pair(words["unit"]),
                      codes=tuple(_pair(code) for code in words["codes"]))  # fmt: skip
    return FeaturePoints(name=str(record["name"]), up_to=up_to, points=points, unknown=unknown, neutral=neutral,
                         wording=wording)  # fmt: skip


def _integers(values: object) -> tuple[int, ...]:
    if not isinstance(values, list) or not all(isinstance(v, int) and not isinstance(v, bool) for v in values):
        raise ValueError(values)
    return tuple(values)


def _pair(values: object) -> tuple[str, str]:
    if not isinstance(values, list) or len(values) != 2:
        raise ValueError(values)
    return str(values[0]), str(values[1])
