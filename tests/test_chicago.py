"""Chicago's inspections as an input folder: nothing is rejected, and every made-up row says so."""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from supervision.directory.checking.register_check import check_table
from supervision.directory.reading.register_file import read_table
from supervision.law.code_lists import CodeLists
from supervision.law.rules import Rules
from supervision.law.working_days import Workdays
from supervision.store import shipped_files

HERE = Path(__file__).parents[1] / "benchmarks" / "chicago"


def _converter() -> ModuleType:
    spec = importlib.util.spec_from_file_location("chicago_convert", HERE / "convert.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CONVERT = _converter()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The input folder, written once; skipped where the data are absent."""
    if not CONVERT.DATA.is_dir():
        pytest.skip(f"Chicago's inspections are not at {CONVERT.DATA}")
    target = tmp_path_factory.mktemp("chicago")
    CONVERT.convert(CONVERT.DATA, target)
    return target


def test_every_row_goes_in(folder: Path) -> None:
    """The directory's checker takes all rows of all registers."""
    lists = CodeLists.read(shipped_files.shipped_code_lists(), shipped_files.folder_rules(HERE / "rules"))
    rows = {}
    for path in sorted(folder.glob("*.csv")):
        if path.stem != "sources":
            table = read_table(path.stem, path.name, path.read_bytes())
            checked = check_table(path.stem, table, as_of=None, lists=lists, own_ids=True)
            assert checked.rejected.empty, path.name
            rows[path.stem] = len(checked.good)
    assert rows == {
        "calendar": 32, "caps": 1, "entities": 11_822, "events": 4_821, "history": 24_503, "inspectors": 40,
        "items": 2, "offices": 4, "tasks": 2,
    }  # fmt: skip


def test_nothing_is_known_later_than_the_month_begins(folder: Path) -> None:
    """Every inspection and licence was known by 31 August 2014."""
    for kind in ("entities", "history", "events"):
        known = pd.read_csv(folder / f"{kind}.csv", usecols=["known_on"], dtype="str")["known_on"]
        assert known.max() <= "2014-08-31"


def test_results_follow_critical_violations() -> None:
    """A critical violation is E when the licence passed with conditions, A when it failed, and anything else is 1."""
    rows = pd.DataFrame(
        {
            "unit_id": ["L1"] * 4,
            "region": ["606001"] * 4,
            "day": ["2014-01-02", "2014-02-03", "2014-03-04", "2014-04-07"],
            "Inspection_ID": [1, 2, 3, 4],
            "sanitarian": ["green"] * 4,
            "criticalCount": [0.0, 2.0, 1.0, 0.0],
            "Results": ["Pass", "Pass w/ Conditions", "Fail", "Fail"],
        }
    )
    assert CONVERT.history(rows)["result"].to_list() == ["1", "E", "A", "1"]


def test_calendar_is_chicagos() -> None:
    """With the register's rows the shipped Chinese year becomes Chicago's: Labor Day is off, mid-autumn is not."""
    days = CONVERT.calendar()
    register = days.assign(date=pd.to_datetime(days["date"]).astype("datetime64[s]"), region=None)
    workdays = Workdays.read(shipped_files.shipped_calendar(), register, None)
    works = {day: workdays.is_workday(date(2014, *day)) for day in [(9, 1), (9, 8), (9, 28), (10, 1), (10, 13)]}
    assert works == {(9, 1): False, (9, 8): True, (9, 28): False, (10, 1): True, (10, 13): False}


def test_rules_of_the_benchmark_stand_in_2014() -> None:
    """Every shared rule that is shipped has a value in the benchmark's own law, none of it verified."""
    shipped = shipped_files.shipped_rules()
    own = Rules.read({}, shipped_files.folder_rules(HERE / "rules")).on(date(2014, 9, 1))
    assert {f"{entry.path}.yaml" for entry in own.entries()} == {path for path in shipped if path.startswith("shared/")}
    assert not any(entry.verified for entry in own.entries())
