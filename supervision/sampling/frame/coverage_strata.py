"""Strata of units that must be reached by a date (到期必抽与提前分摊): strata with the keys `due`, `ahead…-REGION`.

`due`: who has no later occasion than this round. All are drawn: n = N, equal sizes.

`ahead-REGION`, `ahead2-REGION` …: so that the due units of a later month do not pile up, a region's months share what
must still be reached. C_k are the units of the region whose last occasion is the k-th or an earlier one (k = 0 is this
round, whose C_0 are due); units that a cap or an interval keeps out this time count for k > 0.

1. The level L = max ⌈C_k / (k + 1)⌉: no plan keeps every month below it, and it can be kept.
2. It is kept if this round reaches C_k − L·k of the units with last occasions up to k, for every k. Where that is more
   than up to all earlier k together, the units since then form a stratum, of which at least the difference is drawn.
3. This round reaches an even share, max ⌊C_k / (k + 1)⌋, at least: what is missing is drawn from a last stratum of the
   units that follow, up to the latest k that attains it. Where those are fewer, the stratum before is joined to it:
   what rule 2 asks of it is then reached whoever is drawn.

Who is drawn within a stratum stays random. A unit's size is the chance that its class and score give it without any
date, in millionths, and the sample is no less than all these chances together: no date makes anybody's chance smaller.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.domain.items import Item, Task
from supervision.domain.ratio import BATCH
from supervision.domain.strata import AHEAD, DUE, StratumId
from supervision.errors import SupervisionError
from supervision.law.coverage_duties import Duty
from supervision.law.rules import Law
from supervision.sampling.frame.allocation import Quotas, Sizes
from supervision.sampling.frame.limits import Limit, item_maxima, percent
from supervision.sampling.frame.unit_positions import Rows
from supervision.sampling.pareto.working_probability import size_total

MILLION = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Level:
    """A region's share of this round (分摊水平): `due` = C_0, `level` = L, and what must be drawn ahead.

    `tiers`: (k, n): at least n of the units whose last occasions come after the tier before, up to k.
    """

    region: str
    due: int
    level: int
    tiers: tuple[tuple[int, int], ...] = ()

    @property
    def ahead(self) -> int:
        """How many must be drawn ahead at least (至少提前抽取数)."""
        return sum(many for _, many in self.tiers)

    def strata(self) -> Iterator[tuple[str, int, int, int]]:
        """Yield each tier's stratum (提前各层): its key, its first and last occasion, its least sample."""
        before = 0
        for number, (until, many) in enumerate(self.tiers, start=1):
            classes = AHEAD if number == 1 else f"{AHEAD}{number}"
            yield str(StratumId(classes=classes, region=self.region)), before + 1, until, many
            before = until


