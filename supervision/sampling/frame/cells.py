"""Cells of a task's members (同类格): how many there are of each kind that a frame's plan tells apart.

A frame is planned from these counts alone. Cells of partitions add up to those of the whole, whatever the partitions.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from supervision.sampling.frame.members import Members
from supervision.sampling.frame.unit_positions import Rows

KEY = ["stratum", "region", "occasion", "x"]
WAITING = ["region", "occasion"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Cells:
    """Counts of a task's members (任务对象计数).

    `kept`: stratum (by class and region), region (where a date asks for the unit, else ""), occasion, x (times
    `scale`), many; `waiting`: region, occasion, many of units kept out this time that a date asks for. Both are sorted
    by all columns. `excluded`, `rarer`, `missed` as in `Members`.
    """

    kept: pd.DataFrame
    waiting: pd.DataFrame
    scale: int
    excluded: int
    rarer: int
    missed: int

    @property
    def units(self) -> int:
        """How many units stay in (抽样框户数)."""
        return int(self.kept["many"].sum())


def cells_of(members: Members) -> tuple[Cells, Rows]:
    """Return the cells of members (计数), and for each member the row of its cell in `kept`: int64 (N,)."""
    asked = members.occasion >= 0
    stratum = members.stratum.codes.astype(np.int64)
    region, regions = pd.factorize(_texts(members.region).where(asked, ""))
    size, sizes = pd.factorize(members.x)
    occasion = members.occasion + 1
    span = int(occasion.max(initial=0)) + 1
    joint = ((stratum * max(len(regions), 1) + region) * span + occasion) * max(len(sizes), 1) + size
    code, first = _distinct(joint)
    kept = pd.DataFrame(
        {
            "stratum": pd.Series(members.stratum.categories.astype("str").take(stratum[first]), dtype="str"),
            "region": pd.Series(regions.take(region[first]), dtype="str"),
            "occasion": members.occasion[first],
            "x": members.x[first],
            "many": np.bincount(code, minlength=len(first)).astype(np.int64),
        }
    )
    order = kept.sort_values(KEY).index.to_numpy()
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    later = members.waiting_occasion > 0
    waiting = pd.DataFrame({"region": _texts(members.waiting_region), "occasion": members.waiting_occasion})[later]
    found = Cells(
        kept=kept.take(order).reset_index(drop=True),
        waiting=_summed(waiting.assign(many=np.int64(1)), WAITING),
        scale=members.scale,
        excluded=len(members.excluded),
        rarer=members.rarer,
        missed=members.missed,
    )
    return found, place[code]


def merged(parts: Sequence[Cells]) -> Cells:
    """Return the cells of several partitions together (合并计数), sizes over their common scale."""
    scale = math.lcm(*(part.scale for part in parts))
    kept = [part.kept.assign(x=part.kept["x"] * (scale // part.scale)) for part in parts]
    return Cells(
        kept=_summed(pd.concat(kept, ignore_index=True), KEY),
        waiting=_summed(pd.concat([part.waiting for part in parts], ignore_index=True), WAITING),
        scale=scale,
        excluded=sum(part.excluded for part in parts),
        rarer=sum(part.rarer for part in parts),
        missed=sum(part.missed for part in parts),
    )


def places_in(part: Cells, whole: Cells) -> Rows:
    """Return the row of each cell of a partition in the merged cells (定位): int64 (cells of the part,)."""
    own = part.kept.assign(x=part.kept["x"] * (whole.scale // part.scale))[KEY]
    numbered = whole.kept[KEY].assign(place=np.arange(len(whole.kept), dtype=np.int64))
    return own.merge(numbered, on=KEY, how="left", validate="one_to_one")["place"].to_numpy(dtype=np.int64)


def _summed(rows: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    return rows.groupby(key, as_index=False, sort=True).sum().astype({"many": "int64"})


def _distinct(joint: Rows) -> tuple[Rows, Rows]:
    """The code of each value and the first row of each code."""
    code, values = pd.factorize(joint)
    first = np.empty(len(values), dtype=np.int64)
    first[code[::-1]] = np.arange(len(code), dtype=np.int64)[::-1]
    return code.astype(np.int64), first


def _texts(column: pd.Series[str]) -> pd.Series[str]:
    return column.astype("str").fillna("").reset_index(drop=True)
