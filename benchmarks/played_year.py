"""Twelve months of a demonstration city (全年模拟): real rounds with leave and changes, published as they go.

The city of `two_years.py`; after each draw inspectors fall ill, so that changes are published, too, and all results are
recorded at the month's end. A task that an item's limit leaves no room for is put off, as the refusal says.

    python benchmarks/played_year.py FOLDER [--entities 12000] [--months 12]
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from two_years import ACCEPTS, DRAWS, FIRST, RECORDS, Difference, Years, month_after

from supervision.month import planning, replanning
from supervision.month import round_files as files
from supervision.month.change_order import ABSENT
from supervision.month.change_request import read_request
from supervision.month.publishing import publish

ILL = 3  # inspectors a month
NOT_BEFORE = timedelta(days=6)


class Year(Years):
    """A city's year with people who fall ill (含请假变更的全年)."""

    no_room = ("sampling.above_yearly_limit", "sampling.above_limit")

    def month_of_work(self, start: date) -> str:
        """Play a month: its round, who falls ill, its results."""
        name = f"{start:%Y-%m}"
        self.round(start)
        self._fall_ill(name, start)
        end = month_after(start, 1)
        self.at(end - timedelta(days=1), 17)
        self.offices.record(name, until=end)
        return f"{name}: {' '.join(f'{key} {many}' for key, many in sorted(self.totals.items()))}"

    def _fall_ill(self, name: str, start: date) -> None:
        """Some who were drawn fall ill, and others take their places."""
        self.at(start + timedelta(days=1))
        round = self.city(ACCEPTS).round(name)
        drawn = round.read(files.ASSIGNMENTS)
        places = round.read(files.CALENDAR).merge(drawn, on=["visit_id", "office", "place"])
        places["day"] = places["half_days"].str[:10]
        later = places[places["day"] >= f"{start + NOT_BEFORE}"].drop_duplicates("office")
        for who, day in later[["inspector_id", "day"]].head(ILL).itertuples(index=False, name=None):
            round = self.city(DRAWS).round(name)
            told = {"since": day, "until": day, "by": RECORDS, "ground": "病假"}
            replanning.replan(round, read_request(round, kind=ABSENT, subject=who, **told))
            self.totals["changes"] += 1
        publish(self.city(RECORDS).round(name), self.out)


def play(folder: Path, entities: int, months: int) -> None:
    """Play the months and print a line each."""
    planning.BUDGET = replace(planning.BUDGET, processes=1)
    replanning.BUDGET = replace(replanning.BUDGET, processes=1)
    year = Year(folder, entities)
    for number in range(months):
        since = time.perf_counter()
        print(f"{year.month_of_work(month_after(FIRST, number))}; {time.perf_counter() - since:.0f} s", flush=True)


def main() -> int:
    """Play the year."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--entities", type=int, default=12_000)
    parser.add_argument("--months", type=int, default=12)
    given = parser.parse_args()
    try:
        play(given.folder, given.entities, given.months)
    except Difference as error:
        print(f"DIFFERS: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
