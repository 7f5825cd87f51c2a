"""The ledger: every visit of every department, what caps count of it, what is left, and what is beyond."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import pytest
from annual_year import Town

from supervision.errors import SupervisionError
from supervision.month.frames import built_frames
from supervision.month.importing import import_file
from supervision.month.ledger_report import ledger_of_office, ledger_of_unit, ledger_of_year, ledger_over
from supervision.month.visit_ledger import ledger_of, used_words

HEAD = "unit_id,agency,item_id,date,kind,on_site,result,level,place,trigger,visit_no,known_on"
SAME_AGENCY = "shared/yearly_visit_cap"


def unit_of(year: Town, *, not_in: Sequence[str] = ()) -> str:
    """A company in force that nobody visited in 2026."""
    units = year.city.register("entities", on=date(2026, 1, 25), columns=["unit_id", "type", "status"])
    seen = set(ledger_of(year.city, 2026).units["unit_id"]) | set(not_in)
    kept = units[(units["type"] == "企业") & (units["status"] == "存续") & ~units["unit_id"].isin(seen)]
    return str(kept["unit_id"].iloc[0])


def visits(year: Town, unit: str, *rows: str) -> None:
    """Import visits: agency, item, date, kind, on_site, trigger, visit_no of each."""
    lines = []
    for row in rows:
        agency, item, day, kind, on_site, trigger, number = row.split(",")
        lines.append(f"{unit},{agency},{item},{day},{kind},{on_site},1,,,{trigger},{number},2026-01-25")
    place = year.file(f"history-{unit}.csv")
    place.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    taken = import_file(year.city, "history", place, as_of=None)
    assert (taken.inserted, taken.rejected) == (len(rows), 0)


def test_a_unit_and_what_counts_of_its_visits(year: Town) -> None:
    """A joint visit is one; desk checks, checks for cause and a superior's are listed and counted by no cap."""
    unit = unit_of(year)
    visits(
        year,
        unit,
        "market,market-food,2026-01-05,routine,是,,V1",
        "fire,fire-premises,2026-01-05,routine,是,,V1",
        "health,health-place,2026-01-06,special,是,,",
        "market,market-food,2026-01-07,routine,否,,",
        "market,market-food,2026-01-08,for_cause,是,投诉举报,",
        "fire,fire-premises,2026-01-09,superior,是,,",
        "market,market-food,2025-12-30,routine,是,,",
    )
    report = ledger_of_unit(year.city, unit, 2026)
    told = report.facts["visits"]
    assert [(row["date"], row["agency"], row["kind"], row["on_site"], bool(row["rules"])) for row in told] == [  # type: ignore[attr-defined]
        ("2026-01-05", "fire", "routine", True, True),
        ("2026-01-05", "market", "routine", True, True),
        ("2026-01-06", "health", "special", True, True),
        ("2026-01-07", "market", "routine", False, False),
        ("2026-01-08", "market", "for_cause", True, False),
        ("2026-01-09", "fire", "superior", True, False),
    ]
    caps = {(one["rule"], one["agency"]): (one["most"], one["used"], one["left"]) for one in report.facts["caps"]}  # type: ignore[attr-defined]
    law = {agency: figures for (rule, agency), figures in caps.items() if rule == SAME_AGENCY}
    assert law == {"*": (4, 2, 2), "fire": (1, 1, 0), "health": (1, 1, 0), "market": (1, 1, 0)}
    texts = [one.text("zh") for one in report.lines]
    assert any("2026-01-08 市场监管 market-food（个案，现场，已检查），不计入频次上限" in text for text in texts)
    assert any(
        "2026-01-07 market supervision" in one.text("en") and "off site" in one.text("en") for one in report.lines
    )


def test_beyond_a_cap_without_exemption(year: Town) -> None:
    """The second visit of one department is beyond its cap: named by day and rule, exit code 4."""
    unit = unit_of(year)
    visits(
        year, unit, "market,market-food,2026-01-05,routine,是,,", "market,market-registration,2026-01-12,routine,是,,"
    )
    report = ledger_over(year.city, 2026)
    own = [row for row in report.facts["over"] if row["unit_id"] == unit]  # type: ignore[attr-defined]
    assert {(row["agency"], row["date"], row["item_id"], row["used"], row["exemption"]) for row in own} == {
        ("market", "2026-01-12", "market-registration", 2, "")
    }
    assert SAME_AGENCY in {row["rule"] for row in own}
    assert report.exit_code == 4
    caps = ledger_of_year(year.city, 2026).facts["caps"]
    over = {(one["rule"], one["agency"]): one["over"] for one in caps}  # type: ignore[attr-defined]
    assert over[SAME_AGENCY, "market"] == 1
    assert over[SAME_AGENCY, "*"] == 0


def test_checks_for_cause_are_watched(year: Town) -> None:
    """Three visits for cause within a year are named; two are not, nor is a joint visit more than one."""
    often, seldom = unit_of(year), ""
    visits(year, often, *(f"market,market-food,2026-01-{day:02},for_cause,是,投诉举报," for day in (5, 12, 19)))
    seldom = unit_of(year, not_in=[often])
    visits(
        year,
        seldom,
        "market,market-food,2026-01-05,for_cause,是,投诉举报,W1",
        "fire,fire-premises,2026-01-05,for_cause,是,投诉举报,W1",
        "market,market-food,2026-01-12,for_cause,是,投诉举报,",
    )
    before = ledger_over(year.city, 2026).facts["for_cause"]
    named = {row["unit"]: row["visits"] for row in before["often"]}  # type: ignore[index]
    assert named.get(often) == 3
    assert seldom not in named
    assert before["of"] >= before["visits"] >= 5  # type: ignore[index]


