"""Check (日程复核): every rule of a calendar recomputed from demand, roster and half-days; imports no solver.

Each rule is one function from a `Case` to sentences; a calendar is sound when there are none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from supervision.messages import say
from supervision.planner.check_people import Place, shortages
from supervision.planner.demand import Demand

if TYPE_CHECKING:
    from supervision.planner.plan import Plan


@dataclass(frozen=True, kw_only=True)
class Held:
    """A visit as the calendar has it (日程中的一次检查): its places (office, number, half-days, items)."""

    visit_id: str
    unit: str
    places: tuple[tuple[str, int, tuple[str, ...], frozenset[str]], ...]

    @property
    def first(self) -> str:
        """Its first half-day (首个半天)."""
        return min((h for p in self.places for h in p[2]), default="")

    @property
    def half_days(self) -> set[str]:
        """All half-days it holds (占用的半天)."""
        return {h for p in self.places for h in p[2]}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A visit as the demand has it (需求中的一次检查): window and needs (office, people, half-days, items).

    `asked`: office and item → how many people must cover it.
    """

    visit: int
    unit: str
    region: str
    start: str
    end: str
    tasks: str
    needs: tuple[tuple[str, int, int, frozenset[str]], ...]
    asked: Mapping[tuple[str, str], int]


@dataclass(frozen=True, kw_only=True)
class Case:
    """All that is checked together (复核材料). `pairs`: visit_id → the demanded visit it stands for, or None."""

    held: Mapping[str, Held]
    wanted: Mapping[int, Wanted]
    pairs: Mapping[str, Wanted | None]
    half_days: Mapping[str, frozenset[str]]
    names: Mapping[str, str]
    lang: str

    def say(self, code: str, **params: object) -> str:
        """Return one sentence in the language asked for (复核提示)."""
        return say(f"planner.check.{code}", self.lang, **params)


def check(
    demand: Demand,
    plan: Plan,
    roster: pd.DataFrame,
    half_days_by_region: Mapping[str, list[str]],
    *,
    recusals: pd.DataFrame | None = None,
    lang: str = "zh",
) -> list[str]:
    """Return every violation of a calendar as a sentence (复核日程), [] when it is sound.

    Arguments as for `solve`; `lang` zh or en.
    """
    held = _held(plan.calendar)
    wanted = _wanted(demand)
    names = dict(zip(demand.offices["office"], demand.offices["name"], strict=True))
    case = Case(
        held=held,
        wanted=wanted,
        pairs=_pairs(held, wanted),
        half_days={r: frozenset(h) for r, h in half_days_by_region.items()},
        names={o: f"{name}（{o}）" for o, name in names.items()},
        lang=lang,
    )
    found = []
    for rule in (
        visit_numbers,
        asked_for,
        places_numbered,
        together,
        half_days_whole,
        in_window,
        working_half_days,
        unit_once,
        people_enough,
        items_covered,
    ):
        found.extend(rule(case))
    found.extend(each_once(case, plan.unheld))
    found.extend(parts_explained(case, demand, plan.unheld))
    found.extend(enough_people(case, roster, recusals))
    return found


def visit_numbers(case: Case) -> list[str]:
    """Visit ids are unit~ordinal by first half-day (检查编号)."""
    found = []
    by_unit: dict[str, list[Held]] = {}
    for visit in case.held.values():
        by_unit.setdefault(visit.unit, []).append(visit)
    for unit, visits in sorted(by_unit.items()):
        for number, visit in enumerate(sorted(visits, key=lambda v: (v.first, v.visit_id)), start=1):
            if visit.visit_id != f"{unit}~{number}":
                found.append(case.say("visit_number", visit=visit.visit_id, expected=f"{unit}~{number}"))
    return found


def asked_for(case: Case) -> list[str]:
    """Every visit in the calendar was demanded (有据可查)."""
    return [case.say("visit_unasked", visit=v) for v, wanted in case.pairs.items() if wanted is None]


def places_numbered(case: Case) -> list[str]:
    """Places of an office run from 1 (名额编号)."""
    found = []
    for visit in case.held.values():
        for office in sorted({p[0] for p in visit.places}):
            numbers = sorted(p[1] for p in visit.places if p[0] == office)
            if numbers != list(range(1, len(numbers) + 1)):
                found.append(
                    case.say(
                        "place_number",
                        visit=visit.visit_id,
                        office=case.names.get(office, office),
                        places=" ".join(map(str, numbers)),
                    )
                )
    return found


