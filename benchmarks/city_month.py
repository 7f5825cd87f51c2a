"""A synthetic month for the calendar's benchmarks: 18 departments × 10 districts, 2,500 inspectors, 22 working days.

A quarter of the offices have specialists, one inspector in eight is limited to a half-day a day, one in ten is on leave
for three days. Tasks run all month, its first three or its last three weeks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from supervision.domain.items import Item, Task
from supervision.domain.people import Office
from supervision.planner.visits.demand import Inputs

REGIONS = ["320505", "320506", "320507", "320508", "320509", "320571", "320581", "320582", "320583", "320585"]
DEPARTMENTS = [
    "market",
    "fire",
    "emergency",
    "ecology",
    "housing",
    "transport",
    "water",
    "commerce",
    "culture",
    "health",
    "medicare",
    "labour",
    "civil",
    "agriculture",
    "customs",
    "education",
    "urban",
    "police",
]


def chance(*key: object) -> int:
    """Return a number from a key, the same everywhere."""
    return int.from_bytes(hashlib.blake2b("|".join(map(str, key)).encode(), digest_size=6).digest(), "big")


def working_half_days() -> list[str]:
    days = [date(2026, 12, 1) + timedelta(days=n) for n in range(31)]
    return [f"{d}T{h}" for d in days if d.weekday() < 5 for h in (1, 2)][:44]


def city(visits: int, inspectors: int = 2500, seed: int = 0) -> Inputs:
    """Return a synthetic month; seed 0 is the one measured since the first version."""
    salt = f"{seed}|" if seed else ""
    offices = {
        f"{d}-{r}": Office(office_id=f"{d}-{r}", department=d, region=r, name=f"{d} {r}")
        for d in DEPARTMENTS
        for r in REGIONS
    }
    items = {
        f"{d}{k}": Item(
            item_id=f"{d}{k}",
            name=f"{d}{k}",
            department=d,
            kind="general",
            basis="",
            ratio="3%",
            half_days=2 if (n + k) % 7 == 0 else 1,
            inspectors=3 if (n + k) % 11 == 0 else 2,
        )
        for n, d in enumerate(DEPARTMENTS)
        for k in (1, 2)
    }
    popular = [d for n, d in enumerate(DEPARTMENTS) for _ in range(12 - n // 2)]
    drawn, units = [], []
    for n in range(visits):
        unit, region = f"U{n:06d}", REGIONS[chance(f"{salt}region", n) % 10]
        tie = hashlib.sha256(f"ties|{salt}{unit}".encode()).hexdigest()
        units.append((unit, region, f"{region}-{chance(f'{salt}street', n) % 15}", tie))
        count = (2, 2, 2, 3, 3)[chance(f"{salt}count", n) % 5]
        for k in range(count):
            department = popular[chance(f"{salt}department", n, k) % len(popular)]
            drawn.append((f"{department}.{1 + chance(f'{salt}task', n, k) % 3}", unit))
    return Inputs(
        drawn=pd.DataFrame(drawn, columns=["task_id", "unit_id"]).drop_duplicates().astype("str"),
        tasks=dict(_tasks(items)),
        items=items,
        offices=offices,
        units=pd.DataFrame(units, columns=["unit_id", "region", "street", "tie"]),
        roster=roster(inspectors, [d for d in popular for _ in range(items[f"{d}1"].half_days)]),
        half_days={r: working_half_days() for r in REGIONS},
        least=2,
    )


def _tasks(items: dict[str, Item]) -> Iterator[tuple[str, Task]]:
    windows = {1: (1, 31), 2: (1, 22), 3: (8, 31)}
    for department in DEPARTMENTS:
        for k, (start, end) in windows.items():
            own = tuple(i for i in items if items[i].department == department)
            yield (
                f"{department}.{k}",
                Task(
                    task_id=f"{department}.{k}",
                    number="",
                    name="",
                    round="2026-12",
                    items=own[:1] if k < 3 else own,
                    lead=department,
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
                ),
            )


def roster(inspectors: int, popular: list[str]) -> pd.DataFrame:
    rows = []
    for n in range(inspectors):
        department = popular[n // 10 * len(popular) // (inspectors // 10)]
        office = f"{department}-{REGIONS[n % 10]}"
        special = chance("special", office) % 4 == 0 and chance("scope", n) % 4 == 0
        scopes = f"{department}1" if special else f"{department}1 {department}2"
        first = 1 + chance("leave", n) % 28
        absent = [f"2026-12-{d:02d}T{h}" for d in range(first, first + 3) for h in (1, 2)] if n % 10 == 0 else []
        rows.append(
            (f"I{n:05d}", office, "2026-12-01", "2026-12-31", scopes, "1" if n % 8 == 0 else "2", " ".join(absent))
        )
    columns = ["inspector_id", "office", "from", "until", "scopes", "daily_limit", "absent"]
    return pd.DataFrame(rows, columns=columns).astype("str")
