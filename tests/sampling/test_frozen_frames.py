"""From frames to the published bytes, on the worked round and on a small frame of awkward identifiers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import builders
import numpy as np
import pandas as pd
import pytest

from supervision.canonical import digest
from supervision.domain.items import Task
from supervision.errors import SupervisionError
from supervision.sampling.bytes.merkle import root
from supervision.sampling.bytes.unit_numbers import Secret, salts
from supervision.sampling.drawing import ORDER, draw, step_in
from supervision.sampling.frame.frame import Frame
from supervision.sampling.inspectors.positions import CALENDAR
from supervision.sampling.protocol.commitment import Commitment
from supervision.sampling.protocol.frame_files import frame_files, read_frame
from supervision.sampling.protocol.frozen_frames import (
    FrozenFrame,
    commit_frames,
    excluded_leaves,
    frame_leaves,
    strata_digest,
)
from supervision.sampling.protocol.result import Result, is_shown
from supervision.sampling.protocol.seeds import Source

HASH = "sha256"
KEY = bytes(range(32))
SECRET = Secret(frame_key=KEY, round_id="2026-12", hash_name=HASH)
SOURCES = tuple(
    Source(name=name, issue=f"12-02-{hour}", kind="set", count=6, low=1, high=33, at=f"2026-12-02T{hour}:00:00+08:00")
    for name, hour in (("early", 20), ("late", 21))
)


def _task(task_id: str, access: str = "sealed", **other: Any) -> Task:
    disclosure = "before" if access == "open" else "after_visit"
    return builders.task(task_id=task_id, access=access, disclosure=disclosure, **other)


def _commitment(frozen: list[FrozenFrame], **other: Any) -> Commitment:
    given: dict[str, Any] = {
        "agency": "suzhou",
        "round": "2026-12",
        "rehearsal": True,
        "committed_at": "2026-12-01T00:00:00+08:00",
        "evidence": "2026-11-30",
        "hash_name": HASH,
        "sequence": 0,
        "previous": None,
        "log": None,
        "key_digest": digest(HASH, KEY).hex(),
        "cause": None,
        **dict.fromkeys(("rules", "register", "roster", "software"), ""),
        "sources": SOURCES,
        "tasks": tuple(one.entry() for one in frozen),
    }
    return Commitment(**{**given, **other})


def _small(task_id: str = "t1", access: str = "sealed", **other: Any) -> Frame:
    """Four units of one stratum, with all that an id may hold, and one left out."""
    rows = pd.DataFrame({"unit_id": ["A1", "B-2.x", "C_3", "d4"], "x": 1, "L": 1 << 52, "stratum": "all"})
    rows = rows.astype({"unit_id": "str", "stratum": "category", "x": "int64", "L": "int64"})
    excluded = pd.DataFrame({"unit_id": ["Z9"], "reason": ["cap"], "rule": ["caps/market/all"]})
    excluded = excluded.astype({"unit_id": "str", "reason": "category", "rule": "category"})
    strata = pd.DataFrame({"stratum": ["all"], "units": 4, "sample": 2, "reserve": 1, "size_total": 4})
    return Frame(
        task=_task(task_id, access, **other), rows=rows, excluded=excluded, strata=strata.assign(working="pareto")
    )


@pytest.mark.parametrize("hash_name", ["sha256", "sm3"])
def test_files_and_back(hash_name: str) -> None:
    """A record written to files and read again is the same, quotes where CSV needs them, and verifies."""
    (record,) = commit_frames([_small()], replace(SECRET, hash_name=hash_name))
    entry = record.entry()
    files = frame_files(record)
    assert files["frame.csv"].decode().splitlines()[2].startswith("B-2.x,s1,1,4503599627370496,")
    assert files["excluded.csv"] == b"unit_id,reason,rule\nZ9,cap,caps/market/all\n"
    strata = b'[{"reserve":1,"sample":2,"size_total":"4","stratum":"s1","units":4,"working":"pareto"}]'
    assert files["strata.json"] == strata
    again = read_frame(entry, files)
    assert frame_files(again) == files
    seed = digest(hash_name, b"seed")
    first, second = (
        draw([one], seed1=seed, round_id="2026-12", hash_name=hash_name)["t1"].order for one in (record, again)
    )
    assert ORDER.to_csv(first) == ORDER.to_csv(second)


def test_changed_file_gives_another_root() -> None:
    """A frame with one other size leads to another root than the commitment's, an excluded unit's reason likewise."""
    (record,) = commit_frames([_small()], SECRET)
    files = frame_files(record)
    changed = files | {
        "frame.csv": files["frame.csv"].replace(b"C_3,s1,1,", b"C_3,s1,2,"),
        "excluded.csv": files["excluded.csv"].replace(b"cap,", b"other,"),
    }
    again = read_frame(record.entry(), changed)
    assert root(frame_leaves("t1", record.rows, record.salt, hash_name=HASH), hash_name=HASH) == record.frame_root
    assert root(frame_leaves("t1", again.rows, again.salt, hash_name=HASH), hash_name=HASH) != record.frame_root
    salt = salts(again.excluded["unit_id"], group="joint", secret=SECRET)
    assert root(excluded_leaves("t1", record.excluded, salt, hash_name=HASH), hash_name=HASH) == record.excluded_root
    assert root(excluded_leaves("t1", again.excluded, salt, hash_name=HASH), hash_name=HASH) != record.excluded_root


def test_an_open_frame_has_no_salt_but_what_it_leaves_out_has() -> None:
    """Everybody may check an open frame; its excluded list is salted like a sealed one's, its strata digest is not."""
    (opened,), (sealed,) = (
        commit_frames([_small(access=access, group="own")], SECRET) for access in ("open", "sealed")
    )
    assert not opened.salt.any()
    assert sealed.salt.all(axis=1).any()
    assert opened.excluded_root == sealed.excluded_root
    assert opened.strata_digest == strata_digest(opened.strata, bytes(16), hash_name=HASH)
    assert sealed.strata_digest == strata_digest(sealed.strata, SECRET.salt("strata", "t1"), hash_name=HASH)
    assert sealed.strata_digest != opened.strata_digest


