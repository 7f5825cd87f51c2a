"""A calendar, rule by rule (日程复核), from the inputs alone; imports no solver and none of the planner's searching.

Each rule is one function from a `Case` to violations, a code of `texts.planner` with its parameters; a calendar is
sound when there are none. A file edited by hand is told apart from a sound one by what it breaks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from supervision.messages import catalogue
from supervision.planner.check.people import Place, shortages
from supervision.planner.plan import Plan
from supervision.planner.visits.demand import Inputs


class Violation(NamedTuple):
    """A broken rule (违反的规则): code after `planner.check.` and the parameters of its words."""

    code: str
    params: Mapping[str, object]


class Row(NamedTuple):
    """A place of a visit (日程中的一个名额)."""

    office: str
    place: int
    half_days: tuple[str, ...]
    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A visit as the calendar has it (日程中的一次检查)."""

    visit_id: str
    unit: str
    ordinal: int
    rows: tuple[Row, ...]

    @property
    def first(self) -> str:
        """Its first half-day (首个半天)."""
        return min((h for row in self.rows for h in row.half_days), default="")

    @property
    def half_days(self) -> set[str]:
        """All half-days it takes (占用的半天)."""
        return {h for row in self.rows for h in row.half_days}


@dataclass(frozen=True, kw_only=True)
class Case:
    """All that is checked together (复核材料). `asked`: (unit, item) → tasks; `blocked`: unit → half-days or dates."""

    given: Inputs
    plan: Plan
    visits: Sequence[Visit]
    asked: Mapping[tuple[str, str], frozenset[str]]
    region: Mapping[str, str]
    blocked: Mapping[str, frozenset[str]]


def check(given: Inputs, plan: Plan) -> list[Violation]:
    """Return every violation of a calendar (复核日程), [] when it is sound."""
    case = _case(given, plan)
    found: list[Violation] = []
    for rule in (ids, places, together, lengths, items, offices, one_level, enough, times, apart, once, causes, people):
        found.extend(rule(case))
    return found


def ids(case: Case) -> Iterator[Violation]:
    """Visit ids are unit~ordinal, ordinals 1, 2, … by first half-day (检查编号)."""
    by_unit: dict[str, list[Visit]] = {}
    for visit in case.visits:
        by_unit.setdefault(visit.unit, []).append(visit)
    for unit, own in sorted(by_unit.items()):
        for number, visit in enumerate(sorted(own, key=lambda v: (v.first, v.ordinal)), start=1):
            if visit.ordinal != number or visit.visit_id != f"{unit}~{number}":
                yield Violation("visit_number", {"visit": visit.visit_id, "expected": f"{unit}~{number}"})


def places(case: Case) -> Iterator[Violation]:
    """Places of an office run from 1 (名额编号)."""
    for visit in case.visits:
        for office in sorted({row.office for row in visit.rows}):
            numbers = sorted(row.place for row in visit.rows if row.office == office)
            if numbers != list(range(1, len(numbers) + 1)):
                yield Violation(
                    "place_number", {"visit": visit.visit_id, "office": office, "places": " ".join(map(str, numbers))}
                )


def together(case: Case) -> Iterator[Violation]:
    """All places of a visit are on one day and begin in its first half-day (同时到场)."""
    for visit in case.visits:
        starts = sorted({min(row.half_days, default="") for row in visit.rows})
        if len(starts) > 1:
            yield Violation("same_start", {"visit": visit.visit_id, "starts": " ".join(starts)})


def lengths(case: Case) -> Iterator[Violation]:
    """A place takes one half-day, or morning and afternoon of one day, as its items need (半天完整)."""
    for visit in case.visits:
        for row in visit.rows:
            needed = max((case.given.items[i].half_days for i in row.items if i in case.given.items), default=0)
            day = row.half_days[0][:10] if row.half_days else ""
            right = ((f"{day}T1",), (f"{day}T2",)) if needed == 1 else ((f"{day}T1", f"{day}T2"),)
            if row.half_days not in right:
                yield Violation(
                    "whole_day",
                    {
                        "visit": visit.visit_id,
                        "office": row.office,
                        "half_days": " ".join(row.half_days),
                        "needed": needed,
                    },
                )


