"""The worked round of draw protocol 2: production gives every byte of it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from supervision.canonical import digest
from supervision.domain.items import Task
from supervision.sampling.bytes.unit_numbers import Numbers, file_digest, task_salt, ties
from supervision.sampling.drawing import draw
from supervision.sampling.frame.frame import Frame
from supervision.sampling.inspectors.lottery import assignments_to_bytes, match, sent_back_to_bytes
from supervision.sampling.inspectors.positions import CALENDAR, RECUSALS, ROSTER, Place
from supervision.sampling.pareto.selection import order
from supervision.sampling.protocol.commitment import Commitment
from supervision.sampling.protocol.frame_files import frame_files, read_frame
from supervision.sampling.protocol.frozen_frames import FrozenFrame, commit_frames
from supervision.sampling.protocol.proof import Proof, prove
from supervision.sampling.protocol.result import Result
from supervision.sampling.protocol.reveal import Reveal
from supervision.sampling.protocol.roster_commitment import RosterCommitment
from supervision.sampling.protocol.seeds import key_string, seed1, seed2

HASH = "sha256"


def frame_of(task: dict[str, Any]) -> Frame:
    """A task of the vectors as a frame before its strata get their public names."""
    key = {name: key for key, name in task["strata_keys"].items()}
    rows = pd.DataFrame(task["frame"])[["unit_id", "stratum", "x", "L"]]
    rows = rows.assign(stratum=rows["stratum"].map(key), x=rows["x"].astype("int64"), L=rows["L"].astype("int64"))
    rows = rows.astype({"unit_id": "str", "stratum": "category"})
    excluded = pd.DataFrame(task["excluded"], columns=["unit_id", "reason", "rule"]).astype("str")
    excluded = excluded.astype({"reason": "category", "rule": "category"})
    strata = pd.DataFrame(json.loads(task["strata_json"]))
    strata = strata.assign(stratum=strata["stratum"].map(key)).astype({"size_total": "int64", "stratum": "str"})
    given = {
        "task_id": task["task_id"],
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
        "group": task["group"],
        "access": task["access"],
        "disclosure": task["disclosure"],
    }
    return Frame(task=Task(**given), rows=rows, excluded=excluded, strata=strata)


@pytest.fixture(scope="module")
def frozen(vectors: dict[str, Any]) -> list[FrozenFrame]:
    """The frozen frames of the worked round."""
    frames = [frame_of(task) for task in reversed(vectors["tasks"])]
    key = bytes.fromhex(vectors["frame_key"])
    return commit_frames(frames, round_id=vectors["round"], frame_key=key, hash_name=HASH)


@pytest.fixture(scope="module")
def committed(vectors: dict[str, Any]) -> Commitment:
    """The first commitment of the worked round."""
    return Commitment.from_bytes(vectors["commitment_json"].encode())


def test_frozen_frames(vectors: dict[str, Any], frozen: list[FrozenFrame], committed: Commitment) -> None:
    """Salts, names of strata, roots and the salted strata digest of every task are those of the commitment."""
    assert [one.entry(HASH) for one in frozen] == list(committed.tasks)
    for task, one in zip(vectors["tasks"], frozen, strict=True):
        assert dict(one.keys) == task["strata_keys"]
        assert [row.tobytes().hex() for row in one.salt] == [row["salt"] for row in task["frame"]]
        files = frame_files(one)
        assert files["strata.json"].decode() == task["strata_json"]
        assert frame_files(read_frame(one.entry(HASH), files)) == files


def test_commitment_to_the_byte(vectors: dict[str, Any], committed: Commitment) -> None:
    """Read and written again the commitment is the same, and its digest is the one that was published."""
    assert committed.check(interval_hours=24).to_bytes() == vectors["commitment_json"].encode()
    assert committed.digest.hex() == vectors["commitment"]
    roster = vectors["roster_0_csv"].encode()
    secret = {"frame_key": bytes.fromhex(vectors["frame_key"]), "round_id": vectors["round"], "hash_name": HASH}
    assert file_digest("roster", 0, roster, **secret).hex() == committed.roster


def test_seed_and_lists(vectors: dict[str, Any], frozen: list[FrozenFrame], committed: Commitment) -> None:
    """The announced values give key string, seed, order of every stratum, result and its form after the visits."""
    key = key_string(committed.sources, vectors["values"])
    assert key == vectors["key_string"]
    seed = seed1(committed.digest, key, hash_name=HASH)
    assert seed.hex() == vectors["seed1"]
    revealed = Reveal.from_bytes(vectors["reveal_json"].encode())
    assert (revealed.seed, dict(revealed.held)) == (seed, vectors["held"])
    assert revealed.to_bytes() == vectors["reveal_json"].encode()
    lists = draw(frozen, seed1=seed, round_id=vectors["round"], hash_name=HASH)
    for task in vectors["tasks"]:
        found = lists[task["task_id"]].order
        for stratum, units in task["order"].items():
            mine = found.loc[found["stratum"] == stratum, "unit_id"].tolist()
            assert mine == units[: len(mine)]
            assert found.loc[(found["stratum"] == stratum) & (found["role"] == "reserve"), "unit_id"].tolist() == list(
                task["reserve"][stratum]
            )
        assert lists[task["task_id"]].drawn == task["drawn"]
    given = {name: one.drawn for name, one in lists.items()}
    frame_key = bytes.fromhex(vectors["frame_key"])
    shown = Result.of(given, committed, seed=seed, frame_key=frame_key)
    assert shown.to_bytes() == vectors["result_json"].encode()
    after = Result.of(given, committed, seed=seed, frame_key=frame_key, visited=list(lists))
    assert after.to_bytes() == vectors["result_json_after_visits"].encode()
    salt = task_salt("list", "fire-01", frame_key=frame_key, round_id=vectors["round"], hash_name=HASH)
    assert salt.hex() == vectors["tasks"][0]["list_salt"]


def test_proofs(vectors: dict[str, Any], frozen: list[FrozenFrame]) -> None:
    """An owner's proof is that of the vectors and leads to the root; changed in one field it does not."""
    task, one = vectors["tasks"][0], frozen[0]
    unit = task["proof"]["row"][0]
    given = {"commitment": vectors["commitment"], "frame_key": bytes.fromhex(vectors["frame_key"])}
    given |= {"round_id": vectors["round"], "hash_name": HASH}
    made = prove(one, unit, **given)
    assert json.loads(made.to_bytes()) == task["proof"]
    made.check(one.frame_root, hash_name=HASH)
    left_out = prove(one, task["excluded"][1]["unit_id"], **given)
    assert (left_out.kind, left_out.salt) == ("excluded", task["excluded"][1]["salt"])
    left_out.check(one.excluded_root, hash_name=HASH)
    assert Proof.from_bytes(made.to_bytes()) == made


