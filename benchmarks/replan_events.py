"""150 changes of a drawn calendar: 50 illnesses of a week, 50 closed office-days, 50 urgent visits.

    python benchmarks/replan_events.py [--visits 5000] [--seed 0]

The calendar is that of `city_month`, its inspectors drawn by the lottery of draw protocol 2. A third of the visits is
announced to their units; those of the first day are within the notice period. Every event is tried on the same
calendar; its proof is counted, and the time that it took.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import time
from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd
from city_month import chance, city
from reference_lottery import Place as Draw
from reference_lottery import office_day

from supervision.planner.check.people import Place, inspectors
from supervision.planner.plan import Budget
from supervision.planner.replan.change import Change, Event, replan
from supervision.planner.solver.calendar import solve
from supervision.planner.visits.demand import Inputs

SEED = b"benchmark"
FIRST, NOTICE = "2026-12-03T1", "2026-12-04T1"  # what has not begun; the first after the notice period


def drawn(given: Inputs, calendar: pd.DataFrame) -> pd.DataFrame:
    """Return the calendar with inspector_id, "" where the lottery left a place open."""
    people = inspectors(given.roster, given.recusals)
    load: dict[str, int] = {}
    holder: dict[tuple[str, str, int], str] = {}
    days: dict[tuple[str, str], list[tuple[tuple[str, str, int], tuple[str, ...], Place]]] = {}
    columns = ["visit_id", "unit_id", "office", "place", "half_days", "items"]
    for visit, unit, office, place, half_days, items in calendar[columns].itertuples(index=False, name=None):
        halves = tuple(half_days.split())
        able = Place(office=office, unit=unit, half_days=halves, items=frozenset(items.split()))
        days.setdefault((halves[0][:10], office), []).append(((visit, office, place), halves, able))
    for (_, office), own in sorted(days.items()):
        crew = people[office]
        names = {f"{v}\x1f{o}\x1f{n}\x1f".encode(): key for key, _, _ in own for v, o, n in [key]}
        places = [
            Draw(name, tuple(int(h[11:]) - 1 for h in halves), frozenset(i.who for i in crew if i.may(able)))
            for name, (_, halves, able) in zip(names, own, strict=True)
        ]
        held, _ = office_day(places, {i.who: i.limit for i in crew}, load, SEED)
        holder.update({names[name]: who for name, who in held.items()})
    keys = calendar[["visit_id", "office", "place"]].itertuples(index=False, name=None)
    return calendar.assign(inspector_id=[holder.get(key, "") for key in keys])


def choose(place: Place, free: Sequence[str], load: Mapping[str, int]) -> str:
    """The lottery's choice among the eligible."""
    least = min(load.values(), default=0)
    name = SEED + f"{place.visit_id}\x1f{place.office}\x1f{place.number}\x1f".encode()
    own = [who for who in free if load.get(who, 0) <= least + 2] or list(free)
    return min(own, key=lambda who: hashlib.sha256(name + who.encode()).digest())


def events(given: Inputs, standing: pd.DataFrame) -> list[tuple[str, Inputs, Event]]:
    """50 of each kind, offices drawn by the places they hold."""
    days = sorted({h[:10] for h in given.half_days["320505"] if h >= FIRST})
    found = []
    rows = standing[standing["half_days"] >= FIRST].reset_index(drop=True)
    for n in range(150):
        row = rows.iloc[chance("event", n) % len(rows)]
        office, day = row["office"], row["half_days"][:10]
        if n < 50:
            start = chance("day", n) % len(days)
            away = " ".join(f"{d}T{h}" for d in days[start : start + 5] for h in (1, 2))
            table = given.roster.copy()
            mine = table["inspector_id"] == row["inspector_id"]
            table.loc[mine, "absent"] = (table.loc[mine, "absent"] + " " + away).str.strip()
            found.append(("illness", dataclasses.replace(given, roster=table), Event()))
        elif n < 100:
            found.append(("office closed", given, Event(closed=frozenset({(office, day)}))))
        else:
            items = frozenset(row["items"].split())
            half = (f"{day}T{1 + chance('half', n) % 2}",)
            urgent = tuple(
                Place(
                    visit_id=f"urgent{n}", unit=f"X{n}", office=office, number=k, half_days=half, items=items, holder=""
                )
                for k in (1, 2)
            )
            found.append(("urgent visit", given, Event(urgent=urgent)))
    return found


def line(kind: str, found: Sequence[tuple[Change, float]]) -> str:
    times = sorted(seconds for _, seconds in found)
    still = sum(c.moved + c.lost == 0 for c, _ in found)
    moved, told = sum(c.moved for c, _ in found), sum(c.told for c, _ in found)
    return (
        f"{kind:14s} {len(found):3d} events  nothing moves {still:3d}  proven least "
        f"{sum(c.proven for c, _ in found):3d}  moved {moved:4d} (told {told})  lost "
        f"{sum(c.lost for c, _ in found):3d}  people {sum(c.people for c, _ in found):4d}  "
        f"median {times[len(times) // 2]:.2f} s  longest {times[-1]:.2f} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    given = city(asked.visits, seed=asked.seed)
    standing = drawn(given, solve(given, budget=Budget()).calendar)
    left = (standing["inspector_id"] == "").sum()
    print(f"{asked.visits} visits, {len(standing)} places, {left} left open by the lottery")
    told = {v for v in standing["visit_id"] if chance("told", v) % 3 == 0}
    found: dict[str, list[tuple[Change, float]]] = {}
    for kind, then, event in events(given, standing):
        began = time.process_time()
        change = replan(then, standing, event, choose=choose, first=FIRST, notice=NOTICE, told=told)
        found.setdefault(kind, []).append((change, time.process_time() - began))
    for kind, own in found.items():
        print(line(kind, own))
    every = [pair for own in found.values() for pair in own]
    print(line("all", every))
    print("not proven:", Counter((c.lost, c.told, c.moved, *c.least) for c, _ in every if not c.proven))


if __name__ == "__main__":
    main()
