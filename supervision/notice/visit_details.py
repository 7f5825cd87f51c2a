"""What inspectors carry beyond date and place (入企要素): contact, partners, certificates, earlier findings, points.

Internal. Of the inspected: whom to call, which is the enterprise's own contact. Of inspectors the name and the number
of the certificate that they show at the door, never a phone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from supervision.domain.items import Item
from supervision.messages import say

DETAIL_COLUMNS = ("visit_id", "contact", "phone", "legal_rep", "partners", "certificates", "earlier", "token")
POINT_COLUMNS = ("visit_id", "item_id", "date", "half", "name", "item", "content", "basis", "method", "kind")


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Whom to call at a unit (联络方式), and who represents it; "" where the directory does not say."""

    contact: str = ""
    phone: str = ""
    legal_rep: str = ""


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """Where the details come from (入企要素的来源).

    `contacts`: by unit_id; `earlier`: unit_id → its earlier findings in words; `certificates`: inspector_id → number;
    `methods`: code → name of a way to inspect; `tokens`: visit_id → the code by which it is rated.
    """

    contacts: Mapping[str, Contact] = field(default_factory=dict)
    earlier: Mapping[str, str] = field(default_factory=dict)
    certificates: Mapping[str, str] = field(default_factory=dict)
    methods: Mapping[str, str] = field(default_factory=dict)
    tokens: Mapping[str, str] = field(default_factory=dict)


def visit_details(visits: Sequence[Mapping[str, str]], known: Particulars, names: Mapping[str, str]) -> pd.DataFrame:
    """Return the details of an office's visits (逐次要素), `DETAIL_COLUMNS`, text, in their order.

    `names`: inspector_id → name.
    """
    rows = []
    for visit in visits:
        unit = known.contacts.get(visit["unit_id"], Contact())
        rows.append(
            {
                **visit,
                "contact": unit.contact,
                "phone": unit.phone,
                "legal_rep": unit.legal_rep,
                "certificates": "、".join(_people(visit["inspector_ids"], known, names)),
                "earlier": known.earlier.get(visit["unit_id"]) or say("notice.paper.no_findings"),
                "token": known.tokens.get(visit["visit_id"], ""),
            }
        )
    return pd.DataFrame(rows, columns=list(DETAIL_COLUMNS), dtype="str")


def visit_points(visits: Sequence[Mapping[str, str]], known: Particulars, items: Mapping[str, Item]) -> pd.DataFrame:
    """Return what is looked at (检查要点), `POINT_COLUMNS`, text, a row a visit and item, in the order of visits."""
    rows = []
    for visit in visits:
        for item_id in visit["item_ids"].split(" "):
            item = items[item_id]
            rows.append(
                {
                    **visit,
                    "item_id": item_id,
                    "item": item.name,
                    "content": item.content,
                    "basis": item.basis,
                    "method": "、".join(known.methods.get(code, code) for code in item.method),
                    "kind": say(f"notice.kind.{item.kind}"),
                }
            )
    return pd.DataFrame(rows, columns=list(POINT_COLUMNS), dtype="str")


def _people(ids: str, known: Particulars, names: Mapping[str, str]) -> Iterator[str]:
    """Yield who comes, each with the number of the certificate."""
    for one in ids.split():
        number = known.certificates.get(one, "")
        yield say("notice.paper.certified", name=names[one], number=number) if number else names[one]
