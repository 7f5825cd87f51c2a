"""Least change (最小变更): what an illness, a closed office, a blocked unit or an urgent visit does to a calendar.

Aims, in this order: visits newly lost, told units moved, visits moved, people changed, days of shift. First substitutes
by the lottery's order: nothing moves. Where that fails, the fewest visits that must leave the office's day; each goes
to the half-day that changes fewest people and lies nearest, and if there is none another visit makes room.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from supervision.errors import SupervisionError
from supervision.planner.check.people import Place, inspectors, places_of
from supervision.planner.replan.holdings import Act, Choose, Holdings
from supervision.planner.replan.repair import Repair
from supervision.planner.visits.demand import Inputs, asks_of, blocked_by_unit, tasks_by_unit
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
    region = dict(given.units[["unit_id", "region"]].to_numpy().tolist())
    visits, staff = _visits(standing), inspectors(given.roster, given.recusals)
    people = {one.who: one for own in staff.values() for one in own}
    offices = {office for office, _ in event.closed} | {place.office for place in event.urgent}
    places = [place for own in visits.values() for place in own]
    offices |= {p.office for p in places if p.holder not in people or not people[p.holder].may(p)}
    touched = {given.offices[office].region for office in offices}
    touched |= {region[unit] for unit in (*event.cancelled, *event.blocked) if unit in region}
    visits = {visit: own for visit, own in sorted(visits.items()) if region[own[0].unit] in touched}
    state = Holdings(staff=staff, choose=choose)
    for own in visits.values():
        state.put(own)
    late = [visit for visit, own in visits.items() if own[0].first >= first]
    for visit in (visit for visit in late if visits[visit][0].unit in event.cancelled):
        state.remove(visit)
        state.acts.append(Act("cancelled", visit))
    notice = max(first, notice)
    found = Repair(
        free=_free(given, visits, event, notice, region),
        told=frozenset({*told, *(visit for visit in late if visits[visit][0].first < notice)}),
        fixed=frozenset(moved),
        first=first,
        closed=event.closed,
        alone=Holdings(staff=staff, choose=choose),
        state=state,
    )
    for visit in (visit for visit in late if visit in state.visits):
        blocked = event.blocked.get(visits[visit][0].unit, frozenset())
        if any(blocked & {place.day, *place.half_days} for place in visits[visit]):
            found.leave([(visit,)], found.rank((visit,)))
    found.days(event.urgent)
    return _change([place for own in visits.values() for place in own], found, event)


def _visits(standing: pd.DataFrame) -> dict[str, list[Place]]:
    """Visit → its places by office and number; a place without a holder or half-day, or twice, is refused."""
    found: dict[str, dict[tuple[str, int], Place]] = {}
    for place in places_of(standing):
        own = found.setdefault(place.visit_id, {})
        key = place.office, place.number
        if not place.holder or not place.half_days or key in own:
            raise SupervisionError("planner.standing", visit=place.visit_id, office=place.office, place=place.number)
        own[key] = place
    return {visit: [own[key] for key in sorted(own)] for visit, own in found.items()}


def _refuse_past(event: Event, first: str) -> None:
    dates = [day for _, day in event.closed]
    dates += [h for halves in event.blocked.values() for h in halves]
    dates += [h for place in event.urgent for h in place.half_days]
    for at in sorted(dates):
        if at < first[: len(at)]:
            raise SupervisionError("planner.change_past", at=at, first=first)


def _free(
    given: Inputs, visits: Mapping[str, list[Place]], event: Event, notice: str, region: Mapping[str, str]
) -> dict[str, list[tuple[str, ...]]]:
    """Visit → the half-days that it could take.

    In the windows of all its items, not blocked, no office closed, and not within the notice period.
    """
    tasks, blocked = tasks_by_unit(given), blocked_by_unit(given)
    grids = {name: Grid.of(half_days) for name, half_days in given.half_days.items()}
    late = {name: grid.listed(h for h in given.half_days[name] if h >= notice) for name, grid in grids.items()}
    found = {}
    for visit, own in visits.items():
        unit, where, offices = own[0].unit, region[own[0].unit], {place.office for place in own}
        grid, long = grids[where], max(len(place.half_days) for place in own)
        closed = [day for office, day in event.closed if office in offices]
        slots = grid.starts(late[where] & ~grid.listed([*event.blocked.get(unit, ()), *closed]), long)
        now = grid.listed([own[0].first])
        by_department = asks_of(given, grid, sorted(tasks.get(unit, ())), blocked[unit])
        asks = [ask for asked in by_department.values() for ask in asked if ask.slots & now]
        for item in sorted(frozenset().union(*(place.items for place in own))):
            slots &= next((ask.slots for ask in asks if ask.item.item_id == item), now)
        found[visit] = [tuple(grid.name(s) for s in range(slot, slot + long)) for slot in slots_of(slots)]
    return found


def _change(before: Sequence[Place], found: Repair, event: Event) -> Change:
    """The rows of changes.json, and what they come to."""
    after = {place.key: place for own in found.state.visits.values() for place in own}
    gone = {place.key: place for place in found.state.urgent}
    urgent = [gone.get(place.key, place) for place in event.urgent]
    rows = [("leave", "", "", p.office, 0, " ".join(p.half_days), "", p.holder) for p in urgent]
    people, days = 0, dict.fromkeys(found.moved, 0)
    for old in before:
        new = after.get(old.key)
        if new == old:
            continue
        kind, now, who = "cancelled", old.half_days, ""
        if new is not None:
            kind = "substituted" if old.half_days == new.half_days else "moved"
            now, who = new.half_days, new.holder
            people += old.holder != who
        rows.append((kind, old.visit_id, old.unit, old.office, old.number, " ".join(now), old.holder, who))
        if old.visit_id in days and now != old.half_days:
            shift = date.fromisoformat(now[0][:10]) - date.fromisoformat(old.day)
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
