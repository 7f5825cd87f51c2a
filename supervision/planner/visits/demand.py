"""Demand (检查需求): drawn units become duties, each unit with the fewest doors that could hold them all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import pandas as pd

from supervision.domain.items import Item, Task
from supervision.domain.people import Office
from supervision.errors import SupervisionError
from supervision.planner.visits.district import Ask, District, Duty, Unit
from supervision.planner.visits.doors import division, with_doors
from supervision.planner.visits.halfdays import Grid
from supervision.planner.visits.staff import recused_by_unit, staffs, texts

TIE = re.compile("[0-9A-Fa-f]{64}")


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What a calendar is made from (排程依据). No class and no score: the planner knows neither.

    `drawn`: task_id, unit_id. `units`: unit_id, region, street ("" or missing: unknown), tie (T of draw protocol 7 as
    64 hex digits); optional `blocked`: half-days or dates on which the unit cannot be visited, joined by spaces.
    `roster`: as roster.csv. `recusals`: inspector_id, unit_id. `half_days`: region → half-days of the month.
    `earliest`: first half-day that may be planned, after the lottery of inspectors and the lead time ("" none).
    `halves`: item → "T1" or "T2" where it can be inspected in the morning or the afternoon only.
    `least`: people an office sends at least (rule shared/minimum_inspectors).
    `other_level`: unit → departments of which another level visits it in the month: they do not come, too (rule
    shared/merge_duty).
    """

    drawn: pd.DataFrame
    tasks: Mapping[str, Task]
    items: Mapping[str, Item]
    offices: Mapping[str, Office]
    units: pd.DataFrame
    roster: pd.DataFrame
    half_days: Mapping[str, Sequence[str]]
    least: int
    recusals: pd.DataFrame | None = None
    earliest: str = ""
    halves: Mapping[str, str] = field(default_factory=dict)
    other_level: Mapping[str, frozenset[str]] = field(default_factory=dict)


class Impossible(NamedTuple):
    """An item that no calendar can hold (无法检查的事项): why is told by `reasons`.

    `office` is "" where the district has none of the department.
    """

    unit_id: str
    region: str
    department: str
    office: str
    item: str
    tasks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Demand:
    """What is to be held (检查需求): districts sorted by region, and the items that no calendar can hold."""

    districts: tuple[District, ...]
    impossible: tuple[Impossible, ...]

    @property
    def duties(self) -> int:
        """How many duties there are (检查任务数): unit × office."""
        return sum(len(u.duties) for d in self.districts for u in d.units)


def demand(given: Inputs) -> Demand:
    """Return what drawn units ask for (由抽取名单生成检查需求); row order never matters.

    An item that several tasks ask for is inspected once where their windows meet. Unknown task, item or unit, a
    tie that is not 64 hex digits, or a unit in a district without half-days: SupervisionError.
    """
    drawn, recused, blocked = tasks_by_unit(given), recused_by_unit(given.recusals), blocked_by_unit(given)
    districts: list[District] = []
    impossible: list[Impossible] = []
    for region, rows in _drawn_units(given, set(drawn)).groupby("region"):
        grid, own = grid_of(given, str(region)), offices_in(given.offices, str(region))
        names, units = sorted(own.values()), []
        staff = tuple(staffs(given.roster, grid, names).values())
        district = District(region=str(region), grid=grid, staffs=staff, units=(), least=given.least)
        for name, street, tie in rows[["unit_id", "street", "tie"]].to_numpy().tolist():
            where, away = street if isinstance(street, str) else "", recused.get(name, frozenset())
            unit = Unit(unit_id=name, tie=bytes.fromhex(tie), street=where, away=away, duties=())
            duties, elsewhere = [], given.other_level.get(name, frozenset())
            for department, asks in asks_of(given, grid, sorted(drawn[name]), blocked[name]).items():
                office, held = own.get(department, ""), set()
                if office and department not in elsewhere:
                    duty = Duty(office=names.index(office), asks=tuple(ask for ask in asks if ask.slots))
                    held = {duty.asks[n] for part in division(district, unit, duty).values() for n in part}
                    if held:
                        duties.append(replace(duty, asks=tuple(ask for ask in duty.asks if ask in held)))
                of = name, district.region, department, office
                impossible += (Impossible(*of, ask.item.item_id, ask.tasks) for ask in asks if ask not in held)
            if duties:
                unit = replace(unit, duties=tuple(sorted(duties, key=lambda duty: duty.office)))
                units.append(with_doors(district, unit))
        if units:
            districts.append(replace(district, units=tuple(units)))
    return Demand(districts=tuple(districts), impossible=tuple(impossible))


