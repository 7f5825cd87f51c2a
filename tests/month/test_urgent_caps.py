"""Urgent visits use up caps: one too many is refused, and what no cap counts is named as such; moves use up nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from real_rounds import COMMITS, Play
from replanned import AFTER, BEFORE, ask, held, urgent_file

from supervision.errors import CannotHold, UsageError
from supervision.month.importing import import_file
from supervision.month.ledger_report import ledger_of_unit
from supervision.month.other_rounds import VISITS, pledged

HISTORY = "unit_id,agency,item_id,date,kind,on_site,result,level,place,trigger,visit_no,known_on"


@pytest.fixture(params=["drawn", "matched"])
def play(at: Any, request: pytest.FixtureRequest) -> Play:
    """The round before and after its second draw."""
    found = at(request.param)
    found.set(BEFORE if request.param == "drawn" else AFTER)
    return found  # type: ignore[no-any-return]


def office_of(play: Play) -> tuple[str, str]:
    """An office of the market department with a visit, and a half-day on which it has one."""
    table = held(play)
    row = table[table["office"].str.startswith("market-")].sort_values("half_days").iloc[-1]
    return row["office"], row["half_days"].split()[0]


def free_unit(play: Play, *, but: tuple[str, ...] = ()) -> str:
    """A company in force to which nobody came this year, and whom the round does not visit."""
    city = play.city(COMMITS)
    units = city.register("entities", on=play.time.date(), columns=["unit_id", "type", "status"])
    history = city.register("history", on=play.time.date(), columns=VISITS)
    seen = set(pledged([play.round(COMMITS)], history, known_on=play.time.date())["unit_id"]) | set(but)
    kept = units[(units["type"] == "企业") & (units["status"] == "存续") & ~units["unit_id"].isin(seen)]
    return str(kept["unit_id"].iloc[0])


def visited(play: Play) -> str:
    """A unit that the market department visits in the round."""
    table = held(play)
    return str(table.loc[table["office"].str.startswith("market-"), "visit_id"].iloc[0]).partition("~")[0]


def used(play: Play, unit: str) -> dict[tuple[str, str], int]:
    """What is used of each cap, by rule and agency."""
    caps = ledger_of_unit(play.city(COMMITS), unit, 2026).facts.get("caps", [])
    return {(one["rule"], one["agency"]): one["used"] for one in caps}  # type: ignore[attr-defined]


def urgent(play: Play, path: Path, unit: str, kind: str, name: str = "JJ-1") -> Any:
    """Ask for an urgent visit of two people of the market department."""
    office, half_day = office_of(play)
    return ask(play, "urgent", urgent=urgent_file(path, [name, office, half_day, "market-food", "2", unit, kind]))


def test_one_beyond_a_cap_is_refused(play: Play, tmp_path: Path) -> None:
    """The round visits the unit already: a special check would be the department's second; nothing is changed."""
    unit, log = visited(play), play.log()
    before = used(play, unit)
    with pytest.raises(CannotHold) as caught:
        urgent(play, tmp_path / "u.csv", unit, "special")
    told = caught.value.params
    assert (caught.value.code, told["visit"], told["unit"]) == ("month.urgent_beyond_cap", "JJ-1", unit)
    assert (told["most"], told["used"]) == (1, 1)
    assert "专项" in caught.value.message.text("zh")
    assert (play.log(), used(play, unit)) == (log, before)


@pytest.mark.parametrize("kind", ["for_cause", "superior"])
def test_what_no_cap_counts_is_named(play: Play, tmp_path: Path, kind: str) -> None:
    """A check for cause at the same unit goes ahead, and the rule that leaves it out of the caps is named."""
    unit = visited(play)
    before = used(play, unit)
    report = urgent(play, tmp_path / "u.csv", unit, kind)
    named = [one for one in report.lines if one.code.startswith("month.urgent_")]
    assert [(one.code, one.params["unit"], one.params["rule"]) for one in named] == [
        ("month.urgent_free", unit, "shared/check_kind")
    ]
    assert used(play, unit) == before
    kinds = [row["kind"] for row in ledger_of_unit(play.city(COMMITS), unit, 2026).facts["visits"]]  # type: ignore[attr-defined]
    assert kind in kinds
    play.check()


def test_one_within_the_caps_is_counted_from_then_on(play: Play, tmp_path: Path) -> None:
    """Cap by cap what was used and is left; the ledger has the visit, so that the next one is refused."""
    unit = free_unit(play)
    report = urgent(play, tmp_path / "u.csv", unit, "special")
    named = {
        (one.params["rule"], str(one.params["agency"])): (one.params["used"], one.params["left"])
        for one in report.lines
        if one.code == "month.urgent_counted"
    }
    law = {agency: figures for (rule, agency), figures in named.items() if rule == "shared/yearly_visit_cap"}
    assert sorted(law.values()) == [(0, 0), (0, 3)]
    assert all(many == 1 for many in used(play, unit).values())
    with pytest.raises(CannotHold) as caught:
        urgent(play, tmp_path / "v.csv", unit, "special", name="JJ-2")
    assert caught.value.code == "month.urgent_beyond_cap"


def test_two_of_one_file_count_together(play: Play, tmp_path: Path) -> None:
    """Two visits of one department to one unit in one list: the second is one too many."""
    unit = free_unit(play)
    office, half_day = office_of(play)
    rows = [[name, office, half_day, "market-food", "2", unit, "special"] for name in ("JJ-1", "JJ-2")]
    with pytest.raises(CannotHold) as caught:
        ask(play, "urgent", urgent=urgent_file(tmp_path / "u.csv", *rows))
    assert (caught.value.code, caught.value.params["visit"]) == ("month.urgent_beyond_cap", "JJ-2")


def test_its_result_from_another_system_is_the_same_visit(play: Play, tmp_path: Path) -> None:
    """The inspection on record of the month, department and item is the urgent visit: counted once."""
    unit = free_unit(play)
    urgent(play, tmp_path / "u.csv", unit, "special")
    once = used(play, unit)
    play.set("2026-12-28T09:00")
    path = tmp_path / "history.csv"
    path.write_text(f"{HISTORY}\n{unit},market,market-food,2026-12-24,special,是,1,,,,X-9,2026-12-28\n", "utf-8")
    assert import_file(play.city(COMMITS), "history", path, as_of=None).inserted == 1
    assert used(play, unit) == once


def test_a_visit_of_two_offices_is_of_one_unit(play: Play, tmp_path: Path) -> None:
    """Rows of one visit that name different units, or kinds, are refused by line and column."""
    round, half_day, unit = play.round(COMMITS), office_of(play)[1], free_unit(play)
    other = free_unit(play, but=(unit,))
    offices = list(round.offices.values())[:2]
    items = [next(i.item_id for i in round.items.values() if i.department == one.department) for one in offices]
    for second, column in (((other, "special"), "unit_id"), ((unit, "superior"), "kind")):
        rows = [
            ["JJ-1", one.office_id, half_day, item, "2", *said]
            for one, item, said in zip(offices, items, ((unit, "special"), second), strict=True)
        ]
        with pytest.raises(UsageError) as caught:
            ask(play, "urgent", urgent=urgent_file(tmp_path / "u.csv", *rows))
        told = caught.value.params
        assert (caught.value.code, told["line"], told["column"]) == ("month.urgent_row", 3, column)
