"""A province's months: the bytes of each agency alone, whoever fails, dies or is late."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from real_rounds import (
    ACCEPTS,
    COMMITS,
    COMMITTED,
    CONFIRMS,
    DRAWN,
    DRAWS,
    FIRST,
    MATCHED,
    ROSTERED,
    SECOND,
    key_of_round,
    make_city,
)
from still_clock import Clock

from supervision.errors import SupervisionError, UsageError
from supervision.month import line, planning
from supervision.month.agency_months import AgencyMonth, AgencyOutcome, run_agency
from supervision.month.agency_plans import AskedOfAll, read_months
from supervision.month.agency_standing import AgencyStanding
from supervision.month.agency_values import with_values
from supervision.month.city import BEIJING, silent
from supervision.month.provinces import run_province
from supervision.planner.plan import Budget
from supervision.processes import beside
from supervision.sampling.protocol.seeds import Source
from supervision.scale.engine import Cluster, Here
from supervision.store.connection import sole_writer
from supervision.store.store import Store

ROUND = "2026-12"
SIZES = {"虎丘": 500, "吴中": 530, "昆山": 560}
FOLDERS = {"虎丘": "huqiu", "吴中": "wuzhong", "昆山": "kunshan"}
SMALL = Budget(turns=1, rescue=1, processes=2)
HEADER = "机构,数据库,数据目录,公示目录,是否演练"


@pytest.fixture(scope="session", autouse=True)
def small_budget() -> Iterator[None]:
    """Plan with little search."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(planning, "BUDGET", Budget(turns=1, rescue=1, processes=1))
        yield


@pytest.fixture(scope="session")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the inputs of three small agencies; tests copy it."""
    folder = tmp_path_factory.mktemp("province-inputs")
    for name, size in SIZES.items():
        make_city(folder / FOLDERS[name] / "inputs", entities=size, tasks=("T01-food", "T11-disclosure"))
    return folder


@pytest.fixture(scope="session")
def rehearsed(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the folders of agencies whose own IT rehearsed the month, each with agency.db and out; tests only read."""
    found = {}
    for name, folder in FOLDERS.items():
        work = tmp_path_factory.mktemp("alone")
        kept = {"inputs": inputs / folder / "inputs", "out": work / "out", "values": {}}
        line.run(work / "agency.db", ROUND, **kept, rehearsal=True, who="own-it", progress=silent)
        found[name] = work
    return found


@pytest.fixture(scope="session")
def alone(rehearsed: dict[str, Path]) -> dict[str, dict[str, bytes]]:
    """Return what each agency writes when its own IT rehearses the month."""
    return {name: files(work / "out") for name, work in rehearsed.items()}


@pytest.fixture
def province(inputs: Path, tmp_path: Path) -> Path:
    """Return a province's folder with the three agencies and its plan."""
    shutil.copytree(inputs, tmp_path / "province")
    write_plan(tmp_path / "province" / "plan.csv", *(row(name) for name in SIZES))
    return tmp_path / "province"


def row(name: str, **other: str) -> str:
    """Return a row of the plan."""
    folder = FOLDERS[name]
    cells = {"agency": name, "store": f"{folder}/agency.db", "inputs": f"{folder}/inputs", "out": f"{folder}/out"}
    return ",".join({**cells, "rehearsal": "", **other}.values())


def write_plan(path: Path, *rows: str, encoding: str = "utf-8") -> Path:
    """Write a plan."""
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding=encoding)
    return path


