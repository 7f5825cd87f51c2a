"""Licences of the synthetic city (许可证): most that a trade needs are there, some have lapsed, a few never were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from supervision.demo.chance import Integers
from supervision.demo.trades import BIT
from supervision.demo.units import Units

Bools = np.ndarray[tuple[int], np.dtype[np.bool_]]

# special list → code of the licence, its name
LICENCES = {
    "餐饮": ("food_business", "食品经营许可证"),
    "食品经营": ("food_business", "食品经营许可证"),
    "食品生产": ("food_production", "食品生产许可证"),
    "药品经营": ("drug_business", "药品经营许可证"),
    "危险化学品": ("hazardous_chemicals", "危险化学品经营许可证"),
    "排污单位": ("pollution_discharge", "排污许可证"),
    "道路运输": ("road_transport", "道路运输经营许可证"),
    "医疗机构": ("medical_institution", "医疗机构执业许可证"),
    "公共场所": ("public_place", "卫生许可证"),
}
LACKING, LAPSED, ENDLESS = 0.04, 0.07, 0.1
TERM = 1_826  # days that a licence is valid
NO_END = "9999-09-09"
CHUNK = 500_000


@dataclass(frozen=True, kw_only=True)
class Held:
    """The licence of each unit (所持许可), arrays (rows,): `need` index into LICENCES or −1, `until` its last day.

    `lacking`: it needs one and has none; `endless`: it has no end.
    """

    need: Integers
    until: Integers
    lacking: Bools
    endless: Bools


def held(units: Units, rows: Integers) -> Held:
    """Return the licences of some units (所持许可)."""
    chance, need = units.chance, np.full(len(rows), -1, dtype=np.int64)
    for number, tag in enumerate(LICENCES):
        need = np.where((need < 0) & ((units.tags[rows] >> BIT[tag]) & 1 == 1), number, need)
    state = chance.uniform("licence state", rows)
    lapsed = (state >= LACKING) & (state < LACKING + LAPSED)
    until = units.month - 20 + chance.below("licence", TERM, rows)
    until = np.where(lapsed, units.month - 20 - chance.below("lapsed", 900, rows), until)
    endless = ~lapsed & (chance.uniform("endless", rows) < ENDLESS)
    return Held(need=need, until=until, lacking=(need >= 0) & (state < LACKING), endless=endless)


def unlicensed(units: Units, row: Integers, day: Integers) -> Bools:
    """Tell who lacks a licence that its trade needs on a day (是否缺少许可): it never had one, or it has lapsed."""
    mine = held(units, row)
    return mine.lacking | ((mine.need >= 0) & ~mine.endless & (mine.until < day))


def licence_tables(units: Units) -> Iterator[pa.Table]:
    """Yield the register of licences in chunks (分块生成许可证), columns in the register's order."""
    for first in range(0, len(units), CHUNK):
        rows = np.arange(first, min(first + CHUNK, len(units)), dtype=np.int64)
        mine = held(units, rows)
        issued = np.maximum(mine.until - TERM, units.established[rows] + 5)
        chosen = np.flatnonzero(
            (mine.need >= 0) & ~mine.lacking & (issued < np.minimum(mine.until, units.known_on - 9))
        )
        rows, need, issued, until = rows[chosen], mine.need[chosen], issued[chosen], mine.until[chosen]
        last = _days(until).cast(pa.string())
        known = issued + 2 + units.chance.below("licence known", 6, rows)
        numbers = np.char.add("演示证", np.char.zfill(rows.astype("U7"), 7))
        yield pa.table(
            {
                "unit_id": units.ids(rows).astype("U18"),
                "kind": pa.array([code for code, _ in LICENCES.values()]).take(pa.array(need)),
                "number": numbers,
                "issued": _days(issued),
                "valid_until": pc.if_else(pa.array(mine.endless[chosen]), pa.scalar(NO_END), last),
                "status": pa.array(["valid"] * len(rows), type=pa.string()),
                "known_on": _days(known),
            }
        )


def _days(numbers: Integers) -> pa.Array:
    return pa.array(numbers.astype(np.int32), type=pa.int32()).cast(pa.date32())
