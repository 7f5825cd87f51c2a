"""Who may not be drawn this time (排除): every unit left out has one reason and the rule it rests on.

Reasons are tried in a fixed order, the first that holds stands: not_in_force, whitelist, observation, other_level, cap,
interval. Which of them a regime knows is the rule shared/exclusion; other_level – another level of the same department
comes in the month – is the rule shared/merge_duty's and holds under every regime. Lists and caps are those in force on
the first day of the task's window. In a joint task a unit is out when any of its departments must not come.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.domain.items import Item, Task
from supervision.domain.ratio import parse_share
from supervision.errors import SupervisionError
from supervision.law.rules import Law
from supervision.sampling.frame.caps import Cap, cap_usage, caps_in_force, frequency_hits, interval_hits
from supervision.sampling.frame.coverage_hits import kept_hits, maximum_hits
from supervision.sampling.frame.due_dates import Coverage, Dates
from supervision.sampling.frame.past_visits import past_visits
from supervision.sampling.frame.unit_positions import Rows, rows_of
from supervision.tables import valid_between

REASONS = ("not_in_force", "whitelist", "observation", "cap", "interval", "other_level")
OUT, OFF_SITE = "exclude", "off_site"

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Exclusion:
    """Who is left out (排除结果), in the order of the units given.

    `reason` int64 (N,): −1 = in the frame, else an index into REASONS; `rule` int64 (N,): index into `rules`.
    `factor`: for units in a list that only makes them rarer, rows → factor of their size.
    """

    reason: Rows
    rule: Rows
    rules: tuple[str, ...]
    factor: Mapping[int, Fraction]


class _Tally:
    """Collects hits; the first reason of a unit stands."""

    def __init__(self, units: int) -> None:
        self.reason = np.full(units, -1, dtype=np.int64)
        self.rule = np.full(units, -1, dtype=np.int64)
        self.rules: list[str] = []

    def put(self, hit: Mask, *, reason: str, rule: str) -> None:
        fresh = hit & (self.reason < 0)
        if rule not in self.rules:
            self.rules.append(rule)
        self.reason[fresh] = REASONS.index(reason)
        self.rule[fresh] = self.rules.index(rule)


def exclude(
    task: Task,
    *,
    entities: pd.DataFrame,
    departments: Collection[str],
    items: Collection[Item],
    scores: pd.DataFrame,
    exemptions: pd.DataFrame,
    visits: pd.DataFrame,
    caps: pd.DataFrame,
    law: Law,
    coverage: Coverage,
    dates: Mapping[str, Dates],
    other_level: Collection[str] = (),
) -> Exclusion:
    """Return who of a population is left out and why (判定排除).

    `entities`: the population's rows (unit_id, status, type, established, and tags and address where caps look at
    them); `items`: the task's; caps are about the departments of those on site; `scores`: unit_id and
    class, looked at where a cap names classes; the other frames are the registers' (exemptions, history of this year
    and the one before, caps). Rules that the regime does not need are not asked for. `coverage`, `dates`: the city's
    duties and what they ask of these units. `other_level`: units that another level of a department of theirs visits in
    the month.
    """
    caps = _in_force(caps, task)
    known = rule_field(law, "shared/exclusion", task.regime)
    tally = _Tally(len(entities))
    if "not_in_force" in known:
        in_force = entities["status"].isin(law.value("shared/in_force"))
        tally.put(~np.asarray(in_force, dtype=np.bool_), reason="not_in_force", rule="shared/in_force")
    listed = _in_force(exemptions, task)
    listed = listed[_concerns(listed["scope"], departments)]
    rows = rows_of(entities["unit_id"], listed["unit_id"])
    listed, rows = listed[rows >= 0], rows[rows >= 0]
    watched = np.asarray((listed["list"] == "observation") | (listed["tier"] == "observation"), dtype=np.bool_)
    factor: dict[int, Fraction] = {}
    if "whitelist" in known and not watched.all():
        on_site = any(item.comes_on_site for item in items)
        factor = _whitelist(listed["tier"][~watched], rows[~watched], on_site=on_site, tally=tally, law=law)
    if "observation" in known:
        _observation(task, entities, rows[watched], tally=tally, law=law)
    elsewhere = np.asarray(entities["unit_id"].isin(list(other_level)), dtype=np.bool_)
    tally.put(elsewhere, reason="other_level", rule="shared/merge_duty")
    past = past_visits(entities, visits if {"cap", "interval"} & set(known) else visits.iloc[:0])
    visiting = {item.department for item in items if item.comes_on_site}
    set_caps = caps_in_force(caps, visiting, law=law) if {"cap", "interval"} & set(known) else []
    classes = _classes(set_caps, entities, scores)
    if "cap" in known:
        usage = list(cap_usage(set_caps, entities, past, year=task.start.year, classes=classes))
        for one in usage:
            tally.put(one.units & (one.left < 1), reason="cap", rule=one.cap.rule)
        for rule, hit in maximum_hits(task, coverage, past, len(entities)):
            tally.put(hit, reason="cap", rule=rule)
        for rule, hit in kept_hits(task, coverage, dates, usage, visiting):
            tally.put(hit, reason="cap", rule=rule)
        for rule, hit in frequency_hits(items, past, len(entities), year=task.start.year, law=law):
            tally.put(hit, reason="cap", rule=rule)
    if "interval" in known:
        for rule, hit in interval_hits(set_caps, entities, past, start=task.start, classes=classes):
            tally.put(hit, reason="interval", rule=rule)
    return Exclusion(reason=tally.reason, rule=tally.rule, rules=tuple(tally.rules), factor=factor)


def rule_field(law: Law, rule: str, field: str) -> Any:
    """Return one field of a rule's value (规则的一项), else raise naming rule and field."""
    value = law.value(rule)
    if not isinstance(value, Mapping) or field not in value:
        raise SupervisionError("sampling.rule_field", rule=rule, field=field)
    return value[field]