def files(folder: Path) -> dict[str, bytes]:
    """Read all files below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def outs(province: Path) -> dict[str, dict[str, bytes]]:
    """Read what the agencies wrote."""
    return {name: files(province / folder / "out") for name, folder in FOLDERS.items()}


def months(province: Path, *, result: Path | None = None, **other: object) -> list[AgencyMonth]:
    """Read the plan of a rehearsal."""
    asked = {"rehearsal": True, "own_ids": False, "accept_unverified": "", "who": "it"} | other
    return read_months(province / "plan.csv", AskedOfAll(round_id=ROUND, **asked), result=result)[0]


def faults(province: Path, *rows: str, **other: object) -> list[str]:
    """Return what a plan of these rows is refused for."""
    write_plan(province / "plan.csv", *rows)
    with pytest.raises(UsageError) as raised:
        months(province, **other)
    assert raised.value.code == "month.province_refused"
    assert raised.value.params["count"] == len(raised.value.told)
    return [told.text() for told in raised.value.told]


# the same bytes, whoever does the work


def test_workers_write_the_same_and_one_may_die(province: Path, alone: dict, cluster: Cluster) -> None:
    """Two workers, one of which is killed when an agency is drawn but not planned: others do it; the bytes stand."""
    write_plan(province / "plan.csv", row("虎丘"), row("吴中"))
    ran = cluster.apart(_dies_once, months(province), lambda _done, _total: None)
    assert [(one.standing.step, one.error) for one in ran] == [("done", None)] * 2
    assert (province / "wuzhong" / "died").exists()
    assert outs(province) == alone | {"昆山": {}}


def test_the_options_start_workers(province: Path, call: Callable, tmp_path: Path) -> None:
    """`--workers` gives the months to other processes: the table's words come back whole, in the plan's order."""
    pytest.importorskip("distributed", reason="Dask is an extra: shuangsuiji[scale]")
    shutil.rmtree(province / "wuzhong" / "inputs")
    (province / "wuzhong" / "inputs").mkdir()
    write_plan(province / "plan.csv", row("吴中"))
    code, said, _ = call(
        *(
            "province",
            ROUND,
            province / "plan.csv",
            "--rehearsal",
            "--out",
            tmp_path / "result",
            "--workers",
            1,
            "--json",
        )
    )
    found = json.loads(said)["agencies"][0]
    assert (found["agency"], found["state"], found["exit"]) == ("吴中", "failed", code)
    assert found["error"]["zh"]
    assert found["error"]["en"].isascii()


def _dies_once(month: AgencyMonth) -> AgencyOutcome:
    marker = month.store.parent / "died"
    if month.agency == "吴中" and not marker.exists():
        marker.touch()
        planning.plan = lambda _round: os.kill(os.getpid(), signal.SIGKILL)
    planning.BUDGET = SMALL  # a worker may start no processes of its own: it plans alone
    return run_agency(month)


def _dies(number: int) -> int:
    if number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 3:
        raise UsageError("month.file_missing", file="x")
    return number


def test_work_that_kills_its_worker_fails_alone(cluster: Cluster) -> None:
    """What ends every process that does it is said to be lost; what was given to the same worker is done again."""
    usual = cluster.client.run_on_scheduler(_allow, failures=0)
    try:
        found = cluster.apart(_dies, [0, 1, 2, 3, 4, 5], lambda _done, _total: None)
    finally:
        cluster.client.run_on_scheduler(_allow, failures=usual)
    codes = [one.code if isinstance(one, SupervisionError) else one for one in found]
    assert codes == [0, 1, "scale.work_lost", "month.file_missing", 4, 5]


def _allow(dask_scheduler: Any, failures: int) -> int:
    usual, dask_scheduler.allowed_failures = dask_scheduler.allowed_failures, failures
    return usual


def _kind(_number: int) -> str:
    with beside(2, worth=True) as found:
        return type(found).__name__


def test_a_worker_starts_no_processes_of_its_own(cluster: Cluster) -> None:
    """A cluster's worker may have none: what is worth processes elsewhere is done in threads there."""
    assert cluster.apart(_kind, [0], lambda _done, _total: None) == [ThreadPoolExecutor.__name__]


# one fails, others go on


