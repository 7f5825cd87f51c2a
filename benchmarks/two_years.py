"""Two years of a small city (两年模拟): 24 real rounds in one store, published one after the other into one folder.

The clock is played, the sources' values are made up, the city is the synthetic one; everything else is what a city's
regulators do: registers in, two commitments a month, values entered by two persons, results from filled workbooks in
two batches, corrections, repairs. After each month everything is verified, every file of an earlier round must be as it
was, and what was asked of units and items over the year is counted again from the published folders alone.

    python benchmarks/two_years.py [--folder DIR] [--entities N] [--months M] [--planned]

prints a line a month and a summary; the first difference ends it with exit code 1. With `--planned` each year's tasks
follow from the departments' plans: see `planned_years.py`.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from played_offices import Difference, Offices, chance
from recount import drawn_units, over_caps, over_items, read_rows, visits_of

from supervision.demo.city import write_city
from supervision.errors import SupervisionError
from supervision.month import line, planning
from supervision.month.city import BEIJING, City, silent
from supervision.month.importing import import_files
from supervision.month.public_results import rounds_to_publish
from supervision.month.publishing import publish
from supervision.month.round_files import Step
from supervision.sampling.protocol.verifier import verify

FIRST, MONTHS = date(2025, 1, 1), 24
COMMITS, DRAWS, CONFIRMS, RECORDS, ACCEPTS = "wang-01", "li-02", "zhao-03", "sun-04", "赵核准"
RENEWED = ("inspectors", "leave", "tasks", "calendar", "caps")  # registers that a month brings anew
TURNS = 3  # a task has its turn every third month
PROBLEM = ("E", "A", "3")
FULL = ("T05-certification", "T07-device")
COUNTED = ("drawn", "visits", "kept out by caps", "results", "corrections", "repairs", "removals", "put off")
# what no later publication may change: what was committed and drawn, and the manifests
FIXED = re.compile(
    r"(public|audit)/(\w*commitment[-\w]*\.json|reveal[-\w]*\.json|manifests/.*|tasks/.*|calendar.*|roster.*)"
)
AGREED = {0, 6}  # agrees; agrees and is anchored nowhere outside


def month_after(first: date, months: int) -> date:
    """Return the first day of a later month."""
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def write_rows(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    """Write rows of the same columns as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        table = csv.DictWriter(handle, list(rows[0]))
        table.writeheader()
        table.writerows(rows)


