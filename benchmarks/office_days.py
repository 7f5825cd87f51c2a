"""10,000 simulated office-days filled to the rim by the planner's rule, drawn by the lottery of draw protocol 2.

    python benchmarks/office_days.py [--days 10000]

Prints how many places were planned and on how many days the lottery left one open: none.
"""

from __future__ import annotations

import argparse
import random

from reference_lottery import Place, office_day

from supervision.planner.visits.capacity import Day, Group, fits

Side = list[Group]


def full_day(seed: int) -> tuple[int, Day, Side, Side]:
    """Return people, who is there, and groups of morning and afternoon, until nothing more fits."""
    luck = random.Random(seed)
    people = luck.randint(3, 12)

    def some(chance: float) -> int:
        return sum(1 << i for i in range(people) if luck.random() < chance)

    day = Day(some(0.93), some(0.93), some(0.75))
    masks = [(1 << people) - 1, some(0.6), some(0.6)]
    morning: Side = []
    afternoon: Side = []
    for _ in range(40):
        kind = luck.choice("mmaaw")
        side = afternoon if kind == "a" else morning
        side.append(Group(luck.choice(masks), kind == "w", luck.choice((1, 2, 2, 3))))
        if not fits(day, morning, afternoon):
            side.pop()
    return people, day, morning, afternoon


def places(people: int, day: Day, morning: Side, afternoon: Side) -> list[Place]:
    """Return the places of a day with who could hold each."""
    found = []
    for half, side in ((0, morning), (1, afternoon)):
        for n, group in enumerate(side):
            halves = (0, 1) if group.whole else (half,)
            there = [i for i in range(people) if all((day.first, day.second)[h] >> i & 1 for h in halves)]
            able = frozenset(str(i) for i in there if group.mask >> i & 1)
            found += [Place(f"{half}|{n}|{k}".encode(), halves, able) for k in range(group.people)]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=10_000)
    asked = parser.parse_args()
    total = open_days = 0
    for seed in range(asked.days):
        people, day, morning, afternoon = full_day(seed)
        own = places(people, day, morning, afternoon)
        limits = {str(i): 2 if day.twice >> i & 1 else 1 for i in range(people)}
        _, left = office_day(own, limits, {}, str(seed).encode())
        total += len(own)
        open_days += bool(left)
    print(f"{asked.days} office-days, {total} places planned, days with an open place: {open_days}")


if __name__ == "__main__":
    main()
