"""A district's problem (一个区的排程问题): plain integers and bit masks, independent of every other district."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from supervision.planner.crew import Crew, Grid, crews, recused_by_unit
from supervision.planner.demand import Demand
from supervision.planner.safety import Group, alone, group_of

RISK_WEIGHT = {"": 0, "A": 0, "B": 1, "C": 4, "D": 16}  # how much a day's delay of a class counts, D first


class Ask(NamedTuple):
    """What one item of one task asks of an office (单项需求), in whichever visit it is held.

    `mask` who may cover it, `people` how many must, `team` the least team it comes with, `window` its task's slots.
    """

    office: int
    mask: int
    people: int
    team: int
    half_days: int
    window: tuple[int, int]

    @property
    def amount(self) -> int:
        """Inspector-half-days of those in `mask` (至少占用人·半天)."""
        return self.people * self.half_days

    def leads(self, other: Ask) -> bool:
        """Whether a team for this item alone would do for the other one too (可兼查)."""
        return self.mask & ~other.mask == 0 and self.team >= other.team and self.half_days >= other.half_days


@dataclass(frozen=True, kw_only=True)
class Job:
    """A visit to be placed (待安排的检查): its groups of places by office number, and the slots where it could start.

    `starts` are the slots of its window in which, the month being otherwise empty, every office has the people.
    `asks`: what its items ask, each by itself, so that bounds hold however visits might be split.
    """

    visit: int
    unit: str
    weight: int
    trip: int
    groups: tuple[tuple[int, Group], ...]
    window: tuple[int, int]
    starts: tuple[int, ...]
    asks: tuple[Ask, ...] = ()

    @property
    def whole_day(self) -> bool:
        """Whether any of its places lasts two half-days (是否全天)."""
        return any(g.whole_day for _, g in self.groups)

    @property
    def offices(self) -> tuple[int, ...]:
        """Numbers of its offices, ascending (参加机构)."""
        return tuple(sorted({o for o, _ in self.groups}))


@dataclass(frozen=True, kw_only=True)
class District:
    """A district's visits, offices and half-days (一个区的排程问题). Jobs are sorted by visit."""

    region: str
    grid: Grid
    crews: tuple[Crew, ...]
    jobs: tuple[Job, ...]

    def as_divided(self) -> District:
        """Return the district with its visits taken as they are (按现有合并): a visit asks what its teams ask together.

        Bounds on it hold for this division of the items into visits only, and are tighter.
        """
        jobs = [replace(job, unit=str(job.visit), asks=_teams_of(job)) for job in self.jobs]
        return replace(self, jobs=tuple(jobs))

    @cached_property
    def needed(self) -> tuple[int, ...]:
        """Inspector-half-days that all jobs would take from each office (各机构需求人·半天)."""
        totals = [0] * len(self.crews)
        for job in self.jobs:
            for office, group in job.groups:
                totals[office] += group.people * (2 if group.whole_day else 1)
        return tuple(totals)

    @cached_property
    def even_share(self) -> tuple[int, ...]:
        """People a half-day that an even month takes from each office (均衡人数).

        Rounded up, and never less than the office's largest team, as visits are whole.
        """
        largest = [0] * len(self.crews)
        for job in self.jobs:
            for office in job.offices:
                largest[office] = max(largest[office], sum(g.people for o, g in job.groups if o == office))
        slots = [sum(1 for slot in self.grid.open if crew.present[slot]) for crew in self.crews]
        return tuple(max(most, -(-n // max(1, s))) for most, n, s in zip(largest, self.needed, slots, strict=True))


def _teams_of(job: Job) -> tuple[Ask, ...]:
    """One ask for each office whose places are all alike; nothing from a team of several kinds."""
    asks = []
    for office in job.offices:
        own = [g for o, g in job.groups if o == office]
        if len(own) == 1:
            people, half_days = own[0].people, 2 if own[0].whole_day else 1
            asks.append(Ask(office, own[0].mask, people, people, half_days, job.window))
    return (*asks, *(a for a in job.asks if a.office not in {own.office for own in asks}))


def districts(
    demand: Demand,
    roster: pd.DataFrame,
    half_days_by_region: Mapping[str, list[str]],
    recusals: pd.DataFrame | None = None,
) -> list[District]:
    """Return one problem a district that has visits, sorted by region (按区拆分)."""
    recused = recused_by_unit(recusals)
    needs = needs_by_visit(demand)
    asked: dict[int, list[tuple[str, str, int, int, int, str, str]]] = {}
    for visit, *row in demand.asked.itertuples(index=False, name=None):
        asked.setdefault(visit, []).append((*row,))
    found = []
    for region, own in demand.visits.groupby("region", sort=True):
        grid = Grid.of(half_days_by_region[str(region)])
        names = sorted({office for v in own["visit"] for office, *_ in needs[v]})
        found.append(_district(str(region), grid, crews(roster, grid, names), own, needs, asked, recused))
    return found


def needs_by_visit(demand: Demand) -> dict[int, list[tuple[str, int, int, str]]]:
    """Return visit → its (office, people, half_days, items) in the demand's order (每次检查的派员要求)."""
    found: dict[int, list[tuple[str, int, int, str]]] = {}
    for visit, office, people, half_days, items in demand.needs.itertuples(index=False, name=None):
        found.setdefault(visit, []).append((office, people, half_days, items))
    return found


def _district(
    region: str,
    grid: Grid,
    staff: dict[str, Crew],
    visits: pd.DataFrame,
    needs: Mapping[int, list[tuple[str, int, int, str]]],
    asked: Mapping[int, list[tuple[str, str, int, int, int, str, str]]],
    recused: Mapping[str, frozenset[str]],
) -> District:
    order = sorted(staff)
    number = {office: i for i, office in enumerate(order)}
    slot = {grid.name(s): s for s in grid.open}
    trips: dict[tuple[object, ...], int] = {}
    seen: dict[tuple[object, ...], frozenset[int]] = {}
    jobs = []
    for visit, unit, street, grade, start, end in (
        visits[["visit", "unit_id", "street", "class", "start", "end"]]
        .sort_values("visit")
        .itertuples(index=False, name=None)
    ):
        away = recused.get(unit, frozenset())
        groups = tuple(
            (number[office], group_of(staff[office], frozenset(items.split()), half_days, people, away))
            for office, people, half_days, items in sorted(needs[visit])
        )
        offices = tuple(sorted({o for o, _ in groups}))
        trip = trips.setdefault((street, offices) if street else (visit,), len(trips))
        possible: frozenset[int] | None = None
        for office in offices:
            own = tuple(g for o, g in groups if o == office)
            if (office, own) not in seen:
                seen[office, own] = alone(staff[order[office]], grid, own)
            possible = seen[office, own] if possible is None else possible & seen[office, own]
        window = (slot[start], slot[end])
        starts = tuple(s for s in sorted(possible or ()) if window[0] <= s <= window[1])
        asks = {
            Ask(
                number[office],
                group_of(staff[office], frozenset([item]), half_days, people, away).mask,
                people,
                team,
                half_days,
                (slot[first], slot[last]),
            )
            for office, item, people, team, half_days, first, last in asked[visit]
        }
        jobs.append(
            Job(
                visit=visit,
                unit=unit,
                weight=RISK_WEIGHT.get(grade, 0),
                trip=trip,
                groups=groups,
                window=window,
                starts=starts,
                asks=tuple(sorted(asks)),
            )
        )
    return District(region=region, grid=grid, crews=tuple(staff[o] for o in order), jobs=tuple(jobs))
