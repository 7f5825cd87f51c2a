"""Units of the synthetic city as numbers (检查对象的数值): a few arrays for all, texts are made only when written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from supervision.demo.chance import Chance, Floats, Integers
from supervision.demo.codes import unit_ids
from supervision.demo.places import DISTRICTS, STREETS
from supervision.demo.scale import Scale
from supervision.demo.tasks import DemoTask
from supervision.demo.trades import BATCH, BIT, DISCLOSURE, TRADES

TYPES = ("企业", "个体工商户", "农民专业合作社", "外国企业常驻代表机构")
PREFIXES = ("91", "92", "93", "91")
STATUSES = (
    ("存续", 60.0),
    ("在业", 25.0),
    ("开业", 10.0),
    ("吊销", 1.5),
    ("注销", 1.5),
    ("停业", 1.0),
    ("迁出", 0.5),
    ("清算", 0.5),
)
FEWEST_MEMBERS = 20  # of a task that draws: below ten units in the frame, an item's limit of 10 % allows nobody
FEW_MEMBERS, FEW_RATIO = 50, "5%"  # of so few, a ratio for each class could go over the limit by one risky class
IN_FORCE = 3  # the first statuses are those in force
OLDEST, YOUNGEST = 12_000, 40  # days since establishment
SNAPSHOT = 20  # days before the month: the directory as the registers gave it


@dataclass(frozen=True, kw_only=True)
class Units:
    """All units by row number (全部检查对象): small integers; dates are days since 1970-01-01.

    `district`, `trade`, `type`, `status`, `street`: indices into the tables of this package. `tags`: bits as in
    `trades.BIT`. `worry`: what nobody sees of a unit's conduct, mean 0 and variance 1. `month`: first day of the month.
    """

    chance: Chance
    month: int
    district: Integers
    trade: Integers
    type: Integers
    status: Integers
    street: Integers
    established: Integers
    employees: Integers
    above_scale: Integers
    tags: Integers
    worry: Floats

    def __len__(self) -> int:
        return len(self.district)

    @property
    def known_on(self) -> int:
        """The day of the directory's snapshot (名录截取日), days since 1970-01-01."""
        return self.month - SNAPSHOT

    @property
    def live(self) -> Integers:
        """Row numbers of the units in force (存续对象)."""
        return np.flatnonzero(self.status < IN_FORCE)

    def ids(self, rows: Integers) -> np.ndarray[tuple[int], np.dtype[np.bytes_]]:
        """Return the codes of some rows (统一社会信用代码), array of `S18`."""
        table = np.array([f"{prefix}{district.region}" for district in DISTRICTS for prefix in PREFIXES], dtype="S8")
        return unit_ids(rows, table[self.district[rows] * len(PREFIXES) + self.type[rows]])

    def on(self, tag: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Return who is on a special list (是否在专项库)."""
        found: np.ndarray[tuple[int], np.dtype[np.bool_]] = (self.tags >> BIT[tag]) & 1 == 1
        return found


def listed(units: Units, task: DemoTask) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell which units in force a task's population has (任务对象)."""
    found: np.ndarray[tuple[int], np.dtype[np.bool_]] = np.logical_or.reduce([units.on(tag) for tag in task.tags])
    found &= units.status < IN_FORCE
    if task.batch:
        found &= units.on(BATCH)
    if task.types:
        found &= np.isin(units.type, [TYPES.index(name) for name in task.types])
    return found


def members(units: Units, task: DemoTask) -> int:
    """Return how many units in force a task's population has (存续对象数)."""
    return int(listed(units, task).sum())


def fitting(units: Units, task: DemoTask) -> DemoTask | None:
    """Return a task as its units allow it (合适的抽查比例): of few one ratio, of very few none, None = not held."""
    many = members(units, task)
    if task.regime == "full":
        return task if many else None
    if many < FEWEST_MEMBERS:
        return None
    return task._replace(ratio=FEW_RATIO) if many < FEW_MEMBERS else task


def day_number(day: date) -> int:
    """Return a date as days since 1970-01-01 (日期转天数)."""
    return (day - date(1970, 1, 1)).days


def make_units(entities: int, *, month: date, chance: Chance) -> Units:
    """Make the units of a city (生成检查对象)."""
    rows = np.arange(entities, dtype=np.int64)
    start = day_number(month)
    trade = chance.pick("trade", [t.share for t in TRADES], rows)
    kind = _types(trade, chance, rows)
    status = chance.pick("status", [share for _, share in STATUSES], rows)
    established = start - YOUNGEST - (OLDEST * chance.uniform("age", rows) ** 2.2).astype(np.int64)
    employees = _employees(kind, chance, rows)
    return Units(
        chance=chance,
        month=start,
        district=chance.pick("district", [d.share for d in DISTRICTS], rows),
        trade=trade,
        type=kind,
        status=status,
        street=chance.pick("street", [1 / (4 + n) for n in range(len(STREETS))], rows),
        established=established,
        employees=employees,
        above_scale=((kind == 0) & (employees >= 60) & (chance.uniform("scale", rows) < 0.6)).astype(np.int64),
        tags=_tags(trade, kind, Scale(entities=entities), chance, rows),
        worry=chance.bell("worry", rows),
    )


def _types(trade: Integers, chance: Chance, rows: Integers) -> Integers:
    small = np.array([t.small for t in TRADES])[trade]
    kind = (chance.uniform("small", rows) < small).astype(np.int64)
    farm = np.array([t.industry.startswith("A") for t in TRADES])[trade] & (chance.uniform("farm", rows) < 0.5)
    wholesale = np.array([t.name == "批发贸易" for t in TRADES])[trade] & (chance.uniform("foreign", rows) < 0.01)
    return np.where(farm, 2, np.where(wholesale, 3, kind))


def _employees(kind: Integers, chance: Chance, rows: Integers) -> Integers:
    many = np.exp2(np.clip(4.0 + 1.8 * chance.bell("employees", rows), 0.0, 13.0)).astype(np.int64)
    return np.where(kind == 1, 1 + chance.below("family", 8, rows), many)


def _tags(trade: Integers, kind: Integers, scale: Scale, chance: Chance, rows: Integers) -> Integers:
    tags = np.zeros(len(rows), dtype=np.int64)
    for tag in sorted({tag for t in TRADES for tag, _ in t.tags}):
        shares = np.array([scale.list_share(tag, dict(t.tags).get(tag, 0.0)) for t in TRADES])
        tags |= (chance.uniform(f"tag {tag}", rows) < shares[trade]).astype(np.int64) << BIT[tag]
    batch = chance.uniform("batch", rows) < scale.batch_share
    disclosure = (chance.uniform("disclosure", rows) < scale.disclosure_share) & (kind == 0)
    tags |= batch.astype(np.int64) << BIT[BATCH]
    tags |= disclosure.astype(np.int64) << BIT[DISCLOSURE]
    return tags
