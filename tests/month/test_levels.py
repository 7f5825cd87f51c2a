"""Levels of a system: the city draws, the county's people go, and only one level of a department comes to a unit."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from counties import COUNTY, EVIDENCE, ROUND, County, county_inputs, make_keys, open_county
from real_rounds import COMMITS, CONFIRMS, DRAWN, DRAWS, FIRST, MATCHED, ROSTERED, SECOND, Play

from supervision.domain.visits import units_of_visits
from supervision.month import committing, drawing, importing, planning
from supervision.month.city import City
from supervision.month.frames import built_frames
from supervision.month.other_levels import shadowed_offices
from supervision.month.round import Round
from supervision.month.round_files import CALENDAR, JOINED_OFFICES, ROSTER_CHANGES, UNHELD_ROWS
from supervision.month.source_file import read_source_file
from supervision.month.source_values import of_draw
from supervision.notice.county_part import CountyPart
from supervision.sampling.protocol.verifier import verify

MARKET = {"department": "market", "item_id": "market-food", "on_site": "yes"}


def row(unit: str, **changes: str) -> dict[str, str]:
    """A row of a part: the market department comes to a unit on 8 December."""
    given = {"task_id": "T01", "level": "city", "unit_id": unit, "name": "名称", "role": "drawn", "state": "planned",
             "date": "2026-12-08", "office_id": f"market-{COUNTY}", "visit": f"{unit}~1"}  # fmt: skip
    return given | MARKET | changes


@pytest.fixture
def county(city: Path, tmp_path: Path) -> County:
    """A county that is handed what a test puts into `part`."""
    part = CountyPart(agency="suzhou", round=ROUND, rehearsal=True, county=COUNTY, commitment="ab" * 32, version=3,
                      at="2026-12-01T00:00:00+08:00", rows=())  # fmt: skip
    return open_county(county_inputs(city, tmp_path / "inputs"), tmp_path, make_keys(tmp_path), part)


def framed(round: Round) -> list[str]:
    """Who may be drawn for the county's task."""
    (frame,) = built_frames(round)
    return frame.rows["unit_id"].tolist()


def left_out(round: Round, units: set[str]) -> dict[str, tuple[str, str]]:
    """Why some units may not be drawn for it, and by which rule."""
    (frame,) = built_frames(round)
    rows = frame.excluded.astype("str").itertuples(index=False, name=None)
    return {unit: (reason, rule) for unit, reason, rule in rows if unit in units}


def test_whom_the_city_visits_the_county_does_not(county: County) -> None:
    """The city's visits of the month leave the frame; other departments', desk checks, other months', cancelled: no."""
    round = county.scored()
    one, fire, desk, later, gone, *_ = framed(round)
    rows = (
        row(one),
        row(fire, department="fire", item_id="fire-premises", office_id=f"fire-{COUNTY}"),
        row(desk, on_site="no", date="2026-12-31"),
        row(later, date="2027-01-04"),
        row(gone, state="not_held", visit="", office_id=""),
    )
    county.take(county.file(rows=rows))
    found = left_out(round, {one, fire, desk, later, gone})
    assert {unit: rule for unit, (reason, rule) in found.items() if reason == "other_level"} == {
        one: "shared/merge_duty"
    }
    assert {desk, gone}.isdisjoint(found)


@pytest.mark.parametrize(("levels", "reason"), [("one", "other_level"), ("several", "cap")])
def test_the_rule_decides(county: County, levels: str, reason: str) -> None:
    """Where a rule lets several levels come, the visit is still counted: the cap of one a year is used up."""
    rule = county.folder / "rules" / "shared" / "merge_duty.yaml"
    rule.write_text(
        "id: shared/merge_duty\ntitle: {zh: 合并, en: merged}\nunit: x\nvalues:\n  - from: 2026-01-01\n    value: "
        f"{{same_agency: must, other_agencies: may, levels_of_a_system: {levels}}}\n"
        "    basis: 测试\n    verified: true\n    review_by: 2027-12-31\n",
        encoding="utf-8",
    )
    county.city = City.open(county.city.store.path, who="county", now=county.clock)
    round = county.scored()
    unit = framed(round)[0]
    county.take(county.file(rows=(row(unit),)))
    assert left_out(round, {unit})[unit][0] == reason


def drawn(county: County, round_id: str = ROUND) -> Round:
    """The county's own rehearsal, drawn."""
    round = county.scored(round_id)
    committing.commit(round, key="ab" * 32, cause="专项" if round_id != ROUND else "")
    sources = county.folder / "inputs" / "sources.csv"
    drawing.draw(round, values=of_draw(read_source_file(sources.name, sources.read_bytes()).values, 1))
    return round


def test_a_county_that_drew_before_the_part_came(county: County) -> None:
    """Whom both drew is named with exit code 4, and the county's calendar leaves that visit out, and only that."""
    round = drawn(county)
    own = sorted(round.table("drawn").query("role == 'drawn'")["unit_id"])
    both, fire, *rest = own
    rows = (row(both), row(fire, department="fire", item_id="fire-premises", office_id=f"fire-{COUNTY}"))
    report = county.take(county.file(rows=rows))
    beside = [
        {"unit": both, "department": "market", "round": ROUND, "sender": "suzhou", "date": "2026-12-08", "visit": ""}
    ]
    assert (report.exit_code, report.facts["beside"]) == (4, beside)
    assert "两级同月入企" in report.lines[-2].text("zh")
    planned = planning.plan(round)
    lost = round.table(UNHELD_ROWS)
    assert lost[["unit_id", "reason"]].to_numpy().tolist() == [[both, "other_level"]]
    assert planned.exit_code == 4
    assert set(units_of_visits(round.read(CALENDAR)["visit_id"])) == {fire, *rest}


