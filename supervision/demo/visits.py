"""Two years of inspections (历次检查记录), and the probability that each would find something.

The probability is known because it was made: log odds = level + trade + age + scale + events known before the day + a
licence that is lacking + the conduct of whoever stands behind the unit + a part of what nobody sees. What was found is
a throw of that probability, so a scorecard can be held against the truth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import pyarrow as pa

from supervision.demo.chance import Floats, Integers
from supervision.demo.departments import DemoItem
from supervision.demo.events import LAST, YEARS, Events, burden
from supervision.demo.licences import unlicensed
from supervision.demo.places import DISTRICTS
from supervision.demo.relations import conduct
from supervision.demo.tasks import OPEN, DemoTask
from supervision.demo.trades import TRADES
from supervision.demo.units import Units, day_number

LEVEL = -3.25
UNLICENSED, HOLDER = 0.6, 0.9  # what a lacking licence adds to the log odds, and one unit of a holder's conduct
YEARLY = 0.05  # visits a unit and year
FOR_CAUSE_SHARE = 0.15  # of the complaints
COULD_NOT = 0.04
COULD_NOT_CODES = (("6", 60.0), ("7", 25.0), ("12", 8.0), ("9", 7.0))
PROBLEM_CODES = (("E", 45.0), ("A", 25.0), ("", 29.5), ("8", 0.5))  # blank: the item's own code
CODES = ("1", "F", "E", "A", "B", "C", "D", "3", "4", "5", "G", "8", "6", "7", "12", "9")
PLACE = {code: number for number, code in enumerate(CODES)}
TEAMS = 4  # of inspectors, an office; each a little stricter or milder than the others


@dataclass(frozen=True, kw_only=True)
class Visits:
    """Past visits by number (历次检查的数值): unit, day (since 1970-01-01), task, whether for cause, in that order."""

    row: Integers
    day: Integers
    task: Integers
    for_cause: Integers


def violation_probability(units: Units, events: Events, row: Integers, day: Integers) -> Floats:
    """Return the probability that an inspection of a unit on a day finds a violation (违规概率), four decimals."""
    age = day - units.established[row]
    young = np.where(age < 730, 0.7, np.where(age < 1_825, 0.3, 0.0))
    effect = 2.0 * np.array([trade.effect for trade in TRADES])[units.trade[row]]
    odds = LEVEL + effect + young - 0.3 * units.above_scale[row] + burden(events, row, day) + 0.4 * units.worry[row]
    odds += UNLICENSED * unlicensed(units, row, day) + HOLDER * conduct(units, row)
    return np.round(1.0 / (1.0 + np.exp(-odds)), 4)


def make_visits(units: Units, events: Events, tasks: Sequence[DemoTask]) -> Visits:
    """Make the visits of two years (生成历次检查): at most one a unit and year by draw, some more for complaints."""
    everybody = units.live
    choice = _task_of(units, tasks)
    rows, days, causes = [], [], []
    for first, last in _years(units.month):
        share = YEARLY * (last - first) / 365
        wanted = share * np.clip(np.exp(0.4 * units.worry[everybody]), 0.3, 4.0)
        row = everybody[units.chance.uniform(f"visit {first}", everybody) < wanted]
        rows.append(row)
        days.append(first + units.chance.below(f"visit day {first}", last - first, row))
        causes.append(np.zeros(len(row), dtype=np.int64))
    complaint = events.of("complaint")
    key = events.row[complaint] * 100_000 + events.happened[complaint]
    complaint = complaint[units.chance.uniform("for cause", key) < FOR_CAUSE_SHARE]
    rows.append(events.row[complaint])
    days.append(events.known[complaint] + 3)
    causes.append(np.ones(len(complaint), dtype=np.int64))
    row, day, cause = (np.concatenate(column) for column in (rows, days, causes))
    weekday = (day + 3) % 7
    day = np.where(weekday == 5, day - 1, np.where(weekday == 6, day - 2, day))
    keep = np.flatnonzero((choice[row] >= 0) & (day > units.established[row] + 30) & (day <= units.month - LAST - 1))
    keep = keep[np.lexsort((cause[keep], day[keep], row[keep]))]
    same = np.diff(row[keep] * 100_000 + day[keep], prepend=-1) == 0
    keep = keep[~same]
    return Visits(row=row[keep], day=day[keep], task=choice[row[keep]], for_cause=cause[keep])


def _years(month: int) -> list[tuple[int, int]]:
    """The parts of the calendar years that the two years before the month touch."""
    first, last = month - YEARS, month - LAST
    year = date.fromordinal(first + date(1970, 1, 1).toordinal()).year
    edges = [day_number(date(one, 1, 1)) for one in range(year, year + 4)]
    parts = [(max(first, low), min(last, high)) for low, high in pairwise(edges)]
    return [(low, high) for low, high in parts if low < high]


def _task_of(units: Units, tasks: Sequence[DemoTask]) -> Integers:
    """The task under which a unit is usually visited, −1 without one; enterprises often for what they publish."""
    everybody = np.arange(len(units), dtype=np.int64)
    choice = np.full(len(units), -1, dtype=np.int64)
    for number, task in enumerate(tasks):
        if task.task_id in OPEN:
            general = number
            continue
        listed = np.logical_or.reduce([units.on(tag) for tag in task.tags])
        choice = np.where((choice < 0) & listed, number, choice)
    published = (units.type == 0) & ((choice < 0) | (units.chance.uniform("published", everybody) < 0.35))
    return np.where(published, general, choice)


def history_table(units: Units, events: Events, visits: Visits, tasks: Sequence[DemoTask],
                  items: Sequence[DemoItem]) -> pa.Table:  # fmt: skip
    """Return the register of past inspections (历次检查登记表), a row an item; what is not known yet is left out."""
    number = {item.item_id: place for place, item in enumerate(items)}
    departments = {item.department for item in items}
    bundles = [[number[name] for name in task.items_in(departments)] for task in tasks]
    sizes = np.array([len(bundle) for bundle in bundles])[visits.task]
    visit = np.repeat(np.arange(len(visits.row)), sizes)
    slot = np.arange(len(visit)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    width = max(len(bundle) for bundle in bundles)
    item = np.array([bundle + [0] * (width - len(bundle)) for bundle in bundles])[visits.task[visit], slot]
    known = visits.day[visit] + 1 + units.chance.below("result known", 20, visit)
    keep = known <= units.month - LAST
    visit, item, slot, known = visit[keep], item[keep], slot[keep], known[keep]
    row = visits.row[visit]
    agencies = sorted(departments)
    agency = np.array([agencies.index(one.department) for one in items])[item]
    team = (agency * len(DISTRICTS) + units.district[row]) * TEAMS + units.chance.below("team", TEAMS, visit * 8 + slot)
    result = _results(units, events, visits, visit, slot, item, team, items)
    offices = [f"{name}-{district.region}" for name in agencies for district in DISTRICTS]
    return pa.table(
        {
            "unit_id": units.ids(row).astype("U18"),
            "agency": pa.array(agencies).take(pa.array(agency)),
            "item_id": pa.array([one.item_id for one in items]).take(pa.array(item)),
            "date": pa.array(visits.day[visit].astype(np.int32)).cast(pa.date32()),
            "office_id": pa.array(offices).take(pa.array(team // TEAMS)),
            "kind": pa.array(["routine", "for_cause"]).take(pa.array(visits.for_cause[visit])),
            "trigger": pa.array([None, "投诉举报"]).take(pa.array(visits.for_cause[visit])),
            "on_site": pa.array(units.chance.uniform("on site", visit) < 0.85),
            "result": pa.array(CODES).take(pa.array(result)),
            "visit_no": np.char.add("演示检查", np.char.zfill((visit + 1).astype("U8"), 8)),
            "inspector": np.char.add("组", (team + 1).astype("U6")),
            "known_on": pa.array(known.astype(np.int32)).cast(pa.date32()),
        }
    )


def _results(units: Units, events: Events, visits: Visits, visit: Integers, slot: Integers, item: Integers,
             team: Integers, items: Sequence[DemoItem]) -> Integers:  # fmt: skip
    """Result codes as indices into CODES: could not inspect, problem, or none."""
    chance, row, key = units.chance, visits.row[visit], visit * 8 + slot
    found = violation_probability(units, events, visits.row, visits.day)[visit]
    odds = found / (1 - found) * np.exp(0.9 * visits.for_cause[visit] + 0.25 * chance.bell("strictness", team))
    problem = chance.uniform("found", key) < np.round(odds / (1 + odds), 6)
    drawn = chance.pick("problem", [share for _, share in PROBLEM_CODES], key)
    own = np.array([PLACE[one.finding] for one in items])[item]
    code = np.where(drawn == PROBLEM_CODES_BLANK, own, np.array([PLACE.get(c, 0) for c, _ in PROBLEM_CODES])[drawn])
    clean = np.where(chance.uniform("no activity", visit) < 0.01, PLACE["F"], PLACE["1"])
    gone = chance.uniform("could not", visit) < COULD_NOT
    lost = np.array([PLACE[c] for c, _ in COULD_NOT_CODES])[chance.pick("lost", [s for _, s in COULD_NOT_CODES], row)]
    return np.where(gone, lost, np.where(problem, code, clean))


PROBLEM_CODES_BLANK = [code for code, _ in PROBLEM_CODES].index("")
