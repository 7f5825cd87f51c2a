"""A county's part of a round's list (下达名单文件): canonical JSON under one Ed25519 signature.

It names the commitment that the list was drawn under. Signed are the 32 bytes of the SHA-256 of the file without its
`signature`, as every other signature of the agency stands over a digest. A county learns from it which of its units the
city's draw chose, and when which office comes; never a class, a score or an order of the draw.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from supervision.canonical import canonical_json, digest, parse_canonical
from supervision.errors import DoesNotVerify, SupervisionError
from supervision.notice.signatures import Signature, check_signature, fingerprint, sign_digest

PROTOCOL = "supervision-part/1"
PART = "part"
DRAWN, PLANNED, NOT_HELD, STEPPED_IN = "drawn", "planned", "not_held", "stepped_in"  # states, and roles, of a row
TEXTS = ("agency", "at", "commitment", "county", "key", "protocol", "rehearsal", "round", "signature")
FIELDS = (*TEXTS, "rows", "version")
ROW = (
    "task_id",
    "level",
    "unit_id",
    "name",
    "role",
    "department",
    "item_id",
    "state",
    "date",
    "on_site",
    "office_id",
    "visit",
)
_HEX = re.compile("[0-9a-f]{64}")
_SIGNATURE = re.compile("[0-9a-f]{128}")


@dataclass(frozen=True, kw_only=True)
class CountyPart:
    """A county's part of a round's list (县区名单).

    `version` grows with everything that is done in the round; `at` is the time of the last of it. `rows`: a mapping of
    `ROW` to texts for each task, unit and item.
    """

    agency: str
    round: str
    rehearsal: bool
    county: str
    commitment: str
    version: int
    at: str
    rows: tuple[Mapping[str, str], ...]


def sign_part(part: CountyPart, key: Ed25519PrivateKey) -> bytes:
    """Return a part as a signed file (签名成文件); the same part and key give the same bytes."""
    body = {
        "agency": part.agency,
        "at": part.at,
        "commitment": part.commitment,
        "county": part.county,
        "key": fingerprint(key.public_key()),
        "protocol": PROTOCOL,
        "rehearsal": "yes" if part.rehearsal else "no",
        "round": part.round,
        "rows": sorted(({name: row[name] for name in ROW} for row in part.rows), key=_order),
        "version": part.version,
    }
    made = sign_digest(key, digest("sha256", canonical_json(body)).hex(), of=PART, file=part.round)
    return canonical_json(body | {"signature": made.signature})


def read_part(source: bytes, key: Ed25519PublicKey, *, file: str) -> CountyPart:
    """Return the part that a file holds (核验并读取名单), once its signature by this key is right.

    Raises
    ------
    DoesNotVerify
        Another form, another key, or a signature that is not over these bytes; nothing in such a file is believed.
    """
    raw = _fields(source, file)
    if raw["key"] != fingerprint(key):
        raise DoesNotVerify("notice.part_other_key", file=file, key=raw["key"], trusted=fingerprint(key))
    body = {name: value for name, value in raw.items() if name != "signature"}
    shown = digest("sha256", canonical_json(body)).hex()
    signed = Signature(of=PART, digest=shown, key=raw["key"], file=file, signature=raw["signature"])
    try:
        check_signature(signed, key)
    except DoesNotVerify as error:
        raise DoesNotVerify("notice.part_changed", file=file, key=raw["key"]) from error
    return CountyPart(
        agency=raw["agency"],
        round=raw["round"],
        rehearsal=raw["rehearsal"] == "yes",
        county=raw["county"],
        commitment=raw["commitment"],
        version=raw["version"],
        at=raw["at"],
        rows=tuple(raw["rows"]),
    )


def _fields(source: bytes, file: str) -> dict[str, Any]:
    """The file's fields, all there, no others, each of its kind."""
    try:
        raw = parse_canonical(source)
    except SupervisionError as error:
        raise DoesNotVerify("notice.part_bytes", file=file, reason=str(error.params["reason"])) from error
    if not isinstance(raw, dict) or sorted(raw) != sorted(FIELDS):
        raise DoesNotVerify("notice.part_form", file=file, field=" ".join(FIELDS))
    wrong = [name for name in TEXTS if not isinstance(raw[name], str)]
    if type(raw["version"]) is not int or raw["version"] < 1:
        wrong.append("version")
    if not isinstance(raw["rows"], list) or not raw["rows"] or not all(_is_row(row) for row in raw["rows"]):
        wrong.append("rows")
    if not wrong:
        wrong += [name for name in ("commitment", "key") if not _HEX.fullmatch(raw[name])]
        wrong += ["signature"] if not _SIGNATURE.fullmatch(raw["signature"]) else []
        wrong += ["protocol"] if raw["protocol"] != PROTOCOL else []
        wrong += ["rehearsal"] if raw["rehearsal"] not in ("yes", "no") else []
    if wrong:
        raise DoesNotVerify("notice.part_form", file=file, field=" ".join(wrong))
    return raw


def _is_row(row: object) -> bool:
    return (
        isinstance(row, dict) and sorted(row) == sorted(ROW) and all(isinstance(value, str) for value in row.values())
    )


def _order(row: Mapping[str, str]) -> tuple[str, ...]:
    return (row["task_id"], row["unit_id"], row["item_id"])
