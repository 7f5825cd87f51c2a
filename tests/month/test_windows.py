"""Registers that say when a unit or an item cannot be visited reach the calendar (不可检查日与检查时段)."""

from __future__ import annotations

import csv
import io
import shutil

import pandas as pd
import pytest

ROUND = "2026-12"
LEFT = {"2026-12-16"}


def rows(path):
    """Return the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


@pytest.fixture(scope="module")
def closed(city, rehearse, tmp_path_factory):
    """The city's month with all units blocked but for one day, and the food item in afternoons only."""
    folder = tmp_path_factory.mktemp("windows")
    inputs = shutil.copytree(city, folder / "inputs")
    units = pd.read_csv(inputs / "entities.csv", dtype="str")["unit_id"]
    lines = [f"{unit},2026-12-01,2026-12-15,,停产检修\n{unit},2026-12-17,2026-12-31,全天,停产检修\n" for unit in units]
    (inputs / "blocked.csv").write_text("unit_id,from_date,until_date,half,ground\n" + "".join(lines), encoding="utf-8")
    items = rows(inputs / "items.csv")
    for item in items:
        item["检查时段"] = "下午" if item["事项编号"] == "market-food" else ""
    with (inputs / "items.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(items[0]))
        writer.writeheader()
        writer.writerows(items)
    (folder / "work").mkdir()
    return rehearse(inputs, folder / "work")


def test_no_visit_on_a_blocked_day_and_afternoons_only(closed, rehearsal):
    """All visits are on the day left, the food item in afternoons; without the registers neither is so."""
    plain, few = (rows(played.out / "audit" / ROUND / "calendar.csv") for played in (rehearsal, closed))
    assert {row["half_days"][:10] for row in few} == LEFT
    assert {row["half_days"][10:] for row in few if "market-food" in row["items"].split()} == {"T2"}
    assert {row["half_days"][:10] for row in plain} - LEFT
    assert "T1" in {row["half_days"][10:] for row in plain if "market-food" in row["items"].split()}
    assert closed.report.exit_code == 4
    assert "month.unheld" in [said.code for said in closed.report.lines]
