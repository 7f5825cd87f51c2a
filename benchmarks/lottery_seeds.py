"""How long the report of the lottery takes (人员抽取报告用时): a city's month of offices, 10,000 simulated seeds.

    python benchmarks/lottery_seeds.py [--visits 1650] [--offices 180] [--people 14] [--seeds 10000]

Beside it one seed of the lottery itself, times the number of seeds.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np
import pandas as pd

from supervision.sampling.inspectors.lottery import match
from supervision.sampling.inspectors.lottery_report import lottery_report
from supervision.sampling.inspectors.positions import CALENDAR, RECUSALS, ROSTER

DAYS = 22
OFFICES_OF_A_VISIT = (0.4, 0.4, 0.2)  # one, two, three
WHOLE_DAYS, ALL_SCOPES = 0.2, 0.5
LEAVE = 0.3  # of the people, a half-day each


def city(visits: int, offices: int, people: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return a calendar and a roster (日程与名册): two places for each office of a visit."""
    rng = np.random.default_rng(1)
    roster = [
        (
            f"{office:03}-{who:02}",
            f"{office:03}",
            "2026-12-01",
            "2026-12-31",
            "*" if rng.random() < ALL_SCOPES else "food fire",
            2,
            f"2026-12-{rng.integers(1, DAYS + 1):02}T1" if rng.random() < LEAVE else "",
        )
        for office in range(offices)
        for who in range(people)
    ]
    places = []
    for visit in range(visits):
        day, part = f"2026-12-{rng.integers(1, DAYS + 1):02}", rng.integers(1, 3)
        for office in rng.choice(offices, 1 + rng.choice(3, p=OFFICES_OF_A_VISIT), replace=False):
            whole = part == 1 and rng.random() < WHOLE_DAYS
            halves = f"{day}T1 {day}T2" if whole else f"{day}T{part}"
            places += [(f"U{visit}~1", f"{office:03}", place, halves, "food") for place in (1, 2)]
    return CALENDAR.frame(places), ROSTER.frame(roster)


def main() -> None:
    """Time both and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, number in (("visits", 1650), ("offices", 180), ("people", 14), ("seeds", 10_000)):
        parser.add_argument(f"--{name}", type=int, default=number)
    told = parser.parse_args()
    calendar, roster = city(told.visits, told.offices, told.people)
    began = time.process_time()
    drawn = match(calendar, roster, RECUSALS.empty(), bytes(32), hash_name="sha256").assignments
    one = time.process_time() - began
    began = time.process_time()
    made = lottery_report(
        calendar,
        roster,
        RECUSALS.empty(),
        drawn,
        commitment2=bytes(32),
        seeds=told.seeds,
        progress=lambda *_: None,
    )
    report = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"{len(calendar):,} places of {len(roster):,} people, {len(made.days):,} office-days, {told.seeds:,} seeds")
    print(f"one lottery {one:.2f} s, times the seeds {one * told.seeds / 60:.0f} min")
    print(f"the report {report:.1f} s, peak {memory:.0f} MB (processor's seconds)")


if __name__ == "__main__":
    main()
