"""A city of two trades in which different things go wrong: complaints tell in hotels, penalties at makers."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta

import numpy as np
import yaml

from supervision.month.city import BEIJING, City
from supervision.month.importing import import_files
from supervision.store.store import Store

UNITS = 1_400
START = date(2025, 1, 1)
RULES = {"outcome_minimum": {"rows": 500, "found": 50}, "industry_card": {"rows": 300, "found": 50, "sure_percent": 90}}


def lay_rule(folder, name, value):
    """Put a rule of the city's own into its folder."""
    entry = {"from": date(2021, 1, 1), "value": value, "basis": "试", "verified": False,
             "review_by": date(2030, 1, 1)}  # fmt: skip
    (folder / "rules/shared").mkdir(parents=True, exist_ok=True)
    body = {"id": f"shared/{name}", "title": {"zh": "试", "en": "try"}, "unit": "x", "values": [entry]}
    (folder / f"rules/shared/{name}.yaml").write_text(yaml.safe_dump(body, allow_unicode=True), encoding="utf-8")


def opened(folder, day=date(2026, 11, 25)):
    """The city on a day."""
    now = datetime(day.year, day.month, day.day, 10, tzinfo=BEIJING)
    return City.open(folder / "x.db", who="zhang-01", own_ids=True, rules=folder / "rules", now=lambda: now)


def make(folder):
    """Make the store: one visit a unit, after its complaints and penalties; a few units are of a third trade."""
    rng = np.random.default_rng(5)
    units, events, visits = [], [], []
    for number in range(UNITS):
        unit, trade = f"U-{number:04}", "A0111" if number % 100 == 7 else "H6110" if number % 2 else "C3311"
        seen = START + timedelta(days=int(rng.integers(120, 650)))
        told = {"complaint": int(rng.integers(0, 5)), "penalty": int(rng.integers(0, 5))}
        units.append([unit, f"单位{number}", "320505", trade, "2020-01-01", "2024-12-01"])
        for kind, many in told.items():
            for k in range(many):
                day = (seen - timedelta(days=5 + k)).isoformat()
                events.append([unit, kind, day, f"{kind}{k}", "1", "市场监管", day])
        odds = -3.0 + 1.3 * told["complaint" if trade == "H6110" else "penalty"]
        result = "5" if rng.random() < 1 / (1 + np.exp(-odds)) else "1"
        day = seen.isoformat()
        visits.append([unit, "market", "m-1", day, "routine", result, f"V-{number}", day])
    Store.create(folder / "x.db")
    for name, value in RULES.items():
        lay_rule(folder, name, value)
    city = opened(folder)
    for kind, head, rows in (
        ("entities", ["unit_id", "name", "region", "industry", "established", "known_on"], units),
        ("events", ["unit_id", "kind", "happened", "event_no", "severity", "source", "known_on"], events),
        ("history", ["unit_id", "agency", "item_id", "date", "kind", "result", "visit_no", "known_on"], visits),
    ):
        path = folder / f"{kind}.csv"
        with path.open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle).writerows([head, *rows])
        assert import_files(city, kind, [path], as_of=date(2026, 11, 1)).exit_code == 0