def test_ties(vectors: dict[str, Any]) -> None:
    """What breaks ties in the calendar is the vectors' T of each unit."""
    units = pd.Series(sorted(vectors["ties"]), dtype="str")
    secret = {"seed1": bytes.fromhex(vectors["seed1"]), "frame_key": bytes.fromhex(vectors["frame_key"])}
    found = ties(units, **secret, round_id=vectors["round"], hash_name=HASH)
    assert [one.hex() for one in found] == [vectors["ties"][unit] for unit in units]


def test_order_cases(vectors: dict[str, Any]) -> None:
    """Ties and near ties are ordered as exact fractions say."""
    for case in vectors["order_cases"]:
        items = case["items"]
        digests = np.frombuffer(b"".join(bytes.fromhex(one["D"]) for one in items), dtype=np.uint8).reshape(-1, 32)
        U = np.array([2 * (int(one["D"][:16], 16) >> 11) + 1 for one in items], dtype=np.int64)
        L = np.array([int(one["L"]) for one in items], dtype=np.int64)
        found = order(L, Numbers(U=U, D=digests), len(items))
        assert [items[row]["unit_id"] for row in found] == case["order"]


@pytest.mark.parametrize("number", range(6))
def test_lottery_cases(vectors: dict[str, Any], number: int) -> None:
    """Each worked lottery gives who holds which place, how many were eligible, and which visits go back."""
    case = vectors["lottery_cases"][number]
    places = {(one["visit_id"], one["office"], one["place"]): one for one in case["places"]}
    calendar = CALENDAR.frame(
        [(*key, " ".join(one["half_days"]), " ".join(one["items"])) for key, one in places.items()]
    )
    people = ROSTER.frame(
        [
            (
                *(one["inspector_id"], one["office"], one["from"], one["until"]),
                *(" ".join(one["scopes"]), one["daily_limit"], " ".join(one["absent"])),
            )
            for one in case["inspectors"]
        ]
    )
    recusals = RECUSALS.frame([(*pair, "x") for pair in case["recusals"]])
    held = [(row[3], _held_place(vectors, number, row)) for row in case["held_before"]]
    seed = bytes.fromhex(case["seed2"])
    found = match(calendar, people, recusals, seed, hash_name=HASH, holdings=held)
    assert json.loads(assignments_to_bytes(found.assignments)) == case["roster"]
    assert sorted(set(found.sent_back["visit_id"])) == case["sent_back"]


