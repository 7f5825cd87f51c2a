"""The directory of units as text (检查对象名录库): thirty-one columns and known_on, a chunk of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from supervision.demo.chance import Chance, Floats, Integers
from supervision.demo.licences import LICENCES, NO_END, held
from supervision.demo.places import DISTRICTS, GRIDS, ROADS, STREETS
from supervision.demo.relations import shares_address
from supervision.demo.trades import BIT, BRANDS, TRADES
from supervision.demo.units import STATUSES, TYPES, Units

CHUNK = 100_000
ENDINGS = ("有限公司", "店", "专业合作社", "代表处")
STEMS = "甲乙丙丁戊己庚辛壬癸"
CAPITALS = (10, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
SMALL_CAPITALS = (1, 2, 3, 5, 10)


def entity_tables(units: Units) -> Iterator[pa.Table]:
    """Yield the directory in chunks (分块生成名录), columns in the register's order."""
    for first in range(0, len(units), CHUNK):
        yield entity_table(units, np.arange(first, min(first + CHUNK, len(units)), dtype=np.int64))


def entity_table(units: Units, rows: Integers) -> pa.Table:
    """Return some rows of the directory (名录片段) as texts, numbers and dates."""
    chance, district, trade, kind = units.chance, units.district[rows], units.trade[rows], units.type[rows]
    serial, address = _padded(rows, 7), _address(units, rows)
    area = _taken([d.name for d in DISTRICTS], district)
    trade_name = _taken([t.name for t in TRADES], trade)
    lon, lat = _position(chance, district, rows)
    capital = _capital(chance, kind, rows)
    until, licence = _licence(units, rows)
    established = units.established[rows]
    return pa.table(
        {
            "unit_id": units.ids(rows).astype("U18"),
            "name": _joined("苏州", area, "演示", _taken(BRANDS, chance.below("brand", len(BRANDS), rows)), serial,
                            trade_name,
                            _taken(ENDINGS, kind)),
            "type": _taken(TYPES, kind),
            "status": _taken([name for name, _ in STATUSES], units.status[rows]),
            "established": _days(established),
            "region": _taken([d.region for d in DISTRICTS], district),
            "industry": _taken([t.industry for t in TRADES], trade),
            "address": address,
            "street": _street(units, rows),
            "lon": lon,
            "lat": lat,
            "legal_rep": _joined("法人", *_person(chance, "legal", rows)),
            "capital": capital,
            "above_scale": pa.array(units.above_scale[rows] == 1),
            "tags": tag_texts(units.tags[rows]),
            "scope": _joined(trade_name, "及相关服务（演示）"),
            "registration_office": _joined(area, "登记机关（演示）"),
            "local_office": _joined(_street(units, rows), "监管所"),
            "contact": _joined("联络人", *_person(chance, "contact", rows)),
            "phone": _joined("0512-0", serial),
            "licence_name": licence,
            "licence_no": _masked(_joined("演示证", serial), licence),
            "licence_until": _masked(until, licence),
            "employees": units.employees[rows],
            "paid_capital": capital * chance.below("paid", 5, rows) // 4,
            "capital_due": _days(established + 1_826 + chance.below("capital due", 7_000, rows)),
            "approved": _days(np.minimum(established + chance.below("approved", 2_000, rows), units.known_on)),
            "grid": _joined(_taken([d.region for d in DISTRICTS], district), "-",
                            _padded(chance.below("grid", GRIDS, rows), 2)),
            "last_annual_report": _annual_report(units, rows),
            "old_number": _masked(_joined("演示旧号", serial), _dated_before(established, 16_700)),
            "note": pa.array(["演示数据"] * len(rows)),
            "known_on": _days(np.full(len(rows), units.known_on)),
        }
    )  # fmt: skip


def tag_texts(tags: Integers) -> pa.Array:
    """Return special lists as text (专项库): names sorted, one space between; none is missing."""
    values, place = np.unique(tags, return_inverse=True)
    texts = [" ".join(tag for tag, bit in sorted(BIT.items()) if value >> bit & 1) or None for value in values.tolist()]
    return pa.array(texts, type=pa.string()).take(pa.array(place))


