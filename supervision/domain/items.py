"""Items and tasks (抽查事项与任务): small frozen values that stages share, never one per enterprise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Item:
    """An item of the published list (抽查事项); an item that is not listed cannot be inspected.

    `half_days` is 1 or 2, `inspectors` the people its department sends, `ratio` the text of its limits, `period` what
    they are meant for where the text does not say ("year" or "batch"), `frequency` the text of its visits a year.
    """

    item_id: str
    name: str
    department: str
    kind: str
    basis: str
    ratio: str
    half_days: int
    inspectors: int
    method: tuple[str, ...] = ()
    content: str = ""
    period: str = "year"
    frequency: str = ""


@dataclass(frozen=True, kw_only=True)
class Task:
    """A task of the round (抽查任务): which items, of which units, how many, between which days.

    `population` is a condition text, `ratio` and `reserve` allocation texts, `group` "joint", another name or "own",
    `level` that of the government that holds it, "" where it is not said.
    """

    task_id: str
    number: str
    name: str
    round: str
    items: tuple[str, ...]
    lead: str
    partners: tuple[str, ...]
    start: date
    end: date
    population: str
    regime: str
    ratio: str
    by_region: bool
    reserve: str
    group: str
    access: str
    disclosure: str
    cause: str = ""
    level: str = ""

    @property
    def number_group(self) -> str:
        """The group whose units share random numbers (共用签号的任务组), as draw protocol 5 names it."""
        return f"task.{self.task_id}" if self.access == "open" or self.group == "own" else self.group
