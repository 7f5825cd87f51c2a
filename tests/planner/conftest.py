"""A district small enough to follow by hand, and a way to build random ones."""

from __future__ import annotations

import importlib.util
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pandas as pd
import pytest

from supervision.domain.items import Item, Task
from supervision.domain.people import Office
from supervision.planner.plan import Budget, Plan
from supervision.planner.solver.calendar import solve
from supervision.planner.visits.demand import Inputs

ROSTER = ["inspector_id", "office", "from", "until", "scopes", "daily_limit", "absent"]


def tie(unit: str) -> str:
    """T of a unit."""
    return sha256(unit.encode()).hexdigest()


@dataclass
class World:
    """The inputs of a calendar, easy to vary. `units`: unit_id, region, street, blocked."""

    tasks: dict[str, Task]
    items: dict[str, Item]
    offices: dict[str, Office]
    drawn: list[tuple[str, str]]
    units: list[tuple[str, str, str, str]]
    roster: list[tuple[str, ...]]
    days: list[str]
    recusals: list[tuple[str, str]] = field(default_factory=list)
    halves: dict[str, str] = field(default_factory=dict)
    ties: dict[str, str] = field(default_factory=dict)
    earliest: str = ""
    least: int = 2

    def inputs(self) -> Inputs:
        """What the planner is given."""
        units = pd.DataFrame(self.units, columns=["unit_id", "region", "street", "blocked"])
        regions = {o.region for o in self.offices.values()}
        return Inputs(
            drawn=pd.DataFrame(self.drawn, columns=["task_id", "unit_id"]),
            tasks=self.tasks,
            items=self.items,
            offices=self.offices,
            units=units.assign(tie=[self.ties.get(u, tie(u)) for u in units["unit_id"]]),
            roster=pd.DataFrame(self.roster, columns=ROSTER).astype("str"),
            half_days={region: [f"{d}T{h}" for d in self.days for h in (1, 2)] for region in regions},
            least=self.least,
            recusals=pd.DataFrame(self.recusals, columns=["inspector_id", "unit_id"]),
            earliest=self.earliest,
            halves=self.halves,
        )

    def solve(self, **budget: int) -> Plan:
        """The calendar of this world."""
        return solve(self.inputs(), budget=Budget(**budget))


def item(name: str, department: str, half_days: int = 1, inspectors: int = 2) -> Item:
    """Return an item with the facts the planner reads."""
    return Item(
        item_id=name,
        name=name,
        department=department,
        kind="general",
        basis="",
        ratio="3%",
        half_days=half_days,
        inspectors=inspectors,
    )


def task(name: str, items: str, start: int = 1, end: int = 31) -> Task:
    """Return a task of December 2026 with items joined by a space."""
    return Task(
        task_id=name,
        number="",
        name=name,
        round="2026-12",
        items=tuple(items.split()),
        lead="market",
        partners=(),
        start=date(2026, 12, start),
        end=date(2026, 12, end),
        population="*",
        regime="random",
        ratio="3%",
        by_region=False,
        reserve="",
        group="joint",
        access="sealed",
        disclosure="after_visit",
    )


def inspector(
    who: str, office: str, scopes: str, limit: int = 2, absent: str = "", start: int = 1, end: int = 31
) -> tuple[str, ...]:
    """Return a roster row, certified from a day of December to another."""
    return (who, office, f"2026-12-{start:02d}", f"2026-12-{end:02d}", scopes, str(limit), absent)


def office(name: str, department: str, region: str = "320505") -> Office:
    """Return an office."""
    return Office(office_id=name, department=department, region=region, name=name)


@pytest.fixture
def kit() -> SimpleNamespace:
    """The builders of this file."""
    return SimpleNamespace(World=World, item=item, task=task, inspector=inspector, office=office, tie=tie)


@pytest.fixture
def small() -> World:
    """Two offices with three people each, three units, four days; unit U1 is drawn by both departments."""
    return World(
        tasks={"m": task("m", "m1", 1, 3), "f": task("f", "f1"), "late": task("late", "m2", 4, 31)},
        items={"m1": item("m1", "market"), "m2": item("m2", "market"), "f1": item("f1", "fire", half_days=2)},
        offices={"M": office("M", "market"), "F": office("F", "fire")},
        drawn=[("m", "U1"), ("f", "U1"), ("m", "U2"), ("late", "U2"), ("f", "U3")],
        units=[("U1", "320505", "S1", ""), ("U2", "320505", "S1", ""), ("U3", "320505", "S2", "")],
        roster=[inspector(f"{o}{n}", o, "m1 m2" if o == "M" else "f1") for o in "MF" for n in (1, 2, 3)],
        days=["2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04"],
    )


@pytest.fixture
def random_world() -> Callable[..., World]:
    """A builder of random worlds: specialists, limits of one half-day, leave, recusals, whole-day items."""

    def build(seed: int, units: tuple[int, int] = (4, 24), days: int = 5, departments: int = 3) -> World:
        luck = random.Random(seed)
        names = ["market", "fire", "water"][: luck.randint(1, departments)]
        items = {
            f"{d}{k}": item(f"{d}{k}", d, luck.choice((1, 1, 2)), luck.choice((1, 2, 2, 3)))
            for d in names
            for k in (1, 2, 3)
        }
        tasks = {}
        for k in range(5):
            start = luck.randint(1, days)
            own = luck.sample(sorted(items), luck.randint(1, 3))
            tasks[f"t{k}"] = task(f"t{k}", " ".join(own), start, luck.randint(start, days))
        listed = [f"2026-12-{d:02d}" for d in range(1, days + 1)]
        roster = []
        for department in names:
            own = [i for i in items if items[i].department == department]
            for n in range(luck.randint(2, 6)):
                scopes = " ".join(sorted(luck.sample(own, luck.choice((1, 2, 3, 3)))))
                absent = " ".join(f"{d}T{h}" for d in listed for h in (1, 2) if luck.random() < 0.1)
                roster.append(inspector(f"{department}{n}", f"O-{department}", scopes, luck.choice((1, 2, 2)), absent))
        rows = []
        for n in range(luck.randint(*units)):
            blocked = f"2026-12-{luck.randint(1, days):02d}T{luck.randint(1, 2)}" if luck.random() < 0.2 else ""
            rows.append((f"U{n:02d}", "320505", f"S{n % 4}", blocked))
        drawn = [(t, u[0]) for u in rows for t in luck.sample(sorted(tasks), luck.choice((1, 1, 2)))]
        recusals = [(r[0], u[0]) for r in roster for u in rows if luck.random() < 0.03]
        return World(
            tasks=tasks,
            items=items,
            offices={f"O-{d}": office(f"O-{d}", d) for d in names},
            drawn=drawn,
            units=rows,
            roster=roster,
            days=listed,
            recusals=recusals,
        )

    return build


@pytest.fixture(scope="session")
def lottery() -> ModuleType:
    """The reference lottery of draw protocol 2, section 7."""
    path = Path(__file__).parents[2] / "benchmarks" / "reference_lottery.py"
    spec = importlib.util.spec_from_file_location("reference_lottery", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
