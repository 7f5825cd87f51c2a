"""A calendar, rule by rule (日程复核), from the inputs alone; imports no solver and none of the planner's searching.

Each rule is one function to messages of what breaks it; a calendar is sound when there are none. A file edited by hand
is told apart from a sound one by what it breaks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from supervision.messages import Message, catalogue
from supervision.planner.check.people import Place, places_of, shortages
from supervision.planner.plan import Plan
from supervision.planner.visits.demand import Inputs, blocked_by_unit


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A visit as the calendar has it (日程中的一次检查)."""

    visit_id: str
    unit: str
    ordinal: int
    rows: tuple[Place, ...]

    @cached_property
    def offices(self) -> Counter[str]:
        """Its offices with the people that each sends (派员机构及人数), by id."""
        return Counter(sorted(row.office for row in self.rows))

    @cached_property
    def items(self) -> Counter[tuple[str, str]]:
        """(Office, item) → people who carry it (各事项的承担人数), sorted."""
        return Counter(sorted((row.office, item) for row in self.rows for item in row.items))

    @cached_property
    def first(self) -> str:
        """Its first half-day (首个半天)."""
        return min(self.half_days, default="")

    @cached_property
    def half_days(self) -> set[str]:
        """All half-days it takes (占用的半天)."""
        return {h for row in self.rows for h in row.half_days}


@dataclass(frozen=True, kw_only=True)
class Case:
    """All that is checked together (复核材料). `asked`: (unit, item) → tasks; `blocked`: unit → half-days or dates."""

    given: Inputs
    plan: Plan
    visits: Sequence[Visit]
    asked: Mapping[tuple[str, str], set[str]]
    region: Mapping[str, str]
    blocked: Mapping[str, Sequence[str]]


def check(given: Inputs, plan: Plan) -> list[Message]:
    """Return every violation of a calendar (复核日程), [] when it is sound."""
    asked: dict[tuple[str, str], set[str]] = {}
    for task, unit in given.drawn[["task_id", "unit_id"]].to_numpy().tolist():
        for item in given.tasks[task].items:
            asked.setdefault((unit, item), set()).add(task)
    case = Case(
        given=given,
        plan=plan,
        visits=visits(plan.calendar),
        asked=asked,
        region=dict(given.units[["unit_id", "region"]].to_numpy().tolist()),
        blocked=blocked_by_unit(given),
    )
    of_a_visit = (places, together, lengths, items, offices, enough, times)
    found = [said for visit in case.visits for rule in of_a_visit for said in rule(case, visit)]
    return found + [said for rule in (ids, one_level, apart, once, causes, people) for said in rule(case)]


def broken(rule: str, **params: object) -> Message:
    """Return the message of a broken rule (违反的规则)."""
    return Message.of(f"planner.check.{rule}", **params)


def places(_case: Case, visit: Visit) -> Iterator[Message]:
    """Places of an office run from 1 (名额编号)."""
    for office in visit.offices:
        numbers = sorted(row.number for row in visit.rows if row.office == office)
        if numbers != list(range(1, len(numbers) + 1)):
            yield broken("place_number", visit=visit.visit_id, office=office, places=" ".join(map(str, numbers)))


def together(_case: Case, visit: Visit) -> Iterator[Message]:
    """All places of a visit are on one day and begin in its first half-day (同时到场)."""
    starts = sorted({row.first for row in visit.rows})
    if len(starts) > 1:
        yield broken("same_start", visit=visit.visit_id, starts=" ".join(starts))


def lengths(case: Case, visit: Visit) -> Iterator[Message]:
    """A place takes one half-day, or morning and afternoon of one day, as its items need (半天完整)."""
    for row in visit.rows:
        needed = max((case.given.items[i].half_days for i in row.items if i in case.given.items), default=0)
        own = " ".join(row.half_days)
        day = own[:10]
        if own not in ((f"{day}T1", f"{day}T2") if needed == 1 else (f"{day}T1 {day}T2",)):
            yield broken("whole_day", visit=visit.visit_id, office=row.office, half_days=own, needed=needed)


def items(case: Case, visit: Visit) -> Iterator[Message]:
    """Every item is covered by as many places of its office as it needs people (事项有足够的人查)."""
    for (office, item), sent in visit.items.items():
        needed = case.given.items[item].inspectors if item in case.given.items else 0
        if sent < needed:
            yield broken("items", visit=visit.visit_id, office=office, item=item, sent=sent, needed=needed)


def offices(case: Case, visit: Visit) -> Iterator[Message]:
    """An item is inspected by an office of its department in the unit's district (机构管辖)."""
    region = case.region.get(visit.unit)
    for office, item in visit.items:
        noun, wanted = case.given.offices.get(office), case.given.items.get(item)
        if not noun or not wanted or (noun.department, noun.region) != (wanted.department, region):
            yield broken("office", visit=visit.visit_id, office=office, item=item)


def enough(case: Case, visit: Visit) -> Iterator[Message]:
    """Every office of a visit sends at least the law's least number of people (人数足够)."""
    for office, sent in visit.offices.items():
        if sent < case.given.least:
            yield broken("too_few_people", visit=visit.visit_id, office=office, sent=sent, needed=case.given.least)