def items(case: Case) -> Iterator[Violation]:
    """Every item is covered by as many places of its office as it needs people (事项有足够的人查)."""
    for visit in case.visits:
        sent = Counter((row.office, item) for row in visit.rows for item in row.items)
        for (office, item), count in sorted(sent.items()):
            noun = case.given.items.get(item)
            if noun is not None and count < noun.inspectors:
                yield Violation(
                    "items",
                    {"visit": visit.visit_id, "office": office, "item": item, "sent": count, "needed": noun.inspectors},
                )


def offices(case: Case) -> Iterator[Violation]:
    """An item is inspected by an office of its department in the unit's district (机构管辖)."""
    for visit in case.visits:
        for office, item in sorted({(row.office, item) for row in visit.rows for item in row.items}):
            noun, wanted = case.given.offices.get(office), case.given.items.get(item)
            right = (
                noun and wanted and (noun.department, noun.region) == (wanted.department, case.region.get(visit.unit))
            )
            if not right:
                yield Violation("office", {"visit": visit.visit_id, "office": office, "item": item})


def one_level(case: Case) -> Iterator[Violation]:
    """One office of a department comes to a unit, and none where another level of it does (同系统一级入企)."""
    sent: dict[tuple[str, str], set[str]] = {}
    for visit in case.visits:
        for office in sorted({row.office for row in visit.rows}):
            noun = case.given.offices.get(office)
            department = noun.department if noun else office
            sent.setdefault((visit.unit, department), set()).add(office)
            if department in case.given.other_level.get(visit.unit, ()):
                yield Violation("other_level", {"visit": visit.visit_id, "office": office})
    for (unit, _), several in sorted(sent.items()):
        if len(several) > 1:
            yield Violation("two_offices", {"unit": unit, "offices": " ".join(sorted(several))})


def enough(case: Case) -> Iterator[Violation]:
    """Every office of a visit sends at least the law's least number of people (人数足够)."""
    for visit in case.visits:
        for office, sent in sorted(Counter(row.office for row in visit.rows).items()):
            if sent < case.given.least:
                yield Violation(
                    "too_few_people",
                    {"visit": visit.visit_id, "office": office, "sent": sent, "needed": case.given.least},
                )


def times(case: Case) -> Iterator[Violation]:
    """Only half-days that may be planned: working, not too early, not blocked, of the right half (可排的半天)."""
    for visit in case.visits:
        open_ = set(case.given.half_days.get(case.region.get(visit.unit, ""), ()))
        blocked = case.blocked.get(visit.unit, frozenset())
        for h in sorted(visit.half_days):
            if h not in open_ or h < case.given.earliest or h in blocked or h[:10] in blocked:
                yield Violation("not_a_half_day", {"visit": visit.visit_id, "half_day": h})
        for row in visit.rows:
            for item in row.items:
                half = case.given.halves.get(item, "")
                if half and any(not h.endswith(half) for h in row.half_days[:1]):
                    yield Violation("wrong_half", {"visit": visit.visit_id, "item": item, "half": half})


def apart(case: Case) -> Iterator[Violation]:
    """No unit has two visits in one half-day (一户不重叠)."""
    at: dict[tuple[str, str], list[str]] = {}
    for visit in case.visits:
        for h in visit.half_days:
            at.setdefault((visit.unit, h), []).append(visit.visit_id)
    for (unit, h), own in sorted(at.items()):
        if len(own) > 1:
            yield Violation("unit_twice", {"unit": unit, "half_day": h, "visits": " ".join(sorted(own))})


