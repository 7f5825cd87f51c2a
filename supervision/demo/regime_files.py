"""Files of the regimes (各监管方式的演示文件): units, items, tasks and what they rest on, beside the standard files.

Units of departments that a city of this size has stand in all districts, others in two, where those departments get
offices. Consignments, which are no enterprises, have ids of the city's own making and need `--ids own` on import.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from supervision.demo import people
from supervision.demo.departments import DEPARTMENTS, Department, departments_of
from supervision.demo.entities import entity_table
from supervision.demo.files import Row, write_arrow, write_register
from supervision.demo.lists import BASIS
from supervision.demo.places import DISTRICTS
from supervision.demo.regimes import CLASSES, GOODS, POSITIVE_SHARE, REGIMES, YOUNG, DemoRegime
from supervision.demo.trades import TRADES
from supervision.demo.units import Units
from supervision.directory.register import register
from supervision.law.code_lists import CodeLists

END = "-regimes"  # of the files' names
PLACES = (3, 5)  # districts of the units: 姑苏, 工业园区
MORE = (Department("reform", "发改", 0.1), Department("finance", "财政", 0.1), Department("financial", "地方金融", 0.1))
NAMES = {department.code: department.name for department in (*DEPARTMENTS, *MORE)}
TEAM = 4  # inspectors of an office that only the regimes need
STARTED = {True: 100, False: 2_000}  # days since a unit began, where it is in the observation period and elsewhere
GOODS_TYPE = "进出口货物"
SERIALS = 9_000  # where numbers of people and certificates begin
PERMIT_BASIS = "演示文件〔2022〕1号"


def write_regimes(
    folder: Path, units: Units, *, month: date, last: date, known: date, lists: CodeLists
) -> dict[str, int]:
    """Write the files of all regimes (写出各监管方式的演示文件) and return their rows by register."""
    made = RegimeUnits(units)
    offices = _offices(len(units), known)
    rows: dict[str, Sequence[Row]] = {
        "offices": offices,
        "inspectors": _inspectors(offices, month, known),
        "items": _items(month.year, known),
        "tasks": _tasks(month, last, known),
        "exemptions": made.positive_rows(month, known),
        "professional": made.class_rows(month, known),
        "permits": _permits(known),
    }
    found = {kind: write_register(folder, kind, own, lists, end=END) for kind, own in rows.items()}
    tables = [made.table(), _goods(month, known)]
    count = write_arrow(folder / f"entities{END}.csv", register("entities").names, tables)
    return {**found, "entities": count}


class RegimeUnits:
    """The units of the regimes (各监管方式的检查对象): rows after those of the city, one special list each."""

    def __init__(self, units: Units) -> None:
        own = [one for one in REGIMES if not set(one.tags) & set(GOODS)]
        self.tags = [tag for one in own for tag in one.tags for _ in range(one.units)]
        self.fields = [one.field for one in own for _ in one.tags for _ in range(one.units)]
        serial = [n for one in own for _ in one.tags for n in range(one.units)]
        self.young = np.array([tag in YOUNG and n % 2 == 0 for tag, n in zip(self.tags, serial, strict=True)])
        many, first = len(self.tags), len(units)
        self.rows = np.arange(first, first + many, dtype=np.int64)
        zero = np.zeros(many, dtype=np.int64)
        there = {department.code for department in departments_of(len(units))}
        spread = np.array([one.department in there for one in own for _ in one.tags for _ in range(one.units)])
        turn = np.arange(many)
        place = np.where(spread, turn % len(DISTRICTS), np.array(PLACES)[turn % len(PLACES)])
        new = {
            "district": place,
            "trade": zero + len(TRADES) - 1,
            "established": units.month - np.where(self.young, STARTED[True], STARTED[False]),
            "employees": zero + 30,
        }
        columns: dict[str, Any] = {
            name: np.concatenate([getattr(units, name), new.get(name, zero)])
            for name in ("district", "trade", "type", "status", "street", "established", "employees", "above_scale")
        }
        self.units = replace(
            units,
            **columns,
            tags=np.concatenate([units.tags, zero]),
            worry=np.concatenate([units.worry, units.chance.bell("regime worry", np.arange(many))]),
        )

    @property
    def ids(self) -> list[str]:
        """Their codes (统一社会信用代码), in order."""
        return [unit.decode() for unit in self.units.ids(self.rows)]

    def table(self) -> pa.Table:
        """Return their rows of the directory (名录), each on its one special list."""
        found = entity_table(self.units, self.rows)
        place = found.schema.get_field_index("tags")
        return found.set_column(place, "tags", pa.array(self.tags, type=pa.string()))

    def positive_rows(self, month: date, known: date) -> list[Row]:
        """Return the positive list of the month (正面清单): one in three of the polluters, seen to off site."""
        polluters = [unit for unit, field in zip(self.ids, self.fields, strict=True) if field == "ecology"]
        span = {"from_date": month.isoformat(), "until_date": (month + timedelta(days=60)).isoformat()}
        return [
            {"unit_id": unit, "list": "positive", "tier": "off_site", "scope": "ecology", **span, "basis": BASIS,
             "known_on": known.isoformat()}
            for unit in sorted(polluters[::POSITIVE_SHARE])
        ]  # fmt: skip

    def class_rows(self, month: date, known: date) -> list[Row]:
        """Return the classes that departments gave them in their fields (专业类别), in turn."""
        found: list[Row] = []
        for n, (unit, field) in enumerate(zip(self.ids, self.fields, strict=True)):
            if field:
                found.append({"unit_id": unit, "field": field, "class": CLASSES[field][n % len(CLASSES[field])],
                              "from_date": f"{month.year}-01-01", "until_date": f"{month.year}-12-31",
                              "source": BASIS, "known_on": known.isoformat()})  # fmt: skip
        return found


def _goods(month: date, known: date) -> pa.Table:
    """Return the consignments (进出口货物): no enterprises, with ids of the city's own making."""
    names = register("entities").names
    tags = [tag for one in REGIMES for tag in one.tags if tag in GOODS for _ in range(one.units)]
    rows = [
        {
            "unit_id": f"HW-{month:%Y%m}-{n:06d}",
            "name": f"演示报关单{n:06d}号货物",
            "type": GOODS_TYPE,
            "status": "存续",
            "established": (month - timedelta(days=25)).isoformat(),
            "region": DISTRICTS[PLACES[n % len(PLACES)]].region,
            "address": f"{DISTRICTS[PLACES[n % len(PLACES)]].street(0)}演示监管场所{n % 7 + 1}号",
            "tags": tag,
            "note": "演示数据",
            "known_on": known.isoformat(),
        }
        for n, tag in enumerate(tags, start=1)
    ]
    return pa.table({name: pa.array([row.get(name) for row in rows], type=pa.string()) for name in names})


