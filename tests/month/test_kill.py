"""kill -9 in the middle of any step leaves the last finished step, and the same command goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from supervision.sampling.protocol.verifier import verify
from supervision.store.store import Store

NURSERY = Path(__file__).with_name("nursery.py")
# where a child is killed, and the round's finished steps that the next one must find
POINTS = [
    ("import.offices", ""),
    ("import.entities", ""),
    ("open", ""),
    ("score", "open train"),
    ("commit", "open train score"),
    ("draw", "open train score commit"),
    ("plan", "open train score commit draw"),
    ("commit_roster", "open train score commit draw plan"),
    ("match", "open train score commit draw plan commit_roster"),
    ("publish", "open train score commit draw plan commit_roster match report_lottery"),
    ("file:frame.csv", "open train score commit draw plan commit_roster match report_lottery publish"),
    ("file:manifest.json", "open train score commit draw plan commit_roster match report_lottery publish"),
]


@pytest.fixture(scope="module")
def killed(city, tmp_path_factory):
    """A month that was killed twelve times, and what each child found."""
    work = tmp_path_factory.mktemp("killed")
    store, out = work / "x.db", work / "out"
    command = [sys.executable, str(NURSERY), str(store), str(city), str(out), *(point for point, _ in POINTS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return store, out, done.stdout.splitlines()


def test_last_finished_step_stands(killed):
    """After each kill the next child finds the steps finished before, and nothing of the one that was killed."""
    assert killed[2] == ["", *(left for _, left in POINTS)]


def test_same_bytes_as_undisturbed(killed, rehearsal, files):
    """At the end the output, log and manifests included, is that of a month which nobody disturbed."""
    _, out, _ = killed
    mine, theirs = files(out), files(rehearsal.out)
    assert sorted(mine) == sorted(theirs)
    assert [name for name in mine if mine[name] != theirs[name]] == []
    assert verify(out).difference is None


def test_registers_are_logged_once(killed, rehearsal):
    """Each register went in once: the registers' log has the steps of an undisturbed month and no other."""
    logs = [Store.open(store).log("registers").splitlines() for store in (killed[0], rehearsal.store)]
    mine, theirs = ([sorted(json.loads(line)["outputs"]) for line in lines] for lines in logs)
    assert mine == theirs
    assert len(mine) == len({name for names in mine for name in names})


def test_nothing_is_left_beside(killed):
    """No part of a file and no mark of an unfinished folder stays."""
    _, out, _ = killed
    assert list(out.rglob(".*")) == []
