"""Rehearsals give the same bytes as they always did: every file of OUT against a stored list of digests.

A change that is meant to alter published bytes renews the list: python tests/end_to_end/test_same_bytes.py
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import rehearsals

STORED = Path(__file__).with_name("digests.json")
PLAYED = {
    "500 units, SHA-256": lambda folder: rehearsals.plain(folder, entities=500),
    "2000 units, SM3": lambda folder: rehearsals.plain(folder, entities=2000, hash_name="sm3"),
    "500 units, supplement and results": rehearsals.with_supplement,
}


def left_out(name: str) -> bool:
    """Tell whether a file holds the verifier's own text or a digest of it."""
    return name.endswith(("verify.py", "manifest.json")) or name == "audit/log.jsonl"


@pytest.mark.parametrize("played", PLAYED)
def test_every_file_is_the_same(played, tmp_path):
    """A rehearsed month writes exactly the files on record, to the byte."""
    stored = json.loads(STORED.read_text(encoding="utf-8"))[played]
    found = rehearsals.digests(PLAYED[played](tmp_path), left_out)
    assert sorted(found) == sorted(stored)
    assert [name for name in found if found[name] != stored[name]] == []


if __name__ == "__main__":
    renewed = {}
    for played, play in PLAYED.items():
        with tempfile.TemporaryDirectory() as folder:
            renewed[played] = rehearsals.digests(play(Path(folder)), left_out)
    STORED.write_text(json.dumps(renewed, indent=0, sort_keys=True) + "\n", encoding="utf-8")
