"""The positive list is tested, not believed: who is barred, and a list that was not renewed in time."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from supervision.errors import SupervisionError
from supervision.month.city import City
from supervision.month.importing import import_files
from supervision.month.regime_checks import _has_rows, check_regimes, regime_rules, stale_lists
from supervision.month.round import Round


@pytest.fixture
def city(store: Path, tmp_path: Path) -> City:
    """Return a copy of the city for the test alone."""
    for path in store.parent.glob("x.db*"):
        (shutil.copytree if path.is_dir() else shutil.copy)(path, tmp_path / path.name)
    shutil.copytree(store.parent / "rules", tmp_path / "rules")
    return City.open(tmp_path / "x.db", who="tester", own_ids=True)


def put(city: City, kind: str, text: str) -> Any:
    """Import a small file."""
    path = city.store.path.parent / f"{kind}.csv"
    path.write_text(text, encoding="utf-8")
    return import_files(city, kind, [path], as_of=None)


LISTED = (
    "unit_id,list,tier,scope,from_date,until_date,basis,known_on\n"
    "{unit},{list},off_site,ecology,2026-12-01,2026-12-31,清单,2026-11-25\n"
)
EVENT = "unit_id,kind,happened,severity,amount,source,known_on\n{unit},{kind},{day},{severity},,市文,{day}\n"


@pytest.mark.parametrize(
    ("kind", "severity", "day", "name", "rejected"),
    [
        ("penalty", 3, "2021-12-02", "positive", 1),  # the last day within five years of 2026-12-01
        ("penalty", 3, "2021-12-01", "positive", 0),  # five years ago to the day
        ("penalty", 2, "2026-06-01", "positive", 0),  # a lighter penalty
        ("dishonesty", "", "2026-06-01", "positive", 1),  # whatever its severity
        ("complaint", 3, "2026-06-01", "positive", 0),  # no such kind in the rule
        ("penalty", 3, "2026-06-01", "whitelist", 0),  # the shipped rule says nothing of the whitelist
    ],
)
def test_a_grave_offender_is_not_taken_onto_the_positive_list(city, kind, severity, day, name, rejected):
    """Five years after a grave offence a unit may be on the list again; until then the row goes back."""
    unit = city.register("entities", on=pd.Timestamp("2026-11-26").date(), columns=["unit_id"])["unit_id"].iloc[0]
    past = city.register("events", on=pd.Timestamp("2026-11-26").date(), columns=["unit_id", "kind"])
    assert not past[(past["unit_id"] == unit) & past["kind"].isin(["penalty", "dishonesty"])].any().any()
    put(city, "events", EVENT.format(unit=unit, kind=kind, day=day, severity=severity))
    report = put(city, "exemptions", LISTED.format(unit=unit, list=name))
    assert report.facts["files"][0]["rejected"] == rejected
    assert report.exit_code == (3 if rejected else 0)


def test_a_list_that_was_not_renewed_no_longer_counts(round: Round, registers: Callable[..., pd.DataFrame]) -> None:
    """A month after it was known the positive list is no list: its task is refused, and the rows are counted."""
    lists = registers("exemptions")
    own = lists["list"] == "positive"
    assert stale_lists(round) == []
    for day, stale in (("2026-10-29", True), ("2026-10-30", False)):
        old = lists.assign(known_on=lists["known_on"].where(~own, pd.Timestamp(day)))
        round.register = lambda kind, columns=None, old=old: old if kind == "exemptions" else registers(kind, columns)  # type: ignore[method-assign]
        assert [dict(note.params) for note in stale_lists(round)] == ([{"rows": int(own.sum())}] if stale else [])
        if not stale:
            check_regimes(round)
            continue
        with pytest.raises(SupervisionError) as refused:
            check_regimes(round)
        assert "exemptions/positive" in refused.value.text("zh")


def test_a_list_that_ended_before_the_month_is_no_list(round: Round, registers: Callable[..., pd.DataFrame]) -> None:
    """Rows whose last day lies before the month, or whose first after it, do not count for a regime."""
    lists = registers("exemptions")
    for column, day, fits in (
        ("until_date", "2026-11-30", False),
        ("until_date", "2026-12-01", True),
        ("from_date", "2026-12-31", True),
        ("from_date", "2027-01-01", False),
    ):
        moved = lists.assign(**{column: pd.Timestamp(day)})
        round.register = lambda kind, columns=None, own=moved: own if kind == "exemptions" else registers(kind, columns)  # type: ignore[method-assign]
        if fits:
            check_regimes(round)
            continue
        with pytest.raises(SupervisionError):
            check_regimes(round)


def test_every_problem_of_a_round_is_named_at_once(round: Any) -> None:
    """Two tasks that are not as their regimes ask: both stand in one refusal, with their count."""
    wrong = {"R-vehicle_test": {"regime": "full", "ratio": "100%"}, "R-testing_body": {"disclosure": "never"}}
    round.tasks = [dataclasses.replace(task, **wrong.get(task.task_id, {})) for task in round.tasks]
    with pytest.raises(SupervisionError) as refused:
        check_regimes(round)
    assert (refused.value.code, dict(refused.value.params)["count"]) == ("month.regimes", 2)
    assert "R-vehicle_test" in refused.value.text("en") and "R-testing_body" in refused.value.text("en")


def test_a_register_that_does_not_exist_is_named(round: Any) -> None:
    """A rule that rests on a register nobody knows stops, with those that there are."""
    for name in ("nowhere", "permits/part"):
        with pytest.raises(SupervisionError) as refused:
            _has_rows(round, name)
        assert refused.value.code == "month.regime_register_unknown"
    assert _has_rows(round, "permits") and _has_rows(round, "entities")


def test_the_rules_that_a_round_rests_on(round: Any) -> None:
    """Those of its tasks' items, and nothing of a round without regimes; nobody has verified them."""
    assert "medicare/flight_check" in regime_rules(round) and len(regime_rules(round)) == 34
    round.tasks = [task for task in round.tasks if task.task_id.startswith("T")]
    assert regime_rules(round) == []
