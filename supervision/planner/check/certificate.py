"""A certificate, recomputed (证明复核): every figure in integers, from the inputs and the calendar, without a solver.

Counts are taken from the calendar's rows. A bound is proven again from the prices that the certificate states: weak
duality needs no trust in whoever found them. Computed bounds are only asked not to be below the proven ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from supervision.messages import Message
from supervision.planner.check.calendar import Visit, broken, visits
from supervision.planner.plan import Plan
from supervision.planner.proof.rooms import lost_at_least, rooms
from supervision.planner.proof.teamdays import team_days_at_least
from supervision.planner.visits.demand import Inputs, demand
from supervision.planner.visits.district import District, Unit
from supervision.planner.visits.doors import even_share, ever


def differences(given: Inputs, plan: Plan) -> list[Message]:
    """Return every figure of a certificate that is not what a recomputation gives (证明与复算的差异)."""
    wanted = demand(given)
    stated: Mapping[str, Any] = plan.certificate
    calendar = visits(plan.calendar)
    by_region: dict[str, Mapping[str, Any]] = {row["region"]: row for row in stated["districts"]}
    total = Counter({"impossible": len(wanted.impossible)})
    found: list[Message] = []
    for district in wanted.districts:
        units = {unit.unit_id for unit in district.units}
        row = by_region.pop(district.region, {})
        figures = _figures(district, [v for v in calendar if v.unit in units], row, stated["scale"])
        found.extend(_differ(district.region, row, figures))
        total.update(figures)
    found.extend(_differ("total", {**stated["total"], "impossible": stated["impossible"]}, total))
    return found + [broken("figure", region=r, name="region", stated=r, found="-") for r in by_region]


def _differ(region: str, stated: Mapping[str, Any], figures: Mapping[str, int]) -> Iterator[Message]:
    for name, number in figures.items():
        if stated.get(name) != number:
            yield broken("figure", region=region, name=name, stated=stated.get(name), found=number)
    computed, proven = stated.get("computed_lost", 0), stated.get("proven_lost", 0)
    if computed < proven:
        yield broken("figure", region=region, name="computed_lost", stated=computed, found=proven)


def _figures(district: District, own: list[Visit], row: Mapping[str, Any], scale: int) -> dict[str, int]:
    held = Counter((visit.unit, item) for visit in own for item in {item for _, item in visit.items})
    whole = [
        (u, d)
        for u, unit in enumerate(district.units)
        for d, duty in enumerate(unit.duties)
        if all(held[unit.unit_id, item] >= n for item, n in Counter(ask.item.item_id for ask in duty.asks).items())
    ]
    count = Counter(u for u, _ in whole)
    complete = [unit for u, unit in enumerate(district.units) if count[u] == len(unit.duties)]
    duties = sum(len(unit.duties) for unit in district.units)
    units = {visit.unit for visit in own}
    return {
        "units": len(units),
        "duties": duties,
        "held": len(whole),
        "lost": duties - len(whole),
        "incomplete": len(district.units) - len(complete),
        "doors": len(own),
        "proven_lost": sum(_lost(district, office, scale) for office in row.get("offices", ())),
        "proven_doors": len(units) + sum(_packed(district, unit) - 1 for unit in complete),
        "team_days": _team_days(district, own),
        "proven_team_days": team_days_at_least(district, whole),
        "uneven": _uneven(district, own),
    }


def _lost(district: District, office: Mapping[str, Any], scale: int) -> int:
    """What the stated prices of an office prove."""
    number = next(n for n, staff in enumerate(district.staffs) if staff.office == office["office"])
    room = next(r for r in rooms(district, number) if r.item == office["item"])
    prices = [min(scale, max(0, price)) for price in office["prices"]]
    return lost_at_least(room, dict(zip(sorted(room.needs), prices, strict=True)), scale)


def _packed(district: District, unit: Unit) -> int:
    """How many doors a unit needs at least: asks of which no half-day serves two."""
    masks = [ever(district, unit, duty) for duty in unit.duties]
    taken = count = 0
    for d, n in unit.prices:
        if not masks[d][n] & taken:
            taken |= masks[d][n]
            count += 1
    return max(1, count)


def _team_days(district: District, own: list[Visit]) -> int:
    """Teams that set out: whole-day ones, and in each street and day the most of morning and afternoon."""
    street = {unit.unit_id: unit.street or f"\x1f{unit.unit_id}" for unit in district.units}
    halves: Counter[tuple[str, str, str]] = Counter()
    whole = 0
    for visit in own:
        for office in visit.offices:
            if any(len(row.half_days) == 2 for row in visit.rows if row.office == office):
                whole += 1
            else:
                halves[office, street[visit.unit], visit.first] += 1
    days = {(office, name, half[:10]) for office, name, half in halves}
    return whole + sum(max(halves[o, name, f"{d}T1"], halves[o, name, f"{d}T2"]) for o, name, d in days)


def _uneven(district: District, own: list[Visit]) -> int:
    """People above the office's even share, summed over half-days."""
    share = dict(zip((staff.office for staff in district.staffs), even_share(district), strict=True))
    load = Counter((row.office, half) for visit in own for row in visit.rows for half in row.half_days)
    return sum(max(0, people - share[office]) for (office, _), people in load.items())
