"""The worked round of draw protocol 2: production gives every byte of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from supervision.errors import DoesNotVerify, SupervisionError
from supervision.sampling.bytes.unit_numbers import Numbers, Secret
from supervision.sampling.drawing import draw
from supervision.sampling.inspectors.lottery import assignments_to_bytes, match, sent_back_to_bytes
from supervision.sampling.inspectors.positions import CALENDAR, RECUSALS, ROSTER, Place
from supervision.sampling.pareto.selection import order
from supervision.sampling.protocol.commitment import Commitment
from supervision.sampling.protocol.frame_files import frame_files, read_frame
from supervision.sampling.protocol.frozen_frames import FrozenFrame
from supervision.sampling.protocol.proof import Proof, prove
from supervision.sampling.protocol.result import Result
from supervision.sampling.protocol.reveal import Reveal
from supervision.sampling.protocol.roster_commitment import RosterCommitment
from supervision.sampling.protocol.seeds import key_string, seed1, seed2

HASH = "sha256"


def test_frozen_frames(vectors: dict[str, Any], frozen: list[FrozenFrame], committed: Commitment) -> None:
    """Salts, names of strata, roots and the salted strata digest of every task are those of the commitment."""
    assert [one.entry() for one in frozen] == list(committed.tasks)
    for task, one in zip(vectors["tasks"], frozen, strict=True):
        assert dict(one.keys) == task["strata_keys"]
        assert [row.tobytes().hex() for row in one.salt] == [row["salt"] for row in task["frame"]]
        files = frame_files(one)
        assert files["strata.json"].decode() == task["strata_json"]
        assert frame_files(read_frame(one.entry(), files)) == files


def test_commitment_to_the_byte(vectors: dict[str, Any], committed: Commitment, secret: Secret) -> None:
    """Read and written again the commitment is the same, and its digest is the one that was published."""
    assert committed.check(interval_hours=24).to_bytes() == vectors["commitment_json"].encode()
    assert committed.digest.hex() == vectors["commitment"]
    roster = vectors["roster_0_csv"].encode()
    assert secret.file_digest("roster", 0, roster) == committed.roster


def test_seed_and_lists(
    vectors: dict[str, Any], frozen: list[FrozenFrame], committed: Commitment, secret: Secret
) -> None:
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
    shown = Result.of(given, committed, seed=seed, secret=secret)
    assert shown.to_bytes() == vectors["result_json"].encode()
    after = Result.of(given, committed, seed=seed, secret=secret, visited=list(lists))
    assert after.to_bytes() == vectors["result_json_after_visits"].encode()
    assert Result.from_bytes(after.to_bytes()) == after
    assert secret.salt("list", "fire-01").hex() == vectors["tasks"][0]["list_salt"]


def test_proofs(vectors: dict[str, Any], frozen: list[FrozenFrame], secret: Secret) -> None:
    """An owner's proof is that of the vectors and leads to the root; changed in one field it does not."""
    for task, one in zip(vectors["tasks"], frozen, strict=True):
        unit = task["proof"]["row"][0]
        made = prove(one, unit, commitment=vectors["commitment"], secret=secret)
        assert json.loads(made.to_bytes()) == task["proof"]
        made.check(one.frame_root, hash_name=HASH)
        for left in task["excluded"]:
            out = prove(one, left["unit_id"], commitment=vectors["commitment"], secret=secret)
            assert (out.kind, out.salt) == ("excluded", left["salt"])
            out.check(one.excluded_root, hash_name=HASH)
            with pytest.raises(DoesNotVerify, match=left["unit_id"]):
                out.check(one.frame_root, hash_name=HASH)
        assert Proof.from_bytes(made.to_bytes()) == made
        others = {
            "task_id": "x",
            "salt": "ff" * 16,
            "index": made.index ^ 1,
            "size": made.size * 2,
            "path": made.path[1:],
        }
        for field, value in (*others.items(), ("row", (*made.row[:2], "2", made.row[3]))):
            with pytest.raises(DoesNotVerify, match=unit):
                replace(made, **{field: value}).check(one.frame_root, hash_name=HASH)