def test_strata_names_carry_no_class_and_follow_the_key() -> None:
    """Names are s1, s2, … in an order that only the frame key tells: over twenty keys both orders occur."""
    orders = {
        tuple(replace(SECRET, frame_key=bytes([number] * 32)).stratum_names("t1", ["A", "D"]).items())
        for number in range(20)
    }
    assert orders == {(("A", "s1"), ("D", "s2")), (("D", "s1"), ("A", "s2"))}


def test_sealed_list_is_a_digest_until_visited() -> None:
    """A sealed list enters the result as a digest, and as itself once its visits are over; "never" stays a digest."""
    records = commit_frames([_small()], SECRET)
    drawn = {"t1": ["C_3", "A1"]}
    commitment = _commitment(records)
    before = Result.of(drawn, commitment, seed=KEY, secret=SECRET)
    after = Result.of(drawn, commitment, seed=KEY, secret=SECRET, visited=["t1"])
    assert (dict(before.lists), list(before.hidden)) == ({}, ["t1"])
    assert (dict(after.lists), dict(after.hidden)) == ({"t1": ("A1", "C_3")}, {})
    assert Result.from_bytes(before.to_bytes()) == before
    assert not is_shown("sealed", "never", over=True)


def test_group_shares_numbers() -> None:
    """Two tasks of a group give a unit one number; a task with a group of its own gives it another."""
    records = commit_frames([_small("t1"), _small("t2"), _small("t3", group="own")], SECRET)
    drawn = draw(records, seed1=KEY, round_id="2026-12", hash_name=HASH)
    assert drawn["t1"].order.equals(drawn["t2"].order)
    assert not np.array_equal(records[0].salt, records[2].salt)


def test_step_in_follows_the_reserve() -> None:
    """The first reserve unit of the stratum steps in, then nobody is left."""
    (record,) = commit_frames([_small()], SECRET)
    found = draw([record], seed1=KEY, round_id="2026-12", hash_name=HASH)["t1"]
    assert step_in(found.order, unit_id=found.drawn[0], used=[]) == found.reserve[0]
    assert step_in(found.order, unit_id=found.drawn[1], used=found.reserve) is None


