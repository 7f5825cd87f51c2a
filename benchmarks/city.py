"""A whole month at full city size: time and peak memory of each step, beside the bounds it must keep.

usage: python benchmarks/city.py [--entities 2800000] [--folder DIR] [--minutes 30] [--gigabytes 8]

Every step is the command that a user types, in a process of its own; figures are the operating system's own accounting
of that process and its children. Exit code 1 only when a step fails; slow is printed, never failed.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
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
MONTH = "2026-12"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--entities", type=int, default=2_800_000)
    options.add_argument("--folder", type=Path, default=None)
    options.add_argument("--minutes", type=float, default=30)
    options.add_argument("--gigabytes", type=float, default=8)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        return report(given, folder)


def report(given: argparse.Namespace, folder: Path) -> int:
    city, store, out = folder / "city", folder / "city.db", folder / "out"
    print(f"{given.entities:,} units on {os.cpu_count()} cores; load at the start {os.getloadavg()[0]:.1f}")
    print(f"{'step':24}{'seconds':>10}{'cpu s':>10}{'peak MB':>10}{'exit':>6}")
    run("demo", ["demo", str(city), "--entities", str(given.entities), "--month", MONTH])
    base = ["--store", str(store)]
    steps: list[tuple[str, list[str]]] = [("init", ["init"])]
    steps += [
        (f"import {kind}", ["import", kind, str(city / f"{kind}.csv"), "--as-of", "2026-11-30"]) for kind in SMALL
    ]
    steps += [("import entities", ["import", "entities", str(city / "entities.csv"), "--as-of", "2026-11-30"])]
    first, second = (sources(city / "sources.csv", draw) for draw in ("", "-2"))
    key = (city / "frame_key.hex").read_text().strip()
    month = [MONTH, "--rehearsal"]
    steps += [
        ("train", ["train", *month]),
        ("score", ["score", *month]),
        ("commit", ["commit", *month, "--key", key]),
        ("draw", ["draw", *month, *first]),
        ("plan", ["plan", *month]),
        ("commit --roster", ["commit", *month, "--roster"]),
        ("match", ["match", *month, *second]),
        ("publish", ["publish", *month, "--out", str(out)]),
    ]
    rules = folder / "rules"
    seconds, peak = 0.0, 0.0
    for name, arguments in steps:
        took, memory, code = run(name, [*base, *arguments])
        if name == "init":
            subprocess.run(["cp", "-r", f"{city / 'rules'}/.", str(rules)], check=True)
        seconds, peak = seconds + took, max(peak, memory)
        if code not in (0, 4):
            return 1
    run("verify OUT", ["verify", str(out)])
    run("verify OUT/public", ["verify", str(out / "public")])
    print(f"\nmonth: {seconds / 60:.1f} minutes, bound {given.minutes:g}")
    print(f"peak: {peak / 1000:.2f} GB, bound {given.gigabytes:g}")
    return 0


def sources(table: Path, draw: str) -> list[str]:
    """Return the values of a draw's sources as a command takes them; those of the second end in -2 in the table."""
    rows = dict(line.split(",", 1) for line in table.read_text().splitlines()[1:])
    names = [name for name in rows if not name[-2:].startswith("-")]
    return [word for name in names for word in ("--source", f"{name}={rows[name + draw]}")]


def run(name: str, arguments: list[str]) -> tuple[float, float, int]:
    """Run one command and print its wall seconds, processor seconds, peak MB of the largest process, and exit code."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    child = subprocess.Popen(
        [sys.executable, "-m", "supervision", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    error = child.stderr.read() if child.stderr else b""
    _, status, usage = os.wait4(child.pid, 0)
    took, code = time.monotonic() - started, os.waitstatus_to_exitcode(status)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{name:24}{took:10.1f}{processor:10.1f}{usage.ru_maxrss / 1024:10.0f}{code:6}", flush=True)
    if code not in (0, 4):
        print(error.decode(errors="replace")[-2000:], file=sys.stderr)
    return took, usage.ru_maxrss / 1024, code


if __name__ == "__main__":
    sys.exit(main())
