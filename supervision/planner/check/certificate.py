"""A certificate, recomputed (证明复核): every figure in integers, from the inputs and the calendar, without a solver.

Counts are taken from the calendar's rows. A bound is proven again from the prices that the certificate states: weak
duality needs no trust in whoever found them. Computed bounds are only asked not to be below the proven ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from supervision.planner.check.calendar import Violation, Visit, visits
from supervision.planner.plan import Plan
from supervision.planner.proof.rooms import lost_at_least, rooms
from supervision.planner.proof.teamdays import team_days_at_least
from supervision.planner.visits.demand import Inputs, demand
from supervision.planner.visits.district import District, Unit
from supervision.planner.visits.doors import even_share, ever


def differences(given: Inputs, plan: Plan) -> list[Violation]:
    """Return every figure of a certificate that is not what a recomputation gives (证明与复算的差异)."""
    wanted = demand(given)
    stated: Mapping[str, Any] = plan.certificate
    own: dict[str, list[Visit]] = {}
    region = {unit.unit_id: d.region for d in wanted.districts for unit in d.units}
    for visit in visits(plan.calendar):
        own.setdefault(region.get(visit.unit, ""), []).append(visit)
    by_region = {row["region"]: row for row in stated["districts"]}
    found: list[Violation] = []
    total: dict[str, int] = {}
    for district in wanted.districts:
        row = by_region.pop(district.region, {})
        figures = _figures(district, own.get(district.region, []), row, stated["scale"])
        found.extend(_differ(district.region, row, figures))
        for name, number in figures.items():
            total[name] = total.get(name, 0) + number
    found.extend(
        _differ(
            "total",
            {**stated["total"], "impossible": stated["impossible"]},
            {**total, "impossible": len(wanted.impossible)},
        )
    )
    return [
        *found,
        *(Violation("figure", {"region": r, "name": "region", "stated": r, "found": "-"}) for r in by_region),
    ]


def _differ(region: str, stated: Mapping[str, Any], figures: Mapping[str, int]) -> Iterator[Violation]:
    for name, number in figures.items():
        if stated.get(name) != number:
            yield Violation("figure", {"region": region, "name": name, "stated": stated.get(name), "found": number})
    if stated.get("computed_lost", 0) < stated.get("proven_lost", 0):
        yield Violation(
            "figure",
            {
                "region": region,
                "name": "computed_lost",
                "stated": stated.get("computed_lost"),
                "found": stated.get("proven_lost"),
            },
        )


def _figures(district: District, own: list[Visit], row: Mapping[str, Any], scale: int) -> dict[str, int]:
    held = _held(own)
    whole = [
        (u, d)
        for u, unit in enumerate(district.units)
        for d in range(len(unit.duties))
        if all((unit.unit_id, ask.item.item, n) in held for n, ask in _numbered(unit, d))
    ]
    count = Counter(u for u, _ in whole)
    complete = [u for u, unit in enumerate(district.units) if count[u] == len(unit.duties)]
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
        "proven_doors": len(units) + sum(_packed(district, district.units[u]) - 1 for u in complete),
        "team_days": _team_days(district, own),
        "proven_team_days": team_days_at_least(district, whole),
        "uneven": _uneven(district, own),
    }


def _numbered(unit: Unit, duty: int) -> list[tuple[int, Any]]:
    """Asks of a duty, each with how many asks of the same item come before it."""
    seen: dict[str, int] = {}
    found = []
    for ask in unit.duties[duty].asks:
        found.append((seen.get(ask.item.item, 0), ask))
        seen[ask.item.item] = seen.get(ask.item.item, 0) + 1
    return found


def _held(own: list[Visit]) -> set[tuple[str, str, int]]:
    """(unit, item, number): the item is held so many times and once more."""
    count: dict[tuple[str, str], int] = {}
    found = set()
    for visit in own:
        for item in {item for r in visit.rows for item in r.items}:
            found.add((visit.unit, item, count.get((visit.unit, item), 0)))
            count[visit.unit, item] = count.get((visit.unit, item), 0) + 1
    return found


def _lost(district: District, office: Mapping[str, Any], scale: int) -> int:
    """What the stated prices of an office prove."""
    number = next(n for n, staff in enumerate(district.staffs) if staff.office == office["office"])
    room = next(r for r in rooms(district, number) if r.item == office["item"])
    prices = dict(zip(sorted(room.needs), office["prices"], strict=True))
    return lost_at_least(room, {need: min(scale, max(0, price)) for need, price in prices.items()}, scale)


def _packed(district: District, unit: Unit) -> int:
    """How many doors a unit needs at least: asks of which no half-day serves two."""
    taken = count = 0
    masks = [ever(district, unit, duty) for duty in unit.duties]
    for d, n in unit.prices:
        if not masks[d][n] & taken:
            taken |= masks[d][n]
            count += 1
    return max(1, count)


def _team_days(district: District, own: list[Visit]) -> int:
    """Teams that set out: whole-day ones, and in each street and day the most of morning and afternoon."""
    street = {unit.unit_id: unit.street or f"\x1f{unit.unit_id}" for unit in district.units}
    halves: dict[tuple[str, str, str], list[int]] = {}
    whole = 0
    for visit in own:
        for office in {row.office for row in visit.rows}:
            if any(len(row.half_days) == 2 for row in visit.rows if row.office == office):
                whole += 1
            else:
                count = halves.setdefault((office, street[visit.unit], visit.first[:10]), [0, 0])
                count[visit.first.endswith("T2")] += 1
    return whole + sum(max(count) for count in halves.values())


def _uneven(district: District, own: list[Visit]) -> int:
    load: dict[tuple[str, str], int] = {}
    for visit in own:
        for row in visit.rows:
            for half in row.half_days:
                load[row.office, half] = load.get((row.office, half), 0) + 1
    share = {s.office: n for s, n in zip(district.staffs, even_share(district), strict=True)}
    return sum(max(0, people - share[office]) for (office, _), people in load.items())