def test_a_failure_stops_no_other_and_can_be_mended(
    province: Path, alone: dict, call: Callable, tmp_path: Path
) -> None:
    """One agency's tasks cannot be read: the others finish; mended and run again it does, too, and they stand."""
    broken = province / "wuzhong" / "inputs" / "tasks.csv"
    good = broken.read_bytes()
    broken.write_text("nonsense\n1\n", encoding="utf-8")
    arguments = ("province", ROUND, province / "plan.csv", "--rehearsal", "--out", tmp_path / "result")
    code, said, _ = call(*arguments)
    found = outs(province)
    assert code == 1
    assert [text.partition("：")[2][:2] for text in said.splitlines()[:3]] == ["已完", "失败", "已完"]
    assert "tasks.csv" in said.splitlines()[1]
    assert {name: found[name] for name in ("虎丘", "昆山")} == {name: alone[name] for name in ("虎丘", "昆山")}
    page = (tmp_path / "result" / f"agencies-{ROUND}.html").read_text("utf-8")
    assert "失败的机构" in page
    assert "tasks.csv" in page
    broken.write_bytes(good)
    before = {path: path.stat().st_mtime_ns for path in (province / "huqiu" / "out").rglob("*.html")}
    code, said, _ = call(*arguments)
    lines = said.splitlines()
    assert code == 0
    assert [text.partition("：")[0] for text in lines[:3]] == list(SIZES)
    assert lines[3].startswith("合计 3 家：完成 3，等待 0，失败 0；主体 1,590，")
    assert outs(province) == alone
    assert {path: path.stat().st_mtime_ns for path in before} == before
    _check_results(province, tmp_path / "result")


def _check_results(province: Path, folder: Path) -> None:
    """Table, workbook and page say of each agency what stands in its own output folder."""
    table = list(csv.DictReader((folder / f"agencies-{ROUND}.csv").read_text("utf-8-sig").splitlines()))
    assert [(one["机构"], one["类别"], one["状态"], one["进度"]) for one in table] == [
        (name, "演练", "完成", "已完成") for name in SIZES
    ]
    for one in table:
        out = province / FOLDERS[one["机构"]] / "out"
        drawn = list(csv.DictReader((out / f"audit/{ROUND}/calendar.csv").read_text("utf-8").splitlines()))
        assert int(one["主体数"]) == SIZES[one["机构"]]
        assert int(one["检查次数"]) == len({place["visit_id"] for place in drawn}) > 0
        assert one["未排定"] == "0"
        assert one["公示清单摘要"] == sha256((out / f"public/{ROUND}/manifest.json").read_bytes()).hexdigest()
        assert one["承诺摘要"] in (out / f"public/{ROUND}/commitment.html").read_text("utf-8")
    sheet = openpyxl.load_workbook(folder / f"agencies-{ROUND}.xlsx").active
    assert [sheet.cell(2, place).value for place in (1, 2, 3)] == ["机构", "类别", "状态"]
    assert [sheet.cell(6, place).value for place in (1, 5)] == ["合计", 1590]
    page = (folder / f"agencies-{ROUND}.html").read_text("utf-8")
    assert all(name in page for name in SIZES)
    assert "REHEARSAL" in page