def _held_place(vectors: dict[str, Any], number: int, row: list[Any]) -> Place:
    """A place held before a case: the case before it, or the row itself, says its half-days."""
    for case in vectors["lottery_cases"][:number][::-1]:
        for one in case["places"]:
            if [one["visit_id"], one["office"], one["place"]] == row[:3]:
                half_days = tuple(one["half_days"])
                return Place(visit_id=row[0], office=row[1], place=row[2], half_days=half_days, items=frozenset("a"))
    raise AssertionError(row)


@pytest.mark.parametrize("number", [0, 1])
def test_second_draws(vectors: dict[str, Any], committed: Commitment, number: int) -> None:
    """Calendar, roster and recusals give the roster commitment; its values give seed, roster and what went back."""
    second = vectors["second"][number]
    made = RosterCommitment.from_bytes(second["commitment2_json"].encode())
    used = {source.event: source.name for source in committed.sources}
    assert made.check(interval_hours=24, used=used).to_bytes() == second["commitment2_json"].encode()
    assert made.digest.hex() == second["commitment2"]
    secret = {"frame_key": bytes.fromhex(vectors["frame_key"]), "round_id": vectors["round"], "hash_name": HASH}
    for kind in ("calendar", "roster", "recusals"):
        body = second[f"{kind}_csv"].encode()
        assert file_digest(kind, made.number, body, **secret).hex() == getattr(made, kind)
    key = key_string(made.sources, second["values2"])
    seed = seed2(made.digest, bytes.fromhex(vectors["seed1"]), key, hash_name=HASH)
    assert (key, seed.hex()) == (second["key_string2"], second["seed2"])
    held = [(row[3], _calendar_place(vectors, row)) for row in second["held_before"] if row[3]]
    tables = [
        schema.from_csv(second[f"{kind}_csv"].encode())
        for schema, kind in ((CALENDAR, "calendar"), (ROSTER, "roster"), (RECUSALS, "recusals"))
    ]
    found = match(*tables, seed, hash_name=HASH, holdings=held)
    assert assignments_to_bytes(found.assignments) == second["roster_json"].encode()
    back = json.loads(sent_back_to_bytes(found.sent_back))
    assert [one["visit_id"] for one in back] == second["sent_back"]


def _calendar_place(vectors: dict[str, Any], row: list[Any]) -> Place:
    half_days = tuple(row[4]) if len(row) > 4 else ()
    return Place(visit_id=row[0], office=row[1], place=row[2], half_days=half_days, items=frozenset())


def test_other_protocol_is_named(vectors: dict[str, Any]) -> None:
    """A commitment of another protocol is refused with both names."""
    source = vectors["commitment_json"].replace("supervision-draw/2", "supervision-draw/1").encode()
    with pytest.raises(Exception, match="supervision-draw/1"):
        Commitment.from_bytes(source)
    assert digest(HASH, source) != digest(HASH, vectors["commitment_json"].encode())