def times(case: Case, visit: Visit) -> Iterator[Message]:
    """Only half-days that may be planned: working, not too early, not blocked, of the right half (可排的半天)."""
    open_ = {h for h in case.given.half_days.get(case.region.get(visit.unit, ""), ()) if h >= case.given.earliest}
    for h in sorted(visit.half_days):
        if h not in open_ or {h, h[:10]} & {*case.blocked.get(visit.unit, ())}:
            yield broken("not_a_half_day", visit=visit.visit_id, half_day=h)
    for item, half in ((i, case.given.halves.get(i, "")) for row in visit.rows for i in sorted(row.items)):
        if not visit.first.endswith(half):
            yield broken("wrong_half", visit=visit.visit_id, item=item, half=half)


def ids(case: Case) -> Iterator[Message]:
    """Visit ids are unit~ordinal, ordinals 1, 2, … by first half-day (检查编号)."""
    seen: Counter[str] = Counter()
    for visit in sorted(case.visits, key=lambda v: (v.unit, v.first, v.ordinal)):
        seen[visit.unit] += 1
        expected = f"{visit.unit}~{seen[visit.unit]}"
        if (visit.visit_id, visit.ordinal) != (expected, seen[visit.unit]):
            yield broken("visit_number", visit=visit.visit_id, expected=expected)


def one_level(case: Case) -> Iterator[Message]:
    """One office of a department comes to a unit, and none where another level of it does (同系统一级入企)."""
    sent: dict[tuple[str, str], set[str]] = {}
    for visit in case.visits:
        for office in visit.offices:
            department = case.given.offices[office].department if office in case.given.offices else office
            sent.setdefault((visit.unit, department), set()).add(office)
            if department in case.given.other_level.get(visit.unit, ()):
                yield broken("other_level", visit=visit.visit_id, office=office)
    for (unit, _), several in sorted(sent.items()):
        if len(several) > 1:
            yield broken("two_offices", unit=unit, offices=" ".join(sorted(several)))


def apart(case: Case) -> Iterator[Message]:
    """No unit has two visits in one half-day (一户不重叠)."""
    at: dict[tuple[str, str], list[str]] = {}
    for visit in case.visits:
        for h in visit.half_days:
            at.setdefault((visit.unit, h), []).append(visit.visit_id)
    for (unit, h), own in sorted(at.items()):
        if len(own) > 1:
            yield broken("unit_twice", unit=unit, half_day=h, visits=" ".join(sorted(own)))


def once(case: Case) -> Iterator[Message]:
    """Every item of a drawn task is held within the task's days or listed as unheld, no more than needed (不漏不重)."""
    tasks = case.given.tasks
    held: dict[tuple[str, str], list[Visit]] = {}
    for visit in case.visits:
        for item in sorted({item for _, item in visit.items}):
            held.setdefault((visit.unit, item), []).append(visit)
    out: dict[tuple[str, str], set[str]] = {}
    for unit, listed, names in case.plan.unheld[["unit_id", "items", "task_ids"]].to_numpy().tolist():
        for item in listed.split():
            own = {task for task in names.split() if task in tasks and item in tasks[task].items}
            out.setdefault((unit, item), set()).update(own)
    for key in sorted({*case.asked, *held, *out}):
        wanted, gone, (unit, item) = case.asked.get(key, set()), out.get(key, set()), key
        serving = [{task for task in wanted - gone if _within(case, visit, task)} for visit in held.get(key, [])]
        for task in sorted((wanted - gone).difference(*serving)):
            yield broken("item_lost", unit=unit, item=item, task=task)
        for task in sorted(gone - wanted):
            yield broken("item_unasked", unit=unit, item=item, visit=task)
        for n, visit in enumerate(held.get(key, [])):
            if not serving[n].difference(*serving[:n], *serving[n + 1 :]):
                yield broken("item_unasked", unit=unit, item=item, visit=visit.visit_id)


def causes(case: Case) -> Iterator[Message]:
    """Everything unheld has a cause with words (原因齐全)."""
    codes = dict(enumerate(cause.code for cause in case.plan.causes))
    unheld = case.plan.unheld[["unit_id", "items", "reason", "cause"]]
    for unit, listed, code, number in unheld.to_numpy().tolist():
        if codes.get(number) != code or f"planner.{code}" not in catalogue("planner"):
            yield broken("reason_missing", unit=unit, items=listed)


def people(case: Case) -> Iterator[Message]:
    """Every office has the people on every day, whoever is drawn (人手足够)."""
    taken = [row for visit in case.visits for row in visit.rows if row.half_days]
    for short in shortages(taken, case.given.roster, case.given.recusals):
        yield broken("day_short", **{**short._asdict(), "items": " ".join(sorted(short.items))})


def _within(case: Case, visit: Visit, task: str) -> bool:
    noun = case.given.tasks[task]
    return all(noun.start.isoformat() <= h[:10] <= noun.end.isoformat() for h in visit.half_days)


def visits(calendar: pd.DataFrame) -> list[Visit]:
    """Return the visits of a calendar table (日程中的检查), sorted by unit and ordinal."""
    rows: dict[tuple[str, int, str], list[Place]] = {}
    for place, ordinal in zip(places_of(calendar), calendar["ordinal"].tolist(), strict=True):
        rows.setdefault((place.unit, int(ordinal), place.visit_id), []).append(place)
    return [
        Visit(visit_id=name, unit=unit, ordinal=ordinal, rows=tuple(own))
        for (unit, ordinal, name), own in sorted(rows.items())
    ]
