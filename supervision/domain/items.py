"""Items and tasks (抽查事项与任务): small frozen values that stages share, never one per enterprise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

ON_SITE = "on_site"  # of the code list `method`


@dataclass(frozen=True, kw_only=True)
class Item:
    """An item of the published list (抽查事项); an item that is not listed cannot be inspected.

    Attributes
    ----------
    item_id, name
        Its id and its title.
    department
        Code of the department that inspects it.
    kind
        "general" or "key" (一般、重点检查事项).
    basis
        The law that it rests on.
    ratio
        Text of its limits, such as "不高于10%" or "3%;2次/年".
    half_days
        How many half-days a visit for it takes: 1 or 2.
    inspectors
        How many people its department sends.
    method
        Codes of the ways in which it may be inspected.
    content
        What is looked at, for the workbook.
    period
        What its limits are meant for where the text does not say: "year" or "batch".
    frequency
        Text of its visits a year.
    half
        In which part of the day it can be inspected: "all", "am" or "pm" (code list `half`).
    field
        Code of the field of graded supervision that it belongs to (code list `credit_field`), "" where to none.
    rule
        Id of the rule of the regime that it is inspected under, such as "market/vehicle_test", "" where under none.

    Examples
    --------
    >>> import supervision
    >>> food = supervision.Item(item_id="food", name="餐饮服务检查", department="market", kind="general",
    ...                         basis="示例", ratio="不高于10%", half_days=1, inspectors=2)
    >>> food.method, food.content
    ((), '')
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
    half: str = "all"
    field: str = ""
    rule: str = ""

    @property
    def comes_on_site(self) -> bool:
        """Tell whether it is inspected on site (是否入企): one of its methods is, or none is named."""
        return not self.method or ON_SITE in self.method

    @property
    def only_half(self) -> str:
        """The only half of the day in which it can be inspected (限定时段): "T1", "T2", "" where any will do."""
        return {"am": "T1", "pm": "T2"}.get(self.half, "")


def only_halves(items: Mapping[str, Item]) -> dict[str, str]:
    """Return the items that one half of the day is for, and which (限定时段的事项)."""
    return {item.item_id: item.only_half for item in items.values() if item.only_half}


@dataclass(frozen=True, kw_only=True)
class Task:
    """A task of the round (抽查任务): which items, of which units, how many, between which days.

    What the register may leave blank has a default.

    Attributes
    ----------
    task_id, name
        Its id (at most 35 letters, digits, `.`, `_`, `-`) and its title.
    round
        The round, "2026-12".
    items
        Ids of its items.
    lead
        Code of the department that leads.
    start, end
        First and last day of its window.
    population
        Condition on the columns of the entities register: "tags=餐饮;region=320505", "*" for everybody.
    regime
        "random", "full" (everybody), "reduced" or "observation".
    ratio
        How many are drawn: "A=1%;B=5%;C=20%;D=60%", "3%", "n=500", or "rule" for the law's ratios of the classes.
    access
        "open": one stratum, equal chances, the list is public before the visits; "sealed": any other.
    disclosure
        When the drawn list is public: "before", "after_visit" or "never".
    number
        Number of its document.
    partners
        Codes of the departments that come along.
    by_region
        Whether each district is a stratum of its own.
    reserve
        How many more are kept in reserve: "20%" or "n=5"; "" takes the rule shared/reserve.
    group
        Tasks of one group share their units' random numbers; "own" is this task alone.
    cause
        Why there is an extra round.
    level
        Level of the government that holds it, "" where it is not said.
    control_of
        The off-site task that it is the on-site control of, "" where it is none.

    Examples
    --------
    >>> from datetime import date
    >>> import supervision
    >>> task = supervision.Task(task_id="T1", name="餐饮抽查", round="2026-12", items=("food",), lead="market",
    ...                         start=date(2026, 12, 1), end=date(2026, 12, 31), population="tags=餐饮",
    ...                         regime="random", ratio="n=5", access="open", disclosure="before")
    >>> task.group, task.number_group
    ('joint', 'task.T1')
    """

    task_id: str
    name: str
    round: str
    items: tuple[str, ...]
    lead: str
    start: date
    end: date
    population: str
    regime: str
    ratio: str
    access: str
    disclosure: str
    number: str = ""
    partners: tuple[str, ...] = ()
    by_region: bool = False
    reserve: str = ""
    group: str = "joint"
    cause: str = ""
    level: str = ""
    control_of: str = ""

    @property
    def number_group(self) -> str:
        """The group whose units share random numbers (共用签号的任务组), as draw protocol 5 names it."""
        return f"task.{self.task_id}" if self.access == "open" or self.group == "own" else self.group
