"""Coverage in a round: preview, certificate, draw, the recount without the product's code, and the command's report."""

from __future__ import annotations

import csv
import importlib.util
import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from supervision.demo.city import write_city
from supervision.errors import SupervisionError
from supervision.month import committing, covering, drawing, importing, planning, scoring
from supervision.month.city import BEIJING, City
from supervision.month.coverage_rows import why_late
from supervision.month.frames import coverage_in
from supervision.month.round import Round
from supervision.month.round_files import COVERAGE, COVERAGE_DUTIES
from supervision.month.source_file import read_source_file
from supervision.month.source_values import of_draw
from supervision.store.store import Store

RULE = """id: shared/coverage
title: {zh: 覆盖, en: coverage}
unit: duties
values:
  - from: 2024-01-01
    value:
      firms: {rule: market/food, items: [market-drug], population: "type=企业", begins: 2025-06-15,
              months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}
    basis: 演示
    verified: false
    review_by: 2027-12-31
"""
ROUND = "2026-11"
OLD = 4  # firms whose last inspection lies almost two years back
Rows = list[dict[str, str]]


def firms(folder: Path) -> list[str]:
    """Firms in force that no list exempts, in order."""
    exempt = {row["unit_id"] for row in _rows(folder / "exemptions.csv")}
    units = _rows(folder / "entities.csv")
    return sorted(
        r["unit_id"] for r in units if r["type"] == "企业" and r["status"] == "存续" and r["unit_id"] not in exempt
    )


