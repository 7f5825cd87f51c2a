"""From frames to the published bytes, on the worked round and on a small frame of awkward identifiers."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from supervision.canonical import digest
from supervision.domain.items import Task
from supervision.errors import SupervisionError
from supervision.sampling.bytes.merkle import proven_root
from supervision.sampling.drawing import ORDER, draw, step_in
from supervision.sampling.frame.frame import Frame
from supervision.sampling.inspectors.positions import CALENDAR
from supervision.sampling.protocol.commitment import Commitment
from supervision.sampling.protocol.frame_files import frame_files, proof_json, read_frame
from supervision.sampling.protocol.frozen_frames import FrozenFrame, check_frame, commit_frames
from supervision.sampling.protocol.result import Result, is_shown
from supervision.sampling.protocol.roster_commitment import RosterCommitment
from supervision.sampling.protocol.seeds import Source

HASH = "sha256"
KEY = bytes(range(32))


def _task(task_id: str, access: str = "sealed", **other: Any) -> Task:
    given: dict[str, Any] = {
        "task_id": task_id,
        "number": "",
        "name": "",
        "round": "2026-12",
        "items": (),
        "lead": "market",
        "partners": (),
        "start": date(2026, 12, 1),
        "end": date(2026, 12, 31),
        "population": "*",
        "regime": "random",
        "ratio": "3%",
        "by_region": False,
        "reserve": "",
        "group": "joint",
        "access": access,
        "disclosure": "before" if access == "open" else "after_visit",
    }
    return Task(**{**given, **other})


def _vector_frame(task: dict[str, Any]) -> Frame:
    rows = pd.DataFrame(task["frame"]).sort_values("unit_id", ignore_index=True)[["unit_id", "stratum", "x", "L"]]
    rows = rows.astype({"unit_id": "str", "stratum": "category", "x": "int64", "L": "int64"})
    out = [(unit, *why) for unit, why in sorted(task["excluded"].items())]
    excluded = pd.DataFrame(out, columns=["unit_id", "reason", "rule"]).astype("str")
    excluded = excluded.astype({"reason": "category", "rule": "category"})
    strata = pd.DataFrame(task["strata"]).astype({"size_total": "int64", "stratum": "str", "working": "str"})
    return Frame(task=_task(task["task_id"], task["access"]), rows=rows, excluded=excluded, strata=strata)


def _commitment(frozen: list[FrozenFrame], **other: Any) -> Commitment:
    given: dict[str, Any] = {
        "round": "2026-12",
        "rehearsal": True,
        "committed_at": "2026-12-01T00:00:00+08:00",
        "hash_name": HASH,
        "key_digest": digest(HASH, KEY).hex(),
        "previous": None,
        "cause": None,
        "rules": "",
        "register": "",
        "sources": (),
        "tasks": tuple(one.entry(HASH) for one in frozen),
    }
    return Commitment(**{**given, **other})


def _small() -> Frame:
    """Four units, one with a comma and a quote in its id."""
    rows = pd.DataFrame({"unit_id": ["A1", 'B,"2"', "C3", "苏4"], "x": 1, "L": 1 << 52, "stratum": "all"})
    rows = rows.astype({"unit_id": "str", "stratum": "category", "x": "int64", "L": "int64"})
    excluded = pd.DataFrame({"unit_id": ["Z9"], "reason": ["cap"], "rule": ["caps/*/企业"]}).astype("str")
    strata = pd.DataFrame({"stratum": ["all"], "units": 4, "sample": 2, "reserve": 1, "size_total": 4})
    return Frame(task=_task("t1"), rows=rows, excluded=excluded, strata=strata.assign(working="pareto"))


def test_whole_round(vectors: dict[str, Any]) -> None:
    """Frames, sources and key give the commitment to the byte; its seed gives every list of the worked round."""
    listed = json.loads(vectors["commitment_json"])
    key = bytes.fromhex(vectors["frame_key"])
    frames = [_vector_frame(task) for task in reversed(vectors["tasks"])]
    records = commit_frames(frames, round_id=vectors["round"], frame_key=key, hash_name=HASH)
    made = _commitment(
        records,
        committed_at=listed["committed_at"],
        key_digest=digest(HASH, key).hex(),
        rules=listed["rules"],
        register=listed["register"],
        sources=tuple(Source.of(entry) for entry in listed["sources"]),
    ).check(interval_hours=24)
    assert Commitment.from_bytes(made.to_bytes()) == made
    assert made.to_bytes() == vectors["commitment_json"].encode()
    drawn = draw(records, seed1=bytes.fromhex(vectors["seed1"]), round_id=vectors["round"], hash_name=HASH)
    for task in vectors["tasks"]:
        found = drawn[task["task_id"]]
        assert found.drawn == task["drawn"]
        assert found.reserve == sorted(unit for units in task["reserve"].values() for unit in units)


def test_second_commitment(vectors: dict[str, Any]) -> None:
    """Calendar, roster and salted recusals give commitment2 to the byte."""
    second = vectors["second"]
    listed = json.loads(second["commitment2_json"])
    made = RosterCommitment.bind(
        calendar=second["calendar_csv"].encode(),
        roster=second["roster_csv"].encode(),
        recusals=second["recusals_csv"].encode(),
        frame_key=bytes.fromhex(vectors["frame_key"]),
        round=vectors["round"],
        rehearsal=True,
        committed_at=listed["committed_at"],
        hash_name=HASH,
        commitment=vectors["commitment"],
        previous=vectors["commitment"],
        sources=tuple(Source.of(entry) for entry in listed["sources"]),
        interval_hours=24,
    )
    assert RosterCommitment.from_bytes(made.to_bytes()) == made
    assert made.to_bytes() == second["commitment2_json"].encode()


@pytest.mark.parametrize("hash_name", ["sha256", "sm3"])
def test_files_and_back(hash_name: str) -> None:
    """A record written to files and read again is the same, quotes where CSV needs them, and verifies."""
    (record,) = commit_frames([_small()], round_id="2026-12", frame_key=KEY, hash_name=hash_name)
    entry = record.entry(hash_name)
    files = frame_files(record)
    assert files["frame.csv"].decode().splitlines()[2].startswith('"B,""2""",all,1,4503599627370496,')
    assert files["excluded.csv"] == "unit_id,reason,rule\nZ9,cap,caps/*/企业\n".encode()
    strata = b'[{"reserve":1,"sample":2,"size_total":"4","stratum":"all","units":4,"working":"pareto"}]'
    assert files["strata.json"] == strata
    again = read_frame(entry, files)
    check_frame(again, entry, hash_name=hash_name)
    assert frame_files(again) == files
    seed = digest(hash_name, b"seed")
    first, second = (
        draw([one], seed1=seed, round_id="2026-12", hash_name=hash_name)["t1"].order for one in (record, again)
    )
    assert ORDER.to_csv(first) == ORDER.to_csv(second)