def test_a_fault_of_the_program_stops_no_other(province: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An agency meets an error that nobody foresaw, another a full disk: both are told with exit code 1."""
    months_of = months(province)

    def broke(store: Path, *_arguments: object, **_named: object) -> None:
        if store.parent.name == "huqiu":
            raise ZeroDivisionError("nobody foresaw this")
        raise OSError(28, "No space left", str(store))

    monkeypatch.setattr(line, "run", broke)
    ran = [run_agency(one) for one in months_of]
    assert [(one.error.code, one.exit_code) for one in ran if one.error] == [
        *(("month.province_broke", 1), ("month.os_error", 1), ("month.os_error", 1))
    ]
    assert "ZeroDivisionError" in ran[0].error.text("en")


def test_a_store_in_use_fails_alone(province: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another command is writing to one agency's store: that agency says so, the next one has its own turn."""
    Store.create(province / "huqiu" / "agency.db")
    write_plan(province / "plan.csv", row("虎丘"), row("吴中"))
    monkeypatch.setattr("supervision.store.store.MAX_WAIT", 0.1)
    monkeypatch.setattr(Store.open.__func__, "__kwdefaults__", {"wait": 0.1})
    (province / "wuzhong" / "inputs" / "tasks.csv").unlink()
    with sole_writer(province / "huqiu" / "agency.db", wait=1):
        ran = Here().apart(run_agency, months(province), lambda _done, _total: None)
    assert [one.error.code for one in ran] == ["store.busy", "month.no_tasks"]


def test_a_worker_that_would_do_otherwise_does_nothing(province: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that the plan's reader saw is not on the worker: none is made. Nor does one with more threads work."""
    store = province / "huqiu" / "agency.db"
    Store.create(store)
    first = months(province)[0]
    store.unlink()
    assert run_agency(first).error.code == "month.province_store_gone"
    assert not store.exists()
    Store.create(store)
    monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    assert run_agency(first).error.code == "month.province_threads"


# the plan


def test_the_plan_is_read_as_people_save_it(province: Path, tmp_path: Path) -> None:
    """BOM, GB 18030, a workbook with English headings, blank rows, a row's own rehearsal; places beside the plan."""
    expected = [province / FOLDERS[name] / "agency.db" for name in SIZES]
    rows = [row("虎丘"), ",,,,", row("吴中"), row("昆山")]
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        write_plan(province / "plan.csv", *rows, encoding=encoding)
        assert [one.store for one in months(province)] == expected
    assert [one.place for one in months(province)] == ["2", "4", "5"]
    book = openpyxl.Workbook()
    book.active.append(["Agency", "Store", "Inputs", "Out", "Rehearsal", "Own ids", "Unverified rules accepted by"])
    book.active.append(
        ["虎丘", "huqiu/agency.db", "huqiu/inputs", str(province / "huqiu" / "out"), "yes", "yes", "钱局"]
    )
    book.active.append(["吴中", "wuzhong/agency.db", "wuzhong/inputs", "wuzhong/out", "no", None, None])
    book.save(province / "plan.csv")
    first, second = months(province, rehearsal=False, accept_unverified="赵局")
    assert (first.rehearsal, first.own_ids, first.accept_unverified) == (True, True, "钱局")
    assert (second.rehearsal, second.own_ids, second.accept_unverified) == (False, False, "赵局")
    assert first.out == province / "huqiu" / "out"


def test_all_faults_are_told_at_once(province: Path) -> None:
    """Every fault of every row, with row, column and what to do; nothing was run."""
    (province / "link").symlink_to(province / "huqiu")
    (province / "foreign").mkdir()
    (province / "foreign" / "letter.txt").write_text("x")
    (province / "file").write_text("x")
    told = faults(
        province,
        row("虎丘"),
        row("吴中", agency="虎 丘", store="link/agency.db"),
        row("昆山", inputs="nowhere", out="huqiu/inputs/out"),
        row("昆山", agency="太仓", store="gone/agency.db", out="huqiu/out"),
        row("昆山", agency="", rehearsal="maybe"),
        row("昆山", agency="张家港", store="huqiu/out/agency.db", inputs="huqiu/inputs", out="foreign"),
        row("昆山", agency="常熟", store="huqiu/other.db", inputs="wuzhong", out="file"),
        row("昆山", agency="吴江", store="wuzhong", inputs="kunshan", out="gone/out"),
    )
    assert not list(province.rglob("agency.db*"))
    for expected in (
        "第 3 行 机构“虎 丘”：与第 2 行是同一机构",
        "第 3 行 数据库“link/agency.db”：与第 2 行",
        "第 6 行 机构“”：必填项为空，请补填",
        "第 6 行 数据库“kunshan/agency.db”：与第 4 行（昆山）是同一个数据库",
        "第 6 行 是否演练“maybe”：",
        "第 4 行 数据目录“nowhere”：没有文件夹",
        "第 4 行 公示目录“huqiu/inputs/out”：在第 2 行的数据目录",
        "第 5 行 数据库“gone/agency.db”：没有文件夹",
        "第 5 行 公示目录“huqiu/out”：与第 2 行",
        "第 7 行 数据库“huqiu/out/agency.db”：在第",
        "第 7 行 数据目录“huqiu/inputs”：与第 2 行",
        "第 7 行 公示目录“foreign”：",
        "第 8 行 数据库“huqiu/other.db”：与第 2 行的数据库在同一文件夹",
        "第 8 行 公示目录“file”：",
        "第 9 行 数据库“wuzhong”：",
        "第 9 行 公示目录“gone/out”：没有文件夹",
    ):
        assert any(text.startswith(expected) for text in told), (expected, told)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"out": "huqiu/in-and-out"}, {"inputs": "huqiu/in-and-out/inputs"}, "第 3 行 数据目录"),
        ({"out": "shared/deeper"}, {"inputs": "shared/deeper"}, "第 3 行 数据目录"),
        ({}, {"store": "huqiu/agency.db"}, "第 3 行 数据库"),
        ({}, {"store": "huqiu/other.db"}, "第 3 行 数据库"),
        ({"out": "shared"}, {"out": "shared/deeper"}, "第 3 行 公示目录"),
        ({"out": "shared/deeper"}, {"out": "shared"}, "第 2 行 公示目录"),
        ({}, {"store": "huqiu/inputs/agency.db"}, "第 3 行 数据库"),
        ({"store": "huqiu/out/agency.db"}, {}, "第 2 行 数据库"),
        ({"inputs": "huqiu/out/inputs"}, {}, "第 2 行 数据目录"),
    ],
)
def test_places_inside_each_other_are_refused(province: Path, first: dict, second: dict, expected: str) -> None:
    """Nothing lies in an output folder, and what is written never lies in inputs."""
    for folder in ("huqiu/in-and-out/inputs", "shared/deeper", "huqiu/out/inputs"):
        (province / folder).mkdir(parents=True)
    told = faults(province, row("虎丘", **first), row("吴中", **second))
    assert [text.partition("“")[0] for text in told] == [expected]


