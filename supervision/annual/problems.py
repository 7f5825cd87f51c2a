"""What is wrong with a year's plans (年度计划的问题): each named with what, where and what to do; nothing is drawn."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

from supervision.annual.demand import BY_RULE, Demand
from supervision.domain.items import Item
from supervision.domain.plans import SPECIAL, SUPERIOR, DepartmentPlan
from supervision.domain.ratio import parse_allocation
from supervision.errors import SupervisionError
from supervision.messages import Message

SPECIAL_RULE = "shared/special_checks"
NOT_PLANNED = "for_cause"


def plan_problems(
    plans: Sequence[DepartmentPlan], listed: Mapping[int, Collection[str]], items: Mapping[str, Item]
) -> list[Message]:
    """Return what is wrong with each plan in itself (单项计划的问题).

    `listed`: month → ids of the items that are on the published list all through it; `items`: those of the whole year.
    """
    found = []
    for plan in plans:
        named = {"plan": plan.plan_id}
        if plan.kind == NOT_PLANNED:
            found.append(Message.of("annual.for_cause", **named))
        if len(plan.months) < plan.batches:
            found.append(Message.of("annual.few_months", **named, months=len(plan.months), batches=plan.batches))
        for item in plan.items:
            months = [m for m in plan.months if item in listed[m]]
            if item not in items or not months:
                found.append(Message.of("annual.item_unlisted", **named, item=item, year=plan.year))
            elif len(months) < len(plan.months):
                gone = "、".join(str(m) for m in plan.months if m not in months)
                found.append(Message.of("annual.item_unlisted_months", **named, item=item, months=gone))
            if item in items and items[item].department != plan.department:
                other = items[item].department
                found.append(Message.of("annual.item_department", **named, item=item, department=other))
        allocation = None if plan.ratio == BY_RULE else parse_allocation(plan.ratio)
        if plan.regime == "full" and allocation != Fraction(1):
            found.append(Message.of("annual.full_ratio", **named, ratio=plan.ratio))
        if plan.access == "open" and (plan.by_region or plan.ratio == BY_RULE or isinstance(allocation, dict)):
            found.append(Message.of("annual.open_ratio", **named, ratio=plan.ratio))
    return found


def special_problems(plans: Sequence[DepartmentPlan], rule: Any) -> list[Message]:
    """Return special checks that may not be held (专项检查的问题): one that nobody approved, and the n+1st of a year.

    `rule`: value of shared/special_checks, `most` for each department in a year, None = decided that there is no limit.
    Those that a higher level ordered need no approval here and are not counted. The first to be approved come first.
    """
    if not isinstance(rule, Mapping) or "most" not in rule:
        raise SupervisionError("annual.rule_field", rule=SPECIAL_RULE, field="most")
    counted = dict.fromkeys((plan.department for plan in plans), 0)
    special = [plan for plan in plans if plan.kind == SPECIAL]
    unapproved = [plan.plan_id for plan in special if not plan.approval or plan.approved_on is None]
    found = [Message.of("annual.special_unapproved", plan=plan) for plan in unapproved]
    approved = [(plan.approved_on, plan) for plan in special if plan.approval and plan.approved_on is not None]
    for _, plan in sorted(approved, key=lambda pair: (pair[0], pair[1].plan_id)):
        counted[plan.department] += 1
        if rule["most"] is not None and counted[plan.department] > int(rule["most"]):
            named = {"plan": plan.plan_id, "department": plan.department, "number": counted[plan.department]}
            found.append(Message.of("annual.special_too_many", **named, most=int(rule["most"])))
    return found


def special_counts(plans: Sequence[DepartmentPlan]) -> dict[str, tuple[int, int]]:
    """Return department → its special checks of the year and those that a superior ordered (专项检查数)."""
    found: dict[str, tuple[int, int]] = {}
    for plan in plans:
        own, ordered = found.get(plan.department, (0, 0))
        if plan.kind in (SPECIAL, SUPERIOR):
            found[plan.department] = (own + (plan.kind == SPECIAL), ordered + (plan.kind == SUPERIOR))
    return found


def pair_problems(demand: Demand) -> list[Message]:
    """Return plans that overlap or contradict each other (计划重叠或矛盾): one item at one unit is planned once."""
    found = []
    for one, other in combinations(range(len(demand.plans)), 2):
        first, second = demand.plans[one], demand.plans[other]
        shared = sorted(set(first.items) & set(second.items))
        if not shared or first.level != second.level:
            continue
        both = int(demand.units[demand.members(one) & demand.members(other)].sum())
        if both:
            named = {"plan": first.plan_id, "other": second.plan_id, "item": shared[0], "units": both}
            if first.ratio == second.ratio and first.regime == second.regime:
                found.append(Message.of("annual.overlapping", **named))
            else:
                ratios = {"ratio": first.ratio, "other_ratio": second.ratio}
                found.append(Message.of("annual.contradicting", **named, **ratios))
    return found


def empty_problems(demand: Demand) -> list[Message]:
    """Return plans of which nobody is the object (对象范围为空的计划)."""
    empty = [plan for g, plan in enumerate(demand.plans) if not demand.population(g)]
    return [Message.of("annual.nobody", plan=plan.plan_id, population=plan.population) for plan in empty]
