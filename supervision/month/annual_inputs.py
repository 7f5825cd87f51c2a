"""What a yearly plan rests on (年度计划的依据): plans, the published list, classes, offices and caps, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.annual.demand import BY_RULE, Demand, demand_of
from supervision.directory import typed_rows
from supervision.directory.plan_rows import plans
from supervision.directory.roster import roster_frame
from supervision.domain.items import Item
from supervision.domain.people import Office
from supervision.domain.plans import DepartmentPlan
from supervision.domain.population import Population
from supervision.domain.rounds import RoundId
from supervision.errors import UsageError
from supervision.law.off_site import off_site
from supervision.law.rules import Law
from supervision.month.city import City
from supervision.month.office_loads import load_limit
from supervision.month.round import Round
from supervision.month.round_files import SCORES, Step
from supervision.planner.load import available
from supervision.sampling.frame.known_words import with_known_words
from supervision.sampling.frame.unit_positions import rows_of

ALWAYS = ("unit_id", "status", "type", "region", "tags")
HUNDRED = 100
Flags = npt.NDArray[np.bool_]


@dataclass(kw_only=True)
class YearlyInputs:
    """The year of a city (年度计划的依据).

    `months` are open: none has begun, unless the user says so. `scored` is the round whose classes are used.
    """

    city: City
    year: int
    months: tuple[int, ...]
    scored: Round

    @cached_property
    def today(self) -> date:
        """The day whose registers count (登记表截止日)."""
        return self.city.now().date()

    @cached_property
    def law(self) -> Law:
        """The law on the year's first day (年初有效规则)."""
        return self.city.rules.on(date(self.year, 1, 1))

    @cached_property
    def plans(self) -> tuple[DepartmentPlan, ...]:
        """The departments' plans (部门计划), sorted; a year without one is refused."""
        found = plans(self.city.register("plans", on=self.today), year=self.year)
        if not found:
            raise UsageError("month.no_plans", year=self.year)
        return found

    @cached_property
    def items(self) -> dict[str, Item]:
        """The items that are on the published list on some day of the year (抽查事项清单)."""
        return items_of_year(self.city, self.year)

    @cached_property
    def listed(self) -> dict[int, set[str]]:
        """Month → the items that are on the published list all through it (各月全月有效的事项)."""
        return listed_items(self.city, self.year)

    @cached_property
    def offices(self) -> dict[str, Office]:
        """The offices (执法机构), by office_id."""
        return typed_rows.offices(self.city.register("offices", on=self.today))

    @cached_property
    def entities(self) -> pd.DataFrame:
        """The units in force on the scores' evidence day (存续的检查对象), with what the plans' conditions need."""
        needed = {name for plan in self.plans for name in Population.parse(plan.population).columns}
        columns = [*ALWAYS, *sorted(needed - set(ALWAYS))]
        entities = self.city.register("entities", on=self.scored.evidence_day, columns=columns)
        populations = [plan.population for plan in self.plans]
        entities = with_known_words(entities, populations, lists=self.city.code_lists, law=self.law)
        in_force = entities["status"].isin(self.law.value("shared/in_force"))
        return entities[in_force].reset_index(drop=True)

    @cached_property
    def classes(self) -> pd.Series[str]:
        """The class of each of `entities` (信用风险类别)."""
        scores = self.scored.table(SCORES, ["unit_id", "class"])
        rows = rows_of(scores["unit_id"], self.entities["unit_id"])
        if (rows < 0).any():
            unit = self.entities["unit_id"][rows < 0].iloc[0]
            raise UsageError("month.plan_unscored", round=self.scored.id, units=int((rows < 0).sum()), unit=unit)
        return scores["class"].take(rows).reset_index(drop=True)

    @cached_property
    def members(self) -> Flags:
        """Which units are in whose population (各计划的对象): bool (units, plans)."""
        found = [Population.parse(plan.population).matches(self.entities) for plan in self.plans]
        return np.column_stack(found)

    @cached_property
    def class_ratio(self) -> Mapping[str, object] | None:
        """The law's ratios of the classes, where a plan rests on them (各类别抽查比例)."""
        asked = any(plan.ratio == BY_RULE for plan in self.plans)
        return self.law.value("shared/class_ratio") if asked else None

    @cached_property
    def demand(self) -> Demand:
        """What the plans ask of the units (年度检查需求)."""
        self.city.progress("month.plan_demand", 0, 0)
        return demand_of(
            self.plans,
            self.members,
            self.classes,
            self.entities["region"].astype("str"),
            class_ratio=self.class_ratio,
            off_site=self.off_site,
        )

    @cached_property
    def off_site(self) -> frozenset[int]:
        """The positions of plans that open no door (非现场计划), as a round would hold their tasks."""
        if all(item.comes_on_site for item in self.items.values()):
            return frozenset()
        terms = off_site(self.law, known=self.city.code_lists.codes("method"))
        listed = [[self.items[item] for item in plan.items if item in self.items] for plan in self.plans]
        return frozenset(g for g, own in enumerate(listed) if own and all(terms.holds(item) for item in own))

    def allowed(self) -> list[set[int]]:
        """Return the open months in which each plan may be held (各计划可用月份)."""
        return [set(plan.months) & set(self.months) for plan in self.plans]

    def room(self, offices: list[tuple[str, str]]) -> npt.NDArray[np.int64]:
        """Return the inspector-half-days of offices in the open months (机构各月可用人·半天), below the law's load.

        int64 (offices, months), in hundredths; `offices`: department and region. The people of today are counted, with
        the leave that is known.
        """
        limit = load_limit(self.law)
        inspectors, leave = (self.city.register(kind, on=self.today) for kind in ("inspectors", "leave"))
        by_department: dict[str, list[str]] = {}
        for item in self.items.values():
            by_department.setdefault(item.department, []).append(item.item_id)
        working = self.city.working_days(self.today, self.law)
        found = np.zeros((len(offices), len(self.months)), dtype=np.int64)
        for place, number in enumerate(self.months):
            month = RoundId(year=self.year, number=number)
            start, end = month.first_day, month.last_day
            roster = roster_frame(inspectors, leave, by_department, self.offices, start=start, end=end, law=self.law)
            days = {region: working.half_days(start, end, region) for region in sorted({r for _, r in offices})}
            for office in self.offices.values():
                key = (office.department, office.region)
                if key in offices:
                    there = sum(people for _, people in available(office, roster, days[office.region]))
                    found[offices.index(key), place] += int(limit * there * HUNDRED)
        return found


