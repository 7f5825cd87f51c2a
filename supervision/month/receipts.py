"""A receipt for the enterprise (信用记录告知回执): what is on record of it and how to object; nothing of others.

What may be told is the rule shared/risk_receipt. Points, indicators, rates of others and the cut-offs never stand in
it; who asked and who handed it out stands in the log.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from supervision.domain.nobody import is_nobody
from supervision.errors import SupervisionError, UsageError
from supervision.law.rules import Law
from supervision.messages import Label, say
from supervision.month.city import City
from supervision.month.explaining import Sheet, without
from supervision.month.output_folder import write_whole
from supervision.month.report import Report
from supervision.notice.site.pages import render
from supervision.risk.objections import OPEN
from supervision.risk.objections import RULE as OBJECTION

RULE = "shared/risk_receipt"
PARTS = ("class", "records", "unused")
WANT = Label(
    "{class、records、unused: true / false, withheld: [记录种类], contact、words: 文字}",
    "{class, records, unused: true / false, withheld: [event kinds], contact, words: text}",
)


def receipt_of(city: City, sheet: Sheet, out: Path, *, asked_by: str) -> Report:
    """Write a unit's receipt as a page (出具回执) and put on record who asked for it."""
    if is_nobody(asked_by):
        raise UsageError("month.receipt_nobody")
    if out.suffix.lower() not in (".html", ".htm"):
        raise UsageError("month.receipt_format", file=out)
    unit, rule = sheet.explanation.unit_id, told_of(sheet.law)
    _look_at(city, rule["withheld"])
    page = render("receipt", _values(city, without(sheet, rule["withheld"]), rule, asked_by))
    digest, asks = hashlib.sha256(page).hexdigest(), asked_by.strip()
    city.store.note("receipt", who=city.who, at=city.now().isoformat(), inputs={},
                    outputs={f"receipt/{unit}/{asks}": digest})  # fmt: skip
    write_whole(out, page)
    report = Report(facts={"unit_id": unit, "file": str(out), "sha256": digest, "asked_by": asks})
    report.say("month.receipt_written", unit=unit, file=out, who=asks)
    return report


def told_of(law: Law) -> dict[str, Any]:
    """Return what may be told (可告知的内容), the value of shared/risk_receipt; another shape is refused."""
    rule = law.value(RULE)
    sound = isinstance(rule, Mapping) and set(rule) == {*PARTS, "withheld", "contact", "words"}
    sound = sound and all(type(rule[part]) is bool for part in PARTS) and isinstance(rule["withheld"], list)
    if not sound or not all(isinstance(rule[part], str) for part in ("contact", "words")):
        raise SupervisionError("risk.rule_shape", rule=RULE, value=rule, want=WANT)
    return dict(rule)


def _look_at(city: City, withheld: list[Any]) -> None:
    """Refuse a kind that no record can have: a wrong word in the rule would tell what it means to withhold."""
    kinds = {code for name in ("event_kind", "inspection_kind") for code in city.code_lists.named(name).codes}
    for kind in withheld:
        if kind not in kinds:
            raise SupervisionError("month.receipt_kind", rule=RULE, kind=kind, known=" ".join(sorted(kinds)))


def _values(city: City, sheet: Sheet, rule: Mapping[str, Any], asked_by: str) -> dict[str, object]:
    told = sheet.explanation
    return {
        "unit_id": told.unit_id,
        "name": sheet.name,
        "on": sheet.on.isoformat(),
        "made": city.now().date().isoformat(),
        "asked_by": asked_by.strip(),
        "class_": sheet.class_ if rule["class"] else "",
        "words": rule["words"],
        "rehearsal": sheet.rehearsal,
        "used": list(_used(city, sheet)) if rule["records"] else None,
        "unused": list(_unused(city, sheet)) if rule["unused"] else None,
        "objections": list(_objections(city, sheet)),
        "contact": rule["contact"],
        "withheld": bool(rule["withheld"]),
        "days": sheet.law.value(OBJECTION)["decide_days"],
    }


def _used(city: City, sheet: Sheet) -> Iterator[dict[str, str]]:
    """Each record that some indicator counts, once; the newest first."""
    rows = {(row["register"], row["place"]): row
            for one in sheet.explanation.indicators for row in one["rows"] if "place" in row}  # fmt: skip
    for row in sorted(rows.values(), key=lambda row: (row["date"], row["register"], row["number"]), reverse=True):
        yield _record(city, row) | {"until": row["until"] or "未规定"}


def _unused(city: City, sheet: Sheet) -> Iterator[dict[str, str]]:
    for row in sheet.explanation.left_out:
        yield _record(city, row) | {"why": say(f"risk.why_{row['why']}", "zh")}


def _record(city: City, row: Mapping[str, Any]) -> dict[str, str]:
    event = row["register"] == "events"
    kind = _label(city, "event_kind" if event else "inspection_kind", row["kind"])
    result = "" if event else f"：{_label(city, 'result', row['result'])}"
    source = row["source"] or "未注明" if event else _label(city, "department", row["source"])
    return {"kind": f"{kind}{result}", "date": row["date"], "number": row["number"] or "–", "source": source}


def _objections(city: City, sheet: Sheet) -> Iterator[dict[str, str]]:
    days = timedelta(days=sheet.law.value(OBJECTION)["decide_days"])
    for one in sheet.explanation.objections:
        due = date.fromisoformat(one["filed"]) + days
        state = "处理中" if one["state"] == OPEN else _label(city, "objection_decision", one["state"])
        yield {"number": one["objection_no"], "filed": one["filed"], "state": state, "due": due.isoformat(),
               "decided": one["decided"] or "–"}  # fmt: skip


def _label(city: City, code_list: str, code: str) -> str:
    known = city.code_lists.named(code_list).codes
    return known[code].label.zh if code in known else code
