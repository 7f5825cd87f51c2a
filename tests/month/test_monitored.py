"""What monitoring looks at: only visits that the scores cannot know of; a rehearsal's page beside the real one."""

from __future__ import annotations

import csv
from datetime import date, datetime

import pytest

from supervision.month.city import BEIJING, City
from supervision.month.importing import import_file
from supervision.month.monitored import visits_of
from supervision.month.monitoring import monitor
from supervision.month.scoring import score, train
from supervision.store.store import Store

HEAD = ["unit_id", "agency", "item_id", "date", "kind", "result", "visit_no", "known_on"]


@pytest.fixture
def city(tmp_path):
    """A store of one unit with a visit a day in November, all known at once, on the 15th of December."""
    Store.create(tmp_path / "x.db")
    city = City.open(
        tmp_path / "x.db", who="tester", own_ids=True, now=lambda: datetime(2026, 12, 15, 9, tzinfo=BEIJING)
    )
    units, visits = tmp_path / "units.csv", tmp_path / "visits.csv"
    days = [f"2026-11-{day:02}" for day in range(1, 31)]
    rows = [["U-1", "market", "item-1", day, "routine", "1", day, day] for day in days]
    for path, kind, table in (
        (units, "entities", [["unit_id", "name", "region"], ["U-1", "甲", "320505"]]),
        (visits, "history", [HEAD, *rows]),
    ):
        with path.open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle).writerows(table)
        assert not import_file(city, kind, path, as_of=date(2026, 10, 1)).rejected
    return city


def scored(city, name, *, on=None, rehearsal=False):
    """A scored round."""
    round = city.begin(name, on=on, rehearsal=rehearsal)
    train(round)
    score(round)
    return round


def test_visits_that_the_scores_know_are_no_test(city):
    """A round whose evidence ends within its month is held against the visits after that day alone."""
    assert len(visits_of(scored(city, "2026-11", on=date(2026, 10, 31)), known=date(2026, 12, 15))) == 30
    within = scored(city, "2026-11-b", on=date(2026, 11, 10))
    assert len(visits_of(within, known=date(2026, 12, 15))) == 20
    assert len(visits_of(within, known=date(2026, 11, 12))) == 2


def test_a_card_without_chances_is_not_judged(city):
    """An expert card gives no chance: what was found is shown, and not called fine."""
    rows = monitor(scored(city, "2026-11", on=date(2026, 10, 31))).facts["calibration"]
    assert [(row["class"], row["visits"], row["estimated"], row["state"]) for row in rows if row["visits"]] == [
        ("", 30, None, "unjudged"), ("A", 30, None, "unjudged")]  # fmt: skip
    assert {row["state"] for row in rows if not row["visits"]} == {"few"}


def test_a_rehearsal_has_a_page_of_its_own(city, tmp_path):
    """The pages of a round and of its rehearsal stand side by side."""
    monitor(scored(city, "2026-11", on=date(2026, 10, 31)), out=tmp_path / "out")
    monitor(scored(city, "2026-11", rehearsal=True), out=tmp_path / "out")
    pages = sorted((tmp_path / "out" / "internal").iterdir())
    assert [page.name for page in pages] == ["monitor-2026-11.html", "monitor-2026-11.rehearsal.html"]
    assert ["REHEARSAL" in page.read_text(encoding="utf-8") for page in pages] == [False, True]
    assert "不给概率，不判断" in pages[0].read_text(encoding="utf-8")
