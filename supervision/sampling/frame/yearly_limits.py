"""Yearly limits of items (事项年度比例): a ratio that is meant for the year is kept over all rounds of the year.

An item's directory are the units of all frames that held it this year, at one level of government, each once. Its
yearly maximum is that share of them rounded down: units drawn in earlier rounds, those that a committed round will
draw, and the samples of this one together. A maximum is never exceeded: nothing is drawn. A minimum that is not reached
yet is a remark. A ratio that is meant for a batch is kept by `limits`, task by task.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import pandas as pd

from supervision.domain.items import Item
from supervision.domain.ratio import YEAR
from supervision.errors import SupervisionError
from supervision.law.rules import Law
from supervision.messages import Message
from supervision.sampling.frame.frame import Frame
from supervision.sampling.frame.limits import item_maxima, item_minimum, percent

Key = tuple[str, str]  # item_id, level of government ("" = not said)


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """What other rounds of the year asked for an item (本年其他轮次).

    `directory`, `drawn`: unit_id (str) of their frames and of their drawn lists, a unit perhaps several times;
    `pledged`: the samples of rounds that are committed and not drawn yet.
    """

    directory: pd.Series[str]
    drawn: pd.Series[str]
    pledged: int = 0

    @property
    def used(self) -> int:
        """Units drawn and still to be drawn (已抽和待抽户数)."""
        return int(self.drawn.nunique()) + self.pledged


NOTHING = Earlier(directory=pd.Series(dtype="str"), drawn=pd.Series(dtype="str"))


@dataclass(frozen=True, kw_only=True)
class Year:
    """An item's year so far with this round (某事项的年度累计): units in the directory, used before, wanted now."""

    item: Item
    level: str
    tasks: tuple[str, ...]
    units: int
    used: int
    wanted: int

    def params(self, share: Fraction) -> dict[str, object]:
        """Return what a message about the item names (提示参数)."""
        named = {"item": self.item.item_id, "level": self.level or "-", "tasks": " ".join(self.tasks)}
        return {**named, "share": percent(share), "units": self.units, "used": self.used, "wanted": self.wanted}


def keys_of(frames: Sequence[Frame], items: Mapping[str, Item], *, law: Law) -> set[Key]:
    """Return the items with a limit for the year (有年度比例的事项), each with the level of its tasks."""
    found = {(item, frame.task.level) for frame in frames for item in frame.task.items}
    return {key for key in found if _has_yearly(items[key[0]], law)}


def within_year(
    frames: Sequence[Frame], items: Mapping[str, Item], earlier: Mapping[Key, Earlier], *, law: Law
) -> list[Frame]:
    """Return a round's frames, after looking that no item goes over its year (核对年度比例), with remarks on minima.

    `earlier`: what other rounds of the year asked, by item and level. Raises SupervisionError
    "sampling.above_yearly_limit" naming item, level, both limits and all figures.
    """
    remarks: dict[str, list[Message]] = {}
    for key in sorted(keys_of(frames, items, law=law)):
        year = _year(key, frames, items, earlier.get(key, NOTHING))
        _refuse_above(year, law)
        least = item_minimum(year.item, YEAR)
        short = 0 if least is None else math.ceil(least * year.units) - year.used - year.wanted
        if least is not None and short > 0:
            needed = math.ceil(least * year.units)
            told = Message.of("sampling.below_yearly_minimum", **year.params(least), least=needed, short=short)
            remarks.setdefault(year.tasks[0], []).append(told)
    return [
        replace(frame, remarks=(*frame.remarks, *remarks[frame.task.task_id]))
        if frame.task.task_id in remarks
        else frame
        for frame in frames
    ]


def _has_yearly(item: Item, law: Law) -> bool:
    maxima = [share for share, _, period in item_maxima(item, law) if period == YEAR and share < 1]
    return bool(maxima) or item_minimum(item, YEAR) is not None


def _year(key: Key, frames: Sequence[Frame], items: Mapping[str, Item], before: Earlier) -> Year:
    item, level = key
    own = [frame for frame in frames if item in frame.task.items and frame.task.level == level]
    directory = pd.concat([before.directory, *(frame.rows["unit_id"] for frame in own)], ignore_index=True)
    return Year(
        item=items[item],
        level=level,
        tasks=tuple(sorted(frame.task.task_id for frame in own)),
        units=int(directory.nunique()),
        used=before.used,
        wanted=sum(int(frame.strata["sample"].sum()) for frame in own),
    )


def _refuse_above(year: Year, law: Law) -> None:
    for share, source, period in item_maxima(year.item, law):
        most = math.floor(share * year.units)
        if period == YEAR and share < 1 and year.used + year.wanted > most:
            raise SupervisionError(
                "sampling.above_yearly_limit",
                **year.params(share),
                source=source,
                most=most,
                over=year.used + year.wanted - most,
            )