def _offices(entities: int, known: date) -> list[Row]:
    """Return offices in the two districts of the departments that the city of this size does not have."""
    there = {department.code for department in departments_of(entities)}
    wanted = {one.department for one in REGIMES} - there
    more = [department for department in (*DEPARTMENTS, *MORE) if department.code in wanted]
    regions = {DISTRICTS[place].region for place in PLACES}
    return [row for row in people.office_rows(more, known) if row["region"] in regions]


def _inspectors(offices: Sequence[Row], month: date, known: date) -> list[Row]:
    """Return the inspectors of those offices."""
    return [
        {
            "inspector_id": f"{office['office_id']}-{seat + 1:02d}",
            "name": f"检查员{SERIALS + n * TEAM + seat:04d}",
            "office_id": office["office_id"],
            "status": "在岗",
            "cert_no": f"演示证R{n * TEAM + seat:05d}",
            "cert_from": (month - timedelta(days=400)).isoformat(),
            "cert_until": (month + timedelta(days=800)).isoformat(),
            "scopes": "*",
            "daily_limit": 2,
            "known_on": known.isoformat(),
        }
        for n, office in enumerate(offices)
        for seat in range(TEAM)
    ]


def _items(year: int, known: date) -> list[Row]:
    """Return the items of the regimes, each with the rule that it is inspected under."""
    return [
        {
            "item_id": one.item_id,
            "name": one.item,
            "department": one.department,
            "kind": "key",
            "basis": f"演示清单（见规则 {one.rule} 的依据；正式清单应写明法律、法规、规章条款）",
            "objects": one.objects,
            "ratio": "根据实际情况确定",
            "frequency": "1次/年",
            "method": one.method,
            "half_days": 1,
            "inspectors": 2,
            "field": one.field or None,
            "rule": one.rule,
            "content": one.content or f"{one.item}要点（演示）",
            "from_date": f"{year - 2}-01-01",
            "known_on": known.isoformat(),
        }
        for one in _once(REGIMES)
    ]


def _once(regimes: Sequence[DemoRegime]) -> Iterator[DemoRegime]:
    """Yield the first regime of each item."""
    seen: set[str] = set()
    for one in regimes:
        if one.item_id not in seen:
            seen.add(one.item_id)
            yield one


def _tasks(month: date, last: date, known: date) -> list[Row]:
    """Return a task for each regime, all of the one month and sealed."""
    return [
        {
            "task_id": one.task_id,
            "number": f"苏演{NAMES[one.department]}制度〔{month.year}〕{n}号",
            "name": f"{one.item}（演示）",
            "round": f"{month:%Y-%m}",
            "items": one.item_id,
            "lead": one.department,
            "from_date": month.isoformat(),
            "until_date": last.isoformat(),
            "population": one.population,
            "regime": one.regime,
            "ratio": one.ratio,
            "access": "sealed",
            "disclosure": one.disclosure,
            "level": one.level,
            "cause": "各监管方式演示",
            "known_on": known.isoformat(),
        }
        for n, one in enumerate(REGIMES, start=1)
    ]


def _permits(known: date) -> list[Row]:
    """Return permits that were cancelled or handed down: whole ones, and three with a gap to be seen."""
    rows = (
        ("XK-001", "食品经营许可（仅销售预包装食品）", "cancelled", "market-r-food_inspection", "county", "market"),
        ("XK-002", "药品网络销售备案", "delegated", "market-r-drug_online", "county", "market"),
        ("XK-003", "报废机动车回收企业资质认定", "delegated", "commerce-r-scrap_vehicle", "city", "commerce"),
        ("XK-004", "演示许可（未写监管部门）", "cancelled", "market-r-cosmetics", "city", None),
        ("XK-005", "演示许可（事项不在清单）", "delegated", "market-nowhere", "city", "market"),
        ("XK-006", "演示许可（没有监管措施）", "cancelled", None, None, None),
        ("XK-007", "演示许可（保留）", "kept", None, None, None),
    )
    return [
        {"permit_id": permit, "name": name, "change": change, "from_date": f"{known.year - 3}-01-01",
         "document": PERMIT_BASIS, "item": item, "level": level, "department": department,
         "method": "on_site" if item else None, "known_on": known.isoformat()}
        for permit, name, change, item, level, department in rows
    ]  # fmt: skip