def _rows(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as handle:
        found = list(csv.DictReader(handle))
    return [{("unit_id" if k == "统一社会信用代码" else k): v for k, v in row.items()} for row in found]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """500 units; one task draws firms in two districts; four of all firms were inspected in December 2024."""
    folder = tmp_path_factory.mktemp("coverage")
    inputs = folder / "city"
    write_city(inputs, entities=500, month=ROUND)
    (inputs / "rules" / "shared" / "coverage.yaml").write_text(RULE, encoding="utf-8")
    (inputs / "tasks.csv").write_text(
        "task_id,name,round,items,lead,from_date,until_date,population,regime,ratio,access,disclosure,known_on\n"
        "T15-drug,药店,2026-11,market-drug,market,2026-11-01,2026-11-30,"
        '"type=企业;region=320505,320506",random,A=2%;B=4%;C=15%;D=40%,sealed,after_visit,2026-10-20\n',
        encoding="utf-8",
    )
    (inputs / "history.csv").write_text(
        "unit_id,agency,item_id,date,kind,on_site,result,visit_no,known_on\n"
        + "".join(
            f"{unit},market,market-drug,2024-12-10,routine,true,1,old{n},2025-01-05\n"
            for n, unit in enumerate(_of_districts(inputs)[:OLD])
        ),
        encoding="utf-8",
    )
    Store.create(folder / "x.db")
    found = City.open(
        folder / "x.db", who="jia", rules=inputs / "rules", now=lambda: datetime(2026, 10, 31, 9, tzinfo=BEIJING)
    )
    for kind in importing.ORDER:
        if (inputs / f"{kind}.csv").exists():
            importing.import_file(found, kind, inputs / f"{kind}.csv", as_of=date(2026, 10, 31))
    return found


def _of_districts(inputs: Path) -> list[str]:
    region = {row["unit_id"]: row["region"] for row in _rows(inputs / "entities.csv")}
    return [unit for unit in firms(inputs) if region[unit] in ("320505", "320506")]


@pytest.fixture(scope="module")
def drawn(city: City, tmp_path_factory: pytest.TempPathFactory) -> Round:
    """The round, previewed, committed and drawn."""
    round = city.begin(ROUND, rehearsal=True, on=date(2026, 10, 31))
    scoring.train(round)
    scoring.score(round)
    inputs = Path(city.store.path).parent / "city"
    committing.commit(round, key=(inputs / "frame_key.hex").read_text(encoding="ascii"))
    values = read_source_file("sources.csv", (inputs / "sources.csv").read_bytes()).values
    drawing.draw(round, values=of_draw(values, 1))
    return round


def table(round: Round) -> pd.DataFrame:
    """The round's coverage.csv."""
    return round.read(COVERAGE)


def test_preview_says_what_falls_due_per_month_and_office(city: City, drawn: Round) -> None:
    """Before anything is drawn: each office's units by their last month, and the level of each region."""
    report = planning.preview(drawn)
    rows: Any = report.facts["coverage"]
    assert {row["office"][:7] for row in rows} == {"market-"}
    assert sum(row["units"] for row in rows) == len(table(drawn))
    codes = [line.code for line in report.lines]
    assert codes.count("month.coverage_due") == min(len(rows), 10)
    assert codes.count("month.coverage_level") == 2


def test_the_certificate_names_every_firm_and_the_due_ones_are_drawn(drawn: Round) -> None:
    """Four are due and drawn; firms of other districts stand in no task, and that is said."""
    rows = table(drawn)
    due = rows[rows["state"] == "due"]
    assert len(due) == OLD
    assert set(due["by"]) == {"2026-12-10"}
    order = pd.read_csv(drawn.place_of("audit/tasks/T15-drug/order.csv"), dtype="str")
    taken = set(order.loc[order["role"] == "drawn", "unit_id"])
    assert set(due["unit_id"]) <= taken
    absent = rows[rows["state"] == "absent"]
    assert set(absent["why"]) == {"no_task"}
    assert not set(absent["region"]) & {"320505", "320506"}
    excluded = rows[rows["state"] == "excluded"]
    assert set(excluded["why"]) <= {"whitelist", "cap", "interval", "observation"}
    assert drawn.read(COVERAGE_DUTIES)["duties"][0]["years"] == 2


@pytest.fixture(scope="module")
def recounting() -> Any:
    """The checker, a file that knows nothing of the package."""
    path = Path(__file__).parents[2] / "benchmarks" / "recount_coverage.py"
    assert "supervision" not in path.read_text(encoding="utf-8")
    spec = importlib.util.spec_from_file_location("recount_coverage", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["recount_coverage"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def audit(drawn: Round, tmp_path: Path) -> Path:
    """The round's audit folder as it would be published."""
    for path in sorted(drawn.paths):
        if path.startswith(("audit/tasks/", "audit/coverage", "audit/strata_keys")):
            place = tmp_path / ROUND / path.removeprefix("audit/")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(drawn.content(path))
    return tmp_path


def test_the_recount_agrees(recounting: Any, audit: Path) -> None:
    """Dates, strata, levels and samples follow from the files alone."""
    told = list(recounting.recount(audit))
    assert told[0].startswith("1 rounds agree; units asked for in the last: firms ")
    assert told[2].startswith("T15-drug: called for by dates ")


def _change(place: Path, row: int, **cells: str) -> None:
    """Change cells of a CSV row."""
    rows = _rows(place)
    rows[row] |= cells
    with place.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _first(audit: Path, state: str) -> int:
    return next(n for n, row in enumerate(_rows(audit / ROUND / "coverage.csv")) if row["state"] == state)


@pytest.mark.parametrize(
    ("state", "cells", "said"),
    [
        ("due", {"by": "2027-12-10"}, "date of"),
        ("ahead", {"by": "2027-05-01"}, "date before"),
        ("ahead", {"month": "2027-04"}, "last month"),
        ("due", {"state": "framed"}, "due but framed"),
        ("due", {"why": "cap"}, "reason of"),
        ("absent", {"why": ""}, "reason of"),
        ("ahead", {"region": "320507"}, "level of"),
        ("due", {"state": "absent", "why": "no_task"}, "framed"),
    ],
)
def test_the_recount_finds_a_changed_row(
    recounting: Any, audit: Path, state: str, cells: dict[str, str], said: str
) -> None:
    """Each kind of untruth in the certificate has its own words."""
    _change(audit / ROUND / "coverage.csv", _first(audit, state), **cells)
    with pytest.raises(recounting.Difference, match=said):
        list(recounting.recount(audit))


def test_the_recount_finds_a_due_unit_that_was_not_drawn(recounting: Any, audit: Path) -> None:
    """The list of the draw is looked at, not what the certificate says of it."""
    due = _rows(audit / ROUND / "coverage.csv")[_first(audit, "due")]["unit_id"]
    order = audit / ROUND / "tasks" / "T15-drug" / "order.csv"
    place = next(n for n, row in enumerate(_rows(order)) if row["unit_id"] == due)
    _change(order, place, role="reserve")
    with pytest.raises(recounting.Difference, match="a due unit is not drawn"):
        list(recounting.recount(audit))


def test_the_recount_finds_a_tier_of_another_size(recounting: Any, audit: Path) -> None:
    """A level or least sample that the rule does not give."""
    path = audit / ROUND / "coverage.json"
    facts = json.loads(path.read_bytes())
    next(one for one in facts["levels"] if one["tiers"])["tiers"][0][3] += 1
    path.write_text(json.dumps(facts), encoding="utf-8")
    with pytest.raises(recounting.Difference, match="level of"):
        list(recounting.recount(audit))


def test_a_date_may_not_pass_in_silence(recounting: Any, audit: Path) -> None:
    """A round after the date must name the unit; an inspection that moved a date may not vanish."""
    first = recounting.Round(audit / ROUND)
    later = recounting.Round(audit / ROUND)
    later.name, (row, *_) = "2027-01", [dict(r) for r in later.rows if r["state"] == "due"]
    later.rows = [row]
    with pytest.raises(recounting.Difference, match="passed in silence"):
        recounting.check_passage([first, later])
    row["why"] = "not_held"
    assert recounting.check_passage([first, later]) == (0, {"not_held": 1}, 0)
    later.rows = [row | {"last": "2026-11-09", "by": "2028-11-09", "why": ""}]
    assert recounting.check_passage([first, later]) == (1, {}, 0)
    first.drawn = {"T15-drug": set()}
    assert recounting.check_passage([first, later]) == (1, {}, 1)
    later.rows = [row | {"last": "2023-11-09"}]
    with pytest.raises(recounting.Difference, match="is gone"):
        recounting.check_passage([first, later])


def test_why_a_date_passed_is_what_the_last_round_before_it_did() -> None:
    """Kept out: its reason; in no task; in a frame without an inspection; before any round."""
    late = pd.DataFrame(
        {"duty": "d", "unit_id": [*"abcef"], "by": [*["2026-12-10"] * 3, "2026-10-01", "2026-11-05"]},
        index=[7, 3, 5, 2, 9],
    )  # fmt: skip
    november = {
        "a": ("excluded", "cap"),
        "b": ("absent", "no_task"),
        "c": ("framed", ""),
        "e": ("framed", ""),
        "f": ("due", ""),
    }
    december = {"a": ("excluded", "interval"), "f": ("excluded", "cap")}
    before = [
        (
            month,
            pd.DataFrame(
                [("d", unit, *told) for unit, told in rows.items()], columns=["duty", "unit_id", "state", "why"]
            ),
        )
        for month, rows in (("2026-11", november), ("2026-12", december))
    ]
    assert why_late(late, before) == ["interval", "no_task", "not_held", "before_start", "not_held"]
    assert why_late(late.iloc[:0], before) == []
    assert why_late(late.iloc[:1], []) == ["before_start"]


def test_the_report_of_a_day(city: City, drawn: Round, tmp_path: Path) -> None:
    """Drawn units count as held; on a day after their date the others are late, and exit code 4 says so."""
    now = covering.coverage_report(city, on=date(2026, 11, 30), rehearsal=True, out=tmp_path / "c.csv")
    facts: Any = now.facts["duties"]
    assert (now.exit_code, facts[0]["late"], facts[0]["units"]) == (0, 0, len(_rows(tmp_path / "c.csv")))
    without = covering.coverage_report(city, on=date(2026, 12, 11))
    facts = without.facts["duties"]
    assert (without.exit_code, facts[0]["late"], facts[0]["why"]) == (4, OLD, {"before_start": OLD})
    assert [line.code for line in without.lines].count("month.coverage_late") == OLD
    later: Any = covering.coverage_report(city, on=date(2027, 6, 15), rehearsal=True).facts["duties"]
    assert set(later[0]["why"]) <= {"no_task", "not_held", "whitelist", "observation", "cap", "interval"}
    assert later[0]["late"] == sum(later[0]["why"].values()) > 0


def test_an_item_off_the_list_is_named(city: City, drawn: Round) -> None:
    """A duty whose item nobody may inspect stops the round."""
    with pytest.raises(SupervisionError, match="market-drug") as raised:
        coverage_in(drawn.law, {}, drawn.code_lists)
    assert raised.value.code == "month.coverage_item"