def test_a_store_in_its_own_inputs_is_its_agency_s_business(province: Path) -> None:
    """A store in its own inputs harms nobody, as with `month`."""
    write_plan(province / "plan.csv", row("虎丘", store="huqiu/inputs/agency.db"), row("吴中"))
    assert len(months(province)) == 2


def test_results_never_go_where_agencies_publish(province: Path) -> None:
    """The table of the province in an agency's output folder or inputs would be published or imported."""
    for place in ("huqiu/out/result", "wuzhong/inputs"):
        assert "结果目录" in faults(province, row("虎丘"), row("吴中"), result=province / place)[0]
    assert months(province, result=province)


def test_a_real_row_is_not_rehearsed(province: Path) -> None:
    """A row that says it is no rehearsal beside --rehearsal: one of the two is wrong."""
    told = faults(province, row("虎丘", rehearsal="否"), row("吴中", rehearsal="是"))
    assert [text.partition("：")[0] for text in told] == ["第 2 行 是否演练“”"]


def test_what_is_no_plan_is_refused(province: Path, call: Callable, tmp_path: Path) -> None:
    """A missing file, a plan without rows or without a column, a wrong round, no --out: one sentence each."""
    plan = province / "plan.csv"
    code, _, said = call("province", ROUND, tmp_path / "none.csv", "--check")
    assert (code, "none.csv" in said) == (2, True)
    write_plan(plan)
    code, _, said = call("province", ROUND, plan, "--check")
    assert (code, "没有一行机构" in said) == (2, True)
    plan.write_text("机构,数据库\n虎丘,x.db\n", encoding="utf-8")
    code, _, said = call("province", ROUND, plan, "--check")
    assert (code, "数据目录" in said) == (1, True)
    write_plan(plan, row("虎丘"))
    assert call("province", "2026-13", plan, "--check")[0] != 0
    code, _, said = call("province", ROUND, plan)
    assert (code, "--out" in said) == (2, True)
    write_plan(plan, row("虎丘", inputs="nowhere"), row("吴中", inputs="nowhere"))
    code, out, said = call("province", ROUND, plan, "--check", "--json")
    assert code == 2
    assert len(json.loads(out)["told"]) == 3
    assert not list(province.rglob("*.db"))