def level_of(occasion: Rows, waiting: Rows, *, region: str = "", many: Rows | None = None) -> Level:
    """Return the level of one region (计算分摊水平); see the module.

    `occasion` int64 (N,): last occasions of the units that may be drawn; `waiting`: of those kept out this time only;
    `many`: how many units each of `occasion`, then of `waiting`, stands for, one where None.

    >>> import numpy as np
    >>> level_of(np.array([0, 1, 1, 1, 9, 9, 9, 9, 9, 9, 9, 9, 9]), np.array([], dtype=np.int64))
    Level(region='', due=1, level=2, tiers=((1, 1),))
    >>> level_of(np.array([5] * 25), np.array([], dtype=np.int64)).tiers
    ((5, 4),)
    """
    every = np.concatenate([occasion, waiting])
    asked = np.concatenate([np.ones(len(occasion), dtype=np.bool_), waiting > 0])
    if not asked.any():
        return Level(region=region, due=0, level=0)
    weights = np.ones(len(every), dtype=np.int64) if many is None else many
    counts = np.zeros(int(every[asked].max()) + 1, dtype=np.int64)
    np.add.at(counts, every[asked], weights[asked])
    reached = np.cumsum(counts)
    months = np.arange(1, len(reached) + 1)
    level, share = int((-(-reached // months)).max()), reached // months
    needed = reached - level * (months - 1)
    tiers: list[tuple[int, int]] = []
    have = int(reached[0])
    for k in np.flatnonzero(needed > have).tolist():
        if needed[k] > have:
            tiers.append((k, int(needed[k]) - have))
            have = int(needed[k])
    if (missing := int(share.max()) - have) > 0:
        until = int(np.flatnonzero(share == share.max())[-1])
        while tiers and int(reached[max(until, tiers[-1][0])] - reached[tiers[-1][0]]) < missing:
            last, more = tiers.pop()
            until, missing = max(until, last), missing + more
        tiers.append((until, missing))
    return Level(region=region, due=int(reached[0]), level=level, tiers=tuple(tiers))


@dataclass(frozen=True, kw_only=True, eq=False)
class Called:
    """Units called for by their dates (按期限抽取的对象): `stratum` object (N,) "due", "ahead-…", "" for none.

    `many` int64 (N,): how many units each row stands for.
    """

    stratum: npt.NDArray[np.object_]
    levels: tuple[Level, ...]
    many: Rows

    @property
    def units(self) -> dict[str, int]:
        """Units of each of these strata (各层户数), sorted by name."""
        names = sorted({str(name) for name in self.stratum if name})
        return {name: int(self.many[self.stratum == name].sum()) for name in names}


def called(
    occasion: Rows,
    region: pd.Series[Any],
    waiting: Rows,
    waiting_region: pd.Series[Any],
    *,
    many: Rows,
    waiting_many: Rows,
) -> Called:
    """Return who is called for (划出到期与提前的对象).

    `occasion` int64 (N,): last occasions of the frame's units, −1 = nothing asks for it; `waiting`, `waiting_region`:
    the same of the units that a cap or an interval keeps out this time; `many`, `waiting_many`: how many units each row
    stands for.
    """
    own, others = _texts(region), _texts(waiting_region)
    stratum = np.full(len(occasion), "", dtype=object)
    levels = []
    asked = occasion >= 0
    for name in sorted({*own[asked], *others[waiting > 0]}):
        here = asked & (own == name)
        apart = others == name
        weights = np.concatenate([many[here], waiting_many[apart]])
        level = level_of(occasion[here], waiting[apart], region=str(name), many=weights)
        for key, first, last, _ in level.strata():
            stratum[here & (occasion >= first) & (occasion <= last)] = key
        levels.append(level)
    stratum[occasion == 0] = DUE
    return Called(stratum=stratum, levels=tuple(levels), many=many)


def wanted_millionths(stratum: pd.Series[Any], quotas: Quotas, x: Rows, many: Rows) -> Rows:
    """Return each unit's chance by class and size alone (按类别应有的概率), in millionths, from 1 to a million: (N,).

    It is quota × x / Σx of its stratum; 1 where its stratum has no quota. `many`: units that each row stands for.
    """
    codes = stratum.cat.codes.to_numpy()
    found = np.ones(len(x), dtype=np.int64)
    for code, name in enumerate(map(str, stratum.cat.categories)):
        own = codes == code
        if name in quotas and own.any():
            scale = quotas[name] * MILLION / size_total(x[own], many[own])
            sizes, place = np.unique(x[own], return_inverse=True)
            whole = [min(max(math.floor(scale * size + Fraction(1, 2)), 1), MILLION) for size in sizes.tolist()]
            found[own] = np.array(whole, dtype=np.int64)[place]
    return found


def called_samples(found: Called, wanted: Rows) -> Sizes:
    """Return the samples of these strata (到期与提前各层样本量); `wanted`: chances by class alone, in millionths."""
    units, samples = found.units, {}
    for level in found.levels:
        for key, _, _, least in level.strata():
            if key in units:
                own = found.stratum == key
                by_class = -(-size_total(wanted[own], found.many[own]) // MILLION)
                samples[key] = min(max(least, by_class), units[key])
    if DUE in units:
        samples[DUE] = units[DUE]
    return samples


def called_sizes(found: Called, wanted: Rows, x: Rows) -> Rows:
    """Return sizes (规模) with those of called units in place: 1 where due, the chance by class alone where ahead."""
    sizes = np.where(found.stratum == "", x, wanted)
    return np.where(found.stratum == DUE, 1, sizes)


def quotas_left(stratum: pd.Series[Any], quotas: Quotas, x: Rows, left: npt.NDArray[np.bool_], many: Rows) -> Quotas:
    """Return the quotas of the units not called for (其余对象的配额): of each stratum its part by size."""
    codes = stratum.cat.codes.to_numpy()
    found: Quotas = {}
    for code, name in enumerate(map(str, stratum.cat.categories)):
        own = codes == code
        if (own & left).any():
            kept = size_total(x[own & left], many[own & left])
            found[name] = quotas[name] * Fraction(kept, size_total(x[own], many[own]))
    return found


def refuse_beyond(task: Task, samples: Sizes, quotas: Quotas, limit: Limit) -> None:
    """Refuse dates that the items' ratio does not allow (期限与比例上限冲突): named, and nothing is drawn.

    One unit of each other stratum must have room beside those called for.
    """
    fixed, due = sum(samples.values()), samples.get(DUE, 0)
    if fixed and fixed + bool(quotas) > limit.most:
        raise SupervisionError("sampling.coverage_above_limit", **limit.params(task), due=due, ahead=fixed - due)


def refuse_unreachable(task: Task, items: Collection[Item], duties: Collection[Duty], *, law: Law) -> None:
    """Refuse a duty that an item's ratio can never reach (比例达不到覆盖要求), and duties of different months."""
    for duty in duties:
        for item in items:
            if item.item_id not in duty.items:
                continue
            for share, source, period in item_maxima(item, law):
                times = duty.years * (len(duty.months) if period == BATCH else 1)
                if share * times < 1:
                    told = {"item": item.item_id, "limit": percent(share), "source": source, "period": period}
                    figures = {"duty": duty.name, "rule": duty.rule, "years": duty.years, "times": times}
                    most = percent(share * times)
                    raise SupervisionError(
                        "sampling.coverage_unreachable", task=task.task_id, **told, **figures, most=most
                    )
    months = {duty.months: duty.name for duty in duties}
    if len(months) > 1:
        first, other, *_ = sorted(months.values())
        raise SupervisionError("sampling.coverage_months", task=task.task_id, duty=first, other=other)


def _texts(region: pd.Series[Any]) -> npt.NDArray[np.object_]:
    return region.astype(object).where(region.notna(), "").to_numpy(dtype=object)
