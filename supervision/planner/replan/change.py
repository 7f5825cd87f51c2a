"""Least change (最小变更): what an illness, a closed office, a blocked unit or an urgent visit does to a calendar.

Aims, in this order: visits newly lost, told units moved, visits moved, people changed, days of shift. First substitutes
by the lottery's order: nothing moves. Where that fails, the fewest visits that must leave the office's day; each goes
to the half-day that changes fewest people and lies nearest, and if there is none another visit makes room.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from supervision.errors import SupervisionError
from supervision.planner.check.people import inspectors
from supervision.planner.replan.holdings import Act, Choose, Holdings, Place, places_of
from supervision.planner.replan.repair import Repair
from supervision.planner.visits.demand import Inputs, demand, grid_of
from supervision.planner.visits.halfdays import Grid, slots_of

CHANGES = ["kind", "visit_id", "unit_id", "office", "place", "half_days", "out", "inspector_id"]


@dataclass(frozen=True, kw_only=True)
class Event:
    """What happened (变更事由). Leave is in the roster already; the rest stands here.

    `cancelled`: units that are closed; `blocked`: unit → dates or half-days; `closed`: (office, date) when an office
    cannot come; `urgent`: places without a holder, for which people are taken out of an office's day.
    """

    cancelled: frozenset[str] = frozenset()
    blocked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    closed: frozenset[tuple[str, str]] = frozenset()
    urgent: tuple[Place, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Change:
    """What changes (变更结果).

    `changes`: columns `CHANGES`, place int64, one row a place as in changes.json: kind substituted, moved, cancelled
    (`out` the holder before, `inspector_id` the one after, "" none), and leave for who goes to an urgent visit.
    `lost` visits without a half-day left, `told` told units moved, `moved` visits moved, `people` places that change
    hands, `days` of shift. `least`: (lost, told, moved) below which no change of this calendar is.
    """

    changes: pd.DataFrame
    lost: int
    told: int
    moved: int
    people: int
    days: int
    least: tuple[int, int, int]
    acts: tuple[Act, ...] = ()
    why: Mapping[str, str] = field(default_factory=dict)

    @property
    def proven(self) -> bool:
        """Whether no change loses or moves less (是否证明为最小变更)."""
        return (self.lost, self.told, self.moved) == self.least


def replan(
    given: Inputs,
    standing: pd.DataFrame,
    event: Event,
    *,
    choose: Choose,
    first: str,
    notice: str = "",
    told: Iterable[str] = (),
    moved: Iterable[str] = (),
) -> Change:
    """Return the least change of a drawn calendar (最小变更).

    `given`: as for the calendar, roster and recusals as they stand now; `standing`: visit_id, unit_id, office, place,
    half_days, items, inspector_id; `choose`: the lottery's choice; `first`: the first half-day that has not begun;
    `notice`: the first one after the notice period, "" without one: what lies before it leaves only when it cannot be
    held, its unit counts as told, and nothing moves there; `told`: visits announced to their units; `moved`: visits
    that were moved before and may not be again. Something that happens before `first`: SupervisionError.
    """
    _refuse_past(event, first)
    notice = max(first, notice)
    region = dict(given.units[["unit_id", "region"]].to_numpy().tolist())
    standing_places, staff = places_of(standing), inspectors(given.roster, given.recusals)
    people = {one.who: one for own in staff.values() for one in own}
    offices = {office for office, _ in event.closed} | {place.office for place in event.urgent}
    offices |= {p.office for p in standing_places if p.holder not in people or not people[p.holder].may(p)}
    touched = {given.offices[office].region for office in offices}
    touched |= {region[unit] for unit in (*event.cancelled, *event.blocked) if unit in region}
    near = replace(given, drawn=given.drawn[given.drawn["unit_id"].map(region).isin(touched)], earliest="")
    state = Holdings(staff=staff, choose=choose)
    for place in standing_places:
        if region[place.unit] in touched:
            state.add(place)
    grids, slots = _slots(near, state, event, notice, region)
    before = dict(state.places)
    visits = {visit: state.visit(visit) for visit in sorted(state.visits)}
    soon = {visit for visit, own in visits.items() if first <= own[0].first < notice}
    for visit, own in visits.items():
        if own[0].unit in event.cancelled and own[0].first >= first:
            state.cancel(visit)
    found = Repair(
        grids=grids,
        slots=slots,
        told=frozenset({*told, *soon}),
        fixed=frozenset(moved),
        first=first,
        closed=event.closed,
        state=state,
    )
    for visit in sorted(state.visits):
        own = visits[visit]
        halves = {h for place in own for h in place.half_days}
        if own[0].first >= first and event.blocked.get(own[0].unit, frozenset()) & {own[0].day, *halves}:
            found.leave([(visit,)])
    found.days(event.urgent)
    return _change(before, found, event)


def _refuse_past(event: Event, first: str) -> None:
    dates = [day for _, day in event.closed]
    dates += [h for halves in event.blocked.values() for h in halves]
    dates += [h for place in event.urgent for h in place.half_days]
    for at in sorted(dates):
        if at < first[: len(at)]:
            raise SupervisionError("planner.change_past", at=at, first=first)


def _slots(
    given: Inputs, state: Holdings, event: Event, notice: str, region: Mapping[str, str]
) -> tuple[dict[str, Grid], dict[str, int]]:
    """Each unit's grid, and the slots that every visit could take.

    Those of all its items' windows, not blocked and not within the notice period.
    """
    asks: dict[tuple[str, str], list[int]] = {}
    for unit in (unit for district in demand(given).districts for unit in district.units):
        for ask in (ask for duty in unit.duties for ask in duty.asks):
            asks.setdefault((unit.unit_id, ask.item.item), []).append(ask.slots)
    by_region = {name: grid_of(given, name) for name in sorted({region[p.unit] for p in state.places.values()})}
    grids = {place.unit: by_region[region[place.unit]] for place in state.places.values()}
    free = {
        name: grid.listed(h for h in map(grid.name, slots_of(grid.open)) if h >= notice)
        for name, grid in by_region.items()
    }
    slots: dict[str, int] = {}
    for place in state.places.values():
        grid = grids[place.unit]
        now = grid.listed([place.first])
        mask = slots.get(place.visit_id, free[region[place.unit]] & ~grid.listed(event.blocked.get(place.unit, ())))
        for item in place.items:
            mask &= next((own for own in asks.get((place.unit, item), []) if own & now), now)
        slots[place.visit_id] = mask
    return grids, slots


def _change(before: Mapping[tuple[str, str, int], Place], found: Repair, event: Event) -> Change:
    """The rows of changes.json, and what they come to."""
    rows: list[tuple[str, str, str, str, int, str, str, str]] = []
    people, days = 0, dict.fromkeys(found.moved, 0)
    for place in event.urgent:
        taken = found.state.urgent.get(place.key, place)
        rows.append(("leave", "", "", place.office, 0, " ".join(taken.half_days), "", taken.holder))
    for key, old in before.items():
        new = found.state.places.get(key)
        cells = (old.visit_id, old.unit, old.office, old.number)
        if new is None:
            rows.append(("cancelled", *cells, " ".join(old.half_days), old.holder, ""))
        elif new != old:
            kind = "substituted" if old.half_days == new.half_days else "moved"
            people += old.holder != new.holder
            rows.append((kind, *cells, " ".join(new.half_days), old.holder, new.holder))
            if old.visit_id in days:
                shift = date.fromisoformat(new.day) - date.fromisoformat(old.day)
                days[old.visit_id] = abs(shift.days)
    frame = pd.DataFrame(sorted(rows), columns=CHANGES)
    return Change(
        changes=frame.astype({c: "int64" if c == "place" else "str" for c in CHANGES}),
        lost=len(found.lost),
        told=sum(v in found.told for v in found.moved),
        moved=len(found.moved),
        people=people,
        days=sum(days.values()),
        least=found.least,
        acts=tuple(found.state.acts),
        why={visit: found.why[visit] for visit in sorted(found.lost)},
    )
