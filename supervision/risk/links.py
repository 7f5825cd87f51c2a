"""Links between units (关联单位): those that share a person, an investor or an address, as known on a day.

A row of the register makes its unit a member of the group of its related party; where that party is itself a unit, it
is a member, too. Members of a group are linked. What many share says little of each: in a group of more than FULL
others each counts for less, and one of more than COMMON members (an agent's address) links nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from supervision.risk.coded_registers import Ids
from supervision.risk.dated_rows import (
    FAR,
    SPAN,
    Bools,
    Dated,
    Ints,
    composite,
    distinct,
    packed,
    packed_days,
    superseded,
)

FULL = 5  # others of a group that count in full
COMMON = 50  # members that day of the largest group that links
WHOLE = 1_000


@dataclass(frozen=True, kw_only=True)
class LinkRows:
    """The register in numbers (关联关系的整数形式), arrays (rows,): codes of both sides, first and last day, share.

    `since` is the first day on which any relation was known.
    """

    unit: Ints
    related: Ints
    start: Ints
    end: Ints
    share: Ints
    since: int

    @classmethod
    def of(cls, relations: pd.DataFrame, ids: Ids) -> LinkRows:
        """Make the register ready (整理关联关系)."""
        unit, related = ids.codes(relations["unit_id"]), ids.codes(relations["related"])
        known = packed_days(relations["known_on"])
        ends = superseded(unit=unit, day=np.zeros(len(unit), dtype=np.int32), others=(related, relations["kind"]),
                          known=known)  # fmt: skip
        percent = np.nan_to_num(relations["share"].to_numpy(dtype=np.float64, na_value=np.nan), nan=100.0)
        return cls(
            unit=unit, related=related, start=np.maximum(known, packed_days(relations["from_date"], missing=-FAR)),
            end=np.minimum(ends, packed_days(relations["until_date"])),
            share=packed(np.rint(percent * (WHOLE // 100)).astype(np.int64)), since=int(known.min(initial=FAR)),
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Links:
    """Memberships of units in groups (关联组成员), arrays (rows,) ordered by group, then unit.

    `group` and `unit` codes; `start` the day from which it counts, `end` the first on which it no longer does; `share`
    in thousandths; `place` numbers the groups. `mine` answers which memberships a unit has;
    `since` is the first day any is known.
    """

    group: Ints
    unit: Ints
    start: Ints
    end: Ints
    share: Ints
    place: Ints
    mine: Dated
    since: int

    @classmethod
    def of(cls, rows: LinkRows, *, units: Ints) -> Links:
        """Make the groups ready (整理关联组): `units` are the codes of all units."""
        columns = (rows.related, rows.unit, rows.start, rows.end, rows.share)
        itself = np.flatnonzero(np.isin(rows.related, units) & (rows.related != rows.unit))
        group, member, start, end, share = (np.concatenate((column, column[itself])) for column in columns)
        member[len(rows.unit) :], share[len(rows.unit) :] = rows.related[itself], WHOLE
        order = np.lexsort((start, member, group))
        order = order[(end > start)[order]]
        order = order[_in_company(group[order], member[order])]
        group, member, start, end, share = (column[order] for column in (group, member, start, end, share))
        mine = Dated.of(unit=member, counts_from=start, ends=end)
        place = (np.cumsum(_changes(group), dtype=np.int64) - 1).astype(np.int32)
        return cls(
            group=group, unit=member, start=start, end=end, share=share, place=place, mine=mine, since=rows.since
        )  # fmt: skip

    def pairs(self, unit: Ints, on: Ints) -> tuple[Ints, Ints, Ints]:
        """Return (question, other, weight): each unit linked with a question's on its day, once (关联单位).

        `weight` in thousandths: the lesser share of both, less where more than FULL others share; of several groups
        the greatest.
        """
        question, row = self.mine.pairs(unit, on)
        few = self._members(self.group[row], on[question]) <= COMMON
        question, row = question[few], row[few]
        first, last = self._rows[self.place[row]], self._rows[self.place[row] + 1]
        many = last - first
        asked = np.repeat(np.arange(len(row), dtype=np.int64), many)
        other = np.arange(len(asked), dtype=np.int64) - np.repeat(np.cumsum(many) - many - first, many)
        day = on[question[asked]]
        there = (self.start[other] <= day) & (self.end[other] > day) & (self.unit[other] != unit[question[asked]])
        asked, other = asked[there], other[there]
        others = np.bincount(asked[_changes(asked, self.unit[other])], minlength=len(row))
        share = np.minimum(self.share[row[asked]], self.share[other])
        weight = share.astype(np.int64) * FULL // np.maximum(others[asked], FULL)
        return _once(question[asked], self.unit[other], weight)

    def most(self, unit: Ints, on: Ints) -> Ints:
        """Return how many other units the largest group of each question's unit has that day (最大关联组其他单位数)."""
        question, row = self.mine.pairs(unit, on)
        largest = np.zeros(len(unit), dtype=np.int64)
        np.maximum.at(largest, question, self._members(self.group[row], on[question]) - 1)
        return largest

    def _members(self, group: Ints, on: Ints) -> Ints:
        """Return how many units a group has on a day (当日组内单位数), each once."""
        starts, ends = self._spans
        slots, slot = distinct(group, on)
        # groups before it have as many ends as starts
        count = np.searchsorted(starts, slots, side="right") - np.searchsorted(ends, slots, side="right")
        return count[slot].astype(np.int64)

    @cached_property
    def _rows(self) -> Ints:
        """The first row of each group (各组首行), and the number of rows behind the last."""
        return np.append(np.flatnonzero(_changes(self.group)), len(self.group))

    @cached_property
    def _spans(self) -> tuple[Ints, Ints]:
        """Sorted keys of group and first day, and of group and last, of members' spans; those that touch are one."""
        member = np.cumsum(_changes(self.group, self.unit), dtype=np.int64)
        ends = np.maximum.accumulate(composite(member, self.end))
        opens = np.ones(len(member), dtype=np.bool_)
        opens[1:] = composite(member[1:], self.start[1:]) > ends[:-1]
        closes = np.append(opens[1:], True)[: len(opens)]
        day = ends % SPAN
        return np.sort(composite(self.group[opens], self.start[opens])), np.sort(
            self.group[closes].astype(np.int64) * SPAN + day[closes]
        )


