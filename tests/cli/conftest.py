"""Calls of the command line in this process, and a small town to call it on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from supervision.cli import _options
from supervision.cli._group import main
from supervision.demo.city import write_city
from supervision.month import line, planning
from supervision.month.city import silent
from supervision.planner.plan import Budget


@dataclass(frozen=True)
class Ended:
    """How a call ended: exit code, stdout and stderr."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return stdout as strict JSON: no NaN, nothing before or after."""
        return json.loads(self.out, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))


@pytest.fixture(scope="session", autouse=True)
def small_budget() -> Iterator[None]:
    """Plan in this process and with little search."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(planning, "BUDGET", Budget(turns=1, rescue=1, processes=1))
        yield


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Ended]:
    """Return what runs `supervision ARGUMENTS…` in an empty folder, in Chinese unless told otherwise."""
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "SUPERVISION_STORE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")

    def run(*arguments: object) -> Ended:
        _options.reset()
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        caught = capsys.readouterr()
        return Ended(int(ended.value.code or 0), caught.out, caught.err)

    return run


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the input folder of a town of 500 units with two tasks."""
    folder = tmp_path_factory.mktemp("inputs") / "town"
    write_city(folder, entities=500, month="2026-12")
    header, *rows = (folder / "tasks.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [row for row in rows if row.startswith(('"T01-food"', '"T11-disclosure"', "T01-food", "T11-disclosure"))]
    (folder / "tasks.csv").write_text("".join([header, *kept]), encoding="utf-8")
    shutil.rmtree(folder / "xlsx", ignore_errors=True)
    return folder


@pytest.fixture(scope="session")
def month_of_town(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the town's rehearsed month: supervision.db and out; tests only read it."""
    work = tmp_path_factory.mktemp("month")
    line.run(
        work / "supervision.db",
        "2026-12",
        inputs=town,
        out=work / "out",
        values={},
        rehearsal=True,
        who="tester",
        progress=silent,
    )
    return work


@pytest.fixture
def rehearsed(month_of_town: Path, tmp_path: Path) -> Path:
    """Return the folder of the call with a copy of the town's rehearsed month in it."""
    shutil.copytree(month_of_town, tmp_path, dirs_exist_ok=True)
    return tmp_path
