"""A city of two kinds of units, scored in two months: nothing changes in it, or what a test wants changed."""

import csv
from datetime import date, datetime

import numpy as np

from supervision.month.city import BEIJING, City
from supervision.month.importing import import_file
from supervision.month.scoring import score, train
from supervision.store.store import Store

UNITS, VISITS, NEW = 3_000, 8_000, 600
BAD = 3  # every third unit has problems in a third of its visits, the others in a twentieth


def write(path, head, rows):
    """Write a CSV."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([head, *rows])
    return path


REGIONS = ("320505", "320506", "320507", "320508", "320509", "320581", "320582", "320583", "320585")
ITEMS = tuple(f"item-{number}" for number in range(40))


def entity(number, *, capital, kind="企业"):
    """A unit."""
    return [f"U{number:04}", f"甲乙{number}号", kind, REGIONS[number % len(REGIONS)], str(capital)]


def visits(rng, first, last, many, share):
    """Visits of some days: `share` gives the chance of a problem at bad and at other units."""
    span = (np.datetime64(last) - np.datetime64(first)).astype(int) + 1
    rows = []
    for at, day in enumerate(np.datetime64(first) + np.sort(rng.integers(0, span, many)).astype("timedelta64[D]")):
        unit = int(rng.integers(0, UNITS))
        hit = rng.random() < share[0 if unit % BAD == 0 else 1]
        result, item = "5" if hit else "1", ITEMS[at % len(ITEMS)]
        rows.append([f"U{unit:04}", "market", item, str(day), "routine", result, f"{day}/{at}", str(day)])
    return rows


def made(work, *, drift, licensed=None):
    """A store with two rehearsed rounds, January and February 2026; with `drift` February is another city.

    `licensed`: the day on which a register of licences comes in, half of them lapsed by then.
    """
    rng = np.random.default_rng(7)
    Store.create(work / "x.db")
    city = City.open(work / "x.db", who="tester", own_ids=True, now=lambda: datetime(2026, 3, 10, 9, tzinfo=BEIJING))
    head = ["unit_id", "name", "type", "region", "capital"]
    capital = np.where(np.arange(UNITS) % BAD == 0, 20, 200)
    rows = [entity(number, capital=capital[number]) for number in range(UNITS)]
    import_file(city, "entities", write(work / "units.csv", head, rows), as_of=date(2021, 8, 31))
    past = visits(rng, "2021-09-01", "2026-01-31", VISITS, (0.34, 0.05))
    later = visits(rng, "2026-02-01", "2026-02-28", 700, (0.34, 0.45) if drift else (0.34, 0.05))
    head = ["unit_id", "agency", "item_id", "date", "kind", "result", "visit_no", "known_on"]
    import_file(city, "history", write(work / "visits.csv", head, [*past, *later]), as_of=None)
    if drift:
        rows = [entity(number, capital="", kind="农民专业合作社") for number in range(UNITS, UNITS + NEW)]
        head = ["unit_id", "name", "type", "region", "capital"]
        import_file(city, "entities", write(work / "new.csv", head, rows), as_of=date(2026, 1, 15))
    if licensed:
        rows = [[f"U{number:04}", "food_business", f"L{number}", "2020-01-01", f"{2025 + number % 2}-06-30", "valid"]
                for number in range(UNITS)]  # fmt: skip
        head = ["unit_id", "kind", "number", "issued", "valid_until", "status"]
        import_file(city, "licences", write(work / "licences.csv", head, rows), as_of=licensed)
    for name in ("2026-01", "2026-02"):
        round = city.begin(name, rehearsal=True)
        train(round)
        score(round)
    return city
