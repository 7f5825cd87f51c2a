"""Rehearsals give the same bytes as they always did: every file of OUT against a stored list of digests.

The commitment binds the verifier (`software`), and everything that is drawn follows from the commitment: a change of
verifier.py alters nearly every file. It and any other change that is meant to alter published bytes renew the list:
python tests/end_to_end/test_same_bytes.py
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from pathlib import Path

import pytest
from second_reader import comparison

from supervision.sampling.protocol.verifier import verify

sys.path.insert(0, str(Path(__file__).parent))
import rehearsals

STORED = Path(__file__).with_name("digests.json")
PLAYED = {
    "500 units, SHA-256": lambda folder: rehearsals.plain(folder, entities=500),
    "2000 units, SM3": lambda folder: rehearsals.plain(folder, entities=2000, hash_name="sm3"),
    "500 units, supplement and results": rehearsals.with_supplement,
}


@pytest.fixture(scope="module", params=PLAYED)
def played(request, tmp_path_factory):
    """The name of a rehearsed month and its output folder."""
    return request.param, PLAYED[request.param](tmp_path_factory.mktemp("rehearsed"))


def test_every_file_is_the_same(played):
    """A rehearsed month writes exactly the files on record, to the byte."""
    name, out = played
    stored = json.loads(STORED.read_text(encoding="utf-8"))[name]
    found = rehearsals.digests(out)
    assert sorted(found) == sorted(stored)
    assert [path for path in found if found[path] != stored[path]] == []


def test_both_readers_agree(played):
    """The verifier and the second reader, written from the protocol's text alone, find nothing that differs."""
    _, out = played
    report = verify(out)
    assert (report.difference, report.code) == (None, 0)
    assert comparison.compare(out) == []


def test_who_is_drawn_twice_is_visited_once(played):
    """Units that two tasks of a group drew have one visit; in the larger city there are such units."""
    name, out = played
    (audit,) = (out / "audit").glob(f"{rehearsals.ROUND}*")
    drawn = []
    for task in ("T02-industry", "T09-discharge"):
        with (audit / "tasks" / task / "order.csv").open(encoding="utf-8", newline="") as handle:
            drawn.append({row["unit_id"] for row in csv.DictReader(handle) if row["role"] == "drawn"})
    with (audit / "calendar.csv").open(encoding="utf-8", newline="") as handle:
        visits = {row["visit_id"] for row in csv.DictReader(handle)}
    shared = drawn[0] & drawn[1]
    assert shared or not name.startswith("2000")
    assert all(f"{unit}~1" in visits and f"{unit}~2" not in visits for unit in shared)


if __name__ == "__main__":
    renewed = {}
    for name, play in PLAYED.items():
        with tempfile.TemporaryDirectory() as folder:
            renewed[name] = rehearsals.digests(play(Path(folder)))
    STORED.write_text(json.dumps(renewed, indent=0, sort_keys=True) + "\n", encoding="utf-8")
