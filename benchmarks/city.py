"""A whole month at full city size: time and peak memory of each step, beside the bounds it must keep.

usage: python benchmarks/city.py [--entities 2800000] [--folder DIR] [--minutes 5] [--gigabytes 4]
       [--second] [--whole] [--earlier CHECKOUT] [--grow [350000 700000 1400000 2800000]]

Every step is the command that a user types, in a process of its own, compiled as an installation is; figures are the
operating system's own accounting of that process and its children, memory the most that they held together. --second
runs a second month after it, in which 1 % of the units have changed. --whole also imports what the month does without:
a million licences, two thirds of a million relations, and objections, from which scores are made, too. --earlier runs
each step also with the program of an earlier commit's checkout, on a store of its own, right after ours. --grow runs
the month at several sizes and prints what each stage costs in one table. Exit code 1 only when a step fails; slow is
printed, never failed.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

SMALL = (
    "calendar",
    "offices",
    "items",
    "inspectors",
    "leave",
    "tasks",
    "events",
    "history",
    "recusals",
    "exemptions",
    "professional",
    "caps",
)
MORE = ("licences", "relations", "objections")
MONTH, SECOND = "2026-11", "2026-12"
KNOWN = {MONTH: "2026-10-31", SECOND: "2026-11-30"}
GROW = (350_000, 700_000, 1_400_000, 2_800_000)
CHANGED = 100  # one unit in so many has changed in the second month
HERE = Path(__file__).resolve().parents[1]
PAGE = os.sysconf("SC_PAGE_SIZE")
COMPILED = tempfile.TemporaryDirectory()

Step = tuple[str, list[str]]


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What a step took: seconds of the clock, of the processor, and the most MB that its processes held together."""

    seconds: float = 0.0
    processor: float = 0.0
    peak: float = 0.0

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            seconds=self.seconds + other.seconds,
            processor=self.processor + other.processor,
            peak=max(self.peak, other.peak),
        )

    def __str__(self) -> str:
        return f"{self.seconds:10.1f}{self.processor:10.1f}{self.peak:10.0f}"


class StepFailed(Exception):
    """A command that ended with another exit code than 0 or 4."""


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--entities", type=int, default=2_800_000)
    options.add_argument("--folder", type=Path, default=None)
    options.add_argument("--minutes", type=float, default=5)
    options.add_argument("--gigabytes", type=float, default=4)
    options.add_argument("--second", action="store_true")
    options.add_argument("--whole", action="store_true")
    options.add_argument("--earlier", type=Path, default=None, metavar="CHECKOUT")
    options.add_argument("--grow", type=int, nargs="*", default=None, metavar="ENTITIES")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch)
        try:
            if given.grow is None:
                report(given, given.entities, folder)
            else:
                grow(given, given.grow or GROW, folder)
        except StepFailed:
            return 1
    return 0


def report(given: argparse.Namespace, entities: int, folder: Path) -> dict[str, Cost]:
    """Run and print one month, or two; return what each step of the first one took."""
    folder.mkdir(parents=True, exist_ok=True)
    programs = [HERE] if given.earlier is None else [HERE, given.earlier.resolve()]
    city = folder / "city"
    print(f"{entities:,} units on {os.cpu_count()} cores; load at the start {os.getloadavg()[0]:.1f}")
    heads = "".join(f"{name:>10}" for name in ("seconds", "cpu s", "peak MB"))
    print(f"{'step':24}" + "".join(heads for _ in programs) + ("   (the right half: earlier)" if given.earlier else ""))
    run("demo", HERE, ["demo", str(city), "--entities", str(entities), "--month", MONTH])
    total = [Cost() for _ in programs]
    found: dict[str, Cost] = {}
    for step in first_month(city, whole=given.whole):
        costs = both(step, programs, folder, city)
        found[step[0]] = costs[0]
        total = [so_far + cost for so_far, cost in zip(total, costs, strict=True)]
    print(f"{'month':24}" + "".join(map(str, total)))
    for name, part in (("verify OUT", ""), ("verify OUT/public", "public")):
        found[name] = both((name, ["verify", f"{{out}}/{part}"]), programs, folder, city)[0]
    print(f"\nmonth: {total[0].seconds / 60:.1f} minutes, bound {given.minutes:g}")
    print(f"peak: {total[0].peak / 1000:.2f} GB, bound {given.gigabytes:g}\n", flush=True)
    if given.second:
        total = [Cost() for _ in programs]
        for step in second_month(city):
            total = [so_far + cost for so_far, cost in zip(total, both(step, programs, folder, city), strict=True)]
        print(f"{'second month':24}" + "".join(map(str, total)))
    return found


def grow(given: argparse.Namespace, sizes: Sequence[int], folder: Path) -> None:
    """Run the month at several sizes, and print what each stage takes of the processor in one table."""
    columns = []
    for entities in sizes:
        place = folder / str(entities)
        columns.append(report(given, entities, place))
        shutil.rmtree(place)
    print(f"{'seconds (cpu s)':24}" + "".join(f"{size:>16,}" for size in sizes))
    for name in columns[0]:
        print(f"{name:24}" + "".join(f"{one[name].seconds:8.1f} ({one[name].processor:5.1f})" for one in columns))
    sums = [sum((cost for name, cost in one.items() if "verify" not in name), Cost()) for one in columns]
    print(f"{'month':24}" + "".join(f"{one.seconds:8.1f} ({one.processor:5.1f})" for one in sums))
    print(f"{'peak MB':24}" + "".join(f"{one.peak:16,.0f}" for one in sums))


