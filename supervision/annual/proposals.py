"""Proposals of joint tasks (联合任务建议): plans of different departments that can be held as one round of visits.

Two plans can be joined where they share units, may be held in the same months, take about as long at the door, which
both open, and belong to one level of government; a plan of fewer batches joins some of the months of one with
more. Groups grow by the pair that saves most doors, as long as every two plans in them can be joined and they have
enough months in common.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from typing import Any

from supervision.annual.demand import Demand
from supervision.annual.doors import together
from supervision.domain.items import Item
from supervision.domain.ratio import parse_share
from supervision.errors import SupervisionError

RULE = "shared/plan_merge"
LEAST = 0.5  # expected doors a year below which no proposal is worth a meeting
Group = tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the rule shared/plan_merge asks of plans that are joined (合并条件).

    `shared`: least share of the smaller population that is in both; `apart`: most half-days by which visits may differ;
    `peak`: most work of a month in means of the year's months.
    """

    shared: Fraction
    apart: int
    peak: Fraction

    @classmethod
    def of(cls, value: Any) -> Terms:
        """Read the rule's value (读取规则)."""
        for field in ("shared_units", "half_days_apart", "peak"):
            if not isinstance(value, Mapping) or field not in value:
                raise SupervisionError("annual.rule_field", rule=RULE, field=field)
        peak = Fraction(str(value["peak"]).rstrip("%")) / 100
        return cls(shared=parse_share(str(value["shared_units"])), apart=int(value["half_days_apart"]), peak=peak)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One joint task (一项联合任务建议): `plans` are positions, sorted; `lead` is the one of most expected visits."""

    plans: Group
    lead: int
    alone: float
    joint: float

    @property
    def saved(self) -> float:
        """The expected doors that it saves (预计减少的入企次数)."""
        return self.alone - self.joint


def propose(demand: Demand, items: Mapping[str, Item], terms: Terms, months: Sequence[set[int]]) -> list[Proposal]:
    """Return the joint tasks that save doors (提出联合任务建议), the one that saves most first.

    `months`: in which each plan may be held.
    """
    groups: list[Group] = [(g,) for g in range(len(demand.plans))]
    joinable = {
        pair for pair in combinations(range(len(demand.plans)), 2) if _joinable(demand, items, terms, months, *pair)
    }
    doors = {group: together(demand, group) for group in groups}
    saved: dict[tuple[Group, Group], float] = {}

    def weigh(one: Group, other: Group) -> None:
        pairs = (tuple(sorted(pair)) for pair in product(one, other))
        if all(pair in joinable for pair in pairs) and _common(demand, months, (*one, *other)):
            found = doors[one] + doors[other] - together(demand, (*one, *other))
            if found >= LEAST:
                saved[one, other] = found

    for one, other in combinations(groups, 2):
        weigh(one, other)
    while saved:
        one, other = min(saved, key=lambda pair: (-saved[pair], pair))
        joined = tuple(sorted((*one, *other)))
        doors[joined] = doors[one] + doors[other] - saved[one, other]
        groups = [group for group in groups if group not in (one, other)]
        saved = {pair: value for pair, value in saved.items() if not {one, other} & set(pair)}
        for group in groups:
            weigh(group, joined)
        groups.append(joined)
    found = [proposal_of(demand, group) for group in groups if len(group) > 1]
    return sorted(found, key=lambda one: (-one.saved, one.plans))


def proposal_of(demand: Demand, plans: Group) -> Proposal:
    """Return the joint task of some plans (组成联合任务)."""
    apart = sum(together(demand, (g,)) for g in plans)
    lead = min(plans, key=lambda g: (-demand.expected(g) * demand.plans[g].batches, g))
    return Proposal(plans=plans, lead=lead, alone=apart, joint=together(demand, plans))


def common_months(months: Sequence[set[int]], plans: Group) -> set[int]:
    """Return the months in which all of some plans may be held (共同可用月份)."""
    return set.intersection(*(months[g] for g in plans))


def _common(demand: Demand, months: Sequence[set[int]], plans: Group) -> bool:
    return len(common_months(months, plans)) >= max(demand.plans[g].batches for g in plans)


def _joinable(
    demand: Demand, items: Mapping[str, Item], terms: Terms, months: Sequence[set[int]], one: int, other: int
) -> bool:
    first, second = demand.plans[one], demand.plans[other]
    if (
        {one, other} & demand.off_site
        or first.apart
        or second.apart
        or first.level != second.level
        or not _common(demand, months, (one, other))
    ):
        return False
    longest = [max(items[i].half_days for i in plan.items) for plan in (first, second)]
    both = int(demand.units[demand.members(one) & demand.members(other)].sum())
    smaller = min(demand.population(one), demand.population(other))
    return abs(longest[0] - longest[1]) <= terms.apart and smaller > 0 and both >= terms.shared * smaller
