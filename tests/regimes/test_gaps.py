"""审管衔接: every permit that was cancelled or handed down is supervised, or stands in the list of gaps."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from supervision.month.city import City
from supervision.month.supervision_gaps import gaps_on

ON = date(2026, 12, 1)


class Changed:
    """A city of which one register is another."""

    def __init__(self, city: City, **registers: pd.DataFrame) -> None:
        self.city, self.registers, self.rules = city, registers, city.rules

    def register(self, kind: str, *, on: date, columns: list[str] | None = None) -> pd.DataFrame:
        """Return the test's register, else the city's."""
        if kind in self.registers:
            return self.registers[kind]
        return self.city.register(kind, on=on, columns=columns)


@pytest.fixture(scope="module")
def city(store: Path) -> City:
    """Return the demonstration city."""
    return City.open(store, who="tester")


def gaps(city: Any) -> list[tuple[str, dict[str, object]]]:
    """Return the gaps: code and parameters."""
    return [(line.code, dict(line.params)) for line in gaps_on(city, ON).lines[:-1]]


def test_the_gaps_of_the_demonstration_city(city: City) -> None:
    """Three of six permits have a gap, each by its name; a permit that was kept is not looked at."""
    report = gaps_on(city, ON)
    assert report.exit_code == 4
    assert [(line.code, dict(line.params).get("permit")) for line in report.lines] == [
        ("month.gap_not_named", "XK-004"),
        ("month.gap_item_unlisted", "XK-005"),
        ("month.gap_not_named", "XK-006"),
        ("month.gaps_counted", None),
    ]
    assert dict(report.lines[2].params)["columns"] == "item level department method"
    assert dict(report.lines[3].params) == {"on": ON, "permits": 6, "count": 3}
    assert report.facts["permits"] == 6 and len(report.facts["gaps"]) == 3  # type: ignore[arg-type]


def test_a_permit_whose_supervision_contradicts_the_list_of_items(city: City) -> None:
    """Another department than the item's, a method that the item does not have, an item without a task in the year."""
    permits = city.register("permits", on=ON)
    one = permits[permits["permit_id"] == "XK-001"]
    tasks = city.register("tasks", on=ON)
    without = tasks[tasks["items"] != "market-r-food_inspection"]
    assert gaps(Changed(city, permits=one)) == []
    assert gaps(Changed(city, permits=one.assign(department="fire")))[0][0] == "month.gap_department"
    assert gaps(Changed(city, permits=one.assign(method="on_site test")))[0][0] == "month.gap_method"
    assert gaps(Changed(city, permits=one, tasks=without))[0][0] == "month.gap_no_task"
    last_year = tasks.assign(round="2025-12")
    assert gaps(Changed(city, permits=one, tasks=last_year))[0][0] == "month.gap_no_task"


def test_a_permit_is_looked_at_from_its_day_on(city: City) -> None:
    """What is handed down tomorrow is no gap today."""
    permits = city.register("permits", on=ON)
    gone = permits[permits["permit_id"] == "XK-006"]
    for day, many in (("2026-12-01", 1), ("2026-12-02", 0)):
        report = gaps_on(Changed(city, permits=gone.assign(from_date=pd.Timestamp(day))), ON)  # type: ignore[arg-type]
        assert (report.facts["permits"], report.exit_code) == (many, 4 if many else 0)
        assert report.lines[-1].code == ("month.gaps_counted" if many else "month.gaps_none")


def test_an_item_that_has_ended_is_not_on_the_list(city: City) -> None:
    """An item counts to its last day, that day included."""
    permits, items = city.register("permits", on=ON), city.register("items", on=ON)
    one = permits[permits["permit_id"] == "XK-001"]
    for day, code in (("2026-11-30", "month.gap_item_unlisted"), ("2026-12-01", None)):
        ended = items.assign(until_date=pd.Timestamp(day))
        found = [code for code, _ in gaps(Changed(city, permits=one, items=ended))]
        assert ("month.gap_item_unlisted" in found) == (code is not None)


def test_newly_licensed_units_that_the_directory_does_not_have(city: City) -> None:
    """A valid licence of a unit outside the directory is named by kind, with the units; a revoked one is not."""
    licences = city.register("licences", on=ON)
    strange = licences.head(3).assign(unit_id=["U1", "U2", "U2"], kind="food_business", status=["valid"] * 3)
    permits = city.register("permits", on=ON).iloc[:0]
    found = gaps(Changed(city, permits=permits, licences=strange))
    assert found == [("month.gap_units", {"kind": "food_business", "units": 2, "some": "U1 U2"})]
    assert gaps(Changed(city, permits=permits, licences=strange.assign(status="revoked"))) == []


def test_a_regime_of_the_law_without_an_item_is_named(city: City) -> None:
    """The city's list has no item under a regime; one that goes by names alone needs none."""
    items = city.register("items", on=ON)
    left = items[~items["rule"].isin(["market/ip_agency", "medicare/flight_check"])]
    found = gaps(Changed(city, permits=city.register("permits", on=ON).iloc[:0], items=left))
    assert [(code, params["rule"]) for code, params in found] == [("month.gap_regime", "market/ip_agency")]
