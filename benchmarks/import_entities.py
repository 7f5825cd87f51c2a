"""Import of the register of enterprises: the store beside pandas.to_sql, on the same frame, in the same run.

    python benchmarks/import_entities.py [--rows 2800000] [--folder DIR] [--csv [--earlier DIR]]

Each way runs in a process of its own. Printed for each: seconds of the work alone (making the frame is not counted)
and of the processor, and peak memory of the process, with what it held before the work in brackets. With --csv a CSV of
the same rows is read, checked and inserted as `import` does it, beside pandas.read_csv with to_sql; --earlier names a
checkout of an earlier commit, whose own copy of this program reads the same CSV. Ratios are of one run.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

TRADES = ["食品经营", "特种设备使用 食品经营", "医疗器械经营", "危险化学品经营", "", "道路运输"]
SCOPES = ["食品销售；日用百货销售；餐饮服务", "软件开发；信息技术咨询服务", "通用设备制造；金属制品销售；货物进出口"]
ALPHABET = np.array(list("0123456789ABCDEFGHJKLMNPQRTUWXY"))
CODE_WEIGHTS = np.array([1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28])
ORGANISATION_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])


def codes(rows: int, random: np.random.Generator) -> np.ndarray:
    """Return `rows` different unified social credit codes with right check characters, in random order."""
    digits = random.permutation(rows)[:, None] // 10 ** np.arange(7, -1, -1) % 10
    sums = (digits * ORGANISATION_WEIGHTS).sum(axis=1)
    organisation_check = (11 - sums % 11) % 11
    head = np.broadcast_to([9, 1, 3, 2, 0, 5, 0, 5], (rows, 8))
    values = np.concatenate([head, digits, organisation_check[:, None]], axis=1)
    letters = np.where(values == 10, ALPHABET.tolist().index("X"), values)  # the organisation code writes 10 as X
    check = (31 - (letters * CODE_WEIGHTS).sum(axis=1) % 31) % 31
    return ALPHABET[np.concatenate([letters, check[:, None]], axis=1)].view("<U18").ravel()


def entities(rows: int) -> pd.DataFrame:
    """Return a register of enterprises with its 30 columns, as `check_table` hands it over."""
    random = np.random.default_rng(20261201)

    def one_of(values: list[str]) -> pd.Series:
        return pd.Series(np.array(values, dtype=object)[random.integers(0, len(values), rows)], dtype="str")

    def day(first: str, days: int) -> np.ndarray:
        return np.datetime64(first, "s") + random.integers(0, days, rows).astype("timedelta64[D]")

    number = pd.Series(np.arange(rows).astype(str), dtype="str")
    phone = pd.Series(random.integers(10_000_000, 99_999_999, rows).astype(str), dtype="str")
    capital = random.integers(1, 500_000, rows) / 100
    return pd.DataFrame(
        {
            "unit_id": pd.Series(codes(rows, random), dtype="str"),
            "name": "苏州" + number + "号商贸有限公司",
            "type": one_of(["企业", "个体工商户", "农民专业合作社"]),
            "status": one_of(["存续", "存续", "存续", "注销"]),
            "established": day("1995-01-01", 11_000),
            "region": one_of(["320505", "320506", "320507", "320508", "320571"]),
            "industry": one_of(["C3412", "F5211", "H6210", "I6513"]),
            "address": "苏州市人民路" + number + "号",
            "street": one_of(["狮山街道", "枫桥街道", "横塘街道"]),
            "lon": (120 + random.random(rows)).round(6),
            "lat": (31 + random.random(rows)).round(6),
            "legal_rep": one_of(["张三", "李四", "王五"]),
            "capital": capital,
            "above_scale": pd.array(random.random(rows) < 0.05, dtype="boolean"),
            "tags": one_of(TRADES),
            "scope": one_of(SCOPES),
            "registration_office": one_of(["虎丘区市场监管局", "姑苏区市场监管局"]),
            "local_office": one_of(["狮山分局", "枫桥分局"]),
            "contact": one_of(["赵六", "钱七"]),
            "phone": "0512-" + phone,
            "licence_name": one_of(["食品经营许可证", ""]),
            "licence_no": "JY13205" + phone,
            "licence_until": day("2026-01-01", 1800),
            "employees": pd.array(random.integers(0, 500, rows), dtype="Int64"),
            "paid_capital": capital,
            "approved": day("2015-01-01", 4000),
            "grid": one_of(["G0101", "G0102", "G0203"]),
            "last_annual_report": day("2026-01-01", 180),
            "old_number": "3205" + phone,
            "known_on": pd.Series(np.full(rows, np.datetime64("2026-11-01", "s"))),
        }
    )


def by_store(frame: pd.DataFrame, folder: Path) -> None:
    from supervision.store.store import Store

    store = Store.create(folder / "supervision.db")
    result = store.insert("entities", frame, who="benchmark", at="2026-11-01T00:00:00+08:00", source_digest="0" * 64)
    if result.inserted != len(frame):
        raise SystemExit(f"inserted {result.inserted} of {len(frame)}")


def by_pandas(frame: pd.DataFrame, folder: Path) -> None:
    connection = sqlite3.connect(folder / "pandas.db")
    frame.to_sql("entities", connection, index=False, chunksize=50_000)
    connection.commit()
    connection.close()


def by_read(folder: Path) -> pd.DataFrame:
    from supervision.store.store import Store

    columns = ["unit_id", "type", "status", "established", "region", "industry", "street", "capital", "above_scale"]
    columns += ["tags", "employees", "known_on"]
    return Store.open(folder / "supervision.db").register("entities", on=date(2026, 12, 1), columns=columns)


def by_digest(folder: Path) -> None:
    from supervision.store.store import Store

    Store.open(folder / "supervision.db").register_digests(on=date(2026, 12, 1), hash_name="sha256")


def by_csv(folder: Path) -> None:
    from supervision.directory.checking.register_check import check_table
    from supervision.directory.checking.same_enterprise import COLUMNS, without_same
    from supervision.directory.reading.register_file import read_table
    from supervision.law.code_lists import CodeLists
    from supervision.store.shipped_files import shipped_code_lists

    lists = CodeLists.read(shipped_code_lists()).on(date(2026, 11, 1))
    with (folder / "entities.csv").open("rb") as source:
        table = read_table("entities", "entities.csv", source)
    checked = check_table("entities", table, as_of=None, lists=lists)
    del table
    empty = pd.DataFrame({name: pd.Series([], dtype="str") for name in COLUMNS})
    by_store(without_same(checked, lambda: empty).good, folder)


def by_pandas_csv(folder: Path) -> None:
    by_pandas(pd.read_csv(folder / "entities.csv", dtype={"unit_id": str, "old_number": str}), folder)


def peak() -> float:
    """Return the most memory that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def child(way: str, rows: int, folder: Path) -> None:
    """Do one way in this process and print its figures as JSON."""
    work: dict[str, Callable[[], object]] = {"read": lambda: by_read(folder), "digest": lambda: by_digest(folder)}
    work["pandas-csv"] = lambda: by_pandas_csv(folder)
    if way in ("store", "pandas"):
        frame = entities(rows)
        work |= {"store": lambda: by_store(frame, folder), "pandas": lambda: by_pandas(frame, folder)}
    elif way == "csv":
        import pyarrow.csv  # noqa: F401  (imports are not counted)

        work["csv"] = lambda: by_csv(folder)
    elif way == "write":
        work["write"] = lambda: entities(rows).to_csv(folder / "entities.csv", index=False)
    before, start, busy = peak(), time.perf_counter(), time.process_time()
    work[way]()
    seconds, cpu = time.perf_counter() - start, time.process_time() - busy
    print(json.dumps({"seconds": seconds, "cpu": cpu, "peak": peak(), "before": before}))