def together(case: Case) -> list[str]:
    """All people of a visit begin in the same half-day (同时到场)."""
    found = []
    for visit in case.held.values():
        starts = sorted({min(p[2], default="") for p in visit.places})
        if len(starts) > 1:
            found.append(case.say("same_start", visit=visit.visit_id, starts=" ".join(starts)))
    return found


def half_days_whole(case: Case) -> list[str]:
    """A place holds one half-day, or morning and afternoon of one day, as its items need (半天完整)."""
    found = []
    for visit, wanted in _paired(case):
        for office, _, half_days, items in visit.places:
            needed = max((n[2] for n in wanted.needs if n[0] == office and n[3] == items), default=0)
            day = half_days[0][:10] if half_days else ""
            right = ((f"{day}T1",), (f"{day}T2",)) if needed == 1 else ((f"{day}T1", f"{day}T2"),)
            if half_days not in right:
                found.append(
                    case.say(
                        "whole_day",
                        visit=visit.visit_id,
                        office=case.names.get(office, office),
                        half_days=" ".join(half_days),
                        needed=needed,
                    )
                )
    return found


def in_window(case: Case) -> list[str]:
    """A visit lies within the window of all its tasks (任务时间内)."""
    return [
        case.say("outside_window", visit=visit.visit_id, half_day=half_day, start=wanted.start, end=wanted.end)
        for visit, wanted in _paired(case)
        for half_day in sorted(visit.half_days)
        if not wanted.start <= half_day <= wanted.end
    ]


def working_half_days(case: Case) -> list[str]:
    """Only working half-days of the district are held, no quiet day (避开休息日和安静期)."""
    return [
        case.say("not_a_half_day", visit=visit.visit_id, half_day=half_day, region=wanted.region)
        for visit, wanted in _paired(case)
        for half_day in sorted(visit.half_days - case.half_days.get(wanted.region, frozenset()))
    ]


def unit_once(case: Case) -> list[str]:
    """No unit has two visits in one half-day (一户不重叠)."""
    at: dict[tuple[str, str], list[str]] = {}
    for visit in case.held.values():
        for half_day in visit.half_days:
            at.setdefault((visit.unit, half_day), []).append(visit.visit_id)
    return [
        case.say("unit_twice", unit=unit, half_day=half_day, visits=" ".join(sorted(visits)))
        for (unit, half_day), visits in sorted(at.items())
        if len(visits) > 1
    ]


def people_enough(case: Case) -> list[str]:
    """Every office sends at least the people the law and its items ask for (人数足够)."""
    found = []
    for visit, wanted in _paired(case):
        sent = Counter(p[0] for p in visit.places)
        needed: Counter[str] = Counter()
        for office, people, _, _ in wanted.needs:
            needed[office] += people
        for office, people in sorted(needed.items()):
            if sent[office] < people:
                found.append(
                    case.say(
                        "too_few_people",
                        visit=visit.visit_id,
                        office=case.names.get(office, office),
                        sent=sent[office],
                        needed=people,
                    )
                )
    return found


def items_covered(case: Case) -> list[str]:
    """Every item is covered by as many people of its office as it needs (事项有足够的人查)."""
    found = []
    for visit, wanted in _paired(case):
        sent = Counter((p[0], item) for p in visit.places for item in p[3])
        for (office, item), needed in sorted(wanted.asked.items()):
            if sent[office, item] < needed:
                found.append(
                    case.say(
                        "items",
                        visit=visit.visit_id,
                        office=case.names.get(office, office),
                        item=item,
                        sent=sent[office, item],
                        needed=needed,
                    )
                )
    return found


def each_once(case: Case, unheld: pd.DataFrame) -> list[str]:
    """Every demanded visit is held or explained, exactly once (一次不漏)."""
    times = Counter(w.visit for w in case.pairs.values() if w is not None)
    times.update(int(v) for v in unheld["visit"] if v > 0)
    found = []
    for number, wanted in case.wanted.items():
        if times[number] != 1:
            code = "visit_twice" if times[number] else "visit_lost"
            found.append(case.say(code, unit=wanted.unit, tasks=wanted.tasks))
    return found


