"""Keeping classes (类别滞后): a unit of which nothing new is known keeps its class unless its score moved clearly.

Classes by shares change with everybody else's scores, and a card that is trained anew moves all of them a little. So a
unit with nothing new is asked at a bound that is the rule's `margin` away: it enters a worse class only that far above,
and leaves it only that far below. What the others are asked is one bound, found so that all together are as many as
the shares allow: however long classes are kept, their shares stay those of the rule. Where more than the rule's
`most_percent` of the units with nothing new would change all the same, only some of them do: at each bound as many wait
to enter as wait to leave, so that the shares do not drift; of each side those farthest beyond the bound change, and of
equally far ones all or none, so that the order of rows decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from supervision.domain.strata import CLASSES
from supervision.errors import SupervisionError
from supervision.risk.class_bounds import WHOLE, Bools, class_bound, summed

CHANGE = "shared/class_change"
NEW = -1  # instead of the class of a unit that had none, or of which something new is known

Ranks = NDArray[np.int8]


@dataclass(frozen=True, kw_only=True)
class Stability:
    """How slowly classes change (类别稳定性): the value of the rule shared/class_change.

    `margin` score points; `most_percent` of the units with nothing new known that may change class in a month.
    """

    margin: int
    most_percent: int

    @classmethod
    def of(cls, rule: object) -> Stability:
        """Read the rule's value (读取规则); another shape raises SupervisionError `risk.rule_shape`."""
        want = "{margin: 0–1000, most_percent: 0–100}"
        if not isinstance(rule, Mapping) or set(rule) != {"margin", "most_percent"}:
            raise SupervisionError("risk.rule_shape", rule=CHANGE, value=rule, want=want)
        margin, most = rule["margin"], rule["most_percent"]
        if type(margin) is not int or type(most) is not int or not (0 <= margin <= 1000 and 0 <= most <= WHOLE):
            raise SupervisionError("risk.rule_shape", rule=CHANGE, value=dict(rule), want=want)
        return cls(margin=margin, most_percent=most)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Classes of a month (本期类别): `ranks` int8 (units,), 0 A … 3 D; `waiting` bool: would change, may not yet."""

    ranks: Ranks
    waiting: Bools


@dataclass(frozen=True, kw_only=True)
class Alike:
    """Units that classes cannot tell apart (同分同类的单位数), arrays (kinds,): one score, one class so far.

    `before` as `kept_ranks` takes it, `many` int64: how many units. A class follows from these alone, so that parts of
    a population are counted apart and classed together.
    """

    score: NDArray[np.int16]
    before: Ranks
    many: NDArray[np.int64]

    @classmethod
    def of(cls, score: NDArray[np.int16], before: Ranks) -> tuple[Alike, NDArray[np.intp]]:
        """Count units (计数), and return the kind of each."""
        keys, kind, many = np.unique(_keys(score, before), return_inverse=True, return_counts=True)
        return cls._of_keys(keys, many), kind

    @classmethod
    def joined(cls, parts: Sequence[Alike]) -> Alike:
        """Return the counts of all parts together (合并各部分计数)."""
        keys = np.concatenate([_keys(part.score, part.before) for part in parts])
        known, kind = np.unique(keys, return_inverse=True)
        return cls._of_keys(known, summed(np.concatenate([part.many for part in parts]), kind, len(known)))

    def places(self, score: NDArray[np.int16], before: Ranks) -> NDArray[np.intp]:
        """Return the kind of each unit of a part (各单位所属种类); every one of them was counted."""
        return np.searchsorted(_keys(self.score, self.before), _keys(score, before))

    @classmethod
    def _of_keys(cls, keys: NDArray[np.int64], many: NDArray[np.int64]) -> Alike:
        ranks = len(CLASSES) + 1
        before = (keys % ranks + NEW).astype(np.int8)
        return cls(score=(keys // ranks).astype(np.int16), before=before, many=many)


def _keys(score: NDArray[np.int16], before: Ranks) -> NDArray[np.int64]:
    return score.astype(np.int64) * (len(CLASSES) + 1) + (before - NEW)


def class_ranks(score: NDArray[np.int16], cutoff: Mapping[str, Any]) -> Ranks:
    """Return the class of each score (按分数分类), int8: 0 A … 3 D; `cutoff` as from `resolved_cutoff`.

    By shares: D are the highest scores that together are no more than its share, C those that with D are no more than
    both shares, and so on. Units of one score are of one class.
    """
    nobody = np.full(len(score), NEW, dtype=np.int8)
    return kept_ranks(score, cutoff, before=nobody, stability=Stability(margin=0, most_percent=WHOLE)).ranks


def kept_ranks(score: NDArray[np.int16], cutoff: Mapping[str, Any], *, before: Ranks, stability: Stability) -> Kept:
    """Return classes that change slowly (带滞后的分类).

    Parameters
    ----------
    score
        int16 (units,).
    cutoff
        As from `resolved_cutoff`.
    before
        int8 (units,): the class by score of the last round, `NEW` where the unit is free.
    stability
        The rule.

    Returns
    -------
    Kept
        The classes, and who waits because too many would change.
    """
    alike, kind = Alike.of(score, before)
    kept = kept_alike(alike, cutoff, stability=stability)
    return Kept(ranks=kept.ranks[kind], waiting=kept.waiting[kind])


def kept_alike(alike: Alike, cutoff: Mapping[str, Any], *, stability: Stability) -> Kept:
    """Return the classes of each kind of units (各种类的分类), as `kept_ranks` does for units."""
    score, before, many = alike.score, alike.before, alike.many
    wanted = np.zeros(len(score), dtype=np.int8)
    beyond = np.zeros(len(score), dtype=np.int64)  # how far a unit is beyond the bound that it crosses first
    inside = np.zeros(len(score), dtype=np.bool_)
    held = before != NEW
    for rank in range(len(CLASSES) - 1, 0, -1):
        asked = score.astype(np.int64)
        asked[held & (before >= rank)] += stability.margin
        asked[held & (before < rank)] -= stability.margin
        bound = class_bound(asked, inside, cutoff, CLASSES[rank], many=many)
        inside = inside | (asked >= bound)
        wanted[inside & (wanted == 0)] = rank
        up, down = held & (before == rank - 1), held & (before == rank)
        beyond[up] = np.maximum(asked[up] - bound + 1, 1)
        leaves = down & ~inside
        beyond[leaves] = bound - asked[leaves]
    moves = np.flatnonzero(held & (wanted != before))
    waiting = np.zeros(len(score), dtype=np.bool_)
    most = int(many[held].sum()) * stability.most_percent // WHOLE
    if int(many[moves].sum()) > most:
        waiting[moves] = _waiting(before[moves], wanted[moves], beyond[moves], most, many=many[moves])
    return Kept(ranks=np.where(waiting, before, wanted).astype(np.int8), waiting=waiting)


def _waiting(before: Ranks, wanted: Ranks, beyond: NDArray[np.int64], most: int, *, many: NDArray[np.int64]) -> Bools:
    """Tell which of too many moves wait; each counts at the bound that it crosses first."""
    ups = [(wanted > before) & (before == rank - 1) for rank in range(1, len(CLASSES))]
    downs = [(wanted < before) & (before == rank) for rank in range(1, len(CLASSES))]
    pairs = [(int(many[up].sum()), int(many[down].sum())) for up, down in zip(ups, downs, strict=True)]
    waiting = np.ones(len(before), dtype=np.bool_)
    for up, down, (enter, leave) in zip(ups, downs, shared_out(pairs, most), strict=True):
        for side, may in ((up, enter), (down, leave)):
            waiting[side] = beyond[side] <= _too_near(beyond[side], many[side], may)
    return waiting


def shared_out(pairs: Sequence[tuple[int, int]], most: int) -> list[tuple[int, int]]:
    """Share out how many may enter and leave at each bound (分配变更名额), `most` in all.

    `pairs`: how many would enter and leave at each bound, together more than `most`. First come those by which one
    side outnumbers the other, for the shares of the classes rest on them; what is left goes to both sides alike.
    """
    uneven = [abs(enter - leave) for enter, leave in pairs]
    even = [min(pair) for pair in pairs]
    first = min(most, sum(uneven))
    net = [first * one // max(1, sum(uneven)) for one in uneven]
    both = [(most - first) // 2 * one // max(1, sum(even)) for one in even]
    return [
        (one + (more if enter > leave else 0), one + (more if leave > enter else 0))
        for (enter, leave), more, one in zip(pairs, net, both, strict=True)
    ]


def _too_near(beyond: NDArray[np.int64], many: NDArray[np.int64], most: int) -> int:
    """The distance up to which nobody may change, so that no more than `most` do; 0 where all may."""
    units = int(many.sum())
    if units <= most:
        return 0
    distances, place = np.unique(beyond, return_inverse=True)
    farther = units - np.cumsum(summed(many, place, len(distances)))  # units with a greater distance
    return int(distances[farther <= most][0])