def _changes(*columns: Ints) -> Bools:
    """Tell the rows that differ from the one before in some column."""
    result = np.ones(len(columns[0]), dtype=np.bool_)
    result[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return result


def _in_company(group: Ints, member: Ints) -> Bools:
    """Tell the memberships of groups with more than one member ever; both arrays are sorted by group, then member."""
    begins = _changes(group)
    another = _changes(group, member) & ~begins
    place = np.cumsum(begins, dtype=np.int64) - 1
    result: Bools = (np.bincount(place, weights=another, minlength=1) > 0)[place]
    return result


def _once(question: Ints, other: Ints, weight: Ints) -> tuple[Ints, Ints, Ints]:
    """Return each pair of question and unit once, with its greatest weight; `question` ascends.

    Only where the units of a question do not ascend may one come twice: the others are not sorted.
    """
    mixed = np.zeros(int(question.max(initial=-1)) + 1, dtype=np.bool_)
    mixed[question[1:][(question[1:] == question[:-1]) & (other[1:] <= other[:-1])]] = True
    unclear = mixed[question]
    rows = np.flatnonzero(unclear)
    order = rows[np.lexsort((weight[rows], other[rows], question[rows]))]
    last = np.append(_changes(question[order], other[order])[1:], True)[: len(order)]
    kept = np.concatenate((np.flatnonzero(~unclear), order[last]))
    return question[kept], other[kept], weight[kept]
