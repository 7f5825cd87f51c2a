"""The scorecards of a round (评分卡组): the general one, and own ones of industries that have enough outcomes.

A unit is scored by the card of its section of industry, by the general one where the section has none or is not known.
All scores mean the same: an own card is put on the general card's scale by `shift` points, computed in integers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from supervision.canonical import canonical_json, parse_canonical
from supervision.errors import SupervisionError
from supervision.risk.card_checks import MOST_FEATURES
from supervision.risk.indicators import SECTIONS
from supervision.risk.scorecard import DOUBLING, REASONS, Scorecard, entry

FORMAT = "supervision-industry-cards/1"
INDUSTRY = "industry"  # the indicator that tells a unit's section
GENERAL = ""  # the section of the general card
STEPS = 2 * DOUBLING  # half points from odds to odds doubled: a shift is rounded to whole ones
PIECE = 65_536  # units at once where some have a card of their own: their features are copied apart

Rows = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class OwnCards:
    """The own cards as a file (行业评分卡文件): by the section's letter a card, and its shift to the general scale.

    `general` is the SHA-256 of the general card that the shifts are to.
    """

    general: str
    cards: Mapping[str, Scorecard]
    shifts: Mapping[str, int]

    def to_bytes(self) -> bytes:
        """Return the file (写成文件): canonical JSON."""
        cards = {
            section: {"shift": self.shifts[section], "card": parse_canonical(card.to_json())}
            for section, card in self.cards.items()
        }
        return canonical_json({"format": FORMAT, "general": self.general, "cards": cards})

    @classmethod
    def from_bytes(cls, source: bytes) -> OwnCards:
        """Read the file (读取文件), which people may have edited.

        Another format, a section that does not exist and whatever a card may not say raise SupervisionError; an error
        inside a card names its section.
        """
        record = parse_canonical(source)
        if (said := entry(record, "format", str)) != FORMAT:
            raise SupervisionError("risk.cards_format", format=said, want=FORMAT)
        cards, shifts = {}, {}
        for section, one in sorted(entry(record, "cards", dict).items()):
            if section not in SECTIONS:
                raise SupervisionError("risk.cards_section", section=section, known=" ".join(SECTIONS))
            try:
                cards[section] = Scorecard.from_json(canonical_json(entry(one, "card", dict)))
                shifts[section] = entry(one, "shift", int)
            except SupervisionError as error:
                raise SupervisionError("risk.cards_inside", section=section, why=error.message) from error
        return cls(general=entry(record, "general", str), cards=cards, shifts=shifts)


@dataclass(frozen=True, kw_only=True)
class Cards:
    """The card of every unit (各单位适用的评分卡): that of its section of industry, else the general one.

    Raises SupervisionError `risk.cards_unlearned` where there are own cards and one of the cards was not learned: there
    is no scale between them.

    Attributes
    ----------
    general
        The card of whoever has no other.
    own
        Section's letter → its card, on a scale of its own: `scaled` has them on the general one.

    Examples
    --------
    >>> import supervision
    >>> sample = {"kind": "learned", "base": 500, "features": (), "latest": "2026-11-30"}
    >>> general = supervision.Scorecard(rows=1000, found=200, **sample)
    >>> hotels = supervision.Scorecard(rows=500, found=250, **sample)
    >>> cards = supervision.Cards(general=general, own={"H": hotels})
    >>> cards.scaled["H"].base  # half of their inspections found something, a fifth of all: two doublings
    700
    """

    general: Scorecard
    own: Mapping[str, Scorecard] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what cannot be put on one scale (核对)."""
        for section, card in self.own.items():
            if not (card.rows and self.general.rows):
                raise SupervisionError("risk.cards_unlearned", section=section)
        if len(self.names) > MOST_FEATURES:
            raise SupervisionError("risk.card_doubled", names=len(self.names), most=MOST_FEATURES)

    @classmethod
    def of(cls, general: Scorecard, own: OwnCards) -> Cards:
        """Return the cards of two files (由文件得评分卡组).

        Files that disagree raise SupervisionError `risk.cards_general` or `risk.cards_shift`.
        """
        if (digest := digest_of(general)) != own.general:
            raise SupervisionError("risk.cards_general", said=own.general, general=digest)
        cards = cls(general=general, own=own.cards)
        for section, card in own.cards.items():
            if (shift := shift_to(general, card)) != own.shifts[section]:
                raise SupervisionError("risk.cards_shift", section=section, said=own.shifts[section], shift=shift)
        return cards

    @property
    def file(self) -> OwnCards:
        """The own cards as they are saved (行业评分卡文件内容)."""
        shifts = {section: shift_to(self.general, card) for section, card in self.own.items()}
        return OwnCards(general=digest_of(self.general), cards=self.own, shifts=shifts)

    @property
    def digest(self) -> str:
        """SHA-256 of all cards (评分卡组摘要), hex; of a general card alone that of its file."""
        said = self.general.to_json() + (self.file.to_bytes() if self.own else b"")
        return hashlib.sha256(said).hexdigest()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The indicators of all cards (全部指标), in the general card's order; reasons are told by their places."""
        cards = [self.general, *(self.own[section] for section in sorted(self.own))]
        return tuple(dict.fromkeys(one.name for card in cards for one in card.features))

    @cached_property
    def scaled(self) -> Mapping[str, Scorecard]:
        """The cards on the general scale (统一分值尺度的评分卡): `GENERAL` and the sections of own cards.

        Their points and base sum up to scores. Odds are asked of `probability`, for all alike.
        """
        own = {
            section: replace(self.own[section], base=self.own[section].base + shift_to(self.general, self.own[section]))
            for section in sorted(self.own)
        }
        return {GENERAL: self.general, **own}

    def sections(self, features: pd.DataFrame) -> NDArray[np.int8]:
        """Return whose card scores each unit (各单位所用评分卡), int8 (units,): place in `SECTIONS`, −1 the general."""
        if not self.own:
            return np.full(len(features), -1, dtype=np.int8)
        if INDUSTRY not in features.columns:
            raise SupervisionError("risk.feature_missing", names=INDUSTRY)
        places = np.array([SECTIONS.index(section) for section in self.own], dtype=np.int32)
        said = features[INDUSTRY].to_numpy()
        return np.where(np.isin(said, places), said, -1).astype(np.int8)

    def split(self, features: pd.DataFrame) -> Iterator[tuple[str, Scorecard, Rows]]:
        """Yield section, card and the rows that it scores (按评分卡分开), bool (units,); no card without any."""
        sections = self.sections(features)
        for section, card in self.scaled.items():
            rows = sections == (SECTIONS.index(section) if section else -1)
            if rows.any():
                yield section, card, rows

    def score(self, features: pd.DataFrame) -> NDArray[np.int16]:
        """Return everybody's score (评分), int16 (units,), 0–1000, each by its own card."""
        return self.reasoned(features)[0]

    def reasoned(self, features: pd.DataFrame) -> tuple[NDArray[np.int16], NDArray[np.int8], NDArray[np.int8]]:
        """Return scores, raising and lowering reasons (评分与升降理由), as `Scorecard.reasoned` does by one card.

        Reasons are places in `names`, −1 where there are fewer.
        """
        if not self.own:
            return self.general.reasoned(features)
        scores = np.empty(len(features), dtype=np.int16)
        raising = np.empty((len(features), REASONS), dtype=np.int8)
        lowering = np.empty(len(features), dtype=np.int8)
        for start in range(0, len(features), PIECE):
            part = slice(start, start + PIECE)
            piece = features.iloc[part]
            for section, card, rows in self.split(piece):
                score, raises, lowers = card.reasoned(piece[rows])
                place = self._places(section)
                scores[part][rows], raising[part][rows], lowering[part][rows] = score, place[raises], place[lowers]
        return scores, raising, lowering

    def above(self, features: pd.DataFrame) -> NDArray[np.int32]:
        """Return the points above an ordinary unit's (高出一般单位的分值), int32 (units, names).

        0 where the unit's card does not have the indicator. For few units: there are units × indicators.
        """
        found = np.zeros((len(features), len(self.names)), dtype=np.int32)
        for section, card, rows in self.split(features):
            neutral = np.array([one.neutral for one in card.features], dtype=np.int32)
            places = self._places(section)[:-1]
            found[np.ix_(rows, places)] = card.points(features[rows]) - neutral
        return found

    def probability(self, score: NDArray[np.int16]) -> NDArray[np.float64]:
        """Return the chance of a problem at a score (发现问题概率), as the general card says: all are on its scale."""
        return self.general.probability(score)

    def _places(self, section: str) -> NDArray[np.int8]:
        """The place in `names` of each indicator of a card, and −1 for what is at its end."""
        found = [self.names.index(one.name) for one in self.scaled[section].features]
        return np.array([*found, -1], dtype=np.int8)


def shift_to(general: Scorecard, own: Scorecard) -> int:
    """Return by how many points an own card's scores are moved to the general scale (换算分值).

    At 500 points the odds of a problem are `found` to `rows − found` of each card; 100 points double them. The shift is
    100 · log2 of the ratio of both odds, rounded to the nearest whole number. In integers: the floor of 200 · log2 of a
    fraction is that of log2 of its 200th power, which the lengths of two whole numbers tell.

    Examples
    --------
    >>> sample = {"kind": "learned", "base": 500, "features": (), "latest": "2026-11-30"}
    >>> general = Scorecard(rows=1000, found=200, **sample)  # 1 to 4
    >>> shift_to(general, Scorecard(rows=500, found=250, **sample))  # 1 to 1
    200
    """
    many = own.found * (general.rows - general.found)
    of = (own.rows - own.found) * general.found
    high, low = many**STEPS, of**STEPS
    power: int = high.bit_length() - low.bit_length()
    reached = high >= low << power if power >= 0 else high << -power >= low
    return (power + 1 if reached else power) // 2


def digest_of(card: Scorecard) -> str:
    """Return the SHA-256 of a card's file (评分卡摘要), hex."""
    return hashlib.sha256(card.to_json()).hexdigest()