def items_of_year(city: City, year: int) -> dict[str, Item]:
    """Return the items that are on the published list on some day of a year (当年的抽查事项清单), by item_id."""
    register = city.register("items", on=city.now().date())
    return typed_rows.items(register, first=date(year, 1, 1), last=date(year, 12, 31))


def listed_items(city: City, year: int) -> dict[int, set[str]]:
    """Return month → the items that are on the published list all through it (各月全月有效的事项)."""
    register, found = city.register("items", on=city.now().date()), {}
    for number in range(1, 13):
        month = RoundId(year=year, number=number)
        begun = register["from_date"] <= pd.Timestamp(month.first_day)
        goes_on = ~(register["until_date"] < pd.Timestamp(month.last_day))
        found[number] = set(register.loc[begun & goes_on, "item_id"])
    return found


def yearly_inputs(city: City, year: int, *, first: int | None, scores: str) -> YearlyInputs:
    """Return what the plan of a year rests on (准备年度计划).

    `first`: the first month that may be chosen, else the one after this month; `scores`: the round whose classes are
    used, else the one of the newest evidence.
    """
    today = city.now().date()
    begin = first or (today.month + 1 if today.year == year else 1)
    if (today.year > year and first is None) or begin > 12:
        raise UsageError("month.plan_year_over", year=year)
    scored = city.round(scores) if scores else _newest(city, year)
    if not scored.has(Step.SCORE):
        raise UsageError("month.step_missing", round=scored.id, step="score", command="score")
    return YearlyInputs(city=city, year=year, months=tuple(range(begin, 13)), scored=scored)


def _newest(city: City, year: int) -> Round:
    """The round of the newest scores; one is needed."""
    found = [round for round in city.rounds() if round.has(Step.SCORE)]
    if not found:
        raise UsageError("month.plan_no_scores", year=year)
    return max(found, key=lambda round: (round.evidence_day, not round.is_rehearsal, round.id))