def first_month(city: Path, *, whole: bool) -> Iterator[Step]:
    """Yield the commands of the first month; `{out}` stands for the folder of a program."""
    yield "init", ["init"]
    for kind in (*SMALL, "entities", *(MORE if whole else ())):
        yield f"import {kind}", ["import", kind, str(city / f"{kind}.csv"), "--as-of", KNOWN[MONTH]]
    yield from round_steps(city, MONTH)


def second_month(city: Path) -> Iterator[Step]:
    """Yield the commands of the second month: the same tasks at a sixth of their ratios, and some units changed.

    The items of the demo may be drawn for a tenth of their units in a year, and the first month took most of it.
    """
    later = city / "later"
    later.mkdir(exist_ok=True)
    with (city / "tasks.csv").open(encoding="utf-8", newline="") as source:
        rewrite(
            later / "tasks.csv", [{name: moved(text) for name, text in row.items()} for row in csv.DictReader(source)]
        )
    with (city / "entities.csv").open(encoding="utf-8", newline="") as source:
        rows = (row for number, row in enumerate(csv.DictReader(source)) if number % CHANGED == 0)
        rewrite(later / "entities.csv", [row | {"employees": str(int(row["employees"] or 0) + 1)} for row in rows])
    for kind in ("tasks", "entities"):
        yield f"import {kind}", ["import", kind, str(later / f"{kind}.csv"), "--as-of", KNOWN[SECOND]]
    yield from round_steps(city, SECOND)


def moved(text: str) -> str:
    """Return a cell of the first month's tasks as of the second month."""
    later = text.replace("2026-11-30", "2026-12-31").replace("2026-11", SECOND)
    return re.sub(r"([0-9.]+)%", lambda share: share[0] if share[1] == "100" else f"{float(share[1]) / 6:g}%", later)


def rewrite(path: Path, rows: Sequence[dict[str, str]]) -> None:
    """Write rows without the day on which they were known: that of the import counts."""
    names = [name for name in rows[0] if name not in ("known_on", "知悉日期")]
    with path.open("w", encoding="utf-8", newline="") as target:
        table = csv.DictWriter(target, names, extrasaction="ignore")
        table.writeheader()
        table.writerows(rows)


def round_steps(city: Path, round_id: str) -> Iterator[Step]:
    """Yield the commands of a round, from training to publication."""
    first, second = (sources(city / "sources.csv", draw) for draw in ("", "-2"))
    key = (city / "frame_key.hex").read_text().strip()
    month = [round_id, "--rehearsal"]
    yield "train", ["train", *month]
    yield "score", ["score", *month]
    yield "commit", ["commit", *month, "--key", key]
    yield "draw", ["draw", *month, *first]
    yield "plan", ["plan", *month]
    yield "commit --roster", ["commit", *month, "--roster"]
    yield "match", ["match", *month, *second]
    yield "publish", ["publish", *month, "--out", "{out}"]


def sources(table: Path, draw: str) -> list[str]:
    """Return the values of a draw's sources as a command takes them; those of the second end in -2 in the table."""
    rows = dict(line.split(",", 1) for line in table.read_text().splitlines()[1:])
    names = [name for name in rows if not name[-2:].startswith("-")]
    return [word for name in names for word in ("--source", f"{name}={rows[name + draw]}")]


def both(step: Step, programs: Sequence[Path], folder: Path, city: Path) -> list[Cost]:
    """Run a step with each program on its own store, and print what it took."""
    name, arguments = step
    costs = []
    for number, program in enumerate(programs):
        own = folder / f"program-{number}"
        own.mkdir(exist_ok=True)
        words = [word.replace("{out}", str(own / "out")) for word in arguments]
        costs.append(run(name, program, ["--store", str(own / "city.db"), *words]))
        if name == "init":
            shutil.copytree(city / "rules", own / "rules", dirs_exist_ok=True)
    print(f"{name:24}" + "".join(map(str, costs)), flush=True)
    return costs


def run(name: str, program: Path, arguments: list[str]) -> Cost:
    """Run one command of a program and return what it took; exit code 4 tells what cannot be held, and is none."""
    environment = os.environ | {"PYTHONPATH": str(program), "PYTHONPYCACHEPREFIX": COMPILED.name}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installation is compiled, a checkout need not be
    started = time.monotonic()
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "supervision", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment,
    )
    watch = Watch(child.pid)
    watch.start()
    error = child.stderr.read() if child.stderr else b""
    _, status, usage = os.wait4(child.pid, 0)
    took = time.monotonic() - started
    watch.ended.set()
    watch.join()
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 4, 6):
        print(f"{name}: exit code {code}\n{error.decode(errors='replace')[-2000:]}", file=sys.stderr)
        raise StepFailed(name)
    most = max(watch.most, usage.ru_maxrss * 1024) / 2**20
    return Cost(seconds=took, processor=usage.ru_utime + usage.ru_stime, peak=most)


class Watch(threading.Thread):
    """Looks five times a second how much memory a process and all its descendants hold together, in bytes."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process, self.most, self.ended = process, 0, threading.Event()

    def run(self) -> None:
        """Look until the process has ended."""
        while not self.ended.wait(0.2):
            self.most = max(self.most, held(self.process))


def held(process: int) -> int:
    """Return the resident memory of a process and its descendants; what has ended meanwhile holds nothing."""
    place = Path("/proc") / str(process)
    try:
        pages = int((place / "statm").read_text().split()[1])
        children = [int(one) for task in (place / "task").iterdir() for one in (task / "children").read_text().split()]
    except (OSError, IndexError):
        return 0
    return pages * PAGE + sum(map(held, children))


if __name__ == "__main__":
    sys.exit(main())