def _taken(words: Sequence[str | None], places: Integers) -> pa.Array:
    return pa.array(words, type=pa.string()).take(pa.array(places))


def _padded(numbers: Integers, width: int) -> pa.Array:
    return pc.utf8_lpad(pa.array(numbers).cast(pa.string()), width, "0")


def _joined(*parts: pa.Array | str) -> pa.Array:
    return pc.binary_join_element_wise(*parts, "")


def _days(numbers: Integers) -> pa.Array:
    return pa.array(numbers.astype(np.int32), type=pa.int32()).cast(pa.date32())


def _masked(values: pa.Array, where: pa.Array) -> pa.Array:
    """Values only where `where` is not missing."""
    return pc.if_else(pc.is_valid(where), values, pa.scalar(None, values.type))


def _dated_before(days: Integers, limit: int) -> pa.Array:
    return pa.array(days, mask=days >= limit)


def _street(units: Units, rows: Integers) -> pa.Array:
    names = [district.street(number) for district in DISTRICTS for number in range(len(STREETS))]
    return _taken(names, units.district[rows] * len(STREETS) + units.street[rows])


def _address(units: Units, rows: Integers) -> pa.Array:
    """Own doors for most; one unit in thirty stands at an address shared by about ten."""
    chance = units.chance
    shared = shares_address(units, rows)
    door = np.where(shared, 9_000_000 + rows // 300, rows)
    road = np.where(shared, 0, chance.below("road", len(ROADS), rows))
    return _joined(_street(units, rows), _taken(ROADS, road), _padded(door, 7), "号")


def _person(chance: Chance, column: str, rows: Integers) -> tuple[pa.Array, pa.Array]:
    """A stem and a number; a few people stand for several units."""
    number = np.where(chance.uniform(f"{column} many", rows) < 0.03, rows // 120, rows)
    return _taken(STEMS, number % 10), _padded(number // 10 + 1, 6)


def _position(chance: Chance, district: Integers, rows: Integers) -> tuple[Floats, Floats]:
    box = np.array([(d.west, d.south, d.east, d.north) for d in DISTRICTS], dtype=np.int64)[district]
    lon = box[:, 0] + ((box[:, 2] - box[:, 0]) * chance.uniform("lon", rows)).astype(np.int64)
    lat = box[:, 1] + ((box[:, 3] - box[:, 1]) * chance.uniform("lat", rows)).astype(np.int64)
    return lon / 1_000_000, lat / 1_000_000


def _capital(chance: Chance, kind: Integers, rows: Integers) -> Integers:
    large = np.array(CAPITALS)[chance.pick("capital", [2, 6, 9, 6, 6, 4, 2, 1, 0.6], rows)]
    return np.where(kind == 1, np.array(SMALL_CAPITALS)[chance.below("capital", len(SMALL_CAPITALS), rows)], large)


def _licence(units: Units, rows: Integers) -> tuple[pa.Array, pa.Array]:
    """The last day of the licence and its name; missing where none is held."""
    mine = held(units, rows)
    names = pa.array([name for _, name in LICENCES.values()])
    licence = names.take(pa.array(mine.need, mask=(mine.need < 0) | mine.lacking))
    return pc.if_else(pa.array(mine.endless), pa.scalar(NO_END), _days(mine.until).cast(pa.string())), licence


def _annual_report(units: Units, rows: Integers) -> pa.Array:
    """Filed in the first half of the year; the worrying ones sometimes not for a year or two."""
    chance, established = units.chance, units.established[rows]
    year = np.datetime64(int(units.month), "D").astype("datetime64[Y]")
    if (np.datetime64(int(units.known_on), "D") - year.astype("datetime64[D]")).astype(int) < 180:
        year = year - 1
    behind = (chance.uniform("late", rows) < 0.04 * np.exp(0.7 * units.worry[rows])).astype(np.int64)
    behind += (chance.uniform("later", rows) < 0.3).astype(np.int64) * behind
    filed = (year - behind).astype("datetime64[D]").astype(np.int64) + 10 + chance.below("filed", 168, rows)
    return pc.if_else(pa.array(filed > established + 90), _days(filed), pa.scalar(None, pa.date32()))