def run(way: str, rows: int, folder: Path, program: Path = Path(__file__)) -> dict[str, float]:
    """Do one way in a process of its own, print its line and return its figures; `program` may be an earlier one."""
    place = {**os.environ, "PYTHONPATH": str(program.resolve().parents[1])}
    command = [sys.executable, "-P", str(program), "--child", way, "--rows", str(rows), "--folder", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=place, cwd=folder)
    figures: dict[str, float] = json.loads(done.stdout)
    name = way if program == Path(__file__) else f"{way}, earlier"
    print(
        f"{name:13} {figures['seconds']:7.1f} s (processor {figures['cpu']:.1f} s)   "
        f"peak {figures['peak']:.0f} MB (before {figures['before']:.0f} MB)",
        flush=True,
    )
    return figures


def say_ratio(what: str, ours: dict[str, float], theirs: dict[str, float]) -> None:
    """Print what part of another way's time ours takes (比值): of the clock, of the processor, and of its memory."""
    clock, cpu, memory = (ours[name] / theirs[name] for name in ("seconds", "cpu", "peak"))
    print(f"{what}: {clock:.2f} of the time, {cpu:.2f} of the processor, {memory:.2f} of the peak memory", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=2_800_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--csv", action="store_true", help="also read and check a CSV of the same rows, then insert")
    parser.add_argument("--earlier", type=Path, help="a checkout of an earlier commit, to read the same CSV")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.child, options.rows, options.folder)
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as place:
        folder = Path(place)
        print(f"{options.rows:,} rows × 30 columns")
        pandas = run("pandas", options.rows, folder)
        (folder / "pandas.db").unlink()
        store = run("store", options.rows, folder)
        say_ratio("store to pandas.to_sql", store, pandas)
        run("read", options.rows, folder)
        run("digest", options.rows, folder)
        if options.csv:
            by_file(options.rows, folder, options.earlier)


def by_file(rows: int, folder: Path, earlier: Path | None) -> None:
    """Read a CSV in each way (读文本表格): ours, an earlier commit's, ours again, and pandas'."""
    run("write", rows, folder)

    def csv(program: Path = Path(__file__)) -> dict[str, float]:
        for path in folder.glob("*.db*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        return run("csv", rows, folder, program)

    times = [csv()]
    before = [csv(earlier / "benchmarks" / "import_entities.py")] if earlier else []
    times.append(csv())
    ours = min(times, key=lambda one: one["cpu"])
    say_ratio("csv to pandas.read_csv and to_sql", ours, run("pandas-csv", rows, folder))
    for figures in before:
        say_ratio("csv to the earlier commit", ours, figures)


if __name__ == "__main__":
    main()
