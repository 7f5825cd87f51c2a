"""Coverage duties (覆盖任务要求): how often the law wants every unit of a kind inspected, at least and at most.

The rule shared/coverage names the city's duties: for each the rule of the department that holds the number, the items
by which it is done, whom it is about and in which months such items are drawn. The department's rule has `coverage:
{minimum: {visits: 1, years, counted}, maximum: {visits, years}}`, one of both or both. `counted: rolling` runs from the
last inspection, `calendar` from the end of the calendar year that it lies in. A maximum counts calendar years.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from supervision.domain.population import Population
from supervision.errors import SupervisionError
from supervision.law.professional_scale import Values
from supervision.messages import Label

RULE = "shared/coverage"
ROLLING, CALENDAR = "rolling", "calendar"
_WANT = Label(
    "{任务: {rule: 部门规则, items: […], also: […], population: 范围, begins: 日期, months: [1–12, …]}}（also 可不写）",
    "{duty: {rule: department/item, items: […], also: […], population: condition, begins: date, months: [1–12, …]}}"
    " (also may be left out)",
)
_WANT_NUMBERS = Label(
    "coverage: {minimum: {visits: 1, years: 1–5, counted: rolling / calendar}, maximum: {visits: ≥ 1, years: 1–5}}"
    "（两者可缺其一；最少次数不多于最多次数）",
    "coverage: {minimum: {visits: 1, years: 1–5, counted: rolling / calendar}, maximum: {visits: ≥ 1, years: 1–5}}"
    " (one of both may be left out; no more visits at least than at most)",
)
_KEYS = {"rule", "items", "population", "begins", "months"}
_MOST_YEARS = 5


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One duty (一项覆盖要求).

    Attributes
    ----------
    name
        Its name in shared/coverage.
    rule
        The rule that holds its numbers.
    items
        The items that do it; a task with one of them draws for it.
    also
        Items whose inspections count as well, such as the sampling after certification.
    population
        Condition on the columns of the entities register: whom it is about.
    begins
        From when its time runs for a unit that was never inspected, or from its establishment if that is later.
    months
        Months of the year (1–12) in which such items are drawn, sorted.
    years
        Everybody once within so many years; 0 where the law sets no minimum.
    counted
        "rolling" or "calendar".
    most, most_years
        At most so many inspections in so many calendar years; None where the law sets no maximum.
    """

    name: str
    rule: str
    items: tuple[str, ...]
    also: tuple[str, ...]
    population: str
    begins: date
    months: tuple[int, ...]
    years: int
    counted: str
    most: int | None
    most_years: int

    @property
    def done_by(self) -> tuple[str, ...]:
        """The items whose inspections count (计入的事项), sorted."""
        return tuple(sorted({*self.items, *self.also}))

    def asks_of(self, items: Iterable[str]) -> bool:
        """Tell whether a task with these items draws for it (任务是否承担本要求): it has a minimum and an item."""
        return self.years > 0 and bool(set(self.items) & set(items))


def coverage_duties(law: Values) -> list[Duty]:
    """Return the city's duties (本市覆盖要求), sorted by name; none where the rule shared/coverage says so.

    Raises SupervisionError `law.scale_shape` where a rule is of another shape, RuleMissing where one has no value.
    """
    value = law.value(RULE)
    if not isinstance(value, Mapping):
        raise SupervisionError("law.scale_shape", rule=RULE, value=value, want=_WANT)
    return [_duty(str(name), value[name], law) for name in sorted(value)]


def _duty(name: str, given: Any, law: Values) -> Duty:
    wrong = SupervisionError("law.scale_shape", rule=RULE, value=f"{name}: {given}", want=_WANT)
    if not isinstance(given, Mapping) or not _KEYS <= set(given) <= _KEYS | {"also"}:
        raise wrong
    items, also, months = given["items"], given.get("also", []), given["months"]
    lists = all(isinstance(one, list) for one in (items, also, months))
    if not lists or not items or not months or not all(type(month) is int and 1 <= month <= 12 for month in months):
        raise wrong
    if not isinstance(given["begins"], date) or not isinstance(given["population"], str):
        raise wrong
    Population.parse(given["population"])
    years, counted, most, most_years = _numbers(str(given["rule"]), law)
    return Duty(
        name=name,
        rule=str(given["rule"]),
        items=tuple(sorted(map(str, items))),
        also=tuple(sorted(map(str, also))),
        population=given["population"],
        begins=given["begins"],
        months=tuple(sorted(set(months))),
        years=years,
        counted=counted,
        most=most,
        most_years=most_years,
    )


def _numbers(path: str, law: Values) -> tuple[int, str, int | None, int]:
    """Years and counting of the minimum, visits and years of the maximum."""
    value = law.value(path)
    found = value.get("coverage") if isinstance(value, Mapping) else None
    wrong = SupervisionError("law.scale_shape", rule=path, value=value, want=_WANT_NUMBERS)
    if not isinstance(found, Mapping) or not found or not set(found) <= {"minimum", "maximum"}:
        raise wrong
    least, greatest = found.get("minimum"), found.get("maximum")
    years, counted, most, most_years = 0, ROLLING, None, 1
    if least is not None:
        if not isinstance(least, Mapping) or set(least) != {"visits", "years", "counted"} or least["visits"] != 1:
            raise wrong
        years, counted = least["years"], least["counted"]
        if not _is_years(years) or counted not in (ROLLING, CALENDAR):
            raise wrong
    if greatest is not None:
        if not isinstance(greatest, Mapping) or set(greatest) != {"visits", "years"}:
            raise wrong
        most, most_years = greatest["visits"], greatest["years"]
        if type(most) is not int or most < 1 or not _is_years(most_years):
            raise wrong
    if years and most is not None and most * years < most_years:
        raise wrong
    return years, str(counted), most, most_years


def _is_years(value: object) -> bool:
    return type(value) is int and 1 <= value <= _MOST_YEARS