class Years:
    """The city, its store and folders, and the clock on the wall."""

    no_room: tuple[str, ...] = ("sampling.above_yearly_limit",)

    def __init__(self, folder: Path, entities: int) -> None:
        self.folder, self.entities = folder, entities
        self.store, self.out = folder / "city.db", folder / "out"
        self.clock = datetime(2024, 12, 1, tzinfo=BEIJING)
        self.totals: Counter[str] = Counter()
        self.offices = Offices(folder / "filled", self.out, lambda: self.city(RECORDS), self.totals)
        self.repaired: set[tuple[str, str]] = set()  # (round, unit)
        self.kept: dict[str, dict[str, str]] = {}  # round → path → digest
        self.put_off: set[tuple[str, str]] = set()  # (year, task)
        self.full: set[str] = set(FULL)  # tasks of full coverage, which no cap holds back

    def at(self, day: date, hour: int = 9) -> None:
        """Set the clock, never back."""
        self.clock = max(self.clock, datetime(day.year, day.month, day.day, hour, tzinfo=BEIJING))

    def city(self, who: str) -> City:
        """Open the city as somebody."""
        return City.open(self.store, who=who, now=lambda: self.clock)

    # registers

    def inputs(self, start: date) -> Path:
        """Write what the month brings: all registers first, then those that change, and what became known."""
        month, folder = f"{start:%Y-%m}", self.folder / "inputs" / f"{start:%Y-%m}"
        if start == FIRST:
            write_city(folder, entities=self.entities, month=month)
            for name in ("sources.csv", "frame_key.hex"):
                (folder / name).unlink()
        else:
            made = self.folder / "made"
            write_city(made, entities=self.entities, month=month)
            folder.mkdir(parents=True)
            for kind in RENEWED:
                shutil.copy(made / f"{kind}.csv", folder)
            shutil.rmtree(made)
            self._news(folder, start)
        self.tasks(folder, start)
        return folder

    def tasks(self, folder: Path, start: date) -> None:
        """Leave in a month's folder the tasks whose turn it is."""
        turn = (start.year * 12 + start.month) % TURNS
        tasks = read_rows(folder / "tasks.csv")
        write_rows(
            folder / "tasks.csv",
            [row for n, row in enumerate(tasks) if n % TURNS == turn and self._has_room(start, row)],
        )

    def _has_room(self, start: date, row: Mapping[str, str]) -> bool:
        return (f"{start:%Y}", row["任务编号"]) not in self.put_off

    def _news(self, folder: Path, start: date) -> None:
        """Write what became known in the month before: penalties, complaints, listings, repairs, closures."""
        first = self.folder / "inputs" / f"{FIRST:%Y-%m}"
        units = read_rows(first / "entities.csv")
        known = self.clock.date()
        events = []
        for n in range(len(units) // 100):
            unit = units[chance(start, "event", n) % len(units)]["unit_id"]
            kind = ("penalty", "penalty", "complaint", "abnormal", "dishonesty")[chance(start, "kind", n) % 5]
            number = f"{kind}-{start:%Y%m}-{n}"
            events.append(self._event(unit, kind, known - timedelta(days=n % 20 + 1), number, severity=str(n % 4)))
        for n, (unit, number) in enumerate(self._repairs(start)):
            made = self._event(unit, "repair", known, f"repair-{start:%Y%m}-{n}", severity="")
            events.append(made | {"repaired_no": number})
            self.totals["repairs"] += 1
        write_rows(folder / "events.csv", events)
        closed = [row for row in units if chance(start, "closed", row["unit_id"]) % 600 == 0]
        if closed:
            status = {"status": "注销", "known_on": known.isoformat()}
            write_rows(folder / "entities.csv", [row | status for row in closed])

    def _event(self, unit: str, kind: str, day: date, number: str, *, severity: str) -> dict[str, str]:
        known = self.clock.date().isoformat()
        row = {"unit_id": unit, "kind": kind, "happened": day.isoformat(), "event_no": number, "severity": severity}
        return row | {"known_on": known, "repaired_no": ""}

    def _repairs(self, start: date) -> Iterator[tuple[str, str]]:
        """Some results with problems of three months ago, and a penalty, are repaired."""
        earlier = f"{month_after(start, -3):%Y-%m}"
        found = sorted(key for key, code in self.offices.recorded.get(earlier, {}).items() if code in PROBLEM)
        for visit, _ in found[:1]:
            self.repaired.add((earlier, visit.rpartition("~")[0]))
            yield visit.rpartition("~")[0], f"{earlier}/{visit}"
        events = self.folder / "inputs" / earlier / "events.csv"
        for row in read_rows(events)[:2] if events.is_file() and month_after(start, -3) > FIRST else ():
            if row["kind"] == "penalty":
                yield row["unit_id"], row["event_no"]

    # a round

    def round(self, start: date) -> None:
        """Play a round from its registers to who goes where, on the days before its month."""
        name = f"{start:%Y-%m}"
        self.at(start - timedelta(days=9))
        folder = self.inputs(start)
        self._committed(name, folder)
        values: dict[str, list[str]] = {}
        for number in range(1, 5):
            end = "" if number == 1 else f"-{number}"
            made = (
                "commitment.json" if number == 1 else f"roster_commitment{'' if number == 2 else f'-{number - 1}'}.json"
            )
            path = self.out / "public" / name / made
            if not path.is_file():
                break
            sources = json.loads(path.read_bytes())["sources"]
            self.clock = max(self.clock, datetime.fromisoformat(sources[-1]["at"]) + timedelta(minutes=15))
            values |= {f"{source['name']}{end}": drawn_values(source) for source in sources}
            for who in (DRAWS, CONFIRMS):
                self.month(name, folder, who, values)
            if self._waits(name):
                self.month(name, folder, COMMITS, values)
            self.clock += timedelta(minutes=15)

    def _waits(self, name: str) -> bool:
        """Tell whether a roster has to be committed: nobody may do that who entered the values."""
        round = self.city(COMMITS).round(name)
        return round.count(Step.PLAN) > round.count(Step.ROSTER)

    def _committed(self, name: str, folder: Path) -> None:
        """Commit; a task that the year has no room for is put off, as the refusal says."""
        while True:
            try:
                self.month(name, folder, COMMITS, {})
            except SupervisionError as error:
                if error.code not in self.no_room:
                    raise
                params = error.message.params
                self._put_off(name, folder, set(str(params.get("tasks", params.get("task"))).split()))
            else:
                return

    def _put_off(self, name: str, folder: Path, tasks: set[str]) -> None:
        """Put tasks off to the next year: a new version of their rows, known today."""
        later = date(int(name[:4]) + 1, 1, 1)
        self.put_off |= {(name[:4], task) for task in tasks}
        rows = read_rows(folder / "tasks.csv")
        moved = [
            row
            | {
                "轮次": f"{later:%Y-%m}",
                "开始日期": f"{later}",
                "结束日期": f"{month_after(later, 1) - timedelta(days=1)}",
                "知悉日期": f"{self.clock.date()}",
            }
            for row in rows
            if row["任务编号"] in tasks
        ]
        if not moved:
            raise Difference(f"{name}: {tasks} stand in no file of the month")
        path = folder / "put_off.csv"
        write_rows(path, moved)
        report = import_files(self.city(COMMITS), "tasks", [path], as_of=self.clock.date())
        if report.exit_code:
            raise Difference(f"{name}: tasks cannot be put off: {report.facts}")
        self.totals["put off"] += len(moved)

    # results

    def month_of_work(self, start: date) -> str:
        """Do what falls into a month: its round, the results of the last one and of its own, corrections, the check."""
        name, before = f"{start:%Y-%m}", f"{month_after(start, -1):%Y-%m}"
        self.round(start)
        touched = {name}
        self.at(start + timedelta(days=3))
        if before in self.offices.recorded:
            self.offices.record(before, until=start)
            self.offices.correct(before)
            touched.add(before)
        self.at(start + timedelta(days=20), 17)
        self.offices.record(name, until=start + timedelta(days=21))
        touched |= self._publish_again()
        self._check(name, touched)
        counts = " ".join(f"{key} {self.totals[key]}" for key in COUNTED)
        return f"{name}: {counts}; again {' '.join(sorted(touched - {name})) or '-'}"

    def _publish_again(self) -> set[str]:
        """Publish the rounds again whose results have to leave the page by now, as the program says."""
        again = rounds_to_publish(self.city(RECORDS))
        for name in again:
            publish(self.city(RECORDS).round(name), self.out)
        self.totals["removals"] += len(again)
        for name, unit in self.repaired:
            shown = json.loads((self.out / "public" / name / "results.json").read_bytes())
            if any(row["unit_id"] == unit for row in [*shown["results"], *shown["corrections"]]):
                raise Difference(f"{name}: the repaired result of {unit} is still shown")
        return set(again)

    # what must be so

    def _check(self, name: str, touched: set[str]) -> None:
        """Verify all rounds, the month's public folder and a copy of it; compare the others; count the year again."""
        copy = self.folder / "copy" / name
        shutil.copytree(self.out / "public" / name, copy)
        for folder in (self.out, self.out / "public", self.out / "public" / name, copy):
            report = verify(folder)
            if report.difference is not None or report.code not in AGREED:
                raise Difference(f"{folder}: {report.verdict('en')}")
        shutil.rmtree(copy.parent)
        for other, before in self.kept.items():
            now = self._digests(other)
            changed = sorted(path for path in before.keys() | now.keys() if before.get(path) != now.get(path))
            if other not in touched and changed:
                raise Difference(f"{name}: {len(changed)} files of {other} changed, the first {changed[0]}")
            lost = [path for path in before if FIXED.fullmatch(path) and before[path] != now.get(path)]
            if lost:
                raise Difference(f"{name}: {lost[0]} of {other} is no more what was published")
        self.kept |= {one: self._digests(one) for one in touched}
        audit = self.out / "audit" / name
        self.totals["drawn"] += sum(len(drawn_units(audit, row["task_id"])) for row in read_rows(audit / "tasks.csv"))
        excluded = [row for path in audit.glob("tasks/*/excluded.csv") for row in read_rows(path)]
        self.totals["kept out by caps"] += sum(row["reason"] in ("cap", "interval") for row in excluded)
        self.totals["visits"] += len({visit for visit, _ in visits_of(audit)})
        self.limits(name)

    def limits(self, name: str) -> None:
        """Count the year so far again from the published folders alone: caps of units, ratios of items."""
        over = over_caps(self.out, name[:4], full=self.full, off_site=self.offices.off_site) or over_items(
            self.out, name[:4]
        )
        if over:
            raise Difference(f"{name}: {len(over)} above the year's limit, the first {over[0]}")

    def _digests(self, name: str) -> dict[str, str]:
        parts = ("public", "audit", "internal")
        return {f"{part}/{path}": one for part in parts for path, one in digests(self.out / part / name).items()}

    def summary(self, months: int) -> str:
        """Return what the years show together; the home page must list every round."""
        home = json.loads((self.out / "public" / "index.json").read_bytes())
        listed = {one["round"] for one in home["rounds"]}
        if listed != set(self.kept):
            raise Difference(f"the home page lists {sorted(listed)}")
        manifests = sum(len(list((self.out / "public" / name / "manifests").glob("*"))) + 1 for name in self.kept)
        return f"{months} months agree: {len(listed)} rounds on one site, {manifests} manifests of rounds"

    def month(self, name: str, folder: Path, who: str, values: Mapping[str, Sequence[str]]) -> Any:
        """Run the command `month` as somebody, with the values known by now."""
        return line.run(
            self.store,
            name,
            inputs=folder,
            out=self.out,
            values=values,
            rehearsal=False,
            accept_unverified=ACCEPTS,
            who=who,
            progress=silent,
            now=lambda: self.clock,
        )


def drawn_values(source: Mapping[str, Any]) -> list[str]:
    """Return values of a source, made up from its name and issue."""
    numbers = range(source["low"], source["high"] + 1)
    order = sorted(numbers, key=lambda number: chance(source["name"], source["issue"], number))
    return [str(number) for number in order[: source["count"]]]


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a folder, by path."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def main() -> int:
    """Play the years and print what they show."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--entities", type=int, default=1500)
    parser.add_argument("--months", type=int, default=MONTHS)
    parser.add_argument("--planned", action="store_true", help="tasks follow from each year's plan")
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp())
    planning.BUDGET = replace(planning.BUDGET, processes=1)  # starting a second process takes longer than the plan
    if given.planned:
        from planned_years import play  # it plays these years, too

        return play(folder, given.entities, given.months)
    years, began = Years(folder, given.entities), time.perf_counter()
    try:
        for n in range(given.months):
            since = time.perf_counter()
            told = years.month_of_work(month_after(FIRST, n))
            print(f"{told}; {time.perf_counter() - since:.0f} s", flush=True)
        print(years.summary(given.months), f"; {time.perf_counter() - began:.0f} s", sep="")
    except Difference as error:
        print(f"DIFFERS: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
