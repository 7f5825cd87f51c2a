"""A store that an earlier version of this program made: is all of it there under this one, and does every round verify?

    python benchmarks/faults/upgrade.py [--commit d40d88e~1] [--entities 500] [--folder DIR]

The earlier version stands in a git worktree of its own: it rehearses a month from the import to the public page. Then
this version: `doctor` on the store as it is, the first command that opens it, row by row what stood in it before, the
log among it, `doctor` and `verify` again, and the same round published once more and verified. The default commit is
the last one before stores could be backed up; rounds from before 841748f are of another draw protocol, which this
version does not read.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MONTH = "2026-12"
GOOD = {"doctor": (0, 4), "verify": (0, 6), "month": (0, 4), "publish": (0, 4)}
Tables = dict[str, tuple[list[str], set[tuple[object, ...]]]]


def main() -> None:
    """Make the store with the earlier version, bring it to this one, and print what was found; exit 1 for a fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--commit", default="d40d88e~1")
    parser.add_argument("--entities", type=int, default=500)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    folder = (given.folder or Path(tempfile.mkdtemp(prefix="upgrade-"))).resolve()
    folder.mkdir(exist_ok=True)
    earlier = folder / "earlier"
    git("worktree", "add", "--detach", str(earlier), given.commit)
    try:
        (earlier / "supervision_data").symlink_to("data")
        before = made(earlier, folder, given.entities)
    finally:
        git("worktree", "remove", "--force", str(earlier))
    faults = brought_up(folder, before)
    rows = sum(len(rows) for _, rows in before.values())
    print(f"{given.commit}: {len(before)} tables, {rows} rows; faults {len(faults)}")
    for text in faults:
        print("  " + text)
    if given.folder is None:
        shutil.rmtree(folder)
    sys.exit(1 if faults else 0)


def made(code: Path, work: Path, entities: int) -> Tables:
    """Let the earlier version make its months; return what its store holds."""
    call(code, work, "demo", "city", "--entities", str(entities), good=(0,))
    call(code, work, "month", MONTH, "--rehearsal", "--inputs", "city", "--out", "out")
    call(code, work, "verify", "out")
    return tables(work / "x.db")


def brought_up(work: Path, before: Tables) -> list[str]:
    """Use the store with this version; return what is wrong."""
    said = call(ROOT, work, "doctor", "--out", "out")
    call(ROOT, work, "status", good=(0, 4))  # opens the store, which brings it up to date
    after = tables(work / "x.db")
    found = []
    for name, (columns, rows) in before.items():
        now, there = after.get(name, ([], set()))
        places = [now.index(column) for column in columns if column in now]
        kept = {tuple(row[place] for place in places) for row in there}
        if len(places) < len(columns) or not rows <= kept:
            found.append(f"table {name}: {len(rows - kept)} rows are not there as they were")
    call(ROOT, work, "doctor", "--out", "out")
    call(ROOT, work, "verify", "out")
    call(ROOT, work, "publish", MONTH, "--rehearsal", "--out", "again")
    call(ROOT, work, "verify", "again")
    print(said.strip().splitlines()[0])
    return found


def call(code: Path, work: Path, *words: str, good: tuple[int, ...] = ()) -> str:
    """Run a command of the program that stands in a folder; stop where it does not end well."""
    command = [sys.executable, "-m", "supervision", "--store", "x.db", "--as", "wang", "--lang", "en", *words]
    done = subprocess.run(
        command, cwd=work, env={**os.environ, "PYTHONPATH": str(code)}, capture_output=True, text=True, check=False
    )
    if done.returncode not in (good or GOOD[words[0]]):
        raise SystemExit(f"{code.name}: {' '.join(words)}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def tables(store: Path) -> Tables:
    """Return each table of a store: its columns, and its rows."""
    with closing(sqlite3.connect(store)) as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {}
        for name in names:
            columns = [row[1] for row in database.execute(f'PRAGMA table_info("{name}")')]
            found[name] = (columns, set(database.execute(f'SELECT * FROM "{name}"')))  # noqa: S608 – our own tables
        return found


def git(*words: str) -> None:
    """Run git in this repository, quietly."""
    subprocess.run(["git", "-C", str(ROOT), *words], check=True, capture_output=True)


if __name__ == "__main__":
    main()