def parts_explained(case: Case, demand: Demand, unheld: pd.DataFrame) -> list[str]:
    """What no calendar can hold is listed too, and every row has its reason in words (原因齐全)."""
    listed = Counter(zip(unheld["unit_id"], unheld["task_ids"], unheld["office"], unheld["items"], strict=True))
    parts = demand.impossible[["unit_id", "task_ids", "office", "items"]].itertuples(index=False, name=None)
    found = [case.say("visit_lost", unit=p[0], tasks=p[1]) for p in parts if not listed[p]]
    for unit, tasks, *texts in unheld[["unit_id", "task_ids", "reason", "text_zh", "text_en"]].itertuples(
        index=False, name=None
    ):
        if not all(isinstance(text, str) and text for text in texts):
            found.append(case.say("reason_missing", unit=unit, tasks=tasks))
    return found


def enough_people(case: Case, roster: pd.DataFrame, recusals: pd.DataFrame | None) -> list[str]:
    """Every office has the people in every half-day, whoever is drawn (人手足够)."""
    places = [
        Place(office=office, unit=visit.unit, half_days=half_days, items=items)
        for visit in case.held.values()
        for office, _, half_days, items in visit.places
        if half_days
    ]
    found = []
    for short in shortages(places, roster, recusals):
        code = "morning_short" if short.half_day.endswith("T1") else "afternoon_short"
        found.append(
            case.say(
                code,
                office=case.names.get(short.office, short.office),
                half_day=short.half_day,
                needed=short.needed,
                available=short.available,
                all_day=short.all_day,
                at_limit=short.at_limit,
                items=" ".join(sorted(short.items)),
            )
        )
    return found


def _paired(case: Case) -> list[tuple[Held, Wanted]]:
    return [(case.held[v], wanted) for v, wanted in case.pairs.items() if wanted is not None]


def _held(calendar: pd.DataFrame) -> dict[str, Held]:
    rows: dict[tuple[str, str], list[tuple[str, int, tuple[str, ...], frozenset[str]]]] = {}
    columns = ["visit_id", "unit_id", "office", "place", "half_days", "items"]
    for visit, unit, office, place, half_days, items in calendar[columns].itertuples(index=False, name=None):
        row = (office, int(place), tuple(half_days.split()), frozenset(items.split()))
        rows.setdefault((visit, unit), []).append(row)
    return {v: Held(visit_id=v, unit=u, places=tuple(places)) for (v, u), places in sorted(rows.items())}


def _wanted(demand: Demand) -> dict[int, Wanted]:
    needs: dict[int, list[tuple[str, int, int, frozenset[str]]]] = {}
    for visit, office, people, half_days, items in demand.needs.itertuples(index=False, name=None):
        needs.setdefault(visit, []).append((office, people, half_days, frozenset(items.split())))
    asked: dict[int, dict[tuple[str, str], int]] = {}
    for visit, office, item, people in demand.asked[["visit", "office", "item", "people"]].itertuples(
        index=False, name=None
    ):
        asked.setdefault(visit, {})[office, item] = people
    columns = ["visit", "unit_id", "region", "start", "end", "task_ids"]
    return {
        visit: Wanted(
            visit=visit,
            unit=unit,
            region=region,
            start=start,
            end=end,
            tasks=tasks,
            needs=tuple(needs.get(visit, [])),
            asked=asked.get(visit, {}),
        )
        for visit, unit, region, start, end, tasks in demand.visits[columns].itertuples(index=False, name=None)
    }


def _pairs(held: Mapping[str, Held], wanted: Mapping[int, Wanted]) -> dict[str, Wanted | None]:
    """Match each visit of the calendar to a demanded one: same unit and offices; right window first, then by time."""
    open_visits: dict[str, list[Wanted]] = {}
    for visit in wanted.values():
        open_visits.setdefault(visit.unit, []).append(visit)
    pairs: dict[str, Wanted | None] = {}
    for visit_id, one in sorted(held.items(), key=lambda pair: (pair[1].unit, pair[1].first, pair[0])):
        own = [w for w in open_visits.get(one.unit, []) if {n[0] for n in w.needs} == {p[0] for p in one.places}]
        own.sort(key=lambda w: (not w.start <= one.first <= w.end, not _same_items(one, w), w.end))
        pairs[visit_id] = own[0] if own else None
        if own:
            open_visits[one.unit].remove(own[0])
    return pairs


def _same_items(held: Held, wanted: Wanted) -> bool:
    return {(p[0], p[3]) for p in held.places} == {(n[0], n[3]) for n in wanted.needs}
