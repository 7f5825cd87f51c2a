"""A small synthetic city and its rehearsed month, made once for all tests of this folder."""

from __future__ import annotations

import csv
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import annual_year
import pytest
from real_rounds import Play, key_of_round, make_city, play_stages, write_town
from still_clock import Clock

from supervision.demo.city import write_city
from supervision.month import annual_merging, line, planning
from supervision.month.city import BEIJING, City, silent
from supervision.month.city_rules import lay_rules
from supervision.month.importing import import_folder
from supervision.month.report import Report
from supervision.planner.plan import Budget
from supervision.store.store import Store

ROUND = "2026-12"
# the tasks that a city of this size can hold: every regime, an open one, two that share units, one with whole coverage
TASKS = ("T01-food", "T02-industry", "T05-certification", "T09-discharge", "T10-newtrade", "T11-disclosure")


@dataclass
class Played:
    """A month that was run: its input folder, store, output folder and report."""

    inputs: Path
    store: Path
    out: Path
    report: Report


@pytest.fixture(scope="session", autouse=True)
def small_budget() -> Iterator[None]:
    """Plan in this process and with little search: these tests are about the line, not about good calendars."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(planning, "BUDGET", Budget(turns=1, rescue=1, processes=1))
        yield


@pytest.fixture(scope="session", autouse=True)
def known_keys() -> Iterator[None]:
    """Give each real round the key that belongs to its name, so that its story repeats in whatever order tests run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrets, "token_bytes", key_of_round)
        yield


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the input folder of a city of 1,500 units; tests that change it copy it first."""
    return make_city(tmp_path_factory.mktemp("inputs") / "city", entities=1500, tasks=TASKS)


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the input folder of a town of 500 units for real rounds: no values of sources, no frame key."""
    return write_town(tmp_path_factory.mktemp("inputs") / "town")


@pytest.fixture(scope="session")
def stages(town: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Play]:
    """Return the real round of the town at each of its stages: committed, drawn, rostered, matched. Only to copy."""
    return play_stages(town, tmp_path_factory.mktemp("real"))


@pytest.fixture
def at(stages: dict[str, Play], tmp_path: Path) -> Callable[[str], Play]:
    """Return what gives the real round at a stage, in a folder of the test's own."""
    return lambda stage: stages[stage].copy(tmp_path / stage)


@pytest.fixture(scope="session")
def rehearse() -> Callable[[Path, Path], Played]:
    """Return what runs a rehearsal of an input folder in a work folder."""

    def run(inputs: Path, work: Path) -> Played:
        store, out = work / "x.db", work / "out"
        report = line.run(
            store, ROUND, inputs=inputs, out=out, values={}, rehearsal=True, who="tester", progress=silent
        )
        return Played(inputs=inputs, store=store, out=out, report=report)

    return run


@pytest.fixture(scope="session")
def rehearsal(city: Path, rehearse: Callable[[Path, Path], Played], tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Return the rehearsed month of the city; tests only read it."""
    return rehearse(city, tmp_path_factory.mktemp("rehearsal"))


@pytest.fixture
def copied(rehearsal: Played, tmp_path: Path) -> Played:
    """Return a copy of the rehearsed month that a test may change."""
    shutil.copytree(rehearsal.store.parent, tmp_path / "work")
    store, out = tmp_path / "work" / "x.db", tmp_path / "work" / "out"
    return Played(inputs=rehearsal.inputs, store=store, out=out, report=rehearsal.report)


@pytest.fixture(scope="session")
def files() -> Callable[[Path], dict[str, bytes]]:
    """Return what reads all files below a folder, by relative path."""

    def read(folder: Path) -> dict[str, bytes]:
        return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}

    return read


@pytest.fixture
def clock() -> Clock:
    """Return a clock at nine on the morning of the commitment, Monday 23 November 2026."""
    return Clock(datetime(2026, 11, 23, 9, tzinfo=BEIJING))


@pytest.fixture(scope="session")
def scored_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city of 1,500 units with its plans, scored for February; only to copy."""
    inputs, work = tmp_path_factory.mktemp("annual") / "inputs", tmp_path_factory.mktemp("annual-store")
    write_city(inputs, entities=1500, month="2026-02")
    Store.create(work / "city.db")
    lay_rules(inputs, work / "city.db")
    city = City.open(work / "city.db", who="planner", now=Clock(annual_year.NOW))
    assert import_folder(city, inputs, as_of=None).exit_code == 0
    line.score(city, "2026-02", rehearsal=True)
    shutil.copytree(inputs, work / "inputs")
    return work


@pytest.fixture
def year(scored_year: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> annual_year.Town:
    """A copy of the city on 25 January."""
    monkeypatch.setattr(annual_merging, "EFFORT", 0.5)
    shutil.copytree(scored_year, tmp_path / "work")
    clock = Clock(annual_year.NOW)
    city = City.open(tmp_path / "work" / "city.db", who="planner", now=clock)
    with (tmp_path / "work/inputs/plans.csv").open(encoding="utf-8-sig") as handle:
        twice = tuple(row["计划编号"] for row in csv.DictReader(handle) if row["批次数"] == "2")
    return annual_year.Town(city=city, folder=tmp_path, inputs=tmp_path / "work" / "inputs", clock=clock, twice=twice)