def once(case: Case) -> Iterator[Violation]:
    """Every item of a drawn task is held within the task's days or listed as unheld, no more than needed (不漏不重)."""
    held: dict[tuple[str, str], list[Visit]] = {}
    for visit in case.visits:
        for item in sorted({item for row in visit.rows for item in row.items}):
            held.setdefault((visit.unit, item), []).append(visit)
    out: dict[tuple[str, str], set[str]] = {}
    unheld = case.plan.unheld[["unit_id", "items", "task_ids"]]
    for unit, listed, tasks in unheld.itertuples(index=False, name=None):
        for item in listed.split():
            out.setdefault((unit, item), set()).update(
                t for t in tasks.split() if t in case.given.tasks and item in case.given.tasks[t].items
            )
    for key in sorted(set(case.asked) | set(held) | set(out)):
        unit, item = key
        wanted, gone = case.asked.get(key, frozenset()), out.get(key, set())
        serving = [frozenset(t for t in wanted - gone if _within(case, visit, t)) for visit in held.get(key, [])]
        for task in sorted((wanted - gone).difference(*serving)):
            yield Violation("item_lost", {"unit": unit, "item": item, "task": task})
        for task in sorted(gone - wanted):
            yield Violation("item_unasked", {"unit": unit, "item": item, "visit": task})
        for n, visit in enumerate(held.get(key, [])):
            if not serving[n].difference(*(own for m, own in enumerate(serving) if m != n)):
                yield Violation("item_unasked", {"unit": unit, "item": item, "visit": visit.visit_id})


def causes(case: Case) -> Iterator[Violation]:
    """Everything unheld has a cause with words (原因齐全)."""
    known = catalogue("planner")
    unheld = case.plan.unheld[["unit_id", "items", "reason", "cause"]]
    for unit, listed, code, number in unheld.itertuples(index=False, name=None):
        found = case.plan.causes[number].code if 0 <= number < len(case.plan.causes) else ""
        if found != code or f"planner.{code}" not in known:
            yield Violation("reason_missing", {"unit": unit, "items": listed})


def people(case: Case) -> Iterator[Violation]:
    """Every office has the people on every day, whoever is drawn (人手足够)."""
    taken = [
        Place(office=row.office, unit=visit.unit, half_days=row.half_days, items=frozenset(row.items))
        for visit in case.visits
        for row in visit.rows
        if row.half_days
    ]
    for short in shortages(taken, case.given.roster, case.given.recusals):
        yield Violation(
            "day_short",
            {
                "office": short.office,
                "day": short.day,
                "needed": short.needed,
                "available": short.available,
                "items": " ".join(sorted(short.items)),
            },
        )


def _within(case: Case, visit: Visit, task: str) -> bool:
    noun = case.given.tasks[task]
    return all(noun.start.isoformat() <= h[:10] <= noun.end.isoformat() for h in visit.half_days)


def _case(given: Inputs, plan: Plan) -> Case:
    asked: dict[tuple[str, str], set[str]] = {}
    for task, unit in given.drawn[["task_id", "unit_id"]].itertuples(index=False, name=None):
        for item in given.tasks[task].items:
            asked.setdefault((unit, item), set()).add(task)
    blocked = given.units["blocked"] if "blocked" in given.units.columns else pd.Series("", index=given.units.index)
    return Case(
        given=given,
        plan=plan,
        visits=visits(plan.calendar),
        asked={key: frozenset(tasks) for key, tasks in asked.items()},
        region=dict(zip(given.units["unit_id"], given.units["region"], strict=True)),
        blocked={
            u: frozenset(b.split() if isinstance(b, str) else ())
            for u, b in zip(given.units["unit_id"], blocked, strict=True)
        },
    )


def visits(calendar: pd.DataFrame) -> list[Visit]:
    """Return the visits of a calendar table (日程中的检查), sorted by unit and ordinal."""
    rows: dict[tuple[str, int, str], list[Row]] = {}
    columns = ["unit_id", "ordinal", "visit_id", "office", "place", "half_days", "items"]
    for unit, ordinal, name, office, place, half_days, listed in calendar[columns].itertuples(index=False, name=None):
        row = Row(office, int(place), tuple(half_days.split()), tuple(listed.split()))
        rows.setdefault((unit, int(ordinal), name), []).append(row)
    return [
        Visit(visit_id=name, unit=unit, ordinal=ordinal, rows=tuple(own))
        for (unit, ordinal, name), own in sorted(rows.items())
    ]
