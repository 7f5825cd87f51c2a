"""What is published before and after a draw (承诺与揭示): draw protocol 1, sections 3, 4, 6 and 7, as exact bytes."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from supervision.canonical import canonical_json, digest
from supervision.errors import SupervisionError
from supervision.sampling.bytes.unit_numbers import SALT_BYTES
from supervision.sampling.protocol.frozen_frames import FrameRecord
from supervision.sampling.protocol.seeds import Source, Values, check_sources, moment

FIRST = "supervision-draw/1"
SECOND = "supervision-roster/1"
_PLAIN_ROUND = re.compile(r"[0-9]{4}-[0-9]{2}")


def commitment(
    records: Sequence[FrameRecord],
    *,
    round_id: str,
    rehearsal: bool,
    committed_at: str,
    previous: str | None,
    cause: str | None,
    frame_key: bytes,
    rules: str,
    register: str,
    sources: Sequence[Mapping[str, Any]],
    interval_hours: int,
    hash_name: str,
) -> bytes:
    """Return commitment.json (第一次承诺): its digest H(bytes) is the commitment.

    `committed_at` ISO +08:00; `previous` hex of the agency's last commitment of any kind; `rules`, `register` hex
    digests; `sources` JSON entries in the order of `at`, each at least `interval_hours` after `committed_at` unless it
    is a rehearsal. An extra round (2026-12-b) names its `cause`.
    """
    if cause is None and not _PLAIN_ROUND.fullmatch(round_id):
        raise SupervisionError("sampling.cause", round=round_id)
    listed = _checked(sources, committed_at=committed_at, interval_hours=interval_hours, rehearsal=rehearsal)
    return canonical_json(
        {
            "protocol": FIRST,
            "hash": hash_name,
            "round": round_id,
            "rehearsal": "yes" if rehearsal else "no",
            "committed_at": committed_at,
            "previous": previous,
            "cause": cause,
            "key_digest": digest(hash_name, frame_key).hex(),
            "rules": rules,
            "register": register,
            "sources": listed,
            "tasks": [record.entry(hash_name) for record in sorted(records, key=lambda record: record.task_id)],
        }
    )


def roster_commitment(
    *,
    calendar: bytes,
    roster: bytes,
    recusals: bytes,
    round_id: str,
    first: str,
    rehearsal: bool,
    committed_at: str,
    previous: str,
    frame_key: bytes,
    sources: Sequence[Mapping[str, Any]],
    interval_hours: int,
    hash_name: str,
) -> bytes:
    """Return commitment2.json (第二次承诺): binds calendar.csv, roster.csv and, under a salt, recusals.csv.

    `first` is the commitment of the round, `previous` the last commitment of any kind (the earlier commitment2 for a
    supplement), both hex.
    """
    return canonical_json(
        {
            "protocol": SECOND,
            "hash": hash_name,
            "round": round_id,
            "rehearsal": "yes" if rehearsal else "no",
            "committed_at": committed_at,
            "commitment": first,
            "previous": previous,
            "calendar": digest(hash_name, calendar).hex(),
            "roster": digest(hash_name, roster).hex(),
            "recusals": digest(hash_name, frame_key, recusals).hex(),
            "sources": _checked(sources, committed_at=committed_at, interval_hours=interval_hours, rehearsal=rehearsal),
        }
    )


def reveal(*, round_id: str, values: Values, key: str, seed: bytes) -> bytes:
    """Return reveal.json or reveal2.json (揭示): the values as announced, the key string, the seed."""
    announced = {name: list(texts) for name, texts in values.items()}
    return canonical_json({"round": round_id, "values": announced, "key_string": key, "seed": seed.hex()})


def result(
    drawn: Mapping[str, Sequence[str]],
    records: Sequence[FrameRecord],
    *,
    round_id: str,
    commitment_digest: str,
    seed: bytes,
    frame_key: bytes,
    hash_name: str,
    visited: Collection[str] = (),
) -> bytes:
    """Return result.json (抽取结果): the drawn list of each task, or its digest while it may not be shown.

    `drawn`: task_id → drawn unit_ids. Open tasks and those disclosed before the visit are shown; `visited` names the
    tasks whose visits are over, which shows those disclosed after the visit; "never" stays a digest.
    """
    tasks: list[dict[str, Any]] = []
    for record in sorted(records, key=lambda record: record.task_id):
        units = sorted(drawn[record.task_id])
        if is_shown(record.access, record.disclosure, over=record.task_id in visited):
            tasks.append({"task_id": record.task_id, "drawn": units})
        else:
            hidden = list_digest(record.task_id, units, round_id=round_id, frame_key=frame_key, hash_name=hash_name)
            tasks.append({"task_id": record.task_id, "digest": hidden})
    return canonical_json({"round": round_id, "commitment": commitment_digest, "seed": seed.hex(), "tasks": tasks})


def is_shown(access: str, disclosure: str, *, over: bool) -> bool:
    """Return whether a drawn list may be public (名单能否公开); `over` = all its visits have been held."""
    return access == "open" or disclosure == "before" or (disclosure == "after_visit" and over)


def list_digest(task_id: str, units: Sequence[str], *, round_id: str, frame_key: bytes, hash_name: str) -> str:
    """Return the digest that stands for a drawn list which is not shown (名单摘要): hex; `units` sorted."""
    label = digest(hash_name, f"list|{round_id}".encode())
    salt = digest(hash_name, frame_key, label, task_id.encode())[:SALT_BYTES]
    return digest(hash_name, b"\x00", salt, canonical_json(list(units))).hex()


def _checked(
    sources: Sequence[Mapping[str, Any]], *, committed_at: str, interval_hours: int, rehearsal: bool
) -> list[dict[str, str | int]]:
    moment(committed_at, name="committed_at")
    listed = [Source.of(entry) for entry in sources]
    check_sources(listed, committed_at=None if rehearsal else committed_at, interval_hours=interval_hours)
    return [source.as_json() for source in listed]
