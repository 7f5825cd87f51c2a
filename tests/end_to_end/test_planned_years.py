"""Months by the yearly plan: caps are kept for every unit, every date of a duty is met, and a breach is noticed.

`benchmarks/two_years.py --planned` plays 24 months of the demonstration city; this is its beginning, of a small one.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from supervision.month.annual_plan import read_merged
from supervision.month.importing import import_files

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
ENTITIES, MONTHS = 1000, 2
DOORS = ("alone", "months", "bound")


@pytest.fixture(scope="module")
def planned() -> Iterator[Any]:
    """The benchmark's module, with a little budget for calendars and months."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [str(BENCHMARKS), *sys.path])
        import planned_years

        from supervision.month import annual_merging, planning
        from supervision.planner.plan import Budget

        patch.setattr(planning, "BUDGET", Budget(turns=1, rescue=1, processes=1))
        patch.setattr(annual_merging, "EFFORT", 0.2)
        yield planned_years


@pytest.fixture(scope="module")
def years(planned: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Two months of a town by its plan of 2025."""
    found = planned.PlannedYears(tmp_path_factory.mktemp("years"), ENTITIES)
    found.plan(2025)
    for number in range(MONTHS):
        found.month_of_work(date(2025, 1 + number, 1))
    return found


def test_every_month_follows_from_the_plan_and_opens_fewer_doors(years: Any) -> None:
    """Tasks are the plan's alone, a unit is a door unless its visit is lost, joint doors are fewer over the year."""
    assert len(years.table) == MONTHS
    for row in years.table:
        assert row["tasks"] > 0
        assert row["units"] - row["lost"] <= row["merged"] <= row["separate"]
    told = read_merged(years.city("sun-04"), 2025).figures
    figures = {name: float(told[name]) for name in DOORS}
    assert figures["bound"] <= figures["months"] < figures["alone"]
    assert sum(row["results"] for row in years.table) > 0
    assert sum(row["due"] + row["ahead"] for row in years.table) > 0


def test_caps_are_kept_for_every_unit(years: Any) -> None:
    """The ledger proves it, and the published folders counted again say the same."""
    said = years.caps(2025)
    assert said.startswith("2025: ")
    assert " 0 beyond" in said


def test_the_certificate_is_fulfilled(years: Any) -> None:
    """Whoever was to be reached by the end of February was, or was visited in time and not met; all of it verifies."""
    told = years.certificate(date(2025, 1 + MONTHS, 1))
    assert [one.partition(" ")[0] for one in told] == ["device", "food"]
    assert years.verified().startswith("2025: planned ")


def test_a_broken_cap_ends_the_play(years: Any, planned: Any) -> None:
    """A second visit of the department on record, by no full coverage: the ledger and the command say so."""
    calls = [(visit.partition("~")[0], item) for (visit, item) in years.offices.recorded["2025-01"]]
    unit = next(unit for unit, item in calls if item == "market-food")
    path = years.folder / "breach.csv"
    head = "unit_id,agency,item_id,date,kind,on_site,result,known_on"
    path.write_text(f"{head}\n{unit},market,market-registration,2025-02-20,routine,是,1,2025-02-28\n", encoding="utf-8")
    assert import_files(years.city("sun-04"), "history", [path], as_of=None).exit_code == 0
    with pytest.raises(planned.Difference, match="beyond a cap"):
        years.caps(2025)


def test_a_date_that_passed_ends_the_play(years: Any, planned: Any) -> None:
    """The certificate of two years later names who was not reached: nobody went there in time."""
    with pytest.raises(planned.Difference, match="was to be reached by"):
        years.certificate(date(2027, 1, 5))
    with (years.folder / "coverage.csv").open(encoding="utf-8") as handle:
        assert any(row["why"] == "no_task" for row in csv.DictReader(handle))
