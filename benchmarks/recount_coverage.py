"""Certificates of coverage counted again (覆盖证明复核), from the audit folders of many rounds, standard library alone.

    python3 -I benchmarks/recount_coverage.py OUT/audit

Of each round: the dates follow from the last inspections, the last months from the dates; a unit whose last month is
the round's stands in the stratum `due`, n = N, and is drawn, or is named with a reason; levels and tiers are those of
the rule, and each tier's sample is at least what it asks. From round to round: an inspection that counts moves a date
only if the unit was drawn (or an import says so), and no date passes in silence: who was not reached by its date is
named with the reason in the first round after it. The first difference ends it with exit code 1.
"""

from __future__ import annotations

import calendar
import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

FOR_NOW = ("cap", "interval")
HELD = ("due", "full", "ahead", "framed")


class Difference(Exception):
    """Something is not as it must be."""


Row = Mapping[str, str]


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV file."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


class Round:
    """One round's audit folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.name = folder, folder.name
        self.rows = read_rows(folder / "coverage.csv")
        self.facts = json.loads((folder / "coverage.json").read_bytes())
        self.duties = {duty["name"]: duty for duty in self.facts["duties"]}
        self.keys: dict[str, dict[str, str]] = defaultdict(dict)  # task → key → stratum
        for row in read_rows(folder / "strata_keys.csv"):
            self.keys[row["task_id"]][row["key"]] = row["stratum"]
        self.drawn: dict[str, set[str]] = {}
        self.stratum: dict[str, dict[str, str]] = {}
        self.sample: dict[str, dict[str, tuple[int, int]]] = {}
        for task in sorted(self.keys):
            place = folder / "tasks" / task
            order = place / "order.csv"
            listed = read_rows(order) if order.is_file() else []  # committed, not drawn yet
            self.drawn[task] = {row["unit_id"] for row in listed if row["role"] == "drawn"}
            self.stratum[task] = {row["unit_id"]: row["stratum"] for row in read_rows(place / "frame.csv")}
            strata = json.loads((place / "strata.json").read_bytes())
            self.sample[task] = {one["stratum"]: (int(one["units"]), int(one["sample"])) for one in strata}

    @property
    def month(self) -> str:
        """The month of the round."""
        return self.name[:7]

    @property
    def first_day(self) -> str:
        """Its first day."""
        return f"{self.month}-01"


def years_later(day: date, years: int) -> date:
    """The same day of a later year, 28 February for the 29th."""
    last = calendar.monthrange(day.year + years, day.month)[1]
    return date(day.year + years, day.month, min(day.day, last))


def by_of(base: date, duty: Mapping[str, Any]) -> date:
    """The date by which the next inspection must be."""
    return (
        date(base.year + duty["years"], 12, 31) if duty["counted"] == "calendar" else years_later(base, duty["years"])
    )


def occasions(duty: Mapping[str, Any], month: str, until: str) -> list[str]:
    """Return this month, and the later ones that the duty names, to the month of a day."""
    found, year, number = [month], int(month[:4]), int(month[5:])
    while True:
        year, number = year + number // 12, number % 12 + 1
        if f"{year:04}-{number:02}" > until[:7]:
            return found
        if number in duty["months"]:
            found.append(f"{year:04}-{number:02}")


def month_end(month: str) -> str:
    """The last day of a month."""
    year, number = int(month[:4]), int(month[5:])
    return f"{month}-{calendar.monthrange(year, number)[1]}"


def check(one: object, round: Round, what: object) -> None:
    """Raise a Difference where something does not hold."""
    if not one:
        raise Difference(f"{round.name}: {what}")


def check_dates(round: Round) -> None:
    """Dates, last months and reasons of every row."""
    for row in round.rows:
        duty = round.duties[row["duty"]]
        earliest = by_of(date.fromisoformat(duty["begins"]) - timedelta(days=1), duty).isoformat()
        if row["last"]:
            check(row["by"] == by_of(date.fromisoformat(row["last"]), duty).isoformat(), round, f"date of {row}")
        else:
            check(row["by"] >= earliest, round, f"date before the duty's first {row}")
        months = [m for m in occasions(duty, round.month, row["by"]) if month_end(m) <= row["by"]]
        check(row["month"] == (months[-1] if months else round.month), round, f"last month of {row}")
        late = row["by"] < round.first_day
        check(bool(row["why"]) == (late or row["state"] in ("excluded", "absent")), round, f"reason of {row}")


def check_due(round: Round) -> None:
    """Who is due stands in the stratum `due` and is drawn; nobody else does."""
    due: dict[str, set[str]] = defaultdict(set)
    for row in round.rows:
        task = row["task_id"]
        if row["state"] in HELD:
            check(row["unit_id"] in round.stratum[task], round, f"not in the frame of {task}: {row}")
            if row["month"] == round.month and row["state"] != "full":
                check(row["state"] == "due", round, f"due but {row['state']}: {row}")
            if row["state"] == "due":
                due[task].add(row["unit_id"])
        else:
            check(not any(row["unit_id"] in f for t, f in round.stratum.items() if t == task), round, f"framed: {row}")
    for task, strata in round.sample.items():
        name = round.keys[task].get("due")
        units = {unit for unit, stratum in round.stratum[task].items() if stratum == name}
        check(due[task] <= units, round, f"{task}: {len(due[task] - units)} due units outside the stratum due")
        if name:
            many, sample = strata[name]
            check(many == sample == len(units), round, f"{task}: of {many} due units {sample} are drawn")
            check(not round.drawn[task] or units <= round.drawn[task], round, f"{task}: a due unit is not drawn")


def tiers_of(counts: Counter[int]) -> tuple[int, list[tuple[int, int]]]:
    """The level, and the least number to be drawn ahead up to each k: the rule in words, step by step."""
    reached, total = [], 0
    for k in range(max(counts, default=0) + 1):
        total += counts[k]
        reached.append(total)
    level = max(-(-many // (k + 1)) for k, many in enumerate(reached))
    found, have = [], reached[0]
    for k, many in enumerate(reached):
        if many - level * k > have:
            found.append((k, many - level * k - have))
            have = many - level * k
    even = max(many // (k + 1) for k, many in enumerate(reached))
    if even > have:
        last, missing = max(k for k, many in enumerate(reached) if many // (k + 1) == even), even - have
        while found and reached[max(last, found[-1][0])] - reached[found[-1][0]] < missing:
            end, more = found.pop()
            last, missing = max(last, end), missing + more
        found.append((last, missing))
    return level, found


def check_levels(round: Round) -> None:
    """Levels, tiers and their samples; only where one duty asks of a task, so that rows say all."""
    asking: dict[str, set[str]] = defaultdict(set)
    waits: dict[str, list[Row]] = defaultdict(list)
    for row in round.rows:
        if row["task_id"]:
            asking[row["task_id"]].add(row["duty"])
            waits[row["task_id"]].append(row)
    for one in round.facts["levels"]:
        task, region = one["task_id"], one["region"]
        if len(asking[task]) != 1:
            continue
        duty = round.duties[next(iter(asking[task]))]
        months = occasions(duty, round.month, max(row["by"] for row in waits[task]))
        position = {month: k for k, month in enumerate(months)}
        counts: Counter[int] = Counter()
        for row in waits[task]:
            k, kept_out = position[row["month"]], row["state"] == "excluded"
            passing = kept_out and row["why"] in FOR_NOW and k > 0
            if row["region"] == region and (row["state"] in HELD or passing):
                counts[k] += 1
        level, tiers = tiers_of(counts)
        told = [(last, least) for _, _, last, least in one["tiers"]]
        check((level, counts[0], tiers) == (one["level"], one["due"], told), round, f"level of {one}: {level} {tiers}")
        before = 0
        for key, _, last, least in one["tiers"]:
            units = {
                row["unit_id"]
                for row in waits[task]
                if row["region"] == region and row["state"] in HELD and before < position[row["month"]] <= last
            }
            name, before = round.keys[task].get(key), last
            there = {unit for unit, stratum in round.stratum[task].items() if stratum == name}
            check(units == there, round, f"{task} {key}: other units than those up to {months[last]}")
            if name:
                check(round.sample[task][name][1] >= min(least, len(units)), round, f"{task} {key}: fewer than {least}")


def check_passage(rounds: Sequence[Round]) -> tuple[int, Counter[str], int]:
    """From round to round: dates move by inspections only, and none passes in silence.

    Returns how many dates were met, why others passed (each counted once), and how many moved by imports.
    """
    met, imported, passed = 0, 0, {}
    before: dict[tuple[str, str], Row] = {}
    drawn: dict[str, set[str]] = defaultdict(set)  # duty → unit@month
    for round in rounds:
        for row in round.rows:
            key = (row["duty"], row["unit_id"])
            was = before.get(key)
            if was and row["last"] != was["last"]:
                check(row["last"] > was["last"], round, f"an inspection is gone: {was} → {row}")
                met += row["last"] <= was["by"]
                imported += f"{row['unit_id']}@{row['last'][:7]}" not in drawn[row["duty"]]
            if row["by"] < round.first_day:
                check(bool(row["why"]), round, f"passed in silence: {row}")
                passed[(*key, row["by"])] = row["why"]
            before[key] = row
        for row in round.rows:
            if row["state"] in HELD and row["unit_id"] in round.drawn[row["task_id"]]:
                drawn[row["duty"]].add(f"{row['unit_id']}@{round.month}")
    return met, Counter(passed.values()), imported


def recount(audit: Path) -> Iterator[str]:
    """Check all rounds of an audit folder; yield what they show together."""
    folders = sorted(path for path in audit.iterdir() if (path / "coverage.csv").is_file())
    rounds = [Round(folder) for folder in folders]
    called: dict[str, list[int]] = defaultdict(list)
    for round in rounds:
        check_dates(round)
        check_due(round)
        check_levels(round)
        for task in round.keys:
            keys = {name for key, name in round.keys[task].items() if key == "due" or key.startswith("ahead")}
            called[task].append(sum(sample for name, (_, sample) in round.sample[task].items() if name in keys))
    met, passed, imported = check_passage(rounds)
    units = Counter(row["duty"] for row in rounds[-1].rows) if rounds else Counter[str]()
    told = "; ".join(f"{duty} {many}" for duty, many in sorted(units.items()))
    yield f"{len(rounds)} rounds agree; units asked for in the last: {told or '-'}"
    reasons = ", ".join(f"{why} {many}" for why, many in sorted(passed.items()))
    yield f"dates met {met} ({imported} by imports), passed with a reason {sum(passed.values())}: {reasons or '-'}"
    for task, months in sorted(called.items()):
        if any(months):
            yield f"{task}: called for by dates {min(months)} to {max(months)} a round, {sum(months)} together"


if __name__ == "__main__":
    try:
        for line in recount(Path(sys.argv[1])):
            print(line)
    except Difference as error:
        print(f"DIFFERS: {error}", file=sys.stderr)
        sys.exit(1)
