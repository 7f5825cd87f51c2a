"""Commands killed at random moments lose nothing, and the campaign that says so would notice if they did."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

FAULTS = Path(__file__).parents[2] / "benchmarks" / "faults"


@pytest.fixture(scope="module")
def kills():
    """The campaign as a module."""
    place = FAULTS / "kills.py"
    spec = importlib.util.spec_from_file_location("kills", place)
    found = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    spec.loader.exec_module(found)
    sys.path[:] = before
    return found


@pytest.mark.slow
def test_twenty_random_kills():
    """Twenty moments of a whole month: nothing lost, nothing torn, the same bytes after the same command."""
    command = [sys.executable, str(FAULTS / "kills.py"), "--moments", "20", "--seed", "16"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=1800)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    figures = re.search(r"killed (\d+), finished before (\d+)\nfaults 0, rows lost 0,", ended.stdout)
    assert figures and int(figures[1]) + int(figures[2]) == 20
    assert int(figures[1]) >= 10, "most moments must come before the end of their commands"


def test_the_campaign_counts_what_is_lost(kills):
    """A row that stood and stands in the end, too, may not be missing in between; one that is replaced may."""
    before = kills.Standing(rows={"t": frozenset([b"a", b"b", b"old"])}, logs={"r": ["1"]}, files={"out/x": "1"})
    after = kills.Standing(
        rows={"t": frozenset([b"a", b"b", b"new"])}, logs={"r": ["1", "2"]}, files={"out/x": "2", "out/y": "3"}
    )

    def compared(rows=(b"a", b"b", b"old"), logs=("1",), **files):
        paths = {f"out/{name.replace('__', '.')}": digest for name, digest in (files or {"x": "1"}).items()}
        now = kills.Standing(rows={"t": frozenset(rows)}, logs={"r": list(logs)}, files=paths)
        return kills.compare(before, now, after)

    assert compared() == compared(rows=(b"a", b"b", b"new"), logs=("1", "2"), x="2", y="3") == (0, [])
    assert compared(rows=(b"a", b"b")) == (0, [])
    assert compared(rows=(b"old",))[0] == 2
    assert compared(x="1", y="half", __y__part="half")[1] == ["killed: out/y is torn"]
    assert compared(y="3")[1] == ["killed: out/x is gone"]
    for logs in ((), ("2",), ("1", "3"), ("1", "2", "3")):
        assert compared(logs=logs)[1] == ["killed: log of r is no part of the undisturbed one"]


def test_the_campaign_names_other_ends(kills):
    """A table, a log or a file that ends otherwise, is missing or is left over, is named."""
    after = kills.Standing(rows={"t": frozenset([b"a"])}, logs={"r": ["1"]}, files={"out/x": "1"})
    assert kills.differences(after, after) == []
    other = kills.Standing(rows={"t": frozenset()}, logs={}, files={"out/.x.part": "1"})
    assert kills.differences(other, after) == [
        *("again: table t differs", "again: log of r differs", "again: out/.x.part differs", "again: out/x differs")
    ]