def tasks_by_unit(given: Inputs) -> dict[str, set[str]]:
    """Return unit → task ids (各户被抽中的任务), after every task and item was found in its list."""
    found: dict[str, set[str]] = {}
    for name, unit in given.drawn[["task_id", "unit_id"]].to_numpy().tolist():
        found.setdefault(unit, set()).add(name)
    for name in sorted(set().union(*found.values())):
        if name not in given.tasks:
            raise SupervisionError("planner.unknown_task", task=name)
        task = given.tasks[name]
        if task.end < task.start:
            raise SupervisionError("planner.window", task=name, start=task.start, end=task.end)
        for item in task.items:
            if item not in given.items:
                raise SupervisionError("planner.unknown_item", task=name, item=item)
            if given.items[item].half_days not in (1, 2):
                raise SupervisionError("planner.too_long", item=item, half_days=given.items[item].half_days)
    return found


def grid_of(given: Inputs, region: str) -> Grid:
    """Return the half-days of a district from the earliest on (一个区可排的半天)."""
    return Grid.of([h for h in given.half_days.get(region, ()) if h >= given.earliest])


def offices_in(offices: Mapping[str, Office], region: str) -> dict[str, str]:
    """Return department → office of a district (各部门机构): the first by id, one level of a system."""
    own = sorted((o.office_id, o.department) for o in offices.values() if o.region == region)
    return {department: office for office, department in reversed(own)}


def blocked_by_unit(given: Inputs) -> dict[str, list[str]]:
    """Return unit → half-days or dates on which it cannot be visited (各户不可检查的时间)."""
    blocked = given.units["blocked"] if "blocked" in given.units.columns else [""] * len(given.units)
    return dict(zip(given.units["unit_id"], map(texts, blocked), strict=True))


def _drawn_units(given: Inputs, wanted: set[str]) -> pd.DataFrame:
    """The drawn units by id, after every one was found and has its T."""
    found = given.units[given.units["unit_id"].isin(wanted)].sort_values("unit_id")
    for name, tie in found[["unit_id", "tie"]].to_numpy().tolist():
        if not isinstance(tie, str) or not TIE.fullmatch(tie):
            raise SupervisionError("planner.tie", unit=name, tie=tie)
    for name in sorted(wanted.difference(found["unit_id"])):
        raise SupervisionError("planner.unknown_unit", unit=name)
    return found


def asks_of(given: Inputs, grid: Grid, tasks: Sequence[str], blocked: Sequence[str]) -> dict[str, list[Ask]]:
    """Return department → asks of one unit (一户的检查内容), by item; those without a half-day too."""
    wanted: dict[str, list[tuple[int, str]]] = {}
    for name in tasks:
        task = given.tasks[name]
        window = grid.between(task.start.isoformat(), task.end.isoformat()) & ~grid.listed(blocked)
        for item in sorted(set(task.items)):
            slots = grid.starts(window, given.items[item].half_days)
            wanted.setdefault(item, []).append((slots & half_slots(given, grid, item), name))
    found: dict[str, list[Ask]] = {}
    for item, windows in sorted(wanted.items()):
        noun = given.items[item]
        own = [Ask(noun, names, slots) for slots, names in _merged(windows)]
        found.setdefault(noun.department, []).extend(own)
    return found


def half_slots(given: Inputs, grid: Grid, item: str) -> int:
    """Return the slots of the half of the day in which an item can be inspected (事项可检查的时段); any: −1."""
    return {"T1": grid.mornings, "T2": grid.mornings << 1}.get(given.halves.get(item, ""), -1)


def _merged(windows: Sequence[tuple[int, str]]) -> list[tuple[int, tuple[str, ...]]]:
    """Windows of the tasks that ask for one item, joined where they meet: by last slot, the fewest groups."""
    found: list[tuple[int, tuple[str, ...]]] = []
    for slots, name in sorted(windows, key=lambda w: (w[0].bit_length(), w[1])):
        if found and found[-1][0] & slots:
            found[-1] = (found[-1][0] & slots, (*found[-1][1], name))
        else:
            found.append((slots, (name,)))
    return found
