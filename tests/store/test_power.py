"""The power fails at every place of a store's work: each step that had ended stands, whatever the disk still held."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from supervision.store.store import Store

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks" / "faults"))
from disks import Change, Disk, applied, built, changes_in

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("cc") is None, reason="needs Linux and a C compiler"
)
STEPS = 6
LARGE = 1_100_000
WORK = """
import ctypes, os, sys
from pathlib import Path
import pandas as pd
from supervision.month.output_folder import write_whole
from supervision.month.secret_files import write_secret
from supervision.store.layout import layout
from supervision.store.store import Store
root = Path(sys.argv[1])
ctypes.CDLL(sys.argv[2]).power_begin(str(root).encode(), sys.argv[3].encode())
store = Store.create(root / "x.db")
def done(name):
    write_secret(root / f"done-{name}", b"x")
columns = layout("offices").columns
row = {"office_id": "m", "department": "market", "name": "m", "region": "320505", "known_on": "2026-01-01"}
frame = pd.DataFrame([row]).reindex(columns=list(columns)).astype(columns)
store.insert("offices", frame, who="li", at="2026-01-01", source_digest="")
done("offices")
for number in range(int(sys.argv[4])):
    with store.step("2026-12", f"step{number}", who="li", at="2026-12-01", inputs={}) as step:
        step.put(f"small-{number}", str(number).encode())
        step.put(f"large-{number}", str(number).encode().zfill(int(sys.argv[5])))
        step.table(f"rows{number}", pd.DataFrame({"a": [number]}))
    done(str(number))
write_whole(root / "page.html", b"new")
write_whole(root / "manifest.json", b"new", lasting=True)
done("manifest")
"""


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    """The folder of the work, and what was done there, in its order."""
    folder = tmp_path_factory.mktemp("power")
    root, log, shim = folder / "root", folder / "log", built(folder)
    root.mkdir()
    for name in ("manifest.json", "page.html"):
        (root / name).write_bytes(b"old")
    before = Disk.of(root)
    call = [sys.executable, "-c", WORK, str(root), str(shim), str(log), str(STEPS), str(LARGE)]
    subprocess.run(call, env={**os.environ, "LD_PRELOAD": str(shim)}, check=True)
    return root, before, changes_in(log)


def test_what_a_disk_keeps():
    """Synced bytes and names stay; later ones may be there in part, in any order; a folder's sync takes its names."""
    root, one = "/r", "/r/a"
    begun = [Change("c", 1, 0, one, b""), Change("w", 1, 0, "", b"x" * 2048)]
    seen = set()
    for seed in range(200):
        disk = Disk(folders={root})
        for change in [*begun, Change("s", 1, 0, one, b""), Change("w", 1, 2048, "", b"y" * 2048)]:
            disk.do(change)
        disk.fail(random.Random(seed))
        assert one not in disk.names or disk.held[1].startswith(b"x" * 2048)
        seen.add((one in disk.names, len(disk.held[1])))
    assert {True, False} == {there for there, _ in seen} and {2048, 4096} < {size for _, size in seen}
    disk = Disk(folders={root})
    for change in [*begun, Change("d", 9, 0, root, b""), Change("r", 1, 0, one, b"/r/b")]:
        disk.do(change)
    assert disk.names == {one: 1}
    disk.do(Change("d", 9, 0, root, b""))
    assert disk.names == {"/r/b": 1} and applied(b"abc", [Change("t", 1, 1, "", b""), *begun[1:]]) == b"x" * 2048


def test_each_write_of_the_work_is_seen(record):
    """The record alone, without any failure, makes the folder as it stands."""
    root, before, changes = record
    made = {
        path.name: path.read_bytes() for path in root.rglob("*") if path.is_file() and not path.name.endswith("-shm")
    }
    disk = Disk(dict(before.names), dict(before.held), set(before.folders))
    for change in changes:
        disk.do(change)
    for folder in sorted(disk.folders):
        disk.do(Change("d", 0, 0, folder, b""))
    for inode in list(disk.written):
        disk.do(Change("s", inode, 0, "", b""))
    found = {Path(path).name: disk.held[inode] for path, inode in disk.names.items() if not path.endswith("-shm")}
    assert found == made
    assert sum(change.kind in "sd" for change in changes) > 3 * STEPS


def test_every_step_that_ended_stands(record):
    """At a hundred places: the store opens, sound, with every step whose end was told; files are old or new."""
    root, before, changes = record
    chance = random.Random(1)
    reached = set()
    for at in sorted({*chance.sample(range(len(changes)), 100), len(changes)}):
        disk = Disk(dict(before.names), dict(before.held), set(before.folders))
        for change in changes[:at]:
            disk.do(change)
        disk.fail(chance)
        disk.write(root)
        told = {path.name.removeprefix("done-") for path in root.glob("done-*") if path.read_bytes() == b"x"}
        assert (root / "manifest.json").read_bytes() in ((b"old", b"new") if "manifest" not in told else (b"new",))
        assert (root / "page.html").read_bytes() in (b"old", b"new")
        reached.add(len(told))
        if not (root / "x.db").exists():
            assert not told
            continue
        _look(Store.open(root / "x.db"), told)
    assert min(reached) == 0 and max(reached) == STEPS + 2


def _look(store: Store, told: set[str]) -> None:
    """See that a store is sound, and holds what was told."""
    with closing(sqlite3.connect(store.path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) FROM offices").fetchone()[0] >= ("offices" in told)
    for name in told - {"offices", "manifest"}:
        assert f"step{name}" in store.state("2026-12")
    for path in store.paths("2026-12") if store.rounds() else ():
        kind, _, number = path.partition("-")
        assert store.get("2026-12", path) == (number.encode() if kind == "small" else number.encode().zfill(LARGE))