def test_an_office_sees_its_district(year: Town) -> None:
    """What its department used at units of its district, least left first; other offices and names are refused."""
    unit = unit_of(year)
    visits(year, unit, "market,market-food,2026-01-05,routine,是,,")
    units = year.city.register("entities", on=date(2026, 1, 25), columns=["unit_id", "region"]).set_index("unit_id")
    office = f"market-{units.loc[unit, 'region']}"
    rows = ledger_of_office(year.city, office, 2026).facts["caps"]
    own = [(row["rule"], row["agency"], row["used"], row["left"]) for row in rows if row["unit"] == unit]  # type: ignore[attr-defined]
    assert (SAME_AGENCY, "market", 1, 0) in own
    assert (SAME_AGENCY, "*", 1, 3) in own
    assert [row["left"] for row in rows] == sorted(row["left"] for row in rows)  # type: ignore[attr-defined]
    other = next(name for name in units["region"] if name != units.loc[unit, "region"])
    elsewhere = ledger_of_office(year.city, f"market-{other}", 2026).facts["caps"]
    assert unit not in {row["unit"] for row in elsewhere}  # type: ignore[attr-defined]
    for call in (
        lambda: ledger_of_office(year.city, "nobody", 2026),
        lambda: ledger_of_unit(year.city, "nobody", 2026),
    ):
        with pytest.raises(SupervisionError):
            call()
    empty = ledger_of_unit(year.city, unit_of(year), 2026)
    assert (empty.facts["visits"], [one.code for one in empty.lines]) == ([], ["month.ledger_no_visits"])


def test_drawn_visits_are_in_the_ledger_and_in_the_workbook(year: Town) -> None:
    """What a round draws counts from its draw on, and each department reads used and left with this visit."""
    round = year.draw("2026-02")
    found = ledger_of(year.city, 2026, rehearsal=True)
    drawn = found.visits[found.visits["state"] == "drawn"]
    assert set(drawn["round"]) == {round.key}
    unit = str(drawn["unit_id"].iloc[0])
    agencies = sorted(set(drawn.loc[drawn["unit_id"] == unit, "agency"]))
    words = used_words(round)
    for agency in agencies:
        assert words[agency, unit].startswith("本机关已用 1、剩余 0；全部机关已用 ")
    assert {row for _, row in words} == set(drawn["unit_id"])
    tasks = {one["task"] for one in ledger_of_unit(year.city, unit, 2026, rehearsal=True).facts["visits"]}  # type: ignore[attr-defined]
    assert tasks & {task.task_id for task in round.tasks}
    assert unit not in set(ledger_of(year.city, 2026).visits.query("state != 'held'")["unit_id"])


def test_full_coverage_is_the_exemption(year: Town) -> None:
    """A unit of a full-coverage task that its department visited before: beyond the cap, and the task is named."""
    register = year.city.register("tasks", on=date(2026, 1, 25))
    task = register[register["regime"] == "full"].iloc[0]
    tag = task["population"].removeprefix("tags=")
    units = year.city.register("entities", on=date(2026, 1, 25), columns=["unit_id", "tags", "status"])
    in_force = units["status"].isin(["存续", "在业", "开业"])
    unit = units.loc[in_force & units["tags"].fillna("").str.split().map(lambda own: tag in own), "unit_id"].iloc[0]
    item = task["items"].split()[0]
    visits(year, unit, f"{task['lead']},{item},2026-01-05,routine,是,,")
    year.draw("2026-02")
    report = ledger_over(year.city, 2026, rehearsal=True)
    own = [row for row in report.facts["over"] if row["unit_id"] == unit and row["rule"] == SAME_AGENCY]  # type: ignore[attr-defined]
    assert {(row["agency"], row["item_id"], row["state"], row["exemption"]) for row in own} >= {
        (task["lead"], item, "drawn", task["task_id"])
    }
    assert any(one.code == "month.ledger_over_exempt" for one in report.lines)


def test_checks_for_cause_enter_no_frame(year: Town) -> None:
    """Nobody leaves a frame for a check for cause; a routine visit of the same day takes a unit out."""
    rows = year.city.register("entities", on=date(2026, 1, 25), columns=["unit_id", "tags", "status"])
    food = rows["tags"].fillna("").str.contains("餐饮") & rows["status"].eq("存续")
    first, second = rows.loc[food, "unit_id"].iloc[:2]
    visits(year, first, "market,market-food,2026-01-20,for_cause,是,投诉举报,")
    visits(year, second, "market,market-food,2026-01-20,routine,是,,")
    year.city.begin("2026-02", rehearsal=True)
    out = pd.concat([frame.excluded for frame in built_frames(year.city.round("2026-02", rehearsal=True))])
    assert set(out.loc[out["reason"].isin(["cap", "interval"]), "unit_id"]) >= {second}
    assert first not in set(out.loc[out["reason"].isin(["cap", "interval"]), "unit_id"])