def test_a_check_runs_and_writes_nothing(province: Path, rehearsed: dict, call: Callable) -> None:
    """--check says how far each agency is and leaves every file as it was."""
    write_plan(province / "plan.csv", row("虎丘"), row("吴中"))
    shutil.copytree(rehearsed["虎丘"], province / "huqiu", dirs_exist_ok=True)
    before = files(province)
    code, said, _ = call("province", ROUND, province / "plan.csv", "--rehearsal", "--check")
    assert code == 0
    assert said.splitlines()[1] == "吴中：尚未开始，还没有数据库"
    assert said.splitlines()[0].startswith("虎丘：已完成；主体 500，")
    assert said.splitlines()[-1] == "工作计划没有问题：2 家，没有运行任何机构。"
    assert files(province) == before


def test_a_check_leaves_an_older_store_as_it_is(province: Path, rehearsed: dict, call: Callable) -> None:
    """A store of an earlier version is not brought to this one by looking at it."""
    write_plan(province / "plan.csv", row("虎丘"))
    store = province / "huqiu" / "agency.db"
    shutil.copyfile(rehearsed["虎丘"] / "agency.db", store)
    with closing(sqlite3.connect(store)) as database:
        database.execute("PRAGMA user_version = 1")
    _, said, _ = call("province", ROUND, province / "plan.csv", "--rehearsal", "--check")
    assert said.splitlines()[0] == "虎丘：旧版数据库，运行时升级"
    store.write_bytes(b"no store at all")
    code, said, _ = call("province", ROUND, province / "plan.csv", "--rehearsal", "--check")
    assert (code, said.splitlines()[0].startswith("虎丘：失败")) == (1, True)


# a real round


class Real:
    """A real round of the province: the clock on the wall, and who is at it."""

    def __init__(self, province: Path) -> None:
        self.province = province
        self.clock = Clock(datetime.fromisoformat(COMMITTED).replace(tzinfo=BEIJING))

    def run(self, who: str, values: dict | None = None, *, rows: tuple[str, ...] = tuple(SIZES)):
        """Run the province as somebody; return its report."""
        write_plan(self.province / "plan.csv", *(row(name) for name in rows))
        asked = AskedOfAll(round_id=ROUND, rehearsal=False, own_ids=False, accept_unverified=ACCEPTS, who=who)
        given = {"values": values or {}, "apart": Here().apart, "progress": silent, "now": self.clock}
        return run_province(self.province / "plan.csv", asked, self.province / "result", **given)

    def steps(self, report) -> list[str]:
        """Return how far the agencies are."""
        return [one["step"] for one in report.facts["agencies"]]


