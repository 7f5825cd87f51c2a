"""Kinds of files that are published or handed over: proofs, commitments, results, lists of records, receipts, parts."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fuzzing import hostile, texts
from fuzzing.registers import Seed

from supervision.canonical import canonical_json
from supervision.errors import SupervisionError
from supervision.month.supervising import read_receipt
from supervision.notice.county_part import ROW, CountyPart, read_part, sign_part
from supervision.notice.manifest import Manifest
from supervision.notice.signatures import (
    new_key,
    public_pem,
    read_key,
    read_public,
    sign_digest,
    signatures_from_bytes,
    signatures_to_bytes,
)
from supervision.sampling.protocol.commitment import Commitment
from supervision.sampling.protocol.proof import Proof
from supervision.sampling.protocol.records import Anchor, Change, Entered, StepIn
from supervision.sampling.protocol.result import Result
from supervision.sampling.protocol.reveal import Abandonment, Reveal
from supervision.sampling.protocol.roster_commitment import RosterCommitment
from supervision.sampling.protocol.verifier import Difference, parse_json

VECTORS = Path(__file__).parents[2] / "tests" / "vectors" / "protocol2.json"
KEY = Ed25519PrivateKey.from_private_bytes(b"fuzzing".ljust(32, b"."))


@cache
def vectors() -> dict[str, Any]:
    """Return the vectors of the draw protocol."""
    found: dict[str, Any] = json.loads(VECTORS.read_bytes())
    return found


def proofs() -> list[Seed]:
    """Return the proofs of the vectors."""
    return [(task["frame_root"], canonical_json(task["proof"])) for task in vectors()["tasks"]]


def read_proof(root: str, source: bytes) -> None:
    """Read a proof and follow it to the root."""
    Proof.from_bytes(source).check(bytes.fromhex(root), hash_name="sha256")


@cache
def files() -> list[Seed]:
    """Return a file of each form."""
    told, second = vectors(), vectors()["second"]
    receipt = {"agency": "market", "at": "2026-12-01T00:00:00+08:00", "digest": "ab" * 32, "round": "2026-12"}
    receipt |= {"sequence": 1, "key": KEY.public_key().public_bytes_raw().hex()}
    part = CountyPart(
        agency="market", round="2026-12", rehearsal=False, county="320505", commitment="ab" * 32, version=1,
        at="2026-12-01T00:00:00+08:00", rows=(dict.fromkeys(ROW, "x"),),
    )  # fmt: skip
    abandoned = Abandonment(
        at="2026-12-01T00:00:00+08:00", cancelled=None, commitment="ab", reason="x", round="2026-12"
    )
    entered = Entered(who="li", at="2026-12-01T00:00:00+08:00", held={"a": "b"}, values={"a": ("1",)})
    signed = [sign_digest(KEY, "ab" * 32, of="commitment", file="commitment.json")]
    return [
        ("commitment", told["commitment_json"].encode()),
        ("roster_commitment", second[0]["commitment2_json"].encode()),
        ("reveal", told["reveal_json"].encode()),
        ("result", told["result_json_after_visits"].encode()),
        ("abandoned", abandoned.to_bytes()),
        ("entered", entered.to_bytes()),
        ("stepins", told["stepins_json"].encode()),
        ("changes", told["changes_json"].encode()),
        ("anchors", told["anchors_json"].encode()),
        ("manifest", told["manifest_json"].encode()),
        ("signatures", signatures_to_bytes(signed)),
        ("receipt", canonical_json(receipt | {"signature": KEY.sign(canonical_json(receipt)).hex()})),
        ("part", sign_part(part, KEY)),
        ("public_key", public_pem(KEY)),
        ("private_key", new_key("words")),
        ("verifier", told["commitment_json"].encode()),
    ]


def _asked(found: Commitment | RosterCommitment) -> object:
    return found.digest, found.last_event


def _verified(source: bytes) -> object:
    """Read as the verifier does, whose differences are its refusals."""
    try:
        return parse_json(source, "commitment.json")
    except Difference as error:
        raise SupervisionError("canonical.bytes", reason=str(error)) from error


READERS: dict[str, Callable[[bytes], object]] = {
    "commitment": lambda source: _asked(Commitment.from_bytes(source).check(interval_hours=1)),
    "roster_commitment": lambda source: _asked(RosterCommitment.from_bytes(source)),
    "reveal": lambda source: Reveal.from_bytes(source).to_bytes(),
    "result": lambda source: Result.from_bytes(source).to_bytes(),
    "abandoned": lambda source: Abandonment.from_bytes(source).to_bytes(),
    "entered": lambda source: Entered.from_bytes(source).to_bytes(),
    "stepins": lambda source: StepIn.records.to_bytes(StepIn.records.from_bytes(source)),
    "changes": lambda source: Change.records.to_bytes(Change.records.from_bytes(source)),
    "anchors": lambda source: Anchor.records.to_bytes(Anchor.records.from_bytes(source)),
    "manifest": lambda source: Manifest.from_bytes(source).to_bytes(),
    "signatures": lambda source: signatures_from_bytes(source, file="signatures.json"),
    "receipt": read_receipt,
    "part": lambda source: read_part(source, KEY.public_key(), file="part.json"),
    "public_key": lambda source: read_public(source, file="key.pem"),
    "private_key": lambda source: read_key(source, "words", file="key.pem"),
    "verifier": _verified,
}


def read(form: str, source: bytes) -> None:
    """Read a file of a form, and ask it what its callers ask."""
    READERS[form](source)


def changed(chance: Random, source: bytes) -> bytes:
    """Change a JSON file in its parts, anything in its bytes."""
    if chance.random() < 0.15 or not source.startswith((b"{", b"[")):
        return hostile.changed_bytes(chance, source)
    return texts.changed_json(chance, json.loads(source))