def test_a_unit_that_was_not_there_has_no_proof(frozen: list[FrozenFrame], secret: Secret) -> None:
    """Neither framed nor left out: said with unit and task."""
    with pytest.raises(SupervisionError) as caught:
        prove(frozen[0], "nobody", commitment="", secret=secret)
    assert (caught.value.code, caught.value.params) == (
        "sampling.not_in_frame",
        {"unit": "nobody", "task": "fire-01"},
    )


def test_ties(vectors: dict[str, Any], secret: Secret) -> None:
    """What breaks ties in the calendar is the vectors' T of each unit."""
    units = pd.Series(sorted(vectors["ties"]), dtype="str")
    found = secret.ties(units, seed1=bytes.fromhex(vectors["seed1"]))
    assert [one.hex() for one in found] == [vectors["ties"][unit] for unit in units]


def test_order_cases(vectors: dict[str, Any]) -> None:
    """Ties and near ties are ordered as exact fractions say."""
    for case in vectors["order_cases"]:
        items = case["items"]
        digests = np.frombuffer(b"".join(bytes.fromhex(one["D"]) for one in items), dtype=np.uint8).reshape(-1, 32)
        U = np.array([2 * (int(one["D"][:16], 16) >> 11) + 1 for one in items], dtype=np.int64)
        L = np.array([int(one["L"]) for one in items], dtype=np.int64)
        found = order(np.arange(len(items)), L, Numbers(U=U, D=digests), len(items))
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


# why each inspector of office F1 was out of the place left open
OUT = [["00scope", "01busy", "02busy", "03scope", "04busy", "05scope", "06busy", "07scope"]], []


@pytest.mark.parametrize("number", [0, 1])
def test_second_draws(vectors: dict[str, Any], committed: Commitment, secret: Secret, number: int) -> None:
    """Calendar, roster and recusals give the roster commitment; its values give seed, roster and what went back."""
    second = vectors["second"][number]
    made = RosterCommitment.from_bytes(second["commitment2_json"].encode())
    used = {source.event: source.name for source in committed.sources}
    assert RosterCommitment.from_bytes(made.to_bytes()) == made
    assert made.check(interval_hours=24, used=used).to_bytes() == second["commitment2_json"].encode()
    assert made.digest.hex() == second["commitment2"]
    for kind in ("calendar", "roster", "recusals"):
        body = second[f"{kind}_csv"].encode()
        assert secret.file_digest(kind, made.number, body) == getattr(made, kind)
    key = key_string(made.sources, second["values2"])
    seed = seed2(made.digest, bytes.fromhex(vectors["seed1"]), key, hash_name=HASH)
    assert (key, seed.hex()) == (second["key_string2"], second["seed2"])
    held = [(row[3], _calendar_place(row)) for row in second["held_before"] if row[3]]
    tables = [
        schema.from_csv(second[f"{kind}_csv"].encode())
        for schema, kind in ((CALENDAR, "calendar"), (ROSTER, "roster"), (RECUSALS, "recusals"))
    ]
    found = match(*tables, seed, hash_name=HASH, holdings=held)
    assert assignments_to_bytes(found.assignments) == second["roster_json"].encode()
    back = json.loads(sent_back_to_bytes(found.sent_back))
    assert [one["visit_id"] for one in back] == second["sent_back"]
    assert [[one["inspector_id"][-2:] + one["why"] for one in entry["out"]] for entry in back] == OUT[number]


def _calendar_place(row: list[Any]) -> Place:
    return Place(visit_id=row[0], office=row[1], place=row[2], half_days=tuple(row[4]), items=frozenset())


def test_other_protocol_is_named(vectors: dict[str, Any]) -> None:
    """A commitment of another protocol is refused with both names."""
    source = vectors["commitment_json"].replace("supervision-draw/2", "supervision-draw/1").encode()
    with pytest.raises(DoesNotVerify, match="supervision-draw/1") as caught:
        Commitment.from_bytes(source)
    assert caught.value.params["wanted"] == "supervision-draw/2"
