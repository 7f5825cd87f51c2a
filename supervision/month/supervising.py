"""The supervising body's side (上级监督机关): one digest for each agency and sequence, a signed receipt, a public list.

It keeps a folder of its own and no store: `list.json`, what was received, and its key. A second digest for the same
agency and sequence is refused; that is what makes a commitment the only one.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from supervision.canonical import canonical_json, digest, parse_canonical
from supervision.errors import DoesNotVerify, UsageError
from supervision.month.evidence import content_of
from supervision.month.output_folder import write_whole
from supervision.month.report import Report
from supervision.month.secret_files import refuse_readable, write_secret
from supervision.sampling.bytes.identifiers import check_name

KEY, LIST = "supervisor_key.pem", "list.json"
FIELDS = ("agency", "at", "digest", "key", "round", "sequence", "signature")


def open_list(folder: Path) -> Report:
    """Make the supervising body's folder (建立收讫清单): its key, mode 600, and an empty list."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / KEY).exists():
        key = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        write_secret(folder / KEY, key)
        (folder / LIST).write_bytes(canonical_json([]))
    report = Report(facts={"folder": str(folder), "key": _public(_key(folder))})
    report.say("month.supervisor_ready", folder=folder, key=_public(_key(folder)))
    return report


def receive(folder: Path, commitment: Path, *, now: datetime) -> Report:
    """Take one commitment's digest (收取承诺摘要) and give a signed receipt; a second one is refused."""
    body = content_of(commitment)
    raw = parse_canonical(body)
    if not isinstance(raw, dict) or not {"agency", "hash", "round", "sequence"} <= set(raw):
        raise UsageError("month.no_commitment", file=commitment)
    agency, sequence = check_name(str(raw["agency"]), what="agency"), int(raw["sequence"])
    if sequence < 1:
        raise UsageError("month.rehearsal_not_received", file=commitment)
    shown, listed = digest(raw["hash"], body).hex(), json.loads((folder / LIST).read_bytes())
    for one in listed:
        if (one["agency"], one["sequence"]) == (agency, sequence) and one["digest"] != shown:
            raise UsageError("month.second_ticket", agency=agency, sequence=sequence, digest=one["digest"])
    mine = next((one for one in listed if (one["agency"], one["sequence"]) == (agency, sequence)), None)
    told = {"agency": agency, "round": raw["round"], "sequence": sequence, "digest": shown}
    receipt = mine or _signed(folder, told, now)
    if mine is None:  # the list first: a receipt that is in no list would let a second digest in
        rows = sorted([*listed, receipt], key=lambda one: (one["agency"], one["sequence"]))
        write_whole(folder / LIST, canonical_json(rows), lasting=True)
    target = folder / f"receipt-{agency}-{sequence}.json"
    write_whole(target, canonical_json(receipt))
    report = Report(facts={"receipt": str(target), **receipt})
    report.say("month.received", agency=agency, sequence=sequence, digest=shown, file=target)
    return report


def read_receipt(source: bytes) -> dict[str, Any]:
    """Return a receipt whose signature is right (核验收据), else DoesNotVerify."""
    raw = parse_canonical(source)
    texts = [name for name in FIELDS if name != "sequence"]
    known = isinstance(raw, dict) and sorted(raw) == sorted(FIELDS) and type(raw["sequence"]) is int
    if not known or not all(isinstance(raw[name], str) for name in texts):
        raise DoesNotVerify("month.receipt_fields", fields=" ".join(FIELDS))
    told = canonical_json({name: value for name, value in raw.items() if name != "signature"})
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(raw["key"])).verify(bytes.fromhex(raw["signature"]), told)
    except (InvalidSignature, ValueError) as error:
        raise DoesNotVerify("month.receipt_signature", agency=raw["agency"], sequence=raw["sequence"]) from error
    return dict(raw)


def _signed(folder: Path, told: dict[str, Any], now: datetime) -> dict[str, Any]:
    key = _key(folder)
    body = {**told, "at": now.isoformat(), "key": _public(key)}
    return {**body, "signature": key.sign(canonical_json(body)).hex()}


def _key(folder: Path) -> Ed25519PrivateKey:
    path = folder / KEY
    if not path.is_file():
        raise UsageError("month.supervisor_missing", folder=folder)
    refuse_readable(path)
    found = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(found, Ed25519PrivateKey):
        raise UsageError("month.supervisor_missing", folder=folder)
    return found


def _public(key: Ed25519PrivateKey) -> str:
    raw = serialization.Encoding.Raw, serialization.PublicFormat.Raw
    return key.public_key().public_bytes(*raw).hex()