def _classes(caps: Collection[Cap], entities: pd.DataFrame, scores: pd.DataFrame) -> pd.Series[Any] | None:
    """The class of each unit, where a cap asks for it; a unit that is not classed has none."""
    if not any(cap.classes for cap in caps):
        return None
    rows = rows_of(scores["unit_id"], entities["unit_id"])
    return scores["class"].take(np.maximum(rows, 0)).where(rows >= 0).reset_index(drop=True)


def _in_force(register: pd.DataFrame, task: Task) -> pd.DataFrame:
    return valid_between(register, task.start, task.start)


def _concerns(scope: pd.Series[Any], departments: Collection[str]) -> Mask:
    """Rows whose list of departments is blank or holds one of the task's."""
    words = "|".join(sorted(departments))
    blank = scope.isna() | (scope == "")
    return np.asarray(blank | scope.str.contains(f"(?:^| )(?:{words})(?: |$)", regex=True, na=False), dtype=np.bool_)


def _whitelist(tier: pd.Series[Any], rows: Rows, *, on_site: bool, tally: _Tally, law: Law) -> dict[int, Fraction]:
    """Tiers that exclude, always or where somebody comes on site, and the factors of those that make a unit rarer."""
    found: dict[int, Fraction] = {}
    for name in sorted(set(tier)):
        meaning = rule_field(law, "shared/whitelist_tier", name)
        hit = rows[np.asarray(tier == name, dtype=np.bool_)]
        if meaning == OFF_SITE and not on_site:
            continue
        if meaning in (OUT, OFF_SITE):
            mask = np.zeros(len(tally.reason), dtype=np.bool_)
            mask[hit] = True
            tally.put(mask, reason="whitelist", rule="shared/whitelist_tier")
        else:
            factor = parse_share(str(meaning))
            found |= {row: min(factor, found.get(row, factor)) for row in hit.tolist()}
    return found


def _observation(task: Task, entities: pd.DataFrame, rows: Rows, *, tally: _Tally, law: Law) -> None:
    mask = np.zeros(len(entities), dtype=np.bool_)
    mask[rows] = True
    tally.put(mask, reason="observation", rule="exemptions/observation")
    if task.regime == "observation":
        months = int(rule_field(law, "shared/observation_period", "months"))
        since = pd.Timestamp(task.start) - pd.DateOffset(months=months)
        young = np.asarray(entities["established"] > since, dtype=np.bool_)
        tally.put(young, reason="observation", rule="shared/observation_period")
