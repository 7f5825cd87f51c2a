from __future__ import annotations

import errno
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date

import pandas as pd
import pytest

from supervision.errors import SupervisionError
from supervision.store.connection import clear_errors, files_folder
from supervision.store.log import verify_log
from supervision.store.store import Store

START = """
import sys, time
import numpy as np, pandas as pd
from supervision.store.store import Store

def ready(*_, **__):
    print("ready", flush=True)
    time.sleep(600)

store = Store.open(sys.argv[1])
rows = pd.DataFrame({"office_id": ["x", "y"], "name": "killed", "department": "market", "region": "320505"})
rows["known_on"] = np.datetime64("2026-01-01", "s")
common = dict(who="zhang", at="2026-11-02T09:00:00+08:00")
"""
IN_A_STEP = """
with store.step("2026-12", "draw", inputs={}, **common) as step:
    step.put("big.bin", b"x" * 2_000_000)
    step.put("small.txt", b"x")
    step.table("drawn", rows)
    ready()
"""
BEFORE_COMMIT = """
import supervision.store.log as log
log.append = ready  # the last statement before the transaction ends
with store.step("2026-12", "draw", inputs={}, **common) as step:
    step.put("big.bin", b"x" * 2_000_000)
    step.table("drawn", rows)
"""
IN_STAGING = """
import supervision.store.table_digest as exchange
exchange.TableDigest.update = ready
store.insert("offices", rows, source_digest="ab", **common)
"""
IN_AN_INSERT = """
import supervision.store.log as log
log.append = ready
store.insert("offices", rows, source_digest="ab", **common)
"""


def start(store, program):
    """Start a second command and wait until it says that it is in the middle of its work."""
    child = subprocess.Popen([sys.executable, "-c", START + program, str(store.path)], stdout=subprocess.PIPE)
    assert child.stdout is not None and child.stdout.readline() == b"ready\n"
    return child


def record(store):
    """Return the logs and the digests of the registers."""
    digests = store.register_digests(on=date(2026, 12, 1), hash_name="sm3")
    return store.log("registers"), store.log("2026-12"), digests


def kill(child):
    """End the second command as a power cut would."""
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()


@pytest.mark.parametrize("program", [IN_A_STEP, BEFORE_COMMIT, IN_STAGING, IN_AN_INSERT])
def test_a_killed_command_leaves_the_last_finished_step(store, put, offices, program):
    """After SIGKILL the store opens with what was finished before, without remains, and the work can be done again."""
    put(store, "offices", offices(("a", "甲", "2026-01-01")))
    with store.step("2026-12", "score", who="zhang", at="2026-11-01", inputs={}) as step:
        step.put("scorecard.json", b"{}")
    before = record(store)
    kill(start(store, program))
    opened = Store.open(store.path, wait=1.0)
    assert record(opened) == before
    assert opened.state("2026-12") == ["score"] and opened.paths("2026-12") == ["scorecard.json"]
    with opened.step("2026-12", "draw", who="zhang", at="2026-11-02", inputs={}) as step:
        step.table("drawn", pd.DataFrame({"unit_id": ["u"]}))
    assert put(opened, "offices", offices(("x", "again", "2026-01-01"))).inserted == 1
    assert opened.state("2026-12") == ["score", "draw"] and verify_log(opened.log("2026-12")) is None
    assert {path.name for path in files_folder(store.path).iterdir()} == {"writer.lock"}


def test_a_second_writer_is_told_to_wait(store, put, offices):
    """While one command works, another can read; to write it waits a while and then says so, without a traceback."""
    with store.step("2026-12", "score", who="zhang", at="2026-11-01", inputs={}) as step:
        step.put("a.txt", b"1")
    child = start(store, IN_A_STEP)
    try:
        second = Store.open(store.path, wait=0.2)
        assert second.get("2026-12", "a.txt") == b"1" and second.register("offices", on=date(2026, 12, 1)).empty
        with pytest.raises(SupervisionError, match="另一个命令") as error:
            put(second, "offices", offices(("a", "甲", "2026-01-01")))
        assert error.value.code == "store.busy" and "another command" in error.value.text("en")
    finally:
        kill(child)


def test_a_foreign_lock_on_the_file_is_told_too(store, put, offices):
    """Another program that holds the file, a browser of tables say, is waited for and then named."""
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(SupervisionError) as error:
            put(Store(store.path, wait=0.1), "offices", offices(("a", "甲", "2026-01-01")))
        assert error.value.code == "store.busy"


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    """A folder that is not there, or is a file, gives a sentence with the path."""
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "absent" / "s.db", tmp_path / "file" / "s.db"):
        with pytest.raises(SupervisionError) as error:
            Store.create(path)
        assert str(path) in error.value.text("zh")


def test_a_full_disk_and_a_closed_folder_are_told_apart(tmp_path):
    """What SQLite or the system says about space and permissions becomes a sentence that says what to do."""
    found = []
    for error in (OSError(errno.ENOSPC, "no space"), PermissionError(errno.EACCES, "denied"), OSError(errno.EIO, "io")):
        with pytest.raises(SupervisionError) as told, clear_errors(tmp_path):
            raise error
        found.append(told.value.code)
    with closing(sqlite3.connect(tmp_path / "small.db")) as small, pytest.raises(SupervisionError) as told:
        small.execute("PRAGMA max_page_count = 2")
        with clear_errors(tmp_path):
            small.execute("CREATE TABLE t AS SELECT zeroblob(1000000)")
    assert [*found, told.value.code] == ["store.disk_full", "store.read_only", "store.failed", "store.disk_full"]