@pytest.mark.parametrize(
    ("frames", "code"),
    [
        ([_small("t1", group="task.t2")], "sampling.group"),
        ([_small("t1"), _small("t1")], "sampling.task_twice"),
        ([_small("t" * 36)], "sampling.name"),
        ([_small("t1", group="苏")], "sampling.name"),
    ],
)
def test_frames_that_may_not_be_committed(frames: list[Frame], code: str) -> None:
    """Another task's own group, a task twice, and names that the protocol does not allow."""
    with pytest.raises(SupervisionError) as caught:
        commit_frames(frames, SECRET)
    assert caught.value.code == code


def test_a_task_of_its_own_has_its_own_group() -> None:
    """The group of a task that is not coordinated is named after it; 35 characters leave room for that."""
    (record,) = commit_frames([_small("t" * 35, group="task." + "t" * 35)], SECRET)
    assert record.group == "task." + "t" * 35


def test_frame_key_has_thirty_two_bytes() -> None:
    """One byte less or more is refused with its size."""
    for size in (31, 33):
        with pytest.raises(SupervisionError) as caught:
            commit_frames([_small()], replace(SECRET, frame_key=bytes(size)))
        assert (caught.value.code, caught.value.params) == ("sampling.frame_key", {"size": size})


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"round": "2026-12-b"}, "sampling.cause"),
        ({"cause": "补充"}, "sampling.cause"),
        ({"round": "2026-12-b", "cause": "x" * 501}, "sampling.text"),
        ({"agency": "苏州"}, "sampling.name"),
        ({"evidence": "2026-12-02"}, "sampling.evidence_late"),
        ({"committed_at": "2026-12-01T00:00:00"}, "sampling.source_time"),
        ({"sources": SOURCES[:1]}, "sampling.entropy_all"),
        ({"rehearsal": False, "committed_at": "2026-12-01T20:00:01+08:00"}, "sampling.too_early"),
    ],
)
def test_commitments_that_are_refused(changed: dict[str, Any], code: str) -> None:
    """Cause, names, evidence after the commitment, times, too little randomness, sources too early."""
    with pytest.raises(SupervisionError) as caught:
        _commitment([], **changed).check(interval_hours=24)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "changed",
    [
        {"round": "2026-12-b", "cause": "x" * 500},
        {"evidence": "2026-12-01"},
        {"rehearsal": False, "committed_at": "2026-12-01T20:00:00+08:00"},
        {"committed_at": "2026-12-02T20:00:00+08:00"},
    ],
)
def test_commitments_that_stand(changed: dict[str, Any]) -> None:
    """The same at their limits; a rehearsal is exempt from the interval."""
    made = _commitment([], **changed)
    assert made.check(interval_hours=24) is made


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"disclosure": "before"}, "sampling.disclosure"),
        ({"access": "open", "group": "task.t0"}, "sampling.disclosure"),
        ({"access": "open", "disclosure": "before"}, "sampling.group_access"),
    ],
)
def test_access_and_disclosure_go_together(changed: dict[str, Any], code: str) -> None:
    """Open lists are shown before the visits, sealed ones never then; no group has both."""
    first, second = (one.entry() for one in commit_frames([_small("t0"), _small("t1")], SECRET))
    made = replace(_commitment([]), tasks=(replace(first, **changed), second))
    with pytest.raises(SupervisionError) as caught:
        made.check(interval_hours=24)
    assert caught.value.code == code
    own = {"access": "open", "disclosure": "before", "group": "task.t0"}
    assert replace(made, tasks=(replace(first, **own), second)).check(interval_hours=24)


def test_calendar_sorts_places_as_numbers() -> None:
    """Place 10 comes after place 2."""
    calendar = pd.DataFrame(
        {"visit_id": "u~1", "office": "O", "place": [10, 2], "half_days": "2026-12-03T1", "items": ["a b", "a"]}
    )
    assert CALENDAR.to_csv(calendar) == (
        b"visit_id,office,place,half_days,items\nu~1,O,2,2026-12-03T1,a\nu~1,O,10,2026-12-03T1,a b\n"
    )
