"""A district small enough to follow by hand, and a way to build random ones."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from supervision.planner.calendar import solve
from supervision.planner.check import check
from supervision.planner.demand import Demand, demand
from supervision.planner.plan import Budget, Plan
from supervision.domain.items import Item, Task
from supervision.domain.people import Office

ROSTER = ["inspector_id", "office", "from", "until", "scopes", "daily_limit", "absent"]


class Rules:
    """The rules the planner asks for."""

    def __init__(self, least: int = 2) -> None:
        self.values: dict[str, object] = {
            "shared/minimum_inspectors": least,
            "shared/daily_limit": {"half_days": 2},
            "shared/office_load_warning": "90%",
        }

    def value(self, path: str) -> object:
        """Return the value of a rule."""
        return self.values[path]


@dataclass
class World:
    """The arguments of `demand` and `solve`, easy to vary."""

    tasks: dict[str, Task]
    items: dict[str, Item]
    offices: dict[str, Office]
    drawn: list[tuple[str, str]]
    units: list[tuple[str, str, str, str, int]]
    roster: list[tuple[str, ...]]
    days: list[str]
    recusals: list[tuple[str, str]] = field(default_factory=list)
    regions: tuple[str, ...] = ("320505",)

    @property
    def table(self) -> pd.DataFrame:
        """The roster as a frame of texts."""
        return pd.DataFrame(self.roster, columns=ROSTER).astype("str")

    @property
    def recused(self) -> pd.DataFrame:
        """The recusals as a frame."""
        frame = pd.DataFrame(self.recusals, columns=["inspector_id", "unit_id"])
        return frame.assign(ground="interest").astype("str")

    @property
    def half_days(self) -> dict[str, list[str]]:
        """The districts' half-days, morning and afternoon of each day."""
        return {region: [f"{d}T{h}" for d in self.days for h in (1, 2)] for region in self.regions}

    def demand(self, least: int = 2) -> Demand:
        """What is to be held."""
        units = pd.DataFrame(self.units, columns=["unit_id", "region", "street", "class", "score"])
        return demand(
            pd.DataFrame(self.drawn, columns=["task_id", "unit_id"]), self.tasks, self.items, self.offices, units,
            self.table, self.half_days, law=Rules(least), recusals=self.recused,  # type: ignore[arg-type]
        )

    def solve(self, **budget: Any) -> Plan:
        """The calendar of this world."""
        return solve(self.demand(), self.table, self.half_days, budget=Budget(**budget), recusals=self.recused)

    def check(self, plan: Plan, lang: str = "en") -> list[str]:
        """What is wrong with a calendar of this world."""
        return check(self.demand(), plan, self.table, self.half_days, recusals=self.recused, lang=lang)


def item(name: str, department: str, half_days: int = 1, inspectors: int = 2) -> Item:
    """Return an item with the facts the planner reads."""
    return Item(item_id=name, name=name, department=department, kind="general", basis="", ratio="3%",
                half_days=half_days, inspectors=inspectors)


def task(name: str, items: str, start: int = 1, end: int = 31) -> Task:
    """Return a task of December 2026 with items joined by a space."""
    return Task(task_id=name, number="", name=name, round="2026-12", items=tuple(items.split()), lead="market",
                partners=(), start=date(2026, 12, start), end=date(2026, 12, end), population="*", regime="random",
                ratio="3%", by_region=False, reserve="", group="joint", access="sealed", disclosure="after_visit")


def inspector(who: str, office: str, scopes: str, limit: int = 2, absent: str = "") -> tuple[str, ...]:
    """Return a roster row on duty all December."""
    return (who, office, "2026-12-01", "2026-12-31", scopes, str(limit), absent)


@pytest.fixture
def kit() -> SimpleNamespace:
    """The builders of this file."""
    return SimpleNamespace(World=World, Rules=Rules, item=item, task=task, inspector=inspector)


@pytest.fixture
def small() -> World:
    """Two offices with three people each, three units, four days; unit U1 is drawn by both departments."""
    return World(
        tasks={"m": task("m", "m1", 1, 3), "f": task("f", "f1"), "late": task("late", "m2", 4, 31)},
        items={"m1": item("m1", "market"), "m2": item("m2", "market"), "f1": item("f1", "fire", half_days=2)},
        offices={
            "M": Office(office_id="M", department="market", region="320505", name="Market Huqiu"),
            "F": Office(office_id="F", department="fire", region="320505", name="Fire Huqiu"),
        },
        drawn=[("m", "U1"), ("f", "U1"), ("m", "U2"), ("late", "U2"), ("f", "U3")],
        units=[("U1", "320505", "S1", "D", 900), ("U2", "320505", "S1", "A", 100), ("U3", "320505", "S2", "B", 500)],
        roster=[inspector(f"{o}{n}", o, "m1 m2" if o == "M" else "f1") for o in "MF" for n in (1, 2, 3)],
        days=["2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04"],
    )


@pytest.fixture
def random_world() -> Callable[[int], World]:
    """A builder of random small worlds: specialists, limits of one half-day, leave, recusals, whole-day items."""

    def build(seed: int) -> World:
        luck = random.Random(seed)
        names = ["market", "fire", "water"][: luck.choice((1, 2, 3))]
        items = {f"{d}{k}": item(f"{d}{k}", d, luck.choice((1, 1, 2)), luck.choice((2, 2, 3)))
                 for d in names for k in (1, 2, 3)}
        tasks = {}
        for k in range(5):
            start = luck.randint(1, 4)
            own = luck.sample(sorted(items), luck.randint(1, 3))
            tasks[f"t{k}"] = task(f"t{k}", " ".join(own), start, luck.randint(start, 5))
        offices = {f"O-{d}": Office(office_id=f"O-{d}", department=d, region="320505", name=d) for d in names}
        days = [f"2026-12-0{d}" for d in range(1, 6)]
        roster = []
        for department in names:
            own = [i for i in items if items[i].department == department]
            for n in range(luck.randint(3, 7)):
                scopes = " ".join(sorted(luck.sample(own, luck.choice((1, 2, 3, 3)))))
                absent = " ".join(f"{d}T{h}" for d in days for h in (1, 2) if luck.random() < 0.1)
                roster.append(inspector(f"{department}{n}", f"O-{department}", scopes, luck.choice((1, 2, 2)), absent))
        units = [(f"U{n:02d}", "320505", f"S{n % 4}", luck.choice("AABCD"), n) for n in range(luck.randint(4, 24))]
        drawn = [(t, u[0]) for u in units for t in luck.sample(sorted(tasks), luck.choice((1, 1, 2)))]
        recusals = [(r[0], u[0]) for r in roster for u in units if luck.random() < 0.03]
        return World(tasks=tasks, items=items, offices=offices, drawn=drawn, units=units, roster=roster, days=days,
                     recusals=recusals)

    return build
