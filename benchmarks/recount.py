"""What the published folders of many rounds say together (跨轮次复核), counted without the program's own code.

Caps: no random draw of a year takes a unit to which one of the task's departments came on site before in that year.
Items: what was drawn for an item in a year stays within its published ratio of all units that stood in its frames.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from fractions import Fraction
from math import floor
from pathlib import Path

NOT_ABOVE = re.compile(r"不高于(\d+)%")
GENERAL_LIMIT = Fraction(10, 100)  # the demonstration city's own rule shared/general_item_limit


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def drawn_units(audit: Path, task: str) -> list[str]:
    """Return the units that a task drew, from its order.csv."""
    return [row["unit_id"] for row in read_rows(audit / "tasks" / task / "order.csv") if row["role"] == "drawn"]


def over_caps(out: Path, year: str, *, full: Collection[str], off_site: Collection[tuple[str, str, str]]) -> list[str]:
    """Return draws of a unit to which a department had come before in the year (超出同一机关年度上限).

    `full`: tasks of full coverage, which no cap holds back; `off_site`: (round, visit, item) settled without a visit.
    """
    came: defaultdict[str, set[str]] = defaultdict(set)
    found = []
    for audit in sorted((out / "audit").glob(f"{year}-*")):
        departments = {row["item_id"]: row["department"] for row in read_rows(audit / "items.csv")}
        for row in read_rows(audit / "tasks.csv"):
            if row["task_id"] not in full:
                coming = {departments[item] for item in row["items"].split()}
                again = [unit for unit in drawn_units(audit, row["task_id"]) if coming & came[unit]]
                found += [f"{audit.name} {row['task_id']} {unit}" for unit in again]
        for visit, item in visits_of(audit):
            if (audit.name, visit, item) not in off_site:
                came[visit.rpartition("~")[0]].add(departments[item])
    return found


def visits_of(audit: Path) -> Iterator[tuple[str, str]]:
    """Yield (visit, item) of a round's calendars."""
    for path in sorted(audit.glob("calendar*.csv")):
        for row in read_rows(path):
            yield from ((row["visit_id"], item) for item in row["items"].split())


def over_items(out: Path, year: str) -> list[str]:
    """Return items of which more was drawn in a year than their published ratio allows (超出事项年度比例)."""
    framed: defaultdict[str, set[str]] = defaultdict(set)
    drawn: defaultdict[str, set[str]] = defaultdict(set)
    most: dict[str, Fraction] = {}
    for audit in sorted((out / "audit").glob(f"{year}-*")):
        for row in read_rows(audit / "items.csv"):
            said = NOT_ABOVE.fullmatch(row["ratio"])
            if said:
                most[row["item_id"]] = Fraction(int(said[1]), 100)
            if row["kind"] == "general":
                most[row["item_id"]] = min(GENERAL_LIMIT, most.get(row["item_id"], GENERAL_LIMIT))
        for row in read_rows(audit / "tasks.csv"):
            units = {one["unit_id"] for one in read_rows(audit / "tasks" / row["task_id"] / "frame.csv")}
            for item in row["items"].split():
                framed[item] |= units
                drawn[item] |= set(drawn_units(audit, row["task_id"]))
    return [
        f"{item}: {len(drawn[item])} of {len(framed[item])}"
        for item in sorted(drawn)
        if item in most and len(drawn[item]) > floor(most[item] * len(framed[item]))
    ]
