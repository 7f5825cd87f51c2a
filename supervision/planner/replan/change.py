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
from supervision.planner.check.people import Place as Wanted
from supervision.planner.check.people import inspectors
from supervision.planner.replan.holdings import Act, Choose, Place, holdings, visit_of
from supervision.planner.replan.repair import Case, Repair
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
    region = dict(zip(given.units["unit_id"], given.units["region"], strict=True))
    touched = _regions(given, standing, event, region)
    own = standing[standing["unit_id"].map(region).isin(touched)]
    near = given.drawn["unit_id"].map(region).isin(touched)
    notice = max(first, notice)
    soon = own.loc[own["half_days"].between(first, notice, inclusive="left"), "visit_id"]
    grids, slots = _slots(replace(given, drawn=given.drawn[near]), own, event, notice)
    case = Case(
        grids=grids,
        slots=slots,
        told=frozenset({*told, *soon}),
        fixed=frozenset(moved),
        first=first,
        closed=event.closed,
    )
    state = holdings(own, given.roster, given.recusals, choose)
    before = dict(state.places)
    for visit in sorted(state.visits):
        places = visit_of(state, visit)
        if places[0].unit in event.cancelled and places[0].half_days[0] >= first:
            state.remove(visit)
            state.acts.append(Act("cancelled", visit))
    found = Repair(case=case, state=state)
    for visit in sorted(state.visits):
        place = visit_of(state, visit)[0]
        days = event.blocked.get(place.unit, frozenset())
        taken = {h for p in visit_of(state, visit) for h in (*p.half_days, *(h[:10] for h in p.half_days))}
        if place.half_days[0] >= first and days & taken:
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


def _regions(given: Inputs, standing: pd.DataFrame, event: Event, region: Mapping[str, str]) -> set[str]:
    """The districts that an event can touch: those of its units and offices, all where somebody is away."""
    units = {*event.cancelled, *event.blocked}
    offices = {office for office, _ in event.closed} | {place.office for place in event.urgent}
    people = {i.who: i for own in inspectors(given.roster, given.recusals).values() for i in own}
    columns = ["unit_id", "office", "half_days", "items", "inspector_id"]
    for unit, office, half_days, items, who in standing[columns].itertuples(index=False, name=None):
        place = Wanted(office=office, unit=unit, half_days=tuple(half_days.split()), items=frozenset(items.split()))
        if who not in people or not people[who].may(place):
            offices.add(office)
    return {region[u] for u in units if u in region} | {given.offices[o].region for o in offices}


def _slots(given: Inputs, standing: pd.DataFrame, event: Event, notice: str) -> tuple[dict[str, Grid], dict[str, int]]:
    """Each unit's grid, and the slots that every visit could take.

    Those of all its items' windows, not blocked and not within the notice period.
    """
    asks: dict[tuple[str, str], list[int]] = {}
    grids: dict[str, Grid] = {}
    for district in demand(replace(given, earliest="")).districts:
        for unit in district.units:
            grids[unit.unit_id] = district.grid
            for ask in (a for duty in unit.duties for a in duty.asks):
                asks.setdefault((unit.unit_id, ask.item.item), []).append(ask.slots)
    slots: dict[str, int] = {}
    table = standing[["visit_id", "unit_id", "half_days", "items"]]
    region = dict(zip(given.units["unit_id"], given.units["region"], strict=True))
    for name in sorted(set(table["unit_id"]) - set(grids)):  # nobody is left who could go there
        grids[name] = grid_of(replace(given, earliest=""), region[name])
    late = {grid.days: grid.listed([h for h in _names(grid) if h >= notice]) for grid in grids.values()}
    for visit, name, half_days, items in table.itertuples(index=False, name=None):
        grid = grids[name]
        now = grid.listed([half_days.split()[0]])
        mask = slots.get(visit, late[grid.days] & ~grid.listed(sorted(event.blocked.get(name, ()))))
        for item in items.split():
            mask &= next((own for own in asks.get((name, item), []) if own & now), now)
        slots[visit] = mask
    return grids, slots


def _names(grid: Grid) -> list[str]:
    return [grid.name(s) for s in slots_of(grid.open)]


def _change(before: Mapping[tuple[str, str, int], Place], found: Repair, event: Event) -> Change:
    """The rows of changes.json, and what they come to."""
    rows: list[tuple[str, str, str, str, int, str, str, str]] = []
    after, people = found.state.places, 0
    for place in event.urgent:
        taken = found.state.urgent.get(place.key, place)
        rows.append(("leave", "", "", place.office, 0, " ".join(taken.half_days), "", taken.holder))
    for key, old in before.items():
        new = after.get(key)
        cells = (old.visit_id, old.unit, old.office, old.number)
        if new is None:
            rows.append(("cancelled", *cells, " ".join(old.half_days), old.holder, ""))
        elif new != old:
            kind = "substituted" if old.half_days == new.half_days else "moved"
            people += old.holder != new.holder
            rows.append((kind, *cells, " ".join(new.half_days), old.holder, new.holder))
    days = 0
    for visit in found.moved:
        key = min(k for k in before if k[0] == visit)
        then, now = (date.fromisoformat(p[key].half_days[0][:10]) for p in (before, after))
        days += abs((now - then).days)
    frame = pd.DataFrame(sorted(rows), columns=CHANGES)
    return Change(
        changes=frame.astype({c: "int64" if c == "place" else "str" for c in CHANGES}),
        lost=len(found.lost),
        told=sum(v in found.case.told for v in found.moved),
        moved=len(found.moved),
        people=people,
        days=days,
        least=found.least,
        acts=tuple(found.state.acts),
        why={visit: found.why[visit] for visit in sorted(found.lost)},
    )
