"""The record form of a day for a phone (手机检查表): one offline page an office and day; docs/phone-form.md.

Internal, like the workbook, and with the same answers to choose from. What is entered stays on the phone until it is
saved as a file, which `record` takes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from supervision.canonical import canonical_json
from supervision.notice.entry.code import EntryCode
from supervision.notice.office_content import OfficeContent
from supervision.notice.site.checker import joined as checks
from supervision.notice.site.data import records
from supervision.notice.site.pages import render
from supervision.tables import tuples

FORMAT = "supervision-form-1"
SHARED = ("hash", "sha256", "report", "canonical")
SCRIPTS = ("words", "keeping", "signature", "answers", "page")
VISIT = ("visit_id", "unit_id", "name", "address", "street", "half", "half_days", "partners", "tasks", "used")
DETAIL = ("contact", "phone", "legal_rep", "earlier")
POINT = ("item_id", "item", "basis", "method", "kind")
_PARTS = re.compile(r"[；;\n]+")


def write(
    content: OfficeContent, codes: Mapping[str, EntryCode], *, agreeing: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, bytes]]:
    """Yield day and page of every day on which an office has visits (逐日检查表), in order.

    `codes`: visit_id → its entry code, of which the form names the number; none where nobody signed.
    `agreeing`: result as it is picked → the results of the item that go with it, as they are picked.
    """
    by_day: dict[str, list[dict[str, Any]]] = defaultdict(list)
    people, points = _people(content), _points(content)
    for row in records(content.visits.merge(content.details, on="visit_id", validate="1:1")):
        visit = row["visit_id"]
        code = codes.get(visit)
        by_day[row["date"]].append(
            {
                **{name: row[name] for name in (*VISIT, *DETAIL)},
                "code": code.number if code else "",
                "inspectors": people[visit],
                "items": points[visit],
            }
        )
    for day, visits in sorted(by_day.items()):
        yield day, _page(content, day, visits, agreeing)


def _people(content: OfficeContent) -> dict[str, list[dict[str, str]]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for visit, who, name in tuples(content.people, "visit_id", "inspector_id", "name"):
        found[visit][who] = name if isinstance(name, str) else who
    return defaultdict(list, {v: [{"id": who, "name": own[who]} for who in sorted(own)] for v, own in found.items()})


def _points(content: OfficeContent) -> dict[str, list[dict[str, Any]]]:
    """The items of each visit, what is looked at as points of their own; those on record already are left out."""
    done = {(v, i) for v, i, state in tuples(content.forms, "visit_id", "item_id", "state") if state}
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in records(content.points):
        told = {name: row[name] for name in POINT}
        told["points"] = [part.strip() for part in _PARTS.split(row["content"]) if part.strip()]
        told["recorded"] = "yes" if (row["visit_id"], row["item_id"]) in done else "no"
        found[row["visit_id"]].append(told)
    return found


def _page(
    content: OfficeContent, day: str, visits: list[dict[str, Any]], agreeing: Mapping[str, Sequence[str]]
) -> bytes:
    told: dict[str, Any] = {
        "agency": content.office.department,
        "agreeing": {result: list(texts) for result, texts in agreeing.items()},
        "choices": {name: list(texts) for name, texts in content.choices.items()},
        "day": day,
        "format": FORMAT,
        "office": content.office.office_id,
        "office_name": content.office.name,
        "rehearsal": "yes" if content.heading.rehearsal else "no",
        "round": content.heading.key,
        "visits": visits,
    }
    told["form"] = hashlib.sha256(canonical_json(told)).hexdigest()
    # "<" never stands in a script element as itself: a name could end it.
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).replace("<", "\\u003c")
    page = {"told": told, "day": day, "form": text, "script": _scripts(), "heading": content.heading}
    return render("phone_form", page)


@cache
def _scripts() -> str:
    folder = files("supervision.notice.site") / "form"
    return checks(SHARED) + "\n" + "\n".join((folder / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
