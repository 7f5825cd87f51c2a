"""The entry codes of one office's month (一个机构的入企码): one a visit, signed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from supervision.notice.entry.code import EntryCode, Statement, sign_entry
from supervision.notice.office_content import OfficeContent
from supervision.notice.site.data import records
from supervision.tables import tuples


def office_codes(
    content: OfficeContent, *, commitment: str, certificates: Mapping[str, str], key: Ed25519PrivateKey
) -> dict[str, EntryCode]:
    """Return visit_id → its code (签发入企码), in calendar order.

    `commitment`: the digest of the round's first commitment; `certificates`: inspector_id → number, "" = none.
    """
    people: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for visit, who, name in tuples(content.people, "visit_id", "inspector_id", "name"):
        people[visit][who] = (name if isinstance(name, str) else who, certificates.get(who, ""))
    items: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for visit, item, name in tuples(content.points, "visit_id", "item_id", "item"):
        items[visit].append((item, name))
    heading, office = content.heading, content.office
    return {
        row["visit_id"]: sign_entry(
            Statement(
                round=heading.round,
                rehearsal=heading.rehearsal,
                commitment=commitment,
                visit_id=row["visit_id"],
                unit=row["name"],
                office_id=office.office_id,
                office=office.name,
                half_days=row["half_days"].split(" "),
                people=[people[row["visit_id"]][who] for who in sorted(people[row["visit_id"]])],
                tasks=row["tasks"].split("、"),
                items=items[row["visit_id"]],
            ),
            key,
        )
        for row in records(content.visits)
    }
