"""Whether a task is held as its regime asks (监管方式核对): what does not agree is named, and nothing is drawn.

A task falls under the regimes that its items name (`rule`), and under those whose department takes part and whose words
stand in its name or in the name of an item of that department.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from supervision.domain.items import Item, Task
from supervision.domain.population import Population
from supervision.errors import SupervisionError
from supervision.law.regimes import Regime, regime_of, regimes
from supervision.law.rules import Law
from supervision.messages import Message
from supervision.sampling.frame.limits import percent

Problem = tuple[str, dict[str, object]] | None


@dataclass(frozen=True, kw_only=True)
class Held:
    """A task as it is held under one regime (某监管方式下的任务): `items` are those that fall under it."""

    regime: Regime
    task: Task
    items: Sequence[Item]


def regimes_of(task: Task, items: Collection[Item], law: Law) -> list[tuple[Regime, list[Item]]]:
    """Return the regimes of a task and the items that fall under each (任务适用的监管方式), by path.

    `items`: the task's. A rule that an item names and that has no value on the law's day raises RuleMissing.
    """
    found = {item.rule: regime_of(law, item.rule) for item in items if item.rule}
    under = {path: [item for item in items if item.rule == path] for path in found}
    for regime in regimes(law):
        mine = [item for item in items if item.department == regime.department]
        if regime.names and (mine or task.lead == regime.department):
            called = [item for item in mine if _called(item.name, regime)]
            called = mine if _called(task.name, regime) else called
            if called or _called(task.name, regime):
                found[regime.path] = regime
                under[regime.path] = list(
                    {item.item_id: item for item in [*under.get(regime.path, []), *called]}.values()
                )
    return [(found[path], under[path]) for path in sorted(found)]


def regime_problems(
    task: Task, items: Collection[Item], law: Law, has_rows: Callable[[str], bool] | None = None
) -> list[Message]:
    """Return where a task is not as its regimes ask (不合监管方式之处), by regime.

    `has_rows`: tells of a register such as `exemptions/positive` whether it has rows; without it none is asked for.
    """
    found = []
    for regime, under in regimes_of(task, items, law):
        told = {"task": task.task_id, "rule": regime.path, "title": law.rules[regime.path].title}
        for check in CHECKS:
            problem = check(Held(regime=regime, task=task, items=under))
            if problem:
                found.append(Message.of(problem[0], **told, **problem[1]))
        empty = [name for name in regime.registers if has_rows and not has_rows(name)]
        found += [Message.of("sampling.regime_register", **told, register=name) for name in empty]
    return found


def refuse_unlawful(task: Task, items: Collection[Item], law: Law) -> None:
    """Raise the first problem of a task with its regimes (监管方式不符即停止)."""
    for problem in regime_problems(task, items, law):
        raise SupervisionError(problem.code, **dict(problem.params))


def refuse_below_floor(
    task: Task, items: Collection[Item], quotas: Mapping[str, Fraction], units: Mapping[str, int], law: Law
) -> None:
    """Refuse a stratum of which less is drawn than the floor of a regime (低于最低比例即停止), before rounding."""
    for regime, _ in regimes_of(task, items, law):
        for stratum in sorted(quotas):
            share = quotas[stratum] / units[stratum]
            if share < regime.floor:
                raise SupervisionError(
                    "sampling.regime_floor",
                    task=task.task_id,
                    rule=regime.path,
                    title=law.rules[regime.path].title,
                    stratum=stratum,
                    ratio=percent(share),
                    floor=percent(regime.floor),
                )


def _called(name: str, regime: Regime) -> bool:
    return any(word in "".join(name.split()) for word in regime.names)


def _drawing(held: Held) -> Problem:
    if held.task.regime in held.regime.regime:
        return None
    return "sampling.regime_differs", {"regime": held.task.regime, "allowed": " ".join(held.regime.regime)}


def _level(held: Held) -> Problem:
    if not held.regime.levels or held.task.level in held.regime.levels:
        return None
    return "sampling.regime_level", {"level": held.task.level or "-", "allowed": " ".join(held.regime.levels)}


def _method(held: Held) -> Problem:
    if not held.regime.method:
        return None
    for item in held.items:
        others = [code for code in item.method or ("-",) if code not in held.regime.method]
        if others:
            told: dict[str, object] = {"item": item.item_id, "method": " ".join(others)}
            return "sampling.regime_method", told | {"allowed": " ".join(held.regime.method)}
    return None


def _points(held: Held) -> Problem:
    for item in held.items:
        left_out = [point for point in held.regime.points if point not in item.content]
        if left_out:
            return "sampling.regime_points", {"item": item.item_id, "points": "、".join(left_out)}
    return None


def _people(held: Held) -> Problem:
    few = [item for item in held.items if item.inspectors < held.regime.people]
    if not few:
        return None
    return "sampling.regime_people", {"item": few[0].item_id, "people": few[0].inspectors, "least": held.regime.people}


def _field(held: Held) -> Problem:
    other = [item for item in held.items if held.regime.field and item.field != held.regime.field]
    if not other:
        return None
    told: dict[str, object] = {"item": other[0].item_id, "field": other[0].field or "-"}
    return "sampling.regime_field", told | {"wanted": held.regime.field}


def _groups(held: Held) -> Problem:
    taken = {
        value
        for clause in Population.parse(held.task.population).clauses
        if (clause.column, clause.op) == ("tags", "=")
        for value in clause.values
    }
    left_out = [group for group in held.regime.groups if group not in taken]
    return ("sampling.regime_groups", {"groups": "、".join(left_out)}) if left_out else None


def _announced(held: Held) -> Problem:
    if held.regime.announced or (held.task.access != "open" and held.task.disclosure != "before"):
        return None
    return "sampling.regime_announced", {"access": held.task.access, "disclosure": held.task.disclosure}


def _published(held: Held) -> Problem:
    return ("sampling.regime_published", {}) if held.regime.published and held.task.disclosure == "never" else None


CHECKS: tuple[Callable[[Held], Problem], ...] = (
    _drawing,
    _level,
    _method,
    _points,
    _people,
    _field,
    _groups,
    _announced,
    _published,
)