def test_a_planned_visit_is_named_too(county: County) -> None:
    """A part that comes after the county's calendar is taken, and the visit that must go is named."""
    round = drawn(county)
    planning.plan(round)
    visit = round.read(CALENDAR)["visit_id"].min()
    unit = visit.partition("~")[0]
    report = county.take(county.file(rows=(row(unit),)))
    assert [(one["unit"], one["visit"]) for one in report.facts["beside"]] == [(unit, visit)]
    assert visit in "\n".join(line.text("en") for line in report.lines)


@pytest.mark.parametrize(("level", "barred"), [("city", True), ("county", False), ("", False)])
def test_two_levels_in_one_store(county: County, level: str, barred: bool) -> None:
    """Whom one level's task drew this month, another level's does not frame; the same level's, or none's, does."""
    first = drawn(county)
    units = set(first.table("drawn").query("role == 'drawn'")["unit_id"])
    tasks = county.folder / "tasks-b.csv"
    head, old = list(csv.reader((county.folder / "inputs" / "tasks.csv").open(encoding="utf-8")))
    new = dict(zip(head, old, strict=True)) | {"任务编号": "C02", "轮次": f"{ROUND}-b", "抽查事项": "market-platform",
                                               "层级": level, "抽查比例": "5%"}  # fmt: skip
    with tasks.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([head, [new[name] for name in head]])
    assert importing.import_file(county.city, "tasks", tasks, as_of=EVIDENCE).inserted == 1
    found = left_out(county.scored(f"{ROUND}-b"), units)
    assert {unit for unit, (why, _) in found.items() if why == "other_level"} == (units if barred else set())


def test_the_city_draws_and_the_countys_people_go(rehearsal: Any) -> None:
    """In the second draw every visit of a city's task is held by people of the district's own offices."""
    round = City.open(rehearsal.store, who="x").round(ROUND, rehearsal=True)
    held = (rehearsal.out / "audit" / ROUND / "roster.json").read_bytes()
    regions = dict(round.table("frozen_units")[["unit_id", "region"]].itertuples(index=False, name=None))
    rows = json.loads(held)
    assert {office.region for office in round.offices.values()} >= {
        regions[one["visit_id"].partition("~")[0]] for one in rows
    }
    for one in rows:
        region = regions[one["visit_id"].partition("~")[0]]
        assert round.offices[one["office"]].region == region
        assert one["inspector_id"].startswith(one["office"])  # the demo city names people after their office
    assert len({one["office"] for one in rows}) > 10


def test_a_countys_office_and_roster_come_between_the_commitments(town: Path, tmp_path: Path) -> None:
    """A county without a market office at the commitment sends it late: its people are drawn in the second draw."""
    full = town
    lacking = shutil.copytree(town, tmp_path / "inputs")
    units = (town / "entities.csv").read_text(encoding="utf-8").splitlines()
    food = Counter(re.findall(r"3205\d\d", " ".join(text for text in units if "餐饮" in text)))
    region = food.most_common(1)[0][0]  # where most of those who may be drawn are
    late = f"market-{region}"
    for kind in ("offices", "inspectors", "leave", "recusals"):
        lines = (lacking / f"{kind}.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [text for text in lines if late not in text]
        (lacking / f"{kind}.csv").write_text("".join(kept), encoding="utf-8")
    (tmp_path / "work").mkdir()
    play = Play(tmp_path / "work", lacking)
    play.month(COMMITS)
    assert late not in play.round(COMMITS).offices
    play.set(DRAWN)
    play.month(DRAWS, FIRST)
    play.month(CONFIRMS, FIRST)
    play.set(ROSTERED)
    for kind in ("offices", "inspectors"):
        importing.import_file(play.city(COMMITS), kind, full / f"{kind}.csv", as_of=play.time.date())
    assert late in play.round(COMMITS).offices
    play.month(COMMITS, FIRST)
    round = play.round(COMMITS)
    assert round.read(JOINED_OFFICES)["office"].tolist() == [late]
    assert late in set(round.read(CALENDAR)["office"])
    assert set(round.read(ROSTER_CHANGES)["field"]) == {"inspector_id"}
    play.set(MATCHED)
    play.month(DRAWS, FIRST | SECOND)
    play.month(CONFIRMS, FIRST | SECOND)
    sent = {one["inspector_id"] for one in json.loads(play.audit("roster.json")) if one["office"] == late}
    assert len(sent) >= 2
    assert all(who.startswith(late) for who in sent)
    assert verify(play.out).difference is None


def test_no_office_joins_where_there_is_one(town: Path, tmp_path: Path) -> None:
    """A second office of a department changes nothing after the commitment; a later round is told who sends nobody."""
    (tmp_path / "work").mkdir()
    play = Play(tmp_path / "work", town)
    play.month(COMMITS)
    before = play.round(COMMITS).offices
    place = tmp_path / "offices.csv"
    place.write_text("office_id,department,region,name\naaa-market,market,320583,另一机构\n", encoding="utf-8")
    taken = importing.import_file(play.city(COMMITS), "offices", place, as_of=datetime(2026, 11, 23).date())
    assert taken.inserted == 1
    assert play.round(COMMITS).offices == before
    (told,) = shadowed_offices(play.city(COMMITS).upcoming("2027-01"))
    assert (told.params["sends"], told.params["others"]) == ("aaa-market", "market-320583")
