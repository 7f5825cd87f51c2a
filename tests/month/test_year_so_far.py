"""What earlier rounds of the year drew binds the next: preview and commit keep an item's yearly ratio and frequency."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from supervision.demo.city import write_city
from supervision.errors import SupervisionError
from supervision.month import committing, drawing, importing, planning, scoring
from supervision.month.city import BEIJING, City
from supervision.month.other_rounds import earlier_draws, with_pledged
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.source_file import read_source_file
from supervision.month.source_values import of_draw
from supervision.store.store import Store

KEY = ("market-disclosure", "")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """A city of 500 units whose open task draws six per cent of all enterprises in November and in December."""
    folder = tmp_path_factory.mktemp("year")
    write_city(folder / "city", entities=500, month="2026-11")
    path = folder / "city" / "tasks.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        head, *rows = csv.reader(handle)
    (row,) = [row for row in rows if row[0] == "T11-disclosure"]
    november = ["6%" if cell == "3%" else cell for cell in row]
    december = [cell.replace("2026-11", "2026-12").replace("T11-", "T12-").replace("-30", "-31") for cell in november]
    december[-1] = november[-1]
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([head, november, december])
    Store.create(folder / "x.db")
    found = City.open(
        folder / "x.db", who="jia", rules=folder / "city" / "rules",
        now=lambda: datetime(2026, 11, 1, 9, tzinfo=BEIJING),
    )  # fmt: skip
    for kind in importing.ORDER:
        if (folder / "city" / f"{kind}.csv").exists():
            importing.import_file(found, kind, folder / "city" / f"{kind}.csv", as_of=date(2026, 10, 31))
    return found


def opened(city: City, name: str) -> Round:
    """A rehearsal in which everybody is scored."""
    round = city.begin(name, rehearsal=True, on=date(2026, 10, 31))
    if not round.has(Step.SCORE):
        scoring.train(round)
        scoring.score(round)
    return round


def test_one_month_alone_is_within_the_year(city: City) -> None:
    """Six per cent in November are committed; before the draw December sees their number, after it the units."""
    november, december = opened(city, "2026-11"), opened(city, "2026-12")
    committing.commit(november, key="ab" * 32)
    before = earlier_draws(december, {KEY})[KEY]
    assert (before.pledged, len(before.drawn), before.used) == (before.pledged, 0, before.pledged)
    assert before.pledged > 5
    sources = Path(city.store.path).parent / "city" / "sources.csv"
    drawing.draw(november, values=of_draw(read_source_file(sources.name, sources.read_bytes()).values, 1))
    after = earlier_draws(december, {KEY})[KEY]
    assert (after.pledged, after.used) == (0, before.pledged)
    assert set(after.drawn) <= set(after.directory)
    assert earlier_draws(december, {("market-disclosure", "city"), ("market-food", "")}) == {}


def test_preview_and_commit_refuse_what_goes_over_the_year(city: City) -> None:
    """Another six per cent in December would be twelve of at most ten: both commands say so with the same figures."""
    december = opened(city, "2026-12")
    told = []
    for step in (planning.preview, lambda round: committing.commit(round, key="cd" * 32)):
        with pytest.raises(SupervisionError) as caught:
            step(december)
        told.append((caught.value.code, dict(caught.value.params)))
    assert told[0] == told[1]
    code, figures = told[0]
    assert (code, figures["item"], figures["share"]) == ("sampling.above_yearly_limit", "market-disclosure", "10%")
    assert figures["used"] + figures["wanted"] - figures["most"] == figures["over"] > 0
    assert figures["most"] == figures["units"] // 10


def test_drawn_units_are_visits_of_the_item(city: City) -> None:
    """A drawn unit stands for an inspection of each item, with the item's name, so that a frequency can count it."""
    december = opened(city, "2026-12")
    history = december.register("history", ["unit_id", "agency", "item_id", "date", "kind", "visit_no", "on_site",
                                            "level", "place", "result", "known_on"])  # fmt: skip
    known = with_pledged(december, history)
    pledged = known[known["visit_no"].str.startswith("2026-11/", na=False)]
    assert set(pledged["item_id"]) == {"market-disclosure", "market-registration"}
    assert pledged["on_site"].all() and pledged["kind"].eq("routine").all()
    assert not pledged.duplicated(["unit_id", "item_id"]).any()
    assert pledged["date"].eq(pd.Timestamp(2026, 11, 1)).all()