def test_changed_file_is_named() -> None:
    """A frame with one other size no longer fits its commitment, and the field is named."""
    (record,) = commit_frames([_small()], round_id="2026-12", frame_key=KEY, hash_name=HASH)
    entry = record.entry(HASH)
    files = frame_files(record)
    changed = files | {"frame.csv": files["frame.csv"].replace(b"C3,all,1,", b"C3,all,2,")}
    with pytest.raises(SupervisionError, match="frame_root"):
        check_frame(read_frame(entry, changed), entry, hash_name=HASH)


def test_proof_of_each_unit() -> None:
    """Every unit's proof leads from its own row and salt to the published root; another row does not."""
    (record,) = commit_frames([_small()], round_id="2026-12", frame_key=KEY, hash_name=HASH)
    for unit in record.rows["unit_id"]:
        proof = json.loads(proof_json(record, unit, hash_name=HASH))
        row = "\x1f".join([unit, proof["stratum"], proof["x"], proof["L"]])
        leaf = digest(HASH, b"\0", bytes.fromhex(proof["salt"]), b"t1\x1f", row.encode())
        path = [bytes.fromhex(one) for one in proof["path"]]
        assert proven_root(leaf, proof["row"], proof["units"], path, hash_name=HASH) == record.frame_root
        assert proven_root(digest(HASH, leaf), proof["row"], 4, path, hash_name=HASH) != record.frame_root


