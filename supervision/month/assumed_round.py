"""A round under assumed rules (假设规则下的轮次): reads what the round reads, saves nothing.

What a round rests on beside the rules can be assumed, too: the ratio that a task states, and rows of the register caps,
which come before the shared rule: `tasks/T01.ratio=3%`, `tasks/T01.D=50%` or `tasks/*.D=50%` (every task that names
the class), `caps/market/all.per_year=2` or `….min_interval_days=30` (the id as the ledger names it).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property

import pandas as pd

from supervision.domain.items import Task
from supervision.domain.ratio import parse_allocation, parse_share
from supervision.errors import UsageError
from supervision.law.assumed import Assumption
from supervision.law.rules import Rules
from supervision.month.round import Round, Saving
from supervision.month.round_files import Step
from supervision.sampling.frame.caps import rule_of_row
from supervision.sampling.frame.strata import BY_RULE

TASKS, CAPS, EVERY = "tasks/", "caps/", "*"
PER_YEAR, INTERVAL = "per_year", "min_interval_days"


class AssumedRound(Round):
    """A round as it would be under other rules (假设的轮次): a step that would be saved is refused.

    `assumptions` are those of tasks and caps; `replaced` are tables that stand for those of the store, such as
    everybody's classes under the other rules.
    """

    def __init__(
        self,
        round: Round,
        rules: Rules,
        assumptions: Sequence[Assumption] = (),
        replaced: Mapping[str, pd.DataFrame] | None = None,
    ) -> None:
        super().__init__(round.city, round.name, round.key, round.card)
        self._rules = rules
        self._assumptions = tuple(assumptions)
        self._replaced = dict(replaced or {})

    @cached_property
    def rules(self) -> Rules:
        """The assumed rules (假设的规则)."""
        return self._rules

    @cached_property
    def tasks(self) -> list[Task]:
        """The tasks with assumed ratios (假设比例的任务)."""
        found = super().tasks
        for one in self._assumptions:
            if one.path.startswith(TASKS):
                found = _with_ratio(found, one)
        return found

    def register(
        self, kind: str, columns: list[str] | None = None, *, of: Collection[str] | None = None
    ) -> pd.DataFrame:
        """Return a register as known on the evidence day (证据日的登记表); caps, all of them, as they are assumed."""
        if kind != "caps":
            return super().register(kind, columns, of=of)
        found = super().register(kind)
        for one in self._assumptions:
            if one.path.startswith(CAPS):
                found = _with_cap(found, one)
        return found if columns is None else found[columns]

    def table(self, name: str, columns: list[str] | None = None, *, number: int = 1, kind: str = "") -> pd.DataFrame:
        """Return a table of the round (读取表), or the one that stands for it."""
        if name not in self._replaced:
            return super().table(name, columns, number=number, kind=kind)
        found = self._replaced[name]
        return found if columns is None else found[columns]

    @contextmanager
    def save(self, step: Step, number: int = 1, **_: object) -> Iterator[Saving]:
        """Refuse to save (拒绝保存): what is assumed never becomes a record."""
        raise UsageError("month.assumed_unsaved", round=self.id, step=step.name_of(number))
        yield  # what yields is a context manager


def of_registers(one: Assumption) -> bool:
    """Tell whether an assumption is one of tasks or caps (是否假设任务或上限), not of a rule."""
    return one.path.startswith((TASKS, CAPS))


def _with_ratio(tasks: list[Task], one: Assumption) -> list[Task]:
    """Return the tasks with a ratio, or one class's share, as assumed (假设比例)."""
    wanted, value = one.path.removeprefix(TASKS), str(one.value)
    named = [task for task in tasks if wanted in (task.task_id, EVERY)]
    if not named:
        known = " ".join(task.task_id for task in tasks)
        raise UsageError("month.assumed_task", task=wanted, known=known)
    if one.field == "ratio":
        parse_allocation(value)
        changed = {task.task_id: value for task in named}
    else:
        parse_share(value)
        changed = {task.task_id: text for task in named if (text := _with_class(task.ratio, one.field, value))}
    if not changed:
        raise UsageError("month.assumed_class", task=wanted, name=one.field)
    return [replace(task, ratio=changed.get(task.task_id, task.ratio)) for task in tasks]


def _with_class(ratio: str, name: str, value: str) -> str:
    """A ratio by classes with another share of one class, "" where it does not name the class."""
    named = {} if ratio == BY_RULE else parse_allocation(ratio)
    if not isinstance(named, dict) or name not in named:
        return ""
    shares = {other: str(share) for other, share in named.items()} | {name: value}
    return ";".join(f"{other}={share}" for other, share in shares.items())


def _with_cap(caps: pd.DataFrame, one: Assumption) -> pd.DataFrame:
    """Return the register caps with a figure of one rule as assumed (假设上限)."""
    ids = [rule_of_row(row) for row in caps.to_dict("records")]
    if one.path not in ids:
        raise UsageError("month.assumed_cap", cap=one.path, known=" ".join(sorted(set(ids))) or "–")
    none = one.value is None and one.field == INTERVAL
    if one.field not in (PER_YEAR, INTERVAL) or not (none or (type(one.value) is int and one.value >= 0)):
        raise UsageError("month.assumed_cap_field", cap=one.path, field=one.field, value=one.value)
    column = (
        caps[one.field].astype("Int64").mask(pd.Series([own == one.path for own in ids], index=caps.index), one.value)
    )
    return caps.assign(**{one.field: column})