@pytest.fixture(scope="session")
def unplayed(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the province before a real round: no values of sources, no keys; only to copy."""
    province = tmp_path_factory.mktemp("real") / "province"
    shutil.copytree(inputs, province)
    for folder in FOLDERS.values():
        (province / folder / "inputs" / "sources.csv").unlink()
        (province / folder / "inputs" / "frame_key.hex").unlink()
    return province


@pytest.fixture(scope="session")
def committed(unplayed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the province whose first agency has committed; only to copy."""
    province = tmp_path_factory.mktemp("committed") / "province"
    shutil.copytree(unplayed, province)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("secrets.token_bytes", key_of_round)
        Real(province).run(COMMITS, rows=("虎丘",))
    return province


@pytest.fixture
def real(committed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Real:
    """Return a real round of which the first agency has committed."""
    monkeypatch.setattr("secrets.token_bytes", key_of_round)
    shutil.copytree(committed, tmp_path / "real")
    return Real(tmp_path / "real")


def test_a_real_round_stops_and_goes_on(real: Real, unplayed: Path, tmp_path: Path) -> None:
    """It stops at each commitment until two others have entered the values; the bytes are those of the agency alone."""
    kept = {"inputs": unplayed / "huqiu" / "inputs", "out": tmp_path / "out", "values": {}, "who": COMMITS}
    kept |= {"accept_unverified": ACCEPTS, "progress": silent, "now": real.clock}
    line.run(tmp_path / "agency.db", ROUND, **kept, rehearsal=False)
    assert files(real.province / "huqiu" / "out") == files(tmp_path / "out")
    for at, who, values, steps, waits in (
        (COMMITTED, COMMITS, {}, "commit", "录入信源"),
        (DRAWN, DRAWS, FIRST, "commit", "再次录入信源"),
        (DRAWN, CONFIRMS, FIRST, "plan", "第二次承诺"),
        (ROSTERED, COMMITS, FIRST, "commit_roster", "录入信源"),
        (MATCHED, DRAWS, FIRST | SECOND, "commit_roster", "再次录入信源"),
        (MATCHED, CONFIRMS, FIRST | SECOND, "done", ""),
    ):
        real.clock.set(at)
        report = real.run(who, values, rows=("虎丘",))
        one = report.facts["agencies"][0]
        assert (report.exit_code, one["step"]) == (0, steps)
        assert (one["waits"] or {"zh": ""})["zh"].startswith(waits)
    table = (real.province / "result" / f"agencies-{ROUND}.csv").read_text("utf-8-sig")
    assert table.count("正式,完成,已完成") == 1


def test_what_is_waited_for_says_from_when_on(real: Real) -> None:
    """After the commitment the table says which values are waited for, and when the last of them is public."""
    with (real.province / "result" / f"agencies-{ROUND}.csv").open(encoding="utf-8-sig") as handle:
        one = next(csv.DictReader(handle))
    assert (one["类别"], one["状态"], one["进度"]) == ("正式", "等待", "已承诺")
    assert (one["主体数"], one["抽中户数"]) == ("500", "0")
    assert one["在等什么"] == "录入信源 ssq-red ssq-blue dlt-front dlt-back 的数值"
    assert one["所等信源与期号"].split() == [
        *("dlt-back@2026-11-25", "dlt-front@2026-11-25", "ssq-blue@2026-11-24", "ssq-red@2026-11-24")
    ]
    assert one["何时起可办"] == "2026-11-25 21:25:00"


def test_a_published_round_without_its_store_is_not_begun_anew(real: Real, rehearsed: dict) -> None:
    """The committed agency's row names another store: refused, where a rehearsal is in its output folder it is not."""
    province = real.province
    (province / "elsewhere").mkdir()
    mistyped = row("虎丘", store="elsewhere/agency.db")
    (told,) = faults(province, mistyped, rehearsal=False)
    assert told.startswith("第 2 行 数据库“elsewhere/agency.db”：还没有")
    assert f"已有正式轮次 {ROUND}；" in told
    shutil.rmtree(province / "huqiu" / "out")
    shutil.copytree(rehearsed["虎丘"] / "out", province / "huqiu" / "out")
    write_plan(province / "plan.csv", mistyped)
    assert months(province, rehearsal=False)


def test_values_go_to_whom_they_belong(real: Real) -> None:
    """An agency that committed later waits for other issues: values without their issue are refused before anything."""
    real.clock.set("2026-11-26T09:00")
    real.run(COMMITS, rows=("吴中",))
    before = files(real.province / "huqiu"), files(real.province / "wuzhong")
    real.clock.set("2026-11-30T09:00")
    with pytest.raises(UsageError) as raised:
        real.run(DRAWS, FIRST, rows=("虎丘", "吴中"))
    assert raised.value.code == "month.province_issues"
    assert re.search("期 1 家（虎丘）.*期 1 家（吴中）", raised.value.text())
    assert (files(real.province / "huqiu"), files(real.province / "wuzhong")) == before
    issues = {"dlt-front": "2026-11-25", "dlt-back": "2026-11-25", "ssq-red": "2026-11-24", "ssq-blue": "2026-11-24"}
    exact = {f"{name}@{issues[name]}": numbers for name, numbers in FIRST.items()}
    report = real.run(DRAWS, exact, rows=("虎丘", "吴中"))
    waits = [one["waits"]["zh"][:2] for one in report.facts["agencies"]]
    assert (waits, report.exit_code) == (["再次", "录入"], 0)
    given = [said.params for said in report.lines if said.code == "month.province_values"]
    assert {(one["name"], one["count"]) for one in given} == {(name, 1) for name in exact}


def test_values_before_their_time_are_refused_agency_by_agency(real: Real) -> None:
    """Too early is the agency's own refusal, as with `month`, and its commitment stands."""
    report = real.run(DRAWS, FIRST, rows=("虎丘",))
    one = report.facts["agencies"][0]
    assert (report.exit_code, one["state"], one["step"]) == (1, "failed", "commit")
    assert "ssq-red" in one["error"]["zh"]


# which values an agency gets


def _source(name: str, issue: str) -> Source:
    """Return a source of one number from 1 to 9."""
    return Source(name=name, issue=issue, kind="number", count=1, low=1, high=9, at="2026-12-01T21:15:00+08:00")


def _shared(given: dict, *agencies: tuple[dict[str, str], str], rehearsal: bool = False) -> list[dict]:
    """Return which values agencies get, of which each has issues and the names that it waits for."""
    places = {name: Path(name) for name in ("store", "inputs", "out")}
    fixed = {"round_id": ROUND, "own_ids": False, "accept_unverified": "", "who": "it", "was_there": True, "place": "2"}
    found = [AgencyMonth(agency=str(n), rehearsal=rehearsal, **places, **fixed) for n, _ in enumerate(agencies)]
    standings = [
        AgencyStanding(
            sources={name: _source(name, issue) for name, issue in issues.items()}, awaits=frozenset(awaits.split())
        )
        for issues, awaits in agencies
    ]
    return [dict(month.values) for month in with_values(found, standings, given)]


@pytest.mark.parametrize(
    ("given", "agencies", "expected"),
    [
        ({"a": ["1"]}, [({"a": "5"}, "a"), ({"a": "5"}, "a")], [{"a": ["1"]}, {"a": ["1"]}]),
        ({"a": ["1"]}, [({"a": "5"}, "a"), ({}, "")], [{"a": ["1"]}, {}]),
        ({"a": ["1"]}, [({"a": "5"}, ""), ({"a": "6"}, "")], [{}, {}]),
        ({"a": ["1"]}, [({"a": "5", "a-2": "6"}, "a-2")], [{}]),
        ({"a": ["1"], "a@6": ["2"]}, [({"a": "5"}, "a"), ({"a": "6"}, "a")], [{"a": ["1"]}, {"a": ["2"]}]),
        ({"a@6": ["2"]}, [({"a": "5"}, "a"), ({"a": "6"}, "a")], [{}, {"a": ["2"]}]),
        ({"a@6": ["2"]}, [({"a": "5"}, ""), ({"a": "6"}, "")], [{}, {}]),
    ],
)
def test_who_waits_gets_the_values_of_its_issue(given: dict, agencies: list, expected: list) -> None:
    """Who was drawn or has not committed gets none; an issue that is told goes before a value without one."""
    assert _shared(given, *agencies) == expected


@pytest.mark.parametrize(
    ("given", "agencies", "code"),
    [
        ({"a": ["1"]}, [({"a": "5"}, "a"), ({"a": "6"}, "a")], "month.province_issues"),
        ({"a": ["1"]}, [({"a": "5"}, ""), ({"a": "6"}, "a")], "month.province_issues"),
        ({"a": ["1"], "a@7": ["2"]}, [({"a": n}, "a") for n in "567"], "month.province_issues"),
        ({"b": ["1"]}, [({"a": "5"}, "a")], "month.province_source_unnamed"),
        ({"a": ["1"]}, [({}, "")], "month.province_source_unnamed"),
        ({"a@7": ["1"]}, [({"a": "5"}, "a")], "month.province_issue_unnamed"),
    ],
)
def test_values_that_may_be_another_s_are_refused(given: dict, agencies: list, code: str) -> None:
    """Several issues and none told, a source or issue that no commitment names."""
    with pytest.raises(UsageError) as raised:
        _shared(given, *agencies)
    assert raised.value.code == code


def test_rehearsals_take_all_values() -> None:
    """A rehearsal may get its values before it has committed, as with `month`."""
    agencies = [({}, ""), ({"a": "5"}, "a"), ({"a": "6"}, "a")]
    assert _shared({"a": ["1"], "b": ["2"]}, *agencies, rehearsal=True) == [{"a": ["1"], "b": ["2"]}] * 3
