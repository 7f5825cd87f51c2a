"""The same inputs in another order and in several files give the same bytes."""

from __future__ import annotations

import random
import shutil

import pytest

SPLIT = ("entities", "events", "history")
NAMED = {
    *("public/2026-12/commitment.json", "public/2026-12/result.json"),
    *("audit/2026-12/calendar.csv", "audit/2026-12/roster.json"),
}


def shuffle(folder, seed):
    """Shuffle the rows of every register's file and split the large ones over three files."""
    chance = random.Random(seed)
    for path in sorted(folder.glob("*.csv")):
        if path.name == "sources.csv":
            continue
        header, *rows = path.read_bytes().splitlines(keepends=True)
        chance.shuffle(rows)
        if path.stem not in SPLIT:
            path.write_bytes(header + b"".join(rows))
            continue
        path.unlink()
        for number in range(3):
            part = path.with_name(f"{path.stem}-{number + 1}.csv")
            part.write_bytes(header + b"".join(rows[number::3]))


@pytest.fixture(scope="module")
def again(city, rehearse, tmp_path_factory):
    """The month rehearsed from shuffled and split files, in another store and folder."""
    work = tmp_path_factory.mktemp("shuffled")
    inputs = shutil.copytree(city, work / "inputs")
    shuffle(inputs, seed=7)
    assert len(list(inputs.glob("entities-*.csv"))) == 3
    return rehearse(inputs, work)


def test_lists_calendar_and_roster_repeat(rehearsal, again):
    """Commitment, result, calendar and roster are the same to the byte."""
    for name in sorted(NAMED):
        assert (again.out / name).read_bytes() == (rehearsal.out / name).read_bytes(), name


def test_everything_else_repeats(rehearsal, again, files):
    """So is every other file: pages, workbooks, frames, log and manifests."""
    mine, theirs = files(rehearsal.out), files(again.out)
    assert sorted(mine) == sorted(theirs)
    assert [name for name in mine if mine[name] != theirs[name]] == []
