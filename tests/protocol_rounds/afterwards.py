"""抽取之后 (after the draws): step-ins, changes, abandoned commitments, anchors and publication of a round."""

import hashlib
from typing import Any

from second_reader import drawing
from second_reader.encoding import to_json
from second_reader.second_draw import ending

from protocol_rounds.round import Round


def evidence_of(name: str) -> str:
    """Return the digest of a made-up piece of evidence."""
    return hashlib.sha256(name.encode()).hexdigest()


def stratum_of(one: Round, task_id: str, unit_id: str) -> str:
    """Return the stratum of a framed unit."""
    return next(row["stratum"] for row in one.tasks[task_id].rows if row["unit_id"] == unit_id)


def step_in(one: Round, at: str, task_id: str, out: str) -> str | None:
    """Record a drawn unit that cannot be inspected; return the unit that steps in (6)."""
    stratum = stratum_of(one, task_id, out)
    used = [step["in"] for step in one.stepins if (step["task_id"], step["stratum"]) == (task_id, stratum)]
    number = len(one.stepins) + 1
    entry = {
        "at": at,
        "by": "i-07",
        "evidence": evidence_of(f"stepin {number}"),
        "in": drawing.next_reserve(one.lists[task_id], stratum, used),
        "no": number,
        "out": out,
        "reason": "9",
        "reviewed_by": "chief-2",
        "stratum": stratum,
        "task_id": task_id,
    }
    one.stepins.append(one.tap(f"stepin:{number}", entry))
    path = one.audit("stepins.json", to_json(one.stepins))
    one.bureau.log(at, "stepin", "i-07", [path])
    return one.stepins[-1]["in"]


def add_changes(one: Round, at: str, rows: list[dict]) -> None:
    """Add the rows of one change (7)."""
    start = len(one.changes)
    for number, row in enumerate(rows, start + 1):
        common = {"at": at, "by": "desk-1", "evidence": evidence_of(f"change {start + 1}"), "ground": "事由已核"}
        entry = common | {"no": number, "reviewed_by": "chief-2"} | row
        one.changes.append(one.tap(f"change:{number}", entry))
    path = one.audit("changes.json", to_json(one.tap(f"changes:{len(one.changes)}", one.changes)))
    one.bureau.log(at, "substitute", "desk-1", [path])


def leave(one: Round, at: str, inspector_id: str, half_days: list[str]) -> None:
    """Enter leave."""
    row = {"half_days": half_days, "inspector_id": inspector_id, "kind": "leave", "office": None}
    add_changes(one, at, [row | {"out": None, "place": None, "visit_id": None}])
    one.book.leave.append((at, inspector_id, tuple(half_days)))


def change_rows(one: Round, kind: str, before: list, halves: list[list[str]]) -> list[dict]:
    """Return the rows of a change of places, after the book has changed."""
    rows = []
    for seat, half_days in zip(before, halves, strict=True):
        visit_id, office, place = seat.place.key
        now = one.book.held.get(seat.place.key)
        row = {"half_days": half_days, "inspector_id": now.inspector_id if now else None, "kind": kind}
        rows.append(row | {"office": office, "out": seat.inspector_id, "place": place, "visit_id": visit_id})
    return rows


def substitute(one: Round, at: str, visit_id: str, office: str, place: int) -> str | None:
    """Substitute the holder of a place; return who takes it."""
    before = one.book.held[visit_id, office, place]
    one.book.free(before)
    one.book.substitute(before)
    add_changes(one, at, change_rows(one, "substituted", [before], [list(before.place.half_days)]))
    return one.book.held[visit_id, office, place].inspector_id


def move(one: Round, at: str, visit_id: str, target: str) -> bool:
    """Move a visit; False when it is sent back."""
    before = one.book.seats(visit_id)
    whole = [f"{target[:10]}T1", f"{target[:10]}T2"]
    halves = [whole if len(seat.place.half_days) == 2 else [target] for seat in before]
    stays = one.book.move(visit_id, target)
    add_changes(one, at, change_rows(one, "moved", before, halves))
    return stays


def cancel(one: Round, at: str, visit_id: str) -> None:
    """Cancel a visit."""
    before = one.book.seats(visit_id)
    for seat in before:
        del one.book.held[seat.place.key]
    add_changes(one, at, change_rows(one, "cancelled", before, [list(seat.place.half_days) for seat in before]))


def abandon(one: Round, at: str, reason: str, cancelled: str | None = None, number: int = 0) -> str:
    """Abandon the round, or its roster commitment of that number; return the digest of the record (3)."""
    name = f"abandoned2{ending(number)}.json" if number else "abandoned.json"
    about = f"roster_commitment{ending(number)}.json" if number else "commitment.json"
    digest = one.digest(one.file("public", about)).hex()
    content: dict[str, Any] = {"at": at, "cancelled": cancelled, "commitment": digest, "reason": reason}
    data = to_json(one.tap(name, content | {"round": one.round_id}))
    one.bureau.log(at, "abandon", "alice", [one.public(name, data)])
    return one.digest(one.file("public", name)).hex()


def anchor(one: Round, at: str, kind: str, of: str = "commitment", digest: str | None = None) -> None:
    """Add evidence from outside for a digest; without one for the latest commitment of that kind (9)."""
    if digest is None:
        name = "commitment.json" if of == "commitment" else f"roster_commitment{ending(len(one.seconds))}.json"
        digest = one.digest(one.file("public", name)).hex()
    one.bureau.add_anchor(one.round_id, of, digest, kind, at)


def publish(one: Round, at: str, reason: str | None = None) -> None:
    """Write log and manifests as they stand now (9)."""
    if one.lists:
        for name in ("stepins.json", "changes.json"):
            if f"audit/{one.round_id}/{name}" not in one.bureau.files:
                one.audit(name, to_json([]))
    one.bureau.write_manifest("public", one.round_id, reason)
    one.bureau.log(at, "publish", "clerk", [f"public/{one.round_id}/manifest.json"])
    one.bureau.write_log(one.round_id)
    one.bureau.write_manifest("audit", one.round_id, reason)
