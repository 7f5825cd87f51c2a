"""What is said before anybody is drawn: lists held against records, rounds that wait for their draw (承诺前提示)."""

from __future__ import annotations

import pytest
from real_rounds import ACCEPTS, COMMITS, EXTRA, FOOD, ROUND, extra_task, register_file, said

from supervision.month import line

RECORD = ["2026-11-20", "罚-1", "1", ""]


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ([["penalty", *RECORD]], True),
        ([["penalty", *RECORD], ["repair", "2026-11-21", "修-1", "", "罚-1"]], False),
        ([["penalty", "2024-11-20", *RECORD[1:]]], False),
        ([["complaint", *RECORD]], False),
    ],
)
def test_a_listed_unit_with_a_record_in_use_is_named(stages, tmp_path, events, told):
    """A penalty within its term is told with list, unit and number; a repaired or expired one, a complaint is not."""
    play = stages["drawn"].copy(tmp_path / "work")
    city, day = play.city(COMMITS), play.time.date().isoformat()
    listed = city.register("exemptions", on=play.time.date())
    had = set(city.register("events", on=play.time.date())["unit_id"])
    units = listed.loc[(listed["list"] == "whitelist") & ~listed["unit_id"].isin(had), "unit_id"]
    folder = tmp_path / "more"
    folder.mkdir()
    rows = [[units.iloc[0], *event] for event in events]
    register_file(city, folder, "events", "unit_id,kind,happened,event_no,severity,repaired_no", *rows, day=day)
    extra_task(play, city, folder, "X01", items="market-production", population=FOOD)
    report = line.commit(city, EXTRA, cause="投诉集中", accept_unverified=ACCEPTS)
    found = [one for one in report.lines if one.code == "month.listed_with_record"]
    mine = [one.params for one in found if one.params["unit"] == units.iloc[0]]
    assert bool(mine) is told
    if told:
        assert said(report, "month.listed_with_record")["number"] == "罚-1"
        assert mine[0]["units"] == 1


@pytest.mark.parametrize("stage", ["committed", "drawn"])
def test_a_round_that_waits_for_its_draw_is_told(stages, tmp_path, stage):
    """While another round of the year is undrawn nobody can count its visits; once it is drawn the caps do."""
    play = stages[stage].copy(tmp_path / "work")
    city = play.city(COMMITS)
    extra_task(play, city, tmp_path, "X01", items="market-production", population=FOOD)
    report = line.commit(city, EXTRA, cause="投诉集中", accept_unverified=ACCEPTS)
    found = [one.params for one in report.lines if one.code == "month.undrawn_beside"]
    if stage == "drawn":
        assert found == []
    else:
        assert [one["round"] for one in found] == [ROUND]
        assert found[0]["units"] > 0