def test_sealed_list_is_a_digest_until_visited() -> None:
    """A sealed list enters the result as a digest, and as itself once its visits are over; "never" stays a digest."""
    records = commit_frames([_small()], round_id="2026-12", frame_key=KEY, hash_name=HASH)
    drawn = {"t1": ["C3", "A1"]}
    commitment = _commitment(records)
    before = Result.of(drawn, commitment, seed=KEY, frame_key=KEY)
    after = Result.of(drawn, commitment, seed=KEY, frame_key=KEY, visited=["t1"])
    assert (dict(before.lists), list(before.hidden)) == ({}, ["t1"])
    assert (dict(after.lists), dict(after.hidden)) == ({"t1": ("A1", "C3")}, {})
    assert Result.from_bytes(before.to_bytes()) == before
    assert not is_shown("sealed", "never", over=True)


def test_group_shares_numbers() -> None:
    """Two tasks of a group give a unit one number; a task with a group of its own gives it another."""
    frames = [_small(), _small(), _small()]
    tasks = [_task("t1"), _task("t2"), _task("t3", group="own")]
    listed = [
        Frame(task=task, rows=frame.rows, excluded=frame.excluded, strata=frame.strata)
        for task, frame in zip(tasks, frames, strict=True)
    ]
    records = commit_frames(listed, round_id="2026-12", frame_key=KEY, hash_name=HASH)
    drawn = draw(records, seed1=KEY, round_id="2026-12", hash_name=HASH)
    assert drawn["t1"].order.equals(drawn["t2"].order)
    assert not np.array_equal(records[0].salt, records[2].salt)


def test_step_in_follows_the_reserve() -> None:
    """The first reserve unit of the stratum steps in, then nobody is left."""
    (record,) = commit_frames([_small()], round_id="2026-12", frame_key=KEY, hash_name=HASH)
    found = draw([record], seed1=KEY, round_id="2026-12", hash_name=HASH)["t1"]
    assert step_in(found.order, unit_id=found.drawn[0], used=[]) == found.reserve[0]
    assert step_in(found.order, unit_id=found.drawn[1], used=found.reserve) is None


def test_reserved_group_name() -> None:
    """No task may call itself into another task's own group."""
    frame = _small()
    wrong = Frame(task=_task("t1", group="task.t2"), rows=frame.rows, excluded=frame.excluded, strata=frame.strata)
    with pytest.raises(SupervisionError, match="task\\.t2"):
        commit_frames([wrong], round_id="2026-12", frame_key=KEY, hash_name=HASH)


def test_extra_round_names_its_cause() -> None:
    """A second round of a month without a cause is refused."""
    with pytest.raises(SupervisionError, match="2026-12-b"):
        _commitment([], round="2026-12-b").check(interval_hours=0)


def test_calendar_sorts_places_as_numbers() -> None:
    """Place 10 comes after place 2."""
    calendar = pd.DataFrame(
        {"visit_id": "u~1", "office": "O", "place": [10, 2], "half_days": "2026-12-03T1", "items": ["a b", "a"]}
    )
    assert CALENDAR.to_csv(calendar) == (
        b"visit_id,office,place,half_days,items\nu~1,O,2,2026-12-03T1,a\nu~1,O,10,2026-12-03T1,a b\n"
    )
