"""Demand (检查需求): drawn units become duties, each unit with the fewest doors that could hold them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from supervision.domain.items import Item, Task
from supervision.domain.people import Office
from supervision.errors import SupervisionError
from supervision.planner.visits.district import Ask, District, Duty, Unit
from supervision.planner.visits.doors import division, doors, ever, packing
from supervision.planner.visits.halfdays import Grid, even
from supervision.planner.visits.staff import recused_by_unit, staffs, texts
from supervision.planner.visits.teams import Item as Asked

UNITS = ["unit_id", "region", "street", "tie"]


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


@dataclass(frozen=True, kw_only=True)
class Impossible:
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
    by_unit = drawn_tasks(given)
    facts = _facts(given, set(by_unit))
    recused = recused_by_unit(given.recusals)
    by_region: dict[str, list[str]] = {}
    for unit in sorted(by_unit):
        by_region.setdefault(facts[unit][0], []).append(unit)
    districts, impossible = [], []
    for region, names in sorted(by_region.items()):
        district, lost = _district(given, region, {n: by_unit[n] for n in names}, facts, recused)
        impossible.extend(lost)
        if district.units:
            districts.append(district)
    return Demand(districts=tuple(districts), impossible=tuple(impossible))


def drawn_tasks(given: Inputs) -> dict[str, list[str]]:
    """Return unit → sorted task ids, after every task and item was found in its list (各户被抽中的任务)."""
    found: dict[str, set[str]] = {}
    for name, unit in given.drawn[["task_id", "unit_id"]].itertuples(index=False, name=None):
        found.setdefault(unit, set()).add(name)
    for name in sorted({n for names in found.values() for n in names}):
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
    return {unit: sorted(names) for unit, names in found.items()}


def grid_of(given: Inputs, region: str) -> Grid:
    """Return the half-days of a district from the earliest on (一个区可排的半天)."""
    return Grid.of([h for h in given.half_days.get(region, ()) if h >= given.earliest])


def offices_of(given: Inputs, region: str) -> dict[str, str]:
    """Return department → office of a district (各部门机构): the first by id, one level of a system."""
    return offices_in(given.offices, region)


def offices_in(offices: Mapping[str, Office], region: str) -> dict[str, str]:
    """Return department → office of a district (各部门机构), out of a table of offices."""
    own = sorted((o.office_id, o.department) for o in offices.values() if o.region == region)
    return {department: office for office, department in reversed(own)}


def _facts(given: Inputs, wanted: set[str]) -> dict[str, tuple[str, str, bytes, tuple[str, ...]]]:
    """Return region, street, tie and blocked half-days of the drawn units."""
    table = given.units[given.units["unit_id"].isin(sorted(wanted))]
    blocked = table["blocked"] if "blocked" in table.columns else pd.Series("", index=table.index)
    found = {}
    for unit, region, street, tie, days in zip(*(table[c] for c in UNITS), blocked, strict=True):
        try:
            number = bytes.fromhex(tie)
        except (TypeError, ValueError):
            number = b""
        if len(number) != 32:
            raise SupervisionError("planner.tie", unit=unit, tie=tie)
        found[unit] = (region, street if isinstance(street, str) else "", number, tuple(texts(days)))
    for unit in sorted(wanted - set(found)):
        raise SupervisionError("planner.unknown_unit", unit=unit)
    return found


def _district(
    given: Inputs,
    region: str,
    drawn: Mapping[str, Sequence[str]],
    facts: Mapping[str, tuple[str, str, bytes, tuple[str, ...]]],
    recused: Mapping[str, frozenset[str]],
) -> tuple[District, list[Impossible]]:
    grid, own = grid_of(given, region), offices_of(given, region)
    names = sorted(own.values())
    staff = staffs(given.roster, grid, names)
    empty = District(region=region, grid=grid, staffs=tuple(staff[n] for n in names), units=(), least=given.least)
    number = {d: names.index(o) for d, o in own.items()}
    units: list[Unit] = []
    lost: list[Impossible] = []
    for name, tasks in drawn.items():
        _, street, tie, blocked = facts[name]
        unit = Unit(
            unit_id=name,
            tie=tie,
            street=street,
            away=recused.get(name, frozenset()),
            duties=(),
        )
        asks, homeless = _asks(given, grid, tasks, blocked)
        duties, elsewhere = {}, given.other_level.get(name, frozenset())
        for department, mine in asks.items():
            if department in number and department not in elsewhere:
                duties[number[department]] = tuple(mine)
            else:
                homeless.extend((department, ask) for ask in mine)
        lost.extend(_impossible(name, region, d, own.get(d, ""), ask) for d, ask in homeless)
        unit, dropped = _possible(empty, unit, duties)
        lost.extend(_impossible(name, region, given.items[a.item.item].department, names[o], a) for o, a in dropped)
        if unit.duties:
            unit = replace(unit, doors=doors(empty, unit), prices=_prices(empty, unit))
            units.append(unit)
    return replace(empty, units=tuple(units)), lost


def _asks(
    given: Inputs, grid: Grid, tasks: Sequence[str], blocked: Sequence[str]
) -> tuple[dict[str, list[Ask]], list[tuple[str, Ask]]]:
    """Department → asks of one unit, and those without a half-day."""
    wanted: dict[str, list[tuple[int, str]]] = {}
    free = grid.open & ~grid.listed(blocked)
    for name in tasks:
        task = given.tasks[name]
        window = grid.between(task.start.isoformat(), task.end.isoformat())
        for item in sorted(set(task.items)):
            slots = window & free
            if given.items[item].half_days == 2:
                slots &= slots >> 1 & even(len(grid.days))
            wanted.setdefault(item, []).append((slots & half_slots(given, grid, item), name))
    found: dict[str, list[Ask]] = {}
    none: list[tuple[str, Ask]] = []
    for item, windows in sorted(wanted.items()):
        noun = given.items[item]
        asked = Asked(item, noun.inspectors, noun.half_days)
        for slots, names in _merged(windows):
            ask = Ask(asked, names, slots)
            if slots:
                found.setdefault(noun.department, []).append(ask)
            else:
                none.append((noun.department, ask))
    return found, none


def half_slots(given: Inputs, grid: Grid, item: str) -> int:
    """Return the slots of the half of the day in which an item can be inspected (事项可检查的时段); any: −1."""
    mornings = even(len(grid.days))
    return {"T1": mornings, "T2": mornings << 1}.get(given.halves.get(item, ""), -1)


def _merged(windows: Sequence[tuple[int, str]]) -> list[tuple[int, tuple[str, ...]]]:
    """Windows of the tasks that ask for one item, joined where they meet: by last slot, the fewest groups."""
    found: list[tuple[int, tuple[str, ...]]] = []
    for slots, name in sorted(windows, key=lambda w: (w[0].bit_length(), w[1])):
        if found and found[-1][0] & slots:
            found[-1] = (found[-1][0] & slots, (*found[-1][1], name))
        else:
            found.append((slots, (name,)))
    return found


def _possible(
    district: District, unit: Unit, duties: Mapping[int, tuple[Ask, ...]]
) -> tuple[Unit, list[tuple[int, Ask]]]:
    """The unit with the asks that some calendar could hold, and (office, ask) of the others."""
    kept: list[Duty] = []
    dropped: list[tuple[int, Ask]] = []
    for office, asks in sorted(duties.items()):
        duty = Duty(office=office, asks=asks)
        if not district.slots(unit, duty, range(len(asks))):
            held = {n for own in division(district, unit, duty) for n in own}
            dropped.extend((office, ask) for n, ask in enumerate(asks) if n not in held)
            duty = Duty(office=office, asks=tuple(ask for n, ask in enumerate(asks) if n in held))
        if duty.asks:
            kept.append(duty)
    return replace(unit, duties=tuple(kept)), dropped


def _prices(district: District, unit: Unit) -> tuple[tuple[int, int], ...]:
    """(duty, ask) of asks of which no half-day serves two: the unit has as many doors at least."""
    asks = [(d, n) for d, duty in enumerate(unit.duties) for n in range(len(duty.asks))]
    chosen = packing([mask for duty in unit.duties for mask in ever(district, unit, duty)])
    return tuple(asks[n] for n in chosen)


def _impossible(unit: str, region: str, department: str, office: str, ask: Ask) -> Impossible:
    return Impossible(
        unit_id=unit, region=region, department=department, office=office, item=ask.item.item, tasks=ask.tasks
    )
